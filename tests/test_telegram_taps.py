"""Buttons and edits in Telegram: what changes in place, and what is said anew."""

import pytest
from bot_api import BotApi
from house import NUMB, OTHER, QUESTION, all_said

from bot.core.model import Knowledge


async def test_topics_are_browsed_in_one_message_that_changes(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    menu = await api.reply(chat)
    for label in ("How often, how long", "How often", "Back", "Back", "Pregnancy"):
        api.tap(chat, label)
        assert await api.reply(chat) is menu
    assert api.messages(chat) == [menu]
    api.tap(chat, "Back")
    await api.reply(chat)
    api.tap(chat, "Home, gym, work")
    await api.reply(chat)
    api.tap(chat, "At home")
    await api.reply(chat)
    api.tap(chat, "How do I train my back at home?")
    assert await api.reply(chat) is not menu


async def test_every_tap_is_confirmed_once(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    await api.reply(chat)
    tap = api.tap(chat, "Pregnancy")
    await api.until(lambda: tap.answer is not None, "the confirmation")
    assert len(api.called("answerCallbackQuery")) == 1


async def test_a_double_tap_changes_the_menu_once_and_adds_nothing(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    menu = await api.reply(chat)
    first, second = api.tap(chat, "Pregnancy"), api.tap(chat, "Pregnancy")
    await api.until(lambda: len(api.called("editMessageText")) == 2, "both taps")
    await api.until(lambda: bool(first.answer and second.answer), "both confirmations")
    assert await all_said(api, chat) == [menu]


async def test_a_tap_on_a_menu_that_was_deleted_gets_a_new_one(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    menu = await api.reply(chat)
    api.tap(chat, "Pregnancy")
    chat.messages.remove(menu)
    reply = await api.reply(chat)
    assert reply is not menu
    assert reply.text == knowledge.messages.topics_of.format(group="Pregnancy")


@pytest.mark.parametrize(("too_old", "inaccessible"), [(True, False), (False, True)])
async def test_a_button_from_an_older_time_still_works(
    api: BotApi, *, too_old: bool, inaccessible: bool
) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    await api.reply(chat)
    api.tap(chat, "Pregnancy", too_old=too_old, inaccessible=inaccessible)
    assert "Back" in (await api.reply(chat)).buttons


async def test_a_button_whose_entry_is_gone_says_so(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.say(chat, QUESTION)
    reply = await api.reply(chat)
    reply.rows[0][0]["callback_data"] = "/show an-entry-of-last-year"
    api.tap(chat, reply.buttons[0])
    assert (await api.reply(chat)).text == knowledge.messages.gone


async def test_an_edited_question_has_its_answer_edited(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    question = api.say(chat, QUESTION)
    answer = await api.reply(chat)
    api.edit(question, OTHER)
    assert await api.reply(chat) is answer
    assert answer.text == knowledge.entries["how-to-start"].answer
    assert api.messages(chat) == [answer]


async def test_an_edit_that_raises_a_red_flag_rings_the_bell(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    for text in (QUESTION, "/ask"):
        question = api.say(chat, text)
        await api.reply(chat)
        api.edit(question, f"{text} {NUMB}")
        advice = await api.reply(chat)
        assert not advice.edited
        assert advice.reply_to is question
        assert advice.text == knowledge.red_flags["saddle-numbness"].advice.replace("**", "")


async def test_an_edited_command_and_an_edit_that_changes_no_word_do_nothing(api: BotApi) -> None:
    chat = api.private()
    command = api.say(chat, "/help")
    await api.reply(chat)
    question = api.say(chat, QUESTION)
    await api.reply(chat)
    api.edit(command, "/topics")
    api.edit(command, QUESTION)
    api.edit(question, QUESTION)
    said = await all_said(api, chat)
    assert len(said) == 2
    assert not any(message.edited for message in said)
