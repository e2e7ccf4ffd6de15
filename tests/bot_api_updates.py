"""The queue of updates behind getUpdates."""

import asyncio
import itertools
import time
from dataclasses import dataclass

from bot_api_rules import CONFLICT, WEBHOOK_ACTIVE, Json

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # sent only if asked for


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates are brought to, and what goes with them."""

    url: str
    secret: str


class Updates:
    """Keeps updates until the bot confirms them, and lets one request at a time wait for news."""

    def __init__(self) -> None:
        self._numbers = itertools.count(700_000_001)
        self._pending: list[tuple[int, Json]] = []
        self._allowed: frozenset[str] = frozenset()
        self._waiting: asyncio.Future[None] | None = None
        self.target: Target | None = None  # while there is one, nobody can poll
        self.doors: list[str] = []  # among which a load balancer at the target's address chooses
        self.failed_at = 0  # when something could last not be brought there
        self.news = asyncio.Event()

    def aim(self, target: Target | None, allowed: list[str] | None = None) -> None:
        """Have updates brought to an address from now on; None: no more."""
        self.target = target
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self.news.set()

    def fail(self) -> None:
        """Note that an update was not taken over, a second or more after the one before."""
        self.failed_at = max(int(time.time()), self.failed_at + 1)

    def confirm(self, number: int) -> None:
        """Forget an update that was taken over."""
        self._pending = [(each, update) for each, update in self._pending if each != number]

    def put(self, kind: str, payload: object) -> int | None:
        """Add an update; its number, or None if the bot did not ask for its kind."""
        is_asked = kind in self._allowed if self._allowed else kind not in UNASKED
        if not is_asked:
            return None
        number = next(self._numbers)
        self._add(number, {"update_id": number, kind: payload})
        return number

    def put_odd(self, update: Json, *, repeated: bool = False) -> None:
        """Add an update as it is, of whatever kind; it may have the number of the one before, or its own."""
        number = self._pending[-1][0] if repeated and self._pending else next(self._numbers)
        self._add(number, {"update_id": number} | update)

    def _add(self, number: int, update: Json) -> None:
        self._pending.append((number, update))
        self.news.set()
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    @property
    def unconfirmed(self) -> list[Json]:
        """What would be sent again to a bot that comes back."""
        return [update for _, update in self._pending]

    async def poll(self, offset: int, limit: int, seconds: int, allowed: list[str] | None) -> list[Json]:
        """What getUpdates answers. Another request that waits is ended with a conflict."""
        if self.target:
            raise WEBHOOK_ACTIVE
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(CONFLICT)
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._pending = [(number, update) for number, update in self._pending if number >= offset]
        if not self._pending and seconds:
            await self._wait(seconds)
        return [update for _, update in self._pending[:limit]]

    async def _wait(self, seconds: int) -> None:
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None
