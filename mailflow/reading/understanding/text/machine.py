"""Mail that a machine wrote: out of office, tickets, receipts, bounces, by its words."""

from functools import cache

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon
from mailflow.reading.words import fold, folded_answer

_CONFIDENCE = 0.97
_PIECE = 8
"""Letters of a phrase that are looked for before all of it is."""
_STEP = 4
"""A text is looked into at every fourth letter: one of four pieces of a phrase stands there."""


@cache
def _phrases(section: str, lang: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in raw_lexicon(lang).get("machine", {}).get(section, ()))


@cache
def _subjects() -> tuple[str, ...]:
    return tuple({phrase for lang in LANGUAGES for phrase in _phrases("subject", lang)})


@cache
def _strong(lang: str) -> tuple[str, ...]:
    return tuple(
        p for code in dict.fromkeys((lang, "en", COMMON)) for p in _phrases("strong", code)
    )


@cache
def _pieces(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the first pieces of the phrases that tell, and the phrases too short for them."""
    phrases = (*_strong(lang), *_phrases("text", lang))
    shortest = _PIECE + _STEP - 1
    long = [phrase for phrase in phrases if len(phrase) >= shortest]
    pieces = frozenset(phrase[at : at + _PIECE] for phrase in long for at in range(_STEP))
    return pieces, tuple(phrase for phrase in phrases if len(phrase) < shortest)


def _may_be_told(body: str, lang: str) -> bool:
    """Return whether any phrase that tells may stand in a text, in one walk through it."""
    pieces, short = _pieces(lang)
    steps = range(0, len(body) - _PIECE + 1, _STEP)
    if not pieces.isdisjoint([body[at : at + _PIECE] for at in steps]):
        return True
    return any(map(body.__contains__, short))


def machine_reading(subject: str, text: str, lang: str) -> Reading | None:
    """Return the reading of an answer that a machine wrote, None if a person did.

    One phrase is enough that only machines write; of the others it takes two, or one below a
    subject that machines write.

    Args:
        subject: the cleaned subject.
        text: the cleaned text.
        lang: the language of the text.
    """
    body = folded_answer(text)
    if not _may_be_told(body, lang):
        return None
    titled = fold(subject).strip().startswith(_subjects())
    strong = [phrase for phrase in _strong(lang) if phrase in body]
    weak = [phrase for phrase in _phrases("text", lang) if phrase in body]
    if not strong and len(weak) + titled < (2 if titled else 3):
        return None
    told = [subject] if titled else []
    evidence = tuple(dict.fromkeys([*told, *strong, *weak]))[:6]
    return Reading(None, Intent.AUTO, confidence=_CONFIDENCE, evidence=evidence, text=text[:400])
