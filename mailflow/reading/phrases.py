"""Phrase books: many short patterns of words, found in a text in one walk.

A pattern is written as people write, with a little notation:

    as soon as          these words in this order
    send|sent           either word
    unterschr*          every word that begins so
    <did>               any word of the class `did`
    (already)           may be missing
    i .. <did>          up to three other words between
    ^done               only at the start of a clause
    done$               only at its end
    {verb}しました        each member of the macro `verb`, written out when the book is made

Books are tries over words, so the time to read a text grows with its length and not with
the number of patterns.
"""

import marshal
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from mailflow.reading.phrase_forms import forms_of, unelided, written_out
from mailflow.reading.phrase_tree import (
    AT_END,
    AT_START,
    Node,
    Row,
    likened,
    members_of,
    tree,
)
from mailflow.reading.words import MOST_WORDS, Style, Tokens, word_pieces

GAP = 3
"""How many words `..` may skip."""

_CLASS = re.compile(r"<\w+>")
_NOTATION = re.compile(r"[()|*^$]|\.\.")
_SPECIAL = re.compile(r"[<>*^]|\.\.")
_OPENERS = frozenset("lps")


Slots = tuple[tuple[str, int], ...]


class Found(NamedTuple):
    """A pattern that was met.

    Attributes:
        name: what the pattern stands for.
        start: number of its first token.
        end: number of the token behind its last.
        mask: one bit for each token that it used, counted from the first token of the text.
        slots: class name and token number of each `<class>` it met.
    """

    name: str
    start: int
    end: int
    mask: int
    slots: Slots = ()


@dataclass(slots=True)
class _Page:
    """One written-out pattern that waits for the first text with a word it may begin with."""

    name: str
    text: str
    number: int
    rows: list[Row] | None = None


