"""Pauses of what is sent: as people say them, and more than one of them."""

import itertools
from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from house import Bot
from hypothesis import given
from hypothesis import strategies as st
from people import Person

from bot.core.person.profile import Break
from bot.core.schedules.resting import coming_pauses, with_pause
from bot.core.schedules.schedule import FOR_GOOD, Pause, Schedule

TIPS = ("send me a tip at 7:30 on weekdays", "london")
CHRISTMAS = "pause from 24 december to 2 january"
PLANNED = Pause(until=date(2027, 1, 2), start=date(2026, 12, 24))
TODAY = date(2026, 11, 24)


@pytest.fixture
async def subscribed(person: Person) -> Person:
    """Somebody who gets a tip, and has talked of something else since it was set up."""
    await person(*TIPS, "How often should I train my back?")
    return person


async def _pauses(person: Person) -> tuple[Pause, ...]:
    return coming_pauses(await person.schedule(), TODAY)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("till next week", date(2026, 11, 30)),
        ("until next week please", date(2026, 11, 30)),
        ("until next month", date(2026, 12, 1)),
        ("until the end of the week", date(2026, 11, 30)),
        ("until christmas", date(2026, 12, 25)),
        ("until january", date(2027, 1, 1)),
        ("until tomorrow", date(2026, 11, 25)),
        ("until next monday", date(2026, 11, 30)),
        ("quiet until monday", date(2026, 11, 30)),
        ("please be quiet until monday", date(2026, 11, 30)),
        ("be quiet for a week", date(2026, 12, 1)),
        ("stay quiet for 3 days please", date(2026, 11, 27)),
        ("mute it until friday", date(2026, 11, 27)),
        ("silence for two weeks", date(2026, 12, 8)),
        ("going away for 10 days", date(2026, 12, 4)),
        ("i'm going away for 10 days", date(2026, 12, 4)),
        ("we are going away until friday", date(2026, 11, 27)),
        ("off travelling for two weeks", date(2026, 12, 8)),
        ("i'm on a trip until monday", date(2026, 11, 30)),
        ("stop the tips for today", date(2026, 11, 25)),
    ],
)
async def test_a_pause_is_heard_in_a_few_words(said: str, until: date, subscribed: Person) -> None:
    await subscribed(said)
    assert (await subscribed.schedule()).paused_until == until
    assert (await subscribed.subscriber()).ended_at is None


@pytest.mark.parametrize("said", ["till next week", "until tomorrow"])
async def test_an_end_alone_pauses_right_after_a_delivery_and_is_a_goodbye_where_nothing_is_sent(
    said: str, bot: Bot, subscribed: Person
) -> None:
    await subscribed.has_got_today()
    assert "Paused." in (await subscribed(said)).text
    assert "nothing to pause" not in (await Person(bot)(said)).text


@pytest.mark.parametrize(
    "said", ["it's going away", "is it going away?", "the pain is going away", "be quiet", "go away from me"]
)
async def test_what_goes_away_is_no_traveller(said: str, subscribed: Person) -> None:
    await subscribed(said)
    assert (await subscribed.schedule()).pauses == ()


async def test_quiet_on_certain_days_leaves_those_out(subscribed: Person) -> None:
    await subscribed("be quiet on mondays")
    assert (await subscribed.schedule()).weekdays == {1, 2, 3, 4}


@pytest.mark.parametrize(
    "said",
    [
        "/pause -3d",
        "/pause -3 days",
        "pause for -3 days",
        "pause -2 weeks",
        "/pause −3d",
        "/pause -3",
        "/pause 0d",
    ],
)
async def test_a_pause_of_less_than_nothing_is_refused_and_another_length_heard(
    said: str, subscribed: Person
) -> None:
    reply = await subscribed(said)
    assert "That day is over" in reply.text or "I didn't get for how long" in reply.text
    assert (await subscribed.schedule()).pauses == ()
    await subscribed("3 days")
    assert (await subscribed.schedule()).paused_until == date(2026, 11, 27)


async def test_a_day_is_skipped_and_the_planned_pause_stays_and_is_named(subscribed: Person) -> None:
    await subscribed(CHRISTMAS)
    reply = await subscribed("skip tomorrow")
    assert "nothing comes on Wednesday, 25 November" in reply.text
    assert "The pause from Thursday, 24 December, until Saturday, 2 January, stays as well." in reply.text
    wednesday = Pause(until=date(2026, 11, 26), start=date(2026, 11, 25))
    assert await _pauses(subscribed) == (wednesday, PLANNED)
    shown = (await subscribed("/settings")).text
    assert "Paused from Wednesday, 25 November, until Thursday, 26 November" in shown
    assert "Paused from Thursday, 24 December, until Saturday, 2 January" in shown
    held = (await subscribed("/mydata")).text
    assert "Paused from 2026-11-25 on, until 2026-11-26" in held
    assert "Paused from 2026-12-24 on, until 2027-01-02" in held


async def test_a_pause_is_planned_while_another_one_goes_on(subscribed: Person) -> None:
    await subscribed("pause until friday")
    reply = await subscribed(CHRISTMAS)
    assert "The next one comes on Friday, 27 November" in reply.text
    assert "until Friday, 27 November, stays as well" in reply.text
    assert await _pauses(subscribed) == (Pause(until=date(2026, 11, 27)), PLANNED)


async def test_who_is_back_ends_the_pause_that_holds_and_keeps_the_planned_one(subscribed: Person) -> None:
    await subscribed(CHRISTMAS, "pause until friday")
    reply = await subscribed("i'm back")
    assert "Welcome back. The next one comes tomorrow at 07:30." in reply.text
    assert "from Thursday, 24 December" in reply.text
    assert await _pauses(subscribed) == (PLANNED,)
    assert "Welcome back" in (await subscribed("/resume")).text
    assert await _pauses(subscribed) == ()


