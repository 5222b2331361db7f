"""The letters that ask: open To Dos, lists of them, reminders, and whether a plan is fine."""

from mailflow.domain.agreement import REMINDED_AFTER
from mailflow.domain.notice import AgreementAsked, Reminder, ToDoListed, ToDosAsked
from mailflow.domain.outcome import OpenItem
from mailflow.domain.plan import ToDo
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import paragraphs, small_print, welcome
from mailflow.writing.letter_parts import (
    Block,
    Buttons,
    EntryWanted,
    LetterItem,
    Para,
    Rows,
    Sheet,
    Tone,
)
from mailflow.writing.letter_planned import plan_blocks, plan_items, title_line
from mailflow.writing.letter_rows import asked_row, entry, example, listed_row
from mailflow.writing.words import Said

_LAST_STEP = 3


def to_dos_asked(desk: Desk, notice: ToDosAsked) -> Sheet:
    """Ask for all To Dos of one plan that became somebody's turn."""
    plan = notice.plan
    todos = desk.todos(plan, notice.numbers)
    items = tuple(LetterItem(todo.n, plan.id, todo.n) for todo in todos)
    subject = _asked_subject(desk, todos)
    pairs = zip(todos, items, strict=True)
    rows = tuple(asked_row(desk, plan, todo, item, subject) for todo, item in pairs)
    entries = tuple(wanted for todo in todos for wanted in entry(desk, plan, todo))
    lead = desk.tell("to_dos_asked.lead", count=len(todos), title=plan.title)
    return Sheet(
        subject=subject,
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=desk.tell("to_dos_asked.headline", count=len(todos)),
        blocks=(
            Para(lead),
            *welcome(desk),
            Rows(rows),
            *_how(desk, todos, items),
            *_enclosed(desk, entries),
        ),
        small=small_print(desk),
        items=items,
        entries=entries,
        pages=(plan,),
    )


def to_do_listed(desk: Desk, notice: ToDoListed) -> Sheet:
    """List every open To Do of a person, over all plans."""
    seen = _seen(desk, notice.items)
    subject = (
        desk.say("to_do_listed.subject", count=len(seen))
        if seen
        else desk.say("to_do_listed.subject_none")
    )
    lead = desk.tell("to_do_listed.lead" if seen else "to_do_listed.none", count=len(seen))
    return Sheet(
        subject=subject,
        headline=desk.tell("to_do_listed.headline"),
        blocks=(Para(lead), *welcome(desk), *_listed(desk, seen, subject)),
        small=small_print(desk),
        items=_items(seen),
        answering=True,
    )


def reminder(desk: Desk, notice: Reminder) -> Sheet:
    """Remind a silent person of what is open, with the reason, in words of that step."""
    seen = _seen(desk, notice.items)
    due = tuple(item for item in seen if item.shown in notice.due) or seen[:1]
    subject = _reminder_subject(desk, due)
    step = min(max(notice.step, 0), _LAST_STEP)
    lead = paragraphs(
        _reason(desk, due),
        desk.tell(f"reminder.step{step}"),
        desk.tell("reminder.list", count=len(seen)),
    )
    return Sheet(
        subject=subject,
        headline=desk.tell("reminder.headline"),
        blocks=(*lead[:2], *welcome(desk), *lead[2:], *_listed(desk, seen, subject)),
        small=small_print(desk),
        items=_items(seen),
    )


def agreement_asked(desk: Desk, notice: AgreementAsked) -> Sheet:
    """Ask the client whether the plan is fine."""
    plan = notice.plan
    asked = "agreement_asked.subject_again" if notice.step else "agreement_asked.subject"
    subject = desk.say(asked, title=desk.short(plan.title))
    question = desk.button(
        desk.say("button.question"), desk.say("line.question_all"), about=subject
    )
    agree = desk.button(
        desk.say("button.agree"), desk.say("line.agree"), about=subject, primary=True
    )
    return Sheet(
        subject=subject,
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=desk.tell("agreement_asked.headline"),
        blocks=(
            Para(_agreement_lead(desk, notice)),
            *welcome(desk),
            *plan_blocks(desk, plan),
            Para(desk.tell("agreement_asked.ask")),
            Buttons((agree, question)),
            *paragraphs(desk.tell("agreement_asked.start")),
            Para(desk.tell("answer.page"), Tone.QUIET),
        ),
        small=small_print(desk),
        items=plan_items(desk, plan),
        pages=(plan,),
    )


