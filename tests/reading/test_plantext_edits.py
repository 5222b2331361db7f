"""The text of a running plan that comes back with changes."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.domain.draft import (
    DraftMilestone,
    EditMisread,
    HeaderEdit,
    MilestoneEdit,
    PlanEdit,
    ToDoAddition,
    ToDoEdit,
    ToDosMissing,
)
from mailflow.domain.plan import Milestone, Plan, ToDoKind, ToDoState
from mailflow.reading.plantext import read_edits
from mailflow.writing.plantext import plan_text
from tests.builders import BOB, PEOPLE, VIC, a_plan
from tests.reading.plan_builders import a_world

MARCH = date(2026, 3, 10)


def running() -> Plan:
    """A plan with three To Dos, one of them late, and a second phase with two."""
    plan = a_plan(3, 2, title="Tax return")
    one, two, three = plan.phases[0].todos
    four, five = plan.phases[1].todos
    changed = (
        replace(one, title="Send the papers", due=date(2026, 3, 2), details=("As PDF.",)),
        replace(two, title="Sign the letter", responsible=VIC, helpers=(BOB,), due=MARCH),
        replace(three, title="Look it over", internal=True, kind=ToDoKind.APPROVE),
        replace(four, title="Draft the return", after=(2,), due=date(2026, 3, 20)),
        replace(five, title="Approve the draft", state=ToDoState.DONE),
    )
    for todo in changed:
        plan = plan.with_todo(todo)
    first = replace(plan.phases[0], title="Gather", milestone=Milestone("Complete", MARCH))
    return plan.with_phase(first).with_phase(replace(plan.phases[1], title="Prepare"))


PLAN = running()
TEXT = plan_text(PLAN, PEOPLE, language="en", for_inside=True)


def edits(text: str, plan: Plan = PLAN) -> tuple[PlanEdit, ...]:
    world = replace(a_world(today=date(2026, 3, 4)), provider=None)
    return read_edits(plan, text, PEOPLE, world)


def edited(old: str, new: str) -> tuple[PlanEdit, ...]:
    assert old in TEXT
    return edits(TEXT.replace(old, new))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv"])
def test_a_text_that_comes_back_unchanged_asks_for_nothing(language: str) -> None:
    text = plan_text(PLAN, PEOPLE, language=language, for_inside=True)

    assert edits(text) == ()
    assert edits("\n".join(f"> {line}" for line in text.splitlines())) == ()


def test_a_changed_line_is_a_change_of_its_number() -> None:
    [edit] = edited("Sign the letter | Vic Ray", "Sign both letters | Carol Jones")

    assert isinstance(edit, ToDoEdit)
    assert (edit.n, edit.changed) == (2, ("title", "responsible"))
    assert (edit.todo.title, edit.todo.responsible) == ("Sign both letters", "carol@acme.example")
    assert (edit.todo.helpers, edit.todo.due) == (("bob@acme.example",), MARCH)


def test_a_date_may_move_by_any_words() -> None:
    [edit] = edited("Tue 10 March 2026 | [do]", "next Friday | [do]")

    assert isinstance(edit, ToDoEdit)
    assert (edit.n, edit.changed, edit.todo.due) == (2, ("due",), date(2026, 3, 13))


def test_a_dash_takes_date_and_order_away() -> None:
    [edit] = edited("Fri 20 March 2026, after #2", "-")

    assert isinstance(edit, ToDoEdit)
    assert (edit.n, edit.changed) == (4, ("due", "after"))
    assert (edit.todo.due, edit.todo.after) == (None, ())


def test_what_a_line_leaves_out_stays_as_it_was() -> None:
    found = edits("4. Draft the whole return\n3. Look it over by 12 March\n")

    draft, look = found
    assert isinstance(draft, ToDoEdit)
    assert isinstance(look, ToDoEdit)
    assert (draft.changed, look.changed) == (("title",), ("due",))
    assert (draft.todo.due, draft.todo.after) == (date(2026, 3, 20), (2,))
    assert (look.todo.internal, look.todo.kind) == (True, ToDoKind.APPROVE)


def test_a_date_may_hang_on_a_line_that_was_not_sent() -> None:
    [edit] = edits("4. Draft the return | Carol | 3 days after #2\n")

    assert isinstance(edit, ToDoEdit)
    assert (edit.todo.due, edit.todo.after) == (date(2026, 3, 13), (2,))


def test_a_line_without_a_number_is_an_addition_to_its_phase() -> None:
    [addition] = edited(
        "Milestone: Complete", "- Call the bank @Vic by 12 March\nMilestone: Complete"
    )

    assert isinstance(addition, ToDoAddition)
    assert (addition.phase, addition.todo.n) == (1, 6)
    assert (addition.todo.title, addition.todo.kind) == ("Call the bank", ToDoKind.CALL)
    assert (addition.todo.responsible, addition.todo.due) == (
        "vic@studio.example",
        date(2026, 3, 12),
    )


def test_a_missing_line_never_drops_anything() -> None:
    lines = [line for line in TEXT.splitlines() if not line.startswith(("1.", "4.", "    "))]

    assert edits("\n".join(lines)) == (ToDosMissing((1, 4)),)


def test_missing_details_stay_and_changed_ones_change() -> None:
    assert edited("    As PDF.\n", "") == ()
    [edit] = edited("    As PDF.\n", "    On paper.\n")
    assert isinstance(edit, ToDoEdit)
    assert (edit.changed, edit.todo.details) == (("details",), ("On paper.",))


def test_milestones_and_headers_may_change() -> None:
    assert edited("Milestone: Complete | Tue 10 March 2026", "Milestone: Complete | 17 March") == (
        MilestoneEdit(1, replace(_stone(TEXT), due=date(2026, 3, 17))),
    )
    assert edited("Language: en", "Goal: no penalty\nStart: 9 March\nLanguage: en") == (
        HeaderEdit("goal", "no penalty", 5),
        HeaderEdit("start", "2026-03-09", 6),
    )


def _stone(text: str) -> DraftMilestone:
    line = next(at for at, line in enumerate(text.splitlines(), 1) if line.startswith("Milestone"))
    return DraftMilestone("Complete", MARCH, line)


def test_a_changed_line_that_cannot_be_read_is_told_and_not_done() -> None:
    [misread] = edited("Sign the letter | Vic Ray", "Sign the letter | Zoe")

    assert isinstance(misread, EditMisread)
    assert "“Zoe”" in misread.problem.message
    [past] = edited("Tue 10 March 2026 | [do]", "2 March 2026 | [do]")
    assert isinstance(past, EditMisread)
    assert "already over" in past.problem.message


def test_words_that_are_no_line_of_a_plan_are_told() -> None:
    [misread] = edits(f"{TEXT}\nand please hurry up with it\n")

    assert isinstance(misread, EditMisread)
    assert misread.problem.text == "and please hurry up with it"


def test_of_two_lines_with_one_number_the_changed_one_counts() -> None:
    quoted = "\n".join(f"> {line}" for line in TEXT.splitlines())
    [edit] = edits(f"2. Sign the letter | Carol Jones\n\n{quoted}\n")

    assert isinstance(edit, ToDoEdit)
    assert edit.changed == ("responsible",)


def test_two_different_changes_of_one_number_are_asked_about() -> None:
    found = edits("2. Sign the letter @Carol\n2. Sign the letter @Bob\n")

    assert [type(edit) for edit in found] == [ToDoEdit, EditMisread]
    assert isinstance(found[1], EditMisread)
    assert found[1].problem.message.startswith("The number 2 stands twice")


def test_a_text_that_is_too_long_changes_nothing() -> None:
    [misread] = edits("2. Sign it @Carol\n" * 100_000)

    assert isinstance(misread, EditMisread)
