"""The table of the page: its columns, and the blocks that fill it from top to bottom.

A block knows its height before it is drawn, so that pages can be filled; how it is filled is
`page_layout`'s business.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from mailflow.domain.plan import ToDoState
from mailflow.writing.page_cells import Cells
from mailflow.writing.page_facts import PageFacts, PhaseFacts, RowFacts
from mailflow.writing.page_pen import Ink, Pen, Side, Tone
from mailflow.writing.page_shapes import draw_milestone, draw_state
from mailflow.writing.page_text import fitted, wrapped
from mailflow.writing.page_words import PageWords

BODY = 9.2
LEADING = 1.27
_GAP = 10.0
_SHAPE = 0.82
"""Side of a shape, in ems of the body."""

_TITLE_LINES, _CELL_LINES = 8, 4
_CAPS = {"responsible": 0.15, "with": 0.14, "due": 0.15, "state": 0.18}
"""No column takes more than this part of the width from the titles."""


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of one page in points, all from one scale.

    Attributes:
        scale: 1 is the usual size.
        body: size of the table's text.
        small: size of headings of columns and of remarks.
        leading: distance of two baselines.
        pad: space above and below the text of a row; it shrinks faster than the text.
    """

    scale: float
    body: float
    small: float
    leading: float
    pad: float

    @staticmethod
    @cache
    def of(scale: float) -> "Type":
        """Return the sizes at a scale."""
        body = BODY * scale
        return Type(scale, body, max(6.2, 7.0 * scale), body * LEADING, 3.9 * scale**3)

    def ink(self, tone: Tone = Tone.INK, *, bold: bool = False) -> Ink:
        """Return the ink of the table's text."""
        return Ink(self.body, tone, bold)

    def label(self, tone: Tone = Tone.MUTED) -> Ink:
        """Return the ink of a heading of a column."""
        return Ink(self.small, tone, bold=True, spacing=0.02)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every block of one page needs to know.

    Attributes:
        words: the page's language.
        cells: what the table says, see `page_cells`.
        type: the page's sizes.
        today: the local day of the page.
        start: where the text area starts, in points.
        width: how wide the text area is.
    """

    words: PageWords
    cells: Cells
    type: Type
    today: date
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it starts and how wide it is, in points."""

    key: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table; those that would be empty are not there.

    Attributes:
        shape: where the shapes start.
        number: where the numbers end.
        title: the To Dos.
        cells: the columns after it.
    """

    shape: float
    number: float
    title: Column
    cells: tuple[Column, ...]

    def cell(self, key: str) -> Column | None:
        """Return the column with this key, None where the table has none."""
        return next((column for column in self.cells if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page that is never broken.

    Attributes:
        height: in points.
        draw: draws it with its upper edge at a height.
        phase: the phase it belongs to; a page that goes on with it says so.
        heads: stays together with the block that follows.
        opens: is the heading of its phase.
    """

    height: float
    draw: Callable[[Pen, float], None] = field(repr=False)
    phase: int = 0
    heads: bool = False
    opens: bool = False


def columns_for(facts: PageFacts, setting: Setting) -> Columns:
    """Return the columns that suit what the table holds."""
    ink, rows = setting.type.ink(), tuple(facts.rows())
    end = setting.start + setting.width
    cells: list[Column] = []
    for key, texts in reversed(setting.cells.by_column()):
        if not texts:
            continue
        head = setting.type.label().width(setting.words.word(key))
        cap = max(head, _CAPS[key] * setting.width)
        width = min(cap, max(head, *map(ink.width, texts)))
        cells.append(Column(key, end - width, width))
        end -= width + _GAP
    digits = ink.width("0" * len(str(max((row.n for row in rows), default=1))))
    number = setting.start + 3 + setting.type.body * (_SHAPE + 0.55) + digits
    title = number + setting.type.body * 0.75
    return Columns(
        setting.start + 3,
        number,
        Column("todo", title, max(40.0, end - title)),
        tuple(reversed(cells)),
    )


