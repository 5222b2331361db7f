"""When people say when: dates in typed text, absolute and relative, in every language we read.

How to use it, from another reader of text:

    for found in read_dates("bis Ende nächster Woche", "de", today):
        found.best      the one day to write down (2026-03-13)
        found.start     first and
        found.end       last day that the words allow ("next week" is Monday to Friday)
        found.words     the words, as they were typed
        found.span      where they stand in `clean(text)`, for cutting them out

`today` is the local date of the person who wrote. Days without a year are the next such day,
today included; a bare weekday is the next one, and never today. Nothing is invented: what is
no date gives nothing. The time taken grows with the length of the text.

Language data stands in the `[dates]` section of `lexicon/<lang>.toml`; `date_words.py` says how.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.reading.date_words import BARE, Part, date_parts, date_words
from mailflow.reading.feasts import feast
from mailflow.reading.lexicon import LANGUAGES, lexicon
from mailflow.reading.week_steps import weeks_from
from mailflow.reading.words import Tokens, clean, tokens_of

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that somebody named.

    Attributes:
        start: the first day that the words allow.
        end: the last day that the words allow.
        words: the words, as they were typed.
        span: where they begin and end in the cleaned text.
        best: the one day to write down: the day itself, the middle of a vague time
            ("next week" is its Wednesday), the last day of a month.
        ahead: whether the words themselves say that the day is still to come ("tomorrow",
            "by Friday"); a bare "Friday" may be the last one.
    """

    start: date
    end: date
    words: str
    span: tuple[int, int]
    best: date
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class _Days:
    start: date
    end: date
    best: date


def read_dates(
    text: str, lang: str, today: date, *, month_first: bool = False
) -> tuple[FoundDate, ...]:
    """Return the dates in a text, in the order in which they stand.

    Args:
        text: what was typed, at most a few thousand characters (more is not read).
        lang: the language, ISO 639-1; an unknown one is read as English.
        today: the local date of the writer; relative dates count from it.
        month_first: True where "3/4" is the fourth of March.
    """
    code = lang if lang in LANGUAGES else "en"
    seen = clean(text)
    tokens = tokens_of(seen, style=lexicon(code).style)
    return dates_in(tokens, seen, code, today, month_first=month_first)


def dates_in(
    tokens: Tokens, text: str, lang: str, today: date, *, month_first: bool = False
) -> tuple[FoundDate, ...]:
    """Return the dates among tokens of `text`; for callers that have the tokens already."""
    parts = date_parts(tokens, lang, month_first=month_first)
    if not parts:
        return ()
    found: list[FoundDate] = []
    for group in _groups(parts, tokens, lang, today):
        days = _resolve(group, today, found[-1].best if found else None)
        if days is not None and days.end.year <= _LAST_YEAR:
            span = tokens.starts[group[0].start], tokens.ends[group[-1].end - 1]
            words = text[span[0] : span[1]]
            ahead = days.end > today and _is_ahead(group, tokens, lang)
            found.append(FoundDate(days.start, days.end, words, span, days.best, ahead=ahead))
    return tuple(found)


def _is_ahead(group: Sequence[Part], tokens: Tokens, lang: str) -> bool:
    """Return whether the words of a date cannot mean a day that is over."""
    if all(part.kind not in _EITHER_WAY for part in group):
        return True
    start, deadlines = group[0].start, date_words(lang).deadlines
    return not deadlines.isdisjoint(tokens.words[max(start - 1, 0) : start + 1])


def _groups(
    parts: Sequence[Part], tokens: Tokens, lang: str, today: date
) -> Iterator[tuple[Part, ...]]:
    """Gather the parts that stand together and make one date."""
    fillers = date_words(lang).fillers
    group: tuple[Part, ...] = ()
    for part in parts:
        joined = group and all(
            tokens.words[at] in fillers for at in range(group[-1].end, part.start)
        )
        paused = "," in tokens.words[group[-1].end : part.start] if group else False
        if paused and not _same_day(group[-1], part, today):
            joined = False
        if joined and part.start - group[-1].end <= 3 and _fit(group, part, paused=paused):
            group = (*group, part)
            continue
        if group:
            yield group
        group = (part,)
    if group:
        yield group


def _same_day(before: Part, part: Part, today: date) -> bool:
    """Return whether "Friday, the 13th" can be one day rather than the next item of a list."""
    if before.weekday is None or part.kind != "day" or not part.day:
        return True
    nearby = (today + timedelta(days=ahead) for ahead in range(-31, 62))
    return any(one.day == part.day and one.weekday() == before.weekday for one in nearby)


