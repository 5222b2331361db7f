"""Small things a provider or a client says, and what a page tells since the last one."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.builders import JourneyOffice, Letter


@pytest.fixture
def running(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def said(office: JourneyOffice, lines: str) -> str:
    office.dana.mails(lines)
    return " ".join(office.dana.last("transcript").text.split())


def page(letter: Letter) -> str:
    """Return the words of the page that came with a letter, on one line."""
    [pdf] = [a for a in letter.received.message.attachments if a.name.endswith(".pdf")]
    reader = PdfReader(BytesIO(pdf.content))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def test_what_is_so_already_is_called_by_its_name(running: JourneyOffice) -> None:
    assert "is due on Friday 6 March 2026 already" in said(running, "due TAX-1: 6 March")
    assert "is with Carol Jones already" in said(running, "assign TAX-1 to carol")
    said(running, "hold TAX-1 until 5 March")
    assert "rests until Thursday 5 March 2026 already" in said(running, "hold TAX-1 until 5 March")


def test_the_provider_chooses_how_dates_come(running: JourneyOffice) -> None:
    assert "gets no calendar files any more" in said(running, "calendar carol none")
    said(running, "due TAX-1: 9 March")
    assert running.carol.last("change_notice").entries == ()
    assert "gets dates as tasks" in said(running, "calendar carol todo")
    assert "Possible are auto, todo and none" in said(running, "calendar carol pigeons")
    said(running, "due TAX-1: 10 March")
    [entry] = running.carol.last("change_notice").entries
    assert b"BEGIN:VTODO" in entry.data


def test_a_client_chooses_too(running: JourneyOffice) -> None:
    running.carol.answers("calendar none", to="to_dos_asked")
    said(running, "due TAX-1: 9 March")

    assert running.carol.last("change_notice").entries == ()


def test_a_page_tells_what_changed_since_this_readers_last_one(running: JourneyOffice) -> None:
    running.dana.mails("show TAX")
    assert "Since the last copy" not in page(running.dana.last())
    running.carol.answers("1 attached", ("s.pdf", "application/pdf", b"%PDF-1.4"),
                          to="to_dos_asked")  # fmt: skip
    running.dana.mails("show TAX")
    first = page(running.dana.last())
    running.dana.mails("show TAX")

    assert "Since the last copy" in first
    assert "Since the last copy" not in page(running.dana.last())
