"""When people say when in a plan: every usual form, in nine languages.

The plans are read on Wednesday, 4 March 2026.
"""

from datetime import date, time

import pytest

from mailflow.domain.plan import Appointment, ToDoKind
from tests.reading.plan_builders import PEOPLE, a_todo, a_world, problems_of, read, todos_of

WEDNESDAY = date(2026, 3, 4)

SAID = {
    "en-GB": {
        "by Fri 6 March": "2026-03-06",
        "until 6 March 2026": "2026-03-06",
        "due on the 15th": "2026-03-15",
        "by March 6th, 2026": "2026-03-06",
        "no later than 6 Mar": "2026-03-06",
        "2026-03-06": "2026-03-06",
        "06.03.2026": "2026-03-06",
        "6/3/26": "2026-03-06",
        "Friday": "2026-03-06",
        "by Wednesday": "2026-03-04",
        "next Friday": "2026-03-13",
        "Friday next week": "2026-03-13",
        "this Friday": "2026-03-06",
        "today": "2026-03-04",
        "EOD": "2026-03-04",
        "tomorrow": "2026-03-05",
        "the day after tomorrow": "2026-03-06",
        "by the end of next week": "2026-03-13",
        "end of the week": "2026-03-06",
        "end of March": "2026-03-31",
        "by mid-April": "2026-04-15",
        "early in April": "2026-04-01",
        "end of the month": "2026-03-31",
        "end of Q2": "2026-06-30",
        "week 12": "2026-03-20",
        "Friday of week 12": "2026-03-20",
        "in two weeks": "2026-03-18",
        "within 10 days": "2026-03-14",
        "in a fortnight": "2026-03-18",
        "in 3 working days": "2026-03-09",
        "two weeks from today": "2026-03-18",
        "2-6 March": "2026-03-06",
        "Mon 2 March to Fri 6 March": "2026-03-06",
    },
    "de-DE": {
        "nächsten Freitag": "2026-03-13",
        "am Freitag": "2026-03-06",
        "kommenden Freitag": "2026-03-06",
        "am 3. Dezember": "2026-12-03",
        "bis Montag": "2026-03-09",
        "Ende nächster Woche": "2026-03-13",
        "KW 50": "2026-12-11",
        "Montag KW 12": "2026-03-16",
        "übermorgen": "2026-03-06",
        "in zwei Wochen": "2026-03-18",
        "bis spätestens Fr., 06.03.": "2026-03-06",
        "bis zum 15.": "2026-03-15",
        "innerhalb von 3 Werktagen": "2026-03-09",
        "Ende des Monats": "2026-03-31",
        "Mitte April": "2026-04-15",
    },
    "fr-FR": {
        "vendredi prochain": "2026-03-13",
        "avant le 6 mars": "2026-03-06",
        "d'ici le vendredi 6 mars 2026": "2026-03-06",
        "le 1er avril": "2026-04-01",
        "dans deux semaines": "2026-03-18",
        "après-demain": "2026-03-06",
        "d'ici la fin de la semaine prochaine": "2026-03-13",
        "fin mars": "2026-03-31",
        "à la mi-avril": "2026-04-15",
        "d'ici 5 jours ouvrés": "2026-03-11",
        "semaine 12": "2026-03-20",
        "pour le 15": "2026-03-15",
    },
    "es-ES": {
        "el lunes": "2026-03-09",
        "el próximo viernes": "2026-03-06",
        "el viernes que viene": "2026-03-13",
        "pasado mañana": "2026-03-06",
        "en dos semanas": "2026-03-18",
        "antes del 6 de marzo de 2026": "2026-03-06",
        "a finales de marzo": "2026-03-31",
        "a mediados de abril": "2026-04-15",
        "dentro de 3 días hábiles": "2026-03-09",
        "fin de mes": "2026-03-31",
    },
    "it-IT": {
        "venerdì prossimo": "2026-03-13",
        "dopodomani": "2026-03-06",
        "entro il 6 marzo": "2026-03-06",
        "entro venerdì 6 marzo 2026": "2026-03-06",
        "tra due settimane": "2026-03-18",
        "entro fine mese": "2026-03-31",
        "a metà aprile": "2026-04-15",
        "l'8 aprile": "2026-04-08",
        "entro la fine della prossima settimana": "2026-03-13",
    },
    "pt-PT": {
        "até sexta-feira": "2026-03-06",
        "até 6 de março de 2026": "2026-03-06",
        "próxima sexta": "2026-03-06",
        "depois de amanhã": "2026-03-06",
        "em duas semanas": "2026-03-18",
        "até dia 15": "2026-03-15",
        "semana que vem": "2026-03-13",
        "daqui a 3 dias úteis": "2026-03-09",
        "fim de março": "2026-03-31",
    },
    "nl-NL": {
        "volgende vrijdag": "2026-03-13",
        "aanstaande vrijdag": "2026-03-06",
        "over twee weken": "2026-03-18",
        "uiterlijk vrijdag 6 maart": "2026-03-06",
        "voor 6 maart": "2026-03-06",
        "overmorgen": "2026-03-06",
        "eind maart": "2026-03-31",
        "binnen 3 werkdagen": "2026-03-09",
        "op de 15e": "2026-03-15",
    },
    "pl-PL": {
        "w przyszły piątek": "2026-03-13",
        "do piątku": "2026-03-06",
        "do 6 marca 2026 r.": "2026-03-06",
        "pojutrze": "2026-03-06",
        "za dwa tygodnie": "2026-03-18",
        "do końca miesiąca": "2026-03-31",
        "w ciągu 3 dni roboczych": "2026-03-09",
        "do końca przyszłego tygodnia": "2026-03-13",
    },
    "sv-SE": {
        "nästa fredag": "2026-03-13",
        "senast fredag 6 mars": "2026-03-06",
        "i övermorgon": "2026-03-06",
        "om två veckor": "2026-03-18",
        "i slutet av mars": "2026-03-31",
        "v. 12": "2026-03-20",
        "inom 3 arbetsdagar": "2026-03-09",
        "senast den 15": "2026-03-15",
    },
}


