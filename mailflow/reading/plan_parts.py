"""What a plan text is made of before it is understood, and the keywords that tell a part.

An `Outline` fills up line by line; nothing that is put into it is interpreted.
"""

from dataclasses import dataclass, field

from mailflow.reading.plan_bullets import Opening, split_key
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_vocabulary import all_words, meanings
from mailflow.reading.words import fold


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
    """A heading and what stands below it; `level` 1 is the outermost."""

    text: str
    line: PlanLine | None
    level: int = 2
    todos: list[RawToDo] = field(default_factory=list)
    milestones: list[RawMilestone] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """Everything in a plan text, each line in its place; `begun` from the first To Do on."""

    headers: list[HeaderLine] = field(default_factory=list)
    phases: list[RawPhase] = field(default_factory=list)
    strays: list[PlanLine] = field(default_factory=list)
    begun: bool = False

    @property
    def todos(self) -> list[RawToDo]:
        """Every To Do in order."""
        return [todo for phase in self.phases for todo in phase.todos]

    def phase(self) -> RawPhase:
        """Return the phase that is being filled."""
        if not self.phases:
            self.phases.append(RawPhase("", None))
        return self.phases[-1]

    def add_header(self, name: str, key: str, value: str, line: PlanLine) -> HeaderLine:
        """Add a header."""
        header = HeaderLine(name, key, value, line)
        self.headers.append(header)
        return header

    def add_phase(self, title: str, line: PlanLine, level: int = 2) -> None:
        """Begin a phase."""
        self.phases.append(RawPhase(phase_title(title) or title, line, level))

    def add_milestone(self, line: PlanLine, text: str) -> None:
        """End the phase that is being filled."""
        self.phase().milestones.append(RawMilestone(line, text))

    def add_todo(self, line: PlanLine, opened: Opening) -> RawToDo:
        """Add a To Do; behind a milestone it begins a phase without a title."""
        phase = self.phase()
        if phase.milestones and phase.todos:
            phase = RawPhase("", None)
            self.phases.append(phase)
        todo = RawToDo(line, opened.label, opened.text)
        phase.todos.append(todo)
        self.begun = True
        return todo


def header_name(key: str) -> str | None:
    """Return the English name of a header in any language, or None."""
    return meanings("headers").get(" ".join(fold(key.strip("*_: ")).split()))


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
    behind = rest.lstrip("0123456789")
    behind = rest.lstrip("IVX") if behind == rest else behind
    if words[0].endswith(":"):
        behind = rest
    elif behind and behind[0] not in ":.-–—) ":
        return None
    title = behind.lstrip(":.-–—) ").strip()
    return title or (text if rest else None)
