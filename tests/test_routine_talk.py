"""A routine as a person gets it: asked before, fitted, led through, remembered."""

import re
from collections.abc import Sequence

import pytest
from house import Bot, Clock
from people import Person

from bot.core.exercises.exercise import Condition, Position, Verdict
from bot.core.model import Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.person.readiness import Answer, letters, open_question, read_letters, read_names, to_keep
from bot.core.player.clock import steps
from bot.core.player.session import Phase, RoutineState
from bot.core.talk import Context, Reply
from bot.services.limits import MAX_CALLBACK_BYTES
from bot.services.ports import StoreError
from bot.storage.documents import from_text, to_text
from bot.storage.memory import MemoryProfileStore

FLAT = {Position.LYING_BACK, Position.LYING_FRONT}


def _is_card(reply: Reply, knowledge: Knowledge) -> bool:
    return re.split(r"\{", knowledge.messages.routine_card)[0] in reply.text


REFUSED = (
    ("refused_under_16", ("I am under 16", "Go on")),
    ("refused_osteoporosis", ("Osteoporosis", "Go on")),
    ("refused_advised_against", ("I am pregnant", "Go on", "Advised against exercise")),
    ("refused_serious", ("I am pregnant", "Go on", "One of the first list")),
    ("refused_not_asked", ("I am pregnant", "Go on", "One of the second list", "No, or not asked yet")),
    ("refused_leg_symptoms", ("Herniated disc", "Go on", "Yes, into a leg")),
    ("refused_leg_symptoms", ("Had an operation", "Go on", "Yes, into a leg")),
    ("refused_not_asked", ("Herniated disc", "Go on", "No, not into a leg", "No, or not asked yet")),
    ("refused_not_asked", ("Another diagnosis", "Go on", "No, not into a leg", "No, or not asked yet")),
)


@pytest.mark.parametrize(("reason", "said"), REFUSED)
async def test_who_may_not_train_alone_hears_why_and_what_to_do(
    reason: str, said: Sequence[str], person: Person, knowledge: Knowledge
) -> None:
    reply = await person("/routine", *said)
    assert reply.text == knowledge.routine_words.refusals[reason]
    assert reply.suggestions[0].entry in knowledge.entries
    assert (await person("/routine")).text == reply.text
    assert (await person("/move 261124 1 done")).text == reply.text


ALLOWED = (
    ("I am pregnant", "Go on", "None of that", "I don't know"),
    ("I am pregnant", "Go on", "One of the second list", "Yes, agreed", "Week 13 or later"),
    ("Herniated disc", "Go on", "No, not into a leg", "Yes, agreed"),
    ("Sore knees", "Sore wrists", "Go on"),
)


@pytest.mark.parametrize("said", ALLOWED)
async def test_who_may_train_gets_only_what_suits(
    said: Sequence[str], person: Person, knowledge: Knowledge
) -> None:
    assert _is_card(await person("/routine", *said), knowledge)
    told = {
        "I am pregnant": Condition.PREGNANCY,
        "Herniated disc": Condition.HERNIATED_DISC,
        "Sore knees": Condition.KNEE,
        "Sore wrists": Condition.WRIST,
    }
    for name in await person.moves():
        exercise = knowledge.exercises[name]
        for condition in (told[words] for words in said if words in told):
            assert exercise.suits(condition).verdict is not Verdict.AVOID
        if "I am pregnant" in said:
            assert exercise.position not in FLAT


async def test_what_may_not_be_kept_is_asked_again(person: Person, bot: Bot, knowledge: Knowledge) -> None:
    await person("/routine", "Sore knees", "Go on")
    bot.clock.advance(hours=1)
    assert (await person("/routine")).text == knowledge.routine_talk.questions["first"]
    assert not (await person.profiles.load("1")).conditions


