"""The feasts by which people count: "after Easter", "before Golden Week", "on Labor Day"."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from mailflow.reading.eras import islamic, islamic_year

_DAY = timedelta(days=1)

ONE_DAY = frozenset(
    {"easter_monday", "good_friday", "ash_wednesday", "ascension", "christmas_eve", "epiphany"}
    | {"new_years_eve", "midsummer_eve", "may_day", "labor_day", "thanksgiving", "bank_holiday"}
    | {"assumption", "all_saints"}
)
"""Feasts of a single day, on which something may well be done."""

_NEW_MOONS = {
    int(day[:4]): date.fromisoformat(day)
    for day in (
        *("2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"),
        *("2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08", "2036-01-28"),
        *("2037-02-15", "2038-02-04", "2039-01-24", "2040-02-12"),
    )
}
"""Chinese New Year, which only an astronomer can reckon."""


_UNIONS = {"feasts": ("easter", "christmas")}
_SEASONS = {
    "feasts": timedelta(days=120),
    "the_holidays": timedelta(days=120),
    "bank_holiday": timedelta(days=45),
}
"""How near feasts have to be that have no name but "the feast days"."""


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian), by the method of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift, left = divmod(century, 4)
    moon = (19 * golden + century - shift - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, odd = divmod(rest, 4)
    sunday = (32 + 2 * left + 2 * quarter - moon - odd) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_FIXED = {
    "christmas": ((12, 24), (12, 26)),
    "new_year_long": ((12, 29), (1, 3)),
    "new_year": ((12, 31), (1, 1)),
    "golden_week": ((4, 29), (5, 5)),
    "golden_week_cn": ((10, 1), (10, 7)),
    "labour_day_cn": ((5, 1), (5, 5)),
    "obon": ((8, 13), (8, 16)),
    "christmas_eve": ((12, 24), (12, 24)),
    "new_years_eve": ((12, 31), (12, 31)),
    "epiphany": ((1, 6), (1, 6)),
    "may_day": ((5, 1), (5, 1)),
    "assumption": ((8, 15), (8, 15)),
    "all_saints": ((11, 1), (11, 1)),
    "the_holidays": ((12, 24), (1, 1)),
    "majowka": ((5, 1), (5, 3)),
}
_FROM_EASTER = {
    "easter": (-2, 1),
    "easter_monday": (1, 1),
    "good_friday": (-2, -2),
    "ash_wednesday": (-46, -46),
    "carnival": (-52, -47),
    "ascension": (39, 39),
    "pentecost": (49, 50),
}
_ISLAMIC = {
    "ramadan": (((9, 1), (9, 30)),),
    "eid": (((10, 1), (10, 3)), ((12, 10), (12, 13))),
    "eid_fitr": (((10, 1), (10, 3)),),
    "eid_adha": (((12, 10), (12, 13)),),
}
_JAPANESE = ((1, 8), (2, 11), (2, 23), (7, 15), (8, 11), (9, 15), (10, 8), (11, 3), (11, 23))
"""Holidays of Japan; those in 1, 7, 9 and 10 are Mondays from that day on."""
_ON_MONDAYS = frozenset({1, 7, 9, 10})


def _next(weekday: int, day: date) -> date:
    """Return the first such weekday on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _long_weekends(year: int) -> Iterator[tuple[date, date]]:
    """Yield the weekends of three days and the Golden Week of Japan."""
    yield date(year, 4, 29), date(year, 5, 5)
    for month, number in _JAPANESE:
        day = date(year, month, number)
        day = _next(0, day) if month in _ON_MONDAYS else day
        if day.weekday() == 0:
            yield day - 2 * _DAY, day
        elif day.weekday() == 4:
            yield day, day + 2 * _DAY


def _bank_holidays(year: int) -> Iterator[tuple[date, date]]:
    """Yield the Mondays on which the banks of Britain rest."""
    days = [_next(0, date(year, month, day)) for month, day in ((5, 1), (5, 25), (8, 25))]
    for day in (*days, easter(year) + _DAY, _next(0, date(year, 12, 26))):
        yield day, day


def _of_year(name: str, year: int) -> Iterator[tuple[date, date]]:
    if name in _FIXED:
        (month, day), last = _FIXED[name]
        first = date(year, month, day)
        yield first, date(year + (last < (month, day)), *last)
    elif name in _FROM_EASTER:
        low, high = _FROM_EASTER[name]
        sunday = easter(year)
        yield sunday + low * _DAY, sunday + high * _DAY
    elif name in _ISLAMIC:
        begun = islamic_year(date(year, 1, 1))
        for one in (begun, begun + 1):
            for begin, end in _ISLAMIC[name]:
                yield islamic(one, *begin), islamic(one, *end)
    elif name in _MOVING:
        yield from _MOVING[name](year)


def _new_year_of_china(year: int) -> Iterator[tuple[date, date]]:
    if year in _NEW_MOONS:
        yield _NEW_MOONS[year] - _DAY, _NEW_MOONS[year] + 6 * _DAY


def _one(day: date) -> Iterator[tuple[date, date]]:
    yield day, day


_MOVING: Mapping[str, Callable[[int], Iterator[tuple[date, date]]]] = {
    "chinese_new_year": _new_year_of_china,
    "long_weekend": _long_weekends,
    "bank_holiday": _bank_holidays,
    "midsummer_eve": lambda year: _one(_next(4, date(year, 6, 19))),
    "labor_day": lambda year: _one(_next(0, date(year, 9, 1))),
    "thanksgiving": lambda year: _one(_next(3, date(year, 11, 22))),
}


def coming(name: str, today: date) -> tuple[date, date]:
    """Return the first and last day of the next such feast, after which work goes on.

    One that lasts until today or later is the next one.

    Raises:
        ValueError: nobody knows when it is.
    """
    years = (today.year - 1, today.year, today.year + 1)
    names = _UNIONS.get(name, (name,))
    found = (span for year in years for one in names for span in _of_year(one, year))
    ahead = [span for span in found if span[1] >= today]
    if not ahead or min(ahead)[0] - today > _SEASONS.get(name, timedelta.max):
        raise ValueError(name)
    return min(ahead)
