import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.charsets import decode, find_codec

NAMES = ("", "utf-7", "utf-16", "utf-32", "gb18030", "iso-2022-jp", "hz", "cp037", "big5", "x")


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("Grüße", "utf-8", "utf-8"),
        ("Grüße", "utf-8", ""),
        ("Grüße", "latin-1", ""),
        ("Grüße", "utf-8", "us-ascii"),
        ("Grüße", "latin-1", "us-ascii"),
        ("“Grüße”", "cp1252", "iso-8859-1"),
        ("Grüße", "latin-1", "utf-8"),
        ("Grüße", "utf-8", "x-unknown"),
        ("Grüße", "utf-8", '"UTF-8"'),
        ("Grüße", "utf-8", "charset=us-ascii"),
        ("中文", "gb18030", "gb2312"),
        ("中文", "gb18030", "iso-gb2312"),
        ("한국", "cp949", "ks_c_5601-1987"),
        ("日本", "cp932", "Shift_JIS"),
        ("日本", "iso2022_jp", "ISO-2022-JP"),
        ("Привет", "koi8-r", "KOI8-R"),
        ("Grüße", "utf-7", "unicode-1-1-utf-7"),
        ("Grüße", "utf-16", "utf-16"),
        ("Grüße", "utf-8", "utf-16"),
        ("שלום", "iso-8859-8", "iso-8859-8-i"),
        ("ไทย", "cp874", "tis-620"),
        ("Grüße", "utf-8-sig", "utf-8"),
        ("€", "iso-8859-15", "iso-8859-15"),
    ],
)
def test_text_is_read_whatever_it_claims_to_be(text: str, codec: str, declared: str) -> None:
    assert decode(text.encode(codec), declared) == text


@pytest.mark.parametrize(
    "declared",
    [
        *("rot13", "zlib", "hex", "base64", "bz2", "uu", "quopri", "idna", "punycode"),
        *("unicode_escape", "raw_unicode_escape", "undefined", "\0", "..", "a" * 500, "\ud800"),
    ],
)
def test_codecs_that_are_no_character_sets_are_refused(declared: str) -> None:
    assert find_codec(declared) is None
    assert decode(b"uryyb \\u0041", declared) == "uryyb \\u0041"


@given(st.binary(max_size=200), st.sampled_from(NAMES))
def test_decoding_never_fails_and_gives_no_half_characters(octets: bytes, declared: str) -> None:
    text = decode(octets, declared)

    assert text.encode("utf-8").decode("utf-8") == text


def test_a_few_broken_octets_do_not_spoil_the_rest() -> None:
    assert decode("Grüße aus Zürich".encode() + b"\xff", "utf-8") == "Grüße aus Zürich\ufffd"


def test_a_cut_letter_at_the_end_is_marked() -> None:
    assert decode("日本語".encode()[:-1], "utf-8") == "日本\ufffd"


def test_every_name_in_the_table_leads_to_a_codec() -> None:
    for name in ("us-ascii", "utf8mb4", "windows-936", "x-mac-cyrillic", "big5", "korean"):
        found = find_codec(name)
        assert found is not None
        assert codecs.lookup(found.name)
