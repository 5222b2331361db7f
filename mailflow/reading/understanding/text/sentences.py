"""An answer as sentences: what full stops, question marks and line ends set apart."""

import re
from dataclasses import dataclass

from mailflow.reading.lexicon import Lexicon
from mailflow.reading.understanding.text.lettering import letters_in
from mailflow.reading.understanding.text.word_kinds import is_known
from mailflow.reading.words import Tokens

_QUESTION = frozenset("?？؟")
_BREAK = re.compile("[sl]")
"""A shape that may end a sentence: a stop, or the end of a line."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens from low to high, and whether a question mark ends them."""

    low: int
    high: int
    asks: bool
    line: int


def sentences_of(tokens: Tokens, book: Lexicon, text: str) -> tuple[Sentence, ...]:
    """Return the sentences: what full stops, question marks and line ends set apart."""
    sentences: list[Sentence] = []
    low = line = 0
    for hit in _BREAK.finditer(tokens.shapes):
        at, shape = hit.start(), hit[0]
        if shape == "l" or _ends(tokens, at, text, book):
            if tokens.shapes[low:at].strip("sl"):
                asks = shape == "s" and not _QUESTION.isdisjoint(tokens.words[at])
                sentences.append(Sentence(low, at, asks, line))
            low = at + 1
            line += shape == "l"
    if low < len(tokens):
        sentences.append(Sentence(low, len(tokens), asks=False, line=line))
    return tuple(sentences)


def _ends(tokens: Tokens, at: int, text: str, book: Lexicon) -> bool:
    """Return whether the stop at a place ends a sentence rather than a number or "Dr."."""
    if tokens.words[at] != ".":
        return True
    if tokens.words[at + 1 : at + 2] == (",",):
        return False  # "on 1.2., as agreed"
    glued = at + 1 < len(tokens) and tokens.starts[at + 1] == tokens.ends[at]
    before = tokens.words[at - 1] if at else ""
    if glued and tokens.shapes[at + 1] in "wn":
        words = tokens.shapes[at - 1] == "w" and tokens.shapes[at + 1] == "w"
        return words and len(before) > 2 and before not in book.words["titles_of_people"]
    if at and "." in before and at + 1 < len(tokens) and tokens.shapes[at - 1] == "n":
        return not text[tokens.starts[at + 1]].islower()
    if before in book.words["abbreviations"]:
        return False
    if len(before) == 1 and tokens.shapes[at - 1] == "w":
        return _ends_behind_letter(tokens, at, text, book)
    counts = at and tokens.shapes[at - 1] == "n" and before.isdecimal() and len(before) <= 2
    return not counts or _ends_behind_number(tokens, at, text, book)


def _ends_behind_letter(tokens: Tokens, at: int, text: str, book: Lexicon) -> bool:
    """Return whether a letter is all of an answer ("B. Approved.") rather than an initial."""
    if at + 1 >= len(tokens) or not text[tokens.starts[at + 1]].isupper():
        return False
    glued = at > 2 and tokens.starts[at - 1] == tokens.ends[at - 2]
    if glued and tokens.shapes[at - 2] == "n" and tokens.shapes[at - 3] not in "ls":
        return True  # of a code: "C2580Y. Thanks"
    known = is_known(tokens.words[at + 1], book)
    return known and text[tokens.starts[at - 1]].isupper() and at - 1 not in letters_in(tokens)


def _ends_behind_number(tokens: Tokens, at: int, text: str, book: Lexicon) -> bool:
    """Return whether a number ends a sentence rather than begins a line or is a "3rd"."""
    if at < 2 or tokens.shapes[at - 2] in "ls" or at + 1 >= len(tokens):
        return False
    if tokens.starts[at - 1] == tokens.ends[at - 2] and tokens.shapes[at - 2] == "w":
        return True
    after = tokens.words[at + 1]
    capital = text[tokens.starts[at + 1]].isupper()
    if "month" in book.classes.of(after) or not capital:
        return False
    return not book.raw.get("ordinal_dots") or after in book.words["function_words"]
