"""Backups, and the way from one database to another."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports import StoreError
from bot.storage.database import FILE, Database
from bot.storage.tables import METADATA, SHARES, WORKERS
from bot.storage.troubles import DatabaseUnavailableError, trouble_at_sqlite

BATCH = 1_000  # rows that are in memory at once
COPIED = [table for table in METADATA.sorted_tables if table not in {WORKERS, SHARES}]

_NEXT_MISS = text("SELECT setval(pg_get_serial_sequence('misses', 'id'), max(id)) FROM misses")


class CopyError(StoreError):
    """A copy can't be made. Its text is one sentence that says what to do."""


async def back_up(folder: Path, url: str | None, file: Path) -> None:
    """Write everything that is kept into a new file of SQLite, while the bot runs. Raises StoreError."""
    if file.exists():  # noqa: ASYNC240  # nothing else happens in this process
        raise CopyError(f"There is something at {file} already; name a new file.")
    if not url:
        _require(folder / FILE)
    with _workshop(file.parent) as part:
        source = folder / FILE
        if url:
            source = part.with_name("written")
            await _copy(Database(folder, url), Database(part.parent, file=source.name))
        _clone(source, part)  # into one file, without a log beside it
        part.rename(file)


async def restore(folder: Path, url: str | None, file: Path) -> int:
    """Fill an empty database from a backup; how many rows. Raises StoreError, and then nothing is changed."""
    target = folder / FILE
    _require(file)
    if target.exists() and not url:
        raise CopyError(f"There is a database at {target} already; stop the bot and move it away first.")
    with _workshop(folder) as part:
        _clone(file, part)
        backup = Database(part.parent)
        if url:
            return await _copy(backup, Database(folder, url))
        try:
            rows = await _count(backup)
        finally:
            await backup.close()
        part.rename(target)
    return rows


async def move(folder: Path, url: str) -> int:
    """Copy everything from the file of SQLite into an empty PostgreSQL; how many rows. Raises StoreError.

    The file stays as it is; nobody can write to it meanwhile.
    """
    _require(folder / FILE)
    return await _copy(Database(folder), Database(folder, url, called="--to"))


def _require(file: Path) -> None:
    if not file.is_file():
        raise CopyError(f"There is no database at {file}; name one that is there.")


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A file for the bot's user alone, to be written beside where it will be, and gone if that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".copying-") as place:
            part = Path(place) / FILE
            part.touch(mode=0o600)
            yield part
    except OSError as error:
        raise CopyError(
            f"The folder {folder} can't be written to ({error.strerror}); name another."
        ) from None


def _clone(file: Path, part: Path) -> None:
    """Write what a file of SQLite holds into an empty one, as it is at this moment; it may be written to."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.Error as error:
        raise DatabaseUnavailableError(trouble_at_sqlite(error, file)) from None


async def _copy(source: Database, target: Database) -> int:
    """Copy all rows, or none, into an empty database; how many there were."""
    rows = 0
    try:
        async with source.apart() as reading, target.apart() as writing:
            await _require_empty(writing, target)
            for table in COPIED:
                async for batch in _batches(source, reading, table):
                    await writing.execute(insert(table), batch)
                    rows += len(batch)
            if writing.dialect.name == "postgresql":
                await writing.execute(_NEXT_MISS)
    finally:
        await source.close()
        await target.close()
    return rows


async def _batches(
    source: Database, connection: AsyncConnection, table: Table
) -> AsyncIterator[Sequence[dict[str, Any]]]:
    with source.translated():
        result = await connection.stream(select(table))
    parts = result.mappings().partitions(BATCH)
    while True:
        with source.translated():
            batch = await anext(parts, None)
        if batch is None:
            return
        yield [dict(row) for row in batch]


async def _require_empty(connection: AsyncConnection, target: Database) -> None:
    for table in COPIED:
        if (await connection.execute(select(table).limit(1))).first():
            raise CopyError(f"The database at {target.called} holds something already; name an empty one.")


async def _count(database: Database) -> int:
    counts = [await database.read(select(func.count()).select_from(table)) for table in COPIED]
    return sum(rows[0][0] for rows in counts)
