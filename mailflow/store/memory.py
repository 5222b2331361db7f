"""The store: one folder with the database and the large contents beside it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from mailflow.domain.ids import PersonId, PlanId
from mailflow.ports.kept import ClaimedMail, OutboxState, Outgoing
from mailflow.ports.wires import ArrivedMail, Outcome, Watermark
from mailflow.store import checks, erasure, intake, lease, queries
from mailflow.store.backup import copy_to
from mailflow.store.blobs import Blobs
from mailflow.store.engine import ensure_schema, open_engine, sqlite_url
from mailflow.store.hot import Desk, inserting_new
from mailflow.store.house import House
from mailflow.store.journal import ChainReport, verify_chain
from mailflow.store.revision import DATABASE
from mailflow.store.tables import SecretRow, table_of
from mailflow.store.unit_of_work import Unit
from mailflow.store.verify import Verdict, named_blobs, verify

_SECRET_NEW = inserting_new(table_of(SecretRow))


class Store:
    """All that outlives the process; any thread may use it, each with its own units.

    Args:
        folder: the state folder; it is made if it is not there, for its owner only.
        seed: 32 fresh random bytes of this process; they are never stored.
        url: another database than the one in the folder.

    Raises:
        NewerDatabase: a newer mailflow wrote the database.
    """

    def __init__(self, folder: Path, *, seed: bytes, url: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = open_engine(url or sqlite_url(folder / DATABASE))
        ensure_schema(engine)
        self._house = House(engine, Blobs(folder / "blobs"), seed)

    def unit(self) -> Unit:
        """Begin a look at what is known now."""
        return Unit(self._house)

    def secret(self, name: str, *, fresh: bytes) -> bytes:
        """Return a secret of this installation; on the first call `fresh` becomes it."""
        with self._house.reading() as desk:
            known: bytes | None = desk.scalar(queries.SECRET, name)
        if known is not None:
            return known
        with self._house.writing() as desk:
            desk.run(_SECRET_NEW, name, fresh)
            return bytes(desk.scalar(queries.SECRET, name))

    # --- the inbox ---

    def receive(self, mails: Sequence[ArrivedMail], now: datetime, *, old: bool) -> int:
        """Keep arrived mail; returns how many were not known.

        Raises:
            OSError: it could not be kept; nothing was written, nothing may be signed for.
        """
        if not mails:
            return 0
        large = intake.keep_large(self._house.blobs, mails)
        rows = [(mail, intake.digest_of(mail), large.get(mail.raw)) for mail in mails]
        with self._house.writing() as desk:
            return intake.receive(desk, rows, now, old=old)

    def set_watermarks(self, mailbox: str, marks: dict[str, Watermark]) -> None:
        """Set how far folders count as read."""
        with self._house.writing() as desk:
            intake.set_marks(desk, mailbox, marks)

    def watermarks(self, mailbox: str) -> dict[str, Watermark]:
        """Return how far each folder of the mailbox was read."""
        with self._house.reading() as desk:
            return intake.marks(desk, mailbox)

    def claim(self, limit: int, now: datetime) -> tuple[ClaimedMail, ...]:
        """Claim waiting mail, oldest first; mail that was tried before comes alone.

        A claim holds for ten minutes. Mail whose content is missing on the disk is held.
        """
        if not self.waiting_mail():
            return ()
        with self._house.writing() as desk:
            chosen = intake.claim(desk, limit, now)
        with self._house.reading() as desk:
            found = {row: intake.claimed(desk, self._house.blobs, row) for row in chosen}
        lost = [row for row, mail in found.items() if mail is None]
        if lost:
            with self._house.writing() as desk:
                intake.hold_lost(desk, lost)
        return tuple(mail for mail in found.values() if mail is not None)

    def release_claims(self) -> None:
        """Free what a former life of this worker had claimed, in and out."""
        with self._house.writing() as desk:
            intake.free(desk)
            lease.lose_claims(desk)

    def waiting_mail(self) -> int:
        """Return how much received mail is not handled yet (held mail apart)."""
        with self._house.reading() as desk:
            return intake.waiting(desk)

    # --- the outbox ---

    def claim_outgoing(self, limit: int, now: datetime, *, automatic: bool) -> tuple[Outgoing, ...]:
        """Claim letters that are due, answers first; without `automatic` only answers."""
        with self._house.reading() as desk:
            if not lease.anything_due(desk, now):
                return ()
        with self._house.writing() as desk:
            return tuple(lease.claim_outgoing(desk, limit, now, automatic=automatic))

    def claim_while_stopped(self, alarm: int, now: datetime) -> tuple[Outgoing, ...]:
        """Claim the row that tells why sending was stopped, and answers to commands."""
        with self._house.writing() as desk:
            return tuple(lease.claim_while_stopped(desk, alarm, now))

    def record_outcomes(
        self, outcomes: Sequence[tuple[int, Outcome, OutboxState, datetime | None]], now: datetime
    ) -> None:
        """Write how submissions ended: row, outcome, new state, when to try again."""
        with self._house.writing() as desk:
            lease.record_outcomes(desk, outcomes, now)

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next letter is due, `now` at the earliest; None when nothing waits."""
        with self._house.reading() as desk:
            return lease.next_due(desk, now)

    # --- people ---

    def next_check(self) -> datetime | None:
        """Return when the next person is to be looked at, None when nobody is."""
        with self._house.reading() as desk:
            return checks.next_check(desk)

    # --- care ---

    def event_count(self) -> int:
        """Return how many events the journal holds: its numbers have no gaps."""
        with self._house.reading() as desk:
            return int(desk.scalar(queries.NEWEST_EVENT) or 0)

    def retry_held(self, inbox_id: int) -> bool:
        """Let a held mail be handled anew, its attempts forgotten; False when it is not held."""
        with self._house.writing() as desk:
            return intake.retry_held(desk, inbox_id)

    def verify(self) -> Verdict:
        """Check pages, references, chains and large contents."""
        with self._house.reading() as desk:
            return verify(desk, self._house.blobs)

    def sweep(self) -> int:
        """Remove large contents that a crash left and no row names; returns how many.

        Only where nobody else writes: a content stands on the disk before its row.
        """
        with self._house.writing() as desk:
            return self._house.blobs.sweep(named_blobs(desk))

    def backup(self, target: Path) -> Verdict:
        """Copy everything into a new folder, open the copy, and check it.

        Raises:
            FileExistsError: the folder is there already.
            OSError: it could not be written; no folder appears.
        """
        with self._house.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            copy_to(driver, self._house.blobs, target)
        engine = open_engine(sqlite_url(target / DATABASE))
        try:
            with House(engine, Blobs(target / "blobs"), b"").reading() as desk:
                return verify(desk, Blobs(target / "blobs"))
        finally:
            engine.dispose()

    def erase_person(self, person: PersonId, at: datetime) -> bool:
        """Erase who a person is, what she wrote and what was written to her.

        Returns False when bytes may still stand in the log, because somebody looked for long:
        then erase again.
        """
        return self._erase(lambda desk: erasure.erase_person(desk, person, at))

    def erase_plan(self, plan: PlanId, at: datetime) -> bool:
        """Erase the words of a plan, its letters, mails and documents; see `erase_person`."""
        return self._erase(lambda desk: erasure.erase_plan(desk, plan, at))

    def erase_old_mail(self, before: datetime) -> bool:
        """Erase raw mail that ended before an instant, and sent bytes; see `erase_person`."""
        return self._erase(lambda desk: erasure.erase_old_mail(desk, before))

    def _erase(self, erasing: Callable[[Desk], set[str]]) -> bool:
        with self._house.writing() as desk:
            gone = erasing(desk)
        for name in gone:
            self._house.blobs.erase(name)
        with self._house.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            return erasure.scrub(driver)

    def verify_chain(self, plan: PlanId) -> ChainReport:
        """Check the journal chain of a plan; plan 0 is the office's own."""
        with self._house.reading() as desk:
            return verify_chain(desk, plan)

    def close(self) -> None:
        """Close the database."""
        self._house.engine.dispose()
