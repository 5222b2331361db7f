"""Which language a plan is written in, and how its locale writes dates."""

from collections import Counter
from functools import cache

from mailflow.reading.plan_parts import Outline
from mailflow.reading.plan_vocabulary import LANGUAGES, meanings_in, split_words, when_phrases
from mailflow.reading.words import fold

_READ_LINES = 200
_HEADER_WEIGHT = 20


def language_of(locale: str) -> str:
    """Return the ISO 639-1 code in a locale such as "de-AT"."""
    return locale.replace("_", "-").partition("-")[0].lower() or "en"


def country_of(locale: str) -> str:
    """Return the ISO 3166-1 code in a locale, "" without one."""
    parts = locale.replace("_", "-").split("-")
    return next((part.upper() for part in parts[1:] if len(part) == 2), "")


@cache
def month_first(locale: str) -> bool:
    """Return whether that locale writes 4 March as 3/4."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow, and once is enough

    try:
        pattern = Locale.parse(locale.replace("-", "_")).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return False
    month, day = pattern.find("M"), pattern.find("d")
    return 0 <= month < day and "y" not in pattern[:month]


def languages_of(outline: Outline, locale: str) -> tuple[str, ...]:
    """Return the languages in which words are looked up, the likeliest first.

    The keys of the headers weigh most, then the words of the To Dos; where neither tells, the
    provider's locale does.
    """
    keys = [header.key for header in outline.headers]
    lines = [todo.text for todo in outline.todos[:_READ_LINES]]
    votes: Counter[str] = Counter()
    home = language_of(locale)
    for key in keys:
        word = " ".join(fold(key).split())
        for language in LANGUAGES:
            votes[language] += _HEADER_WEIGHT * (word in meanings_in(language, "headers"))
    for line in lines:
        words = set(split_words(fold(line)))
        for language in LANGUAGES:
            phrases = when_phrases(language)
            votes[language] += sum(phrases.starts_with(word) for word in words)
    best = max(LANGUAGES, key=lambda one: (votes[one], one == home, -LANGUAGES.index(one)))
    known_home = (home,) if home in LANGUAGES else ()
    return tuple(dict.fromkeys((best, *known_home, "en")))
