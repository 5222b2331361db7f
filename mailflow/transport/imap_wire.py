"""imaplib's connection with three things it lacks: bounds, an IDLE that holds, a quick FETCH.

imaplib trusts the server to tell true sizes, and IMAPClient's IDLE reads a closed line as
silence, for ever and at full speed, and breaks when a line of text arrives in two pieces.
The three commands that decide how fast and how safe we are, are spoken here by the
documented `send`, `readline` and `read` alone; all others are left to IMAPClient.
"""

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from io import BufferedReader
from typing import NamedTuple

from mailflow.transport.doorbell import Doorbell
from mailflow.transport.sockets import open_socket, secured

LINE_OCTETS = 1_000_000
LITERAL_OCTETS = 64_000_000
_ANSWER_SECONDS = 15.0
"""A server that heard DONE or NOOP answers at once; waiting longer only hides a dead line."""
_LITERAL = re.compile(rb"\{(\d{1,12})\}$")
_ARRIVAL = re.compile(rb"\* \d+ (?:EXISTS|RECENT)\b", re.IGNORECASE)
_FETCH = re.compile(rb"\* \d+ FETCH ", re.IGNORECASE)


class FetchAnswer(NamedTuple):
    """One untagged FETCH response (RFC 3501 section 7.4.2).

    Attributes:
        text: the response with each literal left out and its `{size}` left standing.
        literals: the literals in their order.
    """

    text: tuple[bytes, ...]
    literals: tuple[bytes, ...]


class Heard(NamedTuple):
    """Why listening ended; neither: the time was up.

    Attributes:
        arrived: the server spoke of new mail.
        rung: the bell rang.
    """

    arrived: bool = False
    rung: bool = False


