"""The line above a quote: "On Monday Bob wrote:", in any language and word order.

Programs word it in a hundred ways, but always from the same parts: a date, a person's name or
address, a verb, a final colon. So the parts are looked for, not the sentences.
"""

import re
from enum import IntEnum

from mailflow.mail.lines import Body
from mailflow.mail.reply_words import words

MAX_LINES = 5
MAX_LENGTH = 600
_SHORT = 200
_FEW_WORDS = 8
_HALF_LENGTH = 20

_COLONS = (":", "：", "﹕", "︰")
_DATE = re.compile(
    r"\d{1,2}\s?[:.h時点시]\s?\d{2}"  # a time
    r"|(?<!\d)(?:19|20)\d\d(?!\d)"  # a year
    r"|[٠-٩۰-۹]{4}|25[5-9]\d(?!\d)"  # a year in Arabic digits, a Thai year
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"  # a date in figures
    r"|\d{1,2}\s?[月월]\s?\d{1,2}"
)
_FULL_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|[٠-٩۰-۹]{4}|25[5-9]\d(?!\d)"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\s?[月월]\s?\d{1,2}"
)
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時点시]\s?\d{2}(?!\d)")
# "2. Jane wrote" is the second item of a list, "2. May 2024" is a date.
_LIST_ITEM = re.compile(r"\d{1,2}[.)] (?=[^\W\d_])(?!\w+\.? (?:\d|k|u|o|g))")
_SENTENCE_END = re.compile(r"[^\W\d_]{4}[.!?]$")
_TELLING = re.compile(r"[\d@]")
_WORD = re.compile(r"[^\W\d_]+")
_DECORATION = " \t-–—_*=#|"
_STARTS = "[(<\"'“„«'‘*"
_MAIL_ADDRESS = re.compile(r"[^\s<>@\"']@[^\s<>@\"']")
# An attribution that a program put on the same line as the end of the answer.
_MIDLINE = re.compile(
    r"(?<=[\s.!?;)\-])(?:On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu)\s(?=[^\d@]{0,20}\d)"
    r"|[-_]{3,}\s?(?=On\s)"
)
_BARE_SENDER = re.compile(
    r"(?:[\w.'-]{1,40} ){0,3}[<(\"']?[^\s<>@]{1,80}@[^\s<>@]{1,80} [^\W\d]{2,15}:"
)
_AFTER_OPENER = " ,.-‐־(0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"


class Likeness(IntEnum):
    """How much a piece of text looks like the line above a quote."""

    NONE = 0
    FIRST = 1
    """It is one above the first quoted lines of a mail; later it may be an answer."""
    WITH_QUOTE = 2
    """It is one if quoted lines follow."""
    ALONE = 3
    """It is one even when what follows bears no quote marks."""


def ends_like_attribution(bare: str) -> bool:
    """Tell whether `bare` may be the last line of an attribution; cheap enough for any line."""
    if bare[-1:] in _DECORATION:
        return bare[:3] == "---" or bare.rstrip(_DECORATION).endswith(_COLONS)
    return bare.endswith(_COLONS) or _is_framed(bare) or _ends_in_verb(bare)


def _ends_in_verb(bare: str) -> bool:
    """Tell an introduction whose colon was lost: "On 4 May 2026 09:12 bob@example.com wrote"."""
    return bare[-1:].isalpha() and bare.rpartition(" ")[2].casefold() in words().wrote


def _is_framed(bare: str) -> bool:
    """Tell a line that GroupWise set between marks: ">>> Bob 05/04/26 09:12AM >>>"."""
    return bare[:3] == ">>>" and bare[-3:] == ">>>" and has_date(bare)


def has_date(text: str) -> bool:
    """Tell whether `text` holds a date or a time in figures."""
    return _DATE.search(text) is not None


def has_address(text: str) -> bool:
    """Tell whether `text` holds something like a mail address."""
    return "@" in text and _MAIL_ADDRESS.search(text) is not None


def likeness(text: str) -> Likeness:
    """Weigh the parts of one candidate (joined lines, at most `MAX_LENGTH` characters)."""
    if len(text) > MAX_LENGTH:
        return Likeness.NONE
    folded = text.strip(_DECORATION).casefold()
    if _is_framed(text):
        return Likeness.ALONE
    if folded.endswith(_COLONS) or (text[:3] == "---" and text[-3:] == "---"):
        return _introduction(folded)
    return _without_colon(folded)


