"""Mail handed over by the server next door (LMTP, RFC 2033), or by SMTP in its place.

No polling and no folder in between: the mail is taken in while its sender waits, and the 250
is said only after it was committed. A sender that gets no 250 keeps the mail and comes again.

Several recipients of one mail are one arrival with several addresses, one commit, and so one
answer, said once for each of them as RFC 2033 section 4.2 wants. To refuse all but the first
(452) would be within the standard, too; but then the others come with the sender's next try,
minutes later, and a mail to two of our addresses would be two mails.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from mailflow.ports import ArrivedMail
from mailflow.transport.loop_thread import LoopThread

MOST_OCTETS = 40_000_000
_READ_AHEAD = 65_536
_END = b"\r\n.\r\n"
_GREAT_AT_ONCE = 4
_STOP_SECONDS = 4.0

_TAKEN = "250 2.0.0 taken in"
_NOT_NOW = "451 4.3.0 not taken in, please try again later"
_BARE = "550 5.5.2 the mail holds a bare CR or LF"
_TOO_MUCH = "552 5.3.4 the mail is too great"
_UNKNOWN = "550 5.1.1 nobody has this address here"
_GARBLED = "500 5.5.2 this cannot be read"

Receive = Callable[[ArrivedMail], None]


class LmtpIntake:
    """A door for mail, in its own thread; bound to this machine unless told otherwise."""

    def __init__(
        self,
        host: str,
        port: int,
        receive: Receive,
        *,
        accepts: Callable[[str], bool] = lambda _recipient: True,
        smtp: bool = False,
    ) -> None:
        """Prepare; `start` opens the door.

        Args:
            host: address to listen on; `127.0.0.1` unless the sender is on another machine.
            port: 0 lets the system choose; see `port` after `start`.
            receive: commits one mail before it returns; whatever it raises means "later" to
                the sender. Called in one thread, one mail after the other.
            accepts: whether an envelope recipient is ours.
            smtp: speak SMTP in place of LMTP.
        """
        self._host = host
        self._wanted_port = port
        self._smtp = smtp
        self._desk = _Desk(receive, accepts)
        self._thread: LoopThread | None = None
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        if self._server is None or not self._server.sockets:
            return self._wanted_port
        return int(self._server.sockets[0].getsockname()[1])

    def start(self) -> None:
        """Open the door.

        Raises:
            OSError: the address or port is not to be had.
        """
        # aiosmtpd writes every address into its log.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._thread = LoopThread("lmtp")
        try:
            self._server = self._thread.run(self._listen(self._thread.loop))
        except OSError:
            self._thread.stop()
            self._thread = None
            raise

    async def _listen(self, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
        speaker = _SmtpSpeaker if self._smtp else _LmtpSpeaker
        slots = asyncio.Semaphore(_GREAT_AT_ONCE)
        return await loop.create_server(
            lambda: speaker(self._desk, slots, loop), self._host, self._wanted_port
        )

    def stop(self) -> None:
        """Close the door: mail in hand is finished and answered, all else is hung up on."""
        if self._thread is not None and self._server is not None:
            self._wanted_port = self.port
            self._server.get_loop().call_soon_threadsafe(self._server.close)
            self._thread.run(self._desk.finish())
            self._thread.stop()
            self._thread = self._server = None
        self._desk.close()


class _Desk:
    """Where aiosmtpd's hooks end: decides on recipients and takes mail in."""

    def __init__(self, receive: Receive, accepts: Callable[[str], bool]) -> None:
        self._receive = receive
        self._accepts = accepts
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="lmtp-receive")
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._nothing_in_hand = asyncio.Event()
        self._nothing_in_hand.set()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks for this name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Offer what RFC 2033 section 5 requires; aiosmtpd reads ahead and so can do it."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", responses[-1]]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd looks for this name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take down a recipient of ours."""
        if not self._accepts(address):
            return _UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def take(self, envelope: Envelope, text: bytes) -> str:
        """Take a mail in; whatever `receive` raises becomes a 451 in the speaker."""
        lines = text.count(b"\r\n")
        if text.count(b"\n") != lines or text.count(b"\r") != lines:
            return _BARE
        mail = arrived(envelope.mail_from or "", tuple(envelope.rcpt_tos), text)
        task = asyncio.current_task()
        assert task is not None
        self._in_hand.add(task)
        self._nothing_in_hand.clear()
        task.add_done_callback(self._let_go)
        await asyncio.get_running_loop().run_in_executor(self._executor, self._receive, mail)
        return _TAKEN

    def answered(self) -> None:
        """Note that the connection of this task owes nobody an answer."""
        task = asyncio.current_task()
        if task is not None:
            self._let_go(task)

    def _let_go(self, task: asyncio.Task[Any]) -> None:
        self._in_hand.discard(task)
        if not self._in_hand:
            self._nothing_in_hand.set()

    async def finish(self) -> None:
        """Wait until what is in hand was answered, a few seconds at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._nothing_in_hand.wait(), _STOP_SECONDS)

    def close(self) -> None:
        """Let the receiving thread go."""
        self._executor.shutdown()


