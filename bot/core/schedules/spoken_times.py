"""Moments, days and times in a person's own words and by their own clock. Pure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, tzinfo

from bot.core.model import Knowledge
from bot.core.schedules.resting import first_day
from bot.core.schedules.schedule import EVERY_DAY, FOR_GOOD, ONE_DAY, WORKDAYS, Pause, Schedule, What
from bot.core.talk import Dated

FEW = 2  # days up to which they have their whole names
NAMED = {EVERY_DAY: "days_all", WORKDAYS: "days_workdays", EVERY_DAY - WORKDAYS: "days_weekend"}


class SpokenTimes:
    """Says when something is."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._says = knowledge.tip_talk.says
        words = knowledge.schedule_words
        self._weekdays = {day: names[0].capitalize() for day, names in words.weekdays.items()}
        self._months = {month: names[0].capitalize() for month, names in words.months.items()}
        self._short = knowledge.messages.weekdays.split(", ")

    def moment(self, at: datetime, zone: tzinfo, now: datetime) -> Dated:
        """A moment on a clock, like "tomorrow at 07:30", with the moment itself."""
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        named = {today: "today", today + ONE_DAY: "tomorrow"}.get(local.date(), "on_day")
        return Dated(text=self._filled(named, local.date(), f"{local:%H:%M}"), at=at)

    def day(self, day: date) -> str:
        """A day, like "Thursday, 26 November"."""
        return self._filled("day_only", day)

    def short(self, weekday: int) -> str:
        """A weekday in short."""
        return self._short[weekday]

    def days(self, days: Collection[int]) -> str:
        """Some weekdays, like "On Mon, Wed and Fri"."""
        said = self._on(days)
        return said[:1].upper() + said[1:]

    def summary(self, what: What, schedule: Schedule) -> str:
        """What comes and when, like "a tip on weekdays at 07:30"."""
        return self._says["summary"].format(
            what=self._says[what.value], days=self._days(schedule), time=clock(schedule.at)
        )

    def several(self, days: Iterable[date]) -> str:
        """Some days, one after the other."""
        return self._joined([self.day(day) for day in days])

    def staying(self, pauses: Iterable[Pause], today: date) -> Iterator[str]:
        """A sentence for each pause that holds as before."""
        for pause in pauses:
            name = "pause_stays_open" if pause.until == FOR_GOOD else "pause_stays"
            start, until = self.day(first_day(pause, today)), self.day(pause.until)
            yield self._says[name].format(start=start, day=until)

    def _days(self, schedule: Schedule) -> str:
        if schedule.weekly_on is not None:
            return self._says["days_weekly"].format(day=self._weekdays[schedule.weekly_on])
        named = NAMED.get(schedule.weekdays)
        if named:
            return self._says[named]
        return self._on(schedule.weekdays)

    def _on(self, days: Collection[int]) -> str:
        names = self._weekdays if len(days) <= FEW else dict(enumerate(self._short))
        return self._says["days_some"].format(days=self._joined([names[day] for day in sorted(days)]))

    def _joined(self, parts: list[str]) -> str:
        *before, last = parts
        return self._says["and"].format(before=", ".join(before), last=last) if before else last

    def _filled(self, name: str, day: date, at: str = "") -> str:
        weekday, month = self._weekdays[day.weekday()], self._months[day.month]
        return self._says[name].format(weekday=weekday, day=day.day, month=month, time=at)


def clock(at: time | datetime) -> str:
    """A time as a clock of 24 hours shows it."""
    return f"{at:%H:%M}"