async def test_what_may_be_kept_is_not_asked_again_until_it_is_forgotten(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person("/routine", "Sore knees", "Go on and keep my answers")
    bot.clock.advance(hours=30)
    assert "sore knees" in (await person("/routine")).text
    assert "Kept because you agreed: sore knees" in (await person("/mydata")).text
    await person("/forget yes")
    assert (await person("/routine")).text == knowledge.routine_talk.questions["first"]


async def test_consent_is_taken_back_by_answering_anew(person: Person) -> None:
    await person("/routine", "Sore knees", "Go on and keep my answers")
    await person("/ready", "None of these")
    assert await person.profiles.load("1") == Profile()


async def test_what_may_change_is_asked_again_even_if_all_is_kept(person: Person, bot: Bot) -> None:
    await person(
        "/routine", "Herniated disc", "Go on and keep my answers", "No, not into a leg", "Yes, agreed"
    )
    bot.clock.advance(hours=30)
    assert "into a leg" in (await person("/routine")).suggestions[0].label


async def test_what_is_told_in_the_talk_counts(person: Person, knowledge: Knowledge) -> None:
    await person("/routine", "None of these", "I am 20 weeks pregnant")
    assert (await person("/routine")).text == knowledge.routine_talk.questions["advice"]


async def test_a_pregnancy_that_may_not_be_kept_leaves_no_trace(person: Person) -> None:
    await person("/routine", "I am pregnant", "Go on", "None of that", "I don't know", "start")
    first = (await person.session()).move.dose
    await person(*["done"] * len(steps(first)))
    profile = await person.profiles.load("1")
    assert "pregnan" not in repr(profile)
    assert len(profile.history) == 1


async def test_todays_routine_is_fixed_and_swaps_change_only_what_is_left(person: Person, bot: Bot) -> None:
    await person("/routine", "None of these, keep that", "start", "done")
    before = await person.moves()
    await person("swap")
    after = await person.moves()
    assert [old == new for old, new in zip(before, after, strict=True)].count(False) == 1
    assert before[1] != after[1]
    bot.clock.advance(hours=2)
    await person("/routine")
    assert await person.moves() == after


async def test_done_counts_once_and_an_old_button_does_no_harm(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    first = await person("/routine", "None of these, keep that", "Start")
    done = first.suggestions[0].utterance
    await person(done, done)
    assert len((await person.profiles.load("1")).history) == 1
    bot.clock.advance(hours=24 * 7)
    assert (await person(done)).text == knowledge.messages.routine_another_day
    assert len((await person.profiles.load("1")).history) == 1


async def test_a_routine_can_be_done_to_its_end(person: Person, knowledge: Knowledge) -> None:
    await person("/routine", "None of these", "Start")
    moves = await person.moves()
    over = knowledge.messages.routine_over.format(count=len(moves))
    while not (reply := await person("done")).text.startswith(over):
        assert f"of {len(moves)}: " in reply.text
    assert [done.exercise for done in (await person.profiles.load("1")).history] == moves


async def test_never_again_is_never_again(person: Person, bot: Bot) -> None:
    await person("/routine", "None of these, keep that", "Start")
    unwanted = (await person.moves())[0]
    await person("never again")
    for _ in range(7):
        assert unwanted not in await person.moves()
        bot.clock.advance(hours=24)
        await person("/routine")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("I have a band", "equipment", frozenset({"band"})),
        ("at my desk", "place", "desk"),
        ("shorter", "minutes", 5),
    ],
)
async def test_what_fits_better_is_remembered(words: str, field: str, value: object, person: Person) -> None:
    await person("/routine", "None of these", words)
    kept = getattr(await person.profiles.load("1"), field)
    assert kept == value or (field == "minutes" and 0 < kept < 8)


@pytest.mark.parametrize(
    "words",
    [
        "something for 3 minutes at work",
        "/routine desk 3",
        "a 3 minute routine at my desk",
        "/ask a 3 minute routine at work",
    ],
)
async def test_a_wish_in_words_is_granted_after_the_questions(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(words, "None of these")
    assert knowledge.routine_talk.needed["desk"] in reply.text
    assert "about 3" in reply.text


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("/routine gentle hard", "no_routine_hard_and_gentle"),
        ("/routine 2 hours", "no_routine_minutes"),
        ("/routine AQUFgDpdeQAiwEbwgHcAwtPsF1M3gjnf", "no_routine_code"),
    ],
)
async def test_odd_wishes_get_a_clear_answer(
    wish: str, answer: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person("/routine", "None of these", wish)).text == knowledge.routine_words.refusals[answer]


async def test_unknown_words_behind_the_command_are_named(person: Person) -> None:
    assert "“trampoline”" in (await person("/routine", "None of these", "/routine trampoline")).text


