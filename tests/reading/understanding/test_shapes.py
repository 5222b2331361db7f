"""What stands where: answers and finishes that are known by their shape, not by their words."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, read_list


def _ticked(titles: tuple[str, ...], text: str, lang: str) -> bool:
    first = read_list(text, *titles, lang=lang).get(1, [])
    return any(one.intent is Intent.DONE and one.sure for one in first)


@pytest.mark.parametrize(
    ("lang", "titles", "text"),
    [
        ("en", ("Send delivery address", "Pay"), "Address: 77 Quarry Rd, Apt 4, Easton"),
        ("en", ("Send tax clearance pin", "Pay"), "Pin: 7F3A09C2KL"),
        ("de", ("Ersthelfer benennen", "Plan"), "Ersthelfer: Mandy Reppin und Ole Tams"),
        ("de", ("Körbe auswählen", "Zahlen"), "Körbe: 12x den kleinen, 3x den großen mit Speck"),
        ("es", ("Pasar los datos fiscales", "Pagar"), "Datos: La Chacra de Elena SAS, Tandil"),
        ("nl", ("Budget bevestigen", "Zaal kiezen"), "Budget: 4500 ex btw"),
        ("it", ("Comunicare il codice fiscale", "Pagare"), "Codice BNCLRD88C14F205X"),
        ("es", ("Mandar medidas de la cocina", "Pagar"), "medidas 3.20 x 2.45"),
        ("sv", ("Skicka leveransadress", "Betala"), "Leveransadress: Storgatan 12, Umeå"),
    ],
)
def test_figures_and_names_behind_a_label_are_the_answer(
    lang: str, titles: tuple[str, ...], text: str
) -> None:
    assert _ticked(titles, text, lang)


@pytest.mark.parametrize(
    ("lang", "titles", "text"),
    [
        ("en", ("Choose music", "Pay"), "Music: Henk decides"),
        ("en", ("Choose music", "Pay"), "Music: Henk and Pete fighting over it"),
        ("en", ("Choose tiles", "Pay"), "Tiles: see Gigi from Oakham"),
        ("en", ("Choose tiles", "Pay"), "Tiles: 3 weeks late"),
        ("en", ("Choose tiles", "Pay"), "Tiles: 2 favourites left"),
        ("en", ("Send delivery address", "Pay"), "Address: formerly 12 Glebe House"),
        ("es", ("Elegir la música", "Pagar"), "Música: preguntar a Lucía, 600 123 456"),
        ("pl", ("Wybrać muzykę", "Zapłacić"), "Muzyka: zapytać Olę Kot"),
        ("de", ("Menü abstimmen", "Zahlen"), "Menü: Braten oder Forelle"),
        ("de", ("Zählerstand durchgeben", "Zahlen"), "Zählerstand vom Nachbarn ist 48213"),
        ("en", ("Send figures for May", "Pay"), "Figures for April: 4200"),
        ("en", ("Tell us the meter reading", "Pay"), "Meter reading is 14 months old"),
        ("de", ("Getränke auswählen", "Zahlen"), "Getränke: Streit seit 3 Tagen"),
    ],
)
def test_how_things_stand_behind_a_label_is_no_answer(
    lang: str, titles: tuple[str, ...], text: str
) -> None:
    assert not _ticked(titles, text, lang)


@pytest.mark.parametrize(
    ("lang", "titles", "text"),
    [
        ("en", ("Order chairs", "Pay caterer"), "Chairs ok, caterer not yet"),
        ("de", ("Rauchmelder prüfen", "Plan zeichnen"), "Rauchmelder ok. Plan fast"),
        ("nl", ("Stoelen bestellen", "Zaal betalen"), "Stoelen ok, zaal morgen"),
    ],
)
def test_an_ok_among_states_is_one_of_them(lang: str, titles: tuple[str, ...], text: str) -> None:
    assert _ticked(titles, text, lang)


@pytest.mark.parametrize(
    ("lang", "titles", "text"),
    [
        ("en", ("Order chairs", "Pay caterer"), "1 ok 2 ok will do"),
        ("en", ("Order chairs", "Pay caterer"), "1. ok\n2. ok\nWill do both this week"),
        ("en", ("Order chairs", "Pay caterer"), "Ok for the chairs, caterer is paid"),
        ("es", ("Pedir las sillas", "Pagar el salón"), "1 ok, 2 ok, lo hago mañana"),
        ("it", ("Ordinare le sedie", "Pagare la sala"), "1 ok 2 ok, ci penso io"),
    ],
)
def test_an_ok_that_may_promise_ticks_nothing(
    lang: str, titles: tuple[str, ...], text: str
) -> None:
    assert not _ticked(titles, text, lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("es", "Traer el libro de familia", "te lo dejé ayer en la bandeja de recepción"),
        ("pt", "Preencher a ficha", "Preenchida no formulário do vosso site"),
        ("en", "Pay deposit", "Paid it over the counter of the Halifax branch"),
    ],
)
def test_a_place_may_have_a_place_of_its_own(lang: str, title: str, text: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Sign contract", "Signed it in the hope nobody notices"),
        ("en", "Upload report", "Uploaded it to the portal and got rejected"),
        ("pt", "Assinar o contrato", "Assinei o rascunho no escritório da minha irmã"),
        ("sv", "Skriv under avtalet", "Skrev under i utkastet av avtalet"),
        ("en", "Empty kitchen units", "Drained the tank in the loft"),
    ],
)
def test_what_a_place_is_joined_to_may_be_something_else(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Pay invoice 4711a", "Paid 4711b"),
        ("de", "Antrag 3a unterschreiben", "3b unterschrieben"),
        ("fr", "Payer la facture 12bis", "Payé la 12ter"),
    ],
)
def test_the_letters_of_a_number_tell_it_from_others(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)