def _agreement_lead(desk: Desk, notice: AgreementAsked) -> Said:
    """Say why the question comes, in other words each time."""
    title = notice.plan.title
    if notice.step and notice.asked_on is not None:
        key = f"agreement_asked.lead_{min(notice.step, len(REMINDED_AFTER))}"
        return desk.tell(key, title=title, day=notice.asked_on)
    return desk.tell("agreement_asked.lead", title=title)


def _asked_subject(desk: Desk, todos: tuple[ToDo, ...]) -> str:
    if not todos:
        return desk.say("to_do_listed.subject_none")
    title = desk.short(todos[0].title)
    if len(todos) == 1 and todos[0].day:
        return desk.say("to_dos_asked.subject_day", title=title, day=todos[0].day)
    return desk.say("to_dos_asked.subject", count=len(todos), title=title)


def _how(desk: Desk, todos: tuple[ToDo, ...], items: tuple[LetterItem, ...]) -> tuple[Para, ...]:
    if not todos:
        return ()
    return (Para(example(desk, todos, tuple(item.shown for item in items))),)


def _enclosed(desk: Desk, entries: tuple[EntryWanted, ...]) -> tuple[Block, ...]:
    """What goes along, in one breath: calendar entries and the page."""
    lines: list[Said] = []
    if entries:
        lines.append(desk.tell("answer.calendar_one" if len(entries) == 1 else "answer.calendar"))
    lines.append(desk.tell("answer.page"))
    return tuple(Para(line, Tone.QUIET) for line in lines)


def _seen(desk: Desk, items: tuple[OpenItem, ...]) -> tuple[OpenItem, ...]:
    return tuple(item for item in items if desk.todo(item.plan, item.n))


def _items(seen: tuple[OpenItem, ...]) -> tuple[LetterItem, ...]:
    return tuple(LetterItem(item.shown, item.plan.id, item.n) for item in seen)


def _listed(desk: Desk, seen: tuple[OpenItem, ...], subject: str) -> tuple[Block, ...]:
    if not seen:
        return ()
    rows = tuple(listed_row(desk, item.plan, item.todo, item.shown, subject) for item in seen)
    todos = tuple(item.todo for item in seen)
    return (Rows(rows), Para(example(desk, todos, tuple(item.shown for item in seen))))


def _standing(desk: Desk, item: OpenItem) -> str:
    """How a To Do stands to its day, as the name of a sentence."""
    due = item.todo.due
    if item.todo.promised:
        return "promised"
    if due is None:
        return "open"
    if due == desk.today:
        return "today"
    return "past" if due < desk.today else "ahead"


def _reason(desk: Desk, due: tuple[OpenItem, ...]) -> Said:
    if not due:
        return desk.tell("to_do_listed.none")
    todo = due[0].todo
    lead = desk.tell(
        f"reminder.{_standing(desk, due[0])}", title=todo.title, day=todo.day or desk.today
    )
    if len(due) == 1:
        return lead
    return desk.tell("reminder.more", lead=lead, count=len(due) - 1)


def _reminder_subject(desk: Desk, due: tuple[OpenItem, ...]) -> str:
    if not due:
        return desk.say("to_do_listed.subject_none")
    todo = due[0].todo
    first = desk.say(
        f"reminder.subject_{_standing(desk, due[0])}",
        title=desk.short(todo.title),
        day=todo.day or desk.today,
    )
    if len(due) == 1:
        return first
    return desk.say("reminder.subject_more", subject=first, count=len(due) - 1)
