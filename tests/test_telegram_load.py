"""Many people at once, and one who asks for too much: everybody gets a share."""

import asyncio

import pytest
from bot_api import BotApi
from bot_api_faults import Slow
from house import NUMB, Bot

from bot.core.model import Knowledge
from bot.telegram_ui import application
from bot.telegram_ui.workers.lanes import Lanes


async def test_a_flood_into_a_chat_that_stands_still_holds_up_nobody(api: BotApi) -> None:
    flood, other, goes_on = api.private(), api.private(), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=flood)
    for _ in range(1500):
        api.say(flood, "/privacy")
    api.say(other, "/privacy")
    await api.reply(other)
    assert api.messages(flood) == []
    goes_on.set()


@pytest.mark.parametrize("flag", ["saddle-numbness", "night-or-rest-pain"])
async def test_a_flood_holds_up_no_red_flag_of_the_same_person(
    api: BotApi, knowledge: Knowledge, flag: str
) -> None:
    chat, goes_on = api.private(), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=chat)
    for _ in range(200):
        api.say(chat, "/privacy")
    api.say(chat, knowledge.red_flags[flag].examples[0])
    await api.until(lambda: not api.updates.unconfirmed, "all of it to be taken in")
    goes_on.set()
    advice = knowledge.red_flags[flag].advice.replace("**", "")
    await api.until(lambda: any(advice in reply.text for reply in api.messages(chat)), "the advice")
    assert len(api.messages(chat)) == 22  # 20 answers, a plea and the advice


async def test_a_flood_of_red_flags_is_bounded_too(api: BotApi) -> None:
    flood, other, goes_on = api.private(), api.private(), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=flood)
    for _ in range(1200):
        api.say(flood, NUMB)
    api.say(other, "/privacy")
    await api.reply(other)
    goes_on.set()


async def test_a_flood_of_one_person_in_a_group_takes_no_place_of_the_others(
    api: BotApi, knowledge: Knowledge
) -> None:
    group, ben, goes_on = api.group(), api.person("Ben"), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=group)
    for _ in range(150):
        api.say(group, "/about")
    asked = api.say(group, "/privacy", by=ben)
    await api.until(lambda: not api.updates.unconfirmed, "all of it to be taken in")
    goes_on.set()
    await api.until(lambda: any(said.reply_to is asked for said in api.messages(group)), "Ben's answer")


async def test_a_flood_of_one_person_in_many_groups_holds_up_nobody_else(api: BotApi) -> None:
    ana, other, goes_on = api.person(), api.private(), asyncio.Event()
    for group in [api.group() for _ in range(25)]:
        api.fail(Slow(goes_on), "sendMessage", chat=group)
        for _ in range(60):
            api.say(group, "/privacy", by=ana)
    api.say(other, "/privacy")
    await api.reply(other)
    goes_on.set()


async def test_a_flood_holds_up_no_button_that_warns(api: BotApi, knowledge: Knowledge) -> None:
    chat, goes_on = api.private(), asyncio.Event()
    api.say(chat, "/redflags")
    signs = await api.reply(chat)
    api.fail(Slow(goes_on), "sendMessage", chat=chat)
    for _ in range(60):
        api.say(chat, "/privacy")
    api.tap(chat, signs.buttons[0], message=signs)
    await api.until(lambda: not api.updates.unconfirmed, "all of it to be taken in")
    goes_on.set()
    await api.until(lambda: any("emergency" in said.text for said in api.messages(chat)[1:]), "the advice")


async def test_the_talk_of_a_group_fills_no_lane(api: BotApi, knowledge: Knowledge) -> None:
    group, goes_on = api.group(privacy=False), asyncio.Event()
    api.fail(Slow(goes_on), "sendMessage", chat=group)
    api.say(group, "/about")
    for _ in range(200):
        api.say(group, "what a game last night")
    api.say(group, "/privacy")
    await api.until(lambda: not api.updates.unconfirmed, "all of it to be taken in")
    goes_on.set()
    replies = await api.replies(group, 2)
    assert replies[1].text == knowledge.messages.privacy


async def test_more_updates_than_may_be_in_work_wait_at_telegram(
    silent_api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "Lanes", lambda: Lanes(max_in_work=3))
    chats, goes_on = [silent_api.private() for _ in range(8)], asyncio.Event()
    silent_api.fail(Slow(goes_on), "sendMessage", times=None)
    for chat in chats:
        silent_api.say(chat, "/privacy")
    async with bot.serving(silent_api):
        await silent_api.until(lambda: len(silent_api.called("sendMessage")) == 3, "three at work")
        assert len(silent_api.updates.unconfirmed) == 8
        goes_on.set()
        for chat in chats:
            await silent_api.replies(chat)


async def test_a_lane_is_in_order_and_outlives_a_job_that_breaks() -> None:
    lanes, done = Lanes(), []

    async def job(number: int) -> None:
        await asyncio.sleep(0)
        if number == 1:
            raise OSError
        done.append(number)

    for number in range(4):
        lanes.put(7, 1, lambda number=number: job(number))  # type: ignore[misc]
    assert await lanes.finish(5) == 0
    assert done == [0, 2, 3]
