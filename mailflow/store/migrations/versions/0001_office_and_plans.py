"""The journal, people and plans."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.triggers import TRIGGERS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_person", BIG, nullable=True),
        sa.Column("cause", BIG, nullable=True),
        sa.Column("undoes", BIG, nullable=True),
        sa.Column("undone_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("act_by_person", "act", ["by_person", "id"], unique=False)
    op.create_table(
        "chain",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan"),
    )
    op.create_table(
        "client",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("client_by_name", "client", ["name_key"], unique=False)
    op.create_table(
        "journal",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("plan", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", BIG, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_person", BIG, nullable=True),
        sa.Column("cause", BIG, nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("todo", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("journal_by_act", "journal", ["act"], unique=False)
    op.create_index("journal_by_plan", "journal", ["plan", "n"], unique=True)
    op.create_table(
        "number",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("absent_until", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.Text(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("undeliverable", sa.Text(), nullable=True),
        sa.Column("welcomed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "calendar IN ('auto', 'invitations', 'todo', 'none')", name="calendar_is_known"
        ),
        sa.CheckConstraint(
            "role IN ('provider', 'team', 'client', 'observer')", name="role_is_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "person_check",
        sa.Column("person", BIG, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
        sqlite_with_rowid=False,
    )
    op.create_index("person_check_by_time", "person_check", ["at", "person"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("client", BIG, nullable=True),
        sa.Column("client_name", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("agree", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Text(), nullable=True),
        sa.Column("agreed_by", BIG, nullable=True),
        sa.Column("agreed_at", sa.Text(), nullable=True),
        sa.Column("unsettled", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rhythm IN ('standard', 'gentle', 'firm', 'none')", name="rhythm_is_known"
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'agreed', 'running', 'paused', "
            "'finished', 'cancelled')",
            name="state_is_known",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plan_by_client", "plan", ["client"], unique=False)
    op.create_index("plan_by_code", "plan", ["code_key"], unique=True)
    op.create_index("plan_by_state", "plan", ["state", "id"], unique=False)
    op.create_table(
        "secret",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "address",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("address"),
        sqlite_with_rowid=False,
    )
    op.create_index("address_by_person", "address", ["person"], unique=False)
    op.create_table(
        "helper",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"]),
        sa.PrimaryKeyConstraint("plan", "n", "person"),
        sqlite_with_rowid=False,
    )
    op.create_index("helper_by_person", "helper", ["person", "plan"], unique=False)
    op.create_table(
        "payload",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.Text(), nullable=True),
        sa.CheckConstraint("(words IS NULL) = (erased_at IS NOT NULL)", name="words_or_erased"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "phase",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("milestone", sa.Text(), nullable=True),
        sa.Column("milestone_due", sa.Text(), nullable=True),
        sa.Column("reached_on", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'open', 'reached')", name="state_is_known"),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"]),
        sa.PrimaryKeyConstraint("plan", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("by_person", BIG, nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('unclear', 'unproven', 'date request', 'state', 'not "
            "theirs', 'delegation', 'declined')",
            name="reason_is_known",
        ),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"]),
        sa.PrimaryKeyConstraint("plan", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stakeholder",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", BIG, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('provider', 'team', 'client', 'observer')", name="role_is_known"
        ),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"]),
        sa.PrimaryKeyConstraint("plan", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("stakeholder_by_person", "stakeholder", ["person"], unique=False)
    op.create_table(
        "todo",
        sa.Column("plan", BIG, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("responsible", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("helpers", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("promised_until", sa.Text(), nullable=True),
        sa.Column("promised_end", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("appointment", sa.Text(), nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.Column("changed_by", BIG, nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.Column("held_until", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('do', 'send', 'approve', 'answer', 'attend', 'call')", name="kind_is_known"
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'open', 'confirmed', 'promised', 'partly', "
            "'stuck', 'delivered', 'done', 'declined', 'dropped')",
            name="state_is_known",
        ),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"]),
        sa.PrimaryKeyConstraint("plan", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("todo_by_responsible", "todo", ["responsible", "plan"], unique=False)
    _guard()


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)