_WEEKLY = ("week_number", "week", "that_week")
_MONTHLY = ("month", "named_month")
_PERIODS = frozenset((*_WEEKLY, *_MONTHLY, "year", "weekend"))
_EITHER_WAY = frozenset({"weekday", "day", "day_month", "named_month", "week_number", "holiday"})
"""What may as well be the last one as the next: "on Friday", "on the 3rd", "in May"."""
_PARTNERS = {
    "weekday": {*_WEEKLY, "day", "day_month", "after", "offset", "in", "week_plus"},
    "week": {"weekday", "edge"},
    "week_number": {"weekday", "edge"},
    "that_week": {"weekday"},
    "edge": _PERIODS,
    "month": {"edge", "day"},
    "named_month": {"edge", "year"},
    "year": {"edge", "named_month"},
    "day": {"weekday", "month"},
    "day_month": {"weekday"},
    "after": {"holiday", "weekend"},
    "holiday": {"after", "weekday"},
    "weekend": {"after", "edge"},
    "offset": {"weekday"},
    "in": {"weekday"},
}


def _fit(group: tuple[Part, ...], part: Part, *, paused: bool) -> bool:
    """Return whether a part goes on with a group; behind a comma only "Friday, the 13th" does."""
    if paused and (group[-1].kind != "weekday" or part.kind not in {"day", "day_month"}):
        return False
    kinds = {member.kind for member in group}
    if part.kind in kinds or len(group) > 2 or len({*_WEEKLY} & {*kinds, part.kind}) > 1:
        return False
    return any(part.kind in _PARTNERS.get(kind, ()) for kind in kinds)


def _resolve(group: tuple[Part, ...], today: date, earlier: date | None) -> _Days | None:
    by_kind = {part.kind: part for part in group}
    if "edge" not in by_kind:
        by_kind = {kind: part for kind, part in by_kind.items() if part.unit != BARE}
    try:
        for kind, reader in _READERS:
            if kind in by_kind:
                return reader(by_kind, today, earlier)
    except (ValueError, OverflowError):
        return None
    return None


def _single(day: date) -> _Days:
    return _Days(day, day, day)


def _week_of(part: Part, today: date, earlier: date | None) -> date:
    """Return the Monday of the week that a part names."""
    if part.kind == "that_week":
        today = earlier or today
        return today - timedelta(days=today.weekday())
    if part.kind == "week":
        return today - timedelta(days=today.weekday()) + part.number * _WEEK
    year = today.isocalendar().year
    monday = date.fromisocalendar(year, part.number, 1)
    return monday if monday + 6 * _DAY >= today else date.fromisocalendar(year + 1, part.number, 1)


def _read_weekly(parts: dict[str, Part], today: date, earlier: date | None) -> _Days:
    week = next(parts[kind] for kind in _WEEKLY if kind in parts)
    monday = _week_of(week, today, earlier)
    if "weekday" in parts:
        return _single(monday + timedelta(days=parts["weekday"].weekday or 0))
    edge = _edge_of(week, parts)
    if edge:
        return _edge(edge, monday, monday + 4 * _DAY)
    start = max(monday, today) if week.kind == "week" and week.number == 0 else monday
    friday = max(monday + 4 * _DAY, start)
    best = friday if week.kind == "week" and week.number == 0 else monday + 2 * _DAY
    return _Days(start, friday, best)


def _edge_of(period: Part, parts: dict[str, Part]) -> str:
    """Return which edge of a period is meant, "" for all of it."""
    if "edge" in parts:
        return parts["edge"].unit
    return period.unit if period.unit in {"begin", "mid", "end"} else ""


