"""Answers that are lettered by hand: "a) signed, b) not yet", whatever numbers the list had."""

from mailflow.reading.words import Tokens

_ALPHABETS = ("abcdefghijkl", "ابجدهوزحطيكل")
_BEHIND = frozenset(").:")
_FEWEST = 2


def letters_in(tokens: Tokens) -> dict[int, int]:
    """Return the places of the letters that head parts of an answer, with their ranks from 0.

    None of the first letters may be left out or stand twice; an initial in a name is none.
    """
    places = [at for at, word in enumerate(tokens.words) if len(word) == 1 and _heads(tokens, at)]
    if len(places) < _FEWEST:
        return {}
    found = [tokens.words[at] for at in places]
    alphabet = next((one for one in _ALPHABETS if one[0] in found), "")
    count = next((rank for rank, letter in enumerate(alphabet) if letter not in found), 0)
    ranks = {letter: rank for rank, letter in enumerate(alphabet[:count])}
    heads = {at: ranks[letter] for at, letter in zip(places, found, strict=True) if letter in ranks}
    return heads if count >= _FEWEST and len(heads) == count else {}


def _heads(tokens: Tokens, at: int) -> bool:
    """Return whether a letter has a bracket behind it, or begins a line and has a dot."""
    if tokens.shapes[at] != "w" or at + 1 >= len(tokens):
        return False
    sign = tokens.words[at + 1]
    if sign not in _BEHIND or tokens.starts[at + 1] != tokens.ends[at]:
        return False
    begins = at == 0 or tokens.shapes[at - 1] == "l" or tokens.words[at - 1] == "("
    return begins or (sign == ")" and tokens.starts[at] > tokens.ends[at - 1])
