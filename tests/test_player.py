"""A routine led through step by step: its clock, its buttons, and what may happen in between."""

import re

import pytest
from house import Bot, Clock
from people import Person

from bot.core.exercises.exercise import Dose
from bot.core.model import Knowledge
from bot.core.person.profile import Done
from bot.core.player.clock import AWAY, NEW_MOVE, OTHER_SIDE
from bot.core.player.session import Phase
from bot.core.player.steps import ACTS
from bot.core.player.words import HURTING, SERIOUS
from bot.core.routines.recipes import Felt
from bot.core.talk import Context, Kind, Reply
from bot.services.ports import StoreError
from bot.storage.documents import from_text, to_text
from bot.storage.memory import MemoryProfileStore

HOLD, PULL, ROW = "hamstring-stretch", "doorway-chest-stretch", "easy-rowing"
MOVE, OTHER = "cat-cow", "bird-dog"


def _labels(reply: Reply) -> list[str]:
    return [offer.label for offer in reply.suggestions]


async def _shown(person: Person, seconds: float) -> str:
    """What the player shows by itself after some seconds; it shows something."""
    reply = await person.after(seconds)
    assert reply is not None
    return reply.text


async def test_a_hold_is_got_ready_for_held_and_done_alike_on_the_other_side(person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start")
    assert "1 of 2: Hamstring stretch" in reply.text
    assert "Right side." in reply.text
    assert f"It starts in {NEW_MOVE} seconds" in reply.text
    assert await person.after(NEW_MOVE - 1) is None
    assert "Now, for 30 seconds" in await _shown(person, 1)
    assert await person.after(29) is None
    other_side = await _shown(person, 1)
    assert "Left side." in other_side
    assert f"It starts in {OTHER_SIDE} seconds" in other_side
    assert "Now, for 30 seconds" in await _shown(person, OTHER_SIDE)
    assert "2 of 2: " in await _shown(person, 30)
    assert [done.exercise for done in (await person.profiles.load("1")).history] == [HOLD]


async def test_repetitions_wait_for_the_person(person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    await person("/routine start")
    assert (await person.playing()).phase is Phase.OPEN
    assert await person.after(1000) is None
    assert "2 of 2: " in (await person("done")).text


@pytest.mark.parametrize(("rest", "lead"), [(0, OTHER_SIDE), (30, 30)])
async def test_the_rest_between_rounds_is_part_of_getting_ready_and_may_be_zero(
    rest: int, lead: int, person: Person
) -> None:
    await person.is_given(HOLD, hamstring_stretch=Dose(seconds=10, sets=2, rest=rest))
    assert "Round 1 of 2" in (await person("/routine start", "start now")).text
    shown = await _shown(person, 10)
    assert "Round 2 of 2" in shown
    assert f"It starts in {lead} seconds" in shown


async def test_no_step_that_goes_on_by_itself_is_shown_more_than_twice(person: Person) -> None:
    await person.is_given(HOLD, PULL)
    await person("/routine start")
    shown = [await person.after(1) for _ in range(300)]
    places = [reply.text.split("\n\n")[0] for reply in shown if reply and reply.picture]
    assert len(places) == 7  # two for each of four steps; the first was shown when it began
    assert all(places.count(place) <= 2 for place in places)


async def test_a_pause_stops_the_clock_and_what_is_left_is_held_afterwards(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    await person.after(5)
    assert "Never again" in _labels(await person("pause"))  # 10 seconds of the hold are over
    assert await person.after(2000) is None
    assert f"It starts in {OTHER_SIDE} seconds" in (await person("go on")).text
    assert "Now, for 20 seconds" in await _shown(person, OTHER_SIDE)
    assert "Left side." in await _shown(person, 20)
    assert "Now, for 30 seconds" in await _shown(person, OTHER_SIDE)


async def test_back_leads_step_by_step_to_the_beginning_and_nothing_counts_twice(person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    assert "Back" not in _labels(await person("/routine start"))
    await person("done", "done")
    assert "Right side." in (await person("back")).text
    assert "1 of 2: " in (await person("back")).text
    assert "1 of 2: " in (await person("back")).text
    await person("done")
    assert [done.exercise for done in (await person.profiles.load("1")).history] == [MOVE]


async def test_a_second_tap_on_any_button_of_a_step_does_no_harm(person: Person) -> None:
    for label in ("Done", "Swap", "Pause", "Back", "Stop"):
        await person.is_given(MOVE, OTHER, HOLD)
        shown = await person("/routine start", "done")
        await person.tap(label, shown)
        once = await person.session()
        await person.tap(label, shown)
        twice = await person.session()
        assert (twice.done, twice.routine, twice.recorded) == (once.done, once.routine, once.recorded)


async def test_buttons_of_a_finished_a_forgotten_and_another_days_player_get_a_clear_reply(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE)
    shown = await person("/routine start")
    over = await person.tap("Done", shown)
    assert over.text.startswith(knowledge.messages.routine_over.format(count=1))
    assert (await person.tap("Done", shown)).text == over.text
    assert (await person.tap("Pause", shown)).text == over.text
    bot.clock.advance(hours=24)
    await person.is_given(MOVE)
    assert (await person.tap("Done", shown)).text == knowledge.messages.routine_another_day
    await person("/forget yes")
    assert (await person.tap("Done", shown)).text == knowledge.routine_talk.questions["first"]
    assert (await person.tap("This hurts", shown)).text == knowledge.routine_talk.player["hurt_without"]


async def test_stop_ends_the_player_and_otherwise_what_is_sent(person: Person, knowledge: Knowledge) -> None:
    assert (await person("/stop")).text == knowledge.messages.nothing_sent
    await person.is_given(MOVE, HOLD)
    await person("/routine start", "Can I train my back every day?")
    stopped = knowledge.messages.routine_stopped.format(done=0, count=2)
    assert (await person("stop")).text == stopped
    assert (await person.session()).playing is None
    await person("/routine start")
    assert (await person("/stop")).text == stopped
    assert (await person("/stop")).text == knowledge.messages.nothing_sent


async def test_words_lead_through_a_routine_even_after_a_question(person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    await person("/routine start", "Can I train my back every day?")
    assert "2 of 2: " in (await person("done")).text
    assert "for 30 seconds" in (await person("ready")).text


async def test_the_clock_does_not_disturb_a_talk(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start")
    asked = await person("thanks")
    assert "Now, for 30 seconds" in await _shown(person, NEW_MOVE)
    context = await person.contexts.load("1")
    assert context is not None
    assert context.suggestions == asked.suggestions
    assert context.kind is Kind.SMALL_TALK


async def test_a_player_survives_being_written_down_in_the_middle(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    context = await person.contexts.load("1")
    assert context is not None
    assert from_text(Context, to_text(context)) == context
    assert [chat for chat, _ in await person.assistant.playing()] == ["1"]
    assert "Left side." in await _shown(person, 30)


async def test_whoever_was_away_finds_the_step_paused_and_goes_on(person: Person, bot: Bot) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    assert "I waited for you" in await _shown(person, 3600)
    assert (await person.playing()).phase is Phase.PAUSED
    assert await person.after(1) is None
    bot.clock.advance(hours=1)
    assert "Right side." in (await person("/routine", "go on")).text
    assert "Now, for 30 seconds" in await _shown(person, OTHER_SIDE)


@pytest.mark.parametrize("hours", [-1, -24, 2])
async def test_a_clock_that_jumps_skips_nothing(hours: float, person: Person, clock: Clock) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    clock.advance(hours=hours)
    await person.after(0)
    assert await person.after(1) is None
    assert (await person.playing()).step == 0
    assert not (await person.profiles.load("1")).history


async def test_a_tick_that_comes_a_little_late_takes_nothing_from_the_hold(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start")
    assert "Now, for 30 seconds" in await _shown(person, NEW_MOVE + AWAY.seconds)
    assert await person.after(29) is None
    assert "Left side." in await _shown(person, 1)


async def test_a_routine_that_midnight_falls_into_goes_on(person: Person, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=23, minute=59)
    await person.is_given(MOVE, HOLD)
    shown = await person("/routine start")
    clock.advance(minutes=2)
    assert "2 of 2: " in (await person.tap("Done", shown)).text


async def test_a_red_flag_ends_the_player_and_its_clock_shows_nothing_more(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start")
    assert (await person("i am numb down there")).kind is Kind.RED_FLAG
    assert await person.after(NEW_MOVE) is None
    assert await person.assistant.playing() == []


async def test_a_library_that_changed_meanwhile_brings_another_move_and_says_so(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    shown = await person("/routine start", "done")
    context = await person.contexts.load("1")
    assert context is not None
    written = to_text(context).replace(HOLD, "a-move-of-last-year")
    await person.contexts.save("1", from_text(Context, written))
    waited = await person.after(NEW_MOVE)
    assert waited is not None
    assert waited.text == knowledge.messages.routine_another_day
    reply = await person.tap("Start now", shown)
    assert reply.text.startswith(knowledge.routine_talk.player["changed"])
    assert (await person.session()).done == 1


async def test_each_card_is_read_well_aloud_and_fits_under_a_picture(
    person: Person, knowledge: Knowledge
) -> None:
    for name, exercise in knowledge.exercises.items():
        await person.is_given(name)
        reply = await person("/routine start")
        assert reply.picture == exercise.key
        assert len(reply.text) + sum(len(note.text) for note in reply.disclaimers) < 1024
        for step in exercise.steps:
            assert step in reply.text


HURTS = ("this hurts", "ouch", "it hurts")


@pytest.mark.parametrize("words", HURTS)
async def test_what_hurts_stops_the_clock_and_is_remembered_at_once(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine start", "start now")
    reply = await person(words)
    assert reply.text == knowledge.routine_talk.player["hurt"]
    assert await person.after(3600) is None
    await person(words)
    history = (await person.profiles.load("1")).history
    assert [(done.exercise, done.felt) for done in history] == [(HOLD, Felt.WORSE)]


async def test_an_ache_brings_an_easier_move_that_waits_to_be_wanted(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(OTHER, HOLD)
    asked = await person("/routine start", "This hurts")
    reply = await person.tap("An ache, or too much", asked)
    assert reply.text.startswith(knowledge.routine_talk.player["hurt_mild"])
    assert (await person.playing()).phase is Phase.PAUSED
    [first, _] = await person.moves()
    assert knowledge.exercises[first].level < knowledge.exercises[OTHER].level
    assert "1 of 2: " in (await person("go on")).text


async def test_sharp_pain_ends_the_routine_kindly(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(HOLD, MOVE)
    asked = await person("/routine start", "This hurts")
    reply = await person.tap("Sharp or sudden", asked)
    assert reply.text == knowledge.routine_talk.player["hurt_sharp"]
    assert "Warning signs" in _labels(reply)
    assert (await person.session()).playing is None


@pytest.mark.parametrize("kind", ["It goes into a leg", "Numb or weak"])
@pytest.mark.parametrize(
    ("sign", "flag"),
    [
        ("Numb between the legs, or trouble with bladder or bowel", "saddle-numbness"),
        ("It is in both legs", "both-legs"),
        ("A leg or foot is weak", "weak-leg-or-foot"),
    ],
)
async def test_what_may_not_wait_is_handed_over_to_safety(
    kind: str, sign: str, flag: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD)
    reply = await person.tap(kind, await person("/routine start", "This hurts"))
    assert reply.text == knowledge.routine_talk.player["hurt_serious"]
    warned = await person.tap(sign, reply)
    assert (warned.red_flag, warned.text) == (flag, knowledge.red_flags[flag].advice)
    assert knowledge.messages.paused[:20] in (await person("/routine")).text
    assert (await person.tap(sign, reply)).red_flag == flag


async def test_pain_into_a_leg_without_more_ends_the_routine_and_brings_none_for_now(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD)
    asked = await person.tap("It goes into a leg", await person("/routine start", "This hurts"))
    reply = await person.tap("None of these", asked)
    assert reply.text == knowledge.routine_talk.player["hurt_leg"]
    refused = knowledge.routine_words.refusals["refused_leg_symptoms"]
    assert (await person("/routine")).text.startswith(refused)
    person.bot.clock.advance(hours=2)
    assert (await person("/routine")).text.startswith(refused)
    assert (await person("how do i do the hamstring stretch")).text.startswith(refused)


async def test_typed_words_about_pain_are_checked_for_red_flags_like_any_others(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "This hurts")
    reply = await person("i cant feel anything when i wipe")
    assert reply.red_flag == "saddle-numbness"
    assert await person.after(60) is None


@pytest.mark.parametrize(("words", "brings"), [("sharp", "hurt_sharp"), ("just an ache", "hurt_mild")])
async def test_what_it_is_like_may_be_said_in_words(
    words: str, brings: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(OTHER, HOLD)
    await person("/routine start", "this hurts")
    assert (await person(words)).text.startswith(knowledge.routine_talk.player[brings])


async def test_advice_to_see_a_doctor_makes_the_clock_stand(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    flag = knowledge.red_flags["night-or-rest-pain"]
    assert (await person(flag.examples[0])).red_flag == flag.id
    assert (await person.playing()).phase is Phase.PAUSED
    assert await person.after(30) is None


async def test_what_cannot_be_put_down_now_is_put_down_when_it_can(bot: Bot) -> None:
    class FullDisk(MemoryProfileStore):
        is_full = True

        async def add(self, chat: str, done: Done) -> None:
            if self.is_full:
                raise StoreError("The disk is full.")
            await super().add(chat, done)

    disk = FullDisk()
    person = Person(bot, disk)
    await person.is_given("belly-breathing", MOVE)
    await person("/routine start", "start now")
    assert await person.after(75) is None
    disk.is_full = False
    assert "2 of 2: " in await _shown(person, 10)
    assert [done.exercise for done in (await disk.load("1")).history] == ["belly-breathing"]


async def test_what_hurt_does_not_come_again_for_two_weeks_and_the_next_day_is_gentle(
    person: Person, bot: Bot
) -> None:
    await person("/routine", "None of these, keep that", "start")
    hurt = (await person.moves())[0]
    await person("this hurts", "Sharp or sudden")
    assert hurt not in await _moves_of(person, "/routine gentle")
    bot.clock.advance(hours=24)
    for _ in range(13):
        assert hurt not in await _moves_of(person, "/routine")
        bot.clock.advance(hours=24)


async def _moves_of(person: Person, wish: str) -> list[str]:
    await person(wish)
    return await person.moves()


@pytest.mark.parametrize(("label", "felt"), [("Too easy", "easy"), ("Right", "right"), ("Hard", "hard")])
async def test_how_it_felt_is_one_tap_and_kept_with_what_was_done(
    label: str, felt: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, "chin-tuck")
    over = await person("/routine start", "done", "done")
    thanks = await person.tap(label, over)
    assert thanks.text.startswith(knowledge.routine_talk.player[f"felt_{felt}"])
    await person.tap(label, over)
    history = (await person.profiles.load("1")).history
    assert [(done.exercise, done.felt) for done in history] == [(MOVE, felt), ("chin-tuck", felt)]


async def test_two_routines_that_were_too_easy_raise_the_level_and_a_hard_one_lowers_it(
    person: Person, bot: Bot
) -> None:
    levels = []
    for label in ("Too easy", "Too easy", "Hard", "Hard", "Right"):
        await person.is_given(MOVE)
        over = await person("/routine start", "done")
        await person.tap(label, over)
        await person.tap(label, over)
        levels.append((await person.profiles.load("1")).level)
        bot.clock.advance(hours=24)
    assert levels == [0, 2, 1, 1, 1]


async def test_something_that_hurt_is_named_afterwards_and_asked_about(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, "chin-tuck")
    over = await person("/routine start", "done", "done")
    which = await person.tap("Something hurt", over)
    assert which.text == knowledge.routine_talk.player["felt_which"]
    asked = await person.tap("Chin tuck", which)
    assert asked.text == knowledge.routine_talk.player["hurt"]
    history = (await person.profiles.load("1")).history
    assert {done.exercise: done.felt for done in history} == {MOVE: "", "chin-tuck": Felt.WORSE}
    after = await person.tap("An ache, or too much", asked)
    assert after.text == knowledge.routine_talk.player["hurt_after"]


async def test_a_stopped_routine_is_asked_about_only_if_something_was_done(person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    assert "Too easy" not in _labels(await person("/routine start", "stop"))
    assert "Too easy" in _labels(await person("go on", "done", "stop"))


async def test_odd_words_behind_the_players_commands_break_nothing(person: Person, bot: Bot) -> None:
    await person.is_given(MOVE)
    await person("/routine start")
    day = f"{bot.clock():%y%m%d}"
    for text in (
        "/hurt",
        "/hurt x y z",
        f"/hurt {day} 99.9.9",
        f"/hurt {day} ².1 mild",
        f"/felt {day} hurt 99",
        f"/felt {day} hurt ²",
        "/felt",
        f"/move {day} 1.1.0.0 done",
        "/tick x",
        "/stop now",
    ):
        assert (await person(text)).text


def test_no_button_of_the_player_raises_an_alarm_by_its_own_words(knowledge: Knowledge, bot: Bot) -> None:
    kinds = ("", *HURTING, *SERIOUS, "none")
    said = [f"/hurt 261124 1.1.0 {kind}" for kind in kinds]
    said += [f"/felt 261124 {kind}" for kind in ("easy", "right", "hard", "hurt", "hurt 0")]
    said += [f"/move 261124 1.1.0 {act}" for act in (*ACTS, "pause", "stop")]
    assert [text for text in said if bot.conversation.heed(text)] == []


def test_no_step_says_to_change_sides_since_each_side_is_a_step_of_its_own(knowledge: Knowledge) -> None:
    for exercise in knowledge.exercises.values():
        if exercise.dose.per_side:
            said = " ".join(exercise.steps).lower()
            assert not re.search(r"\b(change|switch|swap) (sides?|legs?|arms?|hands?)\b", said), exercise.id
