"""Which lines of a mail are somebody else's: one walk over the measured lines.

Certain signs (quote marks, a program's own container, an attribution, a header block, a
divider) decide at once. Where only weak signs speak, the text stays.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from mailflow.mail.attribution import Likeness, attribution_start, typed_before
from mailflow.mail.border import BorderSearch
from mailflow.mail.header_block import fields_above, glued_divider
from mailflow.mail.lines import Body, Mark

_LONG_QUOTE = 62
_FULL_WIDTH = 72
_INITIAL = 2
_OFTEN = 3
_MOST_BLOCKS = 250
_SOME_SPACES = 2
_CLOSING = frozenset(".!?:;")


class Part(IntEnum):
    """Whose line it is."""

    OWN = 0
    QUOTED = 1
    FRAME = 2
    """What a program put around the quote: attribution, divider, header block."""
    SIGNATURE = 3


@dataclass(slots=True)
class Cut:
    """What the marks of a mail say by themselves.

    Attributes:
        parts: one `Part` for each line.
        rest: the line from which everything is the old mail; the number of lines when there
            is none.
        certain: True when a sure sign of a quote was found.
        doubtful: True when text was kept, or cut, that may well be the opposite.
        typed: own text at the beginning of a line that is not own, by line number.
    """

    parts: list[Part]
    rest: int
    certain: bool = False
    doubtful: bool = False
    typed: dict[int, str] = field(default_factory=dict)


def find_quotes(body: Body) -> Cut:
    """Label every line of a body as its sender's own or as quoted."""
    cut = Cut([Part.QUOTED if depth else Part.OWN for depth in body.depth], len(body))
    unframed = -1
    if any(body.depth):
        cut.certain = True
        _label_wrapped(body, cut)
        unframed = _label_attributions(body, cut)
    _find_rest(body, cut, unframed)
    return cut


def _find_rest(body: Body, cut: Cut, unframed: int) -> None:
    """Look for the border below which everything is the old mail."""
    search = BorderSearch(body)
    floor = at = 0
    first_own = len(body)
    while at < len(body):
        if cut.parts[at] is not Part.OWN:
            floor = at + 1
        elif body.bare[at] or body.marks[at] is not Mark.PLAIN:
            border = search.border_at(at, floor)
            if border is not None:
                typed = first_own < border.start
                if not border.weak or (typed and border.start > unframed):
                    _label_rest(body, cut, border.start)
                    cut.doubtful = cut.doubtful or not typed
                    return
                # A weak frame only introduces where quotes follow that nothing else
                # introduces, and where nothing stands above: an answer may be below it.
                cut.parts[border.start : border.end] = [Part.FRAME] * (border.end - border.start)
                cut.doubtful = cut.doubtful or not cut.certain
                floor = at = border.end
                continue
            if body.bare[at]:
                first_own = min(first_own, at)
        at += 1


def _label_wrapped(body: Body, cut: Cut) -> None:
    """Give the ends of long quoted lines back, where a program broke them again and again."""
    found = [
        at
        for at in range(1, len(body) - 1)
        if not body.depth[at]
        and body.bare[at]
        and body.depth[at - 1]
        and body.depth[at + 1]
        and (len(body.shown[at - 1]) >= _LONG_QUOTE or "://" in body.bare[at - 1])
        and _goes_on(body.bare[at - 1], body.bare[at])
    ]
    often = len(found) >= _OFTEN
    for at in found:
        if often or _is_remainder(body, at):
            cut.parts[at] = Part.QUOTED
            cut.doubtful = cut.doubtful or not often


def _goes_on(above: str, bare: str) -> bool:
    """Tell a line in the middle of a sentence, or of a link."""
    last = above.rpartition(" ")[2]
    if "://" in last:
        return " " not in bare
    if last[-1:] in _CLOSING and not (last[-1] == "." and len(last) <= _INITIAL):
        return False
    return bare[0].islower() or bare.count(" ") < _SOME_SPACES


def _is_remainder(body: Body, at: int) -> bool:
    """Tell a broken line that happens only once, whose first word had no place above."""
    above, bare = body.bare[at - 1], body.bare[at]
    if "://" in above.rpartition(" ")[2]:
        return True
    first = bare.partition(" ")[0]
    marks = 2 * body.depth[at - 1]
    return marks + len(above) + 1 + len(first) > _FULL_WIDTH


def _label_attributions(body: Body, cut: Cut) -> int:
    """Label the lines above each quoted block that introduce it.

    Returns:
        The first line of the last block that nothing introduces, -1 when there is none.
    """
    floor = blocks = 0
    unframed = -1
    for at in range(1, len(body)):
        if body.depth[at - 1]:
            if not body.depth[at]:
                floor = at
            continue
        if not body.depth[at]:
            continue
        last = at - 1
        while last >= floor and not body.bare[last] and at - last <= 3:
            last -= 1
        start = None
        blocks += 1
        if last >= floor and body.bare[last] and blocks <= _MOST_BLOCKS:
            start = _introduction_above(body, last, floor)
        if start is None:
            unframed = at
        else:
            cut.parts[start:at] = [Part.FRAME] * (at - start)
            _keep_typed(body, start, cut)
    return unframed


def _introduction_above(body: Body, last: int, floor: int) -> int | None:
    """Return the first line of what introduces a quote, and ends in line `last`."""
    least = Likeness.WITH_QUOTE if floor else Likeness.FIRST
    start = attribution_start(body, last, floor, least)
    return fields_above(body, last, floor) if start is None else start


def _label_rest(body: Body, cut: Cut, start: int) -> None:
    cut.parts[start:] = [Part.QUOTED] * (len(body) - start)
    cut.rest = start
    cut.certain = True
    _keep_typed(body, start, cut)


def _keep_typed(body: Body, at: int, cut: Cut) -> None:
    """Keep the end of the answer, when the frame of the quote begins on the same line."""
    bare = body.bare[at]
    glued = glued_divider(bare)
    head = bare[:glued].rstrip() if glued else typed_before(bare)
    if head:
        cut.typed[at] = head