def _edge(edge: str, first: date, last: date) -> _Days:
    length = (last - first).days
    if edge == "end":
        return _Days(last - timedelta(days=length // 6), last, last)
    if edge == "begin":
        return _Days(first, first + timedelta(days=length // 6), first)
    middle = first + timedelta(days=(length + 1) // 2 if length < 10 else 14)
    return _Days(
        middle - timedelta(days=length // 12), middle + timedelta(days=length // 12), middle
    )


def _read_weekday(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    part = parts["weekday"]
    weekday = part.weekday or 0
    if "day_month" in parts:
        return _read_day_month(parts, today, None)
    day = part.day or (parts["day"].day if "day" in parts else None)
    if day:
        return _single(_weekday_with_day(weekday, day, today))
    monday = today - timedelta(days=today.weekday())
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if part.number:
        return _single(monday + part.number * _WEEK + timedelta(days=weekday))
    if "in" in parts and parts["in"].unit == "week":
        return _single(weeks_from(weekday, parts["in"].number, today))
    return _single(coming)


def _span(part: Part) -> timedelta:
    return part.number * (_WEEK if part.unit == "week" else _DAY)


def _weekday_with_day(weekday: int, day: int, today: date) -> date:
    for ahead in range(14):
        month = today.month - 1 + ahead
        year, number = today.year + month // 12, month % 12 + 1
        if day <= monthrange(year, number)[1]:
            found = date(year, number, day)
            if found >= today and found.weekday() == weekday:
                return found if ahead <= 2 else _next_day(day, today)
    return _next_day(day, today)


def _next_day(day: int, today: date) -> date:
    for ahead in range(4):
        month = today.month - 1 + ahead
        year, number = today.year + month // 12, month % 12 + 1
        if day <= monthrange(year, number)[1] and date(year, number, day) >= today:
            return date(year, number, day)
    raise ValueError(day)


def _read_weekday_plus(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    part = parts["weekday_plus"]
    coming = today + timedelta(days=((part.weekday or 0) - today.weekday() - 1) % 7 + 1)
    return _single(coming + timedelta(days=part.number))


def _read_weekday_of(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    part = parts["weekday_of"]
    monday = today - timedelta(days=today.weekday())
    return _single(monday + part.number * _WEEK + timedelta(days=part.weekday or 0))


def _read_in(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    part = parts["in"]
    if part.unit == "working_day":
        return _single(_working_days_on(today, part.number))
    if part.unit in {"month", "year"}:
        return _single(_months_on(today, part.number * (12 if part.unit == "year" else 1)))
    return _single(today + _span(part))


def _working_days_on(day: date, count: int) -> date:
    weeks, rest = divmod(count, 5)
    day += weeks * _WEEK
    while rest:
        day += _DAY
        rest -= day.weekday() < 5
    return day


def _months_on(day: date, months: int) -> date:
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _read_offset(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    return _single(today + parts["offset"].number * _DAY)


def _read_day_month(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    part = parts["day_month"]
    day, month = part.day or 1, part.month or 1
    if part.year:
        return _single(date(part.year, month, day))
    year = today.year
    while day > monthrange(year, month)[1] or date(year, month, day) < today:
        year += 1
        if year > today.year + 8:
            raise ValueError(day)
    return _single(date(year, month, day))


def _read_day(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    day = parts["day"].day or 1
    if "month" in parts:
        first = _months_on(today.replace(day=1), parts["month"].number)
        return _single(first.replace(day=day))
    return _single(_next_day(day, today))


def _read_monthly(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    named = parts.get("named_month")
    if named:
        month = named.month or 1
        year = today.year + (month < today.month)
        first = date(year, month, 1)
    else:
        first = _months_on(today.replace(day=1), parts["month"].number)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    edge = _edge_of(named or parts["month"], parts)
    if edge:
        return _edge(edge, first, last)
    return _Days(max(first, today), last, last)


def _read_year(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    year = today.year + parts["year"].number
    first, last = date(year, 1, 1), date(year, 12, 31)
    edge = _edge_of(parts["year"], parts) or "end"
    return _single({"begin": first, "mid": date(year, 6, 30)}.get(edge, last))


def _read_weekend(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    saturday = today - timedelta(days=today.weekday()) + 5 * _DAY
    saturday += parts["weekend"].number * _WEEK
    if "after" in parts:
        return _single(saturday + 2 * _DAY)
    return _Days(saturday, saturday + _DAY, saturday + _DAY)


def _read_holiday(parts: dict[str, Part], today: date, _earlier: date | None) -> _Days:
    name = parts["holiday"].unit
    first, last = feast(name, today.year)
    if last < today:
        first, last = feast(name, today.year + 1)
    if "weekday" in parts:
        wanted = parts["weekday"].weekday or 0
        return _single(last + timedelta(days=(wanted - last.weekday() - 1) % 7 + 1))
    if "after" in parts or parts["holiday"].number:
        day = last + _DAY
        while day.weekday() > 4:
            day += _DAY
        return _Days(day, day + 4 * _DAY, day)
    return _Days(first - _DAY, first - _DAY, first - _DAY)


_READERS = (
    ("holiday", _read_holiday),
    ("week", _read_weekly),
    ("week_number", _read_weekly),
    ("that_week", _read_weekly),
    ("weekday_plus", _read_weekday_plus),
    ("weekday_of", _read_weekday_of),
    ("weekday", _read_weekday),
    ("day_month", _read_day_month),
    ("day", _read_day),
    ("month", _read_monthly),
    ("named_month", _read_monthly),
    ("year", _read_year),
    ("weekend", _read_weekend),
    ("offset", _read_offset),
    ("in", _read_in),
)
