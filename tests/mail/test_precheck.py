import pytest

from mailflow.errors import UnreadableMail
from mailflow.mail import precheck
from mailflow.mail.parse import header_only, parse_message
from tests.mail.builders import raw_mail


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("X-Note: x\n" * 500,), "the header has more than 500 lines"),
        (("X-Note: " + "x" * 66_000,), "the header is longer than 64 kB"),
        (("Subject: " + "x" * 9_000,), "the field subject is longer than 8 kB"),
        (
            ("Content-Type: text/plain" + "; a=b" * 450,),
            "the field content-type is longer than 2 kB",
        ),
        (
            ("Content-Type: text/plain" + ";" * 31,),
            "the field content-type has more than 30 parameters",
        ),
        (
            ("Content-Disposition: x" + ";" * 31,),
            "the field content-disposition has more than 30 parameters",
        ),
        (("Subject: " + "=?" * 201,), "the field subject has more than 200 encoded words"),
        (("Cc: " + "(a)" * 51,), "the field cc has more than 50 brackets"),
        (("Subject:" + "\n x" * 490, "To:" + "\n (" * 51), "the header has more than 500 lines"),
        (("To: a@b.example\n " + "(" * 51,), "the field to has more than 50 brackets"),
    ],
)
def test_each_limit_has_its_reason(fields: tuple[str, ...], reason: str) -> None:
    raw = raw_mail(*fields)

    assert precheck.precheck(raw) == reason
    assert precheck.precheck(raw.replace(b"\n", b"\r\n")) == reason
    with pytest.raises(UnreadableMail) as refused:
        parse_message(raw)
    assert refused.value.reason == reason


def test_a_mail_of_forty_megabytes_is_the_largest_that_is_read() -> None:
    largest = raw_mail().ljust(precheck.MAIL_OCTETS)

    assert precheck.precheck(largest) is None
    assert precheck.precheck(largest + b" ") == "the mail is larger than 40 MB"


@pytest.mark.parametrize(
    "fields",
    [
        ("X-Note: " + "x" * 20_000,),
        ("Received: " + "(a)" * 400,),
        ("DKIM-Signature: " + "a=b;" * 500,),
        ("References: " + "<a@b.example> " * 800,),
        ("Subject: " + "=?" * 200,),
        ("Content-Type: text/plain" + ";" * 30,),
        ("To: " + ", ".join(f"p{n}@acme.example" for n in range(400)),),
    ],
)
def test_ordinary_and_merely_long_mail_passes(fields: tuple[str, ...]) -> None:
    raw = raw_mail(*fields)

    assert precheck.precheck(raw) is None
    assert parse_message(raw).text == "Done!\n"


def nested(levels: int) -> bytes:
    body = b"Done!\n"
    for level in range(levels):
        head = b'Content-Type: multipart/mixed; boundary="b%d"\n\n' % level
        body = b"%b--b%d\n%b\n--b%d--\n" % (head, level, body if level else b"\n" + body, level)
    return b"From: carol@acme.example\n" + body


def test_twenty_levels_of_parts_are_read_and_one_more_is_refused() -> None:
    assert parse_message(nested(20)).text == "Done!\n"
    for levels in (21, 1_000):
        with pytest.raises(UnreadableMail, match="20 levels deep"):
            parse_message(nested(levels))


def test_a_mail_of_too_many_parts_is_refused() -> None:
    def parts(count: int) -> bytes:
        return raw_mail(
            'Content-Type: multipart/mixed; boundary="b"', body="--b\n\nx\n" * count + "--b--\n"
        )

    assert parse_message(parts(199)).text == "\n".join("x" * 199)
    with pytest.raises(UnreadableMail, match="more than 200 parts"):
        parse_message(parts(200))


def test_the_limits_hold_for_the_header_of_a_part_too() -> None:
    body = "--b\nContent-Type: text/plain" + ";" * 31 + "\n\nx\n--b--\n"

    with pytest.raises(UnreadableMail, match="more than 30 parameters"):
        parse_message(raw_mail('Content-Type: multipart/mixed; boundary="b"', body=body))


def test_of_a_mail_that_is_too_large_the_header_is_still_read() -> None:
    message = header_only(raw_mail(body="x" * 300_000))

    assert message.sender is not None
    assert (message.subject, message.text, message.attachments) == ("Re: papers", None, ())
    assert message.defects == ("only the header was read",)


def test_a_header_that_breaks_a_limit_leaves_nothing_but_the_reason() -> None:
    message = header_only(raw_mail("Subject: " + "=?" * 201))

    assert message.fields == ()
    assert message.sender is None
    assert message.defects[0] == "the field subject has more than 200 encoded words"
