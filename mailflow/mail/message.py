"""A mail as values: what came in after parsing, what goes out before sealing.

Both kinds are frozen and hold no sockets, files or parsers. Text that a stranger wrote is
in here as it was understood; nothing in an `InboundMessage` proves anything by itself.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FieldBlock = tuple[tuple[str, str], ...]
"""Header fields in order: lower-case name, and the value unfolded but not yet decoded."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A mailbox with the name that stands beside it (RFC 5322 section 3.4).

    Attributes:
        name: display name, decoded; empty when there is none. Never compare it.
        address: `local@domain` without angle brackets, as written.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is not its text.

    Attributes:
        name: file name as the sender gave it, cleaned of paths and controls; may be empty.
        media_type: lower-case `type/subtype` as declared.
        size: octets of `content`.
        content: the decoded bytes.
        inline: True when the sender meant it to be shown within the text (a logo, a photo).
        content_id: `Content-ID` without angle brackets, empty when there is none.
        locked: True for an encrypted PDF or ZIP file, which nobody here can look into.
    """

    name: str
    media_type: str
    size: int
    content: bytes
    inline: bool = False
    content_id: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iCalendar object in a mail (RFC 6047).

    Attributes:
        method: the `method` parameter in upper case; empty when the part has none.
        data: the bytes of the calendar.
    """

    method: str
    data: bytes


class ReportKind(StrEnum):
    """What a `multipart/report` reports about (RFC 6522)."""

    DELIVERY = "delivery"
    DISPOSITION = "disposition"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Report:
    """The part of a report that is written for machines, and what came back with it.

    Attributes:
        kind: delivery (RFC 3464), disposition (RFC 8098) or feedback (RFC 5965).
        blocks: its groups of fields; in a delivery report the first is about the whole
            message and each further one about a recipient.
        returned: header fields of the returned message, empty when none came back.
    """

    kind: ReportKind
    blocks: tuple[FieldBlock, ...]
    returned: FieldBlock = ()


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One received mail, read as far as it could be read.

    Attributes:
        digest: SHA-256 of the raw bytes, in hexadecimal.
        message_id: `<left@right>` with its angle brackets, or empty.
        in_reply_to: ids of In-Reply-To, with angle brackets, in order.
        references: ids of References, with angle brackets, oldest first.
        date: the Date field, aware; None when it is missing, unreadable or without a zone.
        sender: the one trustworthy From address, or None.
        sender_problem: why `sender` is None, for a person to read; None when there is one.
        to: addresses of To.
        cc: addresses of Cc.
        reply_to: addresses of Reply-To.
        delivered_to: addresses that servers noted on the way (Delivered-To, X-Original-To,
            Envelope-To and their X- forms), without To and Cc.
        subject: decoded, unfolded.
        text: the plain text that the sender wrote, None when the mail has no such part.
        html: the HTML that the sender wrote, None when the mail has no such part.
        attachments: everything else, in order; forwarded mails and calendars included.
        calendars: the calendar parts among them.
        report: what a delivery, disposition or feedback report says, else None.
        fields: the whole header in order, see `FieldBlock`.
        defects: what was wrong with the mail, short and without its words.
        authors: every address that stands in a From field, for showing only. Whoever decides
            anything takes `sender`.
    """

    digest: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    sender: MailAddress | None
    sender_problem: str | None
    to: tuple[MailAddress, ...]
    cc: tuple[MailAddress, ...]
    reply_to: tuple[MailAddress, ...]
    delivered_to: tuple[MailAddress, ...]
    subject: str
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]
    calendars: tuple[CalendarPart, ...]
    report: Report | None
    fields: FieldBlock
    defects: tuple[str, ...]
    authors: tuple[MailAddress, ...] = ()

    def headers(self, name: str) -> tuple[str, ...]:
        """Return the values of all fields called `name`, topmost first.

        The values are unfolded. Encoded words (RFC 2047) stand as they came: what machines
        compare must not be decoded; `headers.decode_words` makes them readable.
        """
        wanted = name.lower()
        return tuple(value for field, value in self.fields if field == wanted)

    def header(self, name: str) -> str | None:
        """Return the topmost field called `name` as `headers` gives it, or None."""
        wanted = name.lower()
        return next((value for field, value in self.fields if field == wanted), None)


class AutoSubmitted(StrEnum):
    """How a mail of ours came about (RFC 3834 section 5)."""

    GENERATED = "auto-generated"
    REPLIED = "auto-replied"


@dataclass(frozen=True, slots=True)
class OutboundAttachment:
    """A file that goes out with a mail.

    Attributes:
        name: file name in any script; it is made safe when the mail is sealed.
        media_type: `type/subtype`.
        content: the bytes of the file.
    """

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One mail to one person, complete but for its form on the wire.

    Attributes:
        from_: who writes; the watched mailbox with the provider's name.
        to: the recipient; a tuple, but our letters have exactly one.
        cc: helpers who get a copy.
        reply_to: where answers go, usually an address with a token.
        subject: any text; it is made safe when the mail is sealed.
        text: plain text, complete by itself; any line ends.
        html: the same in HTML, or None.
        calendar: the one invitation of the mail, or None. It goes out inline and again as
            `invite.ics`, because some programs look only there.
        attachments: further files.
        message_id: ours, with angle brackets, see `keys.message_id_for`.
        in_reply_to: id of the mail that is answered, with angle brackets, or empty.
        references: ids of the thread, with angle brackets, oldest first.
        date: the Date field (aware); its offset is kept.
        auto_submitted: how the mail came about.
        suppress: True asks other programs not to answer it automatically.
        list_unsubscribe: content of List-Unsubscribe such as `<mailto:…>`, or empty.
        bulk: True for digests, which may say so.
        mailflow_id: id of the letter for X-Mailflow-Id; letters, digits, `.`, `_` and `-`.
        instance: name of this installation for X-Mailflow-Instance; the same characters.
    """

    from_: MailAddress
    to: tuple[MailAddress, ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    mailflow_id: str
    instance: str
    cc: tuple[MailAddress, ...] = ()
    reply_to: MailAddress | None = None
    html: str | None = None
    calendar: CalendarPart | None = None
    attachments: tuple[OutboundAttachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    auto_submitted: AutoSubmitted = AutoSubmitted.GENERATED
    suppress: bool = False
    list_unsubscribe: str = ""
    bulk: bool = False
