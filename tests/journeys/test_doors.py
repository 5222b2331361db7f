"""How mail comes in: the first look, odd mail, and the other doors."""

import smtplib
from contextlib import closing
from pathlib import Path

import pytest

from mailflow.demo.programs import Typed, answer
from mailflow.demo.stage import StageClock
from mailflow.demo.world_smtp import Handed
from mailflow.errors import TransientFailure
from mailflow.flow.settings import Stop
from mailflow.ports import MailFate
from tests.journeys.builders import JourneyOffice
from tests.journeys.mails import typed
from tests.journeys.places import MemoryPlace, Place
from tests.journeys.proofs import prove
from tests.servers import PASSWORD, Dovecot, Postfix, free_port, need, open_folder

OPEN = ["open", "open", "waiting", "waiting"]
DONE = ["open", "done", "waiting", "waiting"]


@pytest.fixture
def trustless(clock: StageClock) -> MemoryPlace:
    """A place where nobody vouches for senders, as behind a door of our own."""
    return MemoryPlace(clock, trust="")


def test_a_full_mailbox_is_left_alone_at_the_first_start(
    place: Place, clock: StageClock, tmp_path: Path
) -> None:
    office = JourneyOffice(place, tmp_path / "state", clock)
    for number in range(60):
        raw = typed(
            office.dana.sender,
            office.bot,
            "done 1\ngo live",
            Subject="plan: old",
            Date="Thu, 1 Jan 2026 10:00:00 +0000",
            Message_ID=f"<{number}@old.test>",
        )
        place.deliver(office.dana.address, office.bot, raw)
    office.turn()
    assert office.outbox() == []
    assert office.history()[1:] == []
    assert not isinstance(place, MemoryPlace) or place.bots[office.bot].signed == []

    office.starts_plan()
    assert office.states() == OPEN
    prove(office)
    office.close()


def test_a_poison_mail_is_held_and_told_once_and_the_next_one_counts(
    office: JourneyOffice,
) -> None:
    office.starts_plan()
    carol, letter = office.carol, office.carol.last().received
    poison = b"From: <" + office.carol.address.encode() + b">\r\nTo: " + office.bot.encode()
    poison += b"\r\nSubject: " + b"(" * 70_000 + b"\r\n\r\nboo\r\n"
    with office.sleeping():
        office.place.deliver(carol.address, office.bot, poison)
        carol.posts(answer(carol.sender, letter, Typed("2 done"), office.clock.now()))

    assert len(office.held()) == 1
    assert office.dana.new() == ["alarm"]
    assert office.states() == DONE
    office.later("2026-03-03 07:45")
    assert office.dana.new() == ["digest"]


class Murder(Exception):
    """Stands for a fault of the program that a mail finds."""


def test_a_fault_of_the_program_holds_the_mail_that_found_it(
    memory: MemoryPlace, clock: StageClock, tmp_path: Path
) -> None:
    def at_stop(stop: Stop, _journey: int, _word: str, message_id: str) -> None:
        if stop is Stop.RECOGNISE and "fatal" in message_id:
            raise Murder

    office = JourneyOffice(memory, tmp_path / "state", clock, at_stop=at_stop)
    office.turn()
    office.starts_plan()
    with office.sleeping():
        office.carol.posts(
            typed(office.carol.sender, office.bot, "1 done", Subject="x", Message_ID="<fatal@c>")
        )
        office.carol.answers("2 done")

    assert len(office.held()) == 1
    assert office.dana.new() == ["alarm"]
    assert office.states() == DONE
    prove(office)
    office.close()


def test_of_a_giant_only_the_header_is_read_and_nothing_is_ticked(
    quick: JourneyOffice, memory: MemoryPlace
) -> None:
    quick.starts_plan()
    memory.bots[quick.bot].limit = 20_000
    film = ("film.mp4", "video/mp4", b"\0" * 60_000)
    quick.carol.answers("1 done, 2 done", film)

    assert quick.states() == OPEN
    assert quick.dana.new() == ["alarm"]


