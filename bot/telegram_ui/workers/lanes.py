"""Work in order within a chat, side by side between chats, and never without bounds."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable

MAX_IN_WORK = 1000  # updates taken in and not yet done; more wait at Telegram
MAX_OF_ONE = 50  # of which one person may hold so many in a chat,
MAX_OF_ONE_IN_ALL = 200  # so many in all chats together,
MAX_IN_LANE = 200  # and all people of a chat together so many

Job = Callable[[], Awaitable[None]]
_log = logging.getLogger(__name__)


class Lanes:
    """Runs jobs: those of one lane one after the other, those of different lanes at once."""

    def __init__(self, max_in_work: int = MAX_IN_WORK) -> None:
        self._max_in_work = max_in_work
        self._waiting: dict[int, deque[tuple[int, Job]]] = {}
        self._held: Counter[tuple[int, int]] = Counter()  # jobs by lane and person
        self._held_in_all: Counter[int] = Counter()  # jobs by person
        self._running: dict[int, asyncio.Task[None]] = {}
        self._in_work = 0
        self._room = asyncio.Event()
        self._room.set()

    def is_full(self, lane: int, person: int, *, urgent: bool = False) -> bool:
        """Whether a lane, or a person in it or in all, holds as many jobs as may be; of urgent ones more."""
        share = 2 if urgent else 1
        return (
            self._held[lane, person] >= MAX_OF_ONE * share
            or self._held_in_all[person] >= MAX_OF_ONE_IN_ALL * share
            or len(self._waiting.get(lane, ())) >= MAX_IN_LANE * share
        )

    async def room(self) -> None:
        """Wait until there is room for one more job."""
        await self._room.wait()

    def put(self, lane: int, person: int, job: Job) -> None:
        """Run a person's job when those before it in its lane are done."""
        self._in_work += 1
        self._held[lane, person] += 1
        self._held_in_all[person] += 1
        if self._in_work >= self._max_in_work:
            self._room.clear()
        jobs = self._waiting.get(lane)
        if jobs is not None:
            jobs.append((person, job))
            return
        self._waiting[lane] = deque([(person, job)])
        self._running[lane] = asyncio.create_task(self._run(lane))

    def count(self) -> int:
        """The jobs in work."""
        return self._in_work

    def busy(self) -> set[int]:
        """The lanes in which something is in work."""
        return set(self._running)

    def drop(self, is_meant: Callable[[int], bool]) -> None:
        """Give up what is in work in some lanes."""
        for lane in filter(is_meant, self.busy()):
            self._running.pop(lane).cancel()
            for person, _ in self._waiting.pop(lane):
                self._let_go(lane, person)

    async def finish(self, seconds: float) -> int:
        """Wait for the jobs in work, give up after so many seconds; how many were given up."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)
        for task in self._running.values():
            task.cancel()
        return self._in_work

    async def _run(self, lane: int) -> None:
        jobs = self._waiting[lane]
        while jobs:
            person, job = jobs[0]
            try:
                await job()
            except Exception:  # noqa: BLE001  # the last net: whatever a job does, its lane goes on
                _log.exception("An update could not be handled")
            jobs.popleft()
            self._let_go(lane, person)
        del self._waiting[lane], self._running[lane]

    def _let_go(self, lane: int, person: int) -> None:
        self._held[lane, person] -= 1
        if not self._held[lane, person]:
            del self._held[lane, person]
        self._held_in_all[person] -= 1
        if not self._held_in_all[person]:
            del self._held_in_all[person]
        self._in_work -= 1
        if self._in_work < self._max_in_work:
            self._room.set()
