"""The feasts by which people count: "after Easter", "before Golden Week"."""

from datetime import date, timedelta

_DAY = timedelta(days=1)


def _easter(year: int) -> date:
    """Return Easter Sunday (Gregorian), by the method of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift, left = divmod(century, 4)
    moon = (19 * golden + century - shift - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, odd = divmod(rest, 4)
    sunday = (32 + 2 * left + 2 * quarter - moon - odd) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def feast(name: str, year: int) -> tuple[date, date]:
    """Return the first and last day of a feast, after which work goes on."""
    easter = _easter(year)
    return {
        "easter": (easter - 2 * _DAY, easter + _DAY),
        "pentecost": (easter + 49 * _DAY, easter + 50 * _DAY),
        "christmas": (date(year, 12, 24), date(year, 12, 26)),
        "new_year": (date(year, 12, 31), date(year + 1, 1, 1)),
        "new_year_long": (date(year, 12, 29), date(year + 1, 1, 3)),
        "golden_week": (date(year, 4, 29), date(year, 5, 5)),
        "golden_week_cn": (date(year, 10, 1), date(year, 10, 7)),
        "labour_day_cn": (date(year, 5, 1), date(year, 5, 5)),
        "obon": (date(year, 8, 13), date(year, 8, 16)),
    }[name]
