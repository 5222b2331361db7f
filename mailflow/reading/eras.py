"""Years that are not counted from the birth of Christ: Islamic, Buddhist, of an emperor's reign.

Only what people type in dates is known here: the civil (tabular) Islamic calendar, which may
be a day off the sighted one, and years that differ by a constant.
"""

from datetime import date

_ISLAMIC = range(1400, 1600)
_BUDDHIST = range(2540, 2700)
_BUDDHIST_AHEAD = 543
_EPOCH = 1948439 - 1721425
"""Days from the first of January of the year 1 to the first of Muharram of the year 1."""


def islamic(year: int, month: int, day: int) -> date:
    """Return a day of the tabular Islamic calendar (cycle of 30 years, 11 of them leap)."""
    days = (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(day + days + _EPOCH)


def islamic_year(day: date) -> int:
    """Return the Islamic year that a day stands in."""
    guess = (day.toordinal() - _EPOCH) * 30 // 10631 + 1
    return guess if islamic(guess, 1, 1) <= day else guess - 1


def western(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Return year, month and day as the western calendar counts them."""
    if year in _ISLAMIC and day <= 30:
        found = islamic(year, month, day)
        return found.year, found.month, found.day
    return (year - _BUDDHIST_AHEAD if year in _BUDDHIST else year), month, day
