import re
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from mailflow.store import (
    checks,
    intake,
    journal,
    lease,
    numbers,
    office,
    projection,
    queries,
    reports,
    settle,
    views,
)
from mailflow.store.hot import Hot
from mailflow.store.revision import DATABASE
from tests.store.builders import a_store

ROOMS = (
    checks,
    intake,
    journal,
    lease,
    numbers,
    office,
    projection,
    queries,
    reports,
    settle,
)
WHOLE_BY_INTENT = {
    "queries.PERSONS": "everybody is asked for",
    "queries.PLANS": "every plan is asked for",
    "queries.PROVIDERS": "only for a plan that has no provider on it",
}


def hot_statements() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for name, value in vars(room).items():
            if isinstance(value, Hot):
                yield f"{room.__name__.rpartition('.')[2]}.{name}", value.text(sqlite.dialect())


STATEMENTS = dict(hot_statements())


def steps_of(database: sqlite3.Connection, statement: str) -> list[str]:
    values = (0,) * statement.count("?")
    return [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("state")
    a_store(folder).close()
    opened = sqlite3.connect(folder / DATABASE)
    yield opened
    opened.close()


def test_there_is_something_to_look_at() -> None:
    assert len(STATEMENTS) > 80
    assert set(WHOLE_BY_INTENT) < set(STATEMENTS)


def test_every_statement_can_be_said_to_postgresql_too() -> None:
    dialect: Dialect = postgresql.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
    for room in ROOMS:
        for value in vars(room).values():
            if isinstance(value, Hot):
                assert "?" not in value.text(dialect)


@pytest.mark.parametrize("name", sorted(set(STATEMENTS) - set(WHOLE_BY_INTENT)))
def test_no_hot_statement_walks_through_a_table(database: sqlite3.Connection, name: str) -> None:
    scans = [step for step in steps_of(database, STATEMENTS[name]) if step.startswith("SCAN")]

    # A partial index holds only what waits, so walking through it is what is wanted; the
    # newest acts are read backwards from the end until one fits.
    harmless = re.compile(
        r"SCAN (inbox|outbox) USING .*INDEX (inbox_waiting|inbox_held|outbox_\w+)"
    )
    walks = [step for step in scans if not harmless.match(step)]
    assert walks == (["SCAN act"] if name == "queries.ACTS" else [])


def test_status_counts_only_what_is_unfinished(database: sqlite3.Connection) -> None:
    for statement in (views.INBOX_COUNTS, views.OUTBOX_COUNTS):
        for step in steps_of(database, statement):
            assert not step.startswith("SCAN") or "INDEX" in step, step
