"""evolve(plan, event) → plan: what an event does to a plan, and nothing else does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mailflow.domain.event import (
    DocumentFiled,
    Event,
    MilestoneMoved,
    NoteTaken,
    PhaseStateChanged,
    PlanDrafted,
    PlanStateChanged,
    ProposalMade,
    ProposalSettled,
    QuestionAsked,
    ToDoAdded,
    ToDoDueChanged,
    ToDoHeld,
    ToDoPromised,
    ToDoReassigned,
    ToDoRewritten,
    ToDoStateChanged,
)
from mailflow.domain.plan import Phase, PhaseState, Plan, PlanState, ToDo

ToDoEvent = (
    ToDoStateChanged
    | ToDoPromised
    | ToDoDueChanged
    | ToDoReassigned
    | ToDoRewritten
    | ToDoHeld
    | DocumentFiled
)
"""The events that change one To Do and nothing around it."""


def evolve(plan: Plan, event: Event) -> Plan:
    """Return the plan after the event; the version is the store's to raise."""
    match event:
        case PlanDrafted(plan=drafted):
            return replace(drafted, version=plan.version, id=plan.id)
        case PlanStateChanged():
            return _plan_moved(plan, event)
        case PhaseStateChanged() | MilestoneMoved() | ToDoAdded():
            return _phase_changed(plan, event)
        case ProposalMade(proposal=proposal):
            return replace(plan, proposals=(*plan.proposals, proposal))
        case ProposalSettled():
            return _settled(plan, event)
        case QuestionAsked() | NoteTaken():
            return plan
        case _:
            return _todo_changed(plan, event)


def evolve_all(plan: Plan, events: Iterable[Event]) -> Plan:
    """Return the plan after all these events, in order."""
    for event in events:
        plan = evolve(plan, event)
    return plan


def _plan_moved(plan: Plan, event: PlanStateChanged) -> Plan:
    moved = replace(plan, state=event.after, paused_until=event.paused_until)
    if event.after is PlanState.AGREED:
        return replace(moved, agreed_by=event.by, agreed_at=event.at)
    if event.after in {PlanState.DRAFT, PlanState.PROPOSED}:
        return replace(moved, agreed_by=None, agreed_at=None)
    return moved


def _phase_changed(plan: Plan, event: PhaseStateChanged | MilestoneMoved | ToDoAdded) -> Plan:
    phase = plan.phases[event.phase - 1]
    match event:
        case PhaseStateChanged(after=after, on=on):
            return plan.with_phase(_reached(replace(phase, state=after), on))
        case MilestoneMoved(after=stone):
            return plan.with_phase(replace(phase, milestone=stone))
        case ToDoAdded(todo=todo):
            return plan.with_phase(replace(phase, todos=(*phase.todos, todo)))


def _reached(phase: Phase, on: date) -> Phase:
    if phase.milestone is None:
        return phase
    reached_on = on if phase.state is PhaseState.REACHED else None
    return replace(phase, milestone=replace(phase.milestone, reached_on=reached_on))


def _settled(plan: Plan, event: ProposalSettled) -> Plan:
    return replace(
        plan,
        proposals=tuple(
            replace(p, settled=event.after) if p.number == event.number else p
            for p in plan.proposals
        ),
    )


def _todo_changed(plan: Plan, event: ToDoEvent) -> Plan:
    todo = plan.todo(event.after.n if isinstance(event, ToDoRewritten) else event.n)
    # None: an event of a To Do that a corrected draft no longer has
    return plan if todo is None else plan.with_todo(_changed(todo, event))


def _changed(todo: ToDo, event: ToDoEvent) -> ToDo:
    match event:
        case ToDoStateChanged(after=state, by=by, at=at):
            return replace(todo, state=state, changed_by=by, changed_at=at)
        case ToDoPromised(after=promise):
            return replace(todo, promised=promise)
        case ToDoDueChanged(after=due):
            return replace(todo, due=due)
        case ToDoReassigned(after=person):
            return replace(todo, responsible=person)
        case ToDoRewritten(after=rewritten):
            return _rewritten(todo, rewritten)
        case ToDoHeld(after=until):
            return replace(todo, held_until=until)
        case DocumentFiled(document=document):
            kept = tuple(d for d in todo.documents if d != document)
            return replace(todo, documents=(*kept, document))


def _rewritten(todo: ToDo, words: ToDo) -> ToDo:
    """Take the wording of the rewritten To Do, and nothing of its state."""
    return replace(
        todo,
        title=words.title,
        kind=words.kind,
        helpers=words.helpers,
        details=words.details,
        fixed=words.fixed,
        internal=words.internal,
        review=words.review,
        after=words.after,
        appointment=words.appointment,
        files=words.files,
    )
