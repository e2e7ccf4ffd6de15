"""In a group the bot speaks only when it is asked."""

from dataclasses import replace
from typing import ClassVar

import pytest
from bot_api import BotApi
from house import NUMB, OTHER, QUESTION, Bot, all_said, first_answer, zones_of

from bot.core.conversation import Conversation
from bot.core.model import Knowledge
from bot.core.talk import Context
from bot.services.assistant import Assistant, House
from bot.storage.memory import MemoryContextStore, memory_stores


@pytest.mark.parametrize("privacy", [True, False], ids=["with privacy", "without privacy"])
async def test_in_a_group_it_speaks_only_when_asked(
    api: BotApi, knowledge: Knowledge, *, privacy: bool
) -> None:
    group = api.group(privacy=privacy)
    for text in (
        QUESTION,
        "my back hurts",
        "/ask@other_bot hello",
        "mail me: a@b.org",
        "see /help",
        "/weather",
    ):
        api.say(group, text)
    asked = api.say(group, f"/ask {QUESTION}")
    reply = await api.reply(group)
    assert reply.text == first_answer(knowledge, "every-day")
    assert reply.reply_to is asked
    again = api.say(group, OTHER, reply_to=reply)
    reply = await api.reply(group)
    assert (reply.text, reply.reply_to) == (knowledge.entries["how-to-start"].answer, again)
    assert len(await all_said(api, group)) == 2


async def test_a_mention_asks_too_whatever_its_case(api: BotApi, knowledge: Knowledge) -> None:
    group = api.group(privacy=False)
    for mention in ("@strong_back_bot", "@Strong_Back_Bot"):
        api.say(group, f"{mention} {QUESTION}")
        assert (await api.reply(group)).text.startswith(knowledge.entries["every-day"].answer)
    api.say(group, f"/ASK@Strong_Back_Bot {QUESTION}")
    assert (await api.reply(group)).text == knowledge.entries["every-day"].answer


async def test_the_name_of_another_bot_is_no_mention(api: BotApi) -> None:
    group = api.group(privacy=False)
    api.say(group, f"@strong_back_bot_two {QUESTION}")
    api.say(group, f"/ask@strong_back_bot_two {QUESTION}")
    assert await all_said(api, group) == []


async def test_what_a_group_asked_is_kept_for_minutes_and_for_the_asker_alone(
    silent_api: BotApi, bot: Bot
) -> None:
    class SpyingStore(MemoryContextStore):
        async def save(self, chat: str, context: Context) -> None:
            raise AssertionError(f"{context} of {chat} is kept")

    group = silent_api.group()
    bot.assistant = bot.assistant_over(SpyingStore())
    async with bot.serving(silent_api):
        silent_api.say(group, f"/ask {QUESTION}")
        answer = await silent_api.reply(group)
        silent_api.say(group, "/sources", by=silent_api.person("Ben"))
        assert QUESTION not in (await silent_api.reply(group)).text
        silent_api.say(group, "/sources")
        assert QUESTION in (await silent_api.reply(group)).text
        bot.clock.advance(minutes=6)
        silent_api.say(group, "/sources")
        assert QUESTION not in (await silent_api.reply(group)).text
        silent_api.tap(group, "Not what I asked", message=answer)
        assert "None of these" in (await silent_api.reply(group)).buttons


async def test_what_somebody_tells_of_themselves_in_a_group_is_not_remembered(
    silent_api: BotApi, bot: Bot, conversation: Conversation
) -> None:
    class Kept(MemoryContextStore):
        contexts: ClassVar[list[Context]] = []

        async def save(self, chat: str, context: Context) -> None:
            self.contexts.append(context)
            await super().save(chat, context)

    group = silent_api.group()
    stores = replace(memory_stores(), fleeting=Kept())
    bot.assistant = Assistant(
        {"en": conversation}, stores, House(language="en", version="1.2.3"), zones_of(conversation)
    )
    async with bot.serving(silent_api):
        for text in ("i am pregnant, can i do planks", NUMB, "my back aches a bit"):
            silent_api.say(group, f"/ask {text}")
            await silent_api.reply(group)
    assert len(Kept.contexts) == 3
    assert not any(context.conditions for context in Kept.contexts)


async def test_what_is_tapped_in_a_group_is_answered_below_the_button(api: BotApi) -> None:
    group = api.group()
    api.say(group, f"/ask {QUESTION}")
    answer = await api.reply(group)
    api.tap(group, "Sources", by=api.person("Ben"))
    assert (await api.reply(group)).reply_to is answer


async def test_an_update_of_a_group_that_makes_no_sense_is_no_reason_to_speak(api: BotApi) -> None:
    group = api.group(privacy=False)
    api.updates.put("message", {"chat": group.json(), "text": "hello"})
    assert await all_said(api, group) == []


async def test_a_tap_in_a_group_that_became_a_supergroup_is_answered_there(api: BotApi) -> None:
    group = api.group()
    api.say(group, "/topics")
    await api.reply(group)
    new = api.migrate(group)
    api.tap(group, "Pregnancy")
    assert "Back" in (await api.reply(new)).buttons


async def test_a_picture_in_a_group_is_no_question_unless_its_caption_is(
    api: BotApi, knowledge: Knowledge
) -> None:
    group = api.group(privacy=False)
    photo = {"photo": [{"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9}]}
    api.say(group, content=photo)
    api.say(group, content=photo | {"caption": f"@strong_back_bot {QUESTION}"})
    assert (await api.reply(group)).text == first_answer(knowledge, "every-day")
    assert len(await all_said(api, group)) == 1


async def test_a_red_flag_in_a_command_is_answered_in_the_group(api: BotApi, knowledge: Knowledge) -> None:
    group = api.group()
    api.say(group, f"/ask {NUMB}")
    advice = knowledge.red_flags["saddle-numbness"].advice.replace("**", "")
    assert (await api.reply(group)).text == advice


async def test_a_group_that_became_a_supergroup_is_answered_there(api: BotApi) -> None:
    group = api.group()
    api.say(group, "/privacy")
    new = api.migrate(group)
    await api.reply(new)
    assert api.messages(group) == []
