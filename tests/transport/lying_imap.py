"""An IMAP server that tells the truth until a test scripts a lie."""

import contextlib
import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from mailflow.ports import Belongs
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.login import TokenSource
from mailflow.transport.sockets import Security
from tests.transport.builders import FixedClock

_UIDS = re.compile(r"UID (?:FETCH|STORE|MOVE|COPY|EXPUNGE) (\S+)")
_RANGE = re.compile(r"UID (\d+):(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Lie:
    """What is said in place of the truth.

    Attributes:
        say: octets as they are; `TAG` in them becomes the command's tag. With `truth` set they
            come before the true answer.
        truth: whether the true answer follows.
        then: `on`, `cut` (FIN), `reset` (RST) or `silence` (never a word more).
    """

    say: bytes = b""
    truth: bool = False
    then: str = "on"


class _LeftError(Exception):
    """The script told the server to leave."""


@dataclass(slots=True)
class LyingImap:
    """One mailbox with an INBOX and nothing else.

    Attributes:
        mails: the INBOX by UID.
        lies: by command and its number over all connections (0: each time): `("FETCH", 2)`.
            Commands are named without UID; `greeting` and `listening` (after IDLE's `+`) are
            stages, too.
        capabilities: what it admits to.
        uidvalidity: generation of the numbers.
        tells_next: whether EXAMINE tells UIDNEXT.
        in_pieces: every line leaves in two segments.
        heard: commands in order, without tags.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    lies: dict[tuple[str, int], Lie] = field(default_factory=dict)
    capabilities: str = "IMAP4rev1 IDLE MOVE UIDPLUS AUTH=PLAIN"
    uidvalidity: int = 7
    uidnext: int = 0
    tells_next: bool = True
    in_pieces: bool = False
    context: ssl.SSLContext | None = None
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    _count: Counter[str] = field(default_factory=Counter)
    _door: socket.socket = field(init=False)

    @property
    def port(self) -> int:
        return int(self._door.getsockname()[1])

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError, _LeftError), contextlib.ExitStack() as stack:
            stack.enter_context(line)
            line.settimeout(20)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.context is not None:
                line = self.context.wrap_socket(
                    line, server_side=True, do_handshake_on_connect=False
                )
                stack.enter_context(line)
                line.do_handshake()
            _Talk(self, line).run()

    def lie_at(self, stage: str) -> Lie | None:
        self._count[stage] += 1
        return self.lies.get((stage, self._count[stage])) or self.lies.get((stage, 0))

    def count(self, command: str) -> int:
        """How often a command was heard."""
        return sum(command in words for words in self.heard)


class _Talk:
    """One connection."""

    def __init__(self, server: LyingImap, line: socket.socket) -> None:
        self.server = server
        self.line = line
        self.held = b""

    def run(self) -> None:
        self.answer("greeting", "", [b"* OK lies.test ready"])
        for words in self.lines():
            tag, _, command = words.decode().partition(" ")
            self.server.heard.append(command)
            verb = command.removeprefix("UID ").split()[0].upper()
            if verb == "AUTHENTICATE":
                self.answer("AUTHENTICATE", tag, [b"+ "])
                self.server.heard.append(next(self.lines()).decode())
                while self.answer("CREDENTIALS", tag, [b"TAG OK welcome"]).startswith(b"+"):
                    self.server.heard.append(next(self.lines()).decode())
            elif verb == "IDLE":
                self.idle(tag)
            else:
                said = [*self.truth(verb, command), f"TAG OK {verb} done".encode()]
                self.answer(verb, tag, said)

    def idle(self, tag: str) -> None:
        self.answer("IDLE", tag, [b"+ idling"])
        self.answer("listening", tag, [])
        assert next(self.lines()) == b"DONE"
        self.answer("DONE", tag, [b"TAG OK IDLE done"])

    def truth(self, verb: str, command: str) -> list[bytes]:
        mails = self.server.mails
        if verb == "CAPABILITY":
            return [f"* CAPABILITY {self.server.capabilities}".encode()]
        if verb == "LIST":
            return [b'* LIST () "/" INBOX']
        if verb in {"EXAMINE", "SELECT"}:
            said = [f"* {len(mails)} EXISTS", f"* OK [UIDVALIDITY {self.server.uidvalidity}] ok"]
            if self.server.tells_next:
                next_uid = self.server.uidnext or max(mails, default=0) + 1
                said.append(f"* OK [UIDNEXT {next_uid}] ok")
            return [line.encode() for line in said]
        if verb == "SEARCH":
            return [b"* SEARCH" + b"".join(f" {uid}".encode() for uid in self.found(command))]
        if verb == "FETCH":
            return self.fetched(command)
        return []

    def found(self, command: str) -> list[int]:
        span = _RANGE.search(command)
        if span is None:
            return sorted(self.server.mails)
        low = int(span[1])
        high = 2**40 if span[2] == "*" else int(span[2])
        return [uid for uid in sorted(self.server.mails) if low <= uid <= high]

    def fetched(self, command: str) -> list[bytes]:
        numbers = _UIDS.search(command)
        assert numbers is not None
        said = []
        for position, uid in enumerate(map(int, numbers[1].split(",")), 1):
            mail = self.server.mails.get(uid)
            if mail is None:
                continue
            start = f"* {position} FETCH (UID {uid} "
            if "RFC822.SIZE" in command:
                said.append(f"{start}RFC822.SIZE {len(mail)})".encode())
            elif "BODY.PEEK[]" in command:
                said.append(f"{start}BODY[] {{{len(mail)}}}\r\n".encode() + mail + b")")
            else:
                header = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                parts = 'BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)'
                said.append(
                    f"{start}{parts} BODY[HEADER]<0> {{{len(header)}}}\r\n".encode() + header + b")"
                )
        return said

    def answer(self, stage: str, tag: str, said: list[bytes]) -> bytes:
        lie = self.server.lie_at(stage)
        truth = b"".join(line + b"\r\n" for line in said)
        words = truth if lie is None else lie.say + (truth if lie.truth else b"")
        self.send(words.replace(b"TAG", tag.encode()))
        if lie is None or lie.then == "on":
            return words
        if lie.then == "silence":
            self.line.recv(65536)
            threading.Event().wait(5)
        if lie.then == "reset":
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _LeftError

    def send(self, words: bytes) -> None:
        if not self.server.in_pieces:
            self.line.sendall(words)
            return
        for line in words.splitlines(keepends=True):
            self.line.sendall(line[: len(line) // 2])
            threading.Event().wait(0.002)
            self.line.sendall(line[len(line) // 2 :])
            threading.Event().wait(0.002)

    def lines(self) -> Iterator[bytes]:
        while True:
            while b"\r\n" not in self.held:
                words = self.line.recv(65536)
                if not words:
                    raise _LeftError
                self.held += words
            words, _, self.held = self.held.partition(b"\r\n")
            yield words


@contextlib.contextmanager
def looking_at(
    server: LyingImap,
    *,
    token: TokenSource | None = None,
    belongs: Belongs | None = None,
    **facts: object,
) -> Iterator[ImapSource]:
    usual: dict[str, object] = {
        "name": "plans@office.test",
        "host": "127.0.0.1",
        "port": server.port,
        "security": Security.NONE,
        "user": "plans",
        "password": "secret",
        "timeout": 5.0,
    }
    settings = ImapSettings(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact
    source = ImapSource(settings, FixedClock(), belongs=belongs, token=token)
    try:
        yield source
    finally:
        source.close()
