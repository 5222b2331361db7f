"""The lines that a person sees in a mail's HTML, with the depth of quoting around each.

The tree is walked once, without recursion and within a budget of nodes. Before a tree is built
at all, the nesting is counted: building a tree of ten thousand open elements takes longer than
every other step together.
"""

import html as entities
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailflow.mail.html_marks import Role, role_of
from mailflow.mail.lines import MAX_CHARS, MAX_LINES, Body, Mark, bare_line, quoted_line

MAX_HTML = 2_000_000
_MAX_NODES = 60_000
_MAX_OPEN = 300
_FREE_TAGS = 1_500

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SELF_CLOSING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dd",
        "dt",
        "option",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "html",
        "body",
        "head",
    ]
)
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = frozenset(
    [
        "style",
        "script",
        "head",
        "title",
        "meta",
        "link",
        "template",
        "noscript",
        "object",
        "svg",
        "map",
        "input",
        "select",
        "textarea",
        "button",
        "iframe",
        "video",
        "audio",
        "canvas",
    ]
)
_BLOCKS = frozenset(
    [
        "div",
        "p",
        "blockquote",
        "table",
        "tr",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "center",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "address",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "form",
        "figure",
        "tbody",
        "thead",
        "tfoot",
        "caption",
    ]
)
_SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"])
_MARKS = {Role.ATTRIBUTION: Mark.ATTRIBUTION, Role.SIGNATURE: Mark.SIGNATURE}
_INLINE_ROLES = frozenset({Role.QUOTE, Role.WRAPPER, Role.REST, *_MARKS})


@dataclass(slots=True)
class _Page:
    """What was written so far."""

    shown: list[str] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    size: int = 0
    quotes: int = 0
    mark: Mark = Mark.PLAIN
    kept_breaks: int = 0
    lists: list[int | None] = field(default_factory=list)
    full: bool = False

    def write(self, text: str) -> None:
        """Take in a text node."""
        if self.kept_breaks:
            first, *others = text.split("\n")
            self.words.append(first)
            for other in others:
                self.break_line()
                self.words.append(other)
            return
        said = " ".join(text.split())
        if not said:
            if "\xa0" in text:  # Outlook's and Word's way to write a blank line
                self.words.append("\xa0")
            elif self.words:
                self.words.append(" ")
            return
        if text[0].isspace() and self.words:
            said = " " + said
        self.words.append(said + " " if text[-1].isspace() else said)

    def end_block(self) -> None:
        """End the line, unless it is empty."""
        if self.words:
            if self.kept_breaks or "".join(self.words).strip(" "):
                self.break_line()
            else:
                self.words.clear()

    def break_line(self) -> None:
        """End the line, even an empty one."""
        line = "".join(self.words)
        self.words.clear()
        line = line.rstrip() if self.kept_breaks else line.strip().replace("  ", " ")
        self.put(line, self.mark)

    def put(self, line: str, mark: Mark) -> None:
        """Add one finished line."""
        self.shown.append(line)
        self.depth.append(self.quotes)
        self.marks.append(mark)
        self.size += len(line) + 1
        if len(self.shown) >= MAX_LINES or self.size >= MAX_CHARS:
            self.full = True

    def space(self) -> None:
        """Leave one blank line, not two."""
        if self.shown and self.shown[-1]:
            self.put("", Mark.PLAIN)


@dataclass(slots=True)
class _Open:
    """An element that was entered: what to take back when it is left."""

    node: LexborNode
    tag: str
    role: Role
    mark: Mark


def body_of_html(html: str, *, whole: bool) -> Body:
    """Read the visible lines of an HTML part.

    Args:
        html: the part, decoded.
        whole: False to stop where the old mail surely begins.
    """
    capped = len(html) > MAX_HTML
    if capped:
        html = html[:MAX_HTML]
    if _nests_too_deep(html):
        page = _stripped(html)
    else:
        page = _Page()
        root = LexborHTMLParser(html).body
        if root is not None:
            _walk(root, page, whole=whole)
        page.end_block()
    return _measured(page, capped=capped or page.full)


def _walk(root: LexborNode, page: _Page, *, whole: bool) -> None:
    """Write the text of `root`, element by element, without recursion."""
    above: list[_Open] = []
    node: LexborNode | None = root.child
    for _ in range(_MAX_NODES):
        if node is None or page.full:
            return
        opened = _enter(node, page)
        if page.mark is Mark.REST and not whole:
            page.put("", Mark.REST)
            return
        child = node.child if opened is not None else None
        if opened is not None and child is not None:
            above.append(opened)
            node = child
            continue
        if opened is not None:
            _leave(opened, page)
        node = _following(node, above, page)
    page.full = True


