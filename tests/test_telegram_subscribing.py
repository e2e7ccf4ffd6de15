"""What was subscribed to in a chat arrives there, through the whole bot and its database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api import BotApi
from house import NUMB, QUESTION, Bot, all_said, zones_of
from subscribers import RULES, subscriber
from telegram_shapes import Chat, Message

from bot.core.person.profile import Profile
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Reply
from bot.places.zones import open_zone
from bot.services.assistant import Assistant, House
from bot.services.deliveries.composing import Composer
from bot.services.deliveries.dispatch import Deliveries, Worker
from bot.services.deliveries.ports import Delivery, Sender
from bot.storage.opening import Kept, opened
from bot.telegram_ui.sending.queue import Limits

MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
PATIENCE = 10.0  # seconds after which a test stops waiting
WISH = "send me a tip at 7:30 every day"
BERLIN = {"location": {"latitude": 52.5, "longitude": 13.4}}


class Street:
    """A bot over a database that is started and ended, and the people who live by its clock."""

    def __init__(self, api: BotApi, bot: Bot, folder: Path) -> None:
        self.api = api
        self.bot = bot
        self.bot.clock.now = MORNING
        self._folder = folder
        self.kept: Kept

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Let the bot serve, as it is started for Telegram."""
        bot, clock = self.bot, self.bot.clock
        async with opened(self._folder, None, clock, RULES) as kept:
            self.kept = kept
            house = House(language="en", version="1.2.3", delivers=True)
            bot.assistant = Assistant({"en": bot.conversation}, kept, house, zones_of(bot.conversation))
            composer = Composer(bot.knowledge, "en", kept, clock, open_zone)
            worker = Worker(name="one", clock=clock, pause=clock.sleep, zone=open_zone, rules=RULES)

            async def deliver(sender: Sender) -> None:
                await Deliveries(kept.ledger, kept.contexts, sender, composer.compose, worker).run()

            bot.deliver = deliver
            async with bot.serving(self.api):
                yield

    async def says(self, chat: Chat, *texts: str) -> Message:
        """Say something after something; the last reply."""
        for text in texts:
            self.api.say(chat, text)
            reply = await self.api.reply(chat)
        return reply

    async def subscribes(self, wish: str = WISH) -> Chat:
        """Subscribe in London."""
        chat = self.api.private()
        assert (await self.says(chat, wish, "london")).text.startswith("Done: ")
        return chat

    async def comes(self, chat: Chat, at: datetime) -> Message:
        """What comes by itself at a moment, and not a minute before."""
        self.until(at - A_MINUTE)
        before = len(await all_said(self.api, chat))
        came = await self.next(chat, at)
        assert len(self.api.messages(chat)) == before + 2  # the answer by which all was said, and this one
        return came

    async def next(self, chat: Chat, at: datetime) -> Message:
        """What comes by itself at a moment, where nobody says anything before."""
        said = len(self.api.messages(chat))
        counted = (await self.subscriber(chat)).unanswered
        self.until(at)
        await self.api.until(lambda: len(self.api.messages(chat)) > said, "a delivery")
        await self.sees(chat, lambda kept: kept.unanswered != counted)
        return self.api.messages(chat)[-1]

    async def sees(self, chat: Chat, holds: Callable[[Subscriber], bool]) -> None:
        """Wait until something holds of what is kept of a chat."""
        async with asyncio.timeout(PATIENCE):
            while not holds(await self.subscriber(chat)):
                pass

    def until(self, at: datetime) -> None:
        """Let time pass up to a moment."""
        self.bot.clock.advance(seconds=(at - self.bot.clock()).total_seconds())

    async def subscriber(self, chat: Chat) -> Subscriber:
        """What is sent to a chat."""
        found = await self.kept.subscriptions.load(str(chat.id))
        assert found is not None
        return found


@pytest_asyncio.fixture
async def street(silent_api: BotApi, bot: Bot, tmp_path: Path) -> Street:
    return Street(silent_api, bot, tmp_path / "data")


def _tip_of(message: Message) -> str:
    return message.text.split("\n\n", maxsplit=1)[0]


