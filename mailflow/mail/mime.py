"""The parts of a mail: where each begins and ends, and what it is (RFC 2045, RFC 2046).

A part is found within the span of the one around it, so a mark of an outer part always ends
an inner one, and each level of the tree is searched once.
"""

import binascii
import re
from dataclasses import dataclass

from mailflow.errors import UnreadableMail
from mailflow.mail.embedded import uudecode
from mailflow.mail.headers import (
    BASE64_OCTETS,
    ContentField,
    decode_base64,
    read_content_field,
    read_header,
)
from mailflow.mail.message import FieldBlock
from mailflow.mail.precheck import DEPTH, HEADER_OCTETS, PARTS

_GUESSED_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[!-9;-~]{1,80}:)", re.MULTILINE)
_FAMILIES = frozenset(
    (
        *("application", "audio", "chemical", "example", "font", "image", "message"),
        *("model", "multipart", "text", "video"),
    )
)
_NOT_WORDS = frozenset(
    (
        *("text/calendar", "text/csv", "text/directory", "text/rfc822-headers"),
        *("text/vcard", "text/x-vcard"),
    )
)
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_LOOK_ALIKES = 10_000
_NO_FIELD = ContentField("", ())

_TEXTS = frozenset(("text/plain", "text/html", "text/enriched", "text/richtext"))


@dataclass(frozen=True, slots=True)
class Part:
    """One node of the tree.

    Attributes:
        fields: its header.
        content: its Content-Type; the value is always a usable `type/subtype`.
        disposition: its Content-Disposition.
        start: offset in the mail of the first octet of its body.
        end: offset behind the last.
        parent: subtype of the multipart around it, empty for the mail itself.
        index: its place in the multipart around it, from 0.
        depth: how many multiparts are around it.
    """

    fields: FieldBlock
    content: ContentField
    disposition: ContentField
    start: int
    end: int
    parent: str = ""
    index: int = 0
    depth: int = 0

    @property
    def media_type(self) -> str:
        """Lower-case `type/subtype`."""
        return self.content.value

    @property
    def is_multipart(self) -> bool:
        """True for a part that consists of parts."""
        return self.content.value.startswith("multipart/")

    @property
    def file_name(self) -> str:
        """The name that the sender gave it, decoded and not yet cleaned."""
        return self.disposition.parameter("filename") or self.content.parameter("name")

    @property
    def is_words(self) -> bool:
        """True for what the sender wrote into the mail; False for what was attached to it."""
        if self.media_type not in {"text/plain", "text/html"}:
            return False
        if self.disposition.value == "attachment":
            return self.depth == 0 and not self.file_name
        if self.parent == "related" and self.index:
            return False
        if self.disposition.parameter("filename"):
            return self.depth == 0
        return self.index == 0 or not self.content.parameter("name")

    @property
    def may_be_words(self) -> bool:
        """True for a text that counts as written when the mail has no other one; files never do."""
        attached = self.disposition.value == "attachment" or self.file_name
        return self.media_type in _TEXTS and not attached

    def header(self, name: str) -> str:
        """Return its first field called `name`, empty when there is none."""
        return next((value for key, value in self.fields if key == name), "")


def root_part(fields: FieldBlock, start: int, end: int) -> Part:
    """Return the mail itself as a part; strange kinds of text are read as plain text."""
    part = _described(fields, "text/plain")
    kind = part[0].value
    strange_text = kind.startswith("text/") and kind != "text/html" and kind not in _NOT_WORDS
    if (strange_text and not kind.startswith("text/vnd.")) or kind in {
        "message/partial",
        "message/external-body",
    }:
        part = (ContentField("text/plain", part[0].parameters), part[1])
    return Part(fields, *part, start, end)


def child_parts(raw: bytes, part: Part) -> tuple[list[Part], list[str]]:
    """Return the parts of a multipart, and what was wrong with them.

    None are returned where a multipart has none: no boundary is given, or it never occurs.

    Raises:
        UnreadableMail: it is too deep, or the header of a part breaks a limit.
    """
    if part.depth >= DEPTH:
        msg = f"the mail has parts within parts more than {DEPTH} levels deep"
        raise UnreadableMail(msg)
    defects: list[str] = []
    boundary = part.content.parameter("boundary").rstrip().encode("utf-8")
    spans = split_parts(raw, part.start, part.end, boundary) if boundary else []
    near = min(part.end, part.start + HEADER_OCTETS)
    if not spans and (guess := _GUESSED_BOUNDARY.search(raw, part.start, near)):
        defects.append("the parts are not separated as announced")
        spans = split_parts(raw, part.start, part.end, guess[1])
    children: list[Part] = []
    for index, (start, end) in enumerate(spans):
        child, found = _child(raw, part, (start, end), index)
        children.append(child)
        defects += found
    return children, defects


