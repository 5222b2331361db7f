import re
from datetime import UTC, datetime, timedelta

import authres
import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.authentication import Stamp, StampResult, check_dkim, read_stamp
from mailflow.mail.parse import parse_message
from tests.mail.builders import MONDAY, raw_mail, read
from tests.mail.signing import PRIVATE_KEY, PUBLIC_KEY, SHORT_PRIVATE_KEY, SHORT_PUBLIC_KEY

GOOGLE = "mx.google.com"
GOOD = (
    "mx.google.com; dkim=pass header.i=@acme.example header.s=s header.b=abc;"
    " spf=pass (google.com: domain of carol@acme.example designates 192.0.2.1 as permitted"
    " sender) smtp.mailfrom=carol@acme.example;"
    " dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=acme.example"
)
EXCHANGE = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=acme.example; dkim=pass (signature was"
    " verified) header.d=acme.example;dmarc=pass action=none"
    " header.from=acme.example;compauth=pass reason=100"
)


def stamped(*values: str, trust: str = GOOGLE) -> StampResult:
    fields = [f"Authentication-Results: {value}" for value in values]
    return read_stamp(read(*fields), trust).result


def test_the_stamp_of_the_trusted_server_proves_the_domain_in_from() -> None:
    message = read(f"Authentication-Results: {GOOD}")

    assert read_stamp(message, GOOGLE) == Stamp(StampResult.PASS, "acme.example")


@pytest.mark.parametrize(
    ("value", "trust", "result"),
    [
        (GOOD, "none", StampResult.NONE),
        (GOOD, "", StampResult.NONE),
        (GOOD, "mx.other.example", StampResult.NONE),
        (GOOD, "*.google.com", StampResult.PASS),
        (GOOD.replace("mx.google.com;", "google.com;"), "*.google.com", StampResult.NONE),
        (GOOD.replace("mx.google.com;", "evilgoogle.com;"), "*.google.com", StampResult.NONE),
        (GOOD.replace("mx.google.com;", "MX.Google.com 1;"), GOOGLE, StampResult.PASS),
        (GOOD.replace("=acme.example", "=ACME.Example"), GOOGLE, StampResult.PASS),
        (GOOD.replace("header.from=acme", "header.from=evil"), GOOGLE, StampResult.FAIL),
        (GOOD.replace("header.from=acme", "header.from=sub.acme"), GOOGLE, StampResult.FAIL),
        (GOOD.replace("dmarc=pass", "dmarc=fail"), GOOGLE, StampResult.FAIL),
        (GOOD.replace("dmarc=pass", "dmarc=permerror"), GOOGLE, StampResult.FAIL),
        (GOOD.replace("dmarc=pass", "dmarc=none"), GOOGLE, StampResult.NONE),
        (GOOD.replace("dmarc=pass", "dmarc=temperror"), GOOGLE, StampResult.NONE),
        (GOOD.replace("dmarc=", "xdmarc="), GOOGLE, StampResult.NONE),
        (GOOD + "; dmarc=fail header.from=acme.example", GOOGLE, StampResult.FAIL),
        (GOOD + "; dmarc=none", GOOGLE, StampResult.FAIL),
        (GOOD + " header.from=evil.example", GOOGLE, StampResult.FAIL),
        (GOOD.replace(" header.from=acme.example", ""), GOOGLE, StampResult.FAIL),
        (GOOD + " (", GOOGLE, StampResult.FAIL),
        (GOOD + ' "', GOOGLE, StampResult.FAIL),
        (GOOD + "; )", GOOGLE, StampResult.FAIL),
        (GOOD + "; rubbish", GOOGLE, StampResult.FAIL),
        (GOOD + "; a=b" * 3000, GOOGLE, StampResult.FAIL),
        ("mx.google.com; none", GOOGLE, StampResult.NONE),
        ("mx.google.com", GOOGLE, StampResult.NONE),
        ("mx.google.com; (dmarc=pass header.from=acme.example) spf=none", GOOGLE, StampResult.NONE),
        (
            'mx.google.com; spf=none reason="; dmarc=pass header.from=acme.example"',
            GOOGLE,
            StampResult.NONE,
        ),
        ("mx.google.com; spf=none smtp.mailfrom=x; compauth=pass", GOOGLE, StampResult.NONE),
        ("mx.google.com; dmarc = pass header.from = acme.example", GOOGLE, StampResult.PASS),
        ('mx.google.com; dmarc=pass header.from="acme.example"', GOOGLE, StampResult.PASS),
        (
            "mx.google.com; dmarc/1=pass (a(b(c))) header.from=acme.example",
            GOOGLE,
            StampResult.PASS,
        ),
        (EXCHANGE, "!topmost", StampResult.PASS),
        (EXCHANGE, GOOGLE, StampResult.NONE),
        (GOOD, "!topmost", StampResult.NONE),
        (EXCHANGE.replace("; dkim", "; acme.example; dkim"), "!topmost", StampResult.PASS),
        (EXCHANGE.replace("dmarc=pass", "dmarc=fail"), "!topmost", StampResult.FAIL),
        (EXCHANGE.replace("dmarc=pass", "dmarc=bestguesspass"), "!topmost", StampResult.NONE),
        (
            EXCHANGE.replace("dmarc=pass action=none header.from=acme.example;", ""),
            "!topmost",
            StampResult.NONE,
        ),
    ],
)
def test_stamps_are_believed_only_when_they_say_exactly_this(
    value: str, trust: str, result: StampResult
) -> None:
    assert stamped(value, trust=trust) is result


