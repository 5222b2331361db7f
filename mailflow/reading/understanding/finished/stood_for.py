"""What was finished is named by a word that stands for it: "the one at the branch is cancelled"."""

from itertools import pairwise

from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Typed

_SHORTEST = 4
_TOLD = frozenset({"i", "you", "it", "they", "weekday", "month", "unit", "past_time"})
"""Classes of what singles nothing out behind such a word ("the one for you", "la de marzo")."""


def stands_for_another(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause means the one of something, and the titles speak of no such thing."""
    standing, leading = typed.book.words["standing"], typed.book.words["leading"]
    words = typed.tokens.words[clause.low : clause.high]
    if standing.isdisjoint(words) or leading.isdisjoint(words):
        return False
    return any(
        one in standing and link in leading and _names_another(clause, typed, at + 2)
        for at, (one, link) in enumerate(pairwise(words), clause.low)
    )


def _names_another(clause: Clause, typed: Typed, at: int) -> bool:
    words, articles = typed.tokens.words, typed.book.words["articles"]
    while at < clause.high and words[at] in articles:
        at += 1
    if at >= clause.high or len(words[at]) < _SHORTEST or not words[at].isalpha():
        return False
    if clause.is_dated_at(typed.tokens.starts[at]) or not _TOLD.isdisjoint(typed.kinds[at]):
        return False
    acts = (one.start for one in clause.found if one.name.startswith(("did", "done")))
    end = min((place for place in acts if place > at), default=clause.high)
    return not any(
        typed.asked.has_form_of(word) for word in words[at:end] if len(word) >= _SHORTEST
    )
