"""What clients write, language by language, as data, and the reader of that data.

One TOML file holds all that is known of one language. The sections are described in
`docs/understanding.md`; the notation of a phrase in `mailflow/reading/phrases.py`. A new language
is a new file and a corpus that proves it: no code names a language.
"""

import tomllib
from functools import cache
from importlib.resources import files

from mailflow import __version__
from mailflow.reading.lexicon.making import Lexicon, Sections, as_token, made, style_in
from mailflow.reading.lexicon.shelf import Kept, Shelf
from mailflow.reading.words import Style

__all__ = [
    "COMMON",
    "LANGUAGES",
    "Lexicon",
    "as_token",
    "keep_on",
    "lexicon",
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

_KEPT = Kept()

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
    _KEPT.shelf = shelf
    raw_lexicon.cache_clear()
    lexicon.cache_clear()


@cache
def raw_lexicon(code: str) -> Sections:
    """Return the sections of one language's file as they were written."""
    source = _source(code)
    return _KEPT.sections(code, source, lambda: tomllib.loads(source.decode("utf-8")))


@cache
def lexicon(code: str) -> Lexicon:
    """Return a language's lexicon, made once.

    Raises:
        FileNotFoundError: there is no file for this language.
    """
    raw = raw_lexicon(code)
    sources = (*_makers(), _source(COMMON), _source(code))
    return _KEPT.lexicon(code, raw, sources, lambda: made(code, raw, raw_lexicon(COMMON)))


def style_of(code: str) -> Style:
    """Return how a language glues its small words on."""
    return style_in(raw_lexicon(code))


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
