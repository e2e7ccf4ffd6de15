"""The fifth part of `make bench`: two workers keep one pace over PostgreSQL, and what that costs.

One delivers alone, a second joins, and is killed in the end. It takes a minute and a half, in real time;
`python -m benchmarks.sharing try` writes nothing.
"""

import asyncio
import os
import sys
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

from bot_api import BotApi
from databases import PostgreSQL, postgresql
from house import clean_environment
from sqlalchemy import select, text
from subscribers import RULES, subscriber

from benchmarks.figures import Spread, spread
from benchmarks.processes import ROOT
from bot.bootstrap import utc_now
from bot.services.shares import Plan, Roster, plan
from bot.storage.database import Database
from bot.storage.registry import DatabaseRegistry
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import WORKERS
from bot.telegram_ui.workers.membership import Rhythm

PAGE = ROOT / "docs" / "benchmarks.md"
FROM, TO = "<!-- sharing: from here -->\n", "<!-- sharing: to here -->\n"
PACE = 30
DUE = 3000  # more than can go in all of it
SETTLES = 3.0  # seconds that do not count, in which connections are opened
ALONE, TOGETHER, AFTER = 10.0, 25.0, 8.0  # seconds that are watched
LONGEST = 30.0  # seconds in which the parts must be settled
TRIES = 300
REPLACED_GOAL = 30.0
SECOND_GOAL = 0.95  # seconds for one message more than a second may have; ways to the double differ a little

_TOKEN = text("UPDATE tokens SET left_over = left_over - 1 WHERE left_over > 0 RETURNING left_over")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some seconds and their messages: how many a second, at most in any one second, in which time came
    one more than are allowed in a second, and how many fewer than were allowed.
    """

    seconds: float
    per_second: float
    busiest: int
    shortest: float
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Four stretches, one after the other, and what two ways to share a pace cost in the database."""

    alone: Stretch
    joining: Stretch
    together: Stretch
    replacing: Stretch
    afterwards: Stretch
    sign: Spread
    token: Spread


