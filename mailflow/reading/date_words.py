"""The parts that a date is said with: weekdays, months, "next week", "end of", "in three days".

A part is what one phrase of a language's date section means by itself. `dates.py` puts parts
that stand together into days. The names of the patterns in a language file are the kinds
below, followed by a colon and a number where one is needed:

    offset:1             tomorrow                  week:1           next week
    in                   in <n> <unit>             month:1          next month
    weekday              Friday, on Friday         year:0           this year
    weekday:1            Friday of next week       edge:begin|mid|end
    weekday_plus:7       Friday week               weekend:0        the weekend
    day                  the 17th                  holiday          Easter, Christmas
    day_month            17 June                   after            the day after ...
    month_day            June 17                   week:bare        week (behind "end of")
    end_week:1           end of next week          past:easter      after Easter
    named_month          in June                   week_number      week 19
    month_name           June (behind "end of")    that_week        of that week
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from mailflow.reading.lexicon import as_token, lexicon, raw_lexicon, style_of
from mailflow.reading.phrases import Found
from mailflow.reading.words import Tokens, fold

BARE = "bare"
"""Unit of a "week", "month" or "June" that means something only behind "end of"."""


_EDGES = frozenset({"begin", "mid", "end"})


@dataclass(frozen=True, slots=True)
class Part:
    """One phrase of a date.

    Attributes:
        kind: what it is; see the module's table, and `numeric` for "3.12." and "2026-12-03".
        start: number of its first token.
        end: number of the token behind its last.
        number: what the name of the pattern says behind the colon, or the count in `in`.
        unit: `day`, `working_day`, `week`, `month` or `year` for `in`; the edge for `edge`
            and for a week or month that names its edge; the feast for `holiday`.
        weekday: 0 for Monday to 6 for Sunday.
        day: day of the month.
        month: 1 to 12.
        year: four digits.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    unit: str = ""
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language's words for days, with their values."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    holidays: Mapping[str, str]
    before: frozenset[str]
    behind: frozenset[str]
    fillers: frozenset[str]
    triggers: frozenset[str]
    deadlines: frozenset[str]

    def count(self, word: str) -> int | None:
        """Return the value of a number in digits or in words, None if it is none."""
        return int(word) if word.isdecimal() and len(word) <= 4 else self.numbers.get(word)


@cache
def date_words(lang: str) -> DateWords:
    """Return the date words of a language that has a lexicon."""
    raw, style = raw_lexicon(lang).get("dates", {}), style_of(lang)
    ranked = {
        name: {
            as_token(word, style): rank
            for rank, words in enumerate(raw.get(name, ()))
            for word in words
        }
        for name in ("weekdays", "months")
    }
    book = lexicon(lang)
    named = {
        name: {
            as_token(word, style): key for key, words in raw.get(name, {}).items() for word in words
        }
        for name in ("units", "holidays")
    }
    numbers = {
        as_token(word, style): int(value)
        for section in ("numbers", "ordinals")
        for value, words in raw.get(section, {}).items()
        for word in words
    }
    plain = {*ranked["weekdays"], *ranked["months"], *named["units"], *named["holidays"]}
    return DateWords(
        weekdays=ranked["weekdays"],
        months={word: rank + 1 for word, rank in ranked["months"].items()},
        numbers=numbers,
        units=named["units"],
        holidays=named["holidays"],
        before=frozenset(fold(word) for word in raw.get("before", ())),
        behind=frozenset(fold(word) for word in raw.get("behind", ())),
        fillers=frozenset(fold(word) for word in raw.get("fillers", ())),
        triggers=frozenset(plain | book.dates.vocabulary),
        deadlines=frozenset(as_token(word, style) for word in raw.get("deadlines", ())),
    )


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")


def date_parts(tokens: Tokens, lang: str, *, month_first: bool) -> tuple[Part, ...]:
    """Return the parts in the tokens, none overlapping, the longest where several fit."""
    words = date_words(lang)
    numbered = "n" in tokens.shapes
    if not numbered and words.triggers.isdisjoint(tokens.words):
        return ()
    book = lexicon(lang)
    kinds = list(map(book.classes.of, tokens.words))
    parts = [
        part
        for found in book.dates.find(tokens, kinds)
        if (part := _part(found, tokens, words)) is not None
    ]
    if numbered:
        parts += _numerics(tokens, words, month_first=month_first)
    return _longest(parts)


def _numerics(tokens: Tokens, words: DateWords, *, month_first: bool) -> list[Part]:
    """Return the dates that are written with digits alone ("3.12.", "2026-12-03")."""
    return [
        numeric
        for at, shape in enumerate(tokens.shapes)
        if shape == "n"
        and not tokens.words[at].isdecimal()
        and (numeric := _numeric(tokens, at, words, month_first=month_first)) is not None
    ]


def _longest(parts: list[Part]) -> tuple[Part, ...]:
    """Keep the longest of those that overlap; a full date counts for more than its pieces."""
    if len(parts) < 2:
        return tuple(parts)
    taken: list[Part] = []
    used = 0
    for part in sorted(parts, key=_rank):
        mask = (1 << part.end) - (1 << part.start)
        if not used & mask:
            taken.append(part)
            used |= mask
    return tuple(sorted(taken, key=lambda p: p.start))


