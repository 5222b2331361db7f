"""What a title asks for several of, and whether an answer tells only of a part.

Whoever was to paint the fence and the shed and painted the fence has done one of two; so has who
was to sign and return a form and signed it, or was to get three quotes and got two.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailflow.reading.date_words import counting_words
from mailflow.reading.lexicon import Lexicon, as_token, lexicon, raw_lexicon
from mailflow.reading.understanding.asked.titles import verbs_in
from mailflow.reading.understanding.finished.acts import acts_told
from mailflow.reading.understanding.finished.several_glyphs import tells_of_a_part_in_glyphs
from mailflow.reading.understanding.finished.singled import is_one_of
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.word_kinds import stems
from mailflow.reading.words import Style, Tokens, clean, tokens_of_title

_FINISHING = Says.DONE | Says.APPROVES | Says.CHOOSES | Says.TELLS | Says.ATTACHES | Says.HERE
_COMPLETE = Says.FILE | Says.ATTACHES | Says.HERE | Says.APPROVES | Says.AGREES | Says.SAME
"""What may be the second of two acts, whatever the first is called."""
_IDLE = frozenset({"past_time", "neutral", "fyi", "date"})
_STATE = frozenset({"be", "have", "did"})
_NOBODY = frozenset({"n", "d", "m"})
_IT = ("ه", "ها", "هم", "هما")
"""Endings of an Arabic noun of doing that name what is to be done to: "returning it"."""
_SHORTEST_WORD = 3
_SHORTEST_HALF = 4
_MOST_BETWEEN = 3
"""Words up to which a number counts the things behind it ("the three last signed copies")."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One of several: its own words, in all their forms, and what is to be done with it."""

    words: frozenset[str]
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Several:
    """What a title asks for: its parts, the number it counts, and the words of what is counted."""

    parts: tuple[_Part, ...]
    count: int
    words: frozenset[str]


def tells_of_a_part(heard: Sequence[Said], typed: Typed, task: Task, facts: Says) -> bool:
    """Return whether one of two things or acts is finished, or fewer than were asked for."""
    ends = [one.clause for one in heard if one.row.says & _FINISHING]
    if typed.book.is_of_glyphs:
        whole = facts & _COMPLETE or not ends
        return not whole and tells_of_a_part_in_glyphs(ends, typed, task.title)
    asked = _asked(task.title, typed.book.code)
    if asked is None:
        return False
    if asked.count and any(_counts_fewer(clause, typed, asked) for clause in ends):
        return True
    if not asked.parts or not ends:
        return False
    told = [_is_told(part, ends, typed) for part in asked.parts]
    if all(told) or not any(told):
        return False
    shared = not asked.parts[-1].words and bool(asked.parts[-1].acts)
    return not (shared and (told[-1] or facts & _COMPLETE))


def number_asked_for(title: str, code: str) -> int:
    """Return how many things a title counts, 0 if it counts none."""
    asked = _asked(title, code)
    return asked.count if asked else 0


def names_parts_of(words: Collection[str], title: str, code: str) -> bool:
    """Return whether words name some but not all of what an "and" joins in a title."""
    asked = _asked(title, code)
    parts = [part.words for part in asked.parts] if asked else []
    named = [any(_is_named(word, part) for word in words) for part in parts if part]
    return any(named) and not all(named)


def _is_told(part: _Part, ends: Sequence[Clause], typed: Typed) -> bool:
    """Return whether a part is named, or what was to be done with it is told of."""
    for clause in ends:
        words = typed.tokens.words[clause.low : clause.high]
        if any(_is_named(word, part.words) for word in words):
            return True
        if part.acts and not part.acts.isdisjoint(acts_told(clause, typed)):
            return True
        if part.acts and any(not part.acts.isdisjoint(stems(word)) for word in words):
            return True
    return False


def _is_named(word: str, forms: frozenset[str]) -> bool:
    """Return whether a word is one of these, or a longer one that is made of it."""
    if len(word) < _SHORTEST_WORD:
        return False
    if word in forms or not forms.isdisjoint(stems(word)):
        return True
    halves = (word[:cut] for cut in range(_SHORTEST_HALF, len(word) - 2))
    ends = (word[cut:] for cut in range(3, len(word) - _SHORTEST_HALF + 1))
    return any(half in forms for half in halves) or any(end in forms for end in ends)


