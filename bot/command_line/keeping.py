"""The commands for what is kept: a backup, its restoring, the move to another database."""

import argparse
import asyncio
import sys

from bot.config import Settings

STILL_SERVED = (
    "A bot still serves from the file, and what it is told from now on is not in the copy: stop it, empty "
    "the new database, and move again."
)


def back_up(options: argparse.Namespace, settings: Settings) -> int:
    """Write everything that is kept into a file; the bot may run."""
    from bot.storage import copies  # noqa: PLC0415  # the database costs a third of a start

    asyncio.run(copies.back_up(settings.data_dir, _url(settings), options.file))
    print(
        f"Wrote {options.file}. It holds what people told the bot: keep it safe, "
        "and not for longer than you need it."
    )
    return 0


def restore(options: argparse.Namespace, settings: Settings) -> int:
    """Fill an empty database from a backup."""
    from bot.storage import copies  # noqa: PLC0415  # the database costs a third of a start

    rows = asyncio.run(copies.restore(settings.data_dir, _url(settings), options.file))
    print(f"Restored {rows} rows from {options.file}.")
    return 0


def move(options: argparse.Namespace, settings: Settings) -> int:
    """Copy the file of SQLite into an empty PostgreSQL; the bot must not run."""
    from bot.storage import alone, copies  # noqa: PLC0415  # the database costs a third of a start

    rows = asyncio.run(copies.move(settings.data_dir, options.to))
    if alone.is_served(settings.data_dir):
        print(STILL_SERVED, file=sys.stderr)
    print(
        f"Copied {rows} rows. Set DATABASE_URL to the new database and start the bot; "
        "the file stays as it was."
    )
    return 0


def _url(settings: Settings) -> str | None:
    return settings.database_url.get_secret_value() if settings.database_url else None
