"""Which mail of a shared mailbox is ours; everything else leaves no trace."""

import pytest

from mailflow.demo.programs import Received, Typed, answer
from mailflow.domain.notice import ToDosAsked
from mailflow.flow.belonging import belongs_to, is_our_recipient
from mailflow.ports import PartSummary
from tests.builders import CAROL, MONDAY
from tests.flow.builders import BOT, INSTANCE, Desk
from tests.mail.builders import raw_mail


def header(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def an_answer(desk: Desk) -> tuple[bytes, str]:
    [letter] = desk.write(ToDosAsked(CAROL, desk.plan, (1,)))
    received = Received.of(letter.sealed)
    return answer("carol@acme.example", received, Typed("done"), MONDAY), received.answer_to


def test_an_answer_belongs_by_its_address(desk: Desk) -> None:
    raw, _ = an_answer(desk)

    assert belongs_to(desk.settings)(header(raw), ())


def test_an_answer_belongs_by_what_it_refers_to(desk: Desk) -> None:
    raw, reply_to = an_answer(desk)

    assert belongs_to(desk.settings)(header(raw.replace(reply_to.encode(), BOT.encode())), ())


@pytest.mark.parametrize(
    "fields",
    [
        ("To: plans@studio.example",),
        ("To: plans@studio.example", "Subject: Re: [TAX] TAX-1"),
        ("To: plans+x@other.example",),
        ("To: plans@studio.example", "References: <mf.0aaaaaaab.aaaaaaaaaaaaaaaa@other.example>"),
        ("To: plans@studio.example", "From: dana@studio.example"),
    ],
)
def test_private_mail_does_not(desk: Desk, fields: tuple[str, ...]) -> None:
    assert not belongs_to(desk.settings)(header(raw_mail(*fields)), ())


def test_a_tag_of_ours_belongs_even_where_it_is_no_token(desk: Desk) -> None:
    raw = raw_mail("To: plans+tax@studio.example")

    assert belongs_to(desk.settings)(header(raw), ())


def test_a_calendar_answer_and_a_bounce_belong_by_what_they_carry(desk: Desk) -> None:
    belongs = belongs_to(desk.settings)
    private = header(raw_mail(f"To: {BOT}"))
    ours = f"BEGIN:VCALENDAR\r\nUID:TAX-1.2.0abc@{INSTANCE}\r\n".encode()
    theirs = b"BEGIN:VCALENDAR\r\nUID:lunch@acme.example\r\n"

    assert belongs(private, (PartSummary("text/calendar", (), 300, ours),))
    assert not belongs(private, (PartSummary("text/calendar", (), 300, theirs),))


@pytest.mark.parametrize(
    ("recipient", "ours"),
    [
        ("plans@studio.example", True),
        ("<Plans+ABC@Studio.Example>", True),
        ("plan@studio.example", False),
        ("plans@studio.example.evil", False),
        ("", False),
    ],
)
def test_our_door_knows_our_addresses(desk: Desk, recipient: str, ours: bool) -> None:
    assert is_our_recipient(desk.settings, recipient) is ours
