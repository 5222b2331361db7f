"""Numbers that head what is said, held against the titles named behind them.

"1. paid the rent" speaks of the rent, whatever number that had. People who write a list of
their own number it from one; where only one number does not fit, it is asked.
"""

from collections.abc import Iterator, Sequence

from mailflow.reading.understanding.lists.items import Mention
from mailflow.reading.understanding.said.typed import Typed

_FEWEST = 2
"""So many numbers that head others' titles, and none its own, are a numbering of their own."""

Headed = tuple[Mention, list[Mention]]


def settled(
    mentions: Sequence[Mention], typed: Typed
) -> tuple[tuple[Mention, ...], frozenset[int]]:
    """Return the mentions without those that a heading number or a title behind it belies.

    Also returns the starts of the numbers that may not stand for their To Do.
    """
    if all(one.how != "number" for one in mentions):
        return tuple(mentions), frozenset()
    headed = list(_headed(mentions, typed))
    belied = [one for one in headed if one[1] and not _is_named(one)]
    if not belied:
        return tuple(mentions), frozenset()
    if len(belied) >= _FEWEST and not any(_is_named(one) for one in headed):
        lost = {head.start for head, _titles in headed}
        return tuple(one for one in mentions if one.start not in lost), frozenset()
    over = {head.start for head, titles in belied if _stands_beside(head, titles[0], typed)}
    doubtful = frozenset(head.start for head, _titles in belied) - over
    lost = over | {one.start for head, titles in belied if head.start in doubtful for one in titles}
    return tuple(one for one in mentions if one.start not in lost), doubtful


def _headed(mentions: Sequence[Mention], typed: Typed) -> Iterator[Headed]:
    """Yield each number that begins a sentence, with the titles named in its first clause."""
    sentences = {sentence.low for sentence in typed.sentences}
    ends = {one.low: one.high for one in typed.clauses if one.low in sentences}
    for place, head in enumerate(mentions):
        if head.how != "number" or len(head.items) > 1 or head.start not in ends:
            continue
        titles: list[Mention] = []
        for one in mentions[place + 1 :]:
            if one.start >= ends[head.start] or one.how not in {"title", "shared"}:
                break
            titles.append(one)
        yield head, titles


def _is_named(headed: Headed) -> bool:
    head, titles = headed
    return any(n in one.items for one in titles for n in head.items)


def _stands_beside(head: Mention, title: Mention, typed: Typed) -> bool:
    """Return whether a title follows its number at once, as it does in a list of one's own."""
    between = range(head.end, title.start)
    small = typed.book.words["articles"]
    return all(typed.tokens.shapes[at] in "ps" or typed.tokens.words[at] in small for at in between)
