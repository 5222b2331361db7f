"""Mail that machines write: what each one is, and that none of it ever ticks anything."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mailflow.domain.intent import Intent, Reading
from mailflow.mail.automatic import MailKind, classify, reaction
from mailflow.mail.bounce import read_bounces
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message
from mailflow.reading.auto_reply import read_auto_reply
from mailflow.reading.client import Asked, AskedItem, understand
from mailflow.reading.itip import AnswerKind, read_calendar_answer

FOLDER = Path(__file__).parent.parent / "corpus" / "machine"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "expected.toml").read_text(encoding="utf-8")
)
MONDAY = date(2026, 3, 2)


def opened(name: str) -> InboundMessage:
    return parse_message((FOLDER / f"{name}.eml").read_bytes())


def told(field: str) -> list[str]:
    return [name for name, row in EXPECTED.items() if field in row]


def read_as_an_answer(message: InboundMessage) -> tuple[Reading, ...]:
    return understand(
        Asked(
            text=message.text or "",
            items=(AskedItem(1, "Send the February statements", date(2026, 3, 6), "send"),),
            single=True,
            sent_at=datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
            subject=message.subject,
        )
    )


def test_every_mail_of_the_folder_is_told_of() -> None:
    assert {path.stem for path in FOLDER.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("name", EXPECTED)
def test_what_wrote_a_mail_is_known(name: str) -> None:
    assert classify(opened(name)).value == EXPECTED[name]["kind"]


@pytest.mark.parametrize("name", told("reads"))
def test_where_no_header_tells_the_words_do(name: str) -> None:
    intents = [reading.intent.value for reading in read_as_an_answer(opened(name))]

    assert intents == [EXPECTED[name]["reads"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_none_of_it_ever_ticks_anything(name: str) -> None:
    message = opened(name)
    if classify(message) is MailKind.HUMAN:
        ticked = [r for r in read_as_an_answer(message) if r.intent is Intent.DONE and r.sure]
        assert ticked == []
    elif classify(message) is MailKind.CALENDAR:
        answer = read_calendar_answer(tuple((c.method, c.data) for c in message.calendars))
        assert answer is not None
        assert (answer.kind is AnswerKind.COMPLETED) == ("completed" in name)


@pytest.mark.parametrize("name", told("back"))
def test_the_day_of_return_and_the_deputy_are_read(name: str) -> None:
    message, row = opened(name), EXPECTED[name]

    found = read_auto_reply(f"{message.subject}\n{message.text}", MONDAY)

    assert (found.back_on.isoformat() if found.back_on else "") == row["back"]
    assert "deputy" not in row or found.deputy == row["deputy"]


@pytest.mark.parametrize("name", told("bounce"))
def test_a_delivery_report_tells_who_and_whether_for_good(name: str) -> None:
    reports = read_bounces(opened(name))

    assert [[r.recipient, r.action, r.hard] for r in reports] == [EXPECTED[name]["bounce"]]


def test_good_news_about_a_delivery_is_left_out() -> None:
    assert read_bounces(opened("bounce--delivered-is-good-news")) == ()


@pytest.mark.parametrize("name", told("answer"))
def test_a_calendar_says_what_was_clicked(name: str) -> None:
    calendars = tuple((part.method, part.data) for part in opened(name).calendars)

    answer = read_calendar_answer(calendars)

    assert answer is not None
    assert answer.kind.value == EXPECTED[name]["answer"]


@pytest.mark.parametrize("name", told("emoji"))
def test_a_reaction_keeps_its_sign(name: str) -> None:
    assert reaction(opened(name)) == EXPECTED[name]["emoji"]
