import pytest

from mailflow.mail.carriers import Carrier, CarrierSource, carriers, is_own_message
from mailflow.mail.keys import (
    Claim,
    CodeHint,
    TokenKind,
    body_ref,
    calendar_uid,
    make_token,
    message_id_for,
    thread_id_for,
    verify,
)
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message
from tests.mail.builders import INSTANCE, KEYRING, LETTER, raw_mail, read

CAROL = "carol@acme.example"
OWN = ("Dana@studio.example",)


def found_in(message: InboundMessage, delimiter: str = "+") -> list[tuple[CarrierSource, Claim]]:
    found = carriers(message, INSTANCE, OWN, delimiter)
    return [(one.source, one.claim) for one in found]


def letters_in(message: InboundMessage) -> list[tuple[CarrierSource, int | None]]:
    found = carriers(message, INSTANCE, OWN, "+")
    return [(one.source, one.letter_id) for one in found if not isinstance(one.claim, CodeHint)]


TOKEN = make_token(KEYRING, TokenKind.REPLY, LETTER, CAROL)


@pytest.mark.parametrize(
    "field", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"]
)
def test_a_token_is_found_wherever_the_reply_address_was_kept(field: str) -> None:
    message = read(f"{field}: Studio <DANA+{TOKEN.upper()}@studio.example>")

    [carrier] = carriers(message, INSTANCE, OWN, "+")

    assert carrier.source is CarrierSource.ADDRESS
    assert carrier.letter_id == LETTER
    assert verify(KEYRING, carrier.claim, instance=INSTANCE, recipient=CAROL)


def test_a_token_before_somebody_elses_domain_is_no_carrier() -> None:
    message = read(f"To: dana+{TOKEN}@evil.example, mallory+{TOKEN}@studio.example")

    assert letters_in(message) == []


def test_without_a_delimiter_there_are_no_tokens() -> None:
    message = read(f"To: dana+{TOKEN}@studio.example")

    assert found_in(message, delimiter="") == []


def test_another_delimiter_is_obeyed() -> None:
    message = read(f"To: dana-{TOKEN}@studio.example")

    assert [source for source, _ in found_in(message, "-")] == [CarrierSource.ADDRESS]


def test_references_are_believed_from_the_right_and_after_in_reply_to() -> None:
    first, second, third = (message_id_for(KEYRING, n, INSTANCE) for n in (1, 2, 3))
    thread = thread_id_for(KEYRING, 1, INSTANCE)
    message = read(f"References: {thread} {first} <x@y.example> {second}", f"In-Reply-To: {third}")

    assert [letter for _, letter in letters_in(message)] == [3, 2, 1, 1]


def test_an_id_of_another_installation_is_no_carrier() -> None:
    assert letters_in(read(f"In-Reply-To: {message_id_for(KEYRING, 1, 'other.example')}")) == []


def test_what_a_server_kept_of_the_id_it_replaced_is_no_carrier() -> None:
    ours = message_id_for(KEYRING, 1, INSTANCE)

    assert letters_in(read(f"X-Microsoft-Original-Message-ID: {ours}")) == []


def test_carriers_come_in_the_order_in_which_they_are_believed() -> None:
    uid = calendar_uid(KEYRING, "TAX", 3, 17, INSTANCE)
    calendar = (
        f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid[:40]}\n {uid[40:]}\nEND:VEVENT\n"
    )
    message = read(
        f"To: dana+{TOKEN}@studio.example",
        f"References: {message_id_for(KEYRING, 1, INSTANCE)}",
        "Subject: Re: papers [TAX]",
        'Content-Type: multipart/mixed; boundary="b"',
        body=f"--b\n\nTAX-3 is done\n\n> {body_ref(KEYRING, 9)}\n--b\n"
        f"Content-Type: text/calendar; method=REPLY\n\n{calendar}\n--b--\n",
    )

    found = found_in(message)

    assert [source for source, _ in found] == [
        CarrierSource.CALENDAR_UID,
        CarrierSource.ADDRESS,
        CarrierSource.MESSAGE_ID,
        CarrierSource.BODY_REF,
        CarrierSource.SUBJECT_TAG,
        CarrierSource.VISIBLE_CODE,
    ]
    assert all(
        verify(KEYRING, claim, instance=INSTANCE, recipient=CAROL)
        for _, claim in found
        if not isinstance(claim, CodeHint)
    )


def test_the_reference_line_is_found_in_a_mail_that_is_html_only() -> None:
    message = read("Content-Type: text/html", body=f"<p>Done</p><p>{body_ref(KEYRING, LETTER)}</p>")

    assert letters_in(message) == [(CarrierSource.BODY_REF, LETTER)]


@pytest.mark.parametrize(
    ("subject", "hints"),
    [
        ("Re: Papers [TAX]", [CodeHint("TAX", None)]),
        ("[tax-3] Papers", [CodeHint("TAX", 3)]),
        ("AW: TAX-3 und TAX-4", [CodeHint("TAX", 3), CodeHint("TAX", 4)]),
        ("[External] x", [CodeHint("EXTERNAL", None)]),
        ("room A-12", []),
        ("2026-3 and a-very-long-3", []),
    ],
)
def test_visible_codes_in_the_subject_are_hints(subject: str, hints: list[CodeHint]) -> None:
    found = found_in(read(f"Subject: {subject}"))

    assert [claim for source, claim in found if source is CarrierSource.SUBJECT_TAG] == hints


def test_one_mark_is_one_carrier_however_often_it_stands_there() -> None:
    ours = message_id_for(KEYRING, 1, INSTANCE)

    assert letters_in(read(f"References: {ours} {ours}", f"In-Reply-To: {ours}")) == [
        (CarrierSource.MESSAGE_ID, 1)
    ]


def test_a_carrier_that_names_no_letter_says_so() -> None:
    assert Carrier(CarrierSource.SUBJECT_TAG, CodeHint("TAX", None)).letter_id is None


def test_our_own_mail_is_known_by_its_id_with_a_valid_code() -> None:
    ours = read(f"Message-ID: {message_id_for(KEYRING, 1, INSTANCE)}")
    forged = read(f"Message-ID: <mf.3aaaaaaab.aaaaaaaaaaaaaaaa@{INSTANCE}>")

    assert is_own_message(ours, KEYRING, INSTANCE)
    assert not is_own_message(forged, KEYRING, INSTANCE)


def test_from_alone_never_makes_a_mail_ours() -> None:
    message = parse_message(raw_mail(sender="dana@studio.example"))

    assert not is_own_message(message, KEYRING, INSTANCE)


def test_a_thread_id_is_never_a_mail() -> None:
    thread = read(f"Message-ID: {thread_id_for(KEYRING, 1, INSTANCE)}")

    assert not is_own_message(thread, KEYRING, INSTANCE)


def test_a_text_full_of_codes_gives_at_most_fifty_hints() -> None:
    text = " ".join(f"AB-{number}" for number in range(1000))
    found = [claim for _, claim in found_in(read(body=text))]

    assert len(found) == 50
