"""The change notice: what the provider moved, dropped or corrected for somebody who was told."""

from mailflow.domain.notice import Change, ChangeNotice
from mailflow.domain.plan import ACTIVE, Plan, ToDo
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import small_print, welcome
from mailflow.writing.letter_parts import (
    Block,
    EntryWanted,
    LetterItem,
    Note,
    Para,
    Row,
    Rows,
    Sheet,
    Tone,
)
from mailflow.writing.letter_planned import title_line
from mailflow.writing.letter_rows import answers, day_notes, entry, further_notes, no_entry
from mailflow.writing.words import Said

_OPENING = frozenset({Change.MOVED, Change.REOPENED, Change.REWORDED, Change.REJECTED})
"""Changes after which it is the reader's turn, with an entry where there is a day."""

_ENDING = frozenset(
    {
        Change.DROPPED,
        Change.REASSIGNED_AWAY,
        Change.WAITING_AGAIN,
        Change.TICKED,
        Change.ACCEPTED,
    }
)
"""Changes that take the entry away."""

_CLOSING_PLAN = frozenset({Change.PLAN_CANCELLED, Change.PLAN_FINISHED})

_WHOLE = _CLOSING_PLAN | {Change.PLAN_PAUSED, Change.PLAN_RESUMED}
"""Changes of the plan, whatever number they carry."""

_TONES = {
    Change.ACCEPTED: Tone.GOOD,
    Change.TICKED: Tone.GOOD,
    Change.MOVED: Tone.DAY,
    Change.REJECTED: Tone.WARN,
}

_Changed = tuple[ToDo, Change, str]


def change_notice(desk: Desk, notice: ChangeNotice) -> Sheet:
    """Tell somebody what is different from what she was told before."""
    plan = notice.plan
    changed = [
        (todo, change, words)
        for n, change, words in notice.changes
        if change not in _WHOLE and (todo := desk.todo(plan, n)) is not None
    ]
    whole = [(change, words) for _, change, words in notice.changes if change in _WHOLE]
    subject = _subject(desk, plan, whole, changed)
    return Sheet(
        subject=subject,
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=_headline(desk, whole, changed),
        blocks=(
            *(Para(_whole(desk, plan, change, words)) for change, words in whole),
            *_changes(desk, changed, subject),
            Para(desk.tell("change.ask")),
            *welcome(desk),
        ),
        small=small_print(desk),
        items=_items(plan, changed),
        entries=_entries(desk, plan, whole, changed),
    )


def _key(change: Change) -> str:
    return change.value.replace(" ", "_")


def _subject(
    desk: Desk, plan: Plan, whole: list[tuple[Change, str]], changed: list[_Changed]
) -> str:
    if whole:
        key = f"change.subject_{_key(whole[0][0])}"
        return desk.say(key, title=desk.short(plan.title))
    if len(changed) == 1:
        todo, change, _ = changed[0]
        return desk.say(
            "change.subject_one",
            title=desk.short(todo.title),
            change=desk.tell(f"change.word_{_key(change)}"),
        )
    return desk.say("change.subject", count=len(changed), title=desk.short(plan.title))


def _headline(desk: Desk, whole: list[tuple[Change, str]], changed: list[_Changed]) -> Said:
    if whole:
        return desk.tell(f"change.headline_{_key(whole[0][0])}")
    return desk.tell("change.headline", count=len(changed))


def _whole(desk: Desk, plan: Plan, change: Change, words: str) -> Said:
    said = desk.tell(f"change.{_key(change)}", title=plan.title, day=_pause(desk, plan))
    return desk.tell("change.reason", said=said, words=words) if words.strip() else said


def _pause(desk: Desk, plan: Plan) -> Said:
    if plan.paused_until is None:
        return desk.tell("change.until_word")
    return desk.tell("change.until_day", day=plan.paused_until)


def _changes(desk: Desk, changed: list[_Changed], subject: str) -> tuple[Block, ...]:
    if not changed:
        return ()
    rows = tuple(_row(desk, change, subject) for change in changed)
    return (Para(desk.tell("change.lead", count=len(rows))), Rows(rows))


def _row(desk: Desk, changed: _Changed, subject: str) -> Row:
    todo, change, words = changed
    key = "moved_open" if change is Change.MOVED and todo.day is None else _key(change)
    name = desk.name(todo.responsible)
    said = desk.tell(f"change.{key}", name=name, day=todo.day or desk.today)
    notes = [Note(said, _TONES.get(change, Tone.PLAIN))]
    if words.strip():
        notes.append(Note(desk.tell("change.words", words=words)))
    if change in _OPENING - {Change.MOVED}:
        notes += day_notes(desk, todo)
    if change is Change.REWORDED:
        notes += further_notes(desk, todo)
    turn = change in _OPENING and todo.responsible == desk.reader.id
    return Row(
        title=desk.words.fact(todo.title),
        number=todo.n,
        notes=tuple(notes),
        buttons=answers(desk, todo, todo.n, subject) if turn else (),
    )


def _items(plan: Plan, changed: list[_Changed]) -> tuple[LetterItem, ...]:
    numbers = dict.fromkeys(todo.n for todo, _, _ in changed)
    return tuple(LetterItem(n, plan.id, n) for n in numbers)


def _entries(
    desk: Desk, plan: Plan, whole: list[tuple[Change, str]], changed: list[_Changed]
) -> tuple[EntryWanted, ...]:
    wanted: list[EntryWanted] = []
    if any(change in _CLOSING_PLAN for change, _ in whole):
        left = (t for t in plan.todos() if t.responsible == desk.reader.id and t.state in ACTIVE)
        wanted += (gone for t in left if desk.todo(plan, t.n) for gone in no_entry(desk, plan, t))
    for todo, change, _ in changed:
        if change in _ENDING:
            wanted += no_entry(desk, plan, todo)
        elif change in _OPENING:
            wanted += entry(desk, plan, todo) or _undated(desk, plan, todo)
    return tuple({one.n: one for one in wanted}.values())


def _undated(desk: Desk, plan: Plan, todo: ToDo) -> tuple[EntryWanted, ...]:
    """A date that was taken away takes its entry along."""
    return no_entry(desk, plan, todo) if todo.responsible == desk.reader.id else ()
