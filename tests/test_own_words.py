"""What people wish of tips in their own words, with the place they live in, and what they say next."""

from datetime import date, time

import pytest
from house import NUMB
from people import Person

from bot.core.schedules.schedule import EVERY_DAY, FOR_GOOD, WORKDAYS, Quiet, What
from bot.core.talk import Kind, Reply

SUBSCRIBED = ("send me a tip at 7:30 on weekdays", "london")


def labels(reply: Reply) -> list[str]:
    return [each.label for each in reply.suggestions]


@pytest.mark.parametrize(
    ("talk", "at", "zone"),
    [
        (["send me a tip at 9:00 in Lisbon"], time(9), "Europe/Lisbon"),
        (["every weekday 7:30 Berlin time"], time(7, 30), "Europe/Berlin"),
        (["/subscribe", "8am EST"], time(8), "America/New_York"),
        (["/subscribe", "at 7 UTC+2", "morning"], time(7), "UTC+02:00"),
        (["8am EST"], time(8), "America/New_York"),
        (["i live in vienna, tips at 8 am please"], time(8), "Europe/Vienna"),
        (["tips at 8 in oslo", "in the evening"], time(20), "Europe/Oslo"),
        (["tips at 8", "evening, oslo time"], time(20), "Europe/Oslo"),
        (["tips at 8", "oslo", "pm"], time(20), "Europe/Oslo"),
        (["daily tips, I live in Oslo", "8 am"], time(8), "Europe/Oslo"),
        (["/subscribe", "oslo", "8 am"], time(8), "Europe/Oslo"),
        (["tips at 8 am in lisbonn", "yes"], time(8), "Europe/Lisbon"),
        (["tips at 9 am", "no, make it 10 am", "oslo"], time(10), "Europe/Oslo"),
        (["tips MWF at 7 am", "rome"], time(7), "Europe/Rome"),
    ],
)
async def test_a_place_in_a_wish_is_its_clock(person: Person, talk: list[str], at: time, zone: str) -> None:
    assert (await person(*talk)).text.startswith("Done: ")
    kept = (await person.subscriber()).subscription
    assert (kept.schedule.at, kept.zone) == (at, zone)


async def test_springfield_in_a_wish_asks_which_of_the_eight_and_keeps_the_rest(person: Person) -> None:
    asked = await person("tips at 8 on mondays in Springfield")
    assert len([label for label in labels(asked) if label.startswith("Springfield")]) == 8
    half = await person.tap("Springfield, Oregon, United States", asked)
    assert "In the morning or in the evening?" in half.text
    assert "on Monday at 20:00. I go by the clock of Los Angeles" in (await person.tap("20:00", half)).text


async def test_the_place_in_a_wish_is_shown_with_what_is_held_until_it_is_whole(person: Person) -> None:
    assert "tip, 08:00, 20:00, Europe/Oslo" in (await person("tips at 8 in oslo", "/mydata")).text


@pytest.mark.parametrize("said", ["8 am is the best", "nice, 8 am", "how often should i train in paris"])
async def test_everyday_words_are_no_places(person: Person, said: str) -> None:
    await person("/subscribe", said)
    profile = await person.profiles.load(person.chat)
    assert not profile.zone
    assert await person.subscriptions.load(person.chat) is None


@pytest.mark.parametrize(
    ("said", "at", "days"),
    [
        ("no, 8 pm", time(20), WORKDAYS),
        ("make it 8", time(8), WORKDAYS),
        ("i meant 7:45", time(7, 45), WORKDAYS),
        ("later: 9", time(9), WORKDAYS),
        ("an hour later please", time(8, 30), WORKDAYS),
        ("not 7:30 but 8", time(8), WORKDAYS),
        ("not on fridays", time(7, 30), WORKDAYS - {4}),
        ("no fridays", time(7, 30), WORKDAYS - {4}),
        ("only mondays", time(7, 30), frozenset({0})),
        ("sorry, i meant every day", time(7, 30), EVERY_DAY),
        ("and saturdays", time(7, 30), WORKDAYS | {5}),
        ("skip fridays", time(7, 30), WORKDAYS - {4}),
    ],
)
async def test_what_was_just_set_up_is_corrected_with_one_line(
    person: Person, said: str, at: time, days: frozenset[int]
) -> None:
    done = await person(*SUBSCRIBED, said)
    assert done.text.startswith("Done: a tip ")
    assert "\n" not in done.text
    schedule = await person.schedule()
    assert (schedule.at, schedule.weekdays) == (at, days)


