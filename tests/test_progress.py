"""How regularly somebody trains: kind figures that rest, illness and travel leave as they are."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from bot_api import BotApi
from bot_api_rules import bad_request
from house import Bot
from hypothesis import given
from hypothesis import strategies as st
from people import Person
from PIL import Image

from bot.core.exercises.exercise import Purpose
from bot.core.model import Knowledge
from bot.core.person.profile import Break, Done, Profile
from bot.core.player.progress import (
    Chart,
    Day,
    calendar,
    days_by_week,
    minutes_by_purpose,
    steadiness,
    with_break,
    without_break,
)
from bot.core.player.progress_hearing import ProgressHearing
from bot.drawing.charts import draw

TODAY = date(2026, 11, 25)  # a Wednesday


def _did(*ago: int, exercise: str = "cat-cow") -> tuple[Done, ...]:
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    return tuple(
        Done(exercise=exercise, at=noon - timedelta(days=days)) for days in sorted(ago, reverse=True)
    )


def test_days_count_once_and_weeks_begin_on_monday() -> None:
    assert days_by_week(_did(0, 0, 1, 2, 3, 9, 10, 30), TODAY) == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("ago", "steady"),
    [((), None), ((0,), 100), (tuple(range(0, 28, 2)), 100), ((27, 20, 13, 6), 35), ((60,), 0)],
)
def test_steadiness_is_the_share_of_the_goal_over_four_weeks(
    ago: tuple[int, ...], steady: int | None
) -> None:
    assert steadiness(Profile(history=_did(*ago)), TODAY) == steady


def test_one_missed_day_hardly_changes_it() -> None:
    every_other = [*range(0, 28, 2)]
    usual = steadiness(Profile(goal=4, history=_did(*every_other)), TODAY)
    missed = steadiness(Profile(goal=4, history=_did(*every_other[1:])), TODAY)
    assert usual is not None
    assert missed is not None
    assert 0 <= usual - missed <= 15


@given(rest=st.integers(1, 200), days=st.sets(st.integers(0, 40), min_size=1))
def test_a_break_of_any_length_freezes_it(rest: int, days: set[int]) -> None:
    """Whoever trained, then has a break that still goes on, stands where they stood the day before it."""
    before = Profile(history=_did(*days))
    broken = Profile(history=_did(*days), breaks=(Break(since=TODAY + timedelta(days=1)),))
    tomorrow = TODAY + timedelta(days=1)
    assert steadiness(broken, TODAY + timedelta(days=rest)) == steadiness(before, tomorrow)


def test_a_break_ends_and_one_of_no_day_is_none() -> None:
    begun = with_break((), TODAY)
    assert without_break(begun, TODAY) == ()
    assert without_break(begun, TODAY + timedelta(days=3)) == (
        Break(since=TODAY, until=TODAY + timedelta(days=2)),
    )


def test_the_calendar_shows_what_each_day_of_four_weeks_was() -> None:
    resting = (Break(since=TODAY - timedelta(days=2), until=TODAY),)
    weeks = calendar(Profile(history=_did(1, 8), breaks=resting), TODAY)
    assert [len(week) for week in weeks] == [7, 7, 7, 7]
    assert weeks[3] == (Day.RESTED, Day.TRAINED, Day.RESTED, *[Day.TO_COME] * 4)
    assert [day is Day.TRAINED for day in weeks[2]] == [number == 1 for number in range(7)]
    assert set(weeks[0]) == {Day.FREE}


def test_a_chart_is_one_small_picture_whatever_it_shows() -> None:
    for minutes in ((), (("stretch", 1),), (("stretch", 1), ("a very long name of a kind", 10_000))):
        weeks = calendar(Profile(history=_did(0, 3, 9)), TODAY)
        chart = Chart(title="Weeks", weekdays=("Mo",), weeks=weeks, minutes_title="Minutes", minutes=minutes)
        with Image.open(io.BytesIO(draw(chart))) as picture:
            assert picture.format == "PNG"
            assert picture.width == 640
            assert picture.height <= 1280
            assert draw(chart) == draw(chart)
        assert len(draw(chart)) < 50_000


async def test_progress_is_a_picture_too_that_the_text_below_says_in_words(
    silent_api: BotApi, bot: Bot
) -> None:
    chat = silent_api.private()
    person = Person(bot, chat=str(chat.id))
    bot.assistant = person.assistant
    await person.is_given("cat-cow")
    await person("/routine start", "done")
    async with bot.serving(silent_api):
        silent_api.say(chat, "/progress")
        shown = await silent_api.reply(chat)
        assert shown.content["photo"]
        assert "1 of the 3 days" in shown.words
        silent_api.fail(bad_request("PHOTO_INVALID_DIMENSIONS"), "sendPhoto", times=None)
        silent_api.say(chat, "/progress")
        assert "1 of the 3 days" in (await silent_api.reply(chat)).text


def test_minutes_are_told_by_kind(knowledge: Knowledge) -> None:
    history = (
        *_did(40, exercise="bird-dog"),
        *_did(2, 1, exercise="bird-dog"),
        *_did(0),
        *_did(0, exercise="x"),
    )
    found = minutes_by_purpose(history, knowledge.exercises, TODAY)
    assert set(found) == {Purpose.STRENGTHEN, Purpose.MOBILISE}
    assert found[Purpose.STRENGTHEN] == round(2 * knowledge.exercises["bird-dog"].dose.total / 60)


async def test_progress_is_told_after_a_routine_and_by_its_command(bot: Bot) -> None:
    person = Person(bot)
    assert "nothing to count yet" in (await person("/progress")).text
    await person.is_given("cat-cow")
    over = await person("/routine start", "done")
    assert "1 of the 3 days" in (await person.tap("Right", over)).text
    page = await person("/progress")
    assert "1 of the 3 days" in page.text
    assert "100 of 100" in page.text
    goals = await person.tap("Change my goal", page)
    assert "1 of the 5 days" in (await person.tap("5", goals)).text


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (["set my goal to 5 days"], "1 of the 5 days"),
        (["set my goal to four days a week please"], "1 of the 4 days"),
        (["change my goal", "five days"], "1 of the 5 days"),
        (["/progress goal", "2 times a week"], "1 of the 2 days"),
        (["set my goal to 9 days", "seven"], "1 of the 7 days"),
        (["/progress", "i need a break"], "You have a break"),
        (["i need a break from training"], "You have a break"),
        (["i need a break from training", "im back"], "This week"),
        (["i need a break", "I need a break"], "You have a break"),
        (["/progress", "don't count"], "I count nothing for you"),
        (["how many days did i train"], "1 of the 3 days"),
        (["my streak"], "1 of the 3 days"),
        (["how did i do this week"], "1 of the 3 days"),
        (["how am i doing?"], "1 of the 3 days"),
        (["tips at 8 pm in London", "how am i doing?"], "1 of the 3 days"),
    ],
)
async def test_progress_is_heard_in_words(bot: Bot, talk: list[str], says: str) -> None:
    person = Person(bot)
    await person.is_given("cat-cow")
    await person("/routine start", "done")
    assert says in (await person(*talk)).text


async def test_a_goal_and_a_break_are_told_before_there_was_any_training(bot: Bot) -> None:
    person = Person(bot)
    assert "0 of the 5 days" in (await person("set my goal to five days")).text
    assert "You have a break" in (await person("I need a break")).text


async def test_so_many_days_are_no_goal_where_none_was_asked_for(bot: Bot) -> None:
    person = Person(bot)
    assert "that you mean to train" not in (await person("five days")).text


async def test_a_break_from_a_step_is_none_from_training(bot: Bot) -> None:
    person = Person(bot)
    await person.is_given("cat-cow")
    assert "Paused" in (await person("/routine start", "i need a break")).text


def test_nothing_else_that_people_say_is_taken_for_progress(knowledge: Knowledge) -> None:
    hearing = ProgressHearing(knowledge.routine_talk, knowledge.vocabulary)
    said = [text for entry in knowledge.entries.values() for text in (*entry.utterances, *entry.held_out)]
    said += [*knowledge.background, *knowledge.calm]
    said += [text for flag in knowledge.red_flags.values() for text in (*flag.examples, *flag.look_alikes)]
    assert [text for text in said if hearing.pick(text, None)] == []


async def test_a_break_freezes_it_until_the_person_is_back(bot: Bot) -> None:
    person = Person(bot)
    await person.is_given("cat-cow")
    await person("/routine start", "done")
    resting = await person("/progress break")
    assert "You have a break" in resting.text
    bot.clock.advance(hours=24 * 40)
    assert "100 of 100" in (await person("/progress break")).text
    assert "You have a break" not in (await person.tap("I am back", resting)).text
    assert "A break from" in (await person("/mydata")).text


async def test_whoever_does_not_want_it_hears_nothing_of_it(bot: Bot, knowledge: Knowledge) -> None:
    person = Person(bot)
    off = await person("/progress off")
    assert off.text == knowledge.routine_talk.player["progress_off"]
    await person.is_given("cat-cow")
    over = await person("/routine start", "done")
    assert (await person.tap("Right", over)).text == knowledge.routine_talk.player["felt_right"]
    assert "1 of the 3 days" in (await person.tap("Count again", off)).text


async def test_nobody_else_sees_it(bot: Bot, knowledge: Knowledge) -> None:
    person = Person(bot)
    assert (await person("/progress", is_public=True)).text == knowledge.messages.in_private
    for odd in ("/progress goal ²", "/progress goal 99", "/progress x"):
        assert (await person(odd)).text


FROZEN = [
    "I'm ill",
    "i have the flu",
    "I'm on holiday",
    "im on holiday until 3 december",
]


@pytest.mark.parametrize("words", FROZEN)
async def test_illness_and_a_holiday_freeze_the_figure_of_those_to_whom_nothing_is_sent(
    words: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.profiles.add("1", Done(exercise="cat-cow", at=bot.clock()))
    bot.clock.advance(days=1)
    before = steadiness(await person.profiles.load("1"), bot.clock().date())
    reply = await person(words)
    assert knowledge.routine_talk.player["progress_frozen"] in reply.text
    bot.clock.advance(days=6)
    profile = await person.profiles.load("1")
    assert steadiness(profile, bot.clock().date()) == before
    assert len(profile.breaks) == 1


async def test_who_is_back_is_counted_again_also_after_a_routine_that_was_left(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.is_given("cat-cow", "bird-dog")
    await person("/routine start", "done", "I'm on holiday")
    bot.clock.advance(days=1)
    await person("/progress", "im back")
    assert (await person.profiles.load("1")).breaks[0].until == bot.clock().date() - timedelta(days=1)


async def test_a_break_ends_when_somebody_is_better_or_back(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    says = knowledge.routine_talk.player
    for begins, ends in (("I'm ill", "i feel better now"), ("I'm on holiday", "im back from holiday")):
        await person.profiles.add("1", Done(exercise="cat-cow", at=bot.clock()))
        await person(begins)
        bot.clock.advance(days=3)
        assert says["progress_unfrozen"] in (await person(ends)).text
        (rest,) = (await person.profiles.load("1")).breaks[-1:]
        assert rest.until == bot.clock().date() - timedelta(days=1)


@pytest.mark.parametrize("words", FROZEN)
async def test_who_has_no_figure_gets_no_word_of_it(words: str, person: Person, knowledge: Knowledge) -> None:
    assert knowledge.routine_talk.player["progress_frozen"] not in (await person(words)).text
    assert not (await person.profiles.load("1")).breaks


async def test_who_does_not_want_to_be_counted_hears_nothing_of_it(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.profiles.add("1", Done(exercise="cat-cow", at=bot.clock()))
    await person("/progress off")
    assert knowledge.routine_talk.player["progress_frozen"] not in (await person("I'm ill")).text
    assert (await person.profiles.load("1")).breaks
