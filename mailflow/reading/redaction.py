"""Answers without the people in them: names, addresses and numbers taken out, the sense kept.

For handing readings that went wrong to whoever improves the reader. A day that the reader
itself would find stays, and so does a single digit, which points at an item of a list; every
other digit becomes a zero. It errs on the side of taking out too much.
"""

import re
from collections.abc import Iterable
from datetime import date

from mailflow.reading.dates import read_dates
from mailflow.reading.lexicon import LANGUAGES, lexicon
from mailflow.reading.understanding.text.people import with_people
from mailflow.reading.understanding.text.word_kinds import Asked, kinds_of_tokens
from mailflow.reading.words import clean, fold, tokens_of

NAME = "Name"
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w{2,64}")
_NUMBER = re.compile(r"\d+(?:[ .,:/'’()+-]{0,2}\d+)*")
_DIGIT = re.compile(r"\d")
_SHORTEST_NAME = 3


def without_people(text: str, names: Iterable[str], lang: str, today: date) -> str:
    """Return a text with no name, address, link or number in it that could lead to anybody.

    Args:
        text: what was typed, or a title, or the name of a file.
        names: names that are known, whole or in parts.
        lang: its language, ISO 639-1; an unknown one is read as English.
        today: the writer's local date, for telling days from other numbers.
    """
    code = lang if lang in LANGUAGES else "en"
    seen = _LINK.sub("https://link.example", _ADDRESS.sub("name@mail.example", clean(text)))
    seen = _HANDLE.sub("@name", seen)
    return _without_numbers(_without_names(seen, names, code), code, today)


def _without_names(text: str, names: Iterable[str], code: str) -> str:
    known = {fold(part) for name in names for part in name.split()}
    known = {part for part in known if len(part) >= _SHORTEST_NAME or part[:1] > "\u2fff"}
    book = lexicon(code)
    tokens = with_people(tokens_of(text, style=book.style), text, code)
    kinds = kinds_of_tokens(tokens, book, text, Asked(frozenset(), frozenset()))
    pieces: list[str] = []
    place = 0
    for at, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        typed = fold(text[start:end])
        called = "who" in kinds[at] and "relative" not in kinds[at] and "address" not in kinds[at]
        if called or typed in known or typed.removesuffix("'s") in known:
            pieces += [text[place:start], NAME]
            place = end
    return _glyph_names("".join([*pieces, text[place:]]), known)


def _glyph_names(text: str, known: Iterable[str]) -> str:
    """Take out known names of scripts that put nothing between words."""
    for name in sorted(known, key=len, reverse=True):
        if name[:1] > "\u2fff":
            text = text.replace(name, NAME)
    return text


def _without_numbers(text: str, code: str, today: date) -> str:
    days = [day.span for day in read_dates(text, code, today)]

    def hidden(hit: re.Match[str]) -> str:
        is_day = any(low <= hit.start() and hit.end() <= high for low, high in days)
        return hit[0] if is_day or len(hit[0]) == 1 else _DIGIT.sub("0", hit[0])

    return _NUMBER.sub(hidden, text)
