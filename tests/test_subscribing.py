"""Somebody says in the chat what is to be sent to them, and it holds; told through the assistant."""

import re
from datetime import UTC, date, datetime, time

import pytest
from house import NUMB, Bot, an_assistant
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import Person

from bot.core.person.profile import Break
from bot.core.schedules.schedule import EVERY_DAY, FOR_GOOD, WORKDAYS, Quiet, What
from bot.core.schedules.words import Wanted
from bot.core.subscriptions.drafts import code, read_code
from bot.core.talk import Kind, Reply, Turn
from bot.services.ports import MissStore

WISH = "send me a tip at 7:30 on weekdays"
ENDS = ("stop", "leave me alone", "/unsubscribe", "/stop", "unsubscribe me", "no more tips please")
IN_LONDON = (WISH, "london")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def labels(reply: Reply) -> list[str]:
    return [each.label for each in reply.suggestions]


async def test_a_wish_in_words_needs_only_the_clock(person: Person) -> None:
    asked = await person(WISH)
    assert "By which clock?" in asked.text
    done = await person("I live in London")
    assert done.text.startswith("Done: a tip on weekdays at 07:30. I go by the clock of London")
    kept = await person.subscriber()
    assert kept.subscription.zone == "Europe/London"
    assert kept.subscription.what is What.TIP
    assert kept.subscription.schedule.weekdays == WORKDAYS
    assert kept.due is not None
    assert kept.due.at == at(25, 7, 30)  # today's is over: it is 7:30 and some seconds
    assert [each.at for each in done.dated] == [kept.due.at]
    assert done.dated[0].text in done.text


@pytest.mark.parametrize(
    ("talk", "when"),
    [
        (["remind me every morning", "berlin"], time(8)),
        (["tips on mon wed fri at 8", "in the morning", "UTC+2"], time(8)),
        (["tips at half seven", "evening", "usa", "New York, New York, United States"], time(19, 30)),
        (["/subscribe", "8", "pm", "lodnon", "yes"], time(20)),
        (["/subscribe", "8", "20:00", "sydney"], time(20)),
        (["/subscribe", "at 25:99", "9 am", "Berlin, 08:30 now"], time(9)),
        (["/subscribe weekdays at 6:45", "tokyo"], time(6, 45)),
        (["subscribe me", "18:00", "delhi"], time(18)),
        (["/subscribe", "12", "springfield", "Springfield, Illinois, United States"], time(12)),
        (["/subscribe", "half past six in the morning please", "Qwertyville", "paris"], time(6, 30)),
        (["daily tips please", "how often should i train?", "7:15", "milan"], time(7, 15)),
        (["a tip at 7:15", "how often should i train?", "in oslo"], time(7, 15)),
        (["a tip at 7:15", "dublinn", "no", "dublin"], time(7, 15)),
        (["tips at 8 pm, i am in London"], time(20)),
        (["send me tips at 7 pm please, i'm in Paris"], time(19)),
        (["Send me tips mon wed fri at 8 pm, i am in Springfield Illinois"], time(20)),
        (["tips at 8 am, i am in London"], time(8)),
        (["tip every day at 6 pm i am busy in the morning", "london"], time(18)),
        (
            ["every weekday at half 7", "i live in Springfield", "the one in Illinois", "evening"],
            time(19, 30),
        ),
        (["every weekday at half 7", "springfield", "the third one", "hm", "morning"], time(7, 30)),
        (["tip at half 7", "springfield", "None of these", "Peoria Illinois", "evening"], time(19, 30)),
        (["/subscribe", "springfield", "illinois please", "8 pm"], time(20)),
        (["every weekday at half 7", "i live in Berlin", "hm", "at noon"], time(12)),
        (["i moved to New York", "Send me tips", "8 pm"], time(20)),
        (["my time zone is GMT+3", "tips at 8 pm"], time(20)),
    ],
)
async def test_questions_are_answered_in_many_ways(person: Person, talk: list[str], when: time) -> None:
    reply = await person(*talk)
    assert reply.text.startswith("Done: "), reply.text
    assert (await person.schedule()).at == when


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("tips at 25:99", "I don't know that time"),
        ("a tip every full moon", "The moon and I"),
        ("tips at 8 and at 20", "once a day, at one time"),
        ("tips every other day", "I can't count every other day"),
    ],
)
async def test_what_cannot_be_has_a_kind_answer_with_and_without_a_chat(
    person: Person, said: str, says: str
) -> None:
    assert says in (await person(said)).text
    assert says in (await person.assistant.respond(Turn(text=said, now=at(24, 7)))).text
    assert await person.subscriptions.load(person.chat) is None


