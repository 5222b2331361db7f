"""What clients write, language by language, as data, and the reader of that data.

One TOML file holds all that is known of one language. The sections are described in
`docs/understanding.md`; the notation of a phrase in `mailflow/reading/phrases.py`. A new language
is a new file and a corpus that proves it: no code names a language.
"""

import tomllib
from functools import cache, partial
from importlib.resources import files

from mailflow import __version__
from mailflow.reading.lexicon.making import Lexicon, Sections, as_token, book_for, made, style_in
from mailflow.reading.lexicon.shelf import (
    Printed,
    Shelf,
    Standing,
    lexicon_of,
    mark_of,
    opened,
    printed,
    sections_of,
)
from mailflow.reading.phrases import PhraseBook
from mailflow.reading.words import Style

__all__ = [
    "COMMON",
    "LANGUAGES",
    "Lexicon",
    "as_token",
    "keep_on",
    "lexicon",
    "new_book",
    "raw_lexicon",
    "style_of",
]

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

_STANDING = Standing()

_MAKERS = (
    "words.py",
    "word_classes.py",
    "phrase_forms.py",
    "phrase_tree.py",
    "phrases.py",
    "lexicon/making.py",
    "lexicon/shelf.py",
)
"""The code that a printed lexicon depends on: whoever changes it need not think of what is kept."""


def keep_on(shelf: Shelf | None) -> None:
    """Keep what is made of the language files on a shelf from now on; None: no longer."""
    _STANDING.shelf = shelf
    for remembered in (_sheets, raw_lexicon, lexicon):
        remembered.cache_clear()


@cache
def raw_lexicon(code: str) -> Sections:
    """Return the sections of one language's file as they were written."""
    sheets = _sheets(code)
    return _parsed(code) if sheets is None else sections_of(sheets)


@cache
def lexicon(code: str) -> Lexicon:
    """Return a language's lexicon, made once.

    Raises:
        FileNotFoundError: there is no file for this language.
    """
    sheets = _sheets(code)
    if sheets is None:
        return made(code, raw_lexicon(code), raw_lexicon(COMMON))
    return lexicon_of(sheets, code, raw_lexicon(code))


def style_of(code: str) -> Style:
    """Return how a language glues its small words on."""
    return style_in(raw_lexicon(code))


def new_book(code: str) -> PhraseBook:
    """Return an empty phrase book that reads as this language is written."""
    return book_for(raw_lexicon(code))


@cache
def _sheets(code: str) -> Printed | None:
    """Return what the shelf has of a language, None without a shelf that keeps anything."""
    if _STANDING.shelf is None:
        return None
    sources = (*_makers(), _source(COMMON), _source(code))
    content = _STANDING.shelf.kept(code, mark_of(sources), partial(_print, code))
    return None if content is None else opened(content)


def _print(code: str) -> bytes:
    raw = _parsed(code)
    return printed(raw, None if code == COMMON else made(code, raw, _parsed(COMMON)))


@cache
def _makers() -> tuple[bytes, ...]:
    """Return the code that makes a lexicon; where none is installed, the release has to tell."""
    room = files("mailflow.reading")
    sources = (room.joinpath(name) for name in _MAKERS)
    return (
        __version__.encode("ascii"),
        *(source.read_bytes() for source in sources if source.is_file()),
    )


def _source(code: str) -> bytes:
    return files(__package__).joinpath(f"{code}.toml").read_bytes()


@cache
def _parsed(code: str) -> Sections:
    return tomllib.loads(_source(code).decode("utf-8"))
