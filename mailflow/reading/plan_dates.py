"""The grammar of "when" in plans: one phrase in, a `Timing` out, or nothing.

    by Fri 6 March 2026 · 06.03. · 2026-03-06 · am 3. Dezember · el próximo viernes · KW 50
    tomorrow · next week · end of next month · the 15th · 2-6 March · on 9 March at 14:00
    in 2 weeks · +3 days · 3 working days after #2 · 2 weeks after start
    5 days before Records complete · after #6

A phrase counts only if every word of it is understood, in one language. So a phrase that only
resembles a date ("before the board") stays what it is: words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mailflow.reading.plan_clock import read_hours
from mailflow.reading.plan_days import (
    DateContext,
    Named,
    checked,
    complete,
    day_of_month,
    end_of_week,
    month_span,
    monday_of,
    shifted,
    week_of_year,
    weekday_on_or_after,
)
from mailflow.reading.plan_phrase import Phrase
from mailflow.reading.plan_timing import Anchor, Point, Timing, Unit
from mailflow.reading.plan_vocabulary import LANGUAGES, split_words
from mailflow.reading.words import fold

_MOST_WORDS = 24
_MOST_COUNT = 999


def read_timing(text: str, context: DateContext) -> Timing | None:
    """Return what a phrase says about when, or None where it is no such phrase."""
    words = split_words(fold(text))
    if not words or len(words) > _MOST_WORDS:
        return None
    tried = dict.fromkeys((*context.languages, *LANGUAGES))
    for language in tried:
        found = _timing(Phrase(words, language), context)
        if found is not None:
            return found
    return None
