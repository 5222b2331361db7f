"""The loops of the engine room: take mail in, work on it, send, and look at the clock.

This is the one place with a blanket handler: a bug parks the message that found it, is told,
and the next message goes on.
"""

import errno
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from mailflow.errors import LoginRefused, StaleVersion, TransientFailure
from mailflow.flow.incoming import Incoming
from mailflow.flow.outgoing import OutgoingMail
from mailflow.flow.timers import Timers
from mailflow.ports import ArrivedMail, ClaimedMail, Clock, MailSource, Memory

LONGEST_SLEEP = 60.0
FRESH = timedelta(seconds=60)
"""An automatic letter leaves only if every mailbox was fetched at most this long ago."""

IDLE_SECONDS = 300.0
POLL_SECONDS = 50.0
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
LOGIN_PAUSE = 900.0
"""Wrong passwords in quick succession lock an account."""


@dataclass(slots=True)
class Works:
    """Everything that turns, wired by `bootstrap.py`."""

    memory: Memory
    clock: Clock
    incoming: Incoming
    outgoing: OutgoingMail
    timers: Timers
    sources: tuple[MailSource, ...]
    log: structlog.BoundLogger
    trigger: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)
    fetched_at: dict[str, datetime] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    beat: datetime | None = None
    poll_seconds: float = POLL_SECONDS


@dataclass(frozen=True, slots=True)
class Done:
    """What one round of work did."""

    handled: int = 0
    sent: int = 0
    deferred: int = 0
    must_wait: bool = False


class Runner:
    """Works off what is there; nothing waits for the sake of a batch."""

    def __init__(self, works: Works) -> None:
        self._works = works

    # -- one round

    def work(self, *, automatic: bool | None = None) -> Done:
        """Handle all waiting mail, write what time brings, and send what is due.

        Args:
            automatic: whether letters that time brings may be written and leave; by default
                only if every mailbox was fetched within the last minute.
        """
        works = self._works
        works.beat = works.clock.now()
        handled, sent, deferred = 0, 0, 0
        while claimed := works.incoming.claim(works.clock.now()):
            handled += self._handle(claimed)
            answers = works.outgoing.send_due(works.clock.now(), automatic=False)
            sent, deferred = sent + answers.sent, deferred + answers.deferred
        fresh = self._is_fresh() if automatic is None else automatic
        while fresh and works.timers.run_due(works.clock.now()):
            pass
        while not works.stopping.is_set():
            batch = works.outgoing.send_due(works.clock.now(), automatic=fresh)
            sent, deferred = sent + batch.sent, deferred + batch.deferred
            if not batch.tried:
                return Done(handled, sent, deferred, batch.must_wait)
        return Done(handled, sent, deferred)

    def _is_fresh(self) -> bool:
        """Tell whether nothing can have arrived unseen: the brake on automatic letters."""
        works = self._works
        now = works.clock.now()
        fetched = [works.fetched_at.get(source.name) for source in works.sources]
        known = all(at is not None and now - at <= FRESH for at in fetched)
        return known and works.memory.waiting_mail() == 0

    def _handle(self, claimed: Sequence[ClaimedMail]) -> int:
        """Handle a batch; when one mail breaks it, handle each alone and park the culprit."""
        works = self._works
        try:
            works.incoming.handle(claimed, works.clock.now())
        except OSError:
            raise  # the disk, not the mail: nothing is parked for that
        except Exception as bug:
            if len(claimed) == 1:
                self._park(claimed[0], bug)
            else:
                for mail in claimed:
                    self._handle([mail])
        return len(claimed)

    def _park(self, mail: ClaimedMail, bug: Exception) -> None:
        works = self._works
        place = traceback.extract_tb(bug.__traceback__)[-1]
        where = f"{type(bug).__name__} at {place.name}:{place.lineno}"
        works.log.error("parked", journey=mail.inbox_id, reason=where)
        if isinstance(bug, StaleVersion):
            return  # its plan is busy: the lease runs out, and it is tried again
        works.incoming.park(mail, f"a fault of the program ({where})", works.clock.now())

    # -- the threads

    def work_forever(self) -> None:
        """Work, then sleep until mail arrives, a letter is due, or a minute has passed."""
        works = self._works
        while not works.stopping.is_set():
            works.trigger.clear()
            try:
                self.work()
            except OSError as trouble:
                works.log.exception("storage failed")
                if trouble.errno == errno.EIO:  # after a failed fsync nothing can be trusted
                    works.stopping.set()
                works.stopping.wait(FIRST_PAUSE)
            except Exception:
                works.log.exception("round failed")
                works.stopping.wait(FIRST_PAUSE)
            works.trigger.wait(self._until_due())

    def _until_due(self) -> float:
        works = self._works
        due = [works.memory.next_due(works.clock.now()), works.memory.next_check()]
        first = min((at for at in due if at is not None), default=None)
        if first is None:
            return LONGEST_SLEEP
        seconds = (first - works.clock.now()).total_seconds()
        return min(LONGEST_SLEEP, max(1.0, seconds))

    def watch_forever(self, source: MailSource) -> None:
        """Take mail in from one mailbox, for ever; a trouble is noted and tried again."""
        works = self._works
        pause = FIRST_PAUSE
        while not works.stopping.is_set():
            try:
                self.look(source)
                pause = FIRST_PAUSE
                source.wait(works.poll_seconds)
            except LoginRefused as refused:
                self._troubled(source, refused)
                works.stopping.wait(LOGIN_PAUSE)
            except TransientFailure as failure:
                self._troubled(source, failure)
                works.stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:
                works.log.exception("mailbox failed")
                source.close()
                works.stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        source.close()

    def look(self, source: MailSource) -> int:
        """Take in what is new, once.

        Raises:
            TransientFailure: the mailbox cannot be reached.
        """
        works = self._works
        began = works.clock.now()
        count = works.incoming.take_in(source, began)
        if source.name in works.troubles or source.name not in works.fetched_at:
            works.troubles.pop(source.name, None)
            works.incoming.mailbox_back(source.name, began)
            works.log.info("mailbox reached")
        works.fetched_at[source.name] = began
        works.trigger.set()
        return count

    def _troubled(self, source: MailSource, failure: TransientFailure) -> None:
        works = self._works
        word = "login refused" if isinstance(failure, LoginRefused) else "cannot be reached"
        if not works.troubles.get(source.name, "").startswith(word):
            works.incoming.mailbox_lost(source.name, failure, works.clock.now())
            works.log.warning("mailbox trouble", reason=word)
            works.trigger.set()
        works.troubles[source.name] = f"{word}: {failure}"
        source.close()

    def take(self, mail: ArrivedMail) -> None:
        """Keep one mail that came to our own door; the commit comes before the answer."""
        works = self._works
        works.incoming.receive([mail], works.clock.now())
        works.trigger.set()
