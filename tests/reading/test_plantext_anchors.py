"""Dates that hang on something else in the plan, and the order of To Dos."""

from datetime import date

import pytest

from tests.reading.plan_builders import PEOPLE, a_world, problems_of, read, todos_of

TWO_PHASES = """
# Gather
- Send the papers @Carol by 6 March
- Sign the letter @Carol by 10 March
Milestone: Records complete by 13 March

# Prepare
"""


def due_of(line: str, *, head: str = "", phases: str = TWO_PHASES) -> date | None:
    draft = read(f"{PEOPLE}{head}{phases}- Draft it @Vic {line}\n")
    assert draft.problems == ()
    return todos_of(draft)[-1].due


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("5 working days after Records complete", date(2026, 3, 20)),
        ("2 weeks after Records complete", date(2026, 3, 27)),
        ("one month after records complete", date(2026, 4, 13)),
        ("5 days before Records complete", date(2026, 3, 8)),
        ("3 working days after #2", date(2026, 3, 13)),
        ("3 days after to do 1", date(2026, 3, 9)),
        ("3 days after Sign the letter", date(2026, 3, 13)),
        ("3 days after phase Gather", date(2026, 3, 16)),
        ("+3 days", date(2026, 3, 13)),
        ("+ 2 working days", date(2026, 3, 12)),
        ("2 days later", date(2026, 3, 12)),
        ("3 days after the one above", date(2026, 3, 13)),
        ("#1 + 1 week", date(2026, 3, 13)),
        ("Records complete + 2 days", date(2026, 3, 15)),
        ("2 weeks after 5 March", date(2026, 3, 19)),
        ("4 days after #1 and #2", date(2026, 3, 14)),
        ("by Records complete", date(2026, 3, 13)),
    ],
)
def test_an_anchor_to_something_dated_becomes_a_day(said: str, due: date) -> None:
    assert due_of(said) == due


def test_start_and_end_are_anchors() -> None:
    frame = "Start: 2 March\nEnd: 30 April\n"

    assert due_of("2 weeks after start", head=frame) == date(2026, 3, 16)
    assert due_of("10 days before the end", head=frame) == date(2026, 4, 20)
    assert due_of("start + 3 weeks", head=frame) == date(2026, 3, 23)


def test_after_alone_is_an_order_and_leaves_the_date_open() -> None:
    draft = read(
        f"{PEOPLE}- One @Carol by 6 March\n- Two @Carol\n- Three @Vic after #1\n"
        "- Four @Vic, after #1 and #3\n- Five @Vic by 20 March, after #2\n"
    )

    assert draft.problems == ()
    assert [(todo.due, todo.after) for todo in todos_of(draft)[2:]] == [
        (None, (1,)),
        (None, (1, 3)),
        (date(2026, 3, 20), (2,)),
    ]


def test_a_distance_after_a_to_do_of_the_same_phase_is_an_order_too() -> None:
    draft = read(
        f"{PEOPLE}- One @Carol by 6 March\n- Two @Vic +3 days\n- Three @Vic 1 day after #1\n"
    )

    assert [todo.after for todo in todos_of(draft)] == [(), (1,), (1,)]


def test_numbers_that_begin_anew_in_each_phase_mean_that_phase() -> None:
    draft = read(
        f"{PEOPLE}# A\n1. One @Carol by 6 March\n2. Two @Vic after #1\n"
        "# B\n1. Three @Carol by 16 March\n2. Four @Vic after #1\n"
    )

    assert [(todo.n, todo.after) for todo in todos_of(draft)] == [
        (1, ()),
        (2, (1,)),
        (3, ()),
        (4, (3,)),
    ]


def test_numbers_that_are_all_different_are_kept() -> None:
    draft = read(f"{PEOPLE}# A\n1. One @Carol\n7. Two @Vic\n# B\n4. Three @Carol after #7\n")

    assert [(todo.n, todo.after) for todo in todos_of(draft)] == [(1, ()), (7, ()), (4, (7,))]