def table_head(columns: Columns, setting: Setting) -> Block:
    """Return the line with the headings of the columns."""
    size = setting.type

    def draw(pen: Pen, top: float) -> None:
        base = top + size.small + 1
        for column in (columns.title, *columns.cells):
            word = fitted(setting.words.word(column.key), column.width / size.small, bold=True)
            pen.text((column.x, base), word, size.label())
        pen.rule((setting.start, top + size.small + 5), setting.width, Tone.MUTED, 0.7)

    return Block(size.small + 5.5, draw)


def table_blocks(facts: PageFacts, columns: Columns, setting: Setting) -> Iterator[Block]:
    """Yield the blocks of the table in order."""
    for phase in facts.phases:
        if phase.title or len(facts.phases) > 1:
            yield phase_head(phase, columns, setting)
        for row in phase.rows:
            yield _row(row, phase, columns, setting)
        if phase.milestone:
            yield _milestone(phase, columns, setting)


def phase_head(
    phase: PhaseFacts, columns: Columns, setting: Setting, *, continued: bool = False
) -> Block:
    """Return the band that opens a phase, or goes on with it on a further page."""
    size, words = setting.type, setting.words
    ink = size.ink(bold=True)
    done, total = phase.progress
    count = words.word("of", done=done, all=total) if total else ""
    if continued:
        count = words.word("continued")
    title = phase.title or words.word("phase", number=phase.number)
    room = setting.width - (columns.title.x - setting.start) - size.ink().width(count) - _GAP
    lines = wrapped(title, room / size.body, bold=True, most=1 if continued else 6)
    inner = size.pad + 0.6
    height = len(lines) * size.leading + 2 * inner
    above = size.pad * 0.9

    def draw(pen: Pen, top: float) -> None:
        top += above
        pen.area((setting.start, top), (setting.width, height), Tone.TINT)
        base = top + inner + size.body * 0.98
        if not continued:
            pen.bookmark(title, top, 1)
        if phase.title:
            pen.text((columns.number, base), str(phase.number), ink, Side.END)
        for index, line in enumerate(lines):
            pen.text((columns.title.x, base + index * size.leading), line, ink)
        end = setting.start + setting.width - 4
        pen.text((end, base), count, size.ink(Tone.MUTED), Side.END)

    return Block(height + above, draw, phase.number, heads=True, opens=True)


def empty_table(setting: Setting) -> Block:
    """Return the line that a plan without To Dos shows."""

    def draw(pen: Pen, top: float) -> None:
        at = (setting.start + 3, top + setting.type.leading + 6)
        pen.text(at, setting.words.word("nothing"), setting.type.ink(Tone.MUTED))

    return Block(setting.type.leading + 12, draw)


def _row(row: RowFacts, phase: PhaseFacts, columns: Columns, setting: Setting) -> Block:
    size = setting.type
    title = wrapped(row.title, columns.title.width / size.body, most=_TITLE_LINES)
    remark = _remark(row, title[-1], columns, setting)
    cells = [(column, _cell(row, column, setting)) for column in columns.cells]
    below = 1 if remark and not remark.beside else 0
    most = max(len(title) + below, *(len(lines) for _, lines in cells))
    height = most * size.leading + 2 * size.pad

    def draw(pen: Pen, top: float) -> None:
        base = top + size.pad + size.body * 0.98
        _marks(pen, row, base, columns, setting)
        tone = Tone.FAINT if row.state is ToDoState.DROPPED else Tone.INK
        _lines(pen, (columns.title.x, base), title, size.ink(tone), size)
        if remark:
            down = (len(title) - 1 + below) * size.leading
            pen.text((columns.title.x + remark.beside, base + down), remark.text, remark.ink)
        for column, lines in cells:
            _lines(pen, (column.x, base), lines, _cell_ink(row, column, setting), size)
        pen.rule((setting.start, top + height), setting.width)

    last = row is phase.rows[-1] and bool(phase.milestone)
    return Block(height, draw, phase.number, heads=last)


