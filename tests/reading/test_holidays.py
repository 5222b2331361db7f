"""The working days of a country."""

from datetime import date

from mailflow.domain.worktime import Calendar
from mailflow.reading.holidays import calendar_for


def test_a_public_holiday_is_no_working_day() -> None:
    assert not calendar_for("GB", (2026,)).works(date(2026, 4, 3))  # Good Friday
    assert calendar_for("GB", (2026,)).works(date(2026, 4, 2))
    assert not calendar_for("DE", (2026,)).works(date(2026, 10, 3))


def test_countries_rest_on_their_own_days() -> None:
    assert calendar_for("SA", (2026,)).weekend == frozenset({4, 5})
    assert calendar_for("pl", (2026,)).weekend == frozenset({5, 6})


def test_a_country_that_nobody_knows_rests_on_saturday_and_sunday() -> None:
    assert calendar_for("XX", (2026,)) == Calendar("XX")
    assert calendar_for("", (2026,)) == Calendar("")
