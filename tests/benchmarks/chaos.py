"""`make chaos`: kills and other troubles at random instants in bad weather; nothing is lost, few come twice.

Deliveries to thousands, and a stream of questions to the bot; on SQLite, and on PostgreSQL by two workers.
`python -m benchmarks.chaos 0.1` does a tenth of it; `… 0.1 webhooks` only the runs whose name has that in it.
"""

import asyncio
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot_api import BotApi
from databases import PostgreSQL, postgresql
from subscribers import RULES, subscriber
from telegram_shapes import Chat
from weather import Tally, Weather

from benchmarks.chaos_house import Chaos, Trouble, fill_disk, jump, kill, lock_database, restart_postgresql
from bot.bootstrap import make_conversations, utc_now
from bot.config import Settings
from bot.storage.database import Database
from bot.storage.subscriptions import DatabaseSubscriptionStore

SUBSCRIBERS = 2000
CHATS, OF_EACH = 60, 20
PATIENCE = 300.0  # seconds in which what is left must be done


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is done, over which database, and which trouble comes how often."""

    name: str
    trouble: Trouble
    times: int
    has_questions: bool = False
    workers: int = 1  # two of them have PostgreSQL, and webhooks where there are questions


RUNS = (
    Run(name="deliveries, SQLite", trouble=kill, times=60),
    Run(name="deliveries, PostgreSQL, 2", trouble=kill, times=60, workers=2),
    Run(name="deliveries, clock jumps", trouble=jump, times=20),
    Run(name="deliveries, restarts", trouble=restart_postgresql, times=5, workers=2),
    Run(name="questions, SQLite", trouble=kill, times=40, has_questions=True),
    Run(name="questions, webhooks, 2", trouble=kill, times=40, has_questions=True, workers=2),
    Run(name="questions, restarts", trouble=restart_postgresql, times=5, has_questions=True, workers=2),
    Run(name="questions, full disk", trouble=fill_disk, times=10, has_questions=True),
    Run(name="questions, locked", trouble=lock_database, times=3, has_questions=True),
)


async def _deliveries(chaos: Chaos, run: Run, share: float) -> str:
    """Deliver to everybody while there is trouble."""
    api, database, began = chaos.api, Database(chaos.folder, chaos.url or None), time.monotonic()
    weather = Weather(chaos.random, share=0.1, floods=0.005)
    tally = Tally(api, [api.private() for _ in range(round(SUBSCRIBERS * share))])
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    for chat in tally.chats:
        chat.opened = True
        await subscriptions.save(subscriber(chat.id, due=utc_now()))
    api.faults.by_chance = weather
    async with chaos.running():
        for _ in range(max(1, round(run.times * share))):
            await chaos.live()
            await run.trouble(chaos)
            await tally.note_kill(database)
        (chaos.folder / "clock").unlink(missing_ok=True)
        await api.until(lambda: not tally.lost, "the last deliveries", PATIENCE)
    await database.close()
    bound = sum(tally.unnoted) + weather.lost_answers
    return _line(began, (len(tally.chats), tally.sent, tally.lost, tally.repeated, bound, 0))


async def _questions(chaos: Chaos, run: Run, share: float) -> str:
    """Ask in many chats at once while there is trouble."""
    await asyncio.to_thread(make_conversations, Settings(bot_token=None))  # so that no start takes a minute
    api, began = chaos.api, time.monotonic()
    chats = [api.private() for _ in range(CHATS)]
    weather = Weather(chaos.random)
    api.faults.by_chance = weather
    each, times = max(1, round(OF_EACH * share)), max(1, round(run.times * share))
    asking = asyncio.create_task(_ask(api, chats, each))
    async with chaos.running():
        for _ in range(times):
            await chaos.live()
            await chaos.live()
            await run.trouble(chaos)
        await asking
        await api.until(
            lambda: all(len(_first(api, chat)) == each for chat in chats), "all answers", PATIENCE
        )
    lost = sum(each - len(_first(api, chat)) for chat in chats)
    broken = sum(_first(api, chat) != sorted(_first(api, chat)) for chat in chats)
    sent = sum(len(_numbers(api, chat)) for chat in chats)
    bound = weather.lost_answers + CHATS * times
    return _line(began, (CHATS * each, sent, lost, sent - (CHATS * each - lost), bound, broken))


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


def _line(began: float, counts: Sequence[int]) -> str:
    due, *rest = counts
    took = time.monotonic() - began
    return f"{due:9} {' '.join(f'{count:6}' for count in rest)} {took:6.0f} s"


async def _main(share: float, wanted: str) -> None:
    heads = ("sent", "lost", "twice", "bound", "order")
    _say(f"{'':28}{'to send':>9} {' '.join(f'{head:>6}' for head in heads)}")
    with TemporaryDirectory() as folder:
        (Path(folder) / "run").mkdir()
        with postgresql(Path(folder) / "run") as server:
            for run in RUNS:
                if wanted in run.name:
                    place = Path(folder) / run.name.replace(" ", "-")
                    place.mkdir()
                    _say(f"{run.name:28}{await _do(run, place, server, share)}")


async def _do(run: Run, place: Path, server: PostgreSQL, share: float) -> str:
    async with BotApi() as api:
        chaos = Chaos(
            folder=place,
            api=api,
            module="bot" if run.has_questions else "deliverer",
            workers=run.workers,
            server=server,
            has_webhook=run.has_questions and run.workers > 1,
            url=server.new() if run.workers > 1 else "",
        )
        return await (_questions if run.has_questions else _deliveries)(chaos, run, share)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, " ".join(sys.argv[2:])))
