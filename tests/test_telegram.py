"""The bot in Telegram, against the double of the Bot API over real HTTP."""

import pytest
from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY
from bot_api_rules import bad_request, too_many_requests
from house import NUMB, QUESTION, Bot, Clock, first_answer

from bot.core.model import Knowledge
from bot.services.commands.table import LISTED
from bot.storage.memory import MemoryContextStore


class BrokenStore(MemoryContextStore):
    """A memory that is gone, in a way that nobody thought of."""

    async def load(self, chat: str) -> None:
        raise OSError(f"chat {chat} is on a lost disk")


async def test_a_question_is_answered_with_buttons_for_the_way_on(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.say(chat, QUESTION)
    reply = await api.reply(chat)
    entry = knowledge.entries["every-day"]
    assert reply.text == first_answer(knowledge, entry.id)
    titles = tuple(knowledge.entries[name].title for name in entry.follow_ups)
    assert reply.buttons == (*titles, "Sources", "Not what I asked")


async def test_notes_stand_below_an_answer_in_italics(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.say(chat, "/start")
    reply = await api.reply(chat)
    note = knowledge.disclaimers["general"].text
    assert reply.text == f"{knowledge.messages.welcome}\n\n{note}"
    italic = [e for e in reply.entities if e["type"] == "italic"]
    assert italic == [{"type": "italic", "offset": len(reply.text) - len(note), "length": len(note)}]


async def test_strong_words_are_bold_and_an_emergency_has_one_button(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    api.say(chat, NUMB)
    reply = await api.reply(chat)
    assert reply.entities[0]["type"] == "bold"
    assert reply.entities[0]["offset"] == 0
    assert reply.buttons == (knowledge.messages.phone_button,)
    assert "**" not in reply.text


async def test_a_caption_is_read(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    photo = {"photo": [{"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9}]}
    api.say(chat, content=photo | {"caption": QUESTION})
    assert (await api.reply(chat)).text == first_answer(knowledge, "every-day")


async def test_messages_of_a_chat_are_answered_in_their_order(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    commands = ("/help", "/privacy", "/about", "/redflags", "/topics")
    for command in commands:
        api.say(chat, command)
    await api.until(lambda: len(api.messages(chat)) == len(commands), "all replies")
    assert api.messages(chat)[0].text.startswith(knowledge.messages.help[:20])
    assert api.messages(chat)[1].text == knowledge.messages.privacy
    assert api.messages(chat)[4].text == knowledge.messages.topics


async def test_who_asks_too_fast_is_told_once_and_still_warned(
    api: BotApi, clock: Clock, knowledge: Knowledge
) -> None:
    chat, other = api.private(), api.private()
    for _ in range(25):
        api.say(chat, "/privacy")
    api.say(chat, NUMB)
    api.say(other, "/privacy")
    await api.reply(other)
    await api.until(lambda: len(api.messages(chat)) == 22, "20 answers, a plea and a warning")
    said = [message.text for message in api.messages(chat)]
    assert said[20] == knowledge.messages.slow_down
    assert "emergency" in said[21]
    clock.advance(seconds=30)
    api.say(chat, "/privacy")
    assert (await api.reply(chat)).text == knowledge.messages.privacy


async def test_who_asks_too_fast_is_still_shown_the_warning_signs_and_warned_of_spread_ones(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    for _ in range(19):
        api.say(chat, "/privacy")
    api.say(chat, "i have a backache")
    api.say(chat, "/privacy")
    for urgent in ("/redflags", "i have chills"):
        api.say(chat, urgent)
    await api.until(lambda: len(api.messages(chat)) == 23, "20 answers, a plea and two that warn")
    plea, signs, advice = api.messages(chat)[20:]
    assert plea.text == knowledge.messages.slow_down
    assert signs.text.startswith("Most back pain")
    assert advice.text == knowledge.red_flags["fever-with-back-pain"].advice.replace("**", "")


async def test_the_menu_and_the_pages_are_set_in_every_language(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    bot.knowledge = {"en": knowledge, "fi": knowledge}
    async with bot.serving(silent_api):
        await silent_api.until(lambda: len(silent_api.pages) == 9, "three pages in three languages")
    menu = [{"command": name, "description": knowledge.commands[name]} for name in LISTED]
    for language in ("", "en", "fi"):
        assert silent_api.pages["commands", language] == menu
        assert silent_api.pages["description", language] == knowledge.messages.bot_description
        assert silent_api.pages["short_description", language] == knowledge.messages.bot_short_description


async def test_the_menu_is_set_once_a_passing_fault_is_over(silent_api: BotApi, bot: Bot) -> None:
    silent_api.fail(too_many_requests(1), "setMyCommands")
    silent_api.fail(BAD_GATEWAY, "setMyDescription")
    async with bot.serving(silent_api):
        await silent_api.until(lambda: len(silent_api.pages) == 6, "three pages in two languages")


async def test_a_menu_that_cannot_be_set_is_logged_and_no_more(
    silent_api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    silent_api.fail(bad_request("BOT_COMMANDS_TOO_MUCH"), "setMyCommands", times=None)
    async with bot.serving(silent_api):
        chat = silent_api.private()
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)
        await silent_api.until(lambda: len(silent_api.called("setMyCommands")) == 2, "both tries")
    assert "The menu in en could not be set (BadRequest)." in caplog.messages


async def test_a_failure_is_admitted_to_the_person_and_told_to_the_operator(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    operator, chat = silent_api.private(), silent_api.private()
    operator.opened, bot.admin_chat = True, operator.id
    bot.assistant = bot.assistant_over(BrokenStore())
    async with bot.serving(silent_api):
        for _ in range(2):
            silent_api.say(chat, "a secret question")
            assert (await silent_api.reply(chat)).text == knowledge.messages.failed
        assert len(await silent_api.replies(operator)) == 1
    assert "OSError" in silent_api.messages(operator)[0].text
    assert "secret" not in caplog.text
    assert "lost disk" not in caplog.text


async def test_a_failure_lets_nobody_wait_for_the_operators_chat(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    operator, chat = silent_api.private(), silent_api.private()
    operator.opened, bot.admin_chat = True, operator.id
    bot.assistant = bot.assistant_over(BrokenStore())
    silent_api.fail(too_many_requests(600), "sendMessage", chat=operator)
    async with bot.serving(silent_api):
        for _ in range(2):
            silent_api.say(chat, QUESTION)
            assert (await silent_api.reply(chat)).text == knowledge.messages.failed
