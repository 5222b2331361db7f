"""The outline of a plan text: which line is a header, a phase, a To Do, a detail, a milestone.

Nothing is interpreted here beyond its place, and no line gets lost: one that fits nowhere is
kept among the strays, so that it can be listed back.
"""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.reading.plan_bullets import (
    Heading,
    Opening,
    is_underline,
    marked_heading,
    opening,
    split_key,
    undecorated,
    without_bullet,
)
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_parts import (
    HeaderLine,
    Outline,
    RawToDo,
    header_name,
    milestone_text,
    phase_title,
)
from mailflow.reading.plan_rows import Rows
from mailflow.reading.plan_tables import row_cells
from mailflow.reading.plan_vocabulary import all_words, split_words
from mailflow.reading.words import fold

_WRAP = 66
_SHORTEST_WRAPPED = 44
_LONGEST_HEADING = 80
_GREETING_WORDS = 4


def outline(lines: Sequence[PlanLine]) -> Outline:
    """Return the outline of the lines that the author wrote."""
    walk = _Walk(lines)
    while walk.at < len(lines):
        walk.take(lines[walk.at])
        walk.at += 1
    _take_title(walk.found)
    return walk.found


def _take_title(found: Outline) -> None:
    """Take a heading above all others, with nothing but headers below it, as the title."""
    first, rest = (found.phases[0], found.phases[1:]) if found.phases else (None, [])
    if first is None or first.line is None or first.todos or first.milestones or not rest:
        return
    if all(phase.level > first.level for phase in rest):
        found.add_header("title", "", first.text, first.line)
        del found.phases[0]