@dataclass(frozen=True, slots=True)
class _Remark:
    """Small words after a title, or in a line of their own (`beside` is 0)."""

    text: str
    ink: Ink
    beside: float = 0.0


def _remark(row: RowFacts, last: str, columns: Columns, setting: Setting) -> _Remark | None:
    size = setting.type
    mark = setting.words.word("internal_mark") if row.internal else ""
    text = " · ".join(filter(None, (row.hours, mark)))
    if not text:
        return None
    ink = Ink(size.small * 1.04, Tone.MUTED)
    beside = size.ink().width(last) + size.body * 0.7
    if beside + ink.width(text) <= columns.title.width:
        return _Remark(text, ink, beside)
    return _Remark(fitted(text, columns.title.width / ink.size), ink)


def _marks(pen: Pen, row: RowFacts, base: float, columns: Columns, setting: Setting) -> None:
    size = setting.type
    side = size.body * _SHAPE
    draw_state(pen, row.state, (columns.shape, base - side * 0.93), side)
    pen.text((columns.number, base), str(row.n), size.ink(Tone.MUTED), Side.END)
    if row.changed:
        height = size.body
        pen.area((setting.start - 4.5, base - height * 0.86), (1.8, height), Tone.ACCENT)


def _cell(row: RowFacts, column: Column, setting: Setting) -> list[str]:
    text = setting.cells.row(row.n)[column.key]
    # What was measured for the column fits into it, whatever rounding says.
    room = column.width / setting.type.body + 0.001
    return wrapped(text, room, most=_CELL_LINES)


def _cell_ink(row: RowFacts, column: Column, setting: Setting) -> Ink:
    size, late = setting.type, row.late(setting.today)
    if column.key in {"due", "state"} and late:
        return size.ink(Tone.WARN, bold=False)
    if row.state in {ToDoState.WAITING, ToDoState.DROPPED} or column.key == "with":
        return size.ink(Tone.MUTED)
    return size.ink()


def _milestone(phase: PhaseFacts, columns: Columns, setting: Setting) -> Block:
    size = setting.type
    ink = size.ink(bold=True)
    due, state = columns.cell("due"), columns.cell("state")
    # The title may run through the columns of names, which a milestone does not fill.
    end = due.x - _GAP if due and phase.milestone_due else (state or columns.title).x - _GAP
    room = max(columns.title.width, end - columns.title.x)
    title = wrapped(phase.milestone, room / size.body, bold=True, most=6)
    day, reached = setting.cells.stone(phase.number)
    lines = wrapped(reached, state.width / size.body + 0.001) if state else [reached]
    height = max(len(title), len(lines)) * size.leading + 2 * size.pad + 0.8

    def draw(pen: Pen, top: float) -> None:
        base = top + size.pad + size.body * 0.98
        side = size.body * _SHAPE * 1.15
        at = (columns.shape - side * 0.07, base - side * 0.86)
        draw_milestone(pen, at, side, reached=bool(phase.reached_on))
        _lines(pen, (columns.title.x, base), title, ink, size)
        if due and phase.milestone_due:
            days = wrapped(day, due.width / size.body + 0.001)
            _lines(pen, (due.x, base), days, size.ink(), size)
        if state:
            _lines(pen, (state.x, base), lines, size.ink(Tone.ACCENT), size)
        pen.rule((setting.start, top + height), setting.width, Tone.ACCENT, 0.9)

    return Block(height, draw, phase.number)


def _lines(pen: Pen, at: tuple[float, float], lines: Iterable[str], ink: Ink, size: Type) -> None:
    for index, line in enumerate(lines):
        pen.text((at[0], at[1] + index * size.leading), line, ink)
