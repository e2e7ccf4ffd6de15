"""The tables as this version of the program knows them. `migrations` makes them what they are."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator

SCHEMA = "0007"  # the newest migration, which these tables agree with


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
    Column("leg_at", Moment),
    Column("goes_on_at", Moment),  # when the player of the talk goes on by itself, if it does
    Column("told_from", Moment),  # the oldest of what somebody told of their health in the talk
    Index("contexts_by_age", "at"),
    Index("contexts_by_alert", "alert_at"),
    Index("contexts_by_leg", "leg_at"),
    Index(
        "contexts_by_player",
        "goes_on_at",
        sqlite_where=text("goes_on_at IS NOT NULL"),
        postgresql_where=text("goes_on_at IS NOT NULL"),
    ),
    Index(
        "contexts_by_told",
        "told_from",
        sqlite_where=text("told_from IS NOT NULL"),
        postgresql_where=text("told_from IS NOT NULL"),
    ),
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

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("document", Text, nullable=False),  # what, when, in which zone
    Column("due_day", Date),  # the local day that the next delivery counts for,
    Column("due_at", Moment),  # and its moment; nothing is due once it ended
    Column("rules", String, nullable=False),  # of time zones, by which that was computed
    Column("last_day", Date),  # of the last delivery, sent or not
    Column("unanswered", Integer, nullable=False),  # deliveries since the person last wrote or tapped
    Column("ended_at", Moment),
    Index("subscriptions_by_due", "due_at"),
    Index("subscriptions_by_rules", "rules"),
    Index("subscriptions_by_end", "ended_at"),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("free_at", Moment),  # from when on it may be claimed; nothing once it is over
    Column("claimed_by", String),
    Column("outcome", String),
    Column("over_at", Moment),
    Index("deliveries_by_free", "free_at"),
    Index("deliveries_by_end", "over_at"),
)

INBOX = Table(
    "inbox",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # Telegram's, of the update
    Column("chat", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("document", Text),  # the update; nothing once it is handled
    Column(
        "share", Integer, nullable=False, server_default="0"
    ),  # of the chats; of what was polled none counts
    Column("taken_by", String),  # the worker that has it in work
    Index(
        "inbox_by_share",
        "share",
        sqlite_where=text("document IS NOT NULL"),
        postgresql_where=text("document IS NOT NULL"),
    ),
    Index("inbox_by_age", "at"),
)

WORKERS = Table(
    "workers",
    METADATA,
    Column("name", String, primary_key=True),
    Column("until", Moment, nullable=False),  # when it counts as dead, unless it signs again
    Column("pace", Integer, nullable=False),  # messages a second that it sends at most
)

SHARES = Table(
    "shares",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("worker", String, nullable=False),
)

PICTURES = Table(
    "pictures",
    METADATA,
    Column("mark", String, primary_key=True),  # of the file
    Column("file", String, nullable=False),  # Telegram's id of it
)

TIPS = Table(
    "tips",
    METADATA,
    Column("chat", String, primary_key=True),
    Column("tip", String, primary_key=True),
    Column("day", Date, nullable=False),  # the local one, on which it came last
)

OF_A_CHAT = tuple(table for table in METADATA.sorted_tables if "chat" in table.c)  # what /forget erases
