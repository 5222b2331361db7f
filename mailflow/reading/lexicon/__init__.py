"""What clients write, language by language, as data, and the reader of that data.

One TOML file holds all that is known of one language. The sections are described in
`docs/understanding.md`; the notation of a phrase in `mailflow/reading/phrases.py`. A new language
is a new file and a corpus that proves it: no code names a language.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mailflow.reading.phrases import GAP, PhraseBook
from mailflow.reading.word_classes import WordClasses
from mailflow.reading.words import Style, fold, tokens_of

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


_DATE_MAPS = (("unit", "units"), ("holiday", "holidays"), ("n", "numbers"), ("nth", "ordinals"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language.

    Attributes:
        code: ISO 639-1.
        style: how the language glues its small words on.
        marks: the phrases that say something about the state of a piece of work.
        dates: the phrases that name a day.
        classes: the classes of single words.
        typed: classes of words as they were typed, for endings that only an accent tells apart.
        words: the lists that are looked up word by word, by section and name.
        raw: the file itself, for the readers that have a section of their own.
    """

    code: str
    style: Style
    marks: PhraseBook
    dates: PhraseBook
    classes: WordClasses
    typed: WordClasses
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
    macros = {name: tuple(words) for name, words in raw.get("macros", {}).items()}
    marks = new_book(code)
    for section in (common, raw):
        for name, patterns in section.get("marks", {}).items():
            for pattern in patterns:
                marks.add(name, pattern, macros)
    for name, pattern in _acts(raw):
        marks.add(name, pattern, macros)
    return Lexicon(
        code=code,
        style=style_of(code),
        marks=marks,
        dates=_dates(code, macros),
        classes=WordClasses(_members(code)),
        typed=WordClasses(raw.get("typed", {})),
        words=_word_lists(code),
        raw=raw,
    )


def style_of(code: str) -> Style:
    """Return how a language glues its small words on."""
    return Style(raw_lexicon(code).get("style", Style.PLAIN))


def new_book(code: str) -> PhraseBook:
    """Return an empty phrase book that reads as this language is written."""
    return PhraseBook(style=style_of(code), gap=int(raw_lexicon(code).get("gap", GAP)))


def _dates(code: str, macros: Mapping[str, Sequence[str]]) -> PhraseBook:
    raw, book = raw_lexicon(code), new_book(code)
    for name, patterns in raw.get("dates", {}).get("patterns", {}).items():
        for pattern in patterns:
            book.add(name, pattern, macros)
    return book


def _members(code: str) -> dict[str, list[str]]:
    raw, style = raw_lexicon(code), style_of(code)
    members: dict[str, list[str]] = {}
    for name, words in raw.get("classes", {}).items():
        members.setdefault(name, []).extend(as_token(word, style) for word in words)
    for group, forms in raw.get("verbs", {}).items():
        for form, words in forms.items():
            plain = [as_token(word, style) for word in words if " " not in word]
            for name in (form, f"{form}_{group}"):
                members.setdefault(name, []).extend(plain)
    for name, words in _date_members(raw.get("dates", {})):
        members.setdefault(name, []).extend(as_token(word, style) for word in words)
    return members


def as_token(word: str, style: Style) -> str:
    """Return a word as a text's tokens will hold it."""
    if style is Style.CLITIC and "*" not in word:
        return tokens_of(word, style=style).words[0]
    return fold(word)


def _acts(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the verbs that are more than one word, as phrases: ("did:sign", "skrev på")."""
    for group, forms in raw.get("verbs", {}).items():
        yield from ((f"did:{group}", word) for word in forms.get("did", ()) if " " in word)


def _date_members(dates: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the classes of the words for days; a shy one ("sat", "so") is mostly another word."""
    yield from dates.get("classes", {}).items()
    shy = set(dates.get("classes", {}).get("shyday", ()))
    for name, key in (("weekday", "weekdays"), ("month", "months")):
        for words in dates.get(key, ()):
            yield name, [word for word in words if word not in shy]
    for name, key in _DATE_MAPS:
        for words in dates.get(key, {}).values():
            yield name, words


def _word_lists(code: str) -> dict[str, frozenset[str]]:
    raw, style = raw_lexicon(code), style_of(code)
    lists: dict[str, frozenset[str]] = {}
    for section in ("layout", "splits"):
        for name, words in raw.get(section, {}).items():
            lists[f"{section}.{name}"] = frozenset(
                " ".join(tokens_of(word, style=style).words) for word in words
            )
    for name in ("function_words", "abbreviations", "titles_of_people"):
        lists[name] = frozenset(as_token(word, style) for word in raw.get(name, ()))
    for name in ("places", "made", "generic", "out_of", "among"):
        listed = (*raw_lexicon(COMMON)[name].get(code, ()), *raw.get(name, ()))
        lists[name] = frozenset(as_token(word, style) for word in listed)
    lists["contrast"] = frozenset(
        " ".join(tokens_of(phrase, style=style).words)
        for phrase in (*raw_lexicon(COMMON)["contrast"].get(code, ()), *raw.get("contrast", ()))
    )
    lists["names"] = frozenset(raw_lexicon(COMMON)["names"]) - lists["function_words"]
    lists.setdefault("splits.relative", frozenset())
    return lists
