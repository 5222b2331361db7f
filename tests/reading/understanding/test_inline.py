"""Answers typed between the lines of our list."""

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.intent import Intent
from mailflow.reading.client import Asked, AskedItem, understand

ITEMS = (
    AskedItem(1, "Send the bank statements", date(2026, 3, 6), "send"),
    AskedItem(2, "Sign the engagement letter", date(2026, 3, 10)),
)
Pieces = tuple[tuple[int | None, str], ...]


def read(*pieces: tuple[int | None, str], files: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Return number, intent and sureness of each reading."""
    asked = Asked(
        text="\n\n".join(text for _, text in pieces),
        items=ITEMS,
        single=False,
        sent_at=datetime(2026, 3, 3, 18, tzinfo=UTC),
        attachments=files,
        segments=pieces,
    )
    return [(one.n, one.intent, one.sure) for one in understand(asked)]


def test_each_piece_belongs_to_the_item_above_it() -> None:
    assert read((1, "done"), (2, "Friday")) == [
        (1, Intent.DONE, True),
        (2, Intent.RESCHEDULE, True),
    ]


def test_a_file_goes_to_the_piece_that_speaks_of_it() -> None:
    assert read((1, "attached, all of them"), (2, "Do I have to?"), files=("scan.pdf",)) == [
        (1, Intent.DONE, True),
        (2, Intent.QUESTION, True),
    ]


def test_greetings_around_the_pieces_say_nothing() -> None:
    pieces: Pieces = ((None, "Hi Dana, see below"), (1, "done"), (None, "Carol"))

    assert read(*pieces) == [(1, Intent.DONE, True)]


@pytest.mark.parametrize("text", ["done, and number 2 too", "signed the engagement letter as well"])
def test_a_piece_that_names_another_item_is_only_proposed(text: str) -> None:
    assert {sure for _, intent, sure in read((1, text)) if intent is Intent.DONE} == {False}


def test_what_stands_under_no_item_is_never_done_without_asking() -> None:
    assert read((1, "done"), (None, "everything else is finished too")) == [
        (1, Intent.DONE, True),
        (2, Intent.DONE, False),
    ]
