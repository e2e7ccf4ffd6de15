"""One delivery later today, as people say it: it comes once more, and the schedule stays as it is."""

from datetime import UTC, date, datetime, time

import pytest
from people import Person

from bot.core.subscriptions.drafts import Awaits

TIPS = ("send me a tip at 7:30 on weekdays", "london")
TODAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


@pytest.fixture
async def subscribed(person: Person) -> Person:
    """Somebody who got a tip a while ago."""
    await person(*TIPS, "thanks")
    await person.has_got_today()
    person.bot.clock.advance(minutes=5)
    return person


async def _comes(person: Person) -> datetime:
    """When the next one comes, where that is today's once more and nothing else has changed."""
    kept = await person.subscriber()
    assert kept.due is not None
    assert kept.due.day == TODAY
    assert kept.subscription.schedule.at == time(7, 30)
    return kept.due.at.replace(second=0)


@pytest.mark.parametrize(
    "said",
    [
        "this evening please",
        "not now, this evening",
        "not now, in the evening",
        "tonight instead",
        "later this evening",
        "remind me tonight",
        "can you remind me this evening",
        "send it to me this evening",
        "postpone it to this evening",
        "/later this evening",
        "/later tonight",
        "better this evening",
    ],
)
async def test_this_evening_is_once_and_in_the_evening(said: str, subscribed: Person) -> None:
    assert "Good, I write again today at 19:00" in (await subscribed(said)).text
    assert await _comes(subscribed) == at(19)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("postpone to 6pm", at(18)),
        ("postpone it until 6 pm please", at(18)),
        ("delay to 18:00", at(18)),
        ("push it to 6 pm", at(18)),
        ("postpone to 9", at(9)),
        ("postpone to 6", at(18)),
        ("not now, at 8", at(8)),
        ("tonight at 8", at(20)),
        ("remind me at 6 pm today", at(18)),
        ("today at 6", at(18)),
        ("this afternoon please", at(15)),
        ("postpone it by 2 hours", at(9, 35)),
        ("/later 8 pm", at(20)),
        ("/later 2h", at(9, 35)),
    ],
)
async def test_a_time_of_today_is_the_next_one_that_the_clock_shows(
    said: str, when: datetime, subscribed: Person
) -> None:
    await subscribed(said)
    assert await _comes(subscribed) == when


async def test_right_after_it_was_set_up_it_moves_nothing_either(person: Person) -> None:
    await person(*TIPS)
    await person.has_got_today()
    await person("this evening please")
    assert await _comes(person) == at(19)


@pytest.mark.parametrize(("hour", "says"), [(20, "today at 21:"), (23, "doesn't fit into today")])
async def test_in_the_evening_itself_it_is_an_hour_later_as_long_as_that_is_today(
    hour: int, says: str, subscribed: Person
) -> None:
    now = subscribed.bot.clock()
    subscribed.bot.clock.advance(minutes=(hour - now.hour) * 60)
    assert says in (await subscribed("this evening please")).text


@pytest.mark.parametrize("said", ["/later -2h", "in -2 hours", "today at 7 am", "this morning at 6"])
async def test_what_is_over_is_no_later(said: str, subscribed: Person) -> None:
    assert "doesn't fit into today" in (await subscribed(said)).text
    assert (await subscribed.schedule()).postponed is None


@pytest.mark.parametrize(
    "said",
    [
        "i train tonight",
        "can i train tonight",
        "i will exercise this evening",
        "should i stretch this evening?",
        "my back hurts this evening",
        "i train today at 6 pm",
    ],
)
async def test_who_speaks_of_training_tonight_postpones_nothing(said: str, subscribed: Person) -> None:
    await subscribed(said)
    assert (await subscribed.schedule()).postponed is None


@pytest.mark.parametrize(
    "said", ["remind me tonight", "send me a tip this evening", "remind me today at 6 pm"]
)
async def test_a_single_message_is_none_of_those_that_there_are(said: str, person: Person) -> None:
    assert "I can't write just once" in (await person(said)).text


async def test_this_evening_is_nothing_to_somebody_who_gets_nothing(person: Person) -> None:
    reply = await person("this evening")
    assert "write again" not in reply.text
    assert await person.subscriptions.load("1") is None


@pytest.mark.parametrize(
    ("talk", "when"),
    [
        (("/subscribe", "this evening"), time(19)),
        (("/subscribe", "tonight at 8"), time(20)),
        (("tips at 8", "this evening"), time(20)),
    ],
)
async def test_who_is_asked_when_says_it_of_every_day(
    talk: tuple[str, ...], when: time, person: Person
) -> None:
    assert f"A tip every day at {when:%H:%M}, gladly" in (await person(*talk)).text


@pytest.mark.parametrize("said", ["skip tonight", "no tip tonight", "skip this evening"])
async def test_tonight_is_skipped_and_not_tomorrow(said: str, person: Person) -> None:
    await person("tips at 8 pm", "london", said)
    assert (await person.schedule()).paused_until == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("postpone it to tomorrow", date(2026, 11, 25)),
        ("postpone until monday", date(2026, 11, 30)),
        ("postpone it to monday", date(2026, 11, 30)),
        ("snooze for 3 days", date(2026, 11, 27)),
        ("delay it by a week", date(2026, 12, 1)),
        ("/later until friday", date(2026, 11, 27)),
    ],
)
async def test_what_is_put_off_past_this_day_pauses(said: str, until: date, subscribed: Person) -> None:
    reply = await subscribed(said)
    assert "Paused." in reply.text
    assert reply.draft is not None
    assert reply.draft.awaits is Awaits.PAUSED
    assert (await subscribed.schedule()).paused_until == until
