"""Looking: one state of the database, with what was staged laid over it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from mailflow.domain.entry import EntryState
from mailflow.domain.ids import LetterId, PersonId, PlanId
from mailflow.domain.people import Client, People, Person, Role
from mailflow.domain.plan import CLOSED, Plan, PlanState
from mailflow.ports.kept import (
    ANSWERING,
    ASKING,
    Handled,
    MailFate,
    OutboxState,
    QueuedLetter,
    SentLetter,
)
from mailflow.store import checks, letter_mapping, mapping, queries, reports
from mailflow.store.hot import Desk
from mailflow.store.house import House
from mailflow.store.journal import OFFICE
from mailflow.store.loading import load_plan, queued_of
from mailflow.store.staging import Held, Staging


class Look:
    """The reading half of a unit of work."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._staging = Staging()
        self._connection: Connection | None = None
        self._open_desk: Desk | None = None
        self._plans: dict[PlanId, Plan | None] = {}
        self._letters: dict[LetterId, SentLetter | None] = {}
        self._entries: dict[tuple[PlanId, int, PersonId], EntryState | None] = {}
        self._office_version: int | None = None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the look; what was staged and not committed is forgotten."""
        self._staging = Staging()
        self._end_snapshot()

    # --- letters ---

    def letter(self, letter: LetterId) -> SentLetter | None:
        """Return what is remembered of this letter, None when it is not ours."""
        row_id = self._staging.rows.get(letter)
        if row_id is not None:
            return self._staging.letters[row_id].letter
        if letter not in self._letters:  # each mark of an answer names the same one
            row = self._desk.one(queries.LETTER, letter)
            self._letters[letter] = letter_mapping.letter_of(row) if row else None
        return self._letters[letter]

    def letter_by_message_id(self, message_id: str) -> SentLetter | None:
        """Return the letter with this Message-ID or alias of it."""
        staged = self._staging
        known = (
            staged.message_ids.get(message_id)
            or staged.aliases.get(message_id)
            or self._desk.scalar(queries.LETTER_NAMED, message_id)
            or self._desk.scalar(queries.LETTER_ALIASED, message_id)
        )
        return self.letter(LetterId(known)) if known else None

    def was_told(self, plan: PlanId, n: int) -> tuple[PersonId, ...]:
        """Return who had a letter that told about this To Do."""
        told = dict.fromkeys(PersonId(row[0]) for row in self._desk.all(queries.TOLD, plan, n))
        for row_id, letter in self._staged_about(plan, n):
            if self._staging.letter_state(row_id) is OutboxState.QUEUED:
                told[letter.to] = None
        return tuple(told)

    def was_asked(self, plan: PlanId, n: int) -> tuple[PersonId, ...]:
        """Return for whom such a letter was written, unless a server refused it."""
        asked = dict.fromkeys(PersonId(row[0]) for row in self._desk.all(queries.ASKED, plan, n))
        asked.update(dict.fromkeys(letter.to for _, letter in self._staged_about(plan, n)))
        return tuple(asked)

    def _staged_about(self, plan: PlanId, n: int) -> Iterator[tuple[int, SentLetter]]:
        for row_id, queued in self._staging.letters.items():
            letter = queued.letter
            if letter.kind in ASKING and any(item[1:] == (plan, n) for item in letter.items):
                yield row_id, letter

    def day_key_used(self, day_key: str) -> bool:
        """Return whether a letter with this key exists already."""
        if day_key in self._staging.day_keys:
            return True
        return self._desk.one(queries.DAY_KEY, day_key) is not None

    def waiting_letter(self, outbox_id: int) -> QueuedLetter | None:
        """Return a letter that awaits approval."""
        staged = self._staging.letters.get(outbox_id)
        if staged is None:
            if any(move.outbox_id == outbox_id for move in self._staging.moves):
                return None
            row = self._desk.one(queries.WAITING_LETTER, outbox_id)
            letter = self.letter(LetterId(row[1])) if row else None
            return queued_of(row, letter) if row and letter else None
        waits = self._staging.letter_state(outbox_id) is OutboxState.AWAITING_APPROVAL
        return staged if waits else None

    def waiting_letters(self) -> tuple[int, ...]:
        """Return the outbox rows of all letters that await approval, oldest first."""
        kept = [row[0] for row in self._desk.all(queries.WAITING_LETTERS)]
        known = (*kept, *sorted(self._staging.letters))
        return tuple(row_id for row_id in known if self.waiting_letter(row_id) is not None)

    # --- people ---

    def person(self, person: PersonId) -> Person | None:
        """Return the person, None when nobody has this id."""
        staged = self._staging.persons.get(person)
        if staged is not None:
            return staged
        version = self._office()
        known = self._house.people.get(person, version)
        if known is None:
            row = self._desk.one(queries.PERSON, person)
            if row is None:
                return None
            known = mapping.person_of(row)
            self._house.people.keep(known, version)
        return known

    def person_by_address(self, address: str) -> Person | None:
        """Return whose address this is, compared in lower case."""
        wanted = address.lower()
        for staged in self._staging.persons.values():
            if wanted in (known.lower() for known in staged.addresses):
                return staged
        found = self._desk.scalar(queries.ADDRESS, wanted)
        if found is None or found in self._staging.persons:
            return None
        return self.person(PersonId(found))

    def persons(self) -> tuple[Person, ...]:
        """Return everybody who is known, by id."""
        known = {row[0]: mapping.person_of(row) for row in self._desk.all(queries.PERSONS)}
        known.update(self._staging.persons)
        return tuple(known[person] for person in sorted(known))

    def people_of(self, plan: Plan) -> People:
        """Return everybody on the plan and the provider."""
        ids = {stakeholder.person for stakeholder in plan.people}
        ids.update([todo.responsible for phase in plan.phases for todo in phase.todos])
        ids.update([p for phase in plan.phases for todo in phase.todos for p in todo.helpers])
        if not plan.with_role(Role.PROVIDER):
            ids.update(PersonId(row[0]) for row in self._desk.all(queries.PROVIDERS))
            ids.update(p.id for p in self._staging.persons.values() if p.role is Role.PROVIDER)
        return People.of(p for p in (self.person(i) for i in sorted(ids)) if p is not None)

    def client_by_name(self, name: str) -> Client | None:
        """Return the client of that name, compared without case."""
        key = name.casefold()
        for staged in self._staging.clients.values():
            if staged.name.casefold() == key:
                return staged
        for row in self._desk.all(queries.CLIENT_NAMED, key):
            if row[0] not in self._staging.clients:
                return mapping.client_of(row)
        return None

    # --- plans ---

    def plan(self, plan: PlanId) -> Plan | None:
        """Return the plan with all that was staged here."""
        staged = self._staging.plans.get(plan)
        return staged if staged is not None else self._plan_before(plan)

    def plan_by_code(self, code: str) -> Plan | None:
        """Return the plan with this code, compared without case."""
        key = code.casefold()
        for staged in self._staging.plans.values():
            if staged.code.casefold() == key:
                return staged
        found = self._desk.scalar(queries.PLAN_CODED, key)
        if found is None or found in self._staging.plans:
            return None
        return self.plan(PlanId(found))

    def plans(self, *states: PlanState) -> tuple[Plan, ...]:
        """Return the plans in these states (all, if none is named), by id."""
        if states:
            rows = [r for s in states for r in self._desk.all(queries.PLANS_IN_STATE, s.value)]
        else:
            rows = self._desk.all(queries.PLANS)
        found = self._with_staged(row[0] for row in rows)
        return tuple(plan for plan in found if not states or plan.state in states)

    def plans_of(self, person: PersonId) -> tuple[Plan, ...]:
        """Return running plans on which this person has something to do, by id."""
        rows = self._desk.all(queries.PLANS_TO_DO, person)
        rows += self._desk.all(queries.PLANS_HELPED, person)
        found = self._with_staged(row[0] for row in rows)
        return tuple(p for p in found if p.state is PlanState.RUNNING and _has_part(p, person))

    def draft_of_thread(self, message_ids: tuple[str, ...]) -> Plan | None:
        """Return the draft that was made from a mail of this thread."""
        for message_id in reversed(message_ids):
            found = self._staging.threads.get(message_id)
            if found is None:
                found = self._desk.scalar(queries.THREAD, message_id)
            plan = self.plan(PlanId(found)) if found is not None else None
            if plan is not None and plan.state is PlanState.DRAFT:
                return plan
        return None

    def entry(self, plan: PlanId, n: int, person: PersonId) -> EntryState | None:
        """Return what this person's calendar was last told about the To Do."""
        staged = self._staging.entries.get((plan, n, person))
        if staged is not None:
            return staged
        if (plan, n, person) not in self._entries:
            kept = self._desk.scalar(queries.ENTRY, plan, n, person)
            self._entries[plan, n, person] = letter_mapping.entry_of(kept) if kept else None
        return self._entries[plan, n, person]

    # --- the office and its mail ---

    def setting(self, name: str) -> str:
        """Return the setting's value, "" when it was never set."""
        for staged in (self._staging.settings, self._staging.notes):
            if name in staged:
                return staged[name]
        return self._desk.scalar(queries.SETTING, name) or ""

    def was_handled(self, fingerprint: str) -> bool:
        """Return whether a mail with this fingerprint was handled before."""
        if fingerprint in self._staging.fingerprints:
            return True
        return self._desk.one(queries.HANDLED, fingerprint) is not None

    def document(self, sha256: str) -> bytes | None:
        """Return the stored bytes, None when they were erased."""
        staged = self._staging.documents.get(sha256)
        return staged if staged is not None else self._house.blobs.read(sha256)

    def people_to_check(self, now: datetime, limit: int) -> tuple[PersonId, ...]:
        """Return whom to look at now, those who waited longest first."""
        return checks.due_people(self._desk, self._staging.checks, now, limit)

    def handled_since(self, at: datetime, *fates: MailFate) -> tuple[Handled, ...]:
        """Return mails that ended so (any fate, if none is named) since then, oldest first."""
        staged = [end for end in self._staging.ends if isinstance(end, Handled) and end.at]
        matching = [end for end in staged if not fates or end.fate in fates]
        return (*reports.handled_since(self._desk, at, fates), *matching)

    def held_mail(self) -> tuple[tuple[int, str], ...]:
        """Return the mails that are held: inbox row and reason."""
        held = reports.held_mail(self._desk)
        for end in self._staging.ends:
            if isinstance(end, Held):
                held[end.inbox_id] = end.reason
            else:
                held.pop(end.inbox_id, None)
        for freed in self._staging.freed:
            held.pop(freed, None)
        return tuple(sorted(held.items()))

    def answered_since(self, person: PersonId, at: datetime, most: int) -> int:
        """Return how many letters of the kinds in `ANSWERING` were written to her since then."""
        staged = [queued.letter for queued in self._staging.letters.values()]
        here = sum(one.to == person and one.kind in ANSWERING for one in staged)
        return here + reports.answered_since(self._desk, person, at, max(1, most - here))

    def undelivered_since(self, at: datetime) -> tuple[tuple[PersonId, str], ...]:
        """Return to whom letters were refused since then, and what the server said."""
        return reports.undelivered_since(self._desk, at)

    # --- the state that is looked at ---

    @property
    def _desk(self) -> Desk:
        if self._open_desk is None:
            self._connection = self._house.engine.connect()
            self._connection.begin()
            self._open_desk = Desk(self._connection)
        return self._open_desk

    def _end_snapshot(self) -> None:
        self._open_desk = None
        self._office_version = None
        self._plans = {}
        self._letters = {}
        self._entries = {}
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _office(self) -> int:
        if self._office_version is None:
            self._office_version = self._desk.scalar(queries.VERSION, OFFICE) or 0
        return self._office_version

    def _plan_before(self, plan: PlanId) -> Plan | None:
        """Return the plan as it was before this unit touched it."""
        if plan not in self._plans:
            version = self._desk.scalar(queries.VERSION, plan)
            known = None if version is None else self._house.plans.get(plan, version)
            if known is None and version is not None:
                known = load_plan(self._desk, plan, version)
                self._house.plans.keep(known)
            self._plans[plan] = known
        return self._plans[plan]

    def _with_staged(self, found: Iterable[int]) -> list[Plan]:
        ids = {PlanId(plan) for plan in found} | set(self._staging.plans)
        plans = [self.plan(plan) for plan in sorted(ids)]
        return [plan for plan in plans if plan is not None]


def _has_part(plan: Plan, person: PersonId) -> bool:
    return any(
        todo.state not in CLOSED and (todo.responsible == person or person in todo.helpers)
        for todo in plan.todos()
    )


def next_version(plan: Plan, base: Plan | None) -> Plan:
    """Return the plan with the version that it will have after the commit."""
    return replace(plan, version=(base.version if base else 0) + 1)
