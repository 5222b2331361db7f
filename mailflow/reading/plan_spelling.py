"""What somebody may have meant who misspelled a word: the nearest one of those that exist."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_LONGEST = 60
_MOST_COMPARED = 150
_MOST_KEPT = 2_000
_LENGTHS_APART = 3
_MOST_LOOKED_FOR = 300
"""More words that nobody knows are no misspellings: the text is not about these things."""


class Spelling:
    """Finds the nearest of some words; a word that was asked before costs nothing.

    Words that begin differently or differ much in length are not compared at all, so that a
    text full of nonsense is read as fast as any other.
    """

    def __init__(self, words: Iterable[str] | Mapping[str, str], *, likeness: float) -> None:
        """Take the words that exist, folded, or a mapping from them to what is to be shown.

        Args:
            words: what may be meant.
            likeness: from 0 to 1, how near a word has to come.
        """
        shown = words if isinstance(words, Mapping) else {word: word for word in words}
        self._likeness = likeness
        self._shown = dict(shown)
        self._by_letter: dict[str, list[str]] = {}
        for word in shown:
            self._by_letter.setdefault(word[:1], []).append(word)
        self._known: dict[str, str | None] = {}
        self._looked_for = 0

    def nearest(self, word: str) -> str | None:
        """Return what is nearest to a folded word, None where nothing comes near."""
        if word not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[word] = self._look(word)
        return self._known[word]

    def _look(self, word: str) -> str | None:
        if not word or len(word) > _LONGEST or self._looked_for >= _MOST_LOOKED_FOR:
            return None
        self._looked_for += 1
        apart = max(_LENGTHS_APART, len(word) // 2)
        alike = [
            one for one in self._by_letter.get(word[0], ()) if abs(len(one) - len(word)) <= apart
        ]
        close = get_close_matches(word, alike[:_MOST_COMPARED], n=1, cutoff=self._likeness)
        return self._shown[close[0]] if close else None
