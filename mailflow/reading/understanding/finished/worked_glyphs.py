"""What a finish of glyphs was done to: "冰箱修好了" mends no air conditioner.

Without spaces every glyph that stands in some harmless word is known, so that another thing is
no stranger there. What is worked on is therefore listed, and looked for where a finish names it.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from mailflow.reading.lexicon import COMMON, raw_lexicon
from mailflow.reading.words import fold


def was_done_to_another(text: str, title: str, code: str) -> bool:
    """Return whether a folded clause names what it was done to, and the title does not."""
    named = _named(text, code)
    return bool(named) and not any(word in fold(title) for word in named)


@lru_cache(maxsize=1024)
def _named(text: str, code: str) -> frozenset[str]:
    """Return the words for all things a clause was done to, with those that are alike."""
    patterns, alike = _known(code)
    hits = (hit for pattern in patterns for hit in pattern.finditer(text))
    return frozenset(word for hit in hits for word in alike[hit["thing"]])


@cache
def _known(code: str) -> tuple[tuple[re.Pattern[str], ...], dict[str, frozenset[str]]]:
    """Return how a language names what was worked on, and the words that are taken for each."""
    alike: dict[str, frozenset[str]] = {}
    for words in _groups(code):
        for word in words:
            alike[word] = alike.get(word, frozenset()) | words
    longest = "|".join(map(re.escape, sorted(alike, key=len, reverse=True)))
    written = raw_lexicon(code).get("acted_on", ()) if alike else ()
    return tuple(re.compile(one.replace("{things}", longest)) for one in written), alike


def _groups(code: str) -> Iterator[frozenset[str]]:
    for words in raw_lexicon(COMMON)["worked"].get(code, ()):
        yield frozenset(fold(words).split())
