"""What one look has decided and not yet written; and how far it can be taken back."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter

from mailflow.domain.entry import EntryState
from mailflow.domain.event import Event
from mailflow.domain.ids import ClientId, LetterId, PersonId, PlanId
from mailflow.domain.office import OfficeEvent
from mailflow.domain.people import Client, Person
from mailflow.domain.plan import Plan
from mailflow.ports.kept import Act, Handled, MailFate, OutboxState, QueuedLetter
from mailflow.store.checks import Check

Happened = tuple[Act, PlanId, Event | OfficeEvent]
"""An act, whose chain it belongs to, and what happened."""


@dataclass(frozen=True, slots=True)
class Move:
    """A letter in the outbox goes on, or does not go any more."""

    outbox_id: int
    state: OutboxState
    at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A mail set aside."""

    inbox_id: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentMove:
    """A trouble began (`opened`) or ended."""

    key: str
    at: datetime
    opened: bool


@dataclass(slots=True)
class Staging:
    """Everything that a commit will write; values are frozen, so a copy is a full way back."""

    plans: dict[PlanId, Plan] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)
    persons: dict[PersonId, Person] = field(default_factory=dict)
    clients: dict[ClientId, Client] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    letters: dict[int, QueuedLetter] = field(default_factory=dict)
    rows: dict[LetterId, int] = field(default_factory=dict)
    message_ids: dict[str, LetterId] = field(default_factory=dict)
    aliases: dict[str, LetterId] = field(default_factory=dict)
    day_keys: dict[str, int] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    entries: dict[tuple[PlanId, int, PersonId], EntryState] = field(default_factory=dict)
    threads: dict[str, PlanId] = field(default_factory=dict)
    incidents: list[IncidentMove] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    checks: dict[PersonId, Check] = field(default_factory=dict)
    ends: list[Handled | Held] = field(default_factory=list)
    fingerprints: dict[str, int] = field(default_factory=dict)
    freed: list[int] = field(default_factory=list)

    def copy(self) -> "Staging":
        """Return the same, to come back to."""
        return Staging(*[part.copy() for part in _PARTS(self)])

    @property
    def empty(self) -> bool:
        """True when there is nothing to write."""
        return not any(_PARTS(self))

    def office_events(self) -> list[OfficeEvent]:
        """Return what happened outside the plans, in order."""
        return [event for _, _, event in self.happened if isinstance(event, OfficeEvent)]

    def stage_letter(self, outbox_id: int, letter: QueuedLetter) -> None:
        """Note a letter so that it is found by all its names."""
        self.letters[outbox_id] = letter
        self.rows[letter.letter.id] = outbox_id
        self.message_ids[letter.letter.message_id] = letter.letter.id
        if letter.day_key is not None:
            self.day_keys[letter.day_key] = outbox_id

    def letter_state(self, outbox_id: int) -> OutboxState:
        """Return where a letter that was enqueued here stands now."""
        state = self.letters[outbox_id].state
        for move in self.moves:
            if move.outbox_id == outbox_id:
                state = move.state
        return state

    def stage_end(self, end: Handled | Held) -> None:
        """Note how a mail ended."""
        self.ends.append(end)
        counts = isinstance(end, Handled) and end.fate not in _UNCOUNTED
        if isinstance(end, Handled) and counts and end.fingerprint:
            self.fingerprints[end.fingerprint] = end.inbox_id


_UNCOUNTED = frozenset({MailFate.DUPLICATE, MailFate.IGNORED})
"""Ends that several copies of one mail may have, because nothing follows from them."""

_PARTS = attrgetter(*(part.name for part in fields(Staging)))
