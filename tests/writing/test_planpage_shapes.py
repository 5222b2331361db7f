"""Form alone tells the states apart."""

import io
import re

from reportlab.pdfgen.canvas import Canvas

from mailflow.domain.plan import ToDoState
from mailflow.writing.page_pen import Pen
from mailflow.writing.page_shapes import draw_milestone, draw_state

_COLOUR = re.compile(r"[\d.]+ [\d.]+ [\d.]+ (?:RG|rg) ")


def form(state: ToDoState, *, rtl: bool = False) -> str:
    pen = Pen(Canvas(io.BytesIO()), (100, 100), rtl=rtl)
    draw_state(pen, state, (10, 10), 10)
    return _COLOUR.sub("", "\n".join(pen._code))


def test_no_two_states_have_one_form() -> None:
    assert len({form(state) for state in ToDoState}) == len(ToDoState)


def test_a_tick_is_a_tick_in_every_direction() -> None:
    def tick(*, rtl: bool) -> list[float]:
        line = form(ToDoState.DELIVERED, rtl=rtl).splitlines()[-1]
        xs = [float(x) for x in re.findall(r"([\d.]+) [\d.]+ [lm]", line)]
        return [round(x - xs[0], 2) for x in xs]

    assert tick(rtl=True) == tick(rtl=False)


def test_a_reached_milestone_has_another_form() -> None:
    def diamond(*, reached: bool) -> str:
        pen = Pen(Canvas(io.BytesIO()), (100, 100), rtl=False)
        draw_milestone(pen, (10, 10), 10, reached=reached)
        return _COLOUR.sub("", "\n".join(pen._code))

    assert diamond(reached=True) != diamond(reached=False)
