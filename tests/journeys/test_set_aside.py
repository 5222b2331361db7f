"""What was set aside goes on: held mail, and addresses from which letters came back."""

import re

import pytest

from mailflow.commands.care import release_held, resume_sending
from mailflow.commands.views import show_status
from mailflow.domain.ids import PersonId
from mailflow.domain.people import Person
from mailflow.flow.incoming import HELD_A_DAY
from mailflow.ports import Outcome, OutcomeKind
from mailflow.store import views
from tests.journeys.builders import JourneyOffice
from tests.journeys.mails import bounce, typed
from tests.journeys.places import MemoryPlace

OPEN = ["open", "open", "waiting", "waiting"]


@pytest.fixture
def office(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def incidents(office: JourneyOffice) -> list[str]:
    with views.looking(office.folder) as connection:
        return views.status(connection)["incidents"]


def held_number(office: JourneyOffice) -> int:
    with views.looking(office.folder) as connection:
        [line] = views.held(connection)
    return line["id"]


def with_a_code(office: JourneyOffice) -> str:
    """Answer the mail that asks for a code; return the transcript."""
    asked = office.dana.last("confirmation_asked")
    code = next(w for w in asked.text.replace(".", " ").split() if re.fullmatch("[A-Z2-7]{10}", w))
    office.dana.answers(code, to="confirmation_asked")
    return office.dana.last("transcript").text


# --- held mail ------------------------------------------------------------------------------


def poison(office: JourneyOffice) -> None:
    raw = typed(office.carol.sender, office.bot, "2 done", Message_ID="<p@client.test>")
    raw = raw.replace(b"Message-ID", b"Subject: " + b"(" * 70_000 + b"\r\nMessage-ID", 1)
    office.place.deliver(office.carol.address, office.bot, raw)
    office.turn()


def test_held_mail_is_listed_and_goes_on_by_a_word(office: JourneyOffice) -> None:
    poison(office)
    number = held_number(office)
    assert "release" in office.dana.last("alarm").text
    office.dana.new()
    office.dana.mails("held")
    assert f"{number} · the header is longer" in office.dana.last("transcript").text

    office.dana.mails(f"release {number}")
    assert f"no. {number} is being handled once more" in office.dana.last("transcript").text
    assert held_number(office) == number, "it is as odd as before"
    assert office.dana.new() == ["transcript", "transcript", "alarm"]


def test_a_flood_of_odd_mail_is_told_in_the_digest(office: JourneyOffice) -> None:
    with office.sleeping():
        for number in range(HELD_A_DAY + 5):
            raw = b"Subject: " + b"(" * (66_000 + number) + b"\r\n\r\nboo\r\n"
            office.place.deliver("x@evil.test", office.bot, raw)
    assert office.dana.new() == ["alarm"] * HELD_A_DAY

    office.later("2026-03-03 07:45")
    assert office.dana.new() == ["digest"]
    assert "no. 18" in office.dana.last().text


def test_a_number_that_is_not_held_changes_nothing(office: JourneyOffice) -> None:
    office.dana.mails("release 999")
    assert "No mail with the number 999 is set aside" in office.dana.last("transcript").text
    office.dana.mails("release")
    assert "Please add its number" in office.dana.last("transcript").text


def test_no_client_releases_held_mail(office: JourneyOffice) -> None:
    poison(office)
    number = held_number(office)
    office.carol.mails(f"release {number}")

    assert held_number(office) == number
    assert office.states() == OPEN


def test_the_terminal_releases_held_mail(
    office: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    poison(office)
    number = held_number(office)
    assert release_held(office.config, [number, 999]) == 1
    assert "999  is not held" in capsys.readouterr().out
    assert office.held() == []
    office.turn()
    assert len(office.held()) == 1
    assert release_held(office.config, [number]) == 0
    office.turn()
    assert resume_sending(office.config) == 1


# --- addresses ------------------------------------------------------------------------------


def come_back(office: JourneyOffice) -> None:
    office.place.deliver("", office.bot, bounce(office.carol.last(), office))
    office.turn()
    assert incidents(office) == [f"bounce {office.carol.address}"]
    office.dana.new()


def test_a_better_address_ends_the_trouble_after_a_code(
    office: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    come_back(office)
    assert show_status(office.config, as_json=False) == 1
    new = office.move_in("carol.new", "Carol Jones")
    office.dana.mails(f"also carol <{new.address}>")
    assert office.dana.new() == ["confirmation_asked"]
    assert incidents(office) != []

    assert f"go to {new.address} from now on" in with_a_code(office)
    assert incidents(office) == []
    assert show_status(office.config, as_json=False) == 0
    capsys.readouterr()
    office.dana.mails("ask TAX-1")
    assert [letter.kind for letter in new.letters] == ["to_dos_asked"]
    new.answers("1 done")
    assert office.states()[0] == "done"


def test_the_provider_may_say_that_the_address_works(office: JourneyOffice) -> None:
    come_back(office)
    office.dana.mails(f"auch Carol {office.carol.address}")
    with_a_code(office)

    assert incidents(office) == []
    office.dana.mails("ask TAX-1")
    assert office.carol.new() == ["to_dos_asked"]


def test_whoever_writes_from_an_address_has_it(office: JourneyOffice) -> None:
    come_back(office)
    office.carol.answers("2 done", to="to_dos_asked")

    assert office.states() == ["open", "done", "waiting", "waiting"]
    assert office.carol.new() == ["receipt"]
    assert incidents(office) == []


def test_a_forged_mail_does_not_end_it(office: JourneyOffice) -> None:
    come_back(office)
    forged = typed(office.carol.sender, office.bot, "hello", Message_ID="<x@evil.test>")
    office.place.deliver("mallory@evil.test", office.bot, forged)
    office.turn()

    assert incidents(office) == [f"bounce {office.carol.address}"]


def test_a_refusal_that_is_not_of_the_address_leaves_it_alone(
    office: JourneyOffice, memory: MemoryPlace
) -> None:
    policy = Outcome(OutcomeKind.PERMANENT, "553 5.7.1 this is not your address")
    memory.weather[office.carol.address] = [policy, policy]
    office.carol.answers("list", to="to_dos_asked")
    office.carol.answers("list", to="to_dos_asked")
    assert office.dana.new() == ["alarm"], "told once a day"
    assert "this is not your address" in office.dana.last().text
    assert incidents(office) == []

    office.carol.answers("list", to="to_dos_asked")
    assert office.carol.new() == ["to_do_listed"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("also carol", "cannot be read as one"),
        ("also carol <carol@@client>", "cannot be read as one"),
        ("also nobody <x@client.test>", "Nobody here is called"),
        ("also carol <vic@office.test>", "belongs to Vic Ray"),
        ("also carol <carol@client.test>", "known as an address of Carol Jones already"),
        ("also dana <x@client.test>", "stands in the settings"),
    ],
)
def test_an_address_that_cannot_be_added_is_told(
    office: JourneyOffice, words: str, said: str
) -> None:
    office.dana.mails(words)

    assert said in with_a_code(office)


def test_an_address_with_capitals_is_left_alone_too() -> None:
    carol = Person(
        PersonId(1), "Carol", ("Carol@client.test",), undeliverable=("carol@client.test",)
    )

    assert carol.address is None
