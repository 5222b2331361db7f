"""Mail that came, letters that leave, and what hangs on them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "n", "person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", BIG, nullable=False),
        sa.Column("uid", BIG, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("junk", sa.Boolean(), nullable=False),
        sa.Column("old", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("fate", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("sender", BIG, nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "fate IN ('acted', 'passed on', 'commanded', 'claim', 'listed', "
            "'logged', 'bounce', 'calendar', 'absence', 'duplicate', 'ignored', "
            "'forged')",
            name="fate_is_known",
        ),
        sa.CheckConstraint(
            "state IN ('received', 'claimed', 'handled', 'held')", name="state_is_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inbox_by_digest", "inbox", ["digest"], unique=True)
    op.create_index(
        "inbox_by_fingerprint",
        "inbox",
        ["fingerprint"],
        unique=True,
        sqlite_where=sa.text(
            "state = 'handled' AND fate NOT IN ('duplicate', 'ignored')\n    AND fingerprint <> ''"
        ),
        postgresql_where=sa.text(
            "state = 'handled' AND fate NOT IN ('duplicate', 'ignored')\n    AND fingerprint <> ''"
        ),
    )
    op.create_index(
        "inbox_by_uid",
        "inbox",
        ["mailbox", "folder", "uidvalidity", "uid"],
        unique=True,
        sqlite_where=sa.text("uid > 0"),
        postgresql_where=sa.text("uid > 0"),
    )
    op.create_index(
        "inbox_ended",
        "inbox",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("state = 'handled'"),
        postgresql_where=sa.text("state = 'handled'"),
    )
    op.create_index(
        "inbox_held",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('received', 'claimed')"),
        postgresql_where=sa.text("state IN ('received', 'claimed')"),
    )
    op.create_table(
        "incident",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "incident_open",
        "incident",
        ["key"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "letter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=True),
        sa.Column("plans", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("outbox", BIG, nullable=False),
        sa.CheckConstraint("id > 0 AND id < 1099511627776", name="id_fits_the_marks"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("letter_by_message_id", "letter", ["message_id"], unique=True)
    op.create_index("letter_by_person", "letter", ["person"], unique=False)
    op.create_table(
        "thread",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("plan", BIG, nullable=False),
        sa.PrimaryKeyConstraint("message_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "watermark",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", BIG, nullable=False),
        sa.Column("last_uid", BIG, nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alias",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("letter", BIG, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"]),
        sa.PrimaryKeyConstraint("message_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "letter_item",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("letter", BIG, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"]),
        sa.PrimaryKeyConstraint("plan", "n", "letter"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter", BIG, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.Text(), nullable=True),
        sa.Column("was_unknown", sa.Boolean(), nullable=False),
        sa.Column("day_key", sa.Text(), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("cause", BIG, nullable=True),
        sa.Column("mailflow_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('awaiting approval', 'queued', 'trying', 'retry', 'unknown', "
            "'sent', 'refused', 'withdrawn')",
            name="state_is_known",
        ),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "outbox_by_day_key",
        "outbox",
        ["day_key"],
        unique=True,
        sqlite_where=sa.text("day_key IS NOT NULL"),
        postgresql_where=sa.text("day_key IS NOT NULL"),
    )
    op.create_index(
        "outbox_leaving",
        "outbox",
        ["automatic", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'trying', 'retry', 'unknown')"),
        postgresql_where=sa.text("state IN ('queued', 'trying', 'retry', 'unknown')"),
    )
    op.create_index(
        "outbox_refused",
        "outbox",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("state = 'refused'"),
        postgresql_where=sa.text("state = 'refused'"),
    )
    op.create_index(
        "outbox_trouble",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('awaiting approval', 'refused')"),
        postgresql_where=sa.text("state IN ('awaiting approval', 'refused')"),
    )
    op.create_table(
        "raw",
        sa.Column("inbox", BIG, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["inbox"], ["inbox.id"]),
        sa.PrimaryKeyConstraint("inbox"),
    )
    op.create_table(
        "sealed",
        sa.Column("outbox", BIG, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"]),
        sa.PrimaryKeyConstraint("outbox"),
    )
