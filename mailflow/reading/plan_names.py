"""The names that dates in a plan may hang on, before anything of it has been understood."""

from collections.abc import Callable

from mailflow.reading.plan_parts import Outline
from mailflow.reading.plan_vocabulary import all_words, split_words
from mailflow.reading.words import fold

_SEPARATORS = frozenset("@|([,;:-–—+#")


def known_names(outline: Outline) -> Callable[[str], bool]:
    """Return what tells whether a folded name begins a milestone, a phase or a To Do.

    The name has to end where something else begins: "the draft" is no name where the plan
    speaks of the draft agreement.
    """
    lines: dict[str, list[str]] = {}
    raw = [stone.text for phase in outline.phases for stone in phase.milestones]
    raw += [phase.text for phase in outline.phases]
    raw += [todo.text for todo in outline.todos]
    for text in raw:
        words = split_words(fold(text))
        if words:
            lines.setdefault(words[0], []).append(" ".join(words))

    def known(name: str) -> bool:
        first = name.partition(" ")[0]
        return any(_is_whole(line, name) for line in lines.get(first, ()))

    return known


def _is_whole(line: str, name: str) -> bool:
    if not line.startswith(name):
        return False
    rest = line[len(name) :]
    if not rest:
        return True
    following = rest.split(None, 1)[0]
    return rest[0] == " " and (
        following[0] in _SEPARATORS or following[0].isdigit() or following in _endings()
    )


def _endings() -> frozenset[str]:
    return all_words("when", "by") | all_words("when", "in") | all_words("when", "after")
