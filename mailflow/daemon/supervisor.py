"""Threads, signals and an orderly end."""

import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from mailflow.daemon.health import Health
from mailflow.daemon.runner import Runner, Works

HEARTBEAT = 15.0
GOODBYE = 5.0
LONGEST_ROUND = timedelta(minutes=10)


class Door(Protocol):
    """Something that is opened and closed with the daemon, such as the LMTP intake."""

    def start(self) -> None:
        """Open it."""
        ...

    def stop(self) -> None:
        """Close it."""
        ...


class Supervisor:
    """Keeps one thread a mailbox and one for the work, until a signal says stop."""

    def __init__(
        self, works: Works, runner: Runner, health: Health, doors: tuple[Door, ...] = ()
    ) -> None:
        self._works = works
        self._runner = runner
        self._health = health
        self._doors = doors

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; returns when every thread has come home."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        for door in self._doors:
            door.start()
        threads = [self._thread("work", self._runner.work_forever)]
        threads += [
            self._thread(f"watch {source.name}", self._runner.watch_forever, source)
            for source in self._works.sources
        ]
        self._health.ready()
        while not self._works.stopping.wait(HEARTBEAT):
            if all(thread.is_alive() for thread in threads) and not self._hangs():
                self._health.alive(self._status())
        self._end(threads)

    def stop(self) -> None:
        """Ask every thread to come home."""
        self._works.stopping.set()
        self._works.trigger.set()
        for source in self._works.sources:
            source.wake()

    def _hangs(self) -> bool:
        """Tell whether a round of work has taken too long; the watchdog then restarts us."""
        beat = self._works.beat
        return beat is not None and self._works.clock.now() - beat > LONGEST_ROUND

    def _status(self) -> str:
        troubles = dict(self._works.troubles)
        if self._works.outgoing.trouble:
            troubles["sending"] = self._works.outgoing.trouble
        return "; ".join(f"{name}: {reason}" for name, reason in troubles.items()) or "watching"

    def _end(self, threads: list[threading.Thread]) -> None:
        self._health.stopping()
        for door in self._doors:
            door.stop()
        for thread in threads:
            thread.join(GOODBYE)
        self._works.memory.close()

    @staticmethod
    def _thread(name: str, work: Callable[..., None], *args: object) -> threading.Thread:
        thread = threading.Thread(target=work, args=args, name=name, daemon=True)
        thread.start()
        return thread
