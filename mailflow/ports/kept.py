"""What the memory keeps: incoming mail, letters on their way, and acts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.domain.event import Event
from mailflow.domain.ids import LetterId, PersonId, PlanId
from mailflow.ports.wires import SealedMail


class InboxState(StrEnum):
    """Where an incoming mail stands; the arrows are in `docs/states.md`."""

    RECEIVED = "received"
    CLAIMED = "claimed"
    HANDLED = "handled"
    HELD = "held"


class OutboxState(StrEnum):
    """Where a letter stands on its way out; the arrows are in `docs/states.md`."""

    AWAITING_APPROVAL = "awaiting approval"
    QUEUED = "queued"
    TRYING = "trying"
    RETRY = "retry"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that one worker holds; `attempts` already counts this one.

    Attributes:
        inbox_id: its row.
        raw: as received.
        mailbox: the source it came from.
        attempts: claims so far, this one included.
        received_at: when it was committed (aware, UTC).
        truncated: only header and text are here.
        junk: it stood in the junk folder.
        old: it stood there before the first start: read, never answered.
    """

    inbox_id: int
    raw: bytes
    mailbox: str
    attempts: int
    received_at: datetime
    truncated: bool = False
    junk: bool = False
    old: bool = False


class MailFate(StrEnum):
    """How an incoming mail ended; kept with its row."""

    ACTED = "acted"
    PASSED_ON = "passed on"
    COMMANDED = "commanded"
    CLAIM = "claim"
    LISTED = "listed"
    LOGGED = "logged"
    BOUNCE = "bounce"
    CALENDAR = "calendar"
    ABSENCE = "absence"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Handled:
    """The end of one incoming mail's journey.

    Attributes:
        inbox_id: its row.
        fate: see `MailFate`.
        fingerprint: recognises the same mail through another door.
        message_id: its Message-ID, "" where it has none.
        sender: whose it was, if known.
        evidence: letters of the authenticity table and what matched, such as "F+T address".
        summary: for lists: subject and the first words; erased with the raw mail.
        at: when that was (aware, UTC), for reports.
    """

    inbox_id: int
    fate: MailFate
    fingerprint: str
    message_id: str = ""
    sender: PersonId | None = None
    evidence: str = ""
    summary: str = ""
    at: datetime | None = None


ASKING = ("to_dos_asked", "to_do_listed", "reminder", "receipt", "change_notice")
"""Kinds of letters that tell somebody what is asked of her; pages and plans only show it."""


ANSWERING = ("receipt", "transcript", "to_do_listed", "mail_too_large", "confirmation_asked")
"""Kinds of letters that answer a mail by themselves: two machines could go on so for ever."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What is remembered for ever of a letter: to whom it went and what its numbers meant.

    Attributes:
        id: number in tokens and Message-IDs.
        kind: snake name of the notice, such as `to_dos_asked`.
        to: the person it was written to.
        address: the address it went to.
        message_id: ours; aliases that servers gave it are found too.
        subject: as sent.
        text: its plain text, for finding it quoted in an answer; "" once erased.
        items: shown number, plan and number in the plan.
        plans: plans it is about, also where it shows no numbers.
        facts: what an answer to it settles, such as `proposal=7` or `outbox=12`.
        at: when it was written (aware, UTC).
    """

    id: LetterId
    kind: str
    to: PersonId
    address: str
    message_id: str
    subject: str
    text: str
    items: tuple[tuple[int, PlanId, int], ...]
    plans: tuple[PlanId, ...]
    facts: tuple[tuple[str, str], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A sealed letter on its way into the outbox.

    Attributes:
        letter: what will be remembered of it.
        sealed: the bytes that will be sent on each try.
        sender: envelope sender.
        state: QUEUED, or AWAITING_APPROVAL in shadow mode.
        due_at: not before this instant (aware, UTC).
        day_key: unique for what may be sent once only, such as `reminder 7 2026-03-06`.
        automatic: it stands in a schedule, so the brake and the stop table hold for it.
        cause: inbox row of the mail it answers, if any.
        mailflow_id: its X-Mailflow-Id, by which it is found in the Sent folder; "": the
            letter's number.
    """

    letter: SentLetter
    sealed: bytes
    sender: str
    state: OutboxState
    due_at: datetime
    day_key: str | None = None
    automatic: bool = False
    cause: int | None = None
    mailflow_id: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, when, and because of which mail: the frame of events.

    Attributes:
        id: number by which it can be undone.
        by: who did it; None: time, or the operator.
        at: when (aware, UTC).
        cause: inbox row of the mail, if any.
        evidence: the words that decided.
        undoes: number of the earlier act that this one takes back, if it is an undo.
    """

    id: int
    by: PersonId | None
    at: datetime
    cause: int | None = None
    evidence: tuple[str, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act read back from the journal.

    Attributes:
        act: as it was recorded.
        events: its events on plans, in order.
        undone_by: the act that took it back; None while it holds.
    """

    act: Act
    events: tuple[tuple[PlanId, Event], ...]
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed outbox row: what is to be submitted, and what is known about it.

    Attributes:
        mail: the bytes, and the one recipient.
        kind: snake name of the notice.
        to: the person it was written to.
        attempts: claims so far, this one included.
        queued_at: when it was let go (aware, UTC): the give-up time counts from here.
        automatic: it stands in a schedule.
        mailflow_id: its X-Mailflow-Id.
        was_unknown: an earlier try ended without an answer: look in Sent first.
    """

    mail: SealedMail
    kind: str
    to: PersonId
    attempts: int
    queued_at: datetime
    automatic: bool
    mailflow_id: str
    was_unknown: bool = False
