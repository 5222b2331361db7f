"""Times of day in plans: "at 14:00", "2 pm", "14-15 Uhr", "de 14h30 a 15h30", "kl. 9"."""

from collections.abc import Iterator
from datetime import time

from mailflow.reading.plan_phrase import Phrase
from mailflow.reading.plan_timing import Hours

_DASHES = "-"


def read_hours(phrase: Phrase, at: int) -> Iterator[tuple[Hours, int]]:
    """Yield the time of day that stands here, with the place behind it.

    Without an end an hour is meant. A bare number is a time only behind a word such as "at".
    """
    clock = phrase.sign(at, "clock")
    begin = at + clock.length if clock else at
    begin += clock is not None and phrase.word(begin) == "."
    for start, place in _times(phrase, begin, bare=clock is not None or _span_follows(phrase, at)):
        joined = phrase.sign(place, "to", "and")
        if phrase.word(place) == _DASHES or joined:
            behind = place + (joined.length if joined else 1)
            for end, last in _times(phrase, behind, bare=True):
                if end > start:
                    yield Hours(start, end), last
        yield Hours(start, _an_hour_after(start)), place


def _span_follows(phrase: Phrase, at: int) -> bool:
    oclock = phrase.sign(at + 3, "oclock")
    return phrase.word(at + 1) == _DASHES and oclock is not None


def _an_hour_after(start: time) -> time:
    return start.replace(hour=start.hour + 1) if start.hour < 23 else time(23, 59)


def _times(phrase: Phrase, at: int, *, bare: bool) -> Iterator[tuple[time, int]]:
    hour = phrase.number(at, 24)
    if hour is None:
        return
    minute, place, exact = 0, at + 1, False
    if phrase.word(place) in (":", ".") and len(phrase.word(place + 1)) == 2:
        found = phrase.number(place + 1, 59)
        if found is not None:
            minute, place, exact = found, place + 2, True
    half = phrase.word(place)
    if half in ("am", "pm") and 1 <= hour <= 12:
        hour, place, exact = hour % 12 + (12 if half == "pm" else 0), place + 1, True
    oclock = phrase.sign(place, "oclock")
    if oclock is not None:
        place, exact = place + oclock.length, True
        found = phrase.number(place, 59)
        if found is not None and len(phrase.word(place)) == 2:
            minute, place = found, place + 1
    if (exact or bare) and hour < 24:
        yield time(hour, minute), place
