"""The tables of the two doors: mail that came, letters that leave, and what hangs on them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from mailflow.ports.kept import InboxState, MailFate, OutboxState
from mailflow.store.tables import (
    BIG,
    HAS_UID,
    IS_HANDLED,
    IS_HELD,
    IS_LEAVING,
    IS_REFUSED,
    IS_TROUBLE,
    IS_UNIQUE_END,
    IS_WAITING,
    KEYED,
    LETTERS_END,
    one_of,
    where,
)


class InboxRow(SQLModel, table=True):
    """An incoming mail; its raw bytes stand in `raw`, or in the named blob."""

    __tablename__ = "inbox"
    __table_args__ = (
        one_of("fate", MailFate),
        one_of("state", InboxState),
        Index(
            "inbox_by_uid",
            *("mailbox", "folder", "uidvalidity", "uid"),
            unique=True,
            **where(HAS_UID),
        ),
        Index("inbox_by_digest", "digest", unique=True),
        Index("inbox_by_fingerprint", "fingerprint", unique=True, **where(IS_UNIQUE_END)),
        Index("inbox_waiting", "id", **where(IS_WAITING)),
        Index("inbox_held", "id", **where(IS_HELD)),
        Index("inbox_ended", "ended_at", **where(IS_HANDLED)),
    )
    id: int = Field(primary_key=True, sa_type=BIG)
    mailbox: str = Field(sa_type=Text)
    folder: str = Field(sa_type=Text)
    uidvalidity: int = Field(sa_type=BIG)
    uid: int = Field(sa_type=BIG)
    digest: bytes = Field(sa_type=LargeBinary)
    blob: str | None = Field(sa_type=Text)
    size: int
    truncated: bool
    recipients: str | None = Field(sa_type=Text)
    junk: bool
    old: bool
    state: str = Field(sa_type=Text)
    attempts: int
    received_at: str = Field(sa_type=Text)
    claimed_at: str | None = Field(sa_type=Text)
    ended_at: str | None = Field(sa_type=Text)
    fate: str | None = Field(sa_type=Text)
    fingerprint: str | None = Field(sa_type=Text)
    message_id: str | None = Field(sa_type=Text)
    sender: int | None = Field(sa_type=BIG)
    evidence: str | None = Field(sa_type=Text)
    summary: str | None = Field(sa_type=Text)
    reason: str | None = Field(sa_type=Text)


class RawRow(SQLModel, table=True):
    """The bytes of a small mail, as received; they share the fsync of its row."""

    __tablename__ = "raw"
    inbox: int = Field(primary_key=True, foreign_key="inbox.id", sa_type=BIG)
    content: bytes = Field(sa_type=LargeBinary)


class WatermarkRow(SQLModel, table=True):
    """How far a folder was read."""

    __tablename__ = "watermark"
    __table_args__ = (KEYED,)
    mailbox: str = Field(primary_key=True, sa_type=Text)
    folder: str = Field(primary_key=True, sa_type=Text)
    uidvalidity: int = Field(sa_type=BIG)
    last_uid: int = Field(sa_type=BIG)


class LetterRow(SQLModel, table=True):
    """What is remembered of a letter; `items` are JSON lists of shown number, plan and n."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint(f"id > 0 AND id < {LETTERS_END}", name="id_fits_the_marks"),
        Index("letter_by_message_id", "message_id", unique=True),
        Index("letter_by_person", "person"),
    )
    id: int = Field(primary_key=True, sa_type=BIG)
    kind: str = Field(sa_type=Text)
    person: int = Field(sa_type=BIG)
    address: str = Field(sa_type=Text)
    message_id: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    items: str | None = Field(sa_type=Text)
    plans: str | None = Field(sa_type=Text)
    facts: str | None = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    outbox: int = Field(sa_type=BIG)


class LetterItemRow(SQLModel, table=True):
    """Finds the letters that showed a To Do."""

    __tablename__ = "letter_item"
    __table_args__ = (KEYED,)
    plan: int = Field(primary_key=True, sa_type=BIG)
    n: int = Field(primary_key=True)
    letter: int = Field(primary_key=True, foreign_key="letter.id", sa_type=BIG)


class AliasRow(SQLModel, table=True):
    """Another Message-ID that a server gave to a letter."""

    __tablename__ = "alias"
    __table_args__ = (KEYED,)
    message_id: str = Field(primary_key=True, sa_type=Text)
    letter: int = Field(foreign_key="letter.id", sa_type=BIG)


