"""Days that people name, counted from the day on which they write."""

from datetime import date

import pytest

from mailflow.reading.dates import read_dates

WEDNESDAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("language", "words", "best"),
    [
        ("en", "this week", date(2026, 7, 3)),
        ("de", "diese Woche", date(2026, 7, 3)),
        ("ja", "今週中に", date(2026, 7, 3)),
        ("zh", "这周", date(2026, 7, 3)),
        ("ar", "هذا الأسبوع", date(2026, 7, 3)),
        ("en", "next week", date(2026, 7, 8)),
        ("en", "early next week", date(2026, 7, 6)),
        ("zh", "下周初", date(2026, 7, 6)),
        ("en", "this month", date(2026, 7, 31)),
        ("ja", "今月末", date(2026, 7, 31)),
        ("ar", "منتصف الشهر القادم", date(2026, 8, 15)),
    ],
)
def test_a_time_is_written_down_as_the_day_it_leaves(language: str, words: str, best: date) -> None:
    assert [day.best for day in read_dates(words, language, WEDNESDAY)] == [best]
