"""When a letter is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.flow.retry import FIRST_PAUSE, GIVE_UP_AFTER, LONGEST_PAUSE, next_attempt
from tests.builders import MONDAY

attempts = st.integers(1, 10_000)
waited = st.timedeltas(timedelta(0), GIVE_UP_AFTER - timedelta(microseconds=1))


@given(attempts, waited)
def test_a_pause_is_never_shorter_than_the_last_and_has_its_bounds(
    tries: int, since: timedelta
) -> None:
    now = MONDAY + since
    first, second = next_attempt(MONDAY, tries, now), next_attempt(MONDAY, tries + 1, now)

    assert first is not None
    assert second is not None
    assert FIRST_PAUSE <= first - now <= second - now <= LONGEST_PAUSE


@given(attempts, st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_after_five_days_it_is_given_up(tries: int, longer: timedelta) -> None:
    assert next_attempt(MONDAY, tries, MONDAY + GIVE_UP_AFTER + longer) is None


def test_a_letter_is_tried_often_before_it_is_given_up() -> None:
    now, tries = MONDAY, 1
    while (again := next_attempt(MONDAY, tries, now)) is not None:
        now, tries = again, tries + 1

    assert 30 <= tries <= 50
    assert now - MONDAY < GIVE_UP_AFTER + LONGEST_PAUSE


def test_nothing_is_tried_again_that_was_not_tried() -> None:
    with pytest.raises(ValueError, match="nothing has failed yet"):
        next_attempt(MONDAY, 0, MONDAY)
