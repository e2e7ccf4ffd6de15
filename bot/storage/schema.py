"""Which version the tables of a database have, and how they get the newest."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from bot.storage.tables import SCHEMA
from bot.storage.troubles import DatabaseUnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "The database was made by a newer version of Strong Back; start that version, or restore a backup."

_TRY_TO_WRITE = "UPDATE alembic_version SET version_num = version_num"


def bring_up_to_date(connection: Connection) -> None:
    """Do the migrations that are missing, inside the open transaction; if none is, try whether it can write.

    Raises DatabaseUnavailableError if the tables are those of a newer version.
    """
    is_new = not inspect(connection).has_table("alembic_version")
    if is_new or connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() != SCHEMA:
        _migrate(connection)
    else:
        connection.exec_driver_sql(_TRY_TO_WRITE)


def _migrate(connection: Connection) -> None:
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
