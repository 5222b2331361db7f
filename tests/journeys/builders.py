"""A small language for journeys: `dana.mails(PLAN)`, `carol.answers("1 done")`, `office.later(…)`.

Whoever writes sends her mail through the place and the office turns until nothing is left to
do; whoever is written to reads what came. Time stands still unless a journey says otherwise.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailflow.bootstrap import Office, Wiring
from mailflow.config import Config
from mailflow.daemon.logs import open_log, stop_logger
from mailflow.demo.programs import Received, Typed, answer, fresh
from mailflow.demo.stage import StageClock
from mailflow.flow.settings import AtStop
from mailflow.mail.message import CalendarPart
from mailflow.ports import MailFate
from mailflow.store import views
from tests.journeys.places import PersonalMailbox, Place

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday."""

PLAN = """\
Client: Carol Jones <{carol}>, Acme Ltd
With: Vic Ray <{vic}>
Observers: Olga Brandt <{olga}>
Goal: Return filed by 31 March, no penalty
Start: Mon 2 March 2026

# Gather
- Send the bank statements @Carol by Fri 6 March [send]
    All accounts, January to December, as PDF.
- Sign the engagement letter (Carol, by 10 March, with Vic)
Milestone: Records complete by 13 March

# Prepare
- Draft the return | Vic | 3 working days after Records complete
- Approve the draft | Carol | +3 days
    Internal: remind her of the pension top-up
Milestone: Return filed by 31 March
"""

