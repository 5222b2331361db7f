"""Which thing a clause speaks of: who was asked for the contract and sent the invoice has not."""

from functools import cache, lru_cache

from mailflow.reading.lexicon import COMMON, as_token, raw_lexicon, style_of
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.word_kinds import stems

_WORDS_KEPT = 16_384
_LONG_PART = 5
_NO_THINGS = frozenset({"did", "base", "where"})


def is_of_other_thing(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names a thing, and none of those that the titles name."""
    code = typed.book.code
    named = _glyph_things(clause, typed) if typed.book.raw.get("own_script") else set()
    for at in range(clause.low, clause.high):
        if typed.tokens.shapes[at] == "w" and _NO_THINGS.isdisjoint(typed.kinds[at]):
            word = typed.tokens.words[at]
            thing = _thing(word, code)
            if thing and not is_part(word, typed.asked.parts):
                named.add(thing)
    return bool(named) and named.isdisjoint(things_in(typed.asked.words, code))


def is_part(word: str, parts: frozenset[str]) -> bool:
    """Return whether a word is in some form how a title's longer word begins or ends."""
    return word in parts or any(len(stem) >= _LONG_PART and stem in parts for stem in stems(word))


@cache
def _things(code: str) -> dict[str, int]:
    """Return the things of a language by their words, counted from 1; synonyms are one thing."""
    style = style_of(code)
    listed = raw_lexicon(COMMON)["things"].get(code, ())
    return {
        as_token(word, style): number
        for number, words in enumerate(listed, 1)
        for word in words.split()
    }


@lru_cache(maxsize=_WORDS_KEPT)
def _thing(word: str, code: str) -> int:
    things = _things(code)
    return next((things[stem] for stem in (word, *stems(word)) if stem in things), 0)


@lru_cache(maxsize=1024)
def things_in(words: frozenset[str], code: str) -> frozenset[int]:
    """Return the things that words name; in glyphs, those all of whose glyphs stand there."""
    written = {number for word, number in _things(code).items() if words.issuperset(word)}
    return frozenset((written | {_thing(word, code) for word in words}) - {0})


def _glyph_things(clause: Clause, typed: Typed) -> set[int]:
    text = "".join(typed.tokens.words[clause.low : clause.high])
    return {number for word, number in _things(typed.book.code).items() if word in text}
