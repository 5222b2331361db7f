"""Headers, keywords and kinds of plans, in nine languages."""

from datetime import date

import pytest

from mailflow.domain.draft import DraftPerson
from mailflow.domain.people import Role
from mailflow.domain.plan import PlanContext, Rhythm
from mailflow.reading.plantext import PlanSource, looks_like_plan
from tests.reading.plan_builders import PEOPLE, a_world, problems_of, read, todos_of

CAROL = DraftPerson("Carol Jones", "carol@acme.example", Role.CLIENT)
VIC = DraftPerson("Vic Ray", "vic@studio.example", Role.TEAM)
OTTO = DraftPerson("Otto Eye", "otto@eye.example", Role.OBSERVER)

HEADS = {
    "en": """Client: {carol}, Acme Ltd
With: {vic}
Observers: {otto}
Goal: G
Objectives: O
Assumptions: A
Risks: R
Resources: B
Start: 2 March 2026
End: 31 March 2026
Language: English
Reminders: gentle
Review: documents
Code: ABC
Agree: no
Internal: quiet""",
    "de": """Kunde: {carol}, Acme Ltd
Team: {vic}
Beobachter: {otto}
Ziel: G
Teilziele: O
Annahmen: A
Risiken: R
Mittel: B
Beginn: 2. März 2026
Ende: 31. März 2026
Sprache: Deutsch
Erinnerungen: sanft
Abnahme: Unterlagen
Kürzel: ABC
Zustimmung: nein
Intern: quiet""",
    "fr": """Client : {carol}, Acme Ltd
Avec : {vic}
En copie : {otto}
But : G
Objectifs : O
Hypothèses : A
Risques : R
Moyens : B
Début : 2 mars 2026
Fin : 31 mars 2026
Langue : français
Rappels : discrets
Vérification : documents
Sigle : ABC
Accord : non
Interne : quiet""",
    "es": """Cliente: {carol}, Acme Ltd
Con: {vic}
Observadores: {otto}
Meta: G
Objetivos: O
Supuestos: A
Riesgos: R
Recursos: B
Inicio: 2 de marzo de 2026
Fin: 31 de marzo de 2026
Idioma: español
Recordatorios: discretos
Revisión: documentos
Código: ABC
Conformidad: no
Interno: quiet""",
    "it": """Cliente: {carol}, Acme Ltd
Con: {vic}
Osservatori: {otto}
Scopo: G
Obiettivi: O
Ipotesi: A
Rischi: R
Risorse: B
Inizio: 2 marzo 2026
Fine: 31 marzo 2026
Lingua: italiano
Promemoria: discreti
Verifica: documenti
Sigla: ABC
Consenso: no
Interno: quiet""",
    "pt": """Cliente: {carol}, Acme Ltd
Com: {vic}
Observadores: {otto}
Meta: G
Objetivos: O
Pressupostos: A
Riscos: R
Recursos: B
Início: 2 de março de 2026
Fim: 31 de março de 2026
Idioma: português
Lembretes: discretos
Revisão: documentos
Código: ABC
Acordo: não
Interno: quiet""",
    "nl": """Klant: {carol}, Acme Ltd
Met: {vic}
Meelezers: {otto}
Doel: G
Doelstellingen: O
Aannames: A
Risico's: R
Middelen: B
Begin: 2 maart 2026
Einde: 31 maart 2026
Taal: Nederlands
Herinneringen: rustig
Controle: documenten
Afkorting: ABC
Akkoord: nee
Intern: quiet""",
    "pl": """Klient: {carol}, Acme Ltd
Zespół: {vic}
Obserwatorzy: {otto}
Cel: G
Cele: O
Założenia: A
Ryzyka: R
Zasoby: B
Początek: 2 marca 2026
Koniec: 31 marca 2026
Język: polski
Przypomnienia: łagodne
Weryfikacja: dokumenty
Kod: ABC
Zgoda: nie
Wewnętrzne: quiet""",
    "sv": """Kund: {carol}, Acme Ltd
Med: {vic}
Observatörer: {otto}
Mål: G
Delmål: O
Antaganden: A
Risker: R
Resurser: B
Start: 2 mars 2026
Slut: 31 mars 2026
Språk: svenska
Påminnelser: varsamma
Granskning: dokument
Kod: ABC
Samtycke: nej
Internt: quiet""",
}


def head(language: str) -> str:
    return HEADS[language].format(
        carol="Carol Jones <carol@acme.example>",
        vic="Vic Ray <vic@studio.example>",
        otto="Otto Eye <otto@eye.example>",
    )


