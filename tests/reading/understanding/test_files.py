"""A file that fits delivers what was asked for; one that does not fit delivers nothing."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import SEND, SIGN, acted, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "statement.pdf"),
        ("Here you go", "scan0001.pdf"),
        ("Attached.", "february.pdf"),
        ("Best regards, Ann", "statement_feb.pdf"),
    ],
)
def test_a_fitting_file_delivers(text: str, name: str) -> None:
    assert acted(text, SEND, files=(name,))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "image001.png"),
        ("", "draft.pdf"),
        ("see error", "screenshot.png"),
        ("Is this the right one?", "scan.pdf"),
        ("What is this letter?", "letter.pdf"),
        ("Not sure this is right", "scan.pdf"),
        ("This is only page 1", "scan.pdf"),
        ("Here's the first half, the rest to follow", "scan.pdf"),
        ("Attached", ""),
    ],
)
def test_a_file_that_does_not_fit_or_is_missing_delivers_nothing(text: str, name: str) -> None:
    assert not acted(text, SEND, files=(name,) if name else ())


@pytest.mark.parametrize(
    ("title", "name", "lang"),
    [
        (SEND, "statement_january.pdf", "en"),
        (SEND, "statement 2026-01.pdf", "en"),
        ("Kontoauszug Februar schicken", "Kontoauszug_März.pdf", "de"),
        ("提供六月排班表", "五月排班表.xlsx", "zh"),
        ("Envoyer le relevé bancaire d'avril", "releve_2026-03.pdf", "fr"),
        ("Inviare l'estratto d’aprile", "estratto_marzo.pdf", "it"),
        ("Send the April statement", "statement_03-2026.pdf", "en"),
        ("إرسال كشف حساب مارس", "كشف_حساب_فبراير.pdf", "ar"),
    ],
)
def test_the_wrong_month_delivers_nothing(title: str, name: str, lang: str) -> None:
    reading = read("", title, files=(name,), lang=lang)

    assert reading.intent is Intent.PROGRESS


def test_the_day_of_a_scan_is_no_month_of_its_content() -> None:
    assert acted("", SEND, files=("Scan_2026-03-04.pdf",))


def test_an_unsigned_copy_signs_nothing() -> None:
    assert not acted("Here's the unsigned copy", SIGN, files=("letter.pdf",))
