"""Answers as mail programs write them: the client's words above a quotation of our letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from html import escape

from bench_state import SentOut

from mailflow.mail.html_lines import body_of_html
from mailflow.mail.message import InboundMessage

SAID = (
    "1 done",
    "1 and 2 done.",
    "Hi Dana,\n\n2 is done.\n\nBest regards\nCarol",
    "1 done\n\nSent from my iPhone",
    "4 done, 5 too",
    "Hello,\n\n3 done. Number 4 comes next week.\n\nThanks\nCarol",
    "5: done",
    "2: which statements do you need exactly?",
)
"""What clients say; the last one needs the provider."""

_HOPS = 4
_SIGNED = (
    "v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=20230601; t=1772442000; "
    "h=to:subject:message-id:date:from:in-reply-to:references:mime-version;\r\n "
    "bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=;\r\n b=" + "Qm9k" * 60
)


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it arrives, and its Message-ID."""

    message_id: str
    raw: bytes


def answers(letters: Sequence[SentOut], said: Sequence[str], mark: str) -> list[Sent]:
    """Return an answer to each letter; the words and the mail programs take turns.

    Args:
        letters: what is answered.
        said: what the clients type, in turn.
        mark: stands in each Message-ID, so that no two answers are one mail.
    """
    shapes = (_by_gmail, _by_iphone, _by_outlook)
    found: list[Sent] = []
    for number, letter in enumerate(letters):
        ours = letter.message
        body = shapes[number % len(shapes)](ours, said[number % len(said)])
        message_id = f"<{mark}.{number}@mail.{letter.address.rpartition('@')[2]}>"
        found.append(Sent(message_id, _with_header(body, letter.address, ours, message_id)))
    return found


def marked(sent: Sequence[Sent], mark: str) -> list[Sent]:
    """Return the same answers as other mails: another mark stands in their Message-IDs."""
    found: list[Sent] = []
    for mail in sent:
        message_id = f"<{mark}.{mail.message_id.partition('.')[2]}"
        raw = mail.raw.replace(mail.message_id.encode(), message_id.encode(), 1)
        found.append(Sent(message_id, raw))
    return found


def _with_header(
    body: MIMEMultipart | MIMEText, address: str, ours: InboundMessage, message_id: str
) -> bytes:
    now = format_datetime(datetime.now(UTC))  # noqa: TID251 - the bench plays the outside world
    top = [f"Return-Path: <{address}>", "Delivered-To: office@bench.test"]
    top += [
        f"Received: from relay{hop}.client.test (relay{hop}.client.test [192.0.2.{hop}])\r\n"
        f"\tby mx{hop}.bench.test (Postfix) with ESMTPS id 4T{hop}x9Q2v1z; {now}"
        for hop in range(_HOPS)
    ]
    top.append(f"DKIM-Signature: {_SIGNED.format(domain=address.rpartition('@')[2])}")
    references = " ".join([*ours.references, ours.message_id])
    fields = {
        "From": f"{ours.to[0].name} <{address}>",
        "To": f"Dana Reed <{ours.reply_to[0].address}>",
        "Subject": f"Re: {ours.subject}",
        "Date": now,
        "Message-ID": message_id,
        "In-Reply-To": ours.message_id,
        "References": references,
        "X-Mailer": "bench",
    }
    for name, value in fields.items():
        body[name] = value
    raw = body.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return "\r\n".join(top).encode() + b"\r\n" + raw


def _quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def _by_gmail(ours: InboundMessage, said: str) -> MIMEMultipart:
    """It makes its text from the page that it showed, so our text is not in it word for word."""
    shown = "\n".join(body_of_html(ours.html or "", whole=True).shown)
    line = "On Mon, 2 Mar 2026 at 10:12, Dana Reed <office@bench.test> wrote:"
    mail = MIMEMultipart("alternative")
    mail.attach(MIMEText(f"{said}\n\n{line}\n\n{_quoted(shown)}", "plain", "utf-8"))
    typed = "<br>".join(escape(said).split("\n"))
    page = (
        f'<div dir="ltr">{typed}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(line)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
        f'rgb(204,204,204);padding-left:1ex">{ours.html}</blockquote></div>'
    )
    mail.attach(MIMEText(page, "html", "utf-8"))
    return mail


def _by_iphone(ours: InboundMessage, said: str) -> MIMEText:
    line = "On 2 Mar 2026, at 10:12, Dana Reed <office@bench.test> wrote:"
    text = f"{said}\n\n> {line}\n> \n{_quoted(ours.text or '')}"
    return MIMEText(text, "plain", "utf-8")


def _by_outlook(ours: InboundMessage, said: str) -> MIMEMultipart:
    head = (
        f"From: Dana Reed <office@bench.test>\nSent: Monday, 2 March 2026 10:12\n"
        f"To: {ours.to[0].name} <{ours.to[0].address}>\nSubject: {ours.subject}\n"
    )
    mail = MIMEMultipart("alternative")
    text = f"{said}\n\n________________________________\n{head}\n{ours.text or ''}"
    mail.attach(MIMEText(text, "plain", "iso-8859-1" if text.isascii() else "utf-8"))
    typed = "".join(f'<p class="MsoNormal">{escape(line)}</p>' for line in said.split("\n"))
    page = (
        f'<html><body lang="EN-GB"><div class="WordSection1">{typed}<div style="border:none;'
        'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        f"{'<br>'.join(escape(head).splitlines())}</p></div>{ours.html}</div></body></html>"
    )
    mail.attach(MIMEText(page, "html", "utf-8"))
    return mail
