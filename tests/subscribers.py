"""People who have something sent to them, for tests."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.schedules.schedule import Due, Schedule, What, next_due
from bot.core.subscriptions.subscription import Subscriber, Subscription

RULES = "2026a"
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # a Tuesday
TODAY = date(2026, 11, 24)
A_DAY = timedelta(days=1)


def subscriber(
    chat: int | str, at: time = time(7, 30), zone: str = "UTC", *, due: datetime = NOW
) -> Subscriber:
    """Somebody whose next delivery is due at a moment, and then every day at a local time."""
    day = due.astimezone(ZoneInfo(zone)).date()
    subscription = Subscription(schedule=Schedule(at=at), zone=zone, what=What.TIP)
    return Subscriber(chat=str(chat), subscription=subscription, due=Due(day=day, at=due))


def subscribed(chat: int | str, at: time, zone: str, now: datetime) -> Subscriber:
    """Somebody who has subscribed just now."""
    schedule = Schedule(at=at)
    due = next_due(schedule, ZoneInfo(zone), now)
    return Subscriber(chat=str(chat), subscription=Subscription(schedule=schedule, zone=zone), due=due)
