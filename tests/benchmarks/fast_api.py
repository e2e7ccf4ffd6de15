"""A Bot API that does next to nothing, so that what is measured is the bot: `python -m benchmarks.fast_api {…}`.

A crowd of people waits for answers at any time. Each asks a few questions, the next one when the answer to the
last has come, and makes room for somebody new; so nobody asks too much, and the questions never run out. Every
call is answered after the latency. The strict double of the tests is another one: `tests/bot_api.py`.

It serves on loopback alone until it is terminated. The argument is a Rush as JSON. On standard output it says,
as lines of JSON, its port, the moment of the first poll and the figures of the rush after it.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from dataclasses import asdict, dataclass, field

from aiohttp import web

BATCH = 100  # updates that one poll brings, as with Telegram
HOLD_SECONDS = 1.0  # for which a poll without news is held
MAX_REPLIES = 100_000  # after which a run ends, however early
LIFE_SECONDS = 300.0  # after which the server ends by itself, whatever happened

_CHAT = re.compile(rb'(?:^|&)chat_id=(\d+)|"chat_id": ?"?(\d+)')
_SENT = b'{"message_id":1,"date":1790000000,"chat":{"id":%d,"type":"private","first_name":"A"},"text":"ok"}'
_BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """What people do: so many at a time, so many questions each, for so long. No person: nobody asks."""

    latency: float = 0.0  # seconds
    people: int = 0
    texts: tuple[str, ...] = ()  # what they ask, in turn
    questions: int = 5  # below the 20 in a row that the bot answers
    warm_up: float = 2.0  # seconds that do not count
    seconds: float = 8.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it: counted replies, over how long, and what each took from question to reply in seconds."""

    replies: int
    seconds: float
    calls: int
    reply_bytes: float
    latencies: tuple[float, ...]


@dataclass(slots=True)
class _Person:
    """Somebody who asks: the question that is open, since when, and how many are left."""

    number: int
    asked_at: float = 0.0
    left: int = 0
    open: bool = False


@dataclass(slots=True)
class _Crowd:
    """The people, and the updates that they made and no poll has brought yet."""

    rush: Rush
    people: dict[int, _Person] = field(default_factory=dict)
    pending: list[bytes] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1_000_000))
    _texts: "itertools.cycle[str]" = field(init=False)

    def __post_init__(self) -> None:
        self._texts = itertools.cycle(self.rush.texts)

    def come(self) -> None:
        """Let somebody new ask a first question."""
        person = _Person(next(self._numbers), left=self.rush.questions)
        self.people[person.number] = person
        self.ask(person)

    def ask(self, person: _Person) -> None:
        """Let somebody ask the next question."""
        person.left -= 1
        person.open, person.asked_at = True, time.perf_counter()
        self.pending.append(_update(next(self._numbers), person.number, next(self._texts)))
        self.news.set()

    def go_on(self, person: _Person) -> None:
        """After an answer: the next question, or somebody else's first."""
        if person.left:
            self.ask(person)
        else:
            del self.people[person.number]
            self.come()

    async def take(self) -> list[bytes]:
        """The next updates; a bot that polls is one that has taken in those before."""
        if not self.pending:
            self.news.clear()
            try:
                async with asyncio.timeout(HOLD_SECONDS):
                    await self.news.wait()
            except TimeoutError:
                return []
        taken, self.pending = self.pending[:BATCH], self.pending[BATCH:]
        return taken


class FastApi:
    """Answers every call at once or after the latency, and keeps count."""

    def __init__(self, rush: Rush) -> None:
        self.first_poll = asyncio.Event()
        self._rush = rush
        self._crowd = _Crowd(rush)
        self._counting = False
        self._ended = asyncio.Event()
        self._calls = 0
        self._bytes = 0
        self._latencies: list[float] = []

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call of any method."""
        self._calls += 1
        method = request.path.rpartition("/")[2]
        body = await request.read()
        if method == "getUpdates":
            self.first_poll.set()
            result = b"[%b]" % b",".join(await self._crowd.take())
            await self._late()
        elif method == "sendMessage":
            result = await self._sent(body)
        else:
            await self._late()
            result = json.dumps(_BOT).encode() if method == "getMe" else b"true"
        return web.Response(body=b'{"ok":true,"result":%b}' % result, content_type="application/json")

    async def run(self) -> Figures:
        """Let the rush come and pass."""
        for _ in range(self._rush.people):
            self._crowd.come()
        await asyncio.sleep(self._rush.warm_up)
        self._counting, began = True, time.perf_counter()
        try:
            async with asyncio.timeout(self._rush.seconds):
                await self._ended.wait()
        except TimeoutError:
            pass
        self._counting, seconds = False, time.perf_counter() - began
        count = len(self._latencies)
        return Figures(count, seconds, self._calls, self._bytes / max(count, 1), tuple(self._latencies))

    async def _sent(self, body: bytes) -> bytes:
        found = _CHAT.search(body)
        chat = int(found[1] or found[2]) if found else 0
        person = self._crowd.people.get(chat)
        if person is not None and person.open:
            person.open = False
            self._count(time.perf_counter() - person.asked_at, len(body))
            await self._late()
            self._crowd.go_on(person)
        return (
            b'{"message_id":1,"date":1790000000,"chat":{"id":%d,"type":"private","first_name":"A"},"text":"ok"}'
            % chat
        )

    def _count(self, latency: float, size: int) -> None:
        if self._counting:
            self._latencies.append(latency)
            self._bytes += size
            if len(self._latencies) >= MAX_REPLIES:
                self._ended.set()

    async def _late(self) -> None:
        if self._rush.latency:
            await asyncio.sleep(self._rush.latency)


def _update(number: int, person: int, text: str) -> bytes:
    user = {"id": person, "is_bot": False, "first_name": "A", "language_code": "en"}
    chat = {"id": person, "first_name": "A", "type": "private"}
    message = {"message_id": number, "from": user, "chat": chat, "date": 1790000000, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


async def _main(rush: Rush) -> None:
    api = FastApi(rush)
    runner = web.ServerRunner(web.Server(api.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    _say({"port": runner.addresses[0][1]})
    async with asyncio.timeout(LIFE_SECONDS):
        await api.first_poll.wait()
        _say({"first_poll": time.monotonic()})
        if rush.people:
            _say(asdict(await api.run()))
        await asyncio.Event().wait()


def _say(line: object) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201  # its lines are its answers


if __name__ == "__main__":
    asyncio.run(_main(Rush(**json.loads(sys.argv[1]))))
