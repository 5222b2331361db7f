"""Letters that ask and tell: what stands in them, and what goes along."""

from datetime import date, time

import pytest

from mailflow.domain.notice import (
    AgreementAsked,
    Change,
    ChangeNotice,
    Notice,
    PageOccasion,
    PlanPage,
    PlanProposal,
    Reminder,
    ToDoListed,
    ToDosAsked,
    WordsForwarded,
)
from mailflow.domain.outcome import OpenItem
from mailflow.domain.people import CalendarChoice
from mailflow.domain.plan import Appointment, Promise, ToDoKind, ToDoState
from mailflow.writing.letter import EntryWanted, LetterItem, kind_of
from tests.writing.letter_builders import (
    CAROL,
    DANA,
    MARK,
    OLA,
    VIC,
    Seen,
    a_letter,
    a_plan,
    a_todo,
    an_office,
    answer_of,
)


def test_a_to_do_letter_shows_numbers_titles_and_days_of_the_plan() -> None:
    plan = a_plan(a_todo(2), a_todo(5, "Sign the contract", due=date(2026, 3, 10)))

    letter = a_letter(ToDosAsked(CAROL, plan, (2, 5)))

    assert "2. Send the statements\n   by Friday 6 March\n" in letter.text
    assert "5. Sign the contract\n   by Tuesday 10 March\n" in letter.text
    assert letter.items == (LetterItem(2, plan.id, 2), LetterItem(5, plan.id, 5))
    assert letter.entries == (EntryWanted(plan, 2), EntryWanted(plan, 5))
    assert (letter.pages, letter.kind, letter.to) == ((plan,), "to_dos_asked", CAROL)
    assert not letter.answering


def test_the_subject_ends_with_the_tag_of_the_one_plan() -> None:
    one = a_letter(ToDosAsked(CAROL, a_plan(), (1,)))
    many = a_letter(ToDoListed(CAROL, (OpenItem(1, a_plan(), 1),)))

    assert one.subject == "Send the statements, by Friday 6 March [TAX]"
    assert "[" not in many.subject


def test_the_reference_is_the_last_line_of_text_and_html() -> None:
    letter = a_letter(ToDosAsked(CAROL, a_plan(), (1,)))

    assert letter.text.rstrip("\n").split("\n")[-1] == MARK.ref
    assert Seen(letter.html).words[-1] == MARK.ref


def test_text_and_html_say_the_same() -> None:
    plan = a_plan(a_todo(details=("All accounts.",), helpers=(VIC,), files=("form.pdf",)))
    letter = a_letter(ToDosAsked(CAROL, plan, (1,)), an_office(welcomed=False))

    seen = Seen(letter.html).text
    flat = " ".join(letter.text.split())
    for words in (
        "Hello Carol,",
        "by Friday 6 March",
        "All accounts.",
        "together with Vic Ray",
        "enclosed: form.pdf",
        "Please add this sender to your contacts",
        "Kind regards, Dana Hall",
        "Words that always work: done, partly",
    ):
        assert words in seen
        assert words in flat


def test_the_buttons_write_the_first_line_of_the_answer() -> None:
    plan = a_plan(a_todo(7))
    links = Seen(a_letter(ToDosAsked(CAROL, plan, (7,))).html).links

    assert [answer_of(link) for link in links] == [
        (MARK.reply_to, "Re: Send the statements, by Friday 6 March", line)
        for line in ("7 done", "7 by ", "7 question: ")
    ]


def test_a_button_carries_the_reference_for_programs_that_drop_the_tag() -> None:
    [link, *_] = Seen(a_letter(ToDosAsked(CAROL, a_plan(), (1,))).html).links

    assert link.endswith("&body=1%20done%0D%0A%0D%0A%0D%0ARef%3A%201aaaaaaab-k3m9qa2x")


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (ToDoKind.SEND, "1 attached"),
        (ToDoKind.APPROVE, "1 approved"),
        (ToDoKind.ATTEND, "1 I will be there"),
        (ToDoKind.CALL, "1 done"),
        (ToDoKind.ANSWER, "1 by "),
    ],
)
def test_the_first_button_fits_the_kind(kind: ToDoKind, first: str) -> None:
    letter = a_letter(ToDosAsked(CAROL, a_plan(a_todo(kind=kind)), (1,)))

    assert answer_of(Seen(letter.html).links[0])[2] == first


def test_a_fixed_date_is_said_and_has_no_button_that_moves_it() -> None:
    letter = a_letter(ToDosAsked(CAROL, a_plan(a_todo(fixed=True)), (1,)))

    assert "by Friday 6 March, a fixed date" in letter.text
    assert not any("1%20by" in link for link in Seen(letter.html).links)


