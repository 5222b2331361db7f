"""The inbox: mail is kept before anything is understood of it, and then claimed.

Small mails stand in the database and share the fsync of their rows; large ones are blobs. A
mail is known by its place in the mailbox, and again by its content, because UIDVALIDITY may
change and the same mail be fetched under another number.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, text, update

from mailflow.ports.kept import ClaimedMail, InboxState
from mailflow.ports.wires import ArrivedMail, Watermark
from mailflow.store import columns
from mailflow.store.blobs import Blobs
from mailflow.store.hot import Desk, Hot, Row, inserting, replacing
from mailflow.store.post_tables import InboxRow, RawRow, WatermarkRow
from mailflow.store.tables import HAS_UID, IS_HELD, IS_WAITING, table_of

SMALL = 64 * 1024
"""Octets up to which raw mail stands in the database."""

BATCH_OCTETS = 16 * 1024 * 1024
"""A claimed batch ends with the mail that passes this size."""

LEASE = timedelta(minutes=10)
"""How long a claim holds; a worker that failed without dying never gives it back."""

_HEADER = 64 * 1024
_ID_LIMIT = 998

_inbox = table_of(InboxRow)
_raw = table_of(RawRow)
_mark = table_of(WatermarkRow)
_BY_UID = Hot(
    select(_inbox.c.id).where(
        _inbox.c.mailbox == bindparam("mailbox"),
        _inbox.c.folder == bindparam("folder"),
        _inbox.c.uidvalidity == bindparam("uidvalidity"),
        _inbox.c.uid == bindparam("uid"),
        text(HAS_UID),
    )
)
_BY_DIGEST = Hot(select(_inbox.c.id).where(_inbox.c.digest == bindparam("digest")))
_LAST = Hot(select(func.max(_inbox.c.id)))
_NEW = inserting(_inbox)
_NEW_RAW = inserting(_raw)
_MARK = replacing(_mark)
_MARKS = Hot(
    select(_mark.c.folder, _mark.c.uidvalidity, _mark.c.last_uid).where(
        _mark.c.mailbox == bindparam("mailbox")
    )
)
_WAITING = Hot(
    select(_inbox.c.id, _inbox.c.attempts, _inbox.c.size)
    .where(
        text(IS_WAITING),
        or_(text("state = 'received'"), _inbox.c.claimed_at < bindparam("expired")),
    )
    .order_by(_inbox.c.id)
    .with_for_update(skip_locked=True)
    .suffix_with(text("LIMIT 200"))
)
_CLAIM = Hot(
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"))
    .values(state=text("'claimed'"), attempts=text("attempts + 1"), claimed_at=bindparam("claimed"))
)
_CLAIMED = Hot(
    select(_inbox, _raw.c.content)
    .join_from(_inbox, _raw, _raw.c.inbox == _inbox.c.id, isouter=True)
    .where(_inbox.c.id == bindparam("row"))
)
_FREE = Hot(
    update(_inbox)
    .where(text(IS_WAITING), text("state = 'claimed'"))
    .values(state=text("'received'"))
)
_RETRY = Hot(
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"), text(IS_HELD))
    .values(state=text("'received'"), attempts=text("0"), reason=text("NULL"))
)
_LOST = Hot(
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"))
    .values(state=text("'held'"), reason=text("'its content is missing on the disk'"))
)
_COUNT = Hot(select(func.count()).select_from(_inbox).where(text(IS_WAITING)))
_COLUMNS = {column.name: place for place, column in enumerate(_inbox.columns)}


def digest_of(mail: ArrivedMail) -> bytes:
    """Return by what the same mail is known again; other envelope recipients, another mail."""
    envelope = "\n".join(mail.recipients).encode("utf-8", "surrogateescape")
    return hashlib.sha256(b"%d\n%b\n" % (len(envelope), envelope) + mail.raw).digest()


def keep_large(blobs: Blobs, mails: Sequence[ArrivedMail]) -> dict[bytes, str]:
    """Put the large ones on the disk before any row speaks of them; returns their names."""
    large = [mail.raw for mail in mails if len(mail.raw) > SMALL]
    return dict(zip(large, blobs.keep(large), strict=True))


def receive(
    desk: Desk, mails: Sequence[tuple[ArrivedMail, bytes, str | None]], now: datetime, *, old: bool
) -> int:
    """Write a row for each mail (with its digest and blob) that is not known; how many are new."""
    last: int = desk.scalar(_LAST) or 0
    rows: list[Row] = []
    raws: list[Row] = []
    seen: set[bytes] = set()
    for mail, digest, blob in mails:
        if digest in seen or _is_known(desk, mail, digest):
            continue
        seen.add(digest)
        number = last + len(rows) + 1
        rows.append(_row(number, mail, digest, blob, (now, old)))
        if blob is None:
            raws.append((number, mail.raw))
    desk.many(_NEW, rows)
    desk.many(_NEW_RAW, raws)
    return len(rows)


def set_marks(desk: Desk, mailbox: str, marks: dict[str, Watermark]) -> None:
    """Set how far folders count as read."""
    rows = [(mailbox, folder, mark.uidvalidity, mark.last_uid) for folder, mark in marks.items()]
    desk.many(_MARK, rows)


def marks(desk: Desk, mailbox: str) -> dict[str, Watermark]:
    """Return how far each folder of the mailbox was read."""
    return {folder: Watermark(era, uid) for folder, era, uid in desk.all(_MARKS, mailbox)}


def claim(desk: Desk, limit: int, now: datetime) -> list[int]:
    """Claim waiting mail, oldest first; returns the rows.

    Mail that was claimed before is claimed alone: if it was the one that killed its worker,
    its neighbours must not be counted down with it.
    """
    expired = columns.instant_text(now - LEASE)
    chosen = list(_batch(desk.all(_WAITING, expired)[:limit]))
    at = columns.instant_text(now)
    desk.many(_CLAIM, [(at, row) for row in chosen])
    return chosen


def claimed(desk: Desk, blobs: Blobs, row_id: int) -> ClaimedMail | None:
    """Return a claimed mail with its bytes; None where they are missing."""
    row = desk.one(_CLAIMED, row_id)
    assert row is not None, "a claimed row is there"
    blob = row[_COLUMNS["blob"]]
    raw = blobs.read(blob) if blob else row[-1]
    if raw is None:
        return None
    return ClaimedMail(
        inbox_id=row_id,
        raw=raw,
        mailbox=row[_COLUMNS["mailbox"]],
        attempts=row[_COLUMNS["attempts"]],
        received_at=datetime.fromisoformat(row[_COLUMNS["received_at"]]),
        truncated=bool(row[_COLUMNS["truncated"]]),
        junk=bool(row[_COLUMNS["junk"]]),
        old=bool(row[_COLUMNS["old"]]),
    )


def hold_lost(desk: Desk, row_ids: Sequence[int]) -> None:
    """Set aside mails whose content is missing, so that a person hears of them."""
    desk.many(_LOST, [(row_id,) for row_id in row_ids])


def free(desk: Desk) -> None:
    """Let claimed mail wait again."""
    desk.run(_FREE)


def retry_held(desk: Desk, row_id: int) -> bool:
    """Let a held mail wait again; False when it is not held."""
    return desk.run(_RETRY, row_id) > 0


def waiting(desk: Desk) -> int:
    """Return how much mail waits or is being worked on."""
    return int(desk.scalar(_COUNT))


def _batch(rows: list[Row]) -> Iterator[int]:
    octets = 0
    for place, (row_id, attempts, size) in enumerate(rows):
        if (place and attempts) or octets > BATCH_OCTETS:
            return
        yield row_id
        octets += size
        if attempts:
            return


def _is_known(desk: Desk, mail: ArrivedMail, digest: bytes) -> bool:
    place = (mail.mailbox, mail.folder, mail.uidvalidity, mail.uid)
    if mail.uid > 0 and desk.one(_BY_UID, *place) is not None:
        return True
    return desk.one(_BY_DIGEST, digest) is not None


def _row(
    number: int, mail: ArrivedMail, digest: bytes, blob: str | None, arrival: tuple[datetime, bool]
) -> Row:
    now, old = arrival
    return (
        number,
        mail.mailbox,
        mail.folder,
        mail.uidvalidity,
        mail.uid,
        digest,
        blob,
        mail.size,
        mail.truncated,
        columns.listed(mail.recipients),
        mail.junk,
        old,
        InboxState.RECEIVED.value,
        0,
        columns.instant_text(now),
        *(None,) * 4,
        _message_id(mail.raw),
        *(None,) * 4,
    )


def _header_end(raw: bytes) -> int:
    """Return where the header ends at the latest; the body is not worth a copy."""
    blank = raw.find(b"\r\n\r\n", 0, _HEADER)
    return _HEADER if blank < 0 else blank


def _message_id(raw: bytes) -> str | None:
    """Return the Message-ID as it stands in the header, for lists of what cannot be read."""
    header = raw[: _header_end(raw)].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    place = b"\n" + header.lower()
    start = place.find(b"\nmessage-id:")
    if start < 0:
        return None
    value = header[start + len(b"message-id:") :].partition(b"\n")[0]
    return value.strip().decode("ascii", "replace")[:_ID_LIMIT]
