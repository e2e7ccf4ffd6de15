"""A database that is full, locked, read-only, newer, older, damaged or gone: people are answered still."""

import asyncio
import logging
import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from command import run_bot
from databases import AT_ONCE, NO_REST, NewUrl
from house import NUMB, QUESTION, Bot, Clock
from sqlalchemy import select

from bot.core.model import Action, Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.player.session import Phase, Playing, RoutineState, Session
from bot.core.routines.recipes import Routine, Wish
from bot.core.talk import Alert, Context, Kind, Reply, Turn
from bot.services.assistant import Assistant
from bot.storage.database import FILE, Database
from bot.storage.documents import to_text
from bot.storage.misses import DatabaseMissStore
from bot.storage.profiles import DatabaseProfileStore
from bot.storage.tables import CONTEXTS
from bot.storage.talks import DatabaseContextStore
from bot.storage.troubles import DatabaseUnavailableError

SCHEMAS = Path(__file__).parent / "schemas"
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
SECRET = "s3cret"
WRITE_VERSION = 18  # the byte of a file of SQLite that says whether this library may write it


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE


async def _make(file: Path) -> None:
    database = Database(file.parent)
    await database.open()
    await database.close()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Another program writes and does not end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _make_read_only(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.seek(WRITE_VERSION)
        raw.write(b"\x03")


@contextmanager
def _full_disk(file: Path) -> Iterator[None]:
    """No file of this process may grow beyond what the database has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


async def _opens(database: Database) -> str:
    """What is said when it can't be opened."""
    try:
        with pytest.raises(DatabaseUnavailableError) as caught:
            await database.open()
    finally:
        await database.close()
    return str(caught.value)


async def test_a_locked_database_is_said_in_one_sentence(file: Path) -> None:
    await _make(file)
    with _locked(file):
        said = await _opens(Database(file.parent, patience=AT_ONCE))
    assert said == f"The database {file} is locked by another program; end that program."


async def test_a_database_that_can_only_be_read_is_said_in_one_sentence(file: Path) -> None:
    await _make(file)
    _make_read_only(file)
    said = await _opens(Database(file.parent))
    assert said == f"The database {file} can only be read; let the bot's user write it and its folder."


def test_a_file_that_is_no_database_is_said_in_one_sentence_and_left_alone(file: Path) -> None:
    file.write_text("these are somebody's notes, " * 100)
    said = asyncio.run(_opens(Database(file.parent)))
    assert said == f"The file {file} is no database of SQLite; move it away, or restore a backup."
    assert file.read_text().startswith("these are somebody's notes")


async def test_a_newer_database_is_left_as_it_is(url: str | None, tmp_path: Path) -> None:
    database = Database(tmp_path, url)
    await DatabaseProfileStore(database).save("1", Profile(level=2))
    async with database._engine.connect() as connection:  # noqa: SLF001  # as a newer version would leave it
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await database.close()
    said = await _opens(Database(tmp_path, url))
    assert said.startswith("The database was made by a newer version of Strong Back; ")


async def test_a_database_that_others_made_tables_in_is_said_in_one_sentence(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE profiles (name TEXT)")
    assert (await _opens(Database(file.parent))).startswith(
        f"The database {file} can't be used (SQLITE_ERROR"
    )
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("profiles",)]


@pytest.mark.parametrize("schema", sorted({path.name.split(".")[0] for path in SCHEMAS.glob("*.sql")}))
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_database_of_each_schema_keeps_what_it_holds(
    schema: str, kind: str, file: Path, request: pytest.FixtureRequest
) -> None:
    script = (SCHEMAS / f"{schema}.{kind}.sql").read_text(encoding="utf-8")
    url = None
    if kind == "sqlite":
        with closing(sqlite3.connect(file)) as old:
            old.executescript(script)
    else:
        url = request.getfixturevalue("new_url")()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(script.encode())
    database = Database(file.parent, url)
    alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW)
    assert await DatabaseContextStore(database).load("1") == Context(at=NOW, alert=alert, said="hello")
    done = Done(exercise="cat-cow", at=NOW, felt="good", routine="desk-break")
    profile = Profile(level=2, place="home", liked=frozenset({"cat-cow"}), history=(done,))
    assert await DatabaseProfileStore(database).load("1") == profile
    assert [miss.text for miss in await DatabaseMissStore(database).all()] == [None, "a question"]
    await database.close()


