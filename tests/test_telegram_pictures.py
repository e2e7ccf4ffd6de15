"""Exercises in Telegram come with their pictures, sent once and then by the id that Telegram gave them."""

from pathlib import Path

import pytest
from bot_api import BotApi
from bot_api_rules import bad_request, too_many_requests
from house import Bot
from test_telegram_player import HOLD, MOVE, Player

from bot.content.loader import builtin_root
from bot.content.pictures import Loops
from bot.core.model import Knowledge
from bot.core.player.clock import NEW_MOVE, OTHER_SIDE
from bot.core.talk import Kind, Reply, Suggestion
from bot.telegram_ui.sending import pictures
from bot.telegram_ui.sending.rendering import MAX_CAPTION, render

LOOPS = Loops([builtin_root()])
REFUSED_ID = bad_request("wrong file identifier/HTTP URL specified")
REFUSED_FILE = bad_request("IMAGE_PROCESS_FAILED")


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """The bot with its pictures."""
    bot.loops = LOOPS
    return bot


def _uploads(api: BotApi) -> int:
    return len(api.files)


@pytest.mark.parametrize(
    "asked", ["how do i do a bird dog?", "/start exercise_bird-dog", "/show exercise:bird-dog"]
)
async def test_an_exercise_that_is_asked_for_or_opened_by_a_link_comes_with_its_picture(
    asked: str, api: BotApi, knowledge: Knowledge
) -> None:
    chat = api.private()
    api.say(chat, asked)
    reply = await api.reply(chat)
    exercise = knowledge.exercises["bird-dog"]
    (file,) = api.files.values()
    assert file == LOOPS.read(exercise.key)
    assert reply.content["animation"]["file_id"] in api.files
    assert reply.words.startswith(exercise.name)
    assert exercise.picture in reply.words
    assert "Sources" in reply.buttons


async def test_a_picture_is_uploaded_once_and_then_sent_by_its_id(api: BotApi) -> None:
    first, second = api.private(), api.private()
    for chat in (first, second):
        api.say(chat, "/show exercise:bird-dog")
        await api.reply(chat)
    assert _uploads(api) == 1
    assert api.called("sendAnimation")[1]["animation"] in api.files


async def test_many_who_ask_at_once_wait_for_one_upload(api: BotApi) -> None:
    chats = [api.private() for _ in range(8)]
    for chat in chats:
        api.say(chat, "/show exercise:bird-dog")
    for chat in chats:
        assert "animation" in (await api.reply(chat)).content
    assert _uploads(api) == 1


async def test_a_chat_that_must_wait_for_its_picture_lets_others_wait_for_seconds_only(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "UPLOAD_TAKES", 0.1)
    waiting, quick = api.private(), api.private()
    api.fail(too_many_requests(2), "sendAnimation", chat=waiting)
    api.say(waiting, "/show exercise:bird-dog")
    await api.until(lambda: bool(api.called("sendAnimation")), "the refusal")
    api.say(quick, "/show exercise:bird-dog")
    assert "animation" in (await api.reply(quick)).content
    assert api.messages(waiting) == []


async def test_after_a_restart_no_picture_is_uploaded_again(silent_api: BotApi, bot: Bot) -> None:
    for _ in range(2):
        async with bot.serving(silent_api):
            chat = silent_api.private()
            silent_api.say(chat, "/show exercise:bird-dog")
            assert "animation" in (await silent_api.reply(chat)).content
    assert _uploads(silent_api) == 1


async def test_a_picture_that_was_drawn_anew_is_uploaded_anew(
    silent_api: BotApi, bot: Bot, tmp_path: Path
) -> None:
    (tmp_path / "pictures").mkdir()
    bot.loops = Loops([tmp_path])
    for content in (b"old", b"new"):
        (tmp_path / "pictures" / "bird-dog.gif").write_bytes(content)
        async with bot.serving(silent_api):
            chat = silent_api.private()
            silent_api.say(chat, "/show exercise:bird-dog")
            assert "animation" in (await silent_api.reply(chat)).content
    assert list(silent_api.files.values()) == [b"old", b"new"]


async def test_an_id_that_is_refused_is_uploaded_anew(api: BotApi) -> None:
    for _ in range(3):
        chat = api.private()
        api.say(chat, "/show exercise:bird-dog")
        assert "animation" in (await api.reply(chat)).content
        api.fail(REFUSED_ID, "sendAnimation")
    assert _uploads(api) == 3


