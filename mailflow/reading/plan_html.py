"""The HTML of a mail as the lines of a plan: lists, tables, headings, indents.

Only what carries the outline of a plan is kept: a list item becomes a bullet as deep as it
stands, a row of a real table becomes cells between upright strokes, a heading or a line in
bold becomes a heading, an indent becomes spaces. Quoted originals and signatures that mail
programs mark as such are left out.

The tree is walked once, without recursion, and within a budget.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailflow.mail.html_lines import body_of_html
from mailflow.reading.plan_page import Page

MOST_HTML = 1_000_000
_MOST_NODES = 60_000
_MOST_OPEN = 250

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_COUNTED = frozenset(
    {"div", "span", "ul", "ol", "table", "blockquote", "b", "i", "font", "a", "em", "strong", "u"}
)
_SKIPPED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "svg", "object", "img"}
)
_QUOTES = re.compile(
    r"gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote|OutlookMessageHeader"
)
_QUOTE_IDS = frozenset({"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"})
_SIGNATURES = re.compile(r"gmail_signature|moz-signature|protonmail_signature|elementToProof_sig")


def html_text(html: str, *, quoted: bool = False) -> str:
    """Return the HTML as text that reads as a plan.

    Args:
        html: the part, decoded; it is read up to a million characters.
        quoted: True to keep what the mail program marks as a quoted or forwarded original.
    """
    html = html[:MOST_HTML]
    if _nests_too_deep(html):
        return "\n".join(body_of_html(html, whole=True).shown)
    root = LexborHTMLParser(html).body
    page = Page()
    if root is not None:
        for node, entering in _steps(root, quoted=quoted):
            if entering:
                page.enter(node)
            else:
                page.leave(node)
    return page.text()


def _nests_too_deep(html: str) -> bool:
    depth = 0
    for hit in _TAG.finditer(html):
        if hit[2].lower() in _COUNTED:
            depth += -1 if hit[1] else 1
            if depth > _MOST_OPEN:
                return True
    return False


def _steps(root: LexborNode, *, quoted: bool) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node when it begins, and every element again when it ends."""
    open_nodes: list[LexborNode] = []
    node = root.child
    for _ in range(_MOST_NODES):
        while node is None:
            if not open_nodes:
                return
            done = open_nodes.pop()
            yield done, False
            node = done.next
        if _is_left_out(node, quoted=quoted):
            node = node.next
            continue
        yield node, True
        if node.tag != "-text" and node.child is not None:
            open_nodes.append(node)
            node = node.child
        else:
            if node.tag != "-text":
                yield node, False
            node = node.next
    while open_nodes:
        yield open_nodes.pop(), False


def _is_left_out(node: LexborNode, *, quoted: bool) -> bool:
    tag = node.tag
    if tag == "-text":
        return False
    if tag is None or tag in _SKIPPED or tag[:1] in "-_!":
        return True
    attributes = node.attributes
    classes = attributes.get("class") or ""
    if "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
        return True
    if _SIGNATURES.search(classes):
        return True
    if quoted:
        return False
    return (
        _QUOTES.search(classes) is not None
        or (attributes.get("id") or "") in _QUOTE_IDS
        or (tag == "blockquote" and attributes.get("type") == "cite")
    )
