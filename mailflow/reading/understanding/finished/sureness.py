"""How sure a clause is that says that something is finished."""

from mailflow.reading.phrases import Found
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.asked.months import months_in
from mailflow.reading.understanding.finished.acts import is_other_act
from mailflow.reading.understanding.finished.doers import is_done_by_another
from mailflow.reading.understanding.finished.had_done import is_had_done
from mailflow.reading.understanding.finished.options import leaves_open
from mailflow.reading.understanding.finished.plainness import grasp_of
from mailflow.reading.understanding.finished.singled import names_another, names_rival
from mailflow.reading.understanding.finished.worked_glyphs import was_done_to_another
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark

_NONE = Says(0)
OF_A_DAY = (
    Mark.DATE
    | Mark.VALUE
    | Mark.SHORT
    | Mark.YES
    | Mark.FINE
    | Mark.APPROVED
    | Mark.CHOSE
    | Mark.THANKS
    | Mark.COURTESY
    | Mark.NEUTRAL
    | Mark.DONE
)
"""All that a clause may say whose day is an answer."""
_BESIDE_A_FINISH = (
    OF_A_DAY
    | Mark.DID
    | Mark.ATTACHED
    | Mark.HERE
    | Mark.TICK
    | Mark.SAME
    | Mark.PRAISE
    | Mark.NEUTRAL
    | Mark.PAST_TIME
    | Mark.FYI
    | Mark.RECEIVED
    | Mark.UNNEEDED
    | Mark.STOP
    | Mark.UNDO
)
"""All that a clause may say that is sure to be a finish."""
_BESIDE_A_CHOICE = _BESIDE_A_FINISH | Mark.FUTURE | Mark.WILLING
"""The same of a choice: "we'll take the red one" chooses."""
ANSWERED = frozenset({Kind.APPROVE, Kind.ANSWER})
"""What a word of consent or choice does, whatever was done besides."""
_CHOOSING = frozenset({Kind.ANSWER, Kind.WHEN})
_CHOSEN = frozenset({"chose", "did:answer"})
_SHORT_CHOICE = 24
"""Tokens of a clause up to which a verb at its end speaks of all that stands before it."""


def facts_of_finish(one: Said, typed: Typed, task: Task) -> Says:
    """Return how sure a clause is that says that something is finished."""
    clause = one.clause
    facts = _NONE
    if clause.marks & Mark.YES:
        facts |= Says.YES
    if one.row.says == Says.DONE:
        if is_other_act(one, typed, task):
            return facts | Says.OTHER_ACT
        facts |= Says.FIT_ACT
        if not clause.marks & Mark.PAST_TIME and _is_ahead(clause, typed):
            facts |= Says.AHEAD
    beside = _BESIDE_A_CHOICE if one.row.says == Says.CHOOSES else _BESIDE_A_FINISH
    if (
        marks_heard(clause, typed, task) & ~beside
        or _unknown_act(clause, typed)
        or _is_theirs(clause, typed)
    ):
        return facts
    if _is_of_another(one, typed, task) or (
        one.row.says == Says.DONE
        and Kind.APPROVE not in task.kinds
        and is_done_by_another(clause, typed, task.title)
    ):
        return facts
    grasp = grasp_of(clause, typed)
    if grasp == Says.STRANGE and one.row.says == Says.CHOOSES and _chosen_before(clause, typed):
        grasp = Says.LOOSE
    return facts | grasp


def marks_heard(clause: Clause, typed: Typed, task: Task) -> Mark:
    """Return the marks of a clause; where others are to do it, they may have done it."""
    if clause.marks & Mark.OTHER and is_had_done(clause, typed, task):
        return clause.marks & ~Mark.OTHER
    return clause.marks


def names_other_month(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names a month as a title does ("the January one"), but another."""
    months = months_in(typed.tokens.part(clause.low, clause.high), typed.book.code, bare=True)
    return bool(months) and months.isdisjoint(typed.asked.months)


def _is_of_another(one: Said, typed: Typed, task: Task) -> bool:
    """Return whether a clause speaks of another year, month, number or place than was asked for.

    What is chosen ("number 6 it is") was not in the title.
    """
    if _long_ago(one.clause, typed) or (
        typed.asked.months and names_other_month(one.clause, typed)
    ):
        return True
    words, code = typed.tokens.words[one.clause.low : one.clause.high], typed.book.code
    offers = not typed.book.raw.get("own_script") and one.row.says == Says.CHOOSES
    if offers and (
        not typed.book.words["either"].isdisjoint(words) or leaves_open(one.clause, typed)
    ):
        return True
    if one.row.says == Says.DONE and was_done_to_another("".join(words), task.title, code):
        return True
    choosing = not task.kinds.isdisjoint(_CHOOSING)
    acts = {found.name for found in one.clause.found if found.name.startswith(("did", "done"))}
    choosing = choosing and acts <= _CHOSEN
    chosen = choosing and any(f.name in _CHOSEN for f in one.clause.found)
    differs = names_rival if chosen or one.row.says == Says.CHOOSES else names_another
    return differs(one.clause, typed, task.title)


def _chosen_before(clause: Clause, typed: Typed) -> bool:
    """Return whether the verb stands last, so that what was chosen can only stand before it."""
    last = any(one.name == "chose" and one.end == clause.high for one in clause.found)
    last = last or bool(typed.book.raw.get("verb_last"))
    return last and clause.high - clause.low <= _SHORT_CHOICE


def _is_ahead(clause: Clause, typed: Typed) -> bool:
    """Return whether the day of a finish is to come ("by tomorrow", "ready for Friday")."""
    words = typed.tokens.words[clause.low : clause.high]
    ready = not clause.marks & Mark.DID and not typed.book.words["made"].isdisjoint(words)
    return any(day.ahead or (ready and day.end > typed.today) for day in clause.dates)


def _is_theirs(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause begins with what the reader did ("you have signed it")."""
    first = typed.kinds[clause.low]
    second = typed.kinds[clause.low + 1] if clause.low + 1 < clause.high else ()
    said = any(found.mask >> clause.low & 1 for found in clause.found)
    return "you" in first and ("have" in first or "have" in second) and not said


def _unknown_act(clause: Clause, typed: Typed) -> bool:
    """Return whether only the endings of verbs say that something was done."""
    if clause.marks & Mark.TICK:
        return False
    found = [one for one in clause.found if one.name in {"did", "done"}]
    if any(one.name.startswith("did:") for one in clause.found):
        return False
    return bool(found) and all(_is_ending(one, typed) for one in found)


def _is_ending(found: Found, typed: Typed) -> bool:
    acts = [at for name, at in found.slots if name in {"did", "pastlike", "hepast"}]
    return bool(acts) and all("did" not in typed.kinds[at] for at in acts)


def _long_ago(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names a year that is over, and that no title names."""
    if typed.tokens.shapes.find("n", clause.low, clause.high) < 0:
        return False
    if any(day.end.year < typed.today.year for day in clause.dates):
        return True
    words = typed.tokens.words[clause.low : clause.high]
    return any(
        word.isdecimal() and 1990 <= int(word) < typed.today.year and word not in typed.asked.words
        for word in words
    )
