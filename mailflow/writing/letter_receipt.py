"""The receipt: what was understood of an answer, how to correct it, and what opened through it."""

from dataclasses import dataclass

from mailflow.domain.notice import Receipt
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.domain.plan import Plan, ToDo
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import small_print, welcome
from mailflow.writing.letter_parts import (
    Block,
    EntryWanted,
    LetterItem,
    Note,
    Para,
    Quote,
    Row,
    Rows,
    Sheet,
    Single,
    Tone,
)
from mailflow.writing.letter_rows import asked_row, entry, example, no_entry
from mailflow.writing.words import Said

_QUOTED = 300  # characters of passed-on words that are repeated

_ENDED = frozenset({ItemResult.DONE, ItemResult.DELIVERED, ItemResult.REASSIGNED})
"""Results that take the To Do out of the calendar of whoever answered."""

_DATED = frozenset({ItemResult.PROMISED, ItemResult.REOPENED})
"""Results that put it there, or move it."""

_TONES = {
    ItemResult.DONE: Tone.GOOD,
    ItemResult.DELIVERED: Tone.GOOD,
    ItemResult.PROMISED: Tone.DAY,
    ItemResult.DATE_REQUESTED: Tone.DAY,
}

_WITH_DAY = {
    ItemResult.PROMISED: "promised",
    ItemResult.DATE_REQUESTED: "date_requested",
    ItemResult.CONFIRMED: "confirmed_by",
}
_WITHOUT_DAY = {
    ItemResult.PROMISED: "promised_open",
    ItemResult.DATE_REQUESTED: "date_requested_open",
    ItemResult.CONFIRMED: "confirmed",
}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One To Do the answer spoke of, with everything that became of it."""

    plan: Plan
    todo: ToDo
    outcomes: tuple[ItemOutcome, ...]


def receipt(desk: Desk, notice: Receipt) -> Sheet:
    """Say precisely what was understood, and what is next."""
    spoken = _spoken(desk, notice.outcomes)
    opened = [(p, todo) for p, numbers in notice.opened for todo in desk.todos(p, numbers)]
    items = _numbered(spoken, opened)
    subject = _subject(desk, spoken, notice)
    return Sheet(
        subject=subject,
        tag=_tag(spoken, opened),
        headline=desk.tell("receipt.headline"),
        blocks=(
            *_noted(desk, spoken, items),
            *_correct(desk, spoken),
            *_passed_on(desk, notice, alone=not spoken),
            *_reached(desk, notice),
            *_opened(desk, opened, items[len(spoken) :], subject),
            *welcome(desk),
        ),
        regards=False,
        small=small_print(desk) if opened else (),
        items=items,
        entries=(*_moved(desk, spoken), *(e for p, todo in opened for e in entry(desk, p, todo))),
        answering=True,
    )


def outcome_words(desk: Desk, outcome: ItemOutcome) -> Said:
    """Return what became of a To Do, in words that say exactly that."""
    result = outcome.result
    todo = outcome.todo
    key = result.value.replace(" ", "_")
    day = outcome.until or (todo.day if todo and result is ItemResult.CONFIRMED else None)
    key = (_WITH_DAY if day else _WITHOUT_DAY).get(result, key)
    name = desk.name(todo.responsible) if todo else ""
    return desk.tell(f"receipt.{key}", name=name, day=day or desk.today)


def _spoken(desk: Desk, outcomes: tuple[ItemOutcome, ...]) -> list[_Spoken]:
    """The To Dos of an answer in its order, those the reader may not see left out."""
    found: dict[tuple[int, int], _Spoken] = {}
    for outcome in outcomes:
        todo = desk.todo(outcome.plan, outcome.n)
        if todo is None:
            continue
        key = (outcome.plan.id, todo.n)
        before = found[key].outcomes if key in found else ()
        found[key] = _Spoken(outcome.plan, todo, (*before, outcome))
    return list(found.values())


def _numbered(spoken: list[_Spoken], opened: list[tuple[Plan, ToDo]]) -> tuple[LetterItem, ...]:
    """The plan's own numbers in a letter about one plan, else 1…n."""
    shown = [(s.plan, s.todo) for s in spoken] + opened
    if len({plan.id for plan, _ in shown}) <= 1:
        return tuple(LetterItem(todo.n, plan.id, todo.n) for plan, todo in shown)
    return tuple(LetterItem(i, plan.id, todo.n) for i, (plan, todo) in enumerate(shown, 1))


