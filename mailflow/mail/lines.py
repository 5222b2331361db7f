"""The lines of a mail body, measured once: how deep quoted, and what each says when bare.

Every later step reads these tuples by line number, so that no step looks at a line twice and
the whole extraction stays linear in the size of the mail.
"""

from dataclasses import dataclass
from enum import IntEnum

from mailflow.mail.quote_marks import RARE, STARTS, are_prompts, quoted_line, rarer_marks

MAX_CHARS = 200_000
MAX_LINES = 5_000
LOOK = 1_000
_SUPERCITE = 4

# Direction marks, joiners and the like: programs put them around attributions and dates.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)  # fmt: skip
_SPACES = {0xA0: " ", 0x2007: " ", 0x202F: " ", 0x3000: " "}
_CLEAN = {**_INVISIBLE, **_SPACES}
_RARE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"


class Mark(IntEnum):
    """What the structure of the mail already says about a line, before its words are read."""

    PLAIN = 0
    REST = 1
    """A mail program's own mark: this line and all below is the quoted mail."""
    ATTRIBUTION = 2
    """Inside a mail program's element for the line above a quote."""
    SIGNATURE = 3
    """Inside a mail program's element for a signature."""
    RULE = 4
    """A drawn line."""


@dataclass(frozen=True, slots=True)
class Body:
    """A mail body as lines; all tuples have the same length.

    Attributes:
        shown: the line without its quote marks, as it would be shown to a person.
        bare: `shown` stripped, without invisible characters, at most `LOOK` characters; only
            for looking at.
        depth: how many quote marks stand before the line (or quoting elements around it).
        marks: what the structure says.
        capped: True when the mail was longer than we read.
    """

    shown: tuple[str, ...]
    bare: tuple[str, ...]
    depth: tuple[int, ...]
    marks: tuple[Mark, ...]
    capped: bool = False

    def __len__(self) -> int:
        return len(self.shown)


def bare_line(line: str) -> str:
    """Return what a person sees in `line`, for comparing: no direction marks, plain spaces."""
    if len(line) > LOOK:
        line = line[:LOOK]
    if not line.isascii():
        line = line.translate(_CLEAN)
    return line.strip()


def is_visible(text: str) -> bool:
    """Tell whether a person sees anything of `text`, however long it is."""
    return bool(text.strip() if text.isascii() else text.translate(_CLEAN).strip())


def body_of_text(text: str) -> Body:
    """Cut a plain text into measured lines, reading at most `MAX_CHARS` and `MAX_LINES`."""
    capped = len(text) > MAX_CHARS
    text = text[:MAX_CHARS].replace("\r\n", "\n")
    for rare in _RARE_BREAKS:
        if rare in text:
            text = text.replace(rare, "\n")
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        capped = True
        del lines[MAX_LINES:]
    bares = _bared(lines, ascii_only=text.isascii())
    depths, unquoted = _unquoted(lines, bares)
    if ">" in text or any(mark in text for mark in RARE):
        mixed = any(0 < depth < _SUPERCITE for depth in depths)
        for at, mark in rarer_marks(bares, mixed=mixed).items():
            if not depths[at]:
                depths[at] = 1
                unquoted[at] = bares[at] = bares[at][mark:]
    marks = (Mark.PLAIN,) * len(lines)
    return Body(tuple(unquoted), tuple(bares), tuple(depths), marks, capped)


def _bared(lines: list[str], *, ascii_only: bool) -> list[str]:
    if ascii_only:
        return [line.strip() if len(line) <= LOOK else line[:LOOK].strip() for line in lines]
    return [bare_line(line) for line in lines]


def _unquoted(lines: list[str], bares: list[str]) -> tuple[list[int], list[str]]:
    """Take quote marks off the lines, and off `bares` in place."""
    depths = [0] * len(lines)
    found = [
        (at, *quoted_line(lines[at])) for at, bare in enumerate(bares) if bare and bare[0] in STARTS
    ]
    shown = list(lines)
    if are_prompts([depth for _, depth, _ in found]):
        return depths, shown
    for at, depth, rest in found:
        if depth:
            depths[at] = depth
            shown[at] = rest
            bares[at] = bare_line(rest)
    return depths, shown
