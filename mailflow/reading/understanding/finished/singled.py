"""Which one of several a title means, and whether a clause names another: flat 3, not flat 2.

A title may single a thing out by a number, a letter, a weekday, an ordinal, a name, a place, or a
word that has rivals (front and back, gas and water). A finish that names another one by the same
means, and not that one, has finished another thing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import pairwise
from operator import or_

from mailflow.reading.date_words import date_words
from mailflow.reading.lexicon import COMMON, Lexicon, as_token, lexicon, raw_lexicon, style_of
from mailflow.reading.understanding.finished.singled_glyphs import names_another_in_glyphs
from mailflow.reading.understanding.finished.stood_for import stands_for_another
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.people import NAME, with_people
from mailflow.reading.understanding.text.word_kinds import is_name, stems
from mailflow.reading.words import Tokens, clean, tokens_of_title

_SUMS = frozenset("%€$£¥₹:'\"°")
_WORDS = frozenset("wg")
_IDLE = frozenset({"past_time", "neutral", "fyi"})
_LASTING = ("day", "rivals", "rank")
"""By what is singled out even in a date or in words that say nothing else."""

_INFLECTED = ("name", "goal")
_SHORT = 2
_LONGEST_YEAR = 4
_YEARS = range(1980, 2032)
_FAR = 4
_LONGEST_TAIL = 3
_SHORTEST_THING = 3
_SHORTEST_DAY = 6
_PARTS = 2
_LONGEST_DAY = 5
_MANY = ("s", "es", "n", "en", "e", "x", "i", "er", "ar", "or")
"""Endings of several: who was to sign the copies and signed one copy has signed a part."""
_NOBODY = frozenset({"i", "you", "it", "unit", "weekday"})
"""Classes of what stands behind a "to" or "in" and is no place."""

_VERBS = ("base", "title_")
"""Beginnings of the classes of verbs."""

Named = Mapping[str, frozenset[str]]
"""By what something is singled out, and the values it is singled out with."""


def names_another(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether a clause speaks of another one than a title does."""
    words = typed.tokens.words[clause.low : clause.high]
    code = typed.book.code
    if typed.book.raw.get("own_script") and names_another_in_glyphs("".join(words), title, code):
        return True
    if _is_one_of_many(words, typed) or stands_for_another(clause, typed):
        return True
    asked = singled_by(title, code)
    return bool(asked) and _names_other_than(asked, clause, typed)


