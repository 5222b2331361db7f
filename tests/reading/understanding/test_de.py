"""What clients write in German, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Mietvertrag unterschreiben"
PAY = "Rechnung bezahlen"
SEND = "Kontoauszug Februar schicken"
APPROVE = "Logo freigeben"
FILL = "Fragebogen ausfüllen"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Ist unterschrieben und geht heute noch in die Post zurück."),
        (SIGN, "soeben per DocuSign unterschrieben"),
        (PAY, "Das Geld ist seit gestern raus."),
        (PAY, "schon bezahlt"),
        (SEND, "Hab ich Ihnen am Montag per Mail geschickt."),
        (SEND, "Liegt seit Freitag in der Cloud."),
        (APPROVE, "Freigabe erteilt!"),
        (APPROVE, "Passt so, bitte drucken."),
        (FILL, "AUSGEFÜLLT UND ABGESCHICKT"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Sobald es unterschrieben ist, schick ich es euch."),
        (SIGN, "Fast unterschrieben, meine Frau fehlt noch"),
        (SIGN, "Wäre längst unterschrieben, wenn der Drucker ginge."),
        (SIGN, "Ich hab es noch nicht unterschrieben."),
        (SIGN, "Betrachten Sie es als unterschrieben!"),
        (PAY, "Die Buchhaltung sagt, sie hätte das bezahlt."),
        (PAY, "Die Überweisung kam zurück."),
        (PAY, "Müsste eigentlich bezahlt sein, bin mir aber nicht sicher"),
        (SEND, "Habt ihr den nicht längst bekommen?"),
        (SEND, "Zur Hälfte geschickt, der Rest kommt morgen."),
        (APPROVE, "Ich gebe frei, sobald die Farbe geändert ist."),
        (APPROVE, "Bin fix und fertig heute."),
        (FILL, "Dann ist er ausgefüllt, versprochen."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Freitag nächster Woche.", date(2026, 3, 13)),
        ("Mach ich Ende des Monats.", date(2026, 3, 31)),
        ("Geht es auch am Montag?", date(2026, 3, 9)),
        ("übermorgen, versprochen", date(2026, 3, 6)),
        ("vor dem 20. schaffe ich das nicht", date(2026, 3, 20)),
        ("erst in KW 12", date(2026, 3, 18)),
        ("in vierzehn Tagen", date(2026, 3, 18)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="de")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Das macht unser Steuerberater.", None),
        ("Fragen Sie da besser Frau Wienert.", "Frau Wienert"),
        ("Bitte an rechnung@holzbau.example", "rechnung@holzbau.example"),
        ("Lasse ich Torben machen", "Torben"),
    ],
)
def test_work_is_passed_on_to_whom_the_answer_names(text: str, whom: str | None) -> None:
    reading = read(text, SEND, lang="de")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, whom)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Brauchen wir nicht mehr.", Intent.DECLINE),
        ("Sowas mache ich grundsätzlich nicht.", Intent.DECLINE),
        ("Danke für die Erinnerung!", Intent.ACKNOWLEDGE),
        ("Was heißt denn Zurechnungszeit?", Intent.QUESTION),
        ("nehmt mich aus dem Verteiler", Intent.STOP),
        ("Bin noch nicht dazu gekommen.", Intent.PROGRESS),
    ],
)
def test_everything_else_is_told_apart(text: str, intent: Intent) -> None:
    assert read(text, FILL, lang="de").intent is intent


def test_a_list_is_answered_by_its_numbers() -> None:
    found = read_list(
        "1 erledigt, 2 am Freitag, 3 brauchen wir nicht mehr", SEND, PAY, FILL, lang="de"
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE, 3: Intent.DECLINE}


def test_what_is_excepted_stays_open() -> None:
    found = intents(read_list("Alles erledigt außer der Rechnung.", SEND, PAY, FILL, lang="de"))

    assert (found[1], found[2]) == (Intent.DONE, Intent.PROGRESS)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Heizkörper entlüften", "Hab gestern alle Heizkörper entlüftet, lief problemlos."),
        ("Zaun streichen", "Der Zaun ist gestrichen."),
        ("Schlüssel zurückgeben", "Hab sie gestern am Empfang abgegeben."),
        ("Hausordnung aushängen", "Hängt seit heute früh im Treppenhaus."),
        (APPROVE, "Das geht in Ordnung, bitte so umsetzen."),
        (PAY, "Die Rechnung habe ich via E-Banking beglichen."),
        (SEND, "Guten Morgen Frau Behrens, der Auszug liegt bei euch am Empfang."),
    ],
)
def test_acts_of_many_trades_are_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PAY, "Die Kundin hat bezahlt."),
        (PAY, "Das Finanzamt hat das überwiesen."),
        (SIGN, "Der Vertrag wurde von meinem Bruder unterschrieben."),
        (SIGN, "Letztes Jahr hab ich den auch schon unterschrieben."),
        (SEND, "Das Postfach ist voll."),
        (FILL, "Drei von fünf Seiten sind ausgefüllt."),
        (FILL, "Die meisten Fragen sind beantwortet."),
    ],
)
def test_the_acts_of_others_and_of_other_years_are_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="de")


def test_the_last_two_are_not_the_first() -> None:
    found = intents(
        read_list(
            "die letzten beiden sind durch, bei der Anmeldung fehlt noch eine Unterschrift",
            "Kita-Anmeldung",
            "Masernnachweis",
            "Essensgeld",
            lang="de",
        )
    )

    assert found[1] is Intent.PROGRESS


def test_the_days_of_a_range_put_nothing_off() -> None:
    reading = read("Bin vom 3. bis 10. April weg, danach gern.", SEND, lang="de")

    assert reading.intent is not Intent.RESCHEDULE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Küche putzen", "Hab das Bad geputzt"),
        ("Stühle streichen", "Habe die Tür gestrichen"),
        ("Drucker reparieren", "Habe den Scanner im Büro repariert"),
        ("Rechnung bezahlen", "Die Miete ist bezahlt"),
        ("Flyer freigeben", "Super, danke!"),
    ],
)
def test_another_thing_that_was_done_is_asked_about(title: str, text: str) -> None:
    assert not acted(text, title, lang="de")


def test_where_it_was_done_belongs_to_what_was_done() -> None:
    assert acted("Im dritten Ordner ganz hinten gefunden", "Versicherungsschein suchen", lang="de")
    assert acted("Beim Notar unterschrieben", SIGN, lang="de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Vertrag kündigen", "Der Vertrag ist verlängert."),
        ("Flug umbuchen", "Flug ist gebucht."),
        ("Unterlagen einreichen", "Die Unterlagen sind gescannt."),
        ("Führungszeugnis beantragen", "Termin beim Bürgeramt gebucht."),
        ("Balkon streichen", "Balkon abgeklebt und grundiert."),
        (SIGN, "Der Mietvertrag ist bezahlt."),
        (SEND, "Der Kontoauszug liegt auf meinem Schreibtisch."),
        (PAY, "Bezahlt, aber gleich wieder storniert."),
        ("Hecke schneiden", "Hecke vorn geschnitten, hinten steht sie noch."),
    ],
)
def test_another_act_or_a_step_before_is_asked_about(title: str, text: str) -> None:
    assert not acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PAY, "Ist gestern überwiesen. War gar nicht so schwer."),
        (PAY, "Sorry, ganz vergessen zu antworten! Ist gestern überwiesen."),
        (PAY, "Update: ist gestern überwiesen."),
        (PAY, "Ist überwiesen, damit Sie planen können"),
        (FILL, "Ausgefüllt, hat sogar Spaß gemacht!"),
        ("Text gegenlesen", "Gelesen, keine Fehler gefunden."),
    ],
)
def test_what_is_said_beside_a_finish_does_not_turn_it(title: str, text: str) -> None:
    assert acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SEND, "Haben Sie schon seit Freitag."),
        (SEND, "Sind seit gestern in der Post."),
        (APPROVE, "Können Sie so drucken."),
        (PAY, "Hob i scho zoit."),
        (SIGN, "Fertig? Ja, gestern unterschrieben."),
    ],
)
def test_a_verb_that_stands_first_tells_where_a_full_stop_ends_it(title: str, text: str) -> None:
    assert acted(text, title, lang="de")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Sobald die Karte da ist, ist das in zwei Minuten erledigt.", Intent.PROGRESS),
        ("Bezahlt? Nein, leider nicht.", Intent.PROGRESS),
        ("Ist das eilig", Intent.QUESTION),
        ("Wurden am 2. März überwiesen, oder?", Intent.QUESTION),
    ],
)
def test_conditions_and_questions_stay_what_they_are(text: str, intent: Intent) -> None:
    assert read(text, PAY, lang="de").intent is intent


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Formular abgeben", "Das Formular am Infopoint abgegeben.", True),
        ("Rechnung bezahlen", "Beim Sanitärhaus Wippler bezahlt.", True),
        ("Zimmer im Hotel Adler buchen", "Im Hotel Krone gebucht.", False),
        ("Vertrag unterschreiben", "Auf dem Vorvertrag unterschrieben.", False),
        ("Formular abgeben", "Den Ausweis am Infopoint abgegeben.", False),
    ],
)
def test_an_unknown_place_may_stand_before_a_verb_at_the_end(
    title: str, text: str, *, done: bool
) -> None:
    assert acted(text, title, lang="de") is done


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Beitrag zahlen", "Ist per PayPal an Frau Dünser gegangen.", True),
        ("Frau Klein anrufen", "Hab Frau Klein angerufen.", True),
        ("Frau Klein anrufen", "Hab Frau Demir angerufen.", False),
        ("Formular abgeben", "Das hab ich meiner Frau gegeben.", False),
    ],
)
def test_a_courtesy_before_a_name_is_nobodys_wife(title: str, text: str, *, done: bool) -> None:
    assert acted(text, title, lang="de") is done


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Einladungen verschicken", "Einladungen verschickt!", True),
        ("Einladungen verschicken", "Verschickt an Sabine.", True),
        ("Einladungen verschicken", "Einladungen verschickt Sabine.", False),
        ("Halle reservieren", "Halle reserviert der Sportverein.", False),
    ],
)
def test_who_stands_behind_a_verb_does_it(title: str, text: str, *, done: bool) -> None:
    assert acted(text, title, lang="de") is done


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Reifen wechseln", "Vorne und hinten gewechselt.", True),
        ("Reifen wechseln", "Vorne gewechselt.", False),
        ("Rasen mähen", "Gestern Abend gemäht.", True),
        ("Rasen mähen", "Vor dem Haus gemäht.", False),
        ("Flug buchen", "Flug gebucht, dann gesehen dass es der 27. ist.", False),
        ("Kita anmelden", "Angemeldet, auf Warteliste.", False),
        ("Menü freigeben", "Ja, mit Änderungen.", False),
        (PAY, "Gestern überwiesen, müsste morgen da sein.", True),
    ],
)
def test_a_part_or_a_catch_is_no_finish(title: str, text: str, *, done: bool) -> None:
    assert acted(text, title, lang="de") is done


def test_a_letter_that_singles_out_one_of_a_list_is_not_said_of_all() -> None:
    titles = ("Vertrag A unterschreiben", "Vertrag B unterschreiben")
    one = read_list("B unterschrieben", *titles, lang="de")
    both = read_list("Beide unterschrieben", *titles, lang="de")
    assert not any(reading.sure for readings in one.values() for reading in readings)
    assert all(reading.sure for readings in both.values() for reading in readings)
