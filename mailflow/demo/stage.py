"""The stage of the demo: the mail world, the real daemon on it, and a clock that is moved."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import Config
from mailflow.daemon.logs import open_log
from mailflow.demo.programs import Received
from mailflow.demo.world import MailWorld, PersonMailbox

PASSWORD = "demo"  # noqa: S105 - opens nothing but the embedded world
LOOK_AGAIN = 1.0
"""Seconds; the embedded server loses the hint for mail that comes as one begins to listen."""

BOT = "mailflow@reed.example"
DANA = "dana@reed.example"


class StageClock:
    """A clock that the story moves on, and that never stands quite still."""

    def __init__(self, start: datetime) -> None:
        self._instant = start.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the story's instant, a moment later at each look."""
        with self._lock:
            self._instant += timedelta(milliseconds=1)
            return self._instant

    def move_to(self, instant: datetime) -> None:
        """Let time pass until then; it never goes back."""
        with self._lock:
            self._instant = max(self._instant, instant.astimezone(UTC))


@dataclass(slots=True)
class Stage:
    """Where the story plays."""

    clock: StageClock
    world: MailWorld
    office: Office
    people: dict[str, PersonMailbox] = field(default_factory=dict)
    unread: dict[str, list[Received]] = field(default_factory=dict)
    opened: dict[str, Received] = field(default_factory=dict)

    def let_time_pass(self, instant: datetime) -> None:
        """Move the clock and let the daemon look at it."""
        self.clock.move_to(instant)
        for source in self.office.works.sources:
            source.wake()
        self.office.works.trigger.set()

    def wait_for_event(self, before: int, seconds: float = 20.0) -> bool:
        """Wait until the journal holds more than `before` events; False if it never does."""
        for _ in range(int(seconds * 10)):
            if self.office.store.event_count() > before:
                return True
            self.office.works.stopping.wait(0.1)
        return False

    def wait_for(
        self, address: str, wanted: Callable[[Received], bool], seconds: float = 60.0
    ) -> Received | None:
        """Return the newest unread mail of somebody that is wanted, None if none comes."""
        person = self.people[address]
        unread = self.unread.setdefault(address, [])
        for _ in range(int(seconds * 4)):
            unread += [Received.of(raw) for raw in person.read_new(0.25)]
            found = next((mail for mail in reversed(unread) if wanted(mail)), None)
            if found is not None:
                unread.remove(found)
                return found
        return None


def settings(world: MailWorld, folder: Path, *, live: bool) -> Config:
    """Return the settings of the demo's office."""
    return Config.model_validate(
        {
            "provider": {"name": "Dana Reed", "addresses": [DANA], "timezone": "Europe/London"},
            "mailbox": [
                {
                    "address": BOT,
                    "imap": f"imap://{world.host}:{world.imap_port}",
                    "password": PASSWORD,
                }
            ],
            "sending": {
                "smtp": f"smtp://{world.host}:{world.smtp_port}",
                "user": BOT,
                "password": PASSWORD,
            },
            "state": {"folder": folder},
            "mode": {"live": live},
        }
    )


@contextmanager
def raised(folder: Path, start: datetime, people: tuple[str, ...], log: TextIO) -> Iterator[Stage]:
    """Open the world and start the daemon's own threads on it."""
    clock = StageClock(start)
    with MailWorld(clock) as world:
        world.add_account(BOT, PASSWORD)
        mailboxes = {address: world.add_account(address, PASSWORD) for address in people}
        config = settings(world, folder, live=False)
        office = open_office(config, Wiring(clock, open_log(log, debug=True), debug=True))
        works, runner = office.works, office.runner
        works.poll_seconds = LOOK_AGAIN
        threads = [threading.Thread(target=runner.work_forever, daemon=True)]
        threads += [
            threading.Thread(target=runner.watch_forever, args=(source,), daemon=True)
            for source in works.sources
        ]
        for source in works.sources:
            runner.look(source)
        for thread in threads:
            thread.start()
        try:
            yield Stage(clock, world, office, mailboxes)
        finally:
            works.stopping.set()
            works.trigger.set()
            for source in works.sources:
                source.wake()
            for thread in threads:
                thread.join(5)
            works.outgoing.close()
            works.memory.close()