async def test_a_question_in_between_does_not_lose_the_wish(person: Person) -> None:
    await person(WISH)
    answer = await person("How do I start back training?")
    assert answer.entry == "how-to-start"
    assert (await person("london")).text.startswith("Done: ")


async def test_who_thinks_better_of_it_has_nothing_sent(person: Person) -> None:
    assert "I leave it as it is" in (await person(WISH, "never mind")).text
    assert (await person("london")).entry is None
    assert await person.subscriptions.load(person.chat) is None


@pytest.mark.parametrize("said", ENDS)
async def test_it_ends_at_once_with_one_line_and_comes_again_with_one_tap(person: Person, said: str) -> None:
    reply = await person(*IN_LONDON, said)
    assert "\n" not in reply.text
    ended = await person.subscriber()
    assert ended.ended_at is not None
    assert ended.due is None
    again = await person.tap("Start again", reply)
    assert again.text.startswith("Done: a tip on weekdays at 07:30.")
    assert (await person.subscriber()).ended_at is None


@pytest.mark.parametrize("said", ENDS)
async def test_with_nothing_sent_there_is_nothing_to_stop(person: Person, said: str) -> None:
    assert (await person(said)).text == person.bot.conversation.knowledge.messages.nothing_sent


async def test_stop_ends_the_routine_first(person: Person) -> None:
    await person(*IN_LONDON)
    await person.is_given("cat-cow", "bird-dog")
    reply = await person("/routine")
    await person.tap("Start", reply)
    assert "Stopped after" in (await person("stop")).text
    assert (await person.subscriber()).ended_at is None
    assert "nothing more by myself" in (await person("stop")).text


async def test_a_red_flag_goes_before_the_end(person: Person) -> None:
    await person(*IN_LONDON)
    reply = await person(f"stop, {NUMB}")
    assert reply.kind is Kind.RED_FLAG
    assert "pauses" in (await person("tips at 9 am")).text
    assert "pauses" in (await person("/subscribe")).text
    assert "nothing more by myself" in (await person("stop")).text


@pytest.mark.parametrize(
    ("said", "until", "following"),
    [
        ("/pause 3d", date(2026, 11, 27), at(27, 7, 30)),
        ("/pause 3", date(2026, 11, 27), at(27, 7, 30)),
        ("pause until monday", date(2026, 11, 30), at(30, 7, 30)),
        ("i'm on holiday until friday", date(2026, 11, 27), at(27, 7, 30)),
        ("/pause", FOR_GOOD, None),
        ("i'm on holiday", FOR_GOOD, None),
        ("I'm ill", FOR_GOOD, None),
        ("can i pause the tips while i'm away", FOR_GOOD, None),
    ],
)
async def test_a_pause_lasts_as_long_as_was_said(
    person: Person, said: str, until: date, following: datetime | None
) -> None:
    reply = await person(*IN_LONDON, said)
    kept = await person.subscriber()
    assert kept.subscription.schedule.paused_until == until
    assert (kept.due.at if kept.due else None) == following
    assert "Resume" in labels(reply)
    back = await person("i'm back")
    assert "Welcome back" in back.text
    assert (await person.schedule()).paused_until is None


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("don't send me tips on mondays", WORKDAYS - {0}),
        ("drop the friday one", WORKDAYS - {4}),
        ("stop the tips on fridays", WORKDAYS - {4}),
        ("every day but sunday", EVERY_DAY - {6}),
        ("remind me on saturday as well", WORKDAYS | {5}),
        ("don't send me tips on sundays", WORKDAYS),
    ],
)
async def test_days_are_left_out_of_those_that_hold_or_put_to_them(
    person: Person, said: str, days: frozenset[int]
) -> None:
    await person(*IN_LONDON, said)
    kept = (await person.subscriber()).subscription
    assert kept.schedule.weekdays == days
    assert (kept.what, kept.schedule.at) == (What.TIP, time(7, 30))


