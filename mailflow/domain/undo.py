"""Taking back one act: all events of one message or one command line."""

from collections.abc import Sequence

from mailflow.domain.decision import Decision
from mailflow.domain.event import (
    Event,
    Frame,
    PhaseNamed,
    PhaseStateChanged,
    PlanDrafted,
    PlanReframed,
    PlanStateChanged,
    ToDoAdded,
    ToDoMoved,
    ToDoPromised,
    ToDoRewritten,
    ToDoStateChanged,
    inverse,
)
from mailflow.domain.evolve import evolve, evolve_all
from mailflow.domain.phases import advance, step_back
from mailflow.domain.plan import Plan
from mailflow.domain.planning import By
from mailflow.domain.refusal import Refusal, RefusalReason


def dependents(events: Sequence[Event], later: Sequence[Event]) -> tuple[Event, ...]:
    """Return what would be pulled along when an act is taken back.

    These are milestones that were reached and phases that opened through it, and later
    changes of the same To Dos. They are listed and asked about once.
    """
    numbers = {n for event in events if (n := number_of(event)) is not None}
    moved_on = tuple(event for event in events if isinstance(event, PhaseStateChanged))
    return (*moved_on, *(event for event in later if number_of(event) in numbers))


def number_of(event: Event) -> int | None:
    """Return the number of the To Do that an event is about, if it is about one."""
    if isinstance(event, ToDoAdded):
        return event.todo.n
    if isinstance(event, ToDoRewritten):
        return event.after.n
    found = getattr(event, "n", None)
    return found if isinstance(found, int) else None


def undo(
    plan: Plan, events: Sequence[Event], later: Sequence[Event], by: By, *, whole: bool
) -> Decision | Refusal:
    """Take an act back, newest event first, and let the plan's own order follow.

    What somebody changed since is not overwritten: only what still stands as the act left it
    is taken back. Documents and words that people sent stay.

    Args:
        plan: as it is now.
        events: of the act, in order.
        later: events of later acts on the plan, in order.
        by: who takes it back.
        whole: True when the person said "undo all of it".
    """
    if any(isinstance(event, PlanDrafted) for event in events):
        return Refusal.because(RefusalReason.NOTHING_TO_UNDO)
    if dependents(events, later) and not whole:
        return Refusal.because(RefusalReason.UNDO_NEEDS_ALL)
    taken_back: list[Event] = []
    after = plan
    for event in reversed(_by_people(events)):
        opposite = inverse(event, by.person, by.moment.now)
        if opposite is not None and _still_stands(after, event):
            taken_back.append(opposite)
            after = evolve(after, opposite)
    if not taken_back:
        return Refusal.because(RefusalReason.NOTHING_TO_UNDO)
    back = step_back(after, by.moment)
    after = evolve_all(after, back)
    forward = advance(after, by.moment)
    return Decision(evolve_all(after, forward), (*taken_back, *back, *forward))


def _by_people(events: Sequence[Event]) -> list[Event]:
    """Leave out what the plan's own order did: it follows by itself from what remains."""
    return [
        event
        for event in events
        if not isinstance(event, PhaseStateChanged)
        and not (isinstance(event, ToDoStateChanged | PlanStateChanged) and event.by is None)
    ]


def _still_stands(plan: Plan, event: Event) -> bool:
    match event:
        case ToDoStateChanged() | ToDoPromised():
            return _todo_stands(plan, event)
        case PlanStateChanged(after=state):
            return plan.state is state
        case PlanReframed(after=frame):
            return Frame.of(plan) == frame
        case PhaseNamed(phase=number, after=title):
            return any(p.number == number and p.title == title for p in plan.phases)
        case ToDoMoved(n=n, after=number):
            phase = plan.phase_of(n)
            return phase is not None and phase.number == number
        case _:
            return True


def _todo_stands(plan: Plan, event: ToDoStateChanged | ToDoPromised) -> bool:
    todo = plan.todo(event.n)
    if todo is None:
        return False
    if isinstance(event, ToDoStateChanged):
        return todo.state is event.after
    return todo.promised == event.after
