"""How much of a clause was understood: words that nothing accounts for make a reading less sure.

"Signed and returned yesterday" is understood to the last word. Of "the neighbours have signed
theirs" the word that matters is one that no list knows, and it stands before the verb, where
the one stands who did it or the thing it was done to.
"""

from functools import lru_cache

from mailflow.reading.lexicon import lexicon
from mailflow.reading.understanding.clauses import Asked, Clause, stems
from mailflow.reading.understanding.table import Says
from mailflow.reading.words import ADDRESS_MARK, LINK_MARK, QUOTE_MARK, Tokens

_KNOWN_CLASSES = frozenset({"i", "it", "you", "have", "be", "n", "d", "m", "innocent"})
_WORDS = frozenset("wg")
_HIDDEN = frozenset((ADDRESS_MARK, LINK_MARK, QUOTE_MARK))
_CODE_DIGITS = 4


def grasp_of(clause: Clause, tokens: Tokens, asked: Asked, lang: str) -> Says:
    """Return `PLAIN` if all words of a clause are accounted for, `LOOSE` if all up to its end are.

    A word is accounted for by a phrase, a date, the words of the titles, or as one of the small
    words of the language.
    """
    covered = 0
    first = clause.high
    for found in clause.found:
        covered |= found.mask
        first = min(first, found.start)
    for low, high in (day.span for day in clause.dates):
        for at in range(clause.low, clause.high):
            if low <= tokens.starts[at] < high:
                covered |= 1 << at
    strange = [
        at
        for at in range(clause.low, clause.high)
        if not covered >> at & 1
        and tokens.shapes[at] in _WORDS
        and not _accounted(tokens, at, asked, lang)
    ]
    if not strange:
        return Says.PLAIN
    return Says(0) if strange[0] < first else Says.LOOSE


def _accounted(tokens: Tokens, at: int, asked: Asked, lang: str) -> bool:
    word = tokens.words[at]
    if is_small(word, lang) or word in asked.words:
        return True
    return tokens.shapes[at] == "w" and not asked.stems.isdisjoint(stems(word))


@lru_cache(maxsize=16_384)
def is_small(word: str, lang: str) -> bool:
    """Return whether a word is one of those that hold a sentence together in a language."""
    book = lexicon(lang)
    small = word in book.words["function_words"] or word.isdecimal()
    return small or not _KNOWN_CLASSES.isdisjoint(book.classes.of(word))


def is_code(word: str) -> bool:
    """Return whether a token can only be a fact: a long number, a code, a link, an address."""
    if word[:1] in _HIDDEN:
        return True
    return sum(character.isdigit() for character in word) >= _CODE_DIGITS
