"""Where something was to be chosen or told, the thing alone is the answer; how it stands is not."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import BOOK, CHOOSE, COUNT, acted, read_list


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Choose canapés", "Blinis, olives and the little beetroot things please"),
        ("en", "Choose the sofa", "The green velvet one in walnut"),
        ("en", "Choose canapés", "Salmon, goat cheese. It was a long evening at our table."),
        ("fr", "Choisir les rideaux", "Le rideau blanc en lin"),
        ("pl", "Wybrać kwiaty", "Białe róże i piwonie"),
        ("pt", "Escolher o bolo", "Chocolate com morango"),
    ],
)
def test_words_for_what_can_be_chosen_are_the_answer(lang: str, title: str, text: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Choose the cake", "Chocolate or lemon"),
        ("Choose the cake", "In the oven"),
        ("Choose the cake", "The cake table"),
        ("Choose the cake", "Chocolate, but I need to ask"),
        ("Choose the cake", "Chocolate? No idea"),
        ("Choose the sofa", "Green velvet is sold out"),
        ("Choose the room", "Room 12 dirty"),
        ("Choose the hotel", "Hotel full"),
        ("Choose the train", "8:15 train cancelled"),
        ("Choose the sofa", "The green one, the red one. Still fighting about it"),
        ("Choose the sofa", "Green, my wife decides"),
        ("Choose the cake", "Bob wants lemon"),
        ("Choose a colour", "red, green, blue"),
        ("Choose a colour", "Blue/green"),
        ("Pay the florist", "White roses"),
        ("Choose tiles for the wall", "Slate floor"),
        ("Tell us the number of chairs", "12 tables"),
        ("Choose a colour for the dresses", "Shoes: silver"),
        ("Choose paint for the hall", "Kitchen: blue"),
        ("Confirm the date", "The 4th or the 5th"),
        (COUNT, "12 replied so far"),
        (COUNT, "30 of them have gone quiet"),
    ],
)
def test_how_a_choice_stands_ticks_nothing(title: str, text: str) -> None:
    assert not acted(text, title)


def test_a_figure_told_of_a_named_item_of_a_list_answers_it() -> None:
    readings = read_list("Guests with babies and cousins 42. Font later.", COUNT, CHOOSE)

    assert [(one.intent, one.sure) for one in readings[1]] == [(Intent.DONE, True)]


def test_words_behind_a_finished_item_of_a_list_leave_it_finished() -> None:
    readings = read_list(
        "Contract signed and slid under the door. Invoice no.",
        "Sign the contract",
        "Pay the deposit invoice",
    )

    assert (readings[1][0].intent, readings[1][0].sure) == (Intent.DONE, True)
    assert readings[2][0].intent is not Intent.DONE


def test_news_behind_a_finished_item_of_a_list_is_asked_about() -> None:
    readings = read_list(
        "Contract signed and the zorgle wumped another flimble over it. Invoice no.",
        "Sign the contract",
        "Pay the deposit invoice",
    )

    assert (readings[1][0].intent, readings[1][0].sure) == (Intent.DONE, False)


def test_more_news_behind_a_booking_are_asked_about() -> None:
    assert acted("Booked, next Friday at three.", BOOK)
    assert not acted("Booked, next Friday at three. The zorgle wumped it.", BOOK)


def test_a_day_told_of_a_named_item_of_a_list_answers_it() -> None:
    titles = ("Choose the inspection date", "Send the keys")
    told = read_list("Inspection: 14 March, the earlier the better. Keys no.", *titles)
    put_off = read_list("Inspection: not before 14 March. Keys no.", *titles)

    assert (told[1][0].intent, told[1][0].sure) == (Intent.DONE, True)
    assert not any(one.sure and one.intent is Intent.DONE for one in put_off[1])


def test_an_approval_of_a_named_item_of_a_list_needs_no_plain_words() -> None:
    titles = ("Approve the logo", "Approve the brochure")
    found = read_list("Logo approved by our whole cricket team. Brochure half read.", *titles)

    assert (found[1][0].intent, found[1][0].sure) == (Intent.DONE, True)
    assert found[2][0].intent is not Intent.DONE


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("de", "Klempner anrufen", "Der Klempner hat angerufen"),
        ("es", "Llamar al fontanero", "El fontanero llamó ayer"),
        ("it", "Chiamare l'idraulico", "L'idraulico ha chiamato"),
    ],
)
def test_who_was_to_be_called_and_called_himself_was_not_called(
    lang: str, title: str, text: str
) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Choose the cake", "In the fridge"),
        ("fr", "Choisir le gâteau", "Au four"),
        ("nl", "Taart kiezen", "In de oven"),
        ("sv", "Välja tårta", "I ugnen"),
        ("pl", "Wybrać tort", "W piekarniku"),
        ("ar", "اختيار الكعكة", "في الفرن"),
    ],
)
def test_where_something_is_chooses_nothing(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)
