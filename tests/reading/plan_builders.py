"""What the tests of plan texts share: a world, and short ways to read and to look."""

from datetime import date

from mailflow.domain.draft import DraftPerson, DraftToDo, PlanDraft
from mailflow.domain.people import Role
from mailflow.domain.worktime import Calendar
from mailflow.reading.plantext import PlanSource, PlanWorld, read_plan

FRIDAY = date(2026, 2, 20)
"""The day on which plans are read, unless a test says otherwise."""

DANA = DraftPerson("Dana Smith", "dana@studio.example", Role.PROVIDER)
PEOPLE = "Client: Carol Jones <carol@acme.example>, Acme Ltd\nWith: Vic Ray <vic@studio.example>\n"


def a_world(
    locale: str = "en-GB",
    today: date = FRIDAY,
    book: tuple[DraftPerson, ...] = (),
    taken: frozenset[str] = frozenset(),
    holidays: frozenset[date] = frozenset(),
) -> PlanWorld:
    return PlanWorld(
        locale=locale,
        today=today,
        calendar=Calendar("GB", holidays),
        address_book=book,
        provider=DANA,
        codes_taken=taken,
    )


def read(text: str, world: PlanWorld | None = None, subject: str = "plan: A plan") -> PlanDraft:
    return read_plan(PlanSource(subject, text), world or a_world())


def todos_of(draft: PlanDraft) -> list[DraftToDo]:
    return [todo for phase in draft.phases for todo in phase.todos]


def a_todo(line: str, world: PlanWorld | None = None) -> DraftToDo:
    """Return the one To Do that a line stands for, in a plan with Carol and Vic."""
    [todo] = todos_of(read(f"{PEOPLE}\n- {line}\n", world))
    return todo


def problems_of(draft: PlanDraft) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in draft.problems]