class PhraseBook:
    """Patterns with the names they stand for, ready to be found.

    Most patterns of a language are never met by one office, so a pattern is taken apart when a
    text first holds a word that it may begin with.
    """

    def __init__(self, *, style: Style = Style.PLAIN, gap: int = GAP) -> None:
        """Start an empty book; `style` as in `tokens_of`, `gap` the reach of `..`."""
        self._style = style
        self._gap = gap
        self._count = 0
        self._texts: list[str] = []
        self._vocabulary: frozenset[str] = frozenset()
        self._pages: dict[str, list[_Page]] = {}
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._wide: list[Row] = []
        self._root: Node | None = None
        self._printed: dict[str, bytes] = {}
        self._begins: dict[str, tuple[Node, ...]] = {}
        self._by_kinds: dict[tuple[str, ...], list[tuple[str, Node]]] = {}

    @classmethod
    def read_back(cls, printed: Mapping[str, Any]) -> "PhraseBook":
        """Return the book that was `printed` so; it takes no more patterns."""
        book = cls(style=Style(printed["style"]), gap=printed["gap"])
        book._count = printed["count"]
        book._vocabulary = printed["vocabulary"]
        book._root = printed["root"]
        book._printed = printed["begins"]
        return book

    def printed(self) -> dict[str, Any]:
        """Return the whole book taken apart, as plain values that `marshal` can write."""
        return {
            "style": self._style.value,
            "gap": self._gap,
            "count": self._count,
            "vocabulary": self.vocabulary,
            "root": self._wide_root(),
            "begins": {word: marshal.dumps(self._compiled(word)) for word in self._pages},
        }

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every plain word of the patterns, folded."""
        if self._texts:
            plain = _NOTATION.sub(" ", _CLASS.sub(" ", " ".join(self._texts)))
            pieces = (word_pieces(word, self._style) for word in set(plain.split()))
            self._vocabulary |= frozenset(chain.from_iterable(pieces))
            self._texts.clear()
        return self._vocabulary

    def add(
        self, name: str, pattern: str, macros: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Write one pattern into the book.

        Raises:
            ValueError: the pattern stands for too many forms, or for none; told here or, where
                a pattern waits for its word, by `settle`. Or the book was read back.
        """
        if self._printed:
            msg = f"a book that was read back takes no more patterns: {pattern}"
            raise ValueError(msg)
        self._begins.clear()
        self._by_kinds.clear()
        for text in written_out(pattern, macros or {}):
            self._texts.append(text)
            self._count += 1
            page = _Page(name, text, self._count)
            words = self._first_words(text)
            if words is None:
                words = self._begin_wide(page)
            for word in dict.fromkeys(words):
                self._pages.setdefault(word, []).append(page)

    def settle(self) -> int:
        """Take every pattern apart now, as a test does, so that none is wrong unnoticed.

        Returns how many there are.

        Raises:
            ValueError: a pattern stands for too many forms, or for none.
        """
        for word in self._pages:
            self._compiled(word)
        return self._count

    def _first_words(self, text: str) -> list[str] | None:
        """Return the words a pattern may begin with; None: it may begin with a class of words."""
        words: list[str] = []
        for step in text.lstrip("^").split():
            if step.isalpha():
                words.append(self._words(step)[0])
                return words
            optional = step[0] == "("
            for option in step.strip("()$").split("|"):
                found = [] if _SPECIAL.search(option) else self._words(option)
                if not found or (self._style is Style.ELIDE and found[0].endswith("'")):
                    return None
                words.append(found[0])
            if not optional:
                return words
        return None

    def _begin_wide(self, page: _Page) -> list[str]:
        """Keep the rows that begin with a class or the like; return how the others begin."""
        words: list[str] = []
        for row in self._rows(page):
            members = members_of(row[0][0])
            words += members
            if not members:
                self._wide.append(row)
                self._root = None
        return words

    def _rows(self, page: _Page) -> list[Row]:
        if page.rows is None:
            text, rows = page.text, list[Row]()
            bounds = AT_START * text.startswith("^") | AT_END * text.endswith("$")
            end = (page.name, bounds, page.number)
            for form in forms_of(text, self._words):
                rows.append((form, end))
                if self._style is Style.ELIDE:
                    rows.append((unelided(form), end))
            page.rows = rows
        return page.rows

    def _words(self, step: str) -> Sequence[str]:
        """Return the words of a step; the same few make up most patterns."""
        words = self._pieces.get(step)
        if words is None:
            words = self._pieces[step] = word_pieces(step, self._style)
        return words

    def _compiled(self, word: str) -> tuple[Node, ...]:
        """Return the trees of what begins with a word: of it alone, and of each set it is in."""
        rows: dict[str, list[Row]] = {}
        for page in self._pages.get(word, ()):
            for row in self._rows(page):
                first = row[0][0]
                if first == word or (first[0] == "|" and word in members_of(first)):
                    rows.setdefault(first, []).append(row)
        return tuple([tree(alike, 1) for alike in rows.values()])

    def _wide_root(self) -> Node:
        if self._root is None:
            self._root = tree(self._wide, 0)
        return self._root

    def find(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]]) -> tuple[Found, ...]:
        """Return every pattern met in the tokens, in order of their first token.

        Args:
            tokens: the text.
            kinds: for each token the classes it belongs to.
        """
        walk = _Walk(tokens, kinds, self._gap)
        self._follow_words(walk)
        for start, shared in enumerate(kinds):
            if shared:
                wide = self._by_kinds.get(shared)
                for kind, node in self._learn_kinds(shared) if wide is None else wide:
                    walk.start = start
                    walk.follow(node, start + 1, 1 << start, ((kind, start),))
        found = walk.found
        if len(found) > 1:
            found.sort(key=_IN_ORDER)
        return tuple(
            [Found(name, start, end, mask, slots) for start, end, mask, _, _, name, slots in found]
        )

    def _follow_words(self, walk: "_Walk") -> None:
        """Follow what the words of a text begin by themselves, as far as the next word allows."""
        begins, words = self._begins, walk.words
        after = iter(words)
        next(after, None)
        for start, word in enumerate(words):
            nodes = begins.get(word)
            if nodes is None:
                nodes = self._learn(word)
            beside = next(after, None)
            for node in nodes:
                ends, nexts, others = node
                if ends or others or (nexts and beside in nexts):
                    walk.start = start
                    walk.follow(node, start + 1, 1 << start, ())

    def _learn_kinds(self, kinds: tuple[str, ...]) -> list[tuple[str, Node]]:
        """Return where a pattern may begin at a word of these classes, and remember it."""
        _, _, others = self._wide_root()
        classes = others[3] if others else {}
        if len(self._by_kinds) > MOST_WORDS:
            self._by_kinds.clear()
        wide = [(kind, classes[kind]) for kind in kinds if kind in classes]
        self._by_kinds[kinds] = wide
        return wide

    def _learn(self, word: str) -> tuple[Node, ...]:
        """Return where a pattern may begin at a word, and remember it for the next text."""
        if len(self._begins) > MOST_WORDS:
            self._begins.clear()
        sheet = self._printed.get(word)
        nodes = self._compiled(word) if sheet is None else _nodes_of(sheet)
        _, _, others = self._wide_root()
        if others is not None:
            nodes = (*nodes, *likened(others, word))
        self._begins[word] = nodes
        return nodes


