"""A bell that any thread may ring to end a wait in another."""

import select
import socket
import weakref
from contextlib import suppress


class Doorbell:
    """Wakes the one thread that waits; a ring that nobody waited for ends the next wait."""

    def __init__(self) -> None:
        self._inside, self._outside = socket.socketpair()
        self._inside.settimeout(0)
        self._outside.settimeout(0)
        weakref.finalize(self, _take_down, self._inside, self._outside)

    def ring(self) -> None:
        """End the wait, from any thread; ringing twice is ringing once."""
        with suppress(OSError):  # full: it has not been heard yet; closed: nobody lives here
            self._outside.send(b"!")

    def wait(self, seconds: float, line: socket.socket | None = None) -> tuple[bool, bool]:
        """Wait for the bell or for something to read on `line`, `seconds` at most.

        Returns whether the bell rang and whether the line has something (the end included).
        """
        poller = select.poll()  # not select: file numbers above 1,023 exist
        poller.register(self._inside, select.POLLIN)
        if line is not None:
            poller.register(line, select.POLLIN)
        ready = {number for number, _ in poller.poll(max(0.0, seconds) * 1000)}
        rung = self._inside.fileno() in ready
        if rung:
            with suppress(BlockingIOError):
                while self._inside.recv(512):
                    pass
        return rung, line is not None and line.fileno() in ready


def _take_down(*ends: socket.socket) -> None:
    for end in ends:
        end.close()