async def test_a_tip_comes_at_its_local_minute_each_day_and_never_the_same(street: Street) -> None:
    tips = {tip.text for tip in street.bot.knowledge["en"].tips.values()}
    async with street.serving():
        chat = await street.subscribes()
        came = [await street.comes(chat, DUE + number * A_DAY) for number in range(5)]
        seen = await street.kept.tips.seen(str(chat.id))
    assert {_tip_of(message) for message in came} <= tips
    assert len({_tip_of(message) for message in came}) == len(came) == len(seen)
    assert came[0].buttons == ("Today's routine", "More on this", "Stop these messages")


async def test_the_ways_on_from_a_tip_lead_there(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes()
        await street.comes(chat, DUE)
        street.api.tap(chat, "More on this")
        assert "Sources" in (await street.api.reply(chat)).buttons
        street.api.tap(chat, "Today's routine")
        assert "Before your first routine" in (await street.api.reply(chat)).text
        street.api.tap(chat, "Stop these messages")
        assert "nothing more by myself" in (await street.api.reply(chat)).text
        assert (await street.subscriber(chat)).ended_at is not None


async def test_a_moment_is_shown_by_the_clock_of_whoever_reads(street: Street) -> None:
    async with street.serving():
        chat = street.api.private()
        reply = await street.says(chat, WISH, "london")
    (entity,) = [each for each in reply.entities if each["type"] == "date_time"]
    assert reply.text[entity["offset"] :][: entity["length"]] == "today at 07:30"
    assert f'<tg-time unix="{int(DUE.timestamp())}"' in street.api.called("sendMessage")[-1]["text"]


async def test_a_shared_location_tells_the_zone_and_is_not_kept(street: Street) -> None:
    async with street.serving():
        chat = street.api.private()
        await street.says(chat, WISH)
        street.api.say(chat, content=BERLIN)
        assert "the clock of Berlin" in (await street.api.reply(chat)).text
        assert (await street.subscriber(chat)).due is not None
        shown = (await street.says(chat, "/mydata")).text
    assert "52.5" not in shown
    assert b"52.5" not in b"".join(path.read_bytes() for path in street._folder.iterdir())  # noqa: SLF001


async def test_a_location_says_something_even_if_nobody_asked(street: Street) -> None:
    async with street.serving():
        chat = street.api.private()
        street.api.say(chat, content=BERLIN)
        assert "the clock of Berlin" in (await street.api.reply(chat)).text


async def test_a_restart_loses_neither_the_subscription_nor_a_question_that_is_open(street: Street) -> None:
    async with street.serving():
        chat, other = await street.subscribes(), street.api.private()
        street.until(DUE - 5 * A_MINUTE)
        await street.says(other, WISH)
    street.until(DUE - A_MINUTE)
    async with street.serving():
        assert (await street.says(other, "london")).text.startswith("Done: ")
        assert _tip_of(await street.next(chat, DUE))
        assert len(await all_said(street.api, chat)) == 3  # asked, done, and one tip


async def test_who_blocks_the_bot_gets_nothing_and_who_returns_gets_it_again(street: Street) -> None:
    async with street.serving():
        chat, witness = await street.subscribes(), await street.subscribes()
        street.api.block(chat)
        await street.comes(witness, DUE)
        assert (await street.subscriber(chat)).ended_at is not None
        street.api.unblock(chat)
        await all_said(street.api, chat)
        assert (await street.subscriber(chat)).due is not None
        await street.comes(chat, DUE + A_DAY)


async def test_who_ended_it_and_returns_is_left_alone(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes()
        await street.says(chat, "stop")
        street.api.block(chat)
        street.api.unblock(chat)
        await all_said(street.api, chat)
        assert (await street.subscriber(chat)).ended_at is not None


async def test_after_seven_without_a_word_it_asks_and_then_comes_weekly(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes()
        came = [await street.next(chat, DUE + number * A_DAY) for number in range(8)]
        assert ["Would once a week be better?" in message.text for message in came] == [*[False] * 7, True]
        assert {"Once a week", "Keep it as it is"} <= set(came[-1].buttons)
        street.until(DUE + 8 * A_DAY)
        await street.sees(chat, lambda kept: kept.subscription.schedule.weekly_on is not None)
        weekly = await street.next(chat, DUE + 14 * A_DAY)
        assert "Would once a week" not in weekly.text
        assert len(street.api.messages(chat)) == 2 + 8 + 1
        assert (await street.subscriber(chat)).subscription.schedule.weekly_on == 1  # Tuesday


async def test_who_wants_to_keep_it_daily_is_not_asked_again(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes()
        for number in range(8):
            await street.next(chat, DUE + number * A_DAY)
        street.api.tap(chat, "Keep it as it is")
        await street.api.reply(chat)
        came = [await street.next(chat, DUE + number * A_DAY) for number in range(8, 18)]
        assert not [message for message in came if "Would once a week" in message.text]


@pytest.mark.parametrize(
    ("said", "is_weekly", "keeps_pace"),
    [("yes", True, False), ("yes please", True, False), ("no", False, True)],
)
async def test_the_question_how_often_is_answered_by_yes_and_no_hours_later(
    street: Street, said: str, *, is_weekly: bool, keeps_pace: bool
) -> None:
    async with street.serving():
        chat = await street.subscribes()
        for number in range(8):
            came = await street.next(chat, DUE + number * A_DAY)
        assert "Once a week" in came.buttons
        street.bot.clock.advance(hours=5)
        await street.says(chat, said)
        kept = (await street.subscriber(chat)).subscription
    assert (kept.schedule.weekly_on is not None, kept.keeps_pace) == (is_weekly, keeps_pace)


async def test_a_word_or_a_tap_starts_the_count_anew(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes()
        for number in range(6):
            await street.next(chat, DUE + number * A_DAY)
        await street.says(chat, QUESTION)
        assert (await street.subscriber(chat)).unanswered == 0


async def test_nothing_comes_while_a_red_flag_is_open(street: Street) -> None:
    async with street.serving():
        chat, witness = await street.subscribes(), await street.subscribes()
        await street.says(chat, NUMB)
        said = len(street.api.messages(chat))
        await street.comes(witness, DUE)
        assert len(street.api.messages(chat)) == said


async def test_what_is_said_while_a_delivery_waits_for_its_turn_keeps_it_back(street: Street) -> None:
    street.bot.limits = Limits(per_second=5)
    says = (NUMB, "stop", "/pause 3d", "/forget yes")
    async with street.serving():
        chats = [street.api.private() for _ in range(12)]
        for number, chat in enumerate(chats):
            chat.opened = True
            due = DUE + timedelta(milliseconds=number)
            await street.kept.subscriptions.save(subscriber(chat.id, due=due))
        quiet, speaking = chats[: -len(says)], chats[-len(says) :]
        street.until(DUE + timedelta(seconds=1))
        await street.api.reply(quiet[0])
        for chat, said in zip(speaking, says, strict=True):
            street.api.say(chat, said)
        for chat in quiet:
            await street.api.until(partial(_has_come, street.api, chat), "a tip")
        assert [len(await all_said(street.api, chat)) for chat in speaking] == [1, 1, 1, 1]


async def test_a_reminder_leads_into_the_routine_and_comes_later_if_asked(street: Street) -> None:
    async with street.serving():
        chat = await street.subscribes("remind me of my routine at 7:30 every day")
        came = await street.comes(chat, DUE)
        assert came.buttons == ("Today's routine", "Later today", "Stop these messages")
        street.api.tap(chat, "Later today")
        assert "today at 10:30" in (await street.api.reply(chat)).text
        again = await street.comes(chat, DUE + timedelta(hours=3))
        assert again.text == came.text
        await street.comes(chat, DUE + A_DAY)


async def test_only_who_said_so_for_good_gets_tips_for_pregnancy(street: Street) -> None:
    tips = street.bot.knowledge["en"].tips.values()
    pregnant = {tip.text for tip in tips if tip.audience == "pregnancy"}
    kept = Profile(conditions=frozenset({"pregnancy"}), keeps_conditions=True)
    async with street.serving():
        composer = Composer(street.bot.knowledge, "en", street.kept, street.bot.clock, open_zone)
        await street.kept.profiles.save("1", kept)
        got = {
            chat: {_text(await composer.compose(_delivery(chat, day))) for day in range(60)} for chat in "12"
        }
    assert got["1"] & pregnant
    assert not got["2"] & pregnant


def _delivery(chat: str, day: int) -> Delivery:
    subscription = subscriber(chat).subscription
    at = DUE + day * A_DAY
    return Delivery(chat=chat, kind="tip", day=at.date(), due_at=at, subscription=subscription)


def _text(reply: Reply | None) -> str:
    return reply.text if reply else ""


def _has_come(api: BotApi, chat: Chat) -> bool:
    return bool(api.messages(chat))
