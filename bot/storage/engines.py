"""How each of the two databases is connected to."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.troubles import DatabaseUnavailableError

CONNECTIONS = 5  # to PostgreSQL; SQLite writes one at a time, so that it has one


def sqlite_engine(path: Path, patience: timedelta) -> AsyncEngine:
    """Connects to a file. `patience` is for somebody else who writes just then."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {patience // timedelta(milliseconds=1)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        cursor.close()

    return engine


def postgresql_engine(url: str, patience: timedelta, slow: timedelta) -> AsyncEngine:
    """Connects to a server. Raises DatabaseUnavailableError if the address can't be read.

    A worker that falls silent within a transaction, as its machine is gone, holds up the others no longer
    than `slow`.
    """
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise DatabaseUnavailableError(
            "DATABASE_URL can't be read; it is like postgresql://user@host/name."
        ) from None
    engine = create_async_engine(
        address,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,  # a connection that was cut costs nobody an answer
        connect_args={"connect_timeout": max(2, round(patience.total_seconds()))},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET idle_in_transaction_session_timeout = {slow // timedelta(milliseconds=1)}")
        cursor.close()
        connection.commit()

    return engine


def make_file(path: Path) -> None:
    """An empty file for the bot's user alone, and the folder around it, unless they are there.

    Raises OSError, or sqlite3.Error if it can't be opened: aiosqlite's thread, which would find that out,
    may still tell of it when the event loop is gone.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    with closing(sqlite3.connect(path)):
        pass
