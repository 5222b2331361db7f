import hashlib
from pathlib import Path

import pytest

from mailflow.domain.entry import EntryState
from mailflow.domain.event import PlanDrafted, ToDoPromised
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.office import ClientAdded, PersonAdded, PersonChanged, SettingChanged
from mailflow.domain.people import Client, Person
from mailflow.domain.plan import Document, PlanState, Promise, ToDoState
from mailflow.errors import StaleVersion
from mailflow.ports.kept import Act, Handled, MailFate, OutboxState, QueuedLetter
from mailflow.ports.memory import Memory, UnitOfWork
from mailflow.store.memory import Store
from tests.store.builders import (
    NOW,
    SEED,
    TODAY,
    Office,
    a_letter,
    a_plan,
    a_store,
    an_arrival,
    done,
)


def test_the_store_fits_the_doors(store: Store) -> None:
    memory: Memory = store
    unit: UnitOfWork = memory.unit()

    assert unit.plans() == ()
    unit.close()


def test_what_was_committed_is_there_after_a_restart(office: Office, tmp_path: Path) -> None:
    office.happens(done(1, office.anne.id), by=office.anne.id)
    before = office.store.unit().plan(office.plan)
    office.store.close()

    again = a_store(tmp_path / "state", seed=SEED[::-1])

    assert again.unit().plan(office.plan) == before
    assert before is not None
    assert before.version == 2
    assert before.done_count == (1, 4)
    again.close()


def test_nothing_is_written_before_the_commit(office: Office) -> None:
    unit = office.store.unit()
    staged = unit.record(office.act(unit), office.plan, [done(1, office.anne.id)])

    assert unit.plan(office.plan) == staged
    seen = office.store.unit().plan(office.plan)
    assert seen is not None
    assert seen.done_count == (0, 4)
    unit.close()
    assert office.store.verify_chain(office.plan).events == 2


def test_the_staged_plan_has_the_version_of_after_the_commit(office: Office) -> None:
    unit = office.store.unit()
    act = office.act(unit)
    unit.record(act, office.plan, [done(1, office.anne.id)])
    staged = unit.record(act, office.plan, [done(2, office.anne.id)])
    unit.commit()

    assert staged.version == 2
    assert office.store.unit().plan(office.plan) == staged


def test_a_look_sees_one_state_until_its_end(office: Office) -> None:
    unit = office.store.unit()
    assert unit.setting("live") == ""
    office.happens(done(1, office.anne.id))

    seen = unit.plan(office.plan)

    assert seen is not None
    assert seen.done_count == (0, 4)
    unit.close()
    later = unit.plan(office.plan)
    assert later is not None
    assert later.done_count == (1, 4)


def test_the_second_of_two_who_decide_at_once_is_told(office: Office) -> None:
    first, second = office.store.unit(), office.store.unit()
    first.record(office.act(first), office.plan, [done(1, office.anne.id)])
    second.record(office.act(second), office.plan, [done(2, office.anne.id)])
    second.enqueue(_queued(second.new_letter_id(), office.anne.id))
    first.commit()

    with pytest.raises(StaleVersion):
        second.commit()

    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    assert plan.done_count == (1, 4)
    assert office.store.next_due(NOW) is None


def test_two_who_change_one_person_do_not_overwrite_each_other(office: Office) -> None:
    first, second = office.store.unit(), office.store.unit()
    for unit, name in ((first, "Anna"), (second, "Annette")):
        known = unit.person(office.anne.id)
        assert known is not None
        changed = Person(known.id, name, known.addresses)
        unit.record_office(office.act(unit), [PersonChanged(known, changed)])
    first.commit()

    with pytest.raises(StaleVersion):
        second.commit()

    person = office.store.unit().person(office.anne.id)
    assert person is not None
    assert person.name == "Anna"


def test_two_plans_cannot_have_one_code(office: Office) -> None:
    unit = office.store.unit()
    number = unit.new_plan_id()
    draft = a_plan(number, office.paul.id, office.anne.id, 1, code="tax")
    unit.record(office.act(unit), number, [PlanDrafted(draft)])

    with pytest.raises(StaleVersion):
        unit.commit()

    assert office.store.unit().plan(number) is None


