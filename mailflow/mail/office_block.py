"""The older office form above a quoted mail: name, date, To, cc, Subject; no From, no marks.

HCL (Lotus) Notes and its relatives write it, with the field names before a colon or alone on
their lines, and sometimes with the firm above.
"""

import re

from mailflow.mail.attribution import has_date
from mailflow.mail.header_block import field_line
from mailflow.mail.lines import Body
from mailflow.mail.reply_words import Field, words

_ABOVE_LINES = 12
_ABOVE_FILLED = 5
_BELOW_LINES = 8
_NAME_LENGTH = 60
_LONGEST_FIELD = 20

_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_FIGURES = re.compile(
    r"[\d\s:./,-]|\b(?:[ap]m|on|at|gmt|est|edt|cst|cdt|pst|pdt|cet|utc)\b", re.IGNORECASE
)


def names_recipient(bare: str) -> bool:
    """Tell a line that is only the word for "To": cheap enough for any line."""
    return len(bare) <= _LONGEST_FIELD and Field.TO in words().fields.get(
        bare.casefold(), frozenset()
    )


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


def subject_end(body: Body, to_line: int) -> int | None:
    """Return the line after the form's subject, where names stand alone on their lines."""
    for at in range(to_line + 1, min(to_line + _BELOW_LINES, len(body))):
        kinds = words().fields.get(body.bare[at].casefold(), frozenset())
        if Field.SUBJECT in kinds:
            return min(at + 2, len(body))
    return None


def _name_above(body: Body, dated: int, floor: int) -> int:
    """Step up from the date to the sender's name, which may share its line."""
    start = dated
    if len(_FIGURES.sub("", body.bare[dated])) < 4:
        for at in range(dated - 1, max(floor, dated - 6) - 1, -1):
            bare = body.bare[at]
            if not bare:
                continue
            if len(bare) > _NAME_LENGTH or bare[-1] in ".!?,":
                break
            start = at
            if not bare.casefold().startswith(("sent by", "please respond", "gesendet von")):
                break
    return firm_above(body, start, floor)


def firm_above(body: Body, start: int, floor: int) -> int:
    """Take in the firm's name, which stands above an indented form with a tab between."""
    if start - 2 < floor or not body.shown[start][:1].isspace():
        return start
    between = body.shown[start - 1]
    firm = body.bare[start - 2]
    if between and between.isspace() and firm and len(firm) <= _NAME_LENGTH:
        return start - 2
    return start
