"""Sends today's delivery once more, or later; the schedule stays as it is."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.model import Knowledge
from bot.core.schedules.schedule import Due, later, moment_of
from bot.core.schedules.spoken_times import SpokenTimes
from bot.core.schedules.words import LaterWanted
from bot.core.subscriptions.pages import SubscriptionPages, kept
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Reply

LATER_BY = timedelta(hours=3)
SOON = timedelta(hours=1)  # how much later "this evening" is where the evening has begun


class Postponing:
    """Lets one delivery come later today."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages) -> None:
        self._says = knowledge.tip_talk.says
        self._times = SpokenTimes(knowledge)
        self._pages = pages

    def later(self, standing: Standing, wanted: LaterWanted) -> Reply:
        """Send today's once more, or later."""
        active = standing.active
        if active is None:
            return self._pages.nothing()
        if standing.is_withheld:
            return self._pages.say(self._pages.coming(standing, active.due)[0])
        due = _todays(standing, active)
        if due is None:
            return self._as_before(standing, "nothing_today")
        postponed = active.subscription.schedule.postponed
        if wanted == LaterWanted() and postponed is not None and postponed.day == due.day:
            return self._as_before(standing, "later_once")
        return self._moved(standing, active, wanted, due) or self._as_before(standing, "later_not")

    def _moved(self, standing: Standing, active: Subscriber, wanted: LaterWanted, due: Due) -> Reply | None:
        """Keep that a delivery comes later; None: it can't come then."""
        before = active.subscription
        by = _by(standing, wanted, due)
        moved = later(before.schedule, standing.clock, due, standing.now, by) if by > timedelta() else None
        if moved is None or moved.postponed is None:
            return None
        again = replace(
            active, subscription=replace(before, schedule=moved), due=moved.postponed, unanswered=0
        )
        at = self._times.moment(moved.postponed.at, standing.clock, standing.now)
        reply = self._pages.say(self._says["later"].format(moment=at.text))
        return replace(reply, dated=(at,), change=kept(standing, again))

    def _as_before(self, standing: Standing, name: str) -> Reply:
        """Why nothing is moved, and when the next one comes."""
        due = standing.active.due if standing.active else None
        coming, dated = self._pages.coming(standing, due)
        return replace(self._pages.say(self._says[name].format(next=coming)), dated=dated)


def _todays(standing: Standing, active: Subscriber) -> Due | None:
    """The delivery of the person's own day: the one that is due, or that came."""
    if active.due is not None and active.due.at.astimezone(standing.clock).date() == standing.today:
        return active.due
    return Due(day=standing.today, at=standing.now) if active.last == standing.today else None


def _by(standing: Standing, wanted: LaterWanted, due: Due) -> timedelta:
    """How much later than now is wanted; just "later" is later than it would come."""
    if wanted.times:
        return _meant(standing, wanted) - standing.now
    if wanted.by is not None:
        return wanted.by
    return max(due.at - standing.now, timedelta()) + LATER_BY


def _meant(standing: Standing, wanted: LaterWanted) -> datetime:
    """The moment that is meant by the times that were said; it may be over."""
    moments = [moment_of(standing.today, at, standing.clock) for at in wanted.times]
    coming = [moment for moment in moments if moment > standing.now]
    if coming:
        return coming[0]
    is_part = wanted.ends is not None and standing.now.astimezone(standing.clock).time() < wanted.ends
    return standing.now + SOON if is_part else moments[0]
