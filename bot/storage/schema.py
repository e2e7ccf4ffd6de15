"""Which version the tables of a database have, and how they get the newest."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from bot.storage.tables import SCHEMA
from bot.storage.troubles import DatabaseUnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "The database was made by a newer version of Strong Back; start that version, or restore a backup."
READ_ONLY = "The database at DATABASE_URL can only be read; name the one that is written to."


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this version. Raises DatabaseUnavailableError if it may not write."""
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql and connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on":
        raise DatabaseUnavailableError(READ_ONLY)
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == SCHEMA


def migrate(connection: Connection) -> None:
    """Do the migrations that are missing, inside the transaction that is open.

    Raises DatabaseUnavailableError if the tables are those of a newer version.
    """
    from alembic import command  # noqa: PLC0415  # a second of start that only a new version needs
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:  # it does not know the migration that the tables come from
        raise DatabaseUnavailableError(NEWER) from None
