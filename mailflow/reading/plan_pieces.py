"""What may stand behind the title of a To Do: who, with whom, when, and of what kind.

    @Carol by Fri 6 March, with Vic · (Carol, by 10 March, with Vic) · | Vic | +3 days |

A run of words counts only if all of it is understood; otherwise it belongs to the title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mailflow.domain.draft import DraftPerson
from mailflow.reading.plan_dates import read_timing, timing_of
from mailflow.reading.plan_days import DateContext
from mailflow.reading.plan_people import Cast, address_in
from mailflow.reading.plan_timing import Fault, Timing
from mailflow.reading.plan_vocabulary import LANGUAGES, all_words, split_words, when_phrases
from mailflow.reading.words import fold

_MOST_WORDS = 26
_NAME_WORDS = 5
_LONGEST_DATE = 16
_JOINERS = frozenset(",;-–—→/|.")
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Pieces:
    """What was understood of some words, and what is wrong with it.

    Attributes:
        people: the persons named, the responsible one first.
        helpers: those behind "with".
        timings: every statement about when.
        faults: names that are unknown or borne by two, days that do not exist.
        undated: True where the words say that there is no date.
    """

    people: list[DraftPerson] = field(default_factory=list)
    helpers: list[DraftPerson] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    undated: bool = False

    def take(self, more: "Pieces") -> None:
        """Add what other words said."""
        self.people += more.people
        self.helpers += more.helpers
        self.timings += more.timings
        self.faults += more.faults
        self.undated = self.undated or more.undated

    @property
    def empty(self) -> bool:
        """True where nothing was understood."""
        return not (self.people or self.helpers or self.timings or self.faults or self.undated)


class PieceReader:
    """Reads runs of words against the people and the dates of one plan."""

    def __init__(self, cast: Cast, context: DateContext) -> None:
        """Take everybody who may be named, and what dates count from."""
        self.cast = cast
        self.context = context
        self._timings: dict[tuple[str, ...], Timing | None] = {}

    def whole(self, text: str, *, names: bool) -> Pieces | None:
        """Return what the words say if all of them are understood, else None.

        Args:
            text: a run of words.
            names: True where a bare name may stand, as in a cell; False behind a title.
        """
        words = [hit[0] for hit in _WORD.finditer(text.replace(",", " , ").replace(";", " ; "))]
        if not words or len(words) > _MOST_WORDS:
            return None
        found = Pieces()
        at = 0
        while at < len(words):
            step = self._step(words, at, found, names=names)
            if step == at and not _joins(words[at]):
                return None
            at = max(step, at + 1)
        return None if found.empty else found

    def _step(self, words: Sequence[str], at: int, found: Pieces, *, names: bool) -> int:
        """Take what begins at a place; a name comes before a date of the same length."""
        if words[at] in _JOINERS:
            return at
        for take in (self._with, self._mention):
            end = take(words, at, found)
            if end > at:
                return end
        named = Pieces()
        end = self._name(words, at, named.people, named.faults) if names else at
        dated = Pieces()
        last = self._when(words, at, dated)
        found.take(dated if last > end else named)
        return max(last, end)

    def _when(self, words: Sequence[str], at: int, found: Pieces) -> int:
        last = min(len(words), at + _LONGEST_DATE)
        if not may_begin_date(words[at]) and "+" not in "".join(words[at + 1 : last]):
            return at
        for end in range(last, at, -1):
            if words[end - 1] in _JOINERS:
                continue
            timing = self._timing(" ".join(words[at:end]))
            if timing is not None:
                found.timings.append(timing)
                return end
        return at

    def _timing(self, text: str) -> Timing | None:
        words = split_words(fold(text))
        key = tuple(words)
        if key not in self._timings:
            self._timings[key] = timing_of(words, self.context, only_known=True)
        return self._timings[key]

    def _with(self, words: Sequence[str], at: int, found: Pieces) -> int:
        for length in (2, 1):
            if fold(" ".join(words[at : at + length])) not in all_words("who", "with"):
                continue
            end = self._names(words, at + length, found)
            return end if end > at + length else at
        return at

    def _names(self, words: Sequence[str], at: int, found: Pieces) -> int:
        end = self._name(words, at, found.helpers, found.faults)
        while end > at and end < len(words):
            joined = words[end] in (",", "/", "+") or fold(words[end]) in all_words("who", "and")
            begin = end + 1 if joined else end
            step = self._name(words, begin, found.helpers, found.faults) if joined else begin
            if step == begin:
                break
            end = step
        return end

    def _mention(self, words: Sequence[str], at: int, found: Pieces) -> int:
        if words[at][:1] != "@" or len(words[at]) < 2:
            return at
        plain = [words[at][1:], *words[at + 1 :]]
        end = self._name(plain, 0, found.people, found.faults)
        if end:
            return at + end
        name = plain[0].strip(".:!?")
        found.faults.append(self.unknown(name))
        return at + 1

    def _name(
        self, words: Sequence[str], at: int, people: list[DraftPerson], faults: list[Fault]
    ) -> int:
        if at < len(words) and words[at][:1] == "@" and len(words[at]) > 1:
            words = [*words[:at], words[at][1:], *words[at + 1 :]]
        for end in range(min(len(words), at + _NAME_WORDS), at, -1):
            text = " ".join(words[at:end])
            if "@" in text and not _is_one_address(text):
                continue
            meant = self.cast.named(text.strip(".:!?()"))
            if meant.person is not None:
                people.append(self.cast.join(meant.person))
                return end
            if meant.fault is not None:
                faults.append(meant.fault)
                return end
        return at

    def date(self, text: str) -> Timing | None:
        """Return when a phrase says, believing names that the plan may not have."""
        return read_timing(text, self.context)

    def unknown(self, name: str) -> Fault:
        """Return the fault of a name that nobody bears."""
        near = self.cast.nearest(name)
        key = "unknown_name_near" if near else "unknown_name"
        return Fault(key, (("name", name), ("near", near)))


def may_begin_date(word: str) -> bool:
    """Return whether any language may begin to say when with this word."""
    first = next(iter(split_words(fold(word[:40]))), "")
    return first[:1].isdigit() or first in ("+", "#") or _begins_date(first)


@lru_cache(maxsize=20_000)
def _begins_date(word: str) -> bool:
    return any(when_phrases(language).starts_with(word) for language in LANGUAGES)


def _joins(word: str) -> bool:
    return word in _JOINERS or fold(word) in all_words("who", "and")


def _is_one_address(text: str) -> bool:
    """Tell "Carol Jones <carol@acme.example>" from "Carol and bob@acme.example"."""
    address, name = address_in(text)
    words = name.split()
    if address is None or "@" in name or len(words) > _NAME_WORDS:
        return False
    joiners = all_words("who", "and") | all_words("who", "with")
    return not any(word in _JOINERS or fold(word) in joiners for word in words)
