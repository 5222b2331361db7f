"""Answers that are spoken to somebody at home: the wrong mail was open when they were typed."""

import re
from functools import cache

from mailflow.reading.lexicon import COMMON, Lexicon, raw_lexicon
from mailflow.reading.understanding.text.word_kinds import Asked
from mailflow.reading.words import Tokens, fold, tokens_of

_HEAD = 48
"""So many characters of an answer may hold whom it is spoken to."""
_FIRST = 6
"""So many tokens stand up to the end of a name, with two words of greeting and their commas."""
_SHORTEST = 4
_GLYPHS = 2
"""So many signs of a title in a row are spoken of where a script has no spaces."""


def is_spoken_home(text: str, tokens: Tokens, book: Lexicon, asked: Asked, title: str) -> bool:
    """Return whether a cleaned answer calls a relative, and speaks of nothing that was asked.

    "Hi Mum, Sunday is fine!" is an answer to somebody else; "Mum has signed it" is not.
    """
    if _begins().isdisjoint(tokens.words[:_FIRST]):
        return False
    called = _called().match(fold(text[:_HEAD]))
    if called is None:
        return False
    greetings = re.findall(r"\w+", called["greeting"] or "")
    if not book.words["layout.greetings"].issuperset(greetings):
        return False
    return not _speaks_of(title, text, tokens, asked)


@cache
def _names() -> tuple[str, ...]:
    """Return what relatives are called, the longest first."""
    words = map(fold, raw_lexicon(COMMON)["family"]["called"])
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def _begins() -> frozenset[str]:
    """Return the first words or glyphs of these names, as tokens hold them."""
    return frozenset(tokens_of(name).words[0] for name in _names())


@cache
def _called() -> re.Pattern[str]:
    """Return what finds a relative who is called by a comma, with or without a greeting before."""
    names = "|".join(map(re.escape, _names()))
    return re.compile(
        rf"[^\w]*(?:(?P<greeting>(?:[^\W\d]+[ ,!]+){{1,2}}?)(?:{names})(?![\w'])"
        rf"|(?:{names})(?=[,!.:，、！。~～\n]|$))"
    )


def _speaks_of(title: str, text: str, tokens: Tokens, asked: Asked) -> bool:
    if "g" in tokens.shapes:
        named, folded = fold(title), fold(text)
        return any(named[at : at + _GLYPHS] in folded for at in range(len(named) - 1))
    return any(asked.has_form_of(word) for word in tokens.words if len(word) >= _SHORTEST)