async def test_a_code_brings_the_same_moves_fitted_to_the_receiver(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    code = (await person("/routine", "None of these", "/routine share")).text.rsplit(maxsplit=1)[-1]
    other = Person(bot)
    reply = await other(f"/start {code}", "None of these")
    assert reply.text.startswith(knowledge.messages.routine_shared)
    assert await other.moves() == await person.moves()
    third = Person(bot)
    await third(f"/routine {code}", "Sore knees", "Sore wrists", "Go on")
    for name in await third.moves():
        assert knowledge.exercises[name].is_for([Condition.KNEE, Condition.WRIST])


@pytest.mark.parametrize("text", ["/routine", "/ready go", "/move 261124 1 done", "give me a routine"])
async def test_a_group_gets_the_exercise_of_the_day_and_nothing_of_anybody(
    text: str, person: Person, knowledge: Knowledge
) -> None:
    await person("/routine", "Sore knees", "Go on and keep my answers")
    reply = await person(text, is_public=True)
    assert reply.text.startswith(knowledge.messages.exercise_of_the_day)
    assert "knee" not in " ".join(offer.label for offer in reply.suggestions)


async def test_whoever_cannot_be_remembered_is_told(bot: Bot, knowledge: Knowledge) -> None:
    class FullDisk(MemoryProfileStore):
        async def add(self, chat: str, done: Done) -> None:  # noqa: ARG002  # as the port has it
            raise StoreError("The disk is full.")

    person = Person(bot, FullDisk())
    await person("/routine", "None of these", "Start")
    assert (await person("done")).text == knowledge.messages.cant_remember


async def test_a_routine_is_written_down_and_read_again(person: Person) -> None:
    await person("/routine", "Sore knees", "Go on", "I have a band", "start", "done")
    context = await person.contexts.load("1")
    assert context is not None
    assert from_text(Context, to_text(context)) == context
    assert isinstance(context.routine, RoutineState)


def test_answers_travel_as_letters() -> None:
    everything = frozenset(Answer)
    assert read_letters(letters(everything)) == everything
    assert len(f"/ready keep {letters(everything)}") <= MAX_CALLBACK_BYTES
    assert read_names(to_keep(everything)) < everything


def test_nothing_more_is_asked_of_whom_nothing_holds() -> None:
    assert open_question(frozenset()) is None


async def test_old_and_odd_buttons_break_nothing(person: Person, clock: Clock) -> None:
    for text in (
        "/move",
        "/move x y z",
        "/ready go zzz??",
        "/ready keep",
        "/routine keep nonsense",
        "/move 1 2 3 4 5",
    ):
        assert (await person(text)).text


@pytest.mark.parametrize("between", [[], ["what is a plank"], ["pause"], ["done", "done"]])
@pytest.mark.parametrize("said", ["i don't like this one", "quit it", "end it", "i can't stand this one"])
async def test_words_that_steer_the_move_that_is_shown_raise_no_alarm(
    person: Person, said: str, between: Sequence[str]
) -> None:
    reply = await person("/ready go", "start", *between, said)
    assert reply.red_flag is None
    assert reply.routine is not None


async def test_what_is_told_in_the_middle_of_a_step_stops_the_clock_and_the_routine(
    person: Person, knowledge: Knowledge
) -> None:
    for told, refused in (
        ("i'm 13 years old", "refused_under_16"),
        ("i have the flu", "refused_ill"),
    ):
        await person("/new", "/routine", "None of these", "start", told)
        playing = (await person.session()).playing
        assert playing is not None
        assert playing.phase is Phase.PAUSED
        assert await person.after(600) is None
        assert (await person("go on")).text.startswith(knowledge.routine_words.refusals[refused])


async def test_signs_in_the_middle_of_a_step_are_heard_though_words_steer(person: Person) -> None:
    reply = await person("/ready go", "start", "i cant feel when i wipe")
    assert reply.red_flag is not None
    assert await person.after(600) is None


async def test_never_again_leaves_out_a_move_that_nothing_replaces(
    person: Person, knowledge: Knowledge
) -> None:
    await person("/ready keep", "start")
    session = await person.session()
    library = {move.exercise for move in session.routine.moves}
    before = len(session.routine.moves)
    others = frozenset(knowledge.exercises) - library
    await person.profiles.save("1", Profile(keeps_conditions=True, never=others))
    reply = await person("never again")
    name = knowledge.exercises[session.move.exercise].name
    said = knowledge.messages.never_kept.format(name=name)
    assert reply.text.startswith(f"{said}\n\n{knowledge.messages.routine_never_dropped}")
    assert f"1 of {before - 1}: " in reply.text
    assert (await person.session()).playing is not None
