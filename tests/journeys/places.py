"""Where mail goes from one to the other, and the simplest such place: this process's memory.

The same journeys are walked in memory, on pymap and on real servers (`places_real.py`). What a
person gets to see is what came through the place, not what the office believes it sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import Config
from mailflow.demo.world import AUTHSERV_ID
from mailflow.demo.world_smtp import Handed, account_of, addresses_in, header_field, stamped
from mailflow.flow.outgoing import OutgoingMail, Post
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import AtStop, pass_by
from mailflow.ports import (
    ArrivedMail,
    Clock,
    MailSource,
    Outcome,
    OutcomeKind,
    SealedMail,
    Submission,
    Watermark,
)
from mailflow.transport.maildrop import MaildropSource
from tests.servers import PASSWORD

GONE = "gone@client.test"
"""An address that every place refuses with 550."""

NOBODY = "imap://127.0.0.1:9", "smtp://127.0.0.1:9"
"""Servers that no journey in memory asks."""


class PersonalMailbox(Protocol):
    """Somebody's mail program."""

    def send(self, raw: bytes, *recipients: str) -> None:
        """Send a mail to those in its To and Cc, unless `recipients` are named."""
        ...

    def read_new(self, wait: float = 0.0) -> tuple[bytes, ...]:
        """Return the mail that came since the last call, oldest first."""
        ...


class Place(Protocol):
    """Where mail goes from one to the other."""

    @property
    def trust(self) -> str:
        """Who vouches for senders here; empty for nobody."""
        ...

    @property
    def patience(self) -> float:
        """Seconds that a mail may need to its reader."""
        ...

    def address(self, name: str, domain: str) -> str:
        """Return an address that no other journey has."""
        ...

    def account(self, address: str) -> PersonalMailbox:
        """Give somebody a mailbox."""
        ...

    def settings(self, bot: str) -> dict[str, Any]:
        """Return the sections of the configuration that name servers."""
        ...

    def open(self, config: Config, wiring: Wiring) -> Office:
        """Open the office here."""
        ...

    def deliver(self, sender: str, recipient: str, raw: bytes, folder: str = "INBOX") -> None:
        """Bring a mail from outside, for which nobody vouches."""
        ...


@dataclass(slots=True)
class MemoryMailbox:
    """A mailbox that is a list; fits `ports.MailSource`.

    Attributes:
        name: of the source.
        mails: everything that ever lay in it, by folder.
        signed: folder and number of what was signed for.
        kept: copies in the Sent folder; None where the server keeps none.
        trouble: raised at the next look, if set.
        limit: octets up to which mails are fetched whole.
    """

    name: str
    mails: dict[str, list[bytes]] = field(default_factory=lambda: {"INBOX": [], "Junk": []})
    signed: list[tuple[str, int]] = field(default_factory=list)
    kept: list[bytes] | None = None
    trouble: Exception | None = None
    limit: int = 40_000_000
    _reached: dict[str, Watermark] = field(default_factory=dict)

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """Lay a mail into a folder."""
        self.mails[folder].append(raw)

    def arrivals(self, seen: dict[str, Watermark]) -> Iterator[Sequence[ArrivedMail]]:
        """Yield what lies behind the watermarks."""
        if self.trouble is not None:
            raise self.trouble
        for folder, mails in self.mails.items():
            first = seen.get(folder, Watermark()).last_uid + 1
            new = [self._arrived(folder, uid) for uid in range(first, len(mails) + 1)]
            yield from (new[start : start + 50] for start in range(0, len(new), 50))
        self._reached = self.watermarks()

    def _arrived(self, folder: str, uid: int) -> ArrivedMail:
        raw = self.mails[folder][uid - 1]
        giant = len(raw) > self.limit
        shown = raw[: self.limit] if giant else raw
        junk = folder == "Junk"
        return ArrivedMail(self.name, folder, 7, uid, shown, len(raw), truncated=giant, junk=junk)

    def arrived_since(self, day: date) -> Iterator[Sequence[ArrivedMail]]:
        """Yield all that ever lay here."""
        del day
        yield from self.arrivals({})

    def reached(self) -> dict[str, Watermark]:
        """Return how far it was looked."""
        return self._reached

    def watermarks(self) -> dict[str, Watermark]:
        """Return where each folder stands."""
        return {folder: Watermark(7, len(mails)) for folder, mails in self.mails.items()}

    def sign_for(self, mails: Sequence[ArrivedMail]) -> None:
        """Note what was taken in."""
        self.signed += [(mail.folder, mail.uid) for mail in mails]

    def wait(self, seconds: float) -> bool:
        """Wait for nothing: a journey says itself when to look."""
        return seconds < 0

    def wake(self) -> None:
        """Nobody waits."""

    def find_sent(self, mailflow_id: str) -> bool | None:
        """Look among the kept copies."""
        mark = f"\r\nX-Mailflow-Id: {mailflow_id}\r\n".encode()
        return None if self.kept is None else any(mark in copy for copy in self.kept)

    def keep_sent(self, mails: Sequence[bytes]) -> None:
        """Keep nothing: the server that sends keeps copies, if any does."""

    def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class MemoryPerson:
    """A mailbox of somebody in memory."""

    place: "MemoryPlace"
    address: str
    _new: list[bytes] = field(default_factory=list)

    def send(self, raw: bytes, *recipients: str) -> None:
        """Hand a mail to the place, in her own name."""
        fields = [*header_field(raw, b"To"), *header_field(raw, b"Cc")]
        for recipient in recipients or tuple(addresses_in(fields)):
            self.place.hand_on(Handed(self.address, self.address, recipient, raw))

    def read_new(self, wait: float = 0.0) -> tuple[bytes, ...]:
        """Return what came since the last call."""
        assert wait >= 0
        new, self._new = tuple(self._new), []
        return new

    def put(self, raw: bytes) -> None:
        """Lay a mail into it."""
        self._new.append(raw)