class _Walk:
    """One pass over the lines, and what the last of them was."""

    def __init__(self, lines: Sequence[PlanLine]) -> None:
        self.lines = lines
        self.at = 0
        self.found = Outline()
        self.rows = Rows(self.found)
        self.last: HeaderLine | RawToDo | None = None
        self.previous: PlanLine | None = None
        self._last_detail: PlanLine | None = None
        self.greeting = self.greeted = False

    def take(self, line: PlanLine) -> None:
        """Put one line into its place."""
        if not line.text:
            self.previous, self.greeting = None, False
            self.last = self.last if isinstance(self.last, RawToDo) else None
            return
        if line.text[0] == "|" and len(cells := row_cells(line.text)) == 1:
            line = replace(line, text=cells[0])
        if self._deeper(line):
            self._under(line)
        elif self.rows.take(line):
            self.last = self.rows.last
        elif not (self._mark(line) or self._keyword(line) or self._item(line)):
            self._words(line)
        self.previous = line

    # What stands below a To Do

    def _deeper(self, line: PlanLine) -> bool:
        return isinstance(self.last, RawToDo) and line.indent > self.last.line.indent + 1

    def _under(self, line: PlanLine) -> None:
        """Take a line that stands further in than its To Do."""
        todo = self.last
        assert isinstance(todo, RawToDo)
        words = without_bullet(line.text)
        pair = split_key(words)
        milestone = milestone_text(words)
        if milestone is not None:
            self.found.add_milestone(line, milestone)
            self.last = None
        elif pair is not None and ":" in words and header_name(pair[0]) == "internal":
            todo.notes.append(line)
        elif self._wrapped(line) and _goes_on(todo, line):
            todo.text = f"{todo.text} {line.text}"
        elif todo.details and self.previous is self._last_detail and self._wrapped(line):
            todo.details[-1] = self._longer(todo.details[-1], line)
        else:
            todo.details.append(line)
        self._last_detail = line

    @staticmethod
    def _longer(line: PlanLine, more: PlanLine) -> PlanLine:
        return replace(line, text=f"{line.text} {more.text}")

    # What is marked as such

    def _mark(self, line: PlanLine) -> bool:
        if is_underline(line.text) or not line.text.strip("-=_*~#| :"):
            return True
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if below is not None and is_underline(below.text) and not opening(line.text).bullet:
            return self._heading(line, Heading(1 if below.text[0] == "=" else 2, line.text))
        heading = marked_heading(line.text)
        if heading is not None and not _is_keyword(heading.text):
            return self._heading(line, heading)
        return False

    def _heading(self, line: PlanLine, heading: Heading) -> bool:
        self.found.add_phase(heading.text.removesuffix(":").rstrip(), line, heading.level)
        self.last = None
        return True

    # What a keyword begins

    def _keyword(self, line: PlanLine) -> bool:
        heading = marked_heading(line.text)
        opened = opening(heading.text if heading is not None else line.text)
        words = undecorated(opened.text)
        milestone = milestone_text(words)
        if milestone is not None:
            self.found.add_milestone(line, milestone)
            self.last = None
            return True
        return self._header(line, opened, words) or self._phase_keyword(line, opened)

    def _header(self, line: PlanLine, opened: Opening, words: str) -> bool:
        pair = split_key(words)
        name = header_name(pair[0]) if pair else None
        if pair is None or name is None:
            return False
        begun = self.found.begun or (opened.bullet and bool(self.found.phases))
        if begun and not self._late_header(line, opened, words, name):
            return False
        self.last = self.found.add_header(name, pair[0].strip("*_ "), pair[1], line)
        return True

    def _late_header(self, line: PlanLine, opened: Opening, words: str, name: str) -> bool:
        """Behind the first To Do only a plain line with a colon is a header."""
        if name == "internal":
            return not opened.bullet or not line.indent
        return not opened.bullet and not line.indent and (":" in words or "：" in words)

    def _phase_keyword(self, line: PlanLine, opened: Opening) -> bool:
        if opened.bullet or line.indent:
            return False
        return phase_title(line.text) is not None and self._heading(line, Heading(1, line.text))

    # To Dos and what belongs to them

    def _item(self, line: PlanLine) -> bool:
        opened = opening(line.text)
        if self._continues(line):
            return False
        if opened.bullet or _looks_like_todo(line.text):
            self.last = self.found.add_todo(line, opened)
            return True
        return False

    def _continues(self, line: PlanLine) -> bool:
        """Return whether a line without a bullet is the rest of the To Do right above it."""
        todo = self.last
        if not isinstance(todo, RawToDo) or todo.details or self.previous is None:
            return False
        first = split_words(fold(line.text[:40]))[:1]
        if opening(line.text).bullet:
            return False
        dated = bool(first) and first[0] in all_words("when", "strong")
        return self._wrapped(line) or (dated and line.text[0].islower())

    def _wrapped(self, line: PlanLine) -> bool:
        """Return whether the line above ends where a mail program would break it."""
        above = self.previous
        if above is None or opening(line.text).bullet:
            return False
        width = above.indent + len(above.text)
        return above.soft or (
            width >= _SHORTEST_WRAPPED and width + 1 + len(line.text.split(None, 1)[0]) > _WRAP
        )

    # Lines of mere words

    def _words(self, line: PlanLine) -> None:
        last = self.last
        if isinstance(last, RawToDo) and self.previous is not None:
            if self._continues(line):
                last.text = f"{last.text} {line.text}"
            elif self._wrapped(line):
                last.details[-1] = self._longer(last.details[-1], line)
            else:
                last.details.append(line)
        elif isinstance(last, HeaderLine) and self.previous is not None:
            glue = ", " if "@" in last.value and "@" in line.text else " "
            last.value = f"{last.value}{glue}{line.text}".strip()
        elif self._is_heading(line):
            self._heading(line, Heading(2, undecorated(line.text)))
        elif not self._is_courtesy(line) and not self._is_introduction(line):
            self.found.strays.append(line)

    def _is_heading(self, line: PlanLine) -> bool:
        """A short line by itself above the first bullet below it is a heading."""
        follows = next((one for one in self.lines[self.at + 1 :] if one.text), None)
        if follows is None or line.indent or len(line.text) > _LONGEST_HEADING:
            return False
        return (
            self.previous is None
            and line.text[-1] not in ".!?,"
            and ":" not in line.text[:-1]
            and opening(follows.text).bullet
            and not _greets(line)
        )

    def _is_introduction(self, line: PlanLine) -> bool:
        """A sentence below a greeting, before anything of the plan, is said to us."""
        begun = self.found.headers or self.found.phases
        return self.greeted and not begun and not any(mark in line.text for mark in ":@|")

    def _is_courtesy(self, line: PlanLine) -> bool:
        if self.greeting or _greets(line):
            self.greeting = self.greeted = True
            return True
        words = [word for word in split_words(fold(line.text)) if word.isalnum()]
        return " ".join(words) in all_words("text", "closings")


def _is_keyword(text: str) -> bool:
    pair = split_key(text)
    return milestone_text(text) is not None or (
        pair is not None and header_name(pair[0]) is not None
    )


def _looks_like_todo(text: str) -> bool:
    return " @" in f" {text}" or " | " in text or text.endswith("]")


def _goes_on(todo: RawToDo, line: PlanLine) -> bool:
    if todo.details or todo.cells or todo.text.endswith("]") or todo.text.count("|") > 1:
        return False
    marked = any(mark in line.text for mark in ("@", "|", "["))
    complete = any(mark in todo.text for mark in ("@", "|"))
    return line.text[0].islower() or line.text[0] in "@|[()" or (marked and not complete)


def _greets(line: PlanLine) -> bool:
    words = split_words(fold(line.text[:_LONGEST_HEADING]))[:_GREETING_WORDS]
    greetings = all_words("text", "greetings")
    return any(" ".join(words[:count]) in greetings for count in range(1, len(words) + 1))
