"""Which To Do a phrase points at: by number, by place in the list, by "both", or by its title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.phrases import PhraseBook
from mailflow.reading.words import Tokens, clean, tokens_of

_SHORTEST_STEM = 4
_LIST = re.compile(r"\d{1,2}(?:[,./&+-]\d{1,2})*")


@dataclass(frozen=True, slots=True)
class Mention:
    """To Dos pointed at.

    Attributes:
        items: their numbers.
        start: number of the first token of the pointing words.
        end: number of the token behind them.
        how: `number`, `place`, `all`, `rest`, `none`, `except` or `title`.
    """

    items: tuple[int, ...]
    start: int
    end: int
    how: str


class Titles:
    """The titles of a list, ready to be recognised by single words of them."""

    def __init__(self, titles: Mapping[int, str], book: Lexicon) -> None:
        """Index the titles by whole words, by stems and by the ends of long words."""
        self.numbers = tuple(titles)
        self._owners: dict[str, set[int]] = {}
        self._tails: dict[str, set[int]] = {}
        skip = {*book.raw.get("items", {}).get("stop_words", ()), *book.words["function_words"]}
        for number, title in titles.items():
            tokens = tokens_of(clean(title), split_apostrophes=book.split_apostrophes)
            for at, word in enumerate(tokens.words):
                if tokens.shapes[at] in "wn" and word not in skip and len(word) > 1:
                    self._enter(word, number)
            self._enter_glyphs(tokens, number)

    def _enter(self, word: str, number: int) -> None:
        for key in _keys(word):
            self._owners.setdefault(key, set()).add(number)
        for cut in range(1, len(word) - _SHORTEST_STEM):
            self._tails.setdefault(word[cut:], set()).add(number)

    def _enter_glyphs(self, tokens: Tokens, number: int) -> None:
        for at in range(len(tokens) - 1):
            if tokens.shapes[at] == "g" and tokens.shapes[at + 1] == "g":
                pair = tokens.words[at] + tokens.words[at + 1]
                self._owners.setdefault(pair, set()).add(number)

    def owner(self, word: str) -> int | None:
        """Return the one To Do whose title holds this word, None if none or several do."""
        for key in _keys(word):
            owners = self._owners.get(key)
            if owners is not None:
                return next(iter(owners)) if len(owners) == 1 else None
        tails = self._tails.get(word) if len(word) >= _SHORTEST_STEM else None
        if tails is None and len(word) > 6:
            tails = self._tails.get(word[:-1]) or self._tails.get(word.rstrip("ens"))
        return next(iter(tails)) if tails is not None and len(tails) == 1 else None

    def holds(self, word: str) -> bool:
        """Return whether any title holds this word."""
        return any(key in self._owners for key in _keys(word)) or word in self._tails


def _keys(word: str) -> tuple[str, ...]:
    bare = word.removesuffix("'s").rstrip("'")
    if bare.isdecimal() or len(bare) < _SHORTEST_STEM:
        return (bare,)
    if len(bare) > 6:
        return (bare, "^" + bare[:6])
    stem = bare[:-1] if bare[-1] in "senaiy" and len(bare) > _SHORTEST_STEM else bare
    return (bare, "^" + stem)


@cache
def _pointers(lang: str) -> PhraseBook:
    book = PhraseBook(split_apostrophes=lexicon(lang).split_apostrophes)
    section = lexicon(lang).raw.get("items", {})
    for name in ("both", "all", "none", "rest", "except", "last", "number"):
        for phrase in section.get(name, ()):
            book.add(name, phrase)
    for rank, words in enumerate(section.get("ordinals", ())):
        for word in words:
            book.add(f"place:{rank}", word)
    for rank, word in enumerate(section.get("numerals", ())):
        book.add(f"numeral:{rank}", word)
    return book


_FOLLOWERS = frozenset({"be", "not", "will", "did", "have", "modal"})


class Pointing:
    """Finds what the tokens of an answer point at."""

    def __init__(
        self, tokens: Tokens, kinds: Sequence[tuple[str, ...]], titles: Titles, lang: str
    ) -> None:
        """Look through the tokens of a whole answer.

        Args:
            tokens: the answer.
            kinds: the word classes of each token.
            titles: the list that was answered.
            lang: the language of the answer.
        """
        self._tokens = tokens
        self._kinds = kinds
        self._titles = titles
        self._lang = lang

    def mentions(self, dated: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        """Return what is pointed at, in order, none overlapping.

        Args:
            dated: the spans of the dates, whose numbers point at nothing.
        """
        found = [*self._groups(), *self._numbers(dated), *self._title_words()]
        taken: list[Mention] = []
        for one in sorted(found, key=lambda m: (m.start, m.start - m.end)):
            if not taken or one.start >= taken[-1].end:
                taken.append(one)
        return tuple(taken)

    def _groups(self) -> list[Mention]:
        numbers = self._titles.numbers
        found: list[Mention] = []
        for hit in _pointers(self._lang).find(self._tokens, self._kinds):
            name, _, rank = hit.name.partition(":")
            if name == "both" and len(numbers) == 2 or name == "all":
                found.append(Mention(numbers, hit.start, hit.end, "all"))
            elif name in {"rest", "none", "except"}:
                found.append(Mention((), hit.start, hit.end, name))
            elif name == "last" and self._alone(hit.end):
                found.append(Mention(numbers[-1:], hit.start, hit.end, "place"))
            elif name == "place" and int(rank) < len(numbers) and self._alone(hit.end):
                found.append(Mention((numbers[int(rank)],), hit.start, hit.end, "place"))
            elif name == "number":
                found += self._numbered(hit.start, hit.end)
        return found

    def _alone(self, at: int) -> bool:
        """Return whether a "first" stands for an item rather than before some noun."""
        if at >= len(self._tokens) or self._tokens.shapes[at] not in "w":
            return True
        word = self._tokens.words[at]
        return word in {"one", "and", "item", "point", "task"} or not _FOLLOWERS.isdisjoint(self._kinds[at])

    def _numbered(self, start: int, at: int) -> list[Mention]:
        numbers: list[int] = []
        end = at
        joints = lexicon(self._lang).words["splits.weak"]
        while at < len(self._tokens):
            values = self._values(at)
            if values:
                numbers += values
                end = at + 1
            elif self._tokens.words[at] not in joints and self._tokens.words[at] != ",":
                break
            at += 1
        return [Mention(tuple(dict.fromkeys(numbers)), start, end, "number")] if numbers else []

    def _values(self, at: int) -> list[int]:
        word = self._tokens.words[at]
        if self._tokens.shapes[at] != "n" or not _LIST.fullmatch(word):
            return []
        pieces = [int(piece) for piece in re.split(r"\D", word)]
        if len(pieces) == 2 and "-" in word and pieces[0] < pieces[1] <= pieces[0] + 20:
            pieces = list(range(pieces[0], pieces[1] + 1))
        return pieces if all(piece in self._titles.numbers for piece in pieces) else []

    def _numbers(self, dated: Sequence[tuple[int, int]]) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(self._tokens):
            start = self._tokens.starts[at]
            if self._values(at) and not any(low <= start < high for low, high in dated):
                run = self._numbered(at, at)[0]
                if self._points(run):
                    found.append(run)
                at = run.end
            else:
                at += 1
        return found

    def _points(self, run: Mention) -> bool:
        """Return whether bare numbers point at items rather than count something."""
        before, after = run.start - 1, run.end
        shapes = self._tokens.shapes
        at_start = before < 0 or shapes[before] in "ls"
        if len(run.items) > 1 and (at_start or after >= len(shapes) or shapes[after] != "w"):
            return True
        if after >= len(shapes) or shapes[after] in "ls":
            return after >= len(shapes) or shapes[after] == "l" or at_start or len(run.items) > 1 or self._tokens.words[after] == "."
        if shapes[after] == "p":
            return self._tokens.words[after] not in {"%", "€", "$", "£", "'", '"'}
        if shapes[after] == "g":
            return True
        return at_start and self._tells(after) or self._tells(after)

    def _tells(self, at: int) -> bool:
        word = self._tokens.words[at]
        return (
            not _FOLLOWERS.isdisjoint(self._kinds[at])
            or word in lexicon(self._lang).words["splits.weak"]
            or word in lexicon(self._lang).words.get("items.followers", ())
        )

    def _title_words(self) -> list[Mention]:
        found: list[Mention] = []
        for at, word in enumerate(self._tokens.words):
            shape = self._tokens.shapes[at]
            if shape == "g" and at + 1 < len(self._tokens) and self._tokens.shapes[at + 1] == "g":
                owner = self._titles.owner(word + self._tokens.words[at + 1])
                width = 2
            elif shape in "wn" and len(word) > 1:
                owner, width = self._titles.owner(word), 1
            else:
                continue
            if owner is not None:
                found.append(Mention((owner,), at, at + width, "title"))
        return found
