"""Rows of a spreadsheet in Office Open XML, read within narrow bounds (ECMA-376, part 1).

Written by hand because a sheet comes from outside: sizes are looked at before anything is
unpacked, document types and entities are refused, empty cells up to row one million are never
made, and formulas are not read at all, neither their text nor the value that was last
calculated.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from xml.parsers import expat

MOST_OCTETS = 5_000_000
_MOST_UNPACKED = 40_000_000
_MOST_PART = 12_000_000
_MOST_ELEMENTS = 300_000
_MOST_MEMBERS = 400
_MOST_ROWS = 20_000
_MOST_COLUMNS = 60
_MOST_CELL = 4_000
_MOST_RATIO = 200
_SMALL_PART = 100_000

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's days have no zone
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]{0,80}"|\[[^\]]{0,40}\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class SheetReason(StrEnum):
    """Why a sheet is not read: a key of the `[sheet_reasons]` section of a language."""

    TOO_LARGE = "too_large"
    BROKEN = "broken"


class UnreadableSheet(Exception):
    """A sheet that is not read."""

    def __init__(self, reason: SheetReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, its cells as text, and the names of cells with formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[str, ...] = ()


def sheet_rows(content: bytes) -> tuple[Row, ...]:
    """Return the filled rows of the first sheet that is not hidden.

    Days become ISO 8601. Cells with formulas are empty and named.

    Raises:
        UnreadableSheet: it is none, or larger or stranger than a plan ever is.
    """
    if len(content) > MOST_OCTETS:
        raise UnreadableSheet(SheetReason.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(archive).rows()
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise UnreadableSheet(SheetReason.BROKEN) from error
    except (expat.ExpatError, RuntimeError, ValueError, OverflowError) as error:
        raise UnreadableSheet(SheetReason.BROKEN) from error


class _Workbook:
    """The parts of one file; unpacked only as far as they are needed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnreadableSheet(SheetReason.TOO_LARGE)
        if sum(member.file_size for member in members) > _MOST_UNPACKED:
            raise UnreadableSheet(SheetReason.TOO_LARGE)
        self.members = {member.filename.lstrip("/"): member for member in members}

    def part(self, name: str) -> bytes:
        """Return a part; "" where there is none.

        Never more than the size that was declared is unpacked: `zipfile` stops there.
        """
        member = self.members.get(name)
        if member is None:
            return b""
        bomb = member.file_size > _MOST_RATIO * max(1, member.compress_size)
        if member.file_size > _MOST_PART or (bomb and member.file_size > _SMALL_PART):
            raise UnreadableSheet(SheetReason.TOO_LARGE)
        return self.archive.read(member)

    def rows(self) -> tuple[Row, ...]:
        book = _Book()
        _parse(self.part("xl/workbook.xml"), book.start)
        links = _Links()
        _parse(self.part("xl/_rels/workbook.xml.rels"), links.start)
        name = links.target(book.first)
        sheet = self.part(name or "xl/worksheets/sheet1.xml")
        if not sheet:
            raise UnreadableSheet(SheetReason.BROKEN)
        styles, strings = _Styles(), _Strings()
        _parse(self.part("xl/styles.xml"), styles.start, styles.end)
        _parse(self.part("xl/sharedStrings.xml"), strings.start, strings.end, strings.text)
        reading = _Sheet(strings.found, styles.dates, _EPOCH_1904 if book.since_1904 else _EPOCH)
        _parse(sheet, reading.start, reading.end, reading.text)
        return tuple(reading.rows)


_Start = Callable[[str, dict[str, str]], None]


