"""Out-of-office replies tell when somebody is back, in her own language."""

from datetime import date

import pytest

from mailflow.reading.auto_reply import read_auto_reply

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "words", "back"),
    [
        ("en", "I am out of the office until Thursday 5 March 2026.", date(2026, 3, 5)),
        ("en", "I will be back on 9 March.", date(2026, 3, 9)),
        ("en", "Away from 2 March to 6 March, returning on Monday 9 March.", date(2026, 3, 9)),
        ("de", "Ich bin bis zum 6. März nicht im Büro.", date(2026, 3, 6)),
        ("de", "Ich bin ab dem 9. März wieder für Sie da.", date(2026, 3, 9)),
    ],
)
def test_the_day_of_return_is_read(language: str, words: str, back: date) -> None:
    assert read_auto_reply(f"Automatic reply\n{words}", TODAY, language).back_on == back


def test_without_a_day_nothing_is_invented_and_the_deputy_is_kept() -> None:
    words = "I am away. Please write to bob@acme.example."

    told = read_auto_reply(words, TODAY, "en")

    assert (told.back_on, told.deputy) == (None, "bob@acme.example")


def test_a_day_that_is_past_counts_for_nothing() -> None:
    assert read_auto_reply("I was away until 20 February 2026.", TODAY, "en").back_on is None
