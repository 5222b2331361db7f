"""A whole plan inside a letter: what it is for, its phases, who does what by when."""

from mailflow.domain.plan import Phase, Plan, ToDo, ToDoKind
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_parts import (
    Block,
    Heading,
    LetterItem,
    Note,
    Para,
    Row,
    Rows,
    Tight,
    Tone,
)
from mailflow.writing.letter_rows import meeting_words
from mailflow.writing.words import Said

_CONTEXT = ("goal", "objectives", "assumptions", "risks", "resources")


def title_line(desk: Desk, plan: Plan) -> Said:
    """Return plan and client in one line, as it stands above a headline."""
    if not plan.client_name.strip():
        return desk.words.fact(plan.title)
    return desk.tell("plan.above", title=plan.title, name=plan.client_name)


def plan_blocks(desk: Desk, plan: Plan) -> tuple[Block, ...]:
    """Return the plan as the reader may see it."""
    frame = _context(desk, plan)
    blocks: list[Block] = [Tight(tuple(frame))] if frame else []
    for phase in plan.phases:
        todos = tuple(todo for todo in phase.todos if desk.todo(plan, todo.n))
        if not todos and phase.milestone is None:
            continue
        blocks.append(_phase_heading(desk, phase))
        if todos:
            blocks.append(Rows(tuple(_planned_row(desk, plan, todo) for todo in todos)))
        blocks.extend(_milestone(desk, phase))
    return tuple(blocks)


def plan_items(desk: Desk, plan: Plan) -> tuple[LetterItem, ...]:
    """Return the numbers that `plan_blocks` shows."""
    return tuple(
        LetterItem(todo.n, plan.id, todo.n) for todo in plan.todos() if desk.todo(plan, todo.n)
    )


def _context(desk: Desk, plan: Plan) -> list[Said]:
    frame = plan.context
    texts = ((name, str(getattr(frame, name))) for name in _CONTEXT)
    said = [desk.tell(f"plan.{name}", text=text) for name, text in texts if text.strip()]
    if desk.sees(plan):
        said += [desk.tell("plan.internal", text=text) for text in frame.internal]
    return [*said, *_span(desk, plan)]


def _span(desk: Desk, plan: Plan) -> list[Said]:
    if plan.start and plan.end:
        return [desk.tell("plan.span", start=plan.start, end=plan.end)]
    if plan.start:
        return [desk.tell("plan.from", start=plan.start)]
    return [desk.tell("plan.until", end=plan.end)] if plan.end else []


def _phase_heading(desk: Desk, phase: Phase) -> Heading:
    if phase.title.strip():
        return Heading(desk.words.fact(phase.title))
    return Heading(desk.tell("plan.phase", number=phase.number))


def _planned_row(desk: Desk, plan: Plan, todo: ToDo) -> Row:
    notes = [Note(_who_and_when(desk, todo), Tone.DAY), *_helpers(desk, todo)]
    if todo.kind is not ToDoKind.DO and desk.sees(plan):
        notes.append(Note(desk.words.fact(todo.kind), Tone.QUIET))
    notes += [Note(desk.words.fact(line), Tone.QUIET) for line in todo.details if line.strip()]
    if todo.after:
        numbers = tuple(str(n) for n in todo.after if desk.todo(plan, n))
        notes += [Note(desk.tell("row.after", numbers=numbers), Tone.QUIET)] if numbers else []
    if todo.internal:
        notes.append(Note(desk.tell("row.internal"), Tone.WARN))
    return Row(title=desk.words.fact(todo.title), number=todo.n, notes=tuple(notes))


def _helpers(desk: Desk, todo: ToDo) -> tuple[Note, ...]:
    people = desk.office.people
    names = tuple(people[one].display for one in todo.helpers if one in people)
    return (Note(desk.tell("row.with", names=names), Tone.QUIET),) if names else ()


def _who_and_when(desk: Desk, todo: ToDo) -> Said:
    name = desk.office.people[todo.responsible].display
    if todo.day is None:
        return desk.words.fact(name)
    if todo.appointment:
        when = meeting_words(desk, todo.appointment, todo.day)
        return desk.tell("row.who_when", name=name, when=when)
    return desk.tell("row.who_by", name=name, day=todo.day)


def _milestone(desk: Desk, phase: Phase) -> tuple[Para, ...]:
    stone = phase.milestone
    if stone is None:
        return ()
    if stone.due is None:
        return (Para(desk.tell("plan.milestone", title=stone.title), Tone.GOOD),)
    said = desk.tell("plan.milestone_due", title=stone.title, day=stone.due)
    return (Para(said, Tone.GOOD),)
