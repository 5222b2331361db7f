"""The transcript: every line is answered, and one wrong line spoils no right one."""

from dataclasses import replace

import pytest

from mailflow.domain.notice import (
    ChangeNotice,
    LineFate,
    Notice,
    ToDosAsked,
    Transcript,
    TranscriptLine,
)
from mailflow.domain.plan import PlanState, ToDoState
from mailflow.domain.refusal import Refusal, RefusalReason
from mailflow.flow.commands import VERBS, carry_out, changes_nothing, is_order, needs_code
from mailflow.reading.provider import Command, read_commands
from mailflow.writing.words import languages
from tests.builders import CAROL, DANA, PEOPLE
from tests.flow.builders import Desk

DONE, REFUSED, SHOWN = LineFate.DONE, LineFate.REFUSED, LineFate.SHOWN


def carried_out(desk: Desk, text: str) -> tuple[tuple[TranscriptLine, ...], tuple[Notice, ...]]:
    """Carry out lines as Dana; returns the transcript's lines and who else is told."""
    counter = desk.counter()
    lines = read_commands(text, ["TAX"])
    transcript, *told = carry_out(counter, lines)
    assert isinstance(transcript, Transcript)
    assert transcript.to == DANA
    return transcript.lines, tuple(told)


def fates(desk: Desk, text: str) -> list[LineFate]:
    return [line.fate for line in carried_out(desk, text)[0]]


def test_one_wrong_line_spoils_no_right_one(desk: Desk) -> None:
    text = "done 99\ndone 1\nfrobnicate\ndue 2 someday\nnote 2: call her\nshow NOPE"

    assert fates(desk, text) == [REFUSED, DONE, LineFate.NOT_UNDERSTOOD, REFUSED, DONE, REFUSED]


def test_one_wrong_number_spoils_no_right_one(desk: Desk) -> None:
    [line], _ = carried_out(desk, "done 1, 99, 2")

    assert line.fate is DONE
    assert "TAX-1" in line.said
    assert "TAX-2" in line.said
    assert "no number 99" in line.said


def test_each_line_sees_what_the_lines_before_it_did(desk: Desk) -> None:
    lines, _ = carried_out(desk, "done 1\nnote it: thank her\nreopen it\ndone 1\ndone 1")

    assert [line.fate for line in lines] == [DONE, DONE, DONE, DONE, REFUSED]


def test_whoever_is_concerned_is_told_once(desk: Desk) -> None:
    desk.write(ToDosAsked(CAROL, desk.plan, (1, 2)))
    _, told = carried_out(desk, "due 1 friday\ndue 2 friday\ndone 2")

    [notice] = told
    assert isinstance(notice, ChangeNotice)
    assert notice.to == CAROL
    assert len(notice.changes) == 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_is_a_sentence_in_every_language(
    desk: Desk, reason: RefusalReason, language: str
) -> None:
    counter = desk.counter(replace(PEOPLE[DANA], language=language))
    refused = counter.because(Refusal(reason, (("what", "TAX"),)), desk.plan, 1)

    assert refused.fate is REFUSED
    assert refused.said[-1] in ".!?”»"
    assert "{" not in refused.said
    assert counter.refused("unknown_plan", code="X", known=("TAX",)).said


@pytest.mark.parametrize("language", languages())
def test_every_verb_answers_without_anything_behind_it(desk: Desk, language: str) -> None:
    counter = desk.counter(replace(PEOPLE[DANA], language=language))
    for verb in VERBS:
        [transcript, *_] = carry_out(counter, [Command(1, verb, verb)])
        assert isinstance(transcript, Transcript)
        [line] = transcript.lines
        assert line.said


def test_a_plan_goes_through_its_states(desk: Desk) -> None:
    counter = desk.counter()
    for line, state in (
        ("pause", PlanState.PAUSED),
        ("resume TAX", PlanState.RUNNING),
        ("finish TAX", PlanState.FINISHED),
        ("start TAX", PlanState.RUNNING),
    ):
        carry_out(counter, read_commands(line, ["TAX"]))
        plan = counter.uow.plan(desk.plan.id)
        assert plan is not None
        assert plan.state is state


def test_an_undo_takes_back_one_mail(desk: Desk) -> None:
    counter = desk.counter()
    carry_out(counter, read_commands("done 1\nnote 1: by phone", ["TAX"]))
    counter.uow.commit()
    assert fates(desk, "undo") == [DONE]


def test_an_undo_that_would_take_more_with_it_asks_first(desk: Desk) -> None:
    counter = desk.counter()
    carry_out(counter, read_commands("done 1\ndone 2", ["TAX"]))
    counter.uow.commit()

    assert fates(desk, "undo") == [REFUSED]
    carry_out(counter := desk.counter(), read_commands("undo all of it", ["TAX"]))
    plan = counter.uow.plan(desk.plan.id)
    assert plan is not None
    assert [todo.state for todo in plan.todos()] == [
        ToDoState.OPEN, ToDoState.OPEN, ToDoState.WAITING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("done 3", True),
        ("due 3 friday", True),
        ("show TAX", True),
        ("status", True),
        ("pause until friday", True),
        ("undo all of it", True),
        ("yes, that is right", False),
        ("Start with the second one", False),
        ("No, your signature alone is enough.", False),
        ("Due to the holidays we are closed until Friday", False),
        ("Please call me", False),
    ],
)
def test_what_begins_like_a_command_need_not_be_one(text: str, order: bool) -> None:
    [line] = read_commands(text, ["TAX"])

    assert is_order(line) is order


def test_what_only_shows_needs_no_proof_and_what_destroys_needs_a_code() -> None:
    showing = read_commands("status\nplans\nlate\nshow TAX\nhelp\nnonsense here", ["TAX"])
    changing = read_commands("done 1\ngo live\nstart TAX\nundo", ["TAX"])
    [destroying] = read_commands("cancel TAX", ["TAX"])

    assert all(map(changes_nothing, showing))
    assert not any(map(changes_nothing, changing))
    assert needs_code(destroying)
    assert not any(map(needs_code, (*showing, *changing)))