class OutboxRow(SQLModel, table=True):
    """A letter on its way; `reason` is the server's last word, or why it was withdrawn."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", OutboxState),
        Index("outbox_by_day_key", "day_key", unique=True, **where("day_key IS NOT NULL")),
        Index("outbox_leaving", "automatic", "due_at", "id", **where(IS_LEAVING)),
        Index("outbox_refused", "ended_at", **where(IS_REFUSED)),
        Index("outbox_trouble", "id", **where(IS_TROUBLE)),
    )
    id: int = Field(primary_key=True, sa_type=BIG)
    letter: int = Field(foreign_key="letter.id", sa_type=BIG)
    state: str = Field(sa_type=Text)
    sender: str = Field(sa_type=Text)
    due_at: str = Field(sa_type=Text)
    queued_at: str = Field(sa_type=Text)
    attempts: int
    tried_at: str | None = Field(sa_type=Text)
    was_unknown: bool
    day_key: str | None = Field(sa_type=Text)
    automatic: bool
    cause: int | None = Field(sa_type=BIG)
    mailflow_id: str = Field(sa_type=Text)
    ended_at: str | None = Field(sa_type=Text)
    reason: str | None = Field(sa_type=Text)


class SealedRow(SQLModel, table=True):
    """The bytes of a letter, the same on each try."""

    __tablename__ = "sealed"
    outbox: int = Field(primary_key=True, foreign_key="outbox.id", sa_type=BIG)
    content: bytes = Field(sa_type=LargeBinary)


class EntryRow(SQLModel, table=True):
    """What a person's calendar was last told about a To Do."""

    __tablename__ = "entry"
    __table_args__ = (KEYED,)
    plan: int = Field(primary_key=True, sa_type=BIG)
    n: int = Field(primary_key=True)
    person: int = Field(primary_key=True, sa_type=BIG)
    state: str = Field(sa_type=Text)


class ThreadRow(SQLModel, table=True):
    """The provider's mail in which a plan was drafted."""

    __tablename__ = "thread"
    __table_args__ = (KEYED,)
    message_id: str = Field(primary_key=True, sa_type=Text)
    plan: int = Field(sa_type=BIG)


class IncidentRow(SQLModel, table=True):
    """A trouble that was told once, and told again when it was over."""

    __tablename__ = "incident"
    __table_args__ = (Index("incident_open", "key", unique=True, **where("closed_at IS NULL")),)
    id: int = Field(primary_key=True, sa_type=BIG)
    key: str = Field(sa_type=Text)
    opened_at: str = Field(sa_type=Text)
    closed_at: str | None = Field(sa_type=Text)


class DocumentRow(SQLModel, table=True):
    """A stored document; its bytes stand among the blobs until they are erased."""

    __tablename__ = "document"
    __table_args__ = (KEYED,)
    sha256: str = Field(primary_key=True, sa_type=Text)
    size: int
    erased_at: str | None = Field(sa_type=Text)


class DefinitionKind(StrEnum):
    """What the office keeps for using again."""

    TEMPLATE = "template"
    PROCESS = "process"
    QUESTIONNAIRE = "questionnaire"
    SURVEY = "survey"


class DefinitionRow(SQLModel, table=True):
    """A template, recurring process, questionnaire or survey; each change is a new version."""

    __tablename__ = "definition"
    __table_args__ = (
        one_of("kind", DefinitionKind),
        Index("definition_by_name", "kind", "name_key", "version", unique=True),
    )
    id: int = Field(primary_key=True, sa_type=BIG)
    kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    name_key: str = Field(sa_type=Text)
    version: int
    content: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    retired_at: str | None = Field(sa_type=Text)


class OccurrenceRow(SQLModel, table=True):
    """One turn of a recurring process or survey; its key makes a second one impossible."""

    __tablename__ = "occurrence"
    __table_args__ = (KEYED,)
    definition: int = Field(primary_key=True, foreign_key="definition.id", sa_type=BIG)
    key: str = Field(primary_key=True, sa_type=Text)
    at: str = Field(sa_type=Text)
    plan: int | None = Field(sa_type=BIG)


class ResponseRow(SQLModel, table=True):
    """What somebody answered to a questionnaire or survey."""

    __tablename__ = "response"
    __table_args__ = (Index("response_by_definition", "definition", "person"),)
    id: int = Field(primary_key=True, sa_type=BIG)
    definition: int = Field(foreign_key="definition.id", sa_type=BIG)
    person: int = Field(sa_type=BIG)
    letter: int | None = Field(sa_type=BIG)
    at: str = Field(sa_type=Text)
    content: str = Field(sa_type=Text)
