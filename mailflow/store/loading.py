"""From rows to plans and letters: the reads that need more than one question."""

from datetime import datetime
from operator import itemgetter

from mailflow.domain.ids import PlanId
from mailflow.domain.plan import Plan, ToDo
from mailflow.ports.kept import OutboxState, QueuedLetter, SentLetter
from mailflow.store import mapping, queries
from mailflow.store.hot import Desk, Row

_PLACE = itemgetter(1, 2)
"""Phase and position in it, from a row of a To Do."""


def load_plan(desk: Desk, plan: PlanId, version: int) -> Plan:
    """Return a plan from its rows; it is known to exist in this version."""
    row = desk.one(queries.PLAN, plan)
    assert row is not None, "a plan with a version has a row"
    todos: dict[int, list[ToDo]] = {}
    for line in sorted(desk.all(queries.TODOS, plan), key=_PLACE):
        todos.setdefault(line[1], []).append(mapping.todo_of(line))
    return mapping.plan_of(
        row,
        version=version,
        people=tuple([mapping.stakeholder_of(r) for r in desk.all(queries.STAKEHOLDERS, plan)]),
        phases=tuple(
            [
                mapping.phase_of(r, tuple(todos.get(r[1], ())))
                for r in desk.all(queries.PHASES, plan)
            ]
        ),
        proposals=tuple([mapping.proposal_of(r) for r in desk.all(queries.PROPOSALS, plan)]),
    )


def queued_of(row: Row, letter: SentLetter) -> QueuedLetter:
    """Return a letter of the outbox from its row, which ends with the sealed bytes."""
    return QueuedLetter(
        letter=letter,
        sealed=row[-1],
        sender=row[3],
        state=OutboxState(row[2]),
        due_at=datetime.fromisoformat(row[4]),
        day_key=row[9],
        automatic=bool(row[10]),
        cause=row[11],
        mailflow_id=row[12],
    )
