"""What an out-of-office says: when its owner is back, and whom to write to meanwhile.

The words that stand before a date tell whether it is the last day away or the first day
back; they stand in `absence_words.toml`, all languages together, because servers answer in
the language of their owner and not in that of the letter.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from mailflow.reading.dates import FoundDate, read_dates
from mailflow.reading.words import addresses_in, clean, fold

_MAX_TEXT = 4_000
_BEFORE = 40
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """What an out-of-office says.

    Attributes:
        back: the first local day on which the person is there again; None where no day is
            named.
        deputy: an address to write to meanwhile, None where none is named.
    """

    back: date | None
    deputy: str | None


def read_absence(subject: str, text: str, language: str, today: date) -> Absence:
    """Return when somebody is back and who stands in, as far as her server says it.

    Args:
        subject: of the automatic reply; it often names the day.
        text: its text, more than a few thousand characters are not read.
        language: the person's, ISO 639-1; English is tried behind it.
        today: the person's local date.
    """
    words = f"{subject}\n{text[:_MAX_TEXT]}"
    deputy = next(iter(addresses_in(words)), None)
    for tried in dict.fromkeys((language, "en")):
        back = _back(words, tried, today)
        if back is not None:
            return Absence(back, deputy)
    return Absence(None, deputy)


def _back(words: str, language: str, today: date) -> date | None:
    seen = clean(words)
    found = [d for d in read_dates(words, language, today) if d.end >= today]
    for day in found:
        if _stands_before(seen, day, "back"):
            return day.start
    ends = [day.end for day in found]
    return max(ends) + _ONE_DAY if ends else None


def _stands_before(text: str, day: FoundDate, kind: str) -> bool:
    """Tell whether a word of that kind stands shortly before a date, or within its words."""
    at = day.span[0]
    near = f" {fold(text[max(0, at - _BEFORE) : at])} {fold(day.words)} "
    last = max((near.rfind(word) for word in _words()["until"]), default=-1)
    first = max((near.rfind(word) for word in _words()[kind]), default=-1)
    return first > last


@cache
def _words() -> dict[str, tuple[str, ...]]:
    path = files("mailflow.reading").joinpath("absence_words.toml")
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))
    return {kind: tuple(fold(word) for word in words) for kind, words in table.items()}
