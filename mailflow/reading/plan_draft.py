"""From the outline of a plan text to the draft: people, dates and kinds put together."""

from dataclasses import dataclass, field, replace

from mailflow.domain.draft import DraftMilestone, DraftPerson, DraftPhase, DraftToDo, PlanDraft
from mailflow.domain.plan import Appointment, Plan, PlanContext, ToDoKind, ToDoState
from mailflow.reading.plan_anchors import Anchors, Node
from mailflow.reading.plan_attached import with_files
from mailflow.reading.plan_codes import derive_code, is_code
from mailflow.reading.plan_days import DateContext
from mailflow.reading.plan_headers import HeaderReader, Headers
from mailflow.reading.plan_kinds import kind_of
from mailflow.reading.plan_languages import languages_of, month_first
from mailflow.reading.plan_lines import MOST_LINE
from mailflow.reading.plan_names import PlanNames
from mailflow.reading.plan_parts import Outline, RawPhase, RawToDo
from mailflow.reading.plan_people import Cast
from mailflow.reading.plan_pieces import PieceReader, Pieces
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_todos import Step, StepReader
from mailflow.reading.plan_world import PlanWorld
from mailflow.reading.words import fold

MOST_TODOS = 5000
_MOST_WRONG = 500
"""So many To Dos with something wrong are no plan: what follows is not taken apart."""

_MOST_LISTED = 50


def drafted(
    outline: Outline,
    world: PlanWorld,
    title: str,
    problems: Problems,
    *,
    attached: tuple[str, ...] | None = None,
) -> PlanDraft:
    """Return the draft that an outline stands for.

    Args:
        outline: the lines in their places.
        world: who and when.
        title: from the subject; a title in the text comes before it.
        problems: where to note what is wrong; they end up in the draft.
        attached: names of the files that came with the plan; None where files cannot come.
    """
    draft = Drafting(outline, world, problems).draft(title)
    if attached is None:
        return replace(draft, problems=problems.found)
    return with_files(draft, attached, problems)


@dataclass(slots=True)
class Made:
    """A To Do on its way: what was read, and its place among the dates."""

    step: Step
    node: Node


@dataclass(slots=True)
class _Phase:
    """A phase on its way; `people` are those its heading names."""

    raw: RawPhase
    title: str
    end: Node
    people: list[DraftPerson] = field(default_factory=list)
    steps: list[Made] = field(default_factory=list)


