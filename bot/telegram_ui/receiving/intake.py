"""Updates by way of the inbox: they are kept before Telegram hears that they came."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.services.ports import Arrival, Inbox, StoreError
from bot.telegram_ui.receiving.poller import Batch
from bot.telegram_ui.updates import lane_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """An update as Telegram's JSON, and when it first came."""

    update: Json
    at: datetime


class Source(Protocol):
    """Everything that is to be handled, and the note that it was."""

    def news(self) -> AsyncIterator[News]:
        """Updates in Telegram's order within a chat, for ever."""

    def is_ours(self, update: Json) -> bool:
        """Whether an update may still be handled here."""

    async def handled(self, update: Json) -> None:
        """Note that an update needs nothing more."""

    def let_go(self, update: Json) -> None:
        """Note the same of an update that is passed over."""


class UpdateSource(Protocol):
    """Where updates come from. Asking for the next batch says that those before are taken over."""

    def batches(self) -> AsyncIterator[Batch]:
        """Batches of updates, for ever."""


class Intake:
    """Everything that is to be handled: first what an earlier process left behind, then what comes.

    What can't be kept is handled all the same.
    """

    def __init__(
        self,
        source: UpdateSource,
        inbox: Inbox,
        clock: Callable[[], datetime],
        is_wanted: Callable[[Json], bool],
    ) -> None:
        """`is_wanted` says which updates are for the bot; the others are not kept."""
        self._source = source
        self._inbox = inbox
        self._clock = clock
        self._is_wanted = is_wanted

    async def news(self) -> AsyncIterator[News]:
        """Updates in Telegram's order, for ever. Raises what the source raises.

        What was left behind comes once Telegram has answered: until then another process may have it in work.
        """
        has_left = True
        async for batch in self._source.batches():
            for arrival in await self._left() if has_left else ():
                yield News(json.loads(arrival.document), arrival.at)
            has_left = False
            for news in await self._take_in(batch):
                yield news

    def is_ours(self, _: Json) -> bool:
        """Whether an update may be handled here: whoever polls is alone."""
        return True

    async def handled(self, update: Json) -> None:
        """Note that an update needs nothing more."""
        await self._inbox.handled(update["update_id"])

    def let_go(self, update: Json) -> None:
        """Note the same of an update that is passed over."""
        self._inbox.let_go(update["update_id"])

    async def _left(self) -> Sequence[Arrival]:
        try:
            return await self._inbox.waiting()
        except StoreError:
            return []

    async def _take_in(self, batch: Batch) -> list[News]:
        now = self._clock()
        wanted = {update["update_id"]: update for update in batch.updates if self._is_wanted(update)}
        arrivals = [
            Arrival(number=number, chat=str(lane_of(update)), at=now, document=json.dumps(update))
            for number, update in wanted.items()
        ]
        try:
            new = await self._inbox.take_in(arrivals, confirms=batch.confirms)
        except StoreError:
            new = arrivals
        return [News(wanted[arrival.number], now) for arrival in new]
