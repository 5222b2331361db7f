"""Corrected lines put into the text of a draft that has problems.

The provider answers with the lines that were wrong, as they should be. Which line each one
replaces is told by its line number, its header, or by what it resembles most.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from mailflow.reading.plan_bullets import opening, split_key
from mailflow.reading.plan_edit_sent import unquoted
from mailflow.reading.plan_lines import own_lines, plan_lines
from mailflow.reading.plan_parts import header_name, milestone_text
from mailflow.reading.words import fold

_NUMBERED = re.compile(r"[^\W\d]{0,12}\s{0,3}(\d{1,5})\s{0,3}:\s{0,3}(\S.{0,2000})")
_BULLET = re.compile(r"\s{0,40}(?:[-*•+–]|\d{1,4}[.)])\s")
_ALIKE_WRONG = 0.45
_ALIKE = 0.75
_MOST_LINES = 2000
_MOST_TYPED = 60


def mended(source: str, wrong: Sequence[str], typed: str) -> str | None:
    """Return the text with its lines corrected; None where nothing typed is a line of a plan.

    Args:
        source: the text as it was read.
        wrong: its lines that have problems, as they were typed.
        typed: the answer.
    """
    lines = unquoted(source).split("\n")
    if len(lines) > _MOST_LINES:
        return None
    faulty = {at for at, line in enumerate(lines) if line.strip() in wrong}
    touched: set[int] = set()
    found = False
    for line in own_lines(plan_lines(typed))[:_MOST_TYPED]:
        if not line.text:
            continue
        at, words = _place(lines, faulty - touched, line.text)
        if at is None and not _is_line_of_plan(words):
            continue
        found = True
        if at is None:
            at = 0 if _header(words) else len(lines)
            lines.insert(at, words)
            faulty = {one + (at == 0) for one in faulty}
            touched = {one + (at == 0) for one in touched}
        else:
            lines[at] = _in_place_of(lines[at], words)
        touched.add(at)
    return "\n".join(lines) if found else None


def _place(lines: Sequence[str], faulty: set[int], text: str) -> tuple[int | None, str]:
    """Return which line is meant, None for a new one, and the words that are to stand there."""
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None and int(numbered[1]) - 1 in faulty:
        return int(numbered[1]) - 1, numbered[2]
    name = _header(text)
    if name:
        return next((at for at, line in enumerate(lines) if _header(line) == name), None), text
    return _nearest(lines, faulty, text), text


def _nearest(lines: Sequence[str], faulty: set[int], text: str) -> int | None:
    wanted = _bare(text)
    found: list[tuple[float, int]] = []
    for at, line in enumerate(lines):
        likeness = _ALIKE_WRONG if at in faulty else _ALIKE
        match = SequenceMatcher(None, _bare(line), wanted, autojunk=False)
        if line.strip() and match.quick_ratio() >= likeness and match.ratio() >= likeness:
            found.append((match.ratio() + (at in faulty), at))
    return max(found)[1] if found else None


def _bare(text: str) -> str:
    return fold(_BULLET.sub("", text[:200])).strip()


def _header(text: str) -> str:
    """Return the English name of a header, "" for another line."""
    pair = split_key(text.strip())
    return (header_name(pair[0]) or "") if pair is not None else ""


def _is_line_of_plan(text: str) -> bool:
    told = opening(text).bullet or milestone_text(text) is not None or text.startswith("#")
    return told or bool(_header(text)) or " @" in text or " | " in text


def _in_place_of(line: str, words: str) -> str:
    """Return the words with the indent and the bullet of the line that they replace."""
    bullet = _BULLET.match(line)
    if bullet is not None and _BULLET.match(words) is None:
        return bullet[0] + words
    indent = line[: len(line) - len(line.lstrip())]
    return indent + words