class Drafting:
    """The making of one draft; `made` are its To Dos on the way, once it is made."""

    def __init__(
        self,
        outline: Outline,
        world: PlanWorld,
        problems: Problems,
        *,
        running: Plan | None = None,
    ) -> None:
        """Take what was read; `running` is the plan that the text may only change.

        Numbers of a running plan stay what they are, and what the text does not say of them is
        no problem.
        """
        self.outline = outline
        self.running = running
        self.made: list[Made] = []
        self.world = world
        self.problems = problems
        self.refused = not outline.begun and bool(problems.found)
        self.cast = Cast(provider=world.provider, team=world.team, book=world.address_book)
        names = PlanNames(outline)
        self.context = DateContext(
            today=world.today,
            calendar=world.calendar,
            month_first=month_first(world.locale),
            languages=languages_of(outline, world.locale),
            known=names.known,
            nearly=names.nearly,
        )

    def draft(self, title: str) -> PlanDraft:
        """Return the whole draft."""
        headers = self._headers()
        phases = self._phases()
        self._resolve(phases, headers)
        self._unread()
        title = headers.texts.get("title", "") or title
        made = tuple(self._phase_made(one) for one in phases if one.steps or one.raw.milestones)
        self._missing(title, phases)
        return PlanDraft(
            title=title,
            code=self._code(headers, title),
            client_name=headers.client_name,
            people=self.cast.people,
            phases=made,
            context=self._frame(headers, phases),
            start=headers.start,
            end=headers.end,
            language=headers.language or self.context.languages[0],
            rhythm=headers.rhythm,
            review=headers.review,
            agree=headers.agree,
            template=headers.texts.get("template", ""),
            headers=tuple(headers.typed),
        )

    def _unread(self) -> None:
        """List the lines that have no place in the plan."""
        strays = [line for line in self.outline.strays if not self._is_own_name(line.text)]
        for line in strays[:_MOST_LISTED]:
            self.problems.add(line, "unread_line")
        if len(strays) > _MOST_LISTED:
            count = str(len(strays) - _MOST_LISTED)
            self.problems.add(strays[_MOST_LISTED], "more_lines", count=count)
        for todo in self.outline.todos:
            for line in (todo.line, *todo.details):
                if line.cut:
                    self.problems.add(line, "long_line", most=str(MOST_LINE))

    def _is_own_name(self, text: str) -> bool:
        """The provider's name alone on a line is how she signs."""
        name = fold(self.world.provider.name).split() if self.world.provider else []
        words = fold(text).strip(" ,.-–").split()
        return bool(words) and words in (name, name[:1])

    def _headers(self) -> Headers:
        lines = self.outline.headers
        reader = HeaderReader(self.cast, self.problems)
        reader.people(lines)
        start = reader.start(lines, self.context)
        start = start or (self.running.start if self.running else None)
        self.context = replace(self.context, start=start)
        return reader.values(lines, self.context)

    # Phases and To Dos

    def _phases(self) -> list[_Phase]:
        reader = StepReader(PieceReader(self.cast, self.context))
        left, wrong, phases = MOST_TODOS, 0, list[_Phase]()
        for at, raw in enumerate(self.outline.phases):
            phase = self._phase(at, raw, reader)
            for todo in raw.todos[: max(0, left)]:
                if wrong == _MOST_WRONG:
                    self.problems.add(todo.line, "rest_unread", count=str(wrong))
                    break
                made = self._step(todo, at, reader)
                wrong += bool(made.step.said.faults) or not (made.step.said.people or phase.people)
                phase.steps.append(made)
            left -= len(raw.todos)
            phases.append(phase)
            if wrong == _MOST_WRONG:
                break
        if left < 0:
            self.problems.add(None, "too_many", most=str(MOST_TODOS))
        self.made = [step for phase in phases for step in phase.steps]
        if self.running is None:
            _number(self.made)
        else:
            _number_anew(self.made, self.running)
        return phases

    def _phase(self, at: int, raw: RawPhase, reader: StepReader) -> _Phase:
        title, said = reader.heading(raw.text) if raw.text else ("", Pieces())
        end = Node("", at, line=raw.line)
        for number, milestone in enumerate(raw.milestones):
            words, behind = reader.milestone(milestone.text)
            for fault in behind.faults:
                self.problems.fault(milestone.line, fault)
            if number:
                self.problems.add(milestone.line, "two_milestones")
            else:
                end = Node(words, at, line=milestone.line, timings=behind.timings)
        for fault in said.faults:
            self.problems.fault(raw.line, fault)
        if said.timings and not end.timings:
            end.timings = said.timings
        return _Phase(raw, title, end, said.people)

    def _step(self, raw: RawToDo, at: int, reader: StepReader) -> Made:
        step = reader.step(raw)
        for fault in step.said.faults:
            self.problems.fault(raw.line, fault)
        timings = step.said.timings
        return Made(step, Node(step.title, at, label=raw.label, line=raw.line, timings=timings))

    def _resolve(self, phases: list[_Phase], headers: Headers) -> None:
        todos = [step.node for phase in phases for step in phase.steps]
        ends = [phase.end for phase in phases]
        standing = _standing(self.running, todos, ends) if self.running else []
        end = headers.end or (self.running.end if self.running else None)
        context = replace(self.context, end=end)
        anchors = Anchors(todos, ends, context, self.problems, standing)
        for phase in phases:
            anchors.name_phase(phase.title, phase.end)
        anchors.resolve()

    def _phase_made(self, phase: _Phase) -> DraftPhase:
        stone = None
        dated = phase.end.timings and not phase.raw.milestones
        if phase.raw.milestones or dated:
            line = phase.end.line.number if phase.end.line else 0
            due = phase.end.due if phase.end.explicit else None
            stone = DraftMilestone(phase.end.title or phase.title, due, line)
        todos = tuple(self._todo(made, phase) for made in phase.steps)
        return DraftPhase(phase.title, todos, stone, phase.raw.line.number if phase.raw.line else 0)

    def _todo(self, made: Made, phase: _Phase) -> DraftToDo:
        step, node = made.step, made.node
        people = step.said.people or phase.people
        helpers = [*people[1:], *step.said.helpers]
        if not people and not any("name" in f.key for f in step.said.faults):
            self._nobody(made)
        first = people[0].key if people else None
        appointment = step.tags.appointment or _appointment(step)
        kind = step.tags.kind or kind_of(step.title, self.context.languages)
        if appointment is not None and kind not in (ToDoKind.ATTEND, ToDoKind.CALL):
            kind = step.tags.kind or ToDoKind.ATTEND
        return DraftToDo(
            n=node.n,
            title=step.title,
            responsible=first,
            kind=kind,
            helpers=tuple(dict.fromkeys(p.key for p in helpers if p.key != first)),
            due=node.due,
            after=tuple(node.after),
            details=tuple(step.details),
            fixed=step.tags.fixed,
            internal=step.tags.internal,
            appointment=appointment,
            files=step.tags.files,
            line=step.raw.line.number,
        )

    def _nobody(self, made: Made) -> None:
        if self.running is not None and self.running.todo(made.node.n) is not None:
            return
        people = self.cast.people
        name = people[0].name.split()[0] if people and people[0].name.split() else "Carol"
        title = made.step.title
        self.problems.add(made.step.raw.line, "nobody_responsible", title=title, name=name)

    # The plan as a whole

    def _missing(self, title: str, phases: list[_Phase]) -> None:
        if self.refused or self.running is not None:
            return
        if not title:
            self.problems.add(None, "no_title")
        if not any(phase.steps for phase in phases):
            self.problems.add(None, "no_todos")
        elif not self.cast.people:
            self.problems.add(None, "no_people")
        for phase in phases:
            if phase.title and not phase.steps and not phase.raw.milestones:
                self.problems.add(phase.raw.line, "empty_phase", title=phase.title)

    def _code(self, headers: Headers, title: str) -> str:
        if self.running is not None:
            return self.running.code
        taken = self.world.codes_taken
        wished = headers.code.upper()
        if not wished:
            return derive_code(title, taken)
        if is_code(wished) and wished not in taken:
            return wished
        free = derive_code(wished if is_code(wished) else title, taken)
        line = headers.code_line.line if headers.code_line else None
        if is_code(wished):
            self.problems.add(line, "taken_code", code=wished, free=free)
        else:
            self.problems.add(line, "bad_code", code=headers.code, free=free)
        return free

    @staticmethod
    def _frame(headers: Headers, phases: list[_Phase]) -> PlanContext:
        texts = headers.texts
        notes = [
            f"#{made.node.n}: {note}"
            for phase in phases
            for made in phase.steps
            for note in made.step.notes
        ]
        return PlanContext(
            goal=texts.get("goal", ""),
            objectives=texts.get("objectives", ""),
            assumptions=texts.get("assumptions", ""),
            risks=texts.get("risks", ""),
            resources=texts.get("resources", ""),
            internal=(*headers.internal, *notes),
        )


