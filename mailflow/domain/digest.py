"""The morning digest: what belongs in it today, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.ids import PersonId
from mailflow.domain.plan import Plan, PlanState, Proposal, ToDo, ToDoState


class DigestSection(StrEnum):
    """The parts of the morning digest, in this order."""

    TO_JUDGE = "to judge"
    LATE = "late"
    PROMISED_TODAY = "promised today"
    WAITING_ON_US = "waiting on us"
    WAITING_ON_CLIENTS = "waiting on clients"
    DONE_SINCE = "done since"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    ABSENT = "absent"
    HELD = "held"
    STALLED = "stalled"
    STRANGERS = "strangers"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the digest.

    Attributes:
        shown: its number, for answering "3 done"; 0 where nothing can be answered.
        plan: its plan, if any.
        n: its To Do, if any.
        person: who it is about, if anybody.
        text: words that belong to it, such as an unclear answer or a reason.
        on: a date that belongs to it.
        proposal: what is asked, if anything.
    """

    shown: int = 0
    plan: Plan | None = None
    n: int | None = None
    person: PersonId | None = None
    text: str = ""
    on: date | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """To the provider and her team, each working morning."""

    to: PersonId
    day: date
    sections: tuple[tuple[DigestSection, tuple[DigestLine, ...]], ...]


def digest_sections(
    plans: Sequence[Plan], today: date, since: datetime, inside: frozenset[PersonId]
) -> tuple[tuple[DigestSection, tuple[DigestLine, ...]], ...]:
    """Return what belongs in a provider's digest about her plans, section by section.

    Every To Do stands in one section only, the most urgent; numbers run through the digest so
    that it can be answered line by line.

    Args:
        plans: plans that are not over.
        today: the provider's local date.
        since: instant of the last digest, for what was done since.
        inside: the provider and her team.
    """
    found: dict[DigestSection, list[DigestLine]] = {section: [] for section in DigestSection}
    for plan in plans:
        for proposal in plan.open_proposals():
            found[DigestSection.TO_JUDGE].append(
                DigestLine(
                    plan=plan,
                    n=proposal.n,
                    person=proposal.by,
                    text=proposal.reading.text,
                    on=proposal.reading.until,
                    proposal=proposal,
                )
            )
        for todo in plan.todos():
            section = _section(plan, todo, today, since, inside)
            if section is not None:
                line = DigestLine(plan=plan, n=todo.n, person=todo.responsible, on=todo.day)
                found[section].append(line)
    return _numbered(found)


def _section(
    plan: Plan, todo: ToDo, today: date, since: datetime, inside: frozenset[PersonId]
) -> DigestSection | None:
    if todo.state is ToDoState.DELIVERED:
        return DigestSection.DELIVERED
    if todo.state is ToDoState.DONE:
        recent = todo.changed_at is not None and todo.changed_at > since
        return DigestSection.DONE_SINCE if recent else None
    if todo.state is ToDoState.DECLINED:
        return DigestSection.WAITING_ON_US
    if not todo.active or plan.state is not PlanState.RUNNING:
        return None
    if todo.due is not None and todo.due < today and todo.promised is None:
        return DigestSection.LATE
    if todo.day is not None and todo.day < today:
        return DigestSection.LATE
    if todo.promised is not None and todo.promised.until == today:
        return DigestSection.PROMISED_TODAY
    ours = todo.responsible in inside
    return DigestSection.WAITING_ON_US if ours else DigestSection.WAITING_ON_CLIENTS


def _numbered(
    found: dict[DigestSection, list[DigestLine]],
) -> tuple[tuple[DigestSection, tuple[DigestLine, ...]], ...]:
    sections: list[tuple[DigestSection, tuple[DigestLine, ...]]] = []
    shown = 0
    for section, lines in found.items():
        numbered: list[DigestLine] = []
        for line in lines:
            shown += 1
            numbered.append(replace(line, shown=shown))
        if numbered:
            sections.append((section, tuple(numbered)))
    return tuple(sections)