def _rank(part: Part) -> tuple[int, int]:
    """Return what sorts parts: a long one first, and of one length one with a month and a day."""
    named = 0 if part.month is None else 3 + (part.day is not None)
    return part.start - part.end - named, part.start


def _part(found: Found, tokens: Tokens, words: DateWords) -> Part | None:
    kind, _, rest = found.name.partition(":")
    edge, _, period = kind.partition("_")
    if edge in _EDGES and period:
        return Part(period, found.start, found.end, number=int(rest or 0), unit=edge)
    if kind == "past":
        return Part("holiday", found.start, found.end, number=1, unit=rest)
    make = _MAKERS.get(kind)
    if make is None:
        number = int(rest) if rest.lstrip("-").isdigit() else 0
        return Part(kind, found.start, found.end, number=number, unit=rest)
    slots = {name: tokens.words[at] for name, at in found.slots}
    for name in ("d", "nth"):
        slots.setdefault("n", slots.get(name, ""))
        slots["n"] = slots["n"] or slots.get(name, "")
    return make(Part(kind, found.start, found.end, number=int(rest or 0)), slots, words)


def _make_weekday(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    weekday = words.weekdays.get(slots.get("weekday") or slots.get("shyday", ""))
    kind = part.kind if part.number or part.kind != "weekday" else "weekday"
    day = words.count(slots["n"]) if slots["n"] else None
    if weekday is None or (day is not None and not 1 <= day <= 31):
        return None
    return Part(kind, part.start, part.end, number=part.number, weekday=weekday, day=day)


def _make_in(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    count = words.count(slots["n"]) if slots["n"] else 1
    unit = words.units.get(slots.get("unit", ""))
    if count is None or unit is None or count > 400:
        return None
    if "working" in slots:
        unit = "working_day"
    return Part(part.kind, part.start, part.end, number=count, unit=unit)


def _make_day(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    day = words.count(slots.get("n", ""))
    if day is None or not 1 <= day <= 31:
        return None
    return Part(part.kind, part.start, part.end, number=part.number, day=day)


def _make_day_month(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    day, month = words.count(slots.get("n", "")), words.months.get(slots.get("month", ""))
    if "m" in slots:
        month = words.count(slots["m"])
    year = words.count(slots["year"]) if "year" in slots else None
    if day is None or month is None or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if year is not None and not 1990 <= year <= 2200:
        return None
    return Part("day_month", part.start, part.end, day=day, month=month, year=year)


def _make_month(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    month = words.months.get(slots.get("month", ""))
    if "m" in slots:
        month = words.count(slots["m"])
    if month is None or not 1 <= month <= 12:
        return None
    unit = BARE if part.kind == "month_name" else ""
    return Part("named_month", part.start, part.end, month=month, unit=unit)


def _make_week_number(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    week = words.count(slots.get("n", ""))
    if week is None or not 1 <= week <= 53:
        return None
    return Part(part.kind, part.start, part.end, number=week)


def _make_holiday(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    feast = words.holidays.get(slots.get("holiday", ""))
    return Part(part.kind, part.start, part.end, unit=feast) if feast else None


_Maker = Callable[[Part, Mapping[str, str], DateWords], Part | None]
_MAKERS: Mapping[str, _Maker] = {
    "weekday": _make_weekday,
    "weekday_of": _make_weekday,
    "weekday_plus": _make_weekday,
    "in": _make_in,
    "day": _make_day,
    "day_month": _make_day_month,
    "month_day": _make_day_month,
    "named_month": _make_month,
    "month_name": _make_month,
    "week_number": _make_week_number,
    "holiday": _make_holiday,
}


def _numeric(tokens: Tokens, at: int, words: DateWords, *, month_first: bool) -> Part | None:
    word = tokens.words[at]
    iso = _ISO.fullmatch(word)
    if iso:
        year, month, day = (int(group) for group in iso.groups())
        return _checked(at, at + 1, (day, month, year))
    hit = _NUMERIC.fullmatch(word)
    if hit is None:
        return None
    first, mark, second, year_digits = int(hit[1]), hit[2], int(hit[3]), hit[4]
    dotted = mark == "." and tokens.words[at + 1 : at + 2] == (".",)
    before = at > 0 and (
        tokens.words[at - 1] in words.before or tokens.words[at - 1] in words.weekdays
    )
    telling = dotted or before
    telling = telling or (mark == "/" and (first > second or _is_day(tokens, at, second, words)))
    if year_digits is None and (mark == "-" or not telling):
        return None
    if (month_first and mark != "." and first <= 12) or second > 12:
        first, second = second, first
    named = None if year_digits is None else int(year_digits) % 100 + 2000
    return _checked(at, at + 1, (first, second, named))


def _is_day(tokens: Tokens, at: int, second: int, words: DateWords) -> bool:
    """Return whether "3/4" is a day by what stands behind it, where people write days so."""
    behind = tokens.words[at + 1 : at + 2]
    return bool(words.behind) and (second > 12 or not words.behind.isdisjoint(behind))


def _checked(start: int, end: int, when: tuple[int, int, int | None]) -> Part | None:
    day, month, year = when
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Part("day_month", start, end, day=day, month=month, year=year)
