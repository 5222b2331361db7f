"""Templates, processes, questionnaires and surveys, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "definition",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('template', 'process', 'questionnaire', 'survey')", name="kind_is_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "definition_by_name", "definition", ["kind", "name_key", "version"], unique=True
    )
    op.create_table(
        "occurrence",
        sa.Column("definition", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("plan", BIG, nullable=True),
        sa.ForeignKeyConstraint(["definition"], ["definition.id"]),
        sa.PrimaryKeyConstraint("definition", "key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("id", BIG, nullable=False),
        sa.Column("definition", BIG, nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("letter", BIG, nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["definition"], ["definition.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("response_by_definition", "response", ["definition", "person"], unique=False)
