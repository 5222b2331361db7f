import pytest

from mailflow.mail.fingerprint import fingerprint
from mailflow.mail.parse import parse_message
from tests.mail.builders import raw_mail

MAIL = raw_mail()


def of(raw: bytes) -> str:
    return fingerprint(parse_message(raw), authentic=True)


@pytest.mark.parametrize(
    "copy",
    [
        b"Received: by mx.example\nDelivered-To: x@y.example\n" + MAIL,
        MAIL.replace(b"\n", b"\r\n"),
        b"From x Mon Mar  2 10:00:00 2026\n" + MAIL,
    ],
)
def test_one_mail_by_two_doors_has_one_fingerprint(copy: bytes) -> None:
    assert of(copy) == of(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"Done!", b"Not done!"),
        MAIL.replace(b"<1@", b"<2@"),
        MAIL.replace(b"10:00:00", b"10:00:01"),
        MAIL.replace(b"carol@", b"mallory@"),
        MAIL.replace(b"\n\n", b"\nContent-Type: text/html\n\n"),
        MAIL.replace(b"\n\n", b"\nContent-Type: image/png\n\n"),
    ],
)
def test_another_mail_under_the_same_id_has_another_fingerprint(other: bytes) -> None:
    assert of(other) != of(MAIL)


def test_a_mail_of_a_proven_sender_is_never_a_copy_of_an_unproven_one() -> None:
    message = parse_message(MAIL)

    assert fingerprint(message, authentic=True) != fingerprint(message, authentic=False)
