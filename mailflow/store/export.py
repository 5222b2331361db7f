"""Everything that is kept of a person, a client or a plan, as pieces for one archive.

Rows become JSON lines with the columns' own names, so that nothing is lost on the way and
each line can be counted; mails and letters are added as they came and went.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mailflow.store.blobs import Blobs

BACKUP = "backup "
"""What the name of a setting begins with that tells where a backup was put."""

Piece = tuple[str, bytes]
"""A name in the archive, and its content."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What somebody's words mean: these people and these plans.

    Attributes:
        title: how they are called.
        persons: their numbers.
        plans: numbers of plans.
    """

    title: str
    persons: tuple[int, ...] = ()
    plans: tuple[int, ...] = ()


def find(connection: sqlite3.Connection, words: str) -> Whose | None:
    """Return whom words mean: a plan's code, an address, a client's name, or a person's.

    A client is all its contacts and plans. None where nobody, or more than one, is called so.
    """
    key = words.strip().casefold()
    plan = connection.execute("SELECT id, title FROM plan WHERE code_key = ?", (key,)).fetchone()
    if plan is not None:
        return Whose(plan[1], plans=(plan[0],))
    rows = connection.execute("SELECT id, name, addresses FROM person").fetchall()
    for number, name, addresses in rows:
        if key in (one.casefold() for one in json.loads(addresses)):
            return Whose(name or words, persons=(number,))
    named = [number for number, name, _ in rows if name.casefold() == key]
    clients = connection.execute(
        "SELECT id, name, contacts FROM client WHERE name_key = ?", (key,)
    ).fetchall()
    if len(clients) == 1:
        return _client(connection, *clients[0])
    return Whose(words.strip(), persons=(named[0],)) if len(named) == 1 else None


def holds_provider(connection: sqlite3.Connection, whose: Whose) -> bool:
    """Return whether the provider is among the people that were meant."""
    marks = ",".join("?" * len(whose.persons))
    query = f"SELECT 1 FROM person WHERE role = 'provider' AND id IN ({marks})"  # noqa: S608 - only question marks are put in
    return connection.execute(query, whose.persons).fetchone() is not None


def copies(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return place and moment of the backups that are still where they were put."""
    rows = connection.execute(
        "SELECT substr(name, 8), value FROM setting WHERE name >= ? AND name < 'backup!'",
        (BACKUP,),
    ).fetchall()
    with suppress(OSError):
        return [(path, made) for path, made in rows if Path(path).exists()]
    return rows


def _client(connection: sqlite3.Connection, number: int, name: str, contacts: str | None) -> Whose:
    plans = connection.execute("SELECT id FROM plan WHERE client = ? ORDER BY id", (number,))
    persons = tuple(json.loads(contacts)) if contacts else ()
    return Whose(name, persons, tuple(plan for (plan,) in plans))


def pieces(connection: sqlite3.Connection, folder: Path, whose: Whose) -> Iterator[Piece]:
    """Yield everything that is kept of them; rows first, then mails, letters and documents."""
    marks = {"persons": json.dumps(whose.persons), "plans": json.dumps(whose.plans)}
    for name, statement in _MARKS:
        marks[name] = json.dumps([row[0] for row in connection.execute(statement, marks)])
    for name, statement in _TABLES:
        yield f"{name}.jsonl", _lines(connection.execute(statement, marks))
    blobs = Blobs(folder / "blobs")
    yield from _mails(connection, blobs, marks)
    for number, content in connection.execute(_SEALED, marks):
        yield f"letters/{number}.eml", content
    for sha256, name in connection.execute(_DOCUMENTS, marks):
        content = blobs.read(sha256)
        if content is not None:
            yield f"documents/{sha256[:12]}-{_plain(name)}", content


def _lines(rows: sqlite3.Cursor) -> bytes:
    columns = [column[0] for column in rows.description]
    objects = (dict(zip(columns, row, strict=True)) for row in rows)
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects).encode()


def _mails(connection: sqlite3.Connection, blobs: Blobs, marks: dict[str, str]) -> Iterator[Piece]:
    for number, blob, content in connection.execute(_RAW, marks):
        raw = blobs.read(blob) if blob else content
        if raw is not None:
            yield f"mails/{number}.eml", raw


def _plain(name: str) -> str:
    kept = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)[-_NAME_LENGTH:]
    return kept.strip(". ") or "document"


