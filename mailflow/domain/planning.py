"""The provider's side: start, agree, pause, and change a plan while it runs.

Each function answers with a decision, or with a refusal that says why nothing was done.
Asking for what is so already is refused kindly (`STATE_ALREADY`) and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mailflow.domain.decision import Decision
from mailflow.domain.event import (
    Event,
    NoteTaken,
    PlanStateChanged,
    ProposalSettled,
    ToDoAdded,
    ToDoDueChanged,
    ToDoHeld,
    ToDoPromised,
    ToDoReassigned,
    ToDoStateChanged,
)
from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PersonId
from mailflow.domain.intent import Intent
from mailflow.domain.people import INSIDE, Role
from mailflow.domain.phases import Moment, advance, step_back
from mailflow.domain.plan import (
    PhaseState,
    Plan,
    PlanState,
    Promise,
    Proposal,
    Stakeholder,
    ToDo,
    ToDoState,
)
from mailflow.domain.refusal import Refusal, RefusalReason


@dataclass(frozen=True, slots=True)
class By:
    """Who asks, and when."""

    person: PersonId | None
    moment: Moment


_ARROWS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PROPOSED, PlanState.RUNNING, PlanState.CANCELLED}),
    PlanState.PROPOSED: frozenset({PlanState.AGREED, PlanState.RUNNING, PlanState.CANCELLED}),
    PlanState.AGREED: frozenset({PlanState.RUNNING, PlanState.CANCELLED}),
    PlanState.RUNNING: frozenset({PlanState.PAUSED, PlanState.FINISHED, PlanState.CANCELLED}),
    PlanState.PAUSED: frozenset({PlanState.RUNNING, PlanState.FINISHED, PlanState.CANCELLED}),
    PlanState.FINISHED: frozenset({PlanState.RUNNING}),
    PlanState.CANCELLED: frozenset({PlanState.RUNNING}),
}
"""Which state may follow which; `docs/states.md` draws the same arrows."""


def move_plan(
    plan: Plan, after: PlanState, by: By, paused_until: date | None = None
) -> Decision | Refusal:
    """Propose, agree, start, pause, resume, finish or cancel a plan.

    A plan that starts or goes on opens what is ready.
    """
    if plan.state is after:
        return Refusal.because(RefusalReason.STATE_ALREADY, what=plan.code, state=plan.state.value)
    if after not in _ARROWS[plan.state]:
        return Refusal.because(RefusalReason.NOT_RUNNING, plan=plan.code, state=plan.state.value)
    moved = PlanStateChanged(plan.state, after, by.person, by.moment.now, paused_until)
    return decide(plan, by, moved)


def agree(plan: Plan, by: By) -> Decision | Refusal:
    """Record that the client agrees, and start the plan."""
    agreed = move_plan(plan, PlanState.AGREED, by)
    if isinstance(agreed, Refusal):
        return agreed
    started = PlanStateChanged(PlanState.AGREED, PlanState.RUNNING, None, by.moment.now)
    return decide(plan, by, *agreed.events, started)


def decide(plan: Plan, by: By, *events: Event) -> Decision:
    """Apply events and what the plan's own order makes of them."""
    after = evolve_all(plan, events)
    back = step_back(after, by.moment)
    after = evolve_all(after, back)
    forward = advance(after, by.moment)
    return Decision(evolve_all(after, forward), (*events, *back, *forward))


def _on_todo(
    change: Callable[[Plan, ToDo, By], tuple[Event, ...]],
) -> Callable[[Plan, int, By], Decision | Refusal]:
    """Make a command on one To Do of a function from the To Do to events."""

    def command(plan: Plan, n: int, by: By) -> Decision | Refusal:
        return change_todo(plan, n, by, change)

    return command


