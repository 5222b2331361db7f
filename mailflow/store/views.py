"""What stands in the database, for the command line: read only, and quick to start.

These are plain questions to SQLite, because a command that only looks must not wait for the
libraries that writing needs. Each function yields one row as its JSON object has it.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from mailflow.domain.ids import todo_ref
from mailflow.domain.plan import PlanState
from mailflow.store.revision import BUSY_SECONDS, DATABASE, HEAD, NewerDatabase, NoDatabase


class ToDoLine(TypedDict):
    """One line of `mailflow todos`; dates are ISO 8601."""

    ref: str
    plan: str
    phase: str
    title: str
    kind: str
    state: str
    responsible: str | None
    due: str | None
    promised: str | None


class OutboxLine(TypedDict):
    """One line of `mailflow outbox`; `reason` is the server's last word."""

    id: int
    message_id: str
    to: str
    kind: str
    state: str
    due_at: str
    attempts: int
    reason: str | None


class HeldLine(TypedDict):
    """One line of `mailflow held`."""

    id: int
    message_id: str | None
    reason: str | None


class HistoryLine(TypedDict):
    """One line of `mailflow history`; `evidence` are the words that decided."""

    seq: int
    at: str
    event: str
    plan: str | None
    todo: str | None
    person: str | None
    message_id: str | None
    before: str
    after: str
    evidence: str
    hash: str


class PlanLine(TypedDict):
    """One line of `mailflow plans`; `done` of `todos` To Dos, dropped ones not counted."""

    id: int
    code: str
    title: str
    client: str
    state: str
    done: int
    todos: int


class PersonLine(TypedDict):
    """One line of `mailflow people`."""

    id: int
    name: str
    address: str | None
    role: str
    language: str
    stopped: bool
    undeliverable: list[str]


class StatusCounts(TypedDict):
    """What `mailflow status` tells: rows by state, open troubles, and why where that is known."""

    inbox: dict[str, int]
    outbox: dict[str, int]
    plans: dict[str, int]
    incidents: list[str]
    reasons: dict[str, str]
    oldest_waiting: str | None
    live: bool


