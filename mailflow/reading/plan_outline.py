"""The outline of a plan text: which line is a header, a phase, a To Do, a detail, a milestone.

Nothing is interpreted here beyond its place, and no line gets lost: one that fits nowhere is
kept among the strays, so that it can be listed back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailflow.reading.plan_bullets import (
    Heading,
    Opening,
    is_underline,
    marked_heading,
    opening,
    split_key,
    undecorated,
)
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_vocabulary import all_words, meanings, split_words
from mailflow.reading.words import fold

_WRAP = 66
_SHORTEST_WRAPPED = 44


@dataclass(slots=True)
class HeaderLine:
    """A header: its English name, the words before and behind the colon, where it stands."""

    name: str
    key: str
    value: str
    line: PlanLine


@dataclass(slots=True)
class RawToDo:
    """A To Do as it stands in the text; `cells` by column name where it is a table's row."""

    line: PlanLine
    label: int | None
    text: str
    cells: dict[str, str] = field(default_factory=dict)
    details: list[PlanLine] = field(default_factory=list)
    notes: list[PlanLine] = field(default_factory=list)


@dataclass(slots=True)
class RawMilestone:
    """A milestone line without its keyword."""

    line: PlanLine
    text: str


@dataclass(slots=True)
class RawPhase:
    """A heading and what stands below it."""

    text: str
    line: PlanLine | None
    todos: list[RawToDo] = field(default_factory=list)
    milestones: list[RawMilestone] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """Everything in a plan text, each line in its place."""

    headers: list[HeaderLine] = field(default_factory=list)
    phases: list[RawPhase] = field(default_factory=list)
    strays: list[PlanLine] = field(default_factory=list)

    @property
    def todos(self) -> list[RawToDo]:
        """Every To Do in order."""
        return [todo for phase in self.phases for todo in phase.todos]


def outline(lines: Sequence[PlanLine]) -> Outline:
    """Return the outline of the lines that the author wrote."""
    walk = _Walk(lines)
    while walk.at < len(lines):
        walk.take(lines[walk.at])
        walk.at += 1
    return walk.found


def header_name(key: str) -> str | None:
    """Return the English name of a header in any language, or None."""
    return meanings("headers").get(" ".join(fold(key.strip("*_ ")).split()))


def milestone_text(text: str) -> str | None:
    """Return what a milestone line says behind its keyword, or None for another line."""
    if text[:1] in "◆◇⚑🏁" and text[1:2] == " ":
        return text[2:].strip()
    pair = split_key(text)
    if pair is None:
        return None
    key = fold(pair[0]).rstrip("0123456789 .#")
    return pair[1] if key in all_words("lines", "milestone") else None


def phase_title(text: str) -> str | None:
    """Return the title in "Phase 1: Gather", or None where no such keyword stands first."""
    words = text.split(None, 1)
    if not words or fold(words[0].rstrip(":")) not in all_words("lines", "phase"):
        return None
    rest = words[1] if len(words) > 1 else ""
    number = rest.lstrip("0123456789IVXabc")
    title = (number if number[:1] in ":.-–—) " or not number else rest).lstrip(":.-–—) ")
    return title or (text if rest else None)


