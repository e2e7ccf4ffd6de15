"""What has come in is handled once, however often Telegram sends it, and outlives the process."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import AT_ONCE, NO_REST
from sqlalchemy import select

from bot.services.ports import Arrival, Inbox
from bot.services.shares import SHARES
from bot.storage.database import Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.memory import MemoryInbox
from bot.storage.shared_inbox import DatabaseSharedInbox
from bot.storage.tables import INBOX

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


@pytest.fixture(params=["in memory", "in the database"])
def inbox(request: pytest.FixtureRequest, database: Database) -> Inbox:
    return MemoryInbox() if request.param == "in memory" else DatabaseInbox(database)


def _arrival(number: int, chat: str = "1") -> Arrival:
    document = json.dumps({"update_id": number, "text": "nul \x00, half a pair \ud83d, 🙃"})
    return Arrival(number=number, chat=chat, at=NOW, document=document)


FIRST, SECOND, THIRD = _arrival(2**50), _arrival(2**50 + 1), _arrival(2**50 + 2)


async def test_what_comes_is_kept_in_order_until_it_is_handled(inbox: Inbox) -> None:
    assert list(await inbox.take_in([FIRST, SECOND], confirms=False)) == [FIRST, SECOND]
    await inbox.take_in([THIRD], confirms=True)
    assert list(await inbox.waiting()) == [FIRST, SECOND, THIRD]
    await inbox.handled(SECOND.number)
    assert list(await inbox.waiting()) == [FIRST, THIRD]


async def test_what_comes_again_is_not_new_whether_it_was_handled_or_not(inbox: Inbox) -> None:
    await inbox.take_in([FIRST, SECOND], confirms=False)
    await inbox.handled(FIRST.number)
    assert list(await inbox.take_in([FIRST, SECOND, THIRD, THIRD], confirms=False)) == [THIRD]


async def test_what_is_passed_over_is_written_down_with_the_next(inbox: Inbox) -> None:
    await inbox.take_in([FIRST], confirms=False)
    inbox.let_go(FIRST.number)
    await inbox.take_in([SECOND], confirms=False)
    assert list(await inbox.waiting()) == [SECOND]


async def test_a_number_that_is_not_kept_does_no_harm(inbox: Inbox) -> None:
    await inbox.handled(7)
    inbox.let_go(8)
    assert list(await inbox.waiting()) == []


async def test_what_was_handled_has_no_content_and_goes_when_it_will_not_come_again(
    database: Database,
) -> None:
    inbox = DatabaseInbox(database)
    await inbox.take_in([FIRST], confirms=False)
    await inbox.handled(FIRST.number)
    (row,) = await database.read(select(INBOX))
    assert (row.number, row.chat, row.document) == (FIRST.number, "", None)
    await inbox.take_in([], confirms=False)
    assert len(await database.read(select(INBOX))) == 1
    await inbox.take_in([], confirms=True)
    assert await database.read(select(INBOX)) == []


async def test_another_process_finds_what_was_left_and_knows_what_was_handled(
    url: str | None, tmp_path: Path
) -> None:
    killed = Database(tmp_path / "data", url)
    before = DatabaseInbox(killed)
    await before.take_in([FIRST, SECOND], confirms=True)
    await before.handled(FIRST.number)
    database = Database(tmp_path / "data", url)
    inbox = DatabaseInbox(database)
    assert await inbox.waiting() == [SECOND]
    assert await inbox.take_in([FIRST, SECOND, THIRD], confirms=False) == [THIRD]
    await inbox.handled(SECOND.number)
    assert await inbox.waiting() == [THIRD]
    for each in (killed, database):
        await each.close()


async def test_many_are_handled_at_once(database: Database) -> None:
    inbox = DatabaseInbox(database)
    arrivals = [_arrival(number) for number in range(1, 1501)]
    await inbox.take_in(arrivals, confirms=False)
    await asyncio.gather(*(inbox.handled(arrival.number) for arrival in arrivals[1:]))
    assert await inbox.waiting() == arrivals[:1]


@pytest.mark.parametrize("url", [None])
async def test_what_could_not_be_noted_is_noted_when_the_database_can_be_written(
    database: Database, tmp_path: Path
) -> None:
    inbox = DatabaseInbox(database)
    await inbox.take_in([FIRST, SECOND], confirms=False)
    other = Database(tmp_path / "data", patience=AT_ONCE, rest=NO_REST)
    async with other.transaction():
        await inbox.handled(FIRST.number)
    await other.close()
    await inbox.close()
    assert await inbox.waiting() == [SECOND]


@pytest.mark.parametrize("url", [None])
async def test_what_was_answered_in_an_outage_is_noted_before_another_worker_can_take_it_out(
    database: Database, tmp_path: Path
) -> None:
    one, two = (DatabaseSharedInbox(database, name) for name in ("one", "two"))
    shares = range(SHARES)
    assert await one.keep([FIRST, SECOND], shares, 10) == [FIRST, SECOND]
    other = Database(tmp_path / "data", patience=AT_ONCE, rest=NO_REST)
    async with other.transaction():
        await one.handled(FIRST.number)
    await other.close()
    await one.put_back(shares)
    assert await two.take_out(shares, 10) == [SECOND]
