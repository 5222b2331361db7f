"""Rows of steps as trees, which are walked along the words of a text.

A tree is nothing but tuples and dicts, so it can be written down as bytes and walked as it was
read back.
"""

from collections.abc import Sequence
from typing import TypeAlias

AT_START, AT_END = 1, 2
"""Bits of an end: the pattern stands only at the start of a clause, or only at its end."""

End: TypeAlias = tuple[str, int, int]
"""What a pattern stands for, its bits, and its number: patterns count from 1 as written."""

Row: TypeAlias = tuple[Sequence[str], End]
"""The steps of one form of a pattern, and its end."""

Others: TypeAlias = tuple[
    tuple[int, ...],
    dict[str, "Node"],
    dict[str, tuple["Node", ...]],
    dict[str, "Node"],
    tuple["Node", ...],
]
"""The ways on that few places have.

The lengths of the beginnings of words (longest first) and the node behind each; by word the
nodes behind sets that hold it, where `Node` has no room for them; by class of words the node
behind it; the node behind `..`, if there is one.
"""

Node: TypeAlias = tuple[tuple[End, ...], dict[str, "Node"] | None, Others | None]
"""A place in a tree: what ends here, the way on for single words, and the other ways on."""


def tree(rows: Sequence[Row], depth: int) -> Node:
    """Return the tree of rows that are the same up to a depth; the deepest is as the longest row.

    Of two rows that say the same of the same words, the one that was written first counts.
    """
    if len(rows) == 1:
        return _branch(rows[0], depth)
    ends: dict[tuple[str, int], End] = {}
    behind: dict[str, list[Row]] = {}
    for row in rows:
        steps, end = row
        if len(steps) == depth:
            ends.setdefault(end[:2], end)
        else:
            behind.setdefault(steps[depth], []).append(row)
    if not behind:
        return tuple(ends.values()), None, None
    words: dict[str, Node] = {}
    special: dict[str, Node] = {}
    for step, below in behind.items():
        (special if _is_special(step) else words)[step] = tree(below, depth + 1)
    return tuple(ends.values()), words, _others(special, words) if special else None


def _branch(row: Row, depth: int) -> Node:
    """Return the tree of a single row, which most are further down."""
    steps, end = row
    node: Node = (end,), None, None
    for step in reversed(steps[depth:]):
        if _is_special(step):
            words: dict[str, Node] = {}
            others = _others({step: node}, words)
            node = (), words, others
        else:
            node = (), {step: node}, None
    return node


def likened(others: Others, word: str) -> list[Node]:
    """Return the nodes that a word's beginning, or a set that holds it, leads to."""
    lengths, prefixes, sets, _, _ = others
    size = len(word)
    found = [
        prefixes[head]
        for head in [word[:length] for length in lengths if length <= size]
        if head in prefixes
    ]
    return [*found, *sets[word]] if word in sets else found


def members_of(step: str) -> Sequence[str]:
    """Return the words that a step stands for: itself, or those of a set; none if endless."""
    if not _is_special(step):
        return (step,)
    return step[1:].split("|") if step[0] == "|" else ()


def _is_special(step: str) -> bool:
    if len(step) == 1:
        return False
    return step[-1] == "*" or step[0] == "|" or step == ".." or _is_class(step)


def _is_class(step: str) -> bool:
    return step[0] == "<" and step[-1] == ">" and len(step) > 2


def _others(special: dict[str, Node], words: dict[str, Node]) -> Others | None:
    """Return the other ways on; a set goes to the words as far as there is room for its members."""
    prefixes: dict[str, Node] = {}
    sets: dict[str, tuple[Node, ...]] = {}
    classes: dict[str, Node] = {}
    gap: tuple[Node, ...] = ()
    for step, node in special.items():
        if step == "..":
            gap = (node,)
        elif step[0] == "|":
            for word in members_of(step):
                if words.setdefault(word, node) is not node:
                    sets[word] = (*sets.get(word, ()), node)
        elif _is_class(step):
            classes[step[1:-1]] = node
        else:
            prefixes[step[:-1]] = node
    if not (prefixes or sets or classes or gap):
        return None
    lengths = tuple(sorted({len(head) for head in prefixes}, reverse=True))
    return lengths, prefixes, sets, classes, gap
