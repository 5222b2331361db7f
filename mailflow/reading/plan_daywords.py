"""The grammar of days: each reader yields what may stand at a place, and where it ends."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from mailflow.reading.plan_days import (
    DateContext,
    Named,
    add_months,
    checked,
    complete,
    day_of_month,
    end_of_week,
    monday_of,
    month_span,
    week_of_year,
    weekday_on_or_after,
)
from mailflow.reading.plan_phrase import Phrase
from mailflow.reading.plan_timing import Fault

Days = Iterator[tuple[Named, int]]
_DAY = timedelta(days=1)
_STOPS = ".,"


def read_day(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Yield each day that may be meant by the words from here on, the fullest first."""
    yield from _day_range(phrase, at, context)
    for reader in _READERS:
        yield from reader(phrase, at, context)


def _day_range(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "2-6 March", "Mon 2 March to Fri 6 March": the last day counts."""
    clock = phrase.sign(at, "clock")
    begin = at + clock.length if clock else at
    number = phrase.number(phrase.after(begin, "weekday"), 31)
    if number is None:
        return
    place = phrase.filled(phrase.after(begin, "weekday") + 1, _STOPS)
    month = phrase.sign(place, "month")
    if month is not None:
        place = phrase.filled(place + month.length, _STOPS)
        place += phrase.number(place, 2200) is not None
    joined = phrase.sign(place, "to")
    if phrase.word(place) != "-" and joined is None:
        return
    behind = place + (joined.length if joined else 1)
    yield from _calendar_day(phrase, phrase.filled(behind), context)


def _calendar_day(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "6 March 2026", "Friday, March 6", "Fr., 06.03.", "2026-03-06"."""
    weekday = phrase.sign(at, "weekday")
    if weekday is not None:
        place = phrase.filled(at + weekday.length, _STOPS)
        for named, end in _plain_day(phrase, place, context):
            yield checked(named, weekday.value), end
    yield from _plain_day(phrase, at, context)


def _plain_day(phrase: Phrase, at: int, context: DateContext) -> Days:
    yield from _numeric(phrase, at, context)
    yield from _day_then_month(phrase, at, context)
    yield from _month_then_day(phrase, at, context)


def _numeric(phrase: Phrase, at: int, context: DateContext) -> Days:
    mark = phrase.word(at + 1)
    first, second = phrase.number(at, 9999), phrase.number(at + 2, 31)
    if mark not in ("-", "/", ".") or first is None or second is None:
        return
    third = phrase.number(at + 4, 9999) if phrase.word(at + 3) == mark else None
    if len(phrase.word(at)) == 4:
        if third is not None:
            yield complete(third, second, first, context), at + 5
        return
    if third is not None:
        day, month = _ordered(first, second, mark, context)
        yield complete(day, month, third, context), at + 5
    elif mark != "-":
        day, month = _ordered(first, second, mark, context)
        end = at + 4 if mark == "." and phrase.word(at + 3) == "." else at + 3
        yield complete(day, month, None, context), end


def _ordered(first: int, second: int, mark: str, context: DateContext) -> tuple[int, int]:
    swap = context.month_first and mark != "." and first <= 12
    return (second, first) if swap or second > 12 else (first, second)


def _ordinal(phrase: Phrase, at: int) -> int:
    sign = phrase.sign(at, "ordinals")
    return at + sign.length if sign else at


def _year(phrase: Phrase, at: int) -> tuple[int | None, int]:
    place = phrase.filled(at, _STOPS)
    year = phrase.number(place, 2200)
    if year is not None and len(phrase.word(place)) == 4:
        return year, phrase.after(place + 1, "year_mark")
    return None, at + 1 if phrase.word(at) == "." else at


def _day_then_month(phrase: Phrase, at: int, context: DateContext) -> Days:
    day = phrase.number(at, 31)
    if day is None:
        return
    place = phrase.filled(_ordinal(phrase, at + 1), _STOPS)
    month = phrase.sign(place, "month")
    if month is not None:
        year, end = _year(phrase, place + month.length)
        yield complete(day, month.value, year, context), end


def _month_then_day(phrase: Phrase, at: int, context: DateContext) -> Days:
    month = phrase.sign(at, "month")
    if month is None:
        return
    place = phrase.filled(at + month.length, _STOPS)
    day = phrase.number(place, 31)
    if day is not None:
        year, end = _year(phrase, _ordinal(phrase, place + 1))
        yield complete(day, month.value, year, context), end


def _near_day(phrase: Phrase, at: int, context: DateContext) -> Days:
    for ahead, name in ((2, "day_after"), (1, "tomorrow"), (0, "today")):
        sign = phrase.sign(at, name)
        if sign is not None:
            yield Named(context.today + ahead * _DAY), at + sign.length
            return


def _weekday(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "Friday", "vendredi prochain", "Friday next week", "Monday of week 12"."""
    ahead = phrase.sign(at, "next", "coming")
    weekday = phrase.sign(at + ahead.length if ahead else at, "weekday")
    if weekday is None:
        return
    place = at + (ahead.length if ahead else 0) + weekday.length
    if ahead is None:
        for monday, end in _weeks(phrase, phrase.filled(place, _STOPS), context):
            yield Named(monday + weekday.value * _DAY), end
        ahead = phrase.sign(place, "next", "coming")
        place += ahead.length if ahead else 0
    if ahead is not None and ahead.name == "next":
        monday = monday_of(context.base) + 7 * _DAY
        yield Named(monday + weekday.value * _DAY), place
    else:
        yield (
            Named(weekday_on_or_after(context.base, weekday.value)),
            place + (phrase.word(place) == "."),
        )


def _weeks(
    phrase: Phrase, at: int, context: DateContext, *, bare: bool = True
) -> Iterator[tuple[date, int]]:
    """Yield Mondays: "next week", "week 12", and "the week" where it may stand alone."""
    numbered = phrase.sign(at, "week_number")
    if numbered is not None:
        place = phrase.filled(at + numbered.length, ".")
        week = phrase.number(place, 53)
        if week:
            year, end = _year(phrase, place + 1)
            monday = week_of_year(week, year, context)
            if monday is not None:
                yield monday, end
    nth = phrase.number(at, 53)
    behind = phrase.sign(_ordinal(phrase, at + 1), "week_number") if nth else None
    if nth and behind is not None and phrase.word(at + 1) == ".":
        monday = week_of_year(nth, None, context)
        if monday is not None:
            yield monday, _ordinal(phrase, at + 1) + behind.length
    for count, end in _counted(phrase, at, "week_word", bare=bare):
        yield monday_of(context.base) + 7 * count * _DAY, end


def _counted(phrase: Phrase, at: int, name: str, *, bare: bool) -> Iterator[tuple[int, int]]:
    """Yield 0 for "this week", 1 for "next week" or "la semaine prochaine", with the end.

    With `bare` the mere "week" counts too, as it does behind "end of".
    """
    place = phrase.filled(at)
    before = phrase.sign(place, "next", "coming")
    place += before.length if before else 0
    unit = phrase.sign(place, name)
    if unit is None:
        return
    end = place + unit.length
    ahead = before is not None and before.name == "next"
    behind = None if ahead else phrase.sign(end, "next")
    if behind is not None:
        yield 1, end + behind.length
    if before is not None or bare:
        yield int(ahead), end


def _week(phrase: Phrase, at: int, context: DateContext) -> Days:
    """A week by itself is over on its last working day."""
    for monday, end in _weeks(phrase, at, context, bare=False):
        yield Named(end_of_week(monday, context.calendar)), end


def _weekend(phrase: Phrase, at: int, context: DateContext) -> Days:
    sign = phrase.sign(at, "weekend")
    if sign is not None:
        last = end_of_week(monday_of(context.base), context.calendar)
        yield Named(last), at + sign.length


def _next_span(phrase: Phrase, at: int, context: DateContext) -> Days:
    for _first, last, end in _spans(phrase, at, context, bare=False):
        yield Named(last), end


def _edge(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "end of March", "Mitte April", "début de la semaine prochaine", "koniec miesiąca"."""
    edge = phrase.sign(at, "end_of", "middle_of", "start_of")
    if edge is None:
        return
    place = phrase.filled(at + edge.length)
    for monday, end in _weeks(phrase, place, context):
        yield Named(_in_week(edge.name, monday, context)), end
    for first, last, end in (
        *_named_month(phrase, place, context),
        *_quarter(phrase, place, context),
        *_spans(phrase, place, context, bare=True),
    ):
        yield Named(_within(edge.name, first, last, context)), end


def _in_week(edge: str, monday: date, context: DateContext) -> date:
    if edge == "end_of":
        return end_of_week(monday, context.calendar)
    if edge == "middle_of":
        return monday + 2 * _DAY
    return context.calendar.next_working_day(monday)


def _within(edge: str, first: date, last: date, context: DateContext) -> date:
    if edge == "end_of":
        return last
    if edge == "start_of":
        return context.calendar.next_working_day(first)
    middle = first.replace(day=15)
    return middle if last.month == first.month else first + (last - first) // 2


_Span = tuple[date, date, int]


def _named_month(phrase: Phrase, at: int, context: DateContext) -> list[_Span]:
    month = phrase.sign(at, "month")
    if month is None:
        return []
    year, end = _year(phrase, at + month.length)
    base = context.base
    first, last = month_span(year or base.year, month.value)
    if year is None and last < base:
        first, last = month_span(base.year + 1, month.value)
    return [(first, last, end)]


def _quarter(phrase: Phrase, at: int, context: DateContext) -> list[_Span]:
    sign = phrase.sign(at, "quarter_number")
    nth = phrase.number(at + sign.length, 4) if sign else None
    if sign is None or not nth:
        return []
    year, end = _year(phrase, at + sign.length + 1)
    first, last = _quarter_span(date(year or context.base.year, 3 * nth - 2, 1))
    if year is None and last < context.base:
        first, last = _quarter_span(add_months(first, 12))
    return [(first, last, end)]


def _quarter_span(day: date) -> tuple[date, date]:
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, add_months(first, 3) - _DAY


def _spans(phrase: Phrase, at: int, context: DateContext, *, bare: bool) -> list[_Span]:
    base, found = context.base, list[_Span]()
    for count, end in _counted(phrase, at, "month_word", bare=bare):
        day = add_months(base.replace(day=1), count)
        found.append((*month_span(day.year, day.month), end))
    for count, end in _counted(phrase, at, "quarter_word", bare=bare):
        found.append((*_quarter_span(add_months(base.replace(day=1), 3 * count)), end))
    for count, end in _counted(phrase, at, "year_word", bare=bare):
        found.append((date(base.year + count, 1, 1), date(base.year + count, 12, 31), end))
    return found


def _nth(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "the 15th", "zum 15.", "le 15", "dia 15"."""
    lead = phrase.sign(at, "nth")
    place = at + lead.length if lead else at
    number = phrase.number(place, 31)
    if not number:
        return
    ordinal = _ordinal(phrase, place + 1)
    dotted = phrase.word(place + 1) == "."
    if ordinal > place + 1 or lead is not None or dotted:
        end = ordinal + (dotted and ordinal == place + 1)
        yield day_of_month(number, context), end


def _weekday_nth(phrase: Phrase, at: int, context: DateContext) -> Days:
    """Read "Friday the 6th", "vendredi 6": the next such day, checked against the weekday."""
    weekday = phrase.sign(at, "weekday")
    if weekday is None:
        return
    place = phrase.filled(at + weekday.length, _STOPS)
    number = phrase.number(place, 31)
    if number:
        end = _ordinal(phrase, place + 1)
        end += phrase.word(end) == "."
        yield _matching(number, weekday.value, context), end


def _matching(number: int, weekday: int, context: DateContext) -> Named:
    named = day_of_month(number, context)
    if named.day is None or named.day.weekday() == weekday:
        return named
    facts = (("day", named.day.isoformat()), ("weekday", str(weekday)))
    near = (("near", weekday_on_or_after(named.day - 3 * _DAY, weekday).isoformat()),)
    return Named(named.day, Fault("wrong_weekday", (*facts, *near)))


_Reader = Callable[[Phrase, int, DateContext], Days]
_READERS: tuple[_Reader, ...] = (
    _calendar_day,
    _weekday_nth,
    _near_day,
    _weekday,
    _edge,
    _week,
    _weekend,
    _next_span,
    _nth,
)
