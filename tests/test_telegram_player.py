"""The player in Telegram: one card that changes in place, by itself where the clock says so."""

import tracemalloc

import pytest
from bot_api import BotApi
from bot_api_rules import too_many_requests
from house import Bot, Clock, all_said
from people import Person
from telegram_shapes import Chat, Message

from bot.core.model import Knowledge
from bot.core.player.clock import NEW_MOVE, OTHER_SIDE
from bot.core.player.session import Phase, Playing
from bot.storage.memory import MemoryContextStore
from bot.telegram_ui.ticker import Ticker
from bot.telegram_ui.workers.lanes import Lanes

HOLD, MOVE = "hamstring-stretch", "cat-cow"
MEMORY_OF_ONE = 4_000  # bytes


class Player:
    """Somebody with a routine in a private chat."""

    def __init__(self, api: BotApi, bot: Bot) -> None:
        self.api = api
        self.bot = bot
        self.chat: Chat = api.private()
        self.contexts = MemoryContextStore()
        self.person = Person(bot, contexts=self.contexts, chat=str(self.chat.id))
        bot.assistant = self.person.assistant

    async def starts(self, *exercises: str) -> Message:
        """Open a routine of these exercises and start it; the card."""
        await self.person.is_given(*exercises)
        self.api.say(self.chat, "/routine")
        await self.api.reply(self.chat)
        return await self.taps("Start")

    async def taps(self, label: str) -> Message:
        """Tap a button; the card, once the bot is done with it."""
        self.api.tap(self.chat, label)
        card = await self.api.reply(self.chat)
        await self.settled()
        return card

    async def sees(self, card: Message, words: str, after: float) -> None:
        """Let time pass until the card shows something."""
        self.bot.clock.advance(seconds=after)
        await self.api.until(lambda: words in card.words, f"{words!r}")
        await self.settled()

    async def settled(self) -> None:
        """Wait until the lane of the chat is empty."""
        self.api.say(self.chat, "/privacy")
        said = self.bot.knowledge["en"].messages.privacy
        await self.api.until(lambda: any(shown.words == said for shown in self.chat.shown), "the answer")


async def test_a_timed_step_goes_on_by_itself_in_one_card_with_two_edits(
    silent_api: BotApi, bot: Bot
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD, MOVE)
        before = len(silent_api.called("editMessageText"))
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
        await player.sees(card, "Left side.", 30)
        await player.sees(card, "Now, for 30 seconds", OTHER_SIDE)
        await player.sees(card, "2 of 2: ", 30)
    edits = silent_api.called("editMessageText")
    assert len(edits) - before == 4
    assert {int(edit["message_id"]) for edit in edits} == {card.id}


