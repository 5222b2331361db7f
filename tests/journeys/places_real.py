"""Journeys over real wires: the mail world on pymap, and Dovecot with Postfix."""

import itertools
import os
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import Config
from mailflow.demo.world import AUTHSERV_ID, MailWorld, PersonMailbox
from mailflow.demo.world_smtp import addresses_in, header_field
from mailflow.ports import Clock
from tests.servers import PASSWORD, Dovecot, Postfix

_journeys = itertools.count(1)


@dataclass(slots=True)
class PymapPlace:
    """The embedded mail world."""

    world: MailWorld
    trust: str = AUTHSERV_ID
    patience: float = 0.0

    def address(self, name: str, domain: str) -> str:
        """Return the plain address: the world is new for each journey."""
        return f"{name}@{domain}"

    def account(self, address: str) -> PersonMailbox:
        """Give somebody a mailbox."""
        return self.world.add_account(address, PASSWORD)

    def settings(self, bot: str) -> dict[str, Any]:
        """Return the world's doors."""
        self.world.add_account(bot, PASSWORD)
        return _sections(bot, self.world.imap_port, self.world.smtp_port, self.trust)

    def open(self, config: Config, wiring: Wiring) -> Office:
        """Open the office as the daemon does."""
        return open_office(config, wiring)

    def deliver(self, sender: str, recipient: str, raw: bytes, folder: str = "INBOX") -> None:
        """Bring a mail from outside, for which nobody vouches."""
        self.world.deliver(sender, recipient, raw, folder=folder)


@contextmanager
def pymap_place(clock: Clock) -> Iterator[PymapPlace]:
    """Open a mail world for one journey."""
    with MailWorld(clock) as world:
        yield PymapPlace(world)


@dataclass(slots=True)
class RealPlace:
    """Dovecot keeps the mailboxes, Postfix takes what the office sends."""

    dovecot: Dovecot
    postfix: Postfix
    trust: str = ""
    patience: float = 20.0
    journey: int = field(default_factory=lambda: next(_journeys))
    people: list[PersonMailbox] = field(default_factory=list)

    def address(self, name: str, domain: str) -> str:
        """Return an address of this journey alone: the servers outlive it."""
        return f"{name}-{os.getpid()}-{self.journey}@{domain}"

    def account(self, address: str) -> "RealPerson":
        """Give somebody a mailbox; Dovecot knows every name."""
        ports = (self.dovecot.imap_port, self.postfix.port)
        mailbox = PersonMailbox("127.0.0.1", ports, address, PASSWORD)
        self.people.append(mailbox)
        return RealPerson(self, mailbox)

    def settings(self, bot: str) -> dict[str, Any]:
        """Return the doors of both servers."""
        return _sections(bot, self.dovecot.imap_port, self.postfix.port, self.trust)

    def open(self, config: Config, wiring: Wiring) -> Office:
        """Open the office as the daemon does."""
        return open_office(config, wiring)

    def deliver(self, sender: str, recipient: str, raw: bytes, folder: str = "INBOX") -> None:
        """Bring a mail as another server would; it lies in the mailbox when this returns."""
        assert folder == "INBOX", "Dovecot sorts nothing here"
        with smtplib.LMTP("127.0.0.1", self.dovecot.lmtp_port) as door:
            door.sendmail(sender, [recipient], raw)

    def close(self) -> None:
        """Close everybody's mail program."""
        for person in self.people:
            person.close()


@dataclass(slots=True)
class RealPerson:
    """Somebody whose own server brings her mail to Dovecot, and who reads by IMAP."""

    place: RealPlace
    mailbox: PersonMailbox

    def send(self, raw: bytes, *recipients: str) -> None:
        """Send a mail; it lies in the mailboxes of its recipients when this returns."""
        fields = [*header_field(raw, b"To"), *header_field(raw, b"Cc")]
        for recipient in recipients or tuple(addresses_in(fields)):
            self.place.deliver(self.mailbox.address, recipient, raw)

    def read_new(self, wait: float = 0.0) -> tuple[bytes, ...]:
        """Return the mail that came since the last call."""
        return self.mailbox.read_new(wait)


def _sections(bot: str, imap: int, smtp: int, trust: str) -> dict[str, Any]:
    return {
        "mailbox": [
            {
                "address": bot,
                "imap": f"imap://127.0.0.1:{imap}",
                "password": PASSWORD,
                "trust": trust,
            }
        ],
        "sending": {"smtp": f"smtp://127.0.0.1:{smtp}", "user": bot, "password": PASSWORD},
    }
