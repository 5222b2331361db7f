"""How the people of the demo answer: as their mail programs would send it."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as its reader has it open."""

    raw: bytes
    message: InboundMessage

    @staticmethod
    def of(raw: bytes) -> "Received":
        """Return the opened mail."""
        return Received(raw, parse_message(raw))

    @property
    def answer_to(self) -> str:
        """Where an answer goes (RFC 5322 section 3.6.2)."""
        reply_to = self.message.reply_to
        sender = self.message.sender
        if reply_to:
            return reply_to[0].address
        return "" if sender is None else sender.address

    @property
    def quoted(self) -> str:
        """The text as mail programs quote it."""
        return "\n".join(f"> {line}" for line in (self.message.text or "").splitlines())


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody types and attaches."""

    text: str
    files: tuple[tuple[str, str, bytes], ...] = ()
    tagline: str = ""
    subject: str = ""


def fresh(sender: str, to: str, typed: Typed, now: datetime) -> bytes:
    """Return a new mail."""
    return _sealed(sender, to, typed, now, typed.text)


def answer(sender: str, received: Received, typed: Typed, now: datetime) -> bytes:
    """Return an answer above the quoted original, with the program's tagline."""
    tagline = f"\n\n{typed.tagline}" if typed.tagline else ""
    attribution = f"On {now:%a, %d %b %Y at %H:%M}, {_name(received)} wrote:"
    body = f"{typed.text}{tagline}\n\n{attribution}\n{received.quoted}\n"
    subject = received.message.subject
    prefixed = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    words = Typed(typed.text, typed.files, subject=typed.subject or prefixed)
    return _sealed(sender, received.answer_to, words, now, body, received)


def out_of_office(sender: str, received: Received, words: str, now: datetime) -> bytes:
    """Return what a server answers while its owner is away (RFC 3834)."""
    message = _envelope(sender, received.answer_to, now, received)
    message["Subject"] = f"Automatic reply: {received.message.subject}"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(words)
    return message.as_bytes(policy=SMTP)


def _name(received: Received) -> str:
    sender = received.message.sender
    return "" if sender is None else f"{sender.name} <{sender.address}>"


def _sealed(  # noqa: PLR0913, PLR0917 - what a mail has
    sender: str,
    to: str,
    typed: Typed,
    now: datetime,
    body: str,
    received: Received | None = None,
) -> bytes:
    message = _envelope(sender, to, now, received)
    message["Subject"] = typed.subject
    message.set_content(body)
    for name, media_type, content in typed.files:
        maintype, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes(policy=SMTP)


def _envelope(sender: str, to: str, now: datetime, received: Received | None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{int(now.timestamp() * 1_000_000)}.{abs(hash(sender))}@demo.example>"
    if received is not None:
        parent = received.message.message_id
        message["In-Reply-To"] = parent
        message["References"] = " ".join((*received.message.references[-1:], parent))
    return message
