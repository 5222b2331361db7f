"""Which lines of a mail are somebody else's: one walk over the measured lines.

Certain signs (quote marks, a program's own container, an attribution, a header block, a
divider) decide at once. Where only weak signs speak, the text stays.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from mailflow.mail.attribution import (
    Likeness,
    attribution_start,
    ends_like_attribution,
    typed_before,
)
from mailflow.mail.header_block import (
    block_end,
    field_line,
    glued_divider,
    is_divider,
    is_rule,
)
from mailflow.mail.lines import Body, Mark
from mailflow.mail.office_block import firm_above, names_recipient, office_block
from mailflow.mail.reply_words import Field, words

_DRAWN = "-_=*~—–─━<>#+•"


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


@dataclass(frozen=True, slots=True)
class _Border:
    """Where the old mail begins.

    Attributes:
        start: first line of its frame.
        end: line after its frame.
        weak: True where the frame may deceive: an attribution is a sentence, and a header
            block may stand in the answer for a reason.
    """

    start: int
    end: int
    weak: bool = False


def find_quotes(body: Body) -> Cut:
    """Label every line of a body as its sender's own or as quoted."""
    cut = Cut([Part.QUOTED if depth else Part.OWN for depth in body.depth], len(body))
    unframed = -1
    if any(body.depth):
        cut.certain = True
        unframed = _label_attributions(body, cut)
    _find_rest(body, cut, unframed)
    return cut


def _find_rest(body: Body, cut: Cut, unframed: int) -> None:
    """Look for the border below which everything is the old mail."""
    floor = at = 0
    first_own = len(body)
    while at < len(body):
        if cut.parts[at] is not Part.OWN:
            floor = at + 1
        elif body.bare[at] or body.marks[at] is not Mark.PLAIN:
            border = _border_at(body, at, floor)
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


def _label_attributions(body: Body, cut: Cut) -> int:
    """Label the lines above each quoted block that introduce it.

    Returns:
        The first line of the last block that nothing introduces, -1 when there is none.
    """
    floor = 0
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
        if last >= floor and body.bare[last]:
            start = attribution_start(body, last, floor, Likeness.WITH_QUOTE)
        if start is None:
            unframed = at
        else:
            cut.parts[start:at] = [Part.FRAME] * (at - start)
            _keep_typed(body, start, cut)
    return unframed


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


def _border_at(body: Body, at: int, floor: int) -> _Border | None:
    """Return the border between the answer and the old mail that shows at line `at`."""
    border = _marked_border(body, at) if body.marks[at] is not Mark.PLAIN else None
    return border or (_worded_border(body, at, floor) if body.bare[at] else None)


def _worded_border(body: Body, at: int, floor: int) -> _Border | None:
    bare = body.bare[at]
    ends = ends_like_attribution(bare)
    if (ends or bare[0] in _DRAWN or "----" in bare) and _divides(body, at):
        return _Border(at, at + 1)
    if ":" in bare[:37] or "：" in bare[:37] or names_recipient(bare):
        border = _header_border(body, at, floor)
        if border is not None:
            return border
    if ends and not _quote_follows(body, at):
        start = attribution_start(body, at, floor, Likeness.ALONE)
        if start is not None:
            return _Border(start, at + 1, weak=True)
    return None


def _marked_border(body: Body, at: int) -> _Border | None:
    """Follow the structure of the HTML."""
    mark = body.marks[at]
    if mark is Mark.REST:
        return _Border(at, at + 1)
    below = _next_filled(body, at + 1)
    if mark is Mark.RULE and below is not None and _announced_block(body, below):
        return _Border(at, at + 1)
    if mark is Mark.ATTRIBUTION and body.bare[at]:
        end = at + 1
        while end < len(body) and body.marks[end] is Mark.ATTRIBUTION and not body.depth[end]:
            end += 1
        return _Border(at, end, weak=_quote_follows(body, end - 1))
    return None


def _divides(body: Body, at: int) -> bool:
    bare = body.bare[at]
    if is_divider(bare) or glued_divider(bare):
        return True
    if bare[0] in "-#*_=" and words().above.begin(bare.strip(_DRAWN + " ").casefold()):
        return True
    below = _next_filled(body, at + 1) if is_rule(bare) else None
    return below is not None and _announced_block(body, below)


def _announced_block(body: Body, at: int) -> bool:
    return field_line(body.bare[at]) is not None and (
        block_end(body, at, announced=True) is not None
    )


def _header_border(body: Body, at: int, floor: int) -> _Border | None:
    known = field_line(body.bare[at])
    if known is not None:
        end = block_end(body, at, announced=False)
        if end is not None:
            start = _with_rule_above(body, firm_above(body, at, floor), floor)
            return _Border(start, end, weak=start == at)
    if known is None or Field.TO in known.kinds:
        form = office_block(body, at, floor)
        if form is not None:
            return _Border(*form)
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
