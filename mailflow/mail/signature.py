"""What stands below an answer without having been typed for it: signature, tagline, disclaimer.

Names and greetings without a delimiter stay: whether "Bob" is a sign-off or an answer only its
reader can tell.
"""

import re

from mailflow.mail.header_block import is_rule
from mailflow.mail.lines import Body, Mark
from mailflow.mail.reply_words import words

_TAIL = 12
_SIGNATURE_LINES = 25
_SHORT_SIGNATURE_LINES = 12
_FOOTER_LINES = 6
_PARAGRAPHS = 12
_BANNER_LINES = 5
_UNDERLINE = 10
_SHORT_UNDERLINE = 2
_DRAWN = "_-=—–"
_TAGLINE_LENGTH = 130
_TAGLINE_WORDS = 9
_BRIEF_WORDS = 4
_BANNER_OPENING = 60
_PHRASE = 2
_DISCLAIMER_LENGTH = 1_500
_DISCLAIMER_OPENING = 600
_DECORATION = " \t*_<>[]()|~-–—\"'“”.,"
_OUR_MARK = re.compile(r"Ref: ?[0-9a-f][a-z0-9]{8}-[a-z0-9]{8}", re.IGNORECASE)
_LIST_FOOTER = re.compile(r"mailing list|unsubscribe|subscri(?:be|ption)", re.IGNORECASE)


def is_tagline(bare: str) -> bool:
    """Tell "Sent from my iPhone" in any language."""
    if len(bare) > _TAGLINE_LENGTH:
        return False
    folded = bare.lstrip(_DECORATION).casefold()
    table = words()
    sure = table.sure_taglines.begin(folded)
    if not (sure or table.taglines.begin(folded) or _stands_apart(folded)):
        return False
    said = _said(folded)
    count = len(said.split())
    if not sure and table.brief_taglines.begin(folded):
        return count <= _BRIEF_WORDS
    if sure and count <= _TAGLINE_WORDS - 2 and ", " not in folded:
        return True
    longest = _TAGLINE_WORDS + (6 if sure else 3)
    return count <= longest and table.devices.named_in(said)


def _stands_apart(folded: str) -> bool:
    """Tell the rarer forms: the verb comes last, or there is none."""
    table = words()
    return folded.endswith(table.endings) or table.brief_taglines.begin(folded)


def _said(folded: str) -> str:
    """Return the first clause of a tagline, without links."""
    for stop in ("<", "http", ", ", ". "):
        folded = folded.partition(stop)[0]
    return folded.rstrip(_DECORATION)


def is_delimiter(shown: str, bare: str) -> bool:
    """Tell the line above a signature: two dashes, with or without the space after them."""
    return bare == "--" and not shown[:1].isspace()


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
    below = end
    for _ in range(_PARAGRAPHS):
        tail = _last_paragraph(body, start, below)
        if tail is None:
            break
        if _is_disclaimer(body, *tail) or _is_footer(body, start, *tail):
            end = tail[0]
        elif tail[0] != tail[1] or not is_rule(body.bare[tail[0]]):
            break  # a drawn line alone may close a disclaimer, or set one off
        below = tail[0]
    found.update(range(_rule_above(body, start, end) if end < cut else end, cut))
    found.update(_taglines(body, start, end))
    found.update(_banner(body, start, end))
    found.update(at for at in range(max(start, end - _TAIL), end) if _is_our_mark(body.bare[at]))
    return found


def _is_our_mark(bare: str) -> bool:
    """Tell the reference line that our buttons write into the mails they begin."""
    return bare[:4] == "Ref:" and _OUR_MARK.fullmatch(bare) is not None


def _rule_above(body: Body, start: int, end: int) -> int:
    """Take in the drawn line that sets a disclaimer off."""
    above = end - 1
    while above > start and not body.bare[above]:
        above -= 1
    return above if above > start and is_rule(body.bare[above]) else end


def _banner(body: Body, start: int, end: int) -> range:
    """Find the warning that a gateway put above mail from outside."""
    first = start
    while first < end and not body.bare[first]:
        first += 1
    last = first
    while last < end and body.bare[last] and last - first < _BANNER_LINES:
        last += 1
    found = _warns(" ".join(body.bare[first:last])[:_DISCLAIMER_LENGTH].casefold())
    return range(first, last if found and first < last else first)


