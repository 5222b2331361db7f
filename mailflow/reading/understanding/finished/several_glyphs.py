"""What a title of glyphs asks for several of: scripts without spaces show no words to compare."""

import re
from collections.abc import Sequence
from functools import lru_cache

from mailflow.reading.lexicon import COMMON, raw_lexicon
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.numerals import number_of
from mailflow.reading.words import fold

_COUNTED = re.compile(
    r"(?<!第)(\d{1,4}|[一二两三四五六七八九十]{1,3})"
    r"(か月|ヶ月|カ月|箇月|个月|[份封张本个枚通部社家脚脚册冊名人台箱件套组組篇页頁点個把位])"
    r"(?![前后後目以])"
)
_BOTH = re.compile("両方|双方|两[份个张本件]|俩")
_WRITTEN = re.compile(r"[^\u3040-\u309f\s\d，。、・,.()（）]+")
"""What names a thing: all but hiragana, numbers and signs."""
_MOST_PARTS = 6


def tells_of_a_part_in_glyphs(ends: Sequence[Clause], typed: Typed, title: str) -> bool:
    """Return whether one of two things or acts is finished, or fewer than were asked for."""
    title, code = fold(title), typed.book.code
    text = "".join("".join(typed.tokens.words[one.low : one.high]) for one in ends)
    counts, told = _counts(title), _counts(text)
    if any(0 < told.get(unit, 0) < number for unit, number in counts.items()):
        return True
    if _BOTH.search(title) and told and set(told.values()) == {1}:
        return True
    things, acts = _parts(title, code)
    if things:
        said = "".join(_words_beside_acts(one, typed) for one in ends)
        named = [_is_named(part, said) for part in things]
        return any(named) and not all(named)
    named = [_is_named(part, text) for part in acts]
    return bool(named) and any(named) and not named[-1]


def names_parts_in_glyphs(text: str, title: str, code: str) -> bool:
    """Return whether a folded text names some but not all of what a title joins."""
    named = [_is_named(part, text) for part in _parts(fold(title), code)[0]]
    return any(named) and not all(named)


def _words_beside_acts(clause: Clause, typed: Typed) -> str:
    """Return what stands in a clause beside the verb that finishes."""
    taken = 0
    for found in clause.found:
        taken |= found.mask if found.name.partition(":")[0] in {"did", "done"} else 0
    return "".join(
        word
        for at, word in enumerate(typed.tokens.words[clause.low : clause.high], clause.low)
        if not taken >> at & 1
    )


def _is_named(part: frozenset[str], text: str) -> bool:
    return any(glyphs in text for glyphs in part)


@lru_cache(maxsize=1024)
def _counts(text: str) -> dict[str, int]:
    """Return how many of which sort a text counts, the most of each."""
    counts: dict[str, int] = {}
    for number, counter in _COUNTED.findall(text):
        value = number_of(number.replace("两", "二"))
        unit = counter[-1]
        counts[unit] = max(counts.get(unit, 0), value)
    return counts


@lru_cache(maxsize=1024)
def _parts(title: str, code: str) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """Return the things that a title joins, or else the acts, each by its glyphs."""
    joints = raw_lexicon(COMMON)
    acts = _split(title, joints["and_does"].get(code, ()))
    if acts:
        return (), tuple(act | {min(act, key=title.find)[:1]} for act in acts)
    return _split(title, joints["ands"].get(code, ())), ()


def _split(title: str, joints: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return the stretches between joints, each by its pairs of glyphs; none if one is empty."""
    if not any(joint in title for joint in joints):
        return ()
    stretches = re.split("|".join(map(re.escape, joints)), title)
    parts = [_glyphs(stretch) for stretch in stretches]
    if len(parts) > _MOST_PARTS or not all(parts):
        return ()
    common = frozenset.intersection(*parts)
    return tuple(part - common for part in parts) if all(part - common for part in parts) else ()


def _glyphs(stretch: str) -> frozenset[str]:
    runs = _WRITTEN.findall(stretch)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs or runs)
