"""The words of a language that people point at the To Dos of a list with."""

from collections.abc import Mapping
from functools import cache

from mailflow.reading.date_words import counting_words
from mailflow.reading.lexicon import as_token, lexicon
from mailflow.reading.words import fold

IDLE = ("idle", "lead", "trail")
"""Words that point at nothing by themselves: "after all"; "上の", which needs a number behind."""
ENDS = {"first_two": 2, "first_three": 3, "last_two": -2, "last_three": -3}
"""Words for several at one end of the list, where the number is not a word by itself."""


@cache
def counting_in(lang: str) -> Mapping[str, int]:
    """Return the small numbers by the words for them, "both" among them."""
    book = lexicon(lang)
    both = (word for word in book.raw.get("items", {}).get("both", ()) if " " not in word)
    return {**counting_words(lang), **{as_token(word, book.style): 2 for word in both}}


@cache
def weak_words_of(lang: str) -> frozenset[str]:
    """Return the words that many titles have, so that any other word of a title is surer."""
    words = lexicon(lang).raw.get("items", {}).get("weak_words", ())
    return frozenset(form for word in map(fold, words) for form in (word, word + "s", word + "n"))
