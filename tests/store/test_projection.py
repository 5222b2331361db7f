import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from mailflow.domain.event import PlanDrafted, ToDoReassigned, ToDoRewritten
from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.plan import Plan, ToDo
from mailflow.ports.kept import Act
from tests.store.builders import NOW, SEED, Office, a_plan, a_store
from tests.store.strategies import fitting, journeys, plans

ONE = PlanId(1)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(ONE), journeys())
def test_the_rows_say_what_the_events_say(drafted: Plan, commits: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = a_store(Path(folder))
        unit = store.unit()
        unit.record(Act(1, None, NOW), ONE, [PlanDrafted(drafted)])
        unit.commit()
        expected = drafted
        for number, events in enumerate(commits, 2):
            unit = store.unit()
            for event in events:
                fits = fitting(event, expected)
                if fits is not None:
                    unit.record(Act(number, None, NOW), ONE, [fits])
                    expected = evolve_all(expected, [fits])
            unit.commit()
        kept = store.unit().plan(ONE)
        store.close()

        fresh = a_store(Path(folder), seed=SEED[::-1])
        loaded = fresh.unit().plan(ONE)

        assert loaded == kept
        assert loaded is not None
        assert _timeless(loaded) == _timeless(expected)
        assert fresh.verify().problems == ()
        fresh.close()


def test_only_rows_whose_values_changed_are_written(office: Office) -> None:
    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    todo = plan.todo(2)
    assert todo is not None

    office.happens(ToDoRewritten(todo, todo))

    assert office.store.unit().plan(office.plan) == _with_version(plan, 2)


def test_helpers_find_their_plans(office: Office) -> None:
    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    todo = plan.todo(2)
    assert todo is not None
    helped = _helped(todo, office.paul.id)

    office.happens(ToDoRewritten(todo, helped))
    assert [p.code for p in office.store.unit().plans_of(office.paul.id)] == ["TAX"]
    office.happens(ToDoRewritten(helped, todo))
    assert office.store.unit().plans_of(office.paul.id) == ()


def test_who_is_responsible_finds_the_plan(office: Office) -> None:
    office.happens(ToDoReassigned(1, office.anne.id, office.paul.id))

    assert [p.code for p in office.store.unit().plans_of(office.paul.id)] == ["TAX"]


def test_a_corrected_draft_takes_the_place_of_the_first(office: Office) -> None:
    smaller = a_plan(office.plan, office.paul.id, office.anne.id, 1)
    office.happens(PlanDrafted(smaller))
    office.store.close()

    plan = office.store.unit().plan(office.plan)

    assert plan is not None
    assert [todo.n for todo in plan.todos()] == [1]
    assert plan.version == 2


def _timeless(plan: Plan) -> Plan:
    return _with_version(plan, 0)


def _with_version(plan: Plan, version: int) -> Plan:
    return replace(plan, version=version)


def _helped(todo: ToDo, person: PersonId) -> ToDo:
    return replace(todo, helpers=(person,))