class ImapWire(imaplib.IMAP4):
    """One connection to an IMAP server, in TCP or in TLS."""

    def __init__(
        self, host: str, port: int, *, context: ssl.SSLContext | None, timeout: float
    ) -> None:
        self._context = context
        self._patience = timeout
        self._reader: BufferedReader | None = None
        self._reads_from: socket.socket | None = None
        self._spoken = 0
        super().__init__(host, port, timeout)

    # imaplib calls this to connect; the stubs do not know it.
    def _create_socket(self, _timeout: float | None = None) -> socket.socket:
        line = open_socket(self.host, self.port, self._patience)
        return line if self._context is None else secured(line, self._context, self.host)

    def _at(self) -> BufferedReader:
        """Return a reader of the present socket.

        After STARTTLS that is another one; what was said before the lock closed and not yet
        read goes with the old reader (RFC 9051 section 6.2.1).
        """
        if self._reader is None or self._reads_from is not self.sock:
            self._reads_from = self.sock
            self._reader = self.sock.makefile("rb")
        return self._reader

    def readline(self) -> bytes:
        """Read one line of bounded length; empty at the end of the connection."""
        line = self._at().readline(LINE_OCTETS + 1)
        if len(line) > LINE_OCTETS:
            msg = "the server sends a line without end"
            raise self.abort(msg)
        return line

    def read(self, size: int) -> bytes:
        """Read `size` octets, which the server announced."""
        if size > LITERAL_OCTETS:
            msg = f"the server announces {size} octets, more than any mail has"
            raise self.abort(msg)
        octets = self._at().read(size)
        if len(octets) < size:
            msg = "the server closed the line within a mail"
            raise self.abort(msg)
        return octets

    def shutdown(self) -> None:
        """Close the line."""
        if self._reader is not None:
            self._reader.close()
        super().shutdown()

    def uid_fetch(self, uids: Sequence[int], items: str) -> list[FetchAnswer]:
        """UID FETCH; return the FETCH responses as they came, those nobody asked for too.

        Raises:
            imaplib.IMAP4.error: the server says NO or BAD.
            imaplib.IMAP4.abort: it leaves, or speaks something else.
            OSError: the line failed.
        """
        answers: list[FetchAnswer] = []
        numbers = ",".join(map(str, uids))
        for line in self._command_lines(f"UID FETCH {numbers} {items}"):
            text, literals = [line], []
            while size := _LITERAL.search(text[-1]):
                literals.append(self.read(int(size[1])))
                text.append(self._after_literal())
            if _FETCH.match(line):
                answers.append(FetchAnswer(tuple(text), tuple(literals)))
        return answers

    def _after_literal(self) -> bytes:
        """Read on after a literal, and see that the server told its size truly."""
        line = self._whole_line()
        if not line.startswith((b" ", b")")):
            msg = "the server sends more of a mail than it announced"
            raise self.abort(msg)
        return line

    def look_up(self) -> bool:
        """NOOP; return whether the server speaks of new mail. Raises as `uid_fetch`."""
        lines = list(self._command_lines("NOOP"))
        return any(_ARRIVAL.match(line) is not None for line in lines)

    def listen(self, bell: Doorbell, seconds: float) -> Heard:
        """IDLE (RFC 2177) until mail arrives, the bell rings or `seconds` have passed.

        Raises as `uid_fetch`; so a line that died without a word is noticed at the latest
        when DONE is not answered.
        """
        tag = self._say("IDLE")
        arrived = False
        while not (line := self._whole_line()).startswith(b"+"):
            self._check(tag, line)
            arrived = arrived or self._is_arrival(line)
        heard, begun = (Heard(arrived=True), b"") if arrived else self._overhear(bell, seconds)
        self.send(b"DONE\r\n")
        late = [self._is_arrival(line) for line in self._until_done(tag, begun)]
        return Heard(arrived=heard.arrived or any(late), rung=heard.rung)

    def _overhear(self, bell: Doorbell, seconds: float) -> tuple[Heard, bytes]:
        """Return what was heard, and the beginning of a line that has not ended yet."""
        end = time.monotonic() + seconds
        said = bytearray()
        rung, readable = False, False
        while True:
            words = self._at_hand(readable=readable)
            *lines, said = (said + words).split(b"\n")
            if any(self._is_arrival(bytes(line)) for line in lines):
                return Heard(arrived=True), bytes(said)
            if len(said) > LINE_OCTETS:
                msg = "the server sends a line without end"
                raise self.abort(msg)
            left = end - time.monotonic()
            readable = False
            if words and left > 0:
                continue  # there may be more, where no poll sees it
            rung, readable = bell.wait(left, self.sock)
            if rung or not readable:
                return Heard(rung=rung), bytes(said)

    def _at_hand(self, *, readable: bool) -> bytes:
        """Return what can be read without waiting; empty: nothing now.

        The reader may hold octets already, and TLS may hold them below it, where no poll sees
        them. Nothing on a socket that poll calls readable is the end of the connection.
        """
        self.sock.settimeout(0)
        try:
            words = self._at().read1(65536)
        except (ssl.SSLWantReadError, BlockingIOError):
            return b""
        finally:
            self.sock.settimeout(self._patience)
        if not words and (readable or isinstance(self.sock, ssl.SSLSocket)):
            msg = "the server closed the line while we listened"
            raise self.abort(msg)
        return words

    def _is_arrival(self, line: bytes) -> bool:
        if line[:5].upper() == b"* BYE":
            msg = f"the server says goodbye: {_shown(line)}"
            raise self.abort(msg)
        return _ARRIVAL.match(line) is not None

    def _say(self, command: str) -> bytes:
        self._spoken += 1
        tag = b"MF%d" % self._spoken
        self.send(tag + b" " + command.encode("ascii") + b"\r\n")
        return tag

    def _command_lines(self, command: str) -> Iterator[bytes]:
        """Say a command and yield the untagged lines up to its end."""
        tag = self._say(command)
        while not self._check(tag, line := self._whole_line()):
            yield line

    def _until_done(self, tag: bytes, begun: bytes) -> Iterator[bytes]:
        self.sock.settimeout(min(_ANSWER_SECONDS, self._patience))
        try:
            while not self._check(tag, line := begun + self._whole_line()):
                yield line
                begun = b""
        finally:
            self.sock.settimeout(self._patience)

    def _check(self, tag: bytes, line: bytes) -> bool:
        """Return whether this line ends the command well.

        Raises:
            imaplib.IMAP4.error: it ends it badly.
            imaplib.IMAP4.abort: it ends the connection, or is no IMAP.
        """
        if line.startswith(tag + b" "):
            if line[len(tag) + 1 :].upper().startswith(b"OK"):
                return True
            msg = f"the server declines: {_shown(line)}"
            raise self.error(msg)
        if not self._is_arrival(line) and not line.startswith(b"* "):
            msg = f"the server answers with something that is not IMAP: {_shown(line)}"
            raise self.abort(msg)
        return False

    def _whole_line(self) -> bytes:
        line = self.readline()
        if not line.endswith(b"\n"):
            msg = "the server closed the line"
            raise self.abort(msg)
        return line.rstrip(b"\r\n")


def _shown(line: bytes) -> str:
    return line[:200].decode("ascii", "replace")
