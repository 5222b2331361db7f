"""Which of the files that came with an answer complete which To Do."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from mailflow.reading.lexicon import LANGUAGES, raw_lexicon
from mailflow.reading.understanding.titles import Titles, units
from mailflow.reading.words import fold, tokens_of

_DECORATION = re.compile(
    r"(?:image|img|logo|outlook-?|unnamed|att)[\d_-]{0,12}\.(?:png|gif|jpe?g|bmp)"
    r"|.{0,80}(?:logo|signature|banner|icon|facebook|linkedin|twitter).{0,40}\.(?:png|gif|jpe?g|svg)"
    r"|.{0,200}\.(?:vcf|ics|p7s|asc|sig|dat|eml|html?)"
)
_PHOTO = re.compile(r"(?:img|image|dsc|pxl|photo|scan)[_ -]?\d{4,}.{0,40}")


@cache
def _doubtful() -> frozenset[str]:
    words: set[str] = set()
    for code in LANGUAGES:
        listed = raw_lexicon(code).get("files", {}).get("unfinished", ())
        words.update(fold(word) for word in listed)
    return frozenset(words)


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


def _owners(name: str, index: Titles) -> list[int]:
    stem = name.rsplit(".", 1)[0].replace("_", " ").replace(".", " ")
    owners: list[int] = []
    for word, _low, _high in units(tokens_of(stem)):
        holders = index.owners(word)
        owners += holders if len(holders) == 1 else ()
    return owners


def is_unfinished(name: str) -> bool:
    """Return whether the name says that this is a draft, a sample or a picture of an error."""
    bare = fold(name)
    words = set(tokens_of(name.replace("_", " ").replace(".", " ")).words)
    return not words.isdisjoint(_doubtful()) or any(
        word in bare for word in _doubtful() if word[:1] > "\u2fff"
    )


def files_by_item(
    names: Sequence[str], titles: Mapping[int, str], index: Titles
) -> dict[int, list[str]]:
    """Return which To Do each file points at by its name; files that point nowhere are left out."""
    found: dict[int, list[str]] = {}
    for name in names:
        owners = _owners(name, index)
        if owners and owners[0] in titles:
            found.setdefault(max(set(owners), key=owners.count), []).append(name)
    return found
