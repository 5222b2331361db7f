"""Plans as tables: rows of a sheet, of a CSV file, of an HTML table, of "a | b | c" lines.

A first row of column names, in any language, says what the cells below it are. Without such a
row the first cell is the title, and the others tell by themselves what they are.
"""

from collections.abc import Sequence

from mailflow.reading.plan_vocabulary import LANGUAGES, meanings_in
from mailflow.reading.words import fold

_FEWEST_COLUMNS = 2


def row_cells(text: str) -> tuple[str, ...]:
    """Return the cells of a line with upright strokes, () for another line."""
    if "|" not in text:
        return ()
    body = text.strip()
    body = body.removeprefix("|")
    body = body.removesuffix("|")
    return tuple(cell.strip() for cell in body.split("|"))


def is_rule(cells: Sequence[str]) -> bool:
    """Return whether a row only draws the line below the column names."""
    return bool(cells) and all(cell and not cell.strip(":-= ") for cell in cells)


def columns_of(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what each column holds if a row names the columns of a plan, else None.

    A column of another name is called "other"; its cells become details.
    """
    keys = [" ".join(fold(cell).strip(" *_:.?").split()) for cell in cells]
    best: tuple[str, ...] = ()
    for language in LANGUAGES:
        words = meanings_in(language, "columns")
        named = tuple(words.get(key, "other") if key else "" for key in keys)
        if _known(named) > _known(best):
            best = named
    if _known(best) < _FEWEST_COLUMNS or "todo" not in best:
        return None
    return _once(best)


def _known(columns: Sequence[str]) -> int:
    return len({column for column in columns if column not in ("other", "")})


def _once(columns: Sequence[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    named: list[str] = []
    for column in columns:
        named.append("other" if column in seen else column)
        seen.add(column if column not in ("other", "") else "")
    return tuple(named)


def mapped(columns: Sequence[str], names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by what they hold; cells of other columns join the details.

    Args:
        columns: as `columns_of` says.
        names: the column names as they were typed.
        cells: of one row; missing ones are empty, surplus ones are details.
    """
    found: dict[str, str] = {}
    more: list[str] = []
    for at, cell in enumerate(cells):
        column = columns[at] if at < len(columns) else "other"
        if column in ("other", ""):
            name = names[at] if at < len(names) else ""
            more += [f"{name}: {cell}" if name else cell] if cell else []
        else:
            found[column] = cell
    if more:
        found["details"] = "\n".join(filter(None, (found.get("details", ""), *more)))
    return found
