"""A submission server that takes everything and notes when: the far end of the bench.

    python tools/bench_sink.py PORT LOG

Speaks SMTP with PIPELINING and 8BITMIME (RFC 2920, RFC 6152) and answers as fast as Python can.
For each mail it takes it writes one line: monotonic nanoseconds just before the 250, size, and
In-Reply-To.
"""

import os
import re
import socket
import sys
import threading
import time
from pathlib import Path

_DOT = b"\r\n.\r\n"
_GREETING = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 60000000\r\n"
_ANSWERED = re.compile(rb"^In-Reply-To:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Visit:
    """One connection, from the greeting to QUIT."""

    def __init__(self, line: socket.socket, log: int) -> None:
        self._line = line
        self._log = log
        self._held = bytearray()
        self._replies: list[bytes] = [b"220 sink\r\n"]
        self._in_mail = False

    def serve(self) -> None:
        """Answer until the other side leaves."""
        with self._line:
            while self._flushed():
                come = self._line.recv(262144)
                if not come:
                    return
                self._held += come
                while self._step():
                    pass

    def _flushed(self) -> bool:
        """Send what is to be said; False once that was goodbye."""
        said = b"".join(self._replies)
        self._replies.clear()
        if said:
            self._line.sendall(said)
        return not said.endswith(b"221 bye\r\n")

    def _step(self) -> bool:
        """Take one line or one mail from what has come; False when more must come first."""
        end = self._held.find(_DOT if self._in_mail else b"\r\n")
        if end < 0:
            return False
        if self._in_mail:
            self._take(bytes(self._held[:end]))
            del self._held[: end + len(_DOT)]
        else:
            word = bytes(self._held[:4]).upper()
            del self._held[: end + 2]
            self._replies.append(self._answer(word))
        return True

    def _answer(self, word: bytes) -> bytes:
        if word == b"EHLO":
            return _GREETING
        if word == b"DATA":
            self._in_mail = True
            return b"354 go\r\n"
        return b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n"

    def _take(self, mail: bytes) -> None:
        self._in_mail = False
        header = mail.partition(b"\r\n\r\n")[0]
        answered = _ANSWERED.search(header)
        name = answered[1].decode("ascii", "replace") if answered else "-"
        os.write(self._log, f"{time.monotonic_ns()} {len(mail)} {name}\n".encode())
        self._replies.append(b"250 taken\r\n")


def main() -> None:
    """Listen until killed."""
    port, log = int(sys.argv[1]), Path(sys.argv[2])
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with socket.create_server(("127.0.0.1", port)) as door:
        while True:
            line, _ = door.accept()
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Visit(line, handle).serve, daemon=True).start()


if __name__ == "__main__":
    main()
