"""The months that titles, the names of files and clauses name, in any script."""

import re

from mailflow.reading.date_words import date_words
from mailflow.reading.understanding.text.numerals import number_of
from mailflow.reading.words import Tokens

_GLYPH_MONTH = re.compile(r"(?<!\d)(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!\d{1,2}[日号])")
_ENGLISH = "en"


def months_in(tokens: Tokens, lang: str, *, bare: bool = False) -> frozenset[int]:
    """Return the months that words name, in a language or in English.

    Args:
        tokens: a title, a file's name or a clause.
        lang: the language.
        bare: True to leave out those beside a number, which are days ("3 March").
    """
    here, english = date_words(lang).months, date_words(_ENGLISH).months
    if here.keys().isdisjoint(tokens.words) and english.keys().isdisjoint(tokens.words):
        return frozenset()
    return frozenset(
        here.get(word) or english[word]
        for at, word in enumerate(tokens.words)
        if (word in here or word in english)
        and not (bare and "n" in tokens.shapes[max(at - 2, 0) : at + 3])
    )


def glyph_months(text: str) -> frozenset[int]:
    """Return the months that Chinese and Japanese name by number ("五月", "10月分"), no days."""
    return frozenset(
        number_of(hit[1])
        for hit in _GLYPH_MONTH.finditer(text)
        if not hit[1].isdecimal() or 1 <= int(hit[1]) <= 12
    )
