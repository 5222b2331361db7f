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

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from mailflow.reading.phrase_forms import forms_of, unelided, written_out
from mailflow.reading.words import Style, Tokens, word_pieces

GAP = 3
"""How many words `..` may skip."""

_MOST_WORDS = 20_000
_CLASS = re.compile(r"<\w+>")
_NOTATION = re.compile(r"[()|*^$]|\.\.")
_SPECIAL = re.compile(r"[<>*^]|\.\.")
_OPENERS = frozenset("lps")


Slots = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
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


@dataclass(frozen=True, slots=True)
class _End:
    name: str
    at_start: bool
    at_end: bool
    number: int

    def is_twin_of(self, other: "_End") -> bool:
        """Return whether two patterns of one name end alike."""
        return (self.name, self.at_start, self.at_end) == (other.name, other.at_start, other.at_end)


class _Node:
    """A place in the trie. Most have one way on or none, so a table is made when it is needed."""

    __slots__ = ("classes", "ends", "gap", "goes_on", "lengths", "prefixes", "sets", "words")

    def __init__(self) -> None:
        self.goes_on = False
        self.words: dict[str, _Node] | None = None
        self.prefixes: dict[str, _Node] | None = None
        self.lengths: tuple[int, ...] = ()
        self.classes: dict[str, _Node] | None = None
        self.sets: dict[frozenset[str], _Node] | None = None
        self.gap: _Node | None = None
        self.ends: tuple[_End, ...] = ()

    def child(self, step: str) -> "_Node":
        """Return the node behind a step, made where there is none."""
        self.goes_on = True
        if step == "..":
            self.gap = self.gap or _Node()
            return self.gap
        if step[0] == "<" and len(step) > 2 and step[-1] == ">":
            self.classes = {} if self.classes is None else self.classes
            return _behind(self.classes, step[1:-1])
        if step[0] == "|":
            self.sets = {} if self.sets is None else self.sets
            return _behind(self.sets, frozenset(step[1:].split("|")))
        if step[-1] == "*" and len(step) > 1:
            self.prefixes = {} if self.prefixes is None else self.prefixes
            self.lengths = tuple(sorted({*self.lengths, len(step) - 1}, reverse=True))
            return _behind(self.prefixes, step[:-1])
        self.words = {} if self.words is None else self.words
        return _behind(self.words, step)

    def by_word(self, word: str) -> list["_Node"]:
        """Return the nodes that a word leads to by itself, whatever its classes."""
        exact = None if self.words is None else self.words.get(word)
        return self.by_likeness(word) if exact is None else [exact, *self.by_likeness(word)]

    def by_likeness(self, word: str) -> list["_Node"]:
        """Return the nodes that the word's beginning, or a set that holds it, leads to."""
        found: list[_Node] = []
        if self.prefixes is not None:
            cut = (word[:length] for length in self.lengths if length <= len(word))
            found += [self.prefixes[head] for head in cut if head in self.prefixes]
        if self.sets is not None:
            found += [node for members, node in self.sets.items() if word in members]
        return found


Step = TypeVar("Step", str, frozenset[str])


def _behind(edges: dict[Step, _Node], step: Step) -> _Node:
    node = edges.get(step)
    if node is None:
        node = edges[step] = _Node()
    return node


