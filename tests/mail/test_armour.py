import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.armour import is_encrypted, taken_out
from tests.mail.builders import read

SIGNED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Done.
- -- a line with dashes
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
=abcd
-----END PGP SIGNATURE-----
"""


def test_a_signed_text_is_read_as_what_was_signed() -> None:
    assert (
        read(body=f"Above\n{SIGNED}Below\n").text == "Above\nDone.\n-- a line with dashes\nBelow\n"
    )


def test_a_signature_without_an_end_takes_nothing_away() -> None:
    cut = SIGNED.partition("-----END")[0]

    assert taken_out(cut) == cut


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Type: text/plain", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n"),
        ("Content-Type: application/pkcs7-mime; name=smime.p7m", "MIIB"),
        (
            "Content-Type: multipart/encrypted; boundary=b",
            "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n",
        ),
    ],
)
def test_an_encrypted_mail_is_told(header: str, body: str) -> None:
    assert read(header, body=body).defects == ("the mail is encrypted, or sealed in one piece",)


@given(st.text("- BEGINPSMSAHh:\n"))
def test_a_text_without_armour_stays_as_it_is(text: str) -> None:
    assert taken_out(text) == text
    assert not is_encrypted(text)
