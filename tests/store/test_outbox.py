from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.ports.kept import OutboxState, Outgoing
from mailflow.ports.wires import Outcome, OutcomeKind, SealedMail
from mailflow.store.lease import LEASE
from tests.store.builders import NOW, Office

SOON = NOW + timedelta(minutes=5)


def claimed(office: Office, now: datetime = NOW, *, automatic: bool = True) -> list[int]:
    letters = office.store.claim_outgoing(50, now, automatic=automatic)
    return [letter.mail.outbox_id for letter in letters]


def ended(office: Office, row: int, state: OutboxState, again: datetime | None = None) -> None:
    outcome = Outcome(OutcomeKind.SENT, "what the server said")
    office.store.record_outcomes([(row, outcome, state, again)], NOW)


def test_a_letter_is_claimed_with_all_that_sending_needs(office: Office) -> None:
    row = office.sends(1, 2)

    [letter] = office.store.claim_outgoing(50, NOW, automatic=True)

    assert letter == Outgoing(
        mail=SealedMail(row, "me@studio.example", "anne@client.example", b"sealed"),
        kind="to_dos_asked",
        to=office.anne.id,
        attempts=1,
        queued_at=NOW,
        automatic=False,
        mailflow_id="1",
    )
    assert claimed(office) == []


def test_letters_go_when_they_are_due_and_answers_first(office: Office) -> None:
    later = office.sends(1, due_at=SOON)
    reminder = office.sends(2, automatic=True)
    answer = office.sends(3)

    assert office.store.next_due(NOW) == NOW
    assert claimed(office, automatic=False) == [answer]
    assert claimed(office) == [reminder]
    assert office.store.next_due(NOW) == SOON
    assert claimed(office) == []
    assert claimed(office, SOON) == [later]
    assert office.store.next_due(NOW) is None


def test_no_more_are_claimed_than_asked_for(office: Office) -> None:
    rows = [office.sends(1) for _ in range(3)]
    reminder = office.sends(1, automatic=True)

    first = office.store.claim_outgoing(2, NOW, automatic=True)
    second = office.store.claim_outgoing(2, NOW, automatic=True)

    assert [letter.mail.outbox_id for letter in (*first, *second)] == [*rows, reminder]


def test_a_letter_that_was_deferred_comes_again_in_time(office: Office) -> None:
    row = office.sends(1)
    claimed(office)
    ended(office, row, OutboxState.RETRY, SOON)

    assert claimed(office) == []
    [letter] = office.store.claim_outgoing(50, SOON, automatic=True)
    assert (letter.attempts, letter.was_unknown) == (2, False)


def test_what_ended_never_comes_again(office: Office) -> None:
    for state in (OutboxState.SENT, OutboxState.REFUSED, OutboxState.WITHDRAWN):
        row = office.sends(1)
        claimed(office)
        ended(office, row, state)

    office.store.release_claims()
    assert claimed(office, SOON) == []
    assert office.store.unit().undelivered_since(NOW) == ((office.anne.id, "what the server said"),)
    assert office.store.unit().undelivered_since(SOON) == ()


def test_nobody_knows_how_a_lost_claim_ended(office: Office) -> None:
    row = office.sends(1)
    claimed(office)
    office.store.release_claims()

    [letter] = office.store.claim_outgoing(50, NOW, automatic=True)
    assert letter.was_unknown

    ended(office, row, OutboxState.RETRY, NOW)
    [again] = office.store.claim_outgoing(50, NOW, automatic=True)
    assert (again.was_unknown, again.attempts) == (True, 3)


def test_a_try_that_never_ended_becomes_unknown(office: Office) -> None:
    office.sends(1)
    claimed(office)

    assert claimed(office, NOW + LEASE) == []
    [letter] = office.store.claim_outgoing(50, NOW + 2 * LEASE, automatic=True)
    assert (letter.was_unknown, letter.attempts) == (True, 2)


def test_an_unknown_outcome_is_remembered(office: Office) -> None:
    row = office.sends(1)
    claimed(office)
    ended(office, row, OutboxState.UNKNOWN, NOW)

    [letter] = office.store.claim_outgoing(50, NOW, automatic=True)
    assert letter.was_unknown


