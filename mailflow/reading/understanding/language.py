"""Which language an answer is written in, by its commonest words and its script."""

from collections.abc import Mapping
from functools import cache

from mailflow.reading.lexicon import LANGUAGES, raw_lexicon
from mailflow.reading.words import Tokens, fold

_FALLBACK = "en"
_HINT = 1.2
_CONTEXT = 0.4


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    speakers: dict[str, tuple[str, ...]] = {}
    for code in LANGUAGES:
        words = raw_lexicon(code).get("function_words", ())
        for word in {fold(word) for word in words}:
            speakers[word] = (*speakers.get(word, ()), code)
    return speakers


def language_of(tokens: Tokens, hint: str | None, context: Tokens | None = None) -> str:
    """Return the language most of the words belong to.

    Args:
        tokens: the text.
        hint: the language that was expected; it wins a draw.
        context: what was answered; it counts for less.
    """
    score = dict.fromkeys(LANGUAGES, 0.0)
    _count(tokens, 1.0, score)
    if context is not None:
        _count(context, _CONTEXT, score)
    if hint in score:
        score[hint] += _HINT
    best = max(score, key=lambda code: score[code])
    return best if score[best] else (hint if hint in score else _FALLBACK) or _FALLBACK


def _count(tokens: Tokens, weight: float, score: dict[str, float]) -> None:
    speakers = _speakers()
    for word, shape in zip(tokens.words, tokens.shapes, strict=True):
        codes = speakers.get(word, ()) if shape in "wg" else ()
        for code in codes:
            score[code] += weight / len(codes)
