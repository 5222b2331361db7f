"""Letters to whoever runs the work: transcripts, digests, alarms, codes, answers to judge."""

from datetime import date

import pytest

from mailflow.domain.digest import Digest, DigestLine, DigestSection
from mailflow.domain.draft import Problem
from mailflow.domain.intent import Intent, Reading
from mailflow.domain.notice import (
    Alarm,
    AlarmKind,
    AnswerPassedOn,
    ApprovalAsked,
    ClaimMade,
    ConfirmationAsked,
    LineFate,
    PassedOnReason,
    PlanProposal,
    Transcript,
    TranscriptLine,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.domain.plan import Proposal, ProposalReason
from mailflow.writing.letter import LetterItem
from mailflow.writing.words import languages
from tests.writing.letter_builders import (
    CAROL,
    DANA,
    FRIDAY,
    NOW,
    Seen,
    a_letter,
    a_plan,
    a_todo,
    an_office,
    answer_of,
)


def a_proposal(intent: Intent = Intent.DONE, **facts: object) -> Proposal:
    reason = facts.pop("reason", ProposalReason.UNCLEAR)
    reading = Reading(1, intent, sure=False, **facts)  # type: ignore[arg-type]
    return Proposal(1, 1, CAROL, reading, reason, NOW)  # type: ignore[arg-type]


def test_a_transcript_repeats_each_line_and_says_what_it_did() -> None:
    lines = (
        TranscriptLine("done 2", LineFate.DONE, "TAX-2 is done."),
        TranscriptLine("dnoe 3", LineFate.NOT_UNDERSTOOD, "Nothing was changed.", (), "done 3"),
    )
    letter = a_letter(Transcript(DANA, lines))

    assert letter.subject == "1 of 2 lines carried out"
    assert "» done 2  (done)\n  TAX-2 is done.\n" in letter.text
    assert "» dnoe 3  (not understood)\n  Nothing was changed.\n  For example: done 3" in (
        letter.text
    )
    assert "answer “undo”" in letter.text
    assert letter.answering


@pytest.mark.parametrize(
    ("fates", "subject"),
    [
        ((), "Nothing was changed"),
        ((LineFate.DONE,), "show: done"),
        ((LineFate.DONE, LineFate.DONE), "2 lines carried out"),
        ((LineFate.SHOWN, LineFate.SHOWN), "What you asked for"),
        ((LineFate.REFUSED, LineFate.NOT_UNDERSTOOD), "Nothing was changed"),
        ((LineFate.REFUSED, LineFate.DONE, LineFate.SHOWN), "2 of 3 lines carried out"),
    ],
)
def test_the_subject_of_a_transcript_tells_how_it_went(
    fates: tuple[LineFate, ...], subject: str
) -> None:
    lines = tuple(TranscriptLine("show", fate) for fate in fates)

    assert a_letter(Transcript(DANA, lines)).subject == subject


def test_preformatted_lines_keep_their_columns_and_stay_text() -> None:
    block = ("1  <b>Send</b>     6 March", "2  Sign        10 March")
    letter = a_letter(Transcript(DANA, (TranscriptLine("show", LineFate.SHOWN, "", block),)))

    assert "  1  <b>Send</b>     6 March\n  2  Sign        10 March\n" in letter.text
    assert "1  &lt;b&gt;Send&lt;/b&gt;     6 March\n2  Sign        10 March" in letter.html


def test_before_going_live_a_transcript_says_so() -> None:
    line = (TranscriptLine("done 1", LineFate.DONE),)

    assert "go live" in a_letter(Transcript(DANA, line, live=False)).text
    assert "go live" not in a_letter(Transcript(DANA, line)).text


def test_a_digest_numbers_what_can_be_answered() -> None:
    plan = a_plan(a_todo(3))
    sections = (
        (
            DigestSection.TO_JUDGE,
            (DigestLine(1, plan, 3, CAROL, "sorted", FRIDAY, a_proposal()),),
        ),
        (DigestSection.LATE, ()),
        (DigestSection.STRANGERS, (DigestLine(text="offers@shop.example"),)),
    )
    letter = a_letter(Digest(DANA, NOW.date(), sections))

    assert letter.subject == "Monday 2 March: 1 to judge"
    assert "1. Send the statements (TAX-3)" in letter.text
    assert "   seems to mean: done. Nothing was changed yet." in letter.text
    assert "   > sorted" in letter.text
    assert "- offers@shop.example" in letter.text
    assert "Late" not in letter.text
    assert letter.items == (LetterItem(1, plan.id, 3),)


def test_a_quiet_morning_is_one_line() -> None:
    letter = a_letter(Digest(DANA, NOW.date(), ()))

    assert "Nothing needs you this morning." in letter.text
    assert letter.subject == "Monday 2 March: where your plans stand"


@pytest.mark.parametrize("language", languages())
def test_every_section_can_be_said_in_every_language(language: str) -> None:
    line = DigestLine(1, a_plan(), 1, CAROL, "some words", FRIDAY)
    sections = tuple((section, (line,)) for section in DigestSection)
    letter = a_letter(Digest(DANA, NOW.date(), sections), an_office(language=language))

    assert letter.text.count("Send the statements") == len(DigestSection)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", AlarmKind)
def test_every_alarm_says_what_happened_and_what_to_do(language: str, kind: AlarmKind) -> None:
    letter = a_letter(
        Alarm(DANA, kind, "carol@acme.example", "550 no", NOW, count=3),
        an_office(language=language),
    )

    assert "> 550 no" in letter.text
    assert not letter.answering
    assert len(letter.text.split("\n\n")) >= 6


def test_an_answer_passed_on_is_whole_and_one_word_settles_it() -> None:
    plan = a_plan()
    outcome = ItemOutcome(plan, 1, ItemResult.PROPOSED, proposal=a_proposal())
    letter = a_letter(
        AnswerPassedOn(
            DANA, CAROL, plan, (outcome,), "Should be\nsorted.", files=("scan.pdf",),
            doubt=PassedOnReason.UNCLEAR,
        )
    )  # fmt: skip

    assert letter.subject == "Carol Jones answered: Send the statements [TAX]"
    assert "> Should be\n> sorted.\n" in letter.text
    assert "With it came: scan.pdf" in letter.text
    assert [answer_of(link)[2] for link in Seen(letter.html).links] == ["yes", "no"]
    assert letter.items == (LetterItem(1, plan.id, 1),)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("doubt", [*PassedOnReason, ""])
def test_every_doubt_has_its_words(language: str, doubt: str) -> None:
    notice = AnswerPassedOn(DANA, CAROL, None, (), "Hello", "About May", doubt=doubt)
    letter = a_letter(notice, an_office(language=language))

    assert "About May" in letter.subject
    assert "> Hello" in letter.text


@pytest.mark.parametrize("language", languages())
def test_every_reading_and_every_reason_can_be_said(language: str) -> None:
    for intent in Intent:
        for reason in ProposalReason:
            for facts in ({}, {"until": date(2026, 4, 1), "delegate": "Bob"}):
                proposal = a_proposal(intent, reason=reason, **facts)
                outcome = ItemOutcome(a_plan(), 1, ItemResult.PROPOSED, proposal=proposal)
                notice = AnswerPassedOn(DANA, CAROL, a_plan(), (outcome,), "x")
                letter = a_letter(notice, an_office(language=language))

                assert "Send the statements" in letter.text


def test_a_claim_can_be_settled_with_one_of_three_words() -> None:
    plan = a_plan()
    letter = a_letter(ClaimMade(DANA, CAROL, "helper@acme.example", plan, (1,), "Done."))

    assert "nothing was sent to that address" in letter.text
    assert [answer_of(link)[2] for link in Seen(letter.html).links] == ["yes", "always", "no"]


def test_a_claim_to_the_client_herself_says_you() -> None:
    letter = a_letter(ClaimMade(CAROL, CAROL, "helper@acme.example", a_plan(), (1,), "Done."))

    assert "answered a letter that went to you" in " ".join(letter.text.split())


def test_a_code_stands_in_the_letter_and_in_its_button() -> None:
    letter = a_letter(ConfirmationAsked(DANA, "k3m9qa2xpf", ("cancel TAX",), "", NOW))

    assert "  cancel TAX\n" in letter.text
    assert answer_of(Seen(letter.html).links[0])[2] == "k3m9qa2xpf"
    assert letter.answering


def test_a_letter_to_approve_is_shown_whole() -> None:
    text = "Hello Carol,\n\nhere.\n\nRef: 1zzzzzzzz-aaaaaaaa\n"
    letter = a_letter(ApprovalAsked(DANA, CAROL, "1 To Do [TAX]", text, 3))

    assert letter.subject == "For Carol Jones: 1 To Do [TAX]"
    assert "> Hello Carol,\n>\n> here.\n" in letter.text
    assert "1zzzzzzzz" not in letter.text + letter.html


def test_problems_of_a_plan_are_listed_with_their_lines() -> None:
    problems = (Problem(14, "- Call @Karl", "Nobody is called “Karl”."), Problem(0, "x", "y"))
    letter = a_letter(PlanProposal(DANA, a_plan(), problems))

    assert letter.subject == "Tax return: 2 lines to settle [TAX]"
    assert "- line 14: - Call @Karl\n  Nobody is called “Karl”.\n" in letter.text
    assert "“ok”" not in letter.text
