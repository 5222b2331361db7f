"""Migrations: how a database of an older mailflow becomes one of this."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from mailflow.store.revision import NewerDatabase


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema, in one transaction.

    Raises:
        NewerDatabase: its schema is none that this program knows.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise NewerDatabase from error
