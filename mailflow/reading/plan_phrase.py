"""A phrase as words and what they may stand for: the ground that the date grammar walks on."""

from collections.abc import Sequence

from mailflow.reading.plan_vocabulary import Sign, when_phrases


class Phrase:
    """The words of one phrase, read in one language."""

    def __init__(self, words: Sequence[str], language: str) -> None:
        """Take folded words as `split_words` gives them."""
        self.words = words
        self.language = language
        self.end = len(words)
        self._phrases = when_phrases(language)
        self._signs: list[tuple[Sign, ...] | None] = [None] * (self.end + 1)

    def signs(self, at: int) -> tuple[Sign, ...]:
        """Return everything the words at this place may stand for, the longest first."""
        found = self._signs[at]
        if found is None:
            found = self._signs[at] = self._phrases.at(self.words, at)
        return found

    def sign(self, at: int, *names: str) -> Sign | None:
        """Return the longest sign of one of these names at this place, or None."""
        if at >= self.end:
            return None
        return next((sign for sign in self.signs(at) if sign.name in names), None)

    def word(self, at: int) -> str:
        """Return the word at this place, "" behind the end."""
        return self.words[at] if at < self.end else ""

    def after(self, at: int, *names: str) -> int:
        """Return the place behind all signs of these names that stand here in a row."""
        while (sign := self.sign(at, *names)) is not None:
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
