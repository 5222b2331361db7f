"""The provider's side: plans start, pause and end; To Dos change; acts are taken back."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.decision import Decision
from mailflow.domain.intent import Intent
from mailflow.domain.notice import (
    Change,
    ChangeNotice,
    PlanPage,
    Receipt,
    ToDosAsked,
)
from mailflow.domain.phases import order_is_kept
from mailflow.domain.plan import Phase, Plan, PlanState, Promise, ToDoState
from mailflow.domain.planning import (
    accept,
    add_todo,
    agree,
    assign,
    complete,
    drop,
    move_due,
    move_plan,
    reject,
    reopen,
    settle,
)
from mailflow.domain.progress import Answer, answer_todos
from mailflow.domain.refusal import Refusal, RefusalReason
from mailflow.domain.telling import AnswerFacts, tell_answer, tell_change
from mailflow.domain.undo import undo
from tests.builders import (
    BY_DANA,
    CAROL,
    DANA,
    MOMENT,
    PEOPLE,
    VIC,
    a_draft,
    a_plan,
    a_todo,
    says,
)


def decided(decision: Decision | Refusal) -> Decision:
    assert isinstance(decision, Decision)
    return decision


def states(plan: Plan) -> list[ToDoState]:
    return [todo.state for todo in plan.todos()]


def test_a_plan_that_starts_opens_its_first_phase_only() -> None:
    plan = decided(move_plan(a_draft(2, 1), PlanState.RUNNING, BY_DANA)).plan

    assert states(plan) == [ToDoState.OPEN, ToDoState.OPEN, ToDoState.WAITING]


def test_a_to_do_tied_by_after_waits_for_the_one_before() -> None:
    todos = (a_todo(1), a_todo(2, after=(1,)))
    plan = replace(a_draft(2), phases=(Phase(1, "Both", todos),))

    started = decided(move_plan(plan, PlanState.RUNNING, BY_DANA)).plan
    assert states(started) == [ToDoState.OPEN, ToDoState.WAITING]
    assert states(decided(complete(started, 1, BY_DANA)).plan) == [ToDoState.DONE, ToDoState.OPEN]


def test_the_client_agrees_and_the_plan_runs() -> None:
    proposed = decided(move_plan(a_draft(1), PlanState.PROPOSED, BY_DANA)).plan

    agreed = decided(agree(proposed, replace(BY_DANA, person=CAROL))).plan

    assert (agreed.state, agreed.agreed_by, agreed.agreed_at) == (
        PlanState.RUNNING,
        CAROL,
        MOMENT.now,
    )


def test_starting_a_running_plan_is_refused_and_changes_nothing() -> None:
    refused = move_plan(a_plan(1), PlanState.RUNNING, BY_DANA)

    assert isinstance(refused, Refusal)
    assert refused.reason is RefusalReason.STATE_ALREADY


def test_the_plan_is_finished_when_its_last_milestone_is_reached() -> None:
    plan = decided(complete(a_plan(1), 1, BY_DANA)).plan

    assert plan.state is PlanState.FINISHED


def test_reopening_behind_a_milestone_takes_the_next_phase_back() -> None:
    plan = decided(complete(a_plan(1, 2), 1, BY_DANA)).plan
    plan = decided(complete(plan, 2, BY_DANA)).plan

    plan = decided(reopen(plan, 1, BY_DANA)).plan

    assert states(plan) == [ToDoState.OPEN, ToDoState.DONE, ToDoState.WAITING]
    assert order_is_kept(plan)


def test_moving_the_due_date_forgets_the_promise_made_for_the_old_one() -> None:
    promised = Promise(date(2026, 3, 9), date(2026, 3, 9))
    plan = a_plan(1).with_todo(a_todo(1, state=ToDoState.PROMISED, promised=promised))

    todo = decided(move_due(plan, 1, BY_DANA, date(2026, 3, 20))).plan.todo(1)

    assert todo is not None
    assert (todo.due, todo.promised, todo.state) == (
        date(2026, 3, 20),
        None,
        ToDoState.CONFIRMED,
    )


def test_a_rejected_delivery_is_open_again_and_an_accepted_one_is_done() -> None:
    plan = a_plan(1).with_todo(a_todo(1, state=ToDoState.DELIVERED, review=True))

    assert states(decided(reject(plan, 1, BY_DANA, "page 2 is missing")).plan) == [ToDoState.OPEN]
    assert states(decided(accept(plan, 1, BY_DANA)).plan) == [ToDoState.DONE]


def test_an_added_to_do_gets_a_number_that_was_never_used() -> None:
    plan = decided(drop(a_plan(2), 2, BY_DANA)).plan

    plan = add_todo(plan, a_todo(0, VIC), BY_DANA).plan

    assert [todo.n for todo in plan.todos()] == [1, 2, 3]


def test_one_word_settles_what_an_unclear_answer_seemed_to_mean() -> None:
    asked = answer_todos(a_plan(2), Answer(CAROL, (says(1, Intent.DONE, sure=False),), MOMENT)).plan
    [proposal] = asked.open_proposals()

    yes = settle(asked, proposal, BY_DANA, "yes").plan
    no = settle(asked, proposal, BY_DANA, "no").plan

    assert states(yes) == [ToDoState.DONE, ToDoState.OPEN]
    assert states(no) == [ToDoState.OPEN, ToDoState.OPEN]
    assert yes.open_proposals() == no.open_proposals() == ()


def test_undo_restores_what_an_answer_changed() -> None:
    before = a_plan(2)
    decision = answer_todos(before, Answer(CAROL, (says(1, Intent.DONE),), MOMENT))

    undone = decided(undo(decision.plan, decision.events, (), BY_DANA, whole=False)).plan

    assert states(undone) == states(before)


def test_undo_asks_first_when_a_phase_opened_through_it() -> None:
    decision = decided(complete(a_plan(1, 1), 1, BY_DANA))

    asked = undo(decision.plan, decision.events, (), BY_DANA, whole=False)
    whole = decided(undo(decision.plan, decision.events, (), BY_DANA, whole=True)).plan

    assert asked == Refusal(RefusalReason.UNDO_NEEDS_ALL)
    assert states(whole) == [ToDoState.OPEN, ToDoState.WAITING]
    assert order_is_kept(whole)


def test_undo_does_not_overwrite_what_somebody_changed_since() -> None:
    first = decided(move_due(a_plan(2), 1, BY_DANA, date(2026, 4, 1)))
    second = decided(drop(first.plan, 2, BY_DANA))

    undone = decided(undo(second.plan, first.events, second.events, BY_DANA, whole=False)).plan

    assert states(undone) == [ToDoState.OPEN, ToDoState.DROPPED]


@given(st.lists(st.sampled_from(["done", "drop", "reopen", "assign"]), min_size=1, max_size=5))
def test_undo_of_the_last_act_restores_the_states(life: list[str]) -> None:
    plan = a_plan(2, 2)
    commands = {
        "done": lambda p: complete(p, 1, BY_DANA),
        "drop": lambda p: drop(p, 2, BY_DANA),
        "reopen": lambda p: reopen(p, 1, BY_DANA),
        "assign": lambda p: assign(p, 3, BY_DANA, VIC),
    }
    for word in life:
        before = plan
        decision = commands[word](plan)
        if isinstance(decision, Refusal):
            continue
        plan = decision.plan
        back = undo(plan, decision.events, (), BY_DANA, whole=True)
        if isinstance(back, Decision):
            assert states(back.plan) == states(before)
            assert [t.responsible for t in back.plan.todos()] == [
                t.responsible for t in before.todos()
            ]


def test_the_answer_is_told_once_to_everybody_it_concerns() -> None:
    plan = a_plan(1, 2)
    plan = plan.with_todo(replace(a_todo(3, VIC), n=3))
    decision = answer_todos(plan, Answer(CAROL, (says(1, Intent.DONE),), MOMENT, people=PEOPLE))

    told = tell_answer([(plan, decision)], AnswerFacts(CAROL, "done"))

    [receipt] = [n for n in told if isinstance(n, Receipt)]
    assert receipt.to == CAROL
    assert [numbers for _, numbers in receipt.opened] == [(2,)]
    assert [(n.to, n.numbers) for n in told if isinstance(n, ToDosAsked)] == [(VIC, (3,))]
    assert DANA in {n.to for n in told if isinstance(n, PlanPage)}
    assert len({n.to for n in told}) == len(told)


def test_thanks_are_not_answered() -> None:
    plan = a_plan(2)
    decision = answer_todos(plan, Answer(CAROL, (says(1, Intent.ACKNOWLEDGE),), MOMENT))

    assert tell_answer([(plan, decision)], AnswerFacts(CAROL, "thanks!")) == ()


def test_whoever_was_told_hears_of_the_providers_change() -> None:
    plan = a_plan(2)
    decision = decided(drop(plan, 1, BY_DANA))

    told = tell_change(plan, decision, DANA, lambda n: (CAROL,) if n == 1 else ())

    assert [(n.to, n.changes) for n in told if isinstance(n, ChangeNotice)] == [
        (CAROL, ((1, Change.DROPPED, ""),))
    ]
