"""The queue of updates behind getUpdates."""

import asyncio
import itertools

from bot_api_rules import CONFLICT, Json

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # sent only if asked for


class Updates:
    """Keeps updates until the bot confirms them, and lets one request at a time wait for news."""

    def __init__(self) -> None:
        self._numbers = itertools.count(700_000_001)
        self._pending: list[Json] = []
        self._allowed: frozenset[str] = frozenset()
        self._waiting: asyncio.Future[None] | None = None

    def put(self, kind: str, payload: object) -> int | None:
        """Add an update; its number, or None if the bot did not ask for its kind."""
        is_asked = kind in self._allowed if self._allowed else kind not in UNASKED
        if not is_asked:
            return None
        number = next(self._numbers)
        self._pending.append({"update_id": number, kind: payload})
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)
        return number

    @property
    def unconfirmed(self) -> list[Json]:
        """What would be sent again to a bot that comes back."""
        return list(self._pending)

    async def poll(self, offset: int, limit: int, seconds: int, allowed: list[str] | None) -> list[Json]:
        """What getUpdates answers. Another request that waits is ended with a conflict."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(CONFLICT)
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._pending = [update for update in self._pending if update["update_id"] >= offset]
        if not self._pending and seconds:
            await self._wait(seconds)
        return self._pending[:limit]

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
