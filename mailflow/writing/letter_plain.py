"""A letter as plain text: complete by itself, and made for a fixed-width window."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import combining, east_asian_width

from mailflow.writing.letter_parts import (
    Block,
    Buttons,
    Heading,
    Lines,
    Panel,
    Para,
    Progress,
    Prose,
    Quote,
    Row,
    Rows,
    Single,
    Step,
    Tight,
)

WIDTH = 76
"""Columns, so that a line quoted twice still fits an 80 column window."""

_LONGEST_WORD = 900  # RFC 5322 section 2.1.1 ends a line at 998 octets before any encoding
_MOST_CHARACTERS = 20_000  # of one person's words; the rest is with the mail itself
_WIDE = (
    "\u1100-\u115f\u2e80-\u3000\u3003-\u3007\u3012-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
)
_CLOSING = "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f"
_PIECE = re.compile(f"[{_WIDE}][{_CLOSING}]*|[^{_WIDE}]+")
_HAS_WIDE = re.compile(f"[{_WIDE}]")
_UNEVEN = re.compile("[^\x20-\u02ff\u0370-\u0482\u2010-\u2027\u20a0-\u20bf]")
_BLANKS = re.compile("[ \t\n]+")  # a no-break space is none of them
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def columns(text: str) -> int:
    """Return how many columns a fixed-width window needs for a text."""
    if text.isascii():
        return len(text)
    return sum(
        2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1 for sign in text
    )


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return a text as lines of at most `width` columns; words stay whole.

    Args:
        text: one paragraph; blanks between words are not kept.
        first: what the first line begins with.
        rest: what every further line begins with.
        width: columns of a line, its beginning included.
    """
    if _UNEVEN.search(text) is None:
        return _even(text, first, rest, width)
    lines: list[str] = []
    line, used, empty = first, columns(first), True
    for piece, glue in _pieces(text):
        size = columns(piece)
        gap = "" if empty else glue
        if not empty and used + len(gap) + size > width:
            lines.append(line)
            line, used, gap = rest, columns(rest), ""
        line += gap + piece
        used += len(gap) + size
        empty = False
    return [*lines, line]


def _even(text: str, first: str, rest: str, width: int) -> list[str]:
    """The same for text whose every character takes one column: nearly all there is."""
    left = text if len(text) + len(first) <= width else _BLANKS.sub(" ", text)
    lines: list[str] = []
    begin = first
    while len(left) + len(begin) > width:
        room = width - len(begin)
        cut = left.rfind(" ", 0, room + 1)
        if cut <= 0:
            cut = left.find(" ")
        if not 0 < cut <= _LONGEST_WORD:
            cut = min(len(left), _LONGEST_WORD)
        lines.append(begin + left[:cut])
        left, begin = left[cut:].lstrip(" "), rest
    return [*lines, begin + left] if left or not lines else lines


def plain(blocks: Iterable[Block]) -> str:
    """Return the pieces of a letter as text, one blank line between two of them."""
    return "\n\n".join(text for text in map(_block, blocks) if text)


def own_lines(text: str) -> list[str]:
    """Return somebody's words line by line, as they may stand in a text part."""
    kept = text[:_MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    return [_UNSEEN.sub("", line).rstrip() for line in kept.strip("\n").split("\n")]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for word in _BLANKS.split(text.strip()):
        if len(word) <= _LONGEST_WORD and (word.isascii() or not _HAS_WIDE.search(word)):
            yield word, " "
            continue
        glue = " "
        for piece in _PIECE.findall(word):
            for start in range(0, len(piece), _LONGEST_WORD):
                yield piece[start : start + _LONGEST_WORD], glue
                glue = ""


def _block(block: Block) -> str:
    match block:
        case Para(said=said) | Progress(said=said) | Single(said=said):
            return _wrapped_once(said.plain)
        case Rows(rows=rows):
            return "\n\n".join(_row(row) for row in rows)
        case Heading():
            return _heading(block)
        case Panel(title=title, lines=lines):
            text = " ".join(said.plain for said in (title, *lines))
            return "\n".join(wrapped(text, "   ", "   "))
        case Tight(lines=lines):
            return "\n".join(_wrapped_once(said.plain) for said in lines)
        case Step():
            return _step(block)
        case Buttons():
            return ""
        case _:
            return _words(block)


def _words(block: Quote | Prose | Lines) -> str:
    match block:
        case Quote(text=text):
            return _quote(text)
        case Prose(text=text):
            return "\n".join(line for own in own_lines(text) for line in wrapped(own))
        case Lines(lines=lines):
            return "\n".join(_fixed(lines))


@lru_cache(maxsize=1024)
def _wrapped_once(text: str) -> str:
    return "\n".join(wrapped(text))


def _heading(block: Heading) -> str:
    title = wrapped(block.said.plain)
    rule = "-" * min(WIDTH, max(columns(line) for line in title))
    note = wrapped(block.note.plain) if block.note else []
    return "\n".join([*title, rule, *note])


def _row(row: Row) -> str:
    number = f"{row.number}. " if row.number else "- "
    hang = " " * len(number)
    title = f"{row.title.plain} ({row.ref})" if row.ref else row.title.plain
    lines = wrapped(title, number, hang)
    for note in row.notes:
        lines += wrapped(note.said.plain, hang, hang)
    if row.quote:
        lines += [hang + line for line in _quote(row.quote, WIDTH - len(hang)).split("\n")]
    return "\n".join(lines)


def _quote(text: str, width: int = WIDTH) -> str:
    return "\n".join(
        line.rstrip() for own in own_lines(text) for line in wrapped(own, "> ", "> ", width)
    )


def _fixed(lines: Iterable[str]) -> list[str]:
    return [f"  {line[:_LONGEST_WORD]}".rstrip() for text in lines for line in own_lines(text)]


def _step(step: Step) -> str:
    lines = wrapped(f"{step.typed}  ({step.fate.plain})", "» ", "  ")
    if step.said:
        lines += wrapped(step.said.plain, "  ", "  ")
    if step.example:
        lines += wrapped(step.example.plain, "  ", "  ")
    if step.block:
        lines += ["", *_fixed(step.block)]
    return "\n".join(lines)
