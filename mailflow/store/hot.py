"""Statements that are written in SQLAlchemy Core, compiled once, and run by the driver itself.

Core's own execution costs several times what SQLite needs for a look-up; here it is paid once
a statement. Values are passed in the order in which the SQL names them.
"""

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Table, bindparam, delete, insert, update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.expression import ClauseElement

from mailflow.store.failure import storage_failure

Row = tuple[Any, ...]


class Hot:
    """One statement and its text for each dialect it was used with.

    Args:
        clause: the statement, or what makes it for a dialect of that name.
    """

    __slots__ = ("_clause", "_texts")

    def __init__(self, clause: ClauseElement | Callable[[str], ClauseElement]) -> None:
        self._clause = clause
        self._texts: dict[str, str] = {}

    def text(self, dialect: Dialect) -> str:
        """Return the SQL with positional parameters."""
        known = self._texts.get(dialect.name)
        if known is None:
            clause = self._clause
            if not isinstance(clause, ClauseElement):
                clause = clause(dialect.name)
            known = self._texts[dialect.name] = _positional(clause, dialect)
        return known


class Desk:
    """One connection inside one transaction, at which hot statements run."""

    __slots__ = ("_cursor", "_dialect", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._dialect = connection.dialect
        self._cursor: DBAPICursor = connection.connection.cursor()

    def one(self, statement: Hot, *values: object) -> Row | None:
        """Return the first row, None where there is none."""
        self._execute(statement, values)
        row: Row | None = self._cursor.fetchone()
        return row

    def all(self, statement: Hot, *values: object) -> list[Row]:
        """Return all rows."""
        self._execute(statement, values)
        return list(self._cursor.fetchall())

    def scalar(self, statement: Hot, *values: object) -> Any:  # noqa: ANN401 - a column of any type
        """Return the first column of the first row, None where there is none."""
        row = self.one(statement, *values)
        return row[0] if row else None

    def run(self, statement: Hot, *values: object) -> int:
        """Do one change; returns how many rows it met."""
        self._execute(statement, values)
        return self._cursor.rowcount

    def many(self, statement: Hot, rows: Sequence[Sequence[object]]) -> None:
        """Do the same change for many rows."""
        if rows:
            try:
                self._cursor.executemany(statement.text(self._dialect), rows)
            except sqlite3.DatabaseError as error:
                raise (storage_failure(error) or error) from error

    def _execute(self, statement: Hot, values: Sequence[object]) -> None:
        try:
            self._cursor.execute(statement.text(self._dialect), values)
        except sqlite3.DatabaseError as error:
            raise (storage_failure(error) or error) from error


def inserting(table: Table) -> Hot:
    """Return the statement that adds a row; values in the order of the columns."""
    return Hot(insert(table).values(_values(table)))


def inserting_new(table: Table) -> Hot:
    """Return the same for a row that may be there already, which then stays as it is."""
    return Hot(lambda dialect: _insert(dialect, table).on_conflict_do_nothing())


def replacing(table: Table) -> Hot:
    """Return the statement that adds a row or puts it in place of the one with its key."""
    return Hot(lambda dialect: _replacing(dialect, table, None))


def replacing_later(table: Table, column: str) -> Hot:
    """Return the same where only a greater value in `column` gives way."""
    return Hot(lambda dialect: _replacing(dialect, table, column))


def _replacing(dialect: str, table: Table, later: str | None) -> ClauseElement:
    fresh = _insert(dialect, table)
    keys = [c.name for c in table.primary_key]
    clause: ClauseElement = fresh.on_conflict_do_update(
        index_elements=keys,
        set_={c.name: fresh.excluded[c.name] for c in table.columns if c.name not in keys},
        where=None if later is None else table.c[later] > fresh.excluded[later],
    )
    return clause


def _insert(dialect: str, table: Table) -> Any:  # noqa: ANN401 - each dialect has its own class
    """Return an insertion that knows ON CONFLICT; only the dialect in use is imported."""
    room = import_module(f"sqlalchemy.dialects.{dialect}")
    return room.insert(table).values(_values(table))


def updating(table: Table, *columns: str) -> Hot:
    """Return the statement that changes a row, or only these columns of it.

    The values come in the order of the table's columns, those of the key last.
    """
    keys = [c.name for c in table.primary_key]
    changed = columns or [c.name for c in table.columns if c.name not in keys]
    return Hot(
        update(table)
        .where(*(table.c[name] == bindparam(f"old_{name}") for name in keys))
        .values({name: bindparam(f"new_{name}") for name in changed})
    )


def for_update(row: Row, keys: int) -> Row:
    """Return a row, whose key stands first, with its key last."""
    return (*row[keys:], *row[:keys])


def deleting(table: Table, *keys: str) -> Hot:
    """Return the statement that removes the rows with these values."""
    return Hot(delete(table).where(*(table.columns[k] == bindparam(f"old_{k}") for k in keys)))


def _values(table: Table) -> dict[str, BindParameter[object]]:
    return {c.name: bindparam(c.name) for c in table.columns}


def _positional(clause: ClauseElement, dialect: Dialect) -> str:
    compiled = clause.compile(dialect=dialect)
    hidden = [name for name, value in compiled.params.items() if value is not None]
    assert not hidden, f"constants stand in hot SQL as text, not as parameters: {hidden}"
    return str(compiled)