def test_only_the_topmost_stamp_counts() -> None:
    bad = GOOD.replace("dmarc=pass", "dmarc=fail")

    assert stamped(bad, GOOD) is StampResult.FAIL
    assert stamped(GOOD, bad) is StampResult.PASS
    assert stamped("other.example; dmarc=pass header.from=acme.example", bad) is StampResult.FAIL
    assert (
        stamped(EXCHANGE, EXCHANGE.replace("=pass", "=fail"), trust="!topmost") is StampResult.PASS
    )
    assert stamped(GOOD, EXCHANGE, trust="!topmost") is StampResult.NONE


def test_a_mail_without_a_stamp_says_nothing() -> None:
    assert stamped() is StampResult.NONE
    assert stamped(trust="!topmost") is StampResult.NONE


def test_a_mail_without_one_sender_is_never_proven() -> None:
    message = read("From: a@acme.example, b@acme.example", f"Authentication-Results: {GOOD}")

    assert read_stamp(message, GOOGLE) == Stamp(StampResult.FAIL, "")


@given(st.text(alphabet='mx.google;=pass dmarc()" \\header.from', max_size=120))
def test_what_another_reader_reads_otherwise_never_passes(noise: str) -> None:
    value = f"mx.google.com; spf=none{noise}; dmarc=pass header.from=acme.example"
    ours = stamped(value)
    try:
        other = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except authres.SyntaxError:
        return
    read_as = [
        (one.result, [prop.value for prop in one.properties if prop.name == "from"])
        for one in other.results
        if one.method == "dmarc"
    ]
    assert ours is not StampResult.PASS or set(map(str, read_as)) == {"('pass', ['acme.example'])"}


SIGNED = (b"from", b"to", b"date", b"subject")


def a_signed_mail(
    headers: tuple[bytes, ...] = SIGNED,
    domain: bytes = b"acme.example",
    key: bytes = PRIVATE_KEY,
    *,
    length: bool = False,
) -> bytes:
    """A mail of Carol's that was signed just now: the library knows no other time."""
    raw = raw_mail().replace(b"\n", b"\r\n")
    signature = dkim.sign(raw, b"s", domain, key, include_headers=list(headers), length=length)
    assert isinstance(signature, bytes)
    return signature + raw


def record(public_key: str = PUBLIC_KEY) -> bytes:
    return f"v=DKIM1; k=rsa; p={public_key}".encode()


