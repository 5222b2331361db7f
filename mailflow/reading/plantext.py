"""A plan as a person writes it, read as far as it can be read.

    draft = read_plan(PlanSource(subject, text, html, files), PlanWorld(locale, today, …))
    draft.problems      what the provider must settle, line by line; empty when all is well
    read_edits(plan, text, people, world)       a running plan's text that came back changed

Nothing is guessed and nothing gets lost: a line that could not be understood is a problem with
its number, a name that nobody bears is asked about, and the rest of the plan is read all the
same. Time grows with the length of the text, and what is too large to be a plan is refused.
"""

from mailflow.domain.draft import PlanDraft
from mailflow.reading.plan_draft import drafted
from mailflow.reading.plan_edits import read_edits
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_sources import (
    Candidate,
    candidates,
    code_in,
    edited_text,
    mendable_text,
    source_of_file,
)
from mailflow.reading.plan_subject import subject_title
from mailflow.reading.plan_world import PlanSource, PlanWorld

__all__ = [
    "PlanSource",
    "PlanWorld",
    "code_in",
    "edited_text",
    "looks_like_plan",
    "mendable_text",
    "read_edits",
    "read_plan",
    "source_of_file",
]

_TELLING = frozenset({"client", "with", "observers", "goal", "title"})


def read_plan(source: PlanSource, about: PlanWorld) -> PlanDraft:
    """Return the plan that a mail or a file holds, with everything that is wrong with it.

    Where a mail says the same in plain text and in HTML, the one with fewer problems counts:
    some programs write tables as text that nobody can read.
    """
    best: PlanDraft | None = None
    for candidate in candidates(source):
        draft = _draft(candidate, source, about)
        if best is None or _worth(draft) > _worth(best):
            best = draft
        if not best.problems:
            break
    assert best is not None
    return best


def _worth(draft: PlanDraft) -> tuple[int, int]:
    return -len(draft.problems), sum(len(phase.todos) for phase in draft.phases)


def _draft(candidate: Candidate, source: PlanSource, about: PlanWorld) -> PlanDraft:
    problems = Problems(about.locale)
    for line, fault in candidate.faults:
        problems.fault(line, fault)
    title, _ = subject_title(source.subject)
    attached = candidate.files if source.subject else None
    return drafted(candidate.found, about, title, problems, attached=attached)


def looks_like_plan(source: PlanSource) -> bool:
    """Return whether a mail is meant as a plan: by its subject, or by headers and To Dos."""
    if subject_title(source.subject)[1]:
        return True
    found = next(iter(candidates(source))).found
    names = {header.name for header in found.headers}
    return bool(names & _TELLING) and bool(found.todos)
