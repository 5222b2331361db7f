"""Answers to a list: every clause finds its To Do, and none is ticked that was not spoken of."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import intents, read_list

THREE = ("Sign the contract", "Pay the invoice", "Send the photos")


def test_numbers_point() -> None:
    found = read_list("1 done, 2 next Friday, 3 not our job", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE, 3: Intent.DECLINE}
    assert found[2][0].until == date(2026, 3, 13)


def test_all_but_one_leaves_that_one_open() -> None:
    found = read_list("All done except 3", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE, 3: Intent.PROGRESS}


def test_titles_point() -> None:
    found = read_list("Contract is signed, invoice I'll pay on Monday", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE}


def test_what_was_not_spoken_of_has_no_reading() -> None:
    assert 3 not in read_list("1 and 2 are done", *THREE)


def test_the_rest_is_what_nothing_named() -> None:
    found = read_list("The photos will follow tomorrow. The rest is done.", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE, 3: Intent.RESCHEDULE}


def test_a_place_in_the_list_is_no_choice() -> None:
    found = read_list("The first yes, the second no", "Approve logo", "Choose font")

    assert not any(one.intent is Intent.DONE and one.sure for one in found.get(2, ()))


def test_a_place_behind_a_label_is_the_choice() -> None:
    found = read_list("Font: the second one", "Approve logo", "Choose font")

    assert intents(found) == {2: Intent.DONE}


def test_a_bare_number_before_a_day_points() -> None:
    found = read_list("1 and 2 are done, 3 next week", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE, 3: Intent.RESCHEDULE}


def test_a_day_of_a_month_is_no_number_of_the_list() -> None:
    found = read_list("Both not before 1 July", "Sign the contract", "Pay the invoice")

    assert [found[n][0].until for n in (1, 2)] == [date(2026, 7, 1)] * 2


FIVE = (
    "Send the bank statements",
    "Sign the engagement letter",
    "Draft the return",
    "Pay the deposit",
    "Choose a logo",
)
LATER = Intent.RESCHEDULE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 done, 2 Friday", {1: Intent.DONE, 2: LATER}),
        ("3 done. 4 by Friday", {3: Intent.DONE, 4: LATER}),
        ("3 done. I will do 4 next week.", {3: Intent.DONE, 4: LATER}),
        ("1 done. 2 I can do Friday", {1: Intent.DONE, 2: LATER}),
        ("2 done, 1 on Friday", {1: LATER, 2: Intent.DONE}),
        ("The first is done, the second on Friday", {1: Intent.DONE, 2: LATER}),
        ("1 by Friday", {1: LATER}),
        ("2 by 12 March", {2: LATER}),
        ("1 attached, 2 Friday", {1: Intent.PROGRESS, 2: LATER}),
        ("1 done (sent 2 files)", {1: Intent.DONE}),
        ("1 done, took me 2 hours", {1: Intent.DONE}),
    ],
)
def test_numbers_point_where_people_mean_them(text: str, meant: dict[int, Intent]) -> None:
    assert intents(read_list(text, *FIVE)) == meant
