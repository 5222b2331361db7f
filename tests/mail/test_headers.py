from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.headers import (
    decode_words,
    read_content_field,
    read_date,
    read_header,
    read_ids,
)
from mailflow.mail.parse import parse_message
from tests.mail.builders import raw_mail, read

BERLIN = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?Q?Gr=FC=DFe_an_alle?= Leute", "Grüße an alle Leute"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),
        ("=?utf-8?q?a?=  =?iso-8859-1?q?=FC?= x", "aü x"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?two words?=", "two words"),
        ("=?utf-8?q?why=3F?really?=", "why??really"),
        ("=?utf-8*de?q?=C3=BC?=", "ü"),
        ("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?gb2312?b?1tDOxA==?=", "中文"),
        ("=?ks_c_5601-1987?B?sKGzqg==?=", "가나"),
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?b?R3LD*vMOfZQ==?=", "Grüße"),
        ("=?rot13?q?uryyb?=", "uryyb"),
        ("=?x-unknown?q?=FC?=", "ü"),
        ("=?utf-8?q?a=0Ab=00c?=", "a b c"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("=?", "=?"),
    ],
)
def test_encoded_words_are_read_as_people_see_them(written: str, shown: str) -> None:
    assert decode_words(written) == shown


@given(st.text(alphabet="=?utf-8qbB_ \t\n\0äAG09", max_size=200))
def test_decoding_ends_on_one_line_whatever_it_gets(text: str) -> None:
    assert not set(decode_words(text)) & set("\r\n\0\t")


@pytest.mark.parametrize(
    ("written", "value", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ("Text/HTML; Charset=UTF-8", "text/html", {"charset": "UTF-8"}),
        ('multipart/mixed; boundary="a;b=c"', "multipart/mixed", {"boundary": "a;b=c"}),
        ("multipart/mixed; boundary=<b>", "multipart/mixed", {"boundary": "<b>"}),
        ('multipart/mixed; boundary="<b>"', "multipart/mixed", {"boundary": "<b>"}),
        ('a/b; name="say \\"hi\\""', "a/b", {"name": 'say "hi"'}),
        ("attachment; filename=a b (1).pdf", "attachment", {"filename": "a b (1).pdf"}),
        ("attachment; filename*=utf-8''Pl%C3%A4ne.pdf", "attachment", {"filename": "Pläne.pdf"}),
        (
            "attachment; filename*1*=%C3%A4ne; filename*0*=utf-8'de'Pl; filename*2=.pdf",
            "attachment",
            {"filename": "Pläne.pdf"},
        ),
        ("attachment; filename*0=a; filename*1=b", "attachment", {"filename": "ab"}),
        (
            'attachment; filename="=?utf-8?q?Pl=C3=A4ne=2Epdf?="',
            "attachment",
            {"filename": "Pläne.pdf"},
        ),
        ("attachment; filename=a; filename=b", "attachment", {"filename": "a"}),
        ("text / plain ; charset = x", "text/plain", {"charset": "x"}),
        ("text/plain charset=utf-8", "text/plain", {}),
        ("text/plain (comment); charset=x", "text/plain", {"charset": "x"}),
        ("text/plain; charset", "text/plain", {}),
        ('text/plain; charset="open', "text/plain", {"charset": '"open'}),
        ("; charset=x", "", {"charset": "x"}),
        ("", "", {}),
        ("a/b; name*999999=x", "a/b", {}),
        ("a/b; name*=%ff%fe", "a/b", {"name": "ÿþ"}),
    ],
)
def test_content_fields_are_read_generously(
    written: str, value: str, parameters: dict[str, str]
) -> None:
    field = read_content_field(written)

    assert (field.value, dict(field.parameters)) == (value, parameters)
    assert field.parameter("absent") == ""


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 2 Mar 2026 10:00:00 +0100", datetime(2026, 3, 2, 10, tzinfo=BERLIN)),
        ("2 Mar 2026 10:00 +0100 (CET)", datetime(2026, 3, 2, 10, tzinfo=BERLIN)),
        ("Mon, 02 Mar 2026 10:00:60 +0000", datetime(2026, 3, 2, 10, 0, 59, tzinfo=UTC)),
        ("Mon, 2 Mar 2026 10:00:00 -0000", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Mon, 2 Mar 2026 10:00:00 GMT", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Mon,  2 Mar  2026 10:00:00 +0100", datetime(2026, 3, 2, 10, tzinfo=BERLIN)),
        ("Mon, 2 Mar 2026 10:00:00", None),
        ("Mon Mar  2 10:00:00 2026", None),
        ("2 Mar 26 10:00 XYZ", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("Mon, 99 Foo 9999 99:99:99 +9999", None),
        ("Mon, 31 Feb 2026 10:00:00 +0100", None),
    ],
)
def test_dates_are_aware_or_absent(written: str, moment: datetime | None) -> None:
    assert read_date(written) == moment


