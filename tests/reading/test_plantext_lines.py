"""What mail programs do to a plan must not matter."""

from dataclasses import replace

import pytest

from mailflow.domain.draft import DraftPhase, PlanDraft
from tests.reading.plan_builders import PEOPLE, problems_of, read, todos_of

PLAN = """Client: Carol Jones <carol@acme.example>, Acme Ltd
With: Vic Ray <vic@studio.example>
Goal: Return filed by 31 March, no penalty

# Gather
- Send the bank statements @Carol by Fri 6 March [send]
    All accounts, January to December, as PDF.
    Not the savings book.
- Sign the engagement letter (Carol, by 10 March, with Vic)
Milestone: Records complete by 13 March

# Prepare
- Draft the return | Vic | 5 working days after Records complete
- Approve the draft | Carol | +3 days
Milestone: Return filed
"""


def without_lines(draft: PlanDraft) -> PlanDraft:
    """Return the draft without what tells where it stood."""
    return replace(draft, phases=tuple(_unplaced(phase) for phase in draft.phases), headers=())


def _unplaced(phase: DraftPhase) -> DraftPhase:
    stone = phase.milestone
    return replace(
        phase,
        line=0,
        todos=tuple(replace(todo, line=0) for todo in phase.todos),
        milestone=replace(stone, line=0) if stone else None,
    )


EXPECTED = without_lines(read(PLAN))

BULLETS = [
    "* ",
    "• ",
    "+ ",
    "– ",
    "— ",
    "· ",
    "‣ ",
    "▪ ",
    "o ",
    "1. ",
    "1) ",
    "(1) ",
    "a) ",
    "☐ ",
    "[ ] ",
]


@pytest.mark.parametrize("bullet", BULLETS)
def test_any_bullet_or_number_will_do(bullet: str) -> None:
    assert without_lines(read(PLAN.replace("\n- ", f"\n{bullet}"))) == EXPECTED


REWRITES = {
    "windows line ends": PLAN.replace("\n", "\r\n"),
    "old line ends": PLAN.replace("\n", "\r"),
    "non-breaking spaces": PLAN.replace("    ", "\u00a0\u00a0 \u00a0").replace(
        " March", "\u00a0March"
    ),
    "tabs": PLAN.replace("    ", "\t"),
    "narrow indents": PLAN.replace("    ", "  "),
    "all indented": "\n".join(f"  {line}" if line else "" for line in PLAN.splitlines()),
    "trailing spaces": "\n".join(f"{line}   " if line else "" for line in PLAN.splitlines()),
    "invisible signs": PLAN.replace("Carol", "\u200bCarol\u200c").replace("- ", "\ufeff- "),
    "blank lines everywhere": PLAN.replace("\n", "\n\n"),
    "no blank lines": PLAN.replace("\n\n", "\n"),
    "linked addresses": PLAN.replace(
        "<carol@acme.example>", "<carol@acme.example<mailto:carol@acme.example>>"
    ),
    "bare linked addresses": PLAN.replace(
        "<vic@studio.example>", "vic@studio.example<mailto:vic@studio.example>"
    ),
    "markdown addresses": PLAN.replace(
        "<carol@acme.example>", "[carol@acme.example](mailto:carol@acme.example)"
    ),
    "mentions as links": PLAN.replace("@Carol", "@Carol Jones<mailto:carol@acme.example>"),
    "underlined headings": PLAN.replace("# Gather", "Gather\n------").replace(
        "# Prepare", "Prepare\n======="
    ),
    "deeper headings": PLAN.replace("# ", "### "),
    "closed headings": PLAN.replace("# Gather", "# Gather #"),
    "bold headings": PLAN.replace("# Gather", "**Gather**").replace("# Prepare", "__Prepare__"),
    "starred headings": PLAN.replace("# Gather", "*Gather*").replace("# Prepare", "*Prepare*"),
    "numbered phases": PLAN.replace("# Gather", "Phase 1: Gather").replace(
        "# Pre", "Phase 2 - Pre"
    ),
    "marked numbered phases": PLAN.replace("# Gather", "## Phase 1: Gather"),
    "bare headings": PLAN.replace("# Gather", "Gather").replace("# Prepare", "Prepare"),
    "headings with a colon": PLAN.replace("# Gather", "Gather:").replace("# Prepare", "Prepare:"),
    "framed headings": PLAN.replace("# Gather", "=== Gather ==="),
    "bulleted milestones": PLAN.replace("Milestone:", "- Milestone:"),
    "bold milestones": PLAN.replace("Milestone: Records", "**Milestone:** Records"),
    "milestones with a dash": PLAN.replace("Milestone: ", "Milestone – "),
    "numbered milestones": PLAN.replace("Milestone: Records", "Milestone 1: Records"),
    "milestones in cells": PLAN.replace("complete by 13 March", "complete | 13 March"),
    "milestones in brackets": PLAN.replace("complete by 13 March", "complete (13 March)"),
    "sub-bullets": PLAN.replace("    All", "    - All").replace("    Not", "    - Not"),
    "long dashes": PLAN.replace("- Send", "– Send").replace("- Draft", "— Draft"),
    "wrapped": PLAN.replace("@Carol by Fri", "@Carol\nby Fri"),
    "signature": f"{PLAN}\n-- \nDana Smith\n- best adviser in town @home\n",
    "signature without a space": f"{PLAN}\n--\nDana Smith\n",
    "farewell": f"{PLAN}\nBest regards,\nDana\n\nDana Smith Tax Ltd\nTel. +44 20 7946 0000\n",
    "german farewell": f"{PLAN}\nMit freundlichen Grüßen\nDana Smith\n",
    "own name": f"{PLAN}\nDana\n",
    "tagline": f"{PLAN}\nSent from my iPhone\n",
    "greeting": f"Hello,\n\n{PLAN}",
    "greeting with a sentence": f"Hi there, here is the plan.\n\n{PLAN}",
    "greeting and a sentence": f"Guten Tag,\n\nbitte legen Sie diesen Plan an\n\n{PLAN}",
    "quoted original": (
        f"{PLAN}\nOn 3 Mar 2026 at 10:00, Carol <carol@acme.example> wrote:\n> - Old @Vic\n"
    ),
    "outlook original": (
        f"{PLAN}\n________________________________\nFrom: Carol <carol@acme.example>\n"
        "Sent: 3 March 2026 10:00\nTo: Dana\nSubject: plan\n\n- Old one @Vic\n"
    ),
    "original below a line": f"{PLAN}\n-----Original Message-----\nFrom: Carol\n\n- Old one @Vic\n",
    "forwarded": (
        "---------- Forwarded message ---------\nFrom: Dana <dana@studio.example>\n"
        f"Date: Mon, 2 Mar 2026\nSubject: plan\nTo: <plans@studio.example>\n\n{PLAN}"
    ),
    "wholly quoted": "\n".join(f"> {line}".rstrip() for line in PLAN.splitlines()),
    "horizontal rules": PLAN.replace("\n# Prepare", "\n---\n\n# Prepare"),
}


