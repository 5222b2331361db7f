"""The language files: complete, with the same facts, and in the forms each language has."""

from datetime import date, time

import pytest

from mailflow.domain.plan import PhaseState, PlanState, ToDoKind, ToDoState
from mailflow.writing.letter_check import faulty_letters
from mailflow.writing.words import (
    FALLBACK,
    Sentence,
    day_words,
    languages,
    one_line,
    say,
    state_word,
    table,
    words_for,
)

ALWAYS_KNOWN = frozenset({"provider", "count"})
"""Facts that a sentence may leave out: the reader misses nothing."""


def sentences(language: str) -> dict[str, dict[str, str]]:
    """Return every sentence of a file by key, in each of its plural forms."""
    found: dict[str, dict[str, str]] = {}
    for name, entries in table(language).items():
        if name in {"language", "days"}:
            continue
        for key, value in entries.items():
            found[f"{name}.{key}"] = value if isinstance(value, dict) else {"other": value}
    return found


def gaps(forms: dict[str, str]) -> frozenset[str]:
    return frozenset().union(*(Sentence.read(text).gaps for text in forms.values())) - ALWAYS_KNOWN


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything(language: str) -> None:
    assert sorted(sentences(language)) == sorted(sentences(FALLBACK))


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_the_same_facts(language: str) -> None:
    english = {key: gaps(forms) for key, forms in sentences(FALLBACK).items()}

    assert {key: gaps(forms) for key, forms in sentences(language).items()} == english


@pytest.mark.parametrize("language", languages())
def test_every_plural_form_of_the_language_is_there(language: str) -> None:
    locale = words_for(language).locale
    needed = {str(locale.plural_form(count)) for count in range(1, 120)} | {"other"}
    counted = {k: set(forms) for k, forms in sentences(language).items() if len(forms) > 1}

    assert counted
    assert {key: needed - forms for key, forms in counted.items() if not needed <= forms} == {}


@pytest.mark.parametrize("language", languages())
def test_stars_and_gaps_come_in_pairs(language: str) -> None:
    texts = [text for forms in sentences(language).values() for text in forms.values()]

    assert [text for text in texts if text.count("*") % 2] == []
    assert [text for text in texts if text != text.strip() and not text.endswith((": ", " "))] == []


def test_every_letter_can_be_written_in_every_language() -> None:
    assert faulty_letters() == ()


def test_a_sentence_about_a_command_is_told_with_its_facts() -> None:
    said = say("moved", "en", ref="TAX-3", title="Send <it>", day=date(2026, 3, 6))

    assert said == "TAX-3 “Send <it>” is now due on Friday 6 March 2026."


def test_states_are_told_by_their_word() -> None:
    said = say("state_already", "de", ref="TAX-3", title="Senden", state=ToDoState.DONE)

    assert said == "TAX-3 „Senden“ ist schon erledigt. Es wurde nichts geändert."
    assert say("draft_has_problems", "en", code="TAX", count=1).startswith("TAX still has one line")


@pytest.mark.parametrize("key", ["no_such_sentence", ""])
def test_an_unknown_sentence_is_an_error(key: str) -> None:
    with pytest.raises(KeyError):
        say(key, "en")


def test_a_sentence_without_its_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("moved", "en", ref="TAX-3")


@pytest.mark.parametrize("language", languages())
def test_every_state_and_kind_has_its_word(language: str) -> None:
    states = [state_word(state, language) for group in (ToDoState, PlanState) for state in group]
    phases = [state_word(state, language) for state in PhaseState]
    kinds = [words_for(language).fact(kind).plain for kind in ToDoKind]

    assert all([*states, *phases, *kinds])
    assert len({state_word(state, language) for state in ToDoState}) == len(ToDoState)


def test_a_language_without_words_is_answered_in_english() -> None:
    assert words_for("xx").language == "en"
    assert words_for("de-AT").language == "de"
    assert words_for("EN").language == "en"


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("en", "GB", "Friday 6 March"),
        ("en", "US", "Friday, March 6"),
        ("en", "DE", "Friday 6 March"),
        ("en", "XX", "Friday 6 March"),
        ("de", "AT", "Freitag, 6. März"),
        ("fr", "CH", "vendredi 6 mars"),
    ],
)
def test_a_day_is_written_as_language_and_country_do(
    language: str, country: str, words: str
) -> None:
    assert day_words(date(2026, 3, 6), language, country) == words


def test_a_time_is_written_as_the_country_does() -> None:
    assert words_for("en", "US").hour(time(14, 5)) == "2:05 PM"
    assert words_for("de", "DE").hour(time(14, 5)) == "14:05"


def test_names_are_listed_as_the_language_does() -> None:
    names = ("Ann", "Bob", "Cy")

    assert words_for("en").fact(names).plain == "Ann, Bob and Cy"
    assert words_for("de").fact(names).plain == "Ann, Bob und Cy"


def test_one_line_is_one_line() -> None:
    assert one_line("  a\r\n\tb\x00c\u2028d ") == "a b c d"
