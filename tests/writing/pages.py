"""Reads pages back the way a person or a program would."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from mailflow.domain.people import People
from mailflow.domain.plan import Plan
from mailflow.writing.planpage import PageLook, plan_page
from tests.writing import builders


def opened(plan: Plan, look: PageLook | None = None, people: People | None = None) -> PdfReader:
    pdf = plan_page(plan, people or builders.people(), look or builders.look())
    return PdfReader(io.BytesIO(pdf))


def text_of(plan: Plan, look: PageLook | None = None, people: People | None = None) -> str:
    return "\n".join(page.extract_text() for page in opened(plan, look, people).pages)


def everything_in(reader: PdfReader) -> str:
    """Return all that a page says anywhere: text, outline, properties."""
    said = [page.extract_text() for page in reader.pages]
    said += [str(value) for value in (reader.metadata or {}).values()]
    return "\n".join((*said, *_titles(reader.outline)))


def _titles(outline: Any) -> Iterator[str]:  # noqa: ANN401 - a tree of lists and entries
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)
