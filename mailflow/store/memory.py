"""The store: one folder with the database and the large contents beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mailflow.domain.ids import PlanId
from mailflow.ports.kept import ClaimedMail, OutboxState, Outgoing
from mailflow.ports.wires import ArrivedMail, Outcome, Watermark
from mailflow.store import checks, intake, lease, queries
from mailflow.store.blobs import Blobs
from mailflow.store.engine import ensure_schema, open_engine, sqlite_url
from mailflow.store.hot import inserting_new
from mailflow.store.house import House
from mailflow.store.journal import ChainReport, verify_chain
from mailflow.store.revision import DATABASE
from mailflow.store.tables import SecretRow, table_of
from mailflow.store.unit_of_work import Unit

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
            sqlite3.Error, OSError: it could not be kept; nothing was written, nothing may be
                signed for.
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
        """Claim waiting mail, oldest first; mail that was tried before comes alone."""
        if not self.waiting_mail():
            return ()
        with self._house.writing() as desk:
            chosen = intake.claim(desk, limit, now)
        with self._house.reading() as desk:
            found = [intake.claimed(desk, self._house.blobs, row) for row in chosen]
        return tuple(mail for mail in found if mail is not None)

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
        due = self.next_due(now)
        if due is None or due > now:
            return ()
        with self._house.writing() as desk:
            return tuple(lease.claim_outgoing(desk, limit, now, automatic=automatic))

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

    def verify_chain(self, plan: PlanId) -> ChainReport:
        """Check the journal chain of a plan; plan 0 is the office's own."""
        with self._house.reading() as desk:
            return verify_chain(desk, plan)

    def close(self) -> None:
        """Close the database."""
        self._house.engine.dispose()
