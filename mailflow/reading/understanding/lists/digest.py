"""An answer to a list: which clause speaks of which To Do."""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.reading.phrases import Found
from mailflow.reading.understanding.asked.titles import Titles
from mailflow.reading.understanding.lists.alone import others_of, without_only
from mailflow.reading.understanding.lists.cutting import QUIET, cut, inside_of
from mailflow.reading.understanding.lists.dealing import deal
from mailflow.reading.understanding.lists.items import Heard, Mention, Pointing
from mailflow.reading.understanding.lists.numbering import settled
from mailflow.reading.understanding.lists.spoken import ASIDE, NAMED, POINTED, Spoken
from mailflow.reading.understanding.said.clauses import Clause, values_in
from mailflow.reading.understanding.said.table import Says, row_for, within
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import NONE, Mark, mark_named

_ELSEWHERE = Says.PASSES_ON | Says.REFUSES | Says.UNNEEDED
_POINTERS = frozenset({"rest", "except", "none", "all"})
_COUNTED = frozenset({"place", "number"})
_VAGUE = ASIDE | Says.TELLS | Says.ASKS


def assign(typed: Typed, titles: Titles, tasks: Sequence[Task]) -> list[Spoken]:
    """Return the clauses of an answer, each with the To Dos it speaks of."""
    dated = [day.span for day in typed.dates if not day.loose]
    telling = {found.start for found in typed.found if found.name not in QUIET}
    papers = {found.end - 1 for found in typed.found if found.name == "attached"}
    said = Heard(telling, papers)
    pointing = Pointing(typed.tokens, typed.kinds, titles, typed.book.code, said)
    mentions, belied = settled(pointing.mentions(dated), typed)
    clauses = [piece for clause in typed.clauses for piece in cut(clause, mentions, typed)]
    spoken: list[Spoken] = []
    for clause in clauses:
        last = spoken[-1] if spoken else None
        goes_on = last is not None and last.said.clause.sentence == clause.sentence
        going_on = goes_on and bool(last and last.items)
        made = _spoken(clause, mentions, titles, typed, goes_on=going_on)
        named = _named_before(clause, spoken) if _only_adds(made[0]) else None
        if named is not None and named.how in POINTED:
            made[0].items, made[0].how = named.items, "carried"
        if goes_on and last is not None and made[-1].how == "except":
            last.items = tuple(n for n in last.items if n not in made[-1].items)
        if clause.low in belied:
            made[0].guessed = made[0].items
        spoken += made
    spoken = _joined(spoken, typed)
    deal(spoken, tasks, titles.numbers, typed)
    _let_the_particular_win(spoken)
    return spoken


def _named_before(clause: Clause, spoken: Sequence[Spoken]) -> Spoken | None:
    """Return what was last said of a To Do in the same sentence."""
    same = (one for one in reversed(spoken) if one.said.clause.sentence == clause.sentence)
    return next((one for one in same if one.items), None)


def _only_adds(one: Spoken) -> bool:
    """Return whether "all" or "nothing" is of what was just spoken of ("asked twice, nothing")."""
    clause = one.said.clause
    if one.how == "none" and clause.high - clause.low == 1:
        return True
    return one.how == "all" and within(one.said.row.says, Says.TELLS | Says.HERE | Says.ATTACHES)


def _spoken(
    clause: Clause, mentions: Sequence[Mention], titles: Titles, typed: Typed, *, goes_on: bool
) -> list[Spoken]:
    """Return what a clause says, and of the To Dos that it excepts the contrary."""
    inside, alone = without_only(_turned_round(_real(inside_of(clause, mentions), clause)))
    _point(clause, inside, typed)
    chosen, minus = _chosen(inside)
    ways = [m.how for m in inside if m.items or m.how != "all"]
    how = next((way for way in ways if way in _POINTERS - {"except"}), "")
    how = how or next(iter(ways), "")
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
    others = others_of(alone, clause, titles.numbers) if alone and kept else None
    spoken = []
    if kept or not minus:
        spoken.append(Spoken(Said(clause, row_for(clause.marks)), kept, "all" if minus else how))
    if minus:
        spoken.append(_excepted(clause, tuple(dict.fromkeys(minus))))
    return [*spoken, others] if others else spoken


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
        if not mention.loose or typed.tokens.words[mention.start] in typed.asked.parts:
            clause.pointing |= (1 << mention.end) - (1 << mention.start)
    if clause.marks & Mark.VALUE:
        words = enumerate(typed.tokens.words[clause.low : clause.high], clause.low)
        beside = [word for at, word in words if not clause.pointing >> at & 1]
        if not values_in(beside) & Mark.VALUE:
            clause.marks &= ~Mark.VALUE
    ways = {mention.how for mention in inside}
    if not _COUNTED.isdisjoint(ways):
        _forget_choices(clause, inside)
    if not _POINTERS.isdisjoint(ways):
        _forget_pointers(clause, inside)


def _excepted(clause: Clause, items: tuple[int, ...]) -> Spoken:
    other = Clause(clause.low, clause.high, clause.sentence, marks=Mark.UNDONE, found=clause.found)
    return Spoken(Said(other, row_for(other.marks)), items, "except")


