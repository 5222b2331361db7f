"""An answer typed between the lines of our list: each piece belongs to what stands above it."""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.domain.intent import Intent
from mailflow.reading.understanding.answer import Setting, read_list, read_single, take_apart
from mailflow.reading.understanding.decided.reader import Judged, proposed
from mailflow.reading.understanding.lists.digest import assign
from mailflow.reading.understanding.said.table import Says, within
from mailflow.reading.understanding.said.typed import Typed, said_by
from mailflow.reading.understanding.text.layout import only_answer

_OUTRIGHT = frozenset({"number", "place", "title"})
_SMALL_TALK = frozenset({Intent.ACKNOWLEDGE, Intent.NONE})
_HARDLY_SAID = 0.5
"""Below it nothing was said but words: no reading of an item they do not stand under."""
_OF_THE_WHOLE = frozenset({Intent.STOP, Intent.QUESTION, Intent.AUTO})


def read_inline(segments: Sequence[tuple[int | None, str]], setting: Setting) -> list[Judged]:
    """Return the readings of an answer whose pieces stand under items of the list.

    A piece that names another item than the one above it is only proposed; so is whatever the
    rest of the mail says about items that got no piece of their own.

    Args:
        segments: each piece with the number of its item; None: it stands under none.
        setting: all items of the list, and the files that came along.
    """
    files = setting.sorted_files()
    placed = {name for names in files.values() for name in names}
    free = tuple(name for name in setting.files if name not in placed)
    judged: list[Judged] = []
    for n, task in setting.numbered.items():
        text = _joined(segments, n)
        if not text:
            continue
        typed = take_apart(text, setting)
        own = tuple(files.get(n, ())) or (free if _attaches(typed) else ())
        read = read_single(text, replace(setting, tasks=(task,), files=own))
        others = _others_named(typed, setting) - {n}
        if others:
            read = [proposed(one, m) for m in (n, *sorted(others)) for one in read]
        judged += read
    answered = {one.reading.n for one in judged}
    return judged + _of_the_rest(_joined(segments, None), setting, answered)


def _joined(segments: Sequence[tuple[int | None, str]], n: int | None) -> str:
    return only_answer("\n".join(text for number, text in segments if number == n))


def _attaches(typed: Typed) -> bool:
    return any(within(one.row.says, Says.ATTACHES | Says.HERE) for one in said_by(typed.clauses))


def _others_named(typed: Typed, setting: Setting) -> set[int]:
    """Return the items a piece names outright; "all of them" may mean all that was asked here."""
    spoken = assign(typed, setting.titles, setting.tasks)
    return {n for one in spoken if one.how in _OUTRIGHT for n in one.items}


def _of_the_rest(text: str, setting: Setting, answered: set[int | None]) -> list[Judged]:
    """Return what the lines under no item say of the others; it is never acted upon alone."""
    judged: list[Judged] = []
    for one in read_list(text, replace(setting, files=())) if text else ():
        n, intent = one.reading.n, one.reading.intent
        if n is None and intent in _OF_THE_WHOLE:
            judged.append(one)
        elif one.reading.confidence < _HARDLY_SAID:
            continue
        elif n is None and intent not in _SMALL_TALK:
            others = [task.n for task in setting.tasks if task.n not in answered]
            judged += [proposed(one, other) for other in others]
        elif n is not None and n not in answered:
            judged.append(proposed(one))
    return judged
