"""One look and one commit: what is decided here is written whole or not at all."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from mailflow.domain.entry import EntryState
from mailflow.domain.event import Event
from mailflow.domain.ids import ClientId, LetterId, PersonId, PlanId
from mailflow.domain.office import OfficeEvent
from mailflow.domain.plan import Document, Plan
from mailflow.ports.kept import Act, Handled, OutboxState, PastAct, QueuedLetter
from mailflow.store import acts, queries
from mailflow.store.checks import Check
from mailflow.store.journal import OFFICE, entry_of
from mailflow.store.look import Look, next_version
from mailflow.store.office import stage_office
from mailflow.store.projection import PlanRows, project
from mailflow.store.settle import Settlement
from mailflow.store.staging import Held, IncidentMove, Move, Staging


class Unit(Look):
    """A unit of work on the store; made by `Store.unit`."""

    # --- acts ---

    def last_act(self, plan: PlanId | None, by: PersonId | None) -> PastAct | None:
        """Return the newest act that was not undone, of a plan or person if named."""
        return acts.last_act(self._desk, self._staging, plan, by)

    def act(self, act: int) -> PastAct | None:
        """Return the act with this number; None when it is unknown or its words were erased."""
        return acts.past_act(self._desk, self._staging, act)

    def acts_since(self, plan: PlanId, act: int) -> tuple[PastAct, ...]:
        """Return later acts on the plan that were not undone, oldest first, undos left out."""
        return acts.acts_since(self._desk, self._staging, plan, act)

    # --- numbers ---

    def new_letter_id(self) -> LetterId:
        """Return a letter number that was never used."""
        return LetterId(self._house.numbers.take("letter"))

    def new_plan_id(self) -> PlanId:
        """Return a plan number that was never used."""
        return PlanId(self._house.numbers.take("plan"))

    def new_person_id(self) -> PersonId:
        """Return a person number that was never used."""
        return PersonId(self._house.numbers.take("person"))

    def new_client_id(self) -> ClientId:
        """Return a client number that was never used."""
        return ClientId(self._house.numbers.take("client"))

    def new_act_id(self) -> int:
        """Return an act number that was never used."""
        return self._house.numbers.take("act")

    # --- what happened ---

    def record(self, act: Act, plan: PlanId, events: Sequence[Event]) -> Plan:
        """Apply events to a plan and journal them; returns the plan after them.

        Its version is the one that it will have after the commit.
        """
        before = self._plan_before(plan)
        if not events:
            return self.plan(plan) or project(plan, None, ())
        after = next_version(project(plan, self.plan(plan), events), before)
        self._staging.plans[plan] = after
        self._staging.happened += [(act, plan, event) for event in events]
        return after

    def record_office(self, act: Act, events: Sequence[OfficeEvent]) -> None:
        """Apply and journal events outside the plans."""
        for event in events:
            stage_office(self._staging, event)
            self._staging.happened.append((act, OFFICE, event))

    def file_document(self, document: Document, content: bytes) -> None:
        """Keep the bytes, once by content.

        Raises:
            ValueError: they are not the bytes that the document names.
        """
        if hashlib.sha256(content).hexdigest() != document.sha256:
            msg = "a document is filed under the digest of its own bytes"
            raise ValueError(msg)
        self._staging.documents[document.sha256] = content

    def set_entry(self, plan: PlanId, n: int, person: PersonId, state: EntryState) -> None:
        """Remember what a calendar was told."""
        self._staging.entries[plan, n, person] = state

    def enqueue(self, letter: QueuedLetter) -> int:
        """Put a sealed letter into the outbox; returns its row."""
        outbox_id = self._house.numbers.take("outbox")
        self._staging.stage_letter(outbox_id, letter)
        return outbox_id

    def release(self, outbox_id: int, at: datetime) -> None:
        """Let a letter that awaited approval go."""
        self._staging.moves.append(Move(outbox_id, OutboxState.QUEUED, at=at))

    def withdraw(self, outbox_id: int, reason: str) -> None:
        """Take a letter that was not sent out of the outbox."""
        self._staging.moves.append(Move(outbox_id, OutboxState.WITHDRAWN, reason=reason))

    def remember_thread(self, plan: PlanId, message_ids: tuple[str, ...]) -> None:
        """Tie Message-IDs of the provider's thread to the plan drafted in it."""
        self._staging.threads.update(dict.fromkeys(message_ids, plan))

    def remember_alias(self, letter: LetterId, message_id: str) -> None:
        """Note another Message-ID that a server gave to a letter of ours."""
        self._staging.aliases[message_id] = letter

    def open_incident(self, key: str, at: datetime) -> bool:
        """Note that a trouble began; False when it is known already."""
        if self._incident_is_open(key):
            return False
        self._staging.incidents.append(IncidentMove(key, at, opened=True))
        return True

    def close_incident(self, key: str, at: datetime) -> bool:
        """Note that a trouble ended; False when it was not open."""
        if not self._incident_is_open(key):
            return False
        self._staging.incidents.append(IncidentMove(key, at, opened=False))
        return True

    def handled(self, handled: Handled) -> None:
        """End a mail's journey."""
        self._staging.stage_end(handled)

    def hold(self, inbox_id: int, reason: str, at: datetime) -> None:
        """Set a mail aside for a person."""
        self._staging.stage_end(Held(inbox_id, reason, at))

    def release_held(self, inbox_id: int) -> bool:
        """Let a held mail be handled anew, its attempts forgotten; False when it is not held."""
        if inbox_id not in dict(self.held_mail()):
            return False
        self._staging.freed.append(inbox_id)
        return True

    def note_setting(self, name: str, value: str) -> None:
        """Remember something small that is no event, such as a reminder's step."""
        self._staging.notes[name] = value

    def check_person(self, person: PersonId, at: datetime) -> None:
        """Look at this person at that instant at the latest; an earlier one stays."""
        known = self._staging.checks.get(person, Check(None, exact=False))
        self._staging.checks[person] = known.sooner(at)

    def checked(self, person: PersonId, next_check: datetime | None) -> None:
        """Note that somebody was looked at, and when to look again."""
        self._staging.checks[person] = Check(next_check, exact=True)

    # --- all or nothing ---

    def staged(self) -> tuple[tuple[tuple[PlanId, Event], ...], tuple[QueuedLetter, ...]]:
        """Return what a commit would write: events with their plans, and letters."""
        events = tuple(
            (plan, event)
            for _, plan, event in self._staging.happened
            if not isinstance(event, OfficeEvent)
        )
        return events, tuple(self._staging.letters.values())

    def mark(self) -> object:
        """Return a point to which the staging can go back."""
        return self._staging.copy()

    def back_to(self, mark: object) -> None:
        """Forget all that was staged since the mark."""
        self._staging = cast("Staging", mark).copy()

    def commit(self) -> None:
        """Write everything that was staged, in one transaction.

        Raises:
            StaleVersion: a plan that was touched moved on meanwhile, or a name, key or
                fingerprint that must be unique was taken; nothing was written.
            OSError: the disk is full or broken; nothing was written.
        """
        settlement = self._settlement()
        self.close()
        if settlement.staging.empty:
            return
        self._house.blobs.keep(settlement.staging.documents.values())
        with self._house.writing() as desk:
            settlement.write(desk)
        for plan in settlement.staging.plans.values():
            self._house.plans.keep(plan)

    def _settlement(self) -> Settlement:
        staging = self._staging
        before = {plan: self._plan_before(plan) for plan in staging.plans}
        rows = PlanRows()
        for plan, after in staging.plans.items():
            rows.add(before[plan], after)
        salt = self._house.salt
        entries = [entry_of(plan, act, event, salt()) for act, plan, event in staging.happened]
        return Settlement(staging, before, tuple(entries), rows)

    def _incident_is_open(self, key: str) -> bool:
        for move in reversed(self._staging.incidents):
            if move.key == key:
                return move.opened
        return self._desk.one(queries.INCIDENT, key) is not None
