"""One commit for what many ask for at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

MOST = 500  # of one commit

_Item = TypeVar("_Item")


class Gathering(Generic[_Item]):
    """Commits items together: while one commit runs, those that come are gathered for the next."""

    def __init__(self, commit: Callable[[Sequence[_Item]], Awaitable[None]], most: int = MOST) -> None:
        self._commit = commit
        self._most = most
        self._waiting: list[tuple[_Item, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: _Item) -> None:
        """Have an item committed. Raises what the commit raises."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._task is None:
            self._task = asyncio.create_task(self._commit_all())
        await done

    async def settle(self) -> None:
        """Wait until nothing is left to be committed."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _commit_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            error: Exception | None = None
            try:
                await self._commit([item for item, _ in batch])
            except Exception as trouble:  # noqa: BLE001  # whoever waits for it is told
                error = trouble
            for _, done in batch:
                if not done.done():
                    done.set_result(None) if error is None else done.set_exception(error)
        self._task = None
