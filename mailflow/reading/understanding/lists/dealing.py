"""Clauses that name no To Do, given out: by what the sentence is about, by verbs, by order."""

from collections.abc import Callable, Sequence
from functools import cache

from mailflow.reading.understanding.lists.spoken import ASIDE, NAMED, Spoken
from mailflow.reading.understanding.said.clauses import Clause, fill
from mailflow.reading.understanding.said.table import OPEN, Says, row_for, within
from mailflow.reading.understanding.said.typed import Said, Task, Typed

_WHOLE = frozenset({"all", "none"})
_ANY_ACT = frozenset({"base_make"})
"""What names no To Do: whoever says "I can do Friday" speaks of any."""
_TELLING_ACTS = ("did_", "base_", "did:")
_LOOSE = frozenset({"over", "only"})
"""How a clause may point that leaves its To Dos free for others."""
_SENDING = frozenset({"send"})
_STATES = (
    Says.DONE
    | Says.APPROVES
    | Says.AGREES
    | Says.REJECTS
    | Says.DATED
    | Says.WILL
    | Says.UNNEEDED
    | Says.REFUSES
    | OPEN
)
"""What a few words say of one To Do among others ("done, done, and not done")."""
_FEWEST_IN_A_ROW = 3
"""So many To Dos may be told of by the clauses of one sentence; of two, "yes, done" is one."""
_LONGEST_STATE = 6


def deal(spoken: list[Spoken], tasks: Sequence[Task], numbers: Sequence[int], typed: Typed) -> None:
    """Give every clause that names no To Do those it speaks of, as far as can be told."""
    if all(not one.items and not one.how for one in spoken):
        _deal_in_order(spoken, tasks, typed)
    _carry(spoken, tasks, typed)
    _carry_over(spoken, typed)
    _resolve_groups(spoken, numbers)
    _deal_out(spoken, numbers)
    _doubt_shared_acts(spoken)


def _deal_in_order(spoken: list[Spoken], tasks: Sequence[Task], typed: Typed) -> None:
    """Give lines, sentences or clauses that name nothing out in order, where their number fits.

    A verb of another To Do than the one whose turn it is tells that they do not go by order.
    """
    free = [one for one in spoken if not within(one.said.row.says, ASIDE)]
    for place in (_line_of(typed), _sentence_of):
        if _in_order(free, tasks, typed, place):
            return
    if len(tasks) < _FEWEST_IN_A_ROW or len(set(map(_sentence_of, free))) > 1:
        return
    parts = [part for one in free for part in _parted(one, typed)]
    if all(_is_a_state(one) for one in parts) and _in_order(parts, tasks, typed, _place_of):
        spoken[:] = [one for one in spoken if one not in free] + parts


def _in_order(
    free: Sequence[Spoken],
    tasks: Sequence[Task],
    typed: Typed,
    place: Callable[[Spoken], int],
) -> bool:
    places = list(dict.fromkeys(map(place, free)))
    if len(places) != len(tasks):
        return False
    owner = dict(zip(places, (task.n for task in tasks), strict=True))
    chosen = [owner[place(one)] for one in free]
    acts = [_owners(one, tasks, typed) for one in free]
    if any(told and n not in told for n, told in zip(chosen, acts, strict=True)):
        return False
    for one, n in zip(free, chosen, strict=True):
        if n is not None:
            one.items, one.how = (n,), "order"
    return True


def _line_of(typed: Typed) -> Callable[[Spoken], int]:
    return lambda one: typed.sentences[one.said.clause.sentence].line


def _sentence_of(one: Spoken) -> int:
    return one.said.clause.sentence


def _place_of(one: Spoken) -> int:
    return one.said.clause.low


def _parted(one: Spoken, typed: Typed) -> list[Spoken]:
    """Return what stands before and behind an "and", where both say something."""
    clause, words = one.said.clause, typed.tokens.words
    joints = typed.book.words["splits.weak"]
    inside = range(clause.low + 1, clause.high - 1)
    for at in (at for at in inside if words[at] in joints):
        halves = [Clause(*span, clause.sentence) for span in ((clause.low, at), (at, clause.high))]
        for half in halves:
            fill(half, clause.found, clause.dates, typed.tokens, typed.book)
        if all(half.found for half in halves):
            return [Spoken(Said(half, row_for(half.marks)), ()) for half in halves]
    return [one]


def _is_a_state(one: Spoken) -> bool:
    clause = one.said.clause
    short = clause.high - clause.low <= _LONGEST_STATE
    return short and within(one.said.row.says, _STATES)