@pytest.mark.parametrize("text", REWRITES.values(), ids=REWRITES.keys())
def test_a_rewritten_plan_reads_the_same(text: str) -> None:
    assert without_lines(read(text)) == EXPECTED


def test_a_line_that_a_program_wrapped_is_whole_again() -> None:
    draft = read(
        f"{PEOPLE}"
        "- Send the bank statements of all accounts that were open at any time\n"
        "  during the year, January to December @Carol by Fri 6 March [send]\n"
        "- Look through everything that was sent, and write down what is still\n"
        "missing for the return @Vic\n"
        "    A list is enough; it need not be long, and it need not be in any\n"
        "    particular order.\n"
    )

    first, second = todos_of(draft)
    assert draft.problems == ()
    assert first.title == (
        "Send the bank statements of all accounts that were open at any time during the year, "
        "January to December"
    )
    assert second.title == (
        "Look through everything that was sent, and write down what is still missing for the return"
    )


def test_flowed_text_goes_on_where_a_line_ends_in_a_space() -> None:
    draft = read(f"{PEOPLE}- Send the bank \nstatements @Carol by \n6 March\n- Sign it @Carol\n")

    assert [todo.title for todo in todos_of(draft)] == ["Send the bank statements", "Sign it"]
    assert draft.problems == ()


def test_details_keep_their_words_and_their_order() -> None:
    draft = read(
        f"{PEOPLE}- Send it @Carol\n    First: the accounts | all of them\n\n    # second\n"
        "      - third\n    1. fourth\nfifth\n- Sign it @Carol\n"
    )

    assert draft.problems == ()
    assert todos_of(draft)[0].details == (
        "First: the accounts | all of them",
        "# second",
        "third",
        "1. fourth",
        "fifth",
    )


def test_a_line_that_could_not_be_read_is_listed_with_its_number() -> None:
    draft = read(f"{PEOPLE}Clinet: Bob\n\n# Gather\nsome words of no use.\n\n- Do it @Carol\n")

    assert [(problem.line, problem.text) for problem in draft.problems] == [
        (6, "some words of no use.")
    ]


def test_a_misspelled_header_is_asked_about() -> None:
    draft = read(f"{PEOPLE}\nGaol: no penalty\n\n- Do it @Carol\n")

    [(line, message)] = problems_of(draft)
    assert line == 4
    assert message.startswith("This line could not be read.")


def test_a_plan_without_phases_has_one_without_a_title() -> None:
    draft = read(f"{PEOPLE}- One @Carol\n- Two @Vic\n")

    assert [(phase.title, len(phase.todos)) for phase in draft.phases] == [("", 2)]


def test_to_dos_behind_a_milestone_begin_a_phase() -> None:
    draft = read(f"{PEOPLE}- One @Carol\nMilestone: First\n- Two @Vic\nMilestone: Second\n")

    assert [phase.milestone.title for phase in draft.phases if phase.milestone] == [
        "First",
        "Second",
    ]


def test_two_milestones_in_a_phase_and_an_empty_phase_are_problems() -> None:
    draft = read(f"{PEOPLE}# A\n- One @Carol\nMilestone: First\nMilestone: Second\n# B\n")

    assert problems_of(draft) == [
        (6, "The phase has two milestones. Put a heading “# …” between them."),
        (7, "The phase “B” has no To Do. Add one, or take the heading away."),
    ]


def test_lines_without_bullets_are_to_dos_where_they_name_somebody() -> None:
    draft = read(f"{PEOPLE}\nSend the statements @Carol by 6 March\nDraft the return | Vic\n")

    assert [(todo.title, todo.responsible) for todo in todos_of(draft)] == [
        ("Send the statements", "carol@acme.example"),
        ("Draft the return", "vic@studio.example"),
    ]


def test_a_title_in_quotation_marks_is_taken_as_it_stands() -> None:
    draft = read(f'{PEOPLE}- "Talk to Vic by Friday (again) | [send]" | Carol | 6 March\n')

    [todo] = todos_of(draft)
    assert draft.problems == ()
    assert todo.title == "Talk to Vic by Friday (again) | [send]"
