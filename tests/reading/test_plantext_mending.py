"""Corrected lines that are put into the text of a draft."""

import pytest

from mailflow.reading.plan_mending import mended

TEXT = """\
Client: Carol Jones <carol@acme.example>
# Gather
- Send the bank statements @Karol by 6 March
- Sign the letter @Carol
- Draft the return | Zoe | in 2 weeks
"""
WRONG = ("- Send the bank statements @Karol by 6 March", "- Draft the return | Zoe | in 2 weeks")


def lines(typed: str) -> list[str]:
    found = mended(TEXT, WRONG, typed)
    assert found is not None
    return found.splitlines()


@pytest.mark.parametrize(
    "typed",
    [
        "- Send the bank statements @Carol by 6 March",
        "Send the bank statements @Carol by 6 March",
        "line 3: Send the bank statements @Carol by 6 March",
        "3: - Send the bank statements @Carol by 6 March",
    ],
)
def test_a_line_takes_the_place_of_the_one_that_was_wrong(typed: str) -> None:
    assert lines(typed)[2] == "- Send the bank statements @Carol by 6 March"
    assert len(lines(typed)) == 5


def test_a_header_takes_the_place_of_its_name_or_comes_first() -> None:
    assert (
        lines("With: Zoe Blank <zoe@studio.example>")[0] == "With: Zoe Blank <zoe@studio.example>"
    )
    assert (
        lines("Client: Carol Jones <c@acme.example>")[0] == "Client: Carol Jones <c@acme.example>"
    )


def test_a_new_line_joins_at_the_end() -> None:
    assert lines("- Water the plants in the office @Carol")[-1] == (
        "- Water the plants in the office @Carol"
    )


@pytest.mark.parametrize("typed", ["", "Thank you so much!", "I will call you about it tomorrow."])
def test_words_are_no_correction(typed: str) -> None:
    assert mended(TEXT, WRONG, typed) is None
