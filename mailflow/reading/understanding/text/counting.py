"""Counts that tell a part from the whole: "7 of 10", "three of ten", "88 人中 80 人"."""

from collections.abc import Mapping, Sequence

from mailflow.reading.date_words import counting_words
from mailflow.reading.lexicon import Lexicon

_REACH = 3
"""Words that may stand between a number and the "of" ("7 have confirmed of 10")."""
_MOST = 1000
_NOT_SPELT: Mapping[str, int] = {}


def counts_a_part(words: Sequence[str], book: Lexicon) -> bool:
    """Return whether the words count fewer than all there are."""
    of, among = book.words["out_of"], book.words["among"]
    for at, word in enumerate(words):
        if word in of:
            spelt = counting_words(book.code)
            part = _last(words[max(at - _REACH, 0) : at], spelt)
            if _is_less(part, _first(words[at + 1 :], spelt)):
                return True
        if word in among and _is_less(_first(words[at + 1 :]), _last(words[max(at - 2, 0) : at])):
            return True
    return False


def _first(words: Sequence[str], spelt: Mapping[str, int] = _NOT_SPELT) -> int | None:
    numbers = (_number(word, spelt) for word in words[:_REACH])
    return next((number for number in numbers if number is not None), None)


def _last(words: Sequence[str], spelt: Mapping[str, int] = _NOT_SPELT) -> int | None:
    return _first(words[: -_REACH - 1 : -1], spelt)


def _number(word: str, spelt: Mapping[str, int]) -> int | None:
    """Return the number that a word is; a spelt "one" is mostly an article."""
    if word.isdecimal():
        return int(word)
    number = spelt.get(word, 0)
    return number if number > 1 else None


def _is_less(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part < whole < _MOST
