"""When somebody is reminded of a plan that waits for her agreement."""

from datetime import date

import pytest

from mailflow.domain.agreement import LAST_STEP, agreement_step
from mailflow.domain.worktime import Calendar

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 3, 1), 0),
        (MONDAY, 0),
        (date(2026, 3, 4), 0),
        (date(2026, 3, 5), 1),
        (date(2026, 3, 9), 1),
        (date(2026, 3, 10), 2),
        (date(2026, 3, 16), 3),
        (date(2026, 3, 19), LAST_STEP),
        (date(2026, 4, 19), LAST_STEP),
    ],
)
def test_reminders_come_after_three_six_and_ten_working_days(today: date, step: int) -> None:
    assert agreement_step(MONDAY, today, Calendar()) == step


def test_a_holiday_is_no_working_day() -> None:
    calendar = Calendar(days=frozenset({date(2026, 3, 4)}))

    assert agreement_step(MONDAY, date(2026, 3, 5), calendar) == 0
    assert agreement_step(MONDAY, date(2026, 3, 6), calendar) == 1
