"""Subscriptions, the ledger of deliveries, and the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "subscriptions",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("due_day", sa.Date),
        sa.Column("due_at", moment),
        sa.Column("rules", sa.String, nullable=False),
        sa.Column("last_day", sa.Date),
        sa.Column("unanswered", sa.Integer, nullable=False),
        sa.Column("ended_at", moment),
    )
    op.create_index("subscriptions_by_due", "subscriptions", ["due_at"])
    op.create_index("subscriptions_by_rules", "subscriptions", ["rules"])
    op.create_index("subscriptions_by_end", "subscriptions", ["ended_at"])
    op.create_table(
        "deliveries",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("free_at", moment),
        sa.Column("claimed_by", sa.String),
        sa.Column("outcome", sa.String),
        sa.Column("over_at", moment),
    )
    op.create_index("deliveries_by_free", "deliveries", ["free_at"])
    op.create_index("deliveries_by_end", "deliveries", ["over_at"])
    op.create_table(
        "inbox",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.String, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("document", sa.Text),
    )
