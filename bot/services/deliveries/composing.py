"""Composes what is due: the tip that comes next for somebody, the reminder, and the question how often."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo

from bot.core.model import Knowledge
from bot.core.person.eligibility import PREGNANCY_NEVER
from bot.core.person.profile import Profile
from bot.core.player.progress import resting
from bot.core.schedules.schedule import Due, What, next_due
from bot.core.subscriptions.delivery_pages import DeliveryPages
from bot.core.subscriptions.slackening import Pace, pace, slowed
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Reply
from bot.core.tips.tip import Tip, TipReader, flares, next_tip
from bot.services.deliveries.ports import Delivery, NotNowError
from bot.services.ports import StoreError, Stores

AGAIN_IN = 60.0  # seconds until a delivery comes up again that can't be composed now


class Composer:
    """Makes deliveries into replies."""

    def __init__(
        self,
        knowledge: Mapping[str, Knowledge],
        language: str,
        stores: Stores,
        clock: Callable[[], datetime],
        zone: Callable[[str], tzinfo],
    ) -> None:
        """`knowledge` goes by language; `language` is spoken to those whose own is not among it."""
        self._knowledge = knowledge
        self._language = language
        self._stores = stores
        self._clock = clock
        self._zone = zone

    async def compose(self, delivery: Delivery) -> Reply | None:
        """What a delivery says; None: nothing. Raises NotNowError while nothing can be remembered."""
        try:
            return await self._compose(delivery)
        except StoreError as error:
            raise NotNowError(AGAIN_IN) from error

    async def _compose(self, delivery: Delivery) -> Reply | None:
        kept = delivery.subscription
        is_chosen = kept.schedule.wants(delivery.day) or _is_postponed(delivery)
        how = pace(kept, delivery.unanswered)
        if how is Pace.SLOWS:
            await self._slow_down(delivery)
        if how is Pace.SLOWS or not is_chosen:
            return None
        knowledge = self._of(delivery)
        profile = await self._stores.profiles.load(delivery.chat)
        tip = await self._tip(knowledge, profile, delivery) if kept.what is not What.ROUTINE else None
        reminds = kept.what is not What.TIP and _may_train(profile, delivery)
        return DeliveryPages(knowledge).delivery(tip, reminds=reminds, asks=how is Pace.ASKS)

    async def _tip(self, knowledge: Knowledge, profile: Profile, delivery: Delivery) -> Tip | None:
        """The tip of a day; the same one again if this delivery was begun before."""
        seen = await self._stores.tips.seen(delivery.chat)
        begun = [each.tip for each in seen if each.day == delivery.day and each.tip in knowledge.tips]
        is_flaring = flares(profile, delivery.day)
        reader = TipReader(profile=profile, exercises=knowledge.exercises, flares=is_flaring)
        for name in begun:
            if reader.may_get(knowledge.tips[name]):
                return knowledge.tips[name]
        tips, before = knowledge.tips.values(), [each.tip for each in seen]
        tip = next_tip(tips, reader, before, seed=delivery.chat)
        if tip is not None:
            await self._stores.tips.add(delivery.chat, tip.id, delivery.day)
        return tip

    async def _slow_down(self, delivery: Delivery) -> None:
        """Write once a week from now on, unless somebody has ended or changed it meanwhile."""
        schedule = delivery.subscription.schedule

        def change(subscriber: Subscriber) -> Subscriber:
            if subscriber.ended_at is not None or subscriber.subscription.schedule != schedule:
                return subscriber
            after = slowed(subscriber.subscription, Due(day=delivery.day, at=delivery.due_at))
            due = next_due(after.schedule, self._zone(after.zone), self._clock(), subscriber.last)
            return replace(subscriber, subscription=after, due=due)

        await self._stores.subscriptions.change(delivery.chat, change)

    def _of(self, delivery: Delivery) -> Knowledge:
        tag = (delivery.subscription.language or "").lower().split("-")[0]
        return self._knowledge.get(tag) or self._knowledge[self._language]


def _is_postponed(delivery: Delivery) -> bool:
    postponed = delivery.subscription.schedule.postponed
    return postponed is not None and postponed.day == delivery.day


def _may_train(profile: Profile, delivery: Delivery) -> bool:
    """Whether somebody is to be reminded of a routine: not in a break, nor where none is made."""
    return PREGNANCY_NEVER not in profile.to_keep().conditions and not resting(profile, delivery.day)
