"""Receipts: precisely what was understood, in two lines for one item."""

from datetime import date

import pytest

from mailflow.domain.notice import Receipt
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.domain.plan import Document, Promise, ToDoState
from mailflow.writing.letter import EntryWanted, LetterItem
from mailflow.writing.words import languages
from tests.writing.letter_builders import CAROL, FRIDAY, VIC, a_letter, a_plan, a_todo, an_office

SCAN = Document("0" * 64, "scan.pdf", "application/pdf", 100)


def test_a_receipt_of_one_item_is_two_lines() -> None:
    plan = a_plan(a_todo(promised=Promise(FRIDAY, FRIDAY), state=ToDoState.PROMISED))
    letter = a_letter(Receipt(CAROL, (ItemOutcome(plan, 1, ItemResult.PROMISED, FRIDAY),)))

    assert letter.text == (
        "Hello Carol,\n\n"
        "Thank you. Noted for “Send the statements” (1): promised for Friday 6 March.\n\n"
        "If that is not right, just answer this mail.\n\n"
        "Dana Hall\n\n"
        "Ref: 1aaaaaaab-k3m9qa2x\n"
    )
    assert letter.subject == "Noted: Send the statements [TAX]"
    assert letter.entries == (EntryWanted(plan, 1),)
    assert letter.answering


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (ItemResult.DONE, "done"),
        (ItemResult.DELIVERED, "received, Dana is checking it"),
        (ItemResult.PARTLY, "partly done, the rest stays open"),
        (ItemResult.CONFIRMED, "seen; it stays open until Friday 6 March"),
        (ItemResult.REOPENED, "open again"),
        (ItemResult.DATE_REQUESTED, "asked Dana about moving it"),
        (ItemResult.QUESTION_PASSED_ON, "question passed on to Dana"),
        (ItemResult.DECLINED, "passed on to Dana, who decides what happens with it"),
        (ItemResult.ALREADY_DONE, "was noted as done before; nothing changed"),
        (ItemResult.ALREADY_RECEIVED, "was received before; nothing changed"),
        (ItemResult.PROPOSED, "nothing changed yet; Dana looks at your answer first"),
        (ItemResult.NOTED, "noted for Dana; nothing changed"),
        (ItemResult.UNCHANGED, "nothing changed"),
    ],
)
def test_each_result_has_its_words(result: ItemResult, words: str) -> None:
    letter = a_letter(Receipt(CAROL, (ItemOutcome(a_plan(), 1, result),)))

    assert f"(1): {words}." in " ".join(letter.text.split())


def test_a_requested_date_is_named() -> None:
    asked = ItemOutcome(a_plan(), 1, ItemResult.DATE_REQUESTED, date(2026, 4, 20))
    letter = a_letter(Receipt(CAROL, (asked,)))

    assert "asked Dana about moving it to Monday 20 April" in " ".join(letter.text.split())


def test_whoever_takes_over_is_named_and_the_entry_goes() -> None:
    plan = a_plan(a_todo(responsible=VIC))
    letter = a_letter(Receipt(CAROL, (ItemOutcome(plan, 1, ItemResult.REASSIGNED),)))

    assert "passed on to Vic" in letter.text
    assert letter.entries == (EntryWanted(plan, 1, cancel=True),)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("result", ItemResult)
@pytest.mark.parametrize("until", [None, FRIDAY])
def test_every_result_can_be_said_in_every_language(
    language: str, result: ItemResult, until: date | None
) -> None:
    for n in (1, None):
        outcome = ItemOutcome(a_plan(), n, result, until)
        letter = a_letter(Receipt(CAROL, (outcome,)), an_office(language=language))

        assert "{" not in letter.text


def test_several_items_stand_one_below_the_other() -> None:
    plan = a_plan(a_todo(), a_todo(2, "Sign"))
    outcomes = (
        ItemOutcome(plan, 1, ItemResult.DONE, documents=(SCAN,)),
        ItemOutcome(plan, 2, ItemResult.PROMISED, FRIDAY),
    )
    letter = a_letter(Receipt(CAROL, outcomes))

    assert "1. Send the statements\n   done\n   received: scan.pdf\n\n2. Sign\n" in letter.text
    assert letter.subject == "Noted: Send the statements, and 1 more [TAX]"
    assert letter.entries == (EntryWanted(plan, 1, cancel=True), EntryWanted(plan, 2))


def test_two_statements_about_one_to_do_are_one_item() -> None:
    plan = a_plan()
    outcomes = (
        ItemOutcome(plan, 1, ItemResult.DONE),
        ItemOutcome(plan, 1, ItemResult.QUESTION_PASSED_ON),
    )
    letter = a_letter(Receipt(CAROL, outcomes))

    assert "1. Send the statements\n   done\n   question passed on to Dana\n" in letter.text
    assert letter.items == (LetterItem(1, plan.id, 1),)


def test_what_opened_follows_as_a_numbered_list_with_its_entries() -> None:
    plan = a_plan(a_todo(state=ToDoState.DONE), a_todo(4, "Approve the draft"))
    letter = a_letter(
        Receipt(
            CAROL,
            (ItemOutcome(plan, 1, ItemResult.DONE),),
            opened=((plan, (4,)),),
            reached=("Records complete",),
        )
    )

    assert "With this, “Records complete” is reached." in letter.text
    assert "This is your next step:\n\n4. Approve the draft\n   by Friday 6 March" in letter.text
    assert letter.items == (LetterItem(1, plan.id, 1), LetterItem(4, plan.id, 4))
    assert letter.entries == (EntryWanted(plan, 1, cancel=True), EntryWanted(plan, 4))


def test_a_receipt_over_two_plans_counts_from_one_with_references() -> None:
    tax, web = a_plan(a_todo(3)), a_plan(a_todo(3, "Choose"), code="WEB", plan=2)
    outcomes = (ItemOutcome(tax, 3, ItemResult.DONE), ItemOutcome(web, 3, ItemResult.PARTLY))
    letter = a_letter(Receipt(CAROL, outcomes))

    assert "1. Send the statements (TAX-3)" in letter.text
    assert "2. Choose (WEB-3)" in letter.text
    assert letter.items == (LetterItem(1, tax.id, 3), LetterItem(2, web.id, 3))
    assert "[" not in letter.subject


def test_words_that_did_not_become_an_act_are_repeated() -> None:
    letter = a_letter(Receipt(CAROL, (), passed_on="We move in May."))

    assert letter.subject == "Passed on to Dana"
    assert "Your words went to Dana, who reads them and answers.\n\n> We move in May." in (
        letter.text
    )
