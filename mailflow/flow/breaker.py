"""The breaker: too many letters that nobody asked for stop all sending, until the provider speaks.

What answers a proven mail of a person, and what stands in a schedule, is not counted: a busy
day trips nothing. A fault of the program, or two machines that talk to each other, soon does.
"""

from datetime import datetime, timedelta

from mailflow.ports import UnitOfWork

MOST = 60
"""Letters that nobody asked for, within `WINDOW`; one more stops sending."""

WINDOW = timedelta(minutes=10)
ANSWERS_AN_HOUR = 60
"""Letters that answer one person's mails within an hour; further mails are not answered."""

STOPPED = "sending stopped"
_LATELY = "letters nobody asked for"


def counted(uow: UnitOfWork, now: datetime) -> int:
    """Count one more letter that nobody asked for; returns how many there were of late."""
    first = now - WINDOW
    kept = [word for word in uow.setting(_LATELY).split() if datetime.fromisoformat(word) > first]
    kept.append(now.isoformat())
    uow.note_setting(_LATELY, " ".join(kept[-MOST - 1 :]))
    return len(kept)


def stop(uow: UnitOfWork, alarm: int) -> None:
    """Let nothing leave from now on but the letter in this row, which tells of it."""
    uow.note_setting(STOPPED, str(alarm))


def stopped_by(uow: UnitOfWork) -> int | None:
    """Return the row of the letter that tells why sending was stopped; None while it is not."""
    row = uow.setting(STOPPED)
    return int(row) if row else None


def resume(uow: UnitOfWork, now: datetime) -> bool:
    """Let letters leave again; False when they were not stopped."""
    if stopped_by(uow) is None:
        return False
    uow.note_setting(STOPPED, "")
    uow.note_setting(_LATELY, "")
    uow.close_incident(STOPPED, now)
    return True
