"""Whatever is sent, reading it never fails, and nothing of it gets lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.reading.plantext import PlanSource, looks_like_plan, read_plan, source_of_file
from tests.reading.plan_builders import PEOPLE, a_world, read, todos_of

PIECES = st.sampled_from((
    "- ", "1. ", "# ", "@Carol", "@", "by", " Fri", " 6", " March", "/", ".", "-", "|", "[", "]",
    "(", ")", '"', ":", "Client", "Milestone", "Internal", "after", "#2", "+3", "days", "\n",
    "\n\n", "\t", "    ", "--\n", ">", "<a@b.c>", "with", "=", "\u00a0", "\x00", "é", "日", "Ende",
))  # fmt: skip
ANYTHING = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_text_is_read_and_read_the_same_again(text: str) -> None:
    draft = read(PEOPLE + text)

    assert read(PEOPLE + text) == draft
    assert isinstance(looks_like_plan(PlanSource("", text)), bool)
    numbers = [todo.n for todo in todos_of(draft)]
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_any_html_is_read(text: str) -> None:
    html = (
        text.replace("- ", "<li>").replace("|", "<td>").replace("[", "<table>").replace("]", "<b>")
    )
    draft = read_plan(PlanSource("plan: x", None, html), a_world())

    assert draft.title in ("x", *(value for name, value in draft.headers if name == "title"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.csv", "a.xlsx", "a.md", ""]))
def test_any_file_is_read_or_refused(content: bytes, name: str) -> None:
    draft = read_plan(source_of_file(name, content), a_world())

    assert draft.problems != ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc @,.()-|#:6", min_size=1, max_size=40))
def test_the_words_of_a_to_do_are_in_the_draft_or_in_a_problem(words: str) -> None:
    draft = read(f"{PEOPLE}- Zebra {words} @Carol\n")

    shown = repr(draft.phases) + repr(draft.context) + repr(draft.problems)
    assert "Zebra" in shown


@pytest.mark.parametrize(
    "line",
    [
        "- " + "@a " * 600,
        "- x " + "(a, by 6 March) " * 100,
        "- " + "[sennd] " * 200,
        "- " + "| by 6 March " * 150,
        "- x" + ", Carol" * 250,
        "- x @Carol after " + "#1 and " * 250,
        '- "' + '"" ' * 600,
        "- " + "by the end of next week after " * 60,
        "*" * 1900,
        "_ " * 900,
        ">" * 1900,
        "Client: " + "a@b.example, " * 120,
        "<mailto:a@b.c> " * 100,
        "- x" + " - by Friday" * 150,
    ],
)
@pytest.mark.timeout(30)
def test_a_hundred_tangled_lines_are_read_in_time(line: str) -> None:
    draft = read(PEOPLE + f"{line}\n" * 100)

    assert draft.people[0].name == "Carol Jones"


def test_a_line_that_is_too_long_is_read_to_its_bound_and_said_so() -> None:
    draft = read(f"{PEOPLE}- {'word ' * 600}@Carol\n")

    assert any("longer than 2000 characters" in problem.message for problem in draft.problems)


def test_of_very_many_problems_the_first_are_told() -> None:
    draft = read(PEOPLE + "".join(f"- step {n} @Zoe{n}\n" for n in range(400)))

    assert len(draft.problems) == 201
    assert draft.problems[-1].message == "200 more problems were found. Settle these first."
    assert len(todos_of(draft)) == 400


def test_more_to_dos_than_a_plan_can_have_are_a_problem() -> None:
    draft = read(PEOPLE + "- step @Carol\n" * 5001)

    assert len(todos_of(draft)) == 5000
    assert [problem.message for problem in draft.problems] == [
        "The plan has more than 5000 To Dos. Split it into several plans."
    ]
