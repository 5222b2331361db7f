"""`mailflow plan pdf` and `mailflow plan ics`: every kind of file that a plan may stand in."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from mailflow.commands.plan_files import write_calendar, write_page

ROWS = (
    ("Plan", "VAT return"),
    ("Client", "Marco Bianchi <marco@bianchi.example>"),
    ("To do", "Who", "When"),
    ("Send the invoices", "Marco", "6 March"),
)


@pytest.fixture(autouse=True)
def _in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILFLOW_NOW", "2026-02-20T09:00:00+00:00")
    monkeypatch.setenv("MAILFLOW_LOCALE", "en-GB")


def as_sheet() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


FILES = {
    "vat.txt": b"Plan: VAT return\nClient: Marco Bianchi <marco@bianchi.example>\n"
    b"- Send the invoices @Marco by 6 March\n",
    "vat.csv": "\n".join(";".join(row) for row in ROWS).encode(),
    "vat.xlsx": as_sheet(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_plan_becomes_a_page_and_a_calendar(name: str, tmp_path: Path) -> None:
    plan, page, dates = tmp_path / name, tmp_path / "out.pdf", tmp_path / "out.ics"
    plan.write_bytes(FILES[name])

    assert (write_page(plan, page), write_calendar(plan, dates)) == (0, 0)
    text = PdfReader(page).pages[0].extract_text()
    assert "VAT return" in text
    assert "Send the invoices" in text
    assert b"DTSTART;VALUE=DATE:20260306" in dates.read_bytes()


def test_rubbish_is_told_and_makes_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, page = tmp_path / "plan.xlsx", tmp_path / "out.pdf"
    plan.write_bytes(b"PK\x03\x04 no sheet at all")

    assert write_page(plan, page) == 1
    assert "could not be opened" in capsys.readouterr().err
    assert not page.exists()
