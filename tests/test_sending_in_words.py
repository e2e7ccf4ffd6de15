"""What is sent, said as real people say it: two things of which one ends, odd times, days and pauses."""

from datetime import date, time

import pytest
from house import Bot
from people import Person

from bot.core.model import Action
from bot.core.schedules.schedule import EVERY_DAY, FOR_GOOD, WORKDAYS, What

BOTH = ("send me a tip and remind me at 7:30 on weekdays", "london")
TIPS = ("send me a tip at 7:30 on weekdays", "london")


@pytest.fixture
async def both(person: Person) -> Person:
    """Somebody who gets a tip and a reminder."""
    await person(*BOTH)
    return person


@pytest.fixture
async def subscribed(person: Person) -> Person:
    """Somebody who gets a tip."""
    await person(*TIPS)
    return person


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("switch off the reminders", What.TIP),
        ("turn the reminders off please", What.TIP),
        ("stop the reminder", What.TIP),
        ("no more reminders", What.TIP),
        ("i don't need the reminders anymore", What.TIP),
        ("stop reminding me to train", What.TIP),
        ("the reminders annoy me, stop them", What.TIP),
        ("switch off the tips", What.ROUTINE),
        ("stop the tips", What.ROUTINE),
        ("unsubscribe me from the tips", What.ROUTINE),
        ("can you please turn the tips off, i never read them", What.ROUTINE),
    ],
)
async def test_of_two_things_only_the_one_that_was_named_ends(both: Person, said: str, left: What) -> None:
    reply = await both(said)
    kept = await both.subscriber()
    assert kept.subscription.what is left
    assert kept.ended_at is None
    assert kept.due is not None
    goes_on = {
        What.TIP: "You still get a tip on",
        What.ROUTINE: "You still get a reminder of your routine on",
    }
    assert f"{goes_on[left]} weekdays at 07:30." in reply.text
    ended = await both.tap("End", reply)
    assert "nothing more by myself" in ended.text


@pytest.mark.parametrize(
    "said", ["stop", "stop the messages", "stop the tips and the reminders", "/unsubscribe"]
)
async def test_an_end_that_names_neither_or_both_ends_it_all(both: Person, said: str) -> None:
    await both(said)
    assert (await both.subscriber()).ended_at is not None


@pytest.mark.parametrize("said", ["switch off the reminders", "no more tips"])
async def test_where_one_thing_is_sent_its_end_is_the_end_whatever_it_is_called(
    subscribed: Person, said: str
) -> None:
    assert "nothing more by myself" in (await subscribed(said)).text


@pytest.mark.parametrize("talk", [("also tips",), ("no, half past 8 pm", "also tips")])
async def test_one_thing_comes_beside_the_other(person: Person, talk: tuple[str, ...]) -> None:
    await person("remind me at 7:30", "london", "How often should I train my back?", *talk)
    assert (await person.subscriber()).subscription.what is What.BOTH


async def test_a_late_correction_means_the_time_near_the_one_that_holds(person: Person) -> None:
    await person("tips at half seven in the evening", "london", "How often should I train my back?")
    assert "at 19:45?" in (await person("make it quarter to 8")).text


@pytest.mark.parametrize("said", ["go away", "fuck off", "shut up please"])
async def test_a_rude_end_is_an_end_as_well(subscribed: Person, said: str) -> None:
    assert "nothing more by myself" in (await subscribed(said)).text


async def test_what_was_switched_off_is_switched_on_again(both: Person) -> None:
    await both("switch off the reminders", "both please")
    assert (await both.subscriber()).subscription.what is What.BOTH


async def test_to_start_again_where_nothing_is_paused_says_so(subscribed: Person) -> None:
    reply = await subscribed("start again")
    assert reply.text.startswith("Nothing is paused. The next one comes tomorrow at 07:30")


async def test_to_start_again_ends_a_pause_and_an_end(subscribed: Person) -> None:
    assert "Welcome back" in (await subscribed("pause the tips", "start again")).text
    assert "Done: a tip on weekdays at 07:30" in (await subscribed("stop", "start again")).text


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("nice, 8 pm", time(20)),
        ("let's say 8 pm", time(20)),
        ("hmm 8 pm i guess", time(20)),
        ("8 pm works for me", time(20)),
        ("7h30", time(7, 30)),
        ("0730", time(7, 30)),
        ("half past 6 pm", time(18, 30)),
        ("8-ish pm", time(20)),
        ("in the evning", time(19)),
        ("after lunch", time(13)),
        ("after work", time(18)),
        ("before breakfast", time(7)),
        ("at bedtime", time(21)),
        ("early morning", time(7)),
        ("anytime", time(8)),
        ("you choose", time(8)),
    ],
)
async def test_an_answer_to_when_is_heard_as_people_say_it(person: Person, said: str, at: time) -> None:
    reply = await person("/subscribe", said, "london")
    assert f"Done: a tip every day at {at:%H:%M}." in reply.text