@pytest.mark.parametrize(
    "said",
    [
        "don't stop",
        "more tips please",
        "i like your tips, more please",
        "the tips are too early",
        "why did you stop sending tips",
        "don't text me at night",
        "fewer tips",
        "do i need to train every day",
        "I want to train every day",
        "give me a routine for mondays and fridays",
        "remind me how often to train",
        "remind me to take my pills at 8:00",
        "don't send me tips at 9 am",
    ],
)
async def test_what_is_no_wish_changes_nothing(person: Person, said: str) -> None:
    await person(*IN_LONDON)
    before = await person.subscriber()
    await person(said)
    kept = await person.subscriber()
    assert (kept.subscription.schedule, kept.subscription.what) == (
        before.subscription.schedule,
        before.subscription.what,
    )
    assert kept.ended_at is None


async def test_what_is_heard_among_other_words_changes_it_after_a_yes(person: Person) -> None:
    asked = await person(*IN_LONDON, "remind me to call mum at 8 pm")
    assert "Shall I change it to a reminder of your routine on weekdays at 20:00?" in asked.text
    assert "at 20:00" in (await person("yes")).text


@pytest.mark.parametrize("said", ["could I exercise on sunday", "can i train every day"])
@pytest.mark.parametrize("page", ["/settings days", "I'm on holiday"])
async def test_a_question_is_no_answer_to_an_open_page(person: Person, page: str, said: str) -> None:
    await person(*IN_LONDON, page)
    before = await person.schedule()
    await person(said)
    assert await person.schedule() == before


async def test_a_pause_that_begins_later_says_from_when_to_when(person: Person) -> None:
    await person(*IN_LONDON)
    said = await person("I'm on vacation from 1 december to 10 december")
    assert "nothing comes from Tuesday, 1 December, to Wednesday, 9 December" in said.text
    assert "tomorrow at 07:30" in said.text
    assert "Paused from Tuesday, 1 December" in (await person("/settings")).text
    assert "I pause from Friday" in (await person("I'm on holiday from friday")).text
    assert "to Thursday, 3 December" in (await person("for a week")).text


async def test_a_weekday_that_is_none_is_asked_for_again(person: Person) -> None:
    assert "I didn't get the days" in (await person("tips on sonday at 9:00")).text
    assert "on Sunday at 09:00" in (await person("sunday", "london")).text


async def test_who_has_stopped_it_resumes_it_in_one_word(person: Person) -> None:
    assert "Done: a tip on weekdays" in (await person(*IN_LONDON, "stop", "resume")).text


async def test_a_pause_without_an_end_gets_one_afterwards(person: Person) -> None:
    await person(*IN_LONDON, "i'm on holiday")
    await person("for two weeks")
    assert (await person.schedule()).paused_until == date(2026, 12, 8)


REST = (
    ("i'm on holiday", (Break(since=date(2026, 11, 24)),)),
    ("i'm ill", (Break(since=date(2026, 11, 24)),)),
    ("i'm on holiday until friday", (Break(since=date(2026, 11, 24), until=date(2026, 11, 26)),)),
    (
        "I'm on vacation from 1 december to 10 december",
        (Break(since=date(2026, 12, 1), until=date(2026, 12, 9)),),
    ),
    ("/pause 3d", ()),
)


@pytest.mark.parametrize(("said", "breaks"), REST)
async def test_illness_and_travel_are_a_break_from_training_too_until_one_is_back(
    said: str, breaks: tuple[Break, ...], person: Person
) -> None:
    await person(*IN_LONDON, said)
    assert (await person.profiles.load("1")).breaks == breaks
    await person("/resume")
    assert (await person.profiles.load("1")).breaks == ()