@pytest.mark.parametrize("said", ["no, Berlin time", "sorry, i'm in berlin", "actually berlin"])
async def test_the_place_is_corrected_as_well(person: Person, said: str) -> None:
    assert "the clock of Berlin" in (await person(*SUBSCRIBED, said)).text
    kept = (await person.subscriber()).subscription
    assert (kept.zone, kept.schedule.weekdays) == ("Europe/Berlin", WORKDAYS)


async def test_a_word_of_thanks_in_between_does_no_harm(person: Person) -> None:
    assert "You are welcome" in (await person(*SUBSCRIBED, "thanks")).text
    await person("make it 8 pm")
    assert (await person.schedule()).at == time(20)


async def test_weekends_are_taken_out_and_tomorrow_is_skipped(person: Person) -> None:
    await person("tips every day at 8 am", "london", "without weekends")
    assert (await person.schedule()).weekdays == WORKDAYS
    assert "nothing comes on Wednesday, 25 November" in (await person("skip tomorrow")).text
    assert (await person.schedule()).paused_until == date(2026, 11, 26)
    assert "Monday, 30 November" in (await person("no, until monday")).text
    assert (await person.schedule()).paused_until == date(2026, 11, 30)


@pytest.mark.parametrize(
    "said",
    ["how often should i train?", "is 7 am a good time to train?", "can i train at 8?", "my back hurts at 8"],
)
async def test_a_question_after_a_confirmation_changes_nothing(person: Person, said: str) -> None:
    await person(*SUBSCRIBED)
    before = (await person.subscriber()).subscription
    assert not (await person(said)).text.startswith("Done")
    assert (await person.subscriber()).subscription == before


async def test_a_question_keeps_its_answer_and_a_late_correction_asks_first(person: Person) -> None:
    assert (
        await person(*SUBSCRIBED, "How often should I train my back?")
    ).entry == "how-often-should-i-train"
    asked = await person("make it 8 pm")
    assert "Shall I change it to a tip on weekdays at 20:00?" in asked.text
    assert (await person.schedule()).at == time(7, 30)
    await person("yes")
    assert (await person.schedule()).at == time(20)


@pytest.mark.parametrize("said", ["no, 8 pm", "not on sundays", "make it 8", "only weekdays", "later: 9"])
async def test_without_a_subscription_there_is_nothing_to_correct(person: Person, said: str) -> None:
    await person("How often should I train my back?", said)
    assert await person.subscriptions.load(person.chat) is None


@pytest.mark.parametrize("said", ["no", "that's wrong", "cancel", "not what i meant"])
async def test_who_is_not_content_is_asked_what_shall_be_different(person: Person, said: str) -> None:
    asked = await person(*SUBSCRIBED, said)
    assert "What shall be different?" in asked.text
    assert "End" in labels(asked)
    assert "at 20:00" in (await person("8 pm")).text


async def test_a_correction_hidden_among_words_is_asked_about(person: Person) -> None:
    asked = await person(*SUBSCRIBED, "no i want it at eight in the evening silly")
    assert "Shall I change it to a tip on weekdays at 20:00?" in asked.text
    assert (await person.schedule()).at == time(7, 30)


@pytest.mark.parametrize(
    ("said", "ends"),
    [("I'm ill", True), ("I'm sick until friday", True), ("I'm on holiday", False), ("pause 3d", False)],
)
async def test_feeling_better_ends_only_the_pause_of_an_illness(
    person: Person, said: str, *, ends: bool
) -> None:
    await person(*SUBSCRIBED, said)
    before = await person.schedule()
    reply = await person("i'm feeling better")
    after = await person.schedule()
    assert after.paused_until == (None if ends else before.paused_until)
    assert ("Welcome back" if ends else "The pause goes on") in reply.text
    assert ends or "Resume" in labels(reply)


