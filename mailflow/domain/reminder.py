"""Which step of a rhythm is due for a silent person, by working days around the due date.

Only the latest step counts: after a long sleep earlier ones are skipped, never replayed.
"""

from dataclasses import dataclass
from datetime import date

from mailflow.domain.plan import Plan, PlanState, Rhythm, ToDo
from mailflow.domain.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of a rhythm.

    Attributes:
        steps: working days before (negative) or after the due date.
        without_date: working days after opening, where there is no due date.
    """

    steps: tuple[int, ...]
    without_date: tuple[int, ...] = (5, 10, 20)


LADDERS = {
    Rhythm.STANDARD: Ladder((-3, 0, 2, 5, 10, 15)),
    Rhythm.GENTLE: Ladder((-1, 3, 10)),
    Rhythm.FIRM: Ladder((-5, -1, 0, 1, 3, 6, 9, 12)),
    Rhythm.NONE: Ladder((), ()),
}
"""`docs/states.md` shows them as a table; after the last step a person is asked to call."""


def may_remind(plan: Plan, todo: ToDo, today: date, calendar: Calendar) -> bool:
    """Return whether the stop table lets anybody be reminded of this To Do today.

    Not when it is not somebody's turn, not on a plan that does not run, not before the day
    after a promise, not while it is held, and not while an answer about it is to be judged.
    """
    if not todo.active or plan.state is not PlanState.RUNNING:
        return False
    if todo.held_until is not None and today <= todo.held_until:
        return False
    if any(proposal.n == todo.n for proposal in plan.open_proposals()):
        return False
    return todo.promised is None or today > calendar.add_working_days(todo.promised.end, 0)


def due_step(plan: Plan, todo: ToDo, today: date, calendar: Calendar) -> int | None:
    """Return the latest step of the plan's rhythm whose day has come, None before the first.

    Steps before the due date fall away once the person gave her word for a later day.
    """
    ladder = LADDERS[plan.rhythm]
    anchor = todo.promised.end if todo.promised else todo.due
    if anchor is None:
        opened = todo.changed_at.date() if todo.changed_at else None
        days = (
            ()
            if opened is None
            else tuple(calendar.add_working_days(opened, step) for step in ladder.without_date)
        )
    else:
        steps = [s for s in ladder.steps if todo.promised is None or s > 0]
        days = tuple(calendar.add_working_days(anchor, step) for step in steps)
    passed = [index for index, day in enumerate(days) if day <= today]
    return passed[-1] if passed else None


def is_last_step(plan: Plan, step: int, *, dated: bool) -> bool:
    """Return whether nothing follows this step but a human one."""
    ladder = LADDERS[plan.rhythm]
    return step >= len(ladder.steps if dated else ladder.without_date) - 1
