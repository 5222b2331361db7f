"""From what was said to a day: years that are missing, ends of weeks, working days.

All days are local dates of the provider. Where the plan names its start, days without a year
count from there; otherwise from the day on which the text is read.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.domain.worktime import Calendar
from mailflow.reading.plan_timing import Fault, Unit

_DAY = timedelta(days=1)
_JUST_PAST = 45
"""A day without a year that lies this few days back is meant as such, not as next year's."""

FIRST_YEAR = 1990
LAST_YEAR = 2200


def _nothing_known(name: str) -> bool:
    return not name


@dataclass(frozen=True, slots=True)
class DateContext:
    """What words about days are read against.

    Attributes:
        today: the provider's local date.
        start: first day of the plan, where it is known.
        end: last day of the plan, where it is known.
        calendar: working days of the provider's country.
        month_first: True where 03/04 is 4 March.
        languages: in which the words are looked up, the likeliest first.
        known: tells whether a folded name belongs to a milestone, phase or To Do of the plan.
        nearly: tells whether one of them is called nearly so.
    """

    today: date
    calendar: Calendar
    start: date | None = None
    end: date | None = None
    month_first: bool = False
    languages: tuple[str, ...] = ("en",)
    known: Callable[[str], bool] = _nothing_known
    nearly: Callable[[str], bool] = _nothing_known

    @property
    def base(self) -> date:
        """The day from which bare weekdays count."""
        return max(self.today, self.start) if self.start else self.today


@dataclass(frozen=True, slots=True)
class Named:
    """A day that words name, and what is wrong with them."""

    day: date | None
    fault: Fault | None = None


def monday_of(day: date) -> date:
    """Return the Monday of that day's week."""
    return day - day.weekday() * _DAY


def weekday_on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday, `day` included."""
    return day + ((weekday - day.weekday()) % 7) * _DAY


def end_of_week(monday: date, calendar: Calendar) -> date:
    """Return the last working day of the week, or its Friday where nobody works at all."""
    for back in range(6, -1, -1):
        day = monday + back * _DAY
        if calendar.works(day):
            return day
    return monday + 4 * _DAY


def add_months(day: date, count: int) -> date:
    """Return the same day of another month, or its last where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not date.min.year <= year <= LAST_YEAR:
        return day
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def shifted(day: date, count: int, unit: Unit, calendar: Calendar) -> date:
    """Return the day so far away; a negative count goes back."""
    match unit:
        case Unit.WORKING_DAY:
            return calendar.add_working_days(day, count) if count else day
        case Unit.MONTH:
            return add_months(day, count)
        case Unit.YEAR:
            return add_months(day, 12 * count)
        case Unit.DAY | Unit.WEEK:
            return day + count * (7 if unit is Unit.WEEK else 1) * _DAY


def complete(day: int, month: int, year: int | None, context: DateContext) -> Named:
    """Return the day of a month, with the year that fits where none was given."""
    if year is not None:
        return _made(year, month, day)
    base = context.start or context.today
    found = _made(base.year, month, day)
    if found.day is None:  # 29 February waits for its year
        later = (_made(base.year + ahead, month, day) for ahead in range(1, 9))
        return next((named for named in later if named.day is not None), found)
    if found.day < base - _JUST_PAST * _DAY:
        return _made(base.year + 1, month, day)
    previous = _made(base.year - 1, month, day)  # late December, read in January
    if previous.day is not None and previous.day >= base - _JUST_PAST * _DAY:
        return previous
    return found


def day_of_month(day: int, context: DateContext) -> Named:
    """Return the next such day of a month, such as "the 15th"."""
    for ahead in range(13):
        first = add_months(context.base.replace(day=1), ahead)
        if day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= context.base:
            return Named(first.replace(day=day))
    return Named(None, Fault("no_such_day", (("text", str(day)),)))


def _made(year: int, month: int, day: int) -> Named:
    full_year = year + 2000 if year < 100 else year
    try:
        if not FIRST_YEAR <= full_year <= LAST_YEAR:
            raise ValueError  # noqa: TRY301 - one way out for every impossible day
        return Named(date(full_year, month, day))
    except ValueError:
        return Named(None, Fault("no_such_day", (("text", f"{full_year}-{month:02}-{day:02}"),)))


def week_of_year(week: int, year: int | None, context: DateContext) -> date | None:
    """Return the Monday of an ISO week; without a year the next such week."""
    try:
        if year is not None:
            return date.fromisocalendar(year, week, 1)
        base = monday_of(context.base)
        for candidate in (base.isocalendar().year, base.isocalendar().year + 1):
            monday = date.fromisocalendar(candidate, week, 1)
            if monday >= base:
                return monday
    except ValueError:
        return None
    return None


def checked(named: Named, weekday: int | None) -> Named:
    """Return the day, with a fault where it is not the weekday that was written beside it."""
    if named.day is None or weekday is None or named.day.weekday() == weekday:
        return named
    near = weekday_on_or_after(named.day - 3 * _DAY, weekday)
    facts = (("day", named.day.isoformat()), ("weekday", str(weekday)), ("near", near.isoformat()))
    return Named(named.day, Fault("wrong_weekday", facts))
