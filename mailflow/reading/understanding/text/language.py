"""Which language an answer is written in, by its commonest words and its script."""

from collections.abc import Callable, Mapping
from functools import cache

from mailflow.reading.lexicon import LANGUAGES, raw_lexicon
from mailflow.reading.words import Remembered, fold, runs_of, tokens_of

_FALLBACK = "en"
_CLEAR_LEAD = 2.0
_CLEAR_SHARE = 3.0


@cache
def _speakers() -> Mapping[str, tuple[tuple[str, ...], float]]:
    """Return for each common word who says it, and what it counts for each of them."""
    speakers: dict[str, tuple[str, ...]] = {}
    for code in LANGUAGES:
        words = raw_lexicon(code).get("function_words", ())
        for word in {fold(word) for word in words}:
            speakers[word] = (*speakers.get(word, ()), code)
    return {word: (codes, 1 / len(codes)) for word, codes in speakers.items()}


@cache
def _foreign_to(hint: str) -> Callable[[str], int]:
    """Return what counts the common words of other languages in what stands between two spaces."""
    foreign = {word for word, (codes, _) in _speakers().items() if hint not in codes}

    def count(run: str) -> int:
        return len([word for word in tokens_of(run).words if word in foreign])

    return Remembered(count).__getitem__


def language_of(text: str, hint: str | None) -> str:
    """Return the language most of the words belong to.

    Args:
        text: the cleaned text.
        hint: the language that was expected; another one must have clearly more words.
    """
    if hint in LANGUAGES and _is_at_home(text, hint):
        return hint
    tokens = tokens_of(text)
    speakers = _speakers()
    score = dict.fromkeys(LANGUAGES, 0.0)
    for word, shape in zip(tokens.words, tokens.shapes, strict=True):
        if word in speakers and shape in "wg":
            codes, share = speakers[word]
            for code in codes:
                score[code] += share
    best = max(score, key=score.__getitem__)
    if hint in score and not _outweighs(score[best], score[hint]):
        return hint
    return best if score[best] else (hint if hint in score else _FALLBACK) or _FALLBACK


def _is_at_home(text: str, hint: str) -> bool:
    """Return whether too few words are foreign for another language to lead clearly."""
    return sum(map(_foreign_to(hint), runs_of(text))) < _CLEAR_LEAD


def _outweighs(other: float, hinted: float) -> bool:
    """Return whether words speak clearly for another language than the expected one."""
    return other - hinted >= _CLEAR_LEAD and other >= _CLEAR_SHARE * hinted