async def test_a_holiday_that_gets_another_end_is_one_break(person: Person) -> None:
    await person(*IN_LONDON, "i'm on holiday", "for two weeks")
    [rest] = (await person.profiles.load("1")).breaks
    assert (rest.since, rest.until) == (date(2026, 11, 24), date(2026, 12, 7))
    assert "You have a break" in (await person("/progress")).text


async def test_who_gets_nothing_and_is_ill_is_answered_as_before(person: Person) -> None:
    assert (await person("I'm ill")).topic not in {"subscribe", "unsubscribe"}
    assert "nothing to pause" in (await person("/pause")).text


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("later today", at(24, 10, 30)),
        ("/later", at(24, 10, 30)),
        ("in 2 hours", at(24, 9, 30)),
        ("later today at 8 pm", at(24, 20)),
        ("later today at 7 am", None),
    ],
)
async def test_later_today_is_once_and_moves_nothing(
    person: Person, said: str, when: datetime | None
) -> None:
    await person(*IN_LONDON)
    await person.has_got_today()
    await person(said)
    kept = await person.subscriber()
    assert kept.due is not None
    if when is None:
        assert kept.due.at == at(25, 7, 30)
        return
    assert kept.due.at.replace(second=0) == when
    assert kept.due.day == date(2026, 11, 24)
    assert kept.subscription.schedule.at == time(7, 30)


async def test_what_was_put_off_once_is_not_put_off_again_by_an_old_button(person: Person) -> None:
    await person(*IN_LONDON)
    await person.has_got_today()
    await person("/later")
    assert "The next one comes today at 10:30." in (await person("/later")).text
    assert (await person.subscriber()).due == (await person.schedule()).postponed
    await person("/later in 4 hours")
    assert (await person.subscriber()).due == (await person.schedule()).postponed
    postponed = (await person.schedule()).postponed
    assert postponed is not None
    assert postponed.at.replace(second=0) == at(24, 11, 30)


async def test_not_now_where_nothing_was_asked_moves_nothing(person: Person) -> None:
    await person(*IN_LONDON)
    await person.has_got_today()
    before = await person.subscriber()
    await person("not now")
    assert await person.subscriber() == before


async def test_where_a_red_flag_is_open_no_moment_is_promised(person: Person) -> None:
    await person(*IN_LONDON)
    await person.has_got_today()
    before = await person.subscriber()
    await person(NUMB)
    for said in ("/later", "later today", "in 2 hours", "/settings", "/settings days"):
        reply = await person(said)
        assert "I send nothing by myself until somebody has seen you" in reply.text
        assert "The next one" not in reply.text
        assert not reply.dated
    assert (await person.subscriber()).due == before.due


@pytest.mark.parametrize("is_later", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        "switch to reminders",
        "only reminders from now on",
        "change to reminders please",
        "no more tips, only reminders",
        "reminders instead of tips",
    ],
)
async def test_who_wants_the_other_thing_is_sent_that_and_nothing_ends(
    person: Person, said: str, *, is_later: bool
) -> None:
    await person(*IN_LONDON)
    if is_later:
        await person("how often should i train?")
    done = await person(said)
    assert done.text.startswith("Done: a reminder of your routine on weekdays at 07:30.")
    assert (await person.subscriber()).ended_at is None
    back = await person("switch to tips")
    assert back.text.startswith("Done: a tip on weekdays at 07:30.")


