"""Tells systemd that the daemon is ready, alive, and how it fares (sd_notify(3)).

Started by anything else, nobody listens, and everything here does nothing.
"""

import os
import socket
from contextlib import suppress

_STATUS_LETTERS = 200


class Health:
    """A line to whoever watches over the daemon."""

    def __init__(self, address: str = "") -> None:
        """Prepare.

        Args:
            address: path of a datagram socket; with `@` in front a name in the kernel's own
                space; empty: nobody watches.
        """
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    @classmethod
    def from_environment(cls) -> "Health":
        """Find the watcher by what systemd put into NOTIFY_SOCKET."""
        return cls(os.environ.get("NOTIFY_SOCKET", ""))  # noqa: TID251 - systemd's word, no setting

    def ready(self) -> None:
        """Say that all doors and threads are open; units that wait for us start now."""
        self._tell("READY=1")

    def alive(self, status: str) -> None:
        """Say that no thread has died; silence for WatchdogSec= ends in a restart.

        Args:
            status: how it fares, one line for `systemctl status`; no secrets, no addresses.
        """
        line = " ".join(status.split())[:_STATUS_LETTERS]
        self._tell(f"WATCHDOG=1\nSTATUS={line}")

    def stopping(self) -> None:
        """Say that the end has begun and is orderly."""
        self._tell("STOPPING=1")

    def _tell(self, words: str) -> None:
        """Send, and never suffer for it: a watcher that is away is the watcher's trouble."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.settimeout(1.0)
            line.sendto(words.encode("utf-8", "replace"), self._address)
