"""From the parts of a date to days: which day "end of next week" or "the Tuesday after" is.

`dates.py` gathers the parts that stand together; each reader here resolves what one kind of
part leads.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.reading.date_words import BARE, EDGES, Part
from mailflow.reading.feasts import ONE_DAY, coming
from mailflow.reading.week_steps import weeks_from

DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
WEEKLY = ("week_number", "week", "that_week")


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that words allow, and the one to write down."""

    start: date
    end: date
    best: date


def resolve(group: Sequence[Part], today: date, earlier: Days | None) -> Days | None:
    """Return the days that parts mean together, None if they name none.

    Args:
        group: parts that stand together.
        today: the local date of the writer.
        earlier: the days to come that were named before ("the Tuesday after" counts from them).
    """
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


def _single(day: date) -> Days:
    return Days(day, day, day)


def _week_of(part: Part, today: date, earlier: Days | None) -> date:
    """Return the Monday of the week that a part names."""
    if part.kind == "that_week":
        today = earlier.best if earlier else today
        return today - timedelta(days=today.weekday())
    if part.kind == "week":
        return today - timedelta(days=today.weekday()) + part.number * _WEEK
    year = today.isocalendar().year
    monday = date.fromisocalendar(year, part.number, 1)
    return monday if monday + 6 * DAY >= today else date.fromisocalendar(year + 1, part.number, 1)


def _read_weekly(parts: dict[str, Part], today: date, earlier: Days | None) -> Days:
    week = next(parts[kind] for kind in WEEKLY if kind in parts)
    monday = _week_of(week, today, earlier)
    if "weekday" in parts:
        return _single(monday + timedelta(days=parts["weekday"].weekday or 0))
    edge = _edge_of(week, parts)
    if edge:
        return _edge(edge, monday, monday + 4 * DAY)
    start = max(monday, today) if week.kind == "week" and week.number == 0 else monday
    friday = max(monday + 4 * DAY, start)
    best = friday if week.kind == "week" and week.number == 0 else monday + 2 * DAY
    return Days(start, friday, best)


def _edge_of(period: Part, parts: dict[str, Part]) -> str:
    """Return which edge of a period is meant, "" for all of it."""
    if "edge" in parts:
        return parts["edge"].unit
    return period.unit if period.unit in EDGES else ""


_UP_TO = {"half": 14, "third": 9}
"""Days from the first of a month to the last of its first half, and of its first ten."""


def _edge(edge: str, first: date, last: date) -> Days:
    length = (last - first).days
    if edge == "end":
        return Days(last - timedelta(days=length // 6), last, last)
    if edge == "begin":
        return Days(first, first + timedelta(days=length // 6), first)
    if edge in _UP_TO:
        best = first + timedelta(days=_UP_TO[edge] if length > 10 else length // 2)
        return Days(first, best, best)
    middle = first + (14 if 10 < length < 40 else (length + 1) // 2) * DAY
    return Days(
        middle - timedelta(days=length // 12), middle + timedelta(days=length // 12), middle
    )


def _read_weekday(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
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
    return part.number * (_WEEK if part.unit == "week" else DAY)


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


def _read_weekday_plus(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    part = parts["weekday_plus"]
    coming = today + timedelta(days=((part.weekday or 0) - today.weekday() - 1) % 7 + 1)
    return _single(coming + timedelta(days=part.number))


def _read_weekday_of(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    part = parts["weekday_of"]
    monday = today - timedelta(days=today.weekday())
    return _single(monday + part.number * _WEEK + timedelta(days=part.weekday or 0))


def _read_in(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
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
        day += DAY
        rest -= day.weekday() < 5
    return day


def _months_on(day: date, months: int) -> date:
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _read_offset(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    return _single(today + parts["offset"].number * DAY)


def _read_day_month(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
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


def _read_day(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    day = parts["day"].day or 1
    if "month" in parts:
        first = _months_on(today.replace(day=1), parts["month"].number)
        return _single(first.replace(day=day))
    return _single(_next_day(day, today))


def _read_monthly(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
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
    return Days(max(first, today), last, last)


def _read_year(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    year = today.year + parts["year"].number
    first, last = date(year, 1, 1), date(year, 12, 31)
    edge = _edge_of(parts["year"], parts) or "end"
    return _single({"begin": first, "mid": date(year, 6, 30)}.get(edge, last))


def _read_weekend(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    saturday = today - timedelta(days=today.weekday()) + 5 * DAY
    saturday += parts["weekend"].number * _WEEK
    if "after" in parts:
        return _single(saturday + 2 * DAY)
    return Days(saturday, saturday + DAY, saturday + DAY)


def _read_holiday(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    part = parts["holiday"]
    first, last = coming(part.unit, today)
    weekday = parts.get("weekday") or parts.get("weekday_after")
    if weekday:
        wanted = weekday.weekday or 0
        return _single(last + timedelta(days=(wanted - last.weekday() - 1) % 7 + 1))
    if "after" in parts or part.number:
        day = last + DAY
        while day.weekday() > 4:
            day += DAY
        return Days(day, day + 4 * DAY, day)
    if part.unit in ONE_DAY:
        return _single(first)
    return _single(first - DAY)


def _read_weekday_after(parts: dict[str, Part], today: date, earlier: Days | None) -> Days:
    """Read "the Monday after": from the day that was named before, or from today."""
    if "holiday" in parts:
        return _read_holiday(parts, today, earlier)
    since = earlier.best if earlier else today
    wanted = parts["weekday_after"].weekday or 0
    return _single(since + timedelta(days=(wanted - since.weekday() - 1) % 7 + 1))


def _read_weekday_then(parts: dict[str, Part], today: date, earlier: Days | None) -> Days:
    """Read "that Friday": of the week that was named before, or the next one."""
    wanted = parts["weekday_then"].weekday or 0
    since = earlier.start if earlier else today + DAY
    return _single(since + timedelta(days=(wanted - since.weekday()) % 7))


def _read_that_day(parts: dict[str, Part], _today: date, earlier: Days | None) -> Days | None:
    """Read "that day", "the day after": only where a day was named before."""
    return _single(earlier.best + parts["that_day"].number * DAY) if earlier else None


def _read_next_day(parts: dict[str, Part], today: date, earlier: Days | None) -> Days:
    since = earlier.best if earlier else today
    return _single(since + parts["next_day"].number * DAY)


def _read_quarter(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days | None:
    """Read a quarter; one by itself is rather what work is about ("the figures of Q2")."""
    part = parts["quarter"]
    if part.day and "edge" not in parts:
        return None
    if part.day:
        year = today.year + (3 * part.day < today.month)
        first = date(year, 3 * part.day - 2, 1)
    else:
        first = _months_on(today.replace(day=1), 3 * part.number - (today.month - 1) % 3)
    last = _months_on(first, 3) - DAY
    edge = _edge_of(part, parts)
    if edge:
        return _edge(edge, first, last)
    return Days(max(first, today), last, last)


def _read_span(parts: dict[str, Part], today: date, _earlier: Days | None) -> Days:
    return _read_in({"in": parts["span"]}, today, None)


_READERS = (
    ("weekday_after", _read_weekday_after),
    ("weekday_then", _read_weekday_then),
    ("that_day", _read_that_day),
    ("next_day", _read_next_day),
    ("holiday", _read_holiday),
    ("quarter", _read_quarter),
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
    ("span", _read_span),
)
