"""Rows as values and values as rows; the order of columns is that of the tables.

Rows are the plain tuples of the driver, because every answer passes here.
"""

import json
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar

from mailflow.domain.ids import ClientId, PersonId, PlanId
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
from mailflow.store.codec import from_json, to_json
from mailflow.store.columns import (
    day_of,
    day_text,
    instant_of,
    instant_text,
    listed,
    numbers_of,
    words_of,
)
from mailflow.store.hot import Row

E = TypeVar("E", bound=StrEnum)

NO_CONTEXT = PlanContext()


@cache
def _by_word(enum: type[E]) -> dict[str, E]:
    return {word.value: word for word in enum}


_DOCUMENTS = tuple[Document, ...]
_KINDS = _by_word(ToDoKind)
_STATES = _by_word(ToDoState)
_ROLES = _by_word(Role)


# --- plans --------------------------------------------------------------------------------


def plan_row(plan: Plan) -> Row:
    """Return a plan's own row."""
    return (
        plan.id,
        plan.code,
        plan.code.casefold(),
        plan.title,
        str(plan.state),
        plan.client,
        plan.client_name,
        None if plan.context == NO_CONTEXT else to_json(PlanContext, plan.context),
        day_text(plan.start),
        day_text(plan.end),
        plan.language,
        str(plan.rhythm),
        plan.review,
        plan.agree,
        day_text(plan.paused_until),
        plan.agreed_by,
        instant_text(plan.agreed_at) if plan.agreed_at else None,
        plan.unsettled,
    )


def stakeholder_row(plan: PlanId, position: int, stakeholder: Stakeholder) -> Row:
    """Return the row of one person on the plan."""
    return (plan, position, stakeholder.person, str(stakeholder.role))


def phase_row(plan: PlanId, phase: Phase) -> Row:
    """Return a phase's row, without its To Dos."""
    stone = phase.milestone
    return (
        plan,
        phase.number,
        phase.title,
        str(phase.state),
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
        str(todo.kind),
        str(todo.state),
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
        to_json(_DOCUMENTS, todo.documents) if todo.documents else None,
        todo.changed_by,
        instant_text(todo.changed_at) if todo.changed_at else None,
        day_text(todo.held_until),
    )


TODO_STATE = (
    "state",
    "due",
    "promised_until",
    "promised_end",
    "changed_by",
    "changed_at",
    "held_until",
)
"""The columns of a To Do that answers change; no index knows them."""


def todo_state_row(plan: PlanId, todo: ToDo) -> Row:
    """Return the values of `TODO_STATE`, and the key after them."""
    return (
        str(todo.state),
        day_text(todo.due),
        day_text(todo.promised.until) if todo.promised else None,
        day_text(todo.promised.end) if todo.promised else None,
        todo.changed_by,
        instant_text(todo.changed_at) if todo.changed_at else None,
        day_text(todo.held_until),
        plan,
        todo.n,
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
        str(proposal.reason),
        instant_text(proposal.asked_at),
        proposal.settled,
    )


def stakeholder_of(row: Row) -> Stakeholder:
    """Return the person's part from (person, role)."""
    return Stakeholder(row[0], _ROLES[row[1]])


def todo_of(row: Row) -> ToDo:
    """Return the To Do of a row, which begins with its number, phase and place."""
    n, _, _, title, responsible, kind, state, helpers, due, until, end, details = row[:12]
    fixed, internal, review, after, appointment, files, documents, by, at, held_until = row[12:]
    return ToDo(
        n,
        title,
        responsible,
        _KINDS[kind],
        _STATES[state],
        _persons(helpers) if helpers else (),
        date.fromisoformat(due) if due else None,
        _promise(until, end) if until else None,
        words_of(details) if details else (),
        fixed == 1,
        internal == 1,
        review == 1,
        numbers_of(after) if after else (),
        from_json(Appointment, appointment) if appointment else None,
        words_of(files) if files else (),
        from_json(_DOCUMENTS, documents) if documents else (),
        by,
        datetime.fromisoformat(at) if at else None,
        date.fromisoformat(held_until) if held_until else None,
    )


def phase_of(row: Row, todos: tuple[ToDo, ...]) -> Phase:
    """Return the phase of a row, with its To Dos in order."""
    stone = None if row[4] is None else Milestone(row[4], day_of(row[5]), day_of(row[6]))
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
        start=day_of(row[8]),
        end=day_of(row[9]),
        language=row[10],
        rhythm=Rhythm(row[11]),
        review=bool(row[12]),
        agree=bool(row[13]),
        paused_until=day_of(row[14]),
        agreed_by=None if row[15] is None else PersonId(row[15]),
        agreed_at=instant_of(row[16]),
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
        str(person.role),
        person.language,
        person.timezone,
        person.country,
        str(person.calendar),
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
        absent_until=day_of(row[8]),
        paused_until=day_of(row[9]),
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
