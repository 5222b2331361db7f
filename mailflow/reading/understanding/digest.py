"""An answer to a list: which clause speaks of which To Do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from mailflow.reading.understanding.clauses import Clause, fill, values_in
from mailflow.reading.understanding.items import Heard, Mention, Pointing
from mailflow.reading.understanding.marks import NONE, Mark, mark_named
from mailflow.reading.understanding.table import Says, row_for, within
from mailflow.reading.understanding.titles import Titles
from mailflow.reading.understanding.typed import Said, Task, Typed
from mailflow.reading.words import Style

_QUIET = frozenset({"neutral", "thanks", "past_time", "fyi", "other", "doubt"})
_POINTERS = frozenset({"rest", "except", "none", "all"})
_ASIDE = Says.THANKS | Says.RECEIVED | Says.CHATS | Says.STOPS | Says.SILENT | Says.FYI
_VAGUE = _ASIDE | Says.TELLS | Says.ASKS
POINTED = frozenset({"number", "place", "title"})
_WHOLE = frozenset({"all", "none"})
_ANY_ACT = frozenset({"base_make"})
"""What names no To Do: whoever says "I can do Friday" speaks of any."""
_TELLING_ACTS = ("did_", "base_", "did:")
_NAMED = frozenset({"number", "place", "title", "shared"})


@dataclass(slots=True)
class Spoken:
    """A clause of an answer to a list.

    Attributes:
        said: the clause and its row.
        items: numbers of the To Dos it speaks of; empty for the answer as a whole.
        how: how it points: `all`, `rest`, `none`, `number`, `place`, `title`, `shared`,
            `carried`, `verb`, `order`, or "" for not at all.
    """

    said: Said
    items: tuple[int, ...]
    how: str = ""


def assign(typed: Typed, titles: Titles, tasks: Sequence[Task]) -> list[Spoken]:
    """Return the clauses of an answer, each with the To Dos it speaks of."""
    dated = [day.span for day in typed.dates]
    telling = {found.start for found in typed.found if found.name not in _QUIET}
    papers = {found.end - 1 for found in typed.found if found.name == "attached"}
    said = Heard(telling, papers)
    pointing = Pointing(typed.tokens, typed.kinds, titles, typed.book.code, said)
    mentions = pointing.mentions(dated)
    clauses = [piece for clause in typed.clauses for piece in _cut(clause, mentions, typed)]
    spoken: list[Spoken] = []
    for clause in clauses:
        last = spoken[-1] if spoken else None
        goes_on = last is not None and last.said.clause.sentence == clause.sentence
        going_on = goes_on and bool(last and last.items)
        made = _spoken(clause, mentions, titles, typed, goes_on=going_on)
        if going_on and last is not None and last.how in POINTED and _only_adds(made[0]):
            made[0].items, made[0].how = last.items, "carried"
        if goes_on and last is not None and made[-1].how == "except":
            last.items = tuple(n for n in last.items if n not in made[-1].items)
        spoken += made
    spoken = _joined(spoken)
    _carry(spoken, tasks, typed)
    _carry_over(spoken, typed)
    _resolve_groups(spoken, titles.numbers)
    _deal_out(spoken, titles.numbers)
    _let_the_particular_win(spoken)
    return spoken


def _only_adds(one: Spoken) -> bool:
    """Return whether an "all" is all of what was just spoken of ("you'll find it all there")."""
    return one.how == "all" and within(one.said.row.says, Says.TELLS | Says.HERE | Says.ATTACHES)


def _inside(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if clause.low <= m.start < clause.high]


def _cut(clause: Clause, mentions: Sequence[Mention], typed: Typed) -> list[Clause]:
    """Cut a clause where it turns to another To Do after having said something of one."""
    places: list[int] = []
    low, current, end = clause.low, None, clause.low
    excepting = False
    for mention in _inside(clause, mentions):
        excepting = excepting or mention.how == "except"
        if excepting or mention.how == "shared":
            continue
        told = current is not None and mention.items != current
        if told and _is_listed(clause, end, mention, typed):
            told = False
        end = mention.end
        if told and _told(clause, (low, mention.start), mentions, typed):
            places.append(mention.start)
            low = mention.start
        current = mention.items
    if not places:
        return [clause]
    pieces = []
    for start, end in zip([clause.low, *places], [*places, clause.high], strict=True):
        piece = Clause(start, end, clause.sentence)
        fill(piece, clause.found, clause.dates, typed.tokens, typed.book)
        pieces.append(piece)
    pieces[-1].marks |= clause.marks & Mark.QUESTION_SIGN
    return pieces


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
    said = any(found.end > mention.end for found in clause.found if found.name not in _QUIET)
    return not said and not any(day.span[0] >= behind for day in clause.dates)


def _told(clause: Clause, span: tuple[int, int], mentions: Sequence[Mention], typed: Typed) -> bool:
    """Return whether something was said of a To Do between two places; "the first" says nothing."""
    low, high = span
    places = {at for m in mentions if m.how == "place" for at in range(m.start, m.end)}
    said = any(
        low <= found.start
        and found.end <= high
        and found.name not in _QUIET
        and places.isdisjoint(range(found.start, found.end))
        for found in clause.found
    )
    starts = typed.tokens.starts
    return said or any(starts[low] < day.span[0] < starts[high] for day in clause.dates)


def _spoken(
    clause: Clause, mentions: Sequence[Mention], titles: Titles, typed: Typed, *, goes_on: bool
) -> list[Spoken]:
    """Return what a clause says, and of the To Dos that it excepts the contrary."""
    inside = _turned_round(_real(_inside(clause, mentions), clause))
    _point(clause, inside, typed)
    chosen, minus = _chosen(inside)
    how = next((m.how for m in inside if m.how in _POINTERS - {"except"}), "")
    how = how or next((m.how for m in inside), "")
    if minus and not chosen and not goes_on:
        chosen = list(titles.numbers)
    if how == "none":
        chosen = chosen or list(titles.numbers)
        if not clause.marks & (Mark.UNNEEDED | Mark.REFUSE | Mark.BAD):
            clause.marks |= Mark.UNDONE
    kept = tuple(n for n in dict.fromkeys(chosen) if n not in minus)
    if not minus and {"all", "except"} <= {mention.how for mention in inside}:
        clause.marks |= Mark.PARTLY
    if minus and kept and row_for(clause.marks).says == Says.TELLS:
        clause.marks |= Mark.DONE
    spoken = []
    if kept or not minus:
        spoken.append(Spoken(Said(clause, row_for(clause.marks)), kept, "all" if minus else how))
    if minus:
        spoken.append(_excepted(clause, tuple(dict.fromkeys(minus))))
    return spoken


def _chosen(inside: Sequence[Mention]) -> tuple[list[int], list[int]]:
    """Return the To Dos that are meant, and those that are excepted."""
    chosen: list[int] = []
    minus: list[int] = []
    excepting = False
    for mention in inside:
        excepting = mention.how == "except" or (excepting and mention.how != "all")
        (minus if excepting else chosen).extend(mention.items)
    return chosen, minus


def _point(clause: Clause, inside: Sequence[Mention], typed: Typed) -> None:
    """Keep which words of a clause only point, and take back what those seemed to say."""
    for mention in inside:
        clause.pointing |= (1 << mention.end) - (1 << mention.start)
    if clause.marks & Mark.VALUE:
        words = enumerate(typed.tokens.words[clause.low : clause.high], clause.low)
        beside = [word for at, word in words if not clause.pointing >> at & 1]
        if not values_in(beside) & Mark.VALUE:
            clause.marks &= ~Mark.VALUE
    ways = {mention.how for mention in inside}
    if "place" in ways:
        _forget_choices(clause, inside)
    if not _POINTERS.isdisjoint(ways):
        _forget_pointers(clause, inside)


def _excepted(clause: Clause, items: tuple[int, ...]) -> Spoken:
    other = Clause(clause.low, clause.high, clause.sentence, marks=Mark.UNDONE, found=clause.found)
    return Spoken(Said(other, row_for(other.marks)), items, "except")


def _real(inside: Sequence[Mention], clause: Clause) -> list[Mention]:
    """Drop pointers that do not point: "paid it all back", a shared word beside a telling one."""
    telling = [m for m in inside if m.how in _NAMED - {"shared"}]
    every = any(m.how == "all" for m in inside)
    kept = []
    for mention in inside:
        behind = any(m.start >= mention.end and m.items for m in inside)
        if mention.how == "except" and not behind and not every:
            continue
        if mention.how == "shared" and telling:
            continue
        if mention.how == "none" and clause.marks & Mark.NOTHING:
            continue
        if mention.how == "all" and not _stands_out(mention, clause):
            continue
        kept.append(mention)
    return kept


def _turned_round(inside: list[Mention]) -> list[Mention]:
    """Put an "except" that is said behind what it excepts before it; drop one that stands alone."""
    at = next((at for at, one in enumerate(inside) if one.how == "excepted"), -1)
    if at < 0:
        return inside
    word, rest = inside[at], inside[:at] + inside[at + 1 :]
    if not any(one.items for one in rest[:at]):
        return rest
    return [replace(word, how="except"), *rest]


def _stands_out(mention: Mention, clause: Clause) -> bool:
    if mention.start <= clause.low + 1 or mention.end >= clause.high:
        return True
    return any(found.end == mention.start or found.start == mention.end for found in clause.found)


def _forget_pointers(clause: Clause, inside: Sequence[Mention]) -> None:
    """Take back what pointing words seemed to say: "the rest" is then no unfinished rest."""
    spans = [(m.start, m.end) for m in inside if m.how in _POINTERS]
    kept = [
        found
        for found in clause.found
        if found.name not in {"partly", "near", "not", "undone", "no", "nothing"}
        or not any(found.start < high and low < found.end for low, high in spans)
    ]
    lost = NONE
    for found in clause.found:
        if found not in kept and all(other.name != found.name for other in kept):
            lost |= mark_named(found.name)
    clause.found = kept
    clause.marks &= ~lost


def _forget_choices(clause: Clause, inside: Sequence[Mention]) -> None:
    """Take back a choice that was only a place: "the second" of a list chooses nothing."""
    spans = [(m.start, m.end) for m in inside if m.how == "place"]
    kept = [
        found
        for found in clause.found
        if found.name != "chose"
        or not any(found.start < high and low < found.end for low, high in spans)
    ]
    if all(found.name != "chose" for found in kept):
        clause.marks &= ~Mark.CHOSE
    clause.found = kept


def _joined(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Join a clause that only names To Dos to the next one, which says something of them."""
    joined: list[Spoken] = []
    for one in spoken:
        last = joined[-1] if joined else None
        if last is None or not _open_ended(last, one):
            joined.append(one)
            continue
        before, after = last.said.clause, one.said.clause
        clause = Clause(before.low, after.high, after.sentence)
        clause.found = [*before.found, *after.found]
        clause.dates = [*before.dates, *after.dates]
        clause.marks = before.marks | after.marks
        clause.pointing = before.pointing | after.pointing
        items = tuple(dict.fromkeys((*last.items, *one.items)))
        joined[-1] = Spoken(Said(clause, row_for(clause.marks)), items, one.how or last.how)
    return joined


