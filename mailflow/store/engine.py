"""Opening the database: how SQLite must behave, how transactions begin, and which schema it has.

Writers begin with BEGIN IMMEDIATE, so that they queue up instead of failing half-way; readers
begin plainly and see one state of things until they end. A commit is on the disk when it
returns (WAL with synchronous=FULL).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from mailflow.errors import StaleVersion
from mailflow.store import post_tables, tables
from mailflow.store.failure import storage_failure
from mailflow.store.hot import Desk
from mailflow.store.revision import BUSY_SECONDS, HEAD
from mailflow.store.triggers import TRIGGERS

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-8000",
    "journal_size_limit=67108864",
)

ROOMS = (tables, post_tables)
"""Importing them fills the metadata."""


def open_engine(url: str) -> Engine:
    """Return an engine for a database URL; the schema is not looked at yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, paramstyle="format")
    # the connection that was used last still knows its pages, so it is taken first
    engine = create_engine(
        parsed, pool_use_lifo=True, connect_args={"check_same_thread": False, "timeout": 0}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _tell_apart, retval=True)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Desk]:
    """Give a desk in a transaction that commits at the end and writes nothing on an error.

    Raises:
        StaleVersion: something that may exist only once exists already.
        StorageFailure: the disk is full or broken.
    """
    driver = engine.dialect.loaded_dbapi
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield Desk(connection)
    except driver.IntegrityError as error:
        if not _is_taken(error):
            raise
        msg = "somebody else took the same name or key first"
        raise StaleVersion(msg) from error


def ensure_schema(engine: Engine) -> None:
    """Bring the database to this program's schema: create it, migrate it, or refuse it.

    Raises:
        NewerDatabase: a newer program wrote it.
    """
    found = _revision(engine)
    if found == HEAD:
        return
    if found is None and engine.dialect.name == "sqlite":
        _create(engine)
    else:
        _migrate(engine)


def _is_taken(error: BaseException) -> bool:
    """Return whether the database refused because something unique exists already."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return code in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _tell_apart(trouble: ExceptionContext) -> BaseException | None:
    """Let what is the disk's fault be told as such, also where SQLAlchemy ran the statement."""
    return storage_failure(trouble.original_exception)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)


def _create(engine: Engine) -> None:
    """Create a new database in one transaction: the same as all migrations give."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.has_table(connection, "alembic_version"):
            return  # another process was first
        for statement in creation():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


@cache
def creation() -> tuple[str, ...]:
    """Return the statements that create all tables, indices and triggers in SQLite."""
    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in SQLModel.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indices = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indices]
    return (*statements, *TRIGGERS)


def _migrate(engine: Engine) -> None:
    # Alembic costs more to import than a command line may take to start.
    from mailflow.store.migrations import upgrade  # noqa: PLC0415

    upgrade(engine)


def sqlite_url(path: Path) -> str:
    """Return the URL of a database file."""
    return f"sqlite:///{path}"
