"""The same views as by mail, in the terminal: status, plans, todos, outbox, held, history."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from mailflow.config import Config
from mailflow.store import views as rows_of

_ROWS: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "plans": rows_of.plans,
    "todos": rows_of.todos,
    "people": rows_of.people,
    "outbox": rows_of.outbox,
    "held": rows_of.held,
    "history": rows_of.history,
}
_EMPTY = {
    "plans": "No plan yet: mail one to the bot.",
    "todos": "No To Do yet.",
    "people": "Nobody is known yet.",
    "outbox": "Nothing was written yet.",
    "held": "No mail is held.",
    "history": "Nothing has happened yet.",
}
_COLUMNS = {
    "todos": ("ref", "title", "kind", "state", "responsible", "due", "promised"),
    "outbox": ("id", "to", "kind", "state", "due_at", "attempts", "reason"),
    "history": ("at", "event", "plan", "todo", "person", "before", "after", "evidence"),
}
"""What people are shown; the JSON form has everything."""

_NARROWEST = 124
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:")
_WORRIES = ("held", "refused", "unknown", "awaiting approval")
"""States that wait for a person."""


def show(name: str, config: Config, *, as_json: bool) -> None:
    """Print one view, as a table for people or as one JSON object a line."""
    with rows_of.looking(config.state.folder) as connection:
        rows = _ROWS[name](connection)
        if as_json:
            for row in rows:
                print_line(json.dumps(row, ensure_ascii=False))
            return
        listed = list(rows)
    if not listed:
        print_line(_EMPTY[name])
        return
    columns = _COLUMNS.get(name) or tuple(listed[0])
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in listed:
        table.add_row(*(_cell(row[column]) for column in columns))
    console = Console()
    Console(width=max(console.width, _NARROWEST)).print(table)


def _cell(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    words = str(value)
    # An instant is told to the minute; the JSON form has it whole.
    return words[:16].replace("T", " ") if _INSTANT.match(words) else words


def show_status(config: Config, *, as_json: bool) -> int:
    """Print what runs and waits; returns 1 when something needs a person."""
    with rows_of.looking(config.state.folder) as connection:
        counts = rows_of.status(connection)
    live = counts["live"] or config.mode.live
    worries = {
        state: count
        for states in (counts["inbox"], counts["outbox"])
        for state, count in states.items()
        if state in _WORRIES and count
    }
    troubled = bool(worries or counts["incidents"])
    if as_json:
        print_line(json.dumps({**counts, "live": live, "needs_a_person": troubled}))
        return int(troubled)
    print_line("mode      " + ("live" if live else "shadow: letters to clients wait for your ok"))
    for name in ("plans", "inbox", "outbox"):
        found = counts[name]
        words = ", ".join(f"{count} {state}" for state, count in found.items() if count)
        print_line(f"{name:<9} {words or 'nothing waits'}")
    for incident in counts["incidents"]:
        reason = counts["reasons"].get(incident, "")
        print_line(f"trouble   {incident}" + (f": {reason}" if reason else ""))
    if worries:
        print_line("look at   " + ", ".join(f"{count} {state}" for state, count in worries.items()))
    return int(troubled)


def check(config: Config) -> int:
    """Say whether the settings, the database and every journal chain are sound."""
    from mailflow.bootstrap import open_store

    store = open_store(config)
    try:
        problems = store.verify().problems
    finally:
        store.close()
    for problem in problems:
        print_line(problem)
    print_line("settings, database and journal are sound" if not problems else "see above")
    return int(bool(problems))


def print_line(words: str) -> None:
    """Print one line to standard output."""
    Console(soft_wrap=True, markup=False, highlight=False, emoji=False).print(words)