@pytest.mark.parametrize(
    ("locale", "said", "due"),
    [(locale, said, due) for locale, forms in SAID.items() for said, due in forms.items()],
)
def test_a_day_is_understood_as_people_say_it(locale: str, said: str, due: str) -> None:
    todo = a_todo(f"Do this @Carol {said}", a_world(locale, WEDNESDAY))

    assert (todo.title, todo.due) == ("Do this", date.fromisoformat(due))


@pytest.mark.parametrize(
    ("locale", "said", "due"),
    [(locale, said, due) for locale, forms in SAID.items() for said, due in forms.items()],
)
def test_a_cell_may_hold_any_of_them_whatever_the_providers_language(
    locale: str, said: str, due: str
) -> None:
    del locale
    todo = a_todo(f"Do this | {said} | Carol", a_world("en-GB", WEDNESDAY))

    assert (todo.title, todo.due) == ("Do this", date.fromisoformat(due))


@pytest.mark.parametrize(
    ("locale", "due"),
    [("en-GB", date(2026, 4, 3)), ("de-DE", date(2026, 4, 3)), ("en-US", date(2026, 3, 4))],
)
def test_the_locale_decides_which_number_is_the_month(locale: str, due: date) -> None:
    assert a_todo("Do this @Carol by 03/04", a_world(locale)).due == due


def test_a_number_above_twelve_is_the_day_everywhere() -> None:
    assert a_todo("Do this @Carol by 13/04", a_world("en-US")).due == date(2026, 4, 13)
    assert a_todo("Do this @Carol by 04/13").due == date(2026, 4, 13)


def test_without_a_year_the_next_such_day_is_meant() -> None:
    world = a_world(today=date(2026, 11, 22))

    assert a_todo("Do this @Carol by 15 January", world).due == date(2027, 1, 15)
    assert a_todo("Do this @Carol by 20 December", world).due == date(2026, 12, 20)
    assert a_todo("Do this @Carol by 29 February", world).due == date(2028, 2, 29)


def test_days_without_a_year_follow_the_start_of_the_plan() -> None:
    draft = read(f"{PEOPLE}Start: 1 October 2027\n- Do this @Carol by 15 January\n")

    assert [todo.due for todo in todos_of(draft)] == [date(2028, 1, 15)]


def test_public_holidays_are_no_working_days() -> None:
    world = a_world(today=date(2026, 3, 30), holidays=frozenset({date(2026, 4, 3)}))

    assert a_todo("Do this @Carol in 4 working days", world).due == date(2026, 4, 6)
    assert a_todo("Do this @Carol by the end of the week", world).due == date(2026, 4, 2)


