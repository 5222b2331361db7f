"""The pipe that reads answers: started often, for little."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mailflow.commands.pipes import understand_lines
from mailflow.domain.intent import Reading
from mailflow.reading import client

ANSWER = {
    "id": "a",
    "lang": "en",
    "sent_at": "2026-03-04T09:30:00+00:00",
    "todo": {"title": "Sign the engagement letter", "due": "2026-03-03"},
    "text": "Signed and sent back yesterday.",
}
RUN = """
import sys
from mailflow.cli import main
sys.argv = ["mailflow", *sys.argv[1:]]
main()
print("typer" in sys.modules, file=sys.stderr)
"""


def understood_lines(cache: Path, lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mailflow", "understand"],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def understood(cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, "understand"],
        input=json.dumps(ANSWER) + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_a_pipe_means_the_same_at_every_start(tmp_path: Path) -> None:
    first, second = understood(tmp_path), understood(tmp_path)

    [done] = json.loads(first.stdout)["predicted"]
    assert (done["n"], done["intent"], done["sure"]) == (1, "done", True)
    assert second.stdout == first.stdout
    assert [file.name for file in tmp_path.rglob("*-lexicon")] == ["en-lexicon"]


def test_a_pipe_needs_no_folder_to_keep_anything_in(tmp_path: Path) -> None:
    nowhere = tmp_path / "a file in the way"
    nowhere.write_bytes(b"")

    assert understood(nowhere).stdout == understood(tmp_path).stdout


def test_a_pipe_does_not_wait_for_the_library_of_options(tmp_path: Path) -> None:
    assert understood(tmp_path).stderr == "False\n"


def test_a_line_that_is_no_answer_gets_a_reason_and_the_others_their_answers(
    tmp_path: Path,
) -> None:
    answer = json.dumps(ANSWER)
    told = understood_lines(tmp_path, f'not json\n[1]\n{{"id": "b"}}\n{answer}\n')

    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode == 0
    assert [line["id"] for line in lines] == [None, None, "b", "a"]
    assert [line.get("reason") for line in lines] == [
        "the line is not JSON: Expecting value: line 1 column 1 (char 0)",
        "the line is not a JSON object",
        "the line has no 'text'",
        None,
    ]


def test_a_fault_of_the_reader_costs_one_line_and_not_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = client.understand

    def faulty(asked: client.Asked) -> tuple[Reading, ...]:
        if asked.text == "a line it fails at":
            raise IndexError(asked.text)
        return honest(asked)

    monkeypatch.setattr(client, "understand", faulty)
    rows = (ANSWER, {**ANSWER, "id": "b", "text": "a line it fails at"}, {**ANSWER, "id": "c"})
    lines = [json.loads(line) for line in understand_lines(map(json.dumps, rows))]

    assert [(line["id"], line.get("reason")) for line in lines] == [
        ("a", None),
        ("b", "the line could not be read: a line it fails at"),
        ("c", None),
    ]
