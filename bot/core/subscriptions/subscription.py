"""What somebody has sent to them by and by, and how far it is. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from bot.core.schedules.schedule import Due, Schedule, What, next_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What comes, when, and by which clock: `zone` is like Europe/London, `language` like "en".

    `is_declined`: the person ended it, so that only they begin it anew; `keeps_pace`: they don't want to be
    asked again whether weekly would be better.
    """

    schedule: Schedule
    zone: str
    what: What = What.TIP
    is_silent: bool = False
    language: str | None = None
    is_declined: bool = False
    keeps_pace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A chat with its subscription.

    `due` is what comes next; `last` the local day of the last delivery, whatever became of it; `unanswered`
    counts deliveries since somebody last wrote or tapped there. One that ended is kept for a return.
    """

    chat: str
    subscription: Subscription
    due: Due | None
    last: date | None = None
    unanswered: int = 0
    ended_at: datetime | None = None


def after_delivery(
    subscriber: Subscriber, zone: tzinfo, now: datetime, max_delay: timedelta = timedelta()
) -> Subscriber:
    """A subscriber whose due delivery is taken over, however late: what comes next.

    That may be due already, if it is not later than `max_delay`; what is later is passed over.
    """
    if subscriber.due is None:
        return replace(subscriber, due=next_due(subscriber.subscription.schedule, zone, now, subscriber.last))
    last, since = subscriber.due.day, max(subscriber.due.at, now - max_delay - timedelta.resolution)
    return replace(subscriber, last=last, due=next_due(subscriber.subscription.schedule, zone, since, last))


def by_new_rules(subscriber: Subscriber, zone: tzinfo, now: datetime) -> Subscriber:
    """A subscriber whose zone may have changed its rules; what is overdue or was postponed stays."""
    due, schedule = subscriber.due, subscriber.subscription.schedule
    if due is None or due.at <= now or due == schedule.postponed:
        return subscriber
    return replace(subscriber, due=next_due(schedule, zone, now, subscriber.last))


def left(subscriber: Subscriber, now: datetime) -> Subscriber:
    """A subscriber whom nothing can be sent to any more; what they had is kept for a return."""
    return replace(subscriber, due=None, ended_at=subscriber.ended_at or now)


def returned(subscriber: Subscriber, zone: tzinfo, now: datetime) -> Subscriber:
    """A subscriber who came back; what they ended themselves stays so."""
    if subscriber.ended_at is None or subscriber.subscription.is_declined:
        return subscriber
    due = next_due(subscriber.subscription.schedule, zone, now, subscriber.last)
    return replace(subscriber, due=due, ended_at=None, unanswered=0)
