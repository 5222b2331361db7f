"""Clauses of an answer to a list, cut where they turn from one To Do to another."""

from collections.abc import Sequence

from mailflow.reading.understanding.lists.items import Mention
from mailflow.reading.understanding.said.clauses import Clause, fill
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import Style

QUIET = frozenset({"neutral", "thanks", "past_time", "fyi", "other", "doubt"})
"""Phrases that say nothing of the state of a To Do."""
_IDLE = frozenset({"shared", "only"})
"""What turns to no other To Do."""
_SIGNS = frozenset(",;")


def inside_of(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """Return what is pointed at within a clause."""
    return [m for m in mentions if clause.low <= m.start < clause.high]


def cut(clause: Clause, mentions: Sequence[Mention], typed: Typed) -> list[Clause]:
    """Cut a clause where it turns to another To Do after having said something of one."""
    inside = inside_of(clause, mentions)
    if len(inside) < 2:
        return [clause]
    places: list[int] = []
    low, current, end = clause.low, None, clause.low
    excepting = False
    for mention in inside:
        excepting = excepting or mention.how == "except"
        if excepting or mention.how in _IDLE or (mention.how == "all" and current is not None):
            continue
        told = current is not None and mention.items != current
        if told and _is_listed(clause, end, mention, typed):
            told = False
        if told and _told(clause, (low, mention.start), mentions, typed):
            low = _turn(clause, (low, end), mention, typed, mentions)
            places.append(low)
        end = mention.end
        current = mention.items
    return _pieces(clause, places, typed) if places else [clause]


def _pieces(clause: Clause, places: Sequence[int], typed: Typed) -> list[Clause]:
    pieces = []
    for start, end in zip([clause.low, *places], [*places, clause.high], strict=True):
        piece = Clause(start, end, clause.sentence)
        fill(piece, clause.found, clause.dates, typed.tokens, typed.book)
        pieces.append(piece)
    pieces[-1].marks |= clause.marks & Mark.QUESTION_SIGN
    return pieces


def _turn(
    clause: Clause,
    span: tuple[int, int],
    mention: Mention,
    typed: Typed,
    mentions: Sequence[Mention],
) -> int:
    """Return where the words about the next To Do begin.

    That is at an "and" or comma before it, if the first is told of by then ("signed the lease |
    and paid the rent"), else before its article.
    """
    low, end = span
    words, held = typed.tokens.words, _held(clause, mention)
    joints = typed.book.words["splits.weak"]
    for at in range(mention.start - 1, end - 1, -1):
        free = not held >> at & 1
        if free and (words[at] in joints or words[at] in _SIGNS):
            if _told(clause, (low, at), mentions, typed):
                return at + (words[at] in _SIGNS)
            break
    at = mention.start
    small = typed.book.words["articles"] | joints
    while at - 1 > end and words[at - 1] in small and not held >> (at - 1) & 1:
        at -= 1
    return at


def _held(clause: Clause, mention: Mention) -> int:
    """Return the words within phrases that reach over the place before a mention."""
    held = 0
    for one in clause.found:
        if one.start < mention.start:
            held |= (1 << one.end) - (1 << one.start)
    return held


def _is_listed(clause: Clause, end: int, mention: Mention, typed: Typed) -> bool:
    """Return whether a To Do is named as one more ("the rent and the electricity"), and no more."""
    tokens, book = typed.tokens, typed.book
    between = tokens.words[end : mention.start]
    glued = typed.text[tokens.starts[mention.start]] == "و" and book.style is Style.CLITIC
    joined = glued or not book.words["splits.weak"].isdisjoint(between)
    small = book.words["splits.weak"] | book.words["articles"]
    if not joined or not all(word in small for word in between):
        return False
    behind = tokens.starts[mention.end] if mention.end < len(tokens) else len(typed.text)
    said = any(found.end > mention.end for found in clause.found if found.name not in QUIET)
    return not said and not any(day.span[0] >= behind for day in clause.dates)


def _told(clause: Clause, span: tuple[int, int], mentions: Sequence[Mention], typed: Typed) -> bool:
    """Return whether something was said of a To Do between two places; "the first" says nothing."""
    low, high = span
    places = {at for m in mentions if m.how == "place" for at in range(m.start, m.end)}
    said = any(
        low <= found.start
        and found.end <= high
        and found.name not in QUIET
        and places.isdisjoint(range(found.start, found.end))
        for found in clause.found
    )
    starts = typed.tokens.starts
    return said or any(starts[low] < day.span[0] < starts[high] for day in clause.dates)