def main(*, writes: bool) -> None:
    """Measure, and write it down if it is to be."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "run").mkdir()
        with postgresql(place / "run") as server:
            shared = asyncio.run(_measure(place, server))
    lines = "\n".join(_lines(shared))
    sys.stdout.write(f"{lines}\n")
    if writes:
        before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
        PAGE.write_text(f"{before}{FROM}\n{lines}\n\n{TO}{rest.split(TO)[1]}", encoding="utf-8")


async def _measure(place: Path, server: PostgreSQL) -> Shared:
    url = server.new()
    database = Database(place, url)
    async with BotApi() as api:
        await _subscribe(api, database)
        async with _worker(api, url):
            await _parted(database, [PACE])
            alone = await _watched(api, asyncio.sleep(SETTLES + ALONE), SETTLES)
            async with _worker(api, url) as second:
                joining = await _watched(api, _parted(database, [PACE // 2] * 2))
                together = await _watched(api, asyncio.sleep(SETTLES + TOGETHER), SETTLES)
                second.kill()
                replacing = await _watched(api, _parted(database, [PACE]))
            afterwards = await _watched(api, asyncio.sleep(AFTER))
    sign, token = await _costs(place, server.new())
    await database.close()
    return Shared(
        alone=alone,
        joining=joining,
        together=together,
        replacing=replacing,
        afterwards=afterwards,
        sign=sign,
        token=token,
    )


async def _subscribe(api: BotApi, database: Database) -> None:
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    for _ in range(DUE):
        chat = api.private()
        chat.opened = True
        await subscriptions.save(subscriber(chat.id, due=utc_now()))


@asynccontextmanager
async def _worker(api: BotApi, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that delivers, and shares the pace with others; it is killed in the end."""
    environment = clean_environment(
        BOT_TOKEN=api.token,
        BOT_API_URL=api.url,
        DATABASE_URL=url,
        MESSAGES_PER_SECOND=str(PACE),
        TOGETHER="yes",
        PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "deliverer", env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _parted(database: Database, paces: Sequence[int]) -> None:
    """Once the workers have these parts of the pace."""
    async with asyncio.timeout(LONGEST):
        while True:
            if sorted(row.pace for row in await database.read(select(WORKERS.c.pace))) == sorted(paces):
                return
            await asyncio.sleep(0.05)


async def _watched(api: BotApi, passes: Awaitable[None], uncounted: float = 0.0) -> Stretch:
    """What goes out while something passes, but for the first seconds."""
    began = time.monotonic() + uncounted
    await passes
    seconds = time.monotonic() - began
    sent = [call.at for call in api.calls if call.method == "sendMessage" and call.at >= began]
    busiest = max((bisect_left(sent, at + 1) - number for number, at in enumerate(sent)), default=0)
    shortest = min((after - at for at, after in zip(sent, sent[PACE:], strict=False)), default=inf)
    missed = max(0, round(PACE * seconds) - len(sent))
    return Stretch(seconds, len(sent) / seconds, busiest, shortest, missed)


async def _costs(place: Path, url: str) -> tuple[Spread, Spread]:
    """How long a sign of life takes, which parts chats and pace, and how long a token for a message would."""
    databases = [Database(place, url) for _ in range(2)]
    registries = [DatabaseRegistry(database) for database in databases]

    async def sign(number: int) -> None:
        def decide(roster: Roster) -> Plan:
            return plan(roster, str(number), frozenset(range(64)), PACE)

        await registries[number].sign(str(number), Rhythm().lease, decide)

    async def token(number: int) -> None:
        async with databases[number].transaction() as connection:
            await connection.execute(_TOKEN)

    await databases[0].write(text("CREATE TABLE tokens (left_over INTEGER)"))
    await databases[0].write(text("INSERT INTO tokens VALUES (1000000)"))
    found = await _timed(sign), await _timed(token)
    for database in databases:
        await database.close()
    return found


async def _timed(act: Callable[[int], Awaitable[None]]) -> Spread:
    """How long something takes that two do at the same time, over and over."""
    took: list[float] = []

    async def repeat(number: int) -> None:
        for _ in range(TRIES):
            began = time.perf_counter()
            await act(number)
            took.append(time.perf_counter() - began)

    await act(0)
    await act(1)
    await asyncio.gather(repeat(0), repeat(1))
    return spread(took)


def _lines(shared: Shared) -> list[str]:
    stretches = shared.alone, shared.joining, shared.together, shared.replacing, shared.afterwards
    shortest = min(stretch.shortest for stretch in stretches)
    beat, replaced = Rhythm().beat, shared.replacing.seconds
    is_kept = f"{_verdict(shortest >= SECOND_GOAL)}, {shortest:.3f} s at least"
    is_replaced = f"{_verdict(replaced < REPLACED_GOAL)}, {replaced:.1f} s"
    return [
        "Measured while other work ran on the same machine.",
        "",
        "| | Seconds | Messages a second | At most in any second | Fewer than allowed |",
        "|---|---|---|---|---|",
        _row("One worker alone", shared.alone),
        _row("A second one starts, until each has its part", shared.joining),
        _row("Two workers together", shared.together),
        _row("One is killed, until the other has all of the pace", shared.replacing),
        _row("The one that is left", shared.afterwards),
        "",
        "| In the database, by two at the same time | p50 | p95 | p99 |",
        "|---|---|---|---|",
        _costs_row(f"A sign of life, every {beat:g} s for each worker", shared.sign),
        _costs_row("A shared token instead, for each message", shared.token),
        "",
        f"- {PACE + 1} messages in no less than {SECOND_GOAL:g} s: {is_kept}.",
        f"- A dead worker's part taken over within {REPLACED_GOAL:g} s: {is_replaced}.",
    ]


def _row(name: str, stretch: Stretch) -> str:
    cells = (name, f"{stretch.seconds:.1f}", f"{stretch.per_second:.1f}", stretch.busiest, stretch.missed)
    return f"| {' | '.join(map(str, cells))} |"


def _costs_row(name: str, took: Spread) -> str:
    return f"| {name} | {took.p50:.1f} ms | {took.p95:.1f} ms | {took.p99:.1f} ms |"


def _verdict(is_reached: bool) -> str:  # noqa: FBT001  # the one thing it says
    return "reached" if is_reached else "missed"


if __name__ == "__main__":
    main(writes=len(sys.argv) == 1)
