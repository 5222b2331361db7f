"""The outbox: letters that are due are claimed, tried, and their end is written down.

A claim that outlives its worker becomes UNKNOWN, for nobody can say whether the dot was
sent. Answers go before what stands in a schedule.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, text, update

from mailflow.domain.ids import PersonId
from mailflow.ports.kept import OutboxState, Outgoing
from mailflow.ports.wires import Outcome, SealedMail
from mailflow.store import columns
from mailflow.store.hot import Desk, Hot, Row
from mailflow.store.post_tables import LetterRow, OutboxRow, SealedRow
from mailflow.store.tables import IS_LEAVING, table_of

_outbox = table_of(OutboxRow)
_letter = table_of(LetterRow)
_sealed = table_of(SealedRow)
_NOT_TRYING = "state <> 'trying'"
_DUE = Hot(
    select(_outbox.c.id)
    .where(
        text(IS_LEAVING),
        text(_NOT_TRYING),
        _outbox.c.automatic == bindparam("automatic"),
        _outbox.c.due_at <= bindparam("now"),
    )
    .order_by(_outbox.c.due_at, _outbox.c.id)
    .with_for_update(skip_locked=True)
    .suffix_with(text("LIMIT 200"))
)
_NEXT = Hot(
    select(func.min(_outbox.c.due_at)).where(
        text(IS_LEAVING), text(_NOT_TRYING), _outbox.c.automatic == bindparam("automatic")
    )
)
_DUE_WHILE_STOPPED = Hot(
    select(_outbox.c.id)
    .join_from(_outbox, _letter, _letter.c.id == _outbox.c.letter)
    .where(
        text(IS_LEAVING),
        text(_NOT_TRYING),
        _outbox.c.automatic == bindparam("automatic"),
        _outbox.c.due_at <= bindparam("now"),
        or_(
            _outbox.c.id == bindparam("alarm"),
            text("letter.kind IN ('transcript', 'confirmation_asked')"),
        ),
    )
    .order_by(_outbox.c.due_at, _outbox.c.id)
    .suffix_with(text("LIMIT 50"))
)
_TRY = Hot(
    update(_outbox)
    .where(_outbox.c.id == bindparam("row"))
    .values(state=text("'trying'"), attempts=text("attempts + 1"), tried_at=bindparam("tried"))
)
_TRIED = Hot(
    select(
        _outbox.c.id,
        _outbox.c.sender,
        _letter.c.address,
        _sealed.c.content,
        _letter.c.kind,
        _letter.c.person,
        _outbox.c.attempts,
        _outbox.c.queued_at,
        _outbox.c.automatic,
        _outbox.c.mailflow_id,
        _outbox.c.was_unknown,
    )
    .join_from(_outbox, _letter, _letter.c.id == _outbox.c.letter)
    .join(_sealed, _sealed.c.outbox == _outbox.c.id)
    .where(_outbox.c.id == bindparam("row"))
)
_ENDED = Hot(
    update(_outbox)
    .where(_outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("becomes"),
        due_at=func.coalesce(bindparam("again"), _outbox.c.due_at),
        was_unknown=_outbox.c.was_unknown.op("OR")(bindparam("unclear")),
        ended_at=bindparam("ended"),
        reason=bindparam("why"),
    )
)
_LOST = Hot(
    update(_outbox)
    .where(text(IS_LEAVING), text("state = 'trying'"))
    .values(state=text("'unknown'"), was_unknown=text("TRUE"))
)

_EXPIRED = Hot(
    update(_outbox)
    .where(text(IS_LEAVING), text("state = 'trying'"), _outbox.c.tried_at < bindparam("expired"))
    .values(state=text("'unknown'"), was_unknown=text("TRUE"))
)

_OLDEST_TRY = Hot(
    select(func.min(_outbox.c.tried_at)).where(text(IS_LEAVING), text("state = 'trying'"))
)

LEASE = timedelta(hours=2)
"""How long a try may take, that of a whole batch over a slow line included."""

_FINAL = frozenset({OutboxState.SENT, OutboxState.REFUSED, OutboxState.WITHDRAWN})


def claim_outgoing(desk: Desk, limit: int, now: datetime, *, automatic: bool) -> list[Outgoing]:
    """Claim letters that are due, answers first; without `automatic` only answers."""
    at = columns.instant_text(now)
    desk.run(_EXPIRED, columns.instant_text(now - LEASE))
    due = desk.all(_DUE, False, at)  # noqa: FBT003 - the column's value
    if automatic and len(due) < limit:
        due += desk.all(_DUE, True, at)  # noqa: FBT003 - the column's value
    return _tried(desk, due[:limit], at)


def claim_while_stopped(desk: Desk, alarm: int, now: datetime) -> list[Outgoing]:
    """Claim the alarm that tells of it, and what answers a provider's commands."""
    at = columns.instant_text(now)
    due = desk.all(_DUE_WHILE_STOPPED, False, at, alarm)  # noqa: FBT003 - the column's value
    return _tried(desk, due, at)


def _tried(desk: Desk, chosen: Sequence[Row], at: str) -> list[Outgoing]:
    desk.many(_TRY, [(at, row[0]) for row in chosen])
    return [_outgoing(row) for (outbox_id,) in chosen for row in desk.all(_TRIED, outbox_id)]


def record_outcomes(
    desk: Desk,
    outcomes: Sequence[tuple[int, Outcome, OutboxState, datetime | None]],
    now: datetime,
) -> None:
    """Write how submissions ended."""
    desk.many(_ENDED, list(_endings(outcomes, now)))


def next_due(desk: Desk, now: datetime) -> datetime | None:
    """Return when the next letter is due, `now` at the earliest; None when nothing waits."""
    waiting = [desk.scalar(_NEXT, automatic) for automatic in (False, True)]
    due = min((at for at in waiting if at), default=None)
    return max(now, datetime.fromisoformat(due)) if due else None


def anything_due(desk: Desk, now: datetime) -> bool:
    """Return whether claiming may find something."""
    due = next_due(desk, now)
    oldest = desk.scalar(_OLDEST_TRY)
    return due == now or (oldest or "9") < columns.instant_text(now - LEASE)


def lose_claims(desk: Desk) -> None:
    """Note that nobody knows how the tries of a former life ended."""
    desk.run(_LOST)


def _outgoing(row: Row) -> Outgoing:
    return Outgoing(
        mail=SealedMail(row[0], row[1], row[2], row[3]),
        kind=row[4],
        to=PersonId(row[5]),
        attempts=row[6],
        queued_at=datetime.fromisoformat(row[7]),
        automatic=bool(row[8]),
        mailflow_id=row[9],
        was_unknown=bool(row[10]),
    )


def _endings(
    outcomes: Iterable[tuple[int, Outcome, OutboxState, datetime | None]], now: datetime
) -> Iterable[Row]:
    for outbox_id, outcome, state, again in outcomes:
        yield (
            state.value,
            columns.instant_text(again) if again else None,
            state is OutboxState.UNKNOWN,
            columns.instant_text(now) if state in _FINAL else None,
            outcome.answer,
            outbox_id,
        )
