"""What clients write in Dutch, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Huurcontract tekenen"
PAY = "Factuur betalen"
SEND = "Bankafschrift februari mailen"
APPROVE = "Logo goedkeuren"
FILL = "Vragenlijst invullen"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Getekend en op de post gedaan."),
        (SIGN, "krabbel staat eronder"),
        (PAY, "Zojuist overgemaakt via iDEAL."),
        (PAY, "is al betaald"),
        (SEND, "Heb ik maandag al gemaild."),
        (SEND, "Staat sinds vrijdag in de map."),
        (APPROVE, "Helemaal akkoord!"),
        (APPROVE, "Ziet er goed uit, drukken maar."),
        (FILL, "INGEVULD EN VERSTUURD"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="nl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Zodra het getekend is stuur ik het op."),
        (SIGN, "Bijna getekend, alleen mijn vrouw nog"),
        (SIGN, "Was allang getekend als de printer het deed."),
        (SIGN, "Ik heb het nog niet getekend."),
        (SIGN, "Beschouw het maar als getekend!"),
        (PAY, "Volgens mijn man is dat al betaald."),
        (PAY, "De betaling is geweigerd."),
        (PAY, "Ik dacht dat het betaald was"),
        (SEND, "Hebben jullie dat niet allang?"),
        (SEND, "Half verstuurd, de rest komt morgen."),
        (APPROVE, "Akkoord mits de kleur aangepast wordt."),
        (APPROVE, "Ik ben helemaal klaar met dat logo."),
        (FILL, "Dan is hij ingevuld, beloofd."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="nl")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Vrijdag volgende week.", date(2026, 3, 13)),
        ("Doe ik eind van de maand.", date(2026, 3, 31)),
        ("Kan het ook maandag?", date(2026, 3, 9)),
        ("overmorgen heb je hem", date(2026, 3, 6)),
        ("niet voor de 20e", date(2026, 3, 20)),
        ("wordt week 12", date(2026, 3, 18)),
        ("over veertien dagen", date(2026, 3, 18)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="nl")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Dat doet onze boekhouder.", None),
        ("Vraag het aan mevrouw Postma.", "mevrouw Postma"),
        ("Mail naar facturen@houtbouw.example", "facturen@houtbouw.example"),
        ("Laat ik Bram doen", "Bram"),
    ],
)
def test_work_is_passed_on_to_whom_the_answer_names(text: str, whom: str | None) -> None:
    reading = read(text, SEND, lang="nl")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, whom)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hoeft niet meer.", Intent.DECLINE),
        ("Daar begin ik niet aan.", Intent.DECLINE),
        ("Bedankt voor de herinnering!", Intent.ACKNOWLEDGE),
        ("Wat wordt er bedoeld met heffingskorting?", Intent.QUESTION),
        ("haal me van deze lijst aub", Intent.STOP),
        ("Nog niet aan toegekomen.", Intent.PROGRESS),
    ],
)
def test_everything_else_is_told_apart(text: str, intent: Intent) -> None:
    assert read(text, FILL, lang="nl").intent is intent


def test_a_list_is_answered_by_its_numbers() -> None:
    found = read_list("1 gedaan, 2 vrijdag, 3 hoeft niet meer", SEND, PAY, FILL, lang="nl")

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE, 3: Intent.DECLINE}


def test_what_is_excepted_stays_open() -> None:
    found = intents(read_list("Alles gedaan behalve de factuur.", SEND, PAY, FILL, lang="nl"))

    assert (found[1], found[2]) == (Intent.DONE, Intent.PROGRESS)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Radiatoren ontluchten", "Gisteravond alle radiatoren ontlucht, ging zonder problemen."),
        ("Back-up controleren", "Back-up gecontroleerd, draait als een zonnetje."),
        ("Kas opmaken", "Kas is geteld, klopt tot op de cent."),
        ("Schoolpas ophalen", "Pas is opgehaald."),
        ("Map ophalen", "gisteren opgehaald op het stadhuis"),
        ("Huisregels ophangen", "Hangt sinds vanmorgen in de hal."),
        ("Drukproef goedkeuren", "Wat ons betreft mag dit zo naar de drukker!"),
    ],
)
def test_small_words_beside_a_finish_do_not_turn_it(title: str, text: str) -> None:
    assert acted(text, title, lang="nl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Factuur betalen", "De klant heeft betaald."),
        ("Contract tekenen", "Het contract is door mijn broer getekend."),
        ("Loonstroken nakijken", "Vorig jaar heb ik die ook allemaal nagekeken."),
        ("Stukken sturen", "Binnen twee weken."),
        ("Facturen inboeken", "De meeste zijn ingeboekt."),
        ("Offerte goedkeuren", "Op punt 4 na akkoord."),
        ("Voorraad tellen", "Ben bij rek 7 van de 12."),
    ],
)
def test_the_acts_of_others_and_of_other_years_are_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="nl")


def test_a_place_behind_op_is_no_exception() -> None:
    found = read_list(
        "allebei gisteren gedaan op het stadhuis", "Map ophalen", "Kopieën laten maken", lang="nl"
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Keuken poetsen", "Heb de badkamer gepoetst"),
        ("Stoelen schilderen", "Heb de deur geschilderd"),
        ("Printer repareren", "Heb de scanner op kantoor gerepareerd"),
        ("Factuur betalen", "De huur is betaald"),
        ("Flyer goedkeuren", "Super, bedankt!"),
    ],
)
def test_another_thing_that_was_done_is_asked_about(title: str, text: str) -> None:
    assert not acted(text, title, lang="nl")


def test_where_it_was_done_belongs_to_what_was_done() -> None:
    assert acted("Helemaal achterin de derde map gevonden", "Polis opzoeken", lang="nl")
    assert acted("Bij de notaris getekend", SIGN, lang="nl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Contract opzeggen", "Het contract is verlengd."),
        ("Vlucht omboeken", "Vlucht is geboekt."),
        ("Bonnen inleveren", "De bonnen zijn gescand."),
        ("VOG aanvragen", "Afspraak bij de gemeente gemaakt."),
        ("Belastingaanslag doorsturen", "De aanslag is binnen."),
        ("Bloemen bestellen", "Besteld, en weer afbesteld."),
        ("Aanvraag versturen", "Aanvraag is ingevuld en ligt op mijn bureau."),
        ("Contract van mevrouw De Wit tekenen", "Mevrouw De Wit heeft getekend."),
    ],
)
def test_another_act_or_a_step_before_is_asked_about(title: str, text: str) -> None:
    assert not acted(text, title, lang="nl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Factuur betalen", "Is gisteren overgemaakt. Dank voor het geduld."),
        ("Factuur betalen", "Sorry, helemaal vergeten te reageren! Is gisteren overgemaakt."),
        ("Factuur betalen", "Wat betreft de factuur: is gisteren overgemaakt."),
        ("Formulier invullen", "Ingevuld, was even zoeken."),
        ("Tekst nakijken", "Nagekeken, geen fouten gevonden."),
        ("Post doorsturen", "Alles geregeld!!"),
    ],
)
def test_what_is_said_beside_a_finish_does_not_turn_it(title: str, text: str) -> None:
    assert acted(text, title, lang="nl")


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Uitnodigingen versturen", "Verstuurd naar Sanne.", True),
        ("Uitnodigingen versturen", "Uitnodigingen verstuurt Sanne.", False),
        ("Uitnodigingen versturen", "Verstuurd, naar het oude adres.", False),
        ("Banden wisselen", "Voor en achter gewisseld.", True),
        ("Banden wisselen", "Achter gewisseld.", False),
        ("Fiets repareren", "Fiets gerepareerd, rijdt weer.", True),
        ("Fiets repareren", "Fiets gerepareerd, ketting valt eraf.", False),
        ("Huurcontract tekenen", "Contract is getekend teruggestuurd met de post.", True),
        ("Menu goedkeuren", "Ja, met opmerkingen.", False),
        ("Foto's uitkiezen", "3 of 5", False),
    ],
)
def test_a_part_or_a_catch_is_no_finish(title: str, text: str, *, done: bool) -> None:
    assert acted(text, title, lang="nl") is done
