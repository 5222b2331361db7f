import binascii
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.attached import clean_name, is_locked
from mailflow.mail.embedded import take_out_files
from mailflow.mail.message import InboundMessage
from mailflow.mail.tnef import TnefFile, read_tnef
from tests.mail.builders import read


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\carol\\a.doc", "a.doc"),
        ("a\r\nb\0c.txt", "a b c.txt"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        (" .hidden. ", "hidden"),
        ("/", ""),
        ("c:d.png", "c_d.png"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("console.txt", "console.txt"),
        ('what? "a*b".pdf', "what_ _a_b_.pdf"),
        ("", ""),
        ("Übersicht 2026 (3).xlsx", "Übersicht 2026 (3).xlsx"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
    ],
)
def test_file_names_lose_what_could_do_harm(given_name: str, clean: str) -> None:
    assert clean_name(given_name) == clean


@pytest.mark.parametrize(
    ("content", "locked"),
    [
        (b"%PDF-1.7 ... trailer << /Encrypt 5 0 R >>", True),
        (b"%PDF-1.7 ... trailer << /Root 1 0 R >>", False),
        (b"PK\x03\x04\x14\x00\x01\x00rest", True),
        (b"PK\x03\x04\x14\x00\x00\x00rest", False),
        (b"PK\x03\x04", False),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), True),
        (b"\xd0\xcf\x11\xe0 an old Word file", False),
        (b"", False),
    ],
)
def test_files_with_a_password_are_told(content: bytes, locked: bool) -> None:
    assert is_locked(content) is locked


def attribute(number: int, value: bytes, level: int = 2) -> bytes:
    return (
        struct.pack("<BII", level, number, len(value))
        + value
        + struct.pack("<H", sum(value) & 0xFFFF)
    )


def long_name(name: str) -> bytes:
    """The properties of an attachment: a flag, a named property, a number list, the name."""
    octets = (name + "\0").encode("utf-16-le")
    return b"".join(
        [
            struct.pack("<I", 4),
            struct.pack("<HHI", 0x0003, 0x3705, 1),
            struct.pack("<HH16sIIII", 0x0003, 0x8001, b"g" * 16, 0, 7, 1, 0)[:-4],
            struct.pack("<HHIII", 0x1003, 0x6001, 2, 5, 6),
            struct.pack("<HHII", 0x001F, 0x3707, 1, len(octets)),
            octets.ljust(len(octets) + -len(octets) % 4, b"\0"),
        ]
    )


def winmail(*files: tuple[str, bytes]) -> bytes:
    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(0x00068008, b"IPM.Note\0", level=1)
    for name, content in files:
        out += attribute(0x00069002, b"\1\0" + b"\0" * 12)
        out += attribute(0x00018010, b"SHORT~1.DOC\0")
        out += attribute(0x0006800F, content)
        out += attribute(0x00069005, long_name(name))
    return out


def test_the_files_in_a_winmail_dat_are_unpacked() -> None:
    octets = winmail(("Überblick.docx", b"PK one"), ("b.pdf", b"%PDF two"))

    assert read_tnef(octets) == (
        TnefFile("Überblick.docx", "", b"PK one"),
        TnefFile("b.pdf", "", b"%PDF two"),
    )


@given(st.integers(0, 400), st.binary(max_size=30))
def test_a_damaged_winmail_dat_gives_what_is_left_of_it(place: int, noise: bytes) -> None:
    octets = winmail(("a.docx", b"one"), ("b.pdf", b"two"))

    for damaged in (octets[:place], octets[:place] + noise + octets[place:], noise):
        assert len(read_tnef(damaged)) <= 2


def attached(content: bytes, name: str = "winmail.dat") -> InboundMessage:
    code = binascii.b2a_base64(content).decode()
    return read(
        f"Content-Type: application/ms-tnef; name={name}",
        "Content-Transfer-Encoding: base64",
        body=code,
    )


def test_a_mail_with_a_winmail_dat_has_the_files_in_it() -> None:
    [file] = attached(winmail(("a.pdf", b"%PDF /Encrypt"))).attachments

    assert (file.name, file.media_type, file.size, file.locked) == (
        "a.pdf",
        "application/octet-stream",
        13,
        True,
    )


def test_a_winmail_dat_without_files_stays_what_it_is() -> None:
    [file] = attached(winmail()).attachments

    assert (file.name, file.media_type) == ("winmail.dat", "application/ms-tnef")


def uuencoded(name: str, content: bytes) -> str:
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


@given(st.binary(min_size=1, max_size=500))
def test_uuencoded_files_come_out_of_the_text(content: bytes) -> None:
    message = read(body=f"Here it is\n{uuencoded('a b.bin', content)}Carol\n")

    [file] = message.attachments
    assert (file.name, file.content) == ("a b.bin", content)
    assert message.text is not None
    assert message.text.split() == ["Here", "it", "is", "Carol"]


def test_yenc_files_come_out_of_the_text() -> None:
    content = bytes(range(256))
    coded = bytearray()
    for octet in content:
        shifted = (octet + 42) % 256
        coded += b"=" + bytes([(shifted + 64) % 256]) if shifted in b"\0\n\r=" else bytes([shifted])
    body = b"Hi\n=ybegin line=128 size=256 name=a.bin\n%b\n=yend size=256\nbye\n" % bytes(coded)
    message = read("Content-Type: text/plain; charset=latin-1", body=body)

    assert [(one.name, one.content) for one in message.attachments] == [("a.bin", content)]
    assert message.text == "Hi\n\nbye\n"


@pytest.mark.parametrize(
    "text",
    [
        b"I begin 644 things\nand end\nnone\n",
        b"begin 644 x\nthis is prose, not a file\nend\n",
        b"begin 644 x\nno end",
        b"=ybegin line=1 name=x\n==\n=yend\n",
        b"=ybegin line=1 name=x\nno end",
    ],
)
def test_prose_about_such_files_stays_in_the_text(text: bytes) -> None:
    assert take_out_files(text) == (text, ())


def test_of_very_many_files_twenty_are_taken_out() -> None:
    _, files = take_out_files(uuencoded("x", b"y").encode() * 50)

    assert len(files) == 20
