"""The daemon and its one-shot forms: run, run --once, run --ticks, deliver."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from mailflow.bootstrap import Office, Wiring, open_office, sole_worker
from mailflow.config import Config, fixed_now, parse_instant
from mailflow.daemon.clock import FixedClock, WallClock
from mailflow.daemon.health import Health
from mailflow.daemon.logs import open_log
from mailflow.daemon.supervisor import Supervisor
from mailflow.errors import ConfigError, ConfigProblem, LoginRefused, TransientFailure
from mailflow.ports import ArrivedMail, Clock
from mailflow.transport.maildrop import SHOWN_OF_A_GIANT, WHOLE_OCTETS

RATE_WINDOW = 60.0


@dataclass(slots=True)
class _MovingClock:
    """A clock that is set from line to line."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant it was set to, UTC."""
        return self.instant.astimezone(UTC)


def clock() -> Clock:
    """Return the wall clock, or the fixed one that `MAILFLOW_NOW` asks for."""
    instant = fixed_now()
    return WallClock() if instant is None else FixedClock(instant)


def run_daemon(config: Config, *, debug: bool = False) -> None:
    """Run until a signal says stop.

    Raises:
        ConfigError: `MAILFLOW_NOW` is set, a password is missing, or another one runs.
    """
    if fixed_now() is not None:
        message = "is for one-shot commands; a daemon whose time stands still helps nobody"
        problem = ConfigProblem(0, "MAILFLOW_NOW", message)
        raise ConfigError(problem.field, (problem,))
    with sole_worker(config.state.folder):
        log = open_log(debug=debug)
        office = open_office(config, Wiring(WallClock(), log, debug=debug))
        office.store.release_claims()
        Supervisor(office.works, office.runner, Health.from_environment(), office.doors).run()


def run_once(config: Config, *, debug: bool = False) -> int:
    """Handle all that waits and send all that is due; returns the exit status.

    Raises:
        ConfigError: a password is missing, or another one runs.
        TransientFailure: a mailbox could not be reached; what had arrived was handled.
    """
    with sole_worker(config.state.folder):
        log = open_log(debug=debug)
        office = open_office(config, Wiring(clock(), log, debug=debug))
        office.store.release_claims()
        try:
            return _once(office)
        finally:
            _close(office)


def _once(office: Office) -> int:
    failure = _look_everywhere(office)
    while True:
        # What time brings waits when a mailbox could not be read: it may hold the answer.
        done = office.runner.work(automatic=failure is None)
        if not done.must_wait or fixed_now() is not None:
            break
        office.works.stopping.wait(RATE_WINDOW)
    if failure is not None:
        raise failure
    outgoing = office.works.outgoing
    if outgoing.trouble:
        kind = LoginRefused if outgoing.login_refused else TransientFailure
        raise kind(outgoing.trouble)
    return 0


def _look_everywhere(office: Office) -> TransientFailure | None:
    failure = None
    for source in office.works.sources:
        try:
            office.runner.look(source)
        except TransientFailure as error:
            now = office.works.clock.now()
            office.works.incoming.mailbox_lost(source.name, error, now)
            failure = error
    return failure


def run_ticks(config: Config, instants: Iterable[str]) -> Iterator[str]:
    """Play time: at each instant handle all that is due; yields one JSON line each.

    Raises:
        ConfigError: a line is no instant.
    """
    moving = _MovingClock(datetime.min.replace(tzinfo=UTC))
    office: Office | None = None
    with sole_worker(config.state.folder):
        try:
            for line in instants:
                if not line.strip():
                    continue
                instant = parse_instant(line, "standard input")
                moving.instant = instant
                office = office or open_office(config, Wiring(moving, open_log()))
                yield json.dumps(_tick(office, instant))
        finally:
            if office is not None:
                _close(office)


def _tick(office: Office, instant: datetime) -> dict[str, object]:
    before = office.store.event_count()
    failure = _look_everywhere(office)
    done = office.runner.work(automatic=failure is None)
    events = office.store.event_count() - before
    row: dict[str, object] = {"at": instant.isoformat(), "sent": done.sent, "events": events}
    if failure is not None:
        row["trouble"] = str(failure)
    return row


def deliver(config: Config, files: Sequence[Path]) -> int:
    """Take `.eml` files as if they had been fetched; returns how many were new.

    Raises:
        ConfigError: a file cannot be read, or another program works on the folder.
    """
    mails = [_arrived(path) for path in files]
    with sole_worker(config.state.folder):
        office = open_office(config, Wiring(clock(), open_log(), network=False))
        try:
            office.store.release_claims()
            now = office.works.clock.now()
            new = sum(office.works.incoming.receive([mail], now) for mail in mails)
            office.runner.work(automatic=False)
        finally:
            _close(office)
    return new


def _arrived(path: Path) -> ArrivedMail:
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = ConfigProblem(0, str(path), f"cannot be read: {error.strerror}")
        raise ConfigError(str(path), (problem,)) from error
    uid = int.from_bytes(sha256(raw).digest()[:6])
    giant = len(raw) > WHOLE_OCTETS
    shown = raw[:SHOWN_OF_A_GIANT] if giant else raw
    folder = str(path.resolve().parent)
    return ArrivedMail("deliver", folder, 0, uid, shown, len(raw), truncated=giant)


def _close(office: Office) -> None:
    for source in office.works.sources:
        source.close()
    office.works.outgoing.close()
    office.works.memory.close()
