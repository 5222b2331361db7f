"""The order of a plan: which phase is open, and whose turn it is.

To Dos of one phase run side by side unless "after" ties them; phases run one after the
other, each closed by its milestone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mailflow.domain.event import Event, PhaseStateChanged, PlanStateChanged, ToDoStateChanged
from mailflow.domain.evolve import evolve, evolve_all
from mailflow.domain.ids import PersonId
from mailflow.domain.plan import CLOSED, Phase, PhaseState, Plan, PlanState, ToDo, ToDoState


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as an instant (aware, UTC) and as the provider's local date."""

    now: datetime
    today: date


def advance(plan: Plan, moment: Moment) -> tuple[Event, ...]:
    """Return what follows by the plan's own order: phases and To Dos that open, the end.

    Nothing follows on a plan that is not running. Asking again changes nothing.
    """
    events: list[Event] = []
    while plan.state is PlanState.RUNNING:
        step = _next_step(plan, moment)
        if not step:
            break
        events += step
        plan = evolve_all(plan, step)
    return tuple(events)


def _next_step(plan: Plan, moment: Moment) -> tuple[Event, ...]:
    phase = next((p for p in plan.phases if p.state is not PhaseState.REACHED), None)
    if phase is None:
        return (PlanStateChanged(plan.state, PlanState.FINISHED, None, moment.now),)
    if phase.state is PhaseState.WAITING:
        return (_phase_moved(phase, PhaseState.OPEN, moment),)
    if phase.complete:
        return (_phase_moved(phase, PhaseState.REACHED, moment),)
    return tuple(
        ToDoStateChanged(todo.n, todo.state, ToDoState.OPEN, None, moment.now)
        for todo in phase.todos
        if todo.state is ToDoState.WAITING and _is_free(todo, plan)
    )


def _phase_moved(phase: Phase, after: PhaseState, moment: Moment) -> PhaseStateChanged:
    return PhaseStateChanged(phase.number, phase.state, after, moment.today)


def _is_free(todo: ToDo, plan: Plan) -> bool:
    before = (plan.todo(n) for n in todo.after)
    return all(earlier is None or earlier.state in CLOSED for earlier in before)


def step_back(plan: Plan, moment: Moment) -> tuple[Event, ...]:
    """Return what must be taken back when a To Do of a reached phase is open again.

    Its milestone is no longer reached, and what opened behind it waits again; what was done
    there stays done. So no To Do of a later phase is ever open before the milestone.
    """
    events: list[Event] = []
    if plan.state is PlanState.FINISHED:
        events.append(PlanStateChanged(plan.state, PlanState.RUNNING, None, moment.now))
    broken = False
    for phase in plan.phases:
        if broken:
            events += _closed_again(phase, moment)
        elif phase.state is PhaseState.REACHED and not phase.complete:
            broken = True
            events.append(_phase_moved(phase, PhaseState.OPEN, moment))
    return tuple(events) if broken else ()


def _closed_again(phase: Phase, moment: Moment) -> Iterator[Event]:
    if phase.state is not PhaseState.WAITING:
        yield _phase_moved(phase, PhaseState.WAITING, moment)
    for todo in phase.todos:
        if todo.active:
            yield ToDoStateChanged(todo.n, todo.state, ToDoState.WAITING, None, moment.now)


def opened(before: Plan, after: Plan) -> dict[PersonId, tuple[int, ...]]:
    """Return whose turn it became between two states of a plan, and for which numbers."""
    turns: dict[PersonId, list[int]] = {}
    known = {todo.n: todo for todo in before.todos()}
    for todo in after.todos():
        earlier = known.get(todo.n)
        if earlier is todo:
            continue
        had_it = earlier is not None and earlier.active
        same = earlier is not None and earlier.responsible == todo.responsible
        if todo.active and not (had_it and same):
            turns.setdefault(todo.responsible, []).append(todo.n)
    return {person: tuple(numbers) for person, numbers in turns.items()}


def reached(before: Plan, after: Plan) -> tuple[Phase, ...]:
    """Return the phases whose milestone was reached between two states of a plan."""
    done_before = {p.number for p in before.phases if p.state is PhaseState.REACHED}
    return tuple(
        phase
        for phase in after.phases
        if phase.state is PhaseState.REACHED and phase.number not in done_before
    )


def order_is_kept(plan: Plan) -> bool:
    """Return whether no To Do of a phase is open before the milestones ahead of it.

    The invariant that `advance` and `step_back` keep; tests and `mailflow check` ask for it.
    """
    ahead_reached = True
    for phase in plan.phases:
        if not ahead_reached and any(todo.active for todo in phase.todos):
            return False
        ahead_reached = ahead_reached and phase.state is PhaseState.REACHED
    return True


def apply_with_order(plan: Plan, event: Event, moment: Moment) -> tuple[Plan, tuple[Event, ...]]:
    """Apply one event and all that follows from it by the plan's own order."""
    plan = evolve(plan, event)
    back = step_back(plan, moment)
    plan = evolve_all(plan, back)
    forward = advance(plan, moment)
    return evolve_all(plan, forward), (event, *back, *forward)
