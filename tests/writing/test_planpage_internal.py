"""What is internal never leaves the team, wherever it stands."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.plan import Milestone, Phase, Plan, PlanContext, ToDo, ToDoState
from tests.writing.builders import CAROL, DANA, VIC, look, small_plan
from tests.writing.pages import everything_in, opened

CANARY = "KANARIENVOGEL"

todos = st.builds(
    ToDo,
    n=st.integers(1, 99),
    title=st.just("Shown"),
    responsible=st.sampled_from([DANA, CAROL, VIC]),
    state=st.sampled_from(ToDoState),
    internal=st.booleans(),
)


def secretive(todo: ToDo) -> ToDo:
    if not todo.internal:
        return todo
    return replace(todo, title=f"{CANARY} {todo.title}", details=(CANARY,))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    phases = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        rows = draw(st.lists(todos, max_size=6, unique_by=lambda todo: todo.n))
        shown = any(not todo.internal for todo in rows) or not rows
        stone = draw(st.none() | st.just(Milestone("Reached")))
        title = "Phase" if shown or stone else CANARY
        phases.append(
            Phase(
                number,
                title,
                tuple(secretive(replace(t, n=t.n + number * 100)) for t in rows),
                stone,
            )
        )
    context = PlanContext(goal="Goal", internal=(CANARY, f"x {CANARY}"))
    return replace(small_plan(), phases=tuple(phases), context=context)


@settings(deadline=None, max_examples=60)
@given(plans())
def test_nothing_internal_reaches_a_reader_outside(plan: Plan) -> None:
    every = tuple(todo.n for todo in plan.todos())
    outside = opened(plan, look(reader_inside=False, changed=every))
    assert CANARY not in everything_in(outside)
    inside = opened(plan, look(reader_inside=True, changed=every))
    assert CANARY in everything_in(inside)


@settings(deadline=None, max_examples=30)
@given(plans())
def test_a_reader_outside_cannot_count_what_is_hidden(plan: Plan) -> None:
    hidden = {todo.n for todo in plan.todos() if todo.internal}
    text = everything_in(opened(plan, look(reader_inside=False, changed=tuple(hidden))))
    assert not any(f"\n{n} " in text for n in hidden)
    assert "Since the last copy" not in text
