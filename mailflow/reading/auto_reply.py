"""Out-of-office answers: when the person is back, and who stands in for her meanwhile.

Whether a mail was written by a machine is told by its headers and by
`understanding/text/machine.py`; this reads the text of one that was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.reading.dates import FoundDate, dates_in
from mailflow.reading.lexicon import lexicon, raw_lexicon
from mailflow.reading.understanding.text.language import language_of
from mailflow.reading.understanding.text.people import with_people
from mailflow.reading.understanding.text.sentences import Sentence, sentences_of
from mailflow.reading.understanding.text.word_kinds import Asked, kinds_of_tokens
from mailflow.reading.words import Tokens, addresses_in, clean, fold, tokens_of

_LONGEST_ABSENCE = timedelta(days=400)
_DAY = timedelta(days=1)
_STOPS = re.compile(r"[.。!！?？؟\n](?:\s|$|(?<=[。！？\n]))")


@dataclass(frozen=True, slots=True)
class AutoReply:
    """What an out-of-office answer tells.

    Attributes:
        back_on: the first local day on which the person reads mail again, None if not said.
        deputy: the address of whoever stands in, else the name, None if nobody is named.
        evidence: the words that told, as they were written.
    """

    back_on: date | None = None
    deputy: str | None = None
    evidence: tuple[str, ...] = ()


def read_auto_reply(text: str, today: date, language: str | None = None) -> AutoReply:
    """Return what an automatic answer says about the absence.

    Args:
        text: the text of the answer; more than a few thousand characters are not read.
        today: the local date on which it was written.
        language: the language expected, ISO 639-1; the text may say otherwise.
    """
    seen = clean(text)
    lang = language_of(seen, language)
    book = lexicon(lang)
    tokens = with_people(tokens_of(seen, style=book.style), seen, lang)
    sentences = sentences_of(tokens, book, seen)
    found = _return(dates_in(tokens, seen, lang, today), tokens, sentences, lang)
    back = _back_on(found, seen, lang, today) if found else None
    deputy = _deputy(seen, tokens, sentences, lang)
    words = [found.words if found and back else "", deputy or ""]
    return AutoReply(back, deputy, tuple(word for word in words if word))


def _words(lang: str, name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in raw_lexicon(lang).get("machine", {}).get(name, ()))


def _said_in(sentence: Sentence, tokens: Tokens, names: Sequence[str]) -> bool:
    glue = "" if "g" in tokens.shapes[sentence.low : sentence.high] else " "
    said = glue.join(tokens.words[sentence.low : sentence.high])
    return any(name in said for name in names)


def _return(
    dates: Sequence[FoundDate], tokens: Tokens, sentences: Sequence[Sentence], lang: str
) -> FoundDate | None:
    """Return the last date of a sentence that speaks of coming back, else the last of all."""
    names = _words(lang, "return")
    telling = [
        day
        for sentence in sentences
        if _said_in(sentence, tokens, names)
        for day in dates
        if tokens.starts[sentence.low] <= day.span[0] < tokens.ends[sentence.high - 1]
    ]
    chosen = telling or list(dates)
    return max(chosen, key=lambda day: day.end) if chosen else None


def _back_on(found: FoundDate, text: str, lang: str, today: date) -> date | None:
    before = _STOPS.split(fold(text[max(0, found.span[0] - 24) : found.span[0]]))[-1]
    around = before + fold(text[found.span[0] : found.span[1] + 8])
    day = found.end
    if any(word in around for word in _words(lang, "inclusive")):
        day += _DAY
    while day.weekday() > 4:
        day += _DAY
    return day if today <= day <= today + _LONGEST_ABSENCE else None


def _deputy(text: str, tokens: Tokens, sentences: Sequence[Sentence], lang: str) -> str | None:
    addresses = addresses_in(text)
    if addresses:
        return addresses[0]
    kinds = kinds_of_tokens(tokens, lexicon(lang), text, Asked(frozenset(), frozenset()))
    names = _words(lang, "deputy")
    for sentence in sentences:
        if _said_in(sentence, tokens, names):
            span = _name_in(sentence, kinds)
            if span:
                return text[tokens.starts[span[0]] : tokens.ends[span[1] - 1]]
    return None


def _name_in(sentence: Sentence, kinds: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """Return the first run of names that is not the sentence's own first word."""
    for at in range(sentence.low + 1, sentence.high):
        if "who" in kinds[at] and "relative" not in kinds[at]:
            end = at + 1
            while end < sentence.high and "who" in kinds[end]:
                end += 1
            return at, end
    return None