@given(st.text(max_size=60))
def test_any_date_may_be_asked_for(text: str) -> None:
    found = read_date(text)

    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("<a@b.example> <c@d.example>", ("<a@b.example>", "<c@d.example>")),
        ("<a@b.example>,<c@d.example>", ("<a@b.example>", "<c@d.example>")),
        ('<a@b.example> (note of "x")', ("<a@b.example>",)),
        ("a@b.example", ("<a@b.example>",)),
        ("=?utf-8?q?=3Ca=40b=2Eexample=3E?=", ("<a@b.example>",)),
        ("Your mail of Monday", ()),
        ("", ()),
    ],
)
def test_ids_are_found_between_other_things(written: str, ids: tuple[str, ...]) -> None:
    assert read_ids(written) == ids


def test_of_very_many_ids_the_newest_are_kept() -> None:
    assert read_ids(" ".join(f"<{n}@x>" for n in range(500)))[-1] == "<499@x>"
    assert len(read_ids("<a@b> " * 500)) == 200


def test_folded_fields_come_as_one_line_and_in_order() -> None:
    message = read("X-Note: one\n\ttwo\n   three", "X-Note: again")

    assert message.headers("x-note") == ("one two three", "again")
    assert message.header("X-NOTE") == "one two three"
    assert message.header("x-absent") is None


def test_encoded_words_stay_as_they_are_in_raw_fields() -> None:
    assert read("X-Note: =?utf-8?q?a?=").header("x-note") == "=?utf-8?q?a?="


@pytest.mark.parametrize(
    ("octets", "subject"), [("Grüße".encode(), "Grüße"), ("Grüße".encode("latin-1"), "Grüße")]
)
def test_eight_bit_subjects_are_read(octets: bytes, subject: str) -> None:
    raw = raw_mail().replace(b"Re: papers", octets)

    assert parse_message(raw).subject == subject


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\n\n\r\n" + raw,
        lambda raw: b"From carol@acme.example Mon Mar  2 10:00:00 2026\n" + raw,
        lambda raw: b">From carol@acme.example Mon Mar  2 10:00:00 2026\n" + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: raw.replace(b"\n", b"\r\r\n"),
        lambda raw: raw.replace(b"Subject:", b"Subject :"),
    ],
)
def test_a_header_is_found_behind_what_systems_put_before_or_within_it(change: object) -> None:
    assert callable(change)
    message = parse_message(change(raw_mail()))

    assert message.sender is not None
    assert (message.subject, message.text) == ("Re: papers", "Done!\n")
    assert message.defects == ()


@pytest.mark.parametrize(
    ("header", "defect"),
    [
        (
            b"From: a@b.example\nthis is no field\nTo: c@d.example",
            "header and body are not separated",
        ),
        (b"From: a@b.example\nSubject: x\0y", "control characters in the header"),
        (b"From: a@b.example\nSubject: x\rTo: c@d.example", "control characters in the header"),
        (b"From: a@b.example\nSubject: x\n \nTo: c@d.example", "a blank line within a field"),
        (b"From: a@b.example\n: empty name", "a line of the header is no field"),
        (b" From: a@b.example\nSubject: x", "the header begins with a blank"),
    ],
)
def test_a_header_that_others_may_read_differently_has_no_sender(
    header: bytes, defect: str
) -> None:
    message = parse_message(header + b"\n\nDone!\n")

    assert message.sender is None
    assert message.sender_problem == f"the header is damaged: {defect}"
    assert message.defects == (defect,)
    assert [one.address for one in message.authors] == ["a@b.example"]


def test_a_line_that_is_no_field_begins_the_body() -> None:
    message = parse_message(b"Subject: x\nDear Dana,\nPS: I am done.\n\nCarol\n")

    assert message.text == "Dear Dana,\nPS: I am done.\n\nCarol\n"


def test_a_mail_without_a_header_is_all_body() -> None:
    message = parse_message(b"Hello, this is text.\n\nMore.\n")

    assert (message.fields, message.text) == ((), "Hello, this is text.\n\nMore.\n")


def test_a_header_without_a_body_is_read() -> None:
    assert read_header(b"Subject: x").fields == (("subject", "x"),)
    assert parse_message(b"Subject: x").text == ""


def test_an_empty_mail_says_nothing() -> None:
    message = parse_message(b"")

    assert (message.fields, message.text, message.subject) == ((), "", "")
    assert message.sender_problem == "the mail has no From field"
