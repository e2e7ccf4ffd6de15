"""Pauses what is sent to somebody, and goes on with it."""

from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.person.profile import Change
from bot.core.player.progress import with_break, without_break
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.pauses import LONGEST_PAUSE
from bot.core.schedules.resting import coming_pauses, first_day, pause_with, resumed_on, with_pause
from bot.core.schedules.schedule import FOR_GOOD, ONE_DAY, Pause
from bot.core.schedules.words import PauseWanted, Refused
from bot.core.subscriptions.drafts import Awaits
from bot.core.subscriptions.pages import SubscriptionPages, kept
from bot.core.subscriptions.pause_pages import PausePages
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Reply

PLAIN, ILL, HOLIDAY = "plain", "ill", "holiday"  # why it pauses
RESTING_FOR = frozenset({ILL, HOLIDAY})  # on whose days nobody is expected to train either


class Pausing:
    """Lets deliveries rest, and lets them come again."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages, hearing: ScheduleHearing) -> None:
        self._pages = pages
        self._pause_pages = PausePages(knowledge, pages)
        self._hearing = hearing

    def command(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /pause: nothing, a number of days, or words."""
        if standing.active is None:
            return self._pages.nothing("nothing_to_pause")
        if argument.isdecimal() and argument.isascii():
            return self._for_days(standing, int(argument[:4]))
        return self.answered(standing, self._hearing.pause(argument, standing.today))

    def heard(self, standing: Standing, text: str, *, corrects: bool = False) -> Reply | None:
        """What an answer to how long does; it counts from the day the pause begins. None: it is no answer.

        `corrects`: it is said of a pause that was just set, instead.
        """
        asked = _without_end(standing)
        said = self._hearing.pause(text, first_day(asked, standing.today) if asked else standing.today)
        if not isinstance(said, PauseWanted):
            return self.answered(standing, said) if said else None
        if said.until is None:
            return None
        wanted = replace(said, start=said.start or (asked.start if asked else None))
        return self.pause(standing, wanted, corrects=corrects or asked is not None)

    def answered(self, standing: Standing, said: PauseWanted | Refused | None) -> Reply:
        """What to do with what was said of how long."""
        match said:
            case PauseWanted():
                return self.pause(standing, said)
            case Refused():
                return self._pause_pages.refused(said.sentence)
            case None:
                return self._pause_pages.unclear()

    def pause(self, standing: Standing, wanted: PauseWanted, *, corrects: bool = False) -> Reply:
        """Send nothing up to a day, or until the person is back."""
        if standing.active is None:
            return self._pages.nothing("nothing_to_pause")
        before, today = standing.active.subscription, standing.today
        why = "" if wanted.why == PLAIN else wanted.why
        asked = Pause(until=wanted.until or FOR_GOOD, start=wanted.start, why=why)
        schedule = with_pause(before.schedule, asked, today, corrects=corrects)
        holding = pause_with(schedule, asked, today)
        others = [each for each in schedule.pauses if each != holding]
        subscriber, changed = standing.having(replace(before, schedule=schedule))
        pages = self._pause_pages
        if wanted.until is None:
            reply = pages.open_ended(asked, others, standing)
        else:
            reply = pages.ending(holding, others, standing, changed, why)
        return replace(reply, change=_rested(kept(standing, subscriber), standing))

    def resume(self, standing: Standing, active: Subscriber) -> Reply:
        """Send again from now on; a pause that begins later stays, unless none holds now."""
        before = active.subscription
        schedule = resumed_on(before.schedule, standing.today)
        subscriber, changed = standing.having(replace(before, schedule=schedule))
        is_end = bool(before.schedule.pauses)
        reply = self._pause_pages.resumed(schedule.pauses, standing, changed, is_end=is_end)
        return replace(reply, change=_rested(kept(standing, subscriber), standing))

    def recovered(self, standing: Standing, active: Subscriber) -> Reply | None:
        """What follows when somebody says to be better: only an illness's pause ends. None: there is none."""
        coming = coming_pauses(active.subscription.schedule, standing.today)
        if not coming:
            return None
        if coming[0].why == ILL:
            return self.resume(standing, active)
        return self._pause_pages.better(coming[0].until)

    def _for_days(self, standing: Standing, days: int) -> Reply:
        """A pause of so many days: from now on, or of the one whose length was asked for."""
        if not 0 < days <= LONGEST_PAUSE // ONE_DAY:
            return self._pause_pages.refused("too_long" if days else "past_date")
        is_asked = standing.draft is not None and standing.draft.awaits is Awaits.PAUSE
        asked = _without_end(standing) if is_asked else None
        begin = first_day(asked, standing.today) if asked else standing.today
        start = asked.start if asked else None
        wanted = PauseWanted(until=begin + days * ONE_DAY, why=PLAIN, start=start)
        return self.pause(standing, wanted, corrects=asked is not None)


def _without_end(standing: Standing) -> Pause | None:
    """The pause that waits to be told how long it is."""
    pauses = standing.active.subscription.schedule.pauses if standing.active else ()
    return next((each for each in pauses if each.until == FOR_GOOD), None)


def _rested(change: Change, standing: Standing) -> Change:
    """The same with a break from training for as long as illness or a holiday pauses what is sent.

    It takes the place of a break that goes on then, and ends with the pause; no other pause touches breaks.
    """
    if standing.active is None or change.subscriber is None:
        return change
    before, after = (_resting(each, standing.today) for each in (standing.active, change.subscriber))
    if before == after:
        return change
    breaks = standing.profile.breaks
    for pause in before:
        if pause not in after:
            breaks = without_break(breaks, first_day(pause, standing.today))
    for pause in after:
        if pause not in before:
            start = first_day(pause, standing.today)
            breaks = with_break(without_break(breaks, start), start, _last_day(pause))
    return replace(change, profile=replace(standing.profile, breaks=breaks))


def _resting(subscriber: Subscriber, today: date) -> list[Pause]:
    """The pauses that are to come, or go on, in which nobody is expected to train."""
    coming = coming_pauses(subscriber.subscription.schedule, today)
    return [each for each in coming if each.why in RESTING_FOR]


def _last_day(pause: Pause) -> date | None:
    return None if pause.until == FOR_GOOD else pause.until - ONE_DAY