def _parse(
    content: bytes,
    start: _Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    if not content:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    elements = count()

    def opened(name: str, attributes: dict[str, str]) -> None:
        if next(elements) > _MOST_ELEMENTS:
            raise UnreadableSheet(SheetReason.TOO_LARGE)
        start(_local(name), {_local(key): value for key, value in attributes.items()})

    def refused(*_: object) -> None:
        raise UnreadableSheet(SheetReason.BROKEN)

    parser.StartElementHandler = opened
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    parser.Parse(content, True)  # noqa: FBT003 - the last piece


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Book:
    """Which sheet is the first that people see."""

    def __init__(self) -> None:
        self.first = ""
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and not self.first and attributes.get("state", "visible") == "visible":
            self.first = attributes.get("id", "")


class _Links:
    """In which part a sheet stands."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def target(self, link: str) -> str:
        target = self._targets.get(link, "")
        if not target:
            return ""
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Styles:
    """Which cell formats show a day."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._custom: dict[int, str] = {}
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._custom[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.dates.append(self._shows_day(_whole(attributes.get("numFmtId"))))

    def end(self, name: str) -> None:
        self._inside = self._inside and name != "cellXfs"

    def _shows_day(self, number: int) -> bool:
        code = _QUOTED.sub("", self._custom.get(number, "")[:200]).lower()
        return number in _BUILT_IN_DATES or "d" in code or "yy" in code


class _Strings:
    """The texts that cells share, without phonetic hints."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._open = self._hint = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        self._hint = self._hint or name == "rPh"
        self._open = name == "t" and not self._hint

    def end(self, name: str) -> None:
        self._open = False
        if name == "rPh":
            self._hint = False
        elif name == "si":
            self.found.append("".join(self._pieces)[:_MOST_CELL])

    def text(self, data: str) -> None:
        if self._open:
            self._pieces.append(data)


class _Sheet:
    """The rows of one sheet."""

    def __init__(self, strings: list[str], dates: list[bool], epoch: datetime) -> None:
        self.rows: list[Row] = []
        self._strings, self._dates, self._epoch = strings, dates, epoch
        self._number = self._column = 0
        self._cells: dict[int, str] = {}
        self._formulas: list[str] = []
        self._kind, self._style = "", 0
        self._pieces: list[str] = []
        self._open = self._formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._number = _whole(attributes.get("r")) or self._number + 1
            self._column, self._cells, self._formulas = 0, {}, []
        elif name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = _whole(attributes.get("s"))
            self._pieces, self._formula = [], False
        elif name == "f":
            self._formula = True
        self._open = name == "v" or (name == "t" and self._kind == "inlineStr")

    def end(self, name: str) -> None:
        self._open = False
        if name == "c" and self._column <= _MOST_COLUMNS:
            self._finish()
        elif name == "row" and (self._cells or self._formulas):
            if len(self.rows) >= _MOST_ROWS:
                raise UnreadableSheet(SheetReason.TOO_LARGE)
            width = max(self._cells, default=0)
            cells = tuple(self._cells.get(at, "") for at in range(1, width + 1))
            self.rows.append(Row(self._number, cells, tuple(self._formulas)))

    def text(self, data: str) -> None:
        if self._open:
            self._pieces.append(data)

    def _finish(self) -> None:
        if self._formula:
            self._formulas.append(f"{_letters(self._column)}{self._number}")
            return
        value = self._value("".join(self._pieces)[:_MOST_CELL])
        if value.strip():
            self._cells[self._column] = value.strip()

    def _value(self, text: str) -> str:
        if self._kind == "s":
            at = _whole(text.strip())
            return self._strings[at] if at < len(self._strings) else ""
        if self._kind in ("inlineStr", "str", "d"):
            return text
        if self._kind in ("b", "e"):
            return ""
        dated = self._style < len(self._dates) and self._dates[self._style]
        return self._day(text) if dated else _plain(text)

    def _day(self, text: str) -> str:
        try:
            day: date = (self._epoch + timedelta(days=float(text))).date()
        except (ValueError, OverflowError):
            return text
        return day.isoformat()


def _plain(text: str) -> str:
    """Return a number as people write it: 3 rather than 3.0."""
    return text.removesuffix(".0")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
