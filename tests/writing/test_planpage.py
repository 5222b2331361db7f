import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailflow.domain.people import People
from mailflow.domain.plan import Phase, Plan, PlanContext, PlanState, ToDo, ToDoState
from mailflow.writing.page_words import languages
from mailflow.writing.planpage import plan_fingerprint, plan_page
from tests.golden import golden
from tests.writing.builders import (
    CAROL,
    NOW,
    arabic_plan,
    german_plan,
    japanese_plan,
    long_plan,
    look,
    people,
    small_plan,
    tax_plan,
)
from tests.writing.pages import everything_in, opened, text_of

A4 = (595.28, 841.89)
LETTER = (612, 792)


def one_todo(**facts: object) -> Plan:
    todo = replace(ToDo(1, "Send it", CAROL), **facts)  # type: ignore[arg-type]  # any field
    return replace(small_plan(), phases=(Phase(1, "", (todo,)),))


def paper(country: str) -> tuple[float, float]:
    box = opened(small_plan(), look(country=country)).pages[0].mediabox
    return float(box.width), float(box.height)


def test_the_page_says_what_was_agreed() -> None:
    golden("page-tax.en.txt", text_of(tax_plan(), look(changed=(1, 2))).encode())


def test_the_german_page_says_what_was_agreed() -> None:
    golden("page-tax.de.txt", text_of(german_plan(), look("de", "DE")).encode())


def test_the_japanese_page_says_what_was_agreed() -> None:
    golden("page-tax.ja.txt", text_of(japanese_plan(), look("ja", "JP")).encode())


def test_the_paper_is_that_of_the_country() -> None:
    assert paper("GB") == pytest.approx(A4)
    assert paper("jp") == pytest.approx(A4)
    assert paper("US") == pytest.approx(LETTER)
    assert paper("ca") == pytest.approx(LETTER)


@pytest.mark.parametrize("country", ["DE", "US"])
def test_thirty_to_dos_stand_on_one_page(country: str) -> None:
    reader = opened(long_plan(30), look(country=country))
    assert len(reader.pages) == 1
    assert "Page 1 of 1" in reader.pages[0].extract_text()


def test_three_hundred_to_dos_go_on_over_pages_and_none_is_lost() -> None:
    reader = opened(long_plan(300, phases=12))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 5
    numbers = [int(n) for n in re.findall(r"(?m)^(\d+) [A-Z][a-z]+ [a-z]", "\n".join(texts))]
    assert [n for n in range(1, 301) if n not in numbers] == []
    for number, text in enumerate(texts, start=1):
        assert "Annual accounts and tax return" in text
        assert "To Do Responsible With Due State" in text
        assert f"Page {number} of {len(texts)}" in text


def test_a_page_that_goes_on_with_a_phase_says_so() -> None:
    second = opened(long_plan(45)).pages[1].extract_text()
    assert re.search(r"2 Prepare continued|3 Review", second)


def test_the_foot_stands_on_the_last_page_only() -> None:
    texts = [page.extract_text() for page in opened(long_plan(45)).pages]
    assert ["How to answer" in text for text in texts] == [False] * (len(texts) - 1) + [True]


@pytest.mark.parametrize("count", range(26, 60))
def test_no_page_is_left_with_nothing_but_its_head_and_foot(count: int) -> None:
    for page in opened(long_plan(count)).pages:
        assert re.search(r"(?m)^\d+ [A-Z][a-z]+ [a-z]", page.extract_text())


def test_the_file_says_title_author_language_and_phases() -> None:
    reader = opened(tax_plan())
    assert reader.metadata is not None
    assert reader.metadata.title == "2026 tax return"
    assert reader.metadata.author == "Reed Advisory"
    assert reader.metadata.creation_date == NOW
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]  # a dictionary
    assert everything_in(reader).endswith("2026 tax return\nGather\nPrepare\nFile")


def test_equal_arguments_give_equal_bytes() -> None:
    for plan, language in ((tax_plan(), "en"), (arabic_plan(), "ar"), (japanese_plan(), "ja")):
        page = plan_page(plan, people(), look(language))
        plan_page(long_plan(30), people(), look("pl"))
        assert plan_page(plan, people(), look(language)) == page


def test_the_fingerprint_stands_for_what_is_shown() -> None:
    plan = tax_plan()
    print_of = plan_fingerprint(plan, people(), reader_inside=True)
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", print_of)
    later = look("de", "DE", made_at=NOW + timedelta(days=3))
    assert print_of in text_of(plan)
    assert print_of in text_of(plan, later)
    todo = plan.todo(2)
    assert todo is not None
    done = plan.with_todo(replace(todo, state=ToDoState.DONE))
    assert plan_fingerprint(done, people(), reader_inside=True) != print_of


