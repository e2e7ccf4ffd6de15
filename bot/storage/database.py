"""The one way to the database: SQLite in a folder, or PostgreSQL at an address."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Executable, Row, Table, delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engines import make_file, postgresql_engine, sqlite_engine
from bot.storage.schema import bring_up_to_date
from bot.storage.tables import OF_A_CHAT
from bot.storage.troubles import (
    DatabaseUnavailableError,
    RestingError,
    trouble_at_postgresql,
    trouble_at_sqlite,
)

FILE = "strong-back.sqlite3"
PATIENCE = timedelta(seconds=5)  # for somebody else who writes just now
SLOW = timedelta(seconds=10)  # after which a server that does not answer counts as gone
REST = timedelta(seconds=1)  # after a failure, in which all who ask are told at once

NOW = text("SELECT clock_timestamp()")  # by PostgreSQL's clock

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('strong-back migrations'))"

_log = logging.getLogger(__name__)


class Database:
    """Statements, each of them whole or not at all. It is opened, and brought up to date, when first used.

    Whatever goes wrong is raised as DatabaseUnavailableError and logged once until it works again.
    """

    def __init__(  # noqa: PLR0913  # one of two databases, and how to wait for it
        self,
        folder: Path,
        url: str | None = None,
        *,
        file: str = FILE,
        called: str = "DATABASE_URL",
        patience: timedelta = PATIENCE,
        slow: timedelta = SLOW,
        rest: timedelta = REST,
    ) -> None:
        """`folder` is where SQLite keeps its `file`, made when needed.

        `url`, if given, leads to PostgreSQL; sentences about it name where it is set, as `called`.
        """
        self._path = None if url else folder / file
        self.called = called
        self._patience = patience
        self._slow = slow.total_seconds() if url else None  # a disk does answer
        self._rest = rest.total_seconds()
        self._engine = (
            sqlite_engine(folder / file, patience) if url is None else postgresql_engine(url, patience, slow)
        )
        self._opening = asyncio.Lock()
        self._is_open = False
        self._rests_until = 0.0
        self._has_complained = False

    async def open(self) -> None:
        """Connect, and migrate the database if it is older. Several processes may do so at once."""
        async with self._opening:
            if self._is_open:
                return
            with self.translated():
                if self._path:
                    make_file(self._path)
                async with self._engine.connect() as connection:
                    await _set_up(connection)
            self._is_open = True

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()
        self._is_open = False

    async def read(
        self, statement: Executable, parameters: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        """The rows that a statement finds."""
        async with self._connection() as connection:
            return (await connection.execute(statement, parameters)).all()

    async def write(self, *statements: Executable) -> None:
        """Do one statement, or several of which all are done or none."""
        async with self._connection() as connection:
            await _do(connection, statements)

    async def work_through(self, *statements: Executable) -> None:
        """The same with what may take long, because many rows are meant and nobody waits for it."""
        async with self._connection(is_patient=True) as connection:
            await _do(connection, statements)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which all is done or nothing; nobody else writes to SQLite meanwhile."""
        async with self._connection() as connection, _transaction(connection):
            yield connection

    async def moment(self, now: datetime) -> datetime:
        """What time it is by the server's clock, which counts for all who share it; for a file `now`."""
        if self._path:
            return now
        moment: datetime = (await self.read(NOW))[0][0]
        return moment

    async def listen(self, channel: str, wake: Callable[[], None]) -> None:
        """Call `wake` whenever somebody notifies a channel of PostgreSQL, for ever; SQLite has none."""
        address = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._path:
            with suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    wake()
                    async for _ in connection.notifies():
                        wake()
            await asyncio.sleep(REST.total_seconds())

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[AsyncConnection]:
        """A connection for one long transaction, in which nothing seems to change that others do."""
        await self.open()
        with self.translated():
            async with self._engine.connect() as connection, _transaction(connection):
                if not self._path:
                    await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    await connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
                yield connection

    async def put(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Put rows, all of the same columns, in place of those with the same keys; all or none."""
        statement = _upsert(self._engine.dialect.name, table, tuple(rows[0]))
        async with self.transaction() as connection:
            await connection.execute(statement, rows)

    def upsert(self, table: Table, **values: object) -> Executable:
        """The statement that puts a row in place of the one with the same key."""
        return _upsert(self._engine.dialect.name, table, tuple(values)).values(**values)

    async def forget(self, chat: str) -> None:
        """Erase everything of a chat from every table, and in SQLite from the file."""
        await self.write(*(delete(table).where(table.c.chat == chat) for table in OF_A_CHAT))
        if self._path:
            async with self._connection() as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def _connection(self, *, is_patient: bool = False) -> AsyncIterator[AsyncConnection]:
        self._refuse_while_resting()
        try:
            await self.open()
            with self.translated():
                limit = asyncio.timeout(None if is_patient else self._slow)
                async with limit, self._engine.connect() as connection:
                    self._refuse_while_resting()
                    yield connection
        except RestingError:
            raise
        except DatabaseUnavailableError as error:
            self._rests_until = time.monotonic() + self._rest
            if not self._has_complained:
                _log.warning("Nothing is remembered for now. %s", error)
            self._has_complained = True
            raise
        if self._has_complained:
            _log.info("The database can be used again.")
        self._has_complained = False

    def _refuse_while_resting(self) -> None:
        if time.monotonic() < self._rests_until:
            raise RestingError

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise whatever goes wrong as the one error, with nothing of what is kept in it."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError) as error:
            if self._path:
                raise DatabaseUnavailableError(trouble_at_sqlite(error, self._path)) from None
            raise DatabaseUnavailableError(trouble_at_postgresql(error, self.called)) from None


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    """The statement that puts rows of some columns in place of those with the same keys."""
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    rest = {name: insert.excluded[name] for name in columns if not table.c[name].primary_key}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)


async def _do(connection: AsyncConnection, statements: Sequence[Executable]) -> None:
    """Do one statement, or several of which all are done or none."""
    if len(statements) == 1:
        await connection.execute(statements[0])
        return
    async with _transaction(connection):
        for statement in statements:
            await connection.execute(statement)


async def _set_up(connection: AsyncConnection) -> None:
    """Bring the tables up to date, one process after the other."""
    async with _transaction(connection):
        if connection.dialect.name == "postgresql":
            await connection.exec_driver_sql(_LOCK)
        await connection.run_sync(bring_up_to_date)


@asynccontextmanager
async def _transaction(connection: AsyncConnection) -> AsyncIterator[None]:
    """All or nothing of what is done; in SQLite nobody else writes meanwhile."""
    await connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN")
    try:
        yield
    except BaseException:
        with suppress(SQLAlchemyError):  # a full disk or a cut connection has ended it already
            await connection.exec_driver_sql("ROLLBACK")
        raise
    await connection.exec_driver_sql("COMMIT")
