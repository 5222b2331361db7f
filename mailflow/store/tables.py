"""The tables, private to this room: what stands on disk, and what the database itself refuses.

Instants are text in UTC with microseconds and days are ISO dates, so that text order is time
order and a person can read them. Tuples stand as JSON, NULL where empty. Words of an enum
are guarded by CHECK, what may exist once by UNIQUE, and the journal by triggers.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, Table, Text, text
from sqlmodel import Field, SQLModel

from mailflow.domain.people import CalendarChoice, Role
from mailflow.domain.plan import (
    PhaseState,
    PlanState,
    ProposalReason,
    Rhythm,
    ToDoKind,
    ToDoState,
)

BIG: Any = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite knows one INTEGER, and only that word makes a row number."""

LETTERS_END = 2**40
"""First letter number that no mark on a letter could carry."""

HAS_UID = "uid > 0"
IS_WAITING = "state IN ('received', 'claimed')"
IS_HELD = "state = 'held'"
IS_HANDLED = "state = 'handled'"
IS_UNIQUE_END = """state = 'handled' AND fate NOT IN ('duplicate', 'ignored')
    AND fingerprint <> ''"""
IS_LEAVING = "state IN ('queued', 'trying', 'retry', 'unknown')"
IS_REFUSED = "state = 'refused'"
IS_TROUBLE = "state IN ('awaiting approval', 'refused')"


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Return the rule that the column holds one of these words."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def where(predicate: str) -> dict[str, Any]:
    """Return the arguments that make an index partial; PostgreSQL's stand in the migrations."""
    return {"sqlite_where": text(predicate)}


def table_of(row: type[SQLModel]) -> Table:
    """Return the Core table of a row class, for statements that run without the ORM."""
    table: Table = row.__table__  # type: ignore[attr-defined] # SQLModel adds it when built
    return table


KEYED = {"sqlite_with_rowid": False}
"""The rows stand in the order of their key."""


class NumberRow(SQLModel, table=True):
    """The next number of each kind that was never given away."""

    __tablename__ = "number"
    __table_args__ = (KEYED,)
    name: str = Field(primary_key=True, sa_type=Text)
    next: int = Field(sa_type=BIG)


class SettingRow(SQLModel, table=True):
    """What the office decided about itself, by events, and small notes that are none."""

    __tablename__ = "setting"
    __table_args__ = (KEYED,)
    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class SecretRow(SQLModel, table=True):
    """Keys and the name of this installation: never shown, never journalled."""

    __tablename__ = "secret"
    __table_args__ = (KEYED,)
    name: str = Field(primary_key=True, sa_type=Text)
    value: bytes = Field(sa_type=LargeBinary)


class ChainRow(SQLModel, table=True):
    """Version of a plan and the end of its journal chain; plan 0 is the office."""

    __tablename__ = "chain"
    plan: int = Field(primary_key=True, sa_type=BIG)
    version: int
    events: int
    head: str = Field(sa_type=Text)


class ActRow(SQLModel, table=True):
    """Who did something, and whether it was taken back."""

    __tablename__ = "act"
    __table_args__ = (Index("act_by_person", "by_person", "id"),)
    id: int = Field(primary_key=True, sa_type=BIG)
    at: str = Field(sa_type=Text)
    by_person: int | None = Field(sa_type=BIG)
    cause: int | None = Field(sa_type=BIG)
    undoes: int | None = Field(sa_type=BIG)
    undone_by: int | None = Field(sa_type=BIG)