def test_a_letter_awaits_approval_and_is_let_go(office: Office) -> None:
    row = office.sends(1, state=OutboxState.AWAITING_APPROVAL)
    assert claimed(office) == []
    unit = office.store.unit()
    waiting = unit.waiting_letter(row)
    assert waiting is not None
    assert (waiting.sealed, waiting.state) == (b"sealed", OutboxState.AWAITING_APPROVAL)
    assert unit.was_told(office.plan, 1) == ()

    unit.release(row, SOON)
    assert unit.waiting_letter(row) is None
    unit.commit()

    [letter] = office.store.claim_outgoing(50, SOON, automatic=True)
    assert (letter.mail.outbox_id, letter.queued_at) == (row, SOON)
    assert office.store.unit().was_told(office.plan, 1) == (office.anne.id,)


def test_a_letter_that_was_not_sent_is_withdrawn(office: Office) -> None:
    queued, waiting = office.sends(1), office.sends(2, state=OutboxState.AWAITING_APPROVAL)
    sent = office.sends(3)
    claimed(office)
    ended(office, sent, OutboxState.SENT)
    ended(office, queued, OutboxState.RETRY, NOW)
    unit = office.store.unit()
    for row in (queued, waiting, sent):
        unit.withdraw(row, "the plan was cancelled")
    unit.commit()

    assert claimed(office) == []
    again = office.store.unit()
    assert again.waiting_letter(waiting) is None
    assert again.was_told(office.plan, 3) == (office.anne.id,)
    assert again.was_told(office.plan, 1) == ()


def test_a_staged_letter_can_be_let_go_and_withdrawn_at_once(office: Office) -> None:
    unit = office.store.unit()
    row = office.sends(1, state=OutboxState.AWAITING_APPROVAL)
    letter = unit.waiting_letter(row)
    assert letter is not None
    number = unit.new_letter_id()
    copy = replace(letter.letter, id=number, message_id="<copy@studio.example>")
    first = unit.enqueue(replace(letter, letter=copy))
    assert unit.waiting_letter(first) is not None
    unit.release(first, NOW)
    assert unit.waiting_letter(first) is None
    assert unit.was_told(office.plan, 1) == (office.anne.id,)
    unit.withdraw(first, "changed")
    assert unit.was_told(office.plan, 1) == ()
    unit.commit()

    assert claimed(office) == []


def test_the_look_at_a_person_is_never_put_off_by_a_wish(office: Office) -> None:
    hour = timedelta(hours=1)
    assert office.store.next_check() is None
    unit = office.store.unit()
    unit.check_person(office.anne.id, NOW + hour)
    unit.check_person(office.anne.id, NOW + 2 * hour)
    unit.check_person(office.paul.id, NOW + 3 * hour)
    unit.commit()
    unit = office.store.unit()
    unit.check_person(office.anne.id, NOW + 5 * hour)
    unit.check_person(office.paul.id, NOW)
    assert unit.people_to_check(NOW, 10) == (office.paul.id,)
    unit.commit()

    assert office.store.next_check() == NOW
    unit = office.store.unit()
    assert unit.people_to_check(NOW + hour, 10) == (office.paul.id, office.anne.id)
    assert unit.people_to_check(NOW + hour, 1) == (office.paul.id,)
    unit.checked(office.paul.id, NOW + 9 * hour)
    unit.checked(office.anne.id, None)
    assert unit.people_to_check(NOW + hour, 10) == ()
    unit.commit()

    assert office.store.next_check() == NOW + 9 * hour
    assert office.store.unit().people_to_check(NOW + hour, 10) == ()


def test_small_notes_are_read_like_settings(office: Office) -> None:
    unit = office.store.unit()
    unit.note_setting("reminder 1-1 0", "2026-03-04")
    assert unit.setting("reminder 1-1 0") == "2026-03-04"
    unit.commit()

    assert office.store.unit().setting("reminder 1-1 0") == "2026-03-04"


def test_a_secret_stays_what_it_was_first(office: Office) -> None:
    assert office.store.secret("reply key", fresh=b"a" * 32) == b"a" * 32
    assert office.store.secret("reply key", fresh=b"b" * 32) == b"a" * 32
    assert office.store.secret("instance", fresh=b"c") == b"c"
