"""Whose word counts: claims, forgeries, wrong marks, copies and strangers."""

import pytest

from mailflow.demo.programs import Typed, answer
from mailflow.ports import MailFate
from tests.journeys.builders import JourneyOffice, Person
from tests.journeys.mails import typed

OPEN = ["open", "open", "waiting", "waiting"]
DONE = ["open", "done", "waiting", "waiting"]


@pytest.fixture
def running(office: JourneyOffice) -> JourneyOffice:
    office.starts_plan()
    return office


@pytest.fixture
def simply(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def colleague(office: JourneyOffice) -> Person:
    """Carol's colleague, who got the To Do mail forwarded; the office does not know her."""
    return office.move_in("erin", "Erin Fox")


def from_colleague(office: JourneyOffice, words: str) -> Person:
    erin = colleague(office)
    forwarded = office.carol.last("to_dos_asked").received
    erin.posts(answer(erin.sender, forwarded, Typed(words), office.clock.now()))
    return erin


# --- claims ---------------------------------------------------------------------------------


def test_a_colleagues_answer_counts_once_the_provider_says_so(running: JourneyOffice) -> None:
    erin = from_colleague(running, "2 done")
    assert running.states() == OPEN
    assert running.fates()[-1] is MailFate.CLAIM
    assert (running.dana.new(), running.carol.new()) == (["claim_made"], ["claim_made"])

    running.dana.answers("yes")
    assert running.states() == DONE
    assert erin.letters == []


def test_the_client_may_settle_a_claim_at_her_known_address(simply: JourneyOffice) -> None:
    erin = from_colleague(simply, "2 done")
    simply.carol.answers("yes", to="claim_made")
    assert simply.states() == DONE

    erin.posts(
        answer(
            erin.sender,
            simply.carol.last("to_dos_asked").received,
            Typed("1 done"),
            simply.clock.now(),
        )
    )
    assert simply.states() == DONE, "yes counted once"


def test_always_makes_the_address_one_of_hers(simply: JourneyOffice) -> None:
    erin = from_colleague(simply, "2 done")
    simply.dana.answers("always", to="claim_made")
    assert simply.states() == DONE

    letter = simply.carol.last("to_dos_asked").received
    erin.posts(answer(erin.sender, letter, Typed("1 done"), simply.clock.now()))
    assert simply.states() == ["done", "done", "open", "waiting"]
    assert erin.letters == [], "letters go on to the address that is known best"


def test_no_leaves_everything_as_it_was(simply: JourneyOffice) -> None:
    from_colleague(simply, "2 done")
    simply.dana.answers("no", to="claim_made")

    assert simply.states() == OPEN


# --- forgeries ------------------------------------------------------------------------------


def test_a_forged_sender_moves_nothing(office: JourneyOffice) -> None:
    office.starts_plan()
    words = "done TAX-1\ncancel TAX\ngo live"
    forged = typed(
        office.dana.sender, office.bot, words, Subject="urgent", Message_ID="<1@evil.test>"
    )
    office.place.deliver("mallory@evil.test", office.bot, forged)
    office.turn()
    assert office.states() == OPEN
    assert office.carol.new() == []

    forged = typed(
        office.carol.sender, office.bot, "1 done", Subject="Re: TAX-1", Message_ID="<2@evil.test>"
    )
    office.place.deliver("mallory@evil.test", office.bot, forged)
    office.turn()
    assert office.states() == OPEN


def test_commands_that_are_not_proven_wait_for_a_code(believing_nobody: JourneyOffice) -> None:
    office = believing_nobody
    office.starts_plan()
    office.dana.mails("done TAX-1")
    assert office.dana.new() == ["confirmation_asked"]
    assert office.states() == OPEN

    asked = office.dana.last()
    code = next(w for w in asked.text.replace(".", " ").split() if len(w) == 10 and w.isupper())
    office.dana.answers(code)
    assert office.states() == ["done", "open", "waiting", "waiting"]


def test_without_a_voucher_a_mark_is_needed_and_enough(believing_nobody: JourneyOffice) -> None:
    office = believing_nobody
    office.starts_plan()
    office.carol.mails("Number 2 is done.", "TAX-2")
    assert office.states() == OPEN
    assert office.dana.new() == ["answer_passed_on"]
    office.carol.answers("2 done", to="to_dos_asked")

    assert office.states() == DONE


def test_a_wrong_mark_makes_the_whole_mail_worthless(simply: JourneyOffice) -> None:
    carol = simply.carol
    letter = carol.last("to_dos_asked").received
    raw = answer(carol.sender, letter, Typed("2 done"), simply.clock.now())
    token = letter.answer_to.partition("+")[2].partition("@")[0]
    wrong = token[:-4] + ("aaaa" if token[-4:] != "aaaa" else "bbbb")
    carol.posts(raw.replace(token.encode(), wrong.encode()))

    assert simply.states() == OPEN
    assert simply.fates()[-1] is MailFate.FORGED


def test_two_marks_in_one_mail_are_refused(simply: JourneyOffice) -> None:
    carol, dana = simply.carol, simply.dana
    letter = carol.last("to_dos_asked").received
    other = dana.last("plan_page").received.answer_to
    raw = typed(
        carol.sender, f"{letter.answer_to}, {other}", "2 done", Subject="Re", Message_ID="<t@c>"
    )
    carol.posts(raw, letter.answer_to)

    assert simply.states() == OPEN
    assert simply.fates()[-1] is MailFate.FORGED


def test_a_letter_that_comes_back_to_us_is_our_own(simply: JourneyOffice) -> None:
    simply.carol.posts(simply.carol.last("to_dos_asked").received.raw, simply.bot)

    assert simply.states() == OPEN
    assert simply.fates()[-1] is MailFate.LOGGED


# --- copies and strangers -------------------------------------------------------------------


def test_the_same_mail_counts_once(running: JourneyOffice) -> None:
    carol, letter = running.carol, running.carol.last().received
    raw = answer(carol.sender, letter, Typed("2 done"), running.clock.now())
    carol.posts(raw)
    carol.posts(raw.replace(b"Subject:", b"X-Seen: again\r\nSubject:", 1))

    assert running.fates()[-2:] == [MailFate.ACTED, MailFate.DUPLICATE]
    assert carol.new() == ["receipt"]


def test_a_stranger_is_listed_and_never_answered(running: JourneyOffice) -> None:
    stranger = running.move_in("stranger", "Sam Stranger")
    stranger.mails("Buy my lists! 1 done, TAX-1 done.", "An offer")
    assert running.fates()[-1] is MailFate.LISTED
    running.later("2026-03-03 07:45")

    assert stranger.letters == []
    assert running.states() == OPEN
    assert "An offer" in running.dana.last("digest").text


@pytest.mark.parametrize(
    "sender",
    [
        "Carol Jones <{carol}>, Erin <erin@client.test>",
        '"{carol}" <erin@client.test>',
        "{carol}<erin@client.test>",
    ],
)
def test_a_sender_that_can_be_read_two_ways_is_nobody(simply: JourneyOffice, sender: str) -> None:
    letter = simply.carol.last("to_dos_asked").received
    raw = answer("x@client.test", letter, Typed("2 done"), simply.clock.now())
    odd = simply.filled(sender).encode()
    simply.place.deliver("erin@client.test", simply.bot, raw.replace(b"x@client.test", odd))
    simply.turn()

    assert simply.states() == OPEN
    assert simply.carol.new() in ([], ["claim_made"])
