"""Which of the files that came with an answer complete which To Do."""

import re
from collections.abc import Sequence
from functools import cache

from mailflow.reading.lexicon import COMMON, LANGUAGES, raw_lexicon, style_of
from mailflow.reading.understanding.asked.months import glyph_months, months_in
from mailflow.reading.understanding.asked.titles import Titles, units
from mailflow.reading.understanding.text.word_kinds import stems
from mailflow.reading.words import Style, Tokens, fold, tokens_of, tokens_of_title

_DECORATION = re.compile(
    r"(?:image|img|logo|outlook-?|unnamed|att)[\d_-]{0,12}\.(?:png|gif|jpe?g|bmp)"
    r"|.{0,80}(?:logo|signature|banner|icon|facebook|linkedin|twitter).{0,40}\.(?:png|gif|jpe?g|svg)"
    r"|.{0,200}\.(?:vcf|ics|p7s|asc|sig|dat|eml|html?)"
)
_YEAR_MONTH = re.compile(r"(?<!\d)20\d\d[-_. ](0[1-9]|1[0-2])(?![-_. ]?\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(?<!\d[-_.])(0[1-9]|1[0-2])[-_.]20\d\d(?!\d)")
"""A month before its year; behind a day it says when a paper was made, not what it is of."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?![-_. /]?\d)")
_GLUED_DIGITS = re.compile(r"[\d.-]+")
_TELLING_WORDS = 3
_PHOTO = re.compile(r"(?:img|image|dsc|pxl|photo|scan)[_ -]?\d{4,}.{0,40}")


@cache
def _doubtful_glyphs() -> tuple[str, ...]:
    return tuple(word for word in _doubtful() if word[:1] > "\u2fff")


@cache
def _doubtful() -> frozenset[str]:
    words: set[str] = set()
    for code in LANGUAGES:
        listed = raw_lexicon(code).get("files", {}).get("unfinished", ())
        words.update(fold(word) for word in listed)
    return frozenset(words)


def names_unfinished(word: str) -> bool:
    """Return whether a word, in some form, names a draft or a sample ("utkastet")."""
    return not _doubtful().isdisjoint(stems(word))


@cache
def _part() -> re.Pattern[str]:
    """Return what tells a part from all there is: "page 1 of 3", "2_von_3"."""
    listed = raw_lexicon(COMMON)["out_of"].values()
    between = "|".join(sorted({re.escape(fold(word)) for words in listed for word in words}))
    return re.compile(rf"(?<!\d)(\d{{1,2}})[ _-]?(?:{between})[ _-]?(?!\1(?!\d))\d{{1,2}}(?!\d)")


def real_files(names: Sequence[str], titles: Titles) -> tuple[str, ...]:
    """Return the files that a person sent on purpose: no logos, no visiting cards.

    A logo that was asked for is one.
    """
    kept = []
    for name in names[:50]:
        bare = fold(name.strip())
        if _PHOTO.fullmatch(bare) or not _DECORATION.fullmatch(bare) or _owners(name, titles):
            kept.append(name)
    return tuple(kept)


def _words_of(name: str) -> list[str]:
    """Return what a file's name, without its ending, may name a thing by."""
    stem = name.rsplit(".", 1)[0].replace("_", " ").replace(".", " ")
    return [word for word, _low, _high in units(tokens_of(stem))]


def _owners(name: str, index: Titles) -> list[int]:
    owners: list[int] = []
    for word in _words_of(name):
        holders = index.owners(word)
        owners += holders if len(holders) == 1 else ()
    return owners


def tells_of_another(name: str, titles: Titles) -> bool:
    """Return whether a file's name says at some length what it is, and no title says so.

    "Gas Safety Record.pdf" may be no electrical certificate; "IMG_2210.jpg" may be anything.
    """
    found = [word for word in _words_of(name) if word.isalpha() and len(word) > 2]
    return len(found) >= _TELLING_WORDS and not _owners(name, titles)


def is_unfinished(name: str, title: str) -> bool:
    """Return whether the name says that this is a draft, a sample or a picture of an error.

    A draft that was asked for is none.
    """
    bare = fold(name)
    words = set(tokens_of(name.replace("_", " ").replace(".", " ")).words)
    words.difference_update(tokens_of_title(title, Style.PLAIN).words)
    if not _doubtful().isdisjoint(words):
        return True
    if _part().search(bare):
        return True
    if bare.isascii():
        return False
    asked = fold(title)
    return any(word in bare and word not in asked for word in _doubtful_glyphs())


def is_of_other_month(name: str, title: str, lang: str) -> bool:
    """Return whether a file is named after another month than its To Do."""
    style = style_of(lang)
    wanted = months_in(tokens_of_title(title, style), lang) | glyph_months(title)
    if not wanted:
        return False
    stem = _GLUED_DIGITS.sub(" ", name.rsplit(".", 1)[0].replace("_", " "))
    found = set(months_in(tokens_of(stem, style=style), lang))
    for pattern in (_YEAR_MONTH, _MONTH_YEAR):
        found.update(int(hit[1]) for hit in pattern.finditer(name))
    found |= glyph_months(name)
    return bool(found) and wanted.isdisjoint(found)


def is_of_other_year(name: str, title: str) -> bool:
    """Return whether a file is named after another year than its To Do.

    A year that goes on to a month or a day says when a paper was made, not what it is of.
    """
    wanted = frozenset(_YEAR.findall(title))
    found = frozenset(_YEAR.findall(name.rsplit(".", 1)[0]))
    return bool(wanted) and bool(found) and wanted.isdisjoint(found)


def is_of_other_number(name: str, title: str) -> bool:
    """Return whether a file is numbered as its To Do, but otherwise: "unit 5" for unit 4."""
    wanted = _numbered(tokens_of_title(title, Style.PLAIN))
    found = _numbered(tokens_of(name.rsplit(".", 1)[0].replace("_", " ")))
    return any(word in found and number != found[word] for word, number in wanted.items())


def _numbered(tokens: Tokens) -> dict[str, str]:
    """Return the numbers that stand behind a word, by that word."""
    return {
        tokens.words[at - 1]: word
        for at, word in enumerate(tokens.words)
        if at and tokens.shapes[at - 1 : at + 1] == "wn"
    }


def files_by_item(names: Sequence[str], titles: Titles) -> dict[int, list[str]]:
    """Return which To Do each file points at by its name; files that point nowhere are left out."""
    found: dict[int, list[str]] = {}
    for name in names:
        owners = _owners(name, titles)
        if owners:
            found.setdefault(max(set(owners), key=owners.count), []).append(name)
    return found
