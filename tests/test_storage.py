"""What every store promises, on SQLite and on PostgreSQL alike."""

import asyncio
import itertools
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Engine, event, insert, select

from bot.core.exercises.exercise import Dose
from bot.core.misses import KeptMiss
from bot.core.model import Action
from bot.core.person.profile import Break, Done, Profile
from bot.core.player.session import Phase, Playing, RoutineState, Session
from bot.core.routines.recipes import Move, Routine, Wish
from bot.core.schedules.schedule import What
from bot.core.subscriptions.drafts import Awaits, Draft
from bot.core.talk import Alert, Asked, Context, Kind, Miss, Suggestion, Told
from bot.services.deliveries.ports import Claim
from bot.services.ports import ContextStore, MissStore, PictureStore, ProfileStore, TipStore
from bot.storage.database import FILE, Database
from bot.storage.memory import (
    MemoryContextStore,
    MemoryMissStore,
    MemoryPictureStore,
    MemoryProfileStore,
    MemoryTipStore,
)
from bot.storage.misses import DatabaseMissStore
from bot.storage.opening import opened
from bot.storage.pictures import DatabasePictureStore
from bot.storage.profiles import HISTORY, DatabaseProfileStore
from bot.storage.schema import MIGRATIONS
from bot.storage.tables import CONTEXTS, METADATA, OF_A_CHAT, PROFILES, SCHEMA, Moment
from bot.storage.talks import DatabaseContextStore
from bot.storage.tips import DatabaseTipStore

NOW = datetime(2026, 11, 24, 7, 30, 0, 123456, tzinfo=UTC)
DAY = date(2026, 11, 24)
NUMBERS = itertools.count(1)
ALERT = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW)
ODD = "nul \x00, half a pair \ud83d, 🙃, ümlaut, 'quote' \"quote\" %s :name {x}"
ROUTINE = Routine(
    recipe="desk-break",
    day=DAY,
    wish=Wish(
        recipe="desk-break",
        minutes=3,
        place="desk",
        equipment=frozenset({"band"}),
        gentle=True,
        harder=True,
        lacking=frozenset({"mat"}),
    ),
    moves=(Move(exercise="chin-tuck", dose=Dose(repetitions=8, sets=2), form="sitting", reasons=("place",)),),
    version="0123",
    place="desk",
    notes=("take_it_easy",),
)
FULL = Context(
    at=NOW,
    alert=ALERT,
    heard=(ODD, "second"),
    disclaimed=("general",),
    reminded=DAY,
    said=ODD,
    kind=Kind.ANSWER,
    entry="every-day",
    seen=("every-day",),
    others=("how-to-start",),
    suggestions=(Suggestion(label="Sources", utterance="/sources every-day", entry="every-day"),),
    conditions=("@pregnancy",),
    missed=Miss(text=ODD, topics=("risks",)),
    routine=RoutineState(
        answers=frozenset({"knee"}),
        wished="desk",
        session=Session(
            routine=ROUTINE,
            done=1,
            playing=Playing(phase=Phase.HOLD, at=NOW, due=NOW + timedelta(seconds=9), card="7"),
        ),
    ),
    asked=Asked(text=ODD, context=Context(at=NOW, said="before")),
    told=frozenset({"ill"}),
    told_at=(Told(name="ill", at=NOW),),
    leg_at=NOW,
    draft=Draft(
        awaits=Awaits.HALF,
        what=What.BOTH,
        at=time(7, 30),
        weekdays=frozenset({0, 4}),
        weekly=True,
        times=(time(8), time(20)),
        is_change=True,
    ),
)
PROFILE = Profile(
    level=2,
    minutes=7,
    place="home",
    equipment=frozenset({"band", "ball"}),
    lacking=frozenset({"chair"}),
    conditions=frozenset({"pregnancy"}),
    keeps_conditions=True,
    liked=frozenset({"cat-cow"}),
    never=frozenset({"plank"}),
    goal=4,
    breaks=(Break(since=DAY), Break(since=DAY, until=DAY)),
    hides_progress=True,
    zone="Europe/London",
)


