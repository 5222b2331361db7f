"""What stands around the table: head, context, what changed, how to answer, stamp."""

from collections.abc import Sequence

from mailflow.domain.plan import PlanState
from mailflow.domain.worktime import local_day
from mailflow.writing.page_facts import PageFacts
from mailflow.writing.page_pen import Ink, Pen, Point, Side, Tone
from mailflow.writing.page_shapes import draw_progress, draw_state
from mailflow.writing.page_table import Block, Setting
from mailflow.writing.page_text import fitted, wrapped

_GAP = 22.0
_BAR = (110.0, 5.0)
_TITLE_SIZES = ((40, 20.0), (80, 17.0), (1000, 14.0))
"""Up to so many characters a title has so many points."""

_SINCE_MOST = 6
_SHOWN_STATES = frozenset(
    {
        PlanState.DRAFT,
        PlanState.PROPOSED,
        PlanState.PAUSED,
        PlanState.FINISHED,
        PlanState.CANCELLED,
    }
)
"""States that a reader must not miss; that a plan runs is what she expects."""


def page_head(facts: PageFacts, setting: Setting, provider: str) -> Block:
    """Return the head of the first page: whose plan, what, when, how far."""
    words = setting.words
    size = next(points for most, points in _TITLE_SIZES if len(facts.title) <= most)
    title = Ink(size, bold=True)
    lines = wrapped(facts.title, setting.width / size, bold=True, most=5)
    over = Ink(8.2, Tone.ACCENT, bold=True, spacing=0.01)
    above = _over_line(facts, setting, provider, over)
    first = 11.5 + size * 1.15
    below = first + (len(lines) - 1) * size * 1.2 + 18
    end = setting.start + setting.width

    def draw(pen: Pen, top: float) -> None:
        pen.bookmark(facts.title, top, 0)
        pen.text((setting.start, top + 8), above, over)
        pen.text((end, top + 8), provider, Ink(8.2, Tone.MUTED), Side.END)
        for index, line in enumerate(lines):
            pen.text((setting.start, top + first + index * size * 1.2), line, title)
        text = words.word("of_done", done=facts.progress[0], all=facts.progress[1])
        ink = Ink(8.6, bold=True)
        bar = end - ink.width(text) - 8 - _BAR[0]
        _meta(pen, (setting.start, top + below), bar - 14, facts, setting)
        pen.text((end, top + below), text, ink, Side.END)
        draw_progress(pen, (bar, top + below - _BAR[1] - 0.4), _BAR, facts.progress)
        pen.rule((setting.start, top + below + 8), setting.width, Tone.INK, 1.1)

    return Block(below + 9, draw)


def further_head(facts: PageFacts, setting: Setting) -> Block:
    """Return the head of every further page: the same, in one line."""
    ink = Ink(10.5, bold=True)
    mark = Ink(8.2, Tone.ACCENT, bold=True)
    tag = " · ".join(filter(None, (facts.client, facts.code)))
    tag = fitted(tag, setting.width * 0.4 / mark.size, bold=True)
    room = setting.width - mark.width(tag) - _GAP
    title = fitted(facts.title, room / ink.size, bold=True)

    def draw(pen: Pen, top: float) -> None:
        pen.text((setting.start, top + 10), title, ink)
        pen.text((setting.start + setting.width, top + 10), tag, mark, Side.END)
        pen.rule((setting.start, top + 16), setting.width, Tone.INK, 1.1)

    return Block(24, draw)


def context_block(facts: PageFacts, setting: Setting) -> Block:
    """Return goal and the like in a grid of two columns; what is empty leaves no hole."""
    size = max(7.4, 8.8 * min(1.0, setting.type.scale))
    cells = [*facts.context, *_people(facts, setting)]
    rows = [cells[:1]] if cells and cells[0][0] == "goal" else []
    rest = cells[len(rows) :]
    rows += [rest[at : at + 2] for at in range(0, len(rest), 2)]
    bands = [_Band(row, setting, size) for row in rows]
    height = sum(band.height for band in bands) + (13 if bands else 6)

    def draw(pen: Pen, top: float) -> None:
        y = top + 6
        for band in bands:
            band.draw(pen, y)
            y += band.height

    return Block(height, draw)


