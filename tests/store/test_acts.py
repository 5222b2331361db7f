from mailflow.domain.event import ToDoStateChanged
from mailflow.domain.office import SettingChanged
from mailflow.domain.plan import ToDoState
from tests.store.builders import NOW, Office, done


def last(office: Office) -> int | None:
    past = office.store.unit().last_act(office.plan, None)
    return past.act.id if past else None


def test_an_act_is_read_back_whole(office: Office) -> None:
    events = (done(1, office.anne.id), done(2, office.anne.id))
    number = office.happens(*events, by=office.anne.id)

    past = office.store.unit().act(number)

    assert past is not None
    assert past.events == tuple((office.plan, event) for event in events)
    assert (past.act.by, past.act.at, past.act.evidence) == (office.anne.id, NOW, ("done",))
    assert past.undone_by is None


def test_the_last_act_is_that_of_the_plan_and_person_named(office: Office) -> None:
    hers = office.happens(done(1, office.anne.id), by=office.anne.id)
    his = office.happens(done(2, office.paul.id), by=office.paul.id)
    unit = office.store.unit()

    assert _id(unit.last_act(office.plan, None)) == his
    assert _id(unit.last_act(None, None)) == his
    assert _id(unit.last_act(office.plan, office.anne.id)) == hers
    assert _id(unit.last_act(None, office.anne.id)) == hers


def test_an_act_on_the_office_alone_is_not_the_last_one(office: Office) -> None:
    hers = office.happens(done(1, office.anne.id), by=office.anne.id)
    unit = office.store.unit()
    unit.record_office(office.act(unit), [SettingChanged("live", "", "yes")])
    unit.commit()

    assert _id(office.store.unit().last_act(None, None)) == hers


def test_what_was_undone_is_passed_over(office: Office) -> None:
    first = office.happens(done(1, office.anne.id))
    second = office.happens(done(2, office.anne.id))
    undo = office.happens(_reopened(2, office), undoes=second)

    assert last(office) == first
    past = office.store.unit().act(second)
    assert past is not None
    assert past.undone_by == undo


def test_an_undo_that_is_undone_brings_the_act_back(office: Office) -> None:
    act = office.happens(done(1, office.anne.id))
    undo = office.happens(_reopened(1, office), undoes=act)
    office.happens(done(1, office.anne.id), undoes=undo)

    assert last(office) == act


def test_later_acts_are_told_oldest_first_without_undos(office: Office) -> None:
    first = office.happens(done(1, office.anne.id))
    second = office.happens(done(2, office.anne.id))
    third = office.happens(done(3, office.anne.id, ToDoState.WAITING))
    office.happens(_reopened(2, office), undoes=second)

    since = office.store.unit().acts_since(office.plan, first)

    assert [past.act.id for past in since] == [third]


def test_staged_acts_count_like_written_ones(office: Office) -> None:
    written = office.happens(done(1, office.anne.id), by=office.anne.id)
    unit = office.store.unit()
    staged = office.act(unit, office.anne.id)
    unit.record(staged, office.plan, [done(2, office.anne.id)])

    assert _id(unit.last_act(office.plan, office.anne.id)) == staged.id
    assert [past.act.id for past in unit.acts_since(office.plan, written)] == [staged.id]

    undo = office.act(unit, undoes=staged.id)
    unit.record(undo, office.plan, [_reopened(2, office)])
    assert _id(unit.last_act(office.plan, None)) == written
    assert unit.acts_since(office.plan, written) == ()

    redo = office.act(unit, undoes=undo.id)
    unit.record(redo, office.plan, [done(2, office.anne.id)])
    assert _id(unit.last_act(office.plan, None)) == staged.id

    unit.record(office.act(unit, undoes=written), office.plan, [_reopened(1, office)])
    unit.commit()
    assert last(office) == staged.id
    assert _id(office.store.unit().last_act(office.plan, office.anne.id)) == staged.id


def test_an_act_whose_words_were_erased_cannot_be_taken_back(office: Office) -> None:
    number = office.happens(done(1, office.anne.id))
    office.store.erase_plan(office.plan, NOW)

    assert office.store.unit().act(number) is None
    assert office.store.unit().act(12345) is None
    assert last(office) is None


def _id(past: object) -> int | None:
    act = getattr(past, "act", None)
    return act.id if act else None


def _reopened(n: int, office: Office) -> ToDoStateChanged:
    return ToDoStateChanged(n, ToDoState.DONE, ToDoState.OPEN, office.paul.id, NOW)
