"""The memory: one look and one commit, and what outlives the process."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.entry import EntryState
from mailflow.domain.event import Event
from mailflow.domain.ids import ClientId, LetterId, PersonId, PlanId
from mailflow.domain.office import OfficeEvent
from mailflow.domain.people import Client, People, Person
from mailflow.domain.plan import Document, Plan, PlanState
from mailflow.ports.kept import (
    Act,
    ClaimedMail,
    Handled,
    MailFate,
    OutboxState,
    Outgoing,
    PastAct,
    QueuedLetter,
    SentLetter,
)
from mailflow.ports.wires import ArrivedMail, Outcome, Watermark


class UnitOfWork(Protocol):
    """One look and one commit: what is read here is a snapshot plus what was staged here.

    Nothing is written before `commit`. `mark` and `back_to` let one message of a batch fail
    alone.
    """

    # what is known
    def letter(self, letter: LetterId) -> SentLetter | None:
        """Return what is remembered of this letter, None when it is not ours."""
        ...

    def letter_by_message_id(self, message_id: str) -> SentLetter | None:
        """Return the letter with this Message-ID or alias of it."""
        ...

    def person(self, person: PersonId) -> Person | None:
        """Return the person, None when nobody has this id."""
        ...

    def person_by_address(self, address: str) -> Person | None:
        """Return whose address this is, compared in lower case."""
        ...

    def persons(self) -> tuple[Person, ...]:
        """Return everybody who is known, by id."""
        ...

    def people_of(self, plan: Plan) -> People:
        """Return everybody on the plan and the provider."""
        ...

    def client_by_name(self, name: str) -> Client | None:
        """Return the client of that name, compared without case."""
        ...

    def plan(self, plan: PlanId) -> Plan | None:
        """Return the plan with all that was staged here."""
        ...

    def plan_by_code(self, code: str) -> Plan | None:
        """Return the plan with this code, compared without case."""
        ...

    def plans(self, *states: PlanState) -> tuple[Plan, ...]:
        """Return the plans in these states (all, if none is named), by id."""
        ...

    def plans_of(self, person: PersonId) -> tuple[Plan, ...]:
        """Return running plans on which this person has something to do, by id."""
        ...

    def draft_of_thread(self, message_ids: tuple[str, ...]) -> Plan | None:
        """Return the draft that was made from a mail of this thread."""
        ...

    def setting(self, name: str) -> str:
        """Return the setting's value, "" when it was never set."""
        ...

    def was_handled(self, fingerprint: str) -> bool:
        """Return whether a mail with this fingerprint was handled before."""
        ...

    def entry(self, plan: PlanId, n: int, person: PersonId) -> EntryState | None:
        """Return what this person's calendar was last told about the To Do."""
        ...

    def last_act(self, plan: PlanId | None, by: PersonId | None) -> PastAct | None:
        """Return the newest act that was not undone, of a plan or person if named.

        Acts that are undos themselves are passed over, so a second bare "undo" takes back
        one act more.
        """
        ...

    def act(self, act: int) -> PastAct | None:
        """Return the act with this number; None when it is unknown or its words were erased."""
        ...

    def acts_since(self, plan: PlanId, act: int) -> tuple[PastAct, ...]:
        """Return later acts on the plan that were not undone, oldest first, undos left out."""
        ...

    def was_told(self, plan: PlanId, n: int) -> tuple[PersonId, ...]:
        """Return who had a letter that told about this To Do (one of the kinds in `ASKING`)."""
        ...

    def was_asked(self, plan: PlanId, n: int) -> tuple[PersonId, ...]:
        """Return for whom a letter that tells about this To Do was written.

        It may await approval or have been withdrawn; one that a server refused does not count.
        """
        ...

    def answered_since(self, person: PersonId, at: datetime, most: int) -> int:
        """Return how many letters of the kinds in `ANSWERING` were written to her since then.

        Not counted further than `most`.
        """
        ...

    def day_key_used(self, day_key: str) -> bool:
        """Return whether a letter with this key exists already."""
        ...

    def waiting_letter(self, outbox_id: int) -> QueuedLetter | None:
        """Return a letter that awaits approval."""
        ...

    def waiting_letters(self) -> tuple[int, ...]:
        """Return the outbox rows of all letters that await approval, oldest first."""
        ...

    def document(self, sha256: str) -> bytes | None:
        """Return the stored bytes, None when they were erased."""
        ...

    # numbers for what is about to exist
    def new_letter_id(self) -> LetterId:
        """Return a letter number that was never used."""
        ...

    def new_plan_id(self) -> PlanId:
        """Return a plan number that was never used."""
        ...

    def new_person_id(self) -> PersonId:
        """Return a person number that was never used."""
        ...

    def new_client_id(self) -> ClientId:
        """Return a client number that was never used."""
        ...

    def new_act_id(self) -> int:
        """Return an act number that was never used."""
        ...

    # what happened
    def record(self, act: Act, plan: PlanId, events: Sequence[Event]) -> Plan:
        """Apply events to a plan and journal them; returns the plan after them."""
        ...

    def record_office(self, act: Act, events: Sequence[OfficeEvent]) -> None:
        """Apply and journal events outside the plans."""
        ...

    def file_document(self, document: Document, content: bytes) -> None:
        """Keep the bytes, once by content."""
        ...

    def set_entry(self, plan: PlanId, n: int, person: PersonId, state: EntryState) -> None:
        """Remember what a calendar was told."""
        ...

    def enqueue(self, letter: QueuedLetter) -> int:
        """Put a sealed letter into the outbox; returns its row."""
        ...

    def release(self, outbox_id: int, at: datetime) -> None:
        """Let a letter that awaited approval go."""
        ...

    def withdraw(self, outbox_id: int, reason: str) -> None:
        """Take a letter that was not sent out of the outbox."""
        ...

    def remember_thread(self, plan: PlanId, message_ids: tuple[str, ...]) -> None:
        """Tie Message-IDs of the provider's thread to the plan drafted in it."""
        ...

    def remember_alias(self, letter: LetterId, message_id: str) -> None:
        """Note another Message-ID that a server gave to a letter of ours."""
        ...

    def open_incident(self, key: str, at: datetime) -> bool:
        """Note that a trouble began; False when it is known already."""
        ...

    def close_incident(self, key: str, at: datetime) -> bool:
        """Note that a trouble ended; False when it was not open."""
        ...

    def handled(self, handled: Handled) -> None:
        """End a mail's journey."""
        ...

    def hold(self, inbox_id: int, reason: str, at: datetime) -> None:
        """Set a mail aside for a person."""
        ...

    def release_held(self, inbox_id: int) -> bool:
        """Let a held mail be handled anew, its attempts forgotten; False when it is not held."""
        ...

    def note_setting(self, name: str, value: str) -> None:
        """Remember something small that is no event, such as a reminder's step."""
        ...

    # when to look at somebody again
    def check_person(self, person: PersonId, at: datetime) -> None:
        """Look at this person at that instant at the latest; an earlier one stays."""
        ...

    def people_to_check(self, now: datetime, limit: int) -> tuple[PersonId, ...]:
        """Return whom to look at now, those who waited longest first."""
        ...

    def checked(self, person: PersonId, next_check: datetime | None) -> None:
        """Note that somebody was looked at, and when to look again."""
        ...

    def handled_since(self, at: datetime, *fates: MailFate) -> tuple[Handled, ...]:
        """Return mails that ended so (any fate, if none is named) since then, oldest first."""
        ...

    def held_mail(self) -> tuple[tuple[int, str], ...]:
        """Return the mails that are held: inbox row and reason."""
        ...

    def undelivered_since(self, at: datetime) -> tuple[tuple[PersonId, str], ...]:
        """Return to whom letters were refused since then, and what the server said."""
        ...

    def staged(self) -> tuple[tuple[tuple[PlanId, Event], ...], tuple[QueuedLetter, ...]]:
        """Return what a commit would write: events with their plans, and letters."""
        ...

    # all or nothing
    def mark(self) -> object:
        """Return a point to which the staging can go back."""
        ...

    def back_to(self, mark: object) -> None:
        """Forget all that was staged since the mark."""
        ...

    def commit(self) -> None:
        """Write everything that was staged, in one transaction.

        Raises:
            StaleVersion: a plan that was touched moved on meanwhile, or a name, key or
                fingerprint that must be unique was taken; nothing was written.
            OSError: the disk is full or broken; nothing was written.
        """
        ...

    def close(self) -> None:
        """End the look; what was staged and not committed is forgotten."""
        ...


