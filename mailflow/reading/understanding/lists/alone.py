"""What is said of one To Do only, and so the contrary of the others ("only the second is done")."""

from collections.abc import Sequence

from mailflow.reading.understanding.lists.items import Mention
from mailflow.reading.understanding.lists.spoken import POINTED, Spoken
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import OPEN, Says, row_for
from mailflow.reading.understanding.said.typed import Said
from mailflow.reading.understanding.text.marks import NONE, Mark, mark_named

_PARTS = frozenset({"partly", "near"})
_COUNTED = frozenset({"number", "place"})
_NEAR = 1


def without_only(inside: Sequence[Mention]) -> tuple[list[Mention], Mention | None]:
    """Return the mentions without an "only", and the one whose items are meant alone.

    "Only" stands beside a title; a place or a number it may stand anywhere before or behind.
    """
    kept = [one for one in inside if one.how != "only"]
    word = next((one for one in inside if one.how == "only"), None)
    if word is None or len(kept) != 1 or kept[0].how not in POINTED:
        return kept, None
    named = kept[0]
    beside = -_NEAR <= named.start - word.end <= _NEAR or word.start == named.end
    if not beside and named.how not in _COUNTED:
        return kept, None
    low, high = min(word.start, named.start), max(word.end, named.end)
    return kept, Mention(named.items, low, high, "only")


def others_of(alone: Mention, clause: Clause, numbers: Sequence[int]) -> Spoken | None:
    """Return what is said of the other To Dos, after taking the "only" for no part of the one."""
    span = (1 << alone.end) - (1 << alone.start)
    clause.found = [one for one in clause.found if one.name not in _PARTS or one.mask & ~span]
    marks = NONE
    for one in clause.found:
        marks |= mark_named(one.name)
    lost = (Mark.PARTLY | Mark.NEAR) & ~marks
    if clause.marks & Mark.DATE:
        return None
    says = row_for(clause.marks & ~lost).says
    contrary = Mark.DONE if says & OPEN else NONE
    if says in {Says.DONE, Says.PARTLY}:
        contrary = Mark.UNDONE
    others = tuple(n for n in numbers if n not in alone.items)
    if not contrary or not others:
        return None
    clause.marks &= ~lost
    clause.pointing |= span
    other = Clause(clause.low, clause.high, clause.sentence, marks=contrary, found=clause.found)
    guessed = others if contrary == Mark.DONE else ()
    return Spoken(Said(other, row_for(contrary)), others, "only", guessed)