def _tag(spoken: list[_Spoken], opened: list[tuple[Plan, ToDo]]) -> str:
    codes = {s.plan.code for s in spoken} | {plan.code for plan, _ in opened}
    return codes.pop() if len(codes) == 1 else ""


def _subject(desk: Desk, spoken: list[_Spoken], notice: Receipt) -> str:
    if len(spoken) == 1:
        return desk.say("receipt.subject_one", title=desk.short(spoken[0].todo.title))
    if not spoken and (notice.passed_on or notice.outcomes):
        return desk.say("receipt.subject_passed")
    if not spoken:
        return desk.say("receipt.subject_nothing")
    title = desk.short(spoken[0].todo.title)
    return desk.say("receipt.subject", title=title, count=len(spoken) - 1)


def _noted(desk: Desk, spoken: list[_Spoken], items: tuple[LetterItem, ...]) -> tuple[Block, ...]:
    if not spoken:
        return ()
    lead = desk.tell("receipt.several")
    rows = tuple(_row(desk, s, item) for s, item in zip(spoken, items, strict=False))
    if len(rows) == 1 and len(rows[0].notes) == 1:
        said = desk.tell(
            "receipt.one",
            title=spoken[0].todo.title,
            number=rows[0].ref or str(rows[0].number),
            result=rows[0].notes[0].said,
        )
        return (Single(said, lead, rows[0]),)
    return (Para(lead), Rows(rows))


def _row(desk: Desk, spoken: _Spoken, item: LetterItem) -> Row:
    notes: list[Note] = []
    for outcome in spoken.outcomes:
        tone = _TONES.get(outcome.result, Tone.PLAIN)
        notes += [Note(outcome_words(desk, outcome), tone), *_documents(desk, outcome)]
    return Row(
        title=desk.words.fact(spoken.todo.title),
        number=item.shown,
        ref="" if item.shown == spoken.todo.n else spoken.plan.ref(spoken.todo.n),
        notes=tuple(notes),
    )


def _documents(desk: Desk, outcome: ItemOutcome) -> tuple[Note, ...]:
    names = tuple(document.name for document in outcome.documents)
    locked = tuple(document.name for document in outcome.documents if document.locked)
    notes = (Note(desk.tell("receipt.documents", names=names), Tone.QUIET),) if names else ()
    return (*notes, Note(desk.tell("receipt.locked", names=locked), Tone.WARN)) if locked else notes


def _passed_on(desk: Desk, notice: Receipt, *, alone: bool) -> tuple[Block, ...]:
    whole = tuple(
        Para(desk.tell("receipt.whole", result=outcome_words(desk, outcome)))
        for outcome in notice.outcomes
        if outcome.n is None
    )
    words = notice.passed_on.strip()
    if not words:
        return whole or (() if not alone else (Para(desk.tell("receipt.nothing")),))
    key = "receipt.passed" if alone else "receipt.passed_too"
    shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
    return (*whole, Para(desk.tell(key)), Quote(shown))


def _correct(desk: Desk, spoken: list[_Spoken]) -> tuple[Para, ...]:
    return (Para(desk.tell("receipt.correct")),) if spoken else ()


def _reached(desk: Desk, notice: Receipt) -> tuple[Para, ...]:
    return tuple(
        Para(desk.tell("receipt.reached", milestone=title), Tone.GOOD) for title in notice.reached
    )


def _opened(
    desk: Desk, opened: list[tuple[Plan, ToDo]], items: tuple[LetterItem, ...], subject: str
) -> tuple[Block, ...]:
    if not opened:
        return ()
    rows = tuple(
        asked_row(desk, plan, todo, item, subject)
        for (plan, todo), item in zip(opened, items, strict=True)
    )
    todos = tuple(todo for _, todo in opened)
    how = example(desk, todos, tuple(item.shown for item in items))
    return (Para(desk.tell("receipt.opened", count=len(rows))), Rows(rows), Para(how))


def _moved(desk: Desk, spoken: list[_Spoken]) -> tuple[EntryWanted, ...]:
    wanted: list[EntryWanted] = []
    for s in spoken:
        result = s.outcomes[0].result
        if result in _ENDED:
            wanted += no_entry(desk, s.plan, s.todo)
        elif result in _DATED:
            wanted += entry(desk, s.plan, s.todo)
    return tuple(wanted)
