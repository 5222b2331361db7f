"""Which classes a word belongs to, by the words, beginnings and endings that a language lists."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mailflow.reading.words import Remembered

_PRINTED = ("_exact", "_prefix", "_suffix", "_around", "_prefix_lengths", "_suffix_lengths")


class WordClasses:
    """Which classes a single word belongs to: exact words, beginnings and endings."""

    def __init__(self, members: Mapping[str, Iterable[str]]) -> None:
        """Build from class name to its words (`send`, `unterschr*`, `*ed` or `ge*t`), folded."""
        self._exact: dict[str, tuple[str, ...]] = {}
        self._prefix: dict[str, tuple[str, ...]] = {}
        self._suffix: dict[str, tuple[str, ...]] = {}
        self._around: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, words in members.items():
            for word in words:
                self._add(name, word)
        self._prefix_lengths = tuple(sorted({len(word) for word in self._prefix}, reverse=True))
        self._suffix_lengths = tuple(sorted({len(word) for word in self._suffix}, reverse=True))
        self.of: Callable[[str], tuple[str, ...]] = Remembered(self._look_up).__getitem__
        """Returns the classes of a folded word, none twice; asked forty times an answer."""

    @classmethod
    def read_back(cls, printed: Mapping[str, Any]) -> "WordClasses":
        """Return the classes that were `printed` so."""
        classes = cls({})
        for name, value in printed.items():
            setattr(classes, name, value)
        return classes

    def printed(self) -> dict[str, Any]:
        """Return the classes as plain values that `marshal` can write."""
        return {name: getattr(self, name) for name in _PRINTED}

    def _add(self, name: str, word: str) -> None:
        if "*" in word[1:-1]:
            head, _, tail = word.partition("*")
            self._around[head, tail] = (*self._around.get((head, tail), ()), name)
        elif word.startswith("*"):
            self._suffix[word[1:]] = (*self._suffix.get(word[1:], ()), name)
        elif word.endswith("*"):
            self._prefix[word[:-1]] = (*self._prefix.get(word[:-1], ()), name)
        else:
            self._exact[word] = (*self._exact.get(word, ()), name)

    def __contains__(self, word: str) -> bool:
        """Return whether the exact word was listed."""
        return word in self._exact

    def _look_up(self, word: str) -> tuple[str, ...]:
        names = list(self._exact.get(word, ()))
        for length in self._prefix_lengths:
            if length < len(word):
                names += self._prefix.get(word[:length], ())
        if not names:
            names += self._by_ending(word)
        if word.isdecimal():
            names += ("n", "d", "year") if len(word) == 4 else ("n", "d", "m")
        return tuple(dict.fromkeys(names))

    def _by_ending(self, word: str) -> list[str]:
        names: list[str] = []
        for length in self._suffix_lengths:
            if length < len(word) - 1:
                names += self._suffix.get(word[-length:], ())
        for (head, tail), found in self._around.items():
            if word.startswith(head) and word.endswith(tail) and len(word) > len(head + tail):
                names += found
        return names
