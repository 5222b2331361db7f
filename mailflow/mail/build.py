r"""From an `OutboundMessage` to the bytes that leave, once and for all.

The structure is the one in which the usual programs find everything: mixed (alternative
(plain, HTML, calendar last), the calendar again as a file, further files). The bytes are put
together directly, because the library's own writer takes twenty times as long; they are read
again before they leave this module. Equal messages give equal bytes.
"""

import binascii
import hashlib
import re
from email.utils import format_datetime
from functools import lru_cache

from mailflow.mail import fields
from mailflow.mail.message import CalendarPart, OutboundAttachment, OutboundMessage

_CACHED_FROM = 8_192  # octets: plan pages and enclosed files, which go out many times
_REFERENCES_KEPT = 20
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
_METHOD = re.compile(r"[A-Z]{1,20}")
_FIELD_NAME = re.compile(r"([A-Za-z][A-Za-z-]*): ?[!-~]?")
_COPY_NAME = "invite.ics"


def seal(message: OutboundMessage) -> bytes:
    """Return the mail as it goes over the wire: RFC 5322, CRLF, ASCII, lines of at most 998.

    Raises:
        ValueError: an address, id or date of the message cannot stand in a header, or the
            finished header does not hold exactly the fields that were meant.
    """
    named = _header_fields(message)
    content_fields, body = _content(message)
    lines = [field for _, field in named]
    header = "\r\n".join([*lines, *content_fields])
    names = [name for name, _ in named] + [field.partition(":")[0] for field in content_fields]
    _check_header(header, names)
    return b"%b\r\n\r\n%b" % (header.encode("ascii"), body)


def _header_fields(message: OutboundMessage) -> list[tuple[str, str]]:
    named = [
        ("From", fields.address_field("From", [message.from_])),
        ("To", fields.address_field("To", message.to)),
    ]
    if message.cc:
        named.append(("Cc", fields.address_field("Cc", message.cc)))
    if message.reply_to:
        named.append(("Reply-To", fields.address_field("Reply-To", [message.reply_to])))
    named += [
        ("Subject", fields.text_field("Subject", message.subject)),
        ("Date", _date_field(message)),
    ]
    return named + [(name, fields.token_field(name, value)) for name, value in _tokens(message)]


def _tokens(message: OutboundMessage) -> list[tuple[str, str]]:
    """The fields that programs read: name and value, absent ones left out."""
    if fields.well_formed_ids([message.message_id]) != (message.message_id,):
        msg = "the Message-ID is not of the form <left@right>"
        raise ValueError(msg)
    if not (fields.is_atom(message.mailflow_id) and fields.is_atom(message.instance)):
        msg = "the ids of letter and installation are plain words"
        raise ValueError(msg)
    references = fields.well_formed_ids(message.references)
    if len(references) > _REFERENCES_KEPT:
        references = (references[0], *references[1 - _REFERENCES_KEPT :])
    tokens = [
        ("Message-ID", message.message_id),
        ("In-Reply-To", " ".join(fields.well_formed_ids([message.in_reply_to]))),
        ("References", " ".join(references)),
        ("Auto-Submitted", message.auto_submitted.value),
        ("X-Auto-Response-Suppress", "OOF, AutoReply, DR, RN, NRN" if message.suppress else ""),
        ("Precedence", "bulk" if message.bulk else ""),
        ("List-Unsubscribe", message.list_unsubscribe),
        ("X-Mailflow-Instance", message.instance),
        ("X-Mailflow-Id", message.mailflow_id),
        ("MIME-Version", "1.0"),
    ]
    return [(name, value) for name, value in tokens if value]


def _date_field(message: OutboundMessage) -> str:
    if message.date.utcoffset() is None:
        msg = "the Date of a mail has a time zone"
        raise ValueError(msg)
    return f"Date: {format_datetime(message.date)}"