_NAME_LENGTH = 100
_MARKS = (
    ("mails", """SELECT id FROM inbox WHERE sender IN (SELECT value FROM json_each(:persons))
        UNION SELECT cause FROM journal
        WHERE plan IN (SELECT value FROM json_each(:plans)) AND cause IS NOT NULL"""),
    ("letters", """SELECT id FROM letter WHERE person IN (SELECT value FROM json_each(:persons))
        UNION SELECT letter FROM letter_item WHERE plan IN (SELECT value FROM json_each(:plans))
        UNION SELECT letter.id FROM letter, json_each(letter.plans) AS about
        WHERE about.value IN (SELECT value FROM json_each(:plans))"""),
    ("events", """SELECT seq FROM journal WHERE plan IN (SELECT value FROM json_each(:plans))
        OR by_person IN (SELECT value FROM json_each(:persons))
        OR cause IN (SELECT value FROM json_each(:mails))
        UNION SELECT journal.seq FROM journal JOIN payload ON payload.seq = journal.seq
        WHERE plan = 0 AND event IN ('person_added', 'person_changed') AND coalesce(
        json_extract(words, '$.event.person.id'), json_extract(words, '$.event.after.id'))
        IN (SELECT value FROM json_each(:persons))"""),
    ("todos", """SELECT plan || '-' || n FROM todo
        WHERE plan IN (SELECT value FROM json_each(:plans))
        OR responsible IN (SELECT value FROM json_each(:persons))
        UNION SELECT plan || '-' || n FROM helper
        WHERE person IN (SELECT value FROM json_each(:persons))"""),
)  # fmt: skip
"""What is theirs: ids that the statements below look up."""

_TABLES = (
    ("persons", "SELECT * FROM person WHERE id IN (SELECT value FROM json_each(:persons))"),
    ("plans", "SELECT * FROM plan WHERE id IN (SELECT value FROM json_each(:plans))"),
    ("phases", "SELECT * FROM phase WHERE plan IN (SELECT value FROM json_each(:plans))"),
    ("people_on_plans", """SELECT * FROM stakeholder
        WHERE plan IN (SELECT value FROM json_each(:plans))
        OR person IN (SELECT value FROM json_each(:persons))"""),
    ("todos", """SELECT p.code AS plan_code, t.* FROM todo t JOIN plan p ON p.id = t.plan
        WHERE t.plan || '-' || t.n IN (SELECT value FROM json_each(:todos))"""),
    ("proposals", """SELECT * FROM proposal WHERE plan IN (SELECT value FROM json_each(:plans))
        OR by_person IN (SELECT value FROM json_each(:persons))"""),
    ("calendar_entries", """SELECT * FROM entry
        WHERE plan IN (SELECT value FROM json_each(:plans))
        OR person IN (SELECT value FROM json_each(:persons))"""),
    ("history", """SELECT j.*, w.words, w.erased_at FROM journal j
        LEFT JOIN payload w ON w.seq = j.seq
        WHERE j.seq IN (SELECT value FROM json_each(:events)) ORDER BY j.seq"""),
    ("mails", """SELECT id, mailbox, folder, received_at, state, fate, message_id, sender,
        evidence, summary, reason, size FROM inbox
        WHERE id IN (SELECT value FROM json_each(:mails)) ORDER BY id"""),
    ("letters", """SELECT l.*, o.state, o.due_at, o.ended_at, o.reason FROM letter l
        JOIN outbox o ON o.id = l.outbox
        WHERE l.id IN (SELECT value FROM json_each(:letters)) ORDER BY l.id"""),
)  # fmt: skip
_RAW = """SELECT i.id, i.blob, r.content FROM inbox i LEFT JOIN raw r ON r.inbox = i.id
    WHERE i.id IN (SELECT value FROM json_each(:mails)) ORDER BY i.id"""
_SEALED = """SELECT l.id, s.content FROM letter l JOIN sealed s ON s.outbox = l.outbox
    WHERE l.id IN (SELECT value FROM json_each(:letters)) ORDER BY l.id"""
_DOCUMENTS = """SELECT DISTINCT json_extract(d.value, '$.sha256'), json_extract(d.value, '$.name')
    FROM todo t, json_each(t.documents) AS d
    WHERE t.plan || '-' || t.n IN (SELECT value FROM json_each(:todos))"""
