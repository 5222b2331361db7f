"""To Dos as rows of a letter: title, day, what belongs to it, and prepared answers."""

from datetime import date

from mailflow.domain.ids import PersonId
from mailflow.domain.people import CalendarChoice
from mailflow.domain.plan import Appointment, Plan, Promise, ToDo, ToDoKind
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_parts import Button, EntryWanted, LetterItem, Note, Row, Tone
from mailflow.writing.words import Said

_FIRST = {
    ToDoKind.SEND: "send",
    ToDoKind.APPROVE: "approve",
    ToDoKind.ATTEND: "attend",
}
"""Kinds whose first button is not plainly "done"; `answer` has none, it needs words."""


def asked_row(desk: Desk, plan: Plan, todo: ToDo, item: LetterItem, about: str) -> Row:
    """Return a To Do as somebody is asked for it.

    Args:
        desk: the reader's.
        plan: the To Do's plan.
        todo: what is asked.
        item: the number the letter shows; the reference stands beside it where it differs.
        about: subject of the letter, for the buttons.
    """
    return Row(
        title=desk.words.fact(todo.title),
        number=item.shown,
        ref="" if item.shown == todo.n else plan.ref(todo.n),
        notes=(*day_notes(desk, todo), *further_notes(desk, todo)),
        buttons=answers(desk, todo, item.shown, about),
    )


def listed_row(desk: Desk, plan: Plan, todo: ToDo, shown: int, about: str) -> Row:
    """Return a To Do in a list over several plans, always with its reference."""
    return Row(
        title=desk.words.fact(todo.title),
        number=shown,
        ref=plan.ref(todo.n),
        notes=(*day_notes(desk, todo), *_together(desk, todo)),
        buttons=answers(desk, todo, shown, about),
    )


def day_notes(desk: Desk, todo: ToDo) -> tuple[Note, ...]:
    """Return the line that says when, or none where no day is known."""
    match todo:
        case ToDo(kind=ToDoKind.ATTEND, appointment=Appointment() as meeting, day=date() as day):
            return (Note(meeting_words(desk, meeting, day), Tone.DAY),)
        case ToDo(promised=Promise(until=until), due=due):
            key = "row.promised" if due in {None, until} else "row.promised_due"
            return (Note(desk.tell(key, day=until, due=due or until), Tone.DAY),)
        case ToDo(due=date() as due) if due < desk.today:
            return (Note(desk.tell("row.was_due", day=due), Tone.WARN),)
        case ToDo(due=date() as due):
            ahead = "row.by_fixed" if todo.fixed else "row.by"
            key = "row.today" if due == desk.today else ahead
            return (Note(desk.tell(key, day=due), Tone.DAY),)
        case _:
            return ()


def further_notes(desk: Desk, todo: ToDo) -> tuple[Note, ...]:
    """Return who helps, what is enclosed, and the lines for whoever does it."""
    notes = _together(desk, todo)
    if todo.files:
        notes += (Note(desk.tell("row.files", names=todo.files)),)
    return notes + tuple(Note(desk.words.fact(line)) for line in todo.details if line.strip())


def answers(desk: Desk, todo: ToDo, shown: int, about: str) -> tuple[Button, ...]:
    """Return the prepared answers to a To Do that is somebody's turn."""
    if not todo.active:
        return ()
    made: list[Button] = []
    if todo.kind is not ToDoKind.ANSWER:
        word = _FIRST.get(todo.kind, "done")
        line = desk.say(f"line.{word}", n=shown)
        made.append(desk.button(desk.say(f"button.{word}"), line, about=about, primary=True))
    if _movable(todo):
        line = desk.say("line.date", n=shown)
        made.append(desk.button(desk.say("button.date"), line, about=about))
    line = desk.say("line.question", n=shown)
    made.append(desk.button(desk.say("button.question"), line, about=about))
    return tuple(made)


def example(desk: Desk, todos: tuple[ToDo, ...], shown: tuple[int, ...]) -> Said:
    """Return a line such as `1 done, 2 Friday`, made of the letter's own numbers."""
    lines = [
        desk.say(f"line.{_FIRST.get(todo.kind, 'done')}", n=n)
        for todo, n in zip(todos[:1], shown[:1], strict=True)
    ]
    if len(shown) == 1:
        key = "answer.how_one" if _movable(todos[0]) else "answer.how_fixed"
        return desk.tell(key, example=lines[0])
    others = [n for todo, n in zip(todos[1:], shown[1:], strict=True) if _movable(todo)]
    both = desk.say("answer.example_two", first=lines[0], second=(others or shown[1:])[0])
    return desk.tell("answer.how", example=both)


def entry(desk: Desk, plan: Plan, todo: ToDo) -> tuple[EntryWanted, ...]:
    """Return the calendar entry of a To Do for the reader, if she likes to have one."""
    if todo.day is None or not _has_entries(desk, todo.responsible):
        return ()
    return (EntryWanted(plan, todo.n),)


def no_entry(desk: Desk, plan: Plan, todo: ToDo) -> tuple[EntryWanted, ...]:
    """Return that the reader's calendar entry of a To Do goes away."""
    if desk.reader.calendar is CalendarChoice.NONE:
        return ()
    return (EntryWanted(plan, todo.n, cancel=True),)


def _movable(todo: ToDo) -> bool:
    """Whether whoever does it may name another day."""
    return not todo.fixed and todo.kind is not ToDoKind.ATTEND


def _has_entries(desk: Desk, responsible: PersonId) -> bool:
    return responsible == desk.reader.id and desk.reader.calendar is not CalendarChoice.NONE


def meeting_words(desk: Desk, meeting: Appointment, day: date) -> Said:
    """Return when and where somebody is expected."""
    key = "row.meet_place" if meeting.place else "row.meet"
    return desk.tell(key, day=day, start=meeting.start, end=meeting.end, place=meeting.place)


def _together(desk: Desk, todo: ToDo) -> tuple[Note, ...]:
    names = tuple(
        desk.office.people[p].display
        for p in todo.helpers
        if p in desk.office.people and p != desk.reader.id
    )
    return (Note(desk.tell("row.with", names=names)),) if names else ()
