"""Compounds: which shorter words people say for the long one of a title.

The end of a compound names the thing ("Torte" of "Hochzeitstorte"). Its beginning does so only
where the end is light: "Gäste" are what a "Gästeliste" is of, but whoever booked the "Flug" has
not booked the "Flughafentransfer". A language that writes compounds lists its light ends.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from mailflow.reading.lexicon import raw_lexicon
from mailflow.reading.words import fold

_SHORTEST_PART = 4
_SHORTEST = 2


class _Ends(NamedTuple):
    """What a language lists of the parts of its compounds.

    Attributes:
        light: the ends that add little, each with every joint before it.
        short: the ends of three letters that are words.
        synonyms: for each word of a line of synonyms the others of its line.
        endings: what a noun takes in the plural or with its article.
    """

    light: frozenset[str]
    short: frozenset[str]
    synonyms: dict[str, tuple[str, ...]]
    endings: tuple[str, ...]


@cache
def _ends(code: str) -> _Ends:
    raw = raw_lexicon(code)
    lines = [fold(line).split() for line in raw.get("synonyms", ())]
    joints = (*raw.get("joints", ()), "")
    return _Ends(
        light=frozenset(joint + fold(end) for joint in joints for end in raw.get("light_ends", ())),
        short=frozenset(fold(end) for end in raw.get("short_ends", ())),
        synonyms={one: tuple(o for o in line if o != one) for line in lines for one in line},
        endings=tuple(fold(ending) for ending in raw.get("noun_endings", ())),
    )


@lru_cache(maxsize=4096)
def parts_of(word: str, code: str) -> frozenset[str]:
    """Return what people may say for a title's word: its beginnings, its ends, its synonyms."""
    ends = _ends(code)
    if ends.light:
        return frozenset(_parts_of_compound(word, ends)).union(ends.synonyms.get(word, ()))
    cuts = range(_SHORTEST_PART, len(word) - 1)
    return frozenset(part for cut in cuts for part in (word[:cut], word[-cut:]))


def _parts_of_compound(word: str, ends: _Ends) -> Iterator[str]:
    for cut in range(_SHORTEST, len(word) - 1):
        begin, end = word[:cut], word[cut:]
        if len(end) > _SHORTEST_PART:
            yield end
        elif len(end) == _SHORTEST_PART or end in ends.short:
            yield from _forms(end, ends)
        if end in ends.light:
            yield from _forms(begin, ends)
        for other in ends.synonyms.get(end, ()):
            yield other
            yield begin + other
        for other in ends.synonyms.get(begin, ()):
            yield other + end


def _forms(part: str, ends: _Ends) -> Iterator[str]:
    """Yield a part as it stands alone, in the plural or with its article."""
    yield part
    yield from (part + ending for ending in ends.endings)
