"""The words that mail programs put around a quote, in all languages at once.

A mail does not say in which language its sender's program speaks, so every table is the
union over the language files in `data/reply/`; the logic that uses them is shared. Words are
compared casefolded.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[a-z\d]+")


class Field(StrEnum):
    """What a named line of a header block tells."""

    FROM = "from"
    SENT = "sent"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


class Beginnings:
    """Phrases that a line may begin with, found by their first two characters."""

    __slots__ = ("_known",)

    def __init__(self, phrases: Iterable[str]) -> None:
        known: dict[str, tuple[str, ...]] = {}
        for phrase in phrases:
            known[phrase[:2]] = (*known.get(phrase[:2], ()), phrase)
        self._known = known

    def begin(self, folded: str) -> bool:
        """Tell whether casefolded text begins with one of the phrases."""
        phrases = self._known.get(folded[:2])
        if phrases is not None and folded.startswith(phrases):
            return True
        return folded[:1] in self._known  # phrases of one character

    def of(self, folded: str) -> tuple[str, ...]:
        """Return the phrases that may begin the text."""
        return self._known.get(folded[:2], ()) + self._known.get(folded[:1], ())


class Devices:
    """Names of devices and programs; a Latin one is found at the beginning of a word."""

    __slots__ = ("_anywhere", "_words")

    def __init__(self, names: Iterable[str]) -> None:
        known = tuple(names)
        self._words = tuple(name for name in known if name.isascii() and name.isalnum())
        self._anywhere = tuple(name for name in known if name not in self._words)

    def named_in(self, folded: str) -> bool:
        """Tell whether casefolded text names one."""
        if any(name in folded for name in self._anywhere):
            return True
        return any(word.startswith(self._words) for word in _WORD.findall(folded))


@dataclass(frozen=True, slots=True)
class Words:
    """Every table, ready for lookup.

    Attributes:
        fields: name of a header-block line -> what it may tell; one word can be several
            things in several languages ("a" is Italian and Spanish for To).
        transport: names of header fields that no program shows above a quote; where they
            stand, a person has pasted raw headers.
        date_names: names of the field for the date that people write, too.
        prefixes: what stands before the subject of an answer.
        openers: first words of a line above a quote ("on", "am", "le").
        wrote: single words for "wrote"; `wrote_parts` are found anywhere in the line, for
            scripts without spaces and for phrases.
        dividers: what stands between dashes above a quoted or forwarded mail.
        divider_heads: the same, for dividers that go on ("Forwarded by Bob on …").
        above: "reply above this line" of other services.
        taglines: beginnings of device taglines, valid with a device word in the same line.
        sure_taglines: beginnings that are enough by themselves.
        brief_taglines: beginnings of lines of four words at most ("From my iPhone").
        endings: ends of taglines in languages where the verb comes last.
        devices: names of devices and mail programs.
        footers: how a last paragraph of a scanner, a list or an advertisement begins.
        disclaimer_heads: how the first sentence of a disclaimer begins.
        disclaimer_cores: words without which no paragraph is a disclaimer.
        disclaimers: words of disclaimers; several in one paragraph make it one.
        banners: phrases of the warnings that a gateway puts into mail from outside.
        banner_heads: how such a warning begins.
    """

    fields: dict[str, frozenset[Field]]
    transport: frozenset[str]
    date_names: frozenset[str]
    prefixes: tuple[str, ...]
    openers: Beginnings
    wrote: frozenset[str]
    wrote_parts: tuple[str, ...]
    dividers: frozenset[str]
    divider_heads: Beginnings
    above: Beginnings
    taglines: Beginnings
    sure_taglines: Beginnings
    brief_taglines: Beginnings
    endings: tuple[str, ...]
    devices: Devices
    footers: Beginnings
    disclaimer_heads: Beginnings
    disclaimer_cores: tuple[str, ...]
    disclaimers: tuple[str, ...]
    banners: tuple[str, ...]
    banner_heads: tuple[str, ...]


@cache
def words() -> Words:
    """Load all language files once."""
    folder = files("mailflow.mail") / "data" / "reply"
    languages = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    wrote = _union(languages, "wrote")
    single = {word for word in wrote if _spaced(word)}
    dividers = _union(languages, "original") + _union(languages, "forwarded")
    return Words(
        fields=_fields(languages),
        transport=frozenset(_union(languages, "transport")),
        date_names=frozenset(_union(languages, "date_names")),
        prefixes=_union(languages, "prefixes"),
        openers=Beginnings(_union(languages, "openers")),
        wrote=frozenset(single),
        wrote_parts=tuple(word for word in wrote if word not in single),
        dividers=frozenset(dividers),
        divider_heads=Beginnings(
            phrase for phrase in dividers if " " in phrase or not phrase.isascii()
        ),
        above=Beginnings(_union(languages, "above")),
        taglines=Beginnings(_union(languages, "taglines")),
        sure_taglines=Beginnings(_union(languages, "sure_taglines")),
        brief_taglines=Beginnings(_union(languages, "brief_taglines")),
        endings=_union(languages, "endings"),
        devices=Devices(_union(languages, "devices")),
        footers=Beginnings(_union(languages, "footers")),
        disclaimer_heads=Beginnings(_union(languages, "disclaimer_heads")),
        disclaimer_cores=_union(languages, "disclaimer_cores"),
        disclaimers=_union(languages, "disclaimers"),
        banners=_union(languages, "banners"),
        banner_heads=_union(languages, "banner_heads"),
    )


def _union(languages: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word.casefold() for language in languages for word in language.get(key, ()))
    )


def _fields(languages: list[dict[str, Any]]) -> dict[str, frozenset[Field]]:
    found: dict[str, set[Field]] = {}
    for language in languages:
        for kind, names in language.get("fields", {}).items():
            for name in names:
                found.setdefault(name.casefold(), set()).add(Field(kind))
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _spaced(word: str) -> bool:
    """Tell a single word of a script that sets spaces between words."""
    return word.isalpha() and max(word) < "\u0e00"