def change_todo(
    plan: Plan, n: int, by: By, change: Callable[[Plan, ToDo, By], tuple[Event, ...]]
) -> Decision | Refusal:
    """Apply a change to one To Do; no events mean that it is so already."""
    todo = plan.todo(n)
    if todo is None:
        return Refusal.because(RefusalReason.UNKNOWN_NUMBER, n=str(n), plan=plan.code)
    events = change(plan, todo, by)
    if not events:
        return Refusal.because(
            RefusalReason.STATE_ALREADY, what=plan.ref(n), state=todo.state.value
        )
    settled = tuple(
        ProposalSettled(p.number, None, "overtaken")
        for p in plan.open_proposals()
        if p.n == n and any(isinstance(e, ToDoStateChanged) for e in events)
    )
    return decide(plan, by, *events, *settled)


def _or_already(result: Decision | Refusal, reason: RefusalReason) -> Decision | Refusal:
    """Say what is so already, where it is something else than the state."""
    if isinstance(result, Refusal) and result.reason is RefusalReason.STATE_ALREADY:
        return replace(result, reason=reason)
    return result


def _to(state: ToDoState) -> Callable[[Plan, ToDo, By], tuple[Event, ...]]:
    def change(_plan: Plan, todo: ToDo, by: By) -> tuple[Event, ...]:
        if todo.state is state:
            return ()
        return (ToDoStateChanged(todo.n, todo.state, state, by.person, by.moment.now),)

    return change


def _reopened(plan: Plan, todo: ToDo, by: By) -> tuple[Event, ...]:
    if todo.active:
        return ()
    phase = plan.phase_of(todo.n)
    waits = phase is None or phase.state is PhaseState.WAITING
    after = ToDoState.WAITING if waits else ToDoState.OPEN
    if todo.state is after:
        return ()
    return (ToDoStateChanged(todo.n, todo.state, after, by.person, by.moment.now),)


complete = _on_todo(_to(ToDoState.DONE))
"""Tick a To Do on the provider's word."""

drop = _on_todo(_to(ToDoState.DROPPED))
"""Say that a To Do is no longer needed."""

reopen = _on_todo(_reopened)
"""Open a To Do again, and take back a milestone that no longer holds."""


def accept(plan: Plan, n: int, by: By) -> Decision | Refusal:
    """Accept what was delivered: the To Do is done."""
    todo = plan.todo(n)
    if todo is not None and todo.state is not ToDoState.DELIVERED:
        return Refusal.because(
            RefusalReason.STATE_ALREADY, what=plan.ref(n), state=todo.state.value
        )
    return complete(plan, n, by)


def reject(plan: Plan, n: int, by: By, reason: str) -> Decision | Refusal:
    """Ask again for a delivery that cannot be accepted, with the reason."""

    def again(_plan: Plan, todo: ToDo, by: By) -> tuple[Event, ...]:
        if todo.state not in {ToDoState.DELIVERED, ToDoState.DONE}:
            return ()
        moved = ToDoStateChanged(todo.n, todo.state, ToDoState.OPEN, by.person, by.moment.now)
        return (moved, NoteTaken(todo.n, by.person, reason))

    return change_todo(plan, n, by, again)


def move_due(plan: Plan, n: int, by: By, due: date | None) -> Decision | Refusal:
    """Set the due date; a promise that was given for the old one no longer counts."""

    def moved(_plan: Plan, todo: ToDo, by: By) -> tuple[Event, ...]:
        if todo.due == due and todo.promised is None:
            return ()
        events: list[Event] = []
        if todo.due != due:
            events.append(ToDoDueChanged(todo.n, todo.due, due))
        if todo.promised is not None:
            events.append(ToDoPromised(todo.n, todo.promised, None))
        if todo.state is ToDoState.PROMISED:
            events.append(
                ToDoStateChanged(todo.n, todo.state, ToDoState.CONFIRMED, by.person, by.moment.now)
            )
        return tuple(events)

    return _or_already(change_todo(plan, n, by, moved), RefusalReason.DUE_ALREADY)


