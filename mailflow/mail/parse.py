"""From raw bytes to an `InboundMessage`; odd mail is noted, never fatal.

This is the only place that opens mail. Limits are checked before anything is taken apart;
a mail that breaks one is refused with the reason, everything else is read as far as it makes
sense.
"""

import hashlib

from mailflow.errors import UnreadableMail
from mailflow.mail.addresses import read_addresses, read_sender
from mailflow.mail.body import Body, read_body
from mailflow.mail.headers import HeaderBlock, decode_words, read_date, read_header, read_ids
from mailflow.mail.message import FieldBlock, InboundMessage, MailAddress
from mailflow.mail.precheck import HEADER_OCTETS, header_span, size_problem

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DELIVERY_FIELDS = frozenset(
    ["delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to"]
)
_NO_BODY = Body(None, None, (), (), None, ("only the header was read",))


def parse_message(raw: bytes) -> InboundMessage:
    """Return what a mail says.

    Raises:
        UnreadableMail: it breaks a limit of `precheck`; the reason is for a person.
    """
    if problem := size_problem(raw):
        raise UnreadableMail(problem)
    octets = _with_usual_line_ends(raw)
    header = read_header(octets)
    body = read_body(octets, header.fields, header.body)
    return _message(raw, octets, header, body)


def header_only(raw: bytes) -> InboundMessage:
    """Return what the header of a mail says, for one that is too large or odd to be read whole.

    Never fails: a header that breaks a limit leaves all fields empty.
    """
    octets = _with_usual_line_ends(raw[: 2 * HEADER_OCTETS])
    try:
        header = read_header(octets)
    except UnreadableMail as problem:
        header = HeaderBlock((), 0, (problem.reason,))
    return _message(raw, octets, header, _NO_BODY)


def _message(raw: bytes, octets: bytes, header: HeaderBlock, body: Body) -> InboundMessage:
    found = _by_name(header.fields)
    froms = tuple(found.get("from", ()))
    start, end, _ = header_span(octets)
    sender, sender_problem = read_sender(froms, header.defects, octets[start:end])
    delivered = [value for name, value in header.fields if name in _DELIVERY_FIELDS]
    return InboundMessage(
        digest=hashlib.sha256(raw).hexdigest(),
        message_id=_first(read_ids(_first(found.get("message-id")))),
        in_reply_to=read_ids(" ".join(found.get("in-reply-to", ()))),
        references=read_ids(" ".join(found.get("references", ()))),
        date=read_date(_first(found.get("date"))),
        sender=sender,
        sender_problem=sender_problem,
        to=_addresses(found.get("to")),
        cc=_addresses(found.get("cc")),
        reply_to=_addresses(found.get("reply-to")),
        delivered_to=tuple(dict.fromkeys(_addresses(delivered))),
        subject=decode_words(_first(found.get("subject"))),
        text=body.text,
        html=body.html,
        attachments=body.attachments,
        calendars=body.calendars,
        report=body.report,
        fields=header.fields,
        defects=(*header.defects, *body.defects),
        authors=(sender,) if sender else _addresses(froms),
    )


def _by_name(fields: FieldBlock) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


def _first(values: list[str] | tuple[str, ...] | None) -> str:
    return values[0] if values else ""


def _addresses(values: list[str] | tuple[str, ...] | None) -> tuple[MailAddress, ...]:
    return tuple(address for value in values or () for address in read_addresses(value))


def _with_usual_line_ends(raw: bytes) -> bytes:
    r"""Mail with `\r` or `\r\r\n` line ends, as old systems and bad gateways make it."""
    raw = raw.removeprefix(_BYTE_ORDER_MARK)
    if b"\r" not in raw[:HEADER_OCTETS]:
        return raw
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    if b"\r\r\n" in raw[:HEADER_OCTETS]:
        return raw.replace(b"\r\r\n", b"\r\n")
    return raw
