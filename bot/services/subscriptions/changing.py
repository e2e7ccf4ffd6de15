"""Changes what is set, one thing after the other: the commands behind the buttons of /settings."""

from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.schedule import EVERY_DAY, Quiet, Schedule, What
from bot.core.schedules.spans import read_span
from bot.core.schedules.words import Wanted
from bot.core.subscriptions.pages import SubscriptionPages, kept
from bot.core.subscriptions.settings_pages import SettingsPages
from bot.core.subscriptions.slackening import weekly
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscription
from bot.core.talk import Reply
from bot.services.subscriptions.subscribing import Subscribing


class Changing:
    """Shows the settings, and does what their buttons say."""

    def __init__(
        self,
        knowledge: Knowledge,
        pages: SubscriptionPages,
        settings: SettingsPages,
        subscribing: Subscribing,
        hearing: ScheduleHearing,
    ) -> None:
        self._says = knowledge.tip_talk.says
        self._pages = pages
        self._settings = settings
        self._subscribing = subscribing
        self._hearing = hearing
        self._between = frozenset(knowledge.schedule_words.lists.get("between", ()))

    def settings(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /settings: nothing, what is to be chosen, or what was chosen."""
        act, _, value = argument.partition(" ")
        if act == "zone":
            return self._subscribing.ask_where(standing)
        active = standing.active
        if active is None:
            return self._settings.all(standing)
        acts = {
            "what": lambda: self._what(standing, active.subscription, value),
            "time": lambda: self._pages.ask_when(Wanted(), is_change=True),
            "days": lambda: self._settings.days(standing, active.subscription),
            "day": lambda: self._day(standing, active.subscription, value),
            "daily": lambda: self._days(standing, active.subscription, EVERY_DAY),
            "weekly": lambda: self._weekly(standing, active.subscription),
            "keep": lambda: self._keep(standing, active.subscription),
            "quiet": lambda: self.quiet(standing, value) or self._settings.quiet(),
            "silent": lambda: self._kept(standing, replace(active.subscription, is_silent=value != "off")),
            "pause": self._settings.pause,
        }
        return acts.get(act, lambda: self._settings.all(standing))()

    def ask_what_else(self, standing: Standing) -> Reply:
        """The settings, for somebody to whom something in them is not right."""
        return self._settings.all(standing, self._says["what_else"])

    def quiet(self, standing: Standing, said: str) -> Reply | None:
        """Set quiet hours, or none; None: they can't be understood."""
        if standing.active is None:
            return None
        subscription = standing.active.subscription
        if said == "off":
            return self._kept(standing, _scheduled(subscription, quiet=None))
        span = self.span(said, standing.today)
        return self._kept(standing, _scheduled(subscription, quiet=span)) if span else None

    def span(self, said: str, today: date) -> Quiet | None:
        """The hours that words name; None: they name none."""
        return read_span(said, self._hearing, self._between, today)

    def _what(self, standing: Standing, before: Subscription, value: str) -> Reply:
        known = {what.value: what for what in What}
        if value not in known:
            return self._settings.what()
        return self._kept(standing, replace(before, what=known[value]))

    def _day(self, standing: Standing, before: Subscription, value: str) -> Reply:
        """Put a weekday in or out."""
        if value not in set(map(str, EVERY_DAY)):
            return self._settings.days(standing, before)
        schedule = before.schedule
        chosen = schedule.weekdays if schedule.weekly_on is None else frozenset({schedule.weekly_on})
        after = chosen ^ {int(value)}
        if not after:
            return self._settings.days(standing, before, self._says["one_day_at_least"])
        return self._days(standing, before, after)

    def _days(self, standing: Standing, before: Subscription, days: frozenset[int]) -> Reply:
        return self._shown(standing, _scheduled(before, weekdays=days, weekly_on=None), on_days=True)

    def _weekly(self, standing: Standing, before: Subscription) -> Reply:
        """Once a week, on the weekday of the last delivery, or of this day."""
        last = standing.active.last if standing.active else None
        schedule = weekly(before.schedule, (last or standing.today).weekday())
        return self._subscribing.kept(standing, replace(before, schedule=schedule))

    def _keep(self, standing: Standing, before: Subscription) -> Reply:
        subscriber, _ = standing.having(replace(before, keeps_pace=True))
        return replace(self._pages.say(self._says["kept"]), change=kept(standing, subscriber))

    def _kept(self, standing: Standing, subscription: Subscription) -> Reply:
        return self._shown(standing, subscription, on_days=False)

    def _shown(self, standing: Standing, subscription: Subscription, *, on_days: bool) -> Reply:
        """Keep a change, and show the page that it was made on as it is now."""
        subscriber, _ = standing.having(subscription)
        after = replace(standing, subscriber=subscriber)
        page = self._settings.days(after, subscription) if on_days else self._settings.all(after)
        return replace(page, change=kept(standing, subscriber))


def _scheduled(before: Subscription, **changes: object) -> Subscription:
    """A subscription whose schedule has other values."""
    schedule: Schedule = replace(before.schedule, **changes)  # type: ignore[arg-type]  # fields of it
    return replace(before, schedule=schedule)