async def test_a_restart_in_the_middle_of_a_hold_loses_nothing(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
    bot.clock.advance(seconds=31)
    async with bot.serving(silent_api):
        await player.sees(card, "Left side.", 0)
        await player.sees(card, "Now, for 30 seconds", OTHER_SIDE)


async def test_a_player_left_for_an_hour_waits_kindly(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
    bot.clock.advance(hours=1)
    async with bot.serving(silent_api):
        await player.sees(card, "I waited for you", 0)
        assert await player.taps("Go on") is card
        await player.sees(card, "Now, for 30 seconds", OTHER_SIDE)


async def test_a_pause_a_stop_and_a_red_flag_end_what_goes_on_by_itself(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        for end in ("Pause", "Stop", "This hurts"):
            card = await player.starts(HOLD)
            await player.taps(end)
            shown = card.text
            bot.clock.advance(seconds=100)
            await player.settled()
            assert card.text == shown
        card = await player.starts(HOLD)
        silent_api.say(player.chat, "i cant feel when i wipe")
        advice = await silent_api.reply(player.chat)
        shown = card.text
        bot.clock.advance(seconds=100)
        await player.settled()
        assert card.text == shown
        assert advice.text == knowledge.red_flags["saddle-numbness"].advice.replace("**", "")


async def test_a_player_started_in_words_is_found_again_by_its_clock(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        await player.person.is_given(HOLD)
        silent_api.say(player.chat, "/routine start")
        card = await silent_api.reply(player.chat)
        await player.settled()
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)


async def test_a_card_that_was_deleted_is_shown_anew(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        player.chat.messages.remove(card)
        bot.clock.advance(seconds=NEW_MOVE)
        await silent_api.until(lambda: "Now, for" in player.chat.shown[-1].text, "a new card")
        new = player.chat.shown[-1]
        await player.settled()
        assert new is not card
        await player.sees(new, "Left side.", 30)


async def test_whoever_blocked_the_bot_in_the_middle_disturbs_nobody(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        await player.starts(HOLD)
        silent_api.block(player.chat)
        bot.clock.advance(seconds=NEW_MOVE)
        await silent_api.until(lambda: len(silent_api.called("editMessageText")) > 1, "the try")
        other = silent_api.private()
        silent_api.say(other, "/privacy")
        await silent_api.reply(other)


async def test_a_flood_wait_is_kept_and_the_hold_begins_when_it_is_seen(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        silent_api.fail(too_many_requests(0), "editMessageText", times=2)
        await player.sees(card, "Now, for 30 seconds", NEW_MOVE)
        assert len(silent_api.called("editMessageText")) == 4


async def test_double_taps_and_taps_on_an_old_card_advance_once(silent_api: BotApi, bot: Bot) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(MOVE, HOLD, MOVE)
        old = card.button("Done")["callback_data"]
        silent_api.tap(player.chat, "Done")
        silent_api.tap(player.chat, "Done")
        await player.settled()
        assert "2 of 3: " in card.text
        bot.clock.advance(seconds=2)
        card.rows[0][0]["callback_data"] = old
        silent_api.tap(player.chat, card.buttons[0], message=card)
        await player.settled()
        assert "2 of 3: " in card.text


async def test_a_player_of_somebody_else_is_not_to_be_had_in_a_group(
    silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(MOVE, HOLD)
        data = card.button("Done")["callback_data"]
        group = silent_api.group()
        silent_api.say(group, f"/routine@{silent_api.bot.username}")
        shown = await silent_api.reply(group)
        shown.rows = [[{"text": "Done", "callback_data": data}]]
        silent_api.tap(group, "Done", message=shown)
        await all_said(silent_api, group)
    assert (await player.person.session()).done == 0


async def test_one_more_player_costs_little_memory(bot: Bot, clock: Clock) -> None:
    ticker = Ticker(bot.assistant, None, Lanes(), clock, clock.sleep)  # type: ignore[arg-type]  # it shows nothing
    many = 2_000
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for chat in range(many):
            playing = Playing(phase=Phase.HOLD, at=clock(), due=clock.now.replace(microsecond=chat))
            ticker._plan(chat + 10**9, playing, chat + 10**6)  # noqa: SLF001  # what it keeps of one
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / many < MEMORY_OF_ONE


@pytest.mark.parametrize("words", ["stop", "/stop"])
async def test_stop_in_words_ends_the_player(
    words: str, silent_api: BotApi, bot: Bot, knowledge: Knowledge
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        await player.starts(HOLD, MOVE)
        silent_api.say(player.chat, words)
        stopped = knowledge.messages.routine_stopped.format(done=0, count=2)
        assert (await silent_api.reply(player.chat)).text == stopped


async def test_the_end_of_a_phase_is_counted_down_by_whoever_reads_the_card(
    silent_api: BotApi, bot: Bot
) -> None:
    player = Player(silent_api, bot)
    async with bot.serving(silent_api):
        card = await player.starts(HOLD)
        due = (await player.person.playing()).due
        assert due is not None
        (entity,) = [each for each in card.entities if each["type"] == "date_time"]
        assert card.text[entity["offset"] :][: entity["length"]] == f"in {NEW_MOVE} seconds"
        await player.sees(card, "It ends in 30 seconds", NEW_MOVE)
        ends = (await player.person.playing()).due
        assert ends is not None
    shown = silent_api.called("editMessageText")[-1]["text"]
    assert f'<tg-time unix="{int(ends.timestamp())}" format="r">in 30 seconds</tg-time>' in shown
