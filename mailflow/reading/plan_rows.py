"""Rows of a table, put into the outline of a plan."""

from collections.abc import Sequence

from mailflow.reading.plan_bullets import Opening, marked_heading, opening
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_parts import HeaderLine, Outline, RawToDo, header_name, milestone_text
from mailflow.reading.plan_tables import columns_of, is_rule, mapped, row_cells
from mailflow.reading.plan_vocabulary import all_words
from mailflow.reading.words import fold

_LONGEST_NUMBER = 5


class Rows:
    """Reads rows one after the other; remembers the columns and the phase they are in."""

    def __init__(self, found: Outline) -> None:
        """Fill this outline."""
        self.found = found
        self.columns: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.phase = ""
        self.last: HeaderLine | RawToDo | None = None

    def take(self, line: PlanLine) -> bool:
        """Put a row into the outline; return False where the line is none."""
        self.last = None
        cells = line.cells or row_cells(line.text)
        if not cells:
            self.columns = () if not line.cells else self.columns
            return False
        columns = columns_of(cells)
        if columns is not None:
            self.columns, self.names = columns, cells
            return True
        if is_rule(cells):
            return True
        if self.columns and (line.cells or line.text.startswith("|") or len(cells) > 1):
            self._mapped(line, mapped(self.columns, self.names, cells))
            return True
        if line.cells or line.text.startswith("|"):
            return self._free(line, [cell for cell in cells if cell])
        return False

    def _mapped(self, line: PlanLine, cells: dict[str, str]) -> None:
        title = cells.get("phase", "")
        if title and title != self.phase:
            self.phase = title
            self.found.add_phase(title, line)
        stone = _milestone(cells)
        heading = marked_heading(cells.get("todo", ""))
        opened = opening(cells.get("todo", ""))
        if stone is not None:
            self.found.add_milestone(line, stone)
        elif heading is not None:
            self.found.add_phase(heading.text, line, heading.level)
        elif opened.text.strip():
            label = _number(cells.get("number", "")) or opened.label
            self.last = self.found.add_todo(line, Opening(True, label, opened.text))  # noqa: FBT003 - a bullet
            self.last.cells = cells
        elif not title and any(cells.values()):
            self.found.strays.append(line)

    def _free(self, line: PlanLine, cells: Sequence[str]) -> bool:
        """Take a row that no column names explain."""
        if len(cells) < 2:
            return False
        key, values = cells[0].rstrip(": "), cells[1:]
        name = header_name(key)
        stone = milestone_text(cells[0])
        stone = "" if fold(key) in all_words("lines", "milestone") else stone
        if name is not None and not self.found.begun:
            self.last = self.found.add_header(name, key, ", ".join(values), line)
        elif stone is not None:
            self.found.add_milestone(line, " | ".join(filter(None, (stone, *values))))
        else:
            label = _number(cells[0])
            text = " | ".join(values if label is not None else cells)
            self.last = self.found.add_todo(line, Opening(True, label, text))  # noqa: FBT003 - a bullet
        return True


def _milestone(cells: dict[str, str]) -> str | None:
    title, when = cells.get("todo", ""), cells.get("when", "")
    stone = milestone_text(title)
    if stone is None and fold(cells.get("kind", "")) in all_words("lines", "milestone"):
        stone = title
    if stone is None and not title:
        stone = cells.get("milestone") or None
    return f"{stone} | {when}" if stone and when else stone


def _number(cell: str) -> int | None:
    digits = cell.strip(" .)#")
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else None
