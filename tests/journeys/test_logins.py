"""A login that is refused: told where it can be told, tried again slowly, and over in time."""

import json

import pytest

from mailflow.commands.views import show_status
from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import Outcome, OutcomeKind
from mailflow.store import views
from tests.journeys.builders import JourneyOffice
from tests.journeys.places import MemoryPlace

SHUT = Outcome(
    OutcomeKind.TRANSIENT,
    "the submission server refuses the login: 535 bad password",
    login_refused=True,
    unreachable=True,
)
AWAY = Outcome(OutcomeKind.TRANSIENT, "nobody at the door", unreachable=True)


@pytest.fixture
def office(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def troubles(office: JourneyOffice) -> dict[str, str]:
    with views.looking(office.folder) as connection:
        counts = views.status(connection)
    assert set(counts["reasons"]) <= set(counts["incidents"])
    return {key: counts["reasons"].get(key, "") for key in counts["incidents"]}


def test_a_mailbox_that_refuses_our_login_is_told_as_that(
    office: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    works, now = office.office.works, office.clock.now()
    refused = LoginRefused("the mail server refuses the login: NO wrong password")
    for _ in range(3):
        works.incoming.mailbox_lost(office.bot, refused, now)
    works.troubles[office.bot] = "login refused"
    office.turn()

    assert office.dana.new() == ["alarm", "alarm"], "one for the trouble, one for its end"
    told = [letter.text for letter in office.dana.letters[-2:]]
    assert "NO wrong password" in told[0]
    assert "can be read again" in told[1]
    assert troubles(office) == {}

    works.incoming.mailbox_lost(office.bot, refused, now)
    assert list(troubles(office)) == [f"login of mailbox {office.bot}"]
    assert show_status(office.config, as_json=False) == 1
    assert "wrong password" in capsys.readouterr().out


def test_a_refused_submission_is_not_tried_again_for_a_quarter_of_an_hour(
    office: JourneyOffice, memory: MemoryPlace
) -> None:
    memory.weather[office.carol.address] = [SHUT, SHUT]
    office.carol.answers("1 done", to="to_dos_asked")
    assert troubles(office) == {"login for sending": SHUT.answer}
    assert office.office.works.outgoing.login_refused

    office.later("2026-03-02 09:10")
    assert len(memory.weather[office.carol.address]) == 1, "too early for another login"
    office.later("2026-03-02 09:17")
    assert memory.weather[office.carol.address] == []
    office.later("2026-03-02 09:40")

    assert office.carol.new() == ["receipt"]
    assert troubles(office) == {}
    assert "Letters are sent again" in office.dana.last("alarm").subject


def test_a_server_that_is_away_for_a_moment_is_no_letter_worth(
    office: JourneyOffice, memory: MemoryPlace
) -> None:
    memory.weather[office.carol.address] = [AWAY]
    office.carol.answers("1 done", to="to_dos_asked")
    assert troubles(office) == {"sending": "nobody at the door"}
    office.later("2026-03-02 09:03")

    assert office.carol.new() == ["receipt"]
    assert troubles(office) == {}
    assert office.dana.new() == []


def test_a_restart_does_not_forget_the_trouble(office: JourneyOffice, memory: MemoryPlace) -> None:
    memory.weather[office.carol.address] = [AWAY]
    office.carol.answers("1 done", to="to_dos_asked")
    office.restart()
    assert troubles(office) == {"sending": "nobody at the door"}
    office.later("2026-03-02 09:30")

    assert troubles(office) == {}
    assert office.dana.new() == ["alarm"]


def test_the_status_names_the_trouble_in_its_json(
    office: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = TransientFailure("nobody at the door")
    office.office.works.incoming.mailbox_lost(office.bot, lost, office.clock.now())

    assert show_status(office.config, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["incidents"] == [f"mailbox {office.bot}"]
    assert told["reasons"] == {f"mailbox {office.bot}": "nobody at the door"}
    assert told["needs_a_person"] is True
