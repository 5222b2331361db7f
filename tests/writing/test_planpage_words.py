from string import Formatter
from typing import Any

import pytest

from mailflow.domain.people import Role
from mailflow.domain.plan import PlanState, ToDoState
from mailflow.writing import page_words
from mailflow.writing.page_words import languages

TABLES = page_words._tables()


def flat(table: dict[str, Any], above: str = "") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{above}{key}.")
        else:
            gaps = {name for _, name, _, _ in Formatter().parse(value) if name}
            found[f"{above}{key}"] = gaps
    return found


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything_with_the_same_gaps(language: str) -> None:
    assert flat(TABLES[language]) == flat(TABLES["en"])


@pytest.mark.parametrize("language", languages())
def test_every_state_and_role_has_its_own_word(language: str) -> None:
    table = TABLES[language]
    assert list(table["states"]) == [state.value for state in ToDoState]
    assert list(table["plan_states"]) == [state.value for state in PlanState]
    assert list(table["roles"]) == [role.value for role in Role]
    for words in (table["states"], table["plan_states"], table["roles"]):
        assert len(set(words.values())) == len(words)


def test_the_first_nine_languages_are_there() -> None:
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv"} <= set(languages())
