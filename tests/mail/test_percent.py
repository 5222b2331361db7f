from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail import percent


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    coded = percent.encode(text)

    assert all(character.isalnum() or character == "%" for character in coded)
    assert coded.isascii()
    assert percent.decode(coded).decode("utf-8") == text


def test_half_a_character_is_spelled_out() -> None:
    assert percent.encode("a\ud800") == "a%5Cud800"


def test_a_stray_sign_stands_for_itself() -> None:
    assert percent.decode("100%, %zz, %4") == b"100%, %zz, %4"
