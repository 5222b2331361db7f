"""What time brings: one letter a person and day, the brake, and letters that were overtaken."""

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.ports import Outcome, OutcomeKind
from tests.journeys.builders import START, JourneyOffice
from tests.journeys.places import MemoryPlace

LATER = Outcome(OutcomeKind.TRANSIENT, "451 4.3.2 not now")
NOBODY_KNOWS = Outcome(OutcomeKind.UNKNOWN, "the line was cut after the dot")

TWO_CLIENTS = """\
Client: Carol Jones <{carol}>, Acme Ltd
Client: Bob Stone <{bob}>
# Gather
- Send the bank statements @Carol by Fri 6 March [send]
Milestone: Records complete by 13 March
# Prepare
- Approve the draft | Bob | 16 March
Milestone: Return filed by 31 March
"""


@pytest.fixture
def running(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def test_a_silent_client_gets_at_most_one_letter_a_day_and_never_at_night(
    running: JourneyOffice,
) -> None:
    for hour in range(0, 30 * 24, 6):
        running.later(f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}")
    reminders = [letter for letter in running.carol.letters if letter.kind == "reminder"]
    times = [letter.received.message.date for letter in reminders]
    assert 6 <= len(times) <= 12
    assert len({at.date() for at in times if at}) == len(times)
    assert all(at and at.weekday() < 5 and 8 <= at.hour < 18 for at in times)


def test_a_long_nap_is_made_up_for_with_one_letter(running: JourneyOffice) -> None:
    running.later("2026-03-31 09:30")

    assert running.carol.new() == ["reminder"]
    assert running.dana.new() == ["digest"]


def test_what_opens_at_night_is_asked_for_in_the_morning(quick: JourneyOffice) -> None:
    bob = quick.people["bob"]
    quick.starts_plan(TWO_CLIENTS)
    quick.later("2026-03-02 20:00")
    quick.carol.answers("Done")
    assert (quick.carol.new(), bob.new()) == (["receipt"], [])
    quick.later("2026-03-03 09:05")

    assert bob.new() == ["to_dos_asked"]


def test_helpers_are_not_reminded_in_anothers_place(running: JourneyOffice) -> None:
    running.dana.mails("done 1\nadd TAX: Order the forms @vic by 9 March")
    running.vic.new()
    running.carol.new()
    running.later("2026-03-10 09:30")

    assert running.carol.new() == ["reminder"]
    assert "Sign the engagement letter" in running.carol.last().text


def test_automatic_letters_wait_while_a_mailbox_cannot_be_read(
    running: JourneyOffice, memory: MemoryPlace
) -> None:
    running.clock.move_to(datetime(2026, 3, 3, 9, 30, tzinfo=UTC))
    running.office.runner.work()
    running.clock.move_to(datetime(2026, 3, 3, 9, 35, tzinfo=UTC))
    running.office.runner.work()
    assert [row["kind"] for row in running.outbox()].count("reminder") == 0

    running.turn()
    assert running.carol.new() == ["reminder"]


def test_a_reminder_that_was_overtaken_is_withdrawn_and_written_anew(
    running: JourneyOffice, memory: MemoryPlace
) -> None:
    carol = running.carol
    memory.weather[carol.address] = [LATER]
    running.later("2026-03-05 09:30")
    assert carol.new() == []
    running.later("2026-03-05 09:30")
    carol.answers("1 done")
    assert carol.new() == ["receipt"]
    running.later("2026-03-05 10:30")

    assert carol.new() == ["reminder"]
    assert "Send the bank statements" not in carol.last().text
    states = [row["state"] for row in running.outbox() if row["kind"] == "reminder"]
    assert states == ["withdrawn", "sent"]


def test_a_busy_server_gets_the_same_letter_again(
    running: JourneyOffice, memory: MemoryPlace
) -> None:
    memory.weather[running.carol.address] = [LATER, LATER]
    running.carol.answers("1 done")
    assert running.carol.new() == []
    running.later("2026-03-02 09:02")
    running.later("2026-03-02 09:05")

    assert running.carol.new() == ["receipt"]


def test_when_nobody_knows_a_receipt_goes_again_and_a_digest_does_not(
    running: JourneyOffice, memory: MemoryPlace
) -> None:
    memory.weather[running.carol.address] = [NOBODY_KNOWS]
    running.carol.answers("1 done")
    assert running.carol.new() == ["receipt"]

    memory.weather[running.dana.address] = [NOBODY_KNOWS]
    running.later("2026-03-03 07:45")
    assert running.dana.new() == []


def test_what_stands_in_the_sent_folder_has_gone(
    running: JourneyOffice, memory: MemoryPlace
) -> None:
    memory.weather[running.carol.address] = [NOBODY_KNOWS]
    box = memory.bots[running.bot]
    box.kept = []
    running.carol.answers("1 done")

    assert running.carol.new() == ["receipt"]
    [receipt] = [row for row in running.outbox() if row["kind"] == "receipt"]
    assert (receipt["state"], receipt["reason"]) == ("sent", "found in the Sent folder")
