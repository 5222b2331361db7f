"""When somebody who was asked to agree to a plan is reminded of it."""

from datetime import date

from mailflow.domain.worktime import Calendar

REMINDED_AFTER = (3, 6, 10)
"""Working days after the question, one reminder each."""

LAST_STEP = len(REMINDED_AFTER) + 1
"""The step after the last reminder: a person should call."""

_CALL_AFTER = 13


def agreement_step(asked: date, today: date, calendar: Calendar) -> int:
    """Return which step is reached: 0 none, then the reminders from 1 on, then `LAST_STEP`.

    Args:
        asked: local day on which the plan was sent to be agreed to.
        today: local day of whoever was asked.
        calendar: her working days.
    """
    if today <= asked:
        return 0
    passed = calendar.working_days_between(asked, today)
    return sum(passed >= days for days in (*REMINDED_AFTER, _CALL_AFTER))