async def test_what_telegram_refuses_to_show_is_said_without_it_and_not_tried_again(api: BotApi) -> None:
    api.fail(REFUSED_FILE, "sendAnimation", times=None)
    for _ in range(2):
        chat = api.private()
        api.say(chat, "/show exercise:bird-dog")
        reply = await api.reply(chat)
        assert reply.text.startswith("Bird dog")
        assert "Sources" in reply.buttons
    assert len(api.called("sendAnimation")) == 1


async def test_an_exercise_without_a_picture_is_said_in_words(
    silent_api: BotApi, bot: Bot, tmp_path: Path
) -> None:
    bot.loops = Loops([tmp_path])
    async with bot.serving(silent_api):
        chat = silent_api.private()
        silent_api.say(chat, "/show exercise:bird-dog")
        assert (await silent_api.reply(chat)).text.startswith("Bird dog")
    assert not silent_api.called("sendAnimation")


async def test_whoever_blocked_the_bot_gets_no_picture_and_disturbs_nobody(api: BotApi) -> None:
    chat, other = api.private(), api.private()
    api.say(chat, "/show exercise:bird-dog")
    api.block(chat)
    api.say(other, "/show exercise:bird-dog")
    assert "animation" in (await api.reply(other)).content


async def test_the_player_shows_each_move_in_one_card_with_two_edits_a_step(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD, MOVE)
        first = card.content["animation"]["file_id"]
        assert knowledge.exercises[HOLD].picture in card.words
        before = len(silent_api.calls)
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
        assert knowledge.exercises[HOLD].picture not in card.words
        await player.sees(card, "Left side.", 30)
        await player.sees(card, "Now, for 30 seconds", OTHER_SIDE)
        assert card.content["animation"]["file_id"] == first
        await player.sees(card, "2 of 2: ", 30)
        assert card.content["animation"]["file_id"] != first
    edits = [call.parameters for call in silent_api.calls[before:] if call.method.startswith("editMessage")]
    assert len(edits) == 4
    assert not silent_api.called("sendAnimation")
    assert {int(edit["message_id"]) for edit in edits} == {card.id}
    assert _uploads(silent_api) == 2


async def test_a_card_with_a_picture_goes_on_after_a_restart(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
    bot.clock.advance(seconds=31)
    async with bot.serving(silent_api):
        await player.sees(card, "Left side.", 0)
    async with bot.serving(silent_api):
        assert await player.taps("This hurts") is card
    assert "What is it like?" in card.words
    assert "animation" in card.content


async def test_a_player_whose_picture_is_refused_goes_on_in_words(silent_api: BotApi, bot: Bot) -> None:
    silent_api.fail(REFUSED_FILE, "editMessageMedia", times=None)
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
        assert card.text
    assert len(silent_api.called("editMessageMedia")) == 1


async def test_a_card_whose_message_is_gone_is_shown_anew_with_its_picture(
    silent_api: BotApi, bot: Bot
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        player.chat.messages.remove(card)
        bot.clock.advance(seconds=NEW_MOVE)
        await silent_api.until(lambda: "Now, for" in player.chat.shown[-1].words, "a new card")
        assert "animation" in player.chat.shown[-1].content
    assert _uploads(silent_api) == 1


async def test_the_advice_on_a_red_flag_comes_without_a_picture(api: BotApi) -> None:
    chat = api.private()
    api.say(chat, "how do i do a bird dog? i cant feel when i wipe")
    assert "animation" not in (await api.reply(chat)).content


@pytest.mark.parametrize(
    ("letters", "is_captioned", "shows_alt"),
    [(100, True, True), (MAX_CAPTION - 20, True, False), (MAX_CAPTION + 1, False, False)],
)
def test_a_text_stands_under_its_picture_if_there_is_room(
    letters: int, *, is_captioned: bool, shows_alt: bool
) -> None:
    reply = Reply(
        kind=Kind.ANSWER,
        text="**" + "x" * letters + "**",
        picture="exercise:x",
        pictured="Somebody lies on a mat and breathes.",
        suggestions=(Suggestion(label="Sources", utterance="/sources"),),
    )
    caption = render(reply).caption
    assert (caption is not None) == is_captioned
    assert ("Somebody" in (caption or "")) == shows_alt


async def test_a_text_that_is_too_long_for_a_caption_follows_its_picture(
    silent_api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_ui.sending.rendering.MAX_CAPTION", 50)
    async with bot.serving(silent_api):
        chat = silent_api.private()
        silent_api.say(chat, "/show exercise:bird-dog")
        picture, text = await silent_api.replies(chat, 2)
    assert "animation" in picture.content
    assert picture.words == bot.knowledge["en"].exercises["bird-dog"].picture
    assert not picture.buttons
    assert text.text.startswith("Bird dog")
    assert "Sources" in text.buttons
