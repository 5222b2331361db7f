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
    weekday_after        the Monday after          that_day:1       the day after that day
    weekday_then         that Friday               next_day:1       the next day
    holiday:easter       the feast named           quarter:0        this quarter
    edge:half|third      the first half, ten days  quarter_number   Q2
    span                 a week (to put off by)    reign_day:2018   8-3-18 of a reign
    on_weekday:4         6ª feira, a weekday that is counted
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from mailflow.reading.eras import western
from mailflow.reading.lexicon import as_token, lexicon, raw_lexicon, style_of
from mailflow.reading.misspelt import SHORTEST, meant
from mailflow.reading.numeric_dates import figures_in
from mailflow.reading.phrases import Found
from mailflow.reading.words import Tokens, fold

BARE = "bare"
"""Unit of a "week", "month" or "June" that means something only behind "end of"."""


EDGES = frozenset({"begin", "mid", "end", "half", "third"})
"""The parts of a time that people name; the first half, and the first third of a month."""


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
    since: frozenset[str]
    not_before: frozenset[str]
    addresses: tuple[str, ...]

    def count(self, word: str) -> int | None:
        """Return the value of a number in digits or in words, None if it is none."""
        return int(word) if word.isdecimal() and len(word) <= 4 else self.numbers.get(word)


@cache
def counting_words(lang: str) -> Mapping[str, int]:
    """Return the small numbers of a language by the words for them, "two" and "deux"."""
    style, listed = style_of(lang), raw_lexicon(lang).get("dates", {}).get("numbers", {})
    return {as_token(word, style): int(value) for value, words in listed.items() for word in words}


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
        **{
            name: frozenset(as_token(word, style) for word in raw.get(name, ()))
            for name in ("deadlines", "since", "not_before")
        },
        addresses=tuple(fold(word) for word in raw.get("addresses", ())),
    )


def date_parts(tokens: Tokens, lang: str, *, month_first: bool) -> tuple[Part, ...]:
    """Return the parts in the tokens, none overlapping, the longest where several fit."""
    words = date_words(lang)
    numbered = "n" in tokens.shapes
    slips = _slips(tokens, lang)
    if not numbered and not slips and words.triggers.isdisjoint(tokens.words):
        return ()
    if slips:
        typed = [slips.get(word, word) for word in tokens.words]
        tokens = Tokens(tuple(typed), tokens.starts, tokens.ends, tokens.shapes)
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


def _slips(tokens: Tokens, lang: str) -> dict[str, str]:
    """Return the words that are names of days or months with a wrong letter, put right."""
    return {
        word: name
        for word in tokens.words
        if len(word) >= SHORTEST - 1 and (name := _meant(word, lang)) is not None
    }


@lru_cache(maxsize=16_384)
def _meant(word: str, lang: str) -> str | None:
    book, words = lexicon(lang), date_words(lang)
    if not word.isalpha() or word in book.classes or word in book.words["function_words"]:
        return None
    if word in book.marks.vocabulary or word in words.triggers or word in book.words["names"]:
        return None
    return meant(word, (*words.weekdays, *words.months))


def _numerics(tokens: Tokens, words: DateWords, *, month_first: bool) -> list[Part]:
    """Return the dates that are written with digits alone ("3.12.", "2026-12-03")."""
    telling = words.before.union(words.weekdays), words.behind
    parts: list[Part] = []
    for at, shape in enumerate(tokens.shapes):
        if shape != "n" or tokens.words[at].isdecimal():
            continue
        if words.addresses and at and tokens.words[at - 1].endswith(words.addresses):
            continue
        figures = figures_in(tokens, at, telling, month_first=month_first)
        if figures is not None:
            day, month, year = figures
            parts.append(Part("day_month", at, at + 1, day=day, month=month, year=year))
    return parts


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
    if edge in EDGES and period:
        return Part(period, found.start, found.end, number=int(rest or 0), unit=edge)
    if kind == "past":
        return Part("holiday", found.start, found.end, number=1, unit=rest)
    if kind == "on_weekday":
        return Part("weekday", found.start, found.end, weekday=int(rest))
    make = _MAKERS.get(kind)
    if make is None:
        number = int(rest) if rest.lstrip("-").isdigit() else 0
        return Part(kind, found.start, found.end, number=number, unit=rest)
    slots = {name: tokens.words[at] for name, at in found.slots}
    for name in ("d", "nth"):
        slots.setdefault("n", slots.get(name, ""))
        slots["n"] = slots["n"] or slots.get(name, "")
    number, unit = (int(rest or 0), "") if rest[:1].isdigit() or not rest else (0, rest)
    return make(Part(kind, found.start, found.end, number=number, unit=unit), slots, words)


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
    if year is not None:
        year, month, day = western(year, month, day)
        if not 1800 <= year <= 2200:
            return None
    return Part("day_month", part.start, part.end, day=day, month=month, year=year)


def _make_reign_day(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    """Read a day of a year that is counted from a reign, whose year zero the pattern names."""
    figures = [words.count(slots.get(name, "")) for name in ("n", "m", "d")]
    if None in figures:
        return None
    year, month, day = (figure or 0 for figure in figures)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Part("day_month", part.start, part.end, day=day, month=month, year=part.number + year)


def _make_quarter(part: Part, slots: Mapping[str, str], words: DateWords) -> Part | None:
    number = words.count(slots.get("n", ""))
    if number is None or not 1 <= number <= 4:
        return None
    return Part("quarter", part.start, part.end, day=number)


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
    feast = part.unit or words.holidays.get(slots.get("holiday", ""))
    return Part(part.kind, part.start, part.end, unit=feast) if feast else None


_Maker = Callable[[Part, Mapping[str, str], DateWords], Part | None]
_MAKERS: Mapping[str, _Maker] = {
    "weekday": _make_weekday,
    "weekday_of": _make_weekday,
    "weekday_plus": _make_weekday,
    "weekday_after": _make_weekday,
    "weekday_then": _make_weekday,
    "in": _make_in,
    "span": _make_in,
    "reign_day": _make_reign_day,
    "quarter_number": _make_quarter,
    "day": _make_day,
    "day_month": _make_day_month,
    "month_day": _make_day_month,
    "named_month": _make_month,
    "month_name": _make_month,
    "week_number": _make_week_number,
    "holiday": _make_holiday,
}