@pytest.mark.parametrize("said", ["yes", "yes please", "yes please a", "yes once"])
async def test_a_yes_to_nothing_changes_nothing(person: Person, said: str) -> None:
    await person(*IN_LONDON)
    before = await person.subscriber()
    await person(said)
    assert await person.subscriber() == before


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("22-7", time(22), time(7)),
        ("10 pm to 7 am", time(22), time(7)),
        ("10pm - 7am", time(22), time(7)),
        ("between 10 pm and 7 am", time(22), time(7)),
        ("from ten to seven", time(22), time(7)),
        ("10-7", time(22), time(7)),
        ("from 21:30 to 6", time(21, 30), time(6)),
        ("9:00 to 17:00", time(9), time(17)),
        ("9 am until 5 pm", time(9), time(17)),
        ("1 to 6", time(1), time(6)),
        ("midnight till 8", time(0), time(8)),
        ("24-6", time(0), time(6)),
    ],
)
async def test_quiet_hours_are_heard_as_people_say_them(
    person: Person, said: str, start: time, end: time
) -> None:
    await person(*IN_LONDON, "/settings quiet", said)
    assert (await person.schedule()).quiet == Quiet(start=start, end=end)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("quiet between 22 and 7", time(22), time(7)),
        ("be quiet between 10 and 7", time(22), time(7)),
        ("quiet from 22 to 7", time(22), time(7)),
        ("quiet hours 22-7", time(22), time(7)),
        ("set quiet hours from 9 pm to 8 am please", time(21), time(8)),
        ("no messages between 10pm and 7am", time(22), time(7)),
        ("don't send me anything from 11 pm to 6 am", time(23), time(6)),
    ],
)
async def test_quiet_hours_can_be_set_whatever_was_talked_of(
    person: Person, said: str, start: time, end: time
) -> None:
    assert "I send you nothing by myself so far" in (await person(said)).text
    await person(*IN_LONDON, "how often should i train?", said)
    assert (await person.schedule()).quiet == Quiet(start=start, end=end)


@pytest.mark.parametrize(
    "said", ["be quiet at night", "don't write at night", "please no messages at night", "quiet hours"]
)
async def test_who_wants_quiet_nights_chooses_the_hours(person: Person, said: str) -> None:
    assert "I send you nothing by myself so far" in (await person(said)).text
    await person(*IN_LONDON, "how often should i train?")
    await person.tap("22:00 to 07:00", await person(said))
    assert (await person.schedule()).quiet == Quiet(start=time(22), end=time(7))


@pytest.mark.parametrize(
    "said", ["quiet between 22 and 7, i want to die", "be quiet at night, i want to end my life"]
)
async def test_a_cry_for_help_beside_quiet_hours_is_heard(person: Person, said: str) -> None:
    assert (await person(*IN_LONDON, said)).red_flag is not None


@pytest.mark.parametrize("said", ["none", "no quiet hours", "off"])
async def test_no_quiet_hours_are_heard_as_well(person: Person, said: str) -> None:
    await person(*IN_LONDON, "/settings quiet 22-7")
    assert (await person.schedule()).quiet is not None
    await person("/settings quiet", said)
    assert (await person.schedule()).quiet is None


@pytest.mark.parametrize("said", ["all the time", "ten", "25 to 99", "8 am to 8 am"])
async def test_what_is_no_quiet_hours_is_asked_for_again(person: Person, said: str) -> None:
    await person(*IN_LONDON, "/settings quiet")
    assert "I didn't get the hours" in (await person(said)).text
    assert (await person.schedule()).quiet is None


@pytest.mark.parametrize(
    "said", ["tips at 20:00", "tips at the weekend", "/subscribe t2000", "i moved to berlin"]
)
async def test_a_change_ends_no_pause_and_says_so(person: Person, said: str) -> None:
    await person(*IN_LONDON, "/pause 3")
    changed = await person(said)
    assert "It stays paused until Friday, 27 November. The next one comes " in changed.text
    assert "Resume" in labels(changed)
    assert (await person.schedule()).paused_until == date(2026, 11, 27)
    await person("/pause")
    assert "It stays paused until you say “resume”." in (await person("tips at 19:00")).text
    assert (await person.schedule()).paused_until == FOR_GOOD
    await person("/subscribe")
    assert (await person.schedule()).paused_until is None


