"""What stands in square brackets: kinds, `[fixed]`, `[internal]`, `[file: letter.pdf]`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from mailflow.domain.plan import Appointment, ToDoKind
from mailflow.reading.plan_clock import read_hours
from mailflow.reading.plan_phrase import Phrase
from mailflow.reading.plan_spelling import Spelling
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_vocabulary import LANGUAGES, meaning_for, meanings, split_words
from mailflow.reading.words import fold

_TAG = re.compile(r"\s*\[([^\[\]]{0,300})\]")
_MOST_TAGS = 12
QUOTED_TITLE = re.compile(r'"((?:[^"]|"")*)"')
"""A title in straight quotation marks is taken as it stands; a mark in it is doubled."""

_FILE_NAME = re.compile(r'"([^"]*)"|[^,;"]+')
_QUOTES = "\"'“”„‟«»‘’‚` "


@dataclass(frozen=True, slots=True)
class Tags:
    """What the brackets of a line say, the line without them, and the last as it was typed."""

    text: str
    kind: ToDoKind | None = None
    appointment: Appointment | None = None
    fixed: bool = False
    internal: bool = False
    files: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    said: str = ""


class _Reading:
    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self.kind: ToDoKind | None = None
        self.appointment: Appointment | None = None
        self.flags: set[str] = set()
        self.files: list[str] = []
        self.faults: list[Fault] = []
        self.said = ""

    def take(self, hit: re.Match[str]) -> str:
        """Return what stays in the line: nothing of a tag, all of other brackets."""
        content = hit[1].strip()
        if not content or content in "xX✓✔":
            return ""
        if self._file(content) or self._plain(content) or self._with_hours(content):
            self.said = hit[0].strip()
            return ""
        near = _spelling().nearest(fold(content)) if " " not in content else None
        if near is not None:
            self.faults.append(Fault("unknown_tag", (("tag", content), ("near", near))))
            return ""
        return hit[0]

    def _file(self, content: str) -> bool:
        key, colon, value = content.partition(":")
        if not colon or self._meaning(key) != "file":
            return False
        names = [(hit[1] or hit[0]).strip(_QUOTES) for hit in _FILE_NAME.finditer(value)]
        self.files += [name for name in names if name]
        return True

    def _meaning(self, words: str) -> str | None:
        return meaning_for(" ".join(fold(words).split()), "tags", self.languages)

    def _plain(self, content: str) -> bool:
        meaning = self._meaning(content)
        if meaning is None or meaning == "file":
            return False
        if meaning in ("fixed", "internal"):
            self.flags.add(meaning)
        else:
            self.kind = ToDoKind(meaning)
        return True

    def _with_hours(self, content: str) -> bool:
        """Read "attend 14:00-15:00 Room 2", "call 9-10"."""
        words = content.split()
        for length in (2, 1):
            meaning = self._meaning(" ".join(words[:length]))
            if meaning is None or meaning in ("fixed", "internal", "file"):
                continue
            rest = " ".join(words[length:])
            place = rest.lstrip(":,- ")
            self.kind = ToDoKind(meaning)
            self.appointment = appointment_in(place, self.languages)
            if self.appointment is None and place:
                self.faults.append(Fault("unread_hours", (("tag", content),)))
            return True
        return False


@cache
def _spelling() -> Spelling:
    return Spelling(meanings("tags").keys(), likeness=0.75)


def tags_in(text: str, languages: Sequence[str]) -> Tags:
    """Return what the brackets in a line say; what is no tag stays where it is."""
    quoted = QUOTED_TITLE.match(text)
    title = quoted[0] if quoted is not None else ""
    if "[" not in text[len(title) :]:
        return Tags(text)
    reading = _Reading(languages)
    rest = title + _TAG.sub(reading.take, text[len(title) :], count=_MOST_TAGS)
    return Tags(
        text=" ".join(rest.split()),
        kind=reading.kind,
        appointment=reading.appointment,
        fixed="fixed" in reading.flags,
        internal="internal" in reading.flags,
        files=tuple(dict.fromkeys(reading.files)),
        faults=tuple(reading.faults),
        said=reading.said,
    )


def with_tag(tags: Tags, cell: str, languages: Sequence[str]) -> Tags:
    """Return the tags with what a cell for the kind says, such as "send, fixed"."""
    text = " ".join(f"[{part.strip()}]" for part in cell.replace(";", ",").split(","))
    more = tags_in(text, languages)
    unread = tuple(Fault("unread_cell", (("cell", cell),)) for _ in more.text[:1])
    return replace(
        tags,
        kind=more.kind or tags.kind,
        appointment=more.appointment or tags.appointment,
        fixed=more.fixed or tags.fixed,
        internal=more.internal or tags.internal,
        files=(*tags.files, *more.files),
        faults=(*tags.faults, *more.faults, *unread),
    )


def appointment_in(text: str, languages: Sequence[str]) -> Appointment | None:
    """Return the hours that a text begins with and the place behind them, or None."""
    words = split_words(fold(text))
    for language in dict.fromkeys((*languages, *LANGUAGES)):
        best: tuple[int, Appointment] | None = None
        for hours, end in read_hours(Phrase(words, language), 0):
            place = _behind(text, end).lstrip(",;.- ")
            if best is None or end > best[0]:
                best = (end, Appointment(hours.start, hours.end, place))
        if best is not None:
            return best[1]
    return None


def _behind(text: str, count: int) -> str:
    """Return what stands behind the first words of a text, as it was typed."""
    folded = fold(text)
    at = 0
    for word in split_words(folded)[:count]:
        at = folded.index(word, at) + len(word)
    return text[at:].strip()
