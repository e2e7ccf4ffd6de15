"""Words that lead through a routine, whatever was asked in between, and what they say of its moves."""

import pytest
from people import Person

from bot.core.exercises.exercise import Position
from bot.core.model import Knowledge
from bot.core.player.session import Phase
from bot.core.talk import Kind

HOLD, MOVE, TUCK, MARCH = "hamstring-stretch", "cat-cow", "chin-tuck", "marching-on-the-spot"
ASIDE = ("Can I train my back every day?", "/subscribe", "/settings", "send me a tip every day", "thanks")


@pytest.mark.parametrize("aside", ASIDE)
@pytest.mark.parametrize(
    ("words", "number", "phase"),
    [
        ("next", 3, Phase.OPEN),
        ("next exercise", 3, Phase.OPEN),
        ("done", 3, Phase.OPEN),
        ("back", 1, Phase.OPEN),
        ("pause", 2, Phase.PAUSED),
        ("go on", 2, Phase.OPEN),
        ("i want to go on", 2, Phase.OPEN),
        ("can we continue", 2, Phase.OPEN),
        ("carry on", 2, Phase.OPEN),
    ],
)
async def test_words_that_steer_lead_on_after_whatever_was_asked_beside_the_routine(
    aside: str, words: str, number: int, phase: Phase, person: Person
) -> None:
    await person.is_given(TUCK, MOVE, TUCK)
    reply = await person("/routine start", "done", aside, words)
    assert f"{number} of 3: " in reply.text
    assert (await person.playing()).phase is phase


async def test_a_question_about_tips_can_be_left_in_the_middle_of_a_routine(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, TUCK)
    reply = await person("/routine start", "/subscribe", "never mind")
    assert "leave it as it is" in reply.text
    assert (await person.playing()).phase is Phase.OPEN
    assert "07:00" in (await person("/subscribe", "7 am")).text


async def test_a_sign_is_heard_while_a_question_about_tips_is_open(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MOVE, TUCK)
    reply = await person("/routine start", "/subscribe", "my leg tingles")
    assert knowledge.routine_talk.player["hurt_serious"] in reply.text


@pytest.mark.parametrize("aside", ["how do i do the bird dog", "Can I train my back every day?", ""])
@pytest.mark.parametrize("words", ["how do i do it", "how do i do this"])
async def test_it_is_the_move_on_the_card(aside: str, words: str, person: Person) -> None:
    await person.is_given(MARCH, MOVE)
    asked = [aside] if aside else []
    assert (await person(*asked, "/routine start", words)).picture == f"exercise:{MARCH}"
    assert (await person("go on", *asked, "go on", "done", words)).picture == f"exercise:{MOVE}"


async def test_it_is_the_exercise_that_was_just_asked_for_beside_the_card(person: Person) -> None:
    await person.is_given(MARCH, MOVE)
    reply = await person("/routine start", "how do i do the bird dog", "is there an easier one?")
    assert reply.text.startswith("**Bird dog, easier:**")


@pytest.mark.parametrize(
    "words", ["never again", "never again marching", "never again marching on the spot", "i hate marching"]
)
async def test_a_move_that_is_never_to_come_again_is_named_and_gives_way_at_once(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MARCH, MOVE)
    reply = await person("/routine start", words)
    kept = knowledge.messages.never_kept.format(name=knowledge.exercises[MARCH].name)
    assert reply.text.startswith(f"{kept}\n\n{knowledge.routine_talk.player['swapped_other']}")
    assert (await person.moves())[1] == MOVE
    assert MARCH not in await person.moves()
    assert (await person.profiles.load("1")).never == {MARCH}


async def test_a_later_move_that_is_never_to_come_again_gives_way_and_the_others_stay(
    person: Person, knowledge: Knowledge
) -> None:
    await person.is_given(MARCH, MOVE, HOLD)
    reply = await person("/routine start", "never again cat cow")
    assert reply.text == knowledge.messages.never_kept.format(name=knowledge.exercises[MOVE].name)
    assert "1 of 3: Marching on the spot" in (await person("go on")).text
    first, second, third = await person.moves()
    assert (first, third) == (MARCH, HOLD)
    assert second != MOVE


@pytest.mark.parametrize("words", ["skip this exercise", "skip this move", "can i skip this one", "skip it"])
async def test_a_move_is_skipped_by_another_one(words: str, person: Person, knowledge: Knowledge) -> None:
    await person.is_given(MARCH, MOVE)
    reply = await person("/routine start", words)
    assert reply.text.startswith(knowledge.routine_talk.player["swapped_other"])
    assert not (await person.profiles.load("1")).never


@pytest.mark.parametrize(
    "words",
    [
        "swap number 3",
        "swap 3",
        "swap 3 for something else",
        "swap three for another one please",
        "something else for number 3",
        "can you swap the third one",
        "replace the 3rd one with something else",
        "replace the third one",
        "i dont like number 3",
        "i hate the third move",
    ],
)
async def test_a_move_is_swapped_by_its_place_on_the_card(words: str, person: Person) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    reply = await person(words)
    after = await person.moves()
    assert after[2] != before[2]
    assert [*after[:2], *after[3:]] == [*before[:2], *before[3:]]
    assert "1 of" not in reply.text
    assert reply.red_flag is None


@pytest.mark.parametrize("words", ["swap one", "swap the first one", "replace 1 with something else"])
async def test_one_is_the_first_move(words: str, person: Person) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    await person(words)
    after = await person.moves()
    assert after[0] != before[0]
    assert after[1:] == before[1:]


async def test_words_that_were_not_understood_beside_a_routine_are_tried_again(person: Person) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    missed = await person("qwxz vbnmk plkjh swp")
    assert missed.kind is Kind.FALLBACK
    await person("swap 3")
    assert (await person.moves())[2] != before[2]


@pytest.mark.parametrize(
    "words", ["harder please", "make it harder please", "easier please", "make it easier"]
)
@pytest.mark.parametrize("before", [(), ("qwxz vbnmk plkjh",)])
async def test_a_pace_that_is_wished_while_a_routine_is_shown_is_kept_from_then_on(
    before: tuple[str, ...], words: str, person: Person
) -> None:
    await person.says_it_is_fit()
    reply = await person(*before, words)
    assert "1 of " in reply.text
    assert (await person.profiles.load("1")).level == (2 if "harder" in words else 1)


@pytest.mark.parametrize(
    "words",
    ["only standing", "standing only please", "just standing exercises please", "only standing exercises"],
)
async def test_a_routine_that_is_shown_is_done_standing_if_that_is_wished(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    reply = await person(words)
    moves = await person.moves()
    assert reply.text.startswith(knowledge.messages.routine_card[:10])
    assert {knowledge.exercises[move].position for move in moves} == {Position.STANDING}


async def test_what_is_done_and_what_there_is_not_cannot_be_swapped(
    person: Person, knowledge: Knowledge
) -> None:
    refusals = knowledge.routine_words.refusals
    await person.says_it_is_fit()
    await person("/routine start", "done")
    before = await person.moves()
    assert (await person("swap number 1")).text == refusals["no_routine_done"]
    for number in ("12", "0", "99999999"):
        assert (await person(f"/routine swap {number}")).text == refusals["no_routine_no_move"]
    assert await person.moves() == before
    await person("/routine", "swap number 4")
    assert (await person.moves())[3] != before[3]
    assert (await person.session()).done == 1


async def test_who_is_back_is_not_seen_off(person: Person) -> None:
    await person.says_it_is_fit()
    await person("/routine start", "i need to pee brb")
    assert "1 of" in (await person("im back")).text
