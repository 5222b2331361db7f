"""Settling: everything that was staged, written in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, text, update

from mailflow.domain.ids import PlanId
from mailflow.domain.plan import Plan
from mailflow.errors import StaleVersion
from mailflow.ports.kept import Act, Handled, OutboxState, QueuedLetter
from mailflow.store import columns, letter_mapping, queries
from mailflow.store.checks import write_checks
from mailflow.store.hot import Desk, Hot, Row, inserting, inserting_new, replacing
from mailflow.store.intake import retry_held
from mailflow.store.journal import ChainEnd, Entry, append
from mailflow.store.office import write_office
from mailflow.store.post_tables import (
    AliasRow,
    DocumentRow,
    EntryRow,
    LetterItemRow,
    LetterRow,
    OutboxRow,
    SealedRow,
    ThreadRow,
)
from mailflow.store.projection import PlanRows
from mailflow.store.staging import Held, IncidentMove, Move, Staging
from mailflow.store.tables import ActRow, ChainRow, SettingRow, table_of

_CHAIN = replacing(table_of(ChainRow))
_ACT = inserting_new(table_of(ActRow))
_UNDONE = Hot(
    update(queries.act)
    .where(queries.act.c.id == bindparam("undone"))
    .values(undone_by=bindparam("undo"))
)
_UNDOES = Hot(select(queries.act.c.undoes).where(queries.act.c.id == bindparam("of")))
_LETTER = inserting(table_of(LetterRow))
_ITEM = inserting(table_of(LetterItemRow))
_OUTBOX = inserting(table_of(OutboxRow))
_SEALED = inserting(table_of(SealedRow))
_ALIAS = inserting_new(table_of(AliasRow))
_ENTRY = replacing(table_of(EntryRow))
_THREAD = replacing(table_of(ThreadRow))
_NOTE = replacing(table_of(SettingRow))
_DOCUMENT = replacing(table_of(DocumentRow))
_RELEASED = Hot(
    update(queries.outbox)
    .where(queries.outbox.c.id == bindparam("row"), text("state = 'awaiting approval'"))
    .values(state=text("'queued'"), due_at=bindparam("due"), queued_at=bindparam("queued"))
)
_WITHDRAWN = Hot(
    update(queries.outbox)
    .where(
        queries.outbox.c.id == bindparam("row"),
        text("state IN ('awaiting approval', 'queued', 'retry', 'unknown')"),
    )
    .values(state=text("'withdrawn'"), reason=bindparam("why"))
)
_HANDLED = Hot(
    update(queries.inbox)
    .where(queries.inbox.c.id == bindparam("row"))
    .values(
        state=text("'handled'"),
        ended_at=func.coalesce(bindparam("ended"), queries.inbox.c.claimed_at),
        fate=bindparam("how"),
        fingerprint=bindparam("known_by"),
        message_id=bindparam("called"),
        sender=bindparam("whose"),
        evidence=bindparam("why"),
        summary=bindparam("short"),
        reason=text("NULL"),
    )
)
_HELD = Hot(
    update(queries.inbox)
    .where(queries.inbox.c.id == bindparam("row"))
    .values(state=text("'held'"), ended_at=bindparam("ended"), reason=bindparam("why"))
)
_INCIDENT_NEW = Hot(
    queries.incident.insert().values(key=bindparam("of"), opened_at=bindparam("opened"))
)
_INCIDENT_OVER = Hot(
    update(queries.incident)
    .where(queries.incident.c.key == bindparam("of"), text("closed_at IS NULL"))
    .values(closed_at=bindparam("closed"))
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A staging made ready outside the write lock.

    Attributes:
        staging: what is to be written.
        before: the touched plans as they were read, None for new ones.
        entries: the events as they will stand in the journal, in order.
        rows: the rows of the plan tables that change.
    """

    staging: Staging
    before: dict[PlanId, Plan | None]
    entries: tuple[Entry, ...]
    rows: PlanRows

    def write(self, desk: Desk) -> None:
        """Write everything; the transaction is the caller's.

        Raises:
            StaleVersion: something that was read has moved on.
        """
        staging = self.staging
        touched = sorted({entry.plan for entry in self.entries})
        ends = {plan: self._checked(desk, plan) for plan in touched}
        self.rows.write(desk)
        write_office(desk, staging.office_events())
        if self.entries:
            moved = append(desk, self.entries, {plan: end for plan, (_, end) in ends.items()})
            versions = [(plan, ends[plan][0] + 1, moved[plan]) for plan in touched]
            desk.many(_CHAIN, [(plan, v, end.events, end.head) for plan, v, end in versions])
            _write_acts(desk, [act for act, _, _ in staging.happened])
        _write_letters(desk, staging.letters)
        _write_small(desk, staging)
        for move in staging.moves:
            _write_move(desk, move)
        for incident in staging.incidents:
            _write_incident(desk, incident)
        _write_ends(desk, staging.ends)
        for freed in staging.freed:
            retry_held(desk, freed)

    def _checked(self, desk: Desk, plan: PlanId) -> tuple[int, ChainEnd]:
        """Return version and end of a chain, if the plan is still as it was read."""
        row = desk.one(queries.CHAIN_END, plan) or (0, 0, ChainEnd().head)
        if plan in self.before:
            before = self.before[plan]
            if row[0] != (before.version if before else 0):
                msg = f"plan {plan} moved on meanwhile"
                raise StaleVersion(msg)
        return row[0], ChainEnd(row[1], row[2])


