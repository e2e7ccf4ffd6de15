"""Shows whether the bot is well: /health for whoever starts it anew, /metrics for Prometheus."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import web

from bot.services.ports import StoreError, Vitals
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.receiving.webhook_server import listening

MOST_SECONDS = 3.0  # for which whoever asks about the database's health waits

LookUp = Callable[[], Awaitable[Vitals]]


class Monitor:
    """A server for the operator alone; nothing on it is about a person."""

    def __init__(self, metrics: Metrics, look: LookUp) -> None:
        """`look` asks the database; it raises StoreError."""
        self._metrics = metrics
        self._look = look
        self._vitals = Vitals(inbox=0, overdue=0.0, is_known=False)
        metrics.show("database_up", "Whether the database can be used.", lambda: self._vitals.is_known)
        metrics.show("inbox", "Updates that are kept and not yet handled.", lambda: self._vitals.inbox)
        metrics.show("overdue_seconds", "How late the first delivery is.", lambda: self._vitals.overdue)

    @asynccontextmanager
    async def opened(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen at an address. Raises CannotListenError."""
        async with listening(web.Server(self._answer, access_log=None), host, port, "MONITOR_LISTEN"):
            yield

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path not in {"/health", "/metrics"}:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        trouble = await self._ask()
        if request.path == "/metrics":
            return web.Response(
                body=self._metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4"}
            )
        status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
        return web.Response(text=f"{trouble or 'ok'}\n", status=status)

    async def _ask(self) -> str:
        """Look at the database; what is wrong with it, in a sentence."""
        try:
            async with asyncio.timeout(MOST_SECONDS):
                self._vitals = await self._look()
        except StoreError as error:
            trouble = str(error)
        except TimeoutError:
            trouble = "The database is too slow to answer."
        else:
            return ""
        self._vitals = Vitals(inbox=self._vitals.inbox, overdue=self._vitals.overdue, is_known=False)
        return trouble
