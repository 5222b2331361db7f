"""The limit: fetch waiting mail and send it on, with no work in between.

The same server, sink, batches and mails as the program has; one fetch and one STORE a batch, and
a kept line with PIPELINING, whose text, dot and next envelope leave in one write.
"""

import re
import socket
import time

from bench_world import BATCH, World

_ENVELOPE = b"MAIL FROM:<relay@bench.test>\r\nRCPT TO:<carol@client.test>\r\nDATA\r\n"
_REPLY = re.compile(rb"^\d{3} ", re.MULTILINE)
_REPLIES_A_MAIL = 3
"""Between two 354s: the 250 of the mail before, and two for the envelope."""


class _Line:
    """A line to the sink that counts final replies."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.hear(1)
        self.say(b"EHLO relay\r\n")
        self.hear(1)

    def say(self, words: bytes) -> None:
        self._socket.sendall(words)

    def hear(self, replies: int) -> None:
        heard = b""
        while len(_REPLY.findall(heard)) < replies or not heard.endswith(b"\n"):
            heard += self._socket.recv(65536)

    def close(self) -> None:
        self.say(b"QUIT\r\n")
        self._socket.close()


def relay(world: World, user: str) -> float:
    """Return the mails a second of fetching everything in an INBOX and sending it on."""
    before = world.imap(user)
    before.store("1:*", "-FLAGS", "(\\Seen)")
    before.logout()
    began = time.perf_counter()
    imap = world.imap(user)
    [count] = [int(said) for said in imap.response("EXISTS")[1] if isinstance(said, bytes)]
    line = _Line(world.smtp_port)
    line.say(_ENVELOPE)
    line.hear(_REPLIES_A_MAIL)
    for first in range(1, count + 1, BATCH):
        batch = f"{first}:{min(count, first + BATCH - 1)}"
        _, found = imap.fetch(batch, "(BODY.PEEK[])")
        mails = [part[1] for part in found if isinstance(part, tuple)]
        for mail in mails:
            text = mail.replace(b"\r\n.", b"\r\n..")
            line.say(text + b"\r\n.\r\n" + _ENVELOPE)
            line.hear(_REPLIES_A_MAIL + 1)
        imap.store(batch, "+FLAGS", "(\\Seen)")
    seconds = time.perf_counter() - began
    line.close()
    imap.logout()
    return count / seconds