@pytest.mark.parametrize("said", ["8 or 9", "between 7 and 8", "7-8 am"])
async def test_of_two_times_one_is_asked_for(person: Person, said: str) -> None:
    assert "once a day, at one time" in (await person("/subscribe", said)).text


async def test_tips_in_the_evening_come_in_the_evening(person: Person) -> None:
    assert "A tip every day at 19:00, gladly" in (await person("tips in the evening")).text


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tips mo tu we at 8 pm", {0, 1, 2}),
        ("tips mo, we, fr at 8 pm", {0, 2, 4}),
        ("tips mo-we 8 pm", {0, 1, 2}),
        ("tips tues, thurs at 8 pm", {1, 3}),
        ("tips Mon-Fri at 8 pm", WORKDAYS),
        ("tips on wensday thrusday saterday 8pm", {2, 3, 5}),
        ("tips on Montag at 8pm", {0}),
        ("tips dienstags und donnerstags um 20 uhr", {1, 3}),
        ("tips lundi à vendredi 20h", WORKDAYS),
        ("tips mercredi et samedi 20h", {2, 5}),
        ("tips on lunes, miércoles, sábado 8pm", {0, 2, 5}),
        ("tips every sunday 8 pm", {6}),
    ],
)
async def test_weekdays_are_heard_in_other_spellings(person: Person, said: str, days: set[int]) -> None:
    await person(said, "london")
    assert (await person.schedule()).weekdays == days
    assert (await person.schedule()).at == time(20)


@pytest.mark.parametrize(
    "said", ["pause on sundays", "pause every sunday", "no tips on sundays", "pause sundays"]
)
async def test_a_pause_of_the_same_day_each_week_leaves_that_day_out(person: Person, said: str) -> None:
    await person("tips at 8 pm", "london", said)
    schedule = await person.schedule()
    assert schedule.weekdays == EVERY_DAY - {6}
    assert schedule.paused_until is None


@pytest.mark.parametrize("said", ["not on saturdays any more", "not on saturdays", "no saturdays please"])
async def test_a_day_is_left_out_long_after_it_was_set_up(person: Person, said: str) -> None:
    asked = await person("tips at 8 pm", "london", "How often should I train my back?", said)
    assert "Shall I change it to a tip on Mon, Tue, Wed, Thu, Fri and Sun at 20:00?" in asked.text
    await person("yes")
    assert (await person.schedule()).weekdays == EVERY_DAY - {5}


@pytest.mark.parametrize("said", ["twice a week", "tips 3 times a week", "tips three times a week"])
async def test_so_many_days_a_week_are_asked_for_by_name(subscribed: Person, said: str) -> None:
    reply = await subscribed("tips " + said.removeprefix("tips "))
    assert "On which days?" in reply.text
    await subscribed("mon thu")
    assert (await subscribed.schedule()).weekdays == {0, 3}


async def test_an_end_that_is_no_day_is_asked_for_again_after_a_pause(subscribed: Person) -> None:
    reply = await subscribed("pause until 24 december", "until easter")
    assert reply.text.startswith("I didn't get for how long")
    await subscribed("until new year")
    assert (await subscribed.schedule()).paused_until == date(2027, 1, 1)


async def test_the_sound_comes_back_in_words(subscribed: Person) -> None:
    await subscribed("silent please")
    assert (await subscribed.subscriber()).subscription.is_silent
    await subscribed("with sound again")
    assert not (await subscribed.subscriber()).subscription.is_silent


async def test_which_half_of_the_day_is_heard_among_other_words(person: Person) -> None:
    reply = await person("tips at 7", "7 in the morning obviously")
    assert "at 07:00, gladly" in reply.text


