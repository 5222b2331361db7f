"""What in an answer is the answer: greeting, sign-off, tagline and disclaimer set aside.

What is set aside is blanked, not cut, so that every character keeps its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon
from mailflow.reading.words import fold

_SIGNATURE_LINES = 6
_FORWARD_SIGNS = "-_=*> \t"


@dataclass(frozen=True, slots=True)
class Layout:
    """An answer taken apart.

    Attributes:
        body: what was typed, with everything else blanked.
        forwarded: the mail that was passed on below, or "".
        quotes: for each quoted line, where it stands and its text, in order.
    """

    body: str
    forwarded: str
    quotes: tuple[tuple[int, str], ...]


@cache
def _phrases(name: str) -> tuple[str, ...]:
    found: set[str] = set()
    for code in (COMMON, *LANGUAGES):
        found.update(fold(word) for word in raw_lexicon(code).get("layout", {}).get(name, ()))
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _phrases(name) if phrase)


def lay_out(text: str) -> Layout:
    """Return the parts of a cleaned text."""
    lines = text.split("\n")
    folded = [fold(line).strip() for line in lines]
    end, forwarded = _forward(lines, folded)
    end = _without_tail(folded, end)
    quotes: list[tuple[int, str]] = []
    kept: list[str] = []
    place = 0
    for number, line in enumerate(lines):
        if number < end and folded[number].startswith((">", "|")):
            quotes.append((place, line.lstrip("> |\t")))
            kept.append(" " * len(line))
        elif number >= end:
            kept.append(" " * len(line))
        else:
            kept.append(line)
        place += len(line) + 1
    return Layout("\n".join(kept), forwarded, tuple(quotes))


def _forward(lines: list[str], folded: list[str]) -> tuple[int, str]:
    markers = _phrases("forwards")
    for number, line in enumerate(folded):
        bare = line.strip(_FORWARD_SIGNS)
        divider = bare != line or len(bare) < 40
        if divider and bare and bare.startswith(markers):
            return number, "\n".join(lines[number + 1 :])
    headers = _phrases("headers")
    heads = [_is_header(line, headers) for line in folded]
    for number in range(len(folded) - 2):
        if heads[number] and heads[number + 1] and heads[number + 2]:
            return number, "\n".join(lines[number:])
    return len(lines), ""


def _is_header(line: str, headers: Iterable[str]) -> bool:
    head = line.split(":", 1)[0].strip(" *") if ":" in line[:24] else ""
    return head in headers


def _without_tail(folded: list[str], end: int) -> int:
    """Return the number of the line where the sign-off, tagline or disclaimer begins."""
    for number in range(end):
        line = folded[number]
        if line in {"--", "---", "__", "___"} or _is_footer(line):
            end = number
            break
    seen = 0
    for number in range(end - 1, -1, -1):
        if not folded[number]:
            continue
        seen += 1
        if seen > _SIGNATURE_LINES or len(folded[number]) > 60:
            break
        if _is_closing(folded[number]) and (number or seen > 1):
            return number
    return end


def _is_footer(line: str) -> bool:
    first = line.split(" ", 1)[0]
    if first in _first_words("taglines") or first in _first_words("disclaimers"):
        return line.startswith((*_phrases("taglines"), *_phrases("disclaimers")))
    return (
        line.startswith(_glyph_footers())
        if line[:1] > "\u2fff" or "\u0600" <= line[:1] < "\u0700" or "から送信" in line
        else False
    )


@cache
def _glyph_footers() -> tuple[str, ...]:
    return tuple(p for p in (*_phrases("taglines"), *_phrases("disclaimers")) if p[:1] > "\u05ff")


def _is_closing(line: str) -> bool:
    bare = line.strip(" ,.!-~*")
    return bare in _closings()


@cache
def _closings() -> frozenset[str]:
    return frozenset(_phrases("closings"))
