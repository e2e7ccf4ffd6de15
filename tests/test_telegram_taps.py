"""Buttons and edits in Telegram: what changes in place, and what is said anew."""

import pytest
from bot_api import BotApi
from bot_api_rules import too_many_requests
from house import NUMB, OTHER, QUESTION, Bot, Clock, all_said, first_answer

from bot.core.model import EntryKind, Knowledge
from bot.storage.memory import MemoryContextStore


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
    await api.until(lambda: bool(first.answer and second.answer), "both confirmations")
    assert await all_said(api, chat) == [menu]
    assert len(api.called("editMessageText")) == 1


async def test_a_double_tap_brings_one_message_and_a_later_tap_another(api: BotApi, clock: Clock) -> None:
    chat = api.private()
    api.say(chat, QUESTION)
    answer = await api.reply(chat)
    for seconds, expected in ((0, 1), (5, 2)):
        clock.advance(seconds=seconds)
        for _ in range(2):
            api.tap(chat, "Sources", message=answer)
        said = await all_said(api, chat)
        assert sum(QUESTION in message.text for message in said) == expected


async def test_a_menu_that_shows_already_what_was_tapped_stays_as_it_is(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    menu = await api.reply(chat)
    menu.rows[0][0]["callback_data"] = "/topics"
    api.tap(chat, menu.buttons[0])
    assert await all_said(api, chat) == [menu]
    assert len(api.called("editMessageText")) == 1


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


@pytest.mark.parametrize("data", ["/an_old_command every-day", "entry:every-day", "yes", "1", "🎲"])
async def test_a_button_of_another_bot_than_this_says_that_it_leads_nowhere_and_does_nothing(
    api: BotApi, knowledge: Knowledge, data: str
) -> None:
    chat = api.private()
    api.say(chat, "/forget")
    reply = await api.reply(chat)
    reply.rows[0][0]["callback_data"] = data
    api.tap(chat, reply.buttons[0])
    said = await api.reply(chat)
    assert said.text == knowledge.messages.gone
    assert "Pregnancy" in said.buttons


@pytest.mark.parametrize("entry", ["every-day", "time-to-results", "sample-routine", "medicines"])
async def test_not_what_i_asked_always_leads_on_even_if_nothing_is_remembered(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge, clock: Clock, entry: str
) -> None:
    chat = silent_api.private()
    async with bot.serving(silent_api):
        silent_api.say(chat, knowledge.entries[entry].title)
        answer = await silent_api.reply(chat)
    bot.assistant = bot.assistant_over(MemoryContextStore())
    async with bot.serving(silent_api):
        for _ in range(3):
            clock.advance(seconds=5)
            silent_api.tap(chat, "Not what I asked", message=answer)
            reply = await silent_api.reply(chat)
            await all_said(silent_api, chat)
            offered = {
                title: e for e in knowledge.entries.values() for title in reply.buttons if title == e.title
            }
            assert offered or "Pregnancy" in reply.buttons
            assert all(e.kind in {EntryKind.ANSWER, EntryKind.DEFER} for e in offered.values())
            assert knowledge.entries[entry].title not in offered


async def test_none_of_these_always_answers(silent_api: BotApi, bot: Bot, clock: Clock) -> None:
    chat = silent_api.private()
    async with bot.serving(silent_api):
        silent_api.say(chat, QUESTION)
        await silent_api.reply(chat)
        silent_api.tap(chat, "Not what I asked")
        offer = await silent_api.reply(chat)
        assert 2 <= len(offer.buttons) <= 4
    async with bot.serving(silent_api):
        for old in (False, True):
            clock.advance(seconds=5)
            silent_api.tap(chat, "None of these", message=offer, too_old=old, inaccessible=old)
            assert "Pregnancy" in (await silent_api.reply(chat)).buttons
            await all_said(silent_api, chat)


async def test_a_tap_holds_up_its_chat_for_no_longer_than_telegram_would_wait(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "/topics")
    await api.reply(chat)
    api.fail(too_many_requests(600), "answerCallbackQuery", times=None)
    api.tap(chat, "Pregnancy")
    assert len(await all_said(api, chat)) == 1


async def test_an_edit_does_not_take_advice_on_a_red_flag_away(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    question = api.say(chat, NUMB)
    advice = await api.reply(chat)
    api.edit(question, "Is bad posture harmful?")
    answer = await api.reply(chat)
    assert answer.text.endswith(first_answer(knowledge, "is-bad-posture-harmful"))
    assert not advice.edited
    api.edit(question, OTHER)
    assert await api.reply(chat) is answer


async def test_an_edit_is_answered_even_if_nothing_is_remembered(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    chat = silent_api.private()
    async with bot.serving(silent_api):
        question, command = silent_api.say(chat, QUESTION), silent_api.say(chat, "/help")
        await silent_api.replies(chat, 2)
    async with bot.serving(silent_api):
        silent_api.edit(command, "/about")
        silent_api.edit(question, OTHER)
        reply = await silent_api.reply(chat)
        assert (reply.text, reply.reply_to) == (knowledge.entries["how-to-start"].answer, question)
        assert len(await all_said(silent_api, chat)) == 3


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


async def test_a_question_behind_a_command_is_edited_like_any_other(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat, group = api.private(), api.group()
    for place in (chat, group):
        question = api.say(place, f"/ask {QUESTION}")
        answer = await api.reply(place)
        api.edit(question, f"/ask@{api.bot.username} {OTHER}")
        assert await api.reply(place) is answer
        assert answer.text.startswith(knowledge.entries["how-to-start"].answer)
        api.edit(question, "/help")
        assert await all_said(api, place) == [answer]


async def test_once_all_is_erased_by_an_edit_no_earlier_answer_is_known(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    question, word = api.say(chat, QUESTION), api.say(chat, OTHER)
    answer, _ = await api.replies(chat, 2)
    api.say(chat, "/forget")
    await api.reply(chat)
    api.edit(word, "yes")
    assert (await api.reply(chat)).text == knowledge.messages.forgotten
    api.edit(question, "Is bad posture harmful?")
    assert await api.reply(chat) is not answer
    assert not answer.edited


async def test_an_edit_by_who_asks_too_fast_leaves_the_answer_as_it_is(
    api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    question = api.say(chat, QUESTION)
    answer = await api.reply(chat)
    for _ in range(19):
        api.say(chat, "/privacy")
    api.edit(question, OTHER)
    await api.until(lambda: len(api.messages(chat)) == 21, "20 answers and a plea")
    assert api.messages(chat)[20].text == knowledge.messages.slow_down
    assert not answer.edited
