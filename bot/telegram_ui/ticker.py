"""Lets the players of all chats go on by themselves, each at its moment and in the lane of its chat."""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.core.player.session import Playing
from bot.core.talk import Reply, Turn
from bot.services.assistant import Assistant
from bot.telegram_ui.sending.messenger import ChatUnreachableError, Messenger
from bot.telegram_ui.sending.rendering import render
from bot.telegram_ui.workers.lanes import Lanes

LONGEST = timedelta(minutes=10)  # no phase lasts so long: if it seems so, the clock was set back
LATE = timedelta(seconds=1)  # after which a card was seen later than its phase began
AGAIN = timedelta(seconds=10)  # until what could not be remembered is tried again,
MAX_TRIES = 3  # and so often

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Planned:
    """When the player of a chat goes on, the message that shows it, its language, and how often it failed."""

    due: datetime
    card: int | None
    language: str
    tries: int = 0


class Ticker:
    """Knows of each player when it goes on, and shows then what there is to see."""

    def __init__(
        self, assistant: Assistant, messenger: Messenger, lanes: Lanes, clock: Clock, sleep: Sleep
    ) -> None:
        self._assistant = assistant
        self._messenger = messenger
        self._lanes = lanes
        self._clock = clock
        self._sleep = sleep
        self._plans: dict[int, _Planned] = {}
        self._dues: list[tuple[datetime, int]] = []  # a heap; those that no plan has are passed over
        self._sooner = asyncio.Event()

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            self._sooner.clear()
            await self._wait(self._start_what_is_due())

    async def adopt(self, is_meant: Callable[[int], bool]) -> None:
        """See to the players in some chats that a restart, or the end of another worker, has interrupted."""
        for chat, playing in await self._assistant.playing():
            if chat.lstrip("-").isdecimal() and playing.due and is_meant(int(chat)):
                self._plan(int(chat), playing, int(playing.card) if playing.card.isdecimal() else None)

    def leave(self, is_meant: Callable[[int], bool]) -> None:
        """See no more to the players in some chats."""
        self._plans = {chat: plan for chat, plan in self._plans.items() if not is_meant(chat)}

    async def follow(self, turn: Turn, reply: Reply, card: int) -> None:
        """See to the player of a private chat that a message has just been sent, or edited, to show."""
        if turn.chat is None or turn.is_public or reply.routine is None:
            return
        playing, now = reply.routine.playing, self._clock()
        if playing and (playing.card != str(card) or now - turn.now > LATE):
            shown_to = Turn(text="", now=now, chat=turn.chat, language=turn.language)
            playing = await self._assistant.shown(shown_to, str(card))
        if playing and playing.due:
            self._plan(int(turn.chat), playing, card)
        else:
            self._plans.pop(int(turn.chat), None)

    def _plan(self, chat: int, playing: Playing, card: int | None) -> None:
        if playing.due is not None:
            self._enter(chat, _Planned(playing.due, card, playing.language))

    def _enter(self, chat: int, plan: _Planned) -> None:
        self._plans[chat] = plan
        heapq.heappush(self._dues, (plan.due, chat))
        if self._dues[0][1] == chat:
            self._sooner.set()

    def _start_what_is_due(self) -> float:
        """Hand what is due to the lanes; the seconds until the next is."""
        now = self._clock()
        while self._dues:
            due, chat = self._dues[0]
            plan = self._plans.get(chat)
            if plan is not None and plan.due == due:
                if now < due < now + LONGEST:
                    return (due - now).total_seconds()
                del self._plans[chat]
                self._lanes.put(chat, chat, lambda chat=chat, plan=plan: self._tick(chat, plan))  # type: ignore[misc]
            heapq.heappop(self._dues)
        return LONGEST.total_seconds()

    async def _wait(self, seconds: float) -> None:
        """Wait for so long, or until something is due sooner."""
        waiting = {asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._sooner.wait())}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()

    async def _tick(self, chat: int, plan: _Planned) -> None:
        """Show what the player of a chat has come to."""
        if chat in self._plans:
            return  # the person was quicker
        now = self._clock()
        turn = Turn(text="/tick", now=now, chat=str(chat), person=str(chat), language=plan.language or None)
        reply = await self._assistant.tick(turn)
        if reply is None:
            if plan.tries < MAX_TRIES:
                self._enter(chat, _Planned(now + AGAIN, plan.card, plan.language, plan.tries + 1))
            return
        try:
            await self.follow(turn, reply, await self._show(chat, plan.card, reply))
        except (ChatUnreachableError, TelegramError) as error:
            _log.info("A step could not be shown (%s).", type(error).__name__)

    async def _show(self, chat: int, card: int | None, reply: Reply) -> int:
        """Show a reply in the place of a card, or anew; the message that shows it now."""
        rendered = render(reply)
        if card is not None and await self._messenger.edit(chat, card, rendered):
            return card
        return (await self._messenger.send(chat, rendered))[-1]