def _content(message: OutboundMessage) -> tuple[list[str], bytes]:
    """Content fields of the whole mail, and its body."""
    seed = hashlib.sha256(message.message_id.encode("ascii")).hexdigest()[:24]
    bodies = [_text_part("plain", message.text)]
    if message.html is not None:
        bodies.append(_text_part("html", message.html))
    files = [_file_part(file) for file in message.attachments]
    if message.calendar:
        bodies.append(_calendar_part(message.calendar))
        if all(file.content != message.calendar.data for file in message.attachments):
            copy = OutboundAttachment(_COPY_NAME, "application/ics", message.calendar.data)
            files.insert(0, _file_part(copy))
    content = bodies[0]
    if len(bodies) > 1:
        content = _multipart("alternative", f"=_{seed}_1", bodies)
    if files:
        content = _multipart("mixed", f"=_{seed}_0", [content, *files])
    return content


def _multipart(
    kind: str, boundary: str, parts: list[tuple[list[str], bytes]]
) -> tuple[list[str], bytes]:
    """RFC 2046 section 5.1. Neither base64 nor quoted-printable can hold `=_`."""
    mark = f"--{boundary}".encode("ascii")
    pieces: list[bytes] = []
    for part_fields, body in parts:
        header = "\r\n".join(part_fields).encode("ascii")
        pieces.append(b"%b\r\n%b\r\n\r\n%b\r\n" % (mark, header, body))
    pieces.append(b"%b--\r\n" % mark)
    return [f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"'], b"".join(pieces)


def _text_part(subtype: str, text: str) -> tuple[list[str], bytes]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    octets = lines.replace("\n", "\r\n").encode("utf-8", "replace")
    return (
        [
            f"Content-Type: text/{subtype}; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ],
        binascii.b2a_qp(octets),
    )


def _calendar_part(calendar: CalendarPart) -> tuple[list[str], bytes]:
    """The inline invitation: no disposition, or some programs see only a file."""
    if not _METHOD.fullmatch(calendar.method):
        msg = "the method of a calendar is a word in capitals"
        raise ValueError(msg)
    return (
        [
            f"Content-Type: text/calendar; charset=utf-8; method={calendar.method}",
            "Content-Transfer-Encoding: base64",
        ],
        _base64(calendar.data),
    )


def _file_part(file: OutboundAttachment) -> tuple[list[str], bytes]:
    media_type = file.media_type.lower()
    whole_mail = media_type.startswith(("message/", "multipart/"))  # never base64: RFC 2046 5.2.1
    if whole_mail or not _MEDIA_TYPE.fullmatch(media_type):
        media_type = "application/octet-stream"
    return (
        [
            f"Content-Type: {media_type};\r\n {fields.file_name_parameter('name', file.name)}",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment;\r\n "
            + fields.file_name_parameter("filename", file.name),
        ],
        _base64(file.content),
    )


def _base64(content: bytes) -> bytes:
    return _kept_base64(content) if len(content) >= _CACHED_FROM else _base64_lines(content)


@lru_cache(maxsize=16)
def _kept_base64(content: bytes) -> bytes:
    return _base64_lines(content)


def _base64_lines(content: bytes) -> bytes:
    code = binascii.b2a_base64(content, newline=False)
    return b"\r\n".join([code[at : at + 76] for at in range(0, len(code), 76)])


def _check_header(header: str, names: list[str]) -> None:
    """Read the finished header as a stranger would, and compare it with what was meant."""
    found: list[str] = []
    for line in header.split("\r\n"):
        if len(line) > 998 or not (line.isascii() and line.isprintable()) or line.isspace():
            msg = "a header line is too long, blank or not printable"
            raise ValueError(msg)
        if found and line.startswith(" "):
            continue
        if (field := _FIELD_NAME.match(line)) is None:
            msg = "a header line is neither a field nor the continuation of one"
            raise ValueError(msg)
        found.append(field[1])
    if found != names:
        msg = "the header does not hold exactly the fields that were meant"
        raise ValueError(msg)
