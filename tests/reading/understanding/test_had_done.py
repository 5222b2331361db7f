"""Where a title asks to have it done, others may have done it; else it is asked who they are."""

import pytest

from tests.reading.understanding.builders import acted


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Stundenzettel unterschreiben lassen", "Chef hat unterschrieben.", "de"),
        ("Pachtvertrag prüfen lassen", "Der Anwalt hat ihn geprüft.", "de"),
        ("Contract laten nakijken", "De advocaat heeft het nagekeken.", "nl"),
    ],
)
def test_others_may_have_done_what_they_are_to_do(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Bescheinigung unterschreiben", "Der Chef hat unterschrieben.", "de"),
        ("Vertrag vom Chef unterschreiben lassen", "Die Kollegin hat unterschrieben.", "de"),
        ("Auto reparieren lassen", "Die Werkstatt hat es durchgesehen.", "de"),
        ("Stundenzettel unterschreiben lassen", "Der Chef hat angeblich unterschrieben.", "de"),
        ("Contract nakijken", "De advocaat heeft het nagekeken.", "nl"),
    ],
)
def test_somebody_else_or_another_act_is_asked_about(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)
