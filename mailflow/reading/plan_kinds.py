"""What sort of step a title speaks of: "Send the …" asks for documents, "Call …" for a call."""

from collections.abc import Sequence
from functools import cache

from mailflow.domain.plan import ToDoKind
from mailflow.reading.plan_vocabulary import LANGUAGES, meanings_in, plan_words, split_words
from mailflow.reading.words import fold

_MOST_WORDS = 4


@cache
def _verbs(language: str) -> dict[tuple[str, ...], ToDoKind]:
    return {
        tuple(split_words(verb)): ToDoKind(kind)
        for verb, kind in meanings_in(language, "kinds").items()
    }


def kind_of(title: str, languages: Sequence[str]) -> ToDoKind:
    """Return the kind that a title's verb stands for; `DO` where it is no special one.

    The verb stands first, or last as in "Unterlagen schicken".
    """
    words = split_words(fold(title))
    for language in dict.fromkeys((*languages, *LANGUAGES)):
        verbs, last = _verbs(language), bool(plan_words(language).get("verb_last", False))
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            kind = verbs.get(tuple(words[:length]))
            kind = kind or (verbs.get(tuple(words[-length:])) if last else None)
            if kind is not None:
                return kind
    return ToDoKind.DO
