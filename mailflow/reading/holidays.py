"""On which days a country works, taken from the `holidays` package.

The package is slow to load and knows a year in a few milliseconds, so it is loaded when it is
first asked, and every answer is kept.
"""

from collections.abc import Iterable
from functools import cache

from mailflow.domain.worktime import Calendar


def calendar_for(country: str, years: Iterable[int]) -> Calendar:
    """Return the working days of a country in some years.

    Args:
        country: ISO 3166-1 alpha-2, in any case. A country that is not known has no public
            holidays and rests on Saturday and Sunday.
        years: the years that dates may fall into; outside of them only weekends are free.
    """
    return _calendar(country.strip().upper(), tuple(sorted(set(years))))


@cache
def _calendar(country: str, years: tuple[int, ...]) -> Calendar:
    import holidays  # noqa: PLC0415 - a tenth of a second that most commands do not need

    try:
        found = holidays.country_holidays(country, years=years)
    except NotImplementedError:  # what the package says of a country it does not know
        return Calendar(country)
    return Calendar(country, frozenset(found), frozenset(found.weekend))
