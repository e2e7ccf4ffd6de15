"""Updates that are brought, to whichever worker: they are kept before it is said that they came."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.services.gathering import Gathering
from bot.services.ports import Arrival, SharedInbox, StoreError
from bot.services.shares import share_of
from bot.telegram_ui.receiving.intake import Json, News
from bot.telegram_ui.updates import lane_of

LOOK = 1.0  # seconds between two looks at what others kept, should no word of it come
MOST = 500  # updates that wait here for their lanes; more wait in the inbox


class Part(Protocol):
    """Which chats are this worker's."""

    @property
    def shares(self) -> Collection[int]:
        """The shares of which new messages are to be taken."""

    @property
    def is_alone(self) -> bool:
        """Whether nobody else can be waited for to take what can't be kept here."""

    def holds(self, chat: int) -> bool:
        """Whether what a chat says may be handled here."""


class SharedIntake:
    """Everything that is to be handled in the shares of this worker. What can't be kept is handled too."""

    def __init__(
        self, inbox: SharedInbox, part: Part, clock: Callable[[], datetime], is_wanted: Callable[[Json], bool]
    ) -> None:
        """`is_wanted` says which updates are for the bot; the others are not kept."""
        self._inbox = inbox
        self._part = part
        self._clock = clock
        self._is_wanted = is_wanted
        self._ready: deque[News] = deque()
        self._in_hand: dict[int, int] = {}  # the share of each that is taken out and not yet handled
        self._returned: set[int] = set()  # shares of which everything is to be taken out anew
        self._unkept: dict[int, asyncio.Future[None]] = {}  # updates that only this process knows
        self._taking = asyncio.Lock()  # what is put back must be taken out before what comes meanwhile
        self._keeping = Gathering(self._keep)
        self._looking = Gathering(self._look)  # so that whoever waits for it may end first
        self._wake = asyncio.Event()
        self._may_have_missed = True  # something in the inbox that is not taken out

    async def take(self, update: Json) -> None:
        """Take an update over: when this returns, it is kept, or handled where nothing can be kept.

        Raises StoreError for one that can't be kept as long as this is one worker of several: another one may
        have kept what its chat said before, and be about to answer that.
        """
        if not self._is_wanted(update):
            return
        arrival = Arrival(
            number=update["update_id"],
            chat=str(lane_of(update)),
            at=self._clock(),
            document=json.dumps(update),
        )
        try:
            await self._keeping.add(arrival)
        except StoreError:
            self.gained(self._part.shares)  # it may be there all the same, marked as taken out
            if not self._part.is_alone:
                raise
            await self._handle_unkept(News(update, arrival.at))

    async def news(self) -> AsyncIterator[News]:
        """What is to be handled, in Telegram's order within a chat, for ever."""
        while True:
            while self._ready:
                yield self._ready.popleft()
            try:
                async with asyncio.timeout(LOOK):
                    await self._wake.wait()
            except TimeoutError:
                self._may_have_missed = True
            self._wake.clear()
            if self._may_have_missed and not self._ready:
                await self._looking.add(None)

    def wake(self) -> None:
        """Look at once: others may have kept something."""
        self._may_have_missed = True
        self._wake.set()

    def is_ours(self, update: Json) -> bool:
        """Whether an update may still be handled here; another worker may see to its chat by now."""
        return update["update_id"] in self._unkept or self._part.holds(lane_of(update))

    async def handled(self, update: Json) -> None:
        """Note that an update needs nothing more."""
        number = update["update_id"]
        if self._is_unkept(number):
            self._inbox.let_go(number)  # it may be there all the same
        else:
            await self._inbox.handled(number)
        self._in_hand.pop(number, None)

    def let_go(self, update: Json) -> None:
        """Note the same of an update that is passed over."""
        number = update["update_id"]
        self._is_unkept(number)
        self._inbox.let_go(number)
        self._in_hand.pop(number, None)

    async def close(self) -> None:
        """Wait until nothing more is written."""
        await self._keeping.settle()
        await self._looking.settle()

    def busy(self) -> set[int]:
        """The shares of which something is in hand."""
        return set(self._in_hand.values())

    def gained(self, shares: Collection[int]) -> None:
        """Begin to take out what is there of some shares."""
        self._returned.update(shares)
        self.wake()

    def lost(self, shares: Collection[int]) -> None:
        """Leave what is in hand of some shares to others."""
        self._returned.difference_update(shares)
        self._in_hand = {number: share for number, share in self._in_hand.items() if share not in shares}
        self._ready = deque(news for news in self._ready if news.update["update_id"] in self._in_hand)

    async def _keep(self, arrivals: Sequence[Arrival]) -> list[None]:
        async with self._taking:
            most = MOST - len(self._ready)
            self._add(await self._inbox.keep(arrivals, self._settled(), most), most)
        return [None] * len(arrivals)

    async def _look(self, looks: Sequence[None]) -> list[None]:
        async with self._taking:
            await self._look_once()
        return [None] * len(looks)

    async def _look_once(self) -> None:
        self._may_have_missed = False
        most, returned = MOST - len(self._ready), frozenset(self._returned)
        try:
            if returned:
                await self._inbox.put_back(returned)
                self._returned.difference_update(returned)
            self._add(await self._inbox.take_out(self._settled(), most), most)
        except StoreError:
            self._returned.update(self._part.shares)  # some may be marked all the same
            self._may_have_missed = True

    def _settled(self) -> Collection[int]:
        """The shares of this worker of which nothing is to be put back first."""
        return set(self._part.shares) - self._returned

    def _add(self, arrivals: Sequence[Arrival], most: int) -> None:
        for arrival in arrivals:
            if arrival.number not in self._in_hand:
                self._put(News(json.loads(arrival.document), arrival.at))
        if len(arrivals) >= most:
            self._may_have_missed = True
            self._wake.set()

    def _put(self, news: News) -> None:
        self._in_hand[news.update["update_id"]] = share_of(lane_of(news.update))
        self._ready.append(news)
        self._wake.set()

    async def _handle_unkept(self, news: News) -> None:
        """Wait until an update is handled; Telegram brings the next of its chat only then."""
        number = news.update["update_id"]
        if number not in self._unkept:
            self._unkept[number] = asyncio.get_running_loop().create_future()
            self._put(news)
        await asyncio.shield(self._unkept[number])

    def _is_unkept(self, number: int) -> bool:
        """Whether only this process knew an update, which is done now."""
        done = self._unkept.pop(number, None)
        if done is not None:
            done.set_result(None)
        return done is not None
