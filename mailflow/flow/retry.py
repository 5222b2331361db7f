"""When to try a letter again."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)


def next_attempt(queued_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again, or None when it is time to give up.

    The pause doubles from one minute up to four hours; five days after the letter was queued
    we give up. RFC 5321 section 4.5.4.1 asks for at least four to five days of trying.

    Args:
        queued_at: when the letter entered the outbox (aware, UTC).
        attempts: tries so far that ended in a transient failure; at least 1.
        now: the present instant (aware, UTC).

    Returns:
        An instant after `now` (aware, UTC), or None.

    Raises:
        ValueError: `attempts` is less than 1: nothing has failed yet.
    """
    if attempts < 1:
        msg = "nothing has failed yet"
        raise ValueError(msg)
    if now - queued_at >= GIVE_UP_AFTER:
        return None
    doublings = min(attempts - 1, 16)
    pause = FIRST_PAUSE * float(2**doublings)
    return now + min(pause, LONGEST_PAUSE)
