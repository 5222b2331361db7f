"""The words that plans are written with, language by language, ready to be looked up.

One file in `plan_words/` holds all of a language: headers, column names, tags, verbs, words
for who and when. A new language is a new file; no code names one. Names of weekdays and months
come from CLDR, and a file adds only what people write besides.

Headers, columns and tags are understood in every language at once, because a plan in German
may come with English column names. Words inside a sentence are looked up in one language
after the other, the plan's own first.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mailflow.reading.words import fold

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv")
"""Every language that a plan can be written in, in the order in which words are looked up."""


@cache
def plan_words(language: str) -> Mapping[str, Any]:
    """Return the sections of one language's file as they were written."""
    name = f"{language}.toml"
    text = files(__package__).joinpath("plan_words", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def public_domains() -> frozenset[str]:
    """Return the domains at which everybody can get an address; they tell no firm."""
    text = files(__package__).joinpath("plan_words", "public_domains.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))


@cache
def word_list(language: str, section: str, name: str) -> frozenset[str]:
    """Return one list of a language, folded."""
    return frozenset(fold(word) for word in plan_words(language).get(section, {}).get(name, ()))


@cache
def all_words(section: str, name: str) -> frozenset[str]:
    """Return one list of every language together, folded."""
    return frozenset(word for lang in LANGUAGES for word in word_list(lang, section, name))


@cache
def meanings(section: str) -> Mapping[str, str]:
    """Return what each word of a section stands for, whatever the language.

    Where two languages mean different things by one word, the first of `LANGUAGES` has it.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for word, name in _entries(language, section):
            found.setdefault(word, name)
    return found


@cache
def meanings_in(language: str, section: str) -> Mapping[str, str]:
    """Return what each word of a section stands for in one language."""
    found: dict[str, str] = {}
    for word, name in _entries(language, section):
        found.setdefault(word, name)
    return found


def meaning_for(word: str, section: str, languages: Sequence[str]) -> str | None:
    """Return what a folded word stands for, asking these languages first and then the rest."""
    for language in languages:
        found = meanings_in(language, section).get(word)
        if found is not None:
            return found
    return meanings(section).get(word)


def _entries(language: str, section: str) -> Iterator[tuple[str, str]]:
    for name, words in plan_words(language).get(section, {}).items():
        for word in words:
            yield fold(word), name


@dataclass(slots=True)
class _Node:
    below: dict[str, "_Node"]
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """What some words of a phrase may stand for.

    Attributes:
        name: list of the `[when]` section, or `weekday`, `month`, `count`.
        value: weekday (Monday is 0), month (1 to 12) or count; 0 for other names.
        length: number of words that it covers.
    """

    name: str
    value: int
    length: int


class Phrases:
    """Phrases of one language, found word by word; the longest is given first."""

    def __init__(self, entries: Iterable[tuple[str, str, int]]) -> None:
        """Build from (folded phrase, name, value)."""
        self._root = _Node({})
        self._words: set[str] = set()
        for phrase, name, value in entries:
            node = self._root
            for word in split_words(phrase):
                self._words.add(word)
                node = node.below.setdefault(word, _Node({}))
            if (name, value) not in node.values and node is not self._root:
                node.values = (*node.values, (name, value))

    def starts_with(self, word: str) -> bool:
        """Return whether any phrase begins with this folded word."""
        return word in self._root.below

    def words_of(self, *names: str) -> frozenset[str]:
        """Return the single words that stand for one of these."""
        return frozenset(
            word
            for word, node in self._root.below.items()
            if any(name in names for name, _ in node.values)
        )

    def knows(self, word: str) -> bool:
        """Return whether this folded word stands in any phrase."""
        return word in self._words

    def at(self, words: Sequence[str], start: int) -> tuple[Sign, ...]:
        """Return every phrase that stands at this place, the longest first."""
        node, signs, at = self._root, [], start
        while at < len(words):
            below = node.below.get(words[at])
            if below is None:
                break
            node, at = below, at + 1
            signs += [Sign(name, value, at - start) for name, value in node.values]
        return tuple(reversed(signs))


_WORD = re.compile(r"\d+|[^\W\d_]+'?|[^\w\s]|_")


def split_words(text: str) -> list[str]:
    """Return the words, numbers and signs of a folded text, apart; "d'avril" is two words."""
    return _WORD.findall(text)


@cache
def when_phrases(language: str) -> Phrases:
    """Return the words that say when, with the CLDR names of weekdays and months."""
    raw = plan_words(language).get("when", {})
    ranked = {"weekdays", "months_short", "numbers", "weekdays_short"}
    entries = [
        (fold(word), name, 0) for name, words in raw.items() if name not in ranked for word in words
    ]
    entries += _ranked(raw.get("weekdays", ()), "weekday", 0)
    entries += _ranked(raw.get("months_short", ()), "month", 1)
    entries += _ranked(raw.get("numbers", ()), "count", 1)
    entries += _calendar_names(language)
    return Phrases(entries)


def _ranked(lists: Iterable[Iterable[str]], name: str, first: int) -> list[tuple[str, str, int]]:
    return [(fold(word), name, rank) for rank, words in enumerate(lists, first) for word in words]


def _calendar_names(language: str) -> list[tuple[str, str, int]]:
    from babel import Locale  # noqa: PLC0415 - costs a tenth of a second, and not every start

    locale = Locale.parse(language)
    entries: list[tuple[str, str, int]] = []
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            days = locale.days[context][width]
            months = locale.months[context][width]
            entries += [(_name(word), "weekday", rank) for rank, word in days.items()]
            entries += [(_name(word), "month", rank) for rank, word in months.items()]
    return [entry for entry in entries if entry[0]]


def _name(word: str) -> str:
    return fold(word).rstrip(".")
