"""A phrase as words and what they may stand for: the ground that the date grammar walks on."""

from collections.abc import Sequence

from mailflow.reading.plan_vocabulary import Sign, when_phrases

_HALVES = ("am", "pm")
_NAMES = ("after", "before", "of", "by", "todo")
"""Behind these a name may follow, in words of its own."""


class Phrase:
    """The words of one phrase, read in one language."""

    def __init__(self, words: Sequence[str], language: str) -> None:
        """Take folded words as `split_words` gives them."""
        self.words = words
        self.language = language
        self.end = len(words)
        self._phrases = when_phrases(language)
        self._signs: list[dict[str, Sign] | None] = [None] * (self.end + 1)

    @property
    def plausible(self) -> bool:
        """False where a glance shows that the language cannot make a date of the words."""
        named = not {"+", "-"}.isdisjoint(self.words)
        for at, word in enumerate(self.words):
            if not word[0].isalpha():
                named = named or word == "#"
            elif not self._phrases.knows(word) and word not in _HALVES:
                return named
            elif not named:
                named = any(name in self._at(at) for name in _NAMES)
        return True

    def _at(self, at: int) -> dict[str, Sign]:
        found = self._signs[at]
        if found is None:
            found = {}
            for sign in self._phrases.at(self.words, at):
                found.setdefault(sign.name, sign)
            self._signs[at] = found
        return found

    def signs(self, at: int) -> tuple[Sign, ...]:
        """Return everything the words at this place may stand for, the longest first."""
        return self._phrases.at(self.words, at)

    def sign(self, at: int, name: str, *others: str) -> Sign | None:
        """Return the longest sign of one of these names at this place, or None."""
        if at >= self.end:
            return None
        here = self._at(at)
        found = here.get(name)
        for other in others:
            sign = here.get(other)
            if sign is not None and (found is None or sign.length > found.length):
                found = sign
        return found

    def word(self, at: int) -> str:
        """Return the word at this place, "" behind the end."""
        return self.words[at] if at < self.end else ""

    def after(self, at: int, name: str) -> int:
        """Return the place behind all signs of this name that stand here in a row."""
        while (sign := self.sign(at, name)) is not None:
            at += sign.length
        return at

    def filled(self, at: int, marks: str = "") -> int:
        """Return the place behind articles and the like, and behind these marks."""
        while at < self.end:
            sign = self.sign(at, "fill")
            if sign is not None:
                at += sign.length
            elif self.words[at] in marks:
                at += 1
            else:
                break
        return at

    def number(self, at: int, most: int) -> int | None:
        """Return the number in digits that stands here, if it is not above `most`."""
        word = self.word(at)
        if word.isdecimal() and len(word) <= 4 and int(word) <= most:
            return int(word)
        return None

    def rest(self, at: int) -> str:
        """Return the words from here on, as names are compared."""
        return " ".join(self.words[at:])
