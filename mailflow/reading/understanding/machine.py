"""Mail that a machine wrote: out of office, tickets, receipts, bounces, by its words."""

from functools import cache

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon
from mailflow.reading.words import fold

_CONFIDENCE = 0.97


@cache
def _phrases(section: str, lang: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in raw_lexicon(lang).get("machine", {}).get(section, ()))


@cache
def _subjects() -> tuple[str, ...]:
    return tuple({phrase for lang in LANGUAGES for phrase in _phrases("subject", lang)})


def machine_reading(subject: str, text: str, lang: str) -> Reading | None:
    """Return the reading of an answer that a machine wrote, None if a person did.

    One phrase is enough that only machines write; of the others it takes two, or one below a
    subject that machines write.

    Args:
        subject: the cleaned subject.
        text: the cleaned text.
        lang: the language of the text.
    """
    head, body = fold(subject).strip(), fold(text)
    titled = head.startswith(_subjects())
    strong = [
        phrase
        for code in {lang, "en", COMMON}
        for phrase in _phrases("strong", code)
        if phrase in body
    ]
    weak = [phrase for phrase in _phrases("text", lang) if phrase in body]
    if not strong and len(weak) + titled < (2 if titled else 3):
        return None
    told = [subject] if titled else []
    evidence = tuple(dict.fromkeys([*told, *strong, *weak]))[:6]
    return Reading(None, Intent.AUTO, confidence=_CONFIDENCE, evidence=evidence, text=text[:400])
