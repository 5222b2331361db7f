"""From events to rows: the only writer of the plan tables.

`project` applies events to a plan; `PlanRows` finds which rows that changes, plan by plan, and
writes those of a whole batch together.
"""

from collections.abc import Iterable, Iterator

from mailflow.domain.event import Event
from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PlanId
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
    _HELPERS_NEW,
    _PROPOSAL_GONE,
    _PROPOSAL_NEW,
    _PROPOSAL_MOVED,
)
"""Parents before children, and what goes before what comes."""


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
        row = mapping.plan_row(after)
        if before is None:
            self._rows[_PLAN_NEW].append(row)
        elif mapping.plan_row(before) != row:
            self._rows[_PLAN_MOVED].append(for_update(row, 1))
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
        old = {placed[2].n: placed for placed in _placed(before)} if before else {}
        for placed in _placed(after):
            known = old.pop(placed[2].n, None)
            if known != placed:
                self._todo(after.id, known, placed)
        self._rows[_TODO_GONE] += [(after.id, n) for n in old]
        self._rows[_HELPERS_GONE] += [(after.id, n) for n in old]

    def _todo(self, plan: PlanId, known: _Placed | None, placed: _Placed) -> None:
        todo = placed[2]
        row = mapping.todo_row(plan, *placed)
        if known is None:
            self._rows[_TODO_NEW].append(row)
        else:
            self._rows[_TODO_MOVED].append(for_update(row, 2))
        if todo.helpers != (known[2].helpers if known else ()):
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


def _placed(plan: Plan) -> Iterator[_Placed]:
    """Yield every To Do with the number of its phase and its place there."""
    for phase in plan.phases:
        for place, todo in enumerate(phase.todos):
            yield phase.number, place, todo
