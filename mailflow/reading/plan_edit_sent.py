"""Which lines of a text that came back stand there as they were sent.

Between sending and answering a plan goes on: a date moves, a title is put right. A line that
comes back as it was sent asks for nothing then, whatever the plan says now. Mail programs wrap
and indent, so that lines are compared as paragraphs, without their spaces.
"""

import re
from collections import Counter
from collections.abc import Iterator

from mailflow.reading.plan_parts import header_name, milestone_text

_STARTS = re.compile(r"(?:\d{1,4}[.)]|[-*•+–#]|[^\W\d_][\w ]{0,24}:)")
_STEP = re.compile(r"(?:\d{1,4}[.)]|[-*•+–#])\s")
_LABEL = re.compile(r"^\s{0,20}(\d{1,4})[.)]\s", re.MULTILINE)
_FEW = 12
_GONE = re.compile(r"[\s>*\u200b\ufeff]")


class SentText:
    """The text of a letter, for asking whether a paragraph stands in it."""

    def __init__(self, sent: str, came: str) -> None:
        """Take what was sent, "" where that is not known, and what came back."""
        before = list(_placed(sent)) if sent else []
        known, places = {words for _, words, _ in before}, {(w, place) for _, w, place in before}
        self._whole = _GONE.sub("", sent)
        self._numbers = {int(number) for number in _LABEL.findall(sent)}
        now = list(_placed(came))
        self._same = {at for at, words, _ in now if words in known}
        self._in_place = {at for at, words, place in now if (words, place) in places}

    def showed(self, number: int) -> bool:
        """Return whether the letter had a line with this number, where it is known at all."""
        return not self._whole or number in self._numbers

    def stands(self, line: int) -> bool:
        """Return whether the paragraph that begins in this line came back as it was sent."""
        return line in self._same

    def says(self, words: str) -> bool:
        """Return whether the letter says these words somewhere, also behind a colon."""
        parts = (words, words.partition(":")[2])
        return any(len(part) > _FEW and _GONE.sub("", part) in self._whole for part in parts)

    def stands_in_place(self, line: int) -> bool:
        """Return whether it came back so below the same heading."""
        return line in self._in_place


def unquoted(text: str) -> str:
    """Return a text without the marks that mail programs put before quoted lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_bare(line) for line in lines)


def levelled(text: str) -> str:
    """Return a text with what it quotes moved back to the left, line by line.

    A letter shows a plan a few spaces in, and pages nest it deeper; as it stands there it would
    read as the details of what was typed above it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marked = [line.startswith(">") for line in lines]
    if _tells_frame(lines, marked):  # it would be taken for the words above a forwarded mail
        return "\n".join(_above(lines, marked.index(True)))
    bare = [_bare(line) for line in lines]
    steps = {part: _usual_indent(bare, marked, part) for part in (False, True)}
    return "\n".join(_moved(line, steps[part]) for line, part in zip(bare, marked, strict=True))


def _tells_frame(lines: list[str], marked: list[bool]) -> bool:
    """Return whether headers or milestones alone were typed above a quotation."""
    typed = [line.strip() for line in lines[: marked.index(True)]] if True in marked else []
    if any(_STEP.match(line) for line in typed):
        return False
    keys = (line.partition(":")[0] for line in typed if ":" in line)
    return any(milestone_text(line) is not None for line in typed) or any(map(header_name, keys))


def _above(lines: list[str], first: int) -> list[str]:
    """Return what was typed above a quotation, without the line that introduces it."""
    last = next(at for at in range(first - 1, -1, -1) if lines[at].strip())
    introduced = lines[last].rstrip().endswith(":")
    return lines[: last if introduced else last + 1]


def _usual_indent(lines: list[str], marked: list[bool], part: bool) -> int:  # noqa: FBT001 - which of two parts
    indents = Counter(
        len(line) - len(line.lstrip())
        for line, of in zip(lines, marked, strict=True)
        if of is part and line.strip()
    )
    return indents.most_common(1)[0][0] if indents else 0


def _moved(line: str, step: int) -> str:
    indent = len(line) - len(line.lstrip())
    return line[min(step, indent) :]


def _bare(line: str) -> str:
    while line.startswith(">"):
        line = line[1:].removeprefix(" ")
    return line


def _placed(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each paragraph with the heading above it."""
    heading = ""
    for line, words in _paragraphs(text):
        heading = words if words.startswith("#") else heading
        yield line, words, heading


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each paragraph begins, counted from 1, and its words without spaces."""
    begun, words = 0, ""
    for number, line in enumerate(unquoted(text).split("\n"), 1):
        bare = line.strip()
        if not bare or _STARTS.match(bare):
            if words:
                yield begun, words
            begun, words = number, ""
        if bare:
            begun = begun if words else number
            words += _GONE.sub("", bare)
    if words:
        yield begun, words
