"""Whether a clause is nothing but the answer that was asked for: "Door: RAL 7016", "the blue one".

Whoever is asked to choose, to name or to tell often types the answer and no verb. What stands
there is then known by what it is (a figure, a name of a thing, a letter) and by what is missing:
nobody who does something, nothing that denies, doubts or puts off.
"""

import re

from mailflow.reading.understanding.clauses import Clause
from mailflow.reading.understanding.marks import NONE, Mark
from mailflow.reading.understanding.typed import Typed

_BESIDE = Mark.VALUE | Mark.SHORT | Mark.FINE | Mark.YES | Mark.CHOSE | Mark.COURTESY | Mark.THANKS
"""All that a bare answer may say."""
_ACTORS = frozenset(
    {"i", "they", "you", "not", "have", "modal", "will", "relative", "did", "address"}
)
_AMBIGUOUS = re.compile(r"\d{1,2}[./-]\d{1,2}")
"""A size, a price or a day."""
_WORDS = frozenset("wgn")
_MOST = 6
_MOST_GLYPHS = 12


def is_concrete(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause gives a figure, a thing's name or an option, and says no more."""
    words = typed.tokens.words[clause.low : clause.high]
    if clause.marks & ~_BESIDE or not typed.book.words["either"].isdisjoint(words):
        return False
    said = [
        at
        for at in range(clause.low, clause.high)
        if typed.tokens.shapes[at] in _WORDS and not clause.pointing >> at & 1
    ]
    glyphs = any(typed.tokens.shapes[at] == "g" for at in said)
    if not 0 < len(said) <= (_MOST_GLYPHS if glyphs else _MOST):
        return False
    if any(_AMBIGUOUS.fullmatch(typed.tokens.words[at]) for at in said):
        return False
    if any(not _ACTORS.isdisjoint(typed.kinds[at]) for at in said):
        return False
    if all("who" in typed.kinds[at] for at in said):
        return False  # somebody's name alone may be who is to be asked
    return clause.marks & Mark.VALUE != NONE or any(_is_thing(at, clause, typed) for at in said)


def _is_thing(at: int, clause: Clause, typed: Typed) -> bool:
    """Return whether a word is an option's letter, or written as the name of a thing."""
    word = typed.text[typed.tokens.starts[at] : typed.tokens.ends[at]]
    if not word[:1].isupper() or typed.tokens.words[at] in typed.asked.words:
        return False
    inside = at > clause.low and not typed.book.raw.get("noun_capitals")
    return len(word) == 1 or (word.isupper() and len(word) > 1) or inside