def test_what_is_internal_does_not_touch_the_clients_fingerprint() -> None:
    plan = tax_plan()
    secret = plan.todo(6)
    assert secret is not None
    changed = plan.with_todo(replace(secret, title="Something else"))
    outside = [plan_fingerprint(p, people(), reader_inside=False) for p in (plan, changed)]
    inside = [plan_fingerprint(p, people(), reader_inside=True) for p in (plan, changed)]
    assert outside[0] == outside[1]
    assert inside[0] != inside[1]


def test_the_version_of_the_store_does_not_touch_the_fingerprint() -> None:
    stored = replace(tax_plan(), version=7)
    assert plan_fingerprint(stored, people(), reader_inside=True) == plan_fingerprint(
        tax_plan(), people(), reader_inside=True
    )


def test_progress_counts_only_what_the_reader_sees() -> None:
    assert "1 of 8 done" in text_of(tax_plan())
    assert "1 of 7 done" in text_of(tax_plan(), look(reader_inside=False))


def test_a_dropped_to_do_does_not_count() -> None:
    assert "0 of 0 done" in text_of(one_todo(state=ToDoState.DROPPED))


def test_every_state_is_told_in_words() -> None:
    for language in languages():
        told = {text_of(one_todo(state=state), look(language)) for state in ToDoState}
        assert len(told) == len(ToDoState)


def test_late_is_told_in_words_and_counts_from_the_due_day() -> None:
    late = one_todo(state=ToDoState.OPEN, due=date(2026, 3, 8))
    assert "Sun 8 Mar open, late" in text_of(late)
    assert "late" not in text_of(one_todo(state=ToDoState.OPEN, due=date(2026, 3, 9)))
    assert "late" not in text_of(one_todo(state=ToDoState.DONE, due=date(2026, 3, 8)))


def test_another_year_is_named() -> None:
    assert "8 Mar 2027" in text_of(one_todo(due=date(2027, 3, 8)))


def test_due_and_promised_are_both_shown() -> None:
    assert "Tue 10 Mar promised 12 Mar" in text_of(tax_plan()).replace("\u00a0", " ")


def test_hours_and_place_of_a_meeting_are_shown() -> None:
    assert "14:00–15:00 Room 2" in text_of(tax_plan())


def test_what_is_empty_leaves_no_heading() -> None:
    text = text_of(small_plan())
    for word in ("Goal", "Risks", "Assumptions", "Resources", "Internal", "With", "Due"):
        assert word not in text
    assert "Since the last copy" not in text


def test_a_plan_without_to_dos_says_so() -> None:
    empty = replace(small_plan(), phases=(), people=(), client_name="")
    assert "No To Dos yet." in text_of(empty)
    assert "How to answer" in text_of(empty)


def test_a_phase_without_a_title_gets_its_number_where_there_are_several() -> None:
    plan = replace(
        small_plan(),
        phases=(Phase(1, "", (ToDo(1, "A", CAROL),)), Phase(2, "", (ToDo(2, "B", CAROL),))),
    )
    assert "Phase 2" in text_of(plan)
    assert "Phase 1" not in text_of(small_plan())


def test_what_changed_is_listed_with_its_state() -> None:
    text = text_of(tax_plan(), look(changed=(1, 4)))
    foot = text[text.index("Since the last copy") :]
    assert "1 Send the bank statements – done 5" in foot
    assert "4 Kick-off meeting – seen" in foot
    assert "Sign the engagement letter" not in foot


def test_many_changes_are_counted_rather_than_listed() -> None:
    text = text_of(long_plan(30), look(changed=tuple(range(1, 21))))
    assert "and 15 more" in text


def test_a_state_that_must_not_be_missed_stands_in_the_head() -> None:
    words = {
        PlanState.DRAFT: "Draft",
        PlanState.PROPOSED: "Proposal",
        PlanState.PAUSED: "Paused",
        PlanState.FINISHED: "Finished",
        PlanState.CANCELLED: "Cancelled",
    }
    for state, word in words.items():
        assert f"\n{word} " in text_of(replace(tax_plan(), state=state))
    assert "Running" not in text_of(tax_plan())


def test_the_days_of_a_plan_are_told_as_far_as_they_are_known() -> None:
    plan = replace(tax_plan(), agreed_by=None)
    assert "2 March 2026 – 31 March 2026" in text_of(plan)
    assert "from 2 March 2026" in text_of(replace(plan, end=None))
    assert "until 31 March 2026" in text_of(replace(plan, start=None))


def test_somebody_unknown_is_a_dash() -> None:
    assert "Send it — waiting" in text_of(one_todo(), people=People())


def test_somebody_without_a_name_is_her_address() -> None:
    assert "carol@acme.example" in text_of(one_todo(), people=people(carol=""))


def test_an_unknown_language_is_written_in_english() -> None:
    assert "How to answer" in text_of(small_plan(), look("tlh"))
    assert "So antworten Sie" in text_of(small_plan(), look("de-AT", "AT"))


def test_a_goal_stands_first() -> None:
    plan = replace(small_plan(), context=PlanContext(goal="Signed", risks="None"))
    text = text_of(plan)
    assert text.index("Signed") < text.index("None") < text.index("Dana Reed")