@pytest.mark.parametrize("said", ["pause on weekends", "pause at weekends", "no tips on weekends"])
async def test_weekends_are_left_out_as_well(person: Person, said: str) -> None:
    await person("tips at 8 pm", "london", said)
    assert (await person.schedule()).weekdays == WORKDAYS


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("pause for two weeks", date(2026, 12, 8)),
        ("pause for a fortnight", date(2026, 12, 8)),
        ("pause until next monday", date(2026, 11, 30)),
        ("pause until next week", date(2026, 11, 30)),
        ("pause until 3 december", date(2026, 12, 3)),
        ("pause for the rest of the week", date(2026, 11, 30)),
        ("pause until the end of the month", date(2026, 12, 1)),
        ("pause until next month", date(2026, 12, 1)),
        ("i'm on holiday until january", date(2027, 1, 1)),
        ("i'm away till christmas", date(2026, 12, 25)),
        ("pause today", date(2026, 11, 25)),
        ("pause until montag", date(2026, 11, 30)),
        ("pause indefinitely", FOR_GOOD),
        ("pause until i'm back", FOR_GOOD),
        ("i have the flu, pause please", FOR_GOOD),
        ("pause please, i've got the flu", FOR_GOOD),
        ("im off sick til friday", date(2026, 11, 27)),
    ],
)
async def test_a_pause_is_heard_as_people_say_it(subscribed: Person, said: str, until: date) -> None:
    await subscribed(said)
    assert (await subscribed.schedule()).paused_until == until


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("just today", date(2026, 11, 25)),
        ("this week", date(2026, 11, 30)),
        ("over the weekend", date(2026, 11, 30)),
        ("from tomorrow for 3 days", date(2026, 11, 28)),
        ("until may", date(2027, 5, 1)),
    ],
)
async def test_how_long_is_heard_as_people_say_it(subscribed: Person, said: str, until: date) -> None:
    await subscribed("pause", said)
    assert (await subscribed.schedule()).paused_until == until


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("pause until yesterday", "That day is over"),
        ("pause until 3 november", "That day is over"),
        ("pause until last monday", "That day is over"),
        ("pause for 0 days", "That day is over"),
        ("pause for a year", "half a year at most"),
        ("pause for 1000 days", "half a year at most"),
        ("pause until 31 february", "can't find that day"),
    ],
)
async def test_a_pause_that_cannot_be_has_a_kind_answer_and_hears_another(
    subscribed: Person, said: str, says: str
) -> None:
    reply = await subscribed(said)
    assert says in reply.text
    assert (await subscribed.schedule()).paused_until is None
    await subscribed("3 days")
    assert (await subscribed.schedule()).paused_until == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        (
            "can you remind me at 12:15 mon-thu pls, i am in Zürich",
            "Done: a reminder of your routine on Mon, Tue, Wed and Thu at 12:15. I go by the clock of Zurich",
        ),
        (
            "pls send me a tip at 7 every weekday morning, i live in Toronto",
            "Done: a tip on weekdays at 07:00. I go by the clock of Toronto",
        ),
        ("tips daily 6:45am thx", "A tip every day at 06:45, gladly."),
    ],
)
async def test_a_wish_in_everyday_words_is_set_up(said: str, summary: str, person: Person) -> None:
    assert (await person(said)).text.startswith(summary)


@pytest.mark.parametrize(
    "said", ["remind me once on friday", "remind me on friday once", "remind me this friday"]
)
async def test_who_wishes_for_a_single_message_hears_what_there_is(said: str, subscribed: Person) -> None:
    assert "I can't write just once" in (await subscribed(said)).text
    assert (await subscribed.schedule()).weekdays == WORKDAYS


@pytest.mark.parametrize(
    ("tips", "said", "shown"),
    [
        (
            TIPS[0],
            "pause until 10 december",
            "Paused. The next one comes on Thursday, 10 December, at 07:30.",
        ),
        (
            "send me a tip at 7:30 on mondays",
            "pause until 10 december",
            "Nothing comes before Thursday, 10 December. The next one comes on Monday, 14 December",
        ),
        (
            "send me a tip at 7:30 on mondays",
            "pause until this friday",
            "Nothing comes before Friday, 27 November.",
        ),
    ],
)
async def test_a_pause_shows_the_day_that_it_lasts_to(
    tips: str, said: str, shown: str, person: Person
) -> None:
    await person(tips, "london")
    assert shown in (await person(said)).text


@pytest.mark.parametrize(
    "said", ["stop everything", "please stop everything", "stop everything now", "cancel it all pls"]
)
async def test_an_end_of_everything_ends_what_is_sent_and_the_routine_that_runs(
    said: str, both: Person
) -> None:
    await both.is_given("cat-cow", "chin-tuck")
    await both("/routine start")
    reply = await both(said)
    assert "nothing more by myself" in reply.text
    assert "Stopped after 0 of 2" in reply.text
    assert (await both.subscriber()).ended_at is not None
    assert (await both.session()).playing is None


async def test_an_end_of_everything_ends_the_routine_of_whom_nothing_is_sent_to(person: Person) -> None:
    await person.is_given("cat-cow", "chin-tuck")
    reply = await person("/routine start", "stop everything")
    assert "Stopped after 0 of 2" in reply.text