class _Walk:
    """One pass over the lines, and what the last of them was."""

    def __init__(self, lines: Sequence[PlanLine]) -> None:
        self.lines = lines
        self.at = 0
        self.found = Outline()
        self.columns: list[str] = []
        self.last: HeaderLine | RawToDo | None = None
        self.previous: PlanLine | None = None
        self.greeting = False

    def take(self, line: PlanLine) -> None:
        """Put one line into its place."""
        if not line.text:
            self.previous, self.greeting = None, False
            self.last = self.last if isinstance(self.last, RawToDo) else None
            return
        if not (self._mark(line) or self._keyword(line) or self._item(line)):
            self._words(line)
        self.previous = line

    # What is marked as such

    def _mark(self, line: PlanLine) -> bool:
        if is_underline(line.text) or not line.text.strip("-=_*~#| :"):
            return True
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        opened = opening(line.text)
        if below is not None and is_underline(below.text) and not opened.bullet:
            return self._heading(line, Heading(1 if below.text[0] == "=" else 2, line.text))
        heading = marked_heading(line.text)
        if heading is not None and not self._keyword_only(heading.text):
            return self._heading(line, heading)
        return False

    @staticmethod
    def _keyword_only(text: str) -> bool:
        pair = split_key(text)
        return milestone_text(text) is not None or (
            pair is not None and header_name(pair[0]) is not None
        )

    def _heading(self, line: PlanLine, heading: Heading) -> bool:
        title = phase_title(heading.text) or heading.text
        self.found.phases.append(RawPhase(title, line))
        self.last = None
        return True

    # What a keyword begins

    def _keyword(self, line: PlanLine) -> bool:
        heading = marked_heading(line.text)
        text = heading.text if heading is not None else line.text
        opened = opening(text)
        words = undecorated(opened.text)
        milestone = milestone_text(words)
        if milestone is not None:
            self._phase().milestones.append(RawMilestone(line, milestone))
            self.last = None
            return True
        return self._header(line, opened, words) or self._phase_keyword(line, opened)

    def _header(self, line: PlanLine, opened: Opening, words: str) -> bool:
        pair = split_key(words)
        name = header_name(pair[0]) if pair else None
        if pair is None or name is None:
            return False
        if name == "internal" and isinstance(self.last, RawToDo) and line.indent:
            self.last.notes.append(line)
            return True
        if self.found.todos and name != "internal" and (opened.bullet or line.indent):
            return False
        if self.found.todos and ":" not in words and "：" not in words:
            return False
        self.last = HeaderLine(name, pair[0].strip("*_ "), pair[1], line)
        self.found.headers.append(self.last)
        return True

    def _phase_keyword(self, line: PlanLine, opened: Opening) -> bool:
        if opened.bullet or line.indent or line.cells:
            return False
        title = phase_title(line.text)
        return title is not None and self._heading(line, Heading(1, title.removesuffix(":")))

    def _phase(self) -> RawPhase:
        phases = self.found.phases
        if not phases:
            phases.append(RawPhase("", None))
        return phases[-1]

    # To Dos and what belongs to them

    def _item(self, line: PlanLine) -> bool:
        opened = opening(line.text)
        if opened.bullet and not self._is_deeper(line):
            self._todo(line, opened)
            return True
        if isinstance(self.last, RawToDo) and self._is_deeper(line):
            self._below(self.last, line)
            return True
        if not opened.bullet and self._looks_like_todo(line):
            self._todo(line, opened)
            return True
        return False

    def _is_deeper(self, line: PlanLine) -> bool:
        return isinstance(self.last, RawToDo) and line.indent > self.last.line.indent + 1

    @staticmethod
    def _looks_like_todo(line: PlanLine) -> bool:
        text = f" {line.text}"
        return " @" in text or " | " in text or text.rstrip().endswith("]")

    def _todo(self, line: PlanLine, opened: Opening) -> None:
        phase = self._phase()
        if phase.milestones and phase.todos:
            phase = RawPhase("", None)
            self.found.phases.append(phase)
        self.last = RawToDo(line, opened.label, opened.text)
        phase.todos.append(self.last)

    def _below(self, todo: RawToDo, line: PlanLine) -> None:
        if self._wrapped(line) and self._goes_on(todo, line):
            self._join(todo, line)
        else:
            todo.details.append(line)

    def _wrapped(self, line: PlanLine) -> bool:
        above = self.previous
        if above is None or not line.text:
            return False
        width = above.indent + len(above.text)
        return above.soft or (
            width >= _SHORTEST_WRAPPED and width + 1 + len(line.text.split(None, 1)[0]) > _WRAP
        )

    @staticmethod
    def _goes_on(todo: RawToDo, line: PlanLine) -> bool:
        if todo.details:
            return False
        first = line.text[0]
        marked = any(mark in line.text for mark in ("@", "|", "["))
        complete = any(mark in todo.text for mark in ("@", "|"))
        return first.islower() or first in "@|[()]" or (marked and not complete)

    def _join(self, todo: RawToDo, line: PlanLine) -> None:
        if todo.details and self.previous is todo.details[-1]:
            return
        todo.text = f"{todo.text} {line.text}"

    # Lines of mere words

    def _words(self, line: PlanLine) -> None:
        last = self.last
        if isinstance(last, RawToDo) and self.previous is not None:
            if self._wrapped(line):
                self._join(last, line)
            else:
                last.details.append(line)
        elif isinstance(last, HeaderLine) and self.previous is not None:
            glue = ", " if "@" in last.value and "@" in line.text else " "
            last.value = f"{last.value}{glue}{line.text}".strip()
        elif self._is_heading(line):
            self._heading(line, Heading(2, undecorated(line.text).removesuffix(":").rstrip()))
        elif not self._is_courtesy(line):
            self.found.strays.append(line)

    def _is_heading(self, line: PlanLine) -> bool:
        follows = next((one for one in self.lines[self.at + 1 :] if one.text), None)
        if follows is None or line.indent or line.text[-1] in ".!?," or len(line.text) > 80:
            return False
        return opening(follows.text).bullet and self.previous is None

    def _is_courtesy(self, line: PlanLine) -> bool:
        words = split_words(fold(line.text))
        start = " ".join(words[:4])
        if self.greeting or any(
            start == word or start.startswith(f"{word} ") for word in all_words("text", "greetings")
        ):
            self.greeting = True
            return True
        return " ".join(word for word in words if word.isalnum()) in all_words("text", "closings")
