"""What answers do, and what machines say."""

import pytest

from mailflow.demo.programs import out_of_office
from mailflow.ports import MailFate
from tests.journeys.builders import STATEMENTS, JourneyOffice
from tests.journeys.mails import bounce, calendar_answer, typed
from tests.journeys.places import GONE

OPEN = ["open", "open", "waiting", "waiting"]


@pytest.fixture
def running(office: JourneyOffice) -> JourneyOffice:
    office.starts_plan()
    return office


@pytest.fixture
def simply(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def test_partly_done_and_the_rest_on_a_day(running: JourneyOffice) -> None:
    running.carol.answers("1 partly done, the rest on Friday\n2 done")

    assert running.states() == ["partly", "done", "waiting", "waiting"]
    assert (running.carol.new(), running.dana.new()) == (["receipt"], [])


def test_a_file_without_a_word_delivers_what_was_to_be_sent(running: JourneyOffice) -> None:
    running.carol.answers("", STATEMENTS)

    assert running.states() == ["done", "open", "waiting", "waiting"]
    assert "received: statements.pdf" in running.carol.last("receipt").text


def test_a_date_beyond_the_milestone_is_a_request_that_one_word_settles(
    simply: JourneyOffice,
) -> None:
    simply.carol.answers("I can sign on 20 March")
    assert simply.states() == OPEN
    assert (simply.carol.new(), simply.dana.new()) == (["receipt"], ["answer_passed_on"])

    simply.dana.answers("yes")
    assert simply.states() == ["open", "promised", "waiting", "waiting"]
    assert simply.promises()[1] == "2026-03-20"
    assert simply.dana.new() == ["transcript"]


def test_thanks_tick_nothing_and_get_no_answer(simply: JourneyOffice) -> None:
    simply.carol.answers("Thank you, Dana!")

    assert simply.states() == ["confirmed", "confirmed", "waiting", "waiting"]
    assert (simply.carol.new(), simply.dana.new()) == ([], [])


def test_a_file_that_needs_a_password_is_kept_and_said(simply: JourneyOffice) -> None:
    paper = b"%PDF-1.6\n1 0 obj <<>> endobj\ntrailer <</Root 1 0 R /Encrypt 5 0 R>>\n%%EOF\n"
    simply.carol.answers("1 attached", ("statements.pdf", "application/pdf", paper))

    assert simply.states()[0] == "done"
    assert "statements.pdf needs a password" in " ".join(simply.carol.last("receipt").text.split())


def test_a_provider_who_wants_to_be_asked_is_asked_about_every_done(
    simply: JourneyOffice,
) -> None:
    simply.more["mode"] = {"live": True, "done_from": 1.0}
    simply.restart()
    simply.carol.answers("1 done")

    assert simply.states() == OPEN
    assert simply.dana.new() == ["answer_passed_on"]


def test_an_answer_below_the_quoted_letter_counts(simply: JourneyOffice) -> None:
    carol, letter = simply.carol, simply.carol.last()
    words = f"{letter.received.quoted}\n\nNumber 2 is done.\n\nCarol\n"
    parent = letter.received.message.message_id
    carol.posts(typed(carol.sender, simply.bot, words, Subject="AW: 2 To Dos", In_Reply_To=parent))

    assert simply.states() == ["open", "done", "waiting", "waiting"]


def test_answers_between_the_lines_belong_to_the_step_above_them(simply: JourneyOffice) -> None:
    carol, letter = simply.carol, simply.carol.last()
    quoted = letter.received.quoted.splitlines()
    first, second = (
        next(at for at, line in enumerate(quoted) if line.startswith(f"> {n}. ")) for n in (1, 2)
    )
    quoted.insert(second + 1, "\nsigned and posted\n")
    quoted.insert(first + 1, "\nFriday\n")
    words = "Hi Dana, see below.\n\n" + "\n".join(quoted)
    parent = letter.received.message.message_id
    carol.posts(typed(carol.sender, simply.bot, words, Subject="Re: 2 To Dos", In_Reply_To=parent))

    assert simply.states() == ["promised", "done", "waiting", "waiting"]
    assert (carol.new(), simply.dana.new()) == (["receipt"], [])


def test_one_word_below_two_steps_is_asked_about(simply: JourneyOffice) -> None:
    carol, letter = simply.carol, simply.carol.last()
    lines = letter.received.quoted.splitlines()
    kept = [line for line in lines if line.startswith(("> 1. ", "> 2. "))]
    words = "On Monday Dana wrote:\n" + "\n".join(kept) + "\n\nnearly finished\n"
    parent = letter.received.message.message_id
    carol.posts(typed(carol.sender, simply.bot, words, Subject="Re: 2 To Dos", In_Reply_To=parent))

    assert "done" not in simply.states()


def test_words_about_something_else_go_to_the_provider_whole(simply: JourneyOffice) -> None:
    simply.carol.mails("Could you recommend a good notary in Leeds?", "A notary")
    assert simply.states() == OPEN
    assert simply.dana.new() == ["answer_passed_on"]
    assert "Could you recommend a good notary in Leeds?" in simply.dana.last().text


def test_a_client_takes_her_own_word_back(simply: JourneyOffice) -> None:
    simply.carol.answers("2 done")
    simply.carol.answers("undo", to="receipt")

    assert simply.states() == OPEN


def test_a_client_lists_pauses_and_stops(simply: JourneyOffice) -> None:
    simply.carol.answers("list", to="to_dos_asked")
    assert simply.carol.new() == ["to_do_listed"]
    simply.carol.answers("stop", to="to_dos_asked")
    assert (simply.carol.new(), simply.dana.new()) == ([], ["alarm"])
    for day in ("2026-03-03", "2026-03-06", "2026-03-16"):
        simply.later(f"{day} 09:30")

    assert simply.carol.new() == []


# --- machines -------------------------------------------------------------------------------


def test_an_out_of_office_stops_reminders_and_is_never_answered(running: JourneyOffice) -> None:
    carol, now = running.carol, running.clock.now()
    words = "I am out of the office and will be back on Monday 16 March 2026."
    carol.posts(out_of_office(carol.sender, carol.last().received, words, now))
    assert running.fates()[-1] is MailFate.ABSENCE
    for day in (3, 4, 6, 10, 13):
        running.later(f"2026-03-{day:02} 09:30")
    assert carol.new() == []
    assert "back after" in running.dana.last("digest").text

    running.later("2026-03-17 09:30")
    assert carol.new() == ["reminder"]


def test_a_robot_that_answers_everything_gets_three_mails_at_most(simply: JourneyOffice) -> None:
    carol = simply.carol
    for number in range(30):
        last = carol.last()
        raw = out_of_office(carol.sender, last.received, "Ticket received!", simply.clock.now())
        carol.posts(raw.replace(b"@demo.example>", b".%d@robot.test>" % number, 1))

    assert len(carol.letters) <= 3
    assert simply.states() == OPEN
    assert len(simply.dana.new()) <= 2


def test_yes_in_a_calendar_means_seen_and_never_done(running: JourneyOffice) -> None:
    carol = running.carol
    click = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{carol.address}"
    carol.posts(calendar_answer(carol, carol.last(), click))

    assert running.states() == ["confirmed", "open", "waiting", "waiting"]
    assert running.fates()[-1] is MailFate.CALENDAR
    assert (carol.new(), running.dana.new()) == ([], [])


def test_no_in_a_calendar_is_for_the_provider_to_judge(simply: JourneyOffice) -> None:
    carol = simply.carol
    click = f"ATTENDEE;PARTSTAT=DECLINED:mailto:{carol.address}"
    carol.posts(calendar_answer(carol, carol.last(), click))
    assert simply.states() == OPEN
    assert simply.dana.new() == ["answer_passed_on"]

    simply.dana.answers("yes")
    assert simply.states() == ["declined", "open", "waiting", "waiting"]


@pytest.mark.parametrize(
    "click",
    [
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:{olga}",
        'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:{olga}":mailto:{carol}',
    ],
)
def test_a_click_of_somebody_else_means_nothing(simply: JourneyOffice, click: str) -> None:
    carol = simply.carol
    carol.posts(calendar_answer(carol, carol.last(), simply.filled(click)))

    assert simply.states() == OPEN
    assert simply.fates()[-1] is MailFate.LOGGED


def test_a_calendar_that_lost_an_entry_gets_it_again_once_a_day(simply: JourneyOffice) -> None:
    carol, first = simply.carol, simply.carol.last()
    for _ in range(3):
        asked = calendar_answer(carol, first, f"ATTENDEE:mailto:{carol.address}", "REFRESH")
        carol.posts(asked)

    assert carol.new() == ["to_dos_asked"]
    [again] = carol.last().entries
    assert b"METHOD:REQUEST\r\n" in again.data
    assert b"SEQUENCE:0\r\n" in again.data
    assert b"CREATED" not in again.data


def test_a_bounce_is_told_at_once_and_the_address_is_left_alone(running: JourneyOffice) -> None:
    carol, dana = running.carol, running.dana
    for number in (1, 2):
        running.place.deliver("", running.bot, bounce(carol.last(), running, number))
        running.turn()
    assert dana.new() == ["alarm"]
    running.later("2026-03-06 09:30")

    assert (carol.new(), dana.new()) == ([], ["digest"])
    assert carol.address in dana.last().text


def test_a_bounce_that_shows_no_letter_of_ours_is_nothing(simply: JourneyOffice) -> None:
    ours = simply.carol.last().received.message.message_id.encode()
    raw = bounce(simply.carol.last(), simply).replace(ours, b"<another@client.test>")
    simply.place.deliver("", simply.bot, raw)
    simply.turn()

    assert simply.dana.new() == []


def test_a_refused_address_is_told_once(office: JourneyOffice) -> None:
    office.carol.address = GONE
    dana = office.dana
    dana.mails(
        "Agree: no\nClient: Carol Jones <gone@client.test>\n- Sign @Carol by 6 March\n", "plan: tax"
    )
    dana.answers("go live\nok")
    assert dana.new() == ["plan_proposal", "transcript", "alarm"]
    office.later("2026-03-04 09:30")

    assert dana.new() == ["digest"]
    assert [row["state"] for row in office.outbox() if row["to"] == GONE] == ["refused"]


@pytest.mark.parametrize("words", ["Thanks!", "👍", "ok"])
def test_thanks_for_the_whole_mail_has_seen_all_of_it(quick: JourneyOffice, words: str) -> None:
    quick.starts_plan()
    quick.carol.answers(words, to="to_dos_asked")

    assert quick.states() == ["confirmed", "confirmed", "waiting", "waiting"]
    assert (quick.carol.new(), quick.dana.new()) == ([], [])


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_answer_does_nothing_and_is_logged(quick: JourneyOffice, words: str) -> None:
    quick.starts_plan()
    quick.carol.answers(words, to="to_dos_asked")

    assert quick.fates()[-1] is MailFate.LOGGED
    assert (quick.carol.new(), quick.dana.new()) == ([], [])