STATEMENTS = ("statements.pdf", "application/pdf", b"%PDF-1.4\n% twelve months\n%%EOF\n")
NAMES = {
    "dana": "Dana Reed",
    "vic": "Vic Ray",
    "carol": "Carol Jones",
    "bob": "Bob Stone",
    "olga": "Olga Brandt",
}
INSIDE = {"dana", "vic"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the office as somebody has it open.

    Attributes:
        received: the mail.
        kind: what the office calls it.
    """

    received: Received
    kind: str

    @property
    def text(self) -> str:
        """Its plain text."""
        return self.received.message.text or ""

    @property
    def subject(self) -> str:
        """Its subject."""
        return self.received.message.subject

    @property
    def files(self) -> list[str]:
        """Names of the files that came along, sorted."""
        return sorted(a.name for a in self.received.message.attachments)

    @property
    def entries(self) -> tuple[CalendarPart, ...]:
        """The calendar entries in it, one inline or several as files."""
        found = reversed(self.received.message.calendars)
        return tuple(reversed({part.data: part for part in found}.values()))

    def header(self, name: str) -> str:
        """Return a header field, "" where there is none."""
        return self.received.message.header(name) or ""


@dataclass(slots=True)
class Person:
    """Somebody with a mail program.

    Attributes:
        office: where she writes to.
        name: as it stands in her From.
        address: hers.
        mailbox: her mail program.
        letters: all that came, oldest first.
    """

    office: "JourneyOffice"
    name: str
    address: str
    mailbox: PersonalMailbox
    letters: list[Letter] = field(default_factory=list)
    _looked: int = 0

    @property
    def sender(self) -> str:
        """Her From."""
        return f"{self.name} <{self.address}>"

    def new(self) -> list[str]:
        """Return of which kinds the letters are that came since the last look."""
        kinds = [letter.kind for letter in self.letters[self._looked :]]
        self._looked = len(self.letters)
        return kinds

    def last(self, kind: str = "") -> Letter:
        """Return the newest letter, or the newest of a kind."""
        found = [letter for letter in self.letters if kind in {"", letter.kind}]
        assert found, f"{self.name} has no {kind or 'letter'}"
        return found[-1]

    def mails(self, text: str, subject: str = "", *files: tuple[str, str, bytes]) -> None:
        """Write a fresh mail to the office."""
        typed = Typed(text, files, subject=subject)
        self.posts(fresh(self.sender, self.office.bot, typed, self.office.clock.now()))

    def answers(
        self,
        text: str,
        *files: tuple[str, str, bytes],
        to: Letter | str = "",
        as_: str = "",
        subject: str = "",
    ) -> None:
        """Answer a letter: the last one, the last of a kind, or this one."""
        letter = self.last(to) if isinstance(to, str) else to
        typed = Typed(text, files, subject=subject)
        now = self.office.clock.now()
        self.posts(answer(as_ or self.sender, letter.received, typed, now))

    def posts(self, raw: bytes, *recipients: str) -> None:
        """Send a mail as it is, and let the office work."""
        self.mailbox.send(raw, *recipients)
        self.office.said.append(raw)
        self.office.turn()


@dataclass(slots=True)
class JourneyOffice:
    """The real office in a place, with everybody who has to do with it."""

    place: Place
    folder: Path
    clock: StageClock
    live: bool = False
    at_stop: AtStop | None = None
    more: dict[str, Any] = field(default_factory=dict)
    log: io.StringIO = field(default_factory=io.StringIO)
    people: dict[str, Person] = field(default_factory=dict)
    said: list[bytes] = field(default_factory=list)
    bot: str = ""
    asleep: bool = False
    _opened: Office | None = None

    def __post_init__(self) -> None:
        self.bot = self.place.address("plans", "office.test")
        self.more = {**self.place.settings(self.bot), **self.more}
        for name in NAMES:
            self.move_in(name)

    def move_in(self, name: str, called: str = "", domain: str = "") -> Person:
        """Give somebody an address and a mail program."""
        usual = "office.test" if name in INSIDE else "client.test"
        address = self.place.address(name, domain or usual)
        mailbox = self.place.account(address)
        person = Person(self, called or NAMES.get(name, name.title()), address, mailbox)
        self.people[name] = person
        return person

    @property
    def dana(self) -> Person:
        """The provider."""
        return self.people["dana"]

    @property
    def vic(self) -> Person:
        """Her colleague."""
        return self.people["vic"]

    @property
    def carol(self) -> Person:
        """The client."""
        return self.people["carol"]

    @property
    def olga(self) -> Person:
        """An observer."""
        return self.people["olga"]

    @property
    def office(self) -> Office:
        """The open office."""
        if self._opened is None:
            log = open_log(self.log, debug=True)
            at_stop = self.at_stop or stop_logger(log, debug=True)
            wiring = Wiring(self.clock, log, at_stop=at_stop, debug=True)
            self._opened = self.place.open(self.config, wiring)
            self._opened.store.release_claims()
        return self._opened

    @property
    def config(self) -> Config:
        """The settings."""
        provider = {"name": "Dana Reed", "addresses": [self.dana.address]}
        facts = {
            "provider": provider,
            "state": {"folder": self.folder},
            "mode": {"live": self.live},
        }
        return Config.model_validate({**facts, **self.more})

    # -- what happens

    def turn(self) -> None:
        """Work until nothing is left to do, and let everybody read what came."""
        if self.asleep:
            return
        runner, works = self.office.runner, self.office.works
        busy = True
        while busy:
            took = sum(runner.look(source) for source in works.sources)
            done = runner.work()
            busy = bool(took or done.handled or done.sent)
        self._bring_letters()

    def later(self, words: str) -> None:
        """Let time pass until `2026-03-03 18:40` UTC, and turn."""
        self.clock.move_to(datetime.fromisoformat(words).replace(tzinfo=UTC))
        self.turn()

    @contextmanager
    def sleeping(self) -> Iterator[None]:
        """Collect mail; the office turns when this is over."""
        self.asleep = True
        yield
        self.asleep = False
        self.turn()

    def restart(self) -> None:
        """End this life of the daemon and begin another."""
        self.close()
        self.turn()

    def close(self) -> None:
        """Close everything that this life had open."""
        if self._opened is not None:
            for source in self._opened.works.sources:
                source.close()
            self._opened.works.outgoing.close()
            self._opened.works.memory.close()
            self._opened = None

    def starts_plan(self, text: str = PLAN, subject: str = "plan: 2026 tax return") -> None:
        """Walk to a running, live plan to which Carol agreed; nobody has new letters then."""
        self.dana.mails(self.filled(text), subject)
        self.dana.answers("go live\nok")
        self.carol.answers("Fine with me!")
        for person in self.people.values():
            person.new()

    def filled(self, text: str) -> str:
        """Return a plan with everybody's address in it."""
        return text.format(**{name: person.address for name, person in self.people.items()})

    # -- what is to be seen

    def states(self, plan: str = "TAX") -> list[str]:
        """Return the states of a plan's To Dos in the order of their numbers."""
        with views.looking(self.folder) as connection:
            return [todo["state"] for todo in views.todos(connection, plan)]

    def promises(self, plan: str = "TAX") -> list[str | None]:
        """Return what was promised for a plan's To Dos."""
        with views.looking(self.folder) as connection:
            return [todo["promised"] for todo in views.todos(connection, plan)]

    def outbox(self) -> list[views.OutboxLine]:
        """Return every letter that was ever written."""
        with views.looking(self.folder) as connection:
            return list(views.outbox(connection))

    def waiting(self) -> list[tuple[str, str]]:
        """Return recipients and kinds of the letters that await approval."""
        rows = self.outbox()
        return [(row["to"], row["kind"]) for row in rows if row["state"] == "awaiting approval"]

    def history(self) -> list[views.HistoryLine]:
        """Return everything that happened."""
        with views.looking(self.folder) as connection:
            return list(views.history(connection))

    def fates(self) -> list[MailFate]:
        """Return how each mail ended that came in, in order."""
        unit = self.office.store.unit()
        found = [handled.fate for handled in unit.handled_since(START - timedelta(days=1))]
        unit.close()
        return found

    def held(self) -> list[str | None]:
        """Return why mails are held."""
        with views.looking(self.folder) as connection:
            return [line["reason"] for line in views.held(connection)]

    def _bring_letters(self) -> None:
        """Let everybody read until all that was sent to them came."""
        rows = [row for row in self.outbox() if row["state"] == "sent"]
        for person in self.people.values():
            wanted = sum(row["to"] == person.address for row in rows)
            kinds = {row["message_id"]: row["kind"] for row in rows}
            self._read(person, kinds)
            while len(person.letters) < wanted:
                assert self._read(person, kinds, self.place.patience), (
                    f"{person.name} has {len(person.letters)} of {wanted} letters"
                )

    @staticmethod
    def _read(person: Person, kinds: dict[str, str], wait: float = 0.0) -> bool:
        new = [Received.of(raw) for raw in person.mailbox.read_new(wait)]
        person.letters += [Letter(one, kinds.get(one.message.message_id, "")) for one in new]
        return bool(new)


@contextmanager
def library_warnings(log: io.StringIO) -> Iterator[None]:
    """Write what libraries would print on standard error into the log of the journey."""
    handler = logging.StreamHandler(log)
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
