"""The clock of deliveries: one for each chosen local day, whatever zones and people do."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.schedules.rescheduling import Today, after_change
from bot.core.schedules.resting import paused, resumed
from bot.core.schedules.schedule import (
    EVERY_DAY,
    WORKDAYS,
    Due,
    Quiet,
    Schedule,
    due_on,
    later,
    moment_of,
    next_due,
)
from bot.core.subscriptions.subscription import Subscriber, Subscription, after_delivery

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
YEARS = date(2026, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
TIMES = (time(0, 0), time(0, 30), time(1, 59), time(2, 15), time(2, 30), time(7, 30), time(23, 45))
ODD = {
    "Apia left a day out": ("Pacific/Apia", date(2011, 12, 30)),
    "Kwajalein left a day out": ("Pacific/Kwajalein", date(1993, 8, 21)),
    "Fakaofo left a day out": ("Pacific/Fakaofo", date(2011, 12, 30)),
    "Lord Howe moves by half an hour": ("Australia/Lord_Howe", date(2026, 10, 4)),
    "Lord Howe moves back by half an hour": ("Australia/Lord_Howe", date(2026, 4, 5)),
    "Cairo leaves out the hour after midnight": ("Africa/Cairo", date(2026, 4, 24)),
    "Cairo has the hour before midnight twice": ("Africa/Cairo", date(2026, 10, 29)),
    "Nuuk leaves out the hour before midnight": ("America/Nuuk", date(2026, 3, 28)),
    "Havana has the hour after midnight twice": ("America/Havana", date(2026, 11, 1)),
    "Troll moves by two hours": ("Antarctica/Troll", date(2026, 3, 29)),
    "Casey moved by three hours": ("Antarctica/Casey", date(2020, 10, 4)),
    "Caracas moved by half an hour": ("America/Caracas", date(2016, 5, 1)),
    "Pyongyang moved by half an hour": ("Asia/Pyongyang", date(2018, 5, 4)),
    "Casablanca changes around Ramadan": ("Africa/Casablanca", date(2026, 2, 15)),
    "Dublin's winter is the odd time": ("Europe/Dublin", date(2026, 10, 25)),
}


def first_minute_by_hand(day: date, at: time, zone: tzinfo) -> datetime | None:
    """What the clock on the wall shows, minute by minute; None: no minute belongs to the day."""
    wanted, exists, found = datetime.combine(day, at), False, None
    minute = datetime.combine(day, time.min, tzinfo=UTC) - timedelta(hours=30)
    for _ in range(90 * 60):
        shown = minute.astimezone(zone).replace(tzinfo=None)
        exists = exists or shown.date() == day
        if found is None and shown >= wanted:
            found = minute
        if found is not None and shown.date() > day:
            break
        minute += MINUTE
    return found if exists else None


@cache
def changes(name: str) -> tuple[date, ...]:
    """The local days of two years on whose turn the clock of a zone changes."""
    zone, (day, end), found = ZoneInfo(name), YEARS, []
    before = datetime.combine(day, time.min, tzinfo=UTC).astimezone(zone).utcoffset()
    while day <= end:
        offset = datetime.combine(day, time.min, tzinfo=UTC).astimezone(zone).utcoffset()
        found += [day] if offset != before else []
        before, day = offset, day + DAY
    return tuple(found)


def unlike_zones() -> list[str]:
    """One zone of each kind, those that change differently in two years."""
    return list({_behaviour(name): name for name in ZONES}.values())


def _behaviour(name: str) -> tuple[tuple[timedelta | None, date], ...]:
    days = (YEARS[0], *changes(name))
    moments = [datetime.combine(day, time.min, tzinfo=UTC).astimezone(ZoneInfo(name)) for day in days]
    return tuple((moment.utcoffset(), day) for moment, day in zip(moments, days, strict=True))


def deliveries(schedule: Schedule, zone: tzinfo, start: datetime, end: date) -> Iterator[Due]:
    """All deliveries one after another, as they would be sent."""
    after, last = start, None
    while True:
        due = next_due(schedule, zone, after, last)
        if due is None or due.day > end:
            return
        yield due
        after, last = due.at, due.day


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # a moment in its parts


def on(zone: tzinfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]  # the same, local


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("at", TIMES, ids=str)
def test_the_moment_of_a_day_is_the_first_minute_on_the_wall(odd: str, at: time) -> None:
    name, day = ODD[odd]
    zone = ZoneInfo(name)
    for each in (day - DAY, day, day + DAY):
        due = due_on(Schedule(at=at), zone, each)
        assert (due.at if due else None) == first_minute_by_hand(each, at, zone)


def test_every_zone_has_one_delivery_a_day_around_its_changes() -> None:
    for name in unlike_zones():
        zone, days = ZoneInfo(name), {d + n * DAY for d in changes(name) for n in (-1, 0)}
        for day, at in ((day, at) for day in sorted(days) for at in TIMES[1::3]):
            due = due_on(Schedule(at=at), zone, day)
            assert (due.at if due else None) == first_minute_by_hand(day, at, zone), (name, day, at)


@pytest.mark.parametrize("name", ZONES)
def test_every_zone_has_every_chosen_day_of_two_years_once(name: str) -> None:
    zone, schedule = ZoneInfo(name), Schedule(at=time(2, 30), weekdays=frozenset({0, 6}))
    start = on(zone, YEARS[0].year, 1, 1)
    came = [due.day for due in deliveries(schedule, zone, start, YEARS[1])]
    days = [YEARS[0] + n * DAY for n in range((YEARS[1] - YEARS[0]).days + 1)]
    assert came == [day for day in days if day.weekday() in schedule.weekdays]


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    quiet=st.none() | st.builds(Quiet, start=st.sampled_from(TIMES), end=st.sampled_from(TIMES)),
    start=st.datetimes(datetime(1995, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  # local by choice
)
def test_whatever_is_chosen_comes_once_a_day_in_order_and_never_in_quiet_hours(
    name: str, at: time, weekdays: frozenset[int], quiet: Quiet | None, start: datetime
) -> None:
    zone, schedule = ZoneInfo(name), Schedule(at=at, weekdays=weekdays, quiet=quiet)
    first = start.date() + 2 * DAY
    came = list(deliveries(schedule, zone, start.replace(tzinfo=zone), first + 60 * DAY))
    days = [due.day for due in came]
    wanted = [first + n * DAY for n in range(60)]
    there = [day for day in wanted if day.weekday() in weekdays and due_on(schedule, zone, day)]
    assert [day for day in days if first <= day < first + 60 * DAY] == there
    assert all(one.at < two.at for one, two in pairwise(came))
    assert all(due.at.second == due.at.microsecond == 0 for due in came)
    if quiet and changes(name) == ():
        assert not any(quiet.covers(due.at.astimezone(zone).time()) for due in came)


def test_a_day_that_a_zone_leaves_out_has_no_delivery() -> None:
    apia = ZoneInfo("Pacific/Apia")
    came = list(deliveries(Schedule(at=time(7, 30)), apia, utc(2011, 12, 28), date(2012, 1, 1)))
    assert [due.day.day for due in came] == [28, 29, 31, 1]


@pytest.mark.parametrize(
    ("quiet", "at", "shown"),
    [
        (Quiet(start=time(22), end=time(7)), time(6, 30), (0, time(7))),
        (Quiet(start=time(22), end=time(7)), time(23), (1, time(7))),
        (Quiet(start=time(22), end=time(7)), time(7), (0, time(7))),
        (Quiet(start=time(12), end=time(14)), time(13), (0, time(14))),
        (Quiet(start=time(12), end=time(12)), time(12), (0, time(12))),
        (None, time(3), (0, time(3))),
    ],
)
def test_what_falls_into_quiet_hours_comes_at_their_end(
    quiet: Quiet | None, at: time, shown: tuple[int, time]
) -> None:
    due = due_on(Schedule(at=at, quiet=quiet), UTC, date(2026, 11, 25))
    assert due == Due(
        day=date(2026, 11, 25), at=datetime.combine(date(2026, 11, 25 + shown[0]), shown[1], UTC)
    )


def test_what_quiet_hours_moved_to_the_morning_still_comes_after_midnight() -> None:
    schedule = Schedule(at=time(23), quiet=Quiet(start=time(22), end=time(7)))
    due = next_due(schedule, UTC, utc(2026, 11, 25, 0, 30))
    assert due == Due(day=date(2026, 11, 24), at=utc(2026, 11, 25, 7))


def test_weekly_keeps_one_of_the_days() -> None:
    weekly = Schedule(at=time(8), weekdays=WORKDAYS, weekly_on=2)
    came = list(deliveries(weekly, UTC, utc(2026, 11, 23), date(2026, 12, 10)))
    assert [due.day for due in came] == [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9)]


def test_a_pause_ends_by_itself_or_before_its_time() -> None:
    schedule = paused(Schedule(at=time(8)), date(2026, 12, 1))
    now = utc(2026, 11, 25, 12)
    assert next_due(schedule, UTC, now) == Due(day=date(2026, 12, 1), at=utc(2026, 12, 1, 8))
    assert next_due(resumed(schedule), UTC, now) == Due(day=date(2026, 11, 26), at=utc(2026, 11, 26, 8))
    assert next_due(paused(schedule, date.max), UTC, now) is None


def test_later_today_moves_one_delivery_and_nothing_else() -> None:
    schedule, due = Schedule(at=time(8)), Due(day=date(2026, 11, 25), at=utc(2026, 11, 25, 8))
    moved = later(schedule, UTC, due, utc(2026, 11, 25, 8, 5, 30))
    assert moved
    came = list(deliveries(moved, UTC, utc(2026, 11, 25, 8, 5, 30), date(2026, 11, 27)))
    assert came == [
        Due(day=date(2026, 11, 25), at=utc(2026, 11, 25, 11, 5)),
        Due(day=date(2026, 11, 26), at=utc(2026, 11, 26, 8)),
        Due(day=date(2026, 11, 27), at=utc(2026, 11, 27, 8)),
    ]


def test_later_today_is_refused_at_night_and_on_the_next_day() -> None:
    quiet = Quiet(start=time(21), end=time(7))
    due = Due(day=date(2026, 11, 25), at=utc(2026, 11, 25, 19))
    assert later(Schedule(at=time(19), quiet=quiet), UTC, due, utc(2026, 11, 25, 19)) is None
    assert later(Schedule(at=time(19)), UTC, due, utc(2026, 11, 25, 22)) is None


BERLIN, AUCKLAND, HONOLULU = map(ZoneInfo, ("Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu"))
WEDNESDAY = date(2026, 11, 25)


def test_an_earlier_time_after_todays_delivery_does_not_bring_a_second_one() -> None:
    now = on(BERLIN, 2026, 11, 25, 9)
    changed = after_change(Schedule(at=time(20)), BERLIN, now, WEDNESDAY, WEDNESDAY + DAY)
    assert (changed.today, changed.left_out) == (Today.CAME, ())
    assert changed.following == Due(day=date(2026, 11, 26), at=on(BERLIN, 2026, 11, 26, 20))


def test_a_time_that_has_passed_today_says_that_today_is_left_out() -> None:
    now = on(BERLIN, 2026, 11, 25, 9)
    changed = after_change(Schedule(at=time(8)), BERLIN, now, WEDNESDAY - DAY, WEDNESDAY)
    assert (changed.today, changed.left_out) == (Today.PASSED, (WEDNESDAY,))


def test_a_later_time_today_still_comes_today() -> None:
    now = on(BERLIN, 2026, 11, 25, 9)
    changed = after_change(Schedule(at=time(10)), BERLIN, now, WEDNESDAY - DAY, WEDNESDAY)
    assert (changed.today, changed.left_out) == (Today.STILL_COMES, ())


def test_a_day_that_is_not_chosen_is_not_missed() -> None:
    now = on(BERLIN, 2026, 11, 25, 9)
    schedule = Schedule(at=time(8), weekdays=frozenset({0}))
    changed = after_change(schedule, BERLIN, now, WEDNESDAY - DAY, WEDNESDAY)
    assert (changed.today, changed.left_out) == (Today.NOT_CHOSEN, ())


def test_whoever_flies_back_over_the_date_line_gets_no_day_twice() -> None:
    now = on(AUCKLAND, 2026, 11, 25, 9)  # still Tuesday in Honolulu
    changed = after_change(Schedule(at=time(8)), HONOLULU, now, WEDNESDAY, WEDNESDAY + DAY)
    assert changed.today is Today.CAME
    assert changed.following == Due(day=date(2026, 11, 26), at=on(HONOLULU, 2026, 11, 26, 8))


def test_whoever_flies_on_over_the_date_line_is_told_of_the_day_that_is_lost() -> None:
    now = on(HONOLULU, 2026, 11, 24, 11)  # Wednesday, ten in the morning, in Auckland
    changed = after_change(Schedule(at=time(8)), AUCKLAND, now, date(2026, 11, 24), WEDNESDAY)
    assert (changed.today, changed.left_out) == (Today.PASSED, (WEDNESDAY,))


schedules = st.builds(
    Schedule,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
steps = st.tuples(st.sampled_from(ZONES), schedules, st.integers(1, 72))


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, min_size=1, max_size=8))
def test_however_often_time_and_zone_change_no_day_comes_twice_or_goes_by_unsaid(
    changes_made: Sequence[tuple[str, Schedule, int]],
) -> None:
    now, came, said = utc(2026, 3, 20, 12), list[date](), set[date]()
    awaited: date | None = None
    last: date | None = None
    for name, schedule, hours in changes_made:
        zone = ZoneInfo(name)
        changed = after_change(schedule, zone, now, last, awaited)
        said.update(changed.left_out)
        end, before = now + timedelta(hours=hours), now.astimezone(zone).date()
        now, due = end, changed.following
        while due is not None and due.at <= end:
            came.append(due.day)
            last = due.day
            due = next_due(schedule, zone, due.at, last)
        awaited = due.day if due else None
        unsaid = [
            day
            for day in (before + n * DAY for n in range((end.astimezone(zone).date() - before).days))
            if schedule.wants(day) and due_on(schedule, zone, day) and day not in came
        ]
        assert all(
            day in said or (day == before and changed.today is not Today.STILL_COMES) for day in unsaid
        )
    assert len(came) == len(set(came))
    assert came == sorted(came)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_the_next_delivery_lies_within_a_week_of_any_chosen_days(weekdays: frozenset[int]) -> None:
    due = next_due(Schedule(at=time(8), weekdays=weekdays & EVERY_DAY), UTC, utc(2026, 11, 25))
    assert due
    assert timedelta() < due.at - utc(2026, 11, 25) <= timedelta(days=7)


@given(
    st.sampled_from(["Europe/London", "Africa/Cairo", "Australia/Lord_Howe"]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 20 * 24 * 60),
)
def test_after_an_outage_of_any_length_what_is_not_too_late_comes_and_nothing_else_piles_up(
    name: str, weekdays: frozenset[int], minutes: int
) -> None:
    zone, schedule, limit = ZoneInfo(name), Schedule(at=time(7, 30), weekdays=weekdays), timedelta(hours=2)
    start = datetime(2026, 10, 20, tzinfo=UTC)
    first = next_due(schedule, zone, start)
    assert first is not None
    now = first.at + minutes * MINUTE
    kept = Subscriber(chat="1", subscription=Subscription(schedule=schedule, zone=name), due=first)
    sent = []
    while kept.due is not None and kept.due.at <= now:
        sent += [kept.due.day] if now - kept.due.at <= limit else []
        kept = after_delivery(kept, zone, now, limit)
    local = now.astimezone(zone)
    today = due_on(schedule, zone, local.date())
    is_due = today is not None and schedule.wants(today.day) and timedelta() <= now - today.at <= limit
    assert sent == ([local.date()] if is_due else [])
    assert kept.due is not None
    assert kept.due.at > now


def test_a_moment_is_in_utc() -> None:
    assert moment_of(date(2026, 11, 25), time(8), BERLIN) == utc(2026, 11, 25, 7)