async def test_players_and_what_was_told_are_found_in_the_talks_of_an_older_schema(file: Path) -> None:
    told = Context(at=NOW).telling(frozenset({"knee"}), NOW)
    playing = Playing(phase=Phase.HOLD, at=NOW, due=NOW, step=1, card="7")
    routine = Routine(recipe="x", day=NOW.date(), wish=Wish(), moves=(), version="")
    talk = replace(told, routine=RoutineState(session=Session(routine=routine, playing=playing)))
    with closing(sqlite3.connect(file)) as old, old:
        old.executescript((SCHEMAS / "0001.sqlite.sql").read_text(encoding="utf-8"))
        old.execute("UPDATE contexts SET document = ?", [to_text(talk)])
    contexts = DatabaseContextStore(database := Database(file.parent))
    assert await contexts.playing() == [("1", playing)]
    await contexts.tidy(NOW + timedelta(hours=12))
    assert (await contexts.load("1") or told).told == {"knee"}
    await contexts.tidy(NOW + timedelta(hours=23, seconds=1))
    assert not (await contexts.load("1") or told).told
    await database.close()


async def test_a_talk_goes_on_while_the_database_is_locked_and_is_saved_when_it_is_not(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await _make(file)
    database = Database(file.parent, patience=AT_ONCE, rest=NO_REST)
    contexts = DatabaseContextStore(database)
    alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW)
    await contexts.save("4711", Context(at=NOW, alert=alert))
    with _locked(file):
        await contexts.save("4711", Context(at=NOW, said="private words", alert=alert))
        assert await contexts.load("4711") == Context(at=NOW, said="private words", alert=alert)
    await contexts.save("4711", Context(at=NOW, said="later", alert=alert))
    assert [row.alert_flag for row in await database.read(select(CONTEXTS))] == ["saddle-numbness"]
    await database.close()
    assert await DatabaseContextStore(database).load("4711") == Context(at=NOW, said="later", alert=alert)
    await database.close()
    complaints = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(complaints) == 1
    assert "4711" not in caplog.text
    assert "private" not in caplog.text


async def test_a_warning_sign_is_not_lost_to_a_talk_that_could_not_be_loaded(file: Path) -> None:
    database = Database(file.parent, patience=AT_ONCE, rest=NO_REST)
    contexts = DatabaseContextStore(database)
    alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW)
    await contexts.save("1", Context(at=NOW, alert=alert))
    with _locked(file):
        await contexts.save("1", Context(at=NOW, said="as if nothing was"))
    assert await contexts.load("1") == Context(at=NOW, said="as if nothing was", alert=alert)
    await database.close()


async def test_what_could_not_be_saved_is_saved_at_the_end(file: Path) -> None:
    database = Database(file.parent, patience=AT_ONCE, rest=NO_REST)
    contexts = DatabaseContextStore(database)
    await database.open()
    with _locked(file):
        await contexts.save("1", Context(at=NOW, said="while it was locked"))
    await contexts.save_the_unsaved()
    assert await DatabaseContextStore(database).load("1") == Context(at=NOW, said="while it was locked")
    await database.close()