@dataclass(slots=True)
class MemoryPlace:
    """Mail in memory, stamped as the mail world stamps it.

    Where a Sent folder is kept, a submission that ends without an answer was taken.

    Attributes:
        clock: the story's.
        people: mailboxes of people by address.
        bots: watched mailboxes by address.
        weather: how the next submissions to an address end; afterwards all is well again.
    """

    clock: Clock
    people: dict[str, MemoryPerson] = field(default_factory=dict)
    bots: dict[str, MemoryMailbox] = field(default_factory=dict)
    weather: dict[str, list[Outcome]] = field(default_factory=dict)
    trust: str = AUTHSERV_ID
    patience: float = 0.0

    def address(self, name: str, domain: str) -> str:
        """Return the plain address: nobody else lives here."""
        return f"{name}@{domain}"

    def account(self, address: str) -> MemoryPerson:
        """Give somebody a mailbox."""
        return self.people.setdefault(address, MemoryPerson(self, address))

    def settings(self, bot: str) -> dict[str, Any]:
        """Return servers that nobody will ask."""
        self.bots.setdefault(bot, MemoryMailbox(bot))
        imap, smtp = NOBODY
        return {
            "mailbox": [{"address": bot, "imap": imap, "password": PASSWORD, "trust": self.trust}],
            "sending": {"smtp": smtp, "user": bot, "password": PASSWORD},
        }

    def open(self, config: Config, wiring: Wiring) -> Office:
        """Open the office without a network and hang it into the wires of memory."""
        office = open_office(config, replace(wiring, network=False))
        mailbox = self.bots[config.mailbox[0].address]
        files = (MaildropSource(Path(config.intake.folder)),) if config.intake.folder else ()
        hang_in(office, (mailbox, *files), self, wiring.at_stop or pass_by)
        return office

    def deliver(self, sender: str, recipient: str, raw: bytes, folder: str = "INBOX") -> None:
        """Bring a mail from outside, for which nobody vouches."""
        self.hand_on(Handed("", sender, recipient, raw), folder)

    def hand_on(self, mail: Handed, folder: str = "INBOX") -> None:
        """Lay a mail into the mailbox of its recipient."""
        raw = stamped(mail, self.clock.now())
        account = account_of(mail.recipient)
        if account in self.bots:
            self.bots[account].put(raw, folder)
        else:
            self.people[account].put(raw)

    def submit(self, mails: Sequence[SealedMail]) -> Iterator[Outcome]:
        """Take mail from the office, in the weather of the day."""
        for mail in mails:
            planned = self.weather.get(mail.recipient, [])
            outcome = planned.pop(0) if planned else Outcome(OutcomeKind.SENT)
            if account_of(mail.recipient) not in self.people:
                outcome = Outcome(OutcomeKind.PERMANENT, "550 5.1.1 nobody here has this address")
            sender = account_of(mail.sender)
            kept = self.bots[sender].kept
            if outcome.kind is OutcomeKind.UNKNOWN and kept is not None:
                kept.append(mail.data)
            if outcome.kind is OutcomeKind.SENT or (kept and mail.data in kept):
                self.hand_on(Handed(sender, mail.sender, mail.recipient, mail.data))
            yield outcome

    def close(self) -> None:
        """Nothing is open."""


def hang_in(
    office: Office, sources: tuple[MailSource, ...], way_out: Submission, at_stop: AtStop
) -> None:
    """Give an office other wires than its configuration names."""
    works, settings = office.works, office.settings
    works.sources = sources
    post = Post(way_out, sources[0].find_sent, sources[0].keep_sent)
    works.outgoing = OutgoingMail(office.store, settings, PostRoom(settings), post, at_stop)
