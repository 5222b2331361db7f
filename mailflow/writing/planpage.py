"""The Plan on a Page: one plan, one reader, one PDF.

Equal arguments give equal bytes, so a page may be kept and sent again. Fonts are opened once
a process. Nothing that people wrote is read as markup, link or path: it is drawn glyph by
glyph (ISO 32000-1).
"""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab.pdfgen.canvas import Canvas

from mailflow.domain.people import People
from mailflow.domain.plan import Plan
from mailflow.domain.worktime import local_day
from mailflow.writing.page_facts import NAME_LIMIT, Reader
from mailflow.writing.page_layout import Edition, draw_pages, paper_for
from mailflow.writing.page_pen import Pen
from mailflow.writing.page_text import spoken
from mailflow.writing.page_words import page_words


@dataclass(frozen=True, slots=True)
class PageLook:
    """For whom a page is made, and when.

    Attributes:
        language: of the words and dates, ISO 639-1; an unknown one is written in English.
        timezone: IANA name; the zone of the stamp, and of what counts as late.
        country: of the provider, ISO 3166-1 alpha-2; it decides the size of the paper.
        made_at: the present instant (aware).
        reader_inside: the reader belongs to the team and sees what is internal.
        provider_name: as the head shows it.
        changed: numbers of To Dos that changed since this reader's last copy.
    """

    language: str
    timezone: str
    country: str
    made_at: datetime
    reader_inside: bool
    provider_name: str
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A finished page.

    Attributes:
        pdf: the file.
        missing: characters that no font here can draw; they were replaced.
        shortened: how many texts were too long and end with an ellipsis.
    """

    pdf: bytes
    missing: frozenset[str] = frozenset()
    shortened: int = 0


def plan_page(plan: Plan, people: People, look: PageLook) -> bytes:
    """Return the page of a plan as PDF; equal arguments give equal bytes."""
    return draw_page(plan, people, look).pdf


def draw_page(plan: Plan, people: People, look: PageLook) -> DrawnPage:
    """Return the page of a plan as PDF, and what could not be shown as it was written."""
    reader = Reader(people, inside=look.reader_inside, changed=look.changed)
    facts = reader.facts(plan)
    words = page_words(look.language, look.country, look.timezone)
    edition = Edition(
        words=words,
        today=local_day(look.made_at, look.timezone),
        provider=reader.clean.line(look.provider_name, NAME_LIMIT),
        stamp=words.stamp(look.made_at),
        size=paper_for(look.country),
    )
    file = io.BytesIO()
    canvas = Canvas(
        file, pagesize=edition.size, invariant=1, pageCompression=1, lang=words.language
    )
    canvas.setTitle(spoken(facts.title))
    canvas.setAuthor(spoken(edition.provider))
    canvas.setSubject(facts.code)
    canvas.setCreator("mailflow")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if words.rtl:
        canvas.setViewerPreference("Direction", "R2L")
    made = f"D:{look.made_at.astimezone(UTC):%Y%m%d%H%M%S}Z"
    canvas.setDateFormatter(lambda *_: made)
    draw_pages(Pen(canvas, edition.size, rtl=words.rtl), facts, edition)
    canvas.save()
    return DrawnPage(file.getvalue(), frozenset(reader.clean.missing), reader.clean.shortened)


def plan_fingerprint(plan: Plan, people: People, *, reader_inside: bool) -> str:
    """Return the fingerprint that such a reader's page carries."""
    return Reader(people, inside=reader_inside, changed=()).facts(plan).fingerprint