async def test_a_full_disk_loses_nothing_that_was_there(file: Path) -> None:
    database = Database(file.parent, patience=AT_ONCE, rest=NO_REST)
    contexts, misses = DatabaseContextStore(database), DatabaseMissStore(database)
    await contexts.save("1", Context(at=NOW, said="before"))
    await database.close()
    with _full_disk(file):
        kept = [await misses.keep("words " * 1_000, [], NOW.date()) for _ in range(20)]
        assert not all(kept)
        await contexts.save("1", Context(at=NOW, said="words " * 1_000))
        assert await contexts.load("1") == Context(at=NOW, said="words " * 1_000)
    assert await contexts.load("1") == Context(at=NOW, said="words " * 1_000)
    assert await misses.keep("more", [], NOW.date())
    assert len(await misses.all()) == sum(kept) + 1
    await database.close()


async def test_people_are_answered_without_a_database(
    bot: Bot, clock: Clock, knowledge: Knowledge, file: Path
) -> None:
    await _make(file)
    database = Database(file.parent, patience=AT_ONCE, rest=NO_REST)
    contexts, profiles = DatabaseContextStore(database), DatabaseProfileStore(database)
    assistant = bot.assistant_over(contexts, profiles)
    with _locked(file):
        assert (await _say(assistant, clock, QUESTION)).entry == "every-day"
        assert (await _say(assistant, clock, NUMB)).red_flag == "saddle-numbness"
        assert (await _say(assistant, clock, "/routine")).text.startswith("Training pauses")
        assert (await _say(assistant, clock, "/forget yes")).text == knowledge.messages.cant_remember
        assert (await _say(assistant, clock, "/routine")).text.startswith("Training pauses")
    assert (await _say(assistant, clock, "/forget yes")).text == knowledge.messages.forgotten
    assert await database.read(select(CONTEXTS)) == []
    await database.close()


async def _say(assistant: Assistant, clock: Clock, text: str) -> Reply:
    return await assistant.respond(Turn(text=text, now=clock(), chat="1", person="1"))


@pytest.mark.parametrize("command", [("chat",), ("misses",)])
def test_a_postgresql_that_is_gone_is_said_in_one_sentence(command: tuple[str, ...], tmp_path: Path) -> None:
    gone = f"postgresql://me:{SECRET}@127.0.0.1:1/none"
    ended = run_bot(*command, cwd=tmp_path, DATABASE_URL=gone)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[-1].startswith("The database at DATABASE_URL can't be reached")
    assert SECRET not in ended.err
    assert "Traceback" not in ended.err


def test_a_start_without_its_database_brings_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no database, " * 100)
    ended = run_bot("chat", cwd=tmp_path, DATA_DIR=".")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"The file {FILE} is no database of SQLite; move it away, or restore a backup.\n"


def test_a_talk_with_a_script_needs_no_database(tmp_path: Path) -> None:
    line = b'{"text": "What is back training?", "chat": 1}\n'
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE).write_text("no database, " * 100)
    ended = run_bot("ask", "--jsonl", cwd=tmp_path, stdin=line, DATA_DIR="data")
    assert (ended.status, ended.err) == (0, "")
    assert f'"kind": "{Kind.ANSWER.value}"' in ended.out


async def test_a_talk_goes_on_while_postgresql_does_not_answer(
    new_url: NewUrl, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = new_url()
    database = Database(tmp_path, url, slow=AT_ONCE * 10, rest=NO_REST)
    contexts = DatabaseContextStore(database)
    await contexts.save("1", Context(at=NOW, said="before"))
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE contexts IN ACCESS EXCLUSIVE MODE")
        await contexts.save("1", Context(at=NOW, said="meanwhile"))
        assert await contexts.load("1") == Context(at=NOW, said="meanwhile")
    await contexts.save("1", Context(at=NOW, said="after"))
    await database.close()
    assert await DatabaseContextStore(database).load("1") == Context(at=NOW, said="after")
    await database.close()
    (said,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said.endswith(
        "DATABASE_URL does not answer in time; find out what it waits for, or mend the way there."
    )


async def test_a_standby_of_postgresql_is_said_in_one_sentence(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url()
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    said = await _opens(Database(tmp_path, url))
    assert said == "The database at DATABASE_URL can only be read; name the one that is written to."
