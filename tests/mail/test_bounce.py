import pytest

from mailflow.mail.bounce import BounceReport, read_bounces, speaks_of_the_address
from mailflow.mail.keys import message_id_for
from mailflow.mail.message import InboundMessage
from tests.mail.builders import INSTANCE, KEYRING, read

OURS = message_id_for(KEYRING, 4711, INSTANCE)
RETURNED = f"From: dana@studio.example\nMessage-ID: {OURS}\nX-Mailflow-Id: 4711\n"


def dsn(
    *recipients: str, returned: str = f"Content-Type: text/rfc822-headers\n\n{RETURNED}"
) -> InboundMessage:
    status = "\n\n".join(["Reporting-MTA: dns; mx.example", *recipients])
    return read(
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "From: MAILER-DAEMON@mx.example",
        body=f"--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{status}\n"
        f"--b\n{returned}\n--b--\n",
    )


def test_a_report_says_who_why_and_about_which_letter() -> None:
    message = dsn(
        "Original-Recipient: rfc822;carol@acme.example\nFinal-Recipient: rfc822; cj@box.example\n"
        "Action: failed\nStatus: 5.1.1 (unknown)\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <cj@box.example>:\n  User unknown"
    )

    assert read_bounces(message) == (
        BounceReport(
            recipient="carol@acme.example",
            action="failed",
            status="5.1.1",
            diagnostic="smtp; 550 5.1.1 <cj@box.example>: User unknown",
            hard=True,
            original_message_id=OURS,
            mailflow_id="4711",
        ),
    )


@pytest.mark.parametrize(
    ("action", "status", "hard"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.1.2", True),
        ("failed", "5.1.10", True),
        ("failed", "5.0.0", True),
        ("failed", "5.2.1", True),
        ("failed", "5.2.2", False),
        ("failed", "5.2.3", False),
        ("failed", "5.7.1", False),
        ("failed", "5.7.26", False),
        ("failed", "4.4.7", False),
        ("delayed", "4.4.1", False),
        ("delayed", "5.1.1", False),
        ("Failed (gave up)", "5.1.1", True),
    ],
)
def test_only_an_address_that_is_gone_bounces_hard(action: str, status: str, hard: bool) -> None:
    [found] = read_bounces(
        dsn(f"Final-Recipient: rfc822; carol@acme.example\nAction: {action}\nStatus: {status}")
    )

    assert (found.status, found.hard) == (status, hard)


def test_a_vague_status_is_sharpened_by_the_servers_words() -> None:
    [found] = read_bounces(
        dsn(
            "Final-Recipient: rfc822; c@acme.example\nAction: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: smtp; 552 5.2.2 mailbox full"
        )
    )

    assert (found.status, found.hard) == ("5.2.2", False)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "", "nonsense"])
def test_good_news_is_left_out(action: str) -> None:
    message = dsn(f"Final-Recipient: rfc822; c@acme.example\nAction: {action}\nStatus: 2.0.0")

    assert read_bounces(message) == ()


def test_each_recipient_has_its_own_report() -> None:
    message = dsn(
        "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1",
        "Final-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.2.0",
    )

    assert [(one.recipient, one.hard) for one in read_bounces(message)] == [
        ("a@x.example", True),
        ("b@x.example", False),
    ]


@pytest.mark.parametrize(
    "returned",
    [
        f"Content-Type: message/rfc822\n\n{RETURNED}\nHello Carol",
        f"Content-Type: message/rfc822-headers\n\n{RETURNED}",
        f"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: 7bit\n\n{RETURNED}",
    ],
)
def test_the_returned_letter_is_found_in_all_its_forms(returned: str) -> None:
    [found] = read_bounces(
        dsn(
            "Final-Recipient: rfc822; c@x.example\nAction: failed\nStatus: 5.1.1", returned=returned
        )
    )

    assert (found.original_message_id, found.mailflow_id) == (OURS, "4711")


def test_a_report_without_the_letter_has_no_ids() -> None:
    [found] = read_bounces(
        dsn("Final-Recipient: rfc822; c@x.example\nAction: failed\nStatus: 5.1.1", returned="\nx")
    )

    assert (found.original_message_id, found.mailflow_id) == ("", "")


def test_a_report_of_exim_is_read_from_its_field_and_its_words() -> None:
    message = read(
        "X-Failed-Recipients: carol@acme.example",
        "From: Mail Delivery System <Mailer-Daemon@mx.example>",
        body="A message that you sent could not be delivered.\n\n  carol@acme.example\n"
        "    host mx.acme.example [192.0.2.1]\n    550 5.1.1 User unknown\n\n"
        f"------ This is a copy of the message ------\n\nReturn-path: <x>\n{RETURNED}\nHello\n",
    )

    [found] = read_bounces(message)
    assert (found.recipient, found.status, found.hard) == ("carol@acme.example", "5.1.1", True)
    assert found.diagnostic == "550 5.1.1 User unknown"
    assert (found.original_message_id, found.mailflow_id) == (OURS, "4711")


def test_a_report_of_qmail_is_read_from_its_words() -> None:
    message = read(
        "From: MAILER-DAEMON@mx.example",
        "Return-Path: <>",
        body="Hi. This is the mail program.\n\n<carol@acme.example>:\n"
        "192.0.2.1 does not like recipient.\nRemote host said: 452 try later\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <x@y.example>\n{RETURNED}",
    )

    [found] = read_bounces(message)
    assert (found.recipient, found.action, found.status) == (
        "carol@acme.example",
        "delayed",
        "4.0.0",
    )
    assert found.original_message_id == OURS


def test_an_attached_letter_is_found_in_a_report_for_people() -> None:
    message = read(
        'Content-Type: multipart/mixed; boundary="b"',
        body="--b\n\nundeliverable: <c@x.example>\n--b\nContent-Type: message/rfc822\n\n"
        f"{RETURNED}\n--b--\n",
    )

    assert [one.mailflow_id for one in read_bounces(message)] == ["4711"]


def test_words_without_any_fact_give_an_empty_report() -> None:
    [found] = read_bounces(read(body="It did not work.\n"))

    assert found == BounceReport(
        "", "failed", "", "", hard=False, original_message_id="", mailflow_id=""
    )


@pytest.mark.parametrize(
    ("answer", "hers"),
    [
        ("550 5.1.1 The account does not exist", True),
        ("550 no such user here", True),
        ("553 mailbox name not allowed", True),
        ("550 5.2.1 mailbox disabled", True),
        ("553 5.7.1 this is not your address", False),
        ("550 5.1.8 bad sender", False),
        ("552 5.3.4 message too large", False),
        ("552 too much mail data", False),
        ("554 5.7.1 spam 10.5.1.1 listed", False),
        ("554 rejected", False),
        ("the recipient is not an address", False),
    ],
)
def test_a_refusal_speaks_of_the_address_or_of_something_else(answer: str, hers: bool) -> None:
    assert speaks_of_the_address(answer) is hers
