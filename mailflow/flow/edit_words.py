"""What the edits of a plan's text say, line by line, for the transcript.

The sentences hold before the edits are put into force and afterwards, so that the same words
ask and tell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from mailflow.domain.draft import (
    DraftToDo,
    EditMisread,
    HeaderEdit,
    MilestoneEdit,
    PersonEdit,
    PhaseEdit,
    PlanEdit,
    ToDoAddition,
    ToDoEdit,
    ToDoMove,
    ToDosMissing,
)
from mailflow.domain.notice import LineFate, TranscriptLine
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan
from mailflow.flow.counter import Counter
from mailflow.reading.plan_edit_sent import unquoted

_Tell = Callable[["EditWords", str, DraftToDo], str]


class EditWords:
    """The words for the edits of one plan."""

    def __init__(
        self, counter: Counter, plan: Plan, persons: Mapping[str, Person], text: str
    ) -> None:
        """Take whose language is spoken, the plan before the edits, and the text as it came."""
        self.counter = counter
        self.plan = plan
        self.persons = persons
        self.lines = unquoted(text).split("\n")
        self.phases = {phase.number: phase.title for phase in plan.phases}

    def transcript(
        self, edits: Sequence[PlanEdit], fate: LineFate
    ) -> tuple[tuple[TranscriptLine, ...], tuple[str, ...]]:
        """Return a line for each line of the text that asks for something, and what is missing.

        Args:
            edits: what was read, in order.
            fate: what becomes of the lines that were understood.
        """
        said: dict[int, list[str]] = {}
        misread: list[TranscriptLine] = []
        notes: list[str] = []
        for edit in edits:
            match edit:
                case EditMisread(problem=problem):
                    typed = problem.text or self.plan.code
                    line = TranscriptLine(typed, LineFate.NOT_UNDERSTOOD, problem.message)
                    misread.append(line)
                case ToDosMissing(numbers=numbers):
                    notes.append(self._missing(numbers))
                case _:
                    told = [*self._told(edit)]
                    said.setdefault(_line(edit), []).extend(told)
        lines = [
            TranscriptLine(self._typed(at), fate, " ".join(told))
            for at, told in sorted(said.items())
            if told
        ]
        return (*lines, *misread), tuple(notes)

    def _typed(self, line: int) -> str:
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else self.plan.code

    def _missing(self, numbers: tuple[int, ...]) -> str:
        shown = tuple(f"#{n}" for n in numbers)
        return self.counter.say(
            "edit_missing", numbers=shown, list=" ".join(str(n) for n in numbers)
        )

    def _told(self, edit: PlanEdit) -> Iterator[str]:
        say = self.counter.say
        match edit:
            case ToDoEdit(n=n, todo=draft, changed=changed):
                ref = self.plan.ref(n)
                yield from (_PARTS[part](self, ref, draft) for part in changed if part in _PARTS)
            case ToDoAddition(todo=draft):
                yield self._added(draft)
            case ToDoMove(n=n, phase=phase):
                yield say("edit_moved", ref=self.plan.ref(n), title=self.phases.get(phase, ""))
            case MilestoneEdit(milestone=stone):
                key = "edit_stone" if stone.due is None else "edit_stone_by"
                facts = {} if stone.due is None else {"day": stone.due}
                yield say(key, title=stone.title, **facts)
            case _:
                yield from self._around(edit)

    def _around(self, edit: PlanEdit) -> Iterator[str]:
        say = self.counter.say
        match edit:
            case PhaseEdit(phase=number, title=title):
                before = self.phases.get(number)
                self.phases[number] = title
                if before is None:
                    yield say("edit_new_phase", title=title)
                else:
                    yield say("edit_phase", before=before, title=title)
            case HeaderEdit(name="internal", value=note):
                yield say("edit_note", text=note)
            case HeaderEdit(line=line):
                yield say("edit_header", text=self._typed(line).partition(":")[2].strip())
            case PersonEdit(person=person, line=line):
                if line:
                    yield say("edit_person", person=person.name)
            case _:
                return

    def _added(self, draft: DraftToDo) -> str:
        ref, person = self.plan.ref(draft.n), self.name(draft.responsible)
        if draft.due is None:
            return self.counter.say("edit_added", ref=ref, title=draft.title, person=person)
        return self.counter.say(
            "edit_added_by", ref=ref, title=draft.title, person=person, day=draft.due
        )

    def name(self, key: str | None) -> str:
        """Return how somebody is called, by her key in the draft."""
        person = self.persons.get(key or "")
        return key or "" if person is None else person.display

    def title_of(self, n: int) -> str:
        """Return what a To Do is called before the edits."""
        todo = self.plan.todo(n)
        return "" if todo is None else todo.title


def _line(edit: PlanEdit) -> int:
    match edit:
        case ToDoEdit(todo=draft) | ToDoAddition(todo=draft):
            return draft.line
        case MilestoneEdit(milestone=stone):
            return stone.line
        case PhaseEdit(line=line) | ToDoMove(line=line):
            return line
        case HeaderEdit(line=line) | PersonEdit(line=line):
            return line
        case _:
            return 0


# What one part of a To Do says


def _title(words: EditWords, ref: str, draft: DraftToDo) -> str:
    before = words.title_of(draft.n)
    return words.counter.say("edit_title", ref=ref, before=before, title=draft.title)


def _due(words: EditWords, ref: str, draft: DraftToDo) -> str:
    if draft.due is None:
        return words.counter.say("edit_undated", ref=ref)
    return words.counter.say("edit_due", ref=ref, day=draft.due)


def _responsible(words: EditWords, ref: str, draft: DraftToDo) -> str:
    return words.counter.say("edit_given", ref=ref, person=words.name(draft.responsible))


def _helpers(words: EditWords, ref: str, draft: DraftToDo) -> str:
    names = tuple(words.name(key) for key in draft.helpers)
    if not names:
        return words.counter.say("edit_alone", ref=ref)
    return words.counter.say("edit_helpers", ref=ref, names=names)


def _after(words: EditWords, ref: str, draft: DraftToDo) -> str:
    numbers = tuple(f"#{n}" for n in draft.after)
    if not numbers:
        return words.counter.say("edit_free", ref=ref)
    return words.counter.say("edit_after", ref=ref, numbers=numbers)


def _kind(words: EditWords, ref: str, draft: DraftToDo) -> str:
    return words.counter.say("edit_kind", ref=ref, kind=draft.kind)


def _details(words: EditWords, ref: str, draft: DraftToDo) -> str:
    return words.counter.say("edit_details", ref=ref, text=" · ".join(draft.details))


def _fixed(words: EditWords, ref: str, draft: DraftToDo) -> str:
    return words.counter.say("edit_fixed" if draft.fixed else "edit_movable", ref=ref)


def _internal(words: EditWords, ref: str, draft: DraftToDo) -> str:
    return words.counter.say("edit_internal" if draft.internal else "edit_open", ref=ref)


def _files(words: EditWords, ref: str, draft: DraftToDo) -> str:
    if not draft.files:
        return words.counter.say("edit_no_files", ref=ref)
    return words.counter.say("edit_files", ref=ref, names=draft.files)


def _hours(words: EditWords, ref: str, draft: DraftToDo) -> str:
    meeting = draft.appointment
    if meeting is None:
        return words.counter.say("edit_no_hours", ref=ref)
    return words.counter.say("edit_hours", ref=ref, start=meeting.start, end=meeting.end)


_PARTS: Mapping[str, _Tell] = {
    "title": _title,
    "due": _due,
    "responsible": _responsible,
    "helpers": _helpers,
    "after": _after,
    "kind": _kind,
    "details": _details,
    "fixed": _fixed,
    "internal": _internal,
    "files": _files,
    "appointment": _hours,
}
