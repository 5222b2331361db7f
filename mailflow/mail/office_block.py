"""The older office form above a quoted mail: name, date, To, cc, Subject; no From, no marks.

HCL (Lotus) Notes and its relatives write it, with the field names before a colon or alone on
their lines, and sometimes with the firm above.
"""

import re

from mailflow.mail.attribution import has_address, has_date
from mailflow.mail.header_block import FieldLine, field_line
from mailflow.mail.lines import Body
from mailflow.mail.reply_words import Field, words

_ABOVE_LINES = 12
_ABOVE_FILLED = 5
_BELOW_LINES = 8
_NAME_LINES = 6
_NAME_LENGTH = 60
_INDENT = 10
_WHOLE_FORM = 3
_LONGEST_FIELD = 20

_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_FIGURES = re.compile(
    r"[\d\s:./,-]|\b(?:[ap]m|on|at|gmt|est|edt|cst|cdt|pst|pdt|cet|utc)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:(?:r?uary)|ch|il|ust|(?:t?em|o)ber)?\b",
    re.IGNORECASE,
)
_DIRECTORY_NAME = re.compile(r"[\w.]/[\w /&-]{1,40}@\w")
_COLUMN = re.compile(r" {4,}")
_FIRM = re.compile(r"\b(?:corp|inc|ltd|llc|co|gmbh|ag|plc|corporation|limited)\.?$", re.IGNORECASE)


def names_recipient(shown: str, bare: str) -> bool:
    """Tell a line that is only the word for "To", or has it in its first cell."""
    name = _cell(shown, bare)
    return Field.TO in words().fields.get(name, frozenset()) if name else False


def _cell(shown: str, bare: str) -> str:
    """Return the first cell of a line, casefolded; "" when it is too long for a field's name."""
    cell = bare.partition("\t")[0] if "\t" in shown else bare
    return cell.rstrip().casefold() if len(cell) <= _LONGEST_FIELD else ""


def office_start(body: Body, to_line: int, floor: int) -> int | None:
    """Return the first line of the form around its "To", None when there is none.

    Args:
        body: the mail.
        to_line: the line with "To".
        floor: the first line that may belong to the form.
    """
    seen = 0
    for at in range(to_line - 1, max(floor, to_line - _ABOVE_LINES) - 1, -1):
        bare = body.bare[at]
        if not bare:
            continue
        seen += 1
        if seen > _ABOVE_FILLED or len(bare) > 120 or body.depth[at] != body.depth[to_line]:
            break
        known = field_line(bare)
        if known is not None and known.name in words().transport:
            break
        if has_date(bare) and _TIME.search(bare):
            return _name_above(body, at, floor)
    return None


def names_people(fields: list[FieldLine]) -> bool:
    """Tell fields from "To" to "Subject" that only a program writes, though its head is lost.

    Nobody types an empty "cc:", or the names of an office's own directory.
    """
    if not fields or Field.TO not in fields[0].kinds or len(fields) < _WHOLE_FORM:
        return False
    kinds = {kind for field in fields[1:] for kind in field.kinds}
    if not {Field.CC, Field.SUBJECT} <= kinds:
        return False
    empty = any(Field.CC in field.kinds and not field.value for field in fields[1:])
    listed = any(_DIRECTORY_NAME.search(field.value) for field in fields)
    return listed or (empty and has_address(fields[0].value))


def grid_start(body: Body, at: int, floor: int) -> int | None:
    """Return the first line of a form that was drawn in columns, when its "To" is in line `at`.

    The sender and the date stand in the left column, the fields in the right one.
    """
    if body.shown[at][:_INDENT].strip() or not _has_cell(body.bare[at], Field.TO):
        return None
    below = range(at + 1, min(at + _BELOW_LINES, len(body)))
    if not any(_has_cell(body.bare[row], Field.SUBJECT) for row in below):
        return None
    start = at
    while start > floor and at - start < _NAME_LINES and body.shown[start - 1][:_INDENT].isspace():
        start -= 1
    return start


def _has_cell(bare: str, kind: Field) -> bool:
    """Tell whether a row of columns names a field."""
    return any(
        (known := field_line(cell)) is not None and kind in known.kinds
        for cell in _COLUMN.split(bare)
    )


def subject_end(body: Body, to_line: int) -> int | None:
    """Return the line after the form's subject, where names stand alone on their lines."""
    for at in range(to_line + 1, min(to_line + _BELOW_LINES, len(body))):
        bare = body.bare[at]
        if Field.SUBJECT in words().fields.get(_cell(body.shown[at], bare), frozenset()):
            return min(at + 2, len(body))
        first = bare.partition(" ")[0].casefold()
        if Field.SUBJECT in words().fields.get(first, frozenset()):
            return at + 1
    return None


def _name_above(body: Body, dated: int, floor: int) -> int:
    """Step up from the date to the sender's name, which may share its line."""
    start = dated
    if _is_moment(body.bare[dated]):
        for at in range(dated - 1, max(floor, dated - _NAME_LINES) - 1, -1):
            bare = body.bare[at]
            if (bare and _is_moment(bare)) or (not bare and start - at == 1):
                continue  # one blank line, or the date once more
            if not bare or len(bare) > _NAME_LENGTH or bare[-1] in ".!?,":
                break
            start = at
            if not bare.casefold().startswith(("sent by", "please respond", "gesendet von")):
                break
    return firm_above(body, _echoed_above(body, start, floor), floor)


def _is_moment(bare: str) -> bool:
    """Tell a line that holds a date and a time, and nobody's name."""
    return len(_FIGURES.sub("", bare)) < 4


def _echoed_above(body: Body, start: int, floor: int) -> int:
    """Take in names and dates that an export has written several times."""
    said = body.bare[start : start + _NAME_LINES]
    while start > floor and body.bare[start - 1] and body.bare[start - 1] in said:
        start -= 1
    return start


def firm_above(body: Body, start: int, floor: int) -> int:
    """Take in the firm's name, which stands above an indented form with a tab between."""
    if start - 2 < floor or body.bare[start - 1]:
        return start
    firm = body.bare[start - 2]
    if not firm or len(firm) > _NAME_LENGTH:
        return start
    drawn = body.shown[start][:1].isspace() and body.shown[start - 1].isspace()
    named = _FIRM.search(firm) is not None and has_date(body.bare[start])
    return start - 2 if drawn or named else start
