"""How a plan is set: which size, and what stands on which page.

The largest size at which everything fits on one page is taken. A plan too long for that is
set in a comfortable size over as many pages as it needs: a heading never stands alone at the
end of a page, and a page that goes on with a phase says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mailflow.writing.page_cells import Cells
from mailflow.writing.page_facts import PageFacts
from mailflow.writing.page_frame import (
    context_block,
    draw_stamp,
    foot_block,
    further_head,
    page_head,
)
from mailflow.writing.page_pen import Pen, Point
from mailflow.writing.page_table import (
    Block,
    Columns,
    Setting,
    Type,
    columns_for,
    empty_table,
    phase_head,
    table_blocks,
    table_head,
)
from mailflow.writing.page_words import PageWords

A4: Point = (595.28, 841.89)
LETTER: Point = (612.0, 792.0)
_LETTER_COUNTRIES = frozenset(
    {"US", "CA", "MX", "CL", "CO", "CR", "DO", "GT", "HN", "NI", "PA", "PH", "PR", "SV", "VE"}
)

_SIDE, _TOP, _BOTTOM, _STAMP = 38.0, 34.0, 46.0, 28.0
_ONE_PAGE = (0.76, 0.79, 0.82, 0.86, 0.9, 0.95, 1.0, 1.04)
"""Sizes a single page may have, the smallest (7 points) still easy to read on paper."""

_MANY_PAGES = (0.95, 0.9, 0.86)
_ONE_PAGE_ROWS, _MANY_ROWS = 60, 120
"""No page holds so many rows; and from so many on one size is tried rather than three."""

_COMFORT = 200.0
"""Points at the end of the first page without which the table begins on the second."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the pages carry besides the plan.

    Attributes:
        words: the language.
        today: the local day.
        provider: name of whoever runs the plan, drawable.
        stamp: when the page was made.
        size: of the paper, in points.
    """

    words: PageWords
    today: date
    provider: str
    stamp: str
    size: Point


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page: blocks and where their upper edges are."""

    placed: tuple[tuple[float, Block], ...]


def paper_for(country: str) -> Point:
    """Return the usual size of paper in a country, in points."""
    return LETTER if country.upper() in _LETTER_COUNTRIES else A4


def draw_pages(pen: Pen, facts: PageFacts, edition: Edition) -> None:
    """Draw all pages of a plan."""
    setting, sheets = _set(facts, edition)
    words = edition.words
    for number, sheet in enumerate(sheets, start=1):
        for y, block in sheet.placed:
            block.draw(pen, y)
        page = words.word("page", page=number, pages=len(sheets))
        mark = f"{facts.code} · {facts.fingerprint} · {page}"
        draw_stamp(pen, setting, edition.stamp, mark, edition.size[1] - _STAMP)
        pen.turn_page()


def _set(facts: PageFacts, edition: Edition) -> tuple[Setting, list[_Sheet]]:
    base = Setting(
        words=edition.words,
        cells=Cells(facts, edition.words, edition.today),
        type=Type.of(1.0),
        today=edition.today,
        start=_SIDE,
        width=edition.size[0] - 2 * _SIDE,
    )
    count = sum(1 for _ in facts.rows())
    low, high = 0, len(_ONE_PAGE) if count <= _ONE_PAGE_ROWS else 0
    best: tuple[Setting, list[_Sheet]] | None = None
    while low < high:
        middle = (low + high) // 2
        setting = replace(base, type=Type.of(_ONE_PAGE[middle]))
        sheets = _sheets(facts, setting, edition)
        if len(sheets) == 1:
            best, low = (setting, sheets), middle + 1
        else:
            high = middle
    return best or _over_pages(facts, base, edition)


def _over_pages(facts: PageFacts, base: Setting, edition: Edition) -> tuple[Setting, list[_Sheet]]:
    count = sum(1 for _ in facts.rows())
    # Whether a long plan has nine pages or ten is not worth setting it twice.
    scales = _MANY_PAGES if count <= _MANY_ROWS else _MANY_PAGES[-2:-1]
    settings = [replace(base, type=Type.of(scale)) for scale in scales]
    tries = [(setting, _sheets(facts, setting, edition)) for setting in settings]
    return min(tries, key=lambda tried: len(tried[1]))


def _sheets(facts: PageFacts, setting: Setting, edition: Edition) -> list[_Sheet]:
    columns = columns_for(facts, setting)
    flow = _Flow(facts, setting, columns, edition.size[1] - _BOTTOM)
    flow.put(page_head(facts, setting, edition.provider))
    flow.put(context_block(facts, setting))
    if not flow.room(_COMFORT) and len(tuple(facts.rows())) > 1:
        flow.new_page()
    blocks = list(table_blocks(facts, columns, setting)) or [empty_table(setting)]
    flow.put(table_head(columns, setting))
    foot = foot_block(facts, setting)
    for block, need in _needs(blocks, foot):
        flow.flow(block, need)
    flow.close(foot)
    return flow.sheets


def _needs(blocks: list[Block], foot: Block) -> Iterator[tuple[Block, float]]:
    """Yield each block with the room it asks for, what must stand below it included."""
    for index, block in enumerate(blocks):
        need = block.height
        follower = index + 1
        while follower < len(blocks) and blocks[follower - 1].heads:
            need += blocks[follower].height
            follower += 1
        # The last block takes the foot along, so that the foot never stands alone.
        yield block, need + (foot.height if follower >= len(blocks) else 0.0)


class _Flow:
    """Fills pages from top to bottom."""

    def __init__(self, facts: PageFacts, setting: Setting, columns: Columns, bottom: float) -> None:
        self._facts = facts
        self._setting = setting
        self._columns = columns
        self._bottom = bottom
        self._placed: list[tuple[float, Block]] = []
        self._y = _TOP
        self.sheets: list[_Sheet] = []

    def room(self, height: float) -> bool:
        return self._y + height <= self._bottom

    def put(self, block: Block) -> None:
        self._placed.append((self._y, block))
        self._y += block.height

    def flow(self, block: Block, need: float) -> None:
        """Place a block of the table, on a new page if what it needs does not fit."""
        if not self.room(need):
            self.new_page()
            self.put(table_head(self._columns, self._setting))
            if not block.opens and block.phase and self._facts.phases[0].title:
                phase = next(p for p in self._facts.phases if p.number == block.phase)
                self.put(phase_head(phase, self._columns, self._setting, continued=True))
        self.put(block)

    def new_page(self) -> None:
        self._finish()
        self.put(further_head(self._facts, self._setting))

    def close(self, foot: Block) -> None:
        """Place the foot at the bottom of the last page."""
        if not self.room(foot.height):
            self.new_page()
        self._placed.append((self._bottom - foot.height, foot))
        self._finish()

    def _finish(self) -> None:
        self.sheets.append(_Sheet(tuple(self._placed)))
        self._placed = []
        self._y = _TOP