def _nodes_of(sheet: bytes) -> tuple[Node, ...]:
    nodes: tuple[Node, ...] = marshal.loads(sheet)  # noqa: S302 - `printed` of this class wrote it
    return nodes


_IN_ORDER = itemgetter(0, 1, 2, 3, 4)
"""By place; then what is spelt out before a class, and what was written first.

Where each met pattern begins and ends, the tokens it used, the number of its slots, its number.
"""


class _Walk:
    """One reading of one text; holds what the recursion would otherwise carry along."""

    def __init__(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]], gap: int) -> None:
        self.words = tokens.words
        self.size = len(tokens.words)
        self.shapes = tokens.shapes
        self.kinds = kinds
        self.gap = gap
        self.start = 0
        self.found: list[tuple[int, int, int, int, int, str, Slots]] = []

    def follow(  # noqa: C901 - one branch for each way on; a call for each would cost the most
        self, node: Node, at: int, mask: int, slots: Slots
    ) -> None:
        """Go on from a node; the depth is that of the longest pattern."""
        words = self.words
        while True:
            ends, nexts, others = node
            for name, bounds, number in ends:
                if not bounds or self._fits(bounds, at):
                    self.found.append((self.start, at, mask, len(slots), number, name, slots))
            if nexts is None or at >= self.size:
                return
            word, used = words[at], mask | 1 << at
            if others is None:
                if word not in nexts:
                    return
                node, mask = nexts[word], used
                at += 1
                continue
            if word in nexts:
                self.follow(nexts[word], at + 1, used, slots)
            _, prefixes, sets, classes, gap = others
            if prefixes or word in sets:
                for below in likened(others, word):
                    self.follow(below, at + 1, used, slots)
            for kind in self.kinds[at]:
                if kind in classes:
                    self.follow(classes[kind], at + 1, used, (*slots, (kind, at)))
            for below in gap:
                self._skip(below, at, mask, slots)
            return

    def _skip(self, node: Node, at: int, mask: int, slots: Slots) -> None:
        for skipped in range(self.gap + 1):
            if at + skipped >= self.size:
                return
            self.follow(node, at + skipped, mask, slots)
            if self.shapes[at + skipped] in "sl":
                return

    def _fits(self, bounds: int, at: int) -> bool:
        if bounds & AT_START and self.start and self.shapes[self.start - 1] not in _OPENERS:
            return False
        return not bounds & AT_END or at >= self.size or self.shapes[at] in _OPENERS