def _following(node: LexborNode, above: list[_Open], page: _Page) -> LexborNode | None:
    """Return the next node in reading order, leaving the elements that end before it."""
    following: LexborNode | None = node.next
    while following is None and above:
        left = above.pop()
        _leave(left, page)
        following = left.node.next
    return following


def _enter(node: LexborNode, page: _Page) -> _Open | None:
    """Begin a node; None when nothing inside it is to be read."""
    tag = node.tag or ""
    if tag == "-text":
        page.write(node.text_content or "")
        return None
    if tag == "br":
        page.break_line()
        return None
    if tag in _UNSEEN or tag[0] in "-!":
        return None
    role = role_of(tag, node.attributes)
    if role is Role.HIDDEN:
        return None
    if tag == "img":
        page.write(_picture(node.attributes.get("alt") or ""))
        return None
    opened = _Open(node, tag, role, page.mark)
    _begin(opened, page)
    return opened


def _begin(opened: _Open, page: _Page) -> None:
    tag, role = opened.tag, opened.role
    if tag in _BLOCKS or role in _INLINE_ROLES or tag == "hr":
        page.end_block()
    if tag in _SPACED and _has_margin(opened.node):
        page.space()
    if role is Role.WRAPPER and not page.quotes and opened.node.css_first("blockquote") is None:
        opened.role = role = Role.QUOTE
    if role is Role.QUOTE:
        page.quotes += 1
    elif role is Role.RULE and not page.quotes:
        page.put("", Mark.RULE)
    elif role is Role.REST and not page.quotes:
        page.mark = Mark.REST
    elif role in _MARKS and page.mark is Mark.PLAIN:
        page.mark = _MARKS[role]
    _begin_list(tag, page)


def _begin_list(tag: str, page: _Page) -> None:
    if tag == "pre":
        page.kept_breaks += 1
    elif tag == "ol":
        page.lists.append(0)
    elif tag == "ul":
        page.lists.append(None)
    elif tag == "li" and page.lists:
        number = page.lists[-1]
        if number is None:
            page.words.append("- ")
        else:
            page.lists[-1] = number + 1
            page.words.append(f"{number + 1}. ")
    elif tag in {"td", "th"} and page.words:
        page.words.append(" ")


def _leave(opened: _Open, page: _Page) -> None:
    tag, role = opened.tag, opened.role
    if tag in _BLOCKS or role in _INLINE_ROLES:
        page.end_block()
    if tag in _SPACED and _has_margin(opened.node):
        page.space()
    if role is Role.QUOTE:
        page.quotes -= 1
    if page.mark is not Mark.REST:
        page.mark = opened.mark
    if tag == "pre":
        page.kept_breaks -= 1
    elif tag in {"ol", "ul"} and page.lists:
        page.lists.pop()


def _has_margin(node: LexborNode) -> bool:
    """Tell whether a paragraph is set off by a blank line; those of Outlook are not."""
    attributes = node.attributes
    if "msonormal" in (attributes.get("class") or "").lower():
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "margin:0" not in style and "margin-top:0" not in style


def _picture(alt: str) -> str:
    """Return the emoji that a picture stands for, nothing for any other picture."""
    return alt if 0 < len(alt) <= 8 and not alt.isascii() and not alt.isalnum() else ""


def _nests_too_deep(html: str) -> bool:
    """Count open elements by their tags alone."""
    if html.count("<") < _FREE_TAGS:
        return False
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _SELF_CLOSING:
            continue
        if tag[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > _MAX_OPEN:
                return True
    return False


def _stripped(html: str) -> _Page:
    """Read hostile HTML without building a tree."""
    page = _Page()
    text = entities.unescape(_ANY_TAG.sub("", _LINE_END.sub("\n", html[: 2 * MAX_CHARS])))
    for line in text.split("\n"):
        page.put(" ".join(line.split()), Mark.PLAIN)
        if page.full:
            break
    return page


def _measured(page: _Page, *, capped: bool) -> Body:
    bares = [bare_line(line) for line in page.shown]
    for at, bare in enumerate(bares):
        if bare and bare[0] == ">":
            depth, rest = quoted_line(page.shown[at])
            if depth:
                page.depth[at] += depth
                page.shown[at] = rest
                bares[at] = bare_line(rest)
    return Body(tuple(page.shown), tuple(bares), tuple(page.depth), tuple(page.marks), capped)
