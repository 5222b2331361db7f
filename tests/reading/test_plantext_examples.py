"""The example plans in docs/plans are read as their authors mean them.

They are read on Wednesday, 18 February 2026. Each line below is a To Do with its responsible
person, its day and its kind; `=` is a milestone.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from mailflow.domain.draft import DraftToDo, PlanDraft
from mailflow.reading.holidays import calendar_for
from mailflow.reading.plantext import PlanWorld, read_plan, source_of_file

PLANS = Path(__file__).parents[2] / "docs" / "plans"
WEDNESDAY = date(2026, 2, 18)

MEANT = {
    ("bookkeeping.csv", "en-GB"): (
        "VAT return, first quarter · VAT · Bianchi Srl · en · 2026-03-18",
        "# Collect",
        "1 Send the sales invoices · marco · 2026-03-25 · send",
        "2 Send the bank statements · marco · 2026-03-25 · send",
        "= Papers complete · 2026-03-25",
        "# Book",
        "3 Book the invoices · giulia · 2026-04-01 · do",
        "4 Answer open questions · marco · 2026-04-04 · answer · after 3",
        "= Books closed · None",
        "# File",
        "5 Approve the VAT return · marco · 2026-04-08 · approve",
        "6 File the VAT return · giulia · None · do · fixed after 5",
    ),
    ("funeral.txt", "nl-NL"): (
        "Uitvaart van Henk de Boer · UIT · Els de Boer · nl · 2026-02-18",
        "# Eerste dagen",
        "1 Overlijden aangeven bij de gemeente · bram · 2026-02-19 · do",
        "2 De foto voor de kaart sturen · els · 2026-02-20 · send",
        "3 Bespreking over de dienst · els · 2026-02-19 · attend · with bram 14:00-15:00 bij Els",
        "= Kaart naar de drukker · 2026-02-20",
        "# Afscheid",
        "4 Kaarten versturen · bram · 2026-02-20 · send · after 3",
        "5 Muziek kiezen · els · 2026-02-21 · answer",
        "6 Els bellen over de bloemen · bram · 2026-02-23 · do · after 5",
        "= Uitvaart · 2026-02-25",
        "# Daarna",
        "7 Bedanktekst goedkeuren · els · 2026-03-11 · approve",
        "8 Rekening sturen · bram · 2026-03-18 · send",
    ),
    ("grant-application.txt", "es-ES"): (
        "Solicitud de subvención · SOL · Cooperativa La Huerta · es · 2026-02-23",
        "# Documentación",
        "1 Enviar los estatutos · lucia · 2026-03-04 · send",
        "2 Pedir el certificado de Hacienda · lucia · 2026-02-28 · do",
        "3 Responder al cuestionario · lucia · 2026-03-06 · answer",
        "= Documentos completos · 2026-03-16",
        "# Memoria",
        "4 Redactar la memoria · diego · 2026-03-23 · do",
        "5 Revisar el presupuesto · diego · 2026-03-25 · do · internal after 4",
        "6 Aprobar la memoria · lucia · 2026-03-30 · approve · with marta after 4",
        "= Memoria aprobada · None",
        "# Presentación",
        "7 Presentar la solicitud · diego · 2026-04-10 · do · fixed",
        "8 Llamar a la oficina para confirmar · diego · None · call · after 7",
        "= Solicitud presentada · None",
    ),
    ("house-purchase.txt", "en-GB"): (
        "The Millers' house · HOUSE · Sam Miller · en · 2026-02-19",
        "# Before the offer",
        "1 Send proof of identity · sam · 2026-02-27 · send",
        "2 Send the mortgage offer in principle · lee · 2026-02-27 · send",
        "3 Read the title register · paula · 2026-03-04 · do · after 1",
        "= Ready to offer · 2026-03-19",
        "# Contract",
        "4 Order the searches · paula · 2026-03-23 · do",
        "5 Answer the seller's questions · sam · 2026-04-07 · answer · with lee after 4",
        "6 Read the contract and call Sam about it · paula · 2026-04-14 · call · after 5",
        "7 Sign the contract · sam · 2026-04-21 · do · fixed with lee after 6",
        "= Contracts exchanged · None",
        "# Completion",
        "8 Pay the deposit · lee · 2026-04-23 · do",
        "9 Pay the rest of the price · lee · 2026-05-19 · do · fixed",
        "10 Hand over the keys · paula · None · do · after 9",
        "= Moved in · None",
    ),
    ("onboarding.txt", "de-DE"): (
        "Einarbeitung Jana Wolf · EIN · Nordlicht GmbH · de · 2026-03-04",
        "# Vor dem ersten Tag",
        "1 Personalbogen ausfüllen und senden · jana · 2026-03-04 · send",
        "2 Rechner bestellen · uta · 2026-02-27 · do",
        "3 Schlüssel bereitlegen · uta · 2026-03-03 · do · internal",
        "= Alles bereit · None",
        "# Erste Woche",
        "4 Rundgang durch das Haus · jana · 2026-03-05 · attend · with peter 09:00-10:30 Empfang",
        "5 Datenschutzerklärung unterschreiben · jana · 2026-03-06 · do · fixed",
        "6 Fragen zum Handbuch beantworten · jana · 2026-03-11 · answer",
        "= Angekommen · 2026-03-18",
        "# Erster Monat",
        "7 Erste eigene Aufgabe abschließen · jana · 2026-04-01 · do",
        "8 Gespräch über den ersten Monat · peter · 2026-04-10 · do · with jana after 7",
        "= Eingearbeitet · None",
    ),
    ("recruitment.txt", "fr-FR"): (
        "Recrutement d'une comptable · REC · Atelier Petit · fr · 2026-02-23",
        "# Préparer",
        "1 Envoyer la fiche de poste · claire · 2026-02-25 · send",
        "2 Rédiger l'annonce · hugo · 2026-03-02 · do · after 1",
        "3 Valider l'annonce · claire · 2026-03-04 · approve · after 2",
        "= Annonce publiée · 2026-03-16",
        "# Choisir",
        "4 Trier les candidatures · hugo · 2026-03-30 · do · internal",
        "5 Choisir cinq personnes · claire · 2026-04-02 · answer · after 4",
        "6 Entretiens · claire · 2026-04-16 · attend · with hugo after 5 09:00-12:00 Atelier",
        "= Décision prise · None",
        "# Accueillir",
        "7 Appeler la personne retenue · hugo · 2026-04-17 · call",
        "8 Signer le contrat · claire · None · do · after 7",
        "= Premier jour · None",
    ),
    ("tax-return.txt", "en-GB"): (
        "2026 tax return · TAX · Acme Ltd · en · 2026-02-23",
        "# Gather",
        "1 Send the bank statements · carol · 2026-02-27 · send",
        "2 Sign the engagement letter · carol · 2026-03-03 · do · with vic",
        "3 Answer our questions about the van · carol · 2026-03-03 · answer",
        "= Records complete · 2026-03-06",
        "# Prepare",
        "4 Draft the return · vic · 2026-03-13 · do",
        "5 Check the draft against last year · vic · 2026-03-17 · do · internal after 4",
        "6 Approve the draft · carol · 2026-03-16 · approve · after 4",
        "= Return filed · 2026-03-30",
    ),
    ("translation.txt", "pl-PL"): (
        "Tłumaczenie umowy najmu · TLU · Lokal sp. z o.o. · pl · 2026-02-18",
        "# Materiały",
        "1 Przesłać umowę w Wordzie · anna · 2026-02-23 · send",
        "2 Odpowiedzieć na pytania o terminy · anna · 2026-02-27 · answer",
        "= Tekst ustalony · 2026-03-04",
        "# Przekład",
        "3 Przetłumaczyć umowę · erik · 2026-03-18 · do",
        "4 Sprawdzić przekład · erik · 2026-03-20 · do · internal after 3",
        "5 Zatwierdzić przekład · anna · 2026-03-25 · approve · after 4",
        "= Przekład przyjęty · None",
        "# Oddanie",
        "6 Przesłać fakturę · erik · 2026-03-26 · send · after 5",
        "7 Zadzwonić w sprawie poprawek · anna · 2026-04-02 · call · after 6",
    ),
    ("website.md", "en-GB"): (
        "New website for the bakery · SITE · Vidal Bakery · en · 2026-02-23",
        "# Content",
        "1 Send the logo and the photos · ines · 2026-03-04 · send",
        "2 Choose three websites she likes · ines · 2026-03-06 · answer",
        "3 Kick-off meeting · ines · 2026-02-19 · attend · with tom ada 10:00-11:00 At the bakery",
        "= Content complete · 2026-03-16",
        "# Design",
        "4 Draw the start page · ada · 2026-03-23 · do",
        "5 Draw the order page · ada · 2026-03-26 · do · after 4",
        "6 Approve the design · ines · 2026-04-02 · approve · after 5",
        "= Design approved · None",
        "# Build",
        "7 Build the pages · tom · 2026-04-16 · do · after 6",
        "8 Test with five customers · ada · 2026-04-21 · do · after 7",
        "9 Call us to go through it · ines · 2026-04-23 · call · after 8",
        "= Website online · None",
    ),
    ("wedding.txt", "en-GB"): (
        "Wedding of Mia and Jonas · WED · Mia Brand · en · 2026-03-04",
        "# VENUE",
        "1 Visit three venues · mia · 2026-03-25 · attend · with jonas",
        "2 Decide on the venue · mia · 2026-04-01 · answer · after 1",
        "3 Pay the deposit · jonas · 2026-04-06 · do · fixed after 2",
        "= Venue booked · None",
        "# GUESTS",
        "4 Send the guest list · mia · 2026-05-04 · send",
        "5 Approve the invitation · jonas · None · approve · after 4",
        "6 Post the invitations · mia · 2026-10-15 · do",
        "= Invitations out · None",
        "# THE DAY",
        "7 Tell us the number of guests · mia · 2027-01-21 · answer",
        "8 Call the band about the songs · jonas · 2027-02-04 · call",
        "9 Walk through the day together · mia · 2027-02-25 · attend · with jonas 16:00-17:30 hall",
        "= Wedding · 2027-03-04",
    ),
}


def read_example(name: str, locale: str, today: date = WEDNESDAY) -> PlanDraft:
    calendar = calendar_for(locale[-2:], (2026, 2027, 2028))
    source = source_of_file(name, (PLANS / name).read_bytes())
    return read_plan(source, PlanWorld(locale, today, calendar))


def told(draft: PlanDraft) -> tuple[str, ...]:
    head = (draft.title, draft.code, draft.client_name, draft.language, draft.start)
    lines = [" · ".join(map(str, head))]
    for phase in draft.phases:
        lines.append(f"# {phase.title}")
        lines += [told_todo(todo) for todo in phase.todos]
        if phase.milestone is not None:
            lines.append(f"= {phase.milestone.title} · {phase.milestone.due}")
    return tuple(lines)


def told_todo(todo: DraftToDo) -> str:
    flags = ["fixed"] if todo.fixed else []
    flags += ["internal"] if todo.internal else []
    flags += ["with " + " ".join(map(short, todo.helpers))] if todo.helpers else []
    flags += ["after " + " ".join(map(str, todo.after))] if todo.after else []
    meeting = todo.appointment
    if meeting is not None:
        flags.append(f"{meeting.start:%H:%M}-{meeting.end:%H:%M} {meeting.place}")
    parts = (todo.title, short(todo.responsible), todo.due, todo.kind.value, " ".join(flags))
    return f"{todo.n} " + " · ".join(str(part) for part in parts if part != "")


def short(key: str | None) -> str:
    return (key or "nobody").partition("@")[0]


@pytest.mark.parametrize(("example", "lines"), MEANT.items(), ids=lambda one: one[0])
def test_an_example_is_read_as_its_author_means_it(
    example: tuple[str, str], lines: tuple[str, ...]
) -> None:
    draft = read_example(*example)

    assert draft.problems == ()
    assert told(draft) == lines


def test_every_example_is_tested() -> None:
    assert {path.name for path in PLANS.iterdir()} == {name for name, _ in MEANT}


@pytest.mark.parametrize("example", MEANT, ids=lambda one: one[0])
def test_an_example_does_not_grow_old(example: tuple[str, str]) -> None:
    days = [WEDNESDAY + timedelta(days=times * 37) for times in range(18)]
    assert [read_example(*example, day).problems for day in days] == [()] * len(days)
