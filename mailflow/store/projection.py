"""From events to rows: the only writer of the plan tables.

`project` applies events to a plan; `PlanRows` finds which rows that changes, plan by plan, and
writes those of a whole batch together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import attrgetter

from mailflow.domain.event import Event
from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.plan import Phase, Plan, ToDo
from mailflow.store import mapping
from mailflow.store.hot import Desk, Hot, Row, deleting, for_update, inserting, updating
from mailflow.store.tables import (
    HelperRow,
    PhaseRow,
    PlanRow,
    ProposalRow,
    StakeholderRow,
    ToDoRow,
    table_of,
)

_Placed = tuple[int, int, ToDo]

_PLAN_NEW = inserting(table_of(PlanRow))
_PLAN_MOVED = updating(table_of(PlanRow))
_PEOPLE_GONE = deleting(table_of(StakeholderRow), "plan")
_PEOPLE_NEW = inserting(table_of(StakeholderRow))
_PHASE_GONE = deleting(table_of(PhaseRow), "plan", "number")
_PHASE_NEW = inserting(table_of(PhaseRow))
_PHASE_MOVED = updating(table_of(PhaseRow))
_TODO_GONE = deleting(table_of(ToDoRow), "plan", "n")
_TODO_NEW = inserting(table_of(ToDoRow))
_TODO_MOVED = updating(table_of(ToDoRow))
_TODO_STATE = updating(table_of(ToDoRow), *mapping.TODO_STATE)
_HELPERS_GONE = deleting(table_of(HelperRow), "plan", "n")
_HELPERS_NEW = inserting(table_of(HelperRow))
_PROPOSAL_GONE = deleting(table_of(ProposalRow), "plan", "number")
_PROPOSAL_NEW = inserting(table_of(ProposalRow))
_PROPOSAL_MOVED = updating(table_of(ProposalRow))

_ORDER = (
    _PLAN_NEW,
    _PLAN_MOVED,
    _PEOPLE_GONE,
    _PEOPLE_NEW,
    _PHASE_GONE,
    _PHASE_NEW,
    _PHASE_MOVED,
    _HELPERS_GONE,
    _TODO_GONE,
    _TODO_NEW,
    _TODO_MOVED,
    _TODO_STATE,
    _HELPERS_NEW,
    _PROPOSAL_GONE,
    _PROPOSAL_NEW,
    _PROPOSAL_MOVED,
)
"""Parents before children, and what goes before what comes."""

_APART = {"version", "people", "phases", "proposals"}
_STATE_PARTS = {"state", "due", "promised", "changed_by", "changed_at", "held_until"}


_FRAME = attrgetter(
    *(part.name for part in fields(Plan) if part.name not in _APART),
)
_WORDING = attrgetter(*(part.name for part in fields(ToDo) if part.name not in _STATE_PARTS))


def project(plan: PlanId, before: Plan | None, events: Iterable[Event]) -> Plan:
    """Return the plan after the events; a plan that is not there yet begins empty."""
    return evolve_all(before or Plan(id=plan, code="", title=""), events)


class PlanRows:
    """The rows of the plan tables that a commit changes."""

    def __init__(self) -> None:
        self._rows: dict[Hot, list[Row]] = {statement: [] for statement in _ORDER}

    def add(self, before: Plan | None, after: Plan) -> None:
        """Note every row that differs between two states of one plan."""
        self._plan(before, after)
        self._phases(before, after)
        self._todos(before, after)
        self._proposals(before, after)

    def write(self, desk: Desk) -> None:
        """Write what was noted."""
        for statement in _ORDER:
            desk.many(statement, self._rows[statement])

    def _plan(self, before: Plan | None, after: Plan) -> None:
        if before is None:
            self._rows[_PLAN_NEW].append(mapping.plan_row(after))
        elif _FRAME(before) != _FRAME(after):
            self._rows[_PLAN_MOVED].append(for_update(mapping.plan_row(after), 1))
        if before is None or before.people != after.people:
            self._rows[_PEOPLE_GONE].append((after.id,))
            self._rows[_PEOPLE_NEW] += [
                mapping.stakeholder_row(after.id, position, stakeholder)
                for position, stakeholder in enumerate(after.people)
            ]

    def _phases(self, before: Plan | None, after: Plan) -> None:
        old = {phase.number: phase for phase in before.phases} if before else {}
        for phase in after.phases:
            known = old.pop(phase.number, None)
            if known is None:
                self._rows[_PHASE_NEW].append(mapping.phase_row(after.id, phase))
            elif known is not phase and _frame(known) != _frame(phase):
                row = mapping.phase_row(after.id, phase)
                self._rows[_PHASE_MOVED].append(for_update(row, 2))
        self._rows[_PHASE_GONE] += [(after.id, number) for number in old]

    def _todos(self, before: Plan | None, after: Plan) -> None:
        if before is not None and _shape(before) == _shape(after):
            for known_phase, phase in zip(before.phases, after.phases, strict=True):
                self._in_place(after.id, known_phase, phase)
            return
        old = {placed[2].n: placed for placed in _placed(before)} if before else {}
        for placed in _placed(after):
            known_here = old.pop(placed[2].n, None)
            if known_here is None:
                self._rows[_TODO_NEW].append(mapping.todo_row(after.id, *placed))
                self._helpers(after.id, (), placed[2])
            elif known_here != placed:
                self._moved(after.id, known_here, placed)
        self._rows[_TODO_GONE] += [(after.id, n) for n in old]
        self._rows[_HELPERS_GONE] += [(after.id, n) for n in old]

    def _in_place(self, plan: PlanId, before: Phase, after: Phase) -> None:
        """Note what changed in a phase that holds the same To Dos as before, in their order."""
        for place, (known, todo) in enumerate(zip(before.todos, after.todos, strict=True)):
            if known is not todo:
                spot = after.number, place
                self._moved(plan, (*spot, known), (*spot, todo))

    def _moved(self, plan: PlanId, known: _Placed, placed: _Placed) -> None:
        if known[2] == placed[2] and known[:2] == placed[:2]:
            return
        if known[:2] == placed[:2] and _WORDING(known[2]) == _WORDING(placed[2]):
            self._rows[_TODO_STATE].append(mapping.todo_state_row(plan, placed[2]))
            return
        self._rows[_TODO_MOVED].append(for_update(mapping.todo_row(plan, *placed), 2))
        self._helpers(plan, known[2].helpers, placed[2])

    def _helpers(self, plan: PlanId, before: tuple[PersonId, ...], todo: ToDo) -> None:
        if todo.helpers != before:
            self._rows[_HELPERS_GONE].append((plan, todo.n))
            helpers = dict.fromkeys(todo.helpers)
            self._rows[_HELPERS_NEW] += [(plan, todo.n, person) for person in helpers]

    def _proposals(self, before: Plan | None, after: Plan) -> None:
        if before is not None and before.proposals is after.proposals:
            return
        places = enumerate(before.proposals) if before else ()
        old = {proposal.number: (place, proposal) for place, proposal in places}
        for place, proposal in enumerate(after.proposals):
            known = old.pop(proposal.number, None)
            row = mapping.proposal_row(after.id, place, proposal)
            if known is None:
                self._rows[_PROPOSAL_NEW].append(row)
            elif known != (place, proposal):
                self._rows[_PROPOSAL_MOVED].append(for_update(row, 2))
        self._rows[_PROPOSAL_GONE] += [(after.id, number) for number in old]


def _frame(phase: Phase) -> tuple[object, ...]:
    return phase.title, phase.state, phase.milestone


def _shape(plan: Plan) -> list[list[int]]:
    """Return which To Dos stand where."""
    return [[phase.number, *[todo.n for todo in phase.todos]] for phase in plan.phases]


def _placed(plan: Plan) -> Iterator[_Placed]:
    """Yield every To Do with the number of its phase and its place there."""
    for phase in plan.phases:
        for place, todo in enumerate(phase.todos):
            yield phase.number, place, todo
