"""How the pauses of a schedule go together: one after the other, or one in place of another. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.schedules.schedule import FOR_GOOD, Pause, Schedule


def paused(schedule: Schedule, until: date, start: date | None = None, why: str = "") -> Schedule:
    """The same with only one pause; what was postponed into it is given up."""
    return with_pauses(schedule, [Pause(until=until, start=start, why=why)])


def with_pauses(schedule: Schedule, pauses: Iterable[Pause]) -> Schedule:
    """The same with these pauses instead of those that it has."""
    ordered = tuple(sorted(pauses, key=lambda pause: pause.start or date.min))
    first = ordered[0] if ordered else None
    late = schedule.postponed
    is_given_up = late is not None and any(pause.covers(late.day) for pause in ordered)
    return replace(
        schedule,
        paused_until=first.until if first else None,
        paused_from=first.start if first else None,
        paused_for=first.why if first else "",
        further_pauses=ordered[1:],
        postponed=None if is_given_up else late,
    )


def coming_pauses(schedule: Schedule, today: date) -> tuple[Pause, ...]:
    """The pauses that are not over, those that begin first at the front."""
    return tuple(pause for pause in schedule.pauses if pause.until > today)


def up_to_date(schedule: Schedule, today: date) -> Schedule:
    """The same where the first pause is none that is over, as long as another one is to come."""
    coming = coming_pauses(schedule, today)
    return with_pauses(schedule, coming) if coming else schedule


def resumed(schedule: Schedule) -> Schedule:
    """The same without a pause."""
    return with_pauses(schedule, ())


def resumed_on(schedule: Schedule, today: date) -> Schedule:
    """The same without the pause that holds on a day, or without any where none does."""
    coming = coming_pauses(schedule, today)
    left = [pause for pause in coming if not pause.covers(today)]
    return with_pauses(schedule, left if len(left) < len(coming) else ())


def with_pause(schedule: Schedule, pause: Pause, today: date, *, corrects: bool = False) -> Schedule:
    """A schedule with one more pause.

    One that begins on the same day as another takes its place, one that meets another goes on with it, and
    those that lie apart both hold. `corrects`: it is said instead of one that was just set.
    """
    before = coming_pauses(schedule, today)
    gone = _corrected(before, pause, today) if corrects else _begun_with(before, pause, today)
    open_ended = [each for each in gone if each.until == FOR_GOOD]
    whole = replace(pause, why=pause.why or "".join(each.why for each in open_ended[:1]))
    apart: list[Pause] = []
    for each in before:
        if each in gone:
            continue
        if _meets(each, whole, today):
            whole = _united(each, whole)
        else:
            apart.append(each)
    return with_pauses(schedule, [*apart, whole])


def pause_with(schedule: Schedule, pause: Pause, today: date) -> Pause:
    """The pause of a schedule into which one has gone."""
    begin = first_day(pause, today)
    holding = [each for each in schedule.pauses if each.covers(begin)]
    return max(holding, key=lambda each: each.until)


def first_day(pause: Pause, today: date) -> date:
    """The first day of a pause, from this one on."""
    return max(pause.start or today, today)


def _begun_with(before: Sequence[Pause], pause: Pause, today: date) -> list[Pause]:
    """The pauses that begin on the same day, counted from this one."""
    return [each for each in before if first_day(each, today) == first_day(pause, today)]


def _corrected(before: Sequence[Pause], pause: Pause, today: date) -> list[Pause]:
    """The pauses that are meant where another one is said instead: those that it meets, else the nearest."""
    apart = {each: _days_between(each, pause, today) for each in before}
    nearest = min(apart.values(), default=timedelta())
    return [each for each in before if apart[each] <= max(nearest, timedelta())]


def _meets(before: Pause, pause: Pause, today: date) -> bool:
    """Whether one goes on with another; a pause without an end only takes in what begins after it."""
    if pause.until == FOR_GOOD:
        return False
    if before.until == FOR_GOOD:
        return first_day(before, today) <= first_day(pause, today)
    return _days_between(before, pause, today) <= timedelta()


def _days_between(one: Pause, other: Pause, today: date) -> timedelta:
    """How long it is from the end of the first of two to the begin of the other; below 0: they overlap."""
    first, last = sorted([one, other], key=lambda each: first_day(each, today))
    return first_day(last, today) - first.until


def _united(before: Pause, pause: Pause) -> Pause:
    """The two as one."""
    start = None if before.start is None or pause.start is None else min(before.start, pause.start)
    return Pause(until=max(before.until, pause.until), start=start, why=pause.why or before.why)
