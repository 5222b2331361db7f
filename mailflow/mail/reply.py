"""What a person typed, out of everything that her mail program sent.

The one door is `visible_answer`. It knows three things: the plain text, the HTML, and (when
the mail answers one of ours) what we wrote. The last is the surest: what we sent is not hers.
"""

from dataclasses import dataclass

from mailflow.mail.alignment import Original, folded_words, original_of
from mailflow.mail.lines import Body, Mark, body_of_text, is_visible
from mailflow.mail.quotes import Cut, Part, find_quotes
from mailflow.mail.sent_quote import Settled, confirm_freed, settle, settle_whole, whole_quote
from mailflow.mail.signature import signature_lines

_QUOTED_LINES = 12
# What an HTML part must hold before it is worth reading for the cut that the text lacks.
_QUOTE_HINTS = (
    "<blockquote",
    "divRplyFwdMsg",
    "appendonsend",
    "border-top",
    "border-left",
    "quote",
    "data-mailflow",
    "OLK_SRC",
    "moz-",
    "<hr",
    "zwchr",
    "reference-message",
)


@dataclass(frozen=True, slots=True)
class SentMail:
    """The mail of ours that is answered.

    Attributes:
        text: its plain text.
        items: number and line of each To Do in it, in order.
        html: its HTML, when it is at hand; what stands only there is then known as ours, too.
        labels: what its buttons say, when the HTML is not at hand.
    """

    text: str
    items: tuple[tuple[int, str], ...] = ()
    html: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines that a person typed.

    Attributes:
        text: the lines, without blank ones around.
        quoted: the lines of the original directly above, "" when there are none.
        n: number of the To Do under which it stands; None when it stands under none, or when
            the answered mail is not known.
    """

    text: str
    quoted: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class VisibleAnswer:
    """What a person typed.

    Attributes:
        text: all her lines in reading order; "" when she typed nothing.
        segments: the same, cut where quoted lines stand between.
        uncertain: True when a careful reader should look at the whole mail.
        dropped: what was left out, block by block; the old mail below a program's own mark
            may be missing from it.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    uncertain: bool = False
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """One form of the mail, text or HTML, with every line labelled."""

    body: Body
    cut: Cut
    settled: Settled


def visible_answer(
    text: str | None, html: str | None, sent: SentMail | None = None
) -> VisibleAnswer:
    """Return what the sender of a mail typed herself.

    Args:
        text: the plain text part, None when the mail has none.
        html: the HTML part, None when the mail has none.
        sent: the mail of ours that is answered, when it is known.
    """
    body = body_of_text(text or "")
    whole = None if sent is None else whole_quote(body, sent.text)
    if whole is not None:
        cut = find_quotes(body)
        return _assembled(_Page(body, cut, settle_whole(body, cut, whole)))
    original = _original(sent) if sent is not None else None
    items = sent.items if sent is not None else ()
    page = _labelled(body, original, items)
    blank = not any(body.bare)
    if html and (blank or page.settled.freed or _lacks_cut(page, html)):
        from_html = _labelled(_html_body(html, whole=original is not None), original, items)
        if blank:
            page = from_html
        elif page.settled.freed:
            confirm_freed(body, page.settled, _own_words(from_html))
        elif from_html.cut.certain or from_html.settled.found:
            page = _mapped(page, from_html)
    return _assembled(page)


def _own_words(page: _Page) -> str:
    own = (
        line
        for line, part in zip(page.body.bare, page.settled.parts, strict=True)
        if part is Part.OWN
    )
    return " ".join(folded_words(" ".join(own)))


def _lacks_cut(page: _Page, html: str) -> bool:
    """Tell whether the HTML may know a border that the text does not show."""
    if page.cut.certain or page.settled.found:
        return False
    return any(hint in html for hint in _QUOTE_HINTS)


def _original(sent: SentMail) -> Original:
    shown = _html_body(sent.html, whole=True).shown if sent.html else ()
    return original_of(sent.text, "\n".join((*shown, *sent.labels)))


def _html_body(html: str, *, whole: bool) -> Body:
    from mailflow.mail.html_lines import body_of_html  # noqa: PLC0415 - most mails need no tree

    return body_of_html(html, whole=whole)


def _labelled(body: Body, original: Original | None, items: tuple[tuple[int, str], ...]) -> _Page:
    cut = find_quotes(body)
    if original is None:
        return _Page(body, cut, Settled(cut.parts, cut.typed))
    return _Page(body, cut, settle(body, cut, original, items))


def _mapped(page: _Page, from_html: _Page) -> _Page:
    """Cut the text where the HTML says; use the HTML itself where the two do not agree."""
    parts = from_html.settled.parts
    quoted = "\n".join(
        line for line, part in zip(from_html.body.shown, parts, strict=True) if part is not Part.OWN
    )
    mapped = settle(page.body, page.cut, original_of(quoted), ())
    return _Page(page.body, page.cut, mapped) if mapped.found else from_html


def _assembled(page: _Page) -> VisibleAnswer:
    """Drop signatures, and join what is left."""
    body, settled = page.body, page.settled
    parts = settled.parts
    for start, end in _runs(parts):
        for at in signature_lines(body, start, end):
            parts[at] = Part.SIGNATURE
    segments: list[Segment] = []
    dropped: list[str] = []
    for start, end in _blocks(page):
        if parts[start] is Part.OWN or start in settled.typed:
            block = settled.typed.get(start) or _joined(body, start, end)
            if is_visible(block):
                quoted = _quoted_above(page, start)
                segments.append(Segment(block.strip(), quoted, settled.items.get(start)))
        elif (block := _joined(body, start, end)).strip():
            dropped.append(block)
    whole = "\n\n".join(segment.text for segment in segments)
    doubtful = page.cut.doubtful and not settled.found
    if not segments and Mark.SIGNATURE in body.marks:
        doubtful = True  # people do write into the place of their signature
    uncertain = body.capped or doubtful or any(body.depth[at] for at in settled.freed)
    return VisibleAnswer(whole.strip(), tuple(segments), uncertain, tuple(dropped))


def _joined(body: Body, start: int, end: int) -> str:
    return "\n".join(line.rstrip() for line in body.shown[start:end]).strip("\n")


def _runs(parts: list[Part]) -> list[tuple[int, int]]:
    """Return the stretches of own lines."""
    runs = []
    start = None
    for at, part in enumerate([*parts, Part.QUOTED]):
        own = part is Part.OWN
        if own and start is None:
            start = at
        elif not own and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _blocks(page: _Page) -> list[tuple[int, int]]:
    """Return the stretches of lines of one owner; a line that was typed into stands alone."""
    parts, typed = page.settled.parts, page.settled.typed
    blocks = []
    start = 0
    for at in range(1, len(parts) + 1):
        alike = at < len(parts) and (parts[at] is Part.OWN) == (parts[start] is Part.OWN)
        if alike and at not in typed and at - 1 not in typed:
            continue
        blocks.append((start, at))
        start = at
    return blocks


def _quoted_above(page: _Page, start: int) -> str:
    """Return the last paragraph of the original above line `start`."""
    bare, parts = page.body.bare, page.settled.parts
    if start in page.settled.typed:
        return page.settled.around.get(start, "")
    last = start - 1
    while last >= 0 and not bare[last]:
        last -= 1
    first = last + 1
    lowest = max(0, last - _QUOTED_LINES)
    while first > lowest and parts[first - 1] is Part.QUOTED and bare[first - 1]:
        first -= 1
    return "\n".join(bare[first : last + 1])
