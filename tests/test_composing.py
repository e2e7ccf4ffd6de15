"""What a delivery says, made of what is kept of a person."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from house import Bot
from hypothesis import given
from hypothesis import strategies as st
from subscribers import subscriber

from bot.core.person.profile import Break, Profile
from bot.core.schedules.schedule import EVERY_DAY, Due, Schedule, What
from bot.core.subscriptions.slackening import UNANSWERED, Pace, pace, slowed
from bot.core.subscriptions.subscription import Subscriber, Subscription
from bot.core.talk import Reply
from bot.core.tips.tip import SeenTip
from bot.places.zones import open_zone
from bot.services.deliveries.composing import Composer
from bot.services.deliveries.ports import Delivery, NotNowError
from bot.services.ports import StoreError, Stores
from bot.storage.memory import MemorySubscriptionStore, MemoryTipStore, memory_stores

DUE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # a Tuesday
A_DAY = timedelta(days=1)
CHAT = "1"


@pytest.fixture
def stores() -> Stores:
    return memory_stores()


def composer(bot: Bot, stores: Stores) -> Composer:
    return Composer(bot.knowledge, "en", stores, lambda: DUE, open_zone)


def delivery(what: What = What.TIP, day: int = 0, *, unanswered: int = 0, **schedule: object) -> Delivery:
    """A delivery of a day, counted from a Tuesday on."""
    kept = subscriber(CHAT).subscription
    changed = replace(kept.schedule, **schedule)  # type: ignore[arg-type]  # fields of a schedule
    at = DUE + day * A_DAY
    return Delivery(
        chat=CHAT,
        kind=what.value,
        day=at.date(),
        due_at=at,
        subscription=replace(kept, what=what, schedule=changed),
        unanswered=unanswered,
    )


def _labels(reply: Reply | None) -> list[str]:
    return [each.label for each in reply.suggestions] if reply else []


async def test_a_second_try_says_the_same_and_the_next_day_something_else(bot: Bot, stores: Stores) -> None:
    first, again, tomorrow = [await composer(bot, stores).compose(delivery(day=day)) for day in (0, 0, 1)]
    assert first is not None
    assert tomorrow is not None
    assert first == again
    assert first.text != tomorrow.text
    assert len(await stores.tips.seen(CHAT)) == 2


async def test_every_tip_that_suits_comes_before_one_comes_again(bot: Bot, stores: Stores) -> None:
    came = [await composer(bot, stores).compose(delivery(day=day)) for day in range(120)]
    texts = [reply.text for reply in came if reply]
    count = len(await stores.tips.seen(CHAT))
    assert len(texts) == 120
    assert len(set(texts[:count])) == count


async def test_each_kind_has_its_ways_on(bot: Bot, stores: Stores) -> None:
    labels = {what: _labels(await composer(bot, stores).compose(delivery(what))) for what in What}
    assert labels == {
        What.TIP: ["Today's routine", "More on this", "Stop these messages"],
        What.ROUTINE: ["Today's routine", "Later today", "Stop these messages"],
        What.BOTH: ["Today's routine", "More on this", "Later today", "Stop these messages"],
    }


async def test_who_must_not_train_gets_nothing(bot: Bot, stores: Stores) -> None:
    kept = Profile(conditions=frozenset({"pregnancy", "serious"}), keeps_conditions=True)
    await stores.profiles.save(CHAT, kept)
    assert [await composer(bot, stores).compose(delivery(what)) for what in What] == [None, None, None]


async def test_in_a_break_nobody_is_reminded_but_a_tip_comes(bot: Bot, stores: Stores) -> None:
    await stores.profiles.save(CHAT, Profile(breaks=(Break(since=DUE.date()),)))
    assert await composer(bot, stores).compose(delivery(What.ROUTINE)) is None
    assert "Later today" not in _labels(await composer(bot, stores).compose(delivery(What.BOTH)))


async def test_on_a_day_that_is_not_chosen_any_more_nothing_comes(bot: Bot, stores: Stores) -> None:
    made = composer(bot, stores)
    assert await made.compose(delivery(weekdays=frozenset({3}))) is None
    again = Due(day=DUE.date(), at=DUE + timedelta(hours=3))
    assert await made.compose(delivery(weekdays=frozenset({3}), postponed=again)) is not None


class _Broken(MemoryTipStore):
    async def seen(self, chat: str) -> list[SeenTip]:
        raise StoreError(f"The disk of {chat} is full.")


async def test_while_nothing_can_be_remembered_it_waits(bot: Bot, stores: Stores) -> None:
    with pytest.raises(NotNowError):
        await composer(bot, replace(stores, tips=_Broken())).compose(delivery())


async def test_the_one_after_the_question_makes_way_for_a_weekly_one(bot: Bot, stores: Stores) -> None:
    await stores.subscriptions.save(subscriber(CHAT, due=DUE + 9 * A_DAY))
    made = composer(bot, stores)
    asked = await made.compose(delivery(day=7, unanswered=UNANSWERED))
    assert _labels(asked)[:2] == ["Once a week", "Keep it as it is"]
    assert await made.compose(delivery(day=8, unanswered=UNANSWERED + 1)) is None
    kept = await stores.subscriptions.load(CHAT)
    assert kept is not None
    assert kept.subscription.schedule.weekly_on == (DUE + 7 * A_DAY).weekday()


async def test_an_end_that_comes_in_between_is_not_undone_by_a_weekly_one(bot: Bot, stores: Stores) -> None:
    subscriptions = _EndsOnceLooked()
    await subscriptions.save(subscriber(CHAT, due=DUE + 9 * A_DAY))
    made = composer(bot, replace(stores, subscriptions=subscriptions))
    assert await made.compose(delivery(day=8, unanswered=UNANSWERED + 1)) is None
    await subscriptions.load(CHAT)
    kept = await subscriptions.load(CHAT)
    assert kept is not None
    assert kept.ended_at == DUE


class _EndsOnceLooked(MemorySubscriptionStore):
    """A subscription that somebody ends whenever it has just been read."""

    async def load(self, chat: str) -> Subscriber | None:
        found = await super().load(chat)
        if found is not None:
            await self.save(replace(found, ended_at=DUE))
        return found


schedules = st.builds(
    Schedule,
    at=st.just(time(8)),
    weekdays=st.frozensets(st.sampled_from(sorted(EVERY_DAY)), min_size=1),
    weekly_on=st.none() | st.integers(0, 6),
)


@given(schedules, st.integers(0, 20), st.booleans())
def test_it_is_asked_once_and_only_whom_more_than_one_a_week_comes(
    schedule: Schedule,
    unanswered: int,
    keeps: bool,  # noqa: FBT001
) -> None:
    kept = Subscription(schedule=schedule, zone="UTC", keeps_pace=keeps)
    is_rare = schedule.weekly_on is not None or len(schedule.weekdays) == 1
    how = pace(kept, unanswered)
    assert (how is Pace.ASKS) == (unanswered == UNANSWERED and not is_rare and not keeps)
    if how is Pace.SLOWS:
        day = next(date(2026, 11, n) for n in range(1, 8) if schedule.wants(date(2026, 11, n)))
        after = slowed(kept, Due(day=day, at=DUE))
        assert after.schedule.weekly_on in schedule.weekdays
        assert pace(after, unanswered) is Pace.AS_IT_IS
