"""Steps of whole weeks from a weekday, as people count them."""

from datetime import date, timedelta

WEEK = timedelta(weeks=1)


def weeks_from(weekday: int, weeks: int, today: date) -> date:
    """Return "Friday in two weeks", near that day; "in a week" skips the coming one."""
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    near = today + weeks * WEEK
    return (
        coming + WEEK
        if weeks == 1
        else near + timedelta(days=(weekday - near.weekday() + 3) % 7 - 3)
    )
