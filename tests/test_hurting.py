"""What follows in a routine when something hurts: what hurt stays away, and what may not wait is asked."""

import pytest
from people import Person

from bot.core.exercises.exercise import Condition
from bot.core.model import Action, Knowledge
from bot.core.person.readiness import Answer
from bot.core.player.session import Phase
from bot.core.routines.recipes import Felt
from bot.core.talk import Reply

HOLD, MOVE, TUCK = "hamstring-stretch", "cat-cow", "chin-tuck"


@pytest.mark.parametrize("words", ["go on", "/routine", "start", "Today's routine", "2"])
async def test_after_a_sharp_pain_todays_routine_is_shown_without_the_move_that_hurt_before_it_goes_on(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(TUCK, MOVE, HOLD)
    reply = await person("/routine start", "done", "this hurts", "1", words)
    says, messages = knowledge.routine_talk.player, knowledge.messages
    assert reply.text.startswith(f"{says['left_out']}\n\n{messages.routine_card[:10]}")
    assert (await person.session()).playing is None
    first, second, third = await person.moves()
    assert (first, third) == (TUCK, HOLD)
    assert second != MOVE
    exercises = knowledge.exercises
    assert exercises[second].level <= exercises[MOVE].level
    reply = await person("start")
    assert f"2 of 3: {exercises[second].name}" in reply.text
    assert says["left_out"] not in reply.text


async def test_whoever_stops_instead_of_saying_what_it_is_like_gets_that_move_no_more(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    stopped = await person("/routine start", "this hurts", "stop")
    reply = await person.tap("Start", stopped)
    assert reply.text.startswith(knowledge.routine_talk.player["left_out"])
    assert MOVE not in await person.moves()
    assert (await person.playing()).phase is not Phase.PAUSED


async def test_a_move_that_hurt_and_that_nothing_can_replace_is_left_out(
    person: Person, knowledge: Knowledge
) -> None:
    hurt, *_ = [name for name in knowledge.exercises if await _has_no_other(person, name, knowledge)]
    await person("/forget yes")
    await person.is_given(hurt, MOVE)
    await person("/routine start", "this hurts", "sharp", "/routine")
    assert await person.moves() == [MOVE]


async def _has_no_other(person: Person, name: str, knowledge: Knowledge) -> bool:
    await person("/forget yes")
    await person.is_given(name, MOVE)
    reply = await person("/routine start", "this hurts", "just an ache")
    return reply.text == knowledge.routine_talk.player["hurt_no_other"]


async def test_back_leads_to_no_move_that_hurt(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(MOVE, HOLD)
    which = await person.tap("Something hurt", await person("/routine start", "done", "stop"))
    await person.tap(knowledge.exercises[MOVE].name, which)
    await person("just an ache", "/routine start", "back")
    assert MOVE not in await person.moves()


async def test_what_is_told_while_it_is_asked_what_hurts_leads_past_no_question(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", "my knee hurts", "done")
    assert reply.text == knowledge.routine_talk.player["hurt_unsure"]
    assert [done.felt for done in (await person.profiles.load("1")).history] == [Felt.WORSE]


INTO_A_LEG = ("2", "It goes into a leg", "it goes into my leg", "3", "Numb or weak", "numb")
ON = ("go on", "done", "next", "pause", "im fine now, go on", "too hard", "give me a routine", "/move", "hmm")


@pytest.mark.parametrize("words", INTO_A_LEG)
async def test_signs_that_may_not_wait_are_asked_about_until_that_is_answered(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    asked = await person("/routine start", "this hurts", words)
    says = knowledge.routine_talk.player
    assert asked.text == says["hurt_serious"]
    day = f"{person.bot.clock():%y%m%d}"
    for on in (*ON, "/routine", "/routine gentle", "/routine start", f"/move {day} 1.1.0 done", "start"):
        reply = await person(on)
        assert says["hurt_serious"] in reply.text
        assert reply.suggestions == asked.suggestions
    assert await person.moves() == [MOVE, HOLD]
    assert (await person("Can I train my back every day?")).entry == "every-day"
    assert says["hurt_serious"] in (await person("/routine")).text
    assert (await person("both legs")).red_flag == "both-legs"


@pytest.mark.parametrize("words", INTO_A_LEG)
@pytest.mark.parametrize("after", ["none of these", "stop", "/stop"])
async def test_what_goes_into_a_leg_stands_before_routines_however_it_is_said(
    words: str, after: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", "this hurts", words, after)
    assert reply.text == knowledge.routine_talk.player["hurt_leg"]
    refused = knowledge.routine_words.refusals["refused_leg_symptoms"]
    assert (await person("go on")).text.startswith(refused)
    assert (await person("/new", "/routine")).text == knowledge.routine_talk.questions["first"]
    assert "Yes, into a leg" in [offer.label for offer in (await person("None of these")).suggestions]


async def test_signs_are_asked_about_after_a_routine_too(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(MOVE)
    which = await person.tap("Something hurt", await person("/routine start", "done"))
    asked = await person.tap(knowledge.exercises[MOVE].name, which)
    reply = await person.tap("Numb or weak", asked)
    assert reply.text == knowledge.routine_talk.player["hurt_serious"]
    again = await person("Can I train my back every day?", "/routine")
    assert again.suggestions == reply.suggestions
    assert (await person("no")).text == knowledge.routine_talk.player["hurt_leg"]


SIGNS = (
    "my leg tingles",
    "my leg is numb",
    "it tingles",
    "my foot fell asleep",
    "it goes into my leg",
    "my sciatica is back",
    "why is my leg numb",
    "my leg tingles, is that normal?",
)


@pytest.mark.parametrize("words", SIGNS)
async def test_a_sign_that_is_typed_in_a_move_stops_the_clock_and_is_asked_about(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "start now", words)
    says = knowledge.routine_talk.player
    assert reply.text == f"{says['hurt_stop']}\n\n{says['hurt_serious']}"
    assert (await person.playing()).phase is Phase.HURT
    assert await person.after(60) is None
    assert says["hurt_serious"] in (await person("done")).text
    assert [done.felt for done in (await person.profiles.load("1")).history] == [Felt.WORSE]
    assert (await person("none")).text == says["hurt_leg"]


@pytest.mark.parametrize(
    "words", ["i feel dizzy", "this makes me dizzy", "im going to be sick", "im lightheaded"]
)
async def test_whoever_feels_unwell_in_a_move_is_told_that_it_is_enough_for_today(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "start now", words)
    assert reply.text == knowledge.routine_talk.player["hurt_unwell"]
    assert await person.after(60) is None
    assert (await person.session()).playing is None
    assert not (await person.profiles.load("1")).history
    assert (await person("go on")).text.startswith(knowledge.messages.routine_card[:10])


@pytest.mark.parametrize("words", ["i threw up", "i feel sick", "i have a fever"])
async def test_whoever_falls_ill_in_a_move_rests(words: str, person: Person, knowledge: Knowledge) -> None:
    await person.is_given(HOLD, MOVE)
    refused = knowledge.routine_words.refusals["refused_ill"]
    assert (await person("/routine start", words)).text.startswith(refused)
    assert await person.after(60) is None
    assert (await person("go on")).text.startswith(refused)
    assert (await person("/routine")).text.startswith(refused)


@pytest.mark.parametrize(
    "words",
    ["should it tingle?", "i dont feel any tingling", "im not dizzy", "i am sick of this move", "not numb"],
)
async def test_what_is_asked_or_denied_is_no_sign(words: str, person: Person) -> None:
    await person.is_given(MOVE, HOLD)
    await person("/routine start", words)
    assert (await person.playing()).phase is not Phase.HURT


@pytest.mark.parametrize(
    "words", ["sharp pain in my back", "i got a sharp pain", "i have a sharp pain", "it was a sharp pain"]
)
async def test_a_sharp_pain_is_an_answer_to_what_it_is_like(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(HOLD, MOVE)
    reply = await person("/routine start", "this hurts", words)
    assert reply.text == knowledge.routine_talk.player["hurt_sharp"]


AFTERWARDS = (
    ("my leg tingles", "hurt_serious"),
    ("i feel dizzy", "hurt_unwell"),
    ("sharp pain in my back", "hurt"),
)


@pytest.mark.parametrize(("words", "brings"), AFTERWARDS)
async def test_what_felt_odd_is_told_in_ones_own_words_after_a_stop(
    words: str, brings: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", "stop", words)
    assert reply.text == knowledge.routine_talk.player[brings]


@pytest.mark.parametrize(
    ("words", "brings"),
    [*AFTERWARDS[:2], ("sharp pain in my back", "felt_which"), ("it hurts", "felt_which")],
)
async def test_what_felt_odd_is_told_in_ones_own_words_after_the_last_move(
    words: str, brings: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE)
    reply = await person("/routine start", "done", words)
    assert reply.text == knowledge.routine_talk.player[brings]


SORE = {
    "my knee hurts doing this": Condition.KNEE,
    "it hurts my knee": Condition.KNEE,
    "knee pain": Condition.KNEE,
    "a dull ache in both knees": Condition.KNEE,
    "hurts my wrist": Condition.WRIST,
    "my wrists hurt": Condition.WRIST,
    "it hurts my hands": Condition.WRIST,
}


@pytest.mark.parametrize(("words", "sore"), SORE.items())
async def test_a_sore_knee_or_wrist_is_spared_from_then_on(
    words: str, sore: Condition, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(TUCK, MOVE, HOLD, "bird-dog", TUCK)
    reply = await person("/routine start", "done", "this hurts", words)
    says, exercises = knowledge.routine_talk.player, knowledge.exercises
    assert reply.text.startswith(says[f"hurt_{sore.value}"])
    assert "2 of 5: " in reply.text
    moves = await person.moves()
    assert (moves[0], moves[2], moves[4]) == (TUCK, HOLD, TUCK)
    assert all(exercises[name].is_for([sore]) for name in moves[1:])
    assert says["changed"] not in (await person("go on", "done", "done")).text
    answers = (await person("/mydata")).text.casefold()
    assert knowledge.routine_talk.held[Answer(sore.value)] in answers


@pytest.mark.parametrize("words", ["my shoulder hurts", "the right shoulder", "my elbow", "hip pain"])
async def test_an_ache_in_another_joint_brings_an_easier_move(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given("bird-dog", HOLD)
    reply = await person("/routine start", "this hurts", words)
    says = knowledge.routine_talk.player
    assert reply.text.startswith((says["hurt_mild"], says["hurt_other"]))
    assert "bird-dog" not in await person.moves()


@pytest.mark.parametrize("words", ["sharp pain in my knee", "stabbing in my knees"])
async def test_a_sharp_pain_in_a_joint_is_the_end_for_today(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", "this hurts", words)
    assert reply.text == knowledge.routine_talk.player["hurt_sharp"]


async def test_what_goes_into_a_leg_comes_before_the_knee(person: Person, knowledge: Knowledge) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", "this hurts", "it shoots down to my knee")
    assert knowledge.routine_talk.player["hurt_serious"] in reply.text


async def test_a_sore_knee_is_kept_of_those_who_let_their_answers_be_kept(person: Person) -> None:
    await person("/ready keep")
    await person.is_given(MOVE, HOLD)
    await person("/routine start", "this hurts", "knee")
    assert "knee" in (await person.profiles.load("1")).conditions


async def test_a_knee_that_was_sore_after_the_routine_is_told_too(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE)
    reply = await person("/routine start", "done")
    which = await person.tap("Something hurt", reply)
    reply = await person(await _first(which), "my knee")
    says = knowledge.routine_talk.player
    assert reply.text == f"{says['hurt_knee']}\n\n{says['hurt_after']}"


async def _first(reply: Reply) -> str:
    return reply.suggestions[0].utterance


@pytest.mark.parametrize("before", [(), ("this hurts",)])
@pytest.mark.parametrize("words", ["im pregnant and dizzy", "getting dizzy and im pregnant"])
async def test_who_is_pregnant_and_dizzy_in_a_move_is_handed_to_safety(
    before: tuple[str, ...], words: str, person: Person
) -> None:
    await person.is_given(MOVE, HOLD)
    reply = await person("/routine start", *before, words)
    assert reply.action in {Action.EMERGENCY, Action.SAME_DAY}
    assert reply.red_flag == "pregnancy-dizzy" or before