class JournalRow(SQLModel, table=True):
    """One event: ids, words of enums, times and digests; UPDATE and DELETE are refused."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_by_plan", "plan", "n", unique=True),
        Index("journal_by_act", "act"),
    )
    seq: int = Field(primary_key=True, sa_type=BIG)
    plan: int = Field(sa_type=BIG)
    n: int
    act: int = Field(sa_type=BIG)
    at: str = Field(sa_type=Text)
    by_person: int | None = Field(sa_type=BIG)
    cause: int | None = Field(sa_type=BIG)
    event: str = Field(sa_type=Text)
    todo: int | None
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    payload: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class PayloadRow(SQLModel, table=True):
    """The words of an event and their salt, until they are erased."""

    __tablename__ = "payload"
    __table_args__ = (
        CheckConstraint("(words IS NULL) = (erased_at IS NOT NULL)", name="words_or_erased"),
    )
    seq: int = Field(primary_key=True, foreign_key="journal.seq", sa_type=BIG)
    salt: bytes | None = Field(sa_type=LargeBinary)
    words: str | None = Field(sa_type=Text)
    erased_at: str | None = Field(sa_type=Text)


class PersonRow(SQLModel, table=True):
    """A person as she is now."""

    __tablename__ = "person"
    __table_args__ = (one_of("calendar", CalendarChoice), one_of("role", Role))
    id: int = Field(primary_key=True, sa_type=BIG)
    name: str = Field(sa_type=Text)
    addresses: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    timezone: str = Field(sa_type=Text)
    country: str = Field(sa_type=Text)
    calendar: str = Field(sa_type=Text)
    absent_until: str | None = Field(sa_type=Text)
    paused_until: str | None = Field(sa_type=Text)
    stopped: bool
    undeliverable: str | None = Field(sa_type=Text)
    welcomed: bool


class CheckRow(SQLModel, table=True):
    """When somebody is to be looked at again."""

    __tablename__ = "person_check"
    __table_args__ = (Index("person_check_by_time", "at", "person"), KEYED)
    person: int = Field(primary_key=True, sa_type=BIG)
    at: str = Field(sa_type=Text)


class AddressRow(SQLModel, table=True):
    """Whose address it is, in lower case."""

    __tablename__ = "address"
    __table_args__ = (Index("address_by_person", "person"), KEYED)
    address: str = Field(primary_key=True, sa_type=Text)
    person: int = Field(foreign_key="person.id", sa_type=BIG)


class ClientRow(SQLModel, table=True):
    """An organisation as it is now; `name_key` is its name without case."""

    __tablename__ = "client"
    __table_args__ = (Index("client_by_name", "name_key"),)
    id: int = Field(primary_key=True, sa_type=BIG)
    name: str = Field(sa_type=Text)
    name_key: str = Field(sa_type=Text)
    contacts: str | None = Field(sa_type=Text)
    stage: str = Field(sa_type=Text)


class PlanRow(SQLModel, table=True):
    """A plan without its parts; `code_key` is its code without case."""

    __tablename__ = "plan"
    __table_args__ = (
        one_of("rhythm", Rhythm),
        one_of("state", PlanState),
        Index("plan_by_code", "code_key", unique=True),
        Index("plan_by_state", "state", "id"),
        Index("plan_by_client", "client"),
    )
    id: int = Field(primary_key=True, sa_type=BIG)
    code: str = Field(sa_type=Text)
    code_key: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    client: int | None = Field(sa_type=BIG)
    client_name: str = Field(sa_type=Text)
    context: str | None = Field(sa_type=Text)
    start: str | None = Field(sa_type=Text)
    end: str | None = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    rhythm: str = Field(sa_type=Text)
    review: bool
    agree: bool
    paused_until: str | None = Field(sa_type=Text)
    agreed_by: int | None = Field(sa_type=BIG)
    agreed_at: str | None = Field(sa_type=Text)
    unsettled: int


class StakeholderRow(SQLModel, table=True):
    """A person's part in a plan."""

    __tablename__ = "stakeholder"
    __table_args__ = (
        one_of("role", Role),
        Index("stakeholder_by_person", "person"),
        KEYED,
    )
    plan: int = Field(primary_key=True, foreign_key="plan.id", sa_type=BIG)
    position: int = Field(primary_key=True)
    person: int = Field(sa_type=BIG)
    role: str = Field(sa_type=Text)


class PhaseRow(SQLModel, table=True):
    """A phase and the milestone that ends it; no milestone where its title is NULL."""

    __tablename__ = "phase"
    __table_args__ = (one_of("state", PhaseState), KEYED)
    plan: int = Field(primary_key=True, foreign_key="plan.id", sa_type=BIG)
    number: int = Field(primary_key=True)
    title: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    milestone: str | None = Field(sa_type=Text)
    milestone_due: str | None = Field(sa_type=Text)
    reached_on: str | None = Field(sa_type=Text)


class ToDoRow(SQLModel, table=True):
    """A To Do as it is now; rows of one plan stand side by side."""

    __tablename__ = "todo"
    __table_args__ = (
        one_of("kind", ToDoKind),
        one_of("state", ToDoState),
        # without the state, so that an answer changes no index
        Index("todo_by_responsible", "responsible", "plan"),
        KEYED,
    )
    plan: int = Field(primary_key=True, foreign_key="plan.id", sa_type=BIG)
    n: int = Field(primary_key=True)
    phase: int
    position: int
    title: str = Field(sa_type=Text)
    responsible: int = Field(sa_type=BIG)
    kind: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    helpers: str | None = Field(sa_type=Text)
    due: str | None = Field(sa_type=Text)
    promised_until: str | None = Field(sa_type=Text)
    promised_end: str | None = Field(sa_type=Text)
    details: str | None = Field(sa_type=Text)
    fixed: bool
    internal: bool
    review: bool
    after: str | None = Field(sa_type=Text)
    appointment: str | None = Field(sa_type=Text)
    files: str | None = Field(sa_type=Text)
    documents: str | None = Field(sa_type=Text)
    changed_by: int | None = Field(sa_type=BIG)
    changed_at: str | None = Field(sa_type=Text)
    held_until: str | None = Field(sa_type=Text)


class HelperRow(SQLModel, table=True):
    """Finds the plans on which somebody helps; the order of helpers stands in the To Do."""

    __tablename__ = "helper"
    __table_args__ = (Index("helper_by_person", "person", "plan"), KEYED)
    plan: int = Field(primary_key=True, foreign_key="plan.id", sa_type=BIG)
    n: int = Field(primary_key=True)
    person: int = Field(primary_key=True, sa_type=BIG)


class ProposalRow(SQLModel, table=True):
    """What was put before the provider."""

    __tablename__ = "proposal"
    __table_args__ = (one_of("reason", ProposalReason), KEYED)
    plan: int = Field(primary_key=True, foreign_key="plan.id", sa_type=BIG)
    number: int = Field(primary_key=True)
    position: int
    n: int | None
    by_person: int = Field(sa_type=BIG)
    reading: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    asked_at: str = Field(sa_type=Text)
    settled: str | None = Field(sa_type=Text)
