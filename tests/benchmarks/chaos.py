"""`make chaos`: kills at random instants in bad weather; nothing is lost, and few things come twice.

Deliveries to thousands, on SQLite and with two workers on PostgreSQL; a stream of questions to the whole bot.
`python -m benchmarks.chaos 0.1` does a tenth of it.
"""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot_api import BotApi
from databases import postgresql
from house import clean_environment
from subscribers import RULES, subscriber
from telegram_shapes import Chat
from weather import Tally, Weather

from bot.bootstrap import make_conversations, utc_now
from bot.config import Settings
from bot.storage.database import Database
from bot.storage.subscriptions import DatabaseSubscriptionStore

ROOT = Path(__file__).parents[2]
SUBSCRIBERS, DELIVERY_KILLS = 2000, 60
CHATS, OF_EACH, QUESTION_KILLS = 60, 20, 40
PER_SECOND = 100
LIVES = (0.5, 2.5)  # seconds that a process lives
PATIENCE = 300.0  # seconds in which what is left must be done

Process = asyncio.subprocess.Process


class Chaos:
    """Starts and kills processes, with one seed."""

    def __init__(self, folder: Path, api: BotApi, url: str | None = None) -> None:
        self.random = Random(8)  # noqa: S311  # it keeps no secret
        self.folder = folder
        self.api = api
        self.url = url

    async def start(self, module: str) -> Process:
        """A process that delivers or the bot as a whole."""
        settings = {
            "BOT_TOKEN": self.api.token,
            "BOT_API_URL": self.api.url,
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url or "",
            "MESSAGES_PER_SECOND": str(PER_SECOND),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        }
        command = sys.executable, "-m", module
        null = asyncio.subprocess.DEVNULL
        return await asyncio.create_subprocess_exec(*command, stderr=null, env=clean_environment(**settings))

    @asynccontextmanager
    async def running(self, module: str) -> AsyncIterator[None]:
        """A process for as long as it is needed."""
        process = await self.start(module)
        try:
            yield
        finally:
            await _kill(process)

    async def live(self) -> None:
        """Let some time pass."""
        await asyncio.sleep(self.random.uniform(*LIVES))


async def _kill(process: Process) -> None:
    process.kill()
    await process.wait()


async def deliveries(chaos: Chaos, workers: int, share: float) -> str:
    """Deliver to everybody while one worker after the other is killed."""
    api, database, began = chaos.api, Database(chaos.folder, chaos.url), time.monotonic()
    weather = Weather(chaos.random, share=0.1, floods=0.005)
    tally = Tally(api, [api.private() for _ in range(round(SUBSCRIBERS * share))])
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    for chat in tally.chats:
        chat.opened = True
        await subscriptions.save(subscriber(chat.id, due=utc_now()))
    api.faults.by_chance = weather
    at_work = [await chaos.start("deliverer") for _ in range(workers)]
    for _ in range(round(DELIVERY_KILLS * share)):
        await chaos.live()
        await _kill(at_work.pop(0))
        await tally.note_kill(database)
        at_work.append(await chaos.start("deliverer"))
    await api.until(lambda: not tally.lost, "the last deliveries", PATIENCE)
    for process in at_work:
        await _kill(process)
    await database.close()
    bound = sum(tally.unnoted) + weather.lost_answers
    return _line(began, len(tally.chats), tally.sent, tally.lost, tally.repeated, bound, 0)


async def questions(chaos: Chaos, share: float) -> str:
    """Ask in many chats at once while the bot is killed again and again."""
    await asyncio.to_thread(make_conversations, Settings(bot_token=None))  # so that no start takes a minute
    api, began = chaos.api, time.monotonic()
    chats = [api.private() for _ in range(CHATS)]
    weather = Weather(chaos.random)
    api.faults.by_chance = weather
    each = max(1, round(OF_EACH * share))
    asking = asyncio.create_task(_ask(api, chats, each))
    for _ in range(max(1, round(QUESTION_KILLS * share))):
        async with chaos.running("bot"):
            await chaos.live()
            await chaos.live()
    await asking
    async with chaos.running("bot"):
        done = lambda: all(len(_first(api, chat)) == each for chat in chats)  # noqa: E731  # asked again and again
        await api.until(done, "the last answers", PATIENCE)
    lost = sum(each - len(_first(api, chat)) for chat in chats)
    broken = sum(_first(api, chat) != sorted(_first(api, chat)) for chat in chats)
    sent = sum(len(_numbers(api, chat)) for chat in chats)
    bound = weather.lost_answers + CHATS * max(1, round(QUESTION_KILLS * share))
    return _line(began, CHATS * each, sent, lost, sent - (CHATS * each - lost), bound, broken)


async def _ask(api: BotApi, chats: Sequence[Chat], each: int) -> None:
    for number in range(each):
        for chat in chats:
            api.say(chat, f"/question{number}")
            await asyncio.sleep(0.02)


def _numbers(api: BotApi, chat: Chat) -> list[int]:
    """Which questions were answered, as often and in the order in which they were."""
    found = [re.search(r"/question(\d+)", said.text) for said in api.messages(chat)]
    return [int(match[1]) for match in found if match]


def _first(api: BotApi, chat: Chat) -> list[int]:
    """The same without what came again."""
    return list(dict.fromkeys(_numbers(api, chat)))


def _line(began: float, due: int, sent: int, lost: int, again: int, bound: int, broken: int) -> str:  # noqa: PLR0913, PLR0917
    took = time.monotonic() - began
    return f"{due:9} {sent:6} {lost:6} {again:6} {bound:6} {broken:7} {took:6.0f} s"


async def _main(share: float) -> None:
    _say(f"{'':28}{'to send':>9} {'sent':>6} {'lost':>6} {'twice':>6} {'bound':>6} {'order':>7}")
    with TemporaryDirectory() as folder:
        place = Path(folder)
        async with BotApi() as api:
            _say(f"{'deliveries, SQLite':28}{await deliveries(Chaos(place / 'one', api), 1, share)}")
        (place / "run").mkdir()
        with postgresql(place / "run") as new:
            async with BotApi() as api:
                line = await deliveries(Chaos(place / "two", api, new()), 2, share)
                _say(f"{'deliveries, PostgreSQL, 2':28}{line}")
        async with BotApi() as api:
            _say(f"{'questions, SQLite':28}{await questions(Chaos(place / 'three', api), share)}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