class _Band:
    """One row of the context grid."""

    def __init__(self, cells: Sequence[tuple[str, str]], setting: Setting, size: float) -> None:
        self._setting = setting
        self._size = size
        self._leading = size * 1.3
        width = setting.width if len(cells) == 1 else (setting.width - _GAP) / 2
        self._step = width + _GAP
        self._cells = [(key, wrapped(text, width / size)) for key, text in cells]
        lines = max(len(lines) for _, lines in self._cells)
        self.height = 10 + lines * self._leading + 4.5

    def draw(self, pen: Pen, top: float) -> None:
        label = Ink(6.6, Tone.MUTED, bold=True, spacing=0.03)
        ink = Ink(self._size)
        for index, (key, lines) in enumerate(self._cells):
            x = self._setting.start + index * self._step
            pen.text((x, top + 7), self._setting.words.word(key), label)
            for row, line in enumerate(lines):
                pen.text((x, top + 9.5 + self._size + row * self._leading), line, ink)


def foot_block(facts: PageFacts, setting: Setting) -> Block:
    """Return what changed since the reader's last copy, and how to answer."""
    changed = [row for row in facts.rows() if row.changed]
    size, leading = 8.0, 10.6
    half = (setting.width - _GAP) / 2
    width = half if changed else setting.width
    answer = wrapped(setting.words.word("answer_text"), width / size)
    shown = changed if len(changed) <= _SINCE_MOST else changed[: _SINCE_MOST - 1]
    since = len(shown) + (len(shown) < len(changed))
    height = 20 + max(len(answer), since) * leading
    label = Ink(6.6, Tone.MUTED, bold=True, spacing=0.03)
    ink = Ink(size)

    def draw(pen: Pen, top: float) -> None:
        x = setting.start
        pen.rule((x, top + 2), setting.width, Tone.MUTED, 0.7)
        if changed:
            pen.text((x, top + 13), setting.words.word("since"), label)
            for index, row in enumerate(shown):
                base = top + 24 + index * leading
                draw_state(pen, row.state, (x + 1, base - 6.3), 6.4)
                head, tail = f"{row.n} ", f" – {setting.cells.row(row.n)['state']}"
                room = (half - 14 - ink.width(head + tail)) / size
                line = f"{head}{fitted(row.title, max(4.0, room))}{tail}"
                pen.text((x + 13, base), fitted(line, (half - 13) / size), ink)
            if since > len(shown):
                more = setting.words.word("more", count=len(changed) - len(shown))
                at = (x + 13, top + 24 + len(shown) * leading)
                pen.text(at, more, Ink(size, Tone.MUTED))
            x += half + _GAP
        pen.text((x, top + 13), setting.words.word("answer"), label)
        for index, line in enumerate(answer):
            pen.text((x, top + 24 + index * leading), line, ink)

    return Block(height, draw)


def draw_stamp(pen: Pen, setting: Setting, stamp: str, mark: str, base: float) -> None:
    """Draw the last line of a page: when it was made, which copy, which page."""
    ink = Ink(7.2, Tone.MUTED)
    pen.text((setting.start, base), stamp, ink)
    pen.text((setting.start + setting.width, base), mark, ink, Side.END)


def _over_line(facts: PageFacts, setting: Setting, provider: str, ink: Ink) -> str:
    room = setting.width - ink.width(provider) - _GAP
    text = " · ".join(filter(None, (facts.client, facts.code)))
    return fitted(text, room / ink.size, bold=True)


def _meta(pen: Pen, at: Point, end: float, facts: PageFacts, setting: Setting) -> None:
    words, ink = setting.words, Ink(8.6)
    x = at[0]
    if facts.state in _SHOWN_STATES:
        badge = Ink(7.4, Tone.PAPER, bold=True)
        word = words.word(f"plan_states.{facts.state}")
        width = badge.width(word) + 10
        pen.area((x, at[1] - 9), (width, 12.4), Tone.ACCENT)
        pen.text((x + 5, at[1] - 0.4), word, badge)
        x += width + 8
    parts = [words.span(facts.start, facts.end)]
    if facts.agreed:
        day = words.short_day(local_day(facts.agreed[1], words.timezone), setting.today)
        parts.append(words.word("agreed", name=facts.agreed[0], day=day))
    line = " · ".join(filter(None, parts))
    pen.text((x, at[1]), fitted(line, (end - x) / ink.size), ink)


def _people(facts: PageFacts, setting: Setting) -> list[tuple[str, str]]:
    if not facts.people:
        return []
    words = setting.words
    named = tuple(f"{name} ({words.word(f'roles.{role}')})" for name, role in facts.people)
    return [("people", words.listed(named))]
