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


def test_letters_of_ones_own_stand_for_the_numbers() -> None:
    found = read_list("b) not yet\na) signed and posted\nc) attached", *THREE)

    assert intents(found)[1] is Intent.DONE
    assert intents(found)[2] is Intent.PROGRESS


def test_lines_without_numbers_go_by_the_order_of_the_list() -> None:
    found = read_list(
        "yes\nyes\nno, the date is wrong",
        "Approve menu",
        "Approve logo",
        "Approve ad",
    )

    assert [found[n][0].sure and found[n][0].intent is Intent.DONE for n in (1, 2, 3)] == [
        True,
        True,
        False,
    ]


def test_three_words_may_be_three_answers() -> None:
    found = read_list("Done, done, and not done.", "Check labels", "Buy stamps", "Drop cards")

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE, 3: Intent.PROGRESS}


def test_what_is_signed_and_posted_does_not_send_something_else() -> None:
    found = read_list("Signed and posted", *THREE)

    assert not any(one.sure for one in found.get(3, ()) if one.intent is Intent.DONE)


def test_one_act_of_several_ticks_none_of_them_where_more_was_answered() -> None:
    found = read_list("Sent. Not yet. Tomorrow.", "Send contract", "Pay rent", "Send keys")

    assert not any(one.sure for one in found.get(3, ()) if one.intent is Intent.DONE)


@pytest.mark.parametrize("mark", ["", "> "])
def test_an_answer_belongs_to_the_title_repeated_above_it(mark: str) -> None:
    text = (
        f"{mark}Call the choir\nno answer from them\n{mark}Print the programme\nprinted, 80 copies"
    )
    found = read_list(text, "Print the programme", "Call the choir", "Order flowers")

    assert intents(found) == {1: Intent.DONE, 2: Intent.PROGRESS}


def test_a_single_letter_is_an_answer() -> None:
    found = read_list("B. Approved.", "Choose paint", "Approve layout")

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_a_sentence_turns_to_the_next_thing_at_its_and() -> None:
    found = read_list("Signed the contract and paid the invoice", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_all_of_what_was_named_is_not_all_of_the_list() -> None:
    found = read_list("Invoice: all settled bar the skip people. Contract tomorrow.", *THREE)

    assert 3 not in found
    assert found[2][0].intent is Intent.PROGRESS


def test_names_before_a_finish_without_an_and_are_only_proposed() -> None:
    found = read_list("Contract, invoice done.", *THREE)

    assert not found[1][0].sure
    assert found[2][0].sure


def test_names_listed_with_an_and_are_finished_together() -> None:
    found = read_list("Contract, invoice and photos: all done.", "Check contract", *THREE[1:])

    assert [found[n][0].intent for n in (1, 2)] == [Intent.DONE, Intent.DONE]


def test_a_number_behind_a_title_is_what_was_chosen() -> None:
    found = read_list("Font: number 2. The text takes for ever.", "Pick font", "Send text")

    assert not any(one.sure for one in found.get(2, ()) if one.intent is Intent.DONE)


def test_numbers_of_ones_own_give_way_to_the_titles() -> None:
    found = read_list("1. paid the invoice\n2. contract not signed yet", *THREE)

    assert intents(found) == {1: Intent.PROGRESS, 2: Intent.DONE}


def test_a_number_that_heads_the_title_of_another_ticks_nothing() -> None:
    found = read_list("1. paid the rent\n2. not yet", "Pay invoice", "Pay rent", "Call Bob")

    assert not any(one.sure for one in found[1] if one.intent is Intent.DONE)
    assert intents(found)[2] is Intent.PROGRESS


def test_a_figure_of_a_title_is_no_number_of_the_list() -> None:
    titles = ("Label racks", "Replace server 1", "Replace server 2")
    found = read_list("Server 1 is replaced. Server 2 arrives Monday.", *titles)

    assert intents(found) == {2: Intent.DONE, 3: Intent.RESCHEDULE}


def test_another_thing_of_the_sort_that_titles_count_is_nobodys() -> None:
    found = read_list("Server 3 is replaced", "Label racks", "Replace server 1", "Replace server 2")

    assert not any(one.sure for given in found.values() for one in given)


def test_two_title_words_typed_as_one_point() -> None:
    titles = ("Rechnung Januar schicken", "Rechnung Februar schicken")
    found = read_list("Die Januarrechnung ging am Montag raus.", *titles, lang="de")

    assert intents(found) == {1: Intent.DONE}


def test_how_a_title_word_begins_points_but_finishes_nothing_by_itself() -> None:
    found = read_list("Flug gebucht.", "Flughafentransfer buchen", "Hotel buchen", lang="de")

    assert [one.sure for one in found[1]] == [False]


def test_what_is_said_of_one_only_leaves_the_others_open() -> None:
    found = read_list("Only the second is done.", *THREE)

    assert intents(found) == {1: Intent.PROGRESS, 2: Intent.DONE, 3: Intent.PROGRESS}


def test_what_only_one_lacks_ticks_none_of_the_others() -> None:
    found = read_list("Only the second is not done.", *THREE)

    assert not any(one.sure for n in (1, 3) for one in found.get(n, ()))


def test_an_act_alone_in_the_row_is_proposed_for_the_one_that_asks_for_it() -> None:
    found = read_list("book bought, paper half done, paid", "Buy book", "Finish paper", "Pay fee")

    assert found[3][0].intent is Intent.DONE
    assert not found[3][0].sure


def test_a_word_of_many_titles_gives_way_to_any_other() -> None:
    found = read_list("claim form sent", "Sign consent form", "Send claim", "Pay fee")

    assert intents(found) == {2: Intent.DONE}


def test_states_of_one_sentence_part_at_their_and() -> None:
    titles = ("Saal buchen", "Stühle bestellen", "Band engagieren")
    found = read_list("Gebucht, bestellt und noch nicht engagiert.", *titles, lang="de")

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE, 3: Intent.PROGRESS}


def test_the_first_two_may_be_counted_with_a_word_for_what_a_list_has() -> None:
    found = read_list("The first two points are done.", *THREE)

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_the_first_two_are_no_part_of_something() -> None:
    titles = ("Miete zahlen", "Gas zahlen", "Wasser zahlen")
    text = "Die ersten beiden sind bezahlt, Wasser erst am Montag."

    assert intents(read_list(text, *titles, lang="de"))[2] is Intent.DONE


def test_a_list_may_begin_in_the_middle_of_a_title() -> None:
    found = read_list(
        "图和价目表都在附件里",
        "发产品图",
        "发价目表",
        "告知开业日期",
        files=("产品图.zip", "价目表.pdf"),
        lang="zh",
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}
