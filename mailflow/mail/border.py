"""Where an old mail without quote marks begins: divider, header block, office form, attribution."""

from dataclasses import dataclass

from mailflow.mail.attribution import (
    Likeness,
    attribution_start,
    ends_like_attribution,
    likeness,
    opens_like_attribution,
)
from mailflow.mail.header_block import (
    BLOCK_LINES,
    FieldLine,
    announces,
    collected_fields,
    field_line,
    glued_divider,
    is_announced_block,
    is_block,
    is_divider,
    is_grid,
    is_in_one_line,
    is_rule,
    is_short_rule,
)
from mailflow.mail.lines import Body, Mark
from mailflow.mail.office_block import (
    firm_above,
    grid_start,
    names_people,
    names_recipient,
    office_start,
    subject_end,
)
from mailflow.mail.reply_words import Field, words

_DRAWN = "-_=*~—–─━<>#+•|"

# Lines that may introduce a quote or a form; a mail with more of them is no answer.
_MOST_LOOKS = 300


@dataclass(frozen=True, slots=True)
class Border:
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


class BorderSearch:
    """Looks for borders in one mail, from its first line to its last.

    It remembers how far it has read header fields, so that a long list of them is read once,
    and looks at a bounded number of attributions and forms.
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._fields_read = 0
        self._looks = _MOST_LOOKS

    def border_at(self, at: int, floor: int) -> Border | None:
        """Return the border that shows at line `at`.

        Args:
            at: a line of the sender's own, so far; ask for rising numbers.
            floor: the first line that may belong to the border's frame.
        """
        body = self._body
        border = _marked_border(body, at) if body.marks[at] is not Mark.PLAIN else None
        return border or (self._worded_border(at, floor) if body.bare[at] else None)

    def _worded_border(self, at: int, floor: int) -> Border | None:
        body = self._body
        bare = body.bare[at]
        ends = ends_like_attribution(bare)
        if (ends or bare[0] in _DRAWN or "----" in bare) and _divides(body, at):
            return Border(at, at + 1)
        border = self._header_border(at, floor)
        if border is not None:
            return border
        if (":  " in bare or ":>" in bare) and _begins_quote(bare):
            return Border(at, at + 1, weak=True)
        if ends and self._looks and not quote_follows(body, at):
            self._looks -= 1
            start = attribution_start(body, at, floor, Likeness.ALONE)
            if start is not None:
                return Border(start, at + 1, weak=True)
        return None

    def _header_border(self, at: int, floor: int) -> Border | None:
        """Read a header block or an office form at line `at`."""
        body = self._body
        bare = body.bare[at]
        if body.shown[at][:1] == " " and (start := grid_start(body, at, floor)) is not None:
            return Border(start, at + 1)
        if self._looks and names_recipient(body.shown[at], bare):
            self._looks -= 1
            end = subject_end(body, at)
            return None if end is None else _form_border(body, at, floor, end)
        known = field_line(bare) if at >= self._fields_read else None
        if known is None:
            return None
        fields, end = collected_fields(body, at)
        if is_block(body, at, fields, end):
            start = _with_rule_above(body, firm_above(body, at, floor), floor)
            return Border(start, end, weak=start == at and Field.FROM not in known.kinds)
        # No part of these fields makes a header, if all of them do not.
        self._fields_read = end if end - at < BLOCK_LINES else at + BLOCK_LINES // 2
        to_line = _titled_recipient(fields)
        form = None if to_line is None else _form_border(body, to_line, floor, end)
        if form is None and (names_people(fields) or is_in_one_line(bare)):
            return Border(at, end, weak=True)
        return form


def _begins_quote(bare: str) -> bool:
    """Tell an attribution with the quote on the same line, as Yahoo's programs write it."""
    ends = [end for end in (bare.find(":  "), bare.find(":>")) if end >= 0]
    head = bare[: min(ends) + 1]
    return opens_like_attribution(head.casefold()) and likeness(head) is Likeness.ALONE


def _titled_recipient(fields: list[FieldLine]) -> int | None:
    """Return the line of the first "To" that a "Subject" follows."""
    to_line = None
    for field in fields:
        if to_line is not None and Field.SUBJECT in field.kinds:
            return to_line
        if to_line is None and Field.TO in field.kinds:
            to_line = field.at
    return None


def _form_border(body: Body, to_line: int, floor: int, end: int) -> Border | None:
    start = office_start(body, to_line, floor)
    return None if start is None else Border(start, end)


def _marked_border(body: Body, at: int) -> Border | None:
    """Follow the structure of the HTML."""
    mark = body.marks[at]
    if mark is Mark.REST:
        return Border(at, at + 1)
    below = _next_filled(body, at + 1)
    if mark is Mark.RULE and below is not None and _announced_block(body, below):
        return Border(at, at + 1)
    if mark is Mark.ATTRIBUTION and body.bare[at]:
        end = at + 1
        while end < len(body) and body.marks[end] is Mark.ATTRIBUTION and not body.depth[end]:
            end += 1
        return Border(at, end, weak=quote_follows(body, end - 1))
    return None


def _divides(body: Body, at: int) -> bool:
    bare = body.bare[at]
    if is_divider(bare) or glued_divider(bare):
        return True
    if bare[0] in "-#*_=" and words().above.begin(bare.strip(_DRAWN + " ").casefold()):
        return True
    if is_grid(bare):
        rows = range(at + 1, min(at + BLOCK_LINES, len(body)))
        return any(_is_titled(body.bare[row]) for row in rows)
    below = _next_filled(body, at + 1) if is_rule(bare) else None
    return below is not None and _announced_block(body, below)


def _is_titled(bare: str) -> bool:
    """Tell a row of a drawn table that names the subject."""
    known = field_line(bare)
    return known is not None and Field.SUBJECT in known.kinds


def _announced_block(body: Body, at: int) -> bool:
    return field_line(body.bare[at]) is not None and is_announced_block(body, at)


def _with_rule_above(body: Body, start: int, floor: int) -> int:
    """Take in the drawn line, or the attribution, above a header block."""
    above = start - 1
    while above >= floor and not body.bare[above]:
        above -= 1
    if above < floor:
        return start
    bare = body.bare[above]
    drawn = is_short_rule(bare) or announces(bare) or body.marks[above] is Mark.RULE
    if drawn or (ends_like_attribution(bare) and likeness(bare) is not Likeness.NONE):
        return above
    return start


def _next_filled(body: Body, at: int) -> int | None:
    for below in range(at, min(at + 4, len(body))):
        if body.bare[below]:
            return below
    return None


def quote_follows(body: Body, at: int) -> bool:
    """Tell whether marked lines follow, so that text below them may be an answer."""
    below = _next_filled(body, at + 1)
    return below is not None and body.depth[below] > 0
