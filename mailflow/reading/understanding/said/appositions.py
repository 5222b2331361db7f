"""Who somebody is, said behind a comma or in brackets: "our accountant, Ann Lee (ann@lee.example)".

Such a stretch says nothing of its own. It belongs to the clause that it explains, and to
whatever To Do that clause speaks of.
"""

from collections.abc import Sequence

from mailflow.reading.lexicon import Lexicon
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import Tokens

_LONGEST = 8
_SOMEBODY = frozenset({"who", "whos"})
_PERSONAL = Mark.DELEGATE | Mark.OTHERS | Mark.NOT_MINE
_FINISHED = Mark.DONE | Mark.DID | Mark.ATTACHED | Mark.TICK | Mark.GREETING | Mark.COURTESY
_SIGNS = frozenset(",().&-")


def with_appositions(
    clauses: Sequence[Clause], tokens: Tokens, kinds: Sequence[tuple[str, ...]], book: Lexicon
) -> list[Clause]:
    """Return the clauses of one sentence, each with the names that explain it."""
    kept: list[Clause] = []
    for clause in clauses:
        last = kept[-1] if kept else None
        if last is None or not _explains(clause, last, tokens, kinds, book):
            kept.append(clause)
            continue
        last.high = clause.high
        last.found += [found for found in clause.found if found.name == "delegate"]
        last.marks |= clause.marks & (Mark.DELEGATE | Mark.QUESTION_SIGN)
        last.marks &= ~Mark.SHORT
    return kept


def _explains(
    clause: Clause, last: Clause, tokens: Tokens, kinds: Sequence[tuple[str, ...]], book: Lexicon
) -> bool:
    if clause.high - clause.low > _LONGEST or clause.dates or last.marks & _FINISHED:
        return False
    people = address = False
    for at in range(clause.low, clause.high):
        known = kinds[at]
        address = address or "address" in known
        if "who" in known and "relative" not in known:
            people = True
        elif not _may_stand_beside(at, tokens, book):
            return False
    if not people:
        return False
    if last.marks & _PERSONAL or "relative" in {
        k for kind in kinds[last.low : last.high] for k in kind
    }:
        return True
    return address and any(not _SOMEBODY.isdisjoint(kind) for kind in kinds[last.low : last.high])


def _may_stand_beside(at: int, tokens: Tokens, book: Lexicon) -> bool:
    """Return whether a token may stand in a name, or between a name and its telephone number."""
    word = tokens.words[at]
    if word in _SIGNS or tokens.shapes[at] == "n" or word in book.words["titles_of_people"]:
        return True
    if word in book.words["articles"]:
        return True
    return is_particle(word, book) or tokens.words[at + 1 : at + 2] == ("-",)


def is_particle(word: str, book: Lexicon) -> bool:
    """Return whether a word may stand small within a name ("van", "de la")."""
    return word in book.words["particles"]
