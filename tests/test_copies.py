"""Backups and moves: nothing is lost, nothing is written over, and what is wrong is said in one sentence."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest
from command import run_bot
from databases import NewUrl
from sqlalchemy import select
from subscribers import NOW, RULES, subscriber

from bot.core.model import Action
from bot.core.person.profile import Done, Profile
from bot.core.talk import Alert, Context
from bot.services.ports import Arrival
from bot.storage.copies import COPIED, CopyError, back_up, move, restore
from bot.storage.database import FILE, Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.misses import DatabaseMissStore
from bot.storage.pictures import DatabasePictureStore
from bot.storage.profiles import DatabaseProfileStore
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import METADATA
from bot.storage.talks import DatabaseContextStore
from bot.storage.troubles import DatabaseUnavailableError

PEOPLE = 2500  # more than fit into one batch
ALERT = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW)
DONE = Done(exercise="cat-cow", at=NOW, felt="good", routine="desk-break")
SECRET = "s3cret"


async def _fill(database: Database) -> None:
    """Something in every table."""
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    for begin in range(0, PEOPLE, 100):  # a busy machine keeps nobody waiting for too long
        people = range(begin, begin + 100)
        await asyncio.gather(*(subscriptions.save(subscriber(chat)) for chat in people))
    await DatabaseContextStore(database).save("1", Context(at=NOW, alert=ALERT, said="hello"))
    await DatabaseProfileStore(database).save("1", Profile(level=2))
    await DatabaseProfileStore(database).add("1", DONE)
    await DatabaseMissStore(database).keep("a question 🙃", ["start"], date(2026, 11, 24))
    await DatabasePictureStore(database).keep("mark", "file")
    arrival = Arrival(number=2**50, chat="-1", at=NOW, document='{"update_id": 1}')
    await DatabaseInbox(database).take_in([arrival], confirms=False)


async def _rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database, which is closed then."""
    rows = {
        table.name: [tuple(row) for row in await database.read(select(table).order_by(*table.primary_key))]
        for table in COPIED
    }
    await database.close()
    return rows


@pytest.fixture
async def filled(database: Database) -> Database:
    """A database with something in it."""
    await _fill(database)
    return database


async def test_a_backup_is_written_while_the_bot_writes_and_restored_into_either_database(
    filled: Database, url: str | None, tmp_path: Path, new_url: NewUrl
) -> None:
    backup, before = tmp_path / "backups" / "copy.sqlite3", await _rows(filled)
    async with filled.transaction():
        await back_up(tmp_path / "data", url, backup)
    other, elsewhere = new_url(), tmp_path / "elsewhere"
    count = sum(map(len, before.values()))
    assert await restore(elsewhere, None, backup) == count
    assert await restore(elsewhere, other, backup) == count
    assert await _rows(Database(elsewhere)) == before
    assert await _rows(Database(elsewhere, other)) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@pytest.mark.parametrize("url", [None])
async def test_a_move_loses_no_subscriber_and_goes_on_with_the_next_number(
    filled: Database, tmp_path: Path, new_url: NewUrl
) -> None:
    before, other = await _rows(filled), new_url()
    assert await move(tmp_path / "data", other) == sum(map(len, before.values()))
    moved = Database(tmp_path, other)
    assert await _rows(moved) == before
    assert await _rows(filled) == before
    misses = DatabaseMissStore(moved)
    await misses.count(["start"], date(2026, 11, 25))
    assert len(await misses.all()) == 2
    await moved.close()


def test_every_table_is_copied_but_who_is_at_work() -> None:
    assert {table.name for table in METADATA.sorted_tables} - {table.name for table in COPIED} == {
        "workers",
        "shares",
    }


@pytest.mark.parametrize("url", [None])
async def test_nothing_is_written_over(filled: Database, tmp_path: Path, new_url: NewUrl) -> None:
    backup, there, other = tmp_path / "copy.sqlite3", tmp_path / "data" / FILE, new_url()
    await back_up(tmp_path / "data", None, backup)
    await move(tmp_path / "data", other)
    for again, said in (
        (
            back_up(tmp_path / "data", None, backup),
            f"There is something at {backup} already; name a new file.",
        ),
        (
            restore(tmp_path / "data", None, backup),
            f"There is a database at {there} already; stop the bot and move it away first.",
        ),
        (
            restore(tmp_path / "data", other, backup),
            "The database at DATABASE_URL holds something already; name an empty one.",
        ),
        (move(tmp_path / "data", other), "The database at --to holds something already; name an empty one."),
    ):
        with pytest.raises(CopyError) as caught:
            await again
        assert str(caught.value) == said
    assert {path.name for path in tmp_path.iterdir()} == {"data", "copy.sqlite3"}  # noqa: ASYNC240


async def test_a_backup_of_a_newer_version_restores_nothing(tmp_path: Path) -> None:
    backup = tmp_path / "copy.sqlite3"
    newer = Database(tmp_path, file=backup.name)
    await newer.open()
    await newer.close()
    with closing(sqlite3.connect(backup)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnavailableError, match=r"^The database was made by a newer version"):
        await restore(tmp_path / "data", None, backup)
    assert not list((tmp_path / "data").iterdir())


async def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    backup = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(backup)) as old:
        old.executescript((Path(__file__).parent / "schemas" / "0001.sqlite.sql").read_text(encoding="utf-8"))
    backup.chmod(0o400)
    assert await restore(tmp_path / "data", None, backup) > 0
    database = Database(tmp_path / "data")
    assert (await DatabaseProfileStore(database).load("1")).level == 2
    await database.close()


def test_what_is_wrong_is_one_sentence_for_the_operator(tmp_path: Path, new_url: NewUrl) -> None:
    notes, gone = tmp_path / "notes", f"postgresql://user:{SECRET}@127.0.0.1:9/name"
    notes.write_text("these are somebody's notes, " * 100)
    for arguments, said in (
        (("restore", "nothing"), "There is no database at nothing; name one that is there."),
        (("backup", "new"), f"There is no database at {tmp_path / 'data' / FILE}; name one that is there."),
        (
            ("restore", str(notes)),
            f"The file {notes} is no database of SQLite; move it away, or restore a backup.",
        ),
        (
            ("move", "--to", gone),
            f"There is no database at {tmp_path / 'data' / FILE}; name one that is there.",
        ),
    ):
        ended = run_bot(*arguments, cwd=tmp_path)
        assert (ended.status, ended.out, ended.err) == (2, "", f"{said}\n")
    asyncio.run(_made(tmp_path / "data"))
    ended = run_bot("move", "--to", gone, cwd=tmp_path)
    assert (ended.status, ended.err) == (
        2,
        "The database at --to can't be reached or refuses the bot; start it, or correct the address.\n",
    )
    ended = run_bot("backup", "new", cwd=tmp_path)
    assert (ended.status, ended.out.startswith("Wrote new. ")) == (0, True)


async def _made(folder: Path) -> None:
    database = Database(folder)
    await database.open()
    await database.close()


async def test_a_postgresql_that_can_only_be_read_can_be_backed_up_and_is_not_restored_into(
    new_url: NewUrl, tmp_path: Path
) -> None:
    url, backup = new_url(), tmp_path / "copy.sqlite3"
    database = Database(tmp_path, url)
    await DatabaseProfileStore(database).save("1", Profile(level=2))
    await database.close()
    await back_up(tmp_path, url, backup)
    empty = new_url()
    with psycopg.connect(empty, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    with pytest.raises(DatabaseUnavailableError) as caught:
        await restore(tmp_path, empty, backup)
    assert str(caught.value) == (
        "The database at DATABASE_URL can only be read; name the one that is written to."
    )