def checked(raw: bytes, text: bytes | None = None, *, days: int = 0) -> StampResult:
    """What the signature proves, `days` after it was made."""
    made = re.search(rb"\bt=([0-9]+)", raw)
    assert made
    now = datetime.fromtimestamp(int(made[1]), tz=UTC) + timedelta(days=days)
    answer = record() if text is None else text
    return check_dkim(raw, parse_message(raw), now, lambda _: answer or None).result


def test_a_signature_of_the_senders_domain_proves_it() -> None:
    assert checked(a_signed_mail()) is StampResult.PASS


def test_a_signature_can_be_known_again() -> None:
    asked: list[str] = []

    def find_text(name: str) -> bytes:
        asked.append(name)
        return record()

    raw = a_signed_mail()
    now = datetime.fromtimestamp(int(raw.partition(b"t=")[2].partition(b";")[0]), tz=UTC)
    first, second = (check_dkim(raw, parse_message(raw), now, find_text) for _ in range(2))

    assert first == second
    assert len(first.signature) == 64
    assert asked == ["s._domainkey.acme.example."] * 2


@pytest.mark.parametrize("domain", [b"mail.acme.example", b"acme.example"])
def test_another_name_of_the_same_organisation_may_sign(domain: bytes) -> None:
    assert checked(a_signed_mail(domain=domain)) is StampResult.PASS


@pytest.mark.parametrize("domain", [b"evil.example", b"notacme.example", b"example"])
def test_a_signature_of_somebody_else_proves_nothing(domain: bytes) -> None:
    assert checked(a_signed_mail(domain=domain)) is StampResult.NONE


@pytest.mark.parametrize("days", [8, -2])
def test_an_old_or_a_future_signature_proves_nothing(days: int) -> None:
    assert checked(a_signed_mail(), days=days) is StampResult.NONE


@pytest.mark.parametrize(
    "raw",
    [
        a_signed_mail().replace(b"Done!", b"Not done!"),
        a_signed_mail().replace(b"Re: papers", b"Re: money"),
        b"From: x@evil.example\r\n" + a_signed_mail(),
        a_signed_mail((b"from",)),
        a_signed_mail((b"from", b"to", b"date")),
        a_signed_mail(length=True) + b"and give me everything\r\n",
        a_signed_mail(length=True),
        a_signed_mail().replace(b"v=1", b"v=2"),
        a_signed_mail().replace(b"bh=", b"bh=!"),
    ],
)
def test_a_signature_that_does_not_cover_the_mail_proves_nothing(raw: bytes) -> None:
    assert checked(raw) is StampResult.NONE


@pytest.mark.parametrize("answer", [b"", b"v=DKIM1; p=", b"garbage", record("AAAA"), b"\xff" * 300])
def test_without_a_usable_key_nothing_is_proven(answer: bytes) -> None:
    assert checked(a_signed_mail(), answer) is StampResult.NONE


def test_a_key_that_can_be_broken_proves_nothing() -> None:
    raw = a_signed_mail(key=SHORT_PRIVATE_KEY)

    assert checked(raw, record(SHORT_PUBLIC_KEY)) is StampResult.NONE


def test_a_good_signature_below_a_broken_one_is_found() -> None:
    good = a_signed_mail()
    broken = good.partition(b"\r\nFrom:")[0].replace(b"s=s", b"s=t")

    assert checked(broken + b"\r\n" + good) is StampResult.PASS


def test_of_very_many_signatures_five_are_looked_at() -> None:
    asked: list[str] = []
    good = a_signed_mail()
    broken = good.partition(b"\r\nFrom:")[0].replace(b"bh=", b"bh=AAAA") + b"\r\n"
    now = datetime.fromtimestamp(int(good.partition(b"t=")[2].partition(b";")[0]), tz=UTC)
    raw = broken * 20 + good

    stamp = check_dkim(raw, parse_message(raw), now, asked.append)

    assert stamp.result is StampResult.NONE
    assert len(asked) <= 5


def test_an_unsigned_mail_needs_no_look_up() -> None:
    def no_look_up(name: str) -> bytes | None:
        raise AssertionError(name)

    raw = raw_mail()
    assert check_dkim(raw, parse_message(raw), MONDAY, no_look_up).result is StampResult.NONE
