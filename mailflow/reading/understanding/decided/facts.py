"""What all clauses about one To Do say together, and what is known beside their words."""

from collections.abc import Sequence
from functools import cache
from itertools import chain

from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.finished.asides import LATER, heard_as
from mailflow.reading.understanding.finished.concrete import is_concrete, is_no_answer
from mailflow.reading.understanding.finished.labels import gives_figures, says_how_it_stands
from mailflow.reading.understanding.finished.options import picks_several
from mailflow.reading.understanding.finished.other_day import names_other_day
from mailflow.reading.understanding.finished.plainness import grasp_of, is_code
from mailflow.reading.understanding.finished.several import tells_of_a_part
from mailflow.reading.understanding.finished.singled import names_another, names_rival
from mailflow.reading.understanding.finished.sureness import (
    ANSWERED,
    OF_A_DAY,
    facts_of_finish,
    marks_heard,
    names_other_month,
)
from mailflow.reading.understanding.finished.things import is_of_other_thing
from mailflow.reading.understanding.finished.troubles import went_wrong
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import OPEN, Says, within
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import LINK_MARK

_NONE = Says(0)
_KIND_FACTS = {
    Kind.SEND: Says.SEND,
    Kind.APPROVE: Says.APPROVE,
    Kind.ANSWER: Says.ANSWER,
    Kind.CHECK: Says.CHECK,
    Kind.WHEN: Says.WHEN,
    Kind.BOOK: Says.BOOK,
    Kind.CALL: Says.CALL,
    Kind.SIGN: Says.SIGN,
    Kind.UPDATE: Says.UPDATE,
    Kind.CONFIRM: Says.CONFIRM | Says.ANSWER,
}

_FINISHING = Says.DONE | Says.APPROVES | Says.AGREES | Says.CHOOSES | Says.SAME
"""What is only sure if all of the clause was understood."""

_PICKED = Says.CHOOSES | Says.LABELLED
_SURE = Says.PLAIN | Says.LOOSE | Says.PLACED
"""What a finish is acted upon for."""

_HANDING_IN = frozenset({Says.ATTACHES, Says.HERE})
PUTTING_OFF = Mark.LATER | Mark.HELD | Mark.MAY
"""Marks of a clause that asks for a day rather than tells of one."""
_HARMLESS = Says.THANKS | Says.SILENT | Says.ASKS | Says.ATTACHES | Says.RECEIVED
_POLITE = Mark.COURTESY | Mark.NEUTRAL | Mark.IF
_TELLING = Says.TELLS | Says.HERE | Says.AGREES | Says.APPROVES | Says.ATTACHES
_HEDGES = Mark.DOUBT | Mark.OTHER | Mark.BAD
_IDLE = Mark.DOUBT | Mark.OTHER
"""What hedges nothing where it is said beside the matter."""
_UNPLAIN = Mark.OTHER | Mark.DOUBT | Mark.IF | Mark.NEAR | Mark.MOCKERY | Mark.OTHERS | Mark.BAD
"""Marks that take the sureness from a clause, whichever row it fits."""


_LONGEST_TURN = 4

_HEARD_IN_BRACKETS = Says.DATED | Says.PASSES_ON | Says.ASKS | Says.TAKES_BACK

_NO_PAPER = frozenset({"answer", "call", "pay", "attend"})
"""Acts that a paper in the mail may tell of, but does not do."""


@cache
def _facts_of_task(kinds: frozenset[Kind], verbs: frozenset[str]) -> Says:
    """Return what a To Do is, whatever is said of it."""
    facts = Says.NO_PAPER if verbs and verbs <= _NO_PAPER else _NONE
    for kind in kinds:
        facts |= _KIND_FACTS.get(kind, _NONE)
    return facts


