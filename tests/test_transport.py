"""The transport under python-telegram-bot: what it promises of files, time-outs, proxies and errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from bot_api import BotApi
from bot_api_faults import AnswerLost, Reset, Slow
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.telegram_ui.transport import AiohttpRequest, NoSenseError, NotSentError

BYTES = b"\x00picture\xff" * 1000
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@asynccontextmanager
async def _client(api: BotApi, request: AiohttpRequest | None = None) -> AsyncIterator[Bot]:
    """The library over the transport, greeted by the double."""
    bot = Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        yield bot


@asynccontextmanager
async def _proxy(seen: list[str]) -> AsyncIterator[str]:
    """The address of a proxy that answers everything itself, and notes what it was asked for and by whom."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(f"{request.headers.get('Proxy-Authorization', 'nobody')} {request.raw_path}")
        me = {"id": 1, "is_bot": True, "first_name": "Proxied", "username": "proxied_bot"}
        return web.json_response({"ok": True, "result": me})

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def _detour(url: str) -> AsyncIterator[str]:
    """The address of a server that says that everything is to be found at another one."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": f"{url}{request.raw_path}"})

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_file_is_uploaded_sent_again_by_its_id_and_fetched(silent_api: BotApi) -> None:
    chat = silent_api.private()
    chat.opened = True
    async with _client(silent_api) as client:
        sent = await client.send_photo(chat.id, BYTES, caption="é <b>", filename="a b.png")
        again = await client.send_photo(chat.id, sent.photo[0].file_id)
        file = await client.get_file(again.photo[0].file_id)
        assert bytes(await file.download_as_bytearray()) == BYTES
    assert sent.caption == "é <b>"
    assert len(silent_api.files) == 1


async def test_the_time_out_of_a_call_is_kept_and_says_that_the_call_may_have_arrived(
    silent_api: BotApi,
) -> None:
    silent_api.fail(Slow(asyncio.Event()), "deleteWebhook")
    async with _client(silent_api) as client:
        with pytest.raises(TimedOut):
            await client.delete_webhook(read_timeout=0.05)
        assert await client.delete_webhook()


async def test_who_finds_no_free_connection_in_time_has_sent_nothing(silent_api: BotApi) -> None:
    goes_on = asyncio.Event()
    async with _client(silent_api, AiohttpRequest(connections=1)) as client:
        silent_api.fail(Slow(goes_on), "deleteWebhook")
        first = asyncio.create_task(client.delete_webhook())
        await silent_api.until(lambda: bool(silent_api.called("deleteWebhook")), "the first call")
        with pytest.raises(NotSentError):
            await client.delete_webhook(pool_timeout=0.05, connect_timeout=0.05)
        goes_on.set()
        assert await first
    assert len(silent_api.called("deleteWebhook")) == 1


async def test_what_surely_was_not_sent_is_told_apart_from_what_may_have_been(silent_api: BotApi) -> None:
    async with BotApi() as gone:
        url = gone.url
    async with AiohttpRequest() as request:
        with pytest.raises(NotSentError):
            await request.post(f"{url}/bot{silent_api.token}/deleteWebhook")
    async with _client(silent_api) as client:
        for fault in (Reset(), AnswerLost()):
            silent_api.fail(fault, "deleteWebhook")
            with pytest.raises(NetworkError) as error:
                await client.delete_webhook()
            assert not isinstance(error.value, NotSentError)


async def test_what_points_elsewhere_is_no_answer_and_the_token_does_not_go_there(silent_api: BotApi) -> None:
    async with _detour(silent_api.url) as url, AiohttpRequest() as request:
        with pytest.raises(NoSenseError):
            await request.post(f"{url}/bot{silent_api.token}/getMe")
    assert silent_api.calls == []


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_the_environment_names_the_proxy(
    silent_api: BotApi, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    seen: list[str] = []
    async with _proxy(seen) as proxy:
        monkeypatch.setenv(name, f"http://ana:secret@{proxy}")
        async with _client(silent_api) as client:
            assert client.username == "proxied_bot"
    assert seen == [f"Basic YW5hOnNlY3JldA== {silent_api.url}/bot{silent_api.token}/getMe"]


async def test_a_proxy_that_was_asked_for_is_used_and_one_that_is_excepted_is_not(
    silent_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    async with _proxy(seen) as proxy:
        async with _client(silent_api, AiohttpRequest(proxy=f"http://{proxy}")) as client:
            assert client.username == "proxied_bot"
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy}")
        monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
        async with _client(silent_api) as client:
            assert client.username == silent_api.bot.username
    assert len(seen) == 1


async def test_a_proxy_that_is_gone_means_that_nothing_was_sent(silent_api: BotApi) -> None:
    async with _proxy([]) as proxy:
        pass
    async with AiohttpRequest(proxy=f"http://{proxy}") as request:
        with pytest.raises(NotSentError):
            await request.post(f"{silent_api.url}/bot{silent_api.token}/deleteWebhook")
