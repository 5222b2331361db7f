"""Who did it, where somebody else is named as the one who acts: "Priya sent the contract".

Whoever is to get, to be called or to be asked stands in the title, so that the name is no
stranger; but standing first and before the act it is whose act that was.
"""

from mailflow.reading.lexicon import COMMON, raw_lexicon
from mailflow.reading.understanding.finished.singled import singled_by
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.word_kinds import PERSON

_ACTING = frozenset({"have", "did"})
_OVER = frozenset({"have", "be", "i"})
_PEOPLE = frozenset({"who", "whos", "relative", "folk", "inst"})
_NO_DOER = frozenset({"behind", "innocent", "option", "you", "it", "did"})
_OWN = frozenset("我你您咱们已由被是已经")
"""Glyphs that lead to nobody: "my wife", "by the landlord"."""
_OF = frozenset("的那这处家办说让叫")
"""Glyphs behind a person who only owns, has or says something."""


def is_done_by_another(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether a clause names somebody else before the act as the one who did it."""
    if typed.book.is_of_glyphs:
        return _acts_in_glyphs(clause, typed, title)
    at = clause.low
    words, kinds = typed.tokens.words, typed.kinds
    while at < clause.high and words[at] in typed.book.words["articles"]:
        at += 1
    if at + 1 >= clause.high or "i" in kinds[at]:
        return False
    behind = at + 1 + (not kinds[at + 1] and words[at + 1] in typed.book.words["function_words"])
    if behind >= clause.high or _ACTING.isdisjoint(kinds[behind]):
        return False
    if any("i" in kind for kind in kinds[at : clause.high]):
        return False
    # "Olu emailed the invoice": an unlisted name has done something to something
    written = typed.text[typed.tokens.starts[at] : typed.tokens.ends[at]]
    whole = behind == at + 1 and behind + 1 < clause.high and written.istitle()
    return _is_person(words[at], typed, title, bare=whole and "be" not in kinds[behind])


def does_it_now(clause: Clause, typed: Typed) -> bool:
    """Return whether a finish may be what somebody does: "Die Karten verschickt Sabine".

    In some languages what was done is written as what somebody does, who then stands behind it.
    """
    if not typed.book.raw.get("typed", {}).get("now"):
        return False
    kinds, words = typed.kinds, typed.tokens.words
    for at in range(clause.low, clause.high - 1):
        if "now" in kinds[at] and "did" in kinds[at]:
            if any(not _OVER.isdisjoint(kind) for kind in kinds[clause.low : clause.high]):
                return False
            small, lists = words[at + 1], typed.book.words
            led = small in lists["function_words"] and small not in lists["places"]
            behind = at + 1 + (led and small not in lists["governs"])
            return behind < clause.high and _may_do(behind, clause, typed)
    return False


def _may_do(at: int, clause: Clause, typed: Typed) -> bool:
    """Return whether a word behind a verb may be who does it: no day, no thing of the title."""
    word, kinds = typed.tokens.words[at], typed.kinds[at]
    start = typed.tokens.starts[at]
    if word in typed.asked.words or clause.is_dated_at(start):
        return False
    if not _PEOPLE.isdisjoint(kinds) or word in typed.book.words["names"]:
        return True
    if word in typed.book.words["function_words"] or not typed.text[start].isupper():
        return False
    return _NO_DOER.isdisjoint(kinds)


def _is_person(word: str, typed: Typed, title: str, *, bare: bool) -> bool:
    """Return whether a title names somebody by a word: a first name, or who is to get it.

    Args:
        word: the word.
        typed: the text it stands in.
        title: the title.
        bare: whether any other word that the title writes as a name is one.
    """
    singled = singled_by(title, typed.book.code)
    if word not in singled.get("name", ()):
        return False
    if bare:
        return True
    goals = (values for sort, values in singled.items() if sort.startswith("goal"))
    return word in typed.book.words["names"] or any(word in values for values in goals)


def _acts_in_glyphs(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether a person stands as the subject of the act, led to by nothing."""
    tokens = typed.tokens
    code = typed.book.code
    marked = raw_lexicon(COMMON)["subjects"].get(code, ())
    for at in range(clause.low, clause.high - 1):
        if tokens.shapes[at] not in PERSON or (not marked and tokens.words[at] in title):
            continue
        if marked:
            return tokens.words[at + 1] in marked
        first = all(word in _OWN for word in tokens.words[clause.low : at])
        return first and tokens.words[at + 1] not in _OF
    return False