@pytest.mark.parametrize("mark", [":", " -", " –", "\u00a0:", "：", " ="])
@pytest.mark.parametrize("language", HEADS)
def test_every_header_is_known_in_every_language(language: str, mark: str) -> None:
    text = "\n".join(
        mark.join(line.replace(" :", ":").split(":", 1)) for line in head(language).splitlines()
    )
    draft = read(f"{text}\n\n- Do it @Carol\n", a_world("en-GB", date(2026, 2, 20)))

    assert draft.problems == ()
    assert draft.people == (CAROL, VIC, OTTO)
    assert draft.client_name == "Acme Ltd"
    assert draft.context == PlanContext("G", "O", "A", "R", "B", ("quiet",))
    assert (draft.start, draft.end) == (date(2026, 3, 2), date(2026, 3, 31))
    assert draft.language == language
    assert (draft.rhythm, draft.review, draft.agree) == (Rhythm.GENTLE, True, False)
    assert draft.code == "ABC"


@pytest.mark.parametrize("style", ["- {}", "* {}", "• {}", "**{}**", "  {}", "| {} |"])
def test_headers_may_be_decorated(style: str) -> None:
    lines = "\n".join(style.format(line) for line in head("en").splitlines()[:4])
    draft = read(f"{lines}\n\n# Phase\n- Do it @Carol\n")

    assert draft.problems == ()
    assert draft.people == (CAROL, VIC, OTTO)
    assert draft.context.goal == "G"


def test_a_header_may_run_over_lines() -> None:
    draft = read(
        "Client: Carol Jones <carol@acme.example>\n  Otto Eye <otto@eye.example>\n"
        "Goal: the return is filed\nand nobody pays a penalty\n\n- Do it @Carol\n"
    )

    assert draft.problems == ()
    assert [person.name for person in draft.people] == ["Carol Jones", "Otto Eye"]
    assert draft.context.goal == "the return is filed and nobody pays a penalty"


def test_internal_lines_never_become_part_of_what_the_client_sees() -> None:
    draft = read(
        f"{PEOPLE}Internal: she pays late\n\n- One @Carol\n    Internal: ask twice\n    As PDF.\n"
        "- Two @Carol\n\nInternal: and again\n"
    )

    assert draft.problems == ()
    assert draft.context.internal == ("she pays late", "and again", "#1: ask twice")
    assert [todo.details for todo in todos_of(draft)] == [("As PDF.",), ()]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Reminders: loud", "gentle, standard, firm, none"),
        ("Agree: perhaps", "yes, no"),
        ("Review: maybe", "documents, no, none"),
    ],
)
def test_a_value_that_is_not_understood_is_asked_about(line: str, shown: str) -> None:
    value = line.partition(": ")[2]

    assert problems_of(read(f"{line}\n{PEOPLE}- Do it @Carol\n")) == [
        (1, f"“{value}” is not understood here. Possible: {shown}.")
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "plan: 2026 tax return",
        "Plan : 2026 tax return",
        "Re: PLAN: 2026 tax return",
        "AW: Fwd: Plan: 2026 tax return",
        "Plano: 2026 tax return",
        "piano: 2026 tax return",
        "Neuer Plan: 2026 tax return",
    ],
)
def test_the_title_stands_in_the_subject(subject: str) -> None:
    assert read(f"{PEOPLE}- Do it @Carol\n", subject=subject).title == "2026 tax return"
    assert looks_like_plan(PlanSource(subject, "hello"))


def test_the_title_may_stand_in_the_text() -> None:
    for text in (
        f"Plan: Garden\n{PEOPLE}- Do it @Carol\n",
        f"Subject: plan: Garden\n\n{PEOPLE}- Do it @Carol\n",
        f"# Garden\n{PEOPLE}\n## First\n- Do it @Carol\n## Second\n- Do more @Vic\n",
    ):
        assert read(text, subject="").title == "Garden"


def test_a_plan_is_told_from_other_mail() -> None:
    assert looks_like_plan(PlanSource("Garden", f"{PEOPLE}- Do it @Carol\n"))
    assert not looks_like_plan(PlanSource("Re: Garden", "1 done\n2 next Friday\n"))
    assert not looks_like_plan(PlanSource("", "done 3\nassign 4 to vic\n"))
    assert not looks_like_plan(PlanSource("", ""))


def test_an_empty_plan_says_what_is_missing() -> None:
    assert [message.split(".")[0] for _, message in problems_of(read("", subject=""))] == [
        "The plan has no title",
        "No To Do was found",
    ]


def test_a_header_that_is_given_twice_is_asked_about() -> None:
    draft = read(f"{PEOPLE}Start: 1 June\nStart: 2 June\n- Do it @Carol\n")

    assert problems_of(draft) == [(4, "“Start” is given twice. Keep one.")]


def test_the_end_cannot_lie_before_the_start() -> None:
    draft = read(f"{PEOPLE}Start: 1 June\nEnd: 1 May 2026\n- Do it @Carol\n")

    assert problems_of(draft) == [(4, "The end lies before the start. Change one of the two.")]