@pytest.mark.parametrize(
    ("asks", "said", "says"),
    [
        ("/settings time", "4", "04:00"),
        ("/settings days", "3", "03:00"),
        ("/settings zone", "2", "I don't know that place"),
        ("/settings pause", "2", "I didn't get for how long"),
    ],
)
async def test_a_number_is_no_place_among_buttons_that_bear_none(
    person: Person, asks: str, said: str, says: str
) -> None:
    await person(*IN_LONDON)
    before = await person.subscriber()
    reply = await person(asks, said)
    assert says in " ".join([reply.text, *labels(reply)])
    assert await person.subscriber() == before


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tips twice a day", EVERY_DAY),
        ("tips at 25:99 on weekdays", WORKDAYS),
        ("tips at 7 and 9", EVERY_DAY),
        ("a tip every other day", EVERY_DAY),
        ("a tip once a month", EVERY_DAY),
    ],
)
async def test_a_refusal_that_asks_hears_the_answer(person: Person, said: str, days: frozenset[int]) -> None:
    await person(said)
    assert "By which clock?" in (await person("9 am")).text
    assert (await person("london")).text.startswith("Done: a tip ")
    schedule = await person.schedule()
    assert (schedule.at, schedule.weekdays) == (time(9), days)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("yes", frozenset({0, 2, 4, 6})),
        ("On Mon, Wed, Fri and Sun", frozenset({0, 2, 4, 6})),
        ("make it mondays and thursdays", frozenset({0, 3})),
    ],
)
async def test_what_cannot_be_offers_what_comes_near_and_keeps_the_time(
    person: Person, said: str, days: frozenset[int]
) -> None:
    assert labels(await person("remind me every other day at 7pm"))[0] == "On Mon, Wed, Fri and Sun"
    await person(said, "berlin")
    kept = (await person.subscriber()).subscription
    assert (kept.what, kept.schedule.at, kept.schedule.weekdays) == (What.ROUTINE, time(19), days)


async def test_what_comes_near_is_not_sent_after_a_no(person: Person) -> None:
    await person("a tip once a month at 8 pm in berlin", "no")
    assert await person.subscriptions.load(person.chat) is None
    await person("a tip once a month at 8 pm in berlin", "Once a week")
    assert (await person.schedule()).weekly_on is not None


@pytest.mark.parametrize("said", ["pause for two weeks", "pause until monday", "no tips tomorrow"])
async def test_where_nothing_is_sent_there_is_nothing_to_pause(person: Person, said: str) -> None:
    reply = await person(said)
    assert "there is nothing to pause" in reply.text
    assert labels(reply) == ["Send me tips"]


@pytest.mark.parametrize("said", ["i moved to a new flat", "i live in a small room", "i am now in reading"])
async def test_what_is_no_city_sets_no_clock(person: Person, said: str) -> None:
    assert "by the clock" not in (await person(said)).text


async def test_a_refused_change_hears_another_time_and_keeps_the_days(person: Person) -> None:
    await person(*IN_LONDON, "tips twice a day", "9 am")
    schedule = await person.schedule()
    assert (schedule.at, schedule.weekdays) == (time(9), WORKDAYS)


@pytest.mark.parametrize("said", ["delete me", "delete all my data", "erase everything you know about me"])
async def test_who_wants_everything_erased_is_asked_once(person: Person, said: str) -> None:
    await person(*IN_LONDON)
    await person.tap("Yes, erase it all", await person(said))
    assert await person.subscriptions.load(person.chat) is None


async def test_who_ends_it_and_wants_everything_erased_hears_how(person: Person) -> None:
    await person(*IN_LONDON)
    reply = await person("unsubscribe me and delete everything")
    assert "nothing more by myself" in reply.text
    assert "/forget" in reply.text
    assert (await person.subscriber()).ended_at is not None


