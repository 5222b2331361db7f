"""Whether the names of files speak against what was asked for: another thing, or a part of it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.understanding.finished.several import names_parts_of, number_asked_for
from mailflow.reading.understanding.finished.several_glyphs import names_parts_in_glyphs
from mailflow.reading.understanding.finished.singled import is_one_of, singled_by
from mailflow.reading.understanding.finished.singled_glyphs import names_another_in_glyphs
from mailflow.reading.understanding.finished.things import things_in
from mailflow.reading.understanding.text.word_kinds import is_known, stems
from mailflow.reading.words import Tokens, fold, tokens_of, tokens_of_title

_SHORTEST_HEAD = 4
_SHORTEST_TAIL = 4
_WORD = re.compile(r"[^\W\d_]+")
_SORTS = ("rivals", "rank")


def speak_of_another(names: Sequence[str], title: str, code: str) -> bool:
    """Return whether all the files are named after something else than a title asks for."""
    return all(_speaks_of_another(name, title, code) for name in names)


def are_too_few(names: Sequence[str], title: str, code: str) -> bool:
    """Return whether files are one of two things, or one each and fewer than a title counts."""
    book = lexicon(code)
    if book.is_of_glyphs and names_parts_in_glyphs(fold(" ".join(names)), title, code):
        return True
    words = frozenset(word for name in names for word in _words_of(name, code).words)
    if names_parts_of(words, title, code):
        return True
    asked = number_asked_for(title, code)
    return len(names) < asked and all(_is_one(name, title, code) for name in names)


@lru_cache(maxsize=1024)
def _speaks_of_another(name: str, title: str, code: str) -> bool:
    book = lexicon(code)
    found, asked = _words_of(name, code), tokens_of_title(title, book.style)
    if book.is_of_glyphs and names_another_in_glyphs(fold(name), title, code):
        return True
    new = frozenset(word for word in found.words if not any(word in one for one in asked.words))
    told, wanted = things_in(new, code), things_in(frozenset(asked.words), code)
    if told and wanted and told.isdisjoint(wanted):
        return True
    if book.raw.get("compounds") and any(_heads_differ(found.words, asked.words)):
        return True
    wanted_by, told_by = singled_by(title, code), singled_by(" ".join(found.words), code)
    for sort, values in told_by.items():
        if sort.startswith(_SORTS) and sort in wanted_by and values.isdisjoint(wanted_by[sort]):
            return True
    owners = book.words["names"] & frozenset(word.removesuffix("'s") for word in asked.words)
    owners |= book.words["names"] & frozenset(word.removesuffix("s") for word in asked.words)
    others = book.words["names"] & frozenset(found.words)
    if owners and others and owners.isdisjoint(others):
        return True
    return not book.raw.get("noun_capitals") and _is_of_other_place(name, title, book)


def _is_of_other_place(name: str, title: str, book: Lexicon) -> bool:
    """Return whether a name begins as a title does and goes on with another word in capitals."""
    called = [word for word in _WORD.findall(name.rsplit(".", 1)[0]) if word[0].isupper()]
    places = {fold(word) for word in _WORD.findall(title)[1:] if word[0].isupper()}
    asked = frozenset(tokens_of_title(title, book.style).words)
    new = [fold(word) for word in called if fold(word) not in asked]
    return (
        len(new) < len(called)
        and bool(places)
        and places.isdisjoint(map(fold, called))
        and any(len(word) >= _SHORTEST_HEAD and not is_known(word, book) for word in new)
    )


def _heads_differ(found: Sequence[str], asked: Sequence[str]) -> Iterator[bool]:
    """Yield True for a compound of a name that ends as one of a title, but begins otherwise."""
    for word in found:
        for title in asked:
            short = min(len(word), len(title)) < _SHORTEST_HEAD + _SHORTEST_TAIL
            if word in asked or short or word[0] == title[0]:
                continue
            tail = 0
            while word[-tail - 1 :] == title[-tail - 1 :] and tail < len(word):
                tail += 1
            apart = min(len(word), len(title)) - tail >= _SHORTEST_HEAD
            yield tail >= _SHORTEST_TAIL and apart


def _is_one(name: str, title: str, code: str) -> bool:
    """Return whether a name tells of one of a title's things: "payslip", "front"."""
    words = _words_of(name, code).words
    asked = frozenset(tokens_of_title(title, lexicon(code).style).words)
    if any(is_one_of(word, asked) or _is_form_of(word, asked) for word in words):
        return True
    return any(sort.startswith(_SORTS) for sort in singled_by(" ".join(words), code))


def _is_form_of(word: str, asked: frozenset[str]) -> bool:
    """Return whether a word is another form of a title's word."""
    forms = {form for one in asked if len(one) >= _SHORTEST_HEAD for form in stems(one)}
    return word not in asked and len(word) >= _SHORTEST_HEAD and not forms.isdisjoint(stems(word))


def _words_of(name: str, code: str) -> Tokens:
    stem = name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
    return tokens_of(stem, style=lexicon(code).style)