def facts_of(said: Sequence[Said], typed: Typed, task: Task, facts: Says) -> Says:
    """Return the united facts of one To Do.

    Args:
        said: the clauses that speak of it.
        typed: the text they stand in.
        task: the To Do.
        facts: what is known already, of files.
    """
    heard = [
        one
        for one in said
        if not one.clause.aside
        or len(said) == 1
        or one.clause.marks & Mark.MOCKERY
        or within(one.row.says, _HEARD_IN_BRACKETS)
    ]
    if len(heard) > 1 and _turned(heard, typed):
        facts |= Says.TURNED
    ends = frozenset(o.clause.sentence for o in heard if within(o.row.says, _FINISHING))
    told = [_facts_of_clause(one, typed, task, ends) for one in heard]
    done = _NONE
    for one, says in zip(heard, told, strict=True):
        facts |= says
        done |= says if one.row.says == Says.DONE else _NONE
    if done and not done & Says.PLAIN and task.kinds.isdisjoint(ANSWERED):
        facts &= ~Says.PLAIN  # it is the "great!" behind what was done that is understood
    facts &= ~_outdone(heard, facts)
    facts |= _handing_on(heard, facts)
    if any(one.clause.aside and one.row.says & OPEN for one in said):
        facts |= Says.HEDGED
    if _is_doubted(heard, told, typed, task, facts):
        facts = (facts & ~_SURE) | Says.HEDGED
    if not said:
        facts |= Says.EMPTY
    if facts & Says.ASKS and _asks_first(heard):
        facts |= Says.ASKS_FIRST
    return facts | _facts_of_task(task.kinds, task.verbs)


def _is_doubted(
    heard: Sequence[Said], told: Sequence[Says], typed: Typed, task: Task, facts: Says
) -> bool:
    """Return whether a part was finished, it went wrong, or another day or several were told."""
    if facts & (_SURE | Says.TOLD | Says.VALUE) and (
        tells_of_a_part(heard, typed, task, facts)
        or went_wrong(heard, told, typed)
        or names_other_day(heard, typed, task)
    ):
        return True
    choosing = facts & _PICKED and Kind.CHOOSE in task.kinds and len(heard) > 1
    return bool(choosing) and picks_several([one.clause for one in heard], typed)


def _outdone(heard: Sequence[Said], facts: Says) -> Says:
    """Return what counts no more: other acts beside the fitting one, what is before a finish."""
    outdone = Says.OTHER_ACT if facts & Says.FIT_ACT else _NONE
    if facts & Says.APPROVES and facts & Says.RECEIVED and _read_first(heard):
        outdone |= Says.RECEIVED
    chats = [one.clause.sentence for one in heard if one.row.says == Says.CHATS]
    ends = [one.clause.sentence for one in heard if within(one.row.says, _FINISHING)]
    return outdone | Says.CHATS if chats and ends and max(chats) < min(ends) else outdone


def _handing_on(heard: Sequence[Said], facts: Says) -> Says:
    """Return that what was done is no finish but the handing on ("she does that, I told her")."""
    if not facts & Says.PASSES_ON or not facts & Says.DONE:
        return _NONE
    told = (one.row.says for one in heard if one.row.says in {Says.PASSES_ON, Says.DONE})
    return Says.OTHER_ACT if next(told, Says.DONE) == Says.PASSES_ON else _NONE


def _read_first(heard: Sequence[Said]) -> bool:
    """Return whether what was read or received is approved behind that ("read it twice, fine")."""
    told = (one.row.says for one in heard if one.row.says in {Says.RECEIVED, Says.APPROVES})
    return next(told, Says.APPROVES) == Says.RECEIVED


def _turned(heard: Sequence[Said], typed: Typed) -> bool:
    """Return whether a later clause turns what was said before ("paid, but it came back")."""
    finished = False
    denial = Mark.NOT | Mark.NO if typed.book.raw.get("no_is_not") else Mark.NOT
    for place, one in enumerate(heard):
        finishes = bool(one.row.says & _FINISHING)
        if place and not one.row.says & _HARMLESS and (finished or not finishes):
            contrast = _begins_otherwise(one.clause, typed)
            denies = one.clause.marks & denial and not one.clause.marks & _POLITE
            if contrast or (denies and not finishes):
                return True
        finished = finished or finishes
    return False


