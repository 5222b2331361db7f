"""The edits of a plan's text, put into force on a plan that may be running.

What is read of an edited text (`domain/draft.py`) says how things are to be; here it becomes
the events that lead there, and what the plan's own order makes of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailflow.domain.decision import Decision
from mailflow.domain.draft import (
    DraftToDo,
    HeaderEdit,
    MilestoneEdit,
    PersonEdit,
    PhaseEdit,
    PlanEdit,
    ToDoAddition,
    ToDoEdit,
    ToDoMove,
)
from mailflow.domain.event import (
    Event,
    Frame,
    MilestoneMoved,
    PersonJoined,
    PhaseNamed,
    PlanReframed,
    ToDoAdded,
    ToDoDueChanged,
    ToDoMoved,
    ToDoPromised,
    ToDoReassigned,
    ToDoRewritten,
    ToDoStateChanged,
)
from mailflow.domain.evolve import evolve_all
from mailflow.domain.people import Person
from mailflow.domain.plan import (
    CLOSED,
    Milestone,
    PhaseState,
    Plan,
    PlanContext,
    Rhythm,
    ToDo,
    ToDoKind,
    ToDoState,
)
from mailflow.domain.planning import By, decide

_CONTEXT = ("goal", "objectives", "assumptions", "risks", "resources")
_WORDING = frozenset(
    {"title", "kind", "helpers", "after", "details", "fixed", "internal", "appointment", "files"}
)


def amend(plan: Plan, edits: Sequence[PlanEdit], persons: Mapping[str, Person], by: By) -> Decision:
    """Put edits into force; what is so already makes no event.

    A To Do that is somebody's turn waits again where its new place or order asks for that;
    what is ready through the edits opens.

    Args:
        plan: as it stands.
        edits: what its text asks for; what was missing or misread in it changes nothing.
        persons: who the keys of the edits are (`DraftPerson.key`).
        by: who changes it.
    """
    amendment = _Amendment(plan, persons, by)
    for edit in sorted(edits, key=_turn):
        amendment.take(edit)
    amendment.wait_again()
    return decide(plan, by, *amendment.events)


def _turn(edit: PlanEdit) -> int:
    """Return when an edit has its turn: phases and people first, for others rest on them."""
    return 0 if isinstance(edit, PhaseEdit | PersonEdit) else 1


@dataclass(slots=True)
class _Amendment:
    plan: Plan
    persons: Mapping[str, Person]
    by: By
    events: list[Event]
    touched: set[int]

    def __init__(self, plan: Plan, persons: Mapping[str, Person], by: By) -> None:
        self.plan, self.persons, self.by = plan, persons, by
        self.events, self.touched = [], set()

    def take(self, edit: PlanEdit) -> None:
        """Make the events of one edit."""
        match edit:
            case ToDoEdit(n=n, todo=draft, changed=changed):
                self._edit(n, draft, frozenset(changed))
            case ToDoAddition(phase=phase, todo=draft):
                self._add(phase, draft)
            case ToDoMove(n=n, phase=phase):
                self._move(n, phase)
            case PhaseEdit(phase=number, title=title):
                known = self._phase_title(number)
                self._happen([PhaseNamed(number, known, title)] if known != title else [])
            case MilestoneEdit(phase=number):
                self._happen(self._milestone(edit))
            case HeaderEdit():
                before = Frame.of(self.plan)
                after = _reframed(before, edit)
                self._happen([PlanReframed(before, after)] if before != after else [])
            case PersonEdit(person=named):
                self._join(named.key)
            case _:
                return

    def wait_again(self) -> None:
        """Let To Dos wait that were touched and are not to be done yet after all."""
        for n in sorted(self.touched):
            todo, phase = self.plan.todo(n), self.plan.phase_of(n)
            if todo is None or phase is None or not todo.active:
                continue
            before = (self.plan.todo(k) for k in todo.after)
            tied = any(other is not None and other.state not in CLOSED for other in before)
            if tied or phase.state is PhaseState.WAITING:
                now = self.by.moment.now
                waits = ToDoStateChanged(n, todo.state, ToDoState.WAITING, self.by.person, now)
                self._happen([waits])

    def _happen(self, events: Sequence[Event]) -> None:
        self.events += events
        self.plan = evolve_all(self.plan, events)

    def _join(self, key: str) -> None:
        person = self.persons.get(key)
        if person is not None and self.plan.role_of(person.id) is None:
            self._happen([PersonJoined(person.id, person.role)])

    def _phase_title(self, number: int) -> str | None:
        return next((p.title for p in self.plan.phases if p.number == number), None)

    # To Dos

    def _edit(self, n: int, draft: DraftToDo, changed: frozenset[str]) -> None:
        todo = self.plan.todo(n)
        if todo is None:
            return
        for key in (draft.responsible, *draft.helpers):
            self._join(key or "")
        wording = changed & _WORDING
        if wording:
            written = self._rewritten(todo, draft, wording)
            self._happen([ToDoRewritten(todo, written)] if written != todo else [])
        if "due" in changed:
            self._happen(list(self._dated(n, draft.due)))
        taker = self.persons.get(draft.responsible or "")
        if "responsible" in changed and taker is not None and taker.id != todo.responsible:
            self._happen([ToDoReassigned(n, todo.responsible, taker.id)])
        self.touched.add(n)

    def _rewritten(self, todo: ToDo, draft: DraftToDo, wording: frozenset[str]) -> ToDo:
        new = self._made(draft)
        kept = {name: getattr(new, name) for name in wording}
        written = replace(todo, **kept)
        if "kind" in wording:
            written = replace(written, review=new.review)
        return written

    def _dated(self, n: int, due: date | None) -> Iterator[Event]:
        todo = self.plan.todo(n)
        if todo is None or todo.due == due:
            return
        yield ToDoDueChanged(n, todo.due, due)
        if todo.promised is not None:
            yield ToDoPromised(n, todo.promised, None)
        if todo.state is ToDoState.PROMISED:
            now = self.by.moment.now
            yield ToDoStateChanged(n, todo.state, ToDoState.CONFIRMED, self.by.person, now)

    def _add(self, phase: int, draft: DraftToDo) -> None:
        if self.plan.todo(draft.n) is not None or phase > len(self.plan.phases):
            return
        for key in (draft.responsible, *draft.helpers):
            self._join(key or "")
        now = self.by.moment.now
        added = replace(self._made(draft), changed_by=self.by.person, changed_at=now)
        self._happen([ToDoAdded(phase, added)])

    def _made(self, draft: DraftToDo) -> ToDo:
        known = (self.persons[key].id for key in draft.helpers if key in self.persons)
        taker = self.persons.get(draft.responsible or "")
        responsible = self.plan.provider if taker is None else taker.id
        return ToDo(
            n=draft.n,
            title=draft.title,
            responsible=responsible,
            kind=draft.kind,
            helpers=tuple(one for one in dict.fromkeys(known) if one != responsible),
            due=draft.due,
            details=draft.details,
            fixed=draft.fixed,
            internal=draft.internal,
            review=self.plan.review and draft.kind is ToDoKind.SEND,
            after=tuple(n for n in draft.after if n != draft.n),
            appointment=draft.appointment,
            files=draft.files,
        )

    def _move(self, n: int, phase: int) -> None:
        standing = self.plan.phase_of(n)
        if standing is None or standing.number == phase or phase > len(self.plan.phases):
            return
        self._happen([ToDoMoved(n, standing.number, phase)])
        self.touched.add(n)

    # What stands around them

    def _milestone(self, edit: MilestoneEdit) -> list[Event]:
        phase = next((p for p in self.plan.phases if p.number == edit.phase), None)
        if phase is None:
            return []
        reached = phase.milestone.reached_on if phase.milestone else None
        stone = Milestone(edit.milestone.title, edit.milestone.due, reached)
        return (
            [] if stone == phase.milestone else [MilestoneMoved(edit.phase, phase.milestone, stone)]
        )


def _reframed(frame: Frame, edit: HeaderEdit) -> Frame:
    value = edit.value
    if edit.name in _CONTEXT:
        return replace(frame, context=_with_text(frame.context, edit.name, value))
    match edit.name:
        case "title":
            return replace(frame, title=value)
        case "start":
            return replace(frame, start=date.fromisoformat(value))
        case "end":
            return replace(frame, end=date.fromisoformat(value))
        case "reminders":
            return replace(frame, rhythm=Rhythm(value))
        case "internal":
            notes = (*frame.context.internal, value)
            return replace(frame, context=replace(frame.context, internal=notes))
        case "review":
            return replace(frame, review=bool(value))
        case _:
            return frame


def _with_text(context: PlanContext, name: str, value: str) -> PlanContext:
    texts = {one: str(getattr(context, one)) for one in _CONTEXT} | {name: value}
    goal, objectives, assumptions, risks, resources = (texts[one] for one in _CONTEXT)
    return PlanContext(goal, objectives, assumptions, risks, resources, context.internal)
