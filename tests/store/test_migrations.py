import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlmodel import SQLModel

from mailflow.store import migrations
from mailflow.store.engine import ensure_schema, open_engine, sqlite_url
from mailflow.store.migrations import upgrade
from mailflow.store.revision import DATABASE, HEAD, NewerDatabase, NoDatabase
from mailflow.store.views import looking
from tests.store.builders import NOW, a_store, an_arrival, an_office


def schema_of(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'"
        )
        return sorted(" ".join(row[0].split()) for row in rows)


def test_the_models_equal_the_migrations(tmp_path: Path) -> None:
    fresh, migrated = (open_engine(sqlite_url(tmp_path / name)) for name in ("f.db", "m.db"))
    ensure_schema(fresh)
    upgrade(migrated)

    assert schema_of(fresh) == schema_of(migrated)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []
    fresh.dispose()
    migrated.dispose()


def test_the_newest_migration_is_the_one_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_older_database_is_brought_up(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / DATABASE)
    database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    database.commit()
    database.close()
    engine = open_engine(sqlite_url(tmp_path / DATABASE))
    upgrade(engine)
    engine.dispose()

    store = a_store(tmp_path)

    assert store.receive([an_arrival()], NOW, old=False) == 1
    store.close()


def test_a_newer_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    an_office(tmp_path).store.close()
    database = sqlite3.connect(tmp_path / DATABASE)
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    before = database.execute("SELECT count(*) FROM journal").fetchone()
    with pytest.raises(NewerDatabase, match="newer mailflow; nothing was changed"):
        a_store(tmp_path)
    with pytest.raises(NewerDatabase), looking(tmp_path):
        pass

    assert database.execute("SELECT count(*) FROM journal").fetchone() == before
    database.close()


def test_looking_never_makes_a_database(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="no database"), looking(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []

    database = sqlite3.connect(tmp_path / DATABASE)
    database.execute("CREATE TABLE t (x)")
    database.close()
    with pytest.raises(NoDatabase, match="older mailflow"), looking(tmp_path):
        pass


def test_the_database_guards_itself(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path / "x.db"))
    ensure_schema(engine)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "busy_timeout": 30000,
        "temp_store": 2,
    }
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%state%IN (%' AND type = 'table'"
        )
        assert {"inbox", "outbox", "plan", "phase", "todo"} <= {row[0] for row in tables}
    engine.dispose()

    assert found == expected