def _real(inside: Sequence[Mention], clause: Clause) -> list[Mention]:
    """Drop pointers that do not point: "paid it all back", a shared word beside a telling one."""
    telling = [m for m in inside if m.how in NAMED - {"shared"}]
    named = [m for m in inside if m.how in NAMED or m.how == "rest"]
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
        if mention.how == "all" and any(one.start < mention.start for one in named):
            kept.append(replace(mention, items=()))  # all of what was named
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
    """Take back what only a place seemed to say.

    "The second" of a list chooses nothing, and "the first two" are no part of something.
    """
    spans = [(m.start, m.end) for m in inside if m.how in _COUNTED]
    places = [(m.start, m.end) for m in inside if m.how == "place"]
    kept = [
        found
        for found in clause.found
        if not (found.name == "chose" and any(_reaches_into(found, span) for span in places))
        and not (found.name == "partly" and any(_lies_in(found, span) for span in spans))
    ]
    for name, mark in (("chose", Mark.CHOSE), ("partly", Mark.PARTLY)):
        lost = any(found.name == name for found in clause.found)
        if lost and all(found.name != name for found in kept):
            clause.marks &= ~mark
    clause.found = kept


def _reaches_into(found: Found, span: tuple[int, int]) -> bool:
    return found.start < span[1] and span[0] < found.end


def _lies_in(found: Found, span: tuple[int, int]) -> bool:
    return span[0] - 1 <= found.start and found.end <= span[1]  # the article before it


def _joined(spoken: Sequence[Spoken], typed: Typed) -> list[Spoken]:
    """Join a clause that only names To Dos to the next one, which says something of them."""
    joined: list[Spoken] = []
    for one in spoken:
        last = joined[-1] if joined else None
        if last is None or not (_open_ended(last, one, typed) or _points_back(last, one)):
            joined.append(one)
            continue
        before, after = last.said.clause, one.said.clause
        clause = Clause(before.low, after.high, after.sentence)
        clause.found = [*before.found, *after.found]
        clause.dates = [*before.dates, *after.dates]
        clause.marks = before.marks | after.marks
        clause.pointing = before.pointing | after.pointing
        items = tuple(dict.fromkeys((*last.items, *one.items)))
        listed = last.how != "title" or one.how != "title" or _is_one_more(one, typed)
        guessed = last.guessed if listed else tuple(n for n in last.items if n not in one.items)
        said = Said(clause, row_for(clause.marks))
        joined[-1] = Spoken(said, items, one.how or last.how, guessed)
    return joined


def _open_ended(last: Spoken, one: Spoken, typed: Typed) -> bool:
    before = last.said.clause
    if before.sentence != one.said.clause.sentence or not last.items or last.how == "except":
        return False
    if one.items and last.how == one.how == "title" and last.items != one.items:
        return _is_bare(last, typed)
    quiet = within(last.said.row.says, Says.TELLS | Says.SILENT) and not before.dates
    return quiet and (not one.items or before.high - before.low <= 3)


def _points_back(last: Spoken, one: Spoken) -> bool:
    """Return whether a clause only names the To Dos that others do ("Ann does that, all three")."""
    clause = one.said.clause
    if last.items or not one.items or last.said.clause.sentence != clause.sentence:
        return False
    beside = clause.high - clause.low - clause.pointing.bit_count()
    return bool(last.said.row.says & _ELSEWHERE) and not clause.found and beside <= 1


def _is_bare(one: Spoken, typed: Typed) -> bool:
    """Return whether a clause holds nothing but the names of To Dos."""
    clause, tokens, points = one.said.clause, typed.tokens, one.said.clause.pointing
    small = typed.book.words["articles"] | typed.book.words["splits.weak"]
    return all(
        points >> at & 1
        or tokens.words[at] in small
        or tokens.shapes[at] == "p"
        or (tokens.shapes[at] == "g" and points << 1 >> at & 1)
        for at in range(clause.low, clause.high)
    )


def _is_one_more(one: Spoken, typed: Typed) -> bool:
    """Return whether a clause names its To Do as one of several ("…, gas and water")."""
    clause = one.said.clause
    words = typed.tokens.words[clause.low : clause.high]
    joined = len(one.items) > 1 and not typed.book.words["splits.weak"].isdisjoint(words)
    glyphs = typed.tokens.shapes[clause.low] == "g"  # whose comma lists
    return joined or glyphs or _is_bare(one, typed)


def _let_the_particular_win(spoken: Sequence[Spoken]) -> None:
    """Drop what was said of all from those of which something else was said by name."""
    told = {
        n
        for one in spoken
        if one.how in {*NAMED, "verb", "except"} and not within(one.said.row.says, _VAGUE)
        for n in one.items
    }
    spoken_of = {n for one in spoken for n in one.items if one.how != "only"}
    for one in spoken:
        if one.how in {"all", "none"}:
            one.items = tuple(n for n in one.items if n not in told)
        elif one.how == "only":
            one.items = tuple(n for n in one.items if n not in spoken_of)
