"""Takes the updates that Telegram brings over HTTP, and nothing from anybody else."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from hmac import compare_digest
from http import HTTPStatus

from aiohttp import web

from bot.services.ports import StoreError
from bot.telegram_ui.receiving.intake import Json
from bot.telegram_ui.receiving.poller import is_update

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of the header that carries it
MAX_BODY = 1 << 20  # bytes of an update; the largest that Telegram sends are a tenth of it
READ_SECONDS = 10.0  # for a body to come in
LINGER = 1.0  # seconds in which what still comes of a refused request is thrown away: a proxy that is cut off
# while it sends would say 502 in the place of the answer
FINISH_SECONDS = 5.0  # that what has come in may take at the end

Take = Callable[[Json], Awaitable[None]]
_log = logging.getLogger(__name__)
_unheard = logging.getLogger(f"{__name__}.strangers")
_unheard.disabled = True  # what somebody sends that is no HTTP is no error of ours, and tells who they are


class CannotListenError(Exception):
    """The bot can't be reached at an address. Its text is one sentence that says what to do."""


class WebhookServer:
    """A server with one path, whose visitors prove with a secret that they are Telegram."""

    def __init__(self, path: str, secret: str, take: Take, refused: Callable[[int], None]) -> None:
        """`take` returns when an update is safe; only then Telegram is told so.

        `refused` is told the status of whatever was refused.
        """
        self._path = path
        self._secret = secret.encode()
        self._take = take
        self._refused = refused

    @asynccontextmanager
    async def opened(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen at an address. Raises CannotListenError."""
        server = web.Server(self._answer, access_log=None, logger=_unheard, lingering_time=LINGER)
        async with listening(server, host, port, "WEBHOOK_LISTEN"):
            yield

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if not self._is_telegram(request):
            return self._refuse(HTTPStatus.FORBIDDEN)  # before anything of the body
        try:
            update = await _update_in(request)
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if update is None:
            return self._refuse(HTTPStatus.BAD_REQUEST)
        try:
            await self._take(update)
        except StoreError:  # the database has said what is wrong, once; Telegram brings it again
            return self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001  # Telegram brings it again
            _log.error("An update could not be taken over (%s).", type(error).__name__)
            return self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    def _refuse(self, status: HTTPStatus) -> web.Response:
        """An answer without words, after which the connection is closed."""
        self._refused(status)
        response = web.Response(status=status)
        response.force_close()
        return response

    def _is_telegram(self, request: web.BaseRequest) -> bool:
        """Whether a request knows the secret; how much of it is right, no time tells."""
        shown = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        knows = compare_digest(shown, self._secret)
        return knows and request.method == "POST" and request.path == self._path


async def _update_in(request: web.BaseRequest) -> Json | None:
    """The update that a request brings; None if it is none. Raises HTTPRequestEntityTooLarge."""
    size = request.content_length or 0
    if size > MAX_BODY:
        raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=size)
    try:
        async with asyncio.timeout(READ_SECONDS):
            update: object = json.loads(await request.read())
    except (ValueError, TimeoutError, RecursionError):
        return None
    return update if isinstance(update, dict) and is_update(update) else None


@asynccontextmanager
async def listening(server: web.Server, host: str, port: int, setting: str) -> AsyncIterator[None]:
    """A server that listens until it is not needed, then finishes what has come in."""
    runner = web.ServerRunner(server, shutdown_timeout=FINISH_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            number = error.errno or 0  # of an unknown host it is below 0, and none of the system's
            why = os.strerror(number) if number > 0 else error.strerror
            raise CannotListenError(
                f"The bot can't listen at {setting} ({why}); name another host or port."
            ) from None
        yield
    finally:
        await runner.cleanup()
