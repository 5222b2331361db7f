"""The plan as text: written in every language, it reads back as the same plan."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from mailflow.domain.draft import DraftPerson
from mailflow.domain.drafting import plan_from_draft
from mailflow.domain.people import Role
from mailflow.domain.plan import Plan, ToDoState
from mailflow.domain.worktime import Calendar
from mailflow.reading.plantext import PlanSource, PlanWorld, read_plan
from mailflow.writing.plantext import plan_text
from tests.builders import PEOPLE, a_plan
from tests.writing.plan_strategies import PROVIDER, TODAY, Case, plans

LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv"]


def read_back(text: str, case: Case) -> Plan:
    provider = DraftPerson(PROVIDER.name, PROVIDER.addresses[0], Role.PROVIDER)
    world = PlanWorld("en-GB", TODAY, Calendar("GB"), provider=provider)
    draft = read_plan(PlanSource("", text), world)
    assert not [p for p in draft.problems if "name" in p.message.lower()]
    ids = {address: p.id for p in case.people.by_id.values() for address in p.addresses}
    plan = plan_from_draft(draft, case.plan.id, ids, PROVIDER.id)
    return replace(plan, people=tuple(sorted(plan.people, key=lambda one: one.person)))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None)
@given(case=plans())
def test_what_is_written_reads_back_as_the_same_plan(language: str, case: Case) -> None:
    text = plan_text(case.plan, case.people, language=language, for_inside=True)

    assert read_back(text, case) == case.plan


def test_the_text_says_everything_outright() -> None:
    plan = a_plan(2, title="2026 tax return", client_name="Acme Ltd")

    assert plan_text(plan, PEOPLE, language="en", for_inside=True) == (
        "Plan: 2026 tax return\n"
        "Code: TAX\n"
        "Client: Carol Jones <carol@acme.example>, Bob Stone <bob@acme.example>, Acme Ltd\n"
        "With: Vic Ray <vic@studio.example>\n"
        "Language: en\n"
        "\n"
        '# "Phase 1"\n'
        '1. "Step 1" | Carol Jones | - | [do]\n'
        '2. "Step 2" | Carol Jones | - | [do]\n'
        'Milestone: "Stone 1" | -\n'
    )


def test_what_is_internal_stays_inside_the_team() -> None:
    plan = a_plan(2)
    first, second = plan.phases[0].todos
    plan = plan.with_todo(replace(first, internal=True, title="Check her credit"))
    plan = plan.with_todo(replace(second, after=(1,), due=date(2026, 3, 6)))
    plan = replace(plan, context=replace(plan.context, internal=("she pays late",)))

    inside = plan_text(plan, PEOPLE, language="en", for_inside=True)
    outside = plan_text(plan, PEOPLE, language="en", for_inside=False)

    assert "Check her credit" in inside
    assert "she pays late" in inside
    assert '2. "Step 2" | Carol Jones | Fri 6 March 2026, after #1 | [do]' in inside
    assert "Check" not in outside
    assert "pays late" not in outside
    assert "@" not in outside
    assert '2. "Step 2" | Carol Jones | Fri 6 March 2026 | [do]' in outside


def test_what_was_dropped_is_left_out_and_what_is_done_is_crossed() -> None:
    plan = a_plan(3)
    one, two, _ = plan.phases[0].todos
    plan = plan.with_todo(replace(one, state=ToDoState.DROPPED))
    plan = plan.with_todo(replace(two, state=ToDoState.DONE))

    text = plan_text(plan, PEOPLE, language="en", for_inside=True)

    assert "Step 1" not in text
    assert '2. [x] "Step 2"' in text


def test_an_unknown_language_is_written_in_english() -> None:
    text = plan_text(a_plan(1), PEOPLE, language="ja", for_inside=True)

    assert text.startswith("Plan: Tax return\nCode: TAX\nClient: ")