def _carry(spoken: Sequence[Spoken], tasks: Sequence[Task], typed: Typed) -> None:
    """Give clauses without a pointer the To Dos of the clause before, in the same sentence."""
    before: tuple[int, ...] = ()
    sentence = -1
    named = {n for one in spoken for n in one.items}
    for one in spoken:
        if one.how == "only":
            continue
        if one.items or one.how == "rest":
            before, sentence = one.items, one.said.clause.sentence
        elif sentence == one.said.clause.sentence:
            one.items, one.how = before, "carried"
            owners = _owners(one, tasks, typed) if one.said.row.says == Says.DONE else ()
            if len(owners) == 1 and owners[0] not in named.union(before):
                one.items, one.how, one.guessed = owners, "verb", owners
        elif one.how != "shared":
            _take_by_verb(one, tasks, typed)
            if one.items:
                before, sentence = one.items, one.said.clause.sentence


def _take_by_verb(one: Spoken, tasks: Sequence[Task], typed: Typed) -> None:
    """Give a clause to the To Dos whose acts it tells of, unless it tells of all of them."""
    owners = _owners(one, tasks, typed)
    alike = len(owners) == 1 or within(one.said.row.says, Says.DONE | Says.APPROVES)
    if not owners or not alike or len(owners) == len(tasks):
        return
    one.items, one.how = owners, "verb"
    acts = {task.n: task.verbs for task in tasks if task.n in owners}
    sent = tuple(n for n in owners if acts[n] <= _SENDING)
    if len(sent) < len(owners):
        one.guessed = sent  # "signed and sent" may be one thing


def _owners(one: Spoken, tasks: Sequence[Task], typed: Typed) -> tuple[int, ...]:
    """Return the To Dos whose acts a clause tells of."""
    clause = one.said.clause
    told = {found.name for found in clause.found}
    told.update(*typed.kinds[clause.low : clause.high])
    return tuple([t.n for t in tasks if t.n and not _telling(t.verbs).isdisjoint(told)])


@cache
def _telling(verbs: frozenset[str]) -> frozenset[str]:
    """Return the classes of words and the phrases that tell of one of these acts."""
    return frozenset(how + verb for verb in verbs for how in _TELLING_ACTS) - _ANY_ACT


def _carry_over(spoken: Sequence[Spoken], typed: Typed) -> None:
    """Let a following sentence on the same line go on about a single To Do."""
    before: Spoken | None = None
    line = _line_of(typed)
    for one in spoken:
        if one.how == "only":
            continue
        if one.items or one.how == "rest":
            before = one
        elif before is not None and len(before.items) == 1:
            if line(before) == line(one) and not within(
                one.said.row.says, ASIDE | Says.DONE | Says.CHOOSES
            ):
                one.items, one.how = before.items, "over"
        elif before is not None and before.how in _WHOLE and one.said.row.says == Says.DATED:
            one.items, one.how = before.items, "over"


def _resolve_groups(spoken: Sequence[Spoken], numbers: Sequence[int]) -> None:
    named = {n for one in spoken for n in one.items if one.how in {*NAMED, "except", "verb"}}
    rest = tuple(n for n in numbers if n not in named)
    for one in spoken:
        if one.how == "rest":
            one.items = one.items or rest
        elif one.how == "all" and len(one.items) == len(numbers) and rest:
            one.items = rest


def _deal_out(spoken: Sequence[Spoken], numbers: Sequence[int]) -> None:
    """Give sentences that name nothing to the To Dos that nothing named, if their number fits."""
    named = {n for one in spoken for n in one.items if one.how not in _LOOSE}
    left = [n for n in numbers if n not in named]
    free = [
        one
        for one in spoken
        if not _settled(one) and one.how != "shared" and not within(one.said.row.says, ASIDE)
    ]
    sentences = list(dict.fromkeys(map(_sentence_of, free)))
    if not left or len(left) != len(sentences) or (len(left) == 1 and len(numbers) == 1):
        return
    owner = dict(zip(sentences, left, strict=True))
    for one in free:
        one.items, one.how = (owner[one.said.clause.sentence],), "order"


def _doubt_shared_acts(spoken: Sequence[Spoken]) -> None:
    """Doubt an act that several To Dos ask for where something was said of none of them.

    "Sent. Not yet. Tomorrow." may be three answers, of which only the first is a finish.
    """
    if all(one.items or within(one.said.row.says, ASIDE | Says.TELLS) for one in spoken):
        return
    for one in spoken:
        if one.how == "verb" and len(one.items) > 1:
            one.guessed = one.items


def _settled(one: Spoken) -> bool:
    return bool(one.items) and one.how != "over"