def _open_ended(last: Spoken, one: Spoken) -> bool:
    before = last.said.clause
    if before.sentence != one.said.clause.sentence or not last.items or last.how == "except":
        return False
    if one.items and last.how == one.how == "title" and last.items != one.items:
        return False
    quiet = within(last.said.row.says, Says.TELLS | Says.SILENT) and not before.dates
    return quiet and (not one.items or before.high - before.low <= 3)


def _carry(spoken: Sequence[Spoken], tasks: Sequence[Task], typed: Typed) -> None:
    """Give clauses without a pointer the To Dos of the clause before, in the same sentence."""
    before: tuple[int, ...] = ()
    sentence = -1
    for one in spoken:
        if one.items or one.how == "rest":
            before, sentence = one.items, one.said.clause.sentence
        elif sentence == one.said.clause.sentence:
            one.items, one.how = before, "carried"
        else:
            owners = _by_verb(one, tasks, typed)
            if owners:
                one.items, one.how = owners, "verb"
                before, sentence = one.items, one.said.clause.sentence


def _carry_over(spoken: Sequence[Spoken], typed: Typed) -> None:
    """Let a following sentence on the same line go on about a single To Do."""
    before: Spoken | None = None
    for one in spoken:
        if one.items or one.how == "rest":
            before = one
        elif before is not None and len(before.items) == 1:
            lines = [typed.sentences[s.said.clause.sentence].line for s in (before, one)]
            if lines[0] == lines[1] and not within(
                one.said.row.says, _ASIDE | Says.DONE | Says.CHOOSES
            ):
                one.items, one.how = before.items, "over"
        elif before is not None and before.how in _WHOLE and one.said.row.says == Says.DATED:
            one.items, one.how = before.items, "over"


