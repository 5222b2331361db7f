"""The few words of a client that always work, when they are all she wrote.

They are told in small print and never required. Everything else is read by `client.py`.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_MAX_LENGTH = 60


class Wish(StrEnum):
    """What one of the words asks for."""

    LIST = "list"
    STOP = "stop"
    UNDO = "undo"
    PAUSE = "pause"
    LANGUAGE = "language"
    CALENDAR = "calendar"
    HELP = "help"


_WITH_MORE = frozenset({Wish.PAUSE, Wish.LANGUAGE, Wish.CALENDAR})
"""Wishes that say more behind their word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A wish, and what stood behind the word: a date, a language."""

    wish: Wish
    rest: str = ""


def read_wish(text: str) -> Said | None:
    """Return the wish that is the first line of an answer, None when it is none.

    Only a short line that begins with the word counts, and for words without more behind
    them only when they stand alone, so that "stop by on Friday" is no opt-out.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines[0]) > _MAX_LENGTH:
        return None
    line = lines[0].casefold().strip(" .!")
    alone = _words().get(line)
    if alone is not None:
        return Said(alone)
    for word, wish in _beginnings() if " " in line else ():
        if line.startswith(word):
            return Said(wish, line[len(word) :].strip())
    return None


@cache
def _beginnings() -> tuple[tuple[str, Wish], ...]:
    """Return the words behind which more may stand, each with a space, the longest first."""
    pairs = [(f"{word} ", w) for word, w in _words().items() if w in _WITH_MORE]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _words() -> dict[str, Wish]:
    path = files("mailflow.reading").joinpath("vocabulary_words", "words.toml")
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))
    return {word: Wish(wish) for wish, words in table.items() for word in words}
