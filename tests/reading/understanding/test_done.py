"""What is done, in the ways that people say it, is ticked without asking."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from mailflow.reading.client import understand
from tests.reading.understanding.builders import (
    APPROVE,
    BOOK,
    CHOOSE,
    COUNT,
    DAY,
    FILL,
    PAY,
    REVIEW,
    SEND,
    SIGN,
    acted,
    asked,
    read,
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Done", SIGN),
        ("Signed and sent back this morning", SIGN),
        ("Paid yesterday by bank transfer", PAY),
        ("I uploaded it to the portal on Monday", SEND),
        ("No worries, took care of it on Sunday", SIGN),
        ("Sent it to Kim on Friday", SEND),
        ("all doen", FILL),
        ("ALL DONE, SIGNED IT YESTERDAY", SIGN),
        ("done thx", FILL),
        ("✅", PAY),
        ("Paid it this morning. When will the receipt come?", PAY),
        ("Sorry for the delay, it's signed now", SIGN),
        ("Booked! They expect us on the 12th.", BOOK),
        ("Looks good, go ahead", APPROVE),
        ("ok", APPROVE),
        ("We'll go with Helvetica", CHOOSE),
        ("112", COUNT),
        ("Yes, confirmed", COUNT),
        ("Thursday the 19th works for us", DAY),
        ("I've read it, all fine", REVIEW),
        ("Filled it in online last night", FILL),
    ],
)
def test_what_is_plainly_done_is_ticked(text: str, title: str) -> None:
    assert acted(text, title)


@pytest.mark.parametrize(
    ("text", "title", "lang"),
    [
        ("Erledigt, gestern überwiesen.", "Rechnung bezahlen", "de"),
        ("C'est fait, signé ce matin.", "Signer le contrat", "fr"),
        ("Hecho, lo firmé ayer.", "Firmar el contrato", "es"),
        ("Fatto, firmato ieri.", "Firmare il contratto", "it"),
        ("Feito, assinei ontem.", "Assinar o contrato", "pt"),
        ("Gedaan, gisteren betaald.", "Factuur betalen", "nl"),
        ("Klart, betalade igår.", "Betala fakturan", "sv"),
        ("Zrobione, wczoraj zapłacone.", "Zapłacić fakturę", "pl"),
    ],
)
def test_every_language_ticks(text: str, title: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


def test_a_word_that_nothing_accounts_for_makes_a_done_a_proposal() -> None:
    plain, strange = read("The letter is signed"), read("The zorgle is signed")

    assert (plain.intent, plain.sure) == (Intent.DONE, True)
    assert (strange.intent, strange.sure) == (Intent.DONE, False)


def test_what_was_done_and_what_is_asked_are_both_told() -> None:
    readings = understand(asked("Paid it yesterday. When do we get the receipt?", PAY))

    assert [(one.intent, one.sure) for one in readings] == [
        (Intent.DONE, True),
        (Intent.QUESTION, True),
    ]


def test_a_proposal_still_shows_the_words_that_decided() -> None:
    reading = read("I think I signed it")

    assert "I think" in reading.evidence


def test_the_day_of_a_promise_is_told() -> None:
    reading = read("I'll sign it next Friday")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, date(2026, 3, 13))


def test_a_higher_threshold_turns_acts_into_proposals() -> None:
    answer = asked("Done")

    assert understand(answer)[0].sure
    assert not understand(answer, done_from=1.0)[0].sure
