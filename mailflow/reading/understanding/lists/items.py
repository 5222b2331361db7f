"""Which To Do a phrase points at: by number, by place in the list, by "both", or by its title."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from mailflow.reading.lexicon import lexicon
from mailflow.reading.understanding.asked.titles import Titles, units
from mailflow.reading.understanding.lists.pointers import (
    ENDS,
    IDLE,
    counting_in,
    weak_words_of,
)
from mailflow.reading.understanding.text.lettering import letters_in
from mailflow.reading.words import Tokens

_LIST = re.compile(r"\d{1,2}(?:[,./&+-]\d{1,2})*")
_NUMBER = re.compile("n")
"""The shape of a number."""
_FOLLOWERS = frozenset({"be", "not", "will", "did", "have", "modal"})
_SPEAKERS = frozenset({"i", "you", "they"})
_TURNS = frozenset(",;")
_FIRST_PICTURE = "\u2190"
_COLONS = frozenset(":-=→")
_CHOOSABLE = frozenset({"place", "number"})
_DAY_NAMES = frozenset({"month", "weekday"})
_BARE = frozenset({"rest", "none", "except", "excepted", "only"})
"""What points at nothing but together with other words."""
_MEASURES = frozenset("%€$£'\"°")


@dataclass(frozen=True, slots=True)
class Mention:
    """To Dos pointed at.

    Attributes:
        items: their numbers.
        start: number of the first token of the pointing words.
        end: number of the token behind them.
        how: `number`, `place`, `all`, `rest`, `none`, `except`, `excepted` (said behind what
            it excepts), `only`, `title` or `shared` (a title word that several To Dos have).
        loose: whether only the beginning of a title's word is typed, which may name a thing
            of its own: the "Flug" of a "Flughafentransfer".
    """

    items: tuple[int, ...]
    start: int
    end: int
    how: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """Where in an answer phrases stand that say something.

    Attributes:
        telling: numbers of the tokens where one begins.
        papers: numbers of the tokens where one that attaches something ends.
    """

    telling: Collection[int]
    papers: Collection[int]


class Pointing:
    """Finds what the tokens of an answer point at."""

    def __init__(
        self,
        tokens: Tokens,
        kinds: Sequence[tuple[str, ...]],
        titles: Titles,
        lang: str,
        heard: Heard,
    ) -> None:
        """Look through the tokens of a whole answer.

        Args:
            tokens: the answer.
            kinds: the word classes of each token.
            titles: the list that was answered.
            lang: the language of the answer.
            heard: where phrases stand that say something.
        """
        self._tokens = tokens
        self._kinds = kinds
        self._titles = titles
        self._lang = lang
        self._telling = heard.telling
        self._papers = heard.papers
        self._days: set[int] = set()
        self._joints = lexicon(lang).words["splits.weak"]
        self._weak = weak_words_of(lang)
        self._small = lexicon(lang).words["function_words"]

    def mentions(self, dated: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        """Return what is pointed at, in order, none overlapping.

        Args:
            dated: the spans of the dates, whose numbers point at nothing.
        """
        self._days = {low for low, _high in dated}
        found = [
            *self._letters(),
            *self._figures(),
            *self._groups(dated),
            *self._numbers(dated),
            *self._title_words(dated),
        ]
        rests = {one.start for one in found if one.how == "rest"}
        found = [one for one in found if one.how != "number" or one.end not in rests]
        taken: list[Mention] = []
        behind = 0
        for one in sorted(found, key=lambda m: (m.start, m.start - m.end)):
            if one.start >= behind:
                behind = one.end
                if not taken or not self._chooses(taken[-1], one):
                    taken.append(one)
        return tuple(taken)

    def _letters(self) -> list[Mention]:
        """Return the letters that head parts of the answer, where there are as many as To Dos."""
        numbers = self._titles.numbers
        heads = letters_in(self._tokens)
        if len(heads) != len(numbers):
            return []
        return [Mention((numbers[rank],), at, at + 1, "number") for at, rank in heads.items()]

    def _figures(self) -> list[Mention]:
        """Return the things that titles tell apart by figures: "chapter 3" is no third To Do."""
        found: list[Mention] = []
        if not self._titles.numbers_things:
            return found
        for hit in _NUMBER.finditer(self._tokens.shapes):
            at = hit.start()
            before = at - 1 - (self._tokens.words[at - 1 : at] == (".",))
            if before < 0 or self._tokens.shapes[before] != "w":
                continue
            word = self._tokens.words[before]
            owners = self._titles.numbered(word, self._tokens.words[at])
            if owners is None or (word in self._small and not owners):
                continue
            items = tuple(sorted(owners))
            found.append(Mention(items, before, at + 1, "title" if len(items) == 1 else "shared"))
        return found

    def _chooses(self, before: Mention, one: Mention) -> bool:
        """Return whether "number 2" behind "Font:" is what was chosen, not the second To Do."""
        between = self._tokens.words[before.end : one.start]
        joined = bool(between) and all(word in _COLONS for word in between)
        return one.how in _CHOOSABLE and before.how == "title" and joined

    def _groups(self, dated: Sequence[tuple[int, int]]) -> list[Mention]:
        found: list[Mention] = []
        hits = lexicon(self._lang).pointers.find(self._tokens, self._kinds)
        idle = reduce(or_, (hit.mask for hit in hits if hit.name == "idle"), 0)
        for hit in hits:
            if hit.mask & idle:
                continue
            starts = self._tokens.starts[hit.start : hit.end]
            if not any(low <= start < high for low, high in dated for start in starts):
                found += self._group(hit.name, hit.start, hit.end)
        return found

    def _group(self, pattern: str, start: int, end: int) -> list[Mention]:
        numbers = self._titles.numbers
        name, _, rank = pattern.partition(":")
        if name == "both":
            return [Mention(numbers, start, end, "all")] if len(numbers) == 2 else []
        if name == "all":
            return [Mention(numbers, start, end, "all")]
        if name in _BARE:
            return [Mention((), start, end, name)]
        if name == "number":
            return self._numbered(start, end)
        if rank in {"", "0"}:
            return self._at_an_end(name, start, end)
        if int(rank) >= len(numbers) or not self._stands_for(name, start, end):
            return []
        return [Mention((numbers[int(rank)],), start, end, "place")]

    def _at_an_end(self, name: str, start: int, end: int) -> list[Mention]:
        """Return what the first or the last of the list, or several there, are pointed at by."""
        numbers = self._titles.numbers
        if name in ENDS:
            count = ENDS[name]
            chosen = numbers[:count] if count > 0 else numbers[count:]
            return [Mention(chosen, start, end, "number")]
        several = self._several(name, start, end)
        if several is not None or name in IDLE:
            return [several] if several is not None else []
        if name == "last":
            return [Mention(numbers[-1:], start, end, "place")] if self._alone(end) else []
        return (
            [Mention(numbers[:1], start, end, "place")]
            if self._stands_for(name, start, end)
            else []
        )

    def _several(self, name: str, start: int, end: int) -> Mention | None:
        """Return "the first two" or "the last three", the number before or behind; None: no such.

        A noun behind it makes it something else: "the first two pages".
        """
        before, behind = self._counted(start - 1), self._counted(end)
        count = behind or before
        if not 1 < count < len(self._titles.numbers):
            return None
        after = end + bool(behind)
        if not self._alone(after) and not self._counts_items(after):
            return None
        numbers = self._titles.numbers
        chosen = numbers[-count:] if name in {"last", "trail"} else numbers[:count]
        return Mention(chosen, start - (not behind), end + bool(behind), "number")

    def _counts_items(self, at: int) -> bool:
        """Return whether a word stands for what is on the list, and for nothing of a title."""
        word = self._tokens.words[at]
        things = lexicon(self._lang).raw.get("items", {}).get("counted", ())
        return word in things and not self._titles.owners(word)

    def _counted(self, at: int) -> int:
        """Return the number that a token writes in digits or as a word, 0 if it is none."""
        if not 0 <= at < len(self._tokens):
            return 0
        word = self._tokens.words[at]
        if self._tokens.shapes[at] == "n":
            return int(word) if word.isdecimal() and len(word) == 1 else 0
        return counting_in(self._lang).get(word, 0)

    def _stands_for(self, name: str, start: int, end: int) -> bool:
        if name == "place":
            return self._alone(end)
        at_start = start == 0 or self._tokens.shapes[start - 1] in "ls"
        return at_start and end < len(self._tokens) and self._tells(end)

    def _alone(self, at: int) -> bool:
        """Return whether a "first" stands for an item rather than before some noun."""
        if at >= len(self._tokens) or self._tokens.shapes[at] != "w":
            return True
        followers = lexicon(self._lang).raw.get("items", {}).get("followers", ())
        return self._tokens.words[at] in followers or self._tells(at) or self._dates(at)

    def _numbered(self, start: int, at: int) -> list[Mention]:
        numbers: list[int] = []
        end = at
        while at < len(self._tokens):
            values = self._values(at)
            if values:
                numbers += values
                end = at + 1
            elif self._tokens.words[at] not in self._joints and self._tokens.words[at] != ",":
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
        behind = 0
        for hit in _NUMBER.finditer(self._tokens.shapes):
            at = hit.start()
            start = self._tokens.starts[at]
            if at < behind or any(low <= start < high for low, high in dated):
                continue
            if self._values(at):
                run = self._numbered(at, at)[0]
                if self._points(run):
                    found.append(run)
                behind = run.end
        return found

    def _points(self, run: Mention) -> bool:
        """Return whether bare numbers point at items rather than count something."""
        shapes, before, after = self._tokens.shapes, run.start - 1, run.end
        at_start = before < 0 or shapes[before] in "ls"
        if before >= 0 and self._tokens.words[before] in _MEASURES:
            return False
        if before in self._papers and self._on_a_numbered_line(before):
            return False
        if after >= len(shapes) or shapes[after] in "lsg":
            return True
        if shapes[after] == "p":
            return self._tokens.words[after] not in _MEASURES
        if self._dates(after):
            return at_start or self._turns(before) or self._acts(before)
        speaks = at_start and not _SPEAKERS.isdisjoint(self._kinds[after])
        return self._tells(after) or speaks or (len(run.items) > 1 and at_start)

    def _on_a_numbered_line(self, at: int) -> bool:
        """Return whether a line begins with a number, so that "enclosure 3" on it is a paper."""
        begin = self._tokens.shapes.rfind("l", 0, at) + 1
        return begin < at and bool(self._values(begin))

    def _turns(self, at: int) -> bool:
        """Return whether a comma, an "and" or an emoji lets a number begin something new."""
        word = self._tokens.words[at]
        picture = self._tokens.shapes[at] == "p" and word > _FIRST_PICTURE
        return picture or word in _TURNS or word in self._joints

    def _acts(self, at: int) -> bool:
        """Return whether a word says what will be done: "I will do 4 next week"."""
        kinds = self._kinds[at]
        return any(k.startswith("base_") for k in kinds) and "did" not in kinds

    def _dates(self, at: int) -> bool:
        """Return whether a day begins here, or behind one small word: "by Friday"."""
        starts = self._tokens.starts
        if at < len(starts) and starts[at] in self._days:
            return True
        small = at + 1 < len(starts) and self._tokens.words[at] in self._small
        return small and starts[at + 1] in self._days

    def _tells(self, at: int) -> bool:
        followed = not _FOLLOWERS.isdisjoint(self._kinds[at])
        return followed or at in self._telling or self._tokens.words[at] in self._joints

    def _title_words(self, dated: Sequence[tuple[int, int]]) -> list[Mention]:
        """Return the words that a title has; the "end" of "end of the month" is of a day."""
        found: list[Mention] = []
        within = self._within(dated) if dated else ()
        for word, low, high in units(self._tokens):
            if low in within and not _DAY_NAMES.intersection(self._kinds[low]):
                continue
            owners = self._titles.owners(word)
            loose = not owners
            owners = owners or self._titles.shortened(word)
            if len(owners) == 1 and word not in self._weak:
                found.append(Mention(tuple(owners), low, high, "title", loose=loose))
            elif owners and len(owners) < len(self._titles.numbers):
                found.append(Mention(tuple(sorted(owners)), low, high, "shared", loose=loose))
        return found

    def _within(self, dated: Sequence[tuple[int, int]]) -> set[int]:
        """Return the numbers of the words of all days that are written as several words."""
        places: set[int] = set()
        for low, high in dated:
            inside = [at for at, start in enumerate(self._tokens.starts) if low <= start < high]
            figures = [at for at in inside if self._tokens.shapes[at] == "n"]
            asked = any(self._titles.owners(self._tokens.words[at]) for at in figures)
            places.update(inside if len(inside) > 1 and not asked else ())
        return places
