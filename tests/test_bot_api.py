"""The double itself: it refuses what Telegram refuses, in the same words, and fails when it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY, TORN_JSON, AnswerLost, Nonsense, Reset, Slow
from bot_api_rules import NOT_MODIFIED, TOO_OLD, Json, too_many_requests


class Caller:
    """Calls methods of the double as a bot would."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        self._api = api
        self._session = session

    async def __call__(self, method: str, token: str | None = None, **parameters: Any) -> Json:
        url = f"{self._api.url}/bot{token or self._api.token}/{method}"
        async with self._session.post(url, json=parameters) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def refused(self, method: str, **parameters: Any) -> str:
        """Why a call is refused."""
        answer = await self(method, **parameters)
        assert not answer["ok"]
        return str(answer["description"])


@pytest_asyncio.fixture
async def call(silent_api: BotApi) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(silent_api, session)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "text must be non-empty"),
        ({"text": "😀" * 4097}, "message is too long"),
        (
            {"text": "<p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    ],
)
async def test_a_faulty_message_is_refused(
    silent_api: BotApi, call: Caller, parameters: Json, reason: str
) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    assert await call.refused("sendMessage", chat_id=chat.id, **parameters) == f"Bad Request: {reason}"


async def test_a_message_may_have_4096_characters_once_its_markup_is_read(
    silent_api: BotApi, call: Caller
) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    text = f"<b>{'&lt;' * 4096}</b>"
    assert (await call("sendMessage", chat_id=chat.id, text=text, parse_mode="HTML"))["ok"]
    assert silent_api.messages(chat)[0].text == "<" * 4096


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "", "callback_data": "x"}, "can't parse inline keyboard button: text must be non-empty"),
    ],
)
async def test_a_faulty_button_is_refused(
    silent_api: BotApi, call: Caller, button: Json, reason: str
) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    markup = json.dumps({"inline_keyboard": [[button]]})
    refused = await call.refused("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {reason}"


async def test_chats_that_are_closed_to_the_bot_say_why(silent_api: BotApi, call: Caller) -> None:
    stranger, blocked, deactivated = silent_api.private(), silent_api.private(), silent_api.private()
    group, moved = silent_api.group(), silent_api.group()
    silent_api.block(blocked)
    silent_api.block(group)
    silent_api.deactivate(deactivated)
    new = silent_api.migrate(moved)
    reasons = {
        blocked.id: "Forbidden: bot was blocked by the user",
        deactivated.id: "Forbidden: user is deactivated",
        group.id: "Forbidden: bot was kicked from the group chat",
        stranger.id: "Forbidden: bot can't initiate conversation with a user",
        moved.id: "Bad Request: group chat was upgraded to a supergroup chat",
        1: "Bad Request: chat not found",
    }
    for chat, reason in reasons.items():
        assert await call.refused("sendMessage", chat_id=chat, text="x") == reason
    answer = await call("sendMessage", chat_id=moved.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call("sendMessage", chat_id=new.id, text="x"))["ok"]


async def test_only_what_differs_can_be_edited_and_only_what_is_there(
    silent_api: BotApi, call: Caller
) -> None:
    chat = silent_api.private()
    asked = silent_api.say(chat, "hello")
    sent = (await call("sendMessage", chat_id=chat.id, text="x"))["result"]["message_id"]
    here = {"chat_id": chat.id, "message_id": sent}
    assert await call.refused("editMessageText", **here, text="x") == f"Bad Request: {NOT_MODIFIED}"
    assert (await call("editMessageText", **here, text="<b>x</b>", parse_mode="HTML"))["ok"]
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    assert (await call("editMessageReplyMarkup", **here, reply_markup=markup))["ok"]
    assert silent_api.messages(chat)[0].buttons == ("A",)
    gone = await call.refused("editMessageText", chat_id=chat.id, message_id=9999, text="y")
    assert gone == "Bad Request: message to edit not found"
    foreign = await call.refused("editMessageText", chat_id=chat.id, message_id=asked.id, text="y")
    assert foreign == "Bad Request: message can't be edited"


async def test_a_tap_takes_one_answer_and_takes_it_in_time(silent_api: BotApi, call: Caller) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await call("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    tap, late = silent_api.tap(chat, "A"), silent_api.tap(chat, "A", too_old=True)
    assert (await call("answerCallbackQuery", callback_query_id=tap.id))["ok"]
    for query in (tap.id, late.id, "no such query"):
        refused = await call.refused("answerCallbackQuery", callback_query_id=query)
        assert refused == f"Bad Request: {TOO_OLD}"


async def test_updates_come_until_they_are_confirmed_and_only_those_asked_for(
    silent_api: BotApi, call: Caller
) -> None:
    chat = silent_api.private()
    first, second = silent_api.say(chat, "one"), silent_api.say(chat, "two")
    got = (await call("getUpdates", limit=1))["result"]
    assert [update["message"]["message_id"] for update in got] == [first.id]
    got = (await call("getUpdates", offset=got[0]["update_id"] + 1, allowed_updates='["message"]'))["result"]
    assert [update["message"]["message_id"] for update in got] == [second.id]
    silent_api.edit(second, "three")
    assert (await call("getUpdates", offset=got[0]["update_id"] + 1))["result"] == []


async def test_a_waiting_poll_gets_news_at_once(silent_api: BotApi, call: Caller) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await silent_api.until(lambda: bool(silent_api.calls), "the poll")
    silent_api.say(silent_api.private(), "news")
    assert (await poll)["result"][0]["message"]["text"] == "news"


async def test_a_second_poller_ends_the_first_with_a_conflict(silent_api: BotApi, call: Caller) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await silent_api.until(lambda: bool(silent_api.calls), "the first poll")
    await call("getUpdates")
    assert (await first)["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_a_group_with_privacy_passes_on_only_what_is_addressed_to_the_bot(
    silent_api: BotApi, call: Caller
) -> None:
    group = silent_api.group(privacy=True)
    sent = (await call("sendMessage", chat_id=group.id, text="x"))["result"]["message_id"]
    mine = next(message for message in group.messages if message.id == sent)
    for text in ("my back hurts", "@strong_back_bot hello", "/ask@other_bot hello"):
        silent_api.say(group, text)
    heard = [
        silent_api.say(group, "/ask hello"),
        silent_api.say(group, "/ask@strong_back_bot hello"),
        silent_api.say(group, "and then?", reply_to=mine),
    ]
    got = (await call("getUpdates"))["result"]
    assert [update["message"]["message_id"] for update in got] == [message.id for message in heard]
    open_group = silent_api.group(privacy=False)
    silent_api.say(open_group, "my back hurts")
    assert len((await call("getUpdates"))["result"]) == 4


async def test_unknown_tokens_and_methods_are_refused(silent_api: BotApi, call: Caller) -> None:
    assert (await call("getMe", "1:unknown"))["description"] == "Unauthorized"
    assert await call.refused("flyToTheMoon") == "Not Found"
    silent_api.revoked = True
    assert await call.refused("getMe") == "Unauthorized"


async def test_too_many_requests_say_how_long_to_wait_in_one_chat_or_in_all(
    silent_api: BotApi, call: Caller
) -> None:
    one, other = silent_api.private(), silent_api.private()
    for chat in (one, other):
        silent_api.say(chat, "hello")
    silent_api.fail(too_many_requests(3), chat=one)
    assert (await call("sendMessage", chat_id=other.id, text="x"))["ok"]
    assert (await call("sendMessage", chat_id=one.id, text="x"))["parameters"] == {"retry_after": 3}
    assert (await call("sendMessage", chat_id=one.id, text="x"))["ok"]
    silent_api.fail(too_many_requests(1), times=2)
    assert await call.refused("sendMessage", chat_id=one.id, text="x") == "Too Many Requests: retry after 1"
    assert await call.refused("getMe") == "Too Many Requests: retry after 1"


async def test_it_fails_on_demand_in_every_way(silent_api: BotApi, call: Caller) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    for fault in (BAD_GATEWAY, Reset(), AnswerLost(), Nonsense(), TORN_JSON):
        silent_api.fail(fault, "sendMessage")
    assert await call.refused("sendMessage", chat_id=chat.id, text="never") == "Bad Gateway"
    for text in ("never", "once"):
        with pytest.raises(aiohttp.ClientError):
            await call("sendMessage", chat_id=chat.id, text=text)
    with pytest.raises(aiohttp.ContentTypeError):
        await call("sendMessage", chat_id=chat.id, text="never")
    with pytest.raises(json.JSONDecodeError):
        await call("sendMessage", chat_id=chat.id, text="never")
    assert [message.text for message in silent_api.messages(chat)] == ["once"]


async def test_it_can_be_slow(silent_api: BotApi, call: Caller) -> None:
    goes_on = asyncio.Event()
    silent_api.fail(Slow(goes_on), "getMe")
    slow = asyncio.create_task(call("getMe"))
    await silent_api.until(lambda: bool(silent_api.calls), "the slow call")
    assert (await call("getMe"))["ok"]
    assert not slow.done()
    goes_on.set()
    assert (await slow)["ok"]


async def test_files_are_uploaded_once_and_sent_again_by_their_id(silent_api: BotApi, call: Caller) -> None:
    chat = silent_api.private()
    silent_api.say(chat, "hello")
    form = aiohttp.FormData({"chat_id": str(chat.id), "caption": "<b>bird dog</b>", "parse_mode": "HTML"})
    form.add_field("animation", b"GIF89a", filename="bird-dog.gif")
    async with aiohttp.ClientSession() as session:
        url = f"{silent_api.url}/bot{silent_api.token}"
        async with session.post(f"{url}/sendAnimation", data=form) as response:
            file = (await response.json())["result"]["animation"]["file_id"]
        assert (await call("sendAnimation", chat_id=chat.id, animation=file))["ok"]
        path = (await call("getFile", file_id=file))["result"]["file_path"]
        async with session.get(f"{silent_api.url}/file/bot{silent_api.token}/{path}") as response:
            assert await response.read() == b"GIF89a"
    refused = await call.refused("sendAnimation", chat_id=chat.id, animation=file, caption="x" * 1025)
    assert refused == "Bad Request: message caption is too long"
    refused = await call.refused("sendAnimation", chat_id=chat.id, animation="nothing")
    assert refused == "Bad Request: wrong file identifier/HTTP URL specified"