class WordClasses:
    """Which classes a single word belongs to: exact words, beginnings and endings."""

    def __init__(self, members: Mapping[str, Iterable[str]]) -> None:
        """Build from class name to its words (`send`, `unterschr*`, `*ed` or `ge*t`), folded."""
        self._exact: dict[str, tuple[str, ...]] = {}
        self._prefix: dict[str, tuple[str, ...]] = {}
        self._suffix: dict[str, tuple[str, ...]] = {}
        self._around: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, words in members.items():
            for word in words:
                self._add(name, word)
        self._prefix_lengths = tuple(sorted({len(word) for word in self._prefix}, reverse=True))
        self._suffix_lengths = tuple(sorted({len(word) for word in self._suffix}, reverse=True))
        self._known: dict[str, tuple[str, ...]] = {}

    def _add(self, name: str, word: str) -> None:
        if "*" in word[1:-1]:
            head, _, tail = word.partition("*")
            self._around[head, tail] = (*self._around.get((head, tail), ()), name)
        elif word.startswith("*"):
            self._suffix[word[1:]] = (*self._suffix.get(word[1:], ()), name)
        elif word.endswith("*"):
            self._prefix[word[:-1]] = (*self._prefix.get(word[:-1], ()), name)
        else:
            self._exact[word] = (*self._exact.get(word, ()), name)

    def __contains__(self, word: str) -> bool:
        """Return whether the exact word was listed."""
        return word in self._exact

    def of(self, word: str) -> tuple[str, ...]:
        """Return the classes of a folded word, none twice."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> tuple[str, ...]:
        names = list(self._exact.get(word, ()))
        for length in self._prefix_lengths:
            if length < len(word):
                names += self._prefix.get(word[:length], ())
        if not names:
            names += self._by_ending(word)
        if word.isdecimal():
            names += ("n", "d", "year") if len(word) == 4 else ("n", "d", "m")
        return tuple(dict.fromkeys(names))

    def _by_ending(self, word: str) -> list[str]:
        names: list[str] = []
        for length in self._suffix_lengths:
            if length < len(word) - 1:
                names += self._suffix.get(word[-length:], ())
        for (head, tail), found in self._around.items():
            if word.startswith(head) and word.endswith(tail) and len(word) > len(head + tail):
                names += found
        return names


@dataclass(slots=True)
class _Page:
    """One written-out pattern that waits for the first text with a word it may begin with."""

    name: str
    text: str
    number: int
    entered: bool = False


class PhraseBook:
    """Patterns with the names they stand for, ready to be found.

    Most patterns of a language are never met by one office, so a pattern is taken apart when a
    text first holds a word that it may begin with.
    """

    def __init__(self, *, style: Style = Style.PLAIN, gap: int = GAP) -> None:
        """Start an empty book; `style` as in `tokens_of`, `gap` the reach of `..`."""
        self._root = _Node()
        self._begins: dict[str, list[_Node]] = {}
        self._pages: dict[str, list[_Page]] = {}
        self._style = style
        self._gap = gap
        self._count = 0
        self._texts: list[str] = []
        self._vocabulary: frozenset[str] = frozenset()

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
                a pattern waits for its word, by `settle`.
        """
        self._begins.clear()
        for text in written_out(pattern, macros or {}):
            self._texts.append(text)
            self._count += 1
            page = _Page(name, text, self._count)
            words = self._first_words(text)
            for word in words or ():
                self._pages.setdefault(word, []).append(page)
            if words is None:
                self._take_apart(page)

    def settle(self) -> int:
        """Take every pattern apart now, as a test does, so that none is wrong unnoticed.

        Returns how many there are.

        Raises:
            ValueError: a pattern stands for too many forms, or for none.
        """
        for word in list(self._pages):
            self._learn(word)
        return self._count

    def _first_words(self, text: str) -> list[str] | None:
        """Return the words a pattern may begin with; None: it may begin with a class of words."""
        words: list[str] = []
        for step in text.lstrip("^").split():
            optional = step[0] == "("
            for option in step.strip("()$").split("|"):
                found = [] if _SPECIAL.search(option) else self._words(option)
                if not found or (self._style is Style.ELIDE and found[0].endswith("'")):
                    return None
                words.append(found[0])
            if not optional:
                return words
        return None

    def _take_apart(self, page: _Page) -> None:
        if page.entered:
            return
        page.entered = True
        text = page.text
        end = _End(page.name, text.startswith("^"), text.endswith("$"), page.number)
        for form in forms_of(text, self._words):
            self._enter(form, end)
            if self._style is Style.ELIDE:
                self._enter(unelided(form), end)

    def _words(self, step: str) -> list[str]:
        return list(word_pieces(step, self._style))

    def _enter(self, steps: Sequence[str], end: _End) -> None:
        node = self._root
        for step in steps:
            node = node.child(step)
        if not any(end.is_twin_of(other) for other in node.ends):
            node.ends = (*node.ends, end)

    def find(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]]) -> tuple[Found, ...]:
        """Return every pattern met in the tokens, in order of their first token.

        Args:
            tokens: the text.
            kinds: for each token the classes it belongs to.
        """
        walk = _Walk(tokens, kinds, self._gap)
        begins, classes = self._begins, self._root.classes or {}
        for start, word in enumerate(tokens.words):
            nodes = begins.get(word)
            if nodes is None:
                nodes = self._learn(word)
            walk.start = start
            for node in nodes:
                walk.follow(node, start + 1, 1 << start, ())
            for kind in kinds[start]:
                if kind in classes:
                    walk.follow(classes[kind], start + 1, 1 << start, ((kind, start),))
        walk.found.sort(key=_IN_ORDER)
        return tuple([one[-1] for one in walk.found])

    def _learn(self, word: str) -> list[_Node]:
        """Return where a pattern may begin at a word, and remember it for the next text."""
        for page in self._pages.pop(word, ()):
            self._take_apart(page)
        if len(self._begins) > _MOST_WORDS:
            self._begins.clear()
        nodes = self._begins[word] = self._root.by_word(word)
        return nodes


_IN_ORDER = itemgetter(0, 1, 2, 3, 4)
"""By place; then what is spelt out before a class, and what was written first."""


class _Walk:
    """One reading of one text; holds what the recursion would otherwise carry along."""

    def __init__(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]], gap: int) -> None:
        self.words = tokens.words
        self.shapes = tokens.shapes
        self.kinds = kinds
        self.gap = gap
        self.start = 0
        self.found: list[tuple[int, int, int, int, int, Found]] = []

    def follow(  # noqa: C901 - one branch for each kind of edge that a node has
        self, node: _Node, at: int, mask: int, slots: Slots
    ) -> None:
        """Go on from a node; the depth is that of the longest pattern."""
        for end in node.ends:
            if self._fits(end, at):
                found = Found(end.name, self.start, at, mask, slots)
                self.found.append((self.start, at, mask, len(slots), end.number, found))
        if not node.goes_on or at >= len(self.words):
            return
        word, used = self.words[at], mask | 1 << at
        if node.words is not None and word in node.words:
            self.follow(node.words[word], at + 1, used, slots)
        if node.prefixes is not None or node.sets is not None:
            for below in node.by_likeness(word):
                self.follow(below, at + 1, used, slots)
        if node.classes is not None:
            for kind in self.kinds[at]:
                if kind in node.classes:
                    self.follow(node.classes[kind], at + 1, used, (*slots, (kind, at)))
        if node.gap is not None:
            self._skip(node.gap, at, mask, slots)

    def _skip(self, node: _Node, at: int, mask: int, slots: Slots) -> None:
        for skipped in range(self.gap + 1):
            if at + skipped >= len(self.words):
                return
            self.follow(node, at + skipped, mask, slots)
            if self.shapes[at + skipped] in "sl":
                return

    def _fits(self, end: _End, at: int) -> bool:
        starts = not end.at_start or self.start == 0 or self.shapes[self.start - 1] in _OPENERS
        return starts and (not end.at_end or at >= len(self.words) or self.shapes[at] in _OPENERS)
