"""Texts that are no plan: told so, and not taken apart to the end."""

from mailflow.reading.plantext import PlanSource, read_plan
from tests.reading.plan_builders import a_world


def test_hundreds_of_wrong_lines_end_the_reading() -> None:
    lines = [f"- Step {n} of nothing | Nobody{n} | after whatever {n}" for n in range(3000)]
    draft = read_plan(PlanSource("plan: x", "\n".join(lines)), a_world())

    assert sum(len(phase.todos) for phase in draft.phases) == 500
    assert len(draft.problems) == 201


def test_many_sound_lines_are_all_read() -> None:
    lines = [f"- Send paper no. {n} @Carol" for n in range(1500)]
    text = "\n".join(("Client: Carol Jones <carol@acme.example>", *lines))
    draft = read_plan(PlanSource("plan: x", text), a_world())

    assert (sum(len(phase.todos) for phase in draft.phases), draft.problems) == (1500, ())
