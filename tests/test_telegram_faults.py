"""The bot in Telegram when something is wrong there or on the way."""

import asyncio

import pytest
from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY, TORN_JSON, AnswerLost, Fault, Nonsense, Reset, Slow
from bot_api_rules import CONFLICT, bad_request, too_many_requests
from house import Bot
from telegram.error import InvalidToken

from bot.core.model import Knowledge
from bot.telegram_ui.poller import SecondPollerError
from bot.telegram_ui.transport import NoSenseError

PASSING: dict[str, Fault] = {
    "a bad gateway": BAD_GATEWAY,
    "a reset": Reset(),
    "a page of a proxy": Nonsense(),
    "torn JSON": TORN_JSON,
    "too many requests": too_many_requests(1),
}


@pytest.mark.parametrize("fault", PASSING)
async def test_no_reply_is_lost_to_a_passing_fault(api: BotApi, knowledge: Knowledge, fault: str) -> None:
    chat = api.private()
    api.fail(PASSING[fault], "sendMessage")
    api.say(chat, "/privacy")
    assert (await api.reply(chat)).text == knowledge.messages.privacy
    assert len(api.called("sendMessage")) == 2


@pytest.mark.parametrize("fault", PASSING)
async def test_no_question_is_lost_to_a_passing_fault_of_the_poll(
    silent_api: BotApi, bot: Bot, fault: str
) -> None:
    chat = silent_api.private()
    silent_api.fail(PASSING[fault], "getUpdates")
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.reply(chat)
    assert len(silent_api.messages(chat)) == 1


@pytest.mark.parametrize("fault", PASSING)
async def test_a_start_without_telegram_waits_and_says_so(
    silent_api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    chat = silent_api.private()
    silent_api.fail(PASSING[fault], "getMe")
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.reply(chat)
    assert any("Next try in" in message for message in caplog.messages)


async def test_a_reply_that_arrived_though_its_answer_was_lost_still_is_there(api: BotApi) -> None:
    chat = api.private()
    api.fail(AnswerLost(), "sendMessage")
    api.say(chat, "/privacy")
    assert len({message.text for message in await api.replies(chat)}) == 1


async def test_markup_that_telegram_refuses_goes_without_it(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.fail(bad_request("can't parse entities: whatever"), "sendMessage")
    api.say(chat, "/privacy")
    reply = await api.reply(chat)
    assert reply.text == knowledge.messages.privacy
    assert "parse_mode" not in api.called("sendMessage")[-1]


async def test_whoever_blocked_the_bot_holds_up_nobody(api: BotApi) -> None:
    blocked, gone, chat = api.private(), api.private(), api.private()
    api.say(blocked, "/privacy")
    api.block(blocked)
    api.say(gone, "/privacy")
    api.deactivate(gone)
    api.say(chat, "/privacy")
    await api.reply(chat)
    assert api.messages(blocked) == api.messages(gone) == []


async def test_a_slow_chat_holds_up_no_other(api: BotApi) -> None:
    slow, quick, goes_on = api.private(), api.private(), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=slow)
    api.say(slow, "/privacy")
    api.say(quick, "/privacy")
    await api.reply(quick)
    assert api.messages(slow) == []
    goes_on.set()
    await api.reply(slow)


async def test_the_end_waits_for_what_is_in_work_and_leaves_nothing_unconfirmed(
    silent_api: BotApi, bot: Bot
) -> None:
    chat, goes_on = silent_api.private(), asyncio.Event()
    silent_api.fail(Slow(goes_on), "sendMessage")
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api) as service:
        await silent_api.until(lambda: bool(silent_api.called("sendMessage")), "the reply on its way")
        service.stop.set()
        goes_on.set()
    assert len(silent_api.messages(chat)) == 1
    assert silent_api.updates.unconfirmed == []


async def test_a_token_that_is_revoked_while_running_ends_the_bot(silent_api: BotApi, bot: Bot) -> None:
    async def until_revoked() -> None:
        async with bot.serving(silent_api) as service:
            chat = silent_api.private()
            silent_api.say(chat, "/privacy")
            await silent_api.reply(chat)
            silent_api.revoked = True
            silent_api.say(chat, "/privacy")
            await asyncio.wait({service.task})

    with pytest.raises(InvalidToken):
        await until_revoked()


async def test_a_second_poller_ends_the_bot(silent_api: BotApi, bot: Bot) -> None:
    silent_api.fail(CONFLICT, "getUpdates", times=None)
    with pytest.raises(SecondPollerError):
        async with bot.serving(silent_api) as service:
            await asyncio.wait({service.task})


async def test_one_conflict_as_after_a_restart_does_not_end_it(silent_api: BotApi, bot: Bot) -> None:
    silent_api.fail(CONFLICT, "getUpdates", times=2)
    async with bot.serving(silent_api):
        chat = silent_api.private()
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)


async def test_an_odd_update_is_passed_over(api: BotApi) -> None:
    odd: list[object] = [{}, {"message_id": "x"}, None, [], "text", {"chat": {"id": 1}, "date": "soon"}]
    for kind in ("message", "edited_message", "callback_query", "inline_query", "something_new"):
        for payload in odd:
            api.updates.put(kind, payload)
    chat = api.private()
    api.say(chat, "/privacy")
    await api.reply(chat)


async def test_what_is_no_bot_api_is_told_apart(silent_api: BotApi, bot: Bot) -> None:
    silent_api.fail(Nonsense("<html>hello</html>", 404), times=None)
    with pytest.raises(NoSenseError):
        async with bot.serving(silent_api) as service:
            await asyncio.wait({service.task})
