"""Which delivered file belongs to which To Do."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.words import fold

_SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A To Do of the answered mail: its shown number, its title, and whether it wants files."""

    n: int
    title: str
    wants_files: bool


def match_documents(
    names: Sequence[str], wanted: Sequence[Wanted], readings: Sequence[Reading]
) -> tuple[int | None, ...]:
    """Return for each file name the number of the To Do it belongs to, or None.

    In this order: the only To Do of the mail; the To Do whose title shares the most words
    with the file's name; the only one that was said to be done and wants files; the only one
    that wants files. In doubt nothing is guessed.
    """
    if len(wanted) == 1:
        return tuple(wanted[0].n for _ in names)
    done = {r.n for r in readings if r.intent is Intent.DONE}
    default = _only([w.n for w in wanted if w.wants_files and w.n in done]) or _only(
        [w.n for w in wanted if w.wants_files]
    )
    return tuple(_by_words(name, wanted) or default for name in names)


def _only(numbers: list[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def _by_words(name: str, wanted: Sequence[Wanted]) -> int | None:
    words = _words(name)
    scores = sorted(((len(words & _words(w.title)), w.n) for w in wanted), reverse=True)
    if not scores or scores[0][0] == 0:
        return None
    tied = len(scores) > 1 and scores[1][0] == scores[0][0]
    return None if tied else scores[0][1]


def _words(text: str) -> frozenset[str]:
    folded = fold(text[:300])
    spaced = "".join(c if c.isalnum() else " " for c in folded)
    return frozenset(word.rstrip("s") for word in spaced.split() if len(word) >= _SHORT_WORD)