def _begins_otherwise(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause begins with a word that turns what was said before."""
    words = typed.tokens.words[clause.low : min(clause.high, clause.low + _LONGEST_TURN)]
    turns = typed.book.words["contrast"]
    if words[0] not in _begins_of(turns):
        return False
    return any(" ".join(words[:count]) in turns for count in range(1, len(words) + 1))


@cache
def _begins_of(turns: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in turns)


def _asks_first(heard: Sequence[Said]) -> bool:
    """Return whether the question stands before what is finished, or is about that."""
    for one in heard:
        if one.row.says == Says.ASKS:
            return True
        if within(one.row.says, _FINISHING | Says.ATTACHES | Says.HERE):
            return False
    return True


def _facts_of_clause(one: Said, typed: Typed, task: Task, ends: frozenset[int]) -> Says:
    clause, facts = one.clause, heard_as(one, typed, task, ends)
    if facts == Says.TELLS:
        facts |= _facts_of_tale(clause, typed, task)
    if typed.asked.months and names_other_month(clause, typed):
        facts |= Says.HEDGED
    marks = marks_heard(clause, typed, task)
    facts |= _facts_of_marks(marks & ~_IDLE if facts == Says.SILENT else marks)
    hands_in = one.row.says in _HANDING_IN and Kind.SEND in task.kinds
    if hands_in and (is_of_other_thing(clause, typed) or names_another(clause, typed, task.title)):
        facts |= Says.HEDGED
    if within(one.row.says, _FINISHING):
        facts |= facts_of_finish(one, typed, task)
    elif one.row.says == Says.DATED:
        facts |= Says.PUT_OFF if clause.marks & PUTTING_OFF else _NONE
        facts |= _fitting_day(one, typed) | (Says.PARTLY if clause.marks & Mark.PARTLY else _NONE)
    elif clause.marks & Mark.VALUE and within(one.row.says, _TELLING) and _is_here(one, typed):
        facts |= _told(clause, typed, task)
    return facts


def _facts_of_tale(clause: Clause, typed: Typed, task: Task) -> Says:
    """Return whether a clause that only tells is a long one, and whether it brings somebody in."""
    if is_concrete(clause, typed, task):
        return Says.LABELLED
    facts = Says.MORE if clause.high - clause.low > 2 else _NONE
    if clause.marks & Mark.VALUE and is_no_answer(clause, typed, task):
        facts |= Says.HEDGED
    others = "relative" in chain.from_iterable(typed.kinds[clause.low : clause.high])
    return facts | Says.INVOLVES if others else facts


def _facts_of_marks(marks: Mark) -> Says:
    """Return what a clause says beside what its row tells."""
    facts = Says.VALUE if marks & Mark.VALUE else _NONE
    if marks & Mark.MOCKERY:
        facts |= Says.MOCKS
    if marks & _HEDGES:
        facts |= Says.HEDGED
    return facts


def _fitting_day(one: Said, typed: Typed) -> Says:
    """Return whether a day is chosen rather than put off to."""
    clause, book = one.clause, typed.book
    if clause.marks & ~OF_A_DAY:
        return _NONE
    words = typed.tokens.words[clause.low : clause.high]
    if not book.raw.get("own_script") and not book.words["either"].isdisjoint(words):
        return _NONE  # "the 4th or the 5th" leaves it open
    plain = grasp_of(clause, typed) == Says.PLAIN
    return Says.FITS if plain else _NONE


def _is_here(one: Said, typed: Typed) -> bool:
    """Return whether what a clause tells of stands in it: what it attaches must be a link."""
    words = typed.tokens.words[one.clause.low : one.clause.high]
    return one.row.says != Says.ATTACHES or any(word[:1] == LINK_MARK for word in words)


def _told(clause: Clause, typed: Typed, task: Task) -> Says:
    """Return whether a clause gives a figure, a code or a word behind a colon, and no more."""
    if clause.marks & (LATER | _UNPLAIN | Mark.PAST_TIME):
        return _NONE
    if names_rival(clause, typed, task.title):
        return _NONE
    if gives_figures(clause, typed, task):
        return Says.TOLD
    if says_how_it_stands(clause, typed):
        return _NONE
    words = [
        word
        for word in typed.tokens.words[clause.low : clause.high]
        if not (word.isdecimal() and int(word) in typed.asked.numbers)
    ]
    grasp = grasp_of(clause, typed)
    if grasp != Says.STRANGE and any(is_code(word) for word in words):
        return Says.TOLD
    figures = any(word[:1].isdigit() for word in words)
    offers = not typed.book.words["either"].isdisjoint(words)
    return Says.TOLD if figures and grasp == Says.PLAIN and not offers else _NONE
