"""Every sentence that a command may say exists in every language."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from mailflow.domain.refusal import RefusalReason
from mailflow.writing.words import languages

FLOW = Path(__file__).parents[2] / "mailflow" / "flow"
SAYING = re.compile(
    r'(?:\bsay|refused)\(\s*"([a-z_]+)"'
    r'|_plain\(\w+, "([a-z_]+)"'
    r'|_mover\([\w.]+, "([a-z_]+)"'
    r'|_move\(counter, plan, [\w.]+, "([a-z_]+)"'
    r'|_transcript\(counter, text, "([a-z_]+)"'
    r'|key = "([a-z_]+)"'
    r'|"([a-z_]+)" if plans else "[a-z_]+"'
    r'|if plans else "([a-z_]+)"',
)


def keys_in_use() -> set[str]:
    texts = (path.read_text("utf-8") for path in FLOW.glob("*.py"))
    found = {key for text in texts for keys in SAYING.findall(text) for key in keys if key}
    return found | {reason.value for reason in RefusalReason} | {"moved", "assigned", "rejected"}


@pytest.mark.parametrize("language", languages())
def test_every_sentence_of_a_transcript_exists(language: str) -> None:
    path = files("mailflow.writing").joinpath("words", f"{language}.toml")
    table = tomllib.loads(path.read_text("utf-8"))

    assert keys_in_use() - set(table["said"]) - set(table["history"]) == set()
