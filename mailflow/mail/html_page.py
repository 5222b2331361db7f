"""A page being written from HTML elements: what each element does to the lines."""

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from mailflow.mail.html_marks import Role, role_of
from mailflow.mail.lines import MAX_CHARS, MAX_LINES, Mark

# fmt: off
_UNSEEN = frozenset((
    "style", "script", "head", "title", "meta", "link", "template", "noscript", "object",
    "svg", "map", "input", "select", "textarea", "button", "iframe", "video", "audio",
    "canvas", "-comment", "!doctype",
))
_BLOCKS = frozenset((
    "div", "p", "blockquote", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5",
    "h6", "pre", "center", "section", "article", "header", "footer", "main", "aside",
    "address", "dl", "dt", "dd", "fieldset", "form", "figure", "tbody", "thead", "tfoot",
    "caption", "hr",
))
# fmt: on
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"))
_COUNTED = frozenset(("pre", "ol", "ul", "li", "td", "th"))
_MARKS = {Role.ATTRIBUTION: Mark.ATTRIBUTION, Role.SIGNATURE: Mark.SIGNATURE}


class Opened(NamedTuple):
    """An element that was entered: what is to be done when it is left.

    Attributes:
        tag: its name.
        block: True when its lines stand by themselves.
        spaced: True when a blank line sets it off.
        quotes: 1 when it quotes.
        mark: the mark that holds again outside.
    """

    tag: str
    block: bool
    spaced: bool
    quotes: int
    mark: Mark


_INLINE = Opened("", block=False, spaced=False, quotes=0, mark=Mark.PLAIN)


class Page:
    """The lines that were written so far, their depth of quoting and their marks."""

    __slots__ = (
        "_kept_breaks",
        "_lists",
        "_roles",
        "_size",
        "_words",
        "depth",
        "full",
        "mark",
        "marks",
        "quotes",
        "ruled",
        "shown",
    )

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.depth: list[int] = []
        self.marks: list[Mark] = []
        self.quotes = 0
        self.mark = Mark.PLAIN
        self.full = False
        self.ruled = 0
        self._size = 0
        self._words: list[str] = []
        self._kept_breaks = 0
        self._lists: list[int | None] = []
        self._roles: dict[tuple[str | None, ...], Role] = {}

    def enter(self, node: LexborNode) -> Opened | None:
        """Begin a node; None when nothing inside it is to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return None
        if tag == "br":
            self._break_line()
            return None
        if tag in _UNSEEN:
            return None
        attributes = node.attributes
        role = self._role(tag, attributes) if attributes or tag in {"blockquote", "hr"} else None
        if role is Role.HIDDEN:
            return None
        if tag == "img":
            self._write(_picture(attributes.get("alt") or ""))
            return None
        if role is None and tag not in _BLOCKS and tag not in _COUNTED:
            return _INLINE
        return self._open(node, tag, role)

    def leave(self, opened: Opened) -> None:
        """End an element."""
        if opened is _INLINE:
            return
        tag, block, spaced, quotes, mark = opened
        if block:
            self.end_block()
            if spaced:
                self._space()
        self.quotes -= quotes
        if self.mark is not Mark.REST:
            self.mark = mark
        if tag == "pre":
            self._kept_breaks -= 1
        elif tag in {"ol", "ul"} and self._lists:
            self._lists.pop()

    def end_block(self) -> None:
        """End the line, unless it is empty."""
        if self._words:
            if self._kept_breaks or "".join(self._words).strip(" "):
                self._break_line()
            else:
                self._words.clear()

    def put(self, line: str, mark: Mark) -> None:
        """Add one finished line."""
        self.shown.append(line)
        self.depth.append(self.quotes)
        self.marks.append(mark)
        self._size += len(line) + 1
        if len(self.shown) >= MAX_LINES or self._size >= MAX_CHARS:
            self.full = True

    def _role(self, tag: str, attributes: dict[str, str | None]) -> Role | None:
        """Look an element up; a mail uses the same few styles again and again."""
        key = (tag, *attributes, *attributes.values())
        role = self._roles.get(key)
        if role is None:
            role = role_of(tag, attributes)
            self._roles[key] = role
        return None if role is Role.PLAIN else role

    def _open(self, node: LexborNode, tag: str, role: Role | None) -> Opened:
        block = tag in _BLOCKS or role is not None
        spaced = tag in _SPACED and _has_margin(node)
        opened = Opened(tag, block, spaced, 0, self.mark)
        if block:
            self.end_block()
            if spaced:
                self._space()
        if role is not None:
            opened = self._play(node, role, opened)
        if tag in _COUNTED:
            self._count(tag)
        return opened

    def _play(self, node: LexborNode, role: Role, opened: Opened) -> Opened:
        if role is Role.QUOTE or (
            role is Role.WRAPPER and not self.quotes and node.css_first("blockquote") is None
        ):
            self.quotes += 1
            return opened._replace(quotes=1)
        if role is Role.RULE and not self.quotes:
            self.put("", Mark.RULE)
            self.ruled = len(self.shown)
        elif role is Role.REST and not self.quotes:
            self.mark = Mark.REST
        elif role in _MARKS and self.mark is Mark.PLAIN:
            self.mark = _MARKS[role]
        return opened

    def _count(self, tag: str) -> None:
        if tag == "pre":
            self._kept_breaks += 1
        elif tag == "ol":
            self._lists.append(0)
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            if number is None:
                self._words.append("- ")
            else:
                self._lists[-1] = number + 1
                self._words.append(f"{number + 1}. ")
        elif tag in {"td", "th"} and self._words:
            self._words.append(" ")

    def _write(self, text: str) -> None:
        """Take in a text node."""
        if len(text) > MAX_CHARS:
            text = text[:MAX_CHARS]
        if self._kept_breaks:
            self._write_kept(text)
            return
        said = " ".join(text.split())
        if not said:
            if "\xa0" in text:  # Outlook's and Word's way to write a blank line
                self._words.append("\xa0")
            elif self._words:
                self._words.append(" ")
            return
        if self._words and text[0].isspace():
            said = " " + said
        self._words.append(said + " " if text[-1].isspace() else said)

    def _write_kept(self, text: str) -> None:
        """Take in preformatted text, whose line breaks count."""
        first, *others = text.split("\n", MAX_LINES)
        self._words.append(first)
        for other in others:
            if self.full:
                return
            self._break_line()
            self._words.append(other)

    def _break_line(self) -> None:
        """End the line, even an empty one."""
        line = "".join(self._words)
        self._words.clear()
        line = line.rstrip() if self._kept_breaks else line.strip().replace("  ", " ")
        self.put(line, self.mark)

    def _space(self) -> None:
        """Leave one blank line, not two."""
        if self.shown and self.shown[-1]:
            self.put("", Mark.PLAIN)


def _has_margin(node: LexborNode) -> bool:
    """Tell whether a paragraph is set off by a blank line; those of Outlook are not."""
    attributes = node.attributes
    if not attributes:
        return True
    if "msonormal" in (attributes.get("class") or "").lower():
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "margin:0" not in style and "margin-top:0" not in style


def _picture(alt: str) -> str:
    """Return the emoji that a picture stands for, nothing for any other picture."""
    return alt if 0 < len(alt) <= 8 and not alt.isascii() and not alt.isalnum() else ""
