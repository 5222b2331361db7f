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


@pytest.mark.parametrize(
    ("language", "words", "best"),
    [
        ("en", "the first half of August", date(2026, 8, 15)),
        ("fr", "première moitié d'août", date(2026, 8, 15)),
        ("zh", "8月上半月", date(2026, 8, 15)),
        ("de", "Ende des Quartals", date(2026, 9, 30)),
        ("es", "a cierre del trimestre", date(2026, 9, 30)),
        ("ja", "四半期末", date(2026, 9, 30)),
        ("en", "same time next week", date(2026, 7, 8)),
        ("de", "KW 34, Freitag", date(2026, 8, 21)),
        ("pt", "12/08, quarta-feira", date(2026, 8, 12)),
        ("pt", "só 6ª feira", date(2026, 7, 3)),
        ("ar", "بعد عيد الأضحى", date(2027, 5, 21)),
        ("ja", "令和8年8月3日まで", date(2026, 8, 3)),
        ("ar", "15/2/1448", date(2026, 7, 31)),
        ("en", "by 30/07/2569", date(2026, 7, 30)),
        ("sv", "midsommarafton", date(2027, 6, 25)),
        ("de", "am Donerstag", date(2026, 7, 2)),
        ("en", "on Wednsday", date(2026, 7, 8)),
    ],
)
def test_other_ways_of_naming_a_day(language: str, words: str, best: date) -> None:
    assert [day.best for day in read_dates(words, language, WEDNESDAY)] == [best]


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("en", "We count on Sunday 5 July, you have it the day after.", [5, 6]),
        ("nl", "Bestuur vergadert de 14e, de dag erna heb je hem.", [14, 15]),
        ("fr", "rdv le 30, signé ce jour-là", [30, 30]),
        ("en", "closed until the 14th, the Monday after", [14, 20]),
        ("en", "In calendar week 29, latest on the Friday", [15, 17]),
        ("ja", "6日に諮り、翌日お知らせします", [6, 7]),
    ],
)
def test_a_day_counts_from_the_one_named_before(language: str, words: str, days: list[int]) -> None:
    assert [day.best.day for day in read_dates(words, language, WEDNESDAY)] == days


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "née le 12/05/1991"),
        ("en", "DOB 03/02/58"),
        ("de", "Eintritt war der 1.6."),
        ("en", "expires 12 June 2031"),
        ("es", "desde el 2 de julio"),
        ("en", "no gifts this year"),
    ],
)
def test_nobody_puts_work_off_to_such_a_day(language: str, words: str) -> None:
    assert [day.distant or day.faint for day in read_dates(words, language, WEDNESDAY)] == [True]


@pytest.mark.parametrize("words", ["Rainergasse 14/6", "in zwei Wochen Montage", "der Monat"])
def test_what_only_looks_like_a_day_is_none(words: str) -> None:
    assert [day.words for day in read_dates(words, "de", WEDNESDAY) if "/" in day.words] == []
    assert "Montage" not in [day.words for day in read_dates(words, "de", WEDNESDAY)]
