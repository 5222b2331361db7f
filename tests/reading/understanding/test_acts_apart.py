"""Work of the same sort is not the work: sown is not mown, and sanded is not painted."""

import pytest

from tests.reading.understanding.builders import acted


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("de", "Rasen mähen", "Rasen ist gedüngt"),
        ("de", "Bad fliesen", "Bad ist verputzt"),
        ("de", "Hund impfen", "Hund ist gechippt"),
        ("de", "Kisten packen", "Kisten sind beschriftet"),
        ("de", "Flyer verteilen", "Flyer sind eingesammelt"),
        ("de", "Zaun imprägnieren", "Zaun ist gestrichen"),
        ("nl", "Gras maaien", "Gras is gezaaid"),
        ("nl", "Badkamer betegelen", "Badkamer is gestuct"),
        ("nl", "Dozen labelen", "Dozen zijn ingepakt"),
    ],
)
def test_another_act_upon_the_same_thing_is_not_the_one(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("de", "Rasen mähen", "Rasen ist gemäht und gedüngt"),
        ("de", "Zaun imprägnieren", "Zaun ist imprägniert"),
        ("de", "Brunnen abpumpen", "Hab ich gemacht"),
        ("de", "Beet umgraben", "Beet ist umgegraben"),
        ("nl", "Gras maaien", "Gras is gemaaid"),
        ("nl", "Schutting oliën", "Schutting is geolied"),
    ],
)
def test_the_act_itself_is_known_even_where_no_list_has_it(
    lang: str, title: str, text: str
) -> None:
    assert acted(text, title, lang=lang)
