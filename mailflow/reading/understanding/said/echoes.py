"""Phrases that only repeat the title: a draft that was to be approved is no half-done work.

"The draft is approved" says nothing of what is unfinished, and "it is cancelled" is good news
where cancelling it was the task.
"""

from collections.abc import Sequence

from mailflow.reading.lexicon import Lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.text.word_kinds import Asked, stems
from mailflow.reading.words import Tokens

_NAMING = frozenset(
    ("partly", "pending", "blocked", "bad", "chat", "undone", "later", "other", "mockery")
)
"""What a title's own words may seem to say."""
_ENDING = frozenset({"unneeded", "refuse", "later"})
"""What an act may seem to say that was asked for: cancelling, refusing, putting off."""
_SEEMING = _NAMING | _ENDING | {"future"}
_UNREAL = frozenset({"not", "will", "modal", "no"})


def without_echoes(
    found: Sequence[Found],
    tokens: Tokens,
    kinds: Sequence[Sequence[str]],
    asked: Asked,
    book: Lexicon,
) -> list[Found]:
    """Return phrases without those that name what was asked for, and its act as what was done."""
    if all(one.name not in _SEEMING for one in found):
        return list(found)
    participle = str(book.raw.get("participle", ""))
    kept: list[Found] = []
    for one in found:
        if one.name in _NAMING and _is_named(one, tokens, asked):
            continue
        if one.name == "future" and _is_a_thing(one, tokens, asked, book):
            continue
        if one.name in _ENDING and _is_asked_for(one, tokens, kinds, asked, participle):
            kept.append(one._replace(name="did"))
        else:
            kept.append(one)
    return kept


def _is_named(one: Found, tokens: Tokens, asked: Asked) -> bool:
    words = [tokens.words[at] for at in range(one.start, one.end) if one.mask >> at & 1]
    return asked.words.issuperset(words) and all(
        asked.verbs.isdisjoint(stems(word)) for word in words
    )


def _is_a_thing(one: Found, tokens: Tokens, asked: Asked, book: Lexicon) -> bool:
    """Return whether a word of the title stands behind an article: "the will", last and only."""
    if one.end - one.start > 1 or not one.start or not _is_named(one, tokens, asked):
        return False
    return tokens.words[one.start - 1] in book.words["articles"]


def _is_asked_for(
    one: Found, tokens: Tokens, kinds: Sequence[Sequence[str]], asked: Asked, participle: str
) -> bool:
    inside = [at for at in range(one.start, one.end) if one.mask >> at & 1]
    if any(not _UNREAL.isdisjoint(kinds[at]) for at in inside):
        return False
    return any(
        "did" in kinds[at] and not asked.verbs.isdisjoint(stems(tokens.words[at], participle))
        for at in inside
    )
