"""What people type while a routine runs: that something hurts, a question, or what a button says."""

import pytest
from house import Bot
from people import Person

from bot.core.model import Knowledge
from bot.core.player.clock import NEW_MOVE, OTHER_SIDE
from bot.core.player.session import Phase
from bot.core.routines.recipes import Felt
from bot.core.talk import Kind

HOLD, MOVE, OTHER = "hamstring-stretch", "cat-cow", "bird-dog"


HURTS = (
    "ouch my knee hurts",
    "this hurts",
    "that was painful",
    "my back hurts now",
    "ow",
    "oww that hurt a bit",
    "i have a sharp pain in my back",
    "i just pulled something",
    "it really hurts when i lean forward",
)


@pytest.mark.parametrize("words", HURTS)
async def test_a_hurt_that_is_typed_stops_the_clock_and_is_asked_about_like_one_that_is_tapped(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "start now", words)
    assert reply.text == knowledge.routine_talk.player["hurt"]
    assert (await person.playing()).phase is Phase.HURT
    assert await person.after(3600) is None
    history = (await person.profiles.load("1")).history
    assert [(done.exercise, done.felt) for done in history] == [(HOLD, Felt.WORSE)]


async def test_what_hurts_in_words_is_heard_of_the_person_too(person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine start", "ouch my knee hurts")
    context = await person.contexts.load("1")
    assert context is not None
    assert context.told == {"knee"}
    assert (await person.playing()).phase is Phase.HURT


@pytest.mark.parametrize("words", ["it does not hurt", "no pain at all", "nothing hurts", "should it hurt?"])
async def test_words_that_tell_of_no_hurt_ask_nothing(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", words)
    assert knowledge.routine_talk.player["hurt"] not in reply.text
    assert not (await person.profiles.load("1")).history


@pytest.mark.parametrize("question", ["Can I train my back every day?", "what is a slipped disc"])
async def test_a_question_halts_the_step_and_going_on_takes_it_up_where_it_stood(
    question: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD)
    await person("/routine start", "start now")
    reply = await person(question)
    assert reply.text.endswith(knowledge.routine_talk.player["halted"])
    assert await person.after(3000) is None
    assert f"It starts in {OTHER_SIDE} seconds" in (await person("go on")).text
    assert "Now, for 25 seconds" in (await _shown(person, OTHER_SIDE))


async def _shown(person: Person, seconds: float) -> str:
    reply = await person.after(seconds)
    assert reply is not None
    return reply.text


async def test_a_kind_word_halts_nothing(person: Person) -> None:
    await person.is_given(HOLD)
    await person("/routine start")
    assert (await person("thanks")).kind is Kind.SMALL_TALK
    assert (await person.playing()).phase is Phase.READY


CHOICES = (
    ("sharp", "hurt_sharp"),
    ("a sharp one", "hurt_sharp"),
    ("it was stabbing", "hurt_sharp"),
    ("1", "hurt_sharp"),
    ("it goes down my leg", "hurt_serious"),
    ("into the left leg", "hurt_serious"),
    ("tingling", "hurt_serious"),
    ("numb", "hurt_serious"),
    ("2", "hurt_serious"),
    ("just a bit", "hurt_other"),
    ("mild", "hurt_other"),
    ("only muscle ache", "hurt_other"),
    ("not sharp, just sore", "hurt_other"),
    ("too hard", "hurt_other"),
    ("4", "hurt_other"),
)


@pytest.mark.parametrize(("words", "brings"), CHOICES)
async def test_what_it_is_like_is_chosen_in_ones_own_words(
    words: str, brings: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", words)
    says = knowledge.routine_talk.player
    expected = [says[brings]] if brings != "hurt_other" else [says[n] for n in ("hurt_mild", "hurt_other")]
    assert any(reply.text.startswith(text) for text in expected)


@pytest.mark.parametrize("words", ["no none of these", "none", "no", "neither"])
async def test_that_nothing_serious_is_there_is_said_in_words(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", "it goes down my leg", words)
    assert reply.text == knowledge.routine_talk.player["hurt_leg"]


@pytest.mark.parametrize(
    ("words", "flag"), [("both legs", "both-legs"), ("my foot is weak", "weak-leg-or-foot")]
)
async def test_a_sign_that_is_said_in_words_is_warned_of(words: str, flag: str, person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", "tingling", words)
    assert reply.red_flag == flag


UNCLEAR = (
    "hmm not sure",
    "none of these",
    "never mind",
    "go on",
    "done",
    "my aunt has it too",
    "give me a routine",
)


@pytest.mark.parametrize("words", UNCLEAR)
async def test_unclear_words_bring_the_question_again_and_never_another_routine(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    asked = await person("/routine start", "this hurts")
    reply = await person(words)
    assert reply.text == knowledge.routine_talk.player["hurt_unsure"]
    assert reply.suggestions == asked.suggestions
    assert await person.moves() == [HOLD, MOVE]
    assert "Too easy" not in [each.label for each in (await person("stop")).suggestions]
    assert (await person.session()).playing is None


async def test_a_question_is_answered_also_while_it_is_asked_what_hurts(person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", "Can I train my back every day?")
    assert reply.entry == "every-day"
    assert (await person.playing()).phase is Phase.HURT


WORDS = (
    ("never mind", Phase.READY, 0),
    ("continue", Phase.HOLD, 0),
    ("go on", Phase.HOLD, 0),
    ("ready", Phase.HOLD, 0),
    ("done", Phase.READY, 1),
    ("next", Phase.READY, 1),
    ("wait", Phase.PAUSED, 0),
    ("hold on a sec", Phase.PAUSED, 0),
    ("wait a moment please", Phase.PAUSED, 0),
    ("pause", Phase.PAUSED, 0),
    ("back", Phase.READY, 0),
    ("previous", Phase.READY, 0),
)


@pytest.mark.parametrize(("words", "phase", "step"), WORDS)
async def test_what_a_button_says_may_be_typed(words: str, phase: Phase, step: int, person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine start", words)
    playing = await person.playing()
    assert playing.step == step
    assert playing.phase in {phase, Phase.HOLD} if words == "never mind" else playing.phase is phase


@pytest.mark.parametrize(
    "words",
    ["which side?", "how many left?", "how many exercises are left", "where am i", "show me the picture"],
)
async def test_where_one_is_in_a_routine_is_shown_by_the_step_itself(words: str, person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", words)
    assert reply.picture == f"exercise:{HOLD}"
    assert "1 of 2: " in reply.text
    assert "Right side." in reply.text
    assert (await person.playing()).phase is Phase.READY


@pytest.mark.parametrize("words", ["cancel", "stop", "quit"])
async def test_words_that_stop_stop_it(words: str, person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine start", words)
    assert (await person.session()).playing is None


async def test_skip_brings_another_move(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "skip")
    assert (await person.moves())[0] != HOLD
    assert reply.text.startswith(knowledge.routine_talk.player["swapped_other"])


async def test_easier_is_never_harder_and_the_sentence_fits_what_was_given(
    person: Person, knowledge: Knowledge
) -> None:
    library, says = knowledge.exercises, knowledge.routine_talk.player
    for name, exercise in library.items():
        for words in ("easier", "harder"):
            await person.is_given(name)
            await person("/forget yes")
            await person.is_given(name)
            before = (await person.session()).routine.moves[0]
            reply = await person("/routine start", words)
            [after] = (await person.session()).routine.moves
            new = library[after.exercise]
            is_easier = words == "easier"
            if after.exercise != name:
                assert new.id in (exercise.easier if is_easier else exercise.harder)
                assert new.level <= exercise.level if is_easier else new.level >= exercise.level
                assert reply.text.startswith(says[f"swapped_{words}"])
            elif after.dose != before.dose:
                assert (after.dose.total < before.dose.total) is is_easier
                assert reply.text.startswith(says["swapped_less" if is_easier else "swapped_more"])
            else:
                refused = knowledge.routine_words.refusals[f"no_routine_no_{words}"]
                assert reply.text.startswith(refused)


async def test_after_a_hurt_comes_nothing_harder(person: Person, knowledge: Knowledge) -> None:
    says = knowledge.routine_talk.player
    for name, exercise in knowledge.exercises.items():
        await person("/forget yes")
        await person.is_given(name)
        reply = await person("/routine start", "this hurts", "just an ache")
        [after] = await person.moves()
        if reply.text == says["hurt_no_other"]:
            assert after == name
            continue
        assert after != name
        assert knowledge.exercises[after].level <= exercise.level
        is_easier = after in exercise.easier or knowledge.exercises[after].level < exercise.level
        named = "hurt_mild" if is_easier else "hurt_other"
        assert reply.text.startswith(says[named])


async def test_the_side_that_is_drawn_comes_first(person: Person, knowledge: Knowledge) -> None:
    for name, exercise in knowledge.exercises.items():
        if not exercise.dose.per_side:
            continue
        await person.is_given(name)
        first, second = exercise.first_side, "left" if exercise.first_side == "right" else "right"
        assert f"{first.capitalize()} side." in (await person("/routine start")).text
        assert f"{second.capitalize()} side." in (await person("done")).text


async def test_a_step_that_was_left_for_long_begins_anew_and_counts_once(person: Person, bot: Bot) -> None:
    await person.is_given(MOVE, HOLD)
    await person("/routine start", "done", "start now")
    await person.after(30)
    await person.after(OTHER_SIDE)
    assert ((await person.playing()).step, (await person.playing()).phase) == (1, Phase.HOLD)
    bot.clock.advance(hours=4)
    assert await person.after(0) is None
    await person.says_it_is_fit()
    reply = await person("/routine start")
    assert "2 of 2: " in reply.text
    assert f"It starts in {NEW_MOVE} seconds" in reply.text
    assert ((await person.playing()).step, (await person.playing()).phase) == (1, Phase.READY)
    assert "Now, for 30 seconds" in (await _shown(person, NEW_MOVE))
    await person.after(30)
    assert [done.exercise for done in (await person.profiles.load("1")).history] == [MOVE, HOLD]


LEFT = ("/routine start", "done", "stop", "How often should I train my back?")


@pytest.mark.parametrize(
    "words",
    ["go on", "continue", "ok let's go on", "go on with the exercises", "finish my routine", "start again"],
)
async def test_a_stopped_routine_is_gone_on_with_after_a_question_in_between(
    words: str, person: Person
) -> None:
    await person.is_given(MOVE, OTHER)
    reply = await person(*LEFT, words)
    assert "2 of 2: Bird dog" in reply.text
    assert (await person.playing()).phase is Phase.OPEN


BACK_AGAIN = (
    "hi im back",
    "i'm back",
    "hello again, where were we",
    "where was i?",
    "what were we doing",
    "what was i doing",
)


@pytest.mark.parametrize("minutes", [1, 60])
@pytest.mark.parametrize("words", BACK_AGAIN)
async def test_whoever_is_back_finds_the_routine_that_they_walked_away_from(
    words: str, minutes: int, person: Person
) -> None:
    await person.is_given(MOVE, OTHER)
    await person("/routine start", "done", "How often should I train my back?")
    person.bot.clock.advance(minutes=minutes)
    assert "2 of 2: Bird dog" in (await person(words)).text


@pytest.mark.parametrize("words", BACK_AGAIN)
async def test_whoever_is_back_after_hours_is_asked_anew_and_led_on(words: str, person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    await person("/routine start", "done", "stop")
    person.bot.clock.advance(hours=2)
    reply = await person(words)
    reply = await person.tap("None of these", reply)
    assert reply.text.startswith("**Your routine for today.**")
    assert "2 of 2: Bird dog" in (await person.tap("Go on", reply)).text


async def test_whoever_is_back_from_a_pause_gets_their_tips_again_unless_a_routine_runs(
    person: Person,
) -> None:
    await person("send me a tip at 7:30 on weekdays", "london", "pause 3d")
    await person.is_given(MOVE, OTHER)
    assert "1 of 2" in (await person("/routine start", "i'm back")).text
    assert "Welcome back." in (await person("stop", "thanks", "i'm back")).text


@pytest.mark.parametrize(
    "words", ["back", "go back", "back to my routine", "where was i", "where were we?", *BACK_AGAIN]
)
async def test_a_stopped_routine_is_shown_again_with_the_way_on(words: str, person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    reply = await person(*LEFT, words)
    assert reply.text.startswith("**Your routine for today.**")
    assert "2 of 2: Bird dog" in (await person.tap("Go on", reply)).text


async def test_a_routine_that_was_stopped_at_its_first_move_is_taken_up_too(person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    reply = await person("/routine start", "stop", "thanks", "How often should I train my back?", "go on")
    assert "1 of 2: Cat-cow" in reply.text


async def test_where_no_routine_was_stopped_going_on_is_about_the_talk(person: Person) -> None:
    await person.is_given(MOVE)
    assert (await person("How often should I train my back?", "go on")).topic == "how_often"
    await person("/routine start", "done")
    assert (await person("How often should I train my back?", "go on")).topic == "how_often"


async def test_a_routine_that_ended_since_something_hurt_is_not_gone_on_with(person: Person) -> None:
    await person.is_given(MOVE, OTHER, HOLD)
    await person("/routine start", "done", "stop", "go on", "this hurts", "sharp")
    reply = await person("How often should I train my back?", "go on")
    assert reply.text.startswith("I have left the move that hurt out of your routine.")
    assert (await person.session()).playing is None


async def test_a_routine_that_was_made_gentler_on_the_way_is_found_again(person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    reply = await person("/routine start", "done", "i'm tired", "How often should I train my back?", "go on")
    assert reply.text.startswith("**Your routine for today.**")


async def test_a_routine_that_was_left_for_hours_is_stopped_without_a_question(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, OTHER)
    await person("/routine start", "done")
    person.bot.clock.advance(hours=4)
    reply = await person("stop")
    assert reply.text.startswith(knowledge.messages.routine_stopped.format(done=1, count=2))


async def test_who_cannot_tell_what_it_was_like_is_asked_again_after_the_end_too(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, OTHER)
    asked = await person("/routine start", "done", "stop", "something hurt", "not sure")
    assert asked.text == knowledge.routine_talk.player["hurt"]
    reply = await person("i don't know")
    assert reply.text == knowledge.routine_talk.player["hurt_unsure"]


async def test_a_red_flag_holds_up_a_stopped_routine(person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    reply = await person("/routine start", "stop", "im numb down there now", "go on")
    assert "of 2" not in reply.text


@pytest.mark.parametrize(
    "words", ["ok continue", "yes go on", "right, let's go on", "keep going", "go ahead"]
)
async def test_a_pause_ends_as_people_say_it(words: str, person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    await person("/routine start", "wait", words)
    assert (await person.playing()).phase is Phase.OPEN


@pytest.mark.parametrize("words", ["ok next", "ok done", "i'm done with this one"])
async def test_a_step_is_done_as_people_say_it(words: str, person: Person) -> None:
    await person.is_given(MOVE, OTHER)
    assert "2 of 2: Bird dog" in (await person("/routine start", words)).text


async def test_done_once_more_after_the_end_asks_again_how_it_felt(person: Person) -> None:
    await person.is_given(MOVE)
    over = await person("/routine start", "done")
    assert (await person("done")).text == over.text
    assert len((await person.profiles.load("1")).history) == 1


HOW_LONG = [
    "how long is left",
    "how much longer",
    "how much longer?",
    "how many seconds left",
    "how much time is left",
    "time left",
    "what's left",
    "how many more minutes",
    "is it over yet",
    "when is it over",
    "how much longer do i hold it",
]


@pytest.mark.parametrize("words", HOW_LONG)
async def test_how_long_a_step_still_takes_is_told_by_it_and_its_clock_runs_on(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine start", "start now")
    reply = await person(words)
    says = knowledge.routine_talk.player
    assert reply.text.startswith(says["left_hold"].format(seconds=25))
    assert "come after it: 1." in reply.text
    assert await person.after(24) is None
    assert "Left side." in await _shown(person, 1)


async def test_how_long_is_left_is_told_in_each_phase(person: Person, knowledge: Knowledge) -> None:
    says = knowledge.routine_talk.player
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "how long is left")
    assert reply.text.startswith(says["left_ready"].format(seconds=15))
    assert (await person("pause", "how long is left")).text.startswith(says["left_paused"])
    reply = await person("done", "done", "how long is left")
    assert reply.text.startswith(says["left_open"])
    assert "It is the last move." in reply.text


async def test_it_is_asked_first_what_hurts_before_it_is_told_how_long_is_left(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", "how much longer")
    assert reply.text == knowledge.routine_talk.player["hurt"]


@pytest.mark.parametrize("words", ["swap", "swap please", "skip this one"])
async def test_a_move_is_swapped_also_some_time_after_the_card(words: str, person: Person) -> None:
    await person.is_given(HOLD, MOVE)
    await person("/routine", "how often should i train my back", "thanks", words)
    first, second = await person.moves()
    assert first != HOLD
    assert second == MOVE


async def test_a_move_is_swapped_also_in_the_midst_of_a_stopped_routine(person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    await person("/routine start", "done", "stop", "how often should i train my back", "swap")
    first, second = await person.moves()
    assert first == MOVE
    assert second != HOLD


async def test_without_a_routine_there_is_nothing_to_swap(person: Person) -> None:
    assert (await person("how often should i train my back", "swap")).kind is Kind.FALLBACK
