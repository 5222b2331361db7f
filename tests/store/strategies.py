"""Any value of the domain, made by its type hints alone; and journeys that a plan can take."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from mailflow.domain.event import (
    Event,
    MilestoneMoved,
    PhaseNamed,
    PhaseStateChanged,
    PlanDrafted,
    ProposalMade,
    ToDoAdded,
    ToDoMoved,
)
from mailflow.domain.ids import PlanId
from mailflow.domain.office import OfficeEvent
from mailflow.domain.plan import Phase, Plan, Proposal, ToDo

_LEAVES: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    str: lambda: st.text(max_size=12),
    bool: st.booleans,
    int: lambda: st.integers(1, 9),
    float: lambda: st.floats(0, 1),
    datetime: lambda: st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=_utc()),  # noqa: DTZ001 - hypothesis wants naive bounds
    date: lambda: st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    time: st.times,
}


def _utc() -> st.SearchStrategy[Any]:
    return st.just(UTC)


def values_of(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a hint has no type
    """Return a strategy for all values of a type hint."""
    if hasattr(hint, "__supertype__"):
        return values_of(hint.__supertype__)
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*[st.none() if a is NoneType else values_of(a) for a in get_args(hint)])
    if get_origin(hint) is tuple:
        return _tuples(get_args(hint))
    if hint in _LEAVES:
        return _LEAVES[hint]()
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    parts: dict[str, Any] = {f.name: st.deferred(_later(hints[f.name])) for f in fields(hint)}
    return st.builds(hint, **parts)


def _later(hint: object) -> Callable[[], st.SearchStrategy[Any]]:
    return lambda: values_of(hint)


def _tuples(args: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if args[1:] == (...,):
        return st.lists(values_of(args[0]), max_size=3).map(tuple)
    return st.tuples(*[values_of(arg) for arg in args])


PLAN_EVENTS: list[type] = list(get_args(Event))
OFFICE_EVENTS: list[type] = list(get_args(OfficeEvent))
any_event = st.sampled_from([*PLAN_EVENTS, *OFFICE_EVENTS]).flatmap(values_of)


def plans(number: PlanId) -> st.SearchStrategy[Plan]:
    """Return plans of any content whose numbers are in order."""
    return values_of(Plan).map(lambda plan: _in_order(plan, number))


def journeys() -> st.SearchStrategy[list[list[Any]]]:
    """Return commits of events; make them fit the plan at hand with `fitting`."""
    event = st.sampled_from(PLAN_EVENTS).flatmap(values_of)
    return st.lists(st.lists(event, min_size=1, max_size=4), max_size=6)


def fitting(event: Event, plan: Plan) -> Event | None:
    """Return the event as it can happen to this plan; None where it cannot."""
    match event:
        case PhaseNamed() if not plan.phases:
            return PhaseNamed(1, None, event.after or "")
        case PhaseStateChanged() | MilestoneMoved() | PhaseNamed() | ToDoAdded() | ToDoMoved():
            return _in_a_phase(event, plan) if plan.phases else None
        case ProposalMade():
            number = max((p.number for p in plan.proposals), default=0) + 1
            return ProposalMade(replace(event.proposal, number=number))
        case PlanDrafted():
            return PlanDrafted(_in_order(event.plan, plan.id))
        case _:
            return event


def _in_a_phase(
    event: PhaseStateChanged | MilestoneMoved | PhaseNamed | ToDoAdded | ToDoMoved, plan: Plan
) -> Event:
    count = len(plan.phases)
    match event:
        case ToDoMoved():
            return replace(event, after=(event.after - 1) % count + 1)
        case ToDoAdded():
            phase = (event.phase - 1) % count + 1
            return ToDoAdded(phase, replace(event.todo, n=plan.next_number))
        case _:
            return replace(event, phase=(event.phase - 1) % count + 1)


def _in_order(plan: Plan, number: PlanId) -> Plan:
    count = iter(range(1, 100))
    phases: list[Phase] = []
    for place, phase in enumerate(plan.phases, 1):
        todos: list[ToDo] = [replace(todo, n=next(count)) for todo in phase.todos]
        phases.append(replace(phase, number=place, todos=tuple(todos)))
    proposals: list[Proposal] = [
        replace(proposal, number=place) for place, proposal in enumerate(plan.proposals, 1)
    ]
    return replace(plan, id=number, version=0, phases=tuple(phases), proposals=tuple(proposals))
