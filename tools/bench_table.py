"""One table of what was measured: median, spread, and the ratio to a limit of the same run."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was measured.

    Attributes:
        what: its name.
        values: one a round, in `unit`.
        unit: such as `ms`.
        beside: what it is compared with, measured in the same run, in the same unit.
        beside_name: what that is.
        goal: what is to be reached, such as `< 150` (of the median) or `>= 0.08 of` (of the
            ratio); "" where there is none.
    """

    what: str
    values: Sequence[float]
    unit: str
    beside: Sequence[float] = ()
    beside_name: str = ""
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """The median of the ratios round by round, None where nothing stands beside."""
        if not self.beside:
            return None
        if len(self.beside) != len(self.values):
            return median(self.values) / median(self.beside)
        return median(a / b for a, b in zip(self.values, self.beside, strict=True))

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if not self.goal:
            return None
        sign, limit, *of = self.goal.split()
        found = (self.ratio or 0.0) if of else median(self.values)
        return found < float(limit) if sign.startswith("<") else found >= float(limit)


_HEAD = ("what", "median", "spread", "unit", "beside it", "ratio", "goal", "")


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = [_HEAD, *(_row(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    drawn = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * max(3, width) for width in widths) + " |"
    return "\n".join([drawn[0], rule, *drawn[1:]])


def _row(line: Line) -> tuple[str, ...]:
    beside = ""
    if line.beside:
        beside = f"{line.beside_name} {_short(median(line.beside))}".strip()
    ratio = "" if line.ratio is None else f"{line.ratio:.3g}"
    said = {True: "yes", False: "NO", None: ""}[line.reached]
    spread = f"{_short(min(line.values))} to {_short(max(line.values))}"
    return (
        line.what, _short(median(line.values)), spread, line.unit, beside, ratio, line.goal, said,
    )  # fmt: skip


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
