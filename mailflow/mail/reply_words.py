"""The words that mail programs put around a quote, in all languages at once.

A mail does not say in which language its sender's program speaks, so every table is the
union over the language files in `data/reply/`; the logic that uses them is shared. Words are
compared casefolded.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Field(StrEnum):
    """What a named line of a header block tells."""

    FROM = "from"
    SENT = "sent"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """Every table, ready for lookup.

    Attributes:
        fields: name of a header-block line -> what it may tell; one word can be several
            things in several languages ("a" is Italian and Spanish for To).
        openers: first words of a line above a quote ("on", "am", "le").
        wrote: single words for "wrote"; `wrote_parts` are found anywhere in the line, for
            scripts without spaces and for phrases.
        original: what stands between dashes above a quoted mail.
        forwarded: the same above a forwarded mail.
        divider_heads: both, for dividers that go on ("Forwarded by Bob on …").
        above: "reply above this line" of other services.
        taglines: beginnings of device taglines, valid with a device word in the same line.
        sure_taglines: beginnings that are enough by themselves.
        endings: ends of taglines in languages where the verb comes last.
        devices: names of devices and mail programs.
        disclaimer_heads: how the first sentence of a disclaimer begins.
        disclaimers: words of disclaimers; several in one paragraph make it one.
        banners: warnings that a gateway puts into mail from outside.
    """

    fields: dict[str, frozenset[Field]]
    openers: tuple[str, ...]
    wrote: frozenset[str]
    wrote_parts: tuple[str, ...]
    original: frozenset[str]
    forwarded: tuple[str, ...]
    divider_heads: tuple[str, ...]
    above: tuple[str, ...]
    taglines: tuple[str, ...]
    sure_taglines: tuple[str, ...]
    endings: tuple[str, ...]
    devices: tuple[str, ...]
    disclaimer_heads: tuple[str, ...]
    disclaimers: tuple[str, ...]
    banners: tuple[str, ...]


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
    return Words(
        fields=_fields(languages),
        openers=_union(languages, "openers"),
        wrote=frozenset(single),
        wrote_parts=tuple(word for word in wrote if word not in single),
        original=frozenset(_union(languages, "original")),
        forwarded=_union(languages, "forwarded"),
        divider_heads=_union(languages, "forwarded") + _union(languages, "original"),
        above=_union(languages, "above"),
        taglines=_union(languages, "taglines"),
        sure_taglines=_union(languages, "sure_taglines"),
        endings=_union(languages, "endings"),
        devices=_union(languages, "devices"),
        disclaimer_heads=_union(languages, "disclaimer_heads"),
        disclaimers=_union(languages, "disclaimers"),
        banners=_union(languages, "banners"),
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
