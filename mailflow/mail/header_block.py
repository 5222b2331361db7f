"""The small table of From, Sent, To and Subject that many programs put above the old mail.

Also the dividers that stand above it ("-----Original Message-----") or above a forwarded mail.
"""

import re
from dataclasses import dataclass

from mailflow.mail.attribution import has_address, has_date
from mailflow.mail.lines import Body
from mailflow.mail.reply_words import Field, words

_KEY_LENGTH = 36
BLOCK_LINES = 40
_PASTED_ABOVE = 12
_GRID = 12
_SHORT_RULE = 3
_FIELDS_ABOVE = 8
_DECORATION = " \t*_|>#"
_MOMENT = re.compile(
    r"(?:(?:19|20)\d\d\D|[٠-٩۰-۹]{4}).*\d{1,2}\s?[:.h時点시]\s?\d\d"
    r"|\d[./-]\d{2,4}\s.*\d{1,2}:\d\d"
)
_NAME_WITHIN = re.compile(r"(?:^|\s)([^\W\d_]{1,20}):(?=\s)")
_RULES = frozenset("-–—_=")
_DASHES = "-–—_=*~+<>#•·─━ \t8"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One "Name: value" line whose name is known.

    Attributes:
        kinds: what the name may stand for.
        name: the name, casefolded.
        value: what follows the colon.
        at: number of the line.
    """

    kinds: frozenset[Field]
    name: str
    value: str
    at: int = 0


def field_line(bare: str, number: int = 0) -> FieldLine | None:
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
    return FieldLine(kinds, name, bare[at + 1 :].strip(_DECORATION), number)


def is_block(body: Body, start: int, fields: list[FieldLine], end: int) -> bool:
    """Tell whether fields that nothing announces are the header of an old mail.

    Args:
        body: the mail.
        start: line of the first field.
        fields: what `collected_fields` found from there.
        end: line after the last of them.
    """
    return _is_header(fields, announced=False) and not _is_pasted(body, start, end)


def is_announced_block(body: Body, start: int) -> bool:
    """Tell whether a header begins in line `start`, below a divider, where less is enough."""
    return _is_header(collected_fields(body, start)[0], announced=True)


def _is_pasted(body: Body, start: int, end: int) -> bool:
    """Tell raw headers that a person has pasted: programs never show transport fields."""
    transport = words().transport
    first = start
    while first > 0 and start - first < _PASTED_ABOVE and ":" in body.bare[first - 1]:
        first -= 1
    return any(
        body.bare[at].partition(":")[0].strip(_DECORATION).casefold() in transport
        for at in range(first, end)
    )


def fields_above(body: Body, last: int, floor: int) -> int | None:
    """Return the first of the header lines that end in line `last`, above marked lines.

    exmh writes them in place of a sentence, the identity of the mail among them.
    """
    fields: list[FieldLine] = []
    for at in range(last, max(floor, last - _FIELDS_ABOVE) - 1, -1):
        field = field_line(body.bare[at], at) if not body.depth[at] else None
        if field is None:
            break
        fields.append(field)
    return fields[-1].at if _is_header(fields, announced=False) else None


def collected_fields(body: Body, start: int) -> tuple[list[FieldLine], int]:
    """Collect header lines from `start`, with folded values and single blank lines between.

    Returns:
        The fields, and the line after the last of them.
    """
    fields: list[FieldLine] = []
    end = start
    folded = 0
    depth = body.depth[start]
    for at in range(start, min(start + BLOCK_LINES, len(body))):
        bare = body.bare[at]
        if body.depth[at] != depth:
            break
        if not bare:
            if at - end >= 2:
                break
            continue
        field = field_line(bare, at)
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
        return announced and any(_says_all(field) for field in fields)
    kinds = {kind for field in fields for kind in field.kinds}
    origin = any(Field.FROM in field.kinds and field.value for field in fields)
    dated = any(Field.SENT in field.kinds and has_date(field.value) for field in fields)
    if announced:
        return origin or dated or len(fields) >= 3
    addressed = any(has_address(field.value) for field in fields)
    titled = Field.SUBJECT in kinds
    if len({field.name for field in fields}) >= 3 and origin:
        if _is_program_order(fields) or _answers_a_mail(fields):
            return True
        moment = any(Field.SENT in field.kinds and _MOMENT.search(field.value) for field in fields)
        return ((dated or titled) and addressed) or moment
    return addressed and dated and (origin or Field.TO in kinds)


def _is_program_order(fields: list[FieldLine]) -> bool:
    """Tell From, Sent and To (or Sent, From and To) in a row, as only programs write them."""
    table = words()
    head = fields[:2]
    sent = any(Field.SENT in field.kinds and field.name not in table.date_names for field in head)
    origin = any(Field.FROM in field.kinds and Field.SENT not in field.kinds for field in head)
    third = fields[2]
    in_a_row = third.at - fields[0].at == len(head)
    return sent and origin and in_a_row and not third.kinds.isdisjoint({Field.TO, Field.SUBJECT})


def _answers_a_mail(fields: list[FieldLine]) -> bool:
    """Tell a subject that a program began."""
    prefixes = words().prefixes
    return any(
        Field.SUBJECT in field.kinds and field.value.casefold().startswith(prefixes)
        for field in fields
    )


def is_in_one_line(bare: str) -> bool:
    """Tell a header that was drawn into one line: sender, date, recipient and subject."""
    names = {name.casefold() for name in _NAME_WITHIN.findall(bare)}
    known = words().fields
    kinds = {kind for name in names for kind in known.get(name, ())}
    wanted = {Field.FROM, Field.SENT, Field.TO, Field.SUBJECT}
    return len(names) >= len(wanted) and wanted <= kinds and has_address(bare) and has_date(bare)


def _says_all(field: FieldLine) -> bool:
    """Tell a block that was drawn into one line: "From: bob@example.com Date: …"."""
    return Field.FROM in field.kinds and has_address(field.value) and has_date(field.value)


def is_rule(bare: str) -> bool:
    """Tell a drawn line: at least five dashes, underscores or the like and nothing else."""
    return len(bare) >= 5 and not bare.strip("-–—_=*~─━ ")


def is_short_rule(bare: str) -> bool:
    """Tell a drawn line of any length, which counts only together with what stands below it."""
    return len(bare) >= _SHORT_RULE and not bare.strip("-–—_=*~─━ ")


def is_grid(bare: str) -> bool:
    """Tell the upper line of a table that was drawn around the header of an old mail."""
    return len(bare) >= _GRID and bare[0] == "|" and "-+-" in bare and not bare.strip("-+|>")


def is_divider(bare: str) -> bool:
    """Tell a line that announces the old or the forwarded mail."""
    core = bare.strip(_DASHES)
    if not core or len(core) > 120:
        return False
    folded = core.rstrip(":： ").casefold()
    drawn = len(bare) - len(core)
    table = words()
    if folded in table.dividers:
        if " " in folded or folded[0] > "\u007f":
            return drawn >= 2 or bare[-1] in ":："
        return drawn >= 4 and not _RULES.isdisjoint(bare)
    return drawn >= 4 and table.divider_heads.begin(folded)


def announces(bare: str) -> bool:
    """Tell the words of a divider alone on a line, which count only above a header."""
    return bare.rstrip(":： ").casefold() in words().dividers


def glued_divider(bare: str) -> int | None:
    """Return where a divider begins that a program glued to the end of a line."""
    at = bare.find("----")
    if at <= 0:
        return None
    core = bare[at:].lstrip(_DASHES)
    end = core.find("---")
    folded = core[:end].strip(_DASHES).casefold() if end > 0 else ""
    return at if folded in words().dividers else None
