"""A submission server that lies, cuts and floods exactly where a test tells it to."""

import contextlib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

ENDLESS = b"250-and another thing\r\n" * 2000


@dataclass(frozen=True, slots=True)
class Lie:
    """What happens at one stage in place of the ordinary answer.

    Attributes:
        say: the answer; empty: none.
        take: whether the mail at this dot is taken for good.
        then: `on`, `cut` (FIN), `reset` (RST), `flood` (continuation lines without end).
    """

    say: bytes = b""
    take: bool = False
    then: str = "on"


@dataclass(slots=True)
class LyingSmtp:
    """Serves one connection after the other until the test is over.

    Attributes:
        lies: by stage and its number (from 1, over all connections): `("dot", 3)`. Stages:
            banner, ehlo, auth, rset, mail, rcpt, data, text (first line of it), dot, quit.
        taken: mails that were truly taken, without the dots.
        heard: command lines in order.
        segments: what one read of the socket brought, to see what was pipelined.
    """

    lies: dict[tuple[str, int], Lie] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME", "SIZE 1000000", "AUTH PLAIN LOGIN")
    context: ssl.SSLContext | None = None
    taken: list[bytes] = field(default_factory=list)
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
            with contextlib.suppress(OSError, _LeftError), line:
                line.settimeout(20)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _Talk(self, line).run()

    def lie_at(self, stage: str) -> Lie | None:
        self._count[stage] += 1
        return self.lies.get((stage, self._count[stage]))


class _LeftError(Exception):
    """The script told the server to leave."""


class _Talk:
    """One connection."""

    def __init__(self, server: LyingSmtp, line: socket.socket) -> None:
        self.server = server
        self.line = line
        self.held = b""
        self.stack = contextlib.ExitStack()

    def run(self) -> None:
        with self.stack:
            self.talk()

    def talk(self) -> None:
        self.answer("banner", b"220 lies.test ready")
        for words in self.lines():
            self.server.heard.append(words.decode().replace("ehlo ", "EHLO "))
            verb = words.split()[0].upper().decode()
            if verb == "DATA":
                self.data()
            elif verb == "STARTTLS":
                self.line.sendall(b"220 go\r\n")
                assert self.server.context is not None
                self.line = self.server.context.wrap_socket(
                    self.line, server_side=True, do_handshake_on_connect=False
                )
                self.stack.enter_context(self.line)
                self.line.do_handshake()
                self.held = b""
            elif verb == "QUIT":
                self.answer("quit", b"221 bye")
                return
            else:
                self.answer(verb.lower(), self.usual(verb))

    def usual(self, verb: str) -> bytes:
        if verb == "EHLO":
            words = ("lies.test", *self.server.extensions)
            last = len(words) - 1
            return b"\r\n".join(
                f"250{' ' if n == last else '-'}{word}".encode() for n, word in enumerate(words)
            )
        return {"AUTH": b"235 welcome"}.get(verb, b"250 ok")

    def data(self) -> None:
        if not self.answer("data", b"354 go on").startswith(b"354"):
            return
        text: list[bytes] = []
        lie = self.server.lie_at("text")
        for words in self.lines():
            if lie is not None:
                self.obey(lie, b"")
                lie = None
            if words == b".":
                break
            text.append(words.removeprefix(b"."))
        else:
            raise _LeftError
        mail = b"\r\n".join(text) + b"\r\n"
        lie = self.server.lie_at("dot")
        if text and (lie is None or lie.take):
            self.server.taken.append(mail)
        self.obey(lie or Lie(), b"250 taken" if lie is None else b"")

    def answer(self, stage: str, usual: bytes) -> bytes:
        lie = self.server.lie_at(stage)
        self.obey(lie or Lie(), usual if lie is None else b"")
        return usual if lie is None else lie.say

    def obey(self, lie: Lie, usual: bytes) -> None:
        words = lie.say or usual
        if words:
            self.line.sendall(words + b"\r\n")
        if lie.then == "flood":
            with contextlib.suppress(OSError):
                for _ in range(500):
                    self.line.sendall(ENDLESS)
        if lie.then == "reset":
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if lie.then != "on":
            raise _LeftError

    def lines(self) -> Iterator[bytes]:
        while True:
            while b"\r\n" not in self.held:
                words = self.line.recv(65536)
                if not words:
                    return
                self.held += words
            words, _, self.held = self.held.partition(b"\r\n")
            yield words
