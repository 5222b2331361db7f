"""Working days and quiet hours, in the zone and the country of whoever is written to.

Holidays come in as a value, so that nothing here looks anything up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LETTER_HOUR = time(9)
"""Local time at which what time brings is written."""

DAY_STARTS = time(8)
DAY_ENDS = time(18)

_SEARCHED_DAYS = 60
"""No country rests longer; the bound keeps a wrong calendar from looping for ever."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which a country works.

    Attributes:
        country: ISO 3166-1 alpha-2.
        days: public holidays, local dates.
        weekend: weekdays that are free, Monday is 0.
    """

    country: str = ""
    days: frozenset[date] = field(default_factory=frozenset)
    weekend: frozenset[int] = frozenset({5, 6})

    def works(self, day: date) -> bool:
        """Return whether people work on that day."""
        return day.weekday() not in self.weekend and day not in self.days

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day `count` working days after `day` (before it, if negative).

        With 0 it is `day` itself, or the next working day where nobody works on it.
        """
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        if left == 0:
            return self.next_working_day(day)
        found = day
        for found in self._days(day, step, left):
            left -= self.works(found)
            if left == 0:
                break
        return found

    def next_working_day(self, day: date) -> date:
        """Return `day`, or the first working day after it."""
        return next((d for d in _run(day, _SEARCHED_DAYS) if self.works(d)), day)

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after `first`, up to and including `last`."""
        return sum(self.works(day) for day in _run(first + timedelta(days=1), (last - first).days))

    @staticmethod
    def _days(day: date, step: timedelta, count: int) -> Iterator[date]:
        for index in range(1, count * 7 + _SEARCHED_DAYS):
            yield day + index * step


def _run(first: date, count: int) -> Iterator[date]:
    for index in range(max(0, count)):
        yield first + timedelta(days=index)


def zone(name: str) -> ZoneInfo:
    """Return the zone of that IANA name; an unknown one counts as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local_day(now: datetime, timezone: str) -> date:
    """Return the local date of an instant in a zone."""
    return now.astimezone(zone(timezone)).date()


def local_instant(day: date, hour: time, timezone: str) -> datetime:
    """Return the instant (UTC) of a local time; a missing hour moves to the next valid one."""
    local = datetime.combine(day, hour, tzinfo=zone(timezone))
    return local.astimezone(UTC)


def in_working_hours(now: datetime, timezone: str, calendar: Calendar) -> bool:
    """Return whether an automatic letter may disturb somebody at this instant."""
    local = now.astimezone(zone(timezone))
    return calendar.works(local.date()) and DAY_STARTS <= local.time() < DAY_ENDS


def next_letter_time(now: datetime, timezone: str, calendar: Calendar) -> datetime:
    """Return `now` inside working hours, else the next working day's letter hour (UTC)."""
    if in_working_hours(now, timezone, calendar):
        return now
    local = now.astimezone(zone(timezone))
    today_ahead = calendar.works(local.date()) and local.time() < DAY_STARTS
    first = local.date() if today_ahead else local.date() + timedelta(days=1)
    return local_instant(calendar.next_working_day(first), LETTER_HOUR, timezone)