def test_reads_see_what_was_staged(office: Office) -> None:
    unit = office.store.unit()
    act = office.act(unit)
    bob = Person(unit.new_person_id(), "Bob", ("Bob@new.example",))
    acme = Client(unit.new_client_id(), "ACME GmbH", (bob.id,))
    unit.record_office(
        act, [PersonAdded(bob), ClientAdded(acme), SettingChanged("live", "", "yes")]
    )
    number = unit.new_plan_id()
    draft = a_plan(number, office.paul.id, bob.id, 2, code="NEW")
    plan = unit.record(act, number, [PlanDrafted(draft)])
    unit.remember_thread(number, ("<thread@studio.example>",))
    letter = a_letter(unit.new_letter_id(), bob.id, number, 1, 2)
    unit.enqueue(QueuedLetter(letter, b"x", "me@s.example", OutboxState.QUEUED, NOW, "k 1"))
    unit.handled(Handled(1, MailFate.COMMANDED, "print"))

    def sees(unit: UnitOfWork) -> tuple[object, ...]:
        return (
            unit.person(bob.id),
            unit.person_by_address("bob@NEW.example"),
            unit.client_by_name("acme gmbh"),
            unit.setting("live"),
            unit.plan(number),
            unit.plan_by_code("new"),
            unit.plans(PlanState.DRAFT),
            unit.draft_of_thread(("<other@x>", "<thread@studio.example>")),
            unit.letter(letter.id),
            unit.letter_by_message_id(letter.message_id),
            unit.was_told(number, 2),
            unit.day_key_used("k 1"),
            [person.id for person in unit.persons()],
        )

    expected = (bob, bob, acme, "yes", plan, plan, (plan,), plan, letter, letter, (bob.id,), True)
    people = [office.paul.id, office.anne.id, bob.id]
    assert sees(unit) == (*expected, people)
    assert unit.was_handled("print")
    unit.commit()
    assert sees(office.store.unit()) == (*expected, people)


def test_back_to_the_mark_leaves_nothing_of_a_failed_message(office: Office) -> None:
    unit = office.store.unit()
    unit.record(office.act(unit), office.plan, [done(1, office.anne.id)])
    mark = unit.mark()
    act = office.act(unit)
    bob = Person(unit.new_person_id(), "Bob", ("bob@new.example",))
    unit.record_office(act, [PersonAdded(bob), SettingChanged("live", "", "yes")])
    unit.record(act, office.plan, [done(2, office.anne.id)])
    unit.enqueue(_queued(unit.new_letter_id(), bob.id, day_key="once"))
    unit.set_entry(office.plan, 1, bob.id, EntryState(0, NOW, TODAY, "x"))
    unit.handled(Handled(9, MailFate.ACTED, "print"))
    unit.open_incident("disk", NOW)

    unit.back_to(mark)

    assert unit.person(bob.id) is None
    assert unit.setting("live") == ""
    assert unit.day_key_used("once") is False
    assert unit.was_handled("print") is False
    assert unit.entry(office.plan, 1, bob.id) is None
    assert unit.open_incident("disk", NOW)
    unit.back_to(mark)
    unit.commit()
    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    assert plan.done_count == (1, 4)
    assert office.store.next_due(NOW) is None
    assert office.store.verify_chain(office.plan).events == 3


def test_a_mark_can_be_gone_back_to_twice(office: Office) -> None:
    unit = office.store.unit()
    mark = unit.mark()
    for _ in range(2):
        unit.record(office.act(unit), office.plan, [done(1, office.anne.id)])
        unit.back_to(mark)

    plan = unit.plan(office.plan)
    assert plan is not None
    assert plan.done_count == (0, 4)


def test_a_day_key_is_used_once(office: Office) -> None:
    office.sends(1, day_key="reminder 2 2026-03-04")
    unit = office.store.unit()

    assert unit.day_key_used("reminder 2 2026-03-04")
    unit.enqueue(_queued(unit.new_letter_id(), office.anne.id, day_key="reminder 2 2026-03-04"))
    with pytest.raises(StaleVersion):
        unit.commit()


def test_one_mail_is_handled_once_and_its_duplicate_is_remembered_as_such(office: Office) -> None:
    store = office.store
    store.receive([an_arrival(1), an_arrival(2), an_arrival(3)], NOW, old=False)
    unit = store.unit()
    unit.handled(Handled(1, MailFate.ACTED, "print"))
    unit.handled(Handled(2, MailFate.DUPLICATE, "print"))
    unit.commit()

    again = store.unit()
    assert again.was_handled("print")
    again.handled(Handled(3, MailFate.ACTED, "print"))
    with pytest.raises(StaleVersion):
        again.commit()
    assert store.waiting_mail() == 1


def test_copies_of_a_mail_that_was_passed_over_do_not_trouble_each_other(office: Office) -> None:
    office.store.receive([an_arrival(1), an_arrival(2)], NOW, old=True)
    unit = office.store.unit()
    unit.handled(Handled(1, MailFate.IGNORED, "print"))
    unit.handled(Handled(2, MailFate.IGNORED, "print"))
    unit.commit()

    assert office.store.waiting_mail() == 0


