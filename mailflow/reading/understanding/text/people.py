"""Names: what stands before and behind them; in scripts without capitals one token each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mailflow.reading.lexicon import Lexicon, raw_lexicon
from mailflow.reading.words import Tokens

NAME, ROLE = "N", "R"
"""Shapes of a token that is somebody's name, or somebody's role ("the accountant")."""
THING = "T"
"""A thing with a role in its name ("朋友圈"), which stays as it is."""


@dataclass(frozen=True, slots=True)
class _People:
    """What tells people in one script.

    Attributes:
        words: by first character, words with their shapes; things first, then the longest.
        named: a surname with what stands behind or before a name.
        of_role: a name, the first group, right behind somebody's role; None: never.
    """

    words: Mapping[str, tuple[tuple[str, str], ...]]
    named: re.Pattern[str]
    of_role: re.Pattern[str] | None


@cache
def _people(lang: str) -> _People | None:
    section = raw_lexicon(lang).get("people")
    if not section:
        return None
    named = f"(?:{section['names']})(?:{section['behind']})"
    before = section.get("before")
    if before:
        named += f"|(?:{before})(?:{section['names']})"
    words: dict[str, list[tuple[str, str]]] = {}
    for listed, shape in ((section.get("things", ()), THING), (section["roles"], ROLE)):
        for word in sorted(listed, key=len, reverse=True):
            words.setdefault(word[0], []).append((word, shape))
    return _People(
        words={first: tuple(found) for first, found in words.items()},
        named=re.compile(named),
        of_role=re.compile(section["of_role"]) if "of_role" in section else None,
    )


def _spans(text: str, people: _People) -> Iterator[tuple[int, int, str]]:
    """Yield where people and things stand, from the left; none inside another."""
    behind = 0
    name = people.named.search(text)
    for place, first in enumerate(text):
        if place < behind:
            continue
        known = people.words.get(first, ())
        found = (
            next((one for one in known if text.startswith(one[0], place)), None) if known else None
        )
        if name is not None and name.start() < place:
            name = people.named.search(text, place)
        if found is not None:
            behind = place + len(found[0])
            yield place, behind, found[1]
            owner = people.of_role.match(text, behind) if people.of_role else None
            if owner is not None and found[1] == ROLE:
                behind = owner.end(1)
                yield owner.start(1), behind, NAME
        elif name is not None and name.start() == place:
            behind = name.end()
            yield place, behind, NAME


def with_people(tokens: Tokens, text: str, lang: str) -> Tokens:
    """Return tokens where each name is a single one; languages with capitals stay as they are."""
    people = _people(lang)
    if people is None:
        return tokens
    spans = [span for span in _spans(text, people) if span[2] != THING]
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


def is_behind_title(tokens: Tokens, at: int, book: Lexicon) -> bool:
    """Return whether a word stands behind a "Mrs" or "Dr.", or behind a "Mme de"."""
    titles, particles = book.words["titles_of_people"], book.words["particles"]
    before = at - 1
    while before > 0 and tokens.words[before] in particles:
        before -= 1
    if before > 0 and tokens.words[before] == ".":
        before -= 1
    return before >= 0 and tokens.words[before] in titles
