"""An answer to a list: which clause speaks of which To Do."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.reading.understanding.clauses import Clause, fill
from mailflow.reading.understanding.items import Mention, Pointing, Titles
from mailflow.reading.understanding.marks import NONE, Mark
from mailflow.reading.understanding.reader import Said, Task, Typed
from mailflow.reading.understanding.table import Says, row_for

_MUTE = Says.TELLS | Says.SILENT | Says.HERE | Says.CHATS


@dataclass(slots=True)
class Spoken:
    """A clause of an answer to a list.

    Attributes:
        said: the clause and its row.
        items: numbers of the To Dos it speaks of; empty for the answer as a whole.
        how: how it points: `all`, `rest`, `none`, `number`, `place`, `title`, `order` or "".
    """

    said: Said
    items: tuple[int, ...]
    how: str = ""


def assign(typed: Typed, titles: Titles, tasks: Sequence[Task]) -> list[Spoken]:
    """Return the clauses of an answer, each with the To Dos it speaks of."""
    dated = [day.span for day in typed.dates]
    mentions = Pointing(typed.tokens, typed.kinds, titles, typed.book.code).mentions(dated)
    clauses = [
        piece for clause in typed.clauses for piece in _cut(clause, mentions, typed)
    ]
    spoken = [_spoken(clause, mentions, titles) for clause in clauses]
    spoken = _joined(spoken, typed)
    _carry(spoken, tasks, typed)
    _resolve_rest(spoken, titles.numbers)
    return spoken


def _cut(clause: Clause, mentions: Sequence[Mention], typed: Typed) -> list[Clause]:
    """Cut a clause where it turns to another To Do after having said something of one."""
    inside = [m for m in mentions if clause.low <= m.start < clause.high]
    places: list[int] = []
    low, current = clause.low, None
    for mention in inside:
        if current is not None and mention.items != current and mention.how != "except":
            said = any(low <= f.start and f.end <= mention.start and f.name not in _QUIET for f in clause.found)
            if said:
                places.append(mention.start)
                low = mention.start
        current = mention.items
    if not places:
        return [clause]
    pieces = []
    for start, end in zip([clause.low, *places], [*places, clause.high], strict=True):
        piece = Clause(start, end, clause.sentence)
        fill(piece, clause.found, clause.dates, typed.tokens)
        pieces.append(piece)
    pieces[-1].marks |= clause.marks & Mark.QUESTION_SIGN
    return pieces


_QUIET = frozenset({"neutral", "thanks", "third", "past_time", "fyi", "other"})


def _spoken(clause: Clause, mentions: Sequence[Mention], titles: Titles) -> Spoken:
    inside = [m for m in mentions if clause.low <= m.start < clause.high]
    how = next((m.how for m in inside if m.how not in {"title", "except"}), "title" if inside else "")
    items: list[int] = []
    minus: set[int] = set()
    excepting = False
    for mention in inside:
        if mention.how == "except":
            excepting = True
        elif excepting:
            minus.update(mention.items)
        else:
            items += [n for n in mention.items if n not in items]
    if minus and not items:
        items = list(titles.numbers)
    kept = tuple(n for n in items if n not in minus)
    if how == "none":
        clause.marks |= Mark.NOT
        kept = kept or titles.numbers
        if not clause.marks & (Mark.UNNEEDED | Mark.REFUSE | Mark.BAD):
            clause.marks |= Mark.UNDONE
    if minus:
        clause.marks &= ~Mark.PARTLY
        clause.marks &= ~Mark.NEAR
    clause.items = kept
    return Spoken(Said(clause, row_for(clause.marks)), kept, how)


def _joined(spoken: Sequence[Spoken], typed: Typed) -> list[Spoken]:
    """Join a clause that only names To Dos to the next one, which says something of them."""
    joined: list[Spoken] = []
    for one in spoken:
        last = joined[-1] if joined else None
        if last is not None and _open_ended(last, one, typed):
            clause = Clause(last.said.clause.low, one.said.clause.high, one.said.clause.sentence)
            clause.found = [*last.said.clause.found, *one.said.clause.found]
            clause.dates = [*last.said.clause.dates, *one.said.clause.dates]
            clause.marks = last.said.clause.marks | one.said.clause.marks
            items = tuple(dict.fromkeys((*last.items, *one.items)))
            joined[-1] = Spoken(Said(clause, row_for(clause.marks)), items, one.how or last.how)
        else:
            joined.append(one)
    return joined


def _open_ended(last: Spoken, one: Spoken, typed: Typed) -> bool:
    if last.said.clause.sentence != one.said.clause.sentence or not last.items:
        return False
    quiet = last.said.row.says is Says.TELLS and not last.said.clause.dates
    bare = last.said.clause.high - last.said.clause.low <= 4
    return quiet and (not one.items or bare)


def _carry(spoken: Sequence[Spoken], tasks: Sequence[Task], typed: Typed) -> None:
    """Give clauses without a pointer the To Dos of the clause before, in the same sentence."""
    before: tuple[int, ...] = ()
    sentence = -1
    for one in spoken:
        if one.items or one.how == "rest":
            before, sentence = one.items, one.said.clause.sentence
            continue
        if sentence == one.said.clause.sentence:
            one.items, one.how = before, "carried"
            continue
        owner = _by_verb(one, tasks, typed)
        if owner is not None:
            one.items, one.how = (owner,), "verb"
            before, sentence = one.items, one.said.clause.sentence
    _carry_over(spoken, typed)


def _carry_over(spoken: Sequence[Spoken], typed: Typed) -> None:
    """Let a following sentence on the same line go on about a single To Do."""
    line = {s_number: sentence.line for s_number, sentence in enumerate(typed.sentences)}
    before: Spoken | None = None
    for one in spoken:
        if one.items or one.how == "rest":
            before = one
        elif before is not None and len(before.items) == 1 and line[before.said.clause.sentence] == line[one.said.clause.sentence]:
            if one.said.row.says not in {Says.THANKS, Says.RECEIVED, Says.CHATS, Says.STOPS}:
                one.items, one.how = before.items, "carried"


def _by_verb(one: Spoken, tasks: Sequence[Task], typed: Typed) -> int | None:
    groups = {
        kind.split("_", 1)[1]
        for at in range(one.said.clause.low, one.said.clause.high)
        for kind in typed.kinds[at]
        if kind.startswith(("did_", "base_"))
    }
    owners = [task.n for task in tasks if not groups.isdisjoint(task.verbs)]
    return owners[0] if len(owners) == 1 else None


def _resolve_rest(spoken: Sequence[Spoken], numbers: Sequence[int]) -> None:
    named = {n for one in spoken for n in one.items if one.how not in {"all", "none"}}
    for one in spoken:
        if one.how == "rest" and not one.items:
            one.items = tuple(n for n in numbers if n not in named)
        elif one.how == "all" and len(one.items) == len(numbers):
            one.items = tuple(n for n in numbers if n not in named) or one.items
