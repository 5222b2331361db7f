"""Counts that tell a part from the whole: "7 of 10", "88 人中 80 人"."""

from collections.abc import Sequence

from mailflow.reading.lexicon import Lexicon

_REACH = 3
"""Words that may stand between a number and the "of" ("7 have confirmed of 10")."""
_MOST = 1000


def counts_a_part(words: Sequence[str], book: Lexicon) -> bool:
    """Return whether the words count fewer than all there are."""
    of, among = book.words["out_of"], book.words["among"]
    for at, word in enumerate(words):
        if word in of and _is_less(_last(words[max(at - _REACH, 0) : at]), _first(words[at + 1 :])):
            return True
        if word in among and _is_less(_first(words[at + 1 :]), _last(words[max(at - 2, 0) : at])):
            return True
    return False


def _first(words: Sequence[str]) -> int | None:
    return next((int(word) for word in words[:_REACH] if word.isdecimal()), None)


def _last(words: Sequence[str]) -> int | None:
    return next((int(word) for word in reversed(words) if word.isdecimal()), None)


def _is_less(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part < whole < _MOST
