"""How regularly somebody trains: kindly counted, so that one missed day breaks nothing. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from bot.core.exercises.exercise import Exercise, Purpose
from bot.core.person.profile import Break, Done, Profile

USUAL_GOAL = 3  # days a week, for whom said nothing of it
GOALS = range(1, 8)
WEEK = 7
WEEKS = 4  # that are looked back on
MAX_BREAKS = 20  # that are remembered


class Day(Enum):
    """What a day was."""

    TRAINED = auto()
    RESTED = auto()  # in a break
    FREE = auto()
    TO_COME = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a picture of somebody's training shows.

    `weekdays` stand above the `weeks`, which have seven days each, the oldest week first; `minutes` are told
    by kind below `minutes_title`.
    """

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    minutes_title: str
    minutes: tuple[tuple[str, int], ...]


def goal_of(profile: Profile) -> int:
    """On how many days a week somebody means to train."""
    return profile.goal or USUAL_GOAL


def days_by_week(history: Sequence[Done], today: date) -> list[int]:
    """On how many days there was training: this week, then each of those before, Mondays first."""
    monday = today - timedelta(days=today.weekday())
    weeks = Counter((monday - _monday(day)).days // WEEK for day in _days(history))
    return [weeks[number] for number in range(WEEKS)]


def calendar(profile: Profile, today: date) -> tuple[tuple[Day, ...], ...]:
    """The days of four weeks from Monday to Sunday, the oldest week first."""
    trained = _days(profile.history)
    monday = _monday(today) - timedelta(days=WEEK * (WEEKS - 1))

    def what(day: date) -> Day:
        if day in trained:
            return Day.TRAINED
        if day > today:
            return Day.TO_COME
        return Day.RESTED if any(rest.holds(day) for rest in profile.breaks) else Day.FREE

    days = [what(monday + timedelta(days=number)) for number in range(WEEK * WEEKS)]
    return tuple(tuple(days[start : start + WEEK]) for start in range(0, len(days), WEEK))


def steadiness(profile: Profile, today: date) -> int | None:
    """How much of the goal was reached over four weeks, 0 to 100; None before there was any training.

    Days of a break are left out, and the days before them are looked at instead; today counts only if there
    was training.
    """
    trained = _days(profile.history)
    if not trained:
        return None
    first, day, counted = min(trained), today, list[date]()
    while day >= first and len(counted) < WEEKS * WEEK:
        is_open = day == today or any(rest.holds(day) for rest in profile.breaks)
        if day in trained or not is_open:
            counted.append(day)
        day -= timedelta(days=1)
    meant = goal_of(profile) * len(counted) / WEEK
    return min(100, round(100 * sum(day in trained for day in counted) / meant)) if counted else None


def minutes_by_purpose(
    history: Sequence[Done], library: Mapping[str, Exercise], today: date
) -> dict[Purpose, int]:
    """About how many minutes of each kind there were in four weeks."""
    since = today - timedelta(days=WEEKS * WEEK - 1)
    seconds = Counter[Purpose]()
    for done in history:
        if done.exercise in library and done.at.date() >= since:
            seconds[library[done.exercise].purpose] += library[done.exercise].dose.total
    return {purpose: max(1, round(seconds[purpose] / 60)) for purpose in Purpose if seconds[purpose]}


def resting(profile: Profile, today: date) -> bool:
    """Whether somebody has a break now."""
    return any(rest.holds(today) for rest in profile.breaks)


def with_break(breaks: tuple[Break, ...], since: date, until: date | None = None) -> tuple[Break, ...]:
    """The breaks with one that begins on a day; without an end it goes on."""
    return (*breaks, Break(since=since, until=until))[-MAX_BREAKS:]


def without_break(breaks: tuple[Break, ...], today: date) -> tuple[Break, ...]:
    """The breaks, those that go on ended yesterday."""
    ended = (
        Break(since=rest.since, until=today - timedelta(days=1)) if rest.holds(today) else rest
        for rest in breaks
    )
    return tuple(rest for rest in ended if rest.until is None or rest.until >= rest.since)


def _days(history: Sequence[Done]) -> set[date]:
    return {done.at.date() for done in history}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
