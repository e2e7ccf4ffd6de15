"""Telegram brings updates: only Telegram is heard, and nothing is confirmed before it is kept."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from bot_api import BotApi
from bot_api_faults import Slow
from bot_api_updates import Target
from bot_api_webhook import post
from house import QUESTION, Bot, Service, first_answer
from sqlalchemy import select
from telegram.error import InvalidToken

from bot.core.model import Knowledge
from bot.services.ports import StoreError
from bot.services.shares import SHARES
from bot.storage.database import FILE, Database
from bot.storage.shared_inbox import DatabaseSharedInbox
from bot.storage.tables import INBOX
from bot.telegram_ui.receiving.receivers import WebhookAddress, Webhooks
from bot.telegram_ui.receiving.shared_intake import SharedIntake
from bot.telegram_ui.receiving.webhook_server import SECRET, CannotListenError
from bot.telegram_ui.workers.membership import Alone

TOKEN_OF_TELEGRAM = "s3cret-of-16-letters-or-more"


def a_free_port() -> int:
    """A port at which nobody listens."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _address() -> WebhookAddress:
    port = a_free_port()
    return WebhookAddress(
        url=f"http://127.0.0.1:{port}/telegram", secret=TOKEN_OF_TELEGRAM, host="127.0.0.1", port=port
    )


@pytest.fixture
def address() -> WebhookAddress:
    return _address()


@pytest.fixture
def receiver(database: Database, bot: Bot, address: WebhookAddress) -> Webhooks:
    inbox = DatabaseSharedInbox(database, "worker")
    bot.receiver = Webhooks(inbox, Alone(), address, bot.clock, lambda: 0.0, bot.metrics)
    return bot.receiver


@pytest_asyncio.fixture
async def service(silent_api: BotApi, bot: Bot, receiver: Webhooks) -> AsyncIterator[Service]:
    """A bot to which Telegram brings updates."""
    async with bot.serving(silent_api) as service:
        await silent_api.until(lambda: silent_api.updates.target is not None, "the webhook to be set")
        yield service


@asynccontextmanager
async def _visit(address: WebhookAddress, **request: object) -> AsyncIterator[aiohttp.ClientResponse]:
    async with aiohttp.ClientSession() as session:
        method = str(request.pop("method", "POST"))
        url = str(request.pop("url", address.url))
        async with session.request(method, url, **request) as response:  # type: ignore[arg-type]
            yield response


async def test_what_is_brought_is_answered_and_then_nothing_of_it_is_left(
    silent_api: BotApi, service: Service, database: Database, knowledge: Knowledge
) -> None:
    chat = silent_api.private()
    silent_api.say(chat, QUESTION)
    assert (await silent_api.reply(chat)).text == first_answer(knowledge, "every-day")
    await silent_api.until(lambda: not silent_api.updates.unconfirmed, "the confirmation")
    service.stop.set()
    await asyncio.wait({service.task})
    rows = await database.read(select(INBOX))
    assert [(row.chat, row.document) for row in rows] == [("", None)]


async def test_the_path_may_be_one_that_is_written_in_percents(
    silent_api: BotApi, bot: Bot, database: Database, address: WebhookAddress
) -> None:
    address = replace(address, url=address.url.replace("/telegram", "/r%C3%BCcken%20bot"))
    inbox = DatabaseSharedInbox(database, "worker")
    bot.receiver = Webhooks(inbox, Alone(), address, bot.clock, lambda: 0.0, bot.metrics)
    chat = silent_api.private()
    async with bot.serving(silent_api):
        await silent_api.until(lambda: silent_api.updates.target is not None, "the webhook to be set")
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)


