"""What an answer does to a To Do: the table of readings and states, and what holds always."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.evolve import evolve_all
from mailflow.domain.intent import Intent, ProgressKind, Reading
from mailflow.domain.outcome import ItemResult
from mailflow.domain.phases import order_is_kept
from mailflow.domain.plan import (
    Document,
    Plan,
    PlanState,
    ProposalReason,
    ToDoState,
)
from mailflow.domain.planning import complete, drop, reopen
from mailflow.domain.progress import Answer, answer_todos
from mailflow.domain.refusal import Refusal
from tests.builders import BOB, BY_DANA, CAROL, DANA, MOMENT, PEOPLE, VIC, a_plan, a_todo, says

FRIDAY = date(2026, 3, 6)


def answer(*readings: Reading, **more: object) -> Answer:
    return replace(Answer(CAROL, readings, MOMENT, people=PEOPLE), **more)  # type: ignore[arg-type]


def in_state(state: ToDoState) -> Plan:
    """A running plan whose To Do 1 is in that state, with a second one beside it."""
    plan = a_plan(2)
    todo = plan.todo(1)
    assert todo is not None
    after = (2,) if state is ToDoState.WAITING else ()
    return plan.with_todo(replace(todo, state=state, after=after))


def state_of(plan: Plan, n: int) -> ToDoState:
    todo = plan.todo(n)
    assert todo is not None
    return todo.state


ACTIVE = [
    ToDoState.OPEN,
    ToDoState.CONFIRMED,
    ToDoState.PROMISED,
    ToDoState.PARTLY,
    ToDoState.STUCK,
]
ASK = ItemResult.PROPOSED
SAME = ItemResult.UNCHANGED


@pytest.mark.parametrize("state", ACTIVE)
@pytest.mark.parametrize(
    ("reading", "after"),
    [
        (says(1, Intent.DONE), ToDoState.DONE),
        (says(1, Intent.PROGRESS, progress=ProgressKind.SOME_DONE), ToDoState.PARTLY),
        (says(1, Intent.PROGRESS, progress=ProgressKind.BLOCKED), ToDoState.STUCK),
        (says(1, Intent.RESCHEDULE, until=FRIDAY), ToDoState.PROMISED),
        (says(1, Intent.DECLINE), ToDoState.DECLINED),
    ],
)
def test_a_clear_answer_moves_what_is_somebodys_turn(
    state: ToDoState, reading: Reading, after: ToDoState
) -> None:
    assert state_of(answer_todos(in_state(state), answer(reading)).plan, 1) is after


@pytest.mark.parametrize(
    ("state", "reading", "result"),
    [
        (ToDoState.DELIVERED, says(1, Intent.DONE), ItemResult.ALREADY_RECEIVED),
        (ToDoState.DONE, says(1, Intent.DONE), ItemResult.ALREADY_DONE),
        (ToDoState.WAITING, says(1, Intent.DONE), ASK),
        (ToDoState.DECLINED, says(1, Intent.DONE), ASK),
        (ToDoState.DROPPED, says(1, Intent.DONE), ASK),
        (ToDoState.DELIVERED, says(1, Intent.PROGRESS), SAME),
        (ToDoState.DONE, says(1, Intent.PROGRESS), ASK),
        (ToDoState.WAITING, says(1, Intent.PROGRESS), SAME),
        (ToDoState.DROPPED, says(1, Intent.PROGRESS), ASK),
        (ToDoState.DELIVERED, says(1, Intent.RESCHEDULE, until=FRIDAY), SAME),
        (ToDoState.DONE, says(1, Intent.RESCHEDULE, until=FRIDAY), ASK),
        (ToDoState.WAITING, says(1, Intent.RESCHEDULE, until=FRIDAY), ItemResult.NOTED),
        (ToDoState.DECLINED, says(1, Intent.RESCHEDULE, until=FRIDAY), ASK),
        (ToDoState.DELIVERED, says(1, Intent.QUESTION), ItemResult.QUESTION_PASSED_ON),
        (ToDoState.DONE, says(1, Intent.QUESTION), ItemResult.QUESTION_PASSED_ON),
        (ToDoState.DELIVERED, says(1, Intent.DECLINE), ASK),
        (ToDoState.DONE, says(1, Intent.DECLINE), ASK),
        (ToDoState.WAITING, says(1, Intent.DECLINE), ASK),
        (ToDoState.DROPPED, says(1, Intent.DECLINE), SAME),
        (ToDoState.DONE, says(1, Intent.DELEGATE, delegate="Vic"), ASK),
        (ToDoState.DONE, says(1, Intent.ACKNOWLEDGE), SAME),
        (ToDoState.DELIVERED, says(1, Intent.ACKNOWLEDGE), SAME),
        (ToDoState.PROMISED, says(1, Intent.ACKNOWLEDGE), SAME),
    ],
)
def test_every_other_pair_changes_nothing_or_asks(
    state: ToDoState, reading: Reading, result: ItemResult
) -> None:
    plan = in_state(state)

    decision = answer_todos(plan, answer(reading))

    assert [outcome.result for outcome in decision.outcomes] == [result]
    assert state_of(decision.plan, 1) is state
    assert bool(decision.plan.open_proposals()) is (result is ASK)


def test_thanks_confirm_an_open_to_do_and_close_nothing() -> None:
    plan = answer_todos(a_plan(1), answer(says(1, Intent.ACKNOWLEDGE))).plan

    assert state_of(plan, 1) is ToDoState.CONFIRMED


def test_done_where_review_is_asked_waits_for_the_provider() -> None:
    plan = a_plan(1).with_todo(a_todo(1, state=ToDoState.OPEN, review=True))

    decision = answer_todos(plan, answer(says(1, Intent.DONE)))

    assert state_of(decision.plan, 1) is ToDoState.DELIVERED
    assert decision.plan.state is PlanState.RUNNING


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"proven": False}, ProposalReason.UNPROVEN),
        ({"by": BOB}, ProposalReason.NOT_THEIRS),
    ],
)
def test_what_is_not_proven_or_not_hers_is_put_before_the_provider(
    change: dict[str, object], reason: ProposalReason
) -> None:
    decision = answer_todos(a_plan(1), answer(says(1, Intent.DONE), **change))

    [proposal] = decision.plan.open_proposals()
    assert proposal.reason is reason
    assert state_of(decision.plan, 1) is ToDoState.OPEN


def test_an_unsure_done_is_proposed_and_never_ticked() -> None:
    decision = answer_todos(a_plan(1), answer(says(1, Intent.DONE, sure=False)))

    assert state_of(decision.plan, 1) is ToDoState.OPEN
    assert [p.reason for p in decision.plan.open_proposals()] == [ProposalReason.UNCLEAR]


def test_a_number_that_the_plan_has_not_is_a_proposal_and_spoils_nothing() -> None:
    decision = answer_todos(a_plan(2), answer(says(9, Intent.DONE), says(1, Intent.DONE)))

    assert [o.result for o in decision.outcomes] == [ItemResult.PROPOSED, ItemResult.DONE]


@pytest.mark.parametrize(
    ("due", "until", "fixed", "promised"),
    [
        (date(2026, 3, 6), date(2026, 3, 13), False, True),
        (date(2026, 3, 6), date(2026, 3, 16), False, False),
        (date(2026, 3, 6), date(2026, 3, 9), True, False),
        (date(2026, 3, 6), date(2026, 3, 5), True, True),
        (None, date(2026, 6, 1), False, True),
        (date(2026, 3, 6), date(2026, 3, 1), False, False),
    ],
)
def test_a_date_within_the_grace_is_hers_to_promise_and_others_are_asked_for(
    due: date | None, until: date, *, fixed: bool, promised: bool
) -> None:
    plan = a_plan(1).with_todo(a_todo(1, state=ToDoState.OPEN, due=due, fixed=fixed))

    decision = answer_todos(plan, answer(says(1, Intent.RESCHEDULE, until=until)))

    todo = decision.plan.todo(1)
    assert todo is not None
    assert (todo.promised is not None) is promised
    assert todo.due == due
    expected = ItemResult.PROMISED if promised else ItemResult.DATE_REQUESTED
    assert [o.result for o in decision.outcomes] == [expected]


def test_a_named_colleague_on_the_plan_takes_over_at_once() -> None:
    decision = answer_todos(a_plan(1), answer(says(1, Intent.DELEGATE, delegate="bob")))

    todo = decision.plan.todo(1)
    assert todo is not None
    assert todo.responsible == BOB


def test_somebody_unknown_is_proposed_and_nothing_moves() -> None:
    decision = answer_todos(a_plan(1), answer(says(1, Intent.DELEGATE, delegate="my brother")))

    assert [p.reason for p in decision.plan.open_proposals()] == [ProposalReason.DELEGATION]


def test_her_own_correction_within_two_weeks_is_obeyed() -> None:
    done = answer_todos(a_plan(2), answer(says(1, Intent.DONE))).plan
    not_done = says(1, Intent.PROGRESS, progress=ProgressKind.NOT_DONE)

    corrected = answer_todos(done, answer(not_done))

    assert [o.result for o in corrected.outcomes] == [ItemResult.REOPENED]
    assert state_of(corrected.plan, 1) is ToDoState.OPEN


def test_a_late_correction_or_one_behind_a_milestone_is_asked_about() -> None:
    not_done = says(1, Intent.PROGRESS, progress=ProgressKind.NOT_DONE)
    done = answer_todos(a_plan(2), answer(says(1, Intent.DONE))).plan
    later = replace(MOMENT, now=MOMENT.now + timedelta(days=15))
    reached = answer_todos(a_plan(1, 1), answer(says(1, Intent.DONE))).plan

    late = answer_todos(done, answer(not_done, moment=later))
    behind = answer_todos(reached, answer(not_done))

    assert [o.result for o in (*late.outcomes, *behind.outcomes)] == [ASK, ASK]
    assert state_of(behind.plan, 1) is ToDoState.DONE


def test_the_last_done_of_a_phase_reaches_its_milestone_and_opens_the_next() -> None:
    decision = answer_todos(a_plan(1, 2), answer(says(1, Intent.DONE)))

    assert decision.plan.phases[0].milestone is not None
    assert decision.plan.phases[0].milestone.reached_on == MOMENT.today
    assert [state_of(decision.plan, n) for n in (2, 3)] == [ToDoState.OPEN, ToDoState.OPEN]


def test_a_document_is_filed_even_when_its_answer_is_only_proposed() -> None:
    paper = Document("ab" * 32, "statements.pdf", "application/pdf", 12)

    decision = answer_todos(
        a_plan(1), answer(says(1, Intent.DONE, sure=False), documents=((1, paper),))
    )

    todo = decision.plan.todo(1)
    assert todo is not None
    assert todo.documents == (paper,)


readings = st.lists(
    st.builds(
        Reading,
        n=st.sampled_from([1, 2, 3, 4, 9, None]),
        intent=st.sampled_from(list(Intent)),
        until=st.sampled_from([None, FRIDAY, date(2026, 7, 1)]),
        progress=st.sampled_from([None, *ProgressKind]),
        delegate=st.sampled_from([None, "Vic", "nobody"]),
        sure=st.booleans(),
    ),
    max_size=6,
)


@given(readings, st.sampled_from([CAROL, VIC, BOB]), st.booleans())
def test_reading_an_answer_twice_changes_nothing_more(
    said: list[Reading], by: int, proven: object
) -> None:
    once_asked = answer(*said, by=by, proven=proven)
    once = answer_todos(a_plan(2, 2), once_asked).plan
    closing = {Intent.DONE, Intent.ACKNOWLEDGE, Intent.QUESTION, Intent.NONE}
    if {reading.intent for reading in said} <= closing:
        again = answer_todos(once, once_asked).plan
        assert [t.state for t in again.todos()] == [t.state for t in once.todos()]
        assert again.open_proposals() == once.open_proposals()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), readings),
        st.tuples(st.sampled_from(["done", "drop", "reopen"]), st.integers(1, 5)),
    ),
    max_size=8,
)


def play(plan: Plan, step: tuple[str, object]) -> Plan:
    """Return the plan after one step of a random life, by its events alone."""
    kind, what = step
    if kind == "answer":
        assert isinstance(what, list)
        decision = answer_todos(plan, answer(*what))
    else:
        assert isinstance(what, int)
        command = {"done": complete, "drop": drop, "reopen": reopen}[kind]
        found = command(plan, what, BY_DANA)
        if isinstance(found, Refusal):
            return plan
        decision = found
    after = evolve_all(plan, decision.events)
    assert after == decision.plan
    return after


@given(steps)
def test_whatever_happens_the_order_of_phases_is_kept(life: list[tuple[str, object]]) -> None:
    plan = a_plan(2, 1, 2)
    for step in life:
        plan = play(plan, step)
        assert order_is_kept(plan)
        assert [todo.n for todo in plan.todos()] == [1, 2, 3, 4, 5]


@given(steps)
def test_what_is_done_is_lost_by_nobody_but_provider_and_the_one_who_did_it(
    life: list[tuple[str, object]],
) -> None:
    plan = complete(a_plan(2, 1), 1, BY_DANA)
    assert not isinstance(plan, Refusal)
    current = plan.plan
    for step in life:
        if step[0] == "answer":
            current = play(current, step)
        assert state_of(current, 1) is ToDoState.DONE
    assert current.provider == DANA