class Memory(Protocol):
    """All that outlives the process."""

    def unit(self) -> UnitOfWork:
        """Begin a look at what is known now."""
        ...

    # the inbox: commits 1 and 2
    def receive(self, mails: Sequence[ArrivedMail], now: datetime, *, old: bool) -> int:
        """Keep arrived mail: raw bytes fsynced, one row each, in one commit.

        Mail that is known already (mailbox, folder, uidvalidity, uid) is skipped. Returns how
        many rows are new. With `old`, the mail stood there before the first start. The
        watermark is not raised here but when the mail was signed for, so that a death between
        the two leaves nothing unsigned.

        Raises:
            OSError: it could not be kept; nothing was written, nothing may be signed for.
        """
        ...

    def set_watermarks(self, mailbox: str, marks: dict[str, Watermark]) -> None:
        """Set how far folders count as read: all before was kept and signed for."""
        ...

    def watermarks(self, mailbox: str) -> dict[str, Watermark]:
        """Return how far each folder of the mailbox was read."""
        ...

    def claim(self, limit: int, now: datetime) -> tuple[ClaimedMail, ...]:
        """Claim waiting mail, oldest first; the attempt is counted in the same commit.

        Mail that was claimed before comes alone, so that its neighbours are not counted down
        with it. A claim that is not ended runs out after a while.
        """
        ...

    def release_claims(self) -> None:
        """Free what a former life of this worker had claimed, in and out."""
        ...

    def waiting_mail(self) -> int:
        """Return how much received mail is not handled yet, claimed mail too, held mail not."""
        ...

    # the outbox: commits 4 and 5
    def claim_outgoing(self, limit: int, now: datetime, *, automatic: bool) -> tuple[Outgoing, ...]:
        """Claim letters that are due (state TRYING); without `automatic` only answers."""
        ...

    def claim_while_stopped(self, alarm: int, now: datetime) -> tuple[Outgoing, ...]:
        """Claim what may leave though sending was stopped.

        That is the row of the alarm that tells of it, and what answers a provider's commands.
        """
        ...

    def record_outcomes(
        self, outcomes: Sequence[tuple[int, Outcome, OutboxState, datetime | None]], now: datetime
    ) -> None:
        """Write how submissions ended: row, outcome, new state, when to try again."""
        ...

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next letter of the outbox is due, None when nothing waits."""
        ...

    def next_check(self) -> datetime | None:
        """Return when the next person is to be looked at, None when nobody is."""
        ...

    def close(self) -> None:
        """Close the database."""
        ...
