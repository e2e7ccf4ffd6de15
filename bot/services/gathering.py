"""One trip to the database for what many ask of it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

MOST = 500  # items of one trip

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Gathering(Generic[_Item, _Result]):
    """Takes items along together: while one trip runs, those that come are gathered for the next."""

    def __init__(
        self, trip: Callable[[Sequence[_Item]], Awaitable[Sequence[_Result]]], most: int = MOST
    ) -> None:
        """`trip` does what is to be done with items, and brings a result for each."""
        self._trip = trip
        self._most = most
        self._waiting: list[tuple[_Item, asyncio.Future[_Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: _Item) -> _Result:
        """Take an item along; its result. Raises what the trip raises."""
        done: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._task is None:
            self._task = asyncio.create_task(self._travel())
        return await done

    async def settle(self) -> None:
        """Wait until no item waits."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _travel(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            try:
                results = await self._trip([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001  # whoever waits for it is told
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                for (_, done), result in zip(batch, results, strict=True):
                    if not done.done():
                        done.set_result(result)
        self._task = None
