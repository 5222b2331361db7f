"""The table of what an answer does, in docs/states.md, is what the domain does."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mailflow.domain.event import NoteTaken, QuestionAsked
from mailflow.domain.intent import Intent, ProgressKind, Reading
from mailflow.domain.plan import Plan, ToDo, ToDoState
from mailflow.domain.progress import Answer, answer_todos
from tests.builders import CAROL, MOMENT, MONDAY, PEOPLE, TODAY, a_plan

PAGE = Path(__file__).parent.parent / "docs" / "states.md"
SOON, LATER = TODAY + timedelta(days=4), TODAY + timedelta(days=60)


def says(intent: Intent, **more: object) -> Reading:
    return replace(Reading(1, intent), **more)  # type: ignore[arg-type]  # any field


def promises(day: date) -> Reading:
    return says(Intent.RESCHEDULE, until=day, until_end=day)


SAID = {
    "done": says(Intent.DONE),
    "done, where deliveries are reviewed": says(Intent.DONE),
    "half of it": says(Intent.PROGRESS, progress=ProgressKind.SOME_DONE),
    "cannot go on": says(Intent.PROGRESS, progress=ProgressKind.BLOCKED),
    "will do": says(Intent.PROGRESS, progress=ProgressKind.WILLING),
    "not done after all": says(Intent.PROGRESS, progress=ProgressKind.NOT_DONE),
    "a date within reach": promises(SOON),
    "a later date": promises(LATER),
    "no": says(Intent.DECLINE),
    "somebody on the plan": says(Intent.DELEGATE, delegate="Bob Stone"),
    "somebody else": says(Intent.DELEGATE, delegate="Mr Unknown"),
    "a question": says(Intent.QUESTION),
    "seen, thanks": says(Intent.ACKNOWLEDGE),
}


def standing_at(state: ToDoState, *, review: bool) -> Plan:
    plan = a_plan(2)
    todo = plan.todo(1)
    assert isinstance(todo, ToDo)
    tied = (2,) if state is ToDoState.WAITING else ()
    todo = replace(todo, state=state, due=TODAY, review=review, after=tied)
    return plan.with_todo(replace(todo, changed_by=CAROL, changed_at=MONDAY))


def what_becomes_of(state: ToDoState, said: str) -> str:
    """Return the word for what an answer does to a To Do in a state."""
    plan = standing_at(state, review="reviewed" in said)
    decision = answer_todos(plan, Answer(CAROL, (SAID[said],), MOMENT, people=PEOPLE))
    before, after = plan.todo(1), decision.plan.todo(1)
    assert before is not None
    assert after is not None
    if decision.plan.open_proposals():
        return "asked"
    if after.responsible != before.responsible:
        return "given over"
    if after.state is not before.state or after.promised != before.promised:
        return f"`{after.state.value}`"
    kinds = {type(event) for event in decision.events}
    return "passed on" if QuestionAsked in kinds else "noted" if NoteTaken in kinds else "–"


def table() -> list[list[str]]:
    text = PAGE.read_text("utf-8").partition("\n### What an answer does\n")[2].partition("\n#")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def test_every_thing_that_can_be_said_has_its_row() -> None:
    assert [row[0] for row in table()[1:]] == list(SAID)


def test_every_state_has_its_column() -> None:
    columns = [cell for cells in table()[0][1:] for cell in cells.split(", ")]
    assert sorted(cell.strip("`") for cell in columns) == sorted(ToDoState)


@pytest.mark.parametrize("said", SAID)
def test_an_answer_does_what_the_page_says(said: str) -> None:
    header, *rows = table()
    [row] = [row for row in rows if row[0] == said]
    for states, told in zip(header[1:], row[1:], strict=True):
        for state in states.replace("`", "").split(", "):
            assert what_becomes_of(ToDoState(state), said) == told, state
