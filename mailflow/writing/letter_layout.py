"""From a sheet to a letter: greeting, pieces, signature, small print, reference."""

from mailflow.writing import templates
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_parts import Block, Heading, Letter, Panel, Para, Sheet
from mailflow.writing.letter_plain import plain, wrapped
from mailflow.writing.words import Said, one_line


def lay_out(desk: Desk, kind: str, sheet: Sheet) -> Letter:
    """Return the finished letter.

    Args:
        desk: the reader's.
        kind: name of the notice.
        sheet: what the letter says.
    """
    subject = one_line(f"{sheet.subject} [{sheet.tag}]" if sheet.tag else sheet.subject)
    return Letter(
        to=desk.reader.id,
        kind=kind,
        subject=subject,
        text=_text(desk, sheet),
        html=_html(desk, sheet, subject),
        items=sheet.items,
        entries=sheet.entries,
        pages=sheet.pages,
        answering=sheet.answering,
    )


def welcome(desk: Desk) -> tuple[Panel, ...]:
    """Return who writes and how to answer, for a client's first letter; else nothing."""
    if desk.reader.inside or desk.reader.welcomed:
        return ()
    writer = desk.office.people[desk.office.provider].display
    lines = ("welcome.who", "welcome.how", "welcome.contacts")
    return (
        Panel(
            desk.tell("welcome.title"),
            tuple(desk.tell(line, writer=writer) for line in lines),
        ),
    )


def _greeting(desk: Desk, sheet: Sheet) -> Said | None:
    return desk.tell("frame.hello", name=desk.name(desk.reader.id)) if sheet.hello else None


def _signed(desk: Desk) -> Said:
    """The office's name; the provider herself is written to by the machine."""
    if desk.reader.id == desk.office.provider:
        return desk.tell("frame.machine")
    return desk.words.fact(desk.office.name)


def _text(desk: Desk, sheet: Sheet) -> str:
    hello = _greeting(desk, sheet)
    head = [hello.plain] if hello else []
    sign = [desk.say("frame.regards")] if sheet.regards else []
    pieces = [
        *head,
        plain(sheet.blocks),
        "\n".join([*sign, *wrapped(_signed(desk).plain)]),
        *("\n".join(wrapped(line.plain)) for line in sheet.small),
        desk.mark.ref,
    ]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _html(desk: Desk, sheet: Sheet, subject: str) -> str:
    words = desk.words
    return templates.render(
        {
            "language": words.language,
            "direction": words.direction,
            "start": "right" if words.direction == "rtl" else "left",
            "subject": subject,
            "eyebrow": sheet.eyebrow,
            "headline": sheet.headline,
            "hello": _greeting(desk, sheet),
            "blocks": _levelled(sheet.blocks),
            "regards": desk.tell("frame.regards") if sheet.regards else "",
            "name": _signed(desk),
            "small": sheet.small,
            "ref": desk.mark.ref,
        }
    )


def _levelled(blocks: tuple[Block, ...]) -> list[tuple[Block, int]]:
    """Titles of rows are headings of the level below what stands above them."""
    level, found = 2, list[tuple[Block, int]]()
    for block in blocks:
        if isinstance(block, Heading):
            level = 3
        found.append((block, level))
    return found


def small_print(desk: Desk) -> tuple[Said, ...]:
    """Return the words that always work, for whoever may need them."""
    if desk.reader.inside:
        return (desk.tell("frame.small_inside"),)
    return (desk.tell("frame.small_client"),)


def paragraphs(*said: Said) -> tuple[Para, ...]:
    """Return sentences as paragraphs."""
    return tuple(map(Para, said))
