"""The lines that a person sees in a mail's HTML, with the depth of quoting around each.

The tree is walked once, without recursion and within a budget of nodes. Before a tree is built
at all, the nesting is counted: building a tree of ten thousand open elements takes longer than
every other step together.
"""

import html as entities
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailflow.mail.header_block import is_announced_block
from mailflow.mail.html_page import Opened, Page
from mailflow.mail.lines import MAX_CHARS, Body, Mark, bare_line
from mailflow.mail.quote_marks import quoted_line

MAX_HTML = 700_000
_MAX_NODES = 15_000
_QUOTE_NODES = 400
_MAX_OPEN = 300
_HEADER_LINES = 8
_FREE_TAGS = 1_200

# Every tag that is closed by its own end tag only; the others never nest by themselves.
_NESTING_TAG = re.compile(
    r"<(/?)(?=[a-z])(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|tr"
    r"|th|dd|dt|option|tbody|thead|tfoot|colgroup|html|body|head)\b)",
    re.IGNORECASE | re.ASCII,
)
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


def body_of_html(html: str, *, whole: bool) -> Body:
    """Read the visible lines of an HTML part.

    Args:
        html: the part, decoded.
        whole: False to stop where the old mail surely begins, and to read only the beginning
            of long quotes.
    """
    capped = len(html) > MAX_HTML
    if capped:
        html = html[:MAX_HTML]
    page = Page()
    if _nests_too_deep(html):
        _strip(html, page)
    else:
        root = LexborHTMLParser(html).body
        if root is not None:
            _walk(root, page, whole=whole)
        page.end_block()
    return _measured(page, capped=capped or page.full)


def _walk(root: LexborNode, page: Page, *, whole: bool) -> None:
    """Write the text of `root`, element by element, without recursion."""
    above: list[tuple[LexborNode, Opened]] = []
    node: LexborNode | None = root.child
    inside = 0
    for _ in range(_MAX_NODES):
        if node is None or page.full:
            return
        opened = page.enter(node)
        if not whole:
            if _is_ended(page):
                return
            inside = inside + 1 if page.quotes else 0
        child = node.child if opened is not None and inside < _QUOTE_NODES else None
        if opened is not None:
            if child is not None:
                above.append((node, opened))
                node = child
                continue
            page.leave(opened)
        node = node.next if inside < _QUOTE_NODES else None
        while node is None and above:
            left, closing = above.pop()
            page.leave(closing)
            node = None if inside >= _QUOTE_NODES and page.quotes else left.next
    page.full = True


def _is_ended(page: Page) -> bool:
    """Tell whether only the old mail follows: below a program's own mark, or below its header."""
    if page.mark is Mark.REST:
        page.put("", Mark.REST)
        return True
    if not page.ruled or len(page.shown) <= page.ruled + _HEADER_LINES:
        return False
    header = _measured_lines(page, page.ruled)
    page.ruled = 0
    first = next((at for at, bare in enumerate(header.bare) if bare), None)
    return first is not None and is_announced_block(header, first)


def _nests_too_deep(html: str) -> bool:
    """Count open elements by their tags alone."""
    if html.count("<") - html.count("</") < _FREE_TAGS:
        return False
    depth = 0
    for closing in _NESTING_TAG.findall(html):
        if not closing:
            depth += 1
            if depth > _MAX_OPEN:
                return True
        elif depth:
            depth -= 1
    return False


def _strip(html: str, page: Page) -> None:
    """Read hostile HTML without building a tree."""
    text = entities.unescape(_ANY_TAG.sub("", _LINE_END.sub("\n", html[: 2 * MAX_CHARS])))
    for line in text.split("\n"):
        page.put(" ".join(line.split()), Mark.PLAIN)
        if page.full:
            break


def _measured_lines(page: Page, start: int) -> Body:
    shown = page.shown[start:]
    bares = [bare_line(line) for line in shown]
    return Body(tuple(shown), tuple(bares), tuple(page.depth[start:]), tuple(page.marks[start:]))


def _measured(page: Page, *, capped: bool) -> Body:
    bares = [bare_line(line) for line in page.shown]
    for at, bare in enumerate(bares):
        if bare and bare[0] == ">":
            depth, rest = quoted_line(page.shown[at])
            if depth:
                page.depth[at] += depth
                page.shown[at] = rest
                bares[at] = bare_line(rest)
    return Body(tuple(page.shown), tuple(bares), tuple(page.depth), tuple(page.marks), capped)
