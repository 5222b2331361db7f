"""A provider's command mail, line by line: what is asked for, or the nearest right form.

One command a line; `#` begins a comment; numbers may stand before or after the verb ("done
3", "3 done", "TAX-3 done"). Everything is read before anything is done, so that `it` has a
meaning. The words stand in `command_words/<language>.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from mailflow.reading.lexicon import LANGUAGES, raw_lexicon
from mailflow.reading.words import fold

MAX_LINES = 200
MAX_LINE_LENGTH = 1000
_MAX_RANGE = 20

_LEADING = re.compile(r"^[\s>*•·–—-]+")
_REF = re.compile(r"^#?(?:([^\W\d_][^\W_]{0,11})-)?(\d{1,4})$")
_RANGE = re.compile(r"^#?(\d{1,4})[-–](\d{1,4})$")
_SPACES = re.compile(r"\s+")
_ENDING = " .!;,"


@dataclass(frozen=True, slots=True)
class Ref:
    """A To Do as it was typed: a number, with its plan's code where that was typed too."""

    n: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One line that was understood.

    Attributes:
        line: its number in the mail, counted from 1.
        typed: as typed.
        verb: the English key of the verb, such as `due`.
        refs: To Dos it names.
        code: a plan it names.
        rest: what stands behind verb and numbers: a name, a date, "all of it".
        text: what stands behind a colon.
    """

    line: int
    typed: str
    verb: str
    refs: tuple[Ref, ...] = ()
    code: str | None = None
    rest: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Misread:
    """One line that is no command; `nearest` is the verb it may have meant, or ""."""

    line: int
    typed: str
    nearest: str = ""


CommandLine = Command | Misread


@dataclass(frozen=True, slots=True)
class _Words:
    """All spellings of all languages, longest first, and the glue words."""

    verbs: tuple[tuple[str, str], ...]
    by_spelling: dict[str, str]
    glue: dict[str, frozenset[str]]


@cache
def _words(language: str) -> _Words:
    tables = [_table(name) for name in dict.fromkeys((language, "en", *_languages()))]
    by_spelling: dict[str, str] = {}
    glue: dict[str, set[str]] = {}
    for table in tables:
        for word, spellings in table.get("glue", {}).items():
            glue.setdefault(word, set()).update(spellings)
        for verb, spellings in table.items():
            if verb != "glue":
                for spelling in spellings:
                    by_spelling.setdefault(spelling, verb)
    verbs = tuple(sorted(by_spelling.items(), key=lambda item: -len(item[0])))
    return _Words(verbs, by_spelling, {word: frozenset(s) for word, s in glue.items()})


@cache
def _languages() -> tuple[str, ...]:
    folder = files("mailflow.reading").joinpath("command_words")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir()))


@cache
def _table(language: str) -> dict[str, Any]:
    path = files("mailflow.reading").joinpath("command_words", f"{language}.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def glue_words(kind: str, language: str) -> frozenset[str]:
    """Return the small words of one kind (`to`, `until`, `all`, `it`), in lower case."""
    return _words(language).glue.get(kind, frozenset())


def read_commands(
    text: str, codes: Iterable[str] = (), language: str = "en"
) -> tuple[CommandLine, ...]:
    """Read each line of a command mail's visible answer.

    Reading ends at "stop", "thanks" or a sign-off. Empty lines and comments are skipped.

    Args:
        text: the visible answer.
        codes: codes of the plans there are, for telling a code from a name.
        language: the provider's; the words of all other languages count too.
    """
    known = frozenset(code.upper() for code in codes)
    found: list[CommandLine] = []
    for number, line in enumerate(text.splitlines()[:MAX_LINES], start=1):
        typed = _LEADING.sub("", line[:MAX_LINE_LENGTH]).strip()
        if not typed or typed.startswith("#"):
            continue
        command = _read_line(number, typed, known, language)
        if isinstance(command, Command) and command.verb in {"stop", "thanks"}:
            break
        found.append(command)
    return tuple(found)


def _read_line(number: int, typed: str, codes: frozenset[str], language: str) -> CommandLine:
    head, colon, text = typed.partition(":")
    words = _SPACES.sub(" ", head.strip(_ENDING)).split(" ")
    before, rest = _leading_refs(words, codes)
    verb, rest = _leading_verb(rest, _words(language))
    if verb is None and not before.refs:
        before, verb, rest = _trailing_verb(words, codes, _words(language))
    if verb is None:
        if before.refs and (colon or rest):
            # "3: friday", "3 friday": a number with a date or words asks for that date
            return Command(
                number, typed, "due", before.refs, before.code, " ".join(rest) or text.strip(), ""
            )
        return Misread(number, typed, nearest_verb(words[0] if words else "", language))
    after, rest = _leading_refs(rest, codes)
    return Command(
        line=number,
        typed=typed,
        verb=verb,
        refs=(*before.refs, *after.refs),
        code=before.code or after.code,
        rest=" ".join(rest).strip(_ENDING),
        text=text.strip(),
    )


def nearest_verb(word: str, language: str = "en") -> str:
    """Return the spelling that a mistyped word may have meant, or ""."""
    own = [spelling for spelling in _words(language).by_spelling if " " not in spelling]
    return next(iter(get_close_matches(word.lower(), own, n=1, cutoff=0.7)), "")


@dataclass(frozen=True, slots=True)
class _Named:
    refs: tuple[Ref, ...]
    code: str | None


def _leading_refs(words: list[str], codes: frozenset[str]) -> tuple[_Named, list[str]]:
    """Take numbers, ranges and plan codes from the front of the words."""
    refs: list[Ref] = []
    code: str | None = None
    index = 0
    for index, word in enumerate([*words, ""]):
        bare = word.strip(",;.")
        found = () if _begins_day(words[index : index + 3]) else _refs_of(bare, code)
        if found:
            refs += found
        elif bare.upper() in codes and code is None:
            code = bare.upper()
        elif bare.lower() not in {"and", "und", "&", "#"} or not (refs or code):
            break
    return _Named(tuple(refs), code), words[index:]


def _begins_day(words: list[str]) -> bool:
    """Return whether a number belongs to the month behind it: "20 March", "20 de marzo"."""
    if not words or not words[0].strip(",;.").isdecimal():
        return False
    behind = [fold(word.strip(",;.")) for word in words[1:]]
    small = len(behind) > 1 and behind[0] in {"de", "of"}
    return bool(behind) and behind[1 if small else 0] in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(
        fold(name)
        for language in LANGUAGES
        for names in raw_lexicon(language).get("dates", {}).get("months", ())
        for name in names
    )


def _refs_of(word: str, code: str | None) -> list[Ref]:
    if found := _REF.match(word):
        return [Ref(int(found[2]), found[1].upper() if found[1] else code)]
    if span := _RANGE.match(word):
        first, last = int(span[1]), int(span[2])
        if first <= last < first + _MAX_RANGE:
            return [Ref(n, code) for n in range(first, last + 1)]
    return []


def _leading_verb(words: list[str], known: _Words) -> tuple[str | None, list[str]]:
    line = " ".join(words).lower()
    for spelling, verb in known.verbs:
        if line == spelling or line.startswith((spelling + " ", spelling + ",")):
            taken = len(spelling.split(" "))
            return verb, words[taken:]
    return None, words


def _trailing_verb(
    words: list[str], codes: frozenset[str], known: _Words
) -> tuple[_Named, str | None, list[str]]:
    """Read "all done" and the like, where small words stand before the verb."""
    if len(words) > 1 and words[0].lower() in known.glue.get("all", frozenset()):
        verb, rest = _leading_verb(words[1:], known)
        if verb is not None and not rest:
            return _Named((), None), verb, [words[0]]
    return _leading_refs([], codes)[0], None, words
