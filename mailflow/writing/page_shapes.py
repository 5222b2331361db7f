"""The shapes that carry a state: told apart by form alone, in any colour or none.

waiting    dashed square       stuck      triangle with a mark
open       square              delivered  square with a thin tick
confirmed  square with a dot   done       full square with a white tick
promised   square with an arrow declined  square with a cross
partly     half full square    dropped    square with a bar
"""

from collections.abc import Callable
from dataclasses import dataclass

from mailflow.domain.plan import ToDoState
from mailflow.writing.page_pen import Pen, Point, Tone


@dataclass(frozen=True, slots=True)
class _Box:
    """A square to draw in: upper starting corner and side, in points."""

    pen: Pen
    x: float
    y: float
    side: float

    def at(self, *points: Point) -> list[Point]:
        """Return points given in parts of the square."""
        return [(self.x + px * self.side, self.y + py * self.side) for px, py in points]

    def draw(self, *points: Point, tone: Tone = Tone.INK, fill: str = "S", dash: str = "") -> None:
        self.pen.line(self.at(*points), tone, self.side * 0.1, dash, fill)

    def square(self, tone: Tone = Tone.INK, fill: str = "s", dash: str = "") -> None:
        self.draw((0, 0), (1, 0), (1, 1), (0, 1), tone=tone, fill=fill, dash=dash)

    def tick(self, tone: Tone, weight: float) -> None:
        points = self.at((0.22, 0.52), (0.43, 0.74), (0.8, 0.26))
        if self.pen.rtl:  # a tick is a tick in every script
            points = [(2 * self.x + self.side - x, y) for x, y in points]
        self.pen.line(points, tone, self.side * weight)


def draw_state(pen: Pen, state: ToDoState, at: Point, side: float) -> None:
    """Draw the shape of a state; `at` is its upper starting corner."""
    _SHAPES[state](_Box(pen, at[0], at[1], side))


def draw_milestone(pen: Pen, at: Point, side: float, *, reached: bool) -> None:
    """Draw the diamond of a milestone, full when it is reached."""
    box = _Box(pen, at[0], at[1], side)
    box.draw((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5), tone=Tone.ACCENT, fill="b" if reached else "s")


def draw_progress(pen: Pen, at: Point, size: Point, progress: tuple[int, int]) -> None:
    """Draw how much is done as a bar that fills in reading direction."""
    done, total = progress
    width, height = size
    pen.area(at, size, Tone.HAIR)
    if total:
        pen.area(at, (width * done / total, height), Tone.ACCENT)


def _waiting(box: _Box) -> None:
    box.square(Tone.FAINT, dash=f"{box.side * 0.16:.2f}")


def _open(box: _Box) -> None:
    box.square()


def _confirmed(box: _Box) -> None:
    box.square()
    box.draw((0.36, 0.36), (0.64, 0.36), (0.64, 0.64), (0.36, 0.64), fill="f")


def _promised(box: _Box) -> None:
    box.square()
    box.draw((0.34, 0.24), (0.76, 0.5), (0.34, 0.76), fill="f")


def _partly(box: _Box) -> None:
    box.square()
    box.draw((0, 0.5), (1, 0.5), (1, 1), (0, 1), fill="f")


def _stuck(box: _Box) -> None:
    box.draw((0.5, -0.02), (1.06, 1), (-0.06, 1), tone=Tone.WARN, fill="s")
    box.draw((0.5, 0.36), (0.5, 0.66), tone=Tone.WARN)
    box.draw((0.5, 0.76), (0.5, 0.87), tone=Tone.WARN)


def _delivered(box: _Box) -> None:
    box.square()
    box.tick(Tone.INK, 0.11)


def _done(box: _Box) -> None:
    box.square(fill="b")
    box.tick(Tone.PAPER, 0.15)


def _declined(box: _Box) -> None:
    box.square()
    box.draw((0.24, 0.24), (0.76, 0.76))
    box.draw((0.76, 0.24), (0.24, 0.76))


def _dropped(box: _Box) -> None:
    box.square(Tone.FAINT)
    box.draw((0.24, 0.5), (0.76, 0.5), tone=Tone.FAINT)


_SHAPES: dict[ToDoState, Callable[[_Box], None]] = {
    ToDoState.WAITING: _waiting,
    ToDoState.OPEN: _open,
    ToDoState.CONFIRMED: _confirmed,
    ToDoState.PROMISED: _promised,
    ToDoState.PARTLY: _partly,
    ToDoState.STUCK: _stuck,
    ToDoState.DELIVERED: _delivered,
    ToDoState.DONE: _done,
    ToDoState.DECLINED: _declined,
    ToDoState.DROPPED: _dropped,
}
