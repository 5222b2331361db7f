"""Where Alembic begins; the connection is handed over, the transaction is the caller's."""

from alembic import context
from sqlmodel import SQLModel

from mailflow.store import post_tables, tables

ROOMS = (tables, post_tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
