"""What a delivery report says about a letter of ours (RFC 3464, RFC 3463).

Anybody can write such a report. Whoever acts on one first verifies that the id of the
returned letter is ours, or that it came to a bounce address of ours.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from mailflow.errors import UnreadableMail
from mailflow.mail.headers import decode_words, read_header, read_ids
from mailflow.mail.message import FieldBlock, InboundMessage, ReportKind
from mailflow.mail.precheck import HEADER_OCTETS

_TEXT_LIMIT = 100_000
_DIAGNOSTIC_LIMIT = 500
_MAX_REPORTS = 50
_STATUS = re.compile(r"(?<![0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
_REPLY_CODE = re.compile(r"(?<![0-9.])([45])[0-9]{2}[ -]")
_ADDRESS = re.compile(r"<([^<>\s@]{1,64}@[^<>\s@]{1,253})>")
_BARE_ADDRESS = re.compile(r"[^\s<>,;@]{1,64}@[^\s<>,;@]{1,253}")
_ID_LINE = re.compile(r"^[> \t]*Message-ID:[ \t]*(<[^<>\s]{1,900}>)", re.MULTILINE | re.IGNORECASE)
_MAILFLOW_LINE = re.compile(
    r"^[> \t]*X-Mailflow-Id:[ \t]*([A-Za-z0-9._-]{1,100})", re.MULTILINE | re.IGNORECASE
)
_IN_ANSWER = re.compile(r"(?<![0-9.])5\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_CODES_OF_ADDRESSES = ("550", "551", "553")
_OF_ADDRESSES = ("5.1.", "5.2.1", "5.4.4")
_OF_SENDERS = ("5.1.7", "5.1.8")
_NOT_DEAD = ("5.2.2", "5.2.3", "5.7.")  # full, too large, policy: the address is alive
_BAD_NEWS = frozenset(("failed", "delayed"))


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What became of a letter on its way to one recipient.

    Attributes:
        recipient: the address as we wrote it where the report tells, else as the last server
            knew it; empty when it cannot be made out.
        action: `failed` or `delayed`.
        status: enhanced status code such as `5.1.1`; empty when there is none.
        diagnostic: what the last server said, one line.
        hard: True when nothing will ever arrive at this address.
        original_message_id: Message-ID of the returned letter with angle brackets, or empty.
        mailflow_id: X-Mailflow-Id of the returned letter, or empty.
    """

    recipient: str
    action: str
    status: str
    diagnostic: str
    hard: bool
    original_message_id: str
    mailflow_id: str


def read_bounces(message: InboundMessage) -> tuple[BounceReport, ...]:
    """Return the bad news in a delivery report, one for each recipient; good news is left out.

    Reports of older systems, which are written for people only, are read as far as their
    words allow.
    """
    text = (message.text or "")[:_TEXT_LIMIT]
    returned = _returned_fields(message)
    message_id = _first(read_ids(_value(returned, "message-id"))) or _line(_ID_LINE, text)
    mailflow_id = _value(returned, "x-mailflow-id") or _line(_MAILFLOW_LINE, text)
    if message.report and message.report.kind is not ReportKind.DELIVERY:
        return ()
    if message.report:
        found = [_of_block(block) for block in message.report.blocks]
    else:
        found = _of_text(message, text)
    return tuple(
        BounceReport(recipient, action, status, said, _is_hard(action, status), *marks)
        for recipient, action, status, said in found[:_MAX_REPORTS]
        for marks in [(message_id, mailflow_id)]
        if action in _BAD_NEWS
    )


def _of_block(block: FieldBlock) -> tuple[str, str, str, str]:
    """Recipient, action, status and diagnostic of one group of fields."""
    written = _value(block, "original-recipient") or _value(block, "final-recipient")
    diagnostic = decode_words(_value(block, "diagnostic-code"))[:_DIAGNOSTIC_LIMIT]
    status = _line(_STATUS, _value(block, "status"))
    if not status or status.endswith(".0.0"):  # the words of the server often say more
        status = _line(_STATUS, diagnostic) or status
    found = _BARE_ADDRESS.search(written.rpartition(";")[2])
    action = _value(block, "action").partition("(")[0].strip().lower()
    return found[0] if found else "", action, status, diagnostic


def _of_text(message: InboundMessage, text: str) -> list[tuple[str, str, str, str]]:
    """A report without fields for machines: Exim names the addresses, qmail writes prose."""
    failed = message.header("x-failed-recipients")
    addresses = _BARE_ADDRESS.findall(failed) if failed else _ADDRESS.findall(text)[:1]
    above, _, _ = text.partition("\nReturn-Path:")
    status = _line(_STATUS, above)
    if not status and (code := _REPLY_CODE.search(above)):
        status = f"{code[1]}.0.0"
    action = "delayed" if status.startswith("4") else "failed"
    said = next((line for line in above.splitlines() if status and status in line), "")
    said = decode_words(said)[:_DIAGNOSTIC_LIMIT]
    return [(address, action, status, said) for address in addresses or [""]]


def speaks_of_the_address(answer: str) -> bool:
    """Tell whether a server that refused a letter for good said that nobody has this address.

    It may as well mean our own address, the letter's size or form, or its policy. Without an
    enhanced status code (RFC 3463) the refusal is taken for the address's.

    Args:
        answer: what the server said, such as `550 5.1.1 nobody here`.
    """
    found = _IN_ANSWER.search(answer)
    if found is None:
        return answer.startswith(_CODES_OF_ADDRESSES)
    return found[0].startswith(_OF_ADDRESSES) and not found[0].startswith(_OF_SENDERS)


def _is_hard(action: str, status: str) -> bool:
    return action == "failed" and status.startswith("5.") and not status.startswith(_NOT_DEAD)


def _returned_fields(message: InboundMessage) -> FieldBlock:
    """The header of the letter that came back, wherever the report keeps it."""
    if message.report and message.report.returned:
        return message.report.returned
    for part in message.attachments:
        if part.media_type in {"message/rfc822", "text/rfc822-headers"}:
            with suppress(UnreadableMail):
                return read_header(part.content[:HEADER_OCTETS]).fields
    return ()


def _value(fields: FieldBlock, name: str) -> str:
    return next((value for key, value in fields if key == name), "")


def _line(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