def assign(plan: Plan, n: int, by: By, person: PersonId) -> Decision | Refusal:
    """Make somebody on the plan responsible."""

    def given(_plan: Plan, todo: ToDo, _by: By) -> tuple[Event, ...]:
        if todo.responsible == person:
            return ()
        return (ToDoReassigned(todo.n, todo.responsible, person),)

    return _or_already(change_todo(plan, n, by, given), RefusalReason.GIVEN_ALREADY)


def hold(plan: Plan, n: int, by: By, until: date | None) -> Decision | Refusal:
    """Ask and remind nobody about it until that day is over."""

    def held(_plan: Plan, todo: ToDo, _by: By) -> tuple[Event, ...]:
        return () if todo.held_until == until else (ToDoHeld(todo.n, todo.held_until, until),)

    return _or_already(change_todo(plan, n, by, held), RefusalReason.HELD_ALREADY)


def note(plan: Plan, n: int | None, by: By, text: str) -> Decision | Refusal:
    """Keep a note of the team about a To Do or the plan; it never leaves the team."""
    if n is not None and plan.todo(n) is None:
        return Refusal.because(RefusalReason.UNKNOWN_NUMBER, n=str(n), plan=plan.code)
    return Decision(plan, (NoteTaken(n, by.person, text, internal=True),))


def add_todo(plan: Plan, todo: ToDo, by: By, phase: int | None = None) -> Decision:
    """Add a To Do to a phase: the named one, else the one that is open, else the last."""
    current = next((p for p in plan.phases if p.state is not PhaseState.REACHED), plan.phases[-1])
    number = phase if phase is not None else current.number
    added = replace(todo, n=plan.next_number, changed_by=by.person, changed_at=by.moment.now)
    return decide(plan, by, ToDoAdded(number, added))


def join(plan: Plan, person: PersonId, role: Role) -> Plan:
    """Return the plan with somebody on it who was not; her role stays if she was."""
    if plan.role_of(person) is not None:
        return plan
    return replace(plan, people=(*plan.people, Stakeholder(person, role)))


def settle(
    plan: Plan, proposal: Proposal, by: By, word: str, until: date | None = None
) -> Decision:
    """Do what a proposal says on the provider's word, or leave it with "no".

    Args:
        plan: the plan.
        proposal: an open proposal of it.
        by: the provider.
        word: "yes" does what was proposed; "no" leaves everything; other words are kept.
        until: another date than the proposed one.
    """
    settled = ProposalSettled(proposal.number, None, word)
    todo = None if proposal.n is None else plan.todo(proposal.n)
    if word == "no" or todo is None:
        return Decision(evolve_all(plan, (settled,)), (settled,))
    return decide(plan, by, *_proposed(todo, proposal, by, until), settled)


def _proposed(todo: ToDo, proposal: Proposal, by: By, until: date | None) -> tuple[Event, ...]:
    reading = proposal.reading
    day = until or reading.until
    if reading.intent is Intent.RESCHEDULE and day is not None:
        promise = Promise(day, until or reading.until_end or day)
        given = () if todo.promised == promise else (ToDoPromised(todo.n, todo.promised, promise),)
        return (*given, *_moved_to(todo, ToDoState.PROMISED, by))
    after = _SETTLED_STATE.get(reading.intent)
    return () if after is None else _moved_to(todo, after, by)


def _moved_to(todo: ToDo, after: ToDoState, by: By) -> tuple[Event, ...]:
    if todo.state is after:
        return ()
    return (ToDoStateChanged(todo.n, todo.state, after, by.person, by.moment.now),)


_SETTLED_STATE = {
    Intent.DONE: ToDoState.DONE,
    Intent.PROGRESS: ToDoState.PARTLY,
    Intent.DECLINE: ToDoState.DECLINED,
    Intent.ACKNOWLEDGE: ToDoState.CONFIRMED,
}


def may_command(person: PersonId, plan: Plan) -> bool:
    """Return whether this person may change the plan itself."""
    return plan.role_of(person) in INSIDE
