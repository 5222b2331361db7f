"""What a person typed, out of everything that her mail program sent.

The one door is `visible_answer`. It knows three things: the plain text, the HTML, and (when
the mail answers one of ours) what we wrote. The last is the surest: what we sent is not hers.
"""

from dataclasses import dataclass

from mailflow.mail.lines import Body, body_of_text
from mailflow.mail.quotes import Part, find_quotes
from mailflow.mail.signature import signature_lines

_QUOTED_LINES = 12


@dataclass(frozen=True, slots=True)
class SentMail:
    """The mail of ours that is answered.

    Attributes:
        text: its plain text.
        items: number and line of each To Do in it, in order.
        html: its HTML; what stands only there (buttons) is then known as ours, too.
    """

    text: str
    items: tuple[tuple[int, str], ...] = ()
    html: str | None = None


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
        dropped: what was left out, block by block, so that nothing is lost.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    uncertain: bool = False
    dropped: tuple[str, ...] = ()


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
    cut = find_quotes(body)
    if html and (not cut.certain or not any(body.bare)):
        from mailflow.mail.html_lines import body_of_html  # noqa: PLC0415 - the tree builder is only needed here

        shown = body_of_html(html, whole=False)
        shown_cut = find_quotes(shown)
        if shown_cut.certain or not any(body.bare):
            body, cut = shown, shown_cut
    parts = cut.parts
    for start, end in _runs(parts):
        for at in signature_lines(body, start, end):
            parts[at] = Part.SIGNATURE
    return _assembled(body, parts, uncertain=body.capped)


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


def _assembled(body: Body, parts: list[Part], *, uncertain: bool) -> VisibleAnswer:
    segments: list[Segment] = []
    dropped: list[str] = []
    start = 0
    for at in range(1, len(parts) + 1):
        if at < len(parts) and (parts[at] is Part.OWN) == (parts[start] is Part.OWN):
            continue
        block = "\n".join(line.rstrip() for line in body.shown[start:at]).strip("\n")
        if block.strip():
            if parts[start] is Part.OWN:
                segments.append(Segment(block, _quoted_above(body, parts, start)))
            else:
                dropped.append(block)
        start = at
    whole = "\n\n".join(segment.text for segment in segments)
    return VisibleAnswer(whole.strip(), tuple(segments), uncertain, tuple(dropped))


def _quoted_above(body: Body, parts: list[Part], start: int) -> str:
    """Return the last paragraph of the original above line `start`."""
    last = start - 1
    while last >= 0 and not body.bare[last]:
        last -= 1
    first = last + 1
    while (
        first > 0
        and last - first < _QUOTED_LINES
        and parts[first - 1] is Part.QUOTED
        and body.bare[first - 1]
    ):
        first -= 1
    return "\n".join(body.bare[first : last + 1])
