"""Plans and people for tests: the builder hides what does not matter."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.intent import Intent, Reading
from mailflow.domain.people import People, Person, Role
from mailflow.domain.phases import Moment, advance
from mailflow.domain.plan import (
    Milestone,
    Phase,
    Plan,
    PlanState,
    Stakeholder,
    ToDo,
)
from mailflow.domain.planning import By

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MOMENT = Moment(MONDAY, TODAY)

DANA, CAROL, VIC, BOB = PersonId(1), PersonId(2), PersonId(3), PersonId(4)
PEOPLE = People.of(
    (
        Person(DANA, "Dana Reed", ("dana@studio.example",), Role.PROVIDER),
        Person(CAROL, "Carol Jones", ("carol@acme.example",), Role.CLIENT),
        Person(VIC, "Vic Ray", ("vic@studio.example",), Role.TEAM),
        Person(BOB, "Bob Stone", ("bob@acme.example",), Role.CLIENT),
    )
)
BY_DANA = By(DANA, MOMENT)


def a_todo(n: int, responsible: PersonId = CAROL, **more: object) -> ToDo:
    """Return a To Do with a number for a title."""
    return replace(ToDo(n, f"Step {n}", responsible), **more)  # type: ignore[arg-type]  # any field


def a_draft(*sizes: int, **more: object) -> Plan:
    """Return a draft with one phase for each size, all To Dos Carol's, numbered through."""
    phases, n = [], 0
    for number, size in enumerate(sizes, start=1):
        todos = tuple(a_todo(n + offset) for offset in range(1, size + 1))
        phases.append(Phase(number, f"Phase {number}", todos, Milestone(f"Stone {number}")))
        n += size
    plan = Plan(
        PlanId(1),
        "TAX",
        "Tax return",
        people=tuple(Stakeholder(person.id, person.role) for person in PEOPLE.by_id.values()),
        phases=tuple(phases),
    )
    return replace(plan, **more)  # type: ignore[arg-type]  # any field


def a_plan(*sizes: int, **more: object) -> Plan:
    """Return a running plan with one phase for each size; the first phase is open."""
    return running(a_draft(*sizes, **more))


def running(plan: Plan) -> Plan:
    """Return the plan as it is right after its start."""
    plan = replace(plan, state=PlanState.RUNNING)
    return evolve_all(plan, advance(plan, MOMENT))


def says(n: int | None, intent: Intent, **more: object) -> Reading:
    """Return a sure reading."""
    return replace(Reading(n, intent), **more)  # type: ignore[arg-type]  # any field
