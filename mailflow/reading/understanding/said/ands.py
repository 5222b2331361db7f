"""Clauses parted at an "and" that is written together with its word, as Arabic does.

"I sent the invoice and the rent I have paid" is one stretch of words there, and says two
things. An "and" between two names of things parts nothing, so it parts only between two
states of work; never behind what makes them both unreal ("if I had sent it and paid"), nor
behind a word that may be somebody who did both ("the clerk sent it and paid the rent").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailflow.reading.lexicon import Lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.text.word_kinds import Asked
from mailflow.reading.words import Style, Tokens, fold

_AND = "و"
_FINISHED = frozenset({"done", "did", "attached"})
_OPEN = frozenset({"undone", "pending", "blocked", "chose"})
_UNREAL = frozenset({"if", "doubt", "future", "after", "not", "asks", "mockery"})
_NOBODY = frozenset({"i", "you", "n", "d", "innocent", "behind", "did", "weekday", "month"})
_SOMEBODY = frozenset({"who", "relative"})


@dataclass(frozen=True, slots=True)
class Ands:
    """Where a text may be parted.

    Attributes:
        places: the words with an "and" written to them.
        nobody: the words that cannot be who did something.
    """

    places: frozenset[int]
    nobody: frozenset[int]


def ands_in(
    tokens: Tokens, text: str, kinds: Sequence[Sequence[str]], book: Lexicon, asked: Asked
) -> Ands | None:
    """Return where a text may be parted; None where no word has an "and" written to it."""
    if book.style is not Style.CLITIC:
        return None
    places = frozenset(
        at
        for at, start in enumerate(tokens.starts)
        if text[start] == _AND
        and tokens.ends[at] - start > 1 + len(_AND)
        and fold(text[start : tokens.ends[at]]) not in book.words["own_and"]
    )
    if not places:
        return None
    small = book.words["function_words"] | asked.words
    nobody = frozenset(
        at
        for at, word in enumerate(tokens.words)
        if _SOMEBODY.isdisjoint(kinds[at])
        and (word in small or not _NOBODY.isdisjoint(kinds[at]) or not word.isalpha())
    )
    return Ands(places, nobody)


def parted(
    clauses: Sequence[Clause], found: Sequence[Found], ands: Ands | None, *, listed: bool
) -> list[Clause]:
    """Return the clauses of one sentence, those in parts that say two things.

    Args:
        clauses: the clauses.
        found: the phrases of the sentence, none of which is cut in two.
        ands: where they may be parted.
        listed: whether several To Dos were asked for, of which one may be done, one open.
    """
    if ands is None:
        return list(clauses)
    states = _FINISHED | _OPEN if listed else _FINISHED
    made: list[Clause] = []
    for clause in clauses:
        low = clause.low
        for at in _joints(clause, found, ands, states):
            made.append(Clause(low, at, clause.sentence, aside=clause.aside))
            low = at
        made.append(Clause(low, clause.high, clause.sentence, aside=clause.aside))
    return made


def _joints(
    clause: Clause, found: Sequence[Found], ands: Ands, states: frozenset[str]
) -> Iterator[int]:
    """Yield where a new clause begins: the last "and" between two states of work."""
    end, known = 0, sum(1 << at for at in range(clause.low, clause.high) if at in ands.nobody)
    inside = [one for one in found if clause.low <= one.start < clause.high]
    for one in inside:
        known |= one.mask
    for one in sorted(inside, key=lambda one: one.start):
        kind = one.name.partition(":")[0]
        if kind in _UNREAL:
            return
        if kind not in states:
            continue
        joint = max((at for at in ands.places if end <= at <= one.start), default=0)
        if end and joint and not any(two.start < joint < two.end for two in inside):
            if not all(known >> at & 1 for at in range(clause.low, joint)):
                return
            yield joint
        end = max(end, one.end)