@pytest.fixture(params=["in memory", "in the database"])
def is_memory(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "in memory"


@pytest.fixture
def contexts(database: Database, *, is_memory: bool) -> ContextStore:
    return MemoryContextStore() if is_memory else DatabaseContextStore(database)


@pytest.fixture
def profiles(database: Database, *, is_memory: bool) -> ProfileStore:
    return MemoryProfileStore() if is_memory else DatabaseProfileStore(database)


@pytest.fixture
def pictures(database: Database, *, is_memory: bool) -> PictureStore:
    return MemoryPictureStore() if is_memory else DatabasePictureStore(database)


@pytest.fixture
def misses(database: Database, *, is_memory: bool) -> MissStore:
    return MemoryMissStore() if is_memory else DatabaseMissStore(database)


@pytest.fixture
def tips(database: Database, *, is_memory: bool) -> TipStore:
    return MemoryTipStore() if is_memory else DatabaseTipStore(database)


async def test_a_tip_that_came_again_has_come_last(tips: TipStore) -> None:
    for number, tip in enumerate(("first", "second", "first")):
        await tips.add("1", tip, DAY + timedelta(days=number))
    await tips.add("2", "other", DAY)
    assert [(each.tip, each.day) for each in await tips.seen("1")] == [
        ("second", DAY + timedelta(days=1)),
        ("first", DAY + timedelta(days=2)),
    ]
    await tips.forget("1")
    assert not await tips.seen("1")
    assert [each.tip for each in await tips.seen("2")] == ["other"]


async def test_the_id_of_a_picture_is_kept_until_there_is_another(pictures: PictureStore) -> None:
    assert await pictures.known() == {}
    for file in ("old", "new"):
        await pictures.keep("mark", file)
        await pictures.keep(f"other {file}", file)
    assert await pictures.known() == {"mark": "new", "other old": "old", "other new": "new"}


def test_the_full_values_of_these_tests_have_no_field_at_its_default() -> None:
    for value in (FULL, PROFILE):
        left = [each.name for each in fields(value) if getattr(value, each.name) == each.default]
        assert left == (["history"] if value is PROFILE else [])


async def test_a_context_comes_back_as_it_was(contexts: ContextStore) -> None:
    assert await contexts.load("1") is None
    await contexts.save("1", Context(at=NOW))
    await contexts.save("1", FULL)
    await contexts.save("2", Context(at=NOW + timedelta(days=1)))
    assert await contexts.load("1") == FULL
    assert await contexts.load("2") == Context(at=NOW + timedelta(days=1))


async def test_players_that_go_on_by_themselves_are_found_among_all_talks(contexts: ContextStore) -> None:
    running = Playing(phase=Phase.HOLD, at=NOW, due=NOW + timedelta(seconds=30), step=1, card="7")
    paused = replace(running, phase=Phase.PAUSED, due=None)
    routine = Routine(recipe="x", day=DAY, wish=Wish(), moves=(), version="")
    for chat, playing in (("1", running), ("2", paused), ("3", None)):
        state = RoutineState(session=Session(routine=routine, playing=playing))
        await contexts.save(chat, Context(at=NOW, said='"due": "', routine=state))
    await contexts.save("4", Context(at=NOW))
    assert await contexts.playing() == [("1", running)]


async def test_an_alert_that_ended_is_gone(contexts: ContextStore) -> None:
    await contexts.save("1", FULL)
    await contexts.save("1", Context(at=NOW))
    assert await contexts.load("1") == Context(at=NOW)


async def test_a_moment_is_the_same_in_any_offset(contexts: ContextStore) -> None:
    moment = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    alert = Alert(flag="x", action=Action.SAME_DAY, at=moment)
    await contexts.save("1", Context(at=moment, alert=alert))
    assert await contexts.load("1") == Context(at=NOW, alert=Alert(flag="x", action=Action.SAME_DAY, at=NOW))


async def test_a_profile_comes_back_as_it_was(profiles: ProfileStore) -> None:
    assert await profiles.load("1") == Profile()
    await profiles.save("1", PROFILE)
    assert await profiles.load("1") == PROFILE
    assert await profiles.load("2") == Profile()


async def test_conditions_are_kept_only_if_the_person_agreed(profiles: ProfileStore) -> None:
    told = Profile(level=1, conditions=frozenset({"pregnancy"}))
    await profiles.save("1", told)
    assert await profiles.load("1") == Profile(level=1)


async def test_what_was_done_is_in_order_and_counts_once(profiles: ProfileStore) -> None:
    first = Done(exercise="cat-cow", at=NOW, felt="good", routine="desk-break")
    second = Done(exercise="bird-dog", at=NOW + timedelta(minutes=1))
    await profiles.add("1", second)
    await profiles.add("1", Done(exercise="cat-cow", at=NOW, felt="hurt"))
    await profiles.add("1", first)
    await profiles.save("1", PROFILE)
    assert (await profiles.load("1")).history == (first, second)


async def test_misses_come_back_in_order_with_any_words(misses: MissStore) -> None:
    assert await misses.all() == []
    await misses.count(["risks", "how_often"], DAY)
    assert await misses.keep(ODD, [], DAY + timedelta(days=1))
    assert await misses.all() == [
        KeptMiss(day=DAY, topics=("risks", "how_often")),
        KeptMiss(day=DAY + timedelta(days=1), topics=(), text=ODD),
    ]


async def test_whoever_is_forgotten_is_forgotten_alone(
    contexts: ContextStore, profiles: ProfileStore
) -> None:
    for chat in ("1", "11"):
        await contexts.save(chat, FULL)
        await profiles.save(chat, PROFILE)
        await profiles.add(chat, Done(exercise="cat-cow", at=NOW))
    for holder in (profiles, contexts):
        await holder.forget("1")
        await holder.forget("never seen")
    assert (await contexts.load("1"), await profiles.load("1")) == (None, Profile())
    assert await contexts.load("11") == FULL
    assert (await profiles.load("11")).history


async def test_of_a_long_history_the_newest_is_loaded(database: Database) -> None:
    profiles = DatabaseProfileStore(database)
    for number in range(HISTORY + 2):
        await profiles.add("1", Done(exercise="cat-cow", at=NOW + timedelta(minutes=number)))
    history = (await profiles.load("1")).history
    assert len(history) == HISTORY
    assert history[-1].at == NOW + timedelta(minutes=HISTORY + 1)


async def test_a_talk_is_erased_within_a_day_and_the_safety_state_within_fourteen(database: Database) -> None:
    contexts = DatabaseContextStore(database)
    await contexts.save("alert", FULL)
    await contexts.save("talk", Context(at=NOW, said="x"))
    await contexts.tidy(NOW + timedelta(hours=22, minutes=59))
    assert (await contexts.load("alert"), bool(await contexts.load("talk"))) == (FULL, True)
    await contexts.tidy(NOW + timedelta(hours=23, minutes=1))
    assert await contexts.load("talk") is None
    assert await contexts.load("alert") == Context(at=ALERT.at, alert=ALERT, leg_at=NOW)
    (row,) = await database.read(select(CONTEXTS.c.document))
    assert row.document is None
    await contexts.tidy(NOW + timedelta(days=14, minutes=-61))
    assert await contexts.load("alert") == Context(at=ALERT.at, alert=ALERT, leg_at=NOW)
    await contexts.tidy(NOW + timedelta(days=14, minutes=-59))
    assert await database.read(select(CONTEXTS)) == []


async def test_what_was_told_is_erased_within_a_day_while_the_talk_goes_on(database: Database) -> None:
    contexts = DatabaseContextStore(database)
    talk = Context(at=NOW + timedelta(hours=22)).telling(frozenset({"knee"}), NOW)
    talk = talk.telling(frozenset({"wrist"}), NOW + timedelta(hours=22))
    await contexts.save("1", talk)
    await contexts.save("2", replace(talk, alert=ALERT))
    await contexts.tidy(NOW + timedelta(hours=22, minutes=59))
    assert await contexts.load("1") == talk
    await contexts.tidy(NOW + timedelta(hours=23, minutes=1))
    for chat, alert in (("1", None), ("2", ALERT)):
        left = await contexts.load(chat)
        assert left is not None
        assert (left.told, left.alert) == (frozenset({"wrist"}), alert)
    (first, second) = await database.read(select(CONTEXTS.c.document))
    assert "knee" not in first.document + second.document


async def test_what_an_older_version_was_told_counts_from_the_last_turn(database: Database) -> None:
    contexts = DatabaseContextStore(database)
    await contexts.save("1", Context(at=NOW, told=frozenset({"knee"})))
    kept = await contexts.load("1")
    assert kept is not None
    assert kept.told_since(NOW - timedelta(hours=24)).told == {"knee"}
    assert not kept.told_since(NOW + timedelta(seconds=1)).told


async def test_an_old_alert_ends_while_the_talk_goes_on(database: Database) -> None:
    contexts = DatabaseContextStore(database)
    await contexts.save("1", Context(at=NOW + timedelta(days=14), alert=ALERT))
    await contexts.tidy(NOW + timedelta(days=14))
    assert await contexts.load("1") == Context(at=NOW + timedelta(days=14))


async def test_that_something_went_into_a_leg_is_erased_within_fourteen_days(database: Database) -> None:
    contexts = DatabaseContextStore(database)
    await contexts.save("1", Context(at=NOW + timedelta(hours=1), said="x", leg_at=NOW))
    await contexts.tidy(NOW + timedelta(days=2))
    assert await contexts.load("1") == Context(at=NOW, leg_at=NOW)
    await contexts.tidy(NOW + timedelta(days=14))
    assert await database.read(select(CONTEXTS)) == []


async def test_no_table_keeps_a_row_of_whom_is_forgotten(database: Database) -> None:
    await database.open()
    for table in OF_A_CHAT:
        for chat in ("1", "2"):
            values = {column.name: _some(column) for column in table.c}
            await database.write(insert(table).values({**values, "chat": chat}))
    await database.forget("1")
    for table in OF_A_CHAT:
        assert [row.chat for row in await database.read(select(table))] == ["2"]


@pytest.mark.parametrize("url", [None])
async def test_what_is_forgotten_stands_nowhere_in_the_files(database: Database, tmp_path: Path) -> None:
    words = "a rare and private word"
    await DatabaseContextStore(database).save("1", Context(at=NOW, said=words))
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert words.encode() in kept
    await database.forget("1")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert words.encode() not in kept


@pytest.mark.parametrize(
    "document", ["", "{", "[]", "1", '{"version": 2, "at": "x"}', '{"version": 1, "at": 5}', '{"version": 1}']
)
async def test_what_another_version_wrote_is_forgotten_but_for_the_safety_state(
    document: str, database: Database
) -> None:
    contexts, profiles = DatabaseContextStore(database), DatabaseProfileStore(database)
    await contexts.save("1", FULL)
    await database.write(
        database.upsert(CONTEXTS, chat="1", at=NOW, document=document),
        database.upsert(PROFILES, chat="1", document=document or "x"),
    )
    assert await contexts.load("1") == Context(at=NOW, alert=ALERT, leg_at=NOW)
    assert await profiles.load("1") == Profile()


async def test_of_several_statements_all_are_done_or_none(database: Database) -> None:
    with pytest.raises(Exception, match="database"):
        await database.write(
            database.upsert(PROFILES, chat="1", document="{}"),
            insert(PROFILES).values(chat="2", document=None),
        )
    assert await database.read(select(PROFILES)) == []


async def test_many_at_once_lose_nothing(database: Database) -> None:
    misses, contexts = DatabaseMissStore(database), DatabaseContextStore(database)
    await asyncio.gather(
        *(misses.count([str(number)], DAY) for number in range(100)),
        *(contexts.save(str(number), FULL) for number in range(100)),
    )
    assert len(await misses.all()) == 100
    assert await contexts.load("99") == FULL


async def test_several_open_an_empty_database_at_once(url: str | None, tmp_path: Path) -> None:
    workers = [Database(tmp_path / "data", url) for _ in range(4)]
    await asyncio.gather(*(worker.open() for worker in workers))
    await DatabaseContextStore(workers[0]).save("1", FULL)
    assert await DatabaseContextStore(workers[3]).load("1") == FULL
    for worker in workers:
        await worker.close()


async def test_the_migrations_make_the_tables_that_the_program_knows(
    database: Database, url: str | None, tmp_path: Path
) -> None:
    await database.open()
    async with database._engine.connect() as connection:  # noqa: SLF001  # what Alembic says of it
        assert await connection.run_sync(_differences) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def _some(column: Column[Any]) -> object:
    """Anything that a column takes."""
    if isinstance(column.type, Moment):
        return NOW
    return {date: DAY, int: next(NUMBERS), str: "1"}[column.type.python_type]


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def test_neither_a_start_nor_the_hourly_chore_reads_all_rows(tmp_path: Path) -> None:
    done: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        done.append((told[2], told[3]))

    await _make(tmp_path)
    event.listen(Engine, "before_cursor_execute", note)
    async with opened(tmp_path, None, lambda: NOW, "2026a") as stores:
        await stores.contexts.playing()
        await stores.ledger.claim(Claim(worker="one", now=NOW, until=NOW, most=200), lambda each: each)
        await stores.ledger.reschedule("2026a", 1000, lambda each: each)
        await stores.vitals.read(NOW)
    event.remove(Engine, "before_cursor_execute", note)
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        plans = [
            step[3]
            for statement, parameters in done
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
            for step in other.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    tables = {table.name for table in OF_A_CHAT}
    assert any("SEARCH" in plan for plan in plans)
    scans = [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan]
    assert [plan for plan in scans if plan.split()[1] in tables] == []


async def _make(folder: Path) -> None:
    database = Database(folder)
    await database.open()
    await database.close()
