"""Whether an answer tells of another day than the one a title names: booked, but the 27th."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from mailflow.reading.dates import FoundDate, days_and_spans_in
from mailflow.reading.lexicon import lexicon
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import clean, tokens_of_title


def names_other_day(heard: Sequence[Said], typed: Typed, task: Task) -> bool:
    """Return whether days to come are told in figures, and none is one that the title names.

    What is over tells when the work was done, and a parting word when people will meet.
    """
    told = [
        day
        for one in heard
        if not one.clause.marks & Mark.COURTESY
        for day in one.clause.dates
        if day.end > typed.today and not day.faint and _is_in_figures(day)
    ]
    if not told:
        return False
    asked = _days_in(task.title, typed.book.code, typed.today)
    return bool(asked) and not any(
        day.start <= end and start <= day.end for day in told for start, end in asked
    )


@lru_cache(maxsize=1024)
def _days_in(title: str, code: str, today: date) -> frozenset[tuple[date, date]]:
    """Return the days that a title names in figures, "3/4" being either of two."""
    tokens, text = tokens_of_title(title, lexicon(code).style), clean(title)
    if "n" not in tokens.shapes:
        return frozenset()
    return frozenset(
        (day.start, day.end)
        for first in (False, True)
        for day in days_and_spans_in(tokens, text, code, today, month_first=first)
        if _is_in_figures(day)
    )


def _is_in_figures(day: FoundDate) -> bool:
    return any(letter.isdecimal() for letter in day.words)