async def test_an_illness_that_got_an_end_afterwards_is_still_one(person: Person) -> None:
    await person(*SUBSCRIBED, "I'm ill", "a week", "better")
    assert (await person.schedule()).paused_until is None


@pytest.mark.parametrize("page", ["/settings", "/settings what"])
async def test_a_number_on_a_page_whose_buttons_bear_none_is_a_time(person: Person, page: str) -> None:
    await person(*SUBSCRIBED, page)
    before = await person.subscriber()
    assert "In the morning or in the evening?" in (await person("8")).text
    assert await person.subscriber() == before
    assert "at 20:00" in (await person("evening")).text


async def test_a_number_begins_nothing_anew(person: Person) -> None:
    await person(*SUBSCRIBED, "stop", "1")
    assert (await person.subscriber()).ended_at is not None


@pytest.mark.parametrize(
    ("said", "place"),
    [("UTC+2", "UTC+02:00"), ("Etc/GMT-2", "UTC+02:00"), ("EST", "New York"), ("Rome", "Rome")],
)
async def test_a_clock_is_called_as_people_call_it(person: Person, said: str, place: str) -> None:
    assert f"the clock of {place}," in (await person(f"/zone {said}")).text


@pytest.mark.parametrize("said", ["posixrules", "Factory", "localtime", "right/Europe/Berlin"])
async def test_what_is_no_place_is_no_clock(person: Person, said: str) -> None:
    await person(f"/zone {said}")
    await person(f"/subscribe t0800 {said}")
    assert not (await person.profiles.load(person.chat)).zone
    assert await person.subscriptions.load(person.chat) is None


@pytest.mark.parametrize(
    "said", ["quiet hours 22-7", "no messages between 10 pm and 7 am", "don't write from 22:00 to 7:00"]
)
async def test_quiet_hours_are_set_in_one_sentence(person: Person, said: str) -> None:
    await person(*SUBSCRIBED, said)
    assert (await person.schedule()).quiet == Quiet(start=time(22), end=time(7))


async def test_quiet_hours_without_an_end_are_asked_for(person: Person) -> None:
    assert "Between which hours" in (await person(*SUBSCRIBED, "don't message me after 9pm")).text
    await person("21-7")
    assert (await person.schedule()).quiet == Quiet(start=time(21), end=time(7))


async def test_everything_that_is_held_of_a_pause_is_shown(person: Person) -> None:
    await person(*SUBSCRIBED, "I'm on holiday from friday until monday", "/settings weekly")
    shown = (await person("/mydata")).text
    assert "Paused from 2026-11-27 on, until 2026-11-30" in shown
    assert "Why it is paused, as you told me: holiday" in shown
    assert "Once a week only, else it would come on Mon, Tue, Wed, Thu, Fri" in shown
    await person("I'm on holiday from friday")
    assert (await person.schedule()).paused_until == FOR_GOOD
    assert "Paused from 2026-11-27 on, until you come back" in (await person("/mydata")).text


async def test_a_delivery_that_was_put_off_is_shown(person: Person) -> None:
    await person(*SUBSCRIBED)
    await person.has_got_today()
    await person("/later")
    assert "Put off once, that for 2026-11-24, to 2026-11-24 10:30 UTC" in (await person("/mydata")).text


async def test_reminders_come_beside_the_tips(person: Person) -> None:
    await person(*SUBSCRIBED, "reminders too")
    assert (await person.subscriber()).subscription.what is What.BOTH


async def test_who_changed_their_mind_gets_it_again(person: Person) -> None:
    await person(*SUBSCRIBED, "stop", "actually keep them")
    assert (await person.subscriber()).ended_at is None


async def test_a_red_flag_stands_before_a_place_and_a_correction(person: Person) -> None:
    assert (await person(*SUBSCRIBED, f"no, 8 pm, {NUMB}")).kind is Kind.RED_FLAG
    assert "pauses" in (await person("tips at 9 am in Lisbon")).text
    assert (await person.schedule()).at == time(7, 30)