def test_a_weekday_that_does_not_fit_its_date_is_asked_about() -> None:
    draft = read(f"{PEOPLE}- Do this @Carol by Mon 6 March 2026\n")

    assert problems_of(draft) == [
        (
            3,
            "Fri 6 March 2026 is not a Monday. Write “Fri 6 March 2026” or “Mon 9 March 2026”.",
        )
    ]


@pytest.mark.parametrize("said", ["30 February", "31.04.2026", "2026-13-01"])
def test_a_day_that_does_not_exist_is_asked_about(said: str) -> None:
    [(line, message)] = problems_of(read(f"{PEOPLE}- Do this | Carol | {said}\n"))

    assert line == 3
    assert "no such day" in message or "neither" in message


def test_a_date_in_the_past_is_a_problem_with_a_suggestion() -> None:
    draft = read(f"{PEOPLE}- Do this @Carol by 6 February 2026\n")

    [(line, message)] = problems_of(draft)
    assert line == 3
    assert message.startswith("Fri 6 February 2026 is already over.")
    assert message.endswith("for instance Sat 6 February 2027.")


@pytest.mark.parametrize("said", ["by 32 March", "by Fru 6 March", "by Firday"])
def test_what_only_looks_like_a_date_is_asked_about_and_stays_in_the_title(said: str) -> None:
    draft = read(f"{PEOPLE}- Do this {said} (Carol)\n")

    [todo] = todos_of(draft)
    [(line, message)] = problems_of(draft)
    assert todo.due is None
    assert said in todo.title
    assert line == 3
    assert said in message


@pytest.mark.parametrize(
    "title",
    [
        "Send it by post",
        "Prepare the Monday meeting",
        "Close the books for March",
        "Reduce costs by 10 %",
        "Plan the year 2027",
        "Invoice for 3 April",
        "Talk about the week",
        "May we use the photos?",
        "Clean up after the party",
    ],
)
def test_words_that_are_no_date_stay_in_the_title(title: str) -> None:
    draft = read(f"{PEOPLE}- {title} @Carol\n- {title} | Carol\n")

    assert draft.problems == ()
    assert [(todo.title, todo.due) for todo in todos_of(draft)] == [(title, None)] * 2


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("on 9 March at 14:00", time(14), time(15)),
        ("Mon 9 March 14:00-15:30", time(14), time(15, 30)),
        ("9 March, 2 pm", time(14), time(15)),
        ("am 9. März um 14 Uhr", time(14), time(15)),
        ("le 9 mars à 14h30", time(14, 30), time(15, 30)),
        ("el 9 de marzo a las 14:00", time(14), time(15)),
        ("9 mars kl. 14", time(14), time(15)),
    ],
)
def test_a_time_of_day_makes_an_appointment(said: str, start: time, end: time) -> None:
    todo = a_todo(f"Talk it over @Carol {said}")

    assert todo.due == date(2026, 3, 9)
    assert todo.kind is ToDoKind.ATTEND
    assert todo.appointment == Appointment(start, end)


def test_a_date_may_stand_anywhere_behind_the_title() -> None:
    lines = (
        "- Do this by 6 March @Carol",
        "- Do this @Carol by 6 March",
        "- Do this, Carol, by 6 March",
        "- Do this - Carol - 6 March",
        "- Do this – 6 March – Carol",
        "- Do this (Carol, 6 March)",
        "- Do this (6 March) @Carol",
        "- Do this | 6 March | Carol",
        "- Carol to do this by 6 March",
        "- Carol: do this by 6 March",
        "- @Carol: do this, 6 March",
        "- Do this → Carol, 6 March",
    )
    for line in lines:
        draft = read(f"{PEOPLE}{line}\n")
        [todo] = todos_of(draft)
        assert (line, draft.problems) == (line, ())
        found = (todo.title.capitalize(), todo.responsible, todo.due)
        assert (line, *found) == (line, "Do this", "carol@acme.example", date(2026, 3, 6))


def test_two_dates_for_one_to_do_are_asked_about() -> None:
    [(line, message)] = problems_of(read(f"{PEOPLE}- Do this @Carol by 6 March, by 10 March\n"))

    assert line == 3
    assert (
        message == "Two different dates are given: Fri 6 March 2026, Tue 10 March 2026. Keep one."
    )
