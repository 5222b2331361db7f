"""Where the bench takes place: a private Dovecot, a sink, and processes that are watched.

Servers work on the second core and what is measured on the first, at real-time priority where
the machine allows it: otherwise every fsync and every answer waits for a tick of the scheduler.
"""

import imaplib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench_state import Doors

from tests.servers import PASSWORD, Dovecot, await_port, free_port, open_folder

TOOLS = Path(__file__).parent
HERE, THERE = 0, 1
BATCH = 50
_BYTECODE = Path(tempfile.gettempdir()) / f"mailflow-bench-bytecode-{os.getuid()}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that the sink took: when (monotonic seconds), and which mail it answers."""

    at: float
    size: int
    answers: str

    @staticmethod
    def read(line: str) -> "Taken":
        """Return what one line of the sink's log says."""
        nanoseconds, size, answered = line.split()
        return Taken(int(nanoseconds) / 1e9, int(size), answered)


@dataclass(frozen=True, slots=True)
class World:
    """The servers of one bench.

    Attributes:
        folder: where everything of it lies.
        imap_port: of Dovecot.
        dovecot_lmtp: its port for delivery.
        smtp_port: of the sink.
        log: what the sink took, a line a mail.
    """

    folder: Path
    imap_port: int
    dovecot_lmtp: int
    smtp_port: int
    log: Path

    def doors(self, name: str, *, lmtp: bool = False) -> Doors:
        """Return the doors of an office with an account of this name."""
        own = f"127.0.0.1:{free_port()}" if lmtp else ""
        return Doors(f"{name}@bench.test", PASSWORD, self.imap_port, self.smtp_port, own)

    def imap(self, user: str) -> imaplib.IMAP4:
        """Return a line to the INBOX of this user."""
        line = imaplib.IMAP4("127.0.0.1", self.imap_port)
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.login(user, PASSWORD)
        line.select("INBOX")
        return line

    def taken(self) -> list[Taken]:
        """Return what the sink took so far."""
        return [Taken.read(line) for line in self.log.read_text().splitlines()]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a finished process took: seconds of the clock and of the processor, and memory."""

    wall: float
    cpu: float
    rss_mb: float


def take_priority() -> bool:
    """Run from here on before everything else on this machine; False where that is forbidden."""
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
        return True
    return False


def stand_on(core: int) -> None:
    """Let this process, and those that it starts, run on one core, if there are several."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


@contextmanager
def open_world() -> Iterator[World]:
    """Start the servers; they are gone afterwards."""
    with open_folder("bench") as folder:
        stand_on(THERE)
        (folder / "dovecot").mkdir()
        smtp_port, log = free_port(), folder / "sink.log"
        log.touch()
        command = [sys.executable, str(TOOLS / "bench_sink.py"), str(smtp_port), str(log)]
        sink = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            await_port(smtp_port, sink, log)
            with Dovecot(folder / "dovecot") as dovecot:
                stand_on(HERE)
                yield World(folder, dovecot.imap_port, dovecot.lmtp_port, smtp_port, log)
        finally:
            sink.terminate()
            sink.wait(10)


def append(world: World, user: str, mails: Iterable[bytes]) -> None:
    """Lay mails into an INBOX."""
    line = world.imap(user)
    for mail in mails:
        line.append("INBOX", "", "", mail)
    line.logout()


def program(*words: str) -> list[str]:
    """Return how this mailflow is called: as if installed, so with its bytecode at hand."""
    return [sys.executable, "-E", "-X", f"pycache_prefix={_BYTECODE}", "-m", "mailflow", *words]


def run(command: Sequence[str], log: Path | None = None) -> Spent:
    """Run a command to its end.

    Raises:
        RuntimeError: it ended with another status than 0.
    """
    with (log or Path(os.devnull)).open("ab") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = log.read_text()[-2000:] if log else ""
        msg = f"{' '.join(command)} ended with {process.returncode}: {told}"
        raise RuntimeError(msg)
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def copy_office(source: Path, target: Path) -> None:
    """Put a copy of an office's state in place of another's."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
