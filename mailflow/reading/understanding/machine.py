"""Mail that a machine wrote: out of office, tickets, receipts, bounces, by its words."""

from functools import cache

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon
from mailflow.reading.words import fold


@cache
def _phrases(section: str, lang: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in raw_lexicon(lang).get("machine", {}).get(section, ()))


def machine_reading(subject: str, text: str, lang: str) -> Reading | None:
    """Return the reading of an answer that a machine wrote, None if a person did.

    Args:
        subject: the cleaned subject.
        text: the cleaned text.
        lang: the language of the text.
    """
    subject, text = fold(subject), fold(text)
    told = [
        phrase
        for code in (COMMON, *LANGUAGES)
        for phrase in _phrases("subject", code)
        if subject.startswith(phrase)
    ]
    marks = [phrase for code in {lang, "en"} for phrase in _phrases("text", code) if phrase in text]
    if not told and len(marks) < 2:
        return None
    return Reading(
        None, Intent.AUTO, confidence=0.95, evidence=tuple([*told, *marks][:6]), text=text[:400]
    )
