"""Somebody who wishes something of what is sent to them: what they have, by which clock, and when. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from bot.core.person.profile import Profile
from bot.core.schedules.rescheduling import Changed, after_change
from bot.core.schedules.resting import up_to_date
from bot.core.schedules.schedule import EVERY_DAY, moment_of
from bot.core.subscriptions.drafts import Draft
from bot.core.subscriptions.subscription import Subscriber, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a chat at a moment.

    `zone` and `place`, its name, are the clock that the person lives by, None and empty if it is not known;
    `delivers`: messages can come by themselves there; `is_withheld`: but for now none does, because of a red
    flag; `has_moved`: the clock is to be kept.
    """

    chat: str
    now: datetime
    profile: Profile
    subscriber: Subscriber | None = None
    zone: tzinfo | None = None
    place: str = ""
    draft: Draft | None = None
    language: str | None = None
    delivers: bool = True
    is_withheld: bool = False
    has_moved: bool = False

    @property
    def active(self) -> Subscriber | None:
        """What is sent now, if anything is."""
        is_over = self.subscriber is None or self.subscriber.ended_at is not None
        return None if is_over else self.subscriber

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that hold, also those of what has ended."""
        if self.subscriber is None:
            return EVERY_DAY
        schedule = self.subscriber.subscription.schedule
        return schedule.weekdays if schedule.weekly_on is None else frozenset({schedule.weekly_on})

    @property
    def clock(self) -> tzinfo:
        """The person's own clock, as far as it is known."""
        return self.zone or UTC

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.now.astimezone(self.clock).date()

    def came_since(self, moment: datetime) -> bool:
        """Whether today's delivery came after a moment, by the time that is set for it."""
        if self.active is None or self.active.last != self.today:
            return False
        return moment_of(self.today, self.active.subscription.schedule.at, self.clock) >= moment

    def moved(self, place: str, zone: tzinfo) -> "Standing":
        """The same by another clock."""
        profile = replace(self.profile, zone=place)
        return replace(self, place=place, zone=zone, profile=profile, has_moved=True)

    def up_to_date(self) -> "Standing":
        """The same without a pause that is over where another one is to come."""
        if self.subscriber is None:
            return self
        kept = self.subscriber.subscription
        after = replace(kept, schedule=up_to_date(kept.schedule, self.today))
        return replace(self, subscriber=replace(self.subscriber, subscription=after))

    def having(self, subscription: Subscription) -> tuple[Subscriber, Changed]:
        """The same person with another subscription from now on, and what follows from that."""
        last = self.subscriber.last if self.subscriber else None
        awaited = self.active.due.day if self.active and self.active.due else None
        changed = after_change(subscription.schedule, self.clock, self.now, last, awaited)
        postponed = subscription.schedule.postponed
        if postponed is not None and postponed.at > self.now:
            changed = replace(changed, following=postponed)
        subscriber = Subscriber(
            chat=self.chat,
            subscription=replace(subscription, language=self.language, is_declined=False),
            due=changed.following,
            last=last,
        )
        return subscriber, changed
