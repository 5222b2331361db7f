"""evolve(plan, event) → plan: what an event does to a plan, and nothing else does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mailflow.domain.event import (
    DocumentFiled,
    Event,
    MilestoneMoved,
    NoteTaken,
    PersonJoined,
    PhaseNamed,
    PhaseStateChanged,
    PlanDrafted,
    PlanReframed,
    PlanStateChanged,
    ProposalMade,
    ProposalSettled,
    QuestionAsked,
    ToDoAdded,
    ToDoDueChanged,
    ToDoHeld,
    ToDoMoved,
    ToDoPromised,
    ToDoReassigned,
    ToDoRewritten,
    ToDoStateChanged,
)
from mailflow.domain.plan import Phase, PhaseState, Plan, PlanState, Stakeholder, ToDo

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
        case PlanReframed() | PersonJoined() | PhaseNamed() | ToDoMoved():
            return _reshaped(plan, event)
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


def _reshaped(plan: Plan, event: PlanReframed | PersonJoined | PhaseNamed | ToDoMoved) -> Plan:
    match event:
        case PlanReframed(after=frame):
            return replace(
                plan,
                title=frame.title,
                context=frame.context,
                start=frame.start,
                end=frame.end,
                rhythm=frame.rhythm,
                review=frame.review,
            )
        case PersonJoined(person=person, role=role):
            if plan.role_of(person) is not None:
                return plan
            return replace(plan, people=(*plan.people, Stakeholder(person, role)))
        case PhaseNamed():
            return _named(plan, event)
        case ToDoMoved():
            return _todo_moved(plan, event)


def _named(plan: Plan, event: PhaseNamed) -> Plan:
    if event.after is None:
        last = plan.phases[-1] if plan.phases else None
        gone = last is not None and last.number == event.phase and not last.todos
        return replace(plan, phases=plan.phases[:-1]) if gone else plan
    if event.phase == len(plan.phases) + 1:
        return replace(plan, phases=(*plan.phases, Phase(event.phase, event.after, ())))
    return plan.with_phase(replace(plan.phases[event.phase - 1], title=event.after))


def _todo_moved(plan: Plan, event: ToDoMoved) -> Plan:
    todo, goal = plan.todo(event.n), plan.phases[event.after - 1]
    if todo is None or todo in goal.todos:
        return plan
    left = tuple(
        replace(phase, todos=tuple(t for t in phase.todos if t.n != event.n))
        for phase in plan.phases
    )
    moved = replace(plan, phases=left)
    return moved.with_phase(replace(goal, todos=(*goal.todos, todo)))


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
