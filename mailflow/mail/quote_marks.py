"""Marks before quoted lines: `>` in all its forms, and the rarer bars and initials.

A mark is cheap to write by hand, too: smileys, prompts of a shell, tables and arrows begin
like quotes. Whatever may be one of those is left alone.
"""

import re
from collections import Counter

_MARKS = ">＞"
STARTS = ">＞."
_AMBIGUOUS = frozenset(["", " ", "\t", ">", "＞", "."])
_FACES = frozenset("=_.:;")
_FACE_LENGTH = 4
_PROMPT_DEPTH = 3
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e")
_INITIALS = re.compile(r"[^\W\d_]{1,4}> ?")
_COLONS = (":", "：")
RARE = "|)}%]"
_FEWEST = 2
_ID_LENGTH = 11
_DATED = re.compile(r"\d{1,2}[:.]\d\d|\d{4}|@")


def quoted_line(line: str) -> tuple[int, str]:
    """Return how many quote marks `line` begins with, and what stands after them."""
    if line[:2] == "> " and line[2:3] not in _AMBIGUOUS:
        return 1, line[2:]
    depth = start = 0
    for at, char in enumerate(line):
        if char in _MARKS:
            depth += 1
            start = at + 1
        elif not (char.isspace() or char == "." or char in _INVISIBLE):
            break
    rest = line[start:]
    glued = rest[:1] != " "
    if not glued:
        rest = rest[1:]
    return (0, line) if not depth or _no_quote(depth, rest, glued=glued) else (depth, rest)


def _no_quote(depth: int, rest: str, *, glued: bool) -> bool:
    """Tell a smiley, an arrow, a decorated link or an escaped "From" from a quote mark."""
    if depth == 1:
        return rest.startswith(("From ", "_<", ".<", "<")) or (
            glued and rest[:1] in _FACES and len(rest.strip()) < _FACE_LENGTH
        )
    # GroupWise sets three marks on both sides of the line above its quote.
    return rest.rstrip().endswith(("<<<", ">>>"))


def are_prompts(depths: list[int]) -> bool:
    """Tell a pasted Python session, all of whose marks are `>>>`, from quotes."""
    found = {depth for depth in depths if depth}
    return found == {_PROMPT_DEPTH}


def rarer_marks(bares: list[str], *, mixed: bool) -> dict[int, int]:
    """Find lines quoted with bars or initials ("JD> text").

    Args:
        bares: the lines.
        mixed: True when the mail holds the usual marks, too; then initials count only below
            a line that introduces them.

    Returns:
        line number -> how many characters of the bare line are the mark.
    """
    found: dict[int, int] = {}
    initials = [
        (at, match[0])
        for at, bare in enumerate(bares)
        if ">" in bare[1:5] and (match := _INITIALS.match(bare))
    ]
    usual = Counter(mark.strip() for _, mark in initials)
    if not mixed or (initials and _is_introduced(bares, initials[0][0], initials[0][1].strip())):
        found.update((at, len(mark)) for at, mark in initials if usual[mark.strip()] > 1)
    if not mixed:
        found.update(_barred(bares))
    return found


def _barred(bares: list[str]) -> dict[int, int]:
    """Find lines behind a bar or a bracket, below a line that introduces them."""
    found: dict[int, int] = {}
    behind: dict[str, list[int]] = {}
    for at, bare in enumerate(bares):
        if bare and bare[0] in RARE and bare[-1] != "|":
            behind.setdefault(bare[0], []).append(at)
    for mark, marked in behind.items():
        if len(marked) < _FEWEST or not _is_introduced(bares, marked[0], mark):
            continue
        found.update((at, 2 if bares[at][1:2] == " " else 1) for at in marked)
    return found


def _is_introduced(bares: list[str], first: int, mark: str) -> bool:
    """Tell whether an introduction stands above the first line behind a mark."""
    above = first - 1
    while above >= 0 and not bares[above]:
        above -= 1
    if above < 0:
        return False
    if not bares[above].endswith(_COLONS):
        return bares[above][:_ID_LENGTH].casefold() == "message-id:"  # exmh shows three fields
    spaced = bares[first][len(mark) : len(mark) + 1] in {"", " "}
    return mark == "|" or (spaced and _DATED.search(bares[above]) is not None)