def _by_verb(one: Spoken, tasks: Sequence[Task], typed: Typed) -> tuple[int, ...]:
    clause = one.said.clause
    told = {found.name for found in clause.found}
    told.update(*typed.kinds[clause.low : clause.high])
    owners = tuple(
        [task.n for task in tasks if task.n and not _telling(task.verbs).isdisjoint(told)]
    )
    alike = len(owners) == 1 or within(one.said.row.says, Says.DONE | Says.APPROVES)
    return owners if alike and len(owners) < len(tasks) else ()


@cache
def _telling(verbs: frozenset[str]) -> frozenset[str]:
    """Return the classes of words and the phrases that tell of one of these acts."""
    return frozenset(how + verb for verb in verbs for how in _TELLING_ACTS) - _ANY_ACT


def _resolve_groups(spoken: Sequence[Spoken], numbers: Sequence[int]) -> None:
    named = {n for one in spoken for n in one.items if one.how in {*_NAMED, "except", "verb"}}
    rest = tuple(n for n in numbers if n not in named)
    for one in spoken:
        if one.how == "rest":
            one.items = one.items or rest
        elif one.how == "all" and len(one.items) == len(numbers) and rest:
            one.items = rest


def _deal_out(spoken: Sequence[Spoken], numbers: Sequence[int]) -> None:
    """Give sentences that name nothing to the To Dos that nothing named, if their number fits."""
    named = {n for one in spoken for n in one.items if one.how != "over"}
    left = [n for n in numbers if n not in named]
    free = [one for one in spoken if not _settled(one) and not within(one.said.row.says, _ASIDE)]
    sentences = list(dict.fromkeys(one.said.clause.sentence for one in free))
    if not left or len(left) != len(sentences) or (len(left) == 1 and len(numbers) == 1):
        return
    owner = dict(zip(sentences, left, strict=True))
    for one in free:
        one.items, one.how = (owner[one.said.clause.sentence],), "order"


def _let_the_particular_win(spoken: Sequence[Spoken]) -> None:
    """Drop what was said of all from those of which something else was said by name."""
    told = {
        n
        for one in spoken
        if one.how in {*_NAMED, "verb", "except"} and not within(one.said.row.says, _VAGUE)
        for n in one.items
    }
    for one in spoken:
        if one.how in {"all", "none"}:
            one.items = tuple(n for n in one.items if n not in told)


def _settled(one: Spoken) -> bool:
    return bool(one.items) and one.how != "over"
