"""Too many letters: sending stops, the provider is told once, and a word lets it go on."""

import pytest

from mailflow.commands.views import show_status
from mailflow.domain.notice import Alarm, AlarmKind
from mailflow.flow.breaker import ANSWERS_AN_HOUR, MOST, STOPPED
from mailflow.flow.post import Occasion, PostRoom
from tests.journeys.builders import JourneyOffice

OPEN = ["open", "open", "waiting", "waiting"]


@pytest.fixture
def office(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def writes(office: JourneyOffice, count: int) -> None:
    """Let a fault of the program write letters that nobody asked for."""
    works, settings = office.office.works, office.office.settings
    for number in range(count):
        uow = works.memory.unit()
        now = works.clock.now()
        alarm = Alarm(settings.provider, AlarmKind.STALLED, f"no. {number}", "", now)
        PostRoom(settings).write(uow, [alarm], Occasion(now))
        uow.commit()


def states(office: JourneyOffice, kind: str) -> list[str]:
    return [row["state"] for row in office.outbox() if row["kind"] == kind]


def test_sixty_letters_leave_and_one_more_stops_all(
    office: JourneyOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    writes(office, MOST)
    office.turn()
    assert office.dana.new() == ["alarm"] * MOST

    writes(office, 3)
    office.turn()
    assert office.dana.new() == ["alarm"], "the one that tells of it"
    told = office.dana.last().text
    assert "61 letters" in told
    assert "resume sending" in told
    assert states(office, "alarm").count("queued") == 3
    assert show_status(office.config, as_json=False) == 1
    assert STOPPED in capsys.readouterr().out

    office.carol.answers("2 done", to="to_dos_asked")
    assert office.states() == ["open", "done", "waiting", "waiting"], "answers still count"
    assert office.carol.new() == []


def test_a_word_of_the_provider_lets_everything_go(office: JourneyOffice) -> None:
    writes(office, MOST + 1)
    office.turn()
    office.carol.answers("2 done", to="to_dos_asked")
    office.dana.new()
    office.dana.mails("resume sending")

    assert "Letters leave again" in office.dana.last("transcript").text
    assert office.carol.new() == ["receipt"]
    assert {"queued", "retry"} & {row["state"] for row in office.outbox()} == set()
    office.dana.mails("resume sending")
    assert "was not stopped" in office.dana.last("transcript").text


def test_a_restart_does_not_let_it_go(office: JourneyOffice) -> None:
    writes(office, MOST + 5)
    office.turn()
    office.restart()

    assert states(office, "alarm").count("queued") == MOST + 5


def test_letters_over_a_longer_time_are_no_storm(office: JourneyOffice) -> None:
    for minute in range(0, 50, 5):
        office.later(f"2026-03-02 09:{minute:02}")
        writes(office, 18)
    office.turn()

    assert states(office, "alarm").count("queued") == 0


def test_what_people_ask_for_is_not_counted(office: JourneyOffice) -> None:
    for _ in range(MOST + 5):
        office.dana.mails("status")
        office.dana.new()
        office.clock.move_to(office.clock.now())

    assert states(office, "transcript").count("queued") == 0


def test_one_person_gets_sixty_answers_an_hour_and_the_provider_is_told(
    office: JourneyOffice,
) -> None:
    office.later("2026-03-02 10:30")
    with office.sleeping():
        for _ in range(ANSWERS_AN_HOUR + 8):
            office.carol.answers("list", to="to_dos_asked")
    assert office.carol.new() == ["to_do_listed"] * ANSWERS_AN_HOUR
    assert office.dana.new() == ["alarm"]
    assert "60 answers within an hour" in office.dana.last().text

    office.later("2026-03-02 12:00")
    office.carol.answers("2 done", to="to_dos_asked")
    assert office.carol.new() == ["receipt"]
