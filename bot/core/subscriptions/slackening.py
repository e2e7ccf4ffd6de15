"""Whether deliveries that nobody reacts to come less often. Pure."""

from dataclasses import replace
from enum import StrEnum

from bot.core.schedules.schedule import ONE_DAY, Due, Schedule
from bot.core.subscriptions.subscription import Subscription

UNANSWERED = 7  # deliveries without a tap or a message, after which weekly is offered once


class Pace(StrEnum):
    """What a delivery does about it: it comes as it is, it asks, or it makes way for a weekly one."""

    AS_IT_IS = "as_it_is"
    ASKS = "asks"
    SLOWS = "slows"


def pace(subscription: Subscription, unanswered: int) -> Pace:
    """What a delivery does that comes after so many that nobody reacted to."""
    schedule = subscription.schedule
    is_rare = schedule.weekly_on is not None or len(schedule.weekdays) == 1
    if is_rare or subscription.keeps_pace or unanswered < UNANSWERED:
        return Pace.AS_IT_IS
    return Pace.ASKS if unanswered == UNANSWERED else Pace.SLOWS


def was_asked(subscription: Subscription, unanswered: int) -> bool:
    """Whether the last of so many deliveries that nobody reacted to asked how often they shall come."""
    return unanswered == UNANSWERED + 1 and pace(subscription, UNANSWERED) is Pace.ASKS


def slowed(subscription: Subscription, due: Due) -> Subscription:
    """The same once a week, on the weekday of the delivery before this one, which asked."""
    schedule = subscription.schedule
    asked = due.day - ONE_DAY
    while not schedule.wants(asked):
        asked -= ONE_DAY
    return replace(subscription, schedule=weekly(schedule, asked.weekday()))


def weekly(schedule: Schedule, weekday: int) -> Schedule:
    """The same schedule once a week."""
    return replace(schedule, weekly_on=weekday, postponed=None)