async def test_after_the_first_pause_the_next_one_is_spoken_of(subscribed: Person) -> None:
    await subscribed("skip tomorrow", "i'm on holiday from 1 december to 4 december")
    subscribed.bot.clock.advance(minutes=7 * 24 * 60)
    assert "Paused until Friday, 4 December" in (await subscribed("/settings")).text
    assert "It stays paused until Friday, 4 December." in (await subscribed("tips at 8:00")).text
    assert "Welcome back" in (await subscribed("i'm back")).text


@pytest.mark.parametrize(
    ("talk", "until"),
    [
        (("pause until friday", "skip tomorrow"), date(2026, 11, 27)),
        (("pause until friday", "skip thursday and friday"), date(2026, 11, 28)),
        (("pause until friday", "i'm on holiday from thursday to 10 december"), date(2026, 12, 10)),
        (("pause until monday", "/pause 10"), date(2026, 12, 4)),
        (("/pause 10", "i'm ill until friday"), date(2026, 11, 27)),
        (("i'm ill", "skip tomorrow"), FOR_GOOD),
    ],
)
async def test_a_pause_that_meets_another_goes_on_with_it_and_one_that_begins_with_it_takes_its_place(
    talk: Sequence[str], until: date, subscribed: Person
) -> None:
    await subscribed(talk[0], "never mind", *talk[1:])
    (pause,) = await _pauses(subscribed)
    assert pause.until == until
    assert pause.start is None


async def test_a_pause_without_an_end_goes_on_whatever_is_skipped(subscribed: Person) -> None:
    await subscribed("pause the tips", "never mind")
    assert "It stays paused until you say “resume”." in (await subscribed("skip tomorrow")).text


async def test_a_longer_wish_than_the_planned_one_takes_it_in(subscribed: Person) -> None:
    await subscribed(CHRISTMAS, "thanks", "I'm on holiday until 27 december")
    assert [pause.until for pause in await _pauses(subscribed)] == [PLANNED.until]


async def test_a_correction_takes_the_place_of_the_pause_that_was_just_set(subscribed: Person) -> None:
    await subscribed(CHRISTMAS, "skip tomorrow", "no, until friday")
    assert await _pauses(subscribed) == (Pause(until=date(2026, 11, 27)), PLANNED)
    await subscribed("pause from 24 december to 6 january", "no, until 4 january")
    assert (await _pauses(subscribed))[-1].until == date(2027, 1, 4)


async def test_a_pause_that_is_open_gets_its_length_by_a_button_and_keeps_the_planned_one(
    subscribed: Person,
) -> None:
    asked = await subscribed(CHRISTMAS, "/pause")
    assert "from Thursday, 24 December" in asked.text
    await subscribed.tap("3 days", asked)
    assert await _pauses(subscribed) == (Pause(until=date(2026, 11, 27)), PLANNED)


async def test_the_length_of_a_pause_that_begins_later_counts_from_there(subscribed: Person) -> None:
    asked = await subscribed("pause from 24 december")
    assert "Paused from Thursday, 24 December, until you say" in (await subscribed("/settings")).text
    asked = await subscribed("pause from 24 december")
    assert "to Saturday, 26 December" in (await subscribed.tap("3 days", asked)).text


async def test_a_wish_for_tips_ends_no_pause_that_is_only_planned(subscribed: Person) -> None:
    await subscribed(CHRISTMAS, "/subscribe")
    assert await _pauses(subscribed) == (PLANNED,)
    changed = await subscribed("tips at 9 am")
    assert "The pause from Thursday, 24 December, until Saturday, 2 January, stays as well." in changed.text


async def test_what_was_put_off_comes_where_a_later_pause_is_planned(subscribed: Person) -> None:
    await subscribed.has_got_today()
    await subscribed("in 2 hours", CHRISTMAS)
    due = (await subscribed.subscriber()).due
    assert due is not None
    assert due.day == TODAY


async def test_each_holiday_is_a_break_from_training_of_its_own(subscribed: Person) -> None:
    await subscribed("i'm on holiday from 24 december to 2 january", "i'm ill until friday", "skip monday")
    christmas = Break(since=date(2026, 12, 24), until=date(2027, 1, 1))
    kept = await subscribed.profiles.load("1")
    assert kept is not None
    assert set(kept.breaks) == {Break(since=TODAY, until=date(2026, 11, 26)), christmas}
    await subscribed("i'm better")
    kept = await subscribed.profiles.load("1")
    assert kept is not None
    assert set(kept.breaks) == {christmas}


DAYS = st.integers(0, 20).map(lambda number: TODAY + timedelta(days=number))
PAUSES = st.builds(
    lambda start, length: Pause(start=start, until=(start or TODAY) + timedelta(days=length)),
    st.none() | DAYS,
    st.integers(1, 9),
)


@given(st.lists(PAUSES, max_size=6), PAUSES, st.booleans())
def test_a_new_pause_holds_and_no_other_day_is_paused_that_was_not(
    before: list[Pause],
    new: Pause,
    corrects: bool,  # noqa: FBT001  # as Hypothesis hands it over
) -> None:
    schedule = Schedule(at=time(8))
    for pause in before:
        schedule = with_pause(schedule, pause, TODAY)
    after = with_pause(schedule, new, TODAY, corrects=corrects)
    for number in range(40):
        day = TODAY + timedelta(days=number)
        assert after.is_paused_on(day) or not new.covers(day)
        assert not after.is_paused_on(day) or new.covers(day) or schedule.is_paused_on(day)
    ends = [(pause.start or TODAY, pause.until) for pause in after.pauses]
    assert all(first[1] < second[0] for first, second in itertools.pairwise(ends))
