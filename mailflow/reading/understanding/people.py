"""Names in scripts without capitals: one token each, by what stands before and behind them."""

import re
from functools import cache

from mailflow.reading.lexicon import raw_lexicon
from mailflow.reading.words import Tokens

NAME, ROLE = "N", "R"
"""Shapes of a token that is somebody's name, or somebody's role ("the accountant")."""

_SHAPES = {"name": NAME, "role": ROLE}
"""A `thing` has a role in its name only ("朋友圈") and stays as it is."""


@cache
def _people(lang: str) -> re.Pattern[str] | None:
    section = raw_lexicon(lang).get("people")
    if not section:
        return None
    roles = "|".join(sorted(map(re.escape, section["roles"]), key=len, reverse=True))
    named = f"(?:{section['names']})(?:{section['behind']})"
    before = section.get("before")
    if before:
        named += f"|(?:{before})(?:{section['names']})"
    things = "|".join(sorted(map(re.escape, section.get("things", ())), key=len, reverse=True))
    thing = f"(?P<thing>{things})|" if things else ""
    return re.compile(f"{thing}(?P<role>{roles})|(?P<name>{named})")


def with_people(tokens: Tokens, text: str, lang: str) -> Tokens:
    """Return tokens where each name is a single one; languages with capitals stay as they are."""
    pattern = _people(lang)
    if pattern is None:
        return tokens
    spans = [
        (hit.start(), hit.end(), _SHAPES[hit.lastgroup or ""])
        for hit in pattern.finditer(text)
        if hit.lastgroup in _SHAPES
    ]
    if not spans:
        return tokens
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    shapes: list[str] = []
    place = 0
    for at, start in enumerate(tokens.starts):
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        inside = place < len(spans) and spans[place][0] <= start
        if inside and starts and starts[-1] >= spans[place][0]:
            words[-1] += tokens.words[at]
            ends[-1] = tokens.ends[at]
            continue
        words.append(tokens.words[at])
        starts.append(start)
        ends.append(tokens.ends[at])
        shapes.append(spans[place][2] if inside else tokens.shapes[at])
    return Tokens(tuple(words), tuple(starts), tuple(ends), "".join(shapes))
