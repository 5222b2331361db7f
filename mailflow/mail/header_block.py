"""The small table of From, Sent, To and Subject that many programs put above the old mail.

Also the dividers that stand above it ("-----Original Message-----") or above a forwarded mail,
and the older office form without From: name, date, To, cc, Subject.
"""

import re
from dataclasses import dataclass

from mailflow.mail.attribution import has_address, has_date
from mailflow.mail.lines import Body
from mailflow.mail.reply_words import Field, words

_KEY_LENGTH = 36
_BLOCK_LINES = 40
_DECORATION = " \t*_|>#"
_DASHES = "-–—_=*~+<>#•·─━ \t"
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_FIGURES = re.compile(
    r"[\d\s:./,-]|\b(?:[ap]m|on|at|gmt|est|edt|cst|cdt|pst|pdt|cet|utc)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One "Name: value" line whose name is known.

    Attributes:
        kinds: what the name may stand for.
        name: the name, casefolded.
        value: what follows the colon.
    """

    kinds: frozenset[Field]
    name: str
    value: str


def field_line(bare: str) -> FieldLine | None:
    """Read a header-block line, None when `bare` is something else."""
    at = bare.find(":", 0, _KEY_LENGTH)
    wide = bare.find("：", 0, _KEY_LENGTH)
    if wide >= 0 and (at < 0 or wide < at):
        at = wide
    if at <= 0:
        return None
    name = bare[:at].strip(_DECORATION).casefold()
    kinds = words().fields.get(name)
    if kinds is None:
        return None
    return FieldLine(kinds, name, bare[at + 1 :].strip(_DECORATION))


def block_end(body: Body, start: int, *, announced: bool) -> int | None:
    """Return the line after the header block that begins in line `start`, None if none does.

    Args:
        body: the mail.
        start: where the block would begin.
        announced: True below a divider, where two lines are enough.
    """
    fields, end = _fields_from(body, start)
    return end if _is_header(fields, announced=announced) else None


def _fields_from(body: Body, start: int) -> tuple[list[FieldLine], int]:
    """Collect header lines, folded values and single blank lines between them."""
    fields: list[FieldLine] = []
    end = start
    folded = 0
    depth = body.depth[start]
    for at in range(start, min(start + _BLOCK_LINES, len(body))):
        bare = body.bare[at]
        if body.depth[at] != depth:
            break
        if not bare:
            if at - end >= 2:
                break
            continue
        field = field_line(bare)
        if field is not None:
            fields.append(field)
            end = at + 1
            folded = 0
        elif at == end and fields and folded < 12 and _continues(body, at, fields[-1]):
            folded += 1
            end = at + 1
        else:
            break
    return fields, end


def _continues(body: Body, at: int, field: FieldLine) -> bool:
    """Tell a folded value (a long list of people, a wrapped subject) from a new text."""
    if not field.value:
        return True
    bare = body.bare[at]
    people = field.kinds & {Field.TO, Field.CC, Field.FROM}
    if people and (has_address(bare) or bare.endswith((";", ",")) or ";" in bare):
        return True
    if people and field.value.endswith((";", ",")):
        return True
    shown = body.shown[at]
    return shown[:1] in {" ", "\t"} and len(bare) < 90


def _is_header(fields: list[FieldLine], *, announced: bool) -> bool:
    if len(fields) < 2:
        return False
    kinds = {kind for field in fields for kind in field.kinds}
    origin = any(Field.FROM in field.kinds and field.value for field in fields)
    dated = any(Field.SENT in field.kinds and has_date(field.value) for field in fields)
    if announced:
        return origin or dated or len(fields) >= 3
    addressed = any(has_address(field.value) for field in fields)
    titled = Field.SUBJECT in kinds
    if not words().transport.isdisjoint(field.name for field in fields):
        return False  # raw headers that a person has pasted
    if len({field.name for field in fields}) >= 3:
        return origin and (dated or titled) and (addressed or (titled and dated))
    return origin and addressed and (dated or titled)


def is_rule(bare: str) -> bool:
    """Tell a drawn line: at least five dashes, underscores or the like and nothing else."""
    return len(bare) >= 5 and not bare.strip("-–—_=*~─━ ")


def is_divider(bare: str) -> bool:
    """Tell a line that announces the old or the forwarded mail."""
    core = bare.strip(_DASHES)
    if not core or len(core) > 120:
        return False
    folded = core.rstrip(":： ").casefold()
    drawn = len(bare) - len(core)
    table = words()
    if folded in table.dividers:
        return drawn >= 2 or (" " in folded and bare[-1] in ":：")
    return drawn >= 4 and table.divider_heads.begin(folded)


def glued_divider(bare: str) -> int | None:
    """Return where a divider begins that a program glued to the end of a line."""
    at = bare.find("----")
    if at <= 0:
        return None
    core = bare[at:].lstrip(_DASHES)
    end = core.find("---")
    folded = core[:end].strip(_DASHES).casefold() if end > 0 else ""
    return at if folded in words().dividers else None


def office_block_start(body: Body, to_line: int, floor: int) -> int | None:
    """Return where the older office form begins: name and date above "To:", "cc:", "Subject:".

    Args:
        body: the mail.
        to_line: the line with "To:".
        floor: the first line that may belong to the form.
    """
    fields, _ = _fields_from(body, to_line)
    kinds = {kind for field in fields for kind in field.kinds}
    if len(fields) < 2 or Field.SUBJECT not in kinds or Field.TO not in fields[0].kinds:
        return None
    seen = 0
    for at in range(to_line - 1, max(floor, to_line - 12) - 1, -1):
        bare = body.bare[at]
        if not bare:
            continue
        seen += 1
        if seen > 5 or len(bare) > 120 or body.depth[at] != body.depth[to_line]:
            break
        if has_date(bare) and _TIME.search(bare):
            return _name_above(body, at, floor)
    return None


def _name_above(body: Body, dated: int, floor: int) -> int:
    """Step up from the date to the sender's name, which may share its line."""
    if len(_FIGURES.sub("", body.bare[dated])) >= 4:
        return dated
    start = dated
    for at in range(dated - 1, max(floor, dated - 6) - 1, -1):
        bare = body.bare[at]
        if not bare:
            continue
        if len(bare) > 60 or bare[-1] in ".!?,":
            break
        start = at
        if not bare.casefold().startswith(("sent by", "please respond", "gesendet von")):
            break
    return start