def test_milestones_hang_on_each_other() -> None:
    draft = read(
        f"{PEOPLE}# A\n- One @Carol by 6 March\nMilestone: First by 13 March\n"
        "# B\n- Two @Carol\nMilestone: Second, 2 weeks after First\n"
    )

    assert draft.problems == ()
    second = draft.phases[1].milestone
    assert second is not None
    assert (second.title, second.due) == ("Second", date(2026, 3, 27))


def test_a_milestone_without_a_date_is_reached_with_its_last_to_do() -> None:
    draft = read(
        f"{PEOPLE}# A\n- One @Carol by 6 March\n- Two @Carol by 9 March\nMilestone: First\n"
        "# B\n- Three @Vic 2 days after First\n"
    )

    assert draft.problems == ()
    assert draft.phases[0].milestone is not None
    assert draft.phases[0].milestone.due is None
    assert todos_of(draft)[2].due == date(2026, 3, 11)


def test_what_comes_before_may_stand_below() -> None:
    draft = read(f"{PEOPLE}- One @Carol 3 days before #2\n- Two @Carol by 20 March\n")

    assert draft.problems == ()
    assert [todo.due for todo in todos_of(draft)] == [date(2026, 3, 17), date(2026, 3, 20)]


WRONG = {
    "- One @Carol 2 days after #9\n": "There is no To Do #9 in this plan; it has 1.",
    "- One @Carol 2 days after Records\n": "Nothing in this plan is called “records”.",
    "- One @Carol +3 days\n": "There is no To Do above this one.",
    "- One @Carol 2 weeks after start\n": "The plan names no start.",
    "- One @Carol 2 weeks before the end\n": "The plan names no end.",
    "- One @Carol 2 days after #1\n": "This date hangs on itself: #1 → #1.",
    "- One @Carol 2 days after #2\n- Two @Vic 2 days after #1\n": (
        "This date hangs on itself: #1 → #2 → #1."
    ),
    "- One @Carol after #2\n- Two @Vic after #1\n": (
        "These To Dos wait for each other: #1 → #2 → #1."
    ),
    "- One @Carol\n- Two @Vic 2 days after #1\n": "#1 has no date, so this one cannot be counted",
    "# A\n- One @Carol after #2\n# B\n- Two @Vic\n": "#2 belongs to a later phase",
    "- One @Carol by 10 March\n- Two @Vic by 6 March, after #1\n": (
        "The date lies before that of #1 (Tue 10 March 2026)"
    ),
    "- One @Carol by 6 March\n- One @Vic\n- Two @Vic 2 days after One\n": (
        "More than one thing in this plan is called “one”."
    ),
    "# A\n- One @Carol 2 days after Done\nMilestone: Done, 2 days after #1\n": (
        "This date hangs on itself: #1 → Done → #1."
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.items())
def test_what_cannot_be_is_a_problem_with_a_line_and_a_way_out(text: str, message: str) -> None:
    draft = read(PEOPLE + text)

    found = [problem for problem in draft.problems if problem.message.startswith(message)]
    assert found, problems_of(draft)
    assert found[0].line > 2
    assert found[0].message.endswith((".", "?"))


def test_the_nearest_name_is_suggested() -> None:
    draft = read(
        f"{PEOPLE}# A\n- One @Carol\nMilestone: Records complete by 13 March\n"
        "# B\n- Two @Vic 2 days after Recods complete\n"
    )

    assert problems_of(draft) == [
        (7, "Nothing in this plan is called “recods complete”. Did you mean “Records complete”?")
    ]


def test_a_long_chain_is_followed_to_its_end() -> None:
    steps = "".join(f"- Step @Carol +1 day ({n})\n" for n in range(3000))
    draft = read(f"{PEOPLE}- First @Carol by 6 March\n{steps}", a_world())

    assert draft.problems == ()
    assert todos_of(draft)[-1].due == date(2034, 5, 23)
