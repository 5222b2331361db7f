"""Work that a title asks to have done by others: there "the boss has signed it" finishes it."""

from functools import cache

from mailflow.reading.lexicon import raw_lexicon
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Task, Typed
from mailflow.reading.words import fold, tokens_of_title


@cache
def _verbs(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in raw_lexicon(code).get("has_done", ()))


def is_had_done(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a title asks for others to do it, and none but whom it names has done it."""
    verbs = _verbs(typed.book.code)
    if verbs.isdisjoint(typed.asked.words):
        return False
    title = frozenset(tokens_of_title(task.title, typed.book.style).words)
    if verbs.isdisjoint(title):
        return False
    if not any("relative" in typed.book.classes.of(word) for word in title):
        return True
    return all(
        typed.tokens.words[at] in title
        for at in range(clause.low, clause.high)
        if "relative" in typed.book.classes.of(typed.tokens.words[at])
    )