async def test_the_settings_change_everything_with_buttons(person: Person) -> None:
    reply = await person(*IN_LONDON, "/settings")
    assert {
        "What",
        "Time: 07:30",
        "Days",
        "Quiet hours",
        "Without a sound",
        "Time zone",
        "Pause",
        "End",
    } <= set(labels(reply))
    reply = await person.tap("Both", await person.tap("What", reply))
    reply = await person.tap("Without a sound", reply)
    reply = await person.tap("22:00 to 07:00", await person.tap("Quiet hours", reply))
    days = await person.tap("Sat", await person.tap("Days", reply))
    assert "✓ Sat" in labels(days)
    times = await person.tap("Time: 07:30", await person.tap("Back", days))
    await person.tap("18:00", times)
    zones = await person.tap("Time zone", await person("/settings"))
    await person.tap(next(label for label in labels(zones) if label.startswith("Berlin")), zones)
    kept = (await person.subscriber()).subscription
    assert (kept.what, kept.is_silent, kept.zone) == (What.BOTH, True, "Europe/Berlin")
    assert kept.schedule.quiet == Quiet(start=time(22), end=time(7))
    assert (kept.schedule.at, kept.schedule.weekdays) == (time(18), WORKDAYS | {5})
    paused = await person.tap("A week", await person.tap("Pause", await person("/settings")))
    assert "Paused" in paused.text
    assert "nothing more" in (await person.tap("End", await person("/settings"))).text


async def test_settings_can_be_typed_where_they_are_asked_for(person: Person) -> None:
    await person(*IN_LONDON, "/settings quiet", "from 21:30 to 6")
    await person("/settings days", "weekends")
    await person("/settings time", "quarter past nine in the morning")
    await person("/settings zone", "UTC+5:30")
    kept = (await person.subscriber()).subscription
    assert kept.schedule.quiet == Quiet(start=time(21, 30), end=time(6))
    assert kept.schedule.weekdays == EVERY_DAY - WORKDAYS
    assert (kept.schedule.at, kept.zone) == (time(9, 15), "UTC+05:30")


async def test_the_last_day_cannot_be_taken_out(person: Person) -> None:
    await person("tips on sunday at 9:00", "london")
    assert "One day has to stay" in (await person("/settings day 6")).text
    assert (await person.schedule()).weekdays == {6}


@pytest.mark.parametrize("said", ["make it weekly", "once a week please", "less often", "/settings weekly"])
async def test_it_can_come_weekly(person: Person, said: str) -> None:
    await person(*IN_LONDON, said)
    assert (await person.schedule()).weekly_on is not None


async def test_what_changes_says_what_becomes_of_today(person: Person) -> None:
    await person(*IN_LONDON)
    assert "today at 18:00" in (await person("change my tips to 6 pm")).text
    await person.has_got_today()
    assert "Today's has come already." in (await person("tips at 20:00")).text
    assert (await person.schedule()).weekdays == WORKDAYS


async def test_where_others_read_along_nothing_is_sent(person: Person) -> None:
    for said in (WISH, "/subscribe", "subscribe me", "/settings"):
        assert "private chat" in (await person(said, is_public=True)).text
    assert await person.subscriptions.load(person.chat) is None


async def test_what_is_held_of_it_is_shown_and_erased(person: Person) -> None:
    shown = (await person(WISH, "/mydata")).text
    assert "You were choosing what I send you: a tip, 07:30, Mon, Tue, Wed, Thu, Fri" in shown
    shown = (await person(*IN_LONDON, "/mydata")).text
    for words in (
        "at 07:30 on Mon, Tue, Wed, Thu, Fri, by the clock of Europe/London",
        "zone: Europe/London",
    ):
        assert words in shown
    await person("/forget yes")
    assert await person.subscriptions.load(person.chat) is None
    assert not (await person.profiles.load(person.chat)).zone


async def test_a_routine_belongs_to_the_day_of_the_person(person: Person) -> None:
    await person("/settings zone", "auckland")  # half past eight in the evening there
    await person.says_it_is_fit()
    assert (await person.session()).routine.day == date(2026, 11, 24)
    person.bot.clock.advance(hours=4)  # after midnight there, before noon in UTC
    await person.says_it_is_fit()
    assert (await person.session()).routine.day == date(2026, 11, 25)


