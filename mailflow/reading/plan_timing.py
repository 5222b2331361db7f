"""What a plan says about when something is due, before the days are known.

"10 March" is a day at once. "+3 days" and "5 working days after Records complete" are steps
from something else in the plan, and "after #6" is only an order; both wait until the whole
text has been read.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Unit(StrEnum):
    """What a distance is counted in."""

    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Point(StrEnum):
    """What a distance is counted from."""

    ABOVE = "above"
    NUMBER = "number"
    START = "start"
    END = "end"
    DAY = "day"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One thing that a date hangs on.

    Attributes:
        point: what it is.
        number: for `NUMBER`, as it was typed.
        day: for `DAY`.
        name: for `NAME`, the folded words; a milestone, a phase or a To Do is called so.
    """

    point: Point
    number: int = 0
    day: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when somebody is met, local time."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of text: a key of the `[problems]` section, and its facts."""

    key: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """One statement about when.

    Attributes:
        day: the day, where the words name one.
        anchors: what it hangs on; several mean "after all of them".
        count: how far from the anchors, negative for before; None for a mere order.
        unit: what `count` counts.
        hours: the time of day, where it was named.
        fault: what cannot be so, such as a Monday that is a Friday.
        bare: True where only a date stands there, without "by" or the like.
    """

    day: date | None = None
    anchors: tuple[Anchor, ...] = ()
    count: int | None = None
    unit: Unit = Unit.DAY
    hours: Hours | None = None
    fault: Fault | None = None
    bare: bool = False

    @property
    def dated(self) -> bool:
        """True where it gives a day; False for a mere order."""
        return self.day is not None or self.count is not None
