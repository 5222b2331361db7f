"""What a clause says of its title's own act: that it will not be, or that somebody else does it.

"We don't sign these" and "the landlord signs these" need no word that a list would have to know:
the title's own verb, a person and a "not" are enough. Only scripts with words between blanks.
"""

from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.understanding.text.word_kinds import stems

_REFUSING = Says.TELLS | Says.WILL | Says.PROMISES | Says.REJECTS
_UNSETTLED = (
    Mark.DID
    | Mark.DONE
    | Mark.UNDONE
    | Mark.AFTER
    | Mark.IF
    | Mark.PENDING
    | Mark.BLOCKED
    | Mark.DOUBT
    | Mark.PARTLY
    | Mark.NEAR
    | Mark.NOTHING
    | Mark.QUESTION_SIGN
    | Mark.DATE
    | Mark.PAST_TIME
    | Mark.APPROVED
    | Mark.CHOSE
    | Mark.YES
    | Mark.FINE
    | Mark.VALUE
)
"""What makes of "we don't sign" something else than a refusal."""
_NO = Mark.NO | Mark.NOT
_IN_A_NAY = _NO | Mark.SHORT | Mark.NEUTRAL | Mark.COURTESY | Mark.THANKS | Mark.DATE
_NAYS = Says.DATED
_FINDING = frozenset({Kind.ANSWER, Kind.APPROVE, Kind.CHECK, Kind.CONFIRM, Kind.WHEN})
"""Work that may find that there is none of what its title names."""
_A_WHILE = 27
"""Days behind which a "not this year" puts nothing off."""
_ONLY = Says.PARTLY | Says.TELLS | Says.REJECTS
_SOME = Mark.PARTLY | Mark.APPROVED
_SOMEBODY = frozenset({"who", "whos"})
_OWN = frozenset({"i", "have"})


def of_own_act(one: Said, typed: Typed, task: Task) -> Says:
    """Return what a clause says of its title's act, else what its row says."""
    clause, says = one.clause, one.row.says
    if clause.marks & Mark.PARTLY and says & _ONLY:
        return _of_nobody_else(one, typed, task)
    if says & _NAYS and _is_none_of_it(clause, typed, task):
        return Says.REFUSES
    unsettled = clause.aside or clause.marks & _UNSETTLED or Kind.ANSWER in task.kinds
    if unsettled or not says & _REFUSING:
        return says
    if clause.marks & (Mark.NOT | Mark.NO):
        never = clause.marks & Mark.NOT and clause.marks & Mark.FUTURE
        return Says.REFUSES if never or _has_own_verb(clause, typed, task) else says
    others = says == Says.TELLS and task.verbs and _names_a_person(clause, typed)
    return Says.PASSES_ON if others and _has_stem(clause, typed) else says


def _is_none_of_it(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a clause says no to what the title names for long ("no band this year")."""
    if clause.marks & ~_IN_A_NAY or not clause.marks & _NO or not _FINDING.isdisjoint(task.kinds):
        return False
    if any((day.end - typed.today).days <= _A_WHILE for day in clause.dates):
        return False
    known = typed.book.words["function_words"] | typed.book.words["articles"]
    named = False
    for at in range(clause.low, clause.high):
        word, shape = typed.tokens.words[at], typed.tokens.shapes[at]
        own = shape == "w" and word in typed.asked.words and word not in known
        named = named or own
        said = any(found.mask >> at & 1 for found in clause.found)
        if not (own or said or shape == "p" or word in known or clause.dates):
            return False
    return named


def _of_nobody_else(one: Said, typed: Typed, task: Task) -> Says:
    """Return what "only Ann may sign" says: that it is hers."""
    clause, says = one.clause, one.row.says
    open_ended = clause.marks & _UNSETTLED & ~_SOME or not _names_a_person(clause, typed)
    return says if open_ended or not _has_own_verb(clause, typed, task) else Says.PASSES_ON


def _names_a_person(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names somebody, and does not speak of the writer."""
    kinds = typed.kinds[clause.low : clause.high]
    named = any(not _SOMEBODY.isdisjoint(kind) for kind in kinds)
    return named and all(_OWN.isdisjoint(kind) for kind in kinds)


def _has_own_verb(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether the title's own verb, or one of its sort, stands in a clause."""
    names = frozenset(f"base_{verb}" for verb in task.verbs)
    kinds = typed.kinds[clause.low : clause.high]
    return any(not names.isdisjoint(kind) for kind in kinds) or _has_stem(clause, typed)


def _has_stem(clause: Clause, typed: Typed) -> bool:
    """Return whether the title's own verb stands in a clause, in whatever form."""
    words = typed.tokens.words[clause.low : clause.high]
    return any(len(word) > 3 and not typed.asked.verbs.isdisjoint(stems(word)) for word in words)
