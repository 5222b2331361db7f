"""What clients write, language by language, as data, and the reader of that data.

One TOML file holds all that is known of one language. The sections are described in
`docs/languages.md`; the notation of a phrase in `mailflow/reading/phrases.py`. A new language
is a new file and a corpus that proves it: no code names a language.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mailflow.reading.phrases import PhraseBook, WordClasses
from mailflow.reading.words import fold, tokens_of

COMMON = "common"
"""Name of the file that holds what every language shares: emoji, and words gone round the world."""


def _files() -> tuple[str, ...]:
    found = (
        name.name.removesuffix(".toml")
        for name in files(__package__).iterdir()
        if name.name.endswith(".toml")
    )
    return tuple(sorted(code for code in found if code != COMMON))


LANGUAGES = _files()
"""The languages that have a file here, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language.

    Attributes:
        code: ISO 639-1.
        split_apostrophes: whether an apostrophe ends a word ("j'ai").
        marks: the phrases that say something about the state of a piece of work.
        dates: the phrases that name a day.
        classes: the classes of single words.
        words: the lists that are looked up word by word, by section and name.
        raw: the file itself, for the readers that have a section of their own.
    """

    code: str
    split_apostrophes: bool
    marks: PhraseBook
    dates: PhraseBook
    classes: WordClasses
    words: Mapping[str, frozenset[str]]
    raw: Mapping[str, Any]


@cache
def raw_lexicon(code: str) -> Mapping[str, Any]:
    """Return the sections of one language's file as they were written."""
    text = files(__package__).joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def lexicon(code: str) -> Lexicon:
    """Return a language's lexicon, made once.

    Raises:
        FileNotFoundError: there is no file for this language.
    """
    raw, common = raw_lexicon(code), raw_lexicon(COMMON)
    split = bool(raw.get("split_apostrophes", False))
    members = _members(raw)
    macros = {name: tuple(words) for name, words in raw.get("macros", {}).items()}
    marks = PhraseBook(split_apostrophes=split)
    for section in (common, raw):
        for name, patterns in section.get("marks", {}).items():
            for pattern in patterns:
                marks.add(name, pattern, macros)
    return Lexicon(
        code=code,
        split_apostrophes=split,
        marks=marks,
        dates=_dates(raw, split, macros),
        classes=WordClasses(members),
        words=_word_lists(raw),
        raw=raw,
    )


def _dates(raw: Mapping[str, Any], split: bool, macros: Mapping[str, Sequence[str]]) -> PhraseBook:  # noqa: FBT001 - passed on by name
    book = PhraseBook(split_apostrophes=split)
    for name, patterns in raw.get("dates", {}).get("patterns", {}).items():
        for pattern in patterns:
            book.add(name, pattern, macros)
    return book


def _members(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for name, words in raw.get("classes", {}).items():
        members.setdefault(name, []).extend(fold(word) for word in words)
    for group, forms in raw.get("verbs", {}).items():
        for form, words in forms.items():
            for name in (form, f"{form}_{group}"):
                members.setdefault(name, []).extend(fold(word) for word in words)
    for name, words in raw.get("dates", {}).get("classes", {}).items():
        members.setdefault(name, []).extend(fold(word) for word in words)
    return members


def _word_lists(raw: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    split = bool(raw.get("split_apostrophes", False))
    lists: dict[str, frozenset[str]] = {}
    for section in ("layout", "splits"):
        for name, words in raw.get(section, {}).items():
            lists[f"{section}.{name}"] = frozenset(
                " ".join(tokens_of(word, split_apostrophes=split).words) for word in words
            )
    for name in ("function_words", "abbreviations", "titles_of_people"):
        lists[name] = frozenset(fold(word) for word in raw.get(name, ()))
    lists.setdefault("splits.relative", frozenset())
    return lists
