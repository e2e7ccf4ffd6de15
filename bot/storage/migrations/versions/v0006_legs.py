"""When a person told of something that goes into a leg."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the moment to the safety state."""
    op.add_column("contexts", sa.Column("leg_at", sa.DateTime(timezone=True)))
    op.create_index("contexts_by_leg", "contexts", ["leg_at"])
