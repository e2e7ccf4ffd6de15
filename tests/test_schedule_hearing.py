"""What people say of times is understood as they mean it, or answered kindly."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import Tree

from bot.content.loader import builtin_root, load
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.pauses import LONGEST_PAUSE
from bot.core.schedules.schedule import EVERY_DAY, WORKDAYS, What
from bot.core.schedules.words import AskBack, Heard, LaterWanted, PauseWanted, Refused, Wanted

TODAY = date(2026, 11, 25)  # a Wednesday
WEEKEND = EVERY_DAY - WORKDAYS


def wanted(
    what: What | None, at: str | None, days: frozenset[int] | None = None, *, weekly: bool = False
) -> Wanted:
    return Wanted(what=what, at=time.fromisoformat(at) if at else None, weekdays=days, weekly=weekly)


def asked(what: What | None, first: str, second: str, days: frozenset[int] | None = None) -> AskBack:
    times = time.fromisoformat(first), time.fromisoformat(second)
    return AskBack(sentence="morning_or_evening", times=times, wanted=wanted(what, None, days))


def until(day: date | None, why: str = "plain", start: date | None = None) -> PauseWanted:
    return PauseWanted(until=day, why=why, start=start)


def without(*days: int, what: What | None = What.TIP) -> Wanted:
    return Wanted(what=what, left_out=frozenset(days))


TIP, ROUTINE, BOTH = What.TIP, What.ROUTINE, What.BOTH
WISHES: dict[str, Heard | None] = {
    "send me a tip at 7:30 on weekdays": wanted(TIP, "07:30", WORKDAYS),
    "remind me every morning": wanted(ROUTINE, "08:00", EVERY_DAY),
    "tips on mon wed fri at 8": asked(TIP, "08:00", "20:00", frozenset({0, 2, 4})),
    "tip at half seven": asked(TIP, "07:30", "19:30"),
    "tip at quarter past 6 in the evening": wanted(TIP, "18:15"),
    "daily tip 7pm": wanted(TIP, "19:00"),
    "tips 19.30": wanted(TIP, "19:30"),
    "tips at 0730": wanted(TIP, "07:30"),
    "reminder at 19h30": wanted(ROUTINE, "19:30"),
    "tips at ten to seven in the morning": wanted(TIP, "06:50"),
    "tips at twenty past 7 at night": wanted(TIP, "19:20"),
    "tip at 7 o'clock": asked(TIP, "07:00", "19:00"),
    "tips monday to friday at seven thirty in the morning": wanted(TIP, "07:30", WORKDAYS),
    "tips fri-mon at 9 a.m.": wanted(TIP, "09:00", frozenset({4, 5, 6, 0})),
    "tips every day except sunday at 8 pm": wanted(TIP, "20:00", EVERY_DAY - {6}),
    "tips on wendsday and thurday at 9am": wanted(TIP, "09:00", frozenset({2, 3})),
    "tips on saterday": wanted(TIP, None, frozenset({5})),
    "weekly tips on sunday evening": wanted(TIP, "19:00", frozenset({6}), weekly=True),
    "one tip a week": wanted(TIP, None, weekly=True),
    "pause on sundays": without(6, what=None),
    "pause the tips on saturdays and sundays": without(5, 6, what=None),
    "i have the flu, pause please": until(None, "ill"),
    "i got covid so pause the tips": until(None, "ill"),
    "remind me to train at 18:00 on weekends": wanted(ROUTINE, "18:00", WEEKEND),
    "Send me tips and my routine at 6am daily": wanted(BOTH, "06:00", EVERY_DAY),
    "tips at 12": wanted(TIP, "12:00"),
    "tips at noon": wanted(TIP, "12:00"),
    "tips at 12 noon": wanted(TIP, "12:00"),
    "tips at midnight": wanted(TIP, "00:00"),
    "tips at 19h": wanted(TIP, "19:00"),
    "tips at 1930 hours": wanted(TIP, "19:30"),
    "tips at seven-thirty am": wanted(TIP, "07:30"),
    "tips at twenty-five past six in the evening": wanted(TIP, "18:25"),
    "tips half past seven in the morning": wanted(TIP, "07:30"),
    "tips at quarter to 8": asked(TIP, "07:45", "19:45"),
    "tip every day at 6 pm, i am good in the morning": wanted(TIP, "18:00", EVERY_DAY),
    "tips at 8 pm, i am": wanted(TIP, "20:00"),
    "tips at 8 pm, i'm": wanted(TIP, "20:00"),
    "tips at 8 pm and am": wanted(TIP, "20:00"),
    "tips at 8, i am": asked(TIP, "08:00", "20:00"),
    "tips not at 8 pm but at 8 am": wanted(TIP, "08:00"),
    "tips at 7,30": wanted(TIP, "07:30"),
    "tips MWF at 7 am": wanted(TIP, "07:00", frozenset({0, 2, 4})),
    "tips M/W/F 7 am": wanted(TIP, "07:00", frozenset({0, 2, 4})),
    "tips TTh 7 am": wanted(TIP, "07:00", frozenset({1, 3})),
    "tips Tu Th 7 am": wanted(TIP, "07:00", frozenset({1, 3})),
    "tips tue/thu 7 am": wanted(TIP, "07:00", frozenset({1, 3})),
    "tips M-F 7 am": wanted(TIP, "07:00", WORKDAYS),
    "tips mon-fri 7 am": wanted(TIP, "07:00", WORKDAYS),
    "tips evry day at 8 am": wanted(TIP, "08:00", EVERY_DAY),
    "tips not at 7:30 but at 8 am": wanted(TIP, "08:00"),
    "change my time to 6 pm": wanted(None, "18:00"),
    "no tips tomorrow": until(date(2026, 11, 27), start=date(2026, 11, 26)),
    "no tips today": until(date(2026, 11, 26)),
    "skip fridays": without(4, what=None),
    "skip friday": until(date(2026, 11, 28), start=date(2026, 11, 27)),
    "no tips every morning": None,
    "the tips at 7 are too early": None,
    "every weekday 7:30": None,
    "pause until 3 march 2020": Refused(sentence="past_date"),
    "pause until 3 march 1999": Refused(sentence="past_date"),
    "tips at 24:00": wanted(TIP, "00:00"),
    "tip at 25:99": Refused(sentence="no_such_time"),
    "tips at 7:65": Refused(sentence="no_such_time"),
    "tips at 13 in the morning": Refused(sentence="no_such_time"),
    "tips at 8 and at 20": Refused(sentence="one_time_a_day"),
    "tips every other day": Refused(sentence="every_other_day"),
    "a tip every full moon": Refused(sentence="moon"),
    "tips twice a day": Refused(sentence="several_a_day"),
    "2 tips a day": Refused(sentence="several_a_day"),
    "remind me tomorrow": Refused(sentence="once"),
    "remind me once on friday": Refused(sentence="once"),
    "remind me on friday once": Refused(sentence="once"),
    "remind me this friday": Refused(sentence="once"),
    "tips once a month": Refused(sentence="monthly"),
    "pause 3d": until(date(2026, 11, 28)),
    "pause until monday": until(date(2026, 11, 30)),
    "pause until wednesday": until(date(2026, 12, 2)),
    "pause until tomorrow": until(date(2026, 11, 26)),
    "pause for two weeks": until(date(2026, 12, 9)),
    "please pause the reminders, I'm on holiday for two weeks": until(date(2026, 12, 9), "holiday"),
    "pause for a week": until(date(2026, 12, 2)),
    "I'm on holiday": until(None, "holiday"),
    "I'm on holiday until 5 january": until(date(2027, 1, 5), "holiday"),
    "I'm away until the 24th of december": until(date(2026, 12, 24), "holiday"),
    "I'm ill": until(None, "ill"),
    "I'm sick until friday": until(date(2026, 11, 27), "ill"),
    "I'm on holiday from friday until monday": until(date(2026, 11, 30), "holiday", date(2026, 11, 27)),
    "I'm on holiday from friday": until(None, "holiday", date(2026, 11, 27)),
    "I'm on holiday from friday for a week": until(date(2026, 12, 4), "holiday", date(2026, 11, 27)),
    "I'm on vacation from 1 december to 10 december": until(date(2026, 12, 10), "holiday", date(2026, 12, 1)),
    "I'm on vacation 1 december - 10 december": until(date(2026, 12, 10), "holiday", date(2026, 12, 1)),
    "pause from 1 december until 10 december": until(date(2026, 12, 10), start=date(2026, 12, 1)),
    "I'm away for the weekend": until(date(2026, 11, 30), "holiday", date(2026, 11, 28)),
    "I'm away on saturday": until(date(2026, 11, 29), "holiday", date(2026, 11, 28)),
    "I'm on holiday next week": until(date(2026, 12, 7), "holiday", date(2026, 11, 30)),
    "pause until next monday": until(date(2026, 11, 30)),
    "pause tomorrow": until(date(2026, 11, 27), start=date(2026, 11, 26)),
    "skip tomorrow": until(date(2026, 11, 27), start=date(2026, 11, 26)),
    "pause until 30 november 2025": Refused(sentence="past_date"),
    "pause until december 10 2026": until(date(2026, 12, 10)),
    "pause till the 14th": until(date(2026, 12, 14)),
    "pause until 14/12": until(date(2026, 12, 14)),
    "pause until 12/24": until(date(2026, 12, 24)),
    "pause until 14.12.": until(date(2026, 12, 14)),
    "pause until 8": Refused(sentence="no_such_date"),
    "pause 3": Refused(sentence="no_such_date"),
    "stop for a week": until(date(2026, 12, 2)),
    "stop tips until monday": until(date(2026, 11, 30)),
    "no messages until monday": until(date(2026, 11, 30)),
    "no tips until 5 january": until(date(2027, 1, 5)),
    "no reminders for two weeks": until(date(2026, 12, 9)),
    "no tips for a week": until(date(2026, 12, 2)),
    "no tips for now": until(None),
    "one reminder on friday": Refused(sentence="once"),
    "just one tip on friday at 9 am": Refused(sentence="once"),
    "one tip on fridays at 9 am": wanted(TIP, "09:00", frozenset({4})),
    "one tip a week on friday at 9 am": wanted(TIP, "09:00", frozenset({4}), weekly=True),
    "stop the tips on sundays": without(6, what=None),
    "don't send me tips on sundays": without(6),
    "do not send tips on monday": without(0),
    "no tips on fridays please": without(4),
    "don't send me tips at 9 am": Refused(sentence="another_time"),
    "tips all days but sunday at 9 am": wanted(TIP, "09:00", EVERY_DAY - {6}),
    "send me only tips on mondays at 8:00": wanted(TIP, "08:00", frozenset({0})),
    "remind me on saturday as well": Wanted(what=ROUTINE, added=frozenset({5})),
    "tips and reminders at 8:00": wanted(BOTH, "08:00"),
    "send me a tip and remind me at 9:00": wanted(BOTH, "09:00"),
    "send me reminders instead of tips": wanted(ROUTINE, None),
    "switch to reminders": wanted(ROUTINE, None),
    "switch to tips": wanted(TIP, None),
    "please switch me over to both": wanted(BOTH, None),
    "switch from tips to reminders": wanted(ROUTINE, None),
    "change my tips to reminders": wanted(ROUTINE, None),
    "change to reminders please": wanted(ROUTINE, None),
    "change to reminders at 8 pm please": wanted(ROUTINE, "20:00"),
    "only reminders from now on": wanted(ROUTINE, None),
    "just tips please": wanted(TIP, None),
    "no more tips, only reminders": wanted(ROUTINE, None),
    "stop the reminders but send me tips": wanted(TIP, None),
    "weekly tip on mondays and thursdays": wanted(TIP, None, frozenset({0, 3})),
    "tips at 8 in the morning and 8 in the evening": Refused(sentence="one_time_a_day"),
    "tips at 8 am for two weeks": Refused(sentence="for_a_time"),
    "tips from monday on at 8 am": Refused(sentence="for_a_time"),
    "tips every 14 days": Refused(sentence="monthly"),
    "tips mo, mi, fr at 9:00": wanted(TIP, "09:00", frozenset({0, 2, 4})),
    "tips on wensday at 9:00": wanted(TIP, "09:00", frozenset({2})),
    "do i need to train every day": None,
    "do i need to stretch every morning": None,
    "I want to train every day": None,
    "I need to train on weekends": None,
    "give me a routine for mondays and fridays": None,
    "can you give me advice on training every day": None,
    "do you have tips for lifting every day": None,
    "remind me how often to train": None,
    "remind me to take my pills at 8:00": None,
    "tips on 24 december": Refused(sentence="once"),
    "make my tip 8 pm instead of 9": wanted(TIP, "20:00"),
    "pause until 24 november": Refused(sentence="past_date"),
    "pause until 2026-01-01": Refused(sentence="past_date"),
    "pause until 31 november": Refused(sentence="no_such_date"),
    "pause until 2027-13-40": Refused(sentence="no_such_date"),
    "pause 1000 days": Refused(sentence="too_long"),
    "later today": LaterWanted(),
    "remind me later": LaterWanted(),
    "in 2 hours": LaterWanted(by=timedelta(hours=2)),
    "can i train every day at 8": None,
    "give me a routine for the morning": None,
    "my back hurts every morning": None,
    "how often should i train": None,
    "what is a tip": None,
    "I slept badly last night": None,
    "i have a fever and my back hurts": None,
    "give me a routine for today": None,
    "everyday tips for the back": None,
    "I'm ill, train?": None,
    "can i train on holiday": None,
    "stop the tips": None,
    "later": None,
    "": None,
}
ANSWERS: dict[str, Heard | None] = {
    "8": asked(None, "08:00", "20:00"),
    "half past seven": asked(None, "07:30", "19:30"),
    "weekdays": wanted(None, None, WORKDAYS),
    "monday and thursday at 7 pm": wanted(None, "19:00", frozenset({0, 3})),
    "evening": wanted(None, "19:00"),
    "0": wanted(None, "00:00"),
    "25": Refused(sentence="no_such_time"),
    "my back hurts": None,
    "blue": None,
    "please": None,
    "seven": asked(None, "07:00", "19:00"),
    "one every morning at 7:30": wanted(None, "07:30", EVERY_DAY),
    "not on friday": without(4, what=None),
    "every day but sunday": wanted(None, None, EVERY_DAY - {6}),
    "could I exercise on sunday": None,
    "is exercise on sunday ok": None,
    "can i train at 7 am": None,
    "is 8 pm ok": wanted(None, "20:00"),
}
BARE: dict[str, Heard | None] = {
    "every weekday 7:30": wanted(None, "07:30", WORKDAYS),
    "8 pm": None,
    "at half seven": asked(None, "07:30", "19:30"),
    "at 8 pm": wanted(None, "20:00"),
    "at 25:99": Refused(sentence="no_such_time"),
    "about 15": None,
    "i'm 15": None,
    "M/W/F 8": asked(None, "08:00", "20:00", frozenset({0, 2, 4})),
    "8": None,
    "is 8 pm ok": None,
    "i train at 8 pm": None,
    "not at 8 pm": None,
    "8 pm on 24 december": None,
    "mon wed fri": None,
}
CORRECTIONS: dict[str, Heard | None] = {  # of something that comes at 7:30
    "no, 8 pm": wanted(None, "20:00"),
    "make it 8": wanted(None, "08:00"),
    "no, 3": asked(None, "03:00", "15:00"),
    "8": asked(None, "08:00", "20:00"),
    "i meant 7:45": wanted(None, "07:45"),
    "later: 6": wanted(None, "18:00"),
    "earlier: 6": wanted(None, "06:00"),
    "an hour later please": wanted(None, "08:30"),
    "half an hour earlier": wanted(None, "07:00"),
    "too early": Refused(sentence="another_time"),
    "not in the morning": Refused(sentence="another_time"),
    "not 7:30 but 8": wanted(None, "08:00"),
    "not on sundays": without(6, what=None),
    "no sundays": without(6, what=None),
    "no, sundays": wanted(None, None, frozenset({6})),
    "not on sunday mornings": without(6, what=None),
    "without weekends": without(5, 6, what=None),
    "only weekdays": wanted(None, None, WORKDAYS),
    "and saturdays": Wanted(added=frozenset({5})),
    "but only saturdays": wanted(None, None, frozenset({5})),
    "reminders too": wanted(BOTH, None),
    "change it to a routine reminder": wanted(ROUTINE, None),
    "not today": until(date(2026, 11, 26)),
    "skip tomorrow": until(date(2026, 11, 27), start=date(2026, 11, 26)),
    "no more on mondays": without(0, what=None),
    "how about 8 pm": wanted(None, "20:00"),
    "could we do 8 pm": wanted(None, "20:00"),
    "how often should i train": None,
    "is 7 am a good time to train": None,
    "i train at 8": None,
    "can i train at 8": None,
    "how about training at 8": None,
    "my back hurts since 8": None,
    "no": None,
}
CALM_WISHES = {  # that are no alarm
    "no reminders on sunday", "i'm away tomorrow", "i am ill", "i feel unwell", "i'm sick", "im sick today",
}  # fmt: skip
ABOUT_TIMES = {"subscribe", "unsubscribe"}  # entries


@pytest.fixture(scope="module")
def hearing() -> ScheduleHearing:
    knowledge = load([builtin_root()])[0]["en"].knowledge
    return ScheduleHearing(knowledge.schedule_words, knowledge.vocabulary)


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_understood(text: str, hearing: ScheduleHearing) -> None:
    assert hearing.wish(text, TODAY) == WISHES[text]


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_to_when_is_understood(text: str, hearing: ScheduleHearing) -> None:
    assert hearing.answer(text, TODAY) == ANSWERS[text]


@pytest.mark.parametrize("text", BARE)
def test_a_time_with_days_is_a_wish_by_itself(text: str, hearing: ScheduleHearing) -> None:
    assert hearing.bare(text, TODAY) == BARE[text]


@pytest.mark.parametrize("text", CORRECTIONS)
def test_what_was_just_set_up_is_corrected(text: str, hearing: ScheduleHearing) -> None:
    assert hearing.correction(text, TODAY, time(7, 30)) == CORRECTIONS[text]


def test_nothing_else_that_people_say_is_taken_for_a_wish(hearing: ScheduleHearing) -> None:
    knowledge = load([builtin_root()])[0]["en"].knowledge
    entries = [entry for entry in knowledge.entries.values() if entry.id not in ABOUT_TIMES]
    said = [*knowledge.background, *knowledge.calm]
    said += [text for entry in entries for text in (*entry.utterances, *entry.held_out)]
    said += [text for flag in knowledge.red_flags.values() for text in (*flag.examples, *flag.look_alikes)]
    assert {text for text in said if hearing.wish(text, TODAY) is not None} <= CALM_WISHES
    assert not [text for text in said if hearing.bare(text, TODAY) is not None]


def test_other_words_do_no_harm_where_the_subject_is_known(hearing: ScheduleHearing) -> None:
    text = "7:30 every morning would be grand, mate"
    assert hearing.answer(text, TODAY) is None
    assert hearing.answer(text, TODAY, loosely=True) == wanted(None, "07:30", EVERY_DAY)


ENDINGS: dict[str, Heard | None] = {
    "stop": None,
    "stop the tips": None,
    "unsubscribe": None,
    "leave me alone": None,
    "how do i unsubscribe": None,
    "no more daily stuff": None,
    "enough with the tips already": None,
    "can you stop the morning reminder, it wakes the baby": None,
    "stop bugging me every morning": None,
    "its too early, stop the 6am thing": None,
    "i dont want the tips": None,
    "stop the tips for two weeks": until(date(2026, 12, 9)),
    "unsubscribe me until monday": until(date(2026, 11, 30)),
    "unsubscribe me on weekends": without(5, 6, what=None),
    "leave me alone on sundays": without(6, what=None),
    "no reminders just tips": wanted(TIP, None),
    "don't stop": Wanted(),
    "please don't ever stop the tips": None,
    "one more tip, mate": Wanted(),
    "i like your tips so much, more please": Wanted(),
    "the tips are too early": Wanted(),
    "why did you stop sending tips": Wanted(),
    "don't text me at night": Wanted(),
    "fewer tips would be great": Wanted(),
}


@pytest.mark.parametrize("text", ENDINGS)
def test_what_sounds_like_an_end_ends_it_only_if_it_is_one(text: str, hearing: ScheduleHearing) -> None:
    assert hearing.ending(text, TODAY) == ENDINGS[text]


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("3d", until(date(2026, 11, 28))),
        ("friday", until(date(2026, 11, 27))),
        ("", until(None)),
        ("x", None),
    ],
)
def test_how_long_to_pause_is_understood(
    text: str, pause: PauseWanted | None, hearing: ScheduleHearing
) -> None:
    assert hearing.pause(text, TODAY) == pause


PIECES = st.sampled_from(
    [*" ".join([*WISHES, *ANSWERS]).split(), "25:99", "99", "31", "٧", "-", "½", "\u200d"]
)


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_whatever_is_said_comes_out_as_something_that_can_be(hearing: ScheduleHearing, text: str) -> None:
    for heard in (hearing.wish(text, TODAY), hearing.answer(text, TODAY, loosely=True)):
        if isinstance(heard, PauseWanted) and heard.until:
            assert TODAY < heard.until <= TODAY + LONGEST_PAUSE
        if isinstance(heard, Wanted) and heard.weekdays is not None:
            assert heard.weekdays
            assert heard.weekdays <= EVERY_DAY
        if isinstance(heard, AskBack):
            assert len(heard.times) == (0 if heard.sentence == "which_days" else 2)


@given(st.times())
def test_every_time_on_a_clock_is_understood_as_it_is(hearing: ScheduleHearing, at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    for shown in (f"{at:%H:%M}", f"{at:%H.%M}", f"{at:%I:%M %p}", f"{at:%I.%M%p}".lower()):
        assert hearing.wish(f"tips at {shown} please", TODAY) == wanted(TIP, f"{at:%H:%M}")


def test_everything_that_is_refused_has_a_sentence(hearing: ScheduleHearing) -> None:
    words = load([builtin_root()])[0]["en"].knowledge.schedule_words
    said = {heard.sentence for heard in WISHES.values() if isinstance(heard, Refused | AskBack)}
    assert said <= words.sentences.keys()


def test_words_for_times_that_cannot_be_used_are_found(small: Tree) -> None:
    written = (builtin_root() / "en" / "schedule_words.yaml").read_text(encoding="utf-8")
    small.write("en/schedule_words.yaml", written)
    small.change("en/schedule_words.yaml", "  monthly: >-\n", "  monthy: >-\n")
    small.change("en/schedule_words.yaml", "[friday, fridays, fri, fris, fr,", "[friday, (fridays, fri, sun,")
    found = [finding.split(": ", 1)[1] for finding in small.findings()]
    assert found == [
        "sentences: 'monthly' has no words. Add 'monthly: …'.",
        "sentences.monthy: Nothing has this name. Did you mean 'monthly'.",
        "weekdays: 'sun' stands for two of them. Take it out in one.",
        "weekdays.friday.2: '(' in '(fridays' is no part of a pattern. Mend the pattern.",
    ]
