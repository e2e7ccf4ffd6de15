"""The tables as this version of the program knows them. `migrations` makes them what they are."""

from datetime import UTC, datetime

from sqlalchemy import Column, Date, DateTime, Dialect, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

SCHEMA = "0001"  # the newest migration, which these tables agree with


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC; SQLite keeps no offset."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


METADATA = MetaData()

CONTEXTS = Table(
    "contexts",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("document", Text),  # of the talk, for a day at most
    Column("alert_flag", String),  # the safety state
    Column("alert_action", String),
    Column("alert_at", Moment),
    Index("contexts_by_age", "at"),
    Index("contexts_by_alert", "alert_at"),
)

PROFILES = Table(
    "profiles",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("document", Text, nullable=False),
)

DONE = Table(
    "done",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("exercise", String, primary_key=True),
    Column("felt", String, nullable=False),
    Column("routine", String, nullable=False),
)

MISSES = Table(
    "misses",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("document", Text, nullable=False),
)

OF_A_CHAT = tuple(table for table in METADATA.sorted_tables if "chat" in table.c)  # what /forget erases
