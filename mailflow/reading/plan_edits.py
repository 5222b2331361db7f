"""The edited text of a running plan, as changes that can be put before the plan.

A line is a change only if its number stands before it and it says something else than the
plan. A line without a number of the plan is an addition. What a line leaves out stays as it
was, and a line that is missing drops nothing: its number is listed.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

from mailflow.domain.draft import (
    DraftMilestone,
    DraftPerson,
    DraftToDo,
    EditMisread,
    MilestoneEdit,
    PlanDraft,
    PlanEdit,
    ToDoAddition,
    ToDoEdit,
    ToDoMove,
    ToDosMissing,
)
from mailflow.domain.ids import PersonId
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import Phase, Plan, ToDo, ToDoState
from mailflow.reading.plan_draft import Drafting, Made
from mailflow.reading.plan_edit_headers import header_edits, person_edits
from mailflow.reading.plan_edit_places import Places
from mailflow.reading.plan_edit_sent import SentText, unquoted
from mailflow.reading.plan_files import too_long
from mailflow.reading.plan_lines import own_lines, plan_lines
from mailflow.reading.plan_outline import outline
from mailflow.reading.plan_parts import Outline
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_world import PlanWorld
from mailflow.reading.words import fold

_OF_DATES = frozenset({"past_date", "before_anchor", "undated_anchor"})


def read_edits(
    plan: Plan, text: str, people: People, about: PlanWorld, sent: str = ""
) -> tuple[PlanEdit, ...]:
    """Return what the edited text of a running plan asks for, in the order of its lines.

    The text may stand in quotation marks of a mail program, wholly or in part. Where a number
    stands twice, as in an answer above the quoted plan, the line that differs from the plan
    counts. Numbers that are missing are listed only where the text repeats lines of the plan:
    a few lines alone are not the whole plan.

    Args:
        plan: as it stands.
        text: what the provider sent.
        people: everybody on the plan.
        about: what names and dates are read against.
        sent: the letter that is answered: its lines ask for nothing, though the plan went on.
    """
    problems = Problems(about.locale)
    fault = too_long(text)
    if fault is not None:
        problems.fault(None, fault)
        return tuple(EditMisread(problem) for problem in problems.found)
    found = outline(own_lines(plan_lines(unquoted(text))))
    world = _known_to(plan, people, about)
    return _Comparison(plan, people, found, world, problems).edits(SentText(sent, text))


def _known_to(plan: Plan, people: People, about: PlanWorld) -> PlanWorld:
    """Let the people of the plan be found before the address book."""
    persons = [people[one.person] for one in plan.people if one.person in people]
    known = [DraftPerson(p.name, _address(p), p.role) for p in persons if p.id != plan.provider]
    provider = people.by_id.get(plan.provider)
    me = DraftPerson(provider.name, _address(provider), Role.PROVIDER) if provider else None
    return replace(about, team=(*known, *about.team), provider=about.provider or me)


def _address(person: Person) -> str | None:
    return person.addresses[0] if person.addresses else None


class _Comparison:
    """A plan beside the text that may change it."""

    def __init__(
        self, plan: Plan, people: People, found: Outline, world: PlanWorld, problems: Problems
    ) -> None:
        self.plan = plan
        self.people = people
        self.problems = problems
        self.found = found
        self.drafting = Drafting(found, world, problems, running=plan)
        self.places = Places(plan, (), ())
        self.repeated: set[int] = set()

    def edits(self, sent: SentText) -> tuple[PlanEdit, ...]:
        """Return the changes, then what is missing; lines that came back as sent are none."""
        draft = self.drafting.draft("")
        self.places = Places(self.plan, draft.phases, [raw.text for raw in self.found.phases])
        placed = [(todo, at) for at, phase in enumerate(draft.phases) for todo in phase.todos]
        made = {one.step.raw.line.number: one for one in self.drafting.made}
        edits: list[tuple[int, PlanEdit]] = [(edit.line, edit) for edit in self.places.edits]
        for todo, at in placed:
            edit = self._todo(todo, made[todo.line], self.places.numbers[at])
            edits += [(todo.line, edit)] if edit is not None else []
        labels = [(made[todo.line].node.label, at, todo.line) for todo, at in placed]
        edits += [(move.line, move) for move in self.places.moves(labels)]
        edits += self._milestones(draft)
        edits += header_edits(self.plan, draft, self.found, self.problems)
        edits += person_edits(self.plan, draft, self.found, self.people)
        edits = self._without_wrong_ones(edits, {todo.line for todo, _ in placed})
        asked = [edit for at, edit in sorted(edits, key=_line) if not _as_sent(at, edit, sent)]
        same = any(sent.stands(line) for line in made) or self._repeats(placed, edits)
        return (*asked, *(self._missing(made, sent) if same else ()))

    def _repeats(
        self, placed: list[tuple[DraftToDo, int]], edits: list[tuple[int, PlanEdit]]
    ) -> bool:
        """Return whether some line with a number says what the plan says."""
        changed = {line for line, _ in edits}
        return any(self.plan.todo(t.n) and t.line not in changed for t, _ in placed)

    # To Dos

    def _todo(self, read: DraftToDo, made: Made, phase: int) -> PlanEdit | None:
        label = made.node.label
        standing = self.plan.todo(label) if label is not None else None
        if standing is None or label is None:
            return self._addition(phase, read, made)
        before = self._as_draft(standing)
        after = replace(_merged(before, read, made), n=label, line=read.line)
        changed = tuple(
            one.name
            for one in fields(DraftToDo)
            if one.name != "line" and getattr(before, one.name) != getattr(after, one.name)
        )
        return ToDoEdit(label, after, changed) if changed else None

    def _as_draft(self, todo: ToDo) -> DraftToDo:
        return DraftToDo(
            n=todo.n,
            title=" ".join(todo.title.split()),
            responsible=self._key(todo.responsible),
            kind=todo.kind,
            helpers=tuple(self._key(one) for one in todo.helpers),
            due=todo.due,
            after=todo.after,
            details=tuple(" ".join(line.split()) for line in todo.details),
            fixed=todo.fixed,
            internal=todo.internal,
            appointment=todo.appointment,
            files=todo.files,
        )

    def _key(self, person: PersonId) -> str:
        if person not in self.people:
            return ""
        found = self.people[person]
        return _address(found) or found.name

    def _addition(self, phase: int, read: DraftToDo, made: Made) -> ToDoAddition | None:
        """Return the addition, unless the plan has just that: a text may come back twice."""
        for todo in self.plan.todos():
            same = fold(todo.title) == fold(read.title) and todo.state is not ToDoState.DROPPED
            if same and self._key(todo.responsible) == read.responsible:
                self.repeated.add(todo.n)
                self.problems.add(made.step.raw.line, "there_already", number=str(todo.n))
                return None
        return ToDoAddition(phase, read)

    # Milestones and headers

    def _milestones(self, draft: PlanDraft) -> Iterator[tuple[int, PlanEdit]]:
        for at, phase in enumerate(draft.phases):
            if phase.milestone is None:
                continue
            number = self.places.numbers[at]
            standing = self._standing_phase(number, phase.milestone)
            stone = standing.milestone if standing else None
            before = (stone.title, stone.due) if stone else None
            if before != (phase.milestone.title, phase.milestone.due):
                place = standing.number if standing else number
                yield phase.milestone.line, MilestoneEdit(place, phase.milestone)

    def _standing_phase(self, number: int, stone: DraftMilestone) -> Phase | None:
        """Return the phase whose milestone is called so, else the one with this number."""
        called = [p for p in self.plan.phases if p.milestone and p.milestone.title == stone.title]
        numbered = [phase for phase in self.plan.phases if phase.number == number]
        return next(iter((*called, *numbered)), None)

    # What is wrong, twice there or missing

    def _without_wrong_ones(
        self, edits: list[tuple[int, PlanEdit]], todo_lines: set[int]
    ) -> list[tuple[int, PlanEdit]]:
        """Put problems in the place of edits; a date that stays as it was is no problem."""
        edits = self._once(edits)
        dated = {line for line, edit in edits if _changes_date(edit)}
        self.problems.forget((todo_lines | self._milestone_lines()) - dated, _OF_DATES)
        problems = self.problems.found
        wrong = {problem.line for problem in problems}
        kept = [(line, edit) for line, edit in edits if line not in wrong]
        return kept + [(problem.line, EditMisread(problem)) for problem in problems]

    def _milestone_lines(self) -> set[int]:
        return {stone.line.number for one in self.found.phases for stone in one.milestones}

    def _once(self, edits: list[tuple[int, PlanEdit]]) -> list[tuple[int, PlanEdit]]:
        """Ask about a number that two lines change differently."""
        first: dict[int, DraftToDo] = {}
        kept: list[tuple[int, PlanEdit]] = []
        for line, edit in edits:
            if isinstance(edit, ToDoEdit):
                same = first.setdefault(edit.n, replace(edit.todo, line=0))
                if same != replace(edit.todo, line=0):
                    made = next(m for m in self.drafting.made if m.step.raw.line.number == line)
                    self.problems.add(made.step.raw.line, "two_numbers", number=str(edit.n))
                elif any(isinstance(one, ToDoEdit) and one.n == edit.n for _, one in kept):
                    continue
            kept.append((line, edit))
        return kept

    def _missing(self, made: dict[int, Made], sent: SentText) -> Iterator[PlanEdit]:
        there = {*self.repeated, *(one.node.label for one in made.values())}
        missing = tuple(
            todo.n
            for todo in self.plan.todos()
            if todo.n not in there and todo.state is not ToDoState.DROPPED and sent.showed(todo.n)
        )
        if missing:
            yield ToDosMissing(missing)


def _as_sent(line: int, edit: PlanEdit, sent: SentText) -> bool:
    """Tell an edit that only says what was sent; details are paragraphs of their own."""
    if isinstance(edit, EditMisread) and sent.says(edit.problem.text):
        return True
    if isinstance(edit, ToDoMove):
        return sent.stands_in_place(line)
    detailed = isinstance(edit, ToDoEdit) and "details" in edit.changed
    return line > 0 and not detailed and sent.stands(line)


def _changes_date(edit: PlanEdit) -> bool:
    return not isinstance(edit, ToDoEdit) or bool({"due", "after"}.intersection(edit.changed))


def _line(edit: tuple[int, PlanEdit]) -> int:
    return edit[0]


def _merged(before: DraftToDo, read: DraftToDo, made: Made) -> DraftToDo:
    """Return the To Do as the line says, and as it was where the line says nothing.

    Only a line that has its date and its kind says by leaving them out that nobody helps.
    """
    said, tags = made.step.said, made.step.tags
    named = bool(said.people)
    dated = said.undated or any(timing.dated for timing in said.timings)
    ordered = said.undated or any(timing.anchors for timing in said.timings)
    tagged = bool(tags.said)
    whole = tagged and (said.undated or bool(said.timings))
    return replace(
        before,
        title=read.title or before.title,
        responsible=read.responsible if named else before.responsible,
        helpers=read.helpers if whole or read.helpers else before.helpers,
        due=read.due if dated else before.due,
        after=read.after if ordered else before.after,
        kind=tags.kind or before.kind,
        appointment=read.appointment if tags.kind or read.appointment else before.appointment,
        fixed=tags.fixed if tagged else before.fixed,
        internal=tags.internal if tagged else before.internal,
        files=tags.files if tagged else before.files,
        details=read.details or before.details,
    )
