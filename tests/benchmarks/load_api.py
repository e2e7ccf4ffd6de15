"""A Bot API that does next to nothing, so that what is measured is the bot.

`python -m benchmarks.load_api {…}` serves on loopback until it is ended; the argument is a Rush as JSON.
On standard output it says, as lines of JSON, its port, the moment of the first poll and how the rush went.
The strict double of the tests is another one: `tests/bot_api.py`.
"""

import asyncio
import json
import re
import sys
import time
from bisect import bisect_left
from collections import deque
from dataclasses import asdict
from itertools import count, cycle

import aiohttp
from aiohttp import web

from benchmarks.figures import Delivered, Rush, Service, spread

BATCH = 100  # updates that one poll brings at most, as with Telegram
HOLD_SECONDS = 1.0  # for which a poll without news is held
LIFE_SECONDS = 300.0  # after which the server ends by itself, whatever happened
FIRST_CHAT = 1_000_000
SECRET = "a-secret-of-the-benchmarks"  # of the webhook

_CHAT = re.compile(rb'(?:^|&)chat_id=(\d+)|"chat_id": ?"?(\d+)')
_BOT = b'{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_SENT = b'{"message_id":1,"date":1790000000,"chat":{"id":%d,"type":"private","first_name":"A"},"text":"ok"}'


class Crowd:
    """Chats that ask in turn. A chat with an open question asks no other."""

    def __init__(self, rush: Rush) -> None:
        self._rush = rush
        self._resting = deque(range(FIRST_CHAT, FIRST_CHAT + rush.chats))
        self._numbers = count(1)
        self._texts = cycle(rush.texts)
        self._asking: deque[tuple[int, bytes]] = deque()
        self._handed_out: dict[int, float] = {}
        self._news = asyncio.Event()

    def ask(self) -> None:
        """Let the chat that rested longest ask the next question."""
        chat = self._resting.popleft()
        self._asking.append((chat, _update(next(self._numbers), chat, next(self._texts))))
        self._news.set()

    async def take(self) -> list[bytes]:
        """Hand out the next updates, none if there is no news in time."""
        if not self._asking:
            self._news.clear()
            try:
                async with asyncio.timeout(HOLD_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                return []
        taken = [self._asking.popleft() for _ in range(min(BATCH, len(self._asking)))]
        self._handed_out |= dict.fromkeys((chat for chat, _ in taken), time.perf_counter())
        return [update for _, update in taken]

    async def take_one(self) -> bytes:
        """Hand out the next update, once there is one."""
        while not self._asking:
            self._news.clear()
            await self._news.wait()
        chat, update = self._asking.popleft()
        self._handed_out[chat] = time.perf_counter()
        return update

    def answered(self, chat: int) -> float | None:
        """The seconds from a question to its first answer, after which another chat asks; None later."""
        since = self._handed_out.pop(chat, None)
        if since is None:
            return None
        self._resting.append(chat)
        self.ask()
        return time.perf_counter() - since


class LoadApi:
    """Answers every call of any method after the latency, and keeps count of the replies."""

    def __init__(self, rush: Rush) -> None:
        self.first_poll = asyncio.Event()
        self._rush = rush
        self._crowd = Crowd(rush)
        self._took: list[float] = []
        self._sent: list[float] = []
        self._webhooks = 0

    async def deliveries(self) -> Delivered:
        """Wait until so many messages have gone out."""
        while len(self._sent) < self._rush.deliveries:  # noqa: ASYNC110  # an event for each would cost more
            await asyncio.sleep(0.05)
        sent = self._sent[: self._rush.deliveries]
        windows = (bisect_left(sent, at + 1) - number for number, at in enumerate(sent))
        return Delivered((len(sent) - 1) / (sent[-1] - sent[0]), max(windows))

    async def bring(self) -> None:
        """Bring updates to the doors in turn, as many at once as Telegram does."""
        doors = cycle(self._rush.doors)

        async def post() -> None:
            while True:
                update, again = await self._crowd.take_one(), True
                while again:
                    try:
                        async with session.post(next(doors), data=update, headers=headers) as response:
                            again = not response.ok
                    except aiohttp.ClientError:
                        await asyncio.sleep(0.1)

        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(post() for _ in range(BATCH)))

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call."""
        try:
            body = await request.read()
        except ConnectionResetError:  # the bot was ended
            return web.Response()
        result = await self._result(request.path.rpartition("/")[2], body)
        return web.Response(body=b'{"ok":true,"result":%b}' % result, content_type="application/json")

    async def rush(self) -> Service:
        """Let the rush come and pass."""
        for _ in range(self._rush.open_questions):
            self._crowd.ask()
        await asyncio.sleep(self._rush.warm_up)
        self._took, began = [], time.perf_counter()
        await asyncio.sleep(self._rush.seconds)
        return Service(len(self._took) / (time.perf_counter() - began), spread(self._took))

    async def _result(self, method: str, body: bytes) -> bytes:
        chat = _chat(body) if method == "sendMessage" else 0
        if chat:
            self._sent.append(time.perf_counter())
            self._hear(chat)
        self._webhooks += method == "setWebhook"
        if method == "getUpdates" or self._webhooks == len(self._rush.doors) > 0:
            self.first_poll.set()
        if self._rush.latency:
            await asyncio.sleep(self._rush.latency)
        if method == "getUpdates":
            return b"[%b]" % b",".join(await self._crowd.take())
        if method == "getMe":
            return _BOT
        return _SENT % chat if chat else b"true"

    def _hear(self, chat: int) -> None:
        seconds = self._crowd.answered(chat)
        if seconds is not None:
            self._took.append(seconds)


def _chat(body: bytes) -> int:
    """The chat that a message is for, whether the call is a form or JSON."""
    found = _CHAT.search(body)
    return int(found[1] or found[2]) if found else 0


def _update(number: int, chat: int, text: str) -> bytes:
    user = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "en"}
    where = {"id": chat, "first_name": "A", "type": "private"}
    message = {"message_id": number, "from": user, "chat": where, "date": 1790000000, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


async def _main(rush: Rush) -> None:
    api = LoadApi(rush)
    runner = web.ServerRunner(web.Server(api.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    _say({"port": runner.addresses[0][1]})
    async with asyncio.timeout(LIFE_SECONDS):
        if rush.deliveries:
            _say(asdict(await api.deliveries()))
            return
        await api.first_poll.wait()
        _say({"first_poll": time.monotonic()})
        bringing = asyncio.create_task(api.bring()) if rush.doors else None
        if rush.chats:
            _say(asdict(await api.rush()))
        if bringing:
            bringing.cancel()
        await asyncio.Event().wait()


def _say(line: object) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(Rush(**json.loads(sys.argv[1]))))
