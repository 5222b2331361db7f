"""Rows as values and values as rows; the order of columns is that of the tables.

Rows are the plain tuples of the driver, because every answer passes here.
"""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar

from mailflow.domain.entry import EntryState
from mailflow.domain.ids import ClientId, LetterId, PersonId, PlanId
from mailflow.domain.intent import Reading
from mailflow.domain.people import CalendarChoice, Client, Person, Role
from mailflow.domain.plan import (
    Appointment,
    Document,
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanContext,
    PlanState,
    Promise,
    Proposal,
    ProposalReason,
    Rhythm,
    Stakeholder,
    ToDo,
    ToDoKind,
    ToDoState,
)
from mailflow.ports.kept import SentLetter
from mailflow.store.codec import from_json, to_json
from mailflow.store.hot import Row

E = TypeVar("E", bound=StrEnum)

NO_CONTEXT = PlanContext()


def instant_text(instant: datetime) -> str:
    """Return an aware instant as it stands in a row: UTC, microseconds, sortable."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def day_text(day: date | None) -> str | None:
    """Return a day as it stands in a row."""
    return day.isoformat() if day else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _by_word(enum: type[E]) -> dict[str, E]:
    return {word.value: word for word in enum}


_KINDS = _by_word(ToDoKind)
_STATES = _by_word(ToDoState)
_ROLES = _by_word(Role)


def listed(values: tuple[object, ...]) -> str | None:
    """Return a tuple of plain values as JSON, NULL where it is empty."""
    return json.dumps(values, separators=(",", ":")) if values else None


def _tuple_of(text: str | None) -> tuple[int, ...]:
    return tuple(json.loads(text)) if text else ()


def words_of(text: str | None) -> tuple[str, ...]:
    """Return the words that `listed` wrote."""
    return tuple(json.loads(text)) if text else ()


# --- plans --------------------------------------------------------------------------------


def plan_row(plan: Plan) -> Row:
    """Return a plan's own row."""
    return (
        plan.id,
        plan.code,
        plan.code.casefold(),
        plan.title,
        plan.state.value,
        plan.client,
        plan.client_name,
        None if plan.context == NO_CONTEXT else to_json(PlanContext, plan.context),
        day_text(plan.start),
        day_text(plan.end),
        plan.language,
        plan.rhythm.value,
        plan.review,
        plan.agree,
        day_text(plan.paused_until),
        plan.agreed_by,
        instant_text(plan.agreed_at) if plan.agreed_at else None,
        plan.unsettled,
    )


def stakeholder_row(plan: PlanId, position: int, stakeholder: Stakeholder) -> Row:
    """Return the row of one person on the plan."""
    return (plan, position, stakeholder.person, stakeholder.role.value)


def phase_row(plan: PlanId, phase: Phase) -> Row:
    """Return a phase's row, without its To Dos."""
    stone = phase.milestone
    return (
        plan,
        phase.number,
        phase.title,
        phase.state.value,
        *((stone.title, day_text(stone.due), day_text(stone.reached_on)) if stone else (None,) * 3),
    )


def todo_row(plan: PlanId, phase: int, position: int, todo: ToDo) -> Row:
    """Return a To Do's row: `position` counts within the phase."""
    return (
        plan,
        todo.n,
        phase,
        position,
        todo.title,
        todo.responsible,
        todo.kind.value,
        todo.state.value,
        listed(todo.helpers),
        day_text(todo.due),
        day_text(todo.promised.until) if todo.promised else None,
        day_text(todo.promised.end) if todo.promised else None,
        listed(todo.details),
        todo.fixed,
        todo.internal,
        todo.review,
        listed(todo.after),
        to_json(Appointment, todo.appointment) if todo.appointment else None,
        listed(todo.files),
        to_json(tuple[Document, ...], todo.documents) if todo.documents else None,
        todo.changed_by,
        instant_text(todo.changed_at) if todo.changed_at else None,
        day_text(todo.held_until),
    )


def proposal_row(plan: PlanId, position: int, proposal: Proposal) -> Row:
    """Return a proposal's row."""
    return (
        plan,
        proposal.number,
        position,
        proposal.n,
        proposal.by,
        to_json(Reading, proposal.reading),
        proposal.reason.value,
        instant_text(proposal.asked_at),
        proposal.settled,
    )


def stakeholder_of(row: Row) -> Stakeholder:
    """Return the person's part from (person, role)."""
    return Stakeholder(row[0], _ROLES[row[1]])


def todo_of(row: Row) -> ToDo:
    """Return the To Do of a row."""
    return ToDo(
        n=row[1],
        title=row[4],
        responsible=row[5],
        kind=_KINDS[row[6]],
        state=_STATES[row[7]],
        helpers=_persons(row[8]),
        due=_day(row[9]),
        promised=_promise(row[10], row[11]),
        details=words_of(row[12]),
        fixed=bool(row[13]),
        internal=bool(row[14]),
        review=bool(row[15]),
        after=_tuple_of(row[16]),
        appointment=from_json(Appointment, row[17]) if row[17] else None,
        files=words_of(row[18]),
        documents=from_json(tuple[Document, ...], row[19]) if row[19] else (),
        changed_by=row[20],
        changed_at=_instant(row[21]),
        held_until=_day(row[22]),
    )


