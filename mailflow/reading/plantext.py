"""A plan as a person writes it, read as far as it can be read.

    draft = read_plan(PlanSource(subject, text, html, files), PlanWorld(locale, today, …))
    draft.problems      what the provider must settle, line by line; empty when all is well

Nothing is guessed and nothing gets lost: a line that could not be understood is a problem with
its number, a name that nobody bears is asked about, and the rest of the plan is read all the
same. Time grows with the length of the text, and what is too large to be a plan is refused.
"""

from mailflow.domain.draft import PlanDraft
from mailflow.reading.plan_draft import drafted
from mailflow.reading.plan_outline import outline
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_sources import body_lines, subject_title
from mailflow.reading.plan_world import PlanSource, PlanWorld

__all__ = ["PlanSource", "PlanWorld", "looks_like_plan", "read_plan"]


def read_plan(source: PlanSource, about: PlanWorld) -> PlanDraft:
    """Return the plan that a mail or a file holds, with everything that is wrong with it."""
    problems = Problems(about.locale)
    found = outline(body_lines(source))
    title, _ = subject_title(source.subject)
    return drafted(found, about, title, problems)


def looks_like_plan(source: PlanSource) -> bool:
    """Return whether a mail is meant as a plan: by its subject, or by headers and To Dos."""
    if subject_title(source.subject)[1]:
        return True
    found = outline(body_lines(source))
    names = {header.name for header in found.headers}
    return bool(names & {"client", "title", "goal", "with"}) and len(found.todos) > 0
