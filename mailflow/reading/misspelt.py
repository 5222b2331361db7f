"""Names of days and months with one slip of the finger: "Donerstag", "Wednsday", "Febuary"."""

from collections.abc import Iterable

SHORTEST = 6
"""Shorter names have too many neighbours that are words themselves."""


def meant(word: str, names: Iterable[str]) -> str | None:
    """Return the name that a word is but for one letter within it, None if there is no such.

    First and last letters have to be right: endings make other words ("segundo" is no Monday).
    """
    if len(word) < SHORTEST - 1:
        return None
    for name in names:
        alike = len(name) >= SHORTEST and name[0] == word[0] and name[-1] == word[-1]
        if alike and abs(len(name) - len(word)) <= 1 and _one_slip(word, name):
            return name
    return None


def _one_slip(word: str, name: str) -> bool:
    """Return whether one letter is missing, too many or wrong, or two have changed places."""
    low, high = 0, 1
    while low < min(len(word), len(name)) and word[low] == name[low]:
        low += 1
    while high <= min(len(word), len(name)) - low and word[-high] == name[-high]:
        high += 1
    left, right = word[low : len(word) - high + 1], name[low : len(name) - high + 1]
    return len(left) <= 1 >= len(right) or (len(left) == 2 and left == right[::-1])
