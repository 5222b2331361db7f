"""Which lines of a mail are somebody else's: one walk over the classified lines.

Certain signs (quote marks below an attribution, a program's own container, a header block, a
divider) decide at once. Where only weak signs speak, the text stays.
"""

from dataclasses import dataclass
from enum import IntEnum

from mailflow.mail.attribution import (
    Likeness,
    attribution_start,
    ends_like_attribution,
)
from mailflow.mail.header_block import (
    block_end,
    field_line,
    is_divider,
    is_rule,
    office_block_start,
)
from mailflow.mail.lines import Body, Mark
from mailflow.mail.reply_words import Field, words

_DRAWN = "-_=*~—–─━<>#+•"


class Part(IntEnum):
    """Whose line it is."""

    OWN = 0
    QUOTED = 1
    FRAME = 2
    """What a program put around the quote: attribution, divider, header block."""
    SIGNATURE = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """What the walk found.

    Attributes:
        parts: one `Part` for each line.
        rest: the line from which everything is the old mail; `len(parts)` when there is none.
        certain: True when a sure sign of a quote was found.
    """

    parts: list[Part]
    rest: int
    certain: bool


def find_quotes(body: Body) -> Cut:
    """Label every line of a body as its sender's own or as quoted."""
    parts = [Part.QUOTED if depth else Part.OWN for depth in body.depth]
    quoted = any(body.depth)
    if quoted:
        _label_attributions(body, parts)
    rest = _rest_start(body, parts)
    for at in range(rest, len(body)):
        parts[at] = Part.QUOTED
    return Cut(parts, rest, quoted or rest < len(body))


def _label_attributions(body: Body, parts: list[Part]) -> None:
    """Label the lines directly above each quoted block that introduce it."""
    floor = 0
    for at in range(1, len(body)):
        if body.depth[at] and not body.depth[at - 1]:
            last = at - 1
            while last >= floor and not body.bare[last] and at - last <= 3:
                last -= 1
            if last >= floor and body.bare[last] and not body.depth[last]:
                start = attribution_start(body, last, floor, Likeness.WITH_QUOTE)
                if start is not None:
                    _label(parts, start, at, Part.FRAME)
        elif body.depth[at - 1] and not body.depth[at]:
            floor = at


def _label(parts: list[Part], start: int, end: int, part: Part) -> None:
    for at in range(start, end):
        parts[at] = part


def _rest_start(body: Body, parts: list[Part]) -> int:
    """Return the first line of an unmarked quote that runs to the end of the mail."""
    floor = 0
    for at, bare in enumerate(body.bare):
        mark = body.marks[at]
        if mark is not Mark.PLAIN and parts[at] is Part.OWN and _marked_rest(body, parts, at):
            return at
        if parts[at] is not Part.OWN:
            floor = at + 1
        elif bare:
            start = _rest_at(body, at, floor)
            if start is not None:
                return _with_rule_above(body, start, floor)
    return len(body)


def _marked_rest(body: Body, parts: list[Part], at: int) -> bool:
    """Follow the structure: a mark may begin the rest, or label an attribution."""
    mark = body.marks[at]
    if mark is Mark.REST:
        return True
    below = _next_filled(body, at + 1)
    if mark is Mark.RULE:
        return below is not None and _announced_block(body, below)
    if mark is Mark.ATTRIBUTION and body.bare[at]:
        while below is not None and body.marks[below] is Mark.ATTRIBUTION:
            below = _next_filled(body, below + 1)
        if below is None or not body.depth[below]:
            return True
        parts[at] = Part.FRAME
    return False


def _rest_at(body: Body, at: int, floor: int) -> int | None:
    bare = body.bare[at]
    if (bare[0] in _DRAWN or bare[0] > "\u007f" or " " in bare[:24]) and _divides(body, at):
        return at
    if ":" in bare[:37] or "：" in bare[:37]:
        start = _header_start(body, at, floor)
        if start is not None:
            return start
    if ends_like_attribution(bare):
        start = attribution_start(body, at, floor, Likeness.ALONE)
        if start is not None and not _quote_follows(body, at):
            return start
    return None


def _divides(body: Body, at: int) -> bool:
    bare = body.bare[at]
    if is_divider(bare):
        return True
    if bare[0] in "-#*_=" and bare.strip(_DRAWN + " ").casefold().startswith(words().above):
        return True
    below = _next_filled(body, at + 1)
    return is_rule(bare) and below is not None and _announced_block(body, below)


def _announced_block(body: Body, at: int) -> bool:
    return field_line(body.bare[at]) is not None and (
        block_end(body, at, announced=True) is not None
    )


def _header_start(body: Body, at: int, floor: int) -> int | None:
    field = field_line(body.bare[at])
    if field is None:
        return None
    if block_end(body, at, announced=False) is not None:
        return at
    if Field.TO in field.kinds:
        return office_block_start(body, at, floor)
    return None


def _with_rule_above(body: Body, start: int, floor: int) -> int:
    """Take in the drawn line above a header block."""
    above = start - 1
    while above >= floor and not body.bare[above]:
        above -= 1
    if above >= floor and (is_rule(body.bare[above]) or body.marks[above] is Mark.RULE):
        return above
    return start


def _next_filled(body: Body, at: int) -> int | None:
    for below in range(at, min(at + 4, len(body))):
        if body.bare[below]:
            return below
    return None


def _quote_follows(body: Body, at: int) -> bool:
    """Tell whether marked lines follow, so that text below them may be an answer."""
    below = _next_filled(body, at + 1)
    return below is not None and body.depth[below] > 0
