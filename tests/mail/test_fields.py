import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailflow.mail import fields
from mailflow.mail.message import MailAddress
from tests.mail.builders import library_reading

HOSTILE = (
    "",
    " ",
    "a\nBcc: e@evil.example",
    "a\r\n\r\nbody",
    "=?UTF-8?Q?=0A?=Bcc: e@evil.example",
    "=?utf-8?b?QmNjOiB4?=",
    "==??utf-8?q?x?==?",
    "x\u2028Bcc: y\u2029z\x85w\x0b\x0c\x1c\x1d\x1e\x00",
    'Doe, "J\\" <e@evil.example>, ',
    "a@b.example <e@evil.example>",
    "x" * 3_000,
    " " * 3_000,
    "ü" * 500,
    "👩‍👩‍👧‍👦" * 60,
    "\ud800half",
    "שלום, עולם",
    "日本語の件名" * 30,
    "tab\tand  many   blanks ",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=300))
names = st.one_of(texts, st.text(alphabet='",<>@;:()\\=? äß漢', max_size=80))


@given(texts)
def test_any_text_makes_exactly_one_field_that_reads_back(text: str) -> None:
    field = fields.text_field("Subject", text)
    reading = library_reading(f"{field}\r\nX-End: 1\r\n\r\n".encode("ascii"))

    assert reading.keys() == ["Subject", "X-End"]
    assert reading["subject"] == fields.header_text(text)
    assert all(len(line) <= 76 or len(line.split()) <= 2 for line in field.split("\r\n"))


@given(names)
@example('"')
def test_any_name_stands_safely_before_its_address(name: str) -> None:
    field = fields.address_field("To", [MailAddress(name, "carol@acme.example")])
    [mailbox] = library_reading(f"{field}\r\n\r\n".encode("ascii"))["to"].addresses

    assert mailbox.addr_spec == "carol@acme.example"
    assert unspaced(mailbox.display_name) == unspaced(fields.display_name(name))


def unspaced(text: str) -> str:
    """The library puts spaces between the encoded words of one name."""
    return text.replace(" ", "")


def test_a_text_as_long_as_a_book_is_cut() -> None:
    assert fields.header_text("word " * 100_000) == ("word " * 40).rstrip()
    assert fields.header_text(" " * 1_000_000) == ""


@given(st.lists(names, min_size=2, max_size=20))
def test_many_recipients_stay_apart(many: list[str]) -> None:
    people = [MailAddress(name, f"p{n}@acme.example") for n, name in enumerate(many)]
    field = fields.address_field("Cc", people)
    reading = library_reading(f"{field}\r\n\r\n".encode("ascii"))

    assert [one.addr_spec for one in reading["cc"].addresses] == [one.address for one in people]


@given(texts)
def test_header_text_is_one_printable_line_without_marks(text: str) -> None:
    line = fields.header_text(text)

    assert len(line) <= 200
    assert "=?" not in line
    assert line == " ".join(line.split())
    assert fields.header_text(line) == line


@given(names)
def test_any_file_name_is_made_harmless_and_comes_back(name: str) -> None:
    safe = fields.file_name(name)
    parameter = fields.file_name_parameter("filename", name)
    part = f"Content-Disposition: attachment;\r\n {parameter}\r\n\r\n".encode("ascii")

    assert library_reading(part).get_filename() == safe
    assert 1 <= len(safe) <= 100
    assert not set(safe) & set('/\\":*?|<>\r\n\0')
    assert not safe.startswith(".")


def test_a_long_file_name_keeps_its_ending() -> None:
    assert fields.file_name("x" * 300 + ".pdf") == "x" * 96 + ".pdf"


@pytest.mark.parametrize(
    "address",
    [
        *("", "carol", "@acme.example", "carol@", "a b@c.example", "<a@b.example>"),
        *("a@b.example\nBcc: x", "zoë@acme.example", '"a b"@c.example', "a..b@c.example"),
        *(".a@c.example", "a.@c.example", "a@-c.example", "a@c..example", "a@c.example."),
        *("=?utf-8?q?a?=@evil.example", "a@b@c.example", "x" * 65 + "@c.example"),
        *("a@" + "b" * 250 + ".example", "a@b.example,c@d.example", "a@exa mple.org", "a@\u2028"),
    ],
)
def test_what_is_no_plain_address_is_never_written_to(address: str) -> None:
    with pytest.raises(ValueError, match=r"address|domain"):
        fields.wire_address(address)


def test_a_domain_in_another_script_is_written_in_ascii() -> None:
    assert fields.wire_address("carol@bücher.example") == "carol@xn--bcher-kva.example"
    assert fields.wire_address("carol@faß.example") == "carol@xn--fa-hia.example"


def test_long_ids_are_folded_between_and_never_encoded() -> None:
    ids = [f"<{'a' * 120}{n}@prod.example>" for n in range(5)]
    field = fields.token_field("References", " ".join(ids))

    assert field.split("\r\n") == [f"References: {ids[0]}", *(f" {one}" for one in ids[1:])]


@pytest.mark.parametrize("value", ["a\nb", "zoë", "a\tb", "a\x7fb"])
def test_a_token_field_takes_printable_ascii_only(value: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        fields.token_field("References", value)


def test_ids_that_are_none_are_left_out() -> None:
    found = fields.well_formed_ids(["<a@b>", "a@b", "<a b@c>", "<ü@b>", "<a@b>", "<>", "<a\n@b>"])

    assert found == ("<a@b>",)
