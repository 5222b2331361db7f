"""Files that may hold a plan: text, Markdown, CSV, XLSX; as lines, or refused with a reason."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.reading.plan_lines import PlanLine, clean_line, own_lines, plan_lines
from mailflow.reading.plan_tables import columns_of
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_xlsx import MOST_OCTETS, UnreadableSheet, sheet_rows

MOST_CHARACTERS = 1_000_000
MOST_LINES = 20_000
_MOST_COLUMNS = 60
_SEPARATORS = (",", ";", "\t")
_SAMPLE = 20_000
_SAMPLE_LINES = 30
TEXTS = (".txt", ".md", ".markdown", ".text")
_CSVS = (".csv", ".tsv")
_SHEETS = (".xlsx",)
_LIKELY = (".xls", ".ods", ".xlsm", ".numbers", ".docx", ".doc", ".odt", ".rtf")
_ZIP = b"PK\x03\x04"
_CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class FileLines:
    """The lines of a file, and what is wrong with it, by line where it has one."""

    lines: tuple[PlanLine, ...] = ()
    faults: tuple[tuple[PlanLine | None, Fault], ...] = ()


def may_hold_plan(name: str, media_type: str) -> bool:
    """Return whether a file is of a kind that plans come in."""
    ending = name.lower()
    return ending.endswith((*TEXTS, *_CSVS, *_SHEETS)) or media_type in (
        "text/markdown",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def is_foreign_plan(name: str) -> bool:
    """Return whether somebody may well have put a plan into a file that is not read."""
    return name.lower().endswith(_LIKELY)


def kind_of_content(content: bytes) -> str:
    """Return a file name that fits what is in the file: "plan.xlsx", "plan.csv", "plan.txt"."""
    if content[:4] == _ZIP:
        return "plan.xlsx"
    head = (decoded(content[:_SAMPLE]) or "").splitlines()[:_SAMPLE_LINES]
    rows = (line[:2000].split(_separator(head)) for line in head)
    named = any(columns_of([cell.strip(' "') for cell in row]) for row in rows)
    return "plan.csv" if named else "plan.txt"


def too_long(text: str) -> Fault | None:
    """Return what is wrong with a text that is too long to be a plan."""
    if len(text) > MOST_CHARACTERS:
        facts = (("size", f"{len(text):,}"), ("most", f"{MOST_CHARACTERS:,}"))
        return Fault("too_long", facts)
    lines = text.count("\n") + text.count("\r")
    if lines > 2 * MOST_LINES or (lines > MOST_LINES and len(text.splitlines()) > MOST_LINES):
        return Fault("too_many_lines", (("size", f"{lines:,}"), ("most", f"{MOST_LINES:,}")))
    return None


def file_lines(name: str, content: bytes) -> FileLines:
    """Return the lines of a file that may hold a plan."""
    ending = name.lower()
    if ending.endswith(_SHEETS) or content[:4] == _ZIP:
        return _sheet(name, content)
    if len(content) > MOST_OCTETS:
        facts = (("size", f"{len(content):,}"), ("most", f"{MOST_CHARACTERS:,}"))
        return FileLines(faults=((None, Fault("too_long", facts)),))
    text = decoded(content)
    if text is None:
        return FileLines(faults=((None, Fault("rubbish", (("name", name),))),))
    fault = too_long(text)
    if fault is not None:
        return FileLines(faults=((None, fault),))
    return _separated(text) if ending.endswith(_CSVS) else FileLines(own_lines(plan_lines(text)))


def decoded(content: bytes) -> str | None:
    """Return bytes as text: UTF-8, UTF-16 with a mark, else Windows-1252; None for rubbish."""
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                text = content.decode(codec)
            except UnicodeDecodeError:
                continue
            return None if "\0" in text else text
    strange = sum(content.count(bytes((code,))) for code in _CONTROLS)
    if strange * 100 > len(content):
        return None
    return content.decode("cp1252", errors="replace")


def _sheet(name: str, content: bytes) -> FileLines:
    try:
        rows = sheet_rows(content)
    except UnreadableSheet as error:
        facts = (("name", name), ("reason", error.reason))
        return FileLines(faults=((None, Fault("bad_sheet", facts)),))
    lines = [_line(row.number, row.cells) for row in rows]
    faults = [
        (line, Fault("formula", (("cell", cell),)))
        for row, line in zip(rows, lines, strict=True)
        for cell in row.formulas
    ]
    return FileLines(tuple(lines), tuple(faults))


def _separated(text: str) -> FileLines:
    head = text[:_SAMPLE].splitlines()[:_SAMPLE_LINES]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(head))
    lines: list[PlanLine] = []
    start = 1
    try:
        for cells in reader:
            lines.append(_line(start, cells))
            start = reader.line_num + 1
    except csv.Error:
        fault = Fault("rubbish", (("name", "CSV"),))
        return FileLines(tuple(lines), ((PlanLine(start, 0, "", ""), fault),))
    return FileLines(tuple(lines))


def _separator(lines: Sequence[str]) -> str:
    """Return what stands between the cells: the sign that most lines have, and have often."""
    return max(_SEPARATORS, key=lambda mark: _spread(lines, mark))


def _spread(lines: Sequence[str], mark: str) -> tuple[int, int]:
    counts = [line.count(mark) for line in lines]
    return sum(count > 0 for count in counts), sum(counts)


def _line(number: int, cells: Iterable[str]) -> PlanLine:
    cleaned = [_cell(cell) for cell in list(cells)[:_MOST_COLUMNS]]
    filled = [cell for cell in cleaned if cell]
    shown = " | ".join(filled)
    if len(filled) < 2:
        return PlanLine(number, 0, shown, shown)
    return PlanLine(number, 0, shown, shown[:300], cells=tuple(cleaned))


def _cell(text: str) -> str:
    lines = (" ".join(clean_line(line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
