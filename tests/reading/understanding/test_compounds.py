"""Compounds: their end names the thing, their beginning only what the thing is of or for."""

import pytest

from tests.reading.understanding.builders import acted


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Flughafentransfer buchen", "Flug ist gebucht.", "de"),
        ("Gartenmöbel bestellen", "Der Garten ist bestellt.", "de"),
        ("Dachfenster putzen", "Dach ist geputzt.", "de"),
        ("Hotelparkplatz reservieren", "Hotel ist reserviert.", "de"),
        ("Tuinmeubelen bestellen", "Tuin is besteld.", "nl"),
        ("Boka flygplatstransfer", "Flyget är bokat.", "sv"),
    ],
)
def test_what_a_compound_begins_with_is_another_thing(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Hochzeitstorte bestellen", "Torte ist bestellt.", "de"),
        ("Garagentor reparieren lassen", "Das Tor ist repariert.", "de"),
        ("Zeitungsabo kündigen", "Abo gekündigt.", "de"),
        ("Flugtickets buchen", "Flüge sind gebucht.", "de"),
        ("Mietwagen buchen", "Auto ist gebucht.", "de"),
        ("Betriebskostenabrechnung prüfen", "Nebenkostenabrechnung ist geprüft.", "de"),
        ("Gastenlijst doorsturen", "Gasten heb ik doorgestuurd.", "nl"),
        ("Betala elräkningen", "Elen är betald.", "sv"),
    ],
)
def test_its_end_a_light_end_or_a_synonym_is_the_thing(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)
