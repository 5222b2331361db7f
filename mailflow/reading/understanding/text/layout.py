"""What in an answer is the answer: greeting, sign-off, tagline and disclaimer set aside.

What is set aside is blanked, not cut, so that every character keeps its place.
"""

from functools import cache

from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon
from mailflow.reading.words import fold, folded_answer

_SIGNATURE_LINES = 6
_FORWARD_SIGNS = "-_=*> \t"
_QUOTED = frozenset(">|")
_HEADERS = 3
"""So many lines that begin as a mail's headers do, one below the other, are a mail's headers."""


@cache
def _phrases(name: str) -> tuple[str, ...]:
    found: set[str] = set()
    for code in (COMMON, *LANGUAGES):
        found.update(fold(word) for word in raw_lexicon(code).get("layout", {}).get(name, ()))
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def only_answer(text: str) -> str:
    """Return a cleaned text with everything blanked that is not the answer."""
    lines = text.split("\n")
    folded = [line.strip() for line in folded_answer(text).split("\n")]
    end = _without_tail(folded, _forward(folded))
    if end == len(lines) and _QUOTED.isdisjoint([line[:1] for line in folded]):
        return text
    return "\n".join(
        " " * len(line) if number >= end or folded[number][:1] in _QUOTED else line
        for number, line in enumerate(lines)
    )


def _forward(folded: list[str]) -> int:
    """Return the number of the line where a mail begins that was passed on."""
    markers = _phrases("forwards")
    for number, line in enumerate(folded):
        bare = line.strip(_FORWARD_SIGNS)
        divider = bare != line or len(bare) < 40
        if divider and bare and bare.startswith(markers):
            return number
    if len(folded) >= _HEADERS:
        heads = [_is_header(line) for line in folded]
        for number in range(len(folded) - _HEADERS + 1):
            if all(heads[number : number + _HEADERS]):
                return number
    return len(folded)


def _is_header(line: str) -> bool:
    head = line.split(":", 1)[0].strip(" *") if ":" in line[:24] else ""
    return head in _headers()


@cache
def _headers() -> frozenset[str]:
    return frozenset(_phrases("headers"))


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
    if line.split(" ", 1)[0] in _footers_begin():
        return line.startswith(_footers())
    if line[:1] > "\u2fff" or "\u0600" <= line[:1] < "\u0700" or "から送信" in line:
        return line.startswith(_glyph_footers())
    return False


@cache
def _footers() -> tuple[str, ...]:
    return (*_phrases("taglines"), *_phrases("disclaimers"))


@cache
def _footers_begin() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _footers() if phrase)


@cache
def _glyph_footers() -> tuple[str, ...]:
    return tuple(phrase for phrase in _footers() if phrase[:1] > "\u05ff")


def _is_closing(line: str) -> bool:
    bare = line.strip(" ,.!-~*")
    return bare in _closings()


@cache
def _closings() -> frozenset[str]:
    return frozenset(_phrases("closings"))
