"""From a draft to a plan that runs: proposed, corrected, agreed to, reminded of, taken up again."""

import pytest

from mailflow.store import views
from tests.journeys.builders import PLAN, JourneyOffice
from tests.journeys.test_plan_text import news, said

TITLE = "plan: 2026 tax return"


@pytest.fixture
def asked(quick: JourneyOffice) -> JourneyOffice:
    """An office that is live, with a plan to which Carol is asked to agree."""
    quick.dana.mails(quick.filled(PLAN), TITLE)
    quick.dana.answers("go live\nok")
    assert news(quick) == {"dana": ["plan_proposal", "transcript"], "carol": ["agreement_asked"]}
    return quick


def state(office: JourneyOffice, code: str = "TAX") -> str:
    with views.looking(office.folder) as connection:
        return next(plan["state"] for plan in views.plans(connection) if plan["code"] == code)


def test_nobody_hears_of_a_draft(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), TITLE)

    assert state(quick) == "draft"
    assert news(quick) == {"dana": ["plan_proposal"]}


def test_a_whole_correction_in_the_thread_replaces_the_draft(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), TITLE)
    quick.dana.answers(quick.filled(PLAN).replace("Draft the return", "Write the return"))

    assert news(quick) == {"dana": ["plan_proposal", "plan_proposal"]}
    assert quick.dana.last().subject == "2026 tax return: shall this go out? [TAX]"
    assert "3. Write the return" in quick.dana.last().text


def test_a_few_corrected_lines_settle_what_was_wrong(quick: JourneyOffice) -> None:
    wrong = PLAN.replace("| Vic | 3", "| Zoe | 3").replace("@Carol by Fri", "@Karol by Fri")
    quick.dana.mails(quick.filled(wrong), TITLE)
    assert "2 lines to settle" in quick.dana.last().subject
    quick.dana.answers("ok")
    assert "still has 2 lines to settle" in said(quick.dana)
    quick.dana.answers(
        "line 8: - Send the bank statements @Carol by Fri 6 March [send]\n"
        "- Draft the return | Vic | 3 working days after Records complete",
        to="plan_proposal",
    )

    assert quick.dana.last().subject == "2026 tax return: shall this go out? [TAX]"
    assert "1. Send the bank statements Carol Jones, by Friday 6 March" in " ".join(
        quick.dana.last().text.split()
    )


def test_a_line_with_its_number_corrects_a_sound_draft(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), TITLE)
    quick.dana.answers("2. Sign both letters @Carol by 12 March\n- Call the bank @Vic")

    text = " ".join(quick.dana.last("plan_proposal").text.split())
    assert news(quick) == {"dana": ["plan_proposal", "plan_proposal"]}
    assert "2. Sign both letters Carol Jones, by Thursday 12 March" in text
    assert "Call the bank Vic Ray" in text
    assert state(quick) == "draft"


def test_the_agreement_is_kept_with_its_words_and_starts_the_plan(asked: JourneyOffice) -> None:
    asked.carol.answers("Fine with me!")

    assert state(asked) == "running"
    moved = [line for line in asked.history() if line["event"] == "plan_state_changed"]
    agreed = next(line for line in moved if line["after"] == "agreed")
    assert agreed["evidence"]
    assert agreed["person"] == "Carol Jones" or agreed["person"]
    assert agreed["message_id"]
    assert news(asked) == {
        "dana": ["plan_page"],
        "vic": ["plan_page"],
        "carol": ["to_dos_asked"],
        "olga": ["plan_page"],
    }


def test_comments_go_to_the_provider_and_start_nothing(asked: JourneyOffice) -> None:
    asked.carol.answers("Could we move number 2 to April? I am away until then.")

    assert state(asked) == "proposed"
    assert news(asked) == {"dana": ["answer_passed_on"]}
    assert "move number 2 to April" in asked.dana.last().text


def test_a_correction_after_comments_is_asked_about_anew(asked: JourneyOffice) -> None:
    first = asked.carol.last()
    asked.dana.answers("2. Sign the engagement letter @Carol by 9 April", to="plan_proposal")
    assert state(asked) == "draft"
    asked.carol.answers("Fine with me", to=first)
    assert state(asked) == "draft"
    asked.dana.answers("ok", to="plan_proposal")

    assert state(asked) == "proposed"
    assert "Thursday 9 April" in asked.carol.last("agreement_asked").text
    asked.carol.answers("fine with me", to="agreement_asked")
    assert state(asked) == "running"


def test_only_who_may_agree_agrees(asked: JourneyOffice) -> None:
    asked.olga.posts(
        b"From: Olga Brandt <" + asked.olga.address.encode() + b">\r\nTo: <"
        + asked.bot.encode() + b">\r\nSubject: Re: 2026 tax return [TAX]\r\n"
        b"Message-ID: <olga-1@far.test>\r\n\r\nFine with me\r\n"
    )  # fmt: skip

    assert state(asked) == "proposed"


def test_agree_no_skips_the_question(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(f"Agree: no\n{PLAN}"), TITLE)
    quick.dana.answers("go live\nok")

    assert state(quick) == "running"
    assert "agreement_asked" not in quick.carol.new()


def test_silence_is_reminded_of_three_times_and_then_told(asked: JourneyOffice) -> None:
    heard = {}
    for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24):
        asked.later(f"2026-03-{day:02} 09:30")
        kinds = asked.carol.new()
        if kinds:
            heard[day] = kinds
        assert not set(asked.dana.new()) - {"digest", "alarm"}

    assert heard == {5: ["agreement_asked"], 10: ["agreement_asked"], 16: ["agreement_asked"]}
    leads = [" ".join(letter.text.split()) for letter in asked.carol.letters[-3:]]
    assert "Nothing has begun yet, because it waits for your answer" in leads[0]
    assert "is still open, and its first dates are coming nearer" in leads[1]
    assert "This is the last mail about it" in leads[2]
    assert "has not answered" in asked.dana.last("alarm").text
    asked.carol.answers("fine with me")
    assert state(asked) == "running"


def test_an_answer_ends_the_reminders(asked: JourneyOffice) -> None:
    asked.later("2026-03-05 09:30")
    assert asked.carol.new() == ["agreement_asked"]
    asked.carol.answers("Agreed, go ahead")
    asked.carol.new()
    asked.later("2026-03-10 09:30")

    assert "agreement_asked" not in asked.carol.new()


def test_a_question_that_awaits_approval_is_no_question_yet(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), TITLE)
    quick.dana.answers("ok")
    for day in (3, 4, 5, 6, 9):
        quick.later(f"2026-03-{day:02} 09:30")

    assert quick.waiting() == [(quick.carol.address, "agreement_asked")]


def test_a_plan_rests_ends_and_begins_again(asked: JourneyOffice) -> None:
    asked.carol.answers("fine with me")
    steps = [("pause TAX", "paused"), ("resume TAX", "running"), ("finish TAX", "finished"),
             ("start TAX", "running")]  # fmt: skip
    for command, after in steps:
        asked.dana.mails(command)
        assert state(asked) == after
    asked.dana.mails("cancel TAX")
    assert state(asked) == "running"
    code = asked.dana.last("confirmation_asked")
    asked.dana.answers(code.text.split("answer this mail with ")[1].split(".")[0], to=code)

    assert state(asked) == "cancelled"
    assert asked.carol.new()[-1] == "change_notice"
