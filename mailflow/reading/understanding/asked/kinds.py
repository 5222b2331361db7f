"""What sort of work a To Do is, from its title: it decides what counts as doing it."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.asked.titles import is_before_a_thing, named_acts, verbs_in
from mailflow.reading.words import Tokens, tokens_of_title


class Kind(StrEnum):
    """The sorts of work that answers are read for; finer than the kinds a plan is written in."""

    SEND = "send"
    APPROVE = "approve"
    ANSWER = "answer"
    CHECK = "check"
    SIGN = "sign"
    BOOK = "book"
    CALL = "call"
    ATTEND = "attend"
    DO = "do"
    UPDATE = "update"
    WHEN = "when"
    CONFIRM = "confirm"
    CHOOSE = "choose"


_NAMES: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
_BY_THINGS = frozenset({"facts", "when"})
"""Kinds that are told by the thing a title is about."""


def kinds_of(title: str, kind: str | None, lang: str) -> frozenset[Kind]:
    """Return the kinds that a title allows, `do` if it names none.

    Args:
        title: the To Do's title.
        kind: what the plan says, None where it says nothing; it counts beside the title.
        lang: the language of the title.
    """
    book = lexicon(lang)
    tokens = tokens_of_title(title, book.style)
    hits = _hits_in(tokens, book)
    names = {
        hit.name
        for hit in hits
        if hit.name not in _BY_THINGS or not is_before_a_thing(tokens, hit.end, book)
    }
    verbs = {_NAMES[name] for name in names if name in _NAMES}
    if "facts" in names and (Kind.SEND in verbs or not (verbs or verbs_in(tokens, book))):
        verbs.add(Kind.ANSWER)
    if Kind.WHEN in verbs and len(verbs) == 1:
        verbs.add(Kind.DO)
    if kind is not None and kind in _NAMES:
        verbs.add(_NAMES[kind])
    return frozenset(verbs) or frozenset({Kind.DO})


def acts_in(title: str, lang: str) -> frozenset[str]:
    """Return the groups of verbs that a title asks for, by the sections of the language file."""
    book = lexicon(lang)
    tokens = tokens_of_title(title, book.style)
    phrasal = _phrasal(lang)
    found = set(phrasal.get(" ".join(tokens.words[:2]), ()))
    for at in verbs_in(tokens, book) if not found else ():
        classes = book.classes.of(tokens.words[at])
        found.update(phrasal.get(" ".join(tokens.words[at : at + 2])) or _asked_by(classes))
    if not found:
        hits = _hits_in(tokens, book)
        found = {hit.name for hit in hits if hit.name not in {"facts", "when"}}
    return frozenset(found)


def _asked_by(classes: Iterable[str]) -> Iterator[str]:
    """Yield the groups that ask for what the word of a title asks for."""
    return (kind.removeprefix("title_") for kind in classes if kind.startswith("title_"))


@cache
def _phrasal(lang: str) -> Mapping[str, frozenset[str]]:
    """Return the groups of verbs of two words, which are other acts than their first one is."""
    groups: dict[str, set[str]] = {}
    for group, forms in lexicon(lang).raw.get("verbs", {}).items():
        for verb in forms.get("title", ()):
            if " " in verb:
                groups.setdefault(verb, set()).add(group)
    return {verb: frozenset(found) for verb, found in groups.items()}


def _hits_in(tokens: Tokens, book: Lexicon) -> list[Found]:
    """Return the phrases of a title that tell its kinds."""
    classes = [book.classes.of(word) for word in tokens.words]
    found = book.kinds.find(tokens, classes)
    acts = _phrasal(book.code).get(" ".join(tokens.words[:2]))
    if acts and acts.isdisjoint(_asked_by(classes[0])):
        found = tuple([one for one in found if one.end > 1])
    return named_acts(tokens, found, book)