def _write_acts(desk: Desk, acts: Iterable[Act]) -> None:
    once = list({act.id: act for act in acts}.values())
    rows = [(a.id, columns.instant_text(a.at), a.by, a.cause, a.undoes, None) for a in once]
    desk.many(_ACT, rows)
    for act in once:
        if act.undoes is None:
            continue
        desk.run(_UNDONE, act.id, act.undoes)
        earlier = desk.scalar(_UNDOES, act.undoes)
        if earlier is not None:  # an undo was undone: what it took back holds again
            desk.run(_UNDONE, None, earlier)


def _write_letters(desk: Desk, letters: dict[int, QueuedLetter]) -> None:
    desk.many(
        _LETTER, [letter_mapping.letter_row(queued.letter, row) for row, queued in letters.items()]
    )
    sent = [queued.letter for queued in letters.values()]
    shown = {(plan, n, letter.id): None for letter in sent for _, plan, n in letter.items}
    desk.many(_ITEM, list(shown))
    desk.many(_OUTBOX, [_outbox_row(row, queued) for row, queued in letters.items()])
    desk.many(_SEALED, [(row, queued.sealed) for row, queued in letters.items()])


def _outbox_row(row: int, queued: QueuedLetter) -> Row:
    return (
        row,
        queued.letter.id,
        queued.state.value,
        queued.sender,
        columns.instant_text(queued.due_at),
        columns.instant_text(queued.letter.at),
        0,
        None,
        False,
        queued.day_key,
        queued.automatic,
        queued.cause,
        queued.mailflow_id or str(queued.letter.id),
        None,
        None,
    )


def _write_small(desk: Desk, staging: Staging) -> None:
    desk.many(_ALIAS, list(staging.aliases.items()))
    desk.many(
        _ENTRY, [(*k, letter_mapping.entry_text(state)) for k, state in staging.entries.items()]
    )
    desk.many(_THREAD, list(staging.threads.items()))
    desk.many(_NOTE, list(staging.notes.items()))
    write_checks(desk, staging.checks)
    desk.many(_DOCUMENT, [(sha, len(content), None) for sha, content in staging.documents.items()])


def _write_move(desk: Desk, move: Move) -> None:
    if move.state is OutboxState.QUEUED and move.at is not None:
        at = columns.instant_text(move.at)
        desk.run(_RELEASED, at, at, move.outbox_id)
    else:
        desk.run(_WITHDRAWN, move.reason, move.outbox_id)


def _write_incident(desk: Desk, move: IncidentMove) -> None:
    at = columns.instant_text(move.at)
    if move.opened:
        desk.run(_INCIDENT_NEW, move.key, at)
    else:
        desk.run(_INCIDENT_OVER, at, move.key)


def _write_ends(desk: Desk, ends: list[Handled | Held]) -> None:
    held = [end for end in ends if isinstance(end, Held)]
    desk.many(_HELD, [(columns.instant_text(e.at), e.reason, e.inbox_id) for e in held])
    handled = [end for end in ends if isinstance(end, Handled)]
    desk.many(_HANDLED, [_handled_row(end) for end in handled])


def _handled_row(end: Handled) -> Row:
    return (
        columns.instant_text(end.at) if end.at else None,
        end.fate.value,
        end.fingerprint,
        end.message_id,
        end.sender,
        end.evidence,
        end.summary,
        end.inbox_id,
    )