async def test_telegram_is_told_the_address_the_secret_and_what_is_wanted(
    silent_api: BotApi, service: Service, address: WebhookAddress
) -> None:
    (call,) = silent_api.called("setWebhook")
    assert (call["url"], call["secret_token"]) == (address.url, TOKEN_OF_TELEGRAM)
    assert json.loads(call["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    ]


@pytest.mark.parametrize("shown", [None, "", "wrong", TOKEN_OF_TELEGRAM[:-1], TOKEN_OF_TELEGRAM + "x", "é"])
async def test_without_the_secret_nobody_is_heard_and_no_body_is_read(
    shown: str | None, silent_api: BotApi, service: Service, address: WebhookAddress
) -> None:
    reader, writer = await asyncio.open_connection(address.host, address.port)
    header = b"" if shown is None else f"{SECRET}: {shown}\r\n".encode()
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: bot\r\nContent-Length: 100000000\r\n" + header + b"\r\n")
    async with asyncio.timeout(5):
        said = await reader.read()  # until the bot closes the connection, though no body ever comes
    writer.close()
    assert said.startswith(b"HTTP/1.1 403 ")
    assert b"Content-Length: 0" in said


async def test_of_strangers_the_operator_reads_a_sentence_once_in_a_while(
    service: Service, bot: Bot, address: WebhookAddress, caplog: pytest.LogCaptureFixture
) -> None:
    for minutes in (0, 1, 1, 9):
        bot.clock.advance(minutes=minutes)
        async with _visit(address, headers={SECRET: "wrong"}) as response:
            assert response.status == 403
    said = [record.getMessage() for record in caplog.records if "WEBHOOK_SECRET" in record.getMessage()]
    assert [sentence.split(" did not know ")[0] for sentence in said] == [
        "1 request(s) to the webhook",
        "3 request(s) to the webhook",
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/telegram", b"", 403),
        ("POST", "/other", b'{"update_id": 1}', 403),
        ("POST", "/telegram", b"no json", 400),
        ("POST", "/telegram", b"[]", 400),
        ("POST", "/telegram", b'{"update_id": true}', 400),
        ("POST", "/telegram", b"[" * 200_000, 400),
        ("POST", "/telegram", b" " * (1 << 20) + b"{}", 413),
    ],
)
async def test_what_is_no_update_is_refused(  # noqa: PLR0913, PLR0917  # a request, and where it goes
    method: str, path: str, body: bytes, status: int, service: Service, address: WebhookAddress
) -> None:
    url = address.url.replace("/telegram", path)
    headers = {SECRET: TOKEN_OF_TELEGRAM}
    async with _visit(address, method=method, url=url, headers=headers, data=BytesIO(body)) as response:
        assert response.status == status


@pytest.mark.parametrize(
    "sent", [b"\x00\x01\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"A" * 70_000 + b"\r\n\r\n"]
)
async def test_what_is_no_http_is_refused_without_a_word_in_the_log(
    sent: bytes, service: Service, address: WebhookAddress, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(sent)
    async with asyncio.timeout(5):
        assert b" 400 " in await reader.read()
    writer.close()
    assert "127.0.0.1" not in caplog.text


async def test_a_large_body_in_pieces_is_refused_as_well(service: Service, address: WebhookAddress) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (1 << 16)

    async with _visit(address, headers={SECRET: TOKEN_OF_TELEGRAM}, data=pieces()) as response:
        assert response.status == 413


@pytest.mark.parametrize(("shown", "status"), [(TOKEN_OF_TELEGRAM, b"413"), ("wrong", b"403")])
async def test_a_proxy_that_sends_all_before_it_reads_is_not_cut_off_and_can_pass_the_answer_on(
    shown: str, status: bytes, service: Service, address: WebhookAddress
) -> None:
    head = f"POST /telegram HTTP/1.1\r\nHost: bot\r\nContent-Length: {1 << 23}\r\n{SECRET}: {shown}\r\n\r\n"

    def send_and_read() -> bytes:
        with closing(socket.create_connection((address.host, address.port), timeout=10)) as proxy:
            proxy.sendall(head.encode() + b" " * (1 << 23))
            return proxy.recv(1 << 10)

    assert (await asyncio.to_thread(send_and_read)).startswith(b"HTTP/1.1 " + status)


async def test_a_request_that_a_proxy_repeats_is_handled_once(
    silent_api: BotApi, service: Service, address: WebhookAddress, knowledge: Knowledge
) -> None:
    chat = silent_api.private()
    message = silent_api.say(chat, "/privacy")
    await silent_api.reply(chat)
    update = {"update_id": 700_000_001, "message": message.json()}
    async with aiohttp.ClientSession() as session:
        target = Target(address.url, TOKEN_OF_TELEGRAM)
        again = await asyncio.gather(*(post(session, target, update) for _ in range(5)))
    assert again == [200] * 5
    silent_api.say(chat, "/topics")
    await silent_api.reply(chat)
    assert [said.text == knowledge.messages.privacy for said in silent_api.messages(chat)] == [True, False]


@pytest.mark.parametrize("url", [None])
async def test_a_token_that_was_revoked_ends_the_bot_once_it_has_something_to_say(
    silent_api: BotApi, bot: Bot, receiver: Webhooks
) -> None:
    async def until_revoked() -> None:
        async with bot.serving(silent_api) as service:
            await silent_api.until(lambda: silent_api.updates.target is not None, "the webhook to be set")
            silent_api.revoked = True
            silent_api.say(silent_api.private(), "/privacy")
            await asyncio.wait({service.task})

    with pytest.raises(InvalidToken):
        await until_revoked()


@pytest.mark.parametrize("url", [None])
async def test_what_can_not_be_kept_is_confirmed_when_it_is_handled(
    silent_api: BotApi, service: Service, tmp_path: Path
) -> None:
    chat, goes_on = silent_api.private(), asyncio.Event()
    with closing(sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        silent_api.fail(Slow(goes_on), "sendMessage")
        silent_api.say(chat, "/privacy")
        await silent_api.until(lambda: bool(silent_api.called("sendMessage")), "the reply on its way")
        assert len(silent_api.updates.unconfirmed) == 1
        goes_on.set()
        await silent_api.until(lambda: not silent_api.updates.unconfirmed, "the confirmation")
    assert len(silent_api.messages(chat)) == 1


@dataclass(frozen=True, kw_only=True)
class OneOfTwo:
    """The part of a worker beside another one."""

    is_ours: bool
    is_alone = False
    shares = frozenset(range(SHARES // 2))

    def holds(self, _: int) -> bool:
        return self.is_ours


@pytest.mark.parametrize("url", [None])
@pytest.mark.parametrize("part", [OneOfTwo(is_ours=False), OneOfTwo(is_ours=True)], ids=["no", "yes"])
async def test_of_two_workers_neither_handles_what_can_not_be_kept_before_what_the_other_may_have_kept(
    part: OneOfTwo, silent_api: BotApi, bot: Bot, database: Database, tmp_path: Path
) -> None:
    update = {"update_id": 1, "message": silent_api.say(silent_api.private(), "/privacy").json()}
    intake = SharedIntake(DatabaseSharedInbox(database, "worker"), part, bot.clock, lambda _: True)
    await intake.take(update | {"update_id": 2})
    with closing(sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            await intake.take(update)


@pytest.mark.parametrize("url", [None])
async def test_what_was_left_in_a_share_that_comes_back_is_handled_before_what_is_brought_now(
    silent_api: BotApi, bot: Bot, database: Database
) -> None:
    update = {"update_id": 1, "message": silent_api.say(silent_api.private(), "/privacy").json()}
    inbox = DatabaseSharedInbox(database, "worker")
    await SharedIntake(inbox, Alone(), bot.clock, lambda _: True).take(update)
    intake = SharedIntake(inbox, Alone(), bot.clock, lambda _: True)
    intake.gained(Alone.shares)
    await intake.take(update | {"update_id": 2})
    handled: list[int] = []
    async for news in intake.news():
        handled.append(news.update["update_id"])
        if len(handled) == 2:
            break
    assert handled == [1, 2]


async def test_polling_takes_the_webhook_away(
    silent_api: BotApi, bot: Bot, service: Service, receiver: Webhooks
) -> None:
    service.stop.set()
    await asyncio.wait({service.task})
    assert silent_api.updates.target is not None
    chat, bot.receiver = silent_api.private(), None
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.reply(chat)
    assert silent_api.updates.target is None


async def test_an_address_that_is_taken_is_said_in_one_sentence(
    silent_api: BotApi, bot: Bot, receiver: Webhooks, address: WebhookAddress
) -> None:
    with closing(socket.socket()) as other:
        other.bind((address.host, address.port))
        other.listen()
        with pytest.raises(CannotListenError, match=r"^The bot can't listen at WEBHOOK_LISTEN \(.+\); name"):
            async with bot.serving(silent_api) as service:
                await asyncio.wait({service.task})