async def test_a_forged_or_old_button_does_no_harm(person: Person) -> None:
    for said in (
        "/subscribe t9999",
        "/zone Mars/Base",
        "/settings day 9",
        "/settings quiet 99-99",
        "/pause 0",
    ):
        assert (await person(said)).text
    await person(*IN_LONDON)
    for said in (
        "/settings day 9",
        "/settings quiet 99-99",
        "/settings what all",
        "/pause 0",
        "/pause 9999",
        "/zone ../../etc",
    ):
        assert (await person(said)).text
    assert (await person.schedule()).weekdays == WORKDAYS


@pytest.mark.parametrize("city", ["Rio de Janeiro", "Santiago de Cuba", "Nanded", "Pinsk"])
async def test_a_city_is_no_red_flag_where_one_is_asked_for(person: Person, city: str) -> None:
    assert (await person(WISH, city)).text.startswith("Done: ")
    assert (await person("/settings zone", "my foot drags and i can't lift it")).kind is Kind.RED_FLAG


async def test_a_terminal_keeps_the_settings_and_says_that_nothing_comes_there(
    bot: Bot, misses: MissStore
) -> None:
    terminal = Person(bot)
    assistant = an_assistant(
        bot.conversation, terminal.contexts, misses, subscriptions=terminal.subscriptions, delivers=False
    )
    for said in IN_LONDON:
        reply = await assistant.respond(Turn(text=said, now=bot.clock(), chat="1", person="1"))
    assert "Here nothing can come by itself" in reply.text
    assert "next one" not in reply.text
    assert (await terminal.subscriber()).due is None
    assert (await terminal.schedule()).at == time(7, 30)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("when is my next tip", "The next one comes"),
        ("silent please", "without a sound"),
        ("I've moved to Tokyo", "the clock of Tokyo"),
        ("change time zone", "By which clock"),
        ("is my tip still on", "A tip on weekdays"),
        ("make it 8:00 instead of 9", "at 08:00"),
        ("/resume", "Nothing is paused"),
    ],
)
async def test_few_words_are_enough(person: Person, said: str, says: str) -> None:
    assert says in (await person(*IN_LONDON, said)).text


async def test_a_part_of_the_day_is_heard_in_few_words_and_a_city_is_none(person: Person) -> None:
    assert "morning or in the evening" in (await person("tips at 7", "new york city")).text
    assert "at 19:00" in (await person("no, the evening one")).text


async def test_what_is_wished_bit_by_bit_is_joined(person: Person) -> None:
    reply = await person("tips every evening at 8 please", "tips on weekdays only, can you?")
    assert "on weekdays at 20:00" in reply.text


wishes = st.builds(
    Wanted,
    what=st.none() | st.sampled_from(What),
    at=st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    weekdays=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    weekly=st.booleans(),
)


@given(wishes)
def test_a_wish_goes_through_a_button_as_it_is(wanted: Wanted) -> None:
    assert read_code(code(wanted)) == wanted


WORDS = re.findall(
    r"\S+",
    """tip tips remind me stop pause resume later today every day weekdays monday at 8 half seven 25:99 london
    springfield utc +5 yes no first 1 2 9 morning evening /subscribe /settings /pause /later /zone quiet 22-7
    for 3 days until friday never mind 🙃 holiday ill weekly""",
)
MESSAGES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_talk_breaks_it_and_what_is_due_is_to_come(bot: Bot, talk: list[str]) -> None:
    person = Person(bot)
    for said in talk:
        reply = await person(said)
        assert reply.text
        assert not re.search(r"\{\w+\}", reply.text)
    kept = await person.subscriptions.load(person.chat)
    assert kept is None or kept.due is None or kept.due.at > bot.clock()


@pytest.mark.parametrize(
    ("said", "entry"),
    [("tips at 8:30", "subscribe"), ("tips at 25:99", "subscribe"), ("pause 3d", "unsubscribe")],
)
async def test_programs_read_what_a_wish_stands_for(person: Person, said: str, entry: str) -> None:
    await person(*IN_LONDON)
    reply = await person(said)
    assert (reply.kind, reply.entry, reply.topic) == (Kind.SMALL_TALK, entry, entry)
