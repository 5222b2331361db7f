"""What a person wrote, and everything that came with it.

Texts that stand one after the other are put together, texts that say the same (in a
`multipart/alternative`) stand for one another. Forwarded mails, digests and reports are kept
whole and never read as the sender's words: their "Done!" is somebody else's.
"""

import html
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

from mailflow.errors import UnreadableMail
from mailflow.mail import charsets, percent
from mailflow.mail.armour import is_encrypted, taken_out
from mailflow.mail.attached import attachments_of
from mailflow.mail.embedded import take_out_files
from mailflow.mail.flowed import unflow
from mailflow.mail.headers import read_header
from mailflow.mail.message import Attachment, CalendarPart, FieldBlock, Report, ReportKind
from mailflow.mail.mime import Part, as_text, child_parts, part_content, root_part
from mailflow.mail.precheck import HEADER_OCTETS, PARTS

_CONTENT_ID_USE = re.compile(r"cid:([^\"'\s>)]{1,250})", re.IGNORECASE)
_REPORTS = {
    "message/delivery-status": ReportKind.DELIVERY,
    "message/global-delivery-status": ReportKind.DELIVERY,
    "message/disposition-notification": ReportKind.DISPOSITION,
    "message/global-disposition-notification": ReportKind.DISPOSITION,
    "message/feedback-report": ReportKind.FEEDBACK,
}
_RETURNED = frozenset(
    (
        *("message/rfc822", "message/rfc822-headers", "text/rfc822-headers"),
        *("message/global", "message/global-headers"),
    )
)
_SEALED = frozenset(
    ("application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
)
_ENCRYPTED = "the mail is encrypted, or sealed in one piece"
_TAG = re.compile(r"<[^<>]*>")
_MAX_BLOCKS = 200
_TEXT_OCTETS = 2 * 1024 * 1024
# Quoted-printable needs three octets for one, so what is left out here is left out anyway.
_ENCODED_OCTETS = 3 * _TEXT_OCTETS + 3
_FLOWED_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the header of a mail; see `InboundMessage` for the attributes."""

    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]
    calendars: tuple[CalendarPart, ...]
    report: Report | None
    defects: tuple[str, ...]


@dataclass(slots=True)
class _Words:
    """Texts that stand for one another: those of one alternative, or a single part."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)


def read_body(raw: bytes, fields: FieldBlock, start: int) -> Body:
    r"""Return what stands below the header of a mail.

    Args:
        raw: the mail with `\n` or `\r\n` line ends.
        fields: its header.
        start: offset of the first octet after the header.

    Raises:
        UnreadableMail: it has too many parts or levels, or the header of a part breaks a
            limit of `precheck`.
    """
    root = root_part(fields, start, len(raw))
    body = _Reader(raw).read(root)
    if body.text is None and body.html is None and body.attachments:
        return _Reader(raw, lenient=True).read(root)
    return body


class _Reader:
    """Walks one tree, outermost part first, and keeps what it finds in order."""

    def __init__(self, raw: bytes, *, lenient: bool = False) -> None:
        self._raw = raw
        self._lenient = lenient
        self._words: list[_Words] = []
        self._attachments: list[Attachment] = []
        self._calendars: list[CalendarPart] = []
        self._report: tuple[ReportKind, tuple[FieldBlock, ...]] | None = None
        self._returned: FieldBlock | None = None
        self._defects: list[str] = []

    def read(self, root: Part) -> Body:
        waiting: list[tuple[Part, _Words | None]] = [(root, None)]
        seen = 0
        while waiting:
            part, words = waiting.pop()
            seen += 1
            if seen > PARTS:
                msg = f"the mail has more than {PARTS} parts"
                raise UnreadableMail(msg)
            if not part.is_multipart:
                self._leaf(part, words)
                continue
            children, defects = child_parts(self._raw, part)
            self._defects += defects
            if not children:
                self._defects.append("a mail of several parts has none")
                self._leaf(as_text(part), words)
            if part.media_type == "multipart/alternative" and words is None:
                words = self._new_words()
            waiting += [(child, words) for child in reversed(children)]
        return self._body()

    def _leaf(self, part: Part, words: _Words | None) -> None:
        kind = part.media_type
        if part.is_words or (self._lenient and part.may_be_words):
            octets = part_content(self._raw, part, _ENCODED_OCTETS)
            self._text(part, octets, words or self._new_words())
            return
        octets = part_content(self._raw, part)
        if part.parent == "report":
            self._of_report(kind, octets)
        if kind in _SEALED:
            self._defects.append(_ENCRYPTED)
        name = part.file_name
        if kind in {"text/calendar", "application/ics"} or name.lower().endswith(".ics"):
            method = part.content.parameter("method").strip().upper()
            self._calendars.append(CalendarPart(method, octets))
        content_id = part.header("content-id").strip("<> ")
        self._attachments += attachments_of(name, kind, octets, content_id=content_id)

    def _text(self, part: Part, octets: bytes, words: _Words) -> None:
        charset = part.content.parameter("charset")
        if len(octets) > _TEXT_OCTETS:
            octets = octets[:_TEXT_OCTETS]
            self._defects.append("a text is too long and was cut")
        if part.media_type == "text/html":
            words.html.append(_lines(charsets.decode(octets, charset)))
            return
        octets, files = take_out_files(octets)
        for file in files:
            name = charsets.decode(file.name, charset)
            self._attachments += attachments_of(name, "application/octet-stream", file.content)
        text = taken_out(_lines(charsets.decode(octets, charset)))
        if is_encrypted(text):
            self._defects.append(_ENCRYPTED)
        flowed = part.content.parameter("format").lower() == "flowed"
        if flowed and len(text) <= _FLOWED_LIMIT:
            text = unflow(text, delsp=part.content.parameter("delsp").lower() == "yes")
        words.plain.append(text)

    def _new_words(self) -> _Words:
        self._words.append(_Words())
        return self._words[-1]

    def _of_report(self, kind: str, octets: bytes) -> None:
        with suppress(UnreadableMail):
            if kind in _REPORTS and self._report is None:
                self._report = _REPORTS[kind], read_blocks(octets)
            elif kind in _RETURNED and self._returned is None:
                self._returned = read_header(octets[:HEADER_OCTETS]).fields

    def _body(self) -> Body:
        plain = [text for words in self._words for text in words.plain]
        if plain and any(_is_only_html(words) for words in self._words):
            plain = []  # the plain text alone would leave something out
        page = None
        if any(words.html for words in self._words):
            page = "\n".join(_as_html(words) for words in self._words)
        shown: set[str] = set()
        if page and self._attachments:
            used = (percent.decode(name) for name in _CONTENT_ID_USE.findall(page))
            shown = {name.decode("utf-8", "replace") for name in used}
        return Body(
            text="\n".join(plain) if plain else None,
            html=page,
            attachments=tuple(
                replace(one, inline=True) if one.content_id in shown else one
                for one in self._attachments
            ),
            calendars=tuple(self._calendars),
            report=Report(*self._report, self._returned or ()) if self._report else None,
            defects=tuple(dict.fromkeys(self._defects)),
        )


def read_blocks(octets: bytes) -> tuple[FieldBlock, ...]:
    """Return groups of fields with blank lines between them (RFC 3464 section 2.1).

    Raises:
        UnreadableMail: a group breaks a limit of `precheck`.
    """
    octets = octets[:HEADER_OCTETS]
    blocks: list[FieldBlock] = []
    at = 0
    while at < len(octets) and len(blocks) < _MAX_BLOCKS:
        block = read_header(octets, at)
        if block.fields:
            blocks.append(block.fields)
        at = max(block.body, at + 1)
    return tuple(blocks)


def _as_html(words: _Words) -> str:
    """The HTML of an alternative, or its plain text for a place between other HTML."""
    if words.html:
        return "\n".join(words.html)
    text = html.escape("\n".join(words.plain), quote=False)
    return f"<div>{text.replace(chr(10), '<br>' + chr(10))}</div>" if text.strip() else ""


def _is_only_html(words: _Words) -> bool:
    """Whether the HTML shows something and the plain text nothing.

    Some programs send empty pages between files, others an empty text beside the page.
    """
    if not words.html or any(text.strip() for text in words.plain):
        return False
    return any(_TAG.sub("", page).replace("&nbsp;", "").strip() for page in words.html)


def _lines(text: str) -> str:
    r"""Text with `\n` line ends and without NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "") if "\0" in text else text