async def test_stop_in_a_routine_ends_only_that(both: Person) -> None:
    await both.is_given("cat-cow", "chin-tuck")
    await both("/routine start", "stop")
    assert (await both.subscriber()).ended_at is None


@pytest.mark.parametrize("said", ["stop everything", "stop everything please"])
async def test_an_end_of_everything_ends_what_is_sent_after_a_question_too(said: str, both: Person) -> None:
    await both("How often should I train my back?", said)
    assert (await both.subscriber()).ended_at is not None


ENOUGH = (
    "i dont want this anymore",
    "i want this to stop",
    "i want it to stop",
    "I don't want these any more",
)
LIKE_DESPAIR = ENOUGH[:3]


@pytest.mark.parametrize("said", ENOUGH)
async def test_who_has_enough_of_what_is_sent_gets_no_more_and_a_way_to_help(
    said: str, subscribed: Person
) -> None:
    reply = await subscribed(said)
    assert reply.red_flag is None
    assert (await subscribed.subscriber()).ended_at is not None
    assert "nothing more by myself" in reply.text
    helped = await subscribed.tap("I meant how I feel", reply)
    assert helped.red_flag == "distress"


@pytest.mark.parametrize("said", ENOUGH)
async def test_enough_right_after_a_delivery_is_meant_of_it_whatever_was_asked_before(
    said: str, subscribed: Person
) -> None:
    await subscribed("change it to 7:40", "How often should I train my back?")
    subscribed.bot.clock.advance(minutes=12)
    await subscribed.has_got_today()
    assert (await subscribed(said)).red_flag is None
    assert (await subscribed.subscriber()).ended_at is not None


@pytest.mark.parametrize("said", LIKE_DESPAIR)
async def test_the_same_words_are_heard_as_despair_where_nothing_is_sent(said: str, person: Person) -> None:
    assert (await person(said)).red_flag == "distress"


@pytest.mark.parametrize("said", LIKE_DESPAIR)
@pytest.mark.parametrize(
    "before",
    [
        "my back hurts so much",
        "i cant cope with this pain any more",
        "How often should I train my back?",
        "stop",
    ],
)
async def test_the_same_words_are_heard_as_despair_behind_other_talk_or_an_end(
    before: str, said: str, subscribed: Person
) -> None:
    await subscribed(before)
    ended = (await subscribed.subscriber()).ended_at
    reply = await subscribed(said)
    assert reply.action is Action.CRISIS
    assert (await subscribed.subscriber()).ended_at == ended


@pytest.mark.parametrize("said", ["i want this to end", "i want everything to stop", "i want to end it all"])
async def test_what_says_more_than_that_is_heard_as_despair_whatever_is_sent(
    said: str, subscribed: Person
) -> None:
    assert (await subscribed(said)).red_flag == "distress"
    assert (await subscribed.subscriber()).ended_at is None


@pytest.mark.parametrize("said", ["until monday", "till monday", "until 30 november"])
async def test_an_end_alone_pauses_what_is_sent_and_is_a_goodbye_where_nothing_is(
    said: str, bot: Bot, subscribed: Person
) -> None:
    await subscribed("How often should I train my back?", said)
    assert (await subscribed.schedule()).paused_until == date(2026, 11, 30)
    stranger = Person(bot)
    assert "nothing to pause" not in (await stranger(said)).text


async def test_a_time_alone_is_a_wish_and_changes_what_is_sent_only_when_it_is_clear(
    person: Person,
) -> None:
    await person("at half seven", "evening", "london")
    assert (await person.schedule()).at == time(19, 30)
    asked = await person("How often should I train my back?", "at half seven")
    assert "In the morning or in the evening?" in asked.text
    assert (await person.schedule()).at == time(19, 30)
    assert "I don't know that time" in (await person("at 25:99")).text


@pytest.mark.parametrize("talk", [("skip today", "skip tomorrow"), ("skip tomorrow", "skip today")])
async def test_a_day_that_is_skipped_beside_another_leaves_both_out(
    talk: tuple[str, ...], subscribed: Person
) -> None:
    reply = await subscribed("change it to 8:30 am", *talk)
    assert "The next one comes on Thursday, 26 November" in reply.text
    assert "stays as well" not in reply.text


@pytest.mark.parametrize(
    "said",
    ["enough", "end", "leave me alone you stupid bot", "hör auf", "déjame en paz"],
)
async def test_an_end_is_heard_however_short_or_cross_and_in_other_languages(
    said: str, subscribed: Person
) -> None:
    assert "nothing more by myself" in (await subscribed(said)).text
    assert (await subscribed.subscriber()).ended_at is not None
