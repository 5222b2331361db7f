"""From a line to its title: what says who and when is taken away, and the rest stays as typed.

Who and when may stand behind an `@`, in brackets, in cells, behind commas or dashes, or as in
"Carol to sign the letter". A title in quotation marks is never looked into.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache

from mailflow.domain.draft import DraftPerson
from mailflow.reading.plan_pieces import PieceReader, Pieces, may_begin_date
from mailflow.reading.plan_spelling import Spelling
from mailflow.reading.plan_tags import QUOTED_TITLE
from mailflow.reading.plan_timing import Fault, Point, Timing
from mailflow.reading.plan_vocabulary import LANGUAGES, all_words, split_words, when_phrases
from mailflow.reading.words import fold

_GROUP = re.compile(r"\s*\(([^()]{1,300})\)")
_MENTION = re.compile(r"(?:^|(?<=[\s(,;|]))@(?=[^\s@])")
_SEPARATORS = (", ", " - ", " – ", " — ", "; ", " → ", " -> ", " : ")
_WORD = re.compile(r"\S+")
_LOOSE = " ,;:-–—→|"
_ASIDE = re.compile(r"\([^()]{0,200}\)\s*$")
_STOPS = ".,:;!?"
_MOST_MENTIONS = 6
_MOST_GROUPS = 8
_MOST_TAILS = 6
_MOST_TAIL_WORDS = 14
_LONGEST_TAIL = 120
_NAME_WORDS = 4
_DATE_NEAR = 4
_SHORTEST_TYPO = 4


class Scope(Enum):
    """How much of a line may say who and when."""

    TODO = auto()
    MILESTONE = auto()
    HEADING = auto()


class TitleReader:
    """Takes lines apart, against the people and the dates of one plan."""

    def __init__(self, pieces: PieceReader) -> None:
        """Take what understands runs of words."""
        self.pieces = pieces

    def title(self, text: str, said: Pieces, scope: Scope) -> str:
        """Return the title of a line, and add to `said` what the rest of it says."""
        quoted = QUOTED_TITLE.match(text)
        if quoted is not None and self._literal(text[quoted.end() :], said):
            return quoted[1].replace('""', '"').strip()
        text = self._cells(text, said)
        dated = bool(said.timings) or said.undated
        if dated and (said.people or scope is Scope.MILESTONE):
            return text.strip()
        text = self._mentions(self._groups(text, said), said)
        if scope is Scope.TODO and not said.people:
            text = self._subject(text, said)
        if scope is not Scope.HEADING:
            text = self._unread(self._tail(text, said), said)
        return text.strip(_LOOSE)

    def _literal(self, rest: str, said: Pieces) -> bool:
        """Take what stands behind a title in quotation marks, if all of it is understood."""
        if not rest.strip():
            return True
        if rest.lstrip().startswith("|"):
            for cell in rest.strip().strip("|").split("|"):
                self.cell(cell.strip(), said)
            return True
        found = self.pieces.whole(rest.strip(_LOOSE), names=False)
        if found is not None:
            said.take(found)
        return found is not None

    # Cells

    def _cells(self, text: str, said: Pieces) -> str:
        if "|" not in text:
            return text
        first, *others = [cell.strip() for cell in text.strip().strip("|").split("|")]
        for cell in others:
            self.cell(cell, said)
        return first

    def cell(self, cell: str, said: Pieces) -> None:
        """Add what a cell says; every cell has to be understood."""
        if fold(cell) in all_words("when", "undated") or not cell:
            said.undated = said.undated or bool(cell)
            return
        person = self.pieces.cast.on_plan(cell)
        if person is not None:
            said.people.append(person)
            return
        found = self.pieces.whole(cell.strip("()"), names=True)
        timing = self.pieces.date(cell) if found is None else None
        if found is not None:
            said.take(found)
        elif timing is not None:
            said.timings.append(timing)
        else:
            said.faults.append(self._misread(cell, named=not said.people))

    def _misread(self, words: str, *, named: bool) -> Fault:
        if named and _resembles_name(words):
            return self.pieces.unknown(words)
        return Fault("unread_cell", (("cell", words),))

    # Brackets

    def _groups(self, text: str, said: Pieces) -> str:
        if "(" not in text:
            return text
        return _GROUP.sub(lambda hit: self._group(hit, said), text, count=_MOST_GROUPS)

    def _group(self, hit: re.Match[str], said: Pieces) -> str:
        """Return what stays of a bracket: nothing, if any part of it says who or when."""
        found = self.pieces.whole(hit[1], names=True)
        if found is not None:
            said.take(found)
            return " "
        parts = [part.strip() for part in hit[1].replace(";", ",").split(",")]
        read = [self.pieces.whole(part, names=True) for part in parts]
        if not any(read):
            return hit[0]
        for part, pieces in zip(parts, read, strict=True):
            if pieces is not None:
                said.take(pieces)
            else:
                said.faults.append(self._misread(part, named=True))
        return " "

    # Mentions

    def _mentions(self, text: str, said: Pieces) -> str:
        hits = list(_MENTION.finditer(text))[:_MOST_MENTIONS] if "@" in text else []
        aside = _ASIDE.search(text) if hits else None
        for end in dict.fromkeys((len(text), aside.start() if aside else len(text))):
            for hit in hits:
                behind = self.pieces.whole(text[hit.start() : end], names=False)
                if behind is not None:
                    said.take(behind)
                    return f"{text[: hit.start()].rstrip()} {text[end:].lstrip()}".rstrip()
        named: list[DraftPerson] = []
        for hit in reversed(hits):
            text = self._inner_mention(text, hit.start(), named, said.faults)
        said.people += named
        return text

    def _inner_mention(
        self, text: str, at: int, named: list[DraftPerson], faults: list[Fault]
    ) -> str:
        """Take a mention that words follow; its name stays in the sentence."""
        words = [(word[0], word.end()) for word in _WORD.finditer(text, at)][:_NAME_WORDS]
        for count in range(len(words), 0, -1):
            spelled = " ".join(word for word, _ in words[:count])
            meant = self.pieces.cast.named(spelled[1:].strip(_STOPS))
            if meant.person is not None:
                named.insert(0, self.pieces.cast.join(meant.person))
                break
            if meant.fault is not None:
                faults.append(meant.fault)
                break
        else:
            faults.append(self.pieces.unknown(words[0][0][1:].strip(_STOPS)))
        if at == 0 and words[0][0].endswith(":"):
            return text[words[0][1] :].strip()
        return text[:at] + text[at + 1 :]

    # "Carol to sign the letter", "Carol: sign the letter"

    def _subject(self, text: str, said: Pieces) -> str:
        words = [(word[0], word.end()) for word in _WORD.finditer(text)][:8]
        for count in range(min(5, len(words) - 1), 0, -1):
            name = " ".join(word for word, _ in words[:count])
            end = _verb_behind(words, count)
            if end is None and not name.endswith(":"):
                continue
            meant = self.pieces.cast.named(name.rstrip(":"))
            if meant.fault is not None:
                said.faults.append(meant.fault)
                return text
            people = [self.pieces.cast.join(meant.person)] if meant.person else self._several(name)
            if people:
                said.people += people
                rest = text[words[count - 1][1] if end is None else end :].strip()
                return rest[:1].upper() + rest[1:]
        return text

    def _several(self, names: str) -> list[DraftPerson]:
        found = self.pieces.whole(names, names=True) if " " in names else None
        if found is None or found.timings or found.faults:
            return []
        return found.people + found.helpers

    # "… by Friday", "…, Carol, by Friday"

    def _tail(self, text: str, said: Pieces) -> str:
        for _ in range(_MOST_TAILS):
            shorter = self._behind_separator(text, said)
            shorter = self._behind_title(text, said) if shorter is None else shorter
            if shorter is None:
                break
            text = shorter
        return text

    def _behind_separator(self, text: str, said: Pieces) -> str | None:
        for separator in _SEPARATORS:
            head, found, last = text.rpartition(separator)
            if not found or not head.strip(_LOOSE) or len(last) > _LONGEST_TAIL:
                continue
            pieces = self.pieces.whole(last, names=not said.people)
            if pieces is not None:
                said.take(pieces)
                return head
        return None

    def _behind_title(self, text: str, said: Pieces) -> str | None:
        if said.timings or said.undated:
            return None
        for start in _starts(text):
            pieces = self.pieces.whole(text[start:], names=False)
            if pieces is None or (_bare(pieces) and _blocked(text[:start])):
                continue
            said.take(pieces)
            return text[:start]
        return None

    # What looks like a date and is none

    def _unread(self, text: str, said: Pieces) -> str:
        """Ask about "by 32 March", and about distances from what the plan does not have."""
        if said.timings or said.undated:
            return text
        for start in _starts(text):
            timing = self.pieces.date(text[start:])
            if timing is not None and timing.anchors and (timing.count or self._nearly(timing)):
                said.timings.append(timing)
                return text[:start]
            if _resembles_date(text[start:]):
                said.faults.append(Fault("unread_date", (("text", text[start:]),)))
                return text
        return text

    def _nearly(self, timing: Timing) -> bool:
        """Tell whether an order is after something that is nearly called like this."""
        return any(
            anchor.point is Point.NAME and self.pieces.context.nearly(anchor.name)
            for anchor in timing.anchors
        )


def _starts(text: str) -> Iterator[int]:
    """Yield where the words behind a title may begin."""
    words = list(_WORD.finditer(text))
    for at in range(max(1, len(words) - _MOST_TAIL_WORDS), len(words)):
        if _may_begin(words[at][0]):
            yield words[at].start()


def _may_begin(word: str) -> bool:
    return word[0] == "@" or may_begin_date(word) or fold(word) in all_words("who", "with")


def _verb_behind(words: list[tuple[str, int]], count: int) -> int | None:
    for length in (2, 1):
        following = words[count : count + length]
        verb = fold(" ".join(word for word, _ in following))
        if len(following) == length and verb in all_words("who", "to"):
            return following[-1][1]
    return None


def _bare(pieces: Pieces) -> bool:
    return any(timing.bare for timing in pieces.timings[:1])


def _blocked(before: str) -> bool:
    """Tell whether a mere date belongs to the words before it: "for 3 April", "by Fru 6 March"."""
    words = [fold(word).strip("(\"'") for word in before[-60:].split()[-2:]]
    strong = all_words("when", "strong")
    return words[-1] in all_words("when", "blocks") or any(word in strong for word in words)


def _resembles_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _NAME_WORDS and all(word[:1].isupper() for word in words)


def _resembles_date(text: str) -> bool:
    """Tell whether words begin with "by" or the like, and a day or month follows closely."""
    words = split_words(fold(text))
    if words[0] not in all_words("when", "strong") or len(words) > _DATE_NEAR + 2:
        return False
    if any(word in _calendar_words() for word in words[1:_DATE_NEAR]):
        return True
    second = words[1] if len(words) > 1 else ""
    return len(second) >= _SHORTEST_TYPO and _spelling().nearest(second) is not None


@cache
def _spelling() -> Spelling:
    return Spelling(_calendar_words(), likeness=0.8)


@cache
def _calendar_words() -> frozenset[str]:
    names = (when_phrases(language).words_of("weekday", "month") for language in LANGUAGES)
    return frozenset(word for words in names for word in words if len(word) > 2)
