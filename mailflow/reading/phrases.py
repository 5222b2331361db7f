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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from mailflow.reading.words import Style, Tokens, tokens_of

GAP = 3
"""How many words `..` may skip."""

_MOST_OPENINGS = 50_000
_MOST_FORMS = 4096
_OPENERS = frozenset("lps")


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
    slots: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _End:
    name: str
    at_start: bool
    at_end: bool


class _Node:
    """One place in the trie; its edges are made when the first of their sort is."""

    __slots__ = ("classes", "ends", "gap", "lengths", "prefixes", "sets", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.ends: list[_End] = []
        self.prefixes: dict[str, _Node] = _NO_EDGES
        self.classes: dict[str, _Node] = _NO_EDGES
        self.sets: dict[str, tuple[frozenset[str], _Node]] = _NO_SETS
        self.lengths: tuple[int, ...] = ()
        self.gap: _Node | None = None

    def child(self, step: str) -> "_Node":
        if step == "..":
            self.gap = self.gap or _Node()
            return self.gap
        first, last = step[0], step[-1]
        if first == "<" and last == ">" and len(step) > 2:
            if not self.classes:
                self.classes = {}
            return self.classes.setdefault(step[1:-1], _Node())
        if first == "|":
            return self._child_of_set(step)
        if last == "*" and len(step) > 1:
            if not self.prefixes:
                self.prefixes = {}
            self.lengths = tuple(sorted({*self.lengths, len(step) - 1}, reverse=True))
            return self.prefixes.setdefault(step[:-1], _Node())
        node = self.words.get(step)
        if node is None:
            node = self.words[step] = _Node()
        return node

    def _child_of_set(self, step: str) -> "_Node":
        if not self.sets:
            self.sets = {}
        if step not in self.sets:
            self.sets[step] = frozenset(step[1:].split("|")), _Node()
        return self.sets[step][1]


_NO_EDGES: dict[str, _Node] = {}
_NO_SETS: dict[str, tuple[frozenset[str], _Node]] = {}


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
            if len(self._known) > 20_000:
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


class PhraseBook:
    """Patterns with the names they stand for, ready to be found."""

    def __init__(self, *, style: Style = Style.PLAIN, gap: int = GAP) -> None:
        """Start an empty book; `style` as in `tokens_of`, `gap` the reach of `..`."""
        self._root = _Node()
        self._waiting: dict[str, list[tuple[Sequence[str], _End]]] = {}
        self._openings: dict[str, tuple[_Node, ...]] = {}
        self._style = style
        self._gap = gap
        self.vocabulary: set[str] = set()

    def add(
        self, name: str, pattern: str, macros: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Write one pattern into the book.

        Raises:
            ValueError: the pattern stands for too many forms, or for none.
        """
        for text in _written_out(pattern, macros or {}):
            at_start, at_end = text.startswith("^"), text.endswith("$")
            bare = text.strip("^$")
            steps = (_GLUED.sub(r" \1 ", bare) if "<" in bare else bare).split()
            for form in _forms(steps, self._words):
                self._enter(form, _End(name, at_start, at_end))
                if self._style is Style.ELIDE:
                    self._enter(_unelided(form), _End(name, at_start, at_end))

    def _words(self, step: str) -> list[str]:
        found = _pieces(step, self._style)
        self.vocabulary.update(found)
        return list(found)

    def _enter(self, steps: Sequence[str], end: _End) -> None:
        """Keep a form until its first word is met; what may begin with any word enters at once."""
        first = steps[0]
        if _special(first) or first[:1] == "|":
            self._write(steps, end)
        else:
            self._waiting.setdefault(first, []).append((steps, end))

    def _write(self, steps: Sequence[str], end: _End) -> None:
        node = self._root
        for step in steps:
            node = node.child(step)
        if end not in node.ends:
            node.ends.append(end)

    def find(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]]) -> tuple[Found, ...]:
        """Return every pattern met in the tokens, in order of their first token.

        Args:
            tokens: the text.
            kinds: for each token the classes it belongs to.
        """
        walk = _Walk(tokens, kinds, self._gap)
        classes = self._root.classes
        for start, word in enumerate(tokens.words):
            walk.start = start
            openings = self._openings.get(word)
            for node in self._opened(word) if openings is None else openings:
                walk.follow(node, start + 1, 1 << start, ())
            for kind in kinds[start]:
                below = classes.get(kind)
                if below is not None:
                    walk.follow(below, start + 1, 1 << start, ((kind, start),))
        return tuple(walk.found)

    def _opened(self, word: str) -> tuple[_Node, ...]:
        """Return the places behind a first word, the exact one first."""
        for steps, end in self._waiting.pop(word, ()):
            self._write(steps, end)
        root = self._root
        nodes = [root.words.get(word), *(root.prefixes.get(word[:n]) for n in root.lengths)]
        if len(self._openings) > _MOST_OPENINGS:
            self._openings.clear()
        found = tuple(node for node in nodes if node is not None)
        self._openings[word] = found
        return found


class _Walk:
    """One reading of one text; holds what the recursion would otherwise carry along."""

    def __init__(self, tokens: Tokens, kinds: Sequence[tuple[str, ...]], gap: int) -> None:
        self.words = tokens.words
        self.shapes = tokens.shapes
        self.kinds = kinds
        self.gap = gap
        self.start = 0
        self.found: list[Found] = []

    def follow(  # noqa: C901 - one branch for each kind of edge that a node has
        self, node: _Node, at: int, mask: int, slots: tuple[tuple[str, int], ...]
    ) -> None:
        """Go on from a node; the depth is that of the longest pattern."""
        for end in node.ends:
            if self._fits(end, at):
                self.found.append(Found(end.name, self.start, at, mask, slots))
        if at >= len(self.words):
            return
        word, bit = self.words[at], 1 << at
        below = node.words.get(word)
        if below is not None:
            self.follow(below, at + 1, mask | bit, slots)
        for length in node.lengths:
            below = node.prefixes.get(word[:length])
            if below is not None and len(word) >= length:
                self.follow(below, at + 1, mask | bit, slots)
        for members, behind in node.sets.values():
            if word in members:
                self.follow(behind, at + 1, mask | bit, slots)
        if node.classes:
            for kind in self.kinds[at]:
                below = node.classes.get(kind)
                if below is not None:
                    self.follow(below, at + 1, mask | bit, (*slots, (kind, at)))
        if node.gap is not None:
            self._skip(node.gap, at, mask, slots)

    def _skip(self, node: _Node, at: int, mask: int, slots: tuple[tuple[str, int], ...]) -> None:
        for skipped in range(self.gap + 1):
            if at + skipped >= len(self.words):
                return
            self.follow(node, at + skipped, mask, slots)
            if self.shapes[at + skipped] in "sl":
                return

    def _fits(self, end: _End, at: int) -> bool:
        starts = not end.at_start or self.start == 0 or self.shapes[self.start - 1] in _OPENERS
        return starts and (not end.at_end or at >= len(self.words) or self.shapes[at] in _OPENERS)


_GLUED = re.compile(r"(?<![|(])(<\w+>)(?![|)])")
_MACRO = re.compile(r"\{(\w+)\}")


def _written_out(pattern: str, macros: Mapping[str, Sequence[str]]) -> list[str]:
    hit = _MACRO.search(pattern) if "{" in pattern else None
    if hit is None:
        return [pattern]
    head, tail = pattern[: hit.start()], pattern[hit.end() :]
    return [text for word in macros[hit[1]] for text in _written_out(head + word + tail, macros)]


@lru_cache(maxsize=65_536)
def _pieces(step: str, style: Style) -> tuple[str, ...]:
    """Return the tokens of one word of a pattern."""
    if step.isascii() and step.isalpha() and style is not Style.CLITIC:
        return (step.lower(),)
    return tokens_of(step, style=style).words


def _forms(steps: Sequence[str], words: Callable[[str], list[str]]) -> list[list[str]]:
    if steps and _NOTATION.isdisjoint("".join(steps)):
        return [[word for step in steps for word in words(step)]]
    choices = [_choices(step, words, first=not at) for at, step in enumerate(steps)]
    forms = [
        [word for part in parts for word in part]
        for parts in islice(product(*choices), _MOST_FORMS)
    ]
    kept = [form for form in forms if form and form[-1] != ".." and form not in _OPEN]
    if not kept or len(forms) == _MOST_FORMS:
        msg = f"a pattern that means nothing or too much: {' '.join(steps)}"
        raise ValueError(msg)
    return kept


_NOTATION = frozenset("()|<>*.")


def _unelided(form: Sequence[str]) -> list[str]:
    """Return a form as hasty people type it, "jai" for "j'ai"."""
    joined: list[str] = []
    for step in form:
        if joined and joined[-1].endswith("'") and joined[-1][:1] != "|" and step[:1] not in "<|.":
            joined[-1] = joined[-1][:-1] + step
        else:
            joined.append(step)
    return joined


_OPEN = (["<who>"], ["<whos>"])
"""Somebody's name alone says nothing, so a pattern may not shrink to it."""


def _choices(step: str, words: Callable[[str], list[str]], *, first: bool) -> list[list[str]]:
    """Return the forms of one step; plain words inside a pattern stay together as one set."""
    optional = step.startswith("(") and step.endswith(")") and len(step) > 2
    if not optional and len(step) > 1 and ("(" in step) != (")" in step):
        msg = f"a bracket that is not closed in one step: {step}"
        raise ValueError(msg)
    options = (step[1:-1] if optional else step).split("|")
    found = [_one(option, words) for option in options if option]
    plain = [form[0] for form in found if len(form) == 1 and not _special(form[0])]
    if len(plain) > 1 and not first:
        found = [form for form in found if len(form) != 1 or _special(form[0])]
        found.append(["|" + "|".join(sorted(set(plain)))])
    return [[], *found] if optional else found


def _special(step: str) -> bool:
    return step == ".." or step.startswith("<") or (step.endswith("*") and len(step) > 1)


def _one(option: str, words: Callable[[str], list[str]]) -> list[str]:
    if option == ".." or (option.startswith("<") and option.endswith(">")):
        return [option]
    star = option.endswith("*") and len(option) > 1
    found = words(option[:-1] if star else option)
    return [*found[:-1], found[-1] + "*"] if star and found else found