def names_rival(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether a clause names a rival of what a title names, and not that.

    The number or the name that is chosen need not stand in the title; but whoever was to choose
    tiles for the wall and names the floor has chosen for another thing.
    """
    asked = _rivals_in(title, typed.book.code)
    return bool(asked) and _names_other_than(asked, clause, typed)


@lru_cache(maxsize=2048)
def _rivals_in(title: str, code: str) -> Named:
    """Return what a title names that has rivals."""
    return {sort: ones for sort, ones in singled_by(title, code).items() if "rivals" in sort}


def _names_other_than(asked: Named, clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names something by one of these means, and not what was asked."""
    words = typed.tokens.words[clause.low : clause.high]
    tokens = typed.tokens.part(clause.low, clause.high)
    pointing = clause.pointing if typed.asked.numbers else 0
    idle = pointing | reduce(or_, (f.mask for f in clause.found if f.name in _IDLE), 0)
    named: dict[str, set[str]] = {}
    for at, sort, value in _singled_in(tokens, typed.text, typed.book):
        start = tokens.starts[at]
        over = idle >> (at + clause.low) & 1 or clause.is_dated_at(start)
        if sort in asked and (not over or sort.startswith(_LASTING)):
            named.setdefault(sort, set()).add(value)
    if "name" in asked:
        at_hand = [word for at, word in enumerate(words, clause.low) if _is_named(typed, at, asked)]
        named |= {"name": {word.removesuffix("'s") for word in at_hand}} if at_hand else {}
    inflected = bool(typed.book.raw.get("declines"))
    return any(
        not _is_meant(sort, values, asked[sort], inflected=inflected)
        for sort, values in named.items()
    )


def _is_meant(sort: str, values: Iterable[str], asked: Iterable[str], *, inflected: bool) -> bool:
    """Return whether one of the values was asked for; inflected names in any form of them."""
    if not inflected or not sort.startswith(_INFLECTED):
        return not set(asked).isdisjoint(values)
    return not _forms(asked).isdisjoint(_forms(values))


def _forms(words: Iterable[str]) -> set[str]:
    return {stem for word in words for stem in stems(word)}


@lru_cache(maxsize=2048)
def singled_by(title: str, code: str) -> Named:
    """Return by what a title singles out what it asks for."""
    book = lexicon(code)
    tokens, title = tokens_of_title(title, book.style), clean(title)
    singled: dict[str, set[str]] = {}
    for _at, sort, value in _singled_in(tokens, title, book):
        singled.setdefault(sort, set()).add(value)
    for at, word in enumerate(tokens.words):
        typed = title[tokens.starts[at] : tokens.ends[at]]
        if at and tokens.shapes[at] == "w" and is_name(word, typed, book):
            singled.setdefault("name", set()).add(word.removesuffix("'s"))
        day = next(_days_begun(word, code), "") if book.raw.get("compounds") else ""
        if day:
            singled.setdefault("day", set()).add(day)
    people = with_people(tokens, title, code)
    for word, shape in zip(people.words, people.shapes, strict=True):
        if shape == NAME:
            singled.setdefault("name", set()).add(word)
    return {sort: frozenset(values) for sort, values in singled.items()}


def _days_begun(word: str, code: str) -> Iterator[str]:
    """Yield the weekday that a longer word begins with ("Dienstagskurs")."""
    for name, day in date_words(code).weekdays.items():
        if len(name) >= _SHORTEST_DAY and word.startswith(name) and word != name:
            yield str(day)


def _is_one_of_many(words: Sequence[str], typed: Typed) -> bool:
    """Return whether one is told of where the titles ask for several ("signed one copy")."""
    ones = _ones(typed.book.code)
    return not ones.isdisjoint(words) and any(
        before in ones and is_one_of(word, typed.asked.words) for before, word in pairwise(words)
    )


@cache
def _ones(code: str) -> frozenset[str]:
    numbers = date_words(code).numbers.items()
    return frozenset(word for word, number in numbers if number == 1) | {"1"}


@lru_cache(maxsize=4096)
def is_one_of(word: str, asked: frozenset[str]) -> bool:
    """Return whether a word is the singular of a title's word."""
    if word in asked or len(word) < _SHORTEST_THING:
        return False
    if word.endswith("y") and word[:-1] + "ies" in asked:
        return True
    return any(word + ending in asked for ending in _MANY)


def _is_named(typed: Typed, at: int, asked: Named) -> bool:
    """Return whether a word is a name of the title, or another one that no capital feigns."""
    word, kinds = typed.tokens.words[at].removesuffix("'s"), typed.kinds[at]
    if word in asked["name"] or typed.tokens.shapes[at] == NAME:
        return True
    if "address" in kinds or "relative" in kinds or {"who", "whos"}.isdisjoint(kinds):
        return False
    begins = not at or typed.tokens.shapes[at - 1] in "sl"
    return not begins or word in typed.book.words["names"]


def _singled_in(tokens: Tokens, text: str, book: Lexicon) -> Iterator[tuple[int, str, str]]:
    """Yield by what a stretch of text singles something out, names aside: where, how, which."""
    for at, word in enumerate(tokens.words):
        if tokens.shapes[at] == "n" and word.isdecimal():
            if not _counts(tokens, at, book.code):
                yield at, _sort_of_figure(tokens, at), word.lstrip("0")
            if tail := _tail(tokens, at):
                yield at, "tail", tail
        elif tokens.shapes[at] == "n" and _is_joined(word):
            yield at, "joined digits", word
        elif tokens.shapes[at] in _WORDS:
            yield from _singled_at(at, tokens, text, book)


def _singled_at(
    at: int, tokens: Tokens, text: str, book: Lexicon
) -> Iterator[tuple[int, str, str]]:
    """Yield the same of one word."""
    word, known = tokens.words[at], _known(book.code)
    letter = len(word) == 1 and word != "i" and text[tokens.starts[at]].isupper()
    if letter and (at or word not in book.words["function_words"]):
        yield at, "letter", word
    if word in known:
        yield at, *known[word]
    if word in book.words["goals"] and not _is_particle(at, tokens, book):
        for place in _behind(tokens, at, book):
            yield place, f"goal {word[0]}", tokens.words[place]


def _is_particle(at: int, tokens: Tokens, book: Lexicon) -> bool:
    """Return whether a small word belongs to the verb that begins a title: "Fill in the form"."""
    return at == 1 and any(
        name.startswith(_VERBS) for name in book.classes.of(tokens.words[at - 1])
    )


def _counts(tokens: Tokens, at: int, code: str) -> bool:
    """Return whether a number is a sum, a time, a day of the month or a count of days."""
    beside = tokens.words[max(at - 1, 0) : at] + tokens.words[at + 1 : at + 2]
    words = date_words(code)
    if not _SUMS.isdisjoint(beside):
        return True
    few = len(tokens.words[at]) <= _SHORT
    if tokens.words[at + 1 : at + 2] and _is_state(tokens.words[at + 1], code):
        beside = beside[:-1]  # "är" is written as "år" here, and as "is" there
    return few and any(word in words.months or word in words.units for word in beside)


def _is_state(word: str, code: str) -> bool:
    return "be" in lexicon(code).classes.of(word)


def _sort_of_figure(tokens: Tokens, at: int) -> str:
    """Return with which other numbers a number may be mistaken: "Q1" with "Q2", 2034 with 2043."""
    word = tokens.words[at]
    before = at - 1 - (at > 1 and tokens.words[at - 1] == "-")
    glued = before >= 0 and tokens.ends[before] == tokens.starts[before + 1]
    if glued and tokens.ends[at - 1] == tokens.starts[at] and tokens.shapes[before] == "w":
        return f"code {tokens.words[before]}"
    if len(word) == _LONGEST_YEAR and int(word) in _YEARS:
        return "year"
    return "few digits" if len(word) <= _SHORT else f"{len(word)} digits"


def _is_joined(word: str) -> bool:
    """Return whether a number has parts, as a bill's does ("2026-017"), and is no day or sum."""
    parts = word.replace("/", "-").split("-")
    return len(parts) == _PARTS and all(map(str.isdecimal, parts)) and len(word) > _LONGEST_DAY


def _tail(tokens: Tokens, at: int) -> str:
    """Return the letters written to the end of a number: 12a is not 12b."""
    glued = at + 1 < len(tokens) and tokens.starts[at + 1] == tokens.ends[at]
    word = tokens.words[at + 1] if glued and tokens.shapes[at + 1] == "w" else ""
    return word if len(word) <= _LONGEST_TAIL else ""


def _behind(tokens: Tokens, at: int, book: Lexicon) -> Iterator[int]:
    """Yield where the words stand of the place that a small word leads to ("to the tenant")."""
    for place in range(at + 1, min(at + 1 + _FAR, len(tokens))):
        word = tokens.words[place]
        classes = book.classes.of(word)
        if tokens.shapes[place] not in _WORDS or word in book.words["places"] or "did" in classes:
            return
        if _NOBODY.isdisjoint(classes):
            if word not in book.words["function_words"]:
                yield place
        elif place > at + 1:
            return


def rival_in(word: str, code: str) -> tuple[str, str]:
    """Return which rivals a folded word belongs to and which of them it is, nothing for none."""
    sort, one = _known(code).get(word, ("", ""))
    return (sort, one) if sort.startswith("rivals") else ("", "")


@cache
def _known(code: str) -> Mapping[str, tuple[str, str]]:
    """Return weekdays, ordinals and rivals by their words, each with its sort and value."""
    style = style_of(code)
    weekdays = date_words(code).weekdays.items()
    known = {word: ("day", str(day)) for word, day in weekdays if len(word) > 1}
    ordinals = raw_lexicon(code).get("items", {}).get("ordinals", ())
    for rank, words in enumerate(ordinals):
        known.update(
            {as_token(word, style): ("rank", str(rank)) for word in words if " " not in word}
        )
    for number, rivals in enumerate(raw_lexicon(COMMON).get("rivals", {}).get(code, ())):
        for one in rivals.split():
            for word in one.split("|"):
                known[as_token(word, style)] = (f"rivals {number}", one)
    return known
