"""The first tables: contexts with the safety state, profiles, what was done, misses."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "contexts",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("alert_flag", sa.String),
        sa.Column("alert_action", sa.String),
        sa.Column("alert_at", moment),
    )
    op.create_index("contexts_by_age", "contexts", ["at"])
    op.create_index("contexts_by_alert", "contexts", ["alert_at"])
    op.create_table(
        "profiles",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "done",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("at", moment, primary_key=True),
        sa.Column("exercise", sa.String, primary_key=True),
        sa.Column("felt", sa.String, nullable=False),
        sa.Column("routine", sa.String, nullable=False),
    )
    op.create_table(
        "misses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
