"""What stands below an answer without having been typed for it: signature, tagline, disclaimer.

Names and greetings without a delimiter stay: whether "Bob" is a sign-off or an answer only its
reader can tell.
"""

from mailflow.mail.lines import Body, Mark
from mailflow.mail.reply_words import words

_TAIL = 12
_SIGNATURE_LINES = 25
_SHORT_SIGNATURE_LINES = 12
_TAGLINE_LENGTH = 130
_DISCLAIMER_LENGTH = 5_000
_DECORATION = " \t*_<>[]()|~-–—\"'“”.,"


def is_tagline(bare: str) -> bool:
    """Tell "Sent from my iPhone" in any language."""
    if len(bare) > _TAGLINE_LENGTH:
        return False
    folded = bare.lstrip(_DECORATION).casefold()
    table = words()
    if folded.startswith(table.sure_taglines):
        return True
    said = folded.split("<", 1)[0].split("http", 1)[0].rstrip(_DECORATION)
    if said.endswith(table.endings) and len(said) < 60:
        return any(device in said for device in table.devices)
    if folded.startswith(table.taglines) and len(said.split()) <= 12:
        return any(device in said for device in table.devices)
    return False


def is_delimiter(shown: str, bare: str) -> bool:
    """Tell the line above a signature: two dashes, with or without the space after them."""
    return bare in {"--", "—", "–-", "-- --"} or (not bare and shown == "-- ")


def signature_lines(body: Body, start: int, end: int) -> set[int]:
    """Return the lines of one run of a person's own text that she did not type for this mail.

    Args:
        body: the mail.
        start: first line of the run.
        end: line after the run.
    """
    cut = _delimited(body, start, end)
    found = set(range(cut, end))
    found.update(at for at in range(start, cut) if body.marks[at] is Mark.SIGNATURE)
    end = cut
    while True:
        tail = _disclaimer_start(body, start, end)
        if tail is None:
            break
        found.update(range(tail, end))
        end = tail
    found.update(_taglines(body, start, end))
    return found


def _delimited(body: Body, start: int, end: int) -> int:
    """Return the line of the signature delimiter, `end` when there is none."""
    filled = 0
    cut = end
    for at in range(end - 1, start - 1, -1):
        bare = body.bare[at]
        if is_delimiter(body.shown[at], bare):
            exact = body.shown[at] == "-- "
            if filled <= (_SIGNATURE_LINES if exact else _SHORT_SIGNATURE_LINES):
                cut = at
        elif bare:
            filled += 1
            if filled > _SIGNATURE_LINES:
                break
    return cut


def _taglines(body: Body, start: int, end: int) -> list[int]:
    found = []
    seen = 0
    for at in range(end - 1, start - 1, -1):
        if not body.bare[at]:
            continue
        seen += 1
        if seen > _TAIL:
            break
        if is_tagline(body.bare[at]):
            found.append(at)
    return found


def _disclaimer_start(body: Body, start: int, end: int) -> int | None:
    """Return where the last paragraph begins, if it is a disclaimer."""
    last = end - 1
    while last >= start and not body.bare[last]:
        last -= 1
    first = last
    while first > start and body.bare[first - 1]:
        first -= 1
    if last < start:
        return None
    paragraph = " ".join(body.bare[first : last + 1])[:_DISCLAIMER_LENGTH].casefold()
    if not _is_disclaimer(paragraph.lstrip(_DECORATION + "#=!")):
        return None
    return first


def _is_disclaimer(paragraph: str) -> bool:
    table = words()
    headed = paragraph.startswith(table.disclaimer_heads)
    if not headed and len(paragraph) < 120:
        return False
    hits = sum(word in paragraph for word in table.disclaimers)
    return hits >= (2 if headed else 5)