def _counts_fewer(clause: Clause, typed: Typed, asked: _Several) -> bool:
    """Return whether a smaller number than the title's stands for the things it counts."""
    words = typed.tokens.words[clause.low : clause.high]
    numbers = [_number(word, typed.book) for word in words]
    if any(number >= asked.count for number in numbers):
        return False
    whole = _whole(typed.book.code)
    if any(word in whole and not number for word, number in zip(words, numbers, strict=True)):
        return False
    if any(_is_own(at, typed, asked) for at in range(clause.low, clause.high - 1)):
        return True
    over = clause.pointing if typed.asked.numbers else 0
    for found in clause.found:
        over |= found.mask if found.name in _IDLE else 0
    for place, number in enumerate(numbers, clause.low):
        start = typed.tokens.starts[place]
        if not number or over >> place & 1 or clause.is_dated_at(start):
            continue
        if _stands_for_things(place, clause, typed, asked):
            return True
    return False


def _is_own(at: int, typed: Typed, asked: _Several) -> bool:
    """Return whether "my copy" stands there, where the title asks for both copies."""
    if "i" not in typed.kinds[at]:
        return False
    word = typed.tokens.words[at + 1]
    named = word not in typed.asked.words and _is_named(word, asked.words)
    return named or is_one_of(word, typed.asked.words)


def _stands_for_things(at: int, clause: Clause, typed: Typed, asked: _Several) -> bool:
    """Return whether a number counts the title's things, named behind it or left out."""
    words, lists = typed.tokens.words, typed.book.words
    if at > clause.low and words[at - 1] in lists["places"] | lists["governs"]:
        return False
    ends = at + 1 >= clause.high or typed.tokens.shapes[at + 1] == "p"
    if ends or words[at + 1] in lists["ands"]:
        return words[at].isalpha() or words[at].isdecimal()
    return not _STATE.isdisjoint(typed.kinds[at + 1]) or _is_named(words[at + 1], asked.words)


@lru_cache(maxsize=2048)
def _asked(title: str, code: str) -> _Several | None:
    """Return what a title asks for several of, None if it asks for one thing only."""
    book = lexicon(code)
    tokens, text = tokens_of_title(title, book.style), clean(title)
    verbs = verbs_in(tokens, book)
    parts = _parts(tokens, text, book, verbs)
    count = _count(tokens, book, verbs)
    if len(parts) < 2 and count < 2:
        return None
    things = _forms(range(len(tokens)), tokens, book, verbs)
    return _Several(parts if len(parts) > 1 else (), count, things)


def _count(tokens: Tokens, book: Lexicon, verbs: frozenset[int]) -> int:
    """Return how many things a title counts, 0 if none."""
    for at, word in enumerate(tokens.words):
        number = 2 if word in _both(book.code) else _number(word, book)
        glued = at and tokens.starts[at] == tokens.ends[at - 1]
        if number < 2 or glued or (at + 1 < len(tokens) and tokens.shapes[at + 1] == "p"):
            continue
        behind = range(at + 1, min(at + 1 + _MOST_BETWEEN, len(tokens)))
        if word.isdecimal() and at and _names(at - 1, tokens, book, verbs):
            continue  # the number of an invoice, a room, a page
        if any(_names(place, tokens, book, verbs) for place in behind):
            return number
    return 0


def _parts(tokens: Tokens, text: str, book: Lexicon, verbs: frozenset[int]) -> tuple[_Part, ...]:
    """Return what an "and" joins in a title, with what a comma sets apart before it."""
    stretches = _stretches(tokens, text, book)
    if len(stretches) < 2:
        return ()
    verbs |= frozenset(_unlisted_acts(stretches, tokens, book, verbs))
    acts = [_acts(stretch, tokens, book, verbs) for stretch in stretches]
    words = _apart([_forms(stretch, tokens, book, verbs) for stretch in stretches])
    if all(acts):
        acts = _apart(acts)
        if not all(words):  # one thing, and what is to be done with it
            words = [frozenset[str]() for _ in words]
    elif all(words):
        acts = [frozenset[str]() for _ in acts]
    else:
        return ()
    return tuple(map(_Part, words, acts))


