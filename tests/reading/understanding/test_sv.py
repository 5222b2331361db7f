"""What clients write in Swedish, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Skriva på hyresavtalet"
PAY = "Betala fakturan"
SEND = "Skicka kontoutdraget för februari"
APPROVE = "Godkänna loggan"
FILL = "Fylla i formuläret"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Påskrivet och postat."),
        (SIGN, "signerade med BankID nyss"),
        (PAY, "Swishade igår kväll."),
        (PAY, "redan betald"),
        (SEND, "Jag mejlade det i måndags."),
        (SEND, "Ligger i mappen sedan i fredags."),
        (APPROVE, "Godkänt från vår sida!"),
        (APPROVE, "Ser bra ut, tryck."),
        (FILL, "IFYLLT OCH INSKICKAT"),
        ("Byt lampan i trapphuset", "Bytt, den lyser."),
        ("Tvätta firmabilen", "Tvättad och tankad."),
        ("Läs bolagsordningen", "Läst från pärm till pärm."),
        ("Avboka tandläkaren", "Avbokad, de tog ingen avgift."),
        ("Återlämna kontorsnycklarna", "Nycklarna lämnade jag till vakten i fredags."),
        ("Säga upp elavtalet", "Avtalet är uppsagt per sista mars."),
        ("Förnya passet", "Nya passet hämtades ut i fredags."),
        ("Bjud in talarna", "Alla talare inbjudna och alla har tackat ja."),
        ("Underteckna bokslutet", "Bokslutet skrev jag på i går."),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="sv")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Så fort det är påskrivet skickar jag det."),
        (SIGN, "Nästan klart, frun ska bara skriva på"),
        (SIGN, "Det hade varit påskrivet om skrivaren funkade."),
        (SIGN, "Jag har inte skrivit på än."),
        (SIGN, "Räkna det som påskrivet!"),
        (PAY, "Enligt min man är den betald."),
        (PAY, "Betalningen kom tillbaka."),
        (PAY, "Jag tror att den är betald"),
        (SEND, "Har ni inte redan fått det?"),
        (SEND, "Hälften skickat, resten kommer imorgon."),
        (APPROVE, "Godkänner om färgen ändras först."),
        (APPROVE, "Jag är så himla färdig med den där loggan."),
        (FILL, "Sen är det ifyllt och klart."),
        (FILL, "Utskrivet."),
        (PAY, "Betalade den förra året."),
        ("Putsa fönstren", "Moppade golvet."),
        ("Samla in underskrifter", "Har fått in 18 av 24."),
        ("Laga kranen", "Rörmokaren är bokad."),
        ("Anmäl barnet till simskolan", "Vi står på plats fem i kön."),
        ("Byta däck", "Köpte nya däck igår."),
        ("Klippa häcken", "Grannen har klippt sin häck."),
        ("Skriva under fullmakten", "Fullmakten är utskriven och ligger på köksbordet."),
        ("Byta lampor i trapphuset", "Pär bytte på plan 1. Plan 2 och 3 är mörka ännu"),
        (SEND, "Någon har skickat det."),
        (SIGN, "Inlämnat och klart."),
        ("Skicka rapporten i portalen", "Portalen funkar nu."),
        ("Välja golv", "Vi väljer mellan ek och björk."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="sv")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Fredag nästa vecka.", date(2026, 3, 13)),
        ("Gör det i slutet av månaden.", date(2026, 3, 31)),
        ("Går det bra på måndag?", date(2026, 3, 9)),
        ("i övermorgon har du den", date(2026, 3, 6)),
        ("inte före den 20", date(2026, 3, 20)),
        ("blir v. 12", date(2026, 3, 18)),
        ("om fjorton dagar", date(2026, 3, 18)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="sv")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Det sköter vår revisor.", None),
        ("Fråga Gunilla istället.", "Gunilla"),
        ("Mejla till faktura@trahus.example", "faktura@trahus.example"),
        ("Låter Björn göra det", "Björn"),
    ],
)
def test_work_is_passed_on_to_whom_the_answer_names(text: str, whom: str | None) -> None:
    reading = read(text, SEND, lang="sv")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, whom)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Behövs inte längre.", Intent.DECLINE),
        ("Sånt gör jag aldrig.", Intent.DECLINE),
        ("Vi förnyar den inte, föreningen är upplöst.", Intent.DECLINE),
        ("Det har jag inte rört.", Intent.PROGRESS),
        ("Jag kommer inte åt blanketten.", Intent.PROGRESS),
        ("Tack för påminnelsen!", Intent.ACKNOWLEDGE),
        ("Vad menas med jämkning?", Intent.QUESTION),
        ("ta bort mig från listan", Intent.STOP),
        ("Har inte hunnit än.", Intent.PROGRESS),
    ],
)
def test_everything_else_is_told_apart(text: str, intent: Intent) -> None:
    assert read(text, FILL, lang="sv").intent is intent


def test_a_list_is_answered_by_its_numbers() -> None:
    found = read_list("1 klart, 2 på fredag, 3 behövs inte längre", SEND, PAY, FILL, lang="sv")

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE, 3: Intent.DECLINE}


def test_what_is_excepted_stays_open() -> None:
    found = intents(read_list("Allt klart utom fakturan.", SEND, PAY, FILL, lang="sv"))

    assert (found[1], found[2]) == (Intent.DONE, Intent.PROGRESS)


@pytest.mark.parametrize(
    ("title", "text", "done"),
    [
        ("Byta däck", "Bytt fram och bak.", True),
        ("Byta däck", "Bytt fram.", False),
        ("Granska avtalet", "Har läst hela.", True),
        ("Granska avtalet", "Har bara bläddrat lite.", False),
        ("Anmäla till förskolan", "Anmäld i kö.", False),
        ("Laga cykeln", "Cykeln lagad, kedjan hoppar.", False),
        ("Godkänna menyn", "Ja, med ändringar.", False),
        ("Skriva under köpekontraktet", "Skrevs under hos mäklaren idag.", True),
        ("Betala faktura 2231", "Betalade igår, borde vara framme imorgon.", True),
        ("Välja foton", "3 eller 5", False),
    ],
)
def test_a_part_or_a_catch_is_no_finish(title: str, text: str, *, done: bool) -> None:
    assert acted(text, title, lang="sv") is done
