"""What a provider does by mail, line by line."""

import pytest

from tests.journeys.builders import STATEMENTS, JourneyOffice

OPEN = ["open", "open", "waiting", "waiting"]


@pytest.fixture
def running(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def transcript(office: JourneyOffice, lines: str) -> str:
    """Mail lines as Dana; returns what the transcript says, on one line."""
    office.dana.mails(lines)
    return " ".join(office.dana.last("transcript").text.split())


def test_every_list_is_shown_and_nothing_changes(office: JourneyOffice) -> None:
    office.starts_plan()
    events = len(office.history())
    office.dana.answers(
        "status\nplans\ntodos\nlate\ntoday\nwho owes\npeople\nshow TAX\nhistory TAX\nhelp",
        to="plan_page",
    )
    said = " ".join(office.dana.last("transcript").text.split())

    assert "TAX 2026 tax return · running · 0 of 4 done" in said
    assert "Carol Jones: 2" in said
    assert f"Olga Brandt <{office.olga.address}> · observer" in said
    assert "1. Send the bank statements | Carol Jones | Fri 6 March 2026" in said
    assert len(office.history()) == events
    assert office.carol.new() == []


def test_the_history_is_told_in_words_with_who_and_when(running: JourneyOffice) -> None:
    running.carol.answers("1 done, statements attached. 2 Friday", STATEMENTS)
    transcript(running, "history TAX-1")
    lines = [line.strip() for line in running.dana.last("transcript").text.splitlines()]

    assert "TAX-1: done" in lines
    assert "TAX-1: received statements.pdf" in lines
    assert not any(line.startswith("TAX-2") for line in lines)
    assert "Monday 2 March 09:00 · Carol Jones · “done … attached” · undo 8" in lines


def test_a_tick_is_told_to_whom_it_concerns_and_undone(running: JourneyOffice) -> None:
    assert "TAX-1 “Send the bank statements” is done." in transcript(running, "done TAX-1")
    assert running.states() == ["done", "open", "waiting", "waiting"]
    assert [p.new() for p in (running.carol, running.vic, running.olga)] == [
        ["change_notice"], [], [],
    ]  # fmt: skip

    assert "Taken back" in transcript(running, "undo")
    assert running.states() == OPEN
    assert running.carol.new() == ["change_notice"]
    assert "open again" in running.carol.last().text


def test_several_lines_make_one_letter_a_person(running: JourneyOffice) -> None:
    transcript(running, "due 1: 9 March\ndue 2 friday\nassign 2 to vic\nnote 2: call her")
    assert running.carol.new() == ["change_notice"]
    assert "now by Monday 9 March" in running.carol.last().text
    assert "Vic takes care of it now" in running.carol.last().text
    assert "call her" not in running.carol.last().text
    assert running.vic.new() == ["to_dos_asked"]

    transcript(running, "drop 2\nreopen 2")
    assert running.carol.new() == []


def test_one_wrong_line_spoils_nothing(running: JourneyOffice) -> None:
    said = transcript(running, "frobnicate everything\ndone 99\ndone 1")

    assert "» frobnicate everything (not understood)" in said
    assert "TAX has no number 99. Nothing was changed." in said
    assert running.states() == ["done", "open", "waiting", "waiting"]


@pytest.mark.parametrize("line", ["finish NOPE", "start nope", "show NOPE", "resume NOPE"])
def test_an_unknown_code_never_means_another_plan(running: JourneyOffice, line: str) -> None:
    assert "Your plans: TAX." in transcript(running, line)
    assert running.states() == OPEN
    assert running.carol.new() == []


def test_a_pause_stops_reminders_and_not_answers(running: JourneyOffice) -> None:
    transcript(running, "pause TAX until 20 March")
    assert running.carol.new() == ["change_notice"]
    for day in (3, 6, 10):
        running.later(f"2026-03-{day:02} 09:30")
    assert running.carol.new() == []
    running.carol.answers("1 done", to="to_dos_asked")
    assert running.states()[0] == "done"
    running.carol.new()

    transcript(running, "resume TAX")
    assert running.carol.new() == ["change_notice"]


def test_a_to_do_is_added_and_asked_for(running: JourneyOffice) -> None:
    transcript(running, "add TAX: Send the lease @carol by 12 March")
    assert running.carol.new() == ["to_dos_asked"]
    running.carol.answers("done")

    assert running.states() == ["open", "open", "done", "waiting", "waiting"]


def test_a_finished_plan_takes_its_entries_away(running: JourneyOffice) -> None:
    transcript(running, "finish TAX")
    assert running.carol.new() == ["change_notice"]

    assert [b"METHOD:CANCEL" in e.data for e in running.carol.last().entries] == [True, True]


def test_a_delivery_is_rejected_with_its_reason_and_accepted(quick: JourneyOffice) -> None:
    plan = "Review: documents\nClient: Carol Jones <{carol}>\n- Send the statements @Carol [send]\n"
    quick.starts_plan(plan, "plan: tax")
    [code] = {line["plan"] for line in quick.history() if line["plan"]}
    assert code is not None
    quick.carol.answers("attached", STATEMENTS)
    assert quick.states(code) == ["delivered"]
    quick.carol.new()
    transcript(quick, f"reject {code}-1: March is missing")
    assert quick.carol.new() == ["change_notice"]
    assert "March is missing" in quick.carol.last().text

    quick.carol.answers("here is all of it", ("all.pdf", "application/pdf", b"%PDF-1.4 all"))
    transcript(quick, f"accept {code}-1")
    assert quick.states(code) == ["done"]


def test_what_cannot_be_taken_back_needs_a_code_once(running: JourneyOffice) -> None:
    dana = running.dana
    dana.mails("cancel TAX")
    assert dana.new() == ["confirmation_asked"]
    asked = dana.last()
    dana.answers("yes, cancel it", to=asked)
    assert running.carol.new() == []
    words = asked.text.replace(".", " ").split()
    code = next(word for word in words if len(word) == 10 and word.isupper())
    dana.answers(code, to=asked)
    assert running.carol.new() == ["change_notice"]

    dana.answers(code, to=asked)
    assert "This code is not known" in " ".join(dana.last().text.split())


def test_words_that_begin_like_a_command_go_to_the_client(running: JourneyOffice) -> None:
    running.carol.answers("About number 2: may I sign electronically?")
    running.dana.answers("Yes, that is fine with us.", to="answer_passed_on")

    assert running.carol.new() == ["receipt", "words_forwarded"]
    assert "Yes, that is fine with us." in running.carol.last().text


def test_a_slip_of_the_pen_goes_to_nobody(running: JourneyOffice) -> None:
    running.carol.answers("About number 2: may I sign electronically?")
    running.carol.new()
    running.dana.answers("stauts", to="answer_passed_on")

    assert running.carol.new() == []
    assert "not understood" in running.dana.last("transcript").text


def test_a_question_of_the_digest_is_answered_by_its_number(running: JourneyOffice) -> None:
    running.later("2026-03-03 07:45")
    running.dana.answers("2 done", to="digest")

    assert running.states() == ["open", "done", "waiting", "waiting"]
