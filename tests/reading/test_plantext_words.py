"""The language files of plan texts: complete, and true to what the code asks of them."""

from string import Formatter

import pytest

from mailflow.reading.plan_vocabulary import LANGUAGES, plan_words, split_words, word_list
from mailflow.reading.words import fold


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_section_and_list(language: str) -> None:
    english, own = plan_words("en"), plan_words(language)

    for section, lists in english.items():
        if isinstance(lists, dict):
            assert (section, set(lists)) == (section, set(own[section]) & set(lists))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_tells_the_same_facts_in_every_language(language: str) -> None:
    english, own = plan_words("en")["problems"], plan_words(language)["problems"]

    assert set(own) == set(english)
    for key, sentence in own.items():
        assert (key, gaps(sentence)) == (key, gaps(english[key]))
        assert sentence.rstrip(" »”“").endswith((".", "?"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_header_and_a_column_mean_one_thing_in_a_language(language: str) -> None:
    for section in ("headers", "columns", "tags"):
        lists = plan_words(language)[section]
        words = [fold(word) for name in lists for word in lists[name]]
        assert (section, sorted(words)) == (section, sorted(set(words)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_folded_lists_are_found_by_what_people_type(language: str) -> None:
    for name in ("by", "after", "before", "in", "days", "working_days", "weeks", "today"):
        assert all(split_words(word) for word in word_list(language, "when", name))
        assert word_list(language, "when", name)
