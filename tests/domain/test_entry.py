from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.entry import (
    EntryMove,
    EntryState,
    next_entry,
    repeated_entry,
    withdrawn_entry,
)
from mailflow.domain.ids import PersonId
from mailflow.domain.plan import Appointment, Promise, ToDo, ToDoState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FRIDAY = date(2026, 3, 6)
TODO = ToDo(1, "Send the statements", PersonId(2), state=ToDoState.OPEN, due=FRIDAY)
TOLD = EntryState(0, NOW, FRIDAY, "Send the statements")


def test_the_first_entry_is_a_request_with_sequence_zero() -> None:
    assert next_entry(None, TODO, NOW) == EntryMove("REQUEST", TOLD)


def test_a_to_do_without_a_day_has_no_entry() -> None:
    assert next_entry(None, replace(TODO, due=None), NOW) is None


def test_a_waiting_to_do_has_no_entry_yet() -> None:
    assert next_entry(None, replace(TODO, state=ToDoState.WAITING), NOW) is None


def test_nothing_is_sent_while_nothing_changed() -> None:
    assert next_entry(TOLD, TODO, LATER) is None


def test_seeing_it_does_not_touch_the_entry() -> None:
    assert next_entry(TOLD, replace(TODO, state=ToDoState.CONFIRMED), LATER) is None


def test_a_promised_day_moves_the_entry_with_a_higher_sequence() -> None:
    tuesday = date(2026, 3, 10)
    promised = replace(TODO, state=ToDoState.PROMISED, promised=Promise(tuesday, tuesday))
    assert next_entry(TOLD, promised, LATER) == EntryMove(
        "REQUEST", EntryState(1, LATER, tuesday, "Send the statements")
    )


def test_new_words_keep_the_sequence_and_so_the_persons_answer() -> None:
    renamed = replace(TODO, title="Send all statements")
    assert next_entry(TOLD, renamed, LATER) == EntryMove(
        "REQUEST", EntryState(0, LATER, FRIDAY, "Send all statements")
    )


def test_another_hour_on_the_same_day_is_a_move() -> None:
    meeting = replace(TODO, appointment=Appointment(time(14), time(15), "Room 2"))
    told = replace(TOLD, appointment="14:00-15:00 Room 2")
    assert next_entry(told, meeting, LATER) is None
    later = replace(TODO, appointment=Appointment(time(16), time(17), "Room 2"))
    assert next_entry(told, later, LATER) == EntryMove(
        "REQUEST", replace(told, sequence=1, dtstamp=LATER, appointment="16:00-17:00 Room 2")
    )


def test_done_takes_the_entry_away() -> None:
    done = replace(TODO, state=ToDoState.DONE)
    assert next_entry(TOLD, done, LATER) == EntryMove(
        "CANCEL", replace(TOLD, sequence=1, dtstamp=LATER, cancelled=True)
    )


def test_whatever_ends_the_persons_turn_takes_the_entry_away() -> None:
    ends = (
        ToDoState.DELIVERED,
        ToDoState.DONE,
        ToDoState.DROPPED,
        ToDoState.DECLINED,
        ToDoState.WAITING,
    )
    moves = [next_entry(TOLD, replace(TODO, state=state), LATER) for state in ends]
    assert [move and move.method for move in moves] == ["CANCEL"] * 5


def test_a_lost_day_takes_the_entry_away() -> None:
    move = next_entry(TOLD, replace(TODO, due=None), LATER)
    assert move is not None
    assert move.method == "CANCEL"


def test_nothing_is_cancelled_more_than_a_day_after_its_day() -> None:
    done = replace(TODO, state=ToDoState.DONE)
    saturday, sunday = NOW + timedelta(days=5), NOW + timedelta(days=6)
    assert next_entry(TOLD, done, saturday) is not None
    assert next_entry(TOLD, done, sunday) is None


def test_a_cancelled_entry_is_not_cancelled_twice() -> None:
    gone = replace(TOLD, cancelled=True)
    assert next_entry(gone, replace(TODO, state=ToDoState.DONE), LATER) is None


def test_a_reopened_to_do_comes_back_with_a_higher_sequence() -> None:
    gone = replace(TOLD, sequence=1, cancelled=True)
    assert next_entry(gone, TODO, LATER) == EntryMove(
        "REQUEST", EntryState(2, LATER, FRIDAY, "Send the statements")
    )


def test_a_clock_that_was_set_back_still_makes_a_newer_message() -> None:
    back = next_entry(TOLD, replace(TODO, title="Other"), NOW - timedelta(days=1))
    assert back is not None
    assert back.state.dtstamp == NOW + timedelta(seconds=1)


def test_a_reassigned_entry_is_withdrawn_once() -> None:
    move = withdrawn_entry(TOLD, LATER)
    assert move is not None
    assert move.method == "CANCEL"
    assert withdrawn_entry(move.state, LATER) is None


def test_a_repeated_entry_is_newer_and_else_the_same() -> None:
    assert repeated_entry(TOLD, NOW) == EntryMove(
        "REQUEST", replace(TOLD, dtstamp=NOW + timedelta(seconds=1))
    )
    gone = replace(TOLD, cancelled=True)
    assert repeated_entry(gone, LATER).method == "CANCEL"


todos = st.builds(
    ToDo,
    n=st.just(1),
    title=st.sampled_from(["A", "B"]),
    responsible=st.just(PersonId(1)),
    state=st.sampled_from(ToDoState),
    due=st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 10)),
)
instants = st.datetimes(
    datetime(2026, 3, 1),  # noqa: DTZ001 - hypothesis wants naive bounds and adds the zone
    datetime(2026, 3, 12),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)


@given(st.lists(st.tuples(todos, instants), max_size=12))
def test_sequence_never_falls_and_dtstamp_always_rises(
    story: list[tuple[ToDo, datetime]],
) -> None:
    state: EntryState | None = None
    for todo, now in story:
        move = next_entry(state, todo, now)
        if move is None:
            continue
        assert (move.method == "CANCEL") == move.state.cancelled
        if state is None:
            assert move.state.sequence == 0
        else:
            assert state.sequence <= move.state.sequence <= state.sequence + 1
            assert move.state.dtstamp > state.dtstamp
        assert next_entry(move.state, todo, now) is None
        state = move.state
