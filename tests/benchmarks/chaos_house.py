"""The processes that are brought into trouble, and the troubles."""

import asyncio
import os
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot_api import BotApi
from databases import PostgreSQL
from house import clean_environment

from bot.storage.database import FILE

ROOT = Path(__file__).parents[2]
PER_SECOND = 100
LIVES = (0.5, 2.5)  # seconds that a process lives, or a trouble lasts
FAR = 2400.0  # seconds that a clock jumps at most; less than the longest delay of a delivery
FIRST_DOOR = 18_080  # the port of the first worker

Process = asyncio.subprocess.Process
Trouble = Callable[["Chaos"], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Chaos:
    """Starts processes of one kind and has them killed, with one seed."""

    folder: Path
    api: BotApi
    module: str
    workers: int = 1
    server: PostgreSQL | None = None
    has_webhook: bool = False
    url: str = ""
    random: Random = field(default_factory=lambda: Random(8))  # noqa: S311  # it keeps no secret
    at_work: list[Process] = field(default_factory=list)
    doors: dict[int, str] = field(default_factory=dict)
    started: int = 0

    async def start(self) -> None:
        """One more process."""
        self.started += 1
        settings = {
            "BOT_TOKEN": self.api.token,
            "BOT_API_URL": self.api.url,
            "DATA_DIR": str(self.folder),
            "CLOCK": str(self.folder / "clock"),
            "DATABASE_URL": self.url,
            "MESSAGES_PER_SECOND": str(PER_SECOND),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        }
        if self.has_webhook:
            port = FIRST_DOOR + self.started
            settings |= {
                "WEBHOOK_URL": "http://balancer/telegram",
                "WEBHOOK_SECRET": "s" * 32,
                "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            }
        null = asyncio.subprocess.DEVNULL
        command = sys.executable, "-m", self.module
        environment = clean_environment(**settings)
        process = await asyncio.create_subprocess_exec(*command, stderr=null, env=environment)
        self.at_work.append(process)
        if self.has_webhook:
            self.doors[process.pid] = f"http://127.0.0.1:{port}/telegram"
            self.api.updates.doors = [self.doors[each.pid] for each in self.at_work]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All workers, for as long as they are needed."""
        for _ in range(self.workers):
            await self.start()
        watch = asyncio.create_task(self._replace_ended())
        try:
            yield
        finally:
            watch.cancel()
            for process in self.at_work:
                await _kill(process)
            self.at_work.clear()

    async def _replace_ended(self) -> None:
        """Start another worker for each that ended by itself, as what runs the bot does."""
        while True:
            await asyncio.sleep(LIVES[0])
            for process in [each for each in self.at_work if each.returncode is not None]:
                self.at_work.remove(process)
                await self.start()

    async def live(self) -> None:
        """Let some time pass."""
        await asyncio.sleep(self.random.uniform(*LIVES))


async def kill(chaos: Chaos) -> None:
    """Kill the process that has lived longest, and start another one."""
    await _kill(chaos.at_work.pop(0))
    await chaos.start()


async def restart_postgresql(chaos: Chaos) -> None:
    """Stop the database, and start it again after a while."""
    if chaos.server:
        await asyncio.to_thread(chaos.server.server.stop)
        await chaos.live()
        await asyncio.to_thread(chaos.server.server.start)


async def jump(chaos: Chaos) -> None:
    """Set the clock of the workers forward or back."""
    new = chaos.folder / "clock.new"
    new.write_text(str(chaos.random.uniform(-FAR, FAR)), encoding="utf-8")
    new.replace(chaos.folder / "clock")  # at once: nobody reads half of it


async def fill_disk(chaos: Chaos) -> None:
    """Let no file of the workers grow for a while."""
    file = chaos.folder / FILE
    await chaos.api.until(file.exists, "the file", 10 * LIVES[1])
    limit = file.stat().st_size
    for process in chaos.at_work:
        before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        await chaos.live()
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


async def lock_database(chaos: Chaos) -> None:
    """Write to SQLite and do not end, for longer than the bot waits."""
    with closing(sqlite3.connect(chaos.folder / FILE, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(7)


async def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself
        process.kill()
    await process.wait()