def test_an_appointment_shows_time_and_place() -> None:
    meeting = Appointment(time(14), time(15, 30), "Room 2")
    todo = a_todo(kind=ToDoKind.ATTEND, appointment=meeting)

    british = a_letter(ToDosAsked(CAROL, a_plan(todo), (1,)))
    american = a_letter(ToDosAsked(CAROL, a_plan(todo), (1,)), an_office(country="US"))

    assert "Friday 6 March, 14:00 to 15:30, Room 2" in british.text
    assert "Friday, March 6, 2:00 PM to 3:30 PM, Room 2" in american.text


def test_promised_and_due_are_both_shown() -> None:
    later = date(2026, 3, 9)
    todo = a_todo(state=ToDoState.PROMISED, promised=Promise(later, later))

    letter = a_letter(ToDosAsked(CAROL, a_plan(todo), (1,)))

    assert "promised for Monday 9 March, asked for by Friday 6 March" in letter.text


def test_days_are_local_and_have_a_year_where_it_is_another() -> None:
    due_today = a_plan(a_todo(due=date(2026, 3, 2)), a_todo(2, due=date(2027, 1, 8)))

    here = a_letter(ToDosAsked(CAROL, due_today, (1, 2)))
    ahead = a_letter(ToDosAsked(CAROL, due_today, (1, 2)), an_office(timezone="Pacific/Kiritimati"))
    behind = a_letter(ToDosAsked(CAROL, due_today, (1, 2)), an_office(timezone="Pacific/Pago_Pago"))

    assert "today, Monday 2 March\n" in here.text
    assert "by Friday 8 January 2027" in here.text
    assert "today, Monday 2 March\n" in ahead.text
    assert "by Monday 2 March\n" in behind.text


def test_a_list_over_several_plans_shows_its_own_numbers_and_the_references() -> None:
    tax, web = a_plan(a_todo(3)), a_plan(a_todo(7, "Choose"), code="WEB", plan=2)
    items = (OpenItem(1, web, 7), OpenItem(2, tax, 3))

    letter = a_letter(ToDoListed(CAROL, items))

    assert "1. Choose (WEB-7)" in letter.text
    assert "2. Send the statements (TAX-3)" in letter.text
    assert letter.items == (LetterItem(1, web.id, 7), LetterItem(2, tax.id, 3))
    assert (letter.pages, letter.entries) == ((), ())


def test_an_empty_list_says_so() -> None:
    letter = a_letter(ToDoListed(CAROL, ()))

    assert letter.subject == "Nothing is open for you"
    assert letter.items == ()
    assert "Nothing is open for you at the moment." in letter.text


def test_every_step_of_the_ladder_has_other_words_and_gives_the_reason() -> None:
    items = (OpenItem(1, a_plan(a_todo(due=date(2026, 2, 27))), 1),)
    letters = [a_letter(Reminder(CAROL, items, (1,), step)) for step in range(5)]

    assert len({letter.text for letter in letters}) == 4
    for letter in letters:
        assert letter.subject == "Send the statements, was due on Friday 27 February"
        assert "was due on Friday 27 February and is still open." in letter.text
        assert "friendly reminder" not in letter.text.lower()


def test_a_reminder_says_how_many_more_have_their_day() -> None:
    plan = a_plan(a_todo(), a_todo(2, "Sign"), a_todo(3, "Choose"))
    items = tuple(OpenItem(n, plan, n) for n in (1, 2, 3))

    letter = a_letter(Reminder(CAROL, items, (1, 3)))

    assert "One more step needs an answer too." in " ".join(letter.text.split())
    assert letter.subject == "Send the statements, by Friday 6 March, and 1 more"


@pytest.mark.parametrize("kind", ["agreement", "asked", "page"])
def test_the_first_letter_to_a_client_says_who_writes(kind: str) -> None:
    notices: dict[str, Notice] = {
        "agreement": AgreementAsked(CAROL, a_plan()),
        "asked": ToDosAsked(CAROL, a_plan(), (1,)),
        "page": PlanPage(CAROL, a_plan(), PageOccasion.AGREED),
    }
    notice = notices[kind]

    first = a_letter(notice, an_office(welcomed=False))
    later = a_letter(notice, an_office(welcomed=True))

    assert "add this sender to your contacts" in " ".join(first.text.split())
    assert "add this sender to your contacts" not in " ".join(later.text.split())


def test_nobody_inside_is_welcomed() -> None:
    letter = a_letter(ToDosAsked(VIC, a_plan(a_todo(responsible=VIC)), (1,)))

    assert "contacts" not in letter.text


