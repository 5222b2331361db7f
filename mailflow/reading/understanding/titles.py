"""The titles of a list, recognised by single words of them, whatever their endings."""

from collections.abc import Iterator, Mapping

from mailflow.reading.lexicon import Lexicon
from mailflow.reading.words import Tokens, clean, tokens_of

_SHORTEST_STEM = 4


class Titles:
    """The titles of the To Dos that were asked for together."""

    def __init__(self, titles: Mapping[int, str], book: Lexicon) -> None:
        """Index the titles by words, by stems and by the last parts of long words."""
        self.numbers = tuple(titles)
        self._owners: dict[str, set[int]] = {}
        self._tails: dict[str, set[int]] = {}
        skip = {*book.raw.get("items", {}).get("stop_words", ()), *book.words["function_words"]}
        for number, title in titles.items():
            tokens = tokens_of(clean(title), style=book.style)
            for word, _low, _high in units(tokens):
                if word not in skip and not _is_verb(word, book):
                    self._enter(word, number)

    def _enter(self, word: str, number: int) -> None:
        for key in _keys(word):
            self._owners.setdefault(key, set()).add(number)
        for cut in range(2, len(word) - _SHORTEST_STEM + 1):
            self._tails.setdefault(word[cut:], set()).add(number)

    def owners(self, word: str) -> frozenset[int]:
        """Return the To Dos whose titles hold this word in some form."""
        for key in _keys(word):
            found = self._owners.get(key)
            if found is not None:
                return frozenset(found)
        for end in range(len(word), max(len(word) - 3, _SHORTEST_STEM - 1), -1):
            found = self._tails.get(word[:end])
            if found is not None:
                return frozenset(found)
        return self._owner_of_part(word)

    def _owner_of_part(self, word: str) -> frozenset[int]:
        """Return the owner of a title word that a longer typed word ends or begins with."""
        for cut in range(3, len(word) - _SHORTEST_STEM + 1):
            found = self._owners.get(word[cut:])
            if found is not None and len(found) == 1:
                return frozenset(found)
        return frozenset()


def _is_verb(word: str, book: Lexicon) -> bool:
    return "title" in book.classes.of(word)


def _keys(word: str) -> tuple[str, ...]:
    """Return the forms under which a word is known, the surest first."""
    bare = word.removesuffix("'s").rstrip("'")
    if len(bare) == _SHORTEST_STEM and bare.endswith("s"):
        return (bare, bare[:-1])
    shortest = max(_SHORTEST_STEM, len(bare) - 2 - (len(bare) > 7))
    if bare.isdecimal() or len(bare) < _SHORTEST_STEM:
        return (bare,)
    return tuple(bare[:end] for end in range(len(bare), shortest - 1, -1))


def units(tokens: Tokens) -> Iterator[tuple[str, int, int]]:
    """Yield what can name a thing: words, pairs of glyphs, and codes such as W-9 or C25."""
    at, count = 0, len(tokens)
    while at < count:
        shape = tokens.shapes[at]
        if shape == "g":
            if at + 1 < count and tokens.shapes[at + 1] == "g":
                yield tokens.words[at] + tokens.words[at + 1], at, at + 2
            at += 1
            continue
        end = _code_end(tokens, at) if shape in "wn" else at + 1
        if end - at > 1:
            yield "".join(w for w in tokens.words[at:end] if w != "-"), at, end
        elif shape in "wn" and len(tokens.words[at]) > 1:
            yield tokens.words[at], at, end
        at = end


def _code_end(tokens: Tokens, at: int) -> int:
    """Return where a run of glued letters and digits ends; words alone are no code."""
    end = at + 1
    while end < len(tokens) and tokens.starts[end] == tokens.ends[end - 1] and end - at < 6:
        if tokens.shapes[end] not in "wn" and tokens.words[end] != "-":
            break
        end += 1
    if tokens.words[end - 1] == "-":
        end -= 1
    shapes = tokens.shapes[at:end]
    short = sum(len(word) for word in tokens.words[at:end]) <= 8
    return end if short and "n" in shapes and "w" in shapes else at + 1
