"""What is acted upon is right, on answers that no rule was written for."""

import json
from pathlib import Path
from typing import Any

import pytest

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.client import read_corpus_line, understand

_CORPUS = Path(__file__).parents[2] / "corpus" / "replies"
_FILES = sorted((*_CORPUS.glob("*-check.jsonl"), *_CORPUS.glob("*-fresh.jsonl")))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _is_meant(line: dict[str, Any], reading: Reading) -> bool:
    """Return whether a tick is among what the label expects or accepts."""
    single = line["kind"] == "single"
    entries = [entry for entry in line["expected"] if single or entry["n"] in {reading.n, None}]
    accepted = {name for entry in entries for name in entry.get("accept", ())}
    accepted |= set(line.get("accept", ())) if single else set()
    return "done" in accepted | {entry["intent"] for entry in entries}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_no_tick_is_wrong(path: Path) -> None:
    wrong = [
        (line["id"], reading.n, line["text"])
        for line in _lines(path)
        for reading in understand(read_corpus_line(line))
        if reading.intent is Intent.DONE and reading.sure and not _is_meant(line, reading)
    ]

    assert wrong == []


def test_the_check_part_speaks_every_language() -> None:
    assert len(_FILES) >= 24
