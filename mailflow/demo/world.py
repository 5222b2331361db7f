"""A small world with real mail: mailboxes, a server to send by, and people who use both.

`mailflow demo`, the sandbox and the tests run the true daemon against it. All of it lives in
this process and in memory, on loopback, and is gone when it is left.
"""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from mailflow.demo.world_imap import WorldMailboxes
from mailflow.demo.world_person import PersonMailbox
from mailflow.demo.world_smtp import AUTHSERV_ID, Handed, WorldSubmission, account_of, stamped
from mailflow.ports import Clock
from mailflow.transport.loop_thread import LoopThread

__all__ = ["AUTHSERV_ID", "MailWorld", "PersonMailbox", "Posted"]


@dataclass(frozen=True, slots=True)
class Posted:
    """One mail on its way from one to one, as the timeline shows it.

    Attributes:
        at: when it was handed in (aware, by the world's clock).
        sender: envelope sender.
        recipient: envelope recipient, with its +detail.
        data: the mail as it was handed in.
    """

    at: datetime
    sender: str
    recipient: str
    data: bytes


class MailWorld:
    """IMAP and SMTP servers with one account a person; a context manager.

    Plus-addresses lead to the account, unknown recipients are refused with 550, and every mail
    carries the world's verdict on its sender, under the name `AUTHSERV_ID`.
    """

    def __init__(
        self, clock: Clock, *, host: str = "127.0.0.1", imap_port: int = 0, smtp_port: int = 0
    ) -> None:
        """Prepare; the doors open with `with`.

        Args:
            clock: tells when a mail was handed in.
            host: address to listen on.
            imap_port: 0 lets the system choose.
            smtp_port: 0 lets the system choose.
        """
        self.host = host
        self.imap_port = imap_port
        self.smtp_port = smtp_port
        self._clock = clock
        self._passwords: dict[str, str] = {}
        self._posted: list[Posted] = []
        self._people: list[PersonMailbox] = []
        self._lock = threading.Lock()
        self._mailboxes = WorldMailboxes()
        self._submission = WorldSubmission(self._passwords, self._deliver)
        self._thread: LoopThread | None = None
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> Self:
        """Open both doors.

        Raises:
            OSError: a port is taken.
        """
        self._thread = LoopThread("mail world")
        try:
            imap = self._thread.run(self._mailboxes.listen(self.host, self.imap_port))
            smtp = self._thread.run(self._submission.listen(self.host, self.smtp_port))
        except OSError:
            self._thread.stop()
            raise
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._servers = [imap, smtp]
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close everything, the mail programs of the people too."""
        for person in self._people:
            person.close()
        thread = self._running()
        for server in self._servers:
            thread.loop.call_soon_threadsafe(server.close)
        thread.stop()
        self._thread = None

    def add_account(self, address: str, password: str) -> PersonMailbox:
        """Give somebody an address and return the mail program that uses it."""
        account = account_of(address)
        self._running().run(self._mailboxes.add(account, password))
        self._passwords[account] = password
        person = PersonMailbox(self.host, (self.imap_port, self.smtp_port), account, password)
        self._people.append(person)
        return person

    @property
    def posted(self) -> Sequence[Posted]:
        """All mail that was delivered so far, in its order."""
        with self._lock:
            return tuple(self._posted)

    def deliver(self, sender: str, recipient: str, raw: bytes, *, folder: str = "INBOX") -> None:
        """Bring a mail from outside the world, for which nobody vouches.

        Args:
            sender: envelope sender; empty for a bounce.
            recipient: an address of the world.
            raw: RFC 5322 bytes.
            folder: where the recipient's server lays it: `INBOX` or `Junk`.

        Raises:
            KeyError: nobody here has this address.
        """
        if account_of(recipient) not in self._passwords:
            raise KeyError(recipient)
        self._running().run(self._deliver(Handed("", sender, recipient, raw), folder))

    async def _deliver(self, mail: Handed, folder: str = "INBOX") -> None:
        now = self._clock.now()
        with self._lock:
            self._posted.append(Posted(now, mail.sender, mail.recipient, mail.data))
        account = account_of(mail.recipient)
        await self._mailboxes.put(account, stamped(mail, now), now, folder)

    def _running(self) -> LoopThread:
        if self._thread is None:
            msg = "the mail world is entered by `with`"
            raise RuntimeError(msg)
        return self._thread
