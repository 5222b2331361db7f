"""Where in a mail the plan is: in its text, in its HTML, or in a file that came with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailflow.reading.plan_edit_sent import levelled, unquoted
from mailflow.reading.plan_files import (
    TEXTS,
    FileLines,
    decoded,
    file_lines,
    is_foreign_plan,
    kind_of_content,
    may_hold_plan,
    too_long,
)
from mailflow.reading.plan_html import MOST_HTML, html_text
from mailflow.reading.plan_lines import PlanLine, own_lines, plan_lines
from mailflow.reading.plan_outline import outline
from mailflow.reading.plan_parts import Outline
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_world import PlanSource

_MOST_FILES = 20
_MOST_MENDED = 100_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a mail as a plan.

    Attributes:
        found: the outline of the lines.
        files: names of the files that are not the plan itself.
        faults: what is wrong with the mail or its files, by line where there is one.
    """

    found: Outline
    files: tuple[str, ...]
    faults: tuple[tuple[PlanLine | None, Fault], ...] = ()


def candidates(source: PlanSource) -> Iterator[Candidate]:
    """Yield the ways to read a mail as a plan, the likeliest first.

    A body with To Dos is the plan. Otherwise it is the first file that has some, and the body
    may still hold the headers. There is always at least one.
    """
    names = tuple(name for name, _, _ in source.files)
    bodies = list(_bodies(source))
    faults = tuple((None, fault) for fault in bodies if isinstance(fault, Fault))
    outlines = [outline(lines) for lines in bodies if not isinstance(lines, Fault)]
    written = [found for found in outlines if found.todos]
    if written:
        yield from (Candidate(found, names) for found in written)
        return
    head = outlines[0] if outlines else Outline()
    for name, read in _plan_files(source):
        more = outline(read.lines)
        others = tuple(other for other in names if other != name)
        if more.todos or read.faults:
            yield Candidate(_joined(head, more), others, read.faults)
            return
    foreign = next((name for name in names if is_foreign_plan(name)), None)
    if foreign is not None:
        faults = (*faults, (None, Fault("no_plan_file", (("name", foreign),))))
    yield Candidate(head, names, faults)


def _bodies(source: PlanSource) -> Iterator[tuple[PlanLine, ...] | Fault]:
    """Yield the lines of the text, then of the HTML, as far as they say something else."""
    text, html = source.text or "", source.html or ""
    if text.strip():
        yield too_long(text) or own_lines(plan_lines(text))
    if not html.strip():
        return
    if len(html) > MOST_HTML:
        facts = (("size", f"{len(html):,}"), ("most", f"{MOST_HTML:,}"))
        yield Fault("too_long", facts)
        return
    shown = html_text(html)
    if not shown.strip():
        shown = html_text(html, quoted=True)
    yield too_long(shown) or own_lines(plan_lines(shown))


def _plan_files(source: PlanSource) -> Iterator[tuple[str, FileLines]]:
    for name, media_type, content in source.files[:_MOST_FILES]:
        if may_hold_plan(name, media_type):
            yield name, file_lines(name, content)


def _joined(head: Outline, more: Outline) -> Outline:
    """Put the headers of a mail before the plan in its file."""
    given = {header.name for header in more.headers}
    headers = [header for header in head.headers if header.name not in given]
    return Outline(
        headers=[*headers, *more.headers],
        phases=more.phases,
        strays=more.strays if not head.headers else [*head.strays, *more.strays],
        begun=more.begun,
    )


def source_of_file(name: str, content: bytes) -> PlanSource:
    """Return a file as a source, whatever it is called: a sheet, CSV, or mere text.

    Args:
        name: its name, "" for standard input.
        content: the whole of it.
    """
    kind = name if may_hold_plan(name, "") else kind_of_content(content)
    return PlanSource(files=((kind, "", content),))


def edited_text(source: PlanSource) -> str:
    """Return the text in which a plan may have come back changed, with all that it quotes."""
    text = source.text or ""
    text = levelled(text) if text.strip() else _from_html(source.html or "")
    files = (
        decoded(content)
        for name, _, content in source.files[:_MOST_FILES]
        if name.lower().endswith(TEXTS)
    )
    return "\n\n".join(filter(None, (text, *files)))


def _from_html(html: str) -> str:
    """Return what was typed in HTML, and below it, levelled, what it quotes."""
    if not html.strip() or len(html) > MOST_HTML:
        return ""
    typed = html_text(html).rstrip().split("\n")
    whole = html_text(html, quoted=True).split("\n")
    if whole[: len(typed)] != typed:
        typed = []
    rest = "\n".join(f"> {line}" for line in whole[len(typed) :])
    return levelled("\n".join((*typed, rest)))


def code_in(text: str) -> str:
    """Return the code in a header of a plan text, in capitals, "" where there is none."""
    if too_long(text) is not None:
        return ""
    headers = outline(own_lines(plan_lines(unquoted(text)))).headers
    named = (header.value for header in headers if header.name == "code")
    return next(named, "").strip(" \"'“”.[]").upper()


def mendable_text(source: PlanSource) -> str:
    """Return the body that holds a plan, for correcting lines in it; "" where a file holds it."""
    text = edited_text(replace(source, files=()))
    if len(text) > _MOST_MENDED or not outline(own_lines(plan_lines(text))).todos:
        return ""
    return text
