"""What clients write in English, from Galway to Chennai, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import (
    APPROVE,
    BOOK,
    CHOOSE,
    FILL,
    PAY,
    REVIEW,
    SEND,
    SIGN,
    acted,
    intents,
    read,
    read_list,
)

KEYS = "Return the keys"
DATA = "Delete the test data"
FENCE = "Paint the fence"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PAY, "Coughed up this morning, ref 4471."),
        (PAY, "Stumped up the cash at last."),
        (PAY, "Please note the above invoice was paid by NEFT."),
        (SIGN, "Scrawled my name on it, all yours."),
        (SIGN, "Signed in blue ink and witnessed by next door."),
        (SEND, "Popped it in the post on my way home."),
        (SEND, "Left it with your receptionist."),
        (SEND, "Whizzed it over to you just now."),
        (BOOK, "Booked with the Riverside, they were lovely about it."),
        (FILL, "Hit submit last night, all questions answered."),
        (REVIEW, "Read it cover to cover, no surprises."),
        (APPROVE, "Wouldn't change a thing, print away!"),
        (KEYS, "Dropped them off at the front desk."),
        (DATA, "Binned the lot."),
        (DATA, "Got rid of it all yesterday."),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Printed it out, now to find a pen."),
        (SIGN, "Done in. Will look at the weekend."),
        (SIGN, "It's in my bag."),
        (SIGN, "Left it at home."),
        (SIGN, "He's signed it."),
        (SIGN, "It was signed by Dave."),
        (SIGN, "You signed it already."),
        (SIGN, "Hope it's done."),
        (PAY, "Paid half."),
        (PAY, "Paid for lunch, I owe you."),
        (PAY, "Paid that one last year."),
        (PAY, "Payment was sent back."),
        (SEND, "Sent it to myself."),
        (SEND, "It came back to me."),
        (SEND, "Lost in the post."),
        (SEND, "Sent to the wrong address."),
        (BOOK, "Booked the hotel."),
        (BOOK, "Put it in the diary."),
        (REVIEW, "Opened your mail."),
        (REVIEW, "Read the first few pages."),
        (KEYS, "Took them home."),
        (FENCE, "Sanded it."),
        (CHOOSE, "Between Helvetica and Futura."),
        (CHOOSE, "One sec, it's on the truck."),
    ],
)
def test_what_sounds_like_it_is_asked_about(title: str, text: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ask Dana.", "Dana"),
        ("Please ask our accountant, Mr. Webb.", "Mr. Webb"),
        ("My sister Anna is dealing with this.", "Anna"),
        ("You'd be better off asking Tom.", "Tom"),
        ("Run it past Priya.", "Priya"),
        ("I've passed this on to Gary in accounts.", "Gary"),
        ("My mum said she'd do it.", None),
        ("That's my wife's department.", None),
    ],
)
def test_who_else_will_do_it_is_heard(text: str, name: str | None) -> None:
    reading = read(text, SEND)
    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, name)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("You'll have it a week today.", date(2026, 3, 11)),
        ("Give me until Thursday week.", date(2026, 3, 12)),
        ("A fortnight on Friday, if that's ok.", date(2026, 3, 20)),
        ("Will do it within 48 hours.", date(2026, 3, 6)),
        ("I'll send it by the 9th dec.", date(2026, 12, 9)),
        ("Tomorrow week at the latest.", date(2026, 3, 12)),
        ("Could I come Saturday 11am instead?", date(2026, 3, 7)),
    ],
)
def test_days_are_named_in_many_ways(text: str, day: date) -> None:
    reading = read(text, SEND)
    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, day)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("No need to reply. Signed it.", Intent.DONE),
        ("Thanks for chasing, will do.", Intent.ACKNOWLEDGE),
        ("We'll give it a miss.", Intent.DECLINE),
        ("No dramas, leave it with me.", Intent.ACKNOWLEDGE),
        ("Happy Diwali to you all!", Intent.NONE),
        ("The line is engaged, nobody picks up.", Intent.PROGRESS),
        ("Would a photo do?", Intent.QUESTION),
        ("I've got cold feet.", Intent.PROGRESS),
    ],
)
def test_turns_of_phrase_are_heard_for_what_they_mean(text: str, intent: Intent) -> None:
    assert read(text, SIGN).intent is intent


def test_a_list_is_answered_in_one_breath() -> None:
    found = read_list(
        "Photos are on the drive. The first two can wait till Friday, my agent has the lease.",
        "Book the survey",
        "Order the skip",
        "Send the photos",
        "Send the lease",
    )
    assert intents(found)[3] is Intent.DONE
    assert intents(found)[4] is Intent.DELEGATE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Iron the shirts", "The shirts have been washed."),
        ("Sell the car", "The car has been serviced."),
        ("Invite the guests", "The guests have been counted."),
        ("Replace the lock", "The lock has been repaired."),
        ("Mow the lawn", "The lawn has been watered."),
        ("Send the report", "The report has been scanned."),
        ("Pay the invoice", "The invoice has been refunded."),
        ("Sign the contract", "The contract has been witnessed."),
        ("Call the plumber", "Texted him."),
        ("Book the plumber", "Forwarded it."),
        ("Choose a venue", "I replied to them."),
        ("Clean the oven", "Cleaned the office."),
        ("Sign the contract", "The contract is live."),
        ("Pay the invoice", "Invoice is in."),
        ("Call the garage", "The garage is open."),
        ("Test the alarm", "The alarm is on."),
        ("Send the photos", "Photos uploaded to my laptop."),
        ("Send the photos", "Sent the ones from Saturday."),
        ("Send VAT receipts", "I think it came to 4,500."),
        ("Upload tax ID letter", "QQ 12 34 56 C"),
        ("Pay the rent", "Got paid today."),
        ("Sign the contract", "I signed in."),
        ("Approve the text", "Approved with some changes."),
        ("Fill in the form", "Form's been filled in as a draft and saved."),
    ],
)
def test_an_act_beside_the_one_asked_for_ticks_nothing_in_english(title: str, text: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Iron the shirts", "All ironed."),
        ("Replace the filter", "New filter is in."),
        ("Scan the deeds", "Scanned and sent."),
        ("Renew the insurance", "Renewed for a year."),
        ("Reply to the adjuster", "Called her back this morning."),
        ("Remind the tenants", "Messaged them all."),
        ("Pay the deposit", "Deposit went on the Amex this morning."),
        ("Pay the deposit", "Paid it on the spot when we visited."),
        ("Change the registered office", "Changed at Companies House on Tuesday."),
        ("Confirm your attendance", "Yes, both of us are coming."),
        ("Choose a theme", "Safari."),
        ("Name a day-of contact", "Day-of contact is me."),
        ("Approve the minutes", "Approved. Thank you Lorraine."),
    ],
)
def test_what_english_clients_have_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title)


@pytest.mark.parametrize(
    "text", ["Anywhere but the Grand.", "Tough choice!", "Decisions, decisions"]
)
def test_who_shrugs_has_chosen_nothing(text: str) -> None:
    assert not acted(text, "Choose a venue")


@pytest.mark.parametrize(
    ("title", "done", "another"),
    [
        ("Drain the tank", "Drained it this morning.", "Emailed him about it."),
        ("Compare quotes", "Compared them all.", "Requested them."),
        ("Raise the purchase order", "Raised it on Friday.", "Called them."),
        ("Bleed the radiators", "All bled.", "Ordered a key."),
        ("Put up the sign", "Put it up yesterday.", "Signed it."),
        ("Run the payroll", "Ran it at noon.", "Checked it."),
        ("Write a review", "Written and posted.", "Looks great!"),
        ("Book a call with Anna", "Booked for Monday at 9.", "Rang her."),
    ],
)
def test_a_title_begins_with_its_verb_whatever_it_is(title: str, done: str, another: str) -> None:
    assert acted(done, title)
    assert not acted(another, title)


@pytest.mark.parametrize(
    ("title", "done", "another"),
    [
        ("Turn off the heating", "Turned it off last night.", "Turned it on."),
        ("Switch on the boiler", "Switched on.", "Switched it off."),
        ("Sign up for the course", "Registered, see you there!", "Signed in to the site."),
        ("Sign off the accounts", "Signed off on Monday.", "Signed up."),
        ("Pick up the parcel", "Picked it up at noon.", "Picked a day."),
        ("Put up the sign", "It's up.", "Put it away."),
        ("Back up the laptop", "Backed up.", "Backed out."),
        ("Submit the application", "Lodged it online.", "Put it in my bag."),
        ("Renew the car insurance", "Renewed for a year.", "Renewed the home insurance."),
        ("Leave a review", "Left you five stars.", "Left it for the weekend."),
        ("Order the chairs", "Order's in.", "Order's in the basket."),
        ("Tell the neighbours", "They all know.", "They know I'm late."),
        ("Sign the lease", "That's me done with the lease.", "That's me done in."),
        ("Move the boxes", "Boxes are out of the hall.", "Boxes in the hall."),
    ],
)
def test_a_turn_of_a_word_makes_it_another_act(title: str, done: str, another: str) -> None:
    assert acted(done, title)
    assert not acted(another, title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Book the rehearsal room for the 28th", "Booked it, then saw I'd clicked the 27th"),
        ("Book the rehearsal room for the 28th", "Booked it, for the 29th"),
        ("Book the van", "Requested it"),
        ("Buy the train tickets", "Reserved them"),
        ("Approve the quote", "Approved up to £500"),
        ("Write the speech", "Drafted it"),
        (PAY, "I've been paid"),
        (PAY, "Paid, then the bank sent it back"),
        (FILL, "Filled in the easy bits"),
        (SEND, "You should have received it from my wife"),
        (APPROVE, "Perfect, swap the photo on the back"),
    ],
)
def test_what_falls_short_of_what_was_asked_ticks_nothing(title: str, text: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Book the rehearsal room for the 28th", "Booked, 28 March, 7pm"),
        ("Book the rehearsal room for the 28th", "All booked, see you on Monday!"),
        ("Request the transcripts", "Requested them yesterday"),
        ("Draft the letter", "Drafted it last night"),
        ("Close the old account", "Closed it yesterday"),
    ],
)
def test_what_goes_as_far_as_was_asked_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title)
