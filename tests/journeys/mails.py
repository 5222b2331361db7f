"""Mails that people do not type: clicks in calendars, bounces, forgeries."""

from email.message import EmailMessage
from email.policy import SMTP

from tests.journeys.builders import JourneyOffice, Letter, Person


def calendar_answer(person: Person, letter: Letter, attendee: str, method: str = "REPLY") -> bytes:
    """Return what a calendar program answers to a letter's first entry (RFC 6047)."""
    entry = letter.entries[0].data.decode().replace("\r\n ", "")
    facts = dict(line.split(":", 1) for line in entry.splitlines() if ":" in line)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", f"METHOD:{method}",
        "BEGIN:VEVENT", f"UID:{facts['UID']}", f"SEQUENCE:{facts['SEQUENCE']}",
        f"DTSTAMP:{person.office.clock.now():%Y%m%dT%H%M%SZ}",
        f"ORGANIZER:mailto:{person.office.bot}", attendee,
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    message = EmailMessage()
    message["From"], message["To"] = person.sender, person.office.bot
    message["Subject"] = f"Accepted: {letter.subject}"
    message["Message-ID"] = f"<{person.office.clock.now().timestamp()}@calendar.test>"
    message.set_content("has answered")
    calendar = "\r\n".join(lines)
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    return message.as_bytes(policy=SMTP)


def bounce(letter: Letter, office: JourneyOffice, number: int = 1) -> bytes:
    """Return how another server gives a letter back (RFC 3464)."""
    original = letter.received.message
    return (
        f"From: MAILER-DAEMON@mx.client.test\r\nTo: {office.bot}\r\nSubject: Undelivered\r\n"
        f"Message-ID: <bounce{number}@mx.client.test>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.client.test\r\n\r\n"
        f"Final-Recipient: rfc822; {original.to[0].address}\r\nAction: failed\r\n"
        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original.message_id}\r\n"
        "\r\n--b--\r\n"
    ).encode()


def typed(sender: str, to: str, text: str, **fields: str) -> bytes:
    """Return a plain mail with these fields besides; `_` stands for the hyphen."""
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes(policy=SMTP)
