"""What a page shows to one reader: the visible part of a plan, cleaned for drawing.

What is internal is left out here and nowhere else, so that nothing behind this wall can show
it by mistake. The fingerprint stands for exactly this content: two copies that show the same
carry the same one, whatever their language and day.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mailflow.domain.ids import PersonId
from mailflow.domain.people import People, Role
from mailflow.domain.plan import (
    ACTIVE,
    Appointment,
    Milestone,
    Phase,
    Plan,
    PlanState,
    ToDo,
    ToDoState,
)
from mailflow.writing.page_text import Cleaner

TITLE_LIMIT = 240
NAME_LIMIT = 80
CODE_LIMIT = 24
CONTEXT_LIMIT = 900
INTERNAL_LIMIT = 400
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One To Do as the page shows it.

    Attributes:
        n: its number.
        title: drawable.
        responsible: name, drawable.
        helpers: names, drawable.
        due: local date.
        promised: the responsible person's own date, while it counts.
        state: see `ToDoState`.
        hours: for an appointment, as `14:00–15:00 Room 2`.
        internal: only readers inside ever get such a row.
        changed: differs from the reader's last copy.
        closed_at: when it was done (aware, UTC), where that is known.
    """

    n: int
    title: str
    responsible: str
    helpers: tuple[str, ...]
    due: date | None
    promised: date | None
    state: ToDoState
    hours: str
    internal: bool
    changed: bool
    closed_at: datetime | None

    def late(self, today: date) -> bool:
        """Return whether it is overdue; a promise does not change what was agreed."""
        return self.state in ACTIVE and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """One phase as the page shows it."""

    number: int
    title: str
    rows: tuple[RowFacts, ...]
    milestone: str
    milestone_due: date | None
    reached_on: date | None

    @property
    def progress(self) -> tuple[int, int]:
        """How many To Dos are done, and how many count."""
        return _progress(self.rows)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Everything that one page shows, but for the words around it.

    Attributes:
        code: of the plan.
        title: of the plan.
        client: the client's name, may be empty.
        state: of the plan.
        start: first day.
        end: last day.
        context: key of its heading and drawable text, in this order, empty ones left out.
        people: name and role.
        agreed: who agreed and on which day, if somebody did.
        phases: in order.
        fingerprint: eight hexadecimal digits over the visible content, as `1A2B-3C4D`.
    """

    code: str
    title: str
    client: str
    state: PlanState
    start: date | None
    end: date | None
    context: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, Role], ...]
    agreed: tuple[str, datetime] | None
    phases: tuple[PhaseFacts, ...]
    fingerprint: str = ""

    def rows(self) -> Iterator[RowFacts]:
        """Yield every visible To Do in order."""
        for phase in self.phases:
            yield from phase.rows

    @property
    def progress(self) -> tuple[int, int]:
        """How many visible To Dos are done, and how many count."""
        return _progress(tuple(self.rows()))


class Reader:
    """Turns a plan into what one reader may see.

    Attributes:
        clean: cleans every text on its way.
    """

    def __init__(self, people: People, *, inside: bool, changed: tuple[int, ...]) -> None:
        self._people = people
        self._inside = inside
        self._changed = frozenset(changed)
        self._names: dict[PersonId, str] = {}
        self.clean = Cleaner()

    def facts(self, plan: Plan) -> PageFacts:
        """Return what this reader's page shows of the plan."""
        context = plan.context
        texts = (
            ("goal", context.goal),
            ("objectives", context.objectives),
            ("assumptions", context.assumptions),
            ("risks", context.risks),
            ("resources", context.resources),
        )
        shown = [(key, self.clean.line(text, CONTEXT_LIMIT)) for key, text in texts]
        if self._inside:
            shown.append(("internal", self._internal_lines(context.internal)))
        return PageFacts(
            code=self.clean.line(plan.code, CODE_LIMIT),
            title=self.clean.line(plan.title, TITLE_LIMIT)
            or self.clean.line(plan.code, NAME_LIMIT),
            client=self.clean.line(plan.client_name, NAME_LIMIT),
            state=plan.state,
            start=plan.start,
            end=plan.end,
            context=tuple((key, text) for key, text in shown if text),
            people=tuple(
                (name, s.role) for s in plan.people if (name := self._name(s.person)) != UNKNOWN
            ),
            agreed=self._agreed(plan),
            phases=tuple(self._phase(p, plan) for p in plan.phases if self._sees(p)),
            fingerprint=self._fingerprint(plan),
        )

    def _sees(self, phase: Phase) -> bool:
        """Return whether anything of a phase is left for this reader."""
        return bool(
            self._inside
            or phase.milestone
            or not phase.todos
            or any(not todo.internal for todo in phase.todos)
        )

    def _phase(self, phase: Phase, plan: Plan) -> PhaseFacts:
        stone = phase.milestone or Milestone("")
        return PhaseFacts(
            number=phase.number,
            title=self.clean.line(phase.title, TITLE_LIMIT),
            rows=tuple(self._row(t, plan) for t in phase.todos if self._inside or not t.internal),
            milestone=(self.clean.line(stone.title, TITLE_LIMIT) or UNKNOWN)
            if phase.milestone
            else "",
            milestone_due=stone.due,
            reached_on=stone.reached_on,
        )

    def _row(self, todo: ToDo, plan: Plan) -> RowFacts:
        return RowFacts(
            n=todo.n,
            title=self.clean.line(todo.title, TITLE_LIMIT)
            or self.clean.line(plan.ref(todo.n), TITLE_LIMIT),
            responsible=self._name(todo.responsible),
            helpers=tuple(map(self._name, todo.helpers)),
            due=todo.due,
            promised=todo.promised.until if todo.promised and todo.active else None,
            state=todo.state,
            hours=self._hours(todo.appointment),
            internal=todo.internal,
            changed=todo.n in self._changed,
            closed_at=todo.changed_at if todo.state is ToDoState.DONE else None,
        )

    def _hours(self, appointment: Appointment | None) -> str:
        if appointment is None:
            return ""
        hours = f"{appointment.start:%H:%M}–{appointment.end:%H:%M}"
        return f"{hours} {self.clean.line(appointment.place, NAME_LIMIT)}".rstrip()

    def _name(self, person: PersonId) -> str:
        if person not in self._names:
            known = self._people.by_id.get(person)
            name = known.name or next(iter(known.addresses), "") if known else ""
            self._names[person] = self.clean.line(name, NAME_LIMIT) or UNKNOWN
        return self._names[person]

    def _agreed(self, plan: Plan) -> tuple[str, datetime] | None:
        if plan.agreed_by is None or plan.agreed_at is None:
            return None
        return self._name(plan.agreed_by), plan.agreed_at

    def _internal_lines(self, lines: tuple[str, ...]) -> str:
        return self.clean.line(" · ".join(line.strip() for line in lines), INTERNAL_LIMIT)

    def _fingerprint(self, plan: Plan) -> str:
        digest = hashlib.sha256(repr(tuple(self._visible(plan))).encode("utf-8", "replace"))
        short = digest.hexdigest()[:8].upper()
        return f"{short[:4]}-{short[4:]}"

    def _visible(self, plan: Plan) -> Iterator[object]:
        """Yield what the page says, uncleaned, as plain values that print alike everywhere."""
        context = plan.context
        yield plan.code, plan.title, plan.client_name, plan.state.value
        yield str(plan.start), str(plan.end), str(plan.agreed_at)
        yield context.goal, context.objectives, context.assumptions, context.risks
        yield context.resources, context.internal if self._inside else ()
        yield tuple((self._name(s.person), s.role.value) for s in plan.people)
        for phase in filter(self._sees, plan.phases):
            stone = phase.milestone or Milestone("")
            yield phase.number, phase.title, stone.title, str(stone.due), str(stone.reached_on)
            for todo in phase.todos:
                if self._inside or not todo.internal:
                    yield self._visible_row(todo)

    def _visible_row(self, todo: ToDo) -> tuple[object, ...]:
        return (
            todo.n,
            todo.title,
            self._name(todo.responsible),
            tuple(map(self._name, todo.helpers)),
            str(todo.due),
            str(todo.promised and todo.promised.until),
            todo.state.value,
            str(todo.appointment),
            todo.internal,
        )


def _progress(rows: tuple[RowFacts, ...]) -> tuple[int, int]:
    counting = [row for row in rows if row.state is not ToDoState.DROPPED]
    return sum(row.state is ToDoState.DONE for row in counting), len(counting)
