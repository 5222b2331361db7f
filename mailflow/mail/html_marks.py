"""What an element of a mail's HTML is for, told by the marks that mail programs leave.

Ids and classes are those the programs write themselves. Outlook puts `x_` before the ids and
classes of mail that it quotes; that prefix is ignored.
"""

import re
from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    """What an element holds."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    """Not shown, or a button that was never text."""
    QUOTE = "quote"
    WRAPPER = "wrapper"
    """Attribution and blockquotes, with answers between them; all quote if no blockquote."""
    ATTRIBUTION = "attribution"
    REST = "rest"
    RULE = "rule"
    SIGNATURE = "signature"


_BY_NAME = {
    # Gmail, and the many that follow its names
    "gmail_quote": Role.WRAPPER,
    "gmail_attr": Role.ATTRIBUTION,
    "gmail_signature": Role.SIGNATURE,
    # Proton, Tuta, Spark, Superhuman, Front, Missive and others
    "protonmail_quote": Role.WRAPPER,
    "protonmail_signature_block": Role.SIGNATURE,
    "tutanota_quote": Role.QUOTE,
    "messagereplysection": Role.WRAPPER,
    "messagesignaturesection": Role.SIGNATURE,
    "spark_quote": Role.QUOTE,
    "front-blockquote": Role.QUOTE,
    "missive_quote": Role.QUOTE,
    "sh-quoted-content": Role.WRAPPER,
    "intercom_quote": Role.QUOTE,
    "hs_reply": Role.QUOTE,
    "freshdesk_quote": Role.QUOTE,
    "helpscout-quote": Role.QUOTE,
    "quoted-text": Role.QUOTE,
    "bloop_original_html": Role.QUOTE,
    "airmail_on": Role.ATTRIBUTION,
    "airmail_ext_on": Role.ATTRIBUTION,
    # Yahoo, AOL
    "yahoo_quoted": Role.QUOTE,
    "aolreplacedbody": Role.QUOTE,
    # Outlook of all ages
    "divrplyfwdmsg": Role.REST,
    "appendonsend": Role.REST,
    "olk_src_body_section": Role.REST,
    "mail-editor-reference-message-container": Role.REST,
    "ms-outlook-mobile-reference-message": Role.REST,
    "outlookmessageheader": Role.REST,
    "stopspelling": Role.RULE,
    "signature": Role.SIGNATURE,
    # Thunderbird
    "moz-cite-prefix": Role.ATTRIBUTION,
    "moz-forward-container": Role.REST,
    "moz-email-headers-table": Role.REST,
    "moz-signature": Role.SIGNATURE,
    # Roundcube, Zimbra, Samsung
    "reply-intro": Role.ATTRIBUTION,
    "_rc_sig": Role.SIGNATURE,
    "zwchr": Role.REST,
    "composer_signature": Role.SIGNATURE,
    "iscbodyquote": Role.QUOTE,
    "isreplycontent": Role.QUOTE,
    "isforwardcontent": Role.QUOTE,
}
_BY_MARKER = {
    "__divider__": Role.REST,
    "__headers__": Role.REST,
    "__quoted_text__": Role.QUOTE,
    "__sig_pre__": Role.SIGNATURE,
    "__sig_post__": Role.SIGNATURE,
}
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all"
    r"|(?:font-size|max-height):0(?![.\d]*[1-9])"
)


def role_of(tag: str, attributes: Mapping[str, str | None]) -> Role:
    """Return what an element holds, by its tag and attributes."""
    if tag == "hr" and not attributes:
        return Role.RULE
    if tag == "a" and _is_button(attributes.get("href") or ""):
        return Role.HIDDEN
    style = (attributes.get("style") or "")[:2_000].replace(" ", "").lower()
    if (style and _HIDDEN.search(style)) or "hidden" in attributes:
        return Role.HIDDEN
    if "data-mailflow" in attributes:
        return Role.QUOTE
    named = _named(attributes)
    if tag == "blockquote":
        return Role.PLAIN if named is None and _indents(attributes, style) else Role.QUOTE
    if named is not None:
        return named
    if tag == "hr":
        return Role.RULE
    return _drawn(tag, attributes, style)


def _is_button(target: str) -> bool:
    """Tell a link that writes a mail with words in it: nobody types one into an answer."""
    return target[:7].lower() == "mailto:" and "?" in target


def _named(attributes: Mapping[str, str | None]) -> Role | None:
    """Look up ids, classes, names and data markers."""
    marker = attributes.get("data-marker")
    if marker and marker.lower() in _BY_MARKER:
        return _BY_MARKER[marker.lower()]
    for key in ("id", "class", "name"):
        value = attributes.get(key)
        if not value:
            continue
        for word in value[:500].lower().split():
            role = _BY_NAME.get(word.removeprefix("x_"))
            if role is not None:
                return role
    return None


def _drawn(tag: str, attributes: Mapping[str, str | None], style: str) -> Role:
    """Judge by the lines that are drawn around an element."""
    if tag != "div":
        return Role.PLAIN
    if attributes.get("name") == "quote" or attributes.get("type") == "cite":
        return Role.QUOTE
    lines = [part for part in style.split(";") if part.startswith("border")]
    if any(_is_left(part) for part in lines) and ("padding" in style or "margin" in style):
        return Role.QUOTE
    return Role.RULE if any(_is_top(part) for part in lines) else Role.PLAIN


def _is_left(part: str) -> bool:
    name, _, value = part.partition(":")
    if name == "border-left":
        return "none" not in value and value != "0"
    return name in {"border-left-style", "border-left-width"} and value not in {"none", "0"}


def _is_top(part: str) -> bool:
    """Tell a line above; Word and the new Outlook write it in two different ways."""
    name, _, value = part.partition(":")
    if name == "border-style":
        return value.startswith("solidnone")
    return name in {"border-top", "border-top-style"} and "solid" in value


def _indents(attributes: Mapping[str, str | None], style: str) -> bool:
    """Tell a blockquote that only indents its author's own text."""
    if "cite" in attributes or attributes.get("type") == "cite":
        return False
    return "border:none" in style or "border:0" in style or "border:currentcolornone" in style