def _number(steps: list[Made]) -> None:
    """Give the numbers that were typed, if they are all there and all different."""
    labels = [made.node.label for made in steps]
    given = None not in labels and len(set(labels)) == len(labels) and 0 not in labels
    for n, made in enumerate(steps, 1):
        label = made.node.label
        made.node.n = label if given and label is not None else n


def _number_anew(steps: list[Made], running: Plan) -> None:
    """Keep the numbers that the running plan has, also twice; what has none of them is new."""
    fresh = running.next_number
    for made in steps:
        label = made.node.label
        if label is not None and running.todo(label) is not None:
            made.node.n = label
        else:
            made.node.n, fresh = fresh, fresh + 1


def _standing(running: Plan, todos: list[Node], ends: list[Node]) -> list[Node]:
    """Return what the running plan has and the text does not repeat."""
    numbers = {node.n for node in todos}
    titles = {fold(node.title) for node in ends}
    found = [
        Node(todo.title, -1, n=todo.n, due=todo.due, after=list(todo.after))
        for todo in running.todos()
        if todo.n not in numbers and todo.state is not ToDoState.DROPPED
    ]
    stones = [phase.milestone for phase in running.phases if phase.milestone is not None]
    found += [Node(one.title, -1, due=one.due) for one in stones if fold(one.title) not in titles]
    return found


def _appointment(step: Step) -> Appointment | None:
    hours = next((timing.hours for timing in step.said.timings if timing.hours), None)
    return Appointment(hours.start, hours.end) if hours else None
