"""What a clause says beside the others: parting words and idle talk say nothing of the work."""

from itertools import chain

from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.finished.doers import does_it_now
from mailflow.reading.understanding.finished.own_acts import of_own_act
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark

_CHATTING = (
    Mark.OTHER
    | Mark.CHAT
    | Mark.FINE
    | Mark.PRAISE
    | Mark.NEUTRAL
    | Mark.THANKS
    | Mark.COURTESY
    | Mark.SHORT
    | Mark.PAST_TIME
)
"""All that idle talk behind a finish may say."""
_PARTING = (
    Mark.DATE
    | Mark.COURTESY
    | Mark.SHORT
    | Mark.FUTURE
    | Mark.NEUTRAL
    | Mark.THANKS
    | Mark.RECEIVED
)
"""All that a parting word may say that names a day ("See you on Monday!")."""
_COMING = Mark.DATE | Mark.FUTURE | Mark.SHORT | Mark.NEUTRAL | Mark.CHOSE | Mark.VALUE | Mark.YES
"""All that may be said of who comes by on a day ("I called, he comes on Monday")."""
LATER = (
    Mark.FUTURE
    | Mark.LATER
    | Mark.NOT
    | Mark.UNDONE
    | Mark.WILLING
    | Mark.AFTER
    | Mark.PENDING
    | Mark.QUESTION_SIGN
)
"""All that puts off what a clause tells."""
_LONGEST_SIGNATURE = 5
_OF_OTHERS = frozenset({"relative", "whos"})


def heard_as(one: Said, typed: Typed, task: Task, ends: frozenset[int]) -> Says:
    """Return what a clause says beside the others and of this To Do.

    Args:
        one: the clause.
        typed: the text.
        task: the To Do.
        ends: the sentences that say that it is finished.
    """
    says = one.row.says
    if says == Says.DONE:
        return Says.PASSES_ON if does_it_now(one.clause, typed) else says
    if _is_wordless(one, typed) or (ends and _is_beside(one, typed, ends)):
        return Says.SILENT
    if ends and says == Says.DATED:
        if _parts(one.clause) or (Kind.CALL in task.kinds and _comes(one.clause, typed)):
            return Says.SILENT
        if one.clause.marks & Mark.FYI or _is_over(one, typed):
            return Says.TELLS
    if ends and min(ends) < one.clause.sentence:
        return says
    if says == Says.TELLS and not ends and _sends_to(one.clause, typed, task):
        return Says.PASSES_ON
    own = of_own_act(one, typed, task)
    return says if ends and own == Says.PASSES_ON else own


def _parts(clause: Clause) -> bool:
    """Return whether a clause is a parting word that names a day."""
    return bool(clause.marks & Mark.COURTESY) and not clause.marks & ~_PARTING


def _comes(clause: Clause, typed: Typed) -> bool:
    """Return whether who was called comes by on a day, which is what the call was for."""
    if clause.marks & ~_COMING:
        return False
    words = typed.tokens.words[clause.low : clause.high]
    kinds = chain.from_iterable(typed.kinds[clause.low : clause.high])
    return not typed.book.words["comes"].isdisjoint(words) and "i" not in kinds


def _is_wordless(one: Said, typed: Typed) -> bool:
    """Return whether a clause is nothing but signs: the turkey behind a happy Thanksgiving."""
    if one.row.says != Says.TELLS or len(typed.clauses) == 1:
        return False
    return not typed.tokens.shapes[one.clause.low : one.clause.high].strip("psl")


def _is_beside(one: Said, typed: Typed, ends: frozenset[int]) -> bool:
    """Return whether a clause is idle talk behind what is finished, or signs the mail."""
    clause = one.clause
    if one.row.says == Says.CHATS:
        return clause.sentence > min(ends) and not clause.marks & ~_CHATTING
    lines = [typed.sentences[sentence].line for sentence in (max(ends), clause.sentence)]
    if one.row.says != Says.TELLS or lines[0] >= lines[1]:
        return False
    rest = [other for other in typed.clauses if other.low >= clause.low]
    return all(_signs(other, typed) for other in rest)


def _signs(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause is nothing but capitalised words: a name, a function, a firm."""
    if clause.marks & ~Mark.SHORT or clause.high - clause.low > _LONGEST_SIGNATURE:
        return False
    return all(
        typed.text[typed.tokens.starts[at]].isupper() or typed.tokens.shapes[at] in "psl"
        for at in range(clause.low, clause.high)
    )


def _sends_to(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a clause gives an address that was not asked for: that of who will do it."""
    if Kind.ANSWER in task.kinds:
        return False
    known = frozenset(chain.from_iterable(typed.kinds[clause.low : clause.high]))
    return "address" in known and (not clause.pointing or not _OF_OTHERS.isdisjoint(known))


def _is_over(one: Said, typed: Typed) -> bool:
    """Return whether the only day named is today, beside something that is finished."""
    return not one.clause.marks & LATER and all(
        day.end <= typed.today and not day.ahead for day in one.clause.dates
    )
