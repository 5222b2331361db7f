"""What the provider overrules is kept, measured, and can be handed on without the people in it."""

import json
from pathlib import Path

import pytest

from mailflow.commands.evaluating import measure_own
from mailflow.commands.explaining import explain
from mailflow.store.corrections import Judgement, Word, judgements
from mailflow.store.views import looking
from tests.journeys.builders import JourneyOffice


@pytest.fixture
def simply(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def said(office: JourneyOffice) -> list[tuple[str, str, Word]]:
    """Return reference, intent and the provider's word of each judged reading."""
    with looking(office.folder) as connection:
        found: list[Judgement] = list(judgements(connection))
    return [(one.ref, one.read.value, one.word) for one in found]


def test_what_the_provider_lets_stand_was_read_well(simply: JourneyOffice) -> None:
    simply.carol.answers("1 on Friday\n2 done")

    assert sorted(said(simply)) == [
        ("TAX-1", "reschedule", Word.STANDS),
        ("TAX-2", "done", Word.STANDS),
    ]


def last_act(office: JourneyOffice) -> int:
    """Return the number that `history` shows for the last change of a To Do."""
    with looking(office.folder) as connection:
        [(number,)] = connection.execute("SELECT max(act) FROM journal WHERE todo IS NOT NULL")
    return int(number)


@pytest.mark.parametrize("word", ["undo", "reopen TAX-2"])
def test_a_done_that_the_provider_takes_back_was_misread(simply: JourneyOffice, word: str) -> None:
    simply.carol.answers("2 done")
    simply.dana.mails(f"undo {last_act(simply)}" if word == "undo" else word)

    assert said(simply) == [("TAX-2", "done", Word.TAKEN_BACK)]


def test_a_proposal_tells_what_the_provider_said_to_it(simply: JourneyOffice) -> None:
    simply.carol.answers("I can sign on 20 March")
    assert said(simply) == []

    simply.dana.answers("yes")

    assert said(simply) == [("TAX-2", "reschedule", Word.YES)]


def test_the_table_counts_each_answer_once_more(
    simply: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    simply.carol.answers("2 done")
    simply.dana.mails("reopen TAX-2")
    capsys.readouterr()

    assert measure_own(simply.config, None) == 0

    shown = capsys.readouterr().out
    assert shown.splitlines()[1].split() == ["en", "1", "1", "0.0", "%", "0.0", "%", "1"]
    assert "wrong done  TAX-2  taken back" in shown
    assert "  | 2 done" in shown


def test_without_any_answer_there_is_nothing_to_measure(
    simply: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert measure_own(simply.config, None) == 0
    assert "nothing to measure" in capsys.readouterr().out


def test_cases_leave_the_house_without_the_people_in_them(
    simply: JourneyOffice, tmp_path: Path
) -> None:
    simply.carol.answers(
        "2 done, posted to Vic Ray\n\nCarol Jones\n0151 234 5678\ncarol@home.example"
    )
    simply.dana.mails("reopen TAX-2")

    measure_own(simply.config, tmp_path / "own.jsonl")

    written = (tmp_path / "own.jsonl").read_text(encoding="utf-8")
    row = json.loads(written.splitlines()[0])
    for leak in ("Carol", "carol", "Vic", "234", "5678", "client.test"):
        assert leak not in written
    assert [item["n"] for item in row["items"]] == [1, 2]
    assert row["expected"][0]["intent"] == "progress"
    assert "done" not in row["expected"][0]["accept"]


def test_the_reader_takes_the_export_as_its_corpus(simply: JourneyOffice, tmp_path: Path) -> None:
    from mailflow.commands.pipes import understand_lines  # noqa: PLC0415 - loads the reader

    simply.carol.answers("2 done")
    measure_own(simply.config, tmp_path / "own.jsonl")

    lines = (tmp_path / "own.jsonl").read_text(encoding="utf-8").splitlines()

    [predicted] = [json.loads(line) for line in understand_lines(lines)]
    assert [(one["n"], one["intent"]) for one in predicted["predicted"]] == [(2, "done")]


def test_the_chain_is_told_from_the_sender_to_the_letter(
    simply: JourneyOffice, tmp_path: Path
) -> None:
    simply.carol.answers("2 signed yesterday")
    mail = tmp_path / "answer.eml"
    mail.write_bytes(simply.said[-1])

    told = explain(simply.config, mail, as_json=False)
    row = json.loads(explain(simply.config, mail, as_json=True))

    assert "“2 signed yesterday” says: did something" in told
    assert "decided by the rule: done" in told
    [reading] = row["readings"]
    assert reading["todo"] == "TAX-2"
    assert reading["rule"].startswith("done")
    assert reading["clauses"][0]["text"] == "2 signed yesterday"