def test_no_letter_claims_that_something_is_in_a_calendar() -> None:
    letter = a_letter(ToDosAsked(CAROL, a_plan(), (1,)))

    assert "“Yes” there only says that you have seen it" in " ".join(letter.text.split())
    assert "in your calendar" not in letter.text


def test_whoever_wants_no_entries_gets_none() -> None:
    office = an_office(calendar=CalendarChoice.NONE)
    letter = a_letter(ToDosAsked(CAROL, a_plan(), (1,)), office)

    assert letter.entries == ()
    assert "calendar" not in letter.text


def test_only_what_has_a_day_has_an_entry() -> None:
    plan = a_plan(a_todo(due=None), a_todo(2))

    assert a_letter(ToDosAsked(CAROL, plan, (1, 2))).entries == (EntryWanted(plan, 2),)


def test_the_client_is_asked_for_the_whole_plan() -> None:
    plan = a_plan(a_todo(), a_todo(2, "Draft", responsible=VIC))
    letter = a_letter(AgreementAsked(CAROL, plan))

    assert letter.subject == "Tax return: is this plan fine with you? [TAX]"
    assert "   Vic Ray, by Friday 6 March" in letter.text
    assert [item.shown for item in letter.items] == [1, 2]
    assert answer_of(Seen(letter.html).links[0])[2] == "Fine with me"
    assert letter.pages == (plan,)


def test_the_provider_sees_what_was_inferred_and_what_is_internal() -> None:
    plan = a_plan(a_todo(kind=ToDoKind.SEND), a_todo(2, "Check the fee", internal=True))
    letter = a_letter(PlanProposal(DANA, plan))

    assert "   to send\n" in letter.text
    assert "   internal, never shown to the client\n" in letter.text
    assert "Answer “ok” and it goes to Carol Jones to agree to." in letter.text
    assert (letter.answering, letter.pages) == (True, (plan,))


@pytest.mark.parametrize("occasion", PageOccasion)
def test_a_plan_page_says_why_it_comes(occasion: PageOccasion) -> None:
    plan = a_plan(a_todo(state=ToDoState.DONE), a_todo(2))
    letter = a_letter(PlanPage(OLA, plan, occasion, "Records complete", (1,)))

    assert letter.subject.startswith("Tax return: ")
    assert "1 of 2 To Dos done." in letter.text
    assert letter.items == (LetterItem(1, plan.id, 1),)
    assert letter.answering is (occasion is PageOccasion.ASKED_FOR)


def test_words_are_forwarded_as_they_were_written() -> None:
    letter = a_letter(
        WordsForwarded(CAROL, DANA, a_plan(), "Yes.\n\n> quoted\n  indented", "Which? [TAX]")
    )

    assert letter.subject == "Re: Which? [TAX]"
    assert "Dana writes:\n\nYes.\n\n> quoted\n  indented\n" in letter.text


@pytest.mark.parametrize("change", [c for c in Change if not c.name.startswith("PLAN_")])
def test_a_changed_to_do_takes_its_entry_along(change: Change) -> None:
    plan = a_plan()
    letter = a_letter(ChangeNotice(CAROL, plan, ((1, change, ""),)))
    stays = change in {Change.MOVED, Change.REOPENED, Change.REWORDED, Change.REJECTED}

    assert letter.entries == (EntryWanted(plan, 1, cancel=not stays),)
    assert letter.items == (LetterItem(1, plan.id, 1),)


def test_a_date_that_was_taken_away_takes_the_entry_away() -> None:
    plan = a_plan(a_todo(due=None))
    letter = a_letter(ChangeNotice(CAROL, plan, ((1, Change.MOVED, ""),)))

    assert "no date any more" in letter.text
    assert letter.entries == (EntryWanted(plan, 1, cancel=True),)


def test_a_cancelled_plan_clears_the_calendar_of_what_was_open() -> None:
    plan = a_plan(a_todo(), a_todo(2, state=ToDoState.DONE), a_todo(3, responsible=VIC))
    letter = a_letter(ChangeNotice(CAROL, plan, ((None, Change.PLAN_CANCELLED, "Sold."),)))

    assert letter.subject == "Tax return is cancelled [TAX]"
    assert "Dana writes: Sold." in " ".join(letter.text.split())
    assert letter.entries == (EntryWanted(plan, 1, cancel=True),)


def test_the_kind_of_a_letter_is_the_name_of_its_notice() -> None:
    assert kind_of(ToDosAsked(CAROL, a_plan(), (1,))) == "to_dos_asked"
    assert kind_of(PlanPage(OLA, a_plan(), PageOccasion.AGREED)) == "plan_page"
