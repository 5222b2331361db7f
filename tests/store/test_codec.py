from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.event import NoteTaken, PlanDrafted, ToDoStateChanged
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.plan import Plan, ToDoState
from mailflow.store.codec import event_class, event_word, from_json, to_json
from tests.store.strategies import OFFICE_EVENTS, PLAN_EVENTS, any_event


@given(any_event)
def test_every_event_comes_back_as_it_was(event: object) -> None:
    assert from_json(type(event), to_json(type(event), event)) == event


def test_every_event_has_a_word_of_its_own() -> None:
    events = [*PLAN_EVENTS, *OFFICE_EVENTS]
    words = [event_word(event) for event in events]

    assert len(set(words)) == len(events)
    assert [event_class(word) for word in words] == events
    assert "todo_state_changed" in words


def test_an_event_reads_as_a_person_would_write_it() -> None:
    at = datetime(2026, 3, 4, 9, tzinfo=UTC)
    event = ToDoStateChanged(3, ToDoState.OPEN, ToDoState.DONE, PersonId(2), at)

    assert to_json(ToDoStateChanged, event) == (
        '{"n":3,"before":"open","after":"done","by":2,"at":"2026-03-04T09:00:00+00:00"}'
    )


def test_what_equals_its_default_is_left_out() -> None:
    drafted = PlanDrafted(Plan(PlanId(1), "TAX", "Tax"))

    assert to_json(PlanDrafted, drafted) == '{"plan":{"id":1,"code":"TAX","title":"Tax"}}'


def test_a_field_that_is_not_known_any_more_is_passed_over() -> None:
    old = '{"n":1,"by":2,"text":"hello","mood":"good"}'

    assert from_json(NoteTaken, old) == NoteTaken(1, PersonId(2), "hello")


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_survives_even_half_characters(text: str) -> None:
    written = to_json(NoteTaken, NoteTaken(None, None, text))

    assert written.isascii()
    assert from_json(NoteTaken, written).text == text


def test_a_type_that_is_not_kept_is_told_at_once() -> None:
    with pytest.raises(TypeError, match="not kept as JSON"):
        to_json(bytes, b"x")
    with pytest.raises(TypeError, match="which value it is"):
        to_json(int | str, 1)