def _apart(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return sets without what all of them hold."""
    common = frozenset.intersection(*sets)
    return [own - common for own in sets]


def _unlisted_acts(
    stretches: Sequence[range], tokens: Tokens, book: Lexicon, verbs: frozenset[int]
) -> Iterator[int]:
    """Yield where a verb no list knows stands behind one alone: "Print and laminate the menus"."""
    if book.raw.get("verb_first") and verbs.issuperset(stretches[0]):
        yield from (stretch[0] for stretch in stretches[1:] if verbs.isdisjoint(stretch))
    if book.style is Style.CLITIC:
        last = stretches[-1]
        if len(last) == 1 and tokens.words[last[0]].endswith(_IT):
            yield last[0]


def _stretches(tokens: Tokens, text: str, book: Lexicon) -> list[range]:
    """Return the stretches that an "and" and the commas before it leave of a title."""
    joints = [at for at in range(1, len(tokens)) if _joins(at, tokens, text, book)]
    if not joints:
        return []
    stretches, low = [], 0
    for at, word in enumerate(tokens.words):
        if at in joints or (word == "," and at < joints[-1]):
            stretches.append(range(low, at))
            low = at + (word in book.words["ands"] or word == ",")
    return [one for one in (*stretches, range(low, len(tokens))) if one]


def _joins(at: int, tokens: Tokens, text: str, book: Lexicon) -> bool:
    """Return whether an "and" stands at a place of a title; a glued "&" is none ("P&L")."""
    if tokens.words[at] in book.words["ands"]:
        return tokens.starts[at] > tokens.ends[at - 1]
    typed = text[tokens.starts[at] : tokens.ends[at]]
    clitic = book.style is Style.CLITIC and typed[0] in book.words["ands"]
    return clitic and len(tokens.words[at]) < len(typed) and tokens.words[at][0] != typed[0]


def _acts(stretch: range, tokens: Tokens, book: Lexicon, verbs: frozenset[int]) -> frozenset[str]:
    """Return what is to be done in a stretch: the groups of its verbs and their beginnings."""
    found: set[str] = set()
    for at in stretch:
        if at in verbs:
            kinds = book.classes.of(tokens.words[at])
            found.update(kind.removeprefix("title_") for kind in kinds if "title_" in kind)
            found.update(stem for stem in stems(tokens.words[at]) if len(stem) > _SHORTEST_HALF)
    return frozenset(found)


def _forms(stretch: range, tokens: Tokens, book: Lexicon, verbs: frozenset[int]) -> frozenset[str]:
    named = [tokens.words[at] for at in stretch if _names(at, tokens, book, verbs)]
    return frozenset(form for word in named for form in (word, *stems(word)))


def _names(at: int, tokens: Tokens, book: Lexicon, verbs: frozenset[int]) -> bool:
    """Return whether a word of a title names a thing."""
    word = tokens.words[at]
    if at in verbs or tokens.shapes[at] != "w" or len(word) < _SHORTEST_WORD:
        return False
    small = word in book.words["function_words"] or not _NOBODY.isdisjoint(book.classes.of(word))
    return not small


def _number(word: str, book: Lexicon) -> int:
    """Return the number that a word stands for, 0 if none."""
    if word.isdecimal():
        return int(word) if len(word) <= 4 else 0
    return counting_words(book.code).get(word, 0)


@lru_cache(maxsize=16)
def _both(code: str) -> frozenset[str]:
    return frozenset(_single(code, "both"))


@lru_cache(maxsize=16)
def _whole(code: str) -> frozenset[str]:
    """Return the words that say that none is missing."""
    return frozenset((*_single(code, "both"), *_single(code, "all")))


def _single(code: str, name: str) -> Iterator[str]:
    style = lexicon(code).style
    for word in raw_lexicon(code).get("items", {}).get(name, ()):
        if " " not in word and "*" not in word and "|" not in word:
            yield as_token(word, style)