def test_a_letter_is_found_by_the_id_a_server_gave_it(office: Office) -> None:
    office.sends(1)
    unit = office.store.unit()
    letter = unit.letter_by_message_id("<letter.1@studio.example>")
    assert letter is not None
    unit.remember_alias(letter.id, "<changed@ses.example>")
    assert unit.letter_by_message_id("<changed@ses.example>") == letter
    unit.commit()

    assert office.store.unit().letter_by_message_id("<changed@ses.example>") == letter
    assert office.store.unit().letter_by_message_id("<never@ses.example>") is None


def test_people_of_a_plan_are_all_who_have_a_part_and_the_provider(office: Office) -> None:
    unit = office.store.unit()
    plan = unit.plan(office.plan)
    assert plan is not None

    people = unit.people_of(plan)

    assert people[office.paul.id] == office.paul
    assert people[office.anne.id] == office.anne
    stranger = a_plan(PlanId(99), PersonId(98), office.anne.id, 1)
    assert PersonId(98) not in unit.people_of(stranger)


def test_plans_of_a_person_are_running_ones_with_something_left(office: Office) -> None:
    def codes(person: PersonId) -> list[str]:
        return [plan.code for plan in office.store.unit().plans_of(person)]

    assert codes(office.anne.id) == ["TAX"]
    assert codes(office.paul.id) == []
    office.happens(*(done(n, office.anne.id) for n in range(1, 5)))
    assert codes(office.anne.id) == []


def test_a_promise_moves_and_goes(office: Office) -> None:
    promise = Promise(TODAY, TODAY)
    office.happens(ToDoPromised(1, None, promise))
    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    todo = plan.todo(1)
    assert todo is not None
    assert (todo.promised, todo.state) == (promise, ToDoState.OPEN)


def test_documents_are_there_once_committed(office: Office) -> None:
    content = b"%PDF receipts"
    document = Document(hashlib.sha256(content).hexdigest(), "r.pdf", "application/pdf", 13)
    unit = office.store.unit()
    unit.file_document(document, content)
    assert unit.document(document.sha256) == content
    unit.commit()

    assert office.store.unit().document(document.sha256) == content
    assert office.store.unit().document("0" * 64) is None
    with pytest.raises(ValueError, match="its own bytes"):
        unit.file_document(document, b"something else")


def test_calendar_entries_are_remembered_by_person(office: Office) -> None:
    state = EntryState(3, NOW, TODAY, "Receipts", cancelled=True, appointment="14:00-15:00")
    unit = office.store.unit()
    unit.set_entry(office.plan, 1, office.anne.id, state)
    unit.commit()

    again = office.store.unit()
    assert again.entry(office.plan, 1, office.anne.id) == state
    assert again.entry(office.plan, 1, office.paul.id) is None


def test_one_notice_an_incident(office: Office) -> None:
    def told(*steps: bool) -> list[bool]:
        unit = office.store.unit()
        answers = [
            unit.open_incident("imap", NOW) if step else unit.close_incident("imap", NOW)
            for step in steps
        ]
        unit.commit()
        return answers

    assert told(True, True) == [True, False]
    assert told(True) == [False]
    assert told(False, False) == [True, False]
    assert told(True, False, True) == [True, True, True]
    assert told(True) == [False]


def test_numbers_are_never_given_twice_by_two_processes(office: Office, tmp_path: Path) -> None:
    other = a_store(tmp_path / "state", seed=SEED[::-1])
    units = [office.store.unit(), other.unit()]

    numbers = [unit.new_letter_id() for _ in range(40) for unit in units]

    assert len(set(numbers)) == 80
    assert max(numbers) < 2**40
    other.close()


def test_a_letter_number_beyond_the_marks_is_refused(office: Office) -> None:
    unit = office.store.unit()
    unit.enqueue(_queued(2**40, office.anne.id))

    with pytest.raises(Exception, match="id_fits_the_marks"):
        unit.commit()


def test_an_empty_commit_writes_nothing(office: Office) -> None:
    unit = office.store.unit()
    unit.commit()

    assert office.store.verify_chain(office.plan).events == 2


def _queued(number: int, to: PersonId, day_key: str | None = None) -> QueuedLetter:
    letter = a_letter(number, to)
    return QueuedLetter(letter, b"x", "me@s.example", OutboxState.QUEUED, NOW, day_key)


def test_an_act_without_events_leaves_no_trace(office: Office) -> None:
    unit = office.store.unit()
    unit.record(Act(99, None, NOW), office.plan, [])
    unit.commit()

    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    assert plan.version == 1