def test_mail_in_the_junk_folder_counts_if_it_carries_our_mark(
    quick: JourneyOffice, memory: MemoryPlace
) -> None:
    quick.starts_plan()
    carol, letter = quick.carol, quick.carol.last().received
    raw = answer(carol.sender, letter, Typed("2 done"), quick.clock.now())
    memory.hand_on(Handed(carol.address, carol.address, quick.bot, raw), "Junk")
    quick.turn()

    assert quick.states() == DONE


def test_a_lost_mailbox_is_told_once_and_again_when_it_is_back(
    quick: JourneyOffice, memory: MemoryPlace
) -> None:
    quick.starts_plan()
    box = memory.bots[quick.bot]
    box.trouble = TransientFailure("nobody at the door")
    runner, works = quick.office.runner, quick.office.works
    for _ in range(3):
        with pytest.raises(TransientFailure):
            runner.look(works.sources[0])
        works.incoming.mailbox_lost(
            box.name, TransientFailure("nobody at the door"), quick.clock.now()
        )
    runner.work()
    box.trouble = None
    quick.turn()

    assert quick.dana.new() == ["alarm"]
    quick.restart()
    assert quick.dana.new() == ["alarm"]


def test_files_in_a_folder_are_mail(
    trustless: MemoryPlace, clock: StageClock, tmp_path: Path
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    office = JourneyOffice(
        trustless, tmp_path / "state", clock, more={"intake": {"folder": str(drop)}}
    )
    office.turn()
    office.starts_plan()
    carol, letter = office.carol, office.carol.last().received
    raw = answer(carol.sender, letter, Typed("2 done"), clock.now())
    (drop / "answer.eml").write_bytes(raw)
    office.turn()
    assert list(drop.glob("*.eml")) == []
    assert office.states() == DONE
    carol.posts(raw)
    assert office.fates()[-2:] == [MailFate.ACTED, MailFate.DUPLICATE]
    prove(office)
    office.close()


def test_by_lmtp_the_250_comes_after_the_commit(
    trustless: MemoryPlace, clock: StageClock, tmp_path: Path
) -> None:
    port = free_port()
    office = JourneyOffice(
        trustless, tmp_path / "state", clock, more={"intake": {"lmtp": f"127.0.0.1:{port}"}}
    )
    office.turn()
    office.starts_plan()
    carol, letter = office.carol, office.carol.last().received
    raw = answer(carol.sender, letter, Typed("2 done"), clock.now())
    [door] = office.office.doors
    door.start()
    try:
        with smtplib.LMTP("127.0.0.1", port) as line:
            line.sendmail(carol.address, [letter.answer_to], raw)
        assert office.office.store.waiting_mail() == 1
    finally:
        door.stop()
    office.turn()
    assert office.states() == DONE
    prove(office)
    office.close()


@pytest.mark.servers
def test_postfix_brings_answers_to_our_own_door(
    dovecot: Dovecot, trustless: MemoryPlace, clock: StageClock, tmp_path: Path
) -> None:
    need("master")
    port = free_port()
    office = JourneyOffice(
        trustless, tmp_path / "state", clock, more={"intake": {"lmtp": f"127.0.0.1:{port}"}}
    )
    office.turn()
    office.starts_plan()
    carol, letter = office.carol, office.carol.last().received
    raw = answer(carol.sender, letter, Typed("2 done"), clock.now())
    [door] = office.office.doors
    routes = {"office.test": port}
    with open_folder("postfix-door") as folder, Postfix(folder, dovecot.sasl, routes) as postfix:
        door.start()
        with closing(smtplib.SMTP("127.0.0.1", postfix.port)) as line:
            line.login(carol.address, PASSWORD)
            line.sendmail(carol.address, [letter.answer_to], raw)
            line.quit()
        for _ in range(200):
            if office.office.works.trigger.wait(0.1) and office.office.store.waiting_mail():
                break
            office.office.works.trigger.clear()
        door.stop()
    office.turn()

    assert office.states() == DONE
    assert office.fates()[-1] is MailFate.ACTED
    prove(office)
    office.close()