def _introduction(folded: str) -> Likeness:
    """Weigh a candidate that ends as an introduction does."""
    dated = has_date(folded)
    address = has_address(folded)
    if not dated and not address:
        few = folded.count(" ") < _FEW_WORDS
        return Likeness.FIRST if few and _has_verb(folded) else Likeness.NONE
    verb = _has_verb(folded)
    opens = opens_like_attribution(folded)
    named = address and _ends_in_address(folded)
    if dated and named and (opens or verb or _ends_in_bracket(folded)):
        return Likeness.ALONE
    if dated and verb and (address or (opens and _is_full_date(folded))):
        return Likeness.ALONE
    if address and verb and _BARE_SENDER.fullmatch(folded):
        return Likeness.ALONE
    if named or verb or (dated and address):
        return Likeness.WITH_QUOTE
    return Likeness.FIRST if opens else Likeness.NONE


def _is_full_date(folded: str) -> bool:
    """Tell a date with its time, or one that needs none: "On 4 May 2026 Bob wrote:"."""
    if _FULL_DATE.search(folded) is None:
        return False
    return _CLOCK.search(folded) is not None or _ends_in_verb(folded.rstrip("".join(_COLONS) + " "))


def _without_colon(folded: str) -> Likeness:
    """Weigh "2026/5/4 Bob <bob@example.com>" and introductions whose colon was lost."""
    if len(folded) > _SHORT or not has_date(folded) or not opens_like_attribution(folded):
        return Likeness.NONE
    if has_address(folded):
        if _CLOCK.search(folded) and _FULL_DATE.search(folded) and _ends_in_verb(folded):
            return Likeness.ALONE
        if _ends_in_address(folded):
            return Likeness.WITH_QUOTE
    return Likeness.FIRST if _has_verb(folded.rpartition(" ")[2]) else Likeness.NONE


def opens_like_attribution(folded: str) -> bool:
    """Tell whether casefolded text begins with a date, a bracket or a usual first word."""
    if not folded:
        return False
    if folded[0].isdigit():
        return _LIST_ITEM.match(folded) is None
    if folded[0] in _STARTS:
        return True
    for opener in words().openers.of(folded):
        if folded.startswith(opener):
            after = folded[len(opener) : len(opener) + 1]
            if after in _AFTER_OPENER or opener[0] > "\u0590":
                return True
    return False


def attribution_start(body: Body, last: int, floor: int, least: Likeness) -> int | None:
    """Return the first line of the attribution that ends in line `last`, None if it is none.

    Args:
        body: the mail.
        last: number of a line that is not blank.
        floor: the first line that may belong to it.
        least: how sure it has to be by its own words.
    """
    found: int | None = None
    text = ""
    first = max(floor, last - MAX_LINES + 1)
    if least is Likeness.ALONE and not any(
        _TELLING.search(bare) for bare in body.bare[first : last + 1]
    ):
        return None  # without a date or an address
    for at in range(last, first - 1, -1):
        bare = body.bare[at]
        if not bare or body.depth[at] != body.depth[last]:
            break
        if text and _SENTENCE_END.search(bare):
            break  # a sentence of the answer, not a wrapped line
        text = f"{bare} {text}" if text else bare
        if len(text) > MAX_LENGTH:
            break
        if likeness(text) >= least:
            if opens_like_attribution(bare.lstrip(_DECORATION).casefold()):
                return _with_first_half(body, at, first)
            found = at if found is None else found
    return found


def typed_before(bare: str) -> str:
    """Return what stands before an attribution that begins in the middle of a line."""
    if opens_like_attribution(bare.lstrip(_DECORATION).casefold()):
        return ""
    starts = [found.start() for found in _MIDLINE.finditer(bare)]
    return bare[: starts[-1]].rstrip(_DECORATION) if starts else ""


def _with_first_half(body: Body, start: int, floor: int) -> int:
    """Take in the lines above, when the date was wrapped before its second half."""
    while start > floor and body.depth[start - 1] == body.depth[start]:
        above = body.bare[start - 1]
        if not above or above[-1] in ".!?:" or (len(above) <= _HALF_LENGTH and above[-1] != ","):
            break
        folded = above.lstrip(_DECORATION).casefold()
        dated = has_date(folded) or (body.bare[start][0] == "<" and _TELLING.search(folded))
        if not dated or not opens_like_attribution(folded):
            break
        start -= 1
    return start


def _has_verb(folded: str) -> bool:
    table = words()
    if not table.wrote.isdisjoint(_WORD.findall(folded)):
        return True
    return any(part in folded for part in table.wrote_parts)


def _ends_in_address(folded: str) -> bool:
    """Tell "… <bob@example.com>:", where the address is the last thing said."""
    tail = folded[-40:].rstrip("".join(_COLONS) + " ")
    return _ends_in_bracket(tail) or has_address(tail.rsplit(" ", 1)[-1])


def _ends_in_bracket(folded: str) -> bool:
    return folded.rstrip("".join(_COLONS) + " ").endswith((">", "]", ")"))
