"""The names that dates in a plan may hang on, before anything of it has been understood."""

from bisect import bisect_left
from functools import cache

from mailflow.reading.plan_parts import Outline
from mailflow.reading.plan_spelling import Spelling
from mailflow.reading.plan_vocabulary import all_words, split_words
from mailflow.reading.words import fold

_SEPARATORS = frozenset("@|([,;:-–—+#")
_MOST_NAMESAKES = 100
_LIKENESS = 0.75


class PlanNames:
    """What milestones, phases and To Dos are called, as far as their lines tell at a glance.

    A name has to end where something else begins: "the draft" is no name where the plan speaks
    of the draft agreement.
    """

    def __init__(self, outline: Outline) -> None:
        """Look at every line that may bear a name."""
        raw = [stone.text for phase in outline.phases for stone in phase.milestones]
        raw += [phase.text for phase in outline.phases]
        raw += [todo.text for todo in outline.todos]
        lines = (split_words(fold(text)) for text in raw)
        self._lines = sorted({" ".join(words) for words in lines if words})
        self._spelling: Spelling | None = None

    def known(self, name: str) -> bool:
        """Return whether something is called exactly so."""
        start = bisect_left(self._lines, name)
        for line in self._lines[start : start + _MOST_NAMESAKES]:
            if not line.startswith(name):
                return False
            if _ends(line[len(name) :]):
                return True
        return False

    def nearly(self, name: str) -> bool:
        """Return whether something is called so but for a misspelling."""
        if self._spelling is None:
            self._spelling = Spelling(map(_name_of, self._lines), likeness=_LIKENESS)
        return self._spelling.nearest(name) is not None


def _ends(rest: str) -> bool:
    return not rest or (rest[0] == " " and _is_other(rest.split(None, 1)[0]))


def _name_of(line: str) -> str:
    words: list[str] = []
    for word in line.split():
        if words and _is_other(word):
            break
        words.append(word)
    return " ".join(words)


def _is_other(word: str) -> bool:
    return word[0] in _SEPARATORS or word[0].isdigit() or word in _endings()


@cache
def _endings() -> frozenset[str]:
    return all_words("when", "by") | all_words("when", "in") | all_words("when", "after")
