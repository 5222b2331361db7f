from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.mail import fields
from mailflow.mail.build import seal
from mailflow.mail.message import (
    AutoSubmitted,
    CalendarPart,
    MailAddress,
    OutboundAttachment,
)
from mailflow.mail.parse import parse_message
from tests.mail.builders import INSTANCE, MONDAY, a_letter, library_reading
from tests.mail.test_fields import names, texts, unspaced

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Z\xc3\xbcrich\r\nEND:VCALENDAR\r\n"
INVITATION = CalendarPart("REQUEST", ICS)
bodies = st.one_of(texts, st.text(max_size=2000))


def as_lines(text: str) -> str:
    """A text as it arrives: LF line ends, one at the end, half characters as `?`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    return lines.encode("utf-8", "replace").decode("utf-8")


@settings(deadline=None)
@given(texts, names, bodies, st.none() | bodies, names, st.binary(max_size=300))
def test_whatever_goes_in_another_reader_finds_again(
    subject: str, name: str, text: str, html: str | None, file: str, content: bytes
) -> None:
    letter = replace(
        a_letter(),
        subject=subject,
        to=(MailAddress(name, "carol@acme.example"),),
        text=text,
        html=html,
        calendar=INVITATION,
        attachments=(OutboundAttachment(file, "application/pdf", content),),
    )
    reading = library_reading(seal(letter))
    plain, *pages, invitation, copy, attachment = [
        part for part in reading.walk() if not part.is_multipart()
    ]

    assert reading["subject"] == fields.header_text(subject)
    shown = reading["to"].addresses[0].display_name
    assert unspaced(shown) == unspaced(fields.display_name(name))
    assert plain.get_content().replace("\r\n", "\n") == as_lines(text)
    assert [page.get_content().replace("\r\n", "\n") for page in pages] == (
        [as_lines(html)] if html is not None else []
    )
    assert invitation.get_payload(decode=True) == copy.get_payload(decode=True) == ICS
    assert attachment.get_payload(decode=True) == content
    assert attachment.get_filename() == fields.file_name(file)
    assert not any(part.defects for part in reading.walk())


@settings(deadline=None)
@given(texts, names, bodies, st.none() | bodies)
def test_our_own_reader_finds_it_too(subject: str, name: str, text: str, html: str | None) -> None:
    text = f"Hello {text}"
    letter = replace(
        a_letter(),
        subject=subject,
        from_=MailAddress(name, "d@studio.example"),
        text=text,
        html=html,
    )
    message = parse_message(seal(letter))

    assert message.subject == fields.header_text(subject)
    assert message.sender == MailAddress(fields.display_name(name), "d@studio.example")
    assert message.text == as_lines(text).replace("\0", "")
    assert message.html == (None if html is None else as_lines(html).replace("\0", ""))
    assert message.defects == ()


@given(texts, names, bodies)
def test_the_wire_form_is_ascii_in_short_lines_with_whole_line_ends(
    subject: str, name: str, text: str
) -> None:
    raw = seal(
        replace(a_letter(), subject=subject, cc=(MailAddress(name, "v@s.example"),), text=text)
    )

    assert raw.isascii()
    assert raw.replace(b"\r\n", b"").count(b"\r") == raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_equal_letters_are_equal_bytes() -> None:
    letter = replace(a_letter(), html="<p>x</p>", calendar=INVITATION)

    assert seal(letter) == seal(replace(letter))


def test_an_invitation_stands_where_every_program_looks_for_it() -> None:
    letter = replace(
        a_letter(),
        html="<p>x</p>",
        calendar=INVITATION,
        attachments=(OutboundAttachment("plan.pdf", "application/pdf", b"%PDF"),),
    )
    reading = library_reading(seal(letter))
    alternative, copy, page = reading.iter_parts()

    assert reading.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    invitation = list(alternative.iter_parts())[-1]
    assert invitation["content-type"].params["method"] == "REQUEST"
    assert invitation.get_content_disposition() is None
    assert (copy.get_content_type(), copy.get_filename()) == ("application/ics", "invite.ics")
    assert page.get_content_disposition() == "attachment"


def test_an_invitation_that_is_attached_already_is_not_attached_twice() -> None:
    letter = replace(
        a_letter(),
        calendar=INVITATION,
        attachments=(OutboundAttachment("TAX-3.ics", "application/ics", ICS),),
    )

    assert [one.name for one in parse_message(seal(letter)).attachments] == ["", "TAX-3.ics"]


def test_a_letter_of_one_text_has_no_parts() -> None:
    assert library_reading(seal(a_letter())).get_content_type() == "text/plain"


def test_the_header_holds_exactly_what_was_meant() -> None:
    letter = replace(
        a_letter(),
        cc=(MailAddress("Vic", "vic@studio.example"),),
        reply_to=MailAddress("Studio", "dana+abc@studio.example"),
        in_reply_to="<1@acme.example>",
        auto_submitted=AutoSubmitted.REPLIED,
        suppress=True,
        bulk=True,
        list_unsubscribe="<mailto:dana+abc@studio.example?subject=unsubscribe>",
        date=datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1))),
    )
    reading = library_reading(seal(letter))

    assert dict(reading.items()) == {
        "From": "Studio <dana@studio.example>",
        "To": "Carol Jones <carol@acme.example>",
        "Cc": "Vic <vic@studio.example>",
        "Reply-To": "Studio <dana+abc@studio.example>",
        "Subject": "To Do: Send the papers [TAX]",
        "Date": "Mon, 02 Mar 2026 10:00:00 +0100",
        "Message-ID": letter.message_id,
        "In-Reply-To": "<1@acme.example>",
        "References": letter.references[0],
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "OOF, AutoReply, DR, RN, NRN",
        "Precedence": "bulk",
        "List-Unsubscribe": "<mailto:dana+abc@studio.example?subject=unsubscribe>",
        "X-Mailflow-Instance": INSTANCE,
        "X-Mailflow-Id": "4711",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }


def test_strange_ids_of_other_people_loosen_the_thread_and_nothing_else() -> None:
    letter = replace(
        a_letter(), in_reply_to="<a b>\nBcc: x", references=("<ok@x.example>", "zoë", "<ü@x>")
    )
    message = parse_message(seal(letter))

    assert message.in_reply_to == ()
    assert message.references == ("<ok@x.example>",)


def test_a_long_thread_keeps_its_root_and_its_newest_letters() -> None:
    ids = tuple(f"<{n}@x.example>" for n in range(100))
    message = parse_message(seal(replace(a_letter(), references=ids)))

    assert message.references == (ids[0], *ids[-19:])


@pytest.mark.parametrize(
    "fault",
    [
        {"message_id": "no brackets"},
        {"message_id": "<a@b>\r\nBcc: x"},
        {"mailflow_id": "a b"},
        {"instance": "zoë"},
        {"date": MONDAY.replace(tzinfo=None)},
        {"list_unsubscribe": "<mailto:x>\r\nBcc: y"},
        {"to": (MailAddress("x", "zoë@acme.example"),)},
        {"calendar": CalendarPart("request; x=y", b"")},
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        seal(replace(a_letter(), **fault))  # type: ignore[arg-type]


@pytest.mark.parametrize("media_type", ["message/rfc822", "multipart/mixed", "x", "a/b\r\nX: y"])
def test_a_file_whose_type_cannot_be_sent_goes_as_plain_octets(media_type: str) -> None:
    file = OutboundAttachment("mail.eml", media_type, b"From: x\n\ny")
    [found] = parse_message(seal(replace(a_letter(), attachments=(file,)))).attachments

    assert (found.media_type, found.content) == ("application/octet-stream", b"From: x\n\ny")


def test_a_large_file_is_the_same_the_second_time() -> None:
    file = OutboundAttachment("plan.pdf", "application/pdf", bytes(range(256)) * 100)
    letter = replace(a_letter(), attachments=(file,))

    for raw in (seal(letter), seal(letter)):
        assert parse_message(raw).attachments[0].content == file.content
