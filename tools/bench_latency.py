"""How long an answer waits for its receipt, and how much memory the waiting daemon holds."""

import signal
import smtplib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench_answers import Sent, answers
from bench_state import fill_office, write_config
from bench_world import World, program, run

_PATIENCE = 20.0
_LOOK = 0.002
_SETTLING = 3.0
_HINT = 3.0
_WARM = 3


@dataclass(frozen=True, slots=True)
class Latency:
    """What was measured while a daemon ran.

    Attributes:
        rss_start: resident megabytes before the first mail.
        rss_after: the same when all mails had been answered.
        first: milliseconds from the end of DATA to the receipt of the first mail after the
            start, when languages and holidays are read.
        idle: milliseconds from the server's EXISTS to the accepted receipt.
        push: from the end of the delivery to that EXISTS.
        whole: from the end of the delivery to the receipt.
        lmtp: from the end of DATA at our own LMTP door to the receipt.
    """

    rss_start: float
    rss_after: float
    first: float
    idle: list[float]
    push: list[float]
    whole: list[float]
    lmtp: list[float]


def measure_latency(world: World, count: int) -> Latency:
    """Let `count` answers come by IDLE and as many by LMTP, one at a time."""
    folder = world.folder / "daemon"
    folder.mkdir()
    doors = world.doors("daemon", lmtp=True)
    config = write_config(folder, doors)
    log = folder / "log"
    run(program("run", "--once", "-c", str(config)), log)
    letters = fill_office(config, 2 * (count + _WARM) + 1)
    earliest, *sent = answers(letters, ("1 done",), "latency")
    half = count + _WARM
    with _daemon(config, log) as process:
        _pause(_SETTLING)
        rss_start = _rss(process.pid)
        port = int(doors.lmtp.rpartition(":")[2])
        first = _by_lmtp(world, port, doors.user, earliest)
        timed = [_by_idle(world, doors.user, mail) for mail in sent[:half]]
        by_idle = [one for one in timed[_WARM:] if one is not None]
        by_lmtp = [_by_lmtp(world, port, doors.user, mail) for mail in sent[half:]][_WARM:]
        _pause(_SETTLING)
        rss_after = _rss(process.pid)
    idle, push, whole = (list(column) for column in zip(*by_idle, strict=True))
    return Latency(rss_start, rss_after, first, idle, push, whole, by_lmtp)


@contextmanager
def _daemon(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as said:
        command = program("run", "-c", str(config))
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=said)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


class _Watch:
    """A bare IDLE client beside the daemon: when did the server tell of new mail?"""

    def __init__(self, world: World, user: str) -> None:
        self._line = socket.create_connection(("127.0.0.1", world.imap_port), _PATIENCE)
        self._say(f'a LOGIN "{user}" "{world.doors("x").password}"\r\n', b"a OK")
        self._say("b SELECT INBOX\r\n", b"b OK")
        self._say("c IDLE\r\n", b"+ ")
        self._heard = threading.Event()
        self.at: float | None = None
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _say(self, words: str, until: bytes) -> None:
        self._line.sendall(words.encode())
        heard = b""
        while until not in heard:
            heard += self._line.recv(65536)

    def _listen(self) -> None:
        """Note the first EXISTS; a mail that the daemon took before the hint is never told of."""
        self._line.settimeout(_HINT)
        heard = b""
        with suppress(TimeoutError):
            while b"EXISTS" not in heard:
                heard = heard[-20:] + self._line.recv(65536)
            self.at = time.monotonic()

    def end(self) -> None:
        self._thread.join(_PATIENCE)
        self._line.close()


def _by_idle(world: World, user: str, mail: Sent) -> tuple[float, float, float] | None:
    watch = _Watch(world, user)
    _deliver(world.dovecot_lmtp, user, mail.raw)
    delivered = time.monotonic()
    answered = _receipt(world, mail)
    watch.end()
    if watch.at is None:
        return None
    return (
        (answered - watch.at) * 1e3,
        (watch.at - delivered) * 1e3,
        (answered - delivered) * 1e3,
    )


def _by_lmtp(world: World, port: int, user: str, mail: Sent) -> float:
    began = _deliver(port, user, mail.raw)
    return (_receipt(world, mail) - began) * 1e3


def _deliver(port: int, user: str, raw: bytes) -> float:
    """Deliver by LMTP; returns when the final dot was written."""
    with smtplib.LMTP("127.0.0.1", port) as line:
        line.ehlo_or_helo_if_needed()
        for words in ("MAIL FROM:<carol@client.test>", f"RCPT TO:<{user}>", "DATA"):
            line.docmd(words)
        line.send(raw.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")
        said = time.monotonic()
        code, said_back = line.getreply()
    if code != 250:
        msg = f"the delivery was refused: {code} {said_back!r}"
        raise RuntimeError(msg)
    return said


def _receipt(world: World, mail: Sent) -> float:
    """Wait for the receipt; returns when the sink took it (monotonic seconds)."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        for taken in reversed(world.taken()[-20:]):
            if taken.answers == mail.message_id:
                return taken.at
        _pause(_LOOK)
    msg = f"no receipt for {mail.message_id}"
    raise RuntimeError(msg)


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)


def _rss(process: int) -> float:
    """Return resident megabytes."""
    told = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in told.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
