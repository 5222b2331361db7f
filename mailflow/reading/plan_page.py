"""The page that HTML is written onto, line by line, as a plan in plain text."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"})
_BOLD = frozenset({"b", "strong"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARGIN = re.compile(r"(?:margin|padding)(?:-left)?:\s*([^;]{1,60})")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(px|pt|in|cm|em|rem|%)?")
_PIXELS = {"px": 1.0, "pt": 1.33, "in": 96.0, "cm": 38.0, "em": 16.0, "rem": 16.0}
_WORD_LEVEL = re.compile(r"mso-list:[^;]{0,40}\blevel(\d)")
_NO_GAP = re.compile(r"margin(?:-top|-bottom)?:\s*0")
_INDENT = 4
_INDENT_PIXELS = 36.0
_LEAST_INDENT = 15.0


@dataclass(slots=True)
class _Cells:
    """A row of a table that is being filled."""

    done: list[str] = field(default_factory=list)
    open: list[str] | None = None


class Page:
    """Takes elements as they begin and end, and gives lines."""

    def __init__(self) -> None:
        """Start with an empty page."""
        self._lines: list[str] = []
        self._line: list[str] = []
        self._bold = 0
        self._plain = False
        self._indents: list[int] = []
        self._lists: list[int | None] = []
        self._tables: list[bool] = []
        self._row: _Cells | None = None
        self._preformatted = 0
        self._bullet = ""
        self._links: list[int] = []

    def text(self) -> str:
        """Return the page."""
        self._end_line()
        return "\n".join(self._lines)

    # Elements

    def enter(self, node: LexborNode) -> None:
        """Take the beginning of an element, or a text."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return
        if tag in _BLOCKS and self._in_cell is None:
            self._end_line()
        if tag in _SPACED or (tag == "p" and not _is_tight(node)):
            self._gap()
        self._indents.append(self._indent_of(node, tag))
        self._begin(node, tag)

    def leave(self, node: LexborNode) -> None:
        """Take the end of an element."""
        tag = node.tag or ""
        self._end(node, tag)
        if tag in _BLOCKS and self._in_cell is None:
            self._end_line()
        self._indents.pop()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        outermost = tag not in ("ul", "ol") or not self._lists
        if (tag in _SPACED and outermost) or (tag == "p" and not _is_tight(node)):
            self._gap()

    @property
    def _in_cell(self) -> list[str] | None:
        return self._row.open if self._row is not None else None

    def _begin(self, node: LexborNode, tag: str) -> None:
        match tag:
            case "br":
                self._break()
            case "ul":
                self._lists.append(None)
            case "ol":
                start = node.attributes.get("start") or "1"
                self._lists.append(int(start) if start.isdecimal() and len(start) < 5 else 1)
            case "li":
                self._begin_item()
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._line.append("#" * int(tag[1]) + " ")
                self._plain = True
            case "a":
                self._links.append(len(self._cell_or_line()))
            case "table" | "tr" | "td" | "th":
                self._begin_table(node, tag)
            case _:
                self._preformatted += tag == "pre"
                self._bold += tag in _BOLD or _is_bold(node)

    def _end(self, node: LexborNode, tag: str) -> None:
        match tag:
            case "a":
                self._end_link(node)
            case "table" | "tr" | "td" | "th":
                self._end_table(tag)
            case "br" | "ul" | "ol" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                pass
            case _:
                self._preformatted -= tag == "pre"
                self._bold -= tag in _BOLD or _is_bold(node)

    # Lists

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _indent_of(self, node: LexborNode, tag: str) -> int:
        """Return by how many spaces this element stands further in than its parent."""
        if tag in ("ul", "ol"):
            return _INDENT if self._lists else 0
        if tag == "blockquote":
            return _INDENT
        style = node.attributes.get("style") or ""
        level = _WORD_LEVEL.search(style)
        if level is not None:
            return _INDENT * (int(level[1]) - 1)
        if tag in ("p", "div", "li", "dd") and style:
            return _INDENT * _steps_in(style)
        return _INDENT if tag == "dd" else 0

    # Tables

    def _begin_table(self, node: LexborNode, tag: str) -> None:
        if tag == "table":
            self._tables.append(self._row is None and _holds_rows(node))
        elif self._tables and self._tables[-1]:
            if tag == "tr":
                self._row = _Cells()
            elif self._row is not None:
                self._row.open = []
        elif tag in ("td", "th"):
            self._end_line()

    def _end_table(self, tag: str) -> None:
        if tag == "table":
            if self._tables:
                self._tables.pop()
        elif self._tables and self._tables[-1]:
            if self._row is not None and tag != "tr":
                self._row.done.append(" ".join("".join(self._row.open or []).split()))
                self._row.open = None
            elif self._row is not None:
                cells, self._row = self._row.done, None
                if any(cells):
                    escaped = [cell.replace("|", "/") for cell in cells]
                    self._lines.append("| " + " | ".join(escaped) + " |")

    # Words

    def _cell_or_line(self) -> list[str]:
        cell = self._in_cell
        return self._line if cell is None else cell

    def _write(self, text: str) -> None:
        if self._preformatted and self._in_cell is None:
            parts = text.replace("\r", "").split("\n")
            for at, part in enumerate(parts):
                if at:
                    self._break()
                self._put(part)
            return
        self._put(_BLANKS.sub(" ", text) if self._in_cell is None else text)

    def _put(self, text: str) -> None:
        target = self._cell_or_line()
        if not text or (text == " " and not target):
            return
        if not target and not self._preformatted:
            text = text.lstrip(" ")
        if text.strip("\u00a0 ") and not self._bold:
            self._plain = True
        target.append(text)

    def _break(self) -> None:
        cell = self._in_cell
        if cell is not None:
            cell.append(" ")
            return
        if not self._line and not self._bullet:
            self._lines.append("")
        self._end_line()

    def _end_link(self, node: LexborNode) -> None:
        start = self._links.pop() if self._links else 0
        target = node.attributes.get("href") or ""
        words = "".join(self._cell_or_line()[start:])
        if target[:7].lower() == "mailto:" and words.strip():
            address = target[7:].partition("?")[0].replace("%40", "@")
            if "@" in address and address.lower() not in words.lower():
                self._cell_or_line().append(f" <{address}>")

    def _end_line(self) -> None:
        words = "".join(self._line).rstrip(" ")
        if not words.strip("\u00a0 "):
            if self._line and not self._bullet:
                self._lines.append("")
            self._line = []
            self._plain = False
            return
        body = words.lstrip("\u00a0 ")
        lead = len(words) - len(body)
        bold = not self._plain and not self._bullet and not body.startswith(("- ", "#"))
        if bold:
            body = f"**{body}**"
        hanging = 0 if self._bullet or not self._lists else 2
        indent = sum(self._indents) + lead + hanging
        self._lines.append(" " * indent + self._bullet + body)
        self._line, self._plain, self._bullet = [], False, ""

    def _gap(self) -> None:
        if self._in_cell is None and self._lines and self._lines[-1]:
            self._lines.append("")


