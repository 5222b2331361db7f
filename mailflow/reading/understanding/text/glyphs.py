"""One language in two sets of glyphs: what is typed in the other set is read as in the lexicon's.

Glyph for glyph, so that every place in what is read is the same place in what was typed.
"""

import re
from collections.abc import Mapping
from functools import cache

from mailflow.reading.lexicon import raw_lexicon

_Table = tuple[re.Pattern[str], Mapping[int, str]]


@cache
def _table(code: str) -> _Table | None:
    """Return what finds a glyph of the other set, and what each is read as."""
    groups = raw_lexicon(code).get("other_glyphs", ())
    read_as = {ord(other): group[0] for group in groups for other in group[1:]}
    return (re.compile(f"[{''.join(map(chr, read_as))}]"), read_as) if read_as else None


def has_other_glyphs(code: str) -> bool:
    """Return whether a language is written in more glyphs than its lexicon's."""
    return _table(code) is not None


def in_known_glyphs(text: str, code: str) -> str:
    """Return a text in the glyphs of its language's lexicon, as long as it was."""
    table = _table(code)
    if table is None or text.isascii() or table[0].search(text) is None:
        return text
    return text.translate(table[1])


def as_typed(part: str, read: str, typed: str) -> str:
    """Return a part of what was read as it was typed; what is no part of it stays.

    Args:
        part: what was found.
        read: the text it was found in, as `in_known_glyphs` returned it.
        typed: the same text as it was typed.
    """
    at = read.find(part) if part else -1
    return typed[at : at + len(part)] if at >= 0 else part
