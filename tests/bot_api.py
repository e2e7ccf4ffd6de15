"""A double of the Bot API over real HTTP, as strict as Telegram, that fails on demand.

async with BotApi() as api:
    chat = api.private()
    api.say(chat, "how often should I train?")
    reply = await api.reply(chat)
    api.tap(chat, "Sources")
"""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web
from bot_api_faults import AnswerLost, Fault, Nonsense, Reset, Slow
from bot_api_methods import METHODS
from bot_api_rules import NOT_FOUND, UNAUTHORIZED, Json, Refusal, json_of, number_of
from bot_api_webhook import bring
from bot_api_world import Call, World

TOKEN = "123456789:AAF-a_token_of_no_bot_at_all_0123456789"
HIGHEST_LIMIT = 100


class BotApi(World):
    """The server, and the world behind it."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.url = ""
        self.revoked = False
        application = web.Application(client_max_size=50 * 1024 * 1024)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/files/{file}", self._serve_file)
        self._runner = web.AppRunner(
            application, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._bringing = asyncio.create_task(bring(self))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bringing.cancel()
        await asyncio.wait({self._bringing})
        await self._runner.cleanup()

    def _admit(self, request: web.Request) -> None:
        if self.revoked or request.match_info["token"] != self.token:
            raise UNAUTHORIZED

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await self._read(request)
        self.calls.append(Call(method, parameters))
        self.touch()
        fault = self.faults.take(method, number_of(parameters, "chat_id"))
        if isinstance(fault, Slow):
            await fault.until.wait()
        if isinstance(fault, Reset):
            return _hang_up(request)
        if isinstance(fault, Nonsense):
            return web.Response(text=fault.body, status=fault.status, content_type=fault.content_type)
        answer = await self._answer(request, method, parameters, fault)
        self.touch()
        if isinstance(fault, AnswerLost):
            return _hang_up(request)
        return web.json_response(answer, status=answer.get("error_code", 200))

    async def _answer(self, request: web.Request, method: str, parameters: Json, fault: Fault | None) -> Json:
        try:
            self._admit(request)
            if isinstance(fault, Refusal):
                raise fault
            return {"ok": True, "result": await self._do(method, parameters)}
        except Refusal as refusal:
            return refusal.answer

    async def _do(self, method: str, parameters: Json) -> object:
        if method == "getUpdates":
            limit = number_of(parameters, "limit") or HIGHEST_LIMIT
            return await self.updates.poll(
                number_of(parameters, "offset"),
                min(limit, HIGHEST_LIMIT),
                number_of(parameters, "timeout"),
                json_of(parameters, "allowed_updates"),
            )
        if method not in METHODS:
            raise NOT_FOUND
        return METHODS[method](self, parameters)

    async def _read(self, request: web.Request) -> Json:
        """The parameters of a call, wherever they stand; uploaded files are kept under an id."""
        parameters: Json = dict(request.query)
        if request.content_type == "application/json":
            body: Json = await request.json()
            return parameters | body
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                file = f"file{self.number()}"
                self.files[file] = await asyncio.to_thread(value.file.read)
                parameters[name] = file
            else:
                parameters[name] = value if isinstance(value, str) else bytes(value).decode()
        return parameters

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request)
        except Refusal as refusal:
            return web.json_response(refusal.answer, status=refusal.code)
        body = self.files.get(request.match_info["file"])
        return web.Response(status=404) if body is None else web.Response(body=body)


def _hang_up(request: web.Request) -> web.StreamResponse:
    """End the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