def _warns(folded: str) -> bool:
    """Tell a gateway's warning from a sentence about mail from outside."""
    opening = folded.lstrip(_DECORATION)[:_BANNER_OPENING]
    table = words()
    for banner in table.banners:
        at = folded.find(banner)
        if at < 0:
            continue
        if opening.startswith(banner) and (
            banner.count(" ") >= _PHRASE or not folded[at + len(banner) :].strip()[:1].isalnum()
        ):
            return True
        if not opening.startswith(banner) and opening.startswith(table.banner_heads):
            return True
    return False


def _delimited(body: Body, start: int, end: int) -> int:
    """Return the line of the signature delimiter, `end` when there is none."""
    filled = fences = 0
    cut = end
    for at in range(end - 1, start - 1, -1):
        bare = body.bare[at]
        if not bare:
            continue
        fences += bare[:3] == "```"
        if fences % 2 == 0 and is_delimiter(body.shown[at], bare):
            exact = body.shown[at] == "-- "
            if not exact and not any(body.bare[:at]):
                break  # nothing stands above: it is no signature below an answer
            if filled <= (_SIGNATURE_LINES if exact else _SHORT_SIGNATURE_LINES):
                cut = at
        filled += 1
        if filled > _SIGNATURE_LINES:
            break
    return cut


def _taglines(body: Body, start: int, end: int) -> list[int]:
    """Find taglines near the end of the run, and one in its first line."""
    found: list[int] = []
    seen = 0
    for at in range(end - 1, start - 1, -1):
        bare = body.bare[at]
        if bare:
            if is_tagline(bare):
                found.extend(_with_links(body, at, start, end))
            else:
                seen += 1
            if seen > _TAIL:
                break
    first = start
    while first < end and not body.bare[first]:
        first += 1
    if first < end and first not in found and is_tagline(body.bare[first]):
        found.append(first)
    return found


def _with_links(body: Body, tagline: int, start: int, end: int) -> range:
    """Take in the bare links around a tagline, which advertise its program."""
    first = tagline
    while first > start and _is_link(body.bare[first - 1]):
        first -= 1
    last = tagline
    while last + 1 < end and _is_link(body.bare[last + 1]):
        last += 1
    return range(first, last + 1)


def _is_link(bare: str) -> bool:
    return bare[:1] == "<" and bare[-1:] == ">" and " " not in bare


def _last_paragraph(body: Body, start: int, end: int) -> tuple[int, int] | None:
    """Return first and last line of the last paragraph."""
    last = end - 1
    while last >= start and not body.bare[last]:
        last -= 1
    if last < start:
        return None
    first = last
    while first > start and body.bare[first - 1]:
        first -= 1
    return first, last


def _is_disclaimer(body: Body, first: int, last: int) -> bool:
    table = words()
    paragraph = " ".join(body.bare[first : last + 1])[:_DISCLAIMER_LENGTH]
    folded = paragraph.lstrip(_DECORATION + "#=!").casefold()
    headed = table.disclaimer_heads.begin(folded)
    if not headed and len(folded) < 120:
        return False
    opening = folded[:_DISCLAIMER_OPENING]
    cores = sum(core in opening for core in table.disclaimer_cores)
    hits = sum(word in folded for word in table.disclaimers) if cores else 0
    return (cores >= 1 and hits >= 2) if headed else (cores >= 2 and hits >= 5)


def _is_footer(body: Body, start: int, first: int, last: int) -> bool:
    """Tell the footer of a list, a scanner or an advertisement: a few lines at the end."""
    if not start < first or last - first >= _FOOTER_LINES:
        return False
    drawn = not body.bare[first].strip(_DRAWN)
    text = first + drawn
    if text > last:
        return False
    if words().footers.begin(body.bare[text].lstrip(_DECORATION).casefold()):
        return True
    return drawn and _is_list_footer(body, first, last)


def _links(body: Body, start: int, end: int) -> bool:
    return any("://" in body.bare[at] for at in range(start, end))


def _is_list_footer(body: Body, first: int, last: int) -> bool:
    """Tell a list or an advertisement below a drawn line; a name there is a sign-off."""
    bare = body.bare[first]
    if bare[0] == "_" and len(bare) >= _UNDERLINE and _links(body, first + 1, last + 1):
        return True
    least = _SHORT_UNDERLINE if bare[0] == "_" else _UNDERLINE
    return len(bare) >= least and any(
        _LIST_FOOTER.search(line) for line in body.bare[first + 1 : last + 1]
    )
