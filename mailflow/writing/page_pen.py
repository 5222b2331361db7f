"""The pen that draws a page: lines of text, rules and areas, in reading direction.

Distances are points. `x` counts from the side where reading starts and `y` from the top, so
that a page that runs from right to left is the same drawing in a mirror, its letters
excepted. Text never passes through reportlab's markup: it becomes glyph numbers here, and
nothing in it can mean anything to a program that shows the page (ISO 32000-1 section 9.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mailflow.writing.page_fonts import BOLD, PageFont, glyphs
from mailflow.writing.page_text import spoken, visual

Point = tuple[float, float]


class Tone(StrEnum):
    """The few colours of the page; each is told apart in grey, and none is needed to read it."""

    INK = "0.11 0.13 0.16"
    MUTED = "0.38 0.41 0.45"
    FAINT = "0.55 0.58 0.62"
    HAIR = "0.80 0.82 0.85"
    TINT = "0.945 0.953 0.961"
    ACCENT = "0.05 0.31 0.40"
    WARN = "0.60 0.18 0.07"
    PAPER = "1 1 1"


class Side(Enum):
    """Which end of a text `x` is; in reading direction."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text looks; `spacing` is between letters, in ems."""

    size: float
    tone: Tone = Tone.INK
    bold: bool = False
    spacing: float = 0.0

    def width(self, text: str) -> float:
        """Return how wide a text is in points."""
        return (glyphs(bold=self.bold).measure(text) + self.spacing * len(text)) * self.size


class Pen:
    """Draws on one canvas; `turn_page` begins the next page."""

    def __init__(self, canvas: Canvas, size: Point, *, rtl: bool) -> None:
        self._canvas = canvas
        self._document: Any = canvas._doc  # noqa: SLF001 - fonts are embedded per document
        self.width, self.height = size
        self.rtl = rtl
        self._code: list[str] = []
        self._marks = 0

    def text(self, at: Point, text: str, ink: Ink, side: Side = Side.START) -> None:
        """Draw one cleaned line with its baseline at `at`."""
        if not text:
            return
        line = visual(text, rtl=self.rtl)
        x = at[0]
        if side is Side.END:
            x -= ink.width(line)
        if self.rtl:
            # The blank after a cell keeps it apart from the next when the page is read aloud.
            line = f" {line}"
            x = self.width - x - ink.width(line)
        code = self._code
        code.append(f"BT {ink.tone} rg 1 0 0 1 {x:.2f} {self.height - at[1]:.2f} Tm")
        if ink.spacing:
            code.append(f"{ink.spacing * ink.size:.3f} Tc")
        for font, part in glyphs(bold=ink.bold).runs(line):
            self._run(font, part, ink)
        code.append("0 Tc ET" if ink.spacing else "ET")

    def _run(self, font: PageFont, text: str, ink: Ink) -> None:
        code = self._code
        thin = ink.bold and font.fontName != BOLD
        if thin:  # the fallback fonts have one weight; an outline thickens it
            code.append(f"2 Tr {ink.tone} RG {ink.size * 0.035:.3f} w")
        for name, codes in font.encoded(text, self._document):
            code.append(f"{name} {ink.size:.2f} Tf <{codes}> Tj")
        if thin:
            code.append("0 Tr")

    def rule(self, at: Point, length: float, tone: Tone = Tone.HAIR, weight: float = 0.5) -> None:
        """Draw a horizontal line that starts at `at`."""
        self.line(((at[0], at[1]), (at[0] + length, at[1])), tone, weight)

    def area(self, at: Point, size: Point, tone: Tone) -> None:
        """Fill a rectangle whose upper starting corner is `at`."""
        x = self.width - at[0] - size[0] if self.rtl else at[0]
        y = self.height - at[1] - size[1]
        self._code.append(f"{tone} rg {x:.2f} {y:.2f} {size[0]:.2f} {size[1]:.2f} re f")

    def line(
        self, points: Sequence[Point], tone: Tone, weight: float, dash: str = "", fill: str = "S"
    ) -> None:
        """Draw through points; `dash` as in `1 1`, `fill` is the painting operator."""
        path = " ".join(
            f"{self._x(x):.2f} {self.height - y:.2f} {'l' if index else 'm'}"
            for index, (x, y) in enumerate(points)
        )
        dashes = (f"[{dash}] 0 d ", " [] 0 d") if dash else ("", "")
        self._code.append(f"{tone} RG {tone} rg {weight:.2f} w {dashes[0]}{path} {fill}{dashes[1]}")

    def bookmark(self, title: str, y: float, level: int) -> None:
        """Name a place in the outline that programs show beside the page."""
        self._marks += 1
        key = f"mark-{self._marks}"
        self._canvas.bookmarkHorizontalAbsolute(key, self.height - y)
        self._canvas.addOutlineEntry(spoken(title), key, level)

    def turn_page(self) -> None:
        """Finish this page."""
        self._canvas.addLiteral("\n".join(self._code))
        self._code.clear()
        self._canvas.showPage()

    def _x(self, x: float) -> float:
        return self.width - x if self.rtl else x
