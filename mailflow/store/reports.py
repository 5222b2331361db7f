"""What the provider's digest asks: mail that ended, mail that is held, letters refused."""

from datetime import datetime

from sqlalchemy import bindparam, literal_column, select, text

from mailflow.domain.ids import PersonId
from mailflow.ports.kept import ANSWERING, Handled, MailFate
from mailflow.store import columns
from mailflow.store.hot import Desk, Hot, Row
from mailflow.store.post_tables import InboxRow, LetterRow, OutboxRow
from mailflow.store.tables import IS_HELD, table_of

_inbox = table_of(InboxRow)
_outbox = table_of(OutboxRow)
_letter = table_of(LetterRow)
_ENDED = Hot(
    select(
        _inbox.c.id,
        _inbox.c.fate,
        _inbox.c.fingerprint,
        _inbox.c.message_id,
        _inbox.c.sender,
        _inbox.c.evidence,
        _inbox.c.summary,
        _inbox.c.ended_at,
    )
    .where(text("state = 'handled'"), _inbox.c.ended_at >= bindparam("since"))
    .order_by(_inbox.c.ended_at, _inbox.c.id)
)
_HELD = Hot(select(_inbox.c.id, _inbox.c.reason).where(text(IS_HELD)).order_by(_inbox.c.id))
_REFUSED = Hot(
    select(_letter.c.person, _outbox.c.reason)
    .join_from(_outbox, _letter, _letter.c.id == _outbox.c.letter)
    .where(text("state = 'refused'"), _outbox.c.ended_at >= bindparam("since"))
    .order_by(_outbox.c.ended_at, _outbox.c.id)
)

_NEWEST = Hot(
    select(_letter.c.at)
    .where(_letter.c.person == bindparam("person"))
    .order_by(_letter.c.id.desc())
    .limit(literal_column("1"))
    .offset(bindparam("skipped"))
)
_OF_LATE = Hot(
    select(_letter.c.kind)
    .where(_letter.c.person == bindparam("person"), _letter.c.at >= bindparam("since"))
    .order_by(_letter.c.id.desc())
    .suffix_with(text("LIMIT 1000"))
)


def answered_since(desk: Desk, person: PersonId, at: datetime, most: int) -> int:
    """Return how many letters that answer were written to a person since then.

    Mostly one glance tells: the letter that makes it too many is older.
    """
    since = columns.instant_text(at)
    oldest = desk.scalar(_NEWEST, person, most - 1)
    if oldest is None or oldest < since:
        return 0
    return sum(kind in ANSWERING for (kind,) in desk.all(_OF_LATE, person, since))


def handled_since(desk: Desk, at: datetime, fates: tuple[MailFate, ...]) -> list[Handled]:
    """Return mails that ended so since then (any fate, if none is named), oldest first."""
    ended = map(_handled, desk.all(_ENDED, columns.instant_text(at)))
    return [handled for handled in ended if not fates or handled.fate in fates]


def held_mail(desk: Desk) -> dict[int, str]:
    """Return the held mails and why, by inbox row."""
    return dict(desk.all(_HELD))


def undelivered_since(desk: Desk, at: datetime) -> tuple[tuple[PersonId, str], ...]:
    """Return to whom letters were refused since then, and what the server said."""
    rows = desk.all(_REFUSED, columns.instant_text(at))
    return tuple((PersonId(person), reason or "") for person, reason in rows)


def _handled(row: Row) -> Handled:
    return Handled(
        inbox_id=row[0],
        fate=MailFate(row[1]),
        fingerprint=row[2],
        message_id=row[3],
        sender=row[4],
        evidence=row[5],
        summary=row[6],
        at=datetime.fromisoformat(row[7]),
    )
