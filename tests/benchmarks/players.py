"""The third part of `make bench`: many people who start within minutes play side by side at Telegram's pace.

`python -m benchmarks.players 0.02` lets a fiftieth of them play, as close together, and writes nothing.
"""

import asyncio
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bot_api import BotApi
from bot_api_rules import Json, number_of, too_many_requests
from house import Bot, Clock, an_assistant
from people import Person

from benchmarks.__main__ import PAGE
from bot.bootstrap import make_conversations, utc_now
from bot.config import Settings
from bot.core.conversation import Conversation
from bot.core.player.clock import NEW_MOVE, OTHER_SIDE
from bot.core.player.session import Phase, Playing
from bot.storage.memory import MemoryContextStore, MemoryMissStore
from bot.telegram_ui.sending.queue import Limits
from bot.telegram_ui.ticker import Ticker
from bot.telegram_ui.workers.lanes import Lanes

FROM, TO = "<!-- players: from here -->\n", "<!-- players: to here -->\n"
PLAYERS, WITHIN = 500, 8 * 60  # people, and the seconds in which they start
MOVES = ("hamstring-stretch", "hip-flexor-stretch")  # held for 30 seconds on each side
HOLD = 30
PHASES = (NEW_MOVE, HOLD, OTHER_SIDE, HOLD) * len(MOVES)  # seconds from one card to the next
SHOWING = frozenset({"sendMessage", "editMessageText"})
LATE_GOAL, MEMORY_GOAL, MANY = 2.0, 4_000, 5_000  # seconds, bytes, players whose memory is counted
LIMITS = Limits()


class RealClock(Clock):
    """The time as it is."""

    def __call__(self) -> datetime:
        return utc_now()

    def sleep(self, seconds: float) -> Awaitable[None]:
        return asyncio.sleep(seconds)


class StrictApi(BotApi):
    """The double of the Bot API that refuses whatever comes faster than Telegram lets a bot send."""

    def __init__(self) -> None:
        super().__init__()
        self.floods = 0
        self.shown: dict[int, list[float]] = {}
        self._last: deque[float] = deque(maxlen=LIMITS.per_second)

    async def _do(self, method: str, parameters: Json) -> object:
        if method in SHOWING:
            self._heed(number_of(parameters, "chat_id"), time.monotonic())
        return await super()._do(method, parameters)

    def _heed(self, chat: int, now: float) -> None:
        """Count what is shown; more in a second than is allowed, or two in one to a chat, is a flood."""
        is_full = len(self._last) == LIMITS.per_second and now - self._last[0] < 1
        before = self.shown.setdefault(chat, [])
        if is_full or (before and now - before[-1] < LIMITS.chat_gap * 0.95):  # the way there takes a moment
            self.floods += 1
            raise too_many_requests(1)
        self._last.append(now)
        before.append(now)


@dataclass(slots=True, kw_only=True)
class Played:
    """How it went: refusals, players that came to the end, bytes of one more, seconds of lateness."""

    players: int
    within: float
    floods: int
    finished: int
    memory: float
    late: list[float] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The same to read."""
        late = sorted(self.late) or [0.0]
        worst, usual = late[-1], late[int(len(late) * 0.99)]
        is_whole = _verdict(self.finished == self.players)
        went = f"{self.finished} came to the end, {len(self.late)} steps went on by themselves."
        lateness = f"{worst:.2f} s at worst, {usual:.2f} s at p99."
        memory = f"{_verdict(self.memory < MEMORY_GOAL)}, {self.memory / 1000:.2f} kB."
        return [
            f"- {self.players} people who start within {self.within / 60:.1f} minutes: {is_whole}, {went}",
            f"- A step late by under {LATE_GOAL:g} s: {_verdict(worst < LATE_GOAL)}, {lateness}",
            f"- No flood error: {_verdict(not self.floods)}, {self.floods}.",
            f"- Memory of one more player under {MEMORY_GOAL / 1000:g} kB: {memory}",
        ]


def main(share: float) -> None:
    """Let them play, and write down how it went unless it is only a part."""
    with TemporaryDirectory() as folder:
        settings = Settings(bot_token=None, knowledge_dir=None, language="en", data_dir=Path(folder))
        conversation = make_conversations(settings)["en"]
    played = asyncio.run(_play(conversation, max(2, round(PLAYERS * share)), WITHIN * share))
    text = "\n".join(played.lines())
    sys.stdout.write(f"{text}\n")
    if share < 1:
        return
    before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
    PAGE.write_text(f"{before}{FROM}\n{text}\n\n{TO}{rest.split(TO)[1]}", encoding="utf-8")


async def _play(conversation: Conversation, players: int, within: float) -> Played:
    contexts, clock = MemoryContextStore(), RealClock()
    memory = _memory(conversation, clock)
    assistant = an_assistant(conversation, contexts, MemoryMissStore())
    bot = Bot(
        conversation=conversation,
        assistant=assistant,
        misses=MemoryMissStore(),
        knowledge={"en": conversation.knowledge},
        clock=clock,
        limits=LIMITS,
    )
    async with StrictApi() as api, bot.serving(api):
        chats = [api.private() for _ in range(players)]
        for number, chat in enumerate(chats):
            person = Person(bot, contexts=contexts, chat=str(chat.id))
            await person.is_given(*MOVES)
            api.say(chat, "/routine start")
            await asyncio.sleep(within / players if number + 1 < players else 0)
        await asyncio.sleep(sum(PHASES) + 4 * LATE_GOAL)
        shown = [api.shown.get(chat.id, []) for chat in chats]
    late = [max(0.0, gap - due) for times in shown for gap, due in zip(_gaps(times), PHASES, strict=False)]
    finished = sum(len(times) == len(PHASES) + 1 for times in shown)
    return Played(
        players=players, within=within, floods=api.floods, finished=finished, memory=memory, late=late
    )


def _gaps(times: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(times)]


def _memory(conversation: Conversation, clock: Clock) -> float:
    """The bytes that the ticker keeps of one more player; the rest is in the database."""
    assistant = an_assistant(conversation, MemoryContextStore(), MemoryMissStore())
    ticker = Ticker(assistant, None, Lanes(), clock, clock.sleep)  # type: ignore[arg-type]  # it shows nothing
    now = utc_now()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for chat in range(MANY):
        playing = Playing(phase=Phase.HOLD, at=now, due=now.replace(microsecond=chat))
        ticker._plan(chat + 10**9, playing, chat + 10**6)  # noqa: SLF001  # what it keeps of one
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / MANY


def _verdict(is_reached: bool) -> str:  # noqa: FBT001  # the one thing it says
    return "reached" if is_reached else "missed"


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