class _Courteous(SMTP):
    """aiosmtpd, answering once for each recipient after DATA, and never with a traceback."""

    line_length_limit = _READ_AHEAD

    def __init__(
        self, desk: _Desk, slots: asyncio.Semaphore, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._desk = desk
        self._slots = slots
        self._owed = 0
        self._begun = ""
        super().__init__(
            desk,
            data_size_limit=MOST_OCTETS,
            enable_SMTPUTF8=True,
            hostname="mailflow",
            ident="mailflow",
            loop=loop,
        )

    def answers_wanted(self, envelope: Envelope) -> int:
        """Return how many answers the end of this mail wants."""
        return 1 if envelope.rcpt_tos else 0

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd looks for this name
        """Take the text; a few at a time, since each is held in memory."""
        if arg or self.envelope is None or not self.envelope.rcpt_tos:
            await self.push("501 5.5.4 DATA stands alone" if arg else "503 5.5.1 for whom?")
            return
        envelope = self.envelope
        async with self._slots:
            await self.push("354 end with a dot")
            self._owed = self.answers_wanted(envelope)
            text = await self._text()
            answer = _TOO_MUCH if text is None else await self._desk.take(envelope, text)
            await self._end_of_text(answer)

    async def _text(self) -> bytes | None:
        """Read up to the final dot (RFC 5321 section 4.5.2); None: it was too much.

        aiosmtpd reads line by line, and each line costs a turn of the loop; a dot before a
        line end is rarer. Only CR LF dot CR LF is an end: a bare LF before or after the dot
        is text, and so nobody smuggles a second mail in the first.
        """
        text = bytearray(b"\r\n")
        too_much = False
        while not text.endswith(_END):
            try:
                text += await self._reader.readuntil(b".\r\n")
            except asyncio.LimitOverrunError as much:
                text += await self._reader.read(much.consumed)
            if len(text) > MOST_OCTETS:
                too_much = True
                del text[: -len(_END)]
        if too_much:
            return None
        text = text.replace(b"\r\n.", b"\r\n")  # the dots that the sender doubled, and the last
        del text[:2], text[-2:]
        return bytes(text)

    async def _end_of_text(self, answer: str) -> None:
        owed, self._owed = self._owed, 0
        self.envelope = self._create_envelope()
        await self.push("\r\n".join([answer] * owed))
        self._desk.answered()

    async def push(self, status: Any) -> None:  # noqa: ANN401 - as aiosmtpd's own
        """Send an answer; the lines of a long one leave together."""
        text = status.decode("utf-8", "replace") if isinstance(status, bytes) else str(status)
        if text[3:4] == "-" and "\r\n" not in text:
            self._begun += f"{text}\r\n"
            return
        text, self._begun = self._begun + text, ""
        await super().push(text)

    async def handle_exception(self, _error: Exception) -> str:
        """Say "later" when the mail could not be kept, for whatever reason."""
        owed, self._owed = self._owed, 0
        if not owed:
            return _GARBLED
        self.envelope = self._create_envelope()
        return "\r\n".join([_NOT_NOW] * owed)


class _SmtpSpeaker(_Courteous):
    """One answer a mail (RFC 5321)."""


class _LmtpSpeaker(_Courteous, LMTP):
    """One answer a recipient (RFC 2033 section 4.2)."""

    def answers_wanted(self, envelope: Envelope) -> int:
        """Return the number of recipients that were accepted."""
        return len(envelope.rcpt_tos)


def arrived(sender: str, recipients: tuple[str, ...], text: bytes) -> ArrivedMail:
    """Return a mail as it was handed over, with the envelope's sender in its first line.

    Its number is made of its content: a sender that lost our 250 comes again with the same
    octets, and is known by them. RFC 5321 section 4.4 asks the last server for Return-Path.
    """
    path = "".join(c for c in sender if c.isprintable() and c not in "<>")
    raw = f"Return-Path: <{path}>\r\n".encode("utf-8", "replace") + text
    digest = hashlib.sha256("\n".join((*recipients, "")).encode("utf-8", "replace"))
    digest.update(raw)
    return ArrivedMail(
        mailbox="lmtp",
        folder="",
        uidvalidity=0,
        uid=int.from_bytes(digest.digest()[:8], "big") >> 1,
        raw=raw,
        size=len(raw),
        recipients=recipients,
    )