def split_parts(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Return where the parts between the marks begin and end, in order (RFC 2046 section 5.1.1).

    A missing end mark does not matter. At most one part more than the limit is returned, and
    the search ends where very many lines only look like marks.
    """
    mark = b"--" + boundary
    spans: list[tuple[int, int]] = []
    begun = -1
    at = start
    for _ in range(_LOOK_ALIKES):
        hit = _next_line(raw, mark, at, end, first=at == start)
        if hit < 0 or len(spans) > PARTS:
            break
        at = hit + len(mark)
        line_end = raw.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end
        tail = raw[at : min(line_end, at + 100)].strip()
        if tail not in {b"", b"--"}:
            continue
        if begun >= 0:
            spans.append((begun, max(begun, _before_line_end(raw, hit))))
        begun = -1
        if tail:
            break
        begun = min(line_end + 1, end)
        at = line_end
    if begun >= 0:
        spans.append((begun, end))
    return spans


def as_text(part: Part) -> Part:
    """Return a multipart without parts as the text that it then is."""
    return Part(part.fields, ContentField("text/plain", ()), _NO_FIELD, part.start, part.end)


def part_content(raw: bytes, part: Part, longest: int | None = None) -> bytes:
    """Return what a part holds, decoded from its transfer encoding (RFC 2045 section 6).

    Args:
        raw: the mail.
        part: one of its parts.
        longest: how many octets of the encoded part are read; None for all of them.
    """
    end = part.end if longest is None else min(part.end, part.start + longest)
    octets = raw[part.start : end]
    encoding = part.header("content-transfer-encoding").strip().lower().rstrip(";. ")
    match encoding:
        case "base64":
            return decode_base64(_without_footer(octets))
        case "quoted-printable" | "quoted/printable" | "qp":
            return binascii.a2b_qp(octets)
        case "uuencode" | "x-uuencode" | "uue" | "x-uue":
            return uudecode(octets)
        case _:
            return octets


def _without_footer(octets: bytes) -> bytes:
    """Base64 without the plain lines that mailing lists and scanners put below it."""
    blank = _BLANK_LINE.search(octets, len(octets) - len(octets.lstrip()))
    if blank and octets[blank.end() :].translate(None, BASE64_OCTETS + b"= \t\r\n"):
        return octets[: blank.start()]
    return octets


def _child(
    raw: bytes, parent: Part, span: tuple[int, int], index: int
) -> tuple[Part, tuple[str, ...]]:
    start, end = span
    kind = parent.content.value.removeprefix("multipart/")
    fields: FieldBlock = ()
    defects: tuple[str, ...] = ()
    if raw.startswith((b"\n", b"\r\n"), start, end):  # no header at all
        start = raw.index(b"\n", start) + 1
    elif start < end:
        block = read_header(raw, start, end)
        fields, start, defects = block.fields, min(block.body, end), block.defects
    default = "message/rfc822" if kind == "digest" else "text/plain"
    described = _described(fields, default)
    return Part(fields, *described, start, end, kind, index, parent.depth + 1), defects


def _described(fields: FieldBlock, default: str) -> tuple[ContentField, ContentField]:
    """Content-Type and Content-Disposition; a type that is none counts as the default."""
    content = disposition = _NO_FIELD
    for name, value in reversed(fields):
        if name == "content-type":
            content = read_content_field(value)
        elif name == "content-disposition":
            disposition = read_content_field(value)
    family, slash, subtype = content.value.partition("/")
    if not (slash and subtype) or (family not in _FAMILIES and not family.startswith("x-")):
        content = ContentField(default, content.parameters)
    return content, disposition


def _next_line(raw: bytes, mark: bytes, at: int, end: int, *, first: bool) -> int:
    """Where the next line that begins with `mark` begins, -1 when there is none."""
    if first and raw.startswith(mark, at, end):
        return at
    hit = raw.find(b"\n" + mark, at, end)
    return hit + 1 if hit >= 0 else -1


def _before_line_end(raw: bytes, at: int) -> int:
    """The line end in front of a mark belongs to the mark."""
    if raw[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if raw[at - 1 : at] == b"\n" else at
