"""Calendar answers that come late, twice, or once more from somebody who kept one."""

import re

import pytest

from mailflow.ports import MailFate
from tests.journeys.builders import JourneyOffice
from tests.journeys.mails import calendar_answer

OPEN = ["open", "open", "waiting", "waiting"]
SEEN = ["confirmed", "open", "waiting", "waiting"]


@pytest.fixture
def office(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def clicked(office: JourneyOffice, word: str) -> bytes:
    carol = office.carol
    attendee = f"ATTENDEE;PARTSTAT={word}:mailto:{carol.address}"
    return calendar_answer(carol, carol.last("to_dos_asked"), attendee)


def notes(office: JourneyOffice) -> list[str]:
    return [line["event"] for line in office.history() if line["event"] == "note_taken"]


def test_an_older_click_that_comes_late_changes_nothing_and_is_on_record(
    office: JourneyOffice,
) -> None:
    late = clicked(office, "ACCEPTED")
    office.later("2026-03-02 11:00")
    office.carol.posts(clicked(office, "DECLINED"))
    office.carol.posts(late)

    assert office.states() == OPEN
    assert office.fates()[-2:] == [MailFate.CALENDAR, MailFate.LOGGED]
    assert len(notes(office)) == 1


def test_a_click_that_is_sent_once_more_counts_once(office: JourneyOffice) -> None:
    first = clicked(office, "ACCEPTED")
    office.carol.posts(first)
    office.dana.mails("reopen TAX-1")
    again = re.sub(rb"(?m)^Message-ID: <", b"Message-ID: <again.", first)
    office.carol.posts(again)

    assert again != first
    assert office.fates()[-1] is MailFate.LOGGED
    assert len(notes(office)) == 1


def test_a_later_click_counts(office: JourneyOffice) -> None:
    office.carol.posts(clicked(office, "TENTATIVE"))
    office.later("2026-03-02 11:00")
    office.carol.posts(clicked(office, "ACCEPTED"))

    assert office.states() == SEEN
    assert notes(office) == []


def test_a_click_without_a_time_counts_until_one_with_a_time_came(office: JourneyOffice) -> None:
    timeless = re.sub(rb"DTSTAMP:[0-9TZ]+\r\n", b"", clicked(office, "ACCEPTED"))
    assert b"DTSTAMP" not in timeless
    office.carol.posts(timeless)
    assert office.states() == SEEN

    office.later("2026-03-02 11:00")
    office.carol.posts(clicked(office, "TENTATIVE"))
    office.carol.posts(re.sub(rb"(?m)^Message-ID: <", b"Message-ID: <x.", timeless))
    assert office.fates()[-1] is MailFate.LOGGED
