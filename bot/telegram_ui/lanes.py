"""Work in order within a chat, side by side between chats, and never without bounds."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

MAX_IN_WORK = 1000  # updates taken in and not yet done; more wait at Telegram
MAX_IN_LANE = 50  # of which one chat may hold so many

Job = Callable[[], Awaitable[None]]
_log = logging.getLogger(__name__)


class Lanes:
    """Runs jobs: those of one lane one after the other, those of different lanes at once."""

    def __init__(self, max_in_work: int = MAX_IN_WORK, max_in_lane: int = MAX_IN_LANE) -> None:
        self._max_in_work = max_in_work
        self._max_in_lane = max_in_lane
        self._waiting: dict[int, deque[Job]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._in_work = 0
        self._room = asyncio.Event()
        self._room.set()

    def is_full(self, lane: int, *, urgent: bool = False) -> bool:
        """Whether a lane holds as many jobs as one may; twice as many for one that is urgent."""
        return len(self._waiting.get(lane, ())) >= self._max_in_lane * (2 if urgent else 1)

    async def room(self) -> None:
        """Wait until there is room for one more job."""
        await self._room.wait()

    def put(self, lane: int, job: Job) -> None:
        """Run a job when those before it in its lane are done."""
        self._in_work += 1
        if self._in_work >= self._max_in_work:
            self._room.clear()
        jobs = self._waiting.get(lane)
        if jobs is not None:
            jobs.append(job)
            return
        self._waiting[lane] = deque([job])
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, seconds: float) -> int:
        """Wait for the jobs in work, give up after so many seconds; how many were given up."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in self._running:
            task.cancel()
        return self._in_work

    async def _run(self, lane: int) -> None:
        jobs = self._waiting[lane]
        while jobs:
            try:
                await jobs[0]()
            except Exception:  # noqa: BLE001  # the last net: whatever a job does, its lane goes on
                _log.exception("An update could not be handled")
            jobs.popleft()
            self._in_work -= 1
            if self._in_work < self._max_in_work:
                self._room.set()
        del self._waiting[lane]