@contextmanager
def looking(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database in the state folder for looking only.

    Raises:
        NoDatabase: there is none, or an older mailflow wrote it and no daemon ran since.
        NewerDatabase: a newer mailflow wrote it.
    """
    path = folder / DATABASE
    if not path.is_file():
        msg = f"There is no database in {folder} yet: nothing has been received or sent."
        raise NoDatabase(msg)
    uri = f"{path.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        _check_revision(connection)
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()


def todos(connection: sqlite3.Connection, plan: str | None = None) -> Iterator[ToDoLine]:
    """Yield every To Do in the order of the pages, of one plan if its code is given."""
    rows = connection.execute(
        "SELECT p.code, t.n, h.title, t.title, t.kind, t.state, t.responsible, t.due, "
        "t.promised_until FROM plan p JOIN todo t ON t.plan = p.id "
        "JOIN phase h ON h.plan = p.id AND h.number = t.phase "
        "WHERE p.id BETWEEN ? AND ? ORDER BY p.id, t.phase, t.position",
        _plan_range(connection, plan),
    )
    names = _addresses(connection)
    for code, n, phase, title, kind, state, person, due, promised in rows:
        yield ToDoLine(
            ref=todo_ref(code, n),
            plan=code,
            phase=phase,
            title=title,
            kind=kind,
            state=state,
            responsible=names.get(person),
            due=due,
            promised=promised,
        )


def outbox(connection: sqlite3.Connection) -> Iterator[OutboxLine]:
    """Yield every letter of the outbox, oldest first."""
    rows = connection.execute(
        "SELECT o.id, l.message_id, l.address, l.kind, o.state, o.due_at, o.attempts, o.reason "
        "FROM outbox o JOIN letter l ON l.id = o.letter ORDER BY o.id"
    )
    for number, message_id, to, kind, state, due_at, attempts, reason in rows:
        yield OutboxLine(
            id=number,
            message_id=message_id,
            to=to,
            kind=kind,
            state=state,
            due_at=due_at,
            attempts=attempts,
            reason=reason,
        )


def held(connection: sqlite3.Connection) -> Iterator[HeldLine]:
    """Yield the mails that were set aside for a person, oldest first."""
    rows = connection.execute(
        "SELECT id, message_id, reason FROM inbox WHERE state = 'held' ORDER BY id"
    )
    for number, message_id, reason in rows:
        yield HeldLine(id=number, message_id=message_id, reason=reason)


def history(
    connection: sqlite3.Connection, plan: str | None = None, n: int | None = None
) -> Iterator[HistoryLine]:
    """Yield what happened, oldest first; of one plan, or one To Do of it, if named."""
    rows = connection.execute(
        "SELECT j.seq, j.at, j.event, p.code, j.todo, j.by_person, m.message_id, j.before, "
        "j.after, w.words, w.erased_at, j.hash FROM journal j "
        "LEFT JOIN payload w ON w.seq = j.seq LEFT JOIN plan p ON p.id = j.plan "
        "LEFT JOIN inbox m ON m.id = j.cause "
        "WHERE j.plan BETWEEN ? AND ? AND (? IS NULL OR j.todo = ?) ORDER BY j.seq",
        (*_plan_range(connection, plan), n, n),
    )
    names = _addresses(connection)
    for seq, at, event, code, todo, person, message_id, before, after, words, erased, end in rows:
        told = json.loads(words) if words else {}
        yield HistoryLine(
            seq=seq,
            at=at,
            event=event,
            plan=code,
            todo=None if todo is None or code is None else todo_ref(code, todo),
            person=names.get(person),
            message_id=message_id,
            before=before or _spoken(told, "before"),
            after=after or _spoken(told, "after"),
            evidence=f"erased on {erased[:10]}" if erased else "; ".join(told.get("evidence", ())),
            hash=end,
        )


def plans(connection: sqlite3.Connection, *states: str) -> Iterator[PlanLine]:
    """Yield the plans in these states (all, if none is named), by number."""
    wanted = json.dumps(states or tuple(PlanState))
    rows = connection.execute(
        "SELECT p.id, p.code, p.title, p.client_name, p.state, "
        "(SELECT count(*) FROM todo t WHERE t.plan = p.id AND t.state = 'done'), "
        "(SELECT count(*) FROM todo t WHERE t.plan = p.id AND t.state <> 'dropped') "
        "FROM plan p WHERE p.state IN (SELECT value FROM json_each(?)) ORDER BY p.id",
        (wanted,),
    )
    for number, code, title, client, state, done, counted in rows:
        yield PlanLine(
            id=number,
            code=code,
            title=title,
            client=client,
            state=state,
            done=done,
            todos=counted,
        )


def people(connection: sqlite3.Connection) -> Iterator[PersonLine]:
    """Yield everybody who is known, by number."""
    rows = connection.execute(
        "SELECT id, name, addresses, role, language, stopped, undeliverable FROM person ORDER BY id"
    )
    for number, name, addresses, role, language, stopped, undeliverable in rows:
        yield PersonLine(
            id=number,
            name=name,
            address=next(iter(json.loads(addresses)), None),
            role=role,
            language=language,
            stopped=bool(stopped),
            undeliverable=json.loads(undeliverable) if undeliverable else [],
        )


def status(connection: sqlite3.Connection) -> StatusCounts:
    """Count what waits and what troubles; nothing here walks through what is finished."""
    incidents = connection.execute(
        "SELECT key FROM incident WHERE closed_at IS NULL ORDER BY key"
    ).fetchall()
    oldest = connection.execute(
        "SELECT received_at FROM inbox WHERE state IN ('received', 'claimed') ORDER BY id LIMIT 1"
    ).fetchone()
    reasons = connection.execute(
        "SELECT substr(name, 9), value FROM setting WHERE name >= 'trouble ' AND name < 'trouble!'"
    ).fetchall()
    live = connection.execute("SELECT value FROM setting WHERE name = 'live'").fetchone()
    return StatusCounts(
        inbox=dict(connection.execute(INBOX_COUNTS).fetchall()),
        outbox=dict(connection.execute(OUTBOX_COUNTS).fetchall()),
        plans=dict(
            connection.execute("SELECT state, count(*) FROM plan GROUP BY state").fetchall()
        ),
        incidents=[key for (key,) in incidents],
        reasons={key: why for key, why in reasons if (key,) in incidents},
        oldest_waiting=oldest[0] if oldest else None,
        live=bool(live and live[0]),
    )


INBOX_COUNTS = """
    SELECT state, count(*) FROM inbox WHERE state IN ('received', 'claimed')
    GROUP BY state UNION ALL
    SELECT 'held', count(*) FROM inbox WHERE state = 'held'
"""
OUTBOX_COUNTS = """
    SELECT state, count(*) FROM outbox WHERE state IN ('queued', 'trying', 'retry', 'unknown')
    GROUP BY state UNION ALL
    SELECT state, count(*) FROM outbox WHERE state IN ('awaiting approval', 'refused')
    AND NOT (state = 'refused' AND EXISTS (
        SELECT 1 FROM letter l JOIN letter later ON later.person = l.person AND later.id > l.id
        JOIN outbox o ON o.id = later.outbox
        WHERE l.id = outbox.letter AND o.state = 'sent'
    ))
    GROUP BY state
"""


def _plan_range(connection: sqlite3.Connection, code: str | None) -> tuple[int, int]:
    """Return the plan numbers from and to, both the same for one code; none is numbered -1."""
    if code is None:
        return 0, 2**62
    row = connection.execute("SELECT id FROM plan WHERE code_key = ?", (code.casefold(),))
    found = (row.fetchone() or (-1,))[0]
    return found, found


def _addresses(connection: sqlite3.Connection) -> dict[int, str]:
    """Return how people are called in lists: by their address, or their name without one."""
    rows = connection.execute("SELECT id, addresses, name FROM person")
    return {number: next(iter(json.loads(known)), name) for number, known, name in rows}


def _spoken(told: dict[str, object], which: str) -> str:
    """Return a value before or after that stands among the words; "" where there is none."""
    event = told.get("event")
    value = event.get(which) if isinstance(event, dict) else None
    return value if isinstance(value, str) else ""


def _check_revision(connection: sqlite3.Connection) -> None:
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        found = None
    if found is None or found[0] < HEAD:
        msg = "The database was written by an older mailflow: run `mailflow run --once` first."
        raise NoDatabase(msg)
    if found[0] > HEAD:
        raise NewerDatabase
