"""Mails for the tests of this room: raw ones that come in, values that go out."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

from mailflow.mail.keys import Keyring, message_id_for, thread_id_for
from mailflow.mail.message import InboundMessage, MailAddress, OutboundMessage
from mailflow.mail.parse import parse_message

KEYRING = Keyring(b"k" * 32, version=3, previous=(b"j" * 32,))
INSTANCE = "mail.studio.example"
LETTER = 4711
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def raw_mail(
    *fields: str, body: str | bytes = "Done!\n", sender: str = "carol@acme.example"
) -> bytes:
    """A mail with the usual fields, then `fields`, then `body`; LF line ends."""
    usual = [
        f"From: {sender}",
        "To: dana@studio.example",
        "Subject: Re: papers",
        "Date: Mon, 2 Mar 2026 10:00:00 +0100",
        "Message-ID: <1@acme.example>",
    ]
    given = {field.partition(":")[0].lower() for field in fields}
    kept = [field for field in usual if field.partition(":")[0].lower() not in given]
    header = "\n".join([*kept, *fields]).encode("utf-8", "surrogateescape")
    octets = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    return header + b"\n\n" + octets


def read(*fields: str, body: str | bytes = "Done!\n") -> InboundMessage:
    """The same, read."""
    return parse_message(raw_mail(*fields, body=body))


def a_letter() -> OutboundMessage:
    """A letter of ours to Carol; tests replace what they are about."""
    return OutboundMessage(
        from_=MailAddress("Studio", "dana@studio.example"),
        to=(MailAddress("Carol Jones", "carol@acme.example"),),
        subject="To Do: Send the papers [TAX]",
        text="Hello Carol,\n\nplease send the papers.\n",
        message_id=message_id_for(KEYRING, LETTER, INSTANCE),
        references=(thread_id_for(KEYRING, LETTER, INSTANCE),),
        date=MONDAY,
        mailflow_id="4711",
        instance=INSTANCE,
    )


def library_reading(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it: a reader that is not ours."""
    return email.message_from_bytes(  # noqa: TID251 - the reader to compare with
        raw, policy=email.policy.default
    )
