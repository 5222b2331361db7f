"""Days that are written with figures alone: "3.12.", "12/3", "2026-12-03"."""

import re

from mailflow.reading.eras import western
from mailflow.reading.words import Tokens

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_LAST_CENTURY = 60
"""A year of two digits from here on is one of the last century: somebody was born then."""

Figures = tuple[int, int, int | None]
"""Day, month and year; no year where none is written."""


def figures_in(
    tokens: Tokens, at: int, telling: tuple[frozenset[str], frozenset[str]], *, month_first: bool
) -> Figures | None:
    """Return the day that a number is, None where it is no day.

    Args:
        tokens: the text.
        at: the place of the number.
        telling: the words before and behind a number that make it a day.
        month_first: True where "3/4" is the fourth of March.
    """
    word = tokens.words[at]
    full = _YEAR_FIRST.fullmatch(word)
    if full:
        year, month, day = map(int, full.groups())
        return _checked(day, month, year)
    hit = _NUMERIC.fullmatch(word)
    if hit is None:
        return None
    first, mark, second = int(hit[1]), hit[2], int(hit[3])
    year = _year(hit[4]) if hit[4] else 0
    if not year and (mark == "-" or not _tells(tokens, at, (first, mark, second), telling)):
        return None
    if (month_first and mark != "." and first <= 12) or second > 12:
        first, second = second, first
    return _checked(first, second, year)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _LAST_CENTURY else 2000)


def _tells(
    tokens: Tokens,
    at: int,
    parts: tuple[int, str, int],
    telling: tuple[frozenset[str], frozenset[str]],
) -> bool:
    """Return whether what stands around "3.4" or "3/4" makes it a day without a year."""
    first, mark, second = parts
    before, behind = telling
    if mark == "." and tokens.words[at + 1 : at + 2] == (".",):
        return True
    if at and tokens.words[at - 1] in before:
        return True
    if mark != "/":
        return False
    if first > second:
        return True
    return bool(behind) and (second > 12 or not behind.isdisjoint(tokens.words[at + 1 : at + 2]))


def _checked(day: int, month: int, year: int) -> Figures | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if not year:
        return day, month, None
    year, month, day = western(year, month, day)
    return day, month, year
