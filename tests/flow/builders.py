"""A desk in an office: a real store, settings, and a plan whose first two To Dos are Carol's."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from mailflow.demo.programs import Received
from mailflow.domain.event import PlanDrafted
from mailflow.domain.ids import PersonId
from mailflow.domain.notice import Notice
from mailflow.domain.office import PersonAdded, PersonChanged
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan
from mailflow.domain.worktime import Calendar
from mailflow.flow.counter import Counter
from mailflow.flow.journey import Journey
from mailflow.flow.post import Occasion, PostRoom
from mailflow.flow.recognise import recognise
from mailflow.flow.settings import FlowSettings
from mailflow.mail.keys import Keyring
from mailflow.mail.parse import parse_message
from mailflow.ports import Act, ClaimedMail, OutboxState, QueuedLetter
from mailflow.store.memory import Store
from mailflow.store.unit_of_work import Unit
from tests.builders import DANA, MONDAY, PEOPLE, a_plan
from tests.mail.builders import raw_mail

BOT = "plans@studio.example"
INSTANCE = "4f1a9c0b2d.studio.example"
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


@lru_cache
def every_weekday(country: str, _year: int) -> Calendar:
    """Return a calendar without holidays."""
    return Calendar(country)


SETTINGS = FlowSettings(
    provider=DANA,
    name="Dana Reed",
    address=BOT,
    own_addresses=(BOT,),
    delimiter="+",
    instance=INSTANCE,
    keyring=Keyring(b"k" * 32),
    trust="",
    language="en",
    country="GB",
    timezone="Europe/London",
    live=True,
    calendar=every_weekday,
)


@dataclass(slots=True)
class Desk:
    """Where letters are written and mail is looked at.

    Attributes:
        store: the memory.
        settings: the office.
        plan: a running plan, To Dos 1 and 2 Carol's and open, 3 hers and waiting.
    """

    store: Store
    settings: FlowSettings
    plan: Plan

    def staged(self, *notices: Notice, now: datetime = MONDAY) -> tuple[QueuedLetter, ...]:
        """Return the letters that notices become; nothing is kept."""
        unit = self.store.unit()
        PostRoom(self.settings).write(unit, notices, Occasion(now))
        return unit.staged()[1]

    def write(self, *notices: Notice, now: datetime = MONDAY) -> tuple[QueuedLetter, ...]:
        """Return the letters that notices become, and keep them."""
        unit = self.store.unit()
        PostRoom(self.settings).write(unit, notices, Occasion(now))
        written = unit.staged()[1]
        unit.commit()
        return written

    def receive(self, letter: QueuedLetter) -> Received:
        """Return a letter as its reader opens it."""
        return Received.of(letter.sealed)

    def change(self, person: PersonId, **facts: object) -> None:
        """Make somebody different."""
        unit = self.store.unit()
        before = unit.person(person)
        assert before is not None
        after = replace(before, **facts)  # type: ignore[arg-type]  # any field
        act = Act(unit.new_act_id(), None, MONDAY)
        unit.record_office(act, [PersonChanged(before, after)])
        unit.commit()

    def counter(self, sender: Person | None = None) -> Counter:
        """Return a command counter for a mail of Dana's."""
        unit = self.store.unit()
        return Counter(unit, self.journey(unit), self.settings, sender or PEOPLE[DANA])

    def journey(self, unit: Unit) -> Journey:
        """Return a mail of Dana's on its way."""
        raw = raw_mail("From: dana@studio.example", body="…")
        message = parse_message(raw)
        found = recognise(message, unit, self.settings)
        claimed = ClaimedMail(1, raw, BOT, 1, MONDAY)
        act = Act(unit.new_act_id(), DANA, MONDAY)
        return Journey(claimed, message, "", found, "F+D", MONDAY, act)


def a_desk(folder: Path, **facts: object) -> Desk:
    """Return a desk; `facts` are settings that differ from the usual ones."""
    store = Store(folder, seed=b"tests make their own chance, 32B")
    unit = store.unit()
    people = sorted(PEOPLE.by_id.values(), key=lambda person: person.id)
    assert [unit.new_person_id() for _ in people] == [person.id for person in people]
    plan = replace(a_plan(2, 1), id=unit.new_plan_id())
    act = Act(unit.new_act_id(), DANA, MONDAY)
    unit.record_office(act, [PersonAdded(replace(person, welcomed=True)) for person in people])
    unit.record(act, plan.id, [PlanDrafted(plan)])
    unit.commit()
    settings = replace(SETTINGS, **facts)  # type: ignore[arg-type]  # any field
    found = store.unit().plan(plan.id)
    assert found is not None
    return Desk(store, settings, found)


def states(letters: tuple[QueuedLetter, ...]) -> list[tuple[str, OutboxState]]:
    """Return kind and state of letters."""
    return [(queued.letter.kind, queued.state) for queued in letters]