def phase_of(row: Row, todos: tuple[ToDo, ...]) -> Phase:
    """Return the phase of a row, with its To Dos in order."""
    stone = None if row[4] is None else Milestone(row[4], _day(row[5]), _day(row[6]))
    return Phase(row[1], row[2], todos, stone, PhaseState(row[3]))


def proposal_of(row: Row) -> Proposal:
    """Return the proposal of a row."""
    return Proposal(
        number=row[1],
        n=row[3],
        by=PersonId(row[4]),
        reading=from_json(Reading, row[5]),
        reason=ProposalReason(row[6]),
        asked_at=datetime.fromisoformat(row[7]),
        settled=row[8],
    )


def plan_of(
    row: Row,
    *,
    version: int,
    people: tuple[Stakeholder, ...],
    phases: tuple[Phase, ...],
    proposals: tuple[Proposal, ...],
) -> Plan:
    """Return the plan of a row and of its parts."""
    return Plan(
        id=PlanId(row[0]),
        code=row[1],
        title=row[3],
        state=PlanState(row[4]),
        version=version,
        client=None if row[5] is None else ClientId(row[5]),
        client_name=row[6],
        context=from_json(PlanContext, row[7]) if row[7] else NO_CONTEXT,
        people=people,
        phases=phases,
        proposals=proposals,
        start=_day(row[8]),
        end=_day(row[9]),
        language=row[10],
        rhythm=Rhythm(row[11]),
        review=bool(row[12]),
        agree=bool(row[13]),
        paused_until=_day(row[14]),
        agreed_by=None if row[15] is None else PersonId(row[15]),
        agreed_at=_instant(row[16]),
        unsettled=row[17],
    )


def _persons(text: str | None) -> tuple[PersonId, ...]:
    return tuple(json.loads(text)) if text else ()


def _promise(until: str | None, end: str | None) -> Promise | None:
    return Promise(date.fromisoformat(until), date.fromisoformat(end)) if until and end else None


# --- people -------------------------------------------------------------------------------


def person_row(person: Person) -> Row:
    """Return a person's row."""
    return (
        person.id,
        person.name,
        listed(person.addresses) or "[]",
        person.role.value,
        person.language,
        person.timezone,
        person.country,
        person.calendar.value,
        day_text(person.absent_until),
        day_text(person.paused_until),
        person.stopped,
        listed(person.undeliverable),
        person.welcomed,
    )


def person_of(row: Row) -> Person:
    """Return the person of a row."""
    return Person(
        id=PersonId(row[0]),
        name=row[1],
        addresses=words_of(row[2]),
        role=_ROLES[row[3]],
        language=row[4],
        timezone=row[5],
        country=row[6],
        calendar=CalendarChoice(row[7]),
        absent_until=_day(row[8]),
        paused_until=_day(row[9]),
        stopped=bool(row[10]),
        undeliverable=words_of(row[11]),
        welcomed=bool(row[12]),
    )


def client_row(client: Client) -> Row:
    """Return a client's row."""
    return (
        client.id,
        client.name,
        client.name.casefold(),
        listed(client.contacts),
        client.stage,
    )


def client_of(row: Row) -> Client:
    """Return the client of a row."""
    return Client(ClientId(row[0]), row[1], _persons(row[3]), row[4])


# --- letters ------------------------------------------------------------------------------


def letter_row(letter: SentLetter) -> Row:
    """Return a letter's row, without its items."""
    return (
        letter.id,
        letter.kind,
        letter.to,
        letter.address,
        letter.message_id,
        letter.subject,
        letter.text,
        listed(letter.plans),
        listed(letter.facts),
        instant_text(letter.at),
    )


def letter_of(row: Row, items: list[Row]) -> SentLetter:
    """Return the letter of a row and of its items (shown, plan, n) in order."""
    return SentLetter(
        id=LetterId(row[0]),
        kind=row[1],
        to=PersonId(row[2]),
        address=row[3],
        message_id=row[4],
        subject=row[5],
        text=row[6],
        items=tuple([(shown, PlanId(plan), n) for shown, plan, n in items]),
        plans=tuple([PlanId(plan) for plan in _tuple_of(row[7])]),
        facts=_facts(row[8]),
        at=datetime.fromisoformat(row[9]),
    )


def _facts(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple([(name, value) for name, value in json.loads(text)]) if text else ()


def entry_text(state: EntryState) -> str:
    """Return what a calendar was told, as it stands in its row."""
    return to_json(EntryState, state)


def entry_of(text: str) -> EntryState:
    """Return what `entry_text` wrote."""
    entry: EntryState = from_json(EntryState, text)
    return entry
