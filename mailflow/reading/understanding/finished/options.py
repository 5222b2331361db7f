"""Answers made of nothing but options: "blinis, arancini and the little beetroot things".

Whoever is to choose or to tell what it shall be types colours, dishes, stuffs, sizes. A language
lists what can be chosen and says nothing of how things stand, so a clause of such words alone is
the answer, however long it is.
"""

from collections.abc import Sequence

from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.finished.singled import rival_in
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Task, Typed

_CHOOSING = frozenset({Kind.ANSWER, Kind.CHOOSE, Kind.CONFIRM})
_WORDS = frozenset("wgn")
_SHORTEST_NOUN = 3
_SHORT = 3


def is_made_of_options(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether options, title words, figures and what joins them stand there, and no more."""
    if _CHOOSING.isdisjoint(task.kinds) or leaves_open(clause, typed) or _is_beside(clause, typed):
        return False
    options = 0
    for at in range(clause.low, clause.high):
        shape = typed.tokens.shapes[at]
        if shape not in _WORDS or shape == "n" or _is_asked(at, clause, typed):
            continue
        if "option" in typed.kinds[at]:
            options += 1
        elif not _joins(at, typed):
            return False
    return options > 0 and not says_where(clause, typed)


def _is_beside(clause: Clause, typed: Typed) -> bool:
    """Return whether another thing stands behind the title's, as in "cake table" for a cake.

    So it is where the last of several nouns in a row is the thing, and a list's titles are
    labels there.
    """
    if not typed.book.raw.get("nouns_in_rows"):
        return False
    words = typed.tokens.words
    asked = typed.asked.words - typed.book.words["function_words"]
    return any(
        words[at] in asked and not clause.pointing >> at & 1 and "option" in typed.kinds[at + 1]
        for at in range(clause.low, clause.high - 1)
    )


def leaves_open(clause: Clause, typed: Typed) -> bool:
    """Return whether a stroke stands between two words: "blue/green" is no choice yet."""
    words, shapes = typed.tokens.words, typed.tokens.shapes
    return any(
        words[at] == "/" and shapes[at - 1] == shapes[at + 1] == "w"
        for at in range(clause.low + 1, clause.high - 1)
    )


def picks_several(clauses: Sequence[Clause], typed: Typed) -> bool:
    """Return whether short clauses name two that exclude each other: "red, green, blue"."""
    sorts: dict[str, str] = {}
    for clause in clauses:
        if clause.high - clause.low > _SHORT:
            continue
        for word in typed.tokens.words[clause.low : clause.high]:
            sort, one = rival_in(word, typed.book.code)
            if sort and sorts.setdefault(sort, one) != one:
                return True
    return False


def says_where(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause says where something is ("in the oven"), not of what ("in oak").

    Where no article tells the two apart ("w piekarniku"), what begins with a place is one.
    """
    words, lists = typed.tokens.words, typed.book.words
    if words[clause.low] in lists["places"]:
        return True
    return any(
        words[at] in lists["places"] and _links(words[at + 1], typed)
        for at in range(clause.low, clause.high - 1)
    )


def _is_asked(at: int, clause: Clause, typed: Typed) -> bool:
    word, asked = typed.tokens.words[at], typed.asked
    if clause.pointing >> at & 1 or word in asked.words:
        return True
    return len(word) > _SHORTEST_NOUN and asked.has_form_of(word)


def _joins(at: int, typed: Typed) -> bool:
    if "be" in typed.kinds[at] and not typed.text[typed.tokens.starts[at]].isascii():
        return False  # "é" tells how something is, "e" joins
    return _links(typed.tokens.words[at], typed)


def _links(word: str, typed: Typed) -> bool:
    lists = typed.book.words
    return word in lists["option_joints"] or word in lists["articles"]