def _is_bold(node: LexborNode) -> bool:
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "font-weight:bold" in style or "font-weight:700" in style


def _is_tight(node: LexborNode) -> bool:
    classes = node.attributes.get("class") or ""
    style = (node.attributes.get("style") or "").lower()
    return classes.startswith("Mso") or _NO_GAP.search(style) is not None


def _steps_in(style: str) -> int:
    """Return how many steps a margin or padding moves text to the right."""
    pixels = 0.0
    for hit in _MARGIN.finditer(style.lower()):
        lengths = _LENGTH.findall(hit[1])
        if not lengths:
            continue
        left = lengths[-1] if len(lengths) == 4 else lengths[1] if len(lengths) > 1 else lengths[0]
        if len(lengths) == 1 and "-left" not in hit[0]:
            continue
        pixels += float(left[0]) * _PIXELS.get(left[1], 0.0)
    if pixels < _LEAST_INDENT:
        return 0
    return max(1, round(pixels / _INDENT_PIXELS))


def _holds_rows(table: LexborNode) -> bool:
    """Tell a table of words from one that only lays out the page."""
    if table.css_first("table table") is not None:
        return False
    for row in table.css("tr"):
        if len([cell for cell in row.iter() if cell.tag in ("td", "th")]) > 1:
            return True
    return False
