"""Shows what is sent to somebody, and everything that they can change of it, with buttons. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from bot.core.model import Knowledge
from bot.core.person.readiness_pages import TICK
from bot.core.schedules.resting import coming_pauses, first_day
from bot.core.schedules.schedule import EVERY_DAY, FOR_GOOD, Pause, What
from bot.core.schedules.spoken_times import SpokenTimes, clock
from bot.core.subscriptions.drafts import SETTLED, Awaits, Draft
from bot.core.subscriptions.pages import SubscriptionPages, place_name
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscription
from bot.core.talk import Reply, Suggestion

QUIET = ((22, 7), (21, 8), (20, 9))  # hours that are offered
TOPIC = "help"


class SettingsPages:
    """The page behind /settings and those behind its buttons."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages) -> None:
        self._says = knowledge.tip_talk.says
        self._pages = pages
        self._times = SpokenTimes(knowledge)

    def all(self, standing: Standing, said: str = "") -> Reply:
        """Everything that is set; `said` stands above it."""
        parts = [said, "\n".join(self._lines(standing)), self._says["settings_more"]]
        due = standing.active.due if standing.active else None
        buttons = self._buttons(standing.active.subscription) if standing.active else self._beginning()
        reply = self._page("\n\n".join(filter(None, parts)), buttons)
        return replace(reply, dated=self._pages.next(standing, due), draft=SETTLED)

    def what(self) -> Reply:
        """The choice what is sent."""
        labels = {What.TIP: "tip_button", What.ROUTINE: "reminder_button", What.BOTH: "both_button"}
        buttons = [_button(self._says[name], f"what {what.value}") for what, name in labels.items()]
        return replace(self._page(self._says["what"], [*buttons, self._back()]), draft=SETTLED)

    def days(self, standing: Standing, kept: Subscription, said: str = "") -> Reply:
        """The choice of weekdays: each is put in or out by a tap."""
        schedule = kept.schedule
        chosen = schedule.weekdays if schedule.weekly_on is None else {schedule.weekly_on}
        ticks = [
            _button(f"{TICK if day in chosen else ''}{self._times.short(day)}", f"day {day}")
            for day in sorted(EVERY_DAY)
        ]
        says = self._says
        more = [_button(says["daily_button"], "daily"), _button(says["weekly_button"], "weekly")]
        due = standing.active.due if standing.active else None
        coming, dated = self._pages.coming(standing, due)
        text = "\n\n".join(filter(None, [said, says["days"], coming]))
        awaited = Draft(awaits=Awaits.TIME, is_change=True)
        return replace(self._page(text, [*ticks, *more, self._back()]), dated=dated, draft=awaited)

    def quiet(self) -> Reply:
        """The choice of quiet hours, which can be typed as well."""
        says = self._says
        hours = [
            _button(
                says["quiet_hours_button"].format(start=f"{start:02}:00", end=f"{end:02}:00"),
                f"quiet {start}-{end}",
            )
            for start, end in QUIET
        ]
        none = _button(says["no_quiet_button"], "quiet off")
        page = self._page(says["quiet"], [*hours, none, self._back()])
        return replace(page, draft=Draft(awaits=Awaits.QUIET, is_change=True))

    def pause(self) -> Reply:
        """The choice how long a pause is, which can be typed as well."""
        for_good = Suggestion(label=self._says["for_good_button"], utterance="/pause")
        page = self._page(self._says["pause"], [*self._pages.pause_buttons(), for_good, self._back()])
        return replace(page, draft=Draft(awaits=Awaits.PAUSE, is_change=True))

    def _lines(self, standing: Standing) -> Iterator[str]:
        says = self._says
        if standing.active is None:
            yield says["settings_nothing"]
        else:
            yield says["settings"]
            yield from self._of(standing, standing.active.subscription)
            due = standing.active.due
            if due and standing.delivers:
                yield self._pages.coming(standing, due)[0]
        if standing.zone:
            now = clock(standing.now.astimezone(standing.zone))
            yield says["settings_zone"].format(place=place_name(standing.place), now=now)
        if not standing.delivers:
            yield says["not_here"]

    def _of(self, standing: Standing, kept: Subscription) -> Iterator[str]:
        says, schedule = self._says, kept.schedule
        said = self._times.summary(kept.what, schedule)
        yield said[:1].upper() + said[1:]
        if schedule.quiet:
            yield says["settings_quiet"].format(
                start=clock(schedule.quiet.start), end=clock(schedule.quiet.end)
            )
        if kept.is_silent:
            yield says["settings_silent"]
        yield from map(partial(self._paused, standing.today), coming_pauses(schedule, standing.today))

    def _paused(self, today: date, pause: Pause) -> str:
        if pause.until == FOR_GOOD and pause.covers(today):
            return self._says["settings_paused"]
        is_begun = pause.covers(today)
        open_ended = "settings_paused_open" if pause.until == FOR_GOOD else "settings_paused_span"
        name = "settings_paused_until" if is_begun else open_ended
        start, until = self._times.day(first_day(pause, today)), self._times.day(pause.until)
        return self._says[name].format(start=start, day=until)

    def _buttons(self, kept: Subscription) -> Iterator[Suggestion]:
        says = self._says
        yield _button(says["what_button"], "what")
        yield _button(says["time_button"].format(time=clock(kept.schedule.at)), "time")
        yield _button(says["days_button"], "days")
        yield _button(says["quiet_button"], "quiet")
        if kept.is_silent:
            yield _button(says["sound_button"], "silent off")
        else:
            yield _button(says["silent_button"], "silent on")
        yield _button(says["zone_button"], "zone")
        if kept.schedule.pauses:
            yield Suggestion(label=says["resume_button"], utterance="/resume")
        else:
            yield _button(says["pause_button"], "pause")
        yield Suggestion(label=says["end_button"], utterance="/unsubscribe")

    def _beginning(self) -> Iterator[Suggestion]:
        yield Suggestion(label=self._says["begin_button"], utterance="/subscribe")
        yield _button(self._says["zone_button"], "zone")

    def _back(self) -> Suggestion:
        return Suggestion(label=self._says["back_button"], utterance="/settings")

    def _page(self, text: str, buttons: Iterable[Suggestion]) -> Reply:
        return replace(self._pages.say(text, buttons), topic=TOPIC, in_place=True)


def _button(label: str, act: str) -> Suggestion:
    return Suggestion(label=label, utterance=f"/settings {act}")
