"""What clients write in Polish, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Podpisać umowę najmu"
PAY = "Zapłacić fakturę"
SEND = "Przesłać wyciąg za luty"
APPROVE = "Zatwierdzić logo"
FILL = "Wypełnić ankietę"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Podpisana i wysłana pocztą."),
        (SIGN, "wlasnie podpisalem"),
        (PAY, "Przelew poszedł wczoraj."),
        (PAY, "już zapłacone"),
        (SEND, "Wysłałam w poniedziałek mailem."),
        (SEND, "Jest na dysku od piątku."),
        (APPROVE, "Akceptuję!"),
        (APPROVE, "Bez uwag, proszę drukować."),
        (FILL, "WYPELNIONA I WYSLANA"),
        ("Umyć samochód", "Umyty i zatankowany."),
        ("Zaszczepić psa", "Zaszczepiony wczoraj."),
        ("Zwrócić klucze do biura", "Klucze zdałem ochronie w piątek."),
        ("Przeczytać umowę spółki", "Przeczytane od deski do deski."),
        ("Wypowiedzieć umowę", "Wypowiedzenie złożone w salonie."),
        ("Nadać paczkę z próbkami", "Paczka w paczkomacie od wczoraj."),
        ("Zaprosić prelegentów", "Zaproszeni, wszyscy się zgodzili."),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="pl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Jak tylko podpiszę, odeślę."),
        (SIGN, "Prawie podpisana, brakuje tylko żony"),
        (SIGN, "Byłaby podpisana, gdyby działała drukarka."),
        (SIGN, "Jeszcze nie podpisałem."),
        (SIGN, "Uznajcie, że podpisane. Żartuję."),
        (PAY, "Mąż twierdzi, że zapłacone."),
        (PAY, "Przelew wrócił."),
        (PAY, "Chyba zapłaciłem, nie jestem pewien"),
        (SEND, "Przecież już go macie?"),
        (SEND, "Połowa wysłana, reszta jutro."),
        (APPROVE, "Zatwierdzam pod warunkiem zmiany koloru."),
        (APPROVE, "Mam już dość tego logo."),
        (FILL, "Wtedy będzie wypełniona."),
        (FILL, "Wydrukowana."),
        (PAY, "Zapłacone przeze mnie w zeszłym roku."),
        ("Umyć okna", "Umyłem podłogę."),
        ("Zebrać podpisy", "Zebrałam 18 z 24."),
        ("Naprawić kran", "Hydraulik umówiony."),
        ("Umowa najmu", "Michał zachorował."),
        ("Wymienić opony", "Kupiłem nowe opony."),
        ("Wypowiedzieć abonament", "Mówią, że jest wypowiedziany."),
        ("Złożyć wniosek o urlop", "Wniosek wypełniony."),
        ("Odebrać klucze", "Klucze są na recepcji."),
        (SIGN, "Umowa podpisana przez sprzedającego."),
        (SIGN, "Poszło pocztą."),
        (PAY, "Wszystko wysłane."),
        ("Wysłać raport przez portal", "Portal już działa."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="pl")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("W piątek w przyszłym tygodniu.", date(2026, 3, 13)),
        ("Zrobię pod koniec miesiąca.", date(2026, 3, 31)),
        ("Może być w poniedziałek?", date(2026, 3, 9)),
        ("pojutrze będzie", date(2026, 3, 6)),
        ("nie wcześniej niż 20 marca", date(2026, 3, 20)),
        ("za dwa tygodnie", date(2026, 3, 18)),
        ("do 12.03 ogarnę", date(2026, 3, 12)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="pl")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Zajmuje się tym nasza księgowa.", None),
        ("Proszę zapytać panią Beatę.", "panią Beatę"),
        ("Proszę pisać na faktury@domydrewniane.example", "faktury@domydrewniane.example"),
        ("Zrobi to Kamil", "Kamil"),
        ("Prześle go Wanda z księgowości.", "Wanda"),
    ],
)
def test_work_is_passed_on_to_whom_the_answer_names(text: str, whom: str | None) -> None:
    reading = read(text, SEND, lang="pl")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, whom)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Już nie trzeba.", Intent.DECLINE),
        ("Nie przedłużamy, projekt zamknięty.", Intent.DECLINE),
        ("Nawet nie tknęłam.", Intent.PROGRESS),
        ("Do drugiej ankiety nie zajrzałem.", Intent.PROGRESS),
        ("Nie będę tego robić.", Intent.DECLINE),
        ("Dziękuję za przypomnienie!", Intent.ACKNOWLEDGE),
        ("Co to jest ten ZAP-3?", Intent.QUESTION),
        ("proszę mnie wypisać z listy", Intent.STOP),
        ("Jeszcze nie zdążyłam.", Intent.PROGRESS),
    ],
)
def test_everything_else_is_told_apart(text: str, intent: Intent) -> None:
    assert read(text, FILL, lang="pl").intent is intent


def test_a_list_is_answered_by_its_numbers() -> None:
    found = read_list("1 zrobione, 2 w piątek, 3 już nie trzeba", SEND, PAY, FILL, lang="pl")

    assert intents(found) == {1: Intent.DONE, 2: Intent.RESCHEDULE, 3: Intent.DECLINE}


def test_what_is_excepted_stays_open() -> None:
    found = intents(read_list("Wszystko zrobione oprócz faktury.", SEND, PAY, FILL, lang="pl"))

    assert (found[1], found[2]) == (Intent.DONE, Intent.PROGRESS)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Umowa gotowa"),
        ("Wysłać ofertę", "Oferta gotowa"),
        ("Naprawić kran", "Naprawiony na chwilę"),
        ("Wymienić opony", "Wymienione dwie"),
        ("Wysłać dokumenty", "Wysłany sam skan"),
        ("Posprzątać biuro", "Posprzątane po łebkach"),
        ("Wybrać hotel", "Bierzemy, który tańszy"),
        ("Wybrać kolor płytek", "Wszystko jedno"),
        (APPROVE, "Osobiście nie mam uwag"),
        ("Policzyć towar", "Sklep policzony, w magazynie zostały dwa regały."),
        ("Zarezerwować hotel", "Sala zarezerwowana"),
    ],
)
def test_a_limit_or_another_thing_is_heard(title: str, text: str) -> None:
    assert not acted(text, title, lang="pl")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Zarezerwować salę", "Sala zarezerwowana na 10 kwietnia"),
        ("Zapłacić ratę", "Rata zapłacona"),
        ("Przygotować listę gości", "Lista gotowa"),
        ("Podać adres", "ul. Polna 5/3, 00-123 Warszawa"),
    ],
)
def test_short_nouns_and_streets_are_known(title: str, text: str) -> None:
    assert acted(text, title, lang="pl")
