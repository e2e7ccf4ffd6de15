"""The bot in Telegram when something is wrong there or on the way."""

import asyncio
from datetime import timedelta
from itertools import islice

import pytest
from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY, TORN_JSON, AnswerLost, Fault, Nonsense, Reset, Slow
from bot_api_rules import CONFLICT, bad_request, too_many_requests
from house import Bot, all_said
from telegram.error import InvalidToken, RetryAfter

from bot.core.model import Knowledge
from bot.telegram_ui import application
from bot.telegram_ui.backoff import asked, waits
from bot.telegram_ui.receiving.poller import SecondPollerError
from bot.telegram_ui.transport import NoSenseError

PASSING: dict[str, Fault] = {
    "a bad gateway": BAD_GATEWAY,
    "a reset": Reset(),
    "a page of a proxy": Nonsense(),
    "torn JSON": TORN_JSON,
    "too many requests": too_many_requests(1),
    "a page that says not found": Nonsense("<html>not found</html>", 404),
    "a page that says forbidden": Nonsense("<html>forbidden</html>", 403),
    "a page that says conflict": Nonsense("<html>conflict</html>", 409),
    "a page that says moved": Nonsense("<html>moved</html>", 301),
    "a page that says all is well": Nonsense("<html>welcome</html>", 200),
    "a refusal that is none": Nonsense('{"ok":false}', 200, "application/json"),
    "an answer that says nothing": Nonsense("{}", 200, "application/json"),
    "endless JSON": Nonsense("[" * 100_000, 200, "application/json"),
    "odd parameters": Nonsense('{"ok": false, "parameters": [1]}', 429, "application/json"),
    "an odd time to wait": Nonsense(
        '{"ok": false, "parameters": {"retry_after": "soon"}}', 429, "application/json"
    ),
}
FOR_GOOD = {name: fault for name, fault in PASSING.items() if name.startswith("a page that says")}


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


@pytest.mark.parametrize("fault", sorted(PASSING.keys() - FOR_GOOD.keys()))
async def test_a_start_without_telegram_waits_and_says_so(
    silent_api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    chat = silent_api.private()
    silent_api.fail(PASSING[fault], "getMe")
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.reply(chat)
    assert any("Next try in" in message for message in caplog.messages)


@pytest.mark.parametrize(
    "answer", ['{"ok": true, "result": null}', '{"ok": true, "result": [{"message": {}}]}', '{"ok": true}']
)
async def test_an_answer_to_the_poll_that_would_come_again_at_once_is_waited_out(
    silent_api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    chat = silent_api.private()
    silent_api.fail(Nonsense(answer, 200, "application/json"), "getUpdates")
    silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.reply(chat)
    assert any("check BOT_API_URL" in message for message in caplog.messages)


async def test_an_edit_whose_answer_was_lost_makes_no_second_message(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    menu = await api.reply(chat)
    api.fail(AnswerLost(), "editMessageText")
    api.tap(chat, "Pregnancy")
    assert await all_said(api, chat) == [menu]
    assert len(api.called("editMessageText")) == 2


async def test_one_chat_that_must_wait_holds_up_no_other(api: BotApi) -> None:
    waiting, quick = api.private(), api.private()
    api.fail(too_many_requests(1), "sendMessage", chat=waiting)
    api.say(waiting, "/privacy")
    api.say(waiting, "/help")
    await api.until(lambda: bool(api.called("sendMessage")), "the refusal")
    api.say(quick, "/privacy")
    await api.reply(quick)
    assert api.messages(waiting) == []
    await api.replies(waiting, 2)
    assert len(api.called("sendMessage")) == 4


async def test_all_chats_are_answered_once_the_bot_as_a_whole_may_speak_again(api: BotApi) -> None:
    chats = [api.private() for _ in range(5)]
    api.fail(too_many_requests(1), "sendMessage", times=8)
    for chat in chats:
        api.say(chat, "/privacy")
    for chat in chats:
        await api.reply(chat)
        assert len(api.messages(chat)) == 1


async def test_whoever_must_wait_comes_back_at_a_moment_of_their_own() -> None:
    told = RetryAfter(timedelta(seconds=3))
    assert (asked(told, lambda: 0.0), asked(told, lambda: 0.5)) == (3.0, 3.5)
    assert list(islice(waits(lambda: 0.5), 9)) == [0.375, 0.75, 1.5, 3, 6, 12, 24, 45, 45]


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


async def test_the_end_does_not_wait_for_ever(
    silent_api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(application, "FINISH_SECONDS", 0.1)
    chat, never = silent_api.private(), asyncio.Event()
    async with bot.serving(silent_api) as service:
        await silent_api.until(lambda: bool(silent_api.called("getUpdates")), "the first poll")
        silent_api.fail(Slow(never), "sendMessage", times=None)
        silent_api.fail(Slow(never), "getUpdates", times=None)
        silent_api.say(chat, "/privacy")
        await silent_api.until(lambda: bool(silent_api.called("sendMessage")), "the reply on its way")
        service.stop.set()
        async with asyncio.timeout(5):
            await asyncio.wait({service.task})
    assert "1 message(s) could not be finished before the end." in caplog.messages
    assert application.FINISH_SECONDS < 10


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


@pytest.mark.parametrize("fault", sorted(FOR_GOOD.keys() - {"a page that says all is well"}))
async def test_what_is_no_bot_api_is_told_apart(silent_api: BotApi, bot: Bot, fault: str) -> None:
    silent_api.fail(FOR_GOOD[fault], times=None)
    with pytest.raises(NoSenseError):
        async with bot.serving(silent_api) as service:
            await asyncio.wait({service.task})
