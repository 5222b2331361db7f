"""A mail that is too large: its sender is told how to send it smaller, the provider its words."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from mailflow.commands.running import deliver
from mailflow.demo.programs import Typed, answer
from mailflow.ports import MailFate
from tests.journeys.builders import JourneyOffice
from tests.journeys.mails import typed
from tests.journeys.places import MemoryPlace

OPEN = ["open", "open", "waiting", "waiting"]
LIMIT = 20_000
PHOTOS = ("photos.zip", "application/zip", bytes(40_000))


@pytest.fixture
def office(quick: JourneyOffice, memory: MemoryPlace) -> JourneyOffice:
    """An office with a running plan, whose mailbox gives away small mails only."""
    quick.starts_plan()
    memory.bots[quick.bot].limit = LIMIT
    return quick


def test_the_sender_is_told_once_how_to_send_it_smaller(office: JourneyOffice) -> None:
    office.carol.answers("1 done, all photos attached", PHOTOS, to="to_dos_asked")

    assert office.states() == OPEN
    assert office.carol.new() == ["mail_too_large"]
    letter = office.carol.last()
    assert "40 MB" in letter.text
    assert "several mails" in letter.text
    assert letter.header("Auto-Submitted") == "auto-replied"
    assert office.dana.new() == ["alarm"]
    assert "1 done, all photos attached" in office.dana.last().text
    assert "photos.zip" in office.dana.last().text

    office.carol.answers("1 done, once more", PHOTOS, to="to_dos_asked")
    assert office.carol.new() == [], "one a day is enough"
    assert office.dana.new() == ["alarm"]


def test_an_answer_to_that_letter_counts(office: JourneyOffice) -> None:
    office.carol.answers("2 done", PHOTOS, to="to_dos_asked")
    office.carol.answers("2 done", to="mail_too_large")

    assert office.states() == ["open", "done", "waiting", "waiting"]


def test_the_same_mail_is_told_of_once(office: JourneyOffice) -> None:
    letter = office.carol.last("to_dos_asked").received
    raw = answer(office.carol.sender, letter, Typed("1 done", (PHOTOS,)), office.clock.now())
    office.carol.posts(raw)
    office.later("2026-03-04 10:00")
    before = len(office.carol.letters)
    office.carol.posts(raw)

    assert len(office.carol.letters) == before
    assert office.fates()[-1] in {MailFate.DUPLICATE, MailFate.PASSED_ON}


def test_no_stranger_and_no_machine_is_told(office: JourneyOffice) -> None:
    stranger = office.move_in("sam", "Sam Stranger")
    stranger.mails("Look at these", "An offer", PHOTOS)
    assert office.fates()[-1] is MailFate.LISTED

    away = EmailMessage()
    away["From"], away["To"] = office.carol.sender, office.bot
    away["Subject"], away["Message-ID"] = "Automatic reply", "<away@client.test>"
    away["Auto-Submitted"] = "auto-replied"
    away.set_content("I am away.\n" * 4000)
    office.carol.posts(away.as_bytes(policy=SMTP))

    assert stranger.letters == []
    assert office.carol.new() == []
    assert office.dana.new() == []


def test_a_forged_sender_is_not_told(office: JourneyOffice) -> None:
    forged = typed(
        office.carol.sender, office.bot, "1 done\n" * 6000, Subject="Re", Message_ID="<f@evil.test>"
    )
    office.place.deliver("mallory@evil.test", office.bot, forged)
    office.turn()

    assert office.fates()[-1] is MailFate.FORGED
    assert office.carol.new() == []


def test_a_file_of_41_megabytes_is_taken_by_its_text(office: JourneyOffice, tmp_path: Path) -> None:
    raw = typed(office.carol.sender, office.bot, "1 done", Message_ID="<big@client.test>")
    giant = tmp_path / "giant.eml"
    giant.write_bytes(raw + b"\r\nFurther words.\r\n" * 2_300_000)
    office.close()

    assert deliver(office.config, [giant]) == 1
    assert office.held() == []
    assert office.fates()[-1] in {MailFate.PASSED_ON, MailFate.LISTED, MailFate.FORGED}
