"""Wishes in words that go beyond today's routine, or that nothing grants: an honest reply, and a way on."""

import re

import pytest
from house import Bot
from people import Person

from bot.core.exercises.exercise import Position, Purpose
from bot.core.model import Knowledge
from bot.core.person.profile import Done, Profile
from bot.core.routines.choosing import UPRIGHT
from bot.core.talk import Kind, Reply

UNMET = {
    "routine for tomorrow": "no_routine_tomorrow",
    "what's tomorrow's routine": "no_routine_tomorrow",
    "a routine for next week please": "no_routine_tomorrow",
    "routine for my mum who is 70": "no_routine_somebody",
    "can you make a routine for my pregnant wife": "no_routine_somebody",
    "a routine in bed": "no_routine_elsewhere",
    "routine on a plane": "no_routine_elsewhere",
    "kettlebell routine": "no_routine_equipment",
    "a routine with my trx": "no_routine_equipment",
    "routine without planks": "no_routine_leaving",
    "what was yesterday's routine": "no_routine_before",
    "same as yesterday": "no_routine_before",
}


@pytest.mark.parametrize("wish", UNMET)
async def test_what_nobody_can_have_is_said_and_changes_nothing(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    said = knowledge.routine_words.refusals[UNMET[wish]]
    assert (await person(wish)).text == said
    await person.says_it_is_fit()
    before = await person.moves()
    reply = await person(wish)
    assert reply.text == said
    assert "/routine" in [each.utterance for each in reply.suggestions]
    await person("/routine")
    assert await person.moves() == before


@pytest.mark.parametrize("wish", [*UNMET, "another routine", "/routine other", "/routine again"])
async def test_who_may_have_none_hears_why_whatever_they_wish(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person("im 14", wish)
    refused = reply.text.startswith(knowledge.routine_words.refusals["refused_under_16"])
    assert refused or reply.kind is Kind.DEFER


@pytest.mark.parametrize(
    "wish", ["another one", "give me another routine", "a different routine", "something else"]
)
async def test_another_one_offers_other_kinds_and_today_s_stays(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    reply = await person(wish)
    assert reply.text == knowledge.routine_words.refusals["no_routine_other"]
    assert await person.moves() == before
    today = (await person.session()).routine.recipe
    kinds = [each for each in reply.suggestions if each.utterance != "/routine"]
    assert kinds
    for kind in kinds:
        await person(kind.utterance)
        chosen = (await person.session()).routine.recipe
        assert kind.label == knowledge.recipes[chosen].name
        assert chosen != today


async def test_another_one_is_the_move_while_one_is_led_through_and_the_routine_if_that_is_named(
    person: Person, knowledge: Knowledge
) -> None:
    await person("/ready go", "start")
    before = await person.moves()
    assert "**1 of" in (await person("another one")).text
    swapped = await person.moves()
    assert swapped[0] != before[0]
    reply = await person("another routine")
    assert reply.text == knowledge.routine_words.refusals["no_routine_other"]
    assert await person.moves() == swapped


async def test_the_last_day_is_told_and_done_again(person: Person, bot: Bot, knowledge: Knowledge) -> None:
    await person.says_it_is_fit()
    await person("start", "done", "done", "done", "done", "stop")
    done = [each.exercise for each in (await person.profiles.load("1")).history]
    assert len(done) > 1
    bot.clock.advance(days=1)
    told = await person("what did i do yesterday")
    for name in done:
        assert knowledge.exercises[name].name in told.text
    await person.says_it_is_fit()
    await person.tap(knowledge.messages.routine_again_button, await person("what was yesterday's routine"))
    assert await person.moves() == done
    await person("/routine gentle", "same as yesterday")
    assert await person.moves() == done


async def test_the_last_day_comes_again_only_as_far_as_it_suits(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    for name in ("cat-cow", "glute-bridge"):
        await person.profiles.add("1", Done(exercise=name, at=bot.clock(), routine="floor-strength"))
    bot.clock.advance(days=1)
    reply = await person("i am 20 weeks pregnant", "/ready go pnq", "same as yesterday")
    assert "glute-bridge" not in await person.moves()
    assert knowledge.exercises["glute-bridge"].name in reply.text


WISHED = {
    "routine without floor": "desk-break",
    "a routine without lying down": "desk-break",
    "just a stretching routine": "gentle-day",
    "a routine in the park": "standing",
}


@pytest.mark.parametrize("wish", WISHED)
async def test_a_kind_is_heard_in_words(wish: str, person: Person) -> None:
    await person(wish, "None of these")
    assert (await person.session()).routine.recipe == WISHED[wish]


@pytest.mark.parametrize("wish", ["just stretching", "standing only", "no equipment", "in bed", "2 hours"])
async def test_while_a_routine_is_shown_a_wish_needs_not_name_it(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    assert (await person(wish)).topic == "routine_example"


async def test_no_equipment_leaves_out_what_the_person_has(person: Person, knowledge: Knowledge) -> None:
    await person.profiles.save("1", Profile(equipment=frozenset({"band", "ball", "dumbbells"})))
    tools = {"band", "ball", "dumbbells"}
    await person("/routine band", "None of these")
    assert any(not tools.isdisjoint(knowledge.exercises[name].equipment) for name in await person.moves())
    await person("routine without equipment")
    assert all(tools.isdisjoint(knowledge.exercises[name].equipment) for name in await person.moves())


async def test_several_things_that_somebody_has_are_all_kept(person: Person) -> None:
    await person.says_it_is_fit()
    await person("i have dumbbells and a band")
    assert (await person.profiles.load("1")).equipment == {"dumbbells", "band"}


async def test_longer_is_heard_and_takes_back_what_was_shorter(person: Person) -> None:
    await person.says_it_is_fit()
    await person("shorter", "shorter")
    short = (await person.session()).routine.minutes
    await person("longer")
    assert (await person.session()).routine.minutes > short
    await person("gimme a longer routine")
    assert (await person.profiles.load("1")).minutes > short


@pytest.mark.parametrize(
    "wish", ["i am 70 years old, give me a routine", "i'm 45, a routine please", "a routine with 5 moves"]
)
async def test_a_number_that_counts_something_else_is_no_time(wish: str, person: Person) -> None:
    await person(wish, "None of these")
    assert (await person.session()).routine.wish.minutes is None


def _code(reply: Reply) -> str:
    return reply.text.rsplit(maxsplit=1)[-1]


async def test_a_shared_routine_is_shared_in_words_and_fits_into_a_link(person: Person) -> None:
    await person.says_it_is_fit()
    reply = await person("share it")
    assert reply.text.endswith(f"/start {reply.linked}")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", reply.linked)
    await person("20 minutes")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", (await person("share it")).linked)


@pytest.mark.parametrize(
    "opened", ["/start {}", "{}", "https://t.me/strong_bot?start={}", "/routine {}", "t.me/x?start={}"]
)
async def test_a_shared_routine_is_opened_by_its_code_or_its_link(
    opened: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    code = _code(await person("/routine share"))
    other = Person(bot, chat="2")
    reply = await other(opened.format(code), "None of these")
    assert reply.text.startswith(knowledge.messages.routine_shared)
    assert await other.moves() == await person.moves()


@pytest.mark.parametrize(
    "torn", ["/start r_", "/start r_x", "r_AAAA", "https://t.me/b?start=r_AQgAnzZ6LXX7", "/routine r_ä"]
)
async def test_a_torn_or_forged_link_is_said_to_be_one(
    torn: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    assert (await person(torn)).text == knowledge.routine_words.refusals["no_routine_code"]
    await person("/routine")
    assert await person.moves() == before


@pytest.mark.parametrize(
    ("tell", "reason"),
    [("i have osteoporosis", "refused_osteoporosis"), ("my sciatica is bad", "refused_leg_symptoms")],
)
async def test_a_shared_routine_gets_past_no_refusal(
    tell: str, reason: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    code = _code(await person("/routine share"))
    other = Person(bot, chat="2")
    refused = knowledge.routine_words.refusals[reason]
    assert (await other(tell, f"/start {code}")).text.startswith(refused)


@pytest.mark.parametrize(
    "words",
    [
        "never show me the bird dog again",
        "i don't like the bird dog",
        "no more bird dog",
        "leave out bird dogs",
    ],
)
async def test_a_move_is_left_out_by_its_name_and_comes_back_by_it(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    await person.is_given("cat-cow", "bird-dog")
    reply = await person(words)
    assert reply.text == knowledge.messages.never_kept.format(name="Bird dog")
    await person("/routine")
    assert "bird-dog" not in await person.moves()
    await person("show me the bird dog again")
    assert not (await person.profiles.load("1")).never


async def test_in_a_group_nothing_is_left_out_for_anybody(person: Person, knowledge: Knowledge) -> None:
    reply = await person("never show me the bird dog again", is_public=True)
    assert reply.text == knowledge.messages.in_private
    assert await person.profiles.load("1") == Profile()


@pytest.mark.parametrize(
    "words", ["my physio said yes", "my doctor says it is ok", "i got the ok from my doctor"]
)
async def test_who_was_sent_to_ask_and_comes_back_with_a_yes_is_asked_again(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    agreed = knowledge.routine_talk.questions["agreed"]
    await person("/ready go dm", "No, or not asked yet")
    reply = await person(words)
    assert reply.text == agreed
    assert (await person("Yes, agreed")).text != agreed
    assert await person.moves()


async def test_a_clinician_s_yes_keeps_what_was_let_be_kept(person: Person) -> None:
    await person("/ready keep dm", "No, or not asked yet", "my physio said yes", "Yes, agreed")
    kept = await person.profiles.load("1")
    assert kept.keeps_conditions
    assert {"herniated_disc", "agreed"} <= kept.conditions


async def test_who_told_of_a_disc_can_ask_for_a_routine(person: Person, knowledge: Knowledge) -> None:
    reply = await person("i have a slipped disc", "routine")
    assert reply.text == knowledge.routine_talk.questions["first"]


@pytest.mark.parametrize(
    "wish",
    ["sitting only", "only sitting", "something i can do sitting down", "seated only", "on a chair"],
)
async def test_who_only_sits_gets_nothing_that_is_not_done_sitting(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    for changed in (wish, "10 minutes", "gentle"):
        await person(changed)
        moves = [knowledge.exercises[name] for name in await person.moves()]
        assert {move.position for move in moves} == {Position.SITTING}
        assert all(move.id != "sit-to-stand" for move in moves)
    for _ in moves:
        await person("/routine start", "swap")
        assert {knowledge.exercises[name].position for name in await person.moves()} == {Position.SITTING}


async def test_a_seated_routine_is_wished_for_in_words(person: Person, knowledge: Knowledge) -> None:
    await person.tap("None of these", await person("a routine i can do sitting down"))
    assert {knowledge.exercises[name].position for name in await person.moves()} == {Position.SITTING}


async def _things(person: Person, knowledge: Knowledge) -> set[str]:
    """What the moves of today's routine are done with."""
    return {thing for name in await person.moves() for thing in knowledge.exercises[name].equipment}


@pytest.mark.parametrize("wish", ["no band today", "without a band", "no bands here", "leave out the band"])
async def test_what_is_not_there_today_is_left_out_today_and_comes_again(
    wish: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    await person("i have a band")
    assert "band" in await _things(person, knowledge)
    for changed in (wish, "gentle", "10 minutes"):
        await person(changed)
        assert "band" not in await _things(person, knowledge)
    bot.clock.advance(hours=26)
    await person.says_it_is_fit()
    await person("with my band")
    assert "band" in await _things(person, knowledge)


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("i don't have a chair", "i have a chair now"),
        ("i have no mat", "i have a mat"),
        ("there is no wall", "i have a wall"),
    ],
)
async def test_what_somebody_has_not_is_remembered_until_they_have_it(
    said: str, back: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    thing = said.rpartition(" ")[2]
    await person.says_it_is_fit()
    await person(said)
    assert thing in (await person("/mydata")).text.partition("Not there for you")[2]
    for _ in range(5):
        assert thing not in await _things(person, knowledge)
        bot.clock.advance(days=1)
        await person.says_it_is_fit()
    await person(back)
    assert "Not there for you" not in (await person("/mydata")).text


async def test_a_band_that_is_gone_is_forgotten(person: Person, knowledge: Knowledge) -> None:
    await person.says_it_is_fit()
    await person("i have a band", "i don't have a band anymore")
    assert "band" not in await _things(person, knowledge)
    assert "Equipment" not in (await person("/mydata")).text


@pytest.mark.parametrize(
    ("wish", "thing"),
    [
        ("routine without a band", "band"),
        ("give me a routine without a chair", "chair"),
        ("a routine please, i don't have a mat", "mat"),
        ("i have no chair and no mat, give me a routine", "chair"),
    ],
)
async def test_what_is_not_there_can_stand_in_the_wish(
    wish: str, thing: str, person: Person, knowledge: Knowledge
) -> None:
    await person.tap("None of these", await person(wish))
    assert thing not in await _things(person, knowledge)


async def test_without_a_mat_a_blanket_is_named_that_does_as_well(
    person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    said = knowledge.routine_words.notes["note_no_mat"]
    assert said in (await person("no mat today")).text
    assert said not in (await person("i have a mat")).text


async def test_what_turns_out_to_be_missing_in_the_middle_changes_only_what_is_to_come(
    person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    await person("i have a band", "/routine start", "done")
    done = (await person.moves())[0]
    card = await person("no band today")
    assert (await person.moves())[0] == done
    assert "✓" in card.text
    assert "band" not in await _things(person, knowledge)


@pytest.mark.parametrize(
    "wish",
    [
        "a routine for my slipped disc",
        "gentle routine, i have a herniated disc",
        "routine for slipped disc please",
        "herniated disc routine",
    ],
)
async def test_a_disc_that_a_wish_names_is_ticked_and_asked_about(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(wish)
    assert "✓ Herniated disc" in [each.label for each in reply.suggestions]
    reply = await person("/routine")
    assert "✓ Herniated disc" in [each.label for each in reply.suggestions]
    reply = await person.tap("Go on", reply)
    assert reply.text == knowledge.routine_talk.questions["leg"]


async def test_a_disc_that_a_wish_names_later_is_asked_about_too(
    person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    reply = await person.tap("Go on", await person("routine for a herniated disc"))
    assert reply.text == knowledge.routine_talk.questions["leg"]
    reply = await person("no", "yes")
    assert knowledge.routine_words.labels["herniated_disc"] in reply.text


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        ("routine for bad knees", "Sore knees"),
        ("a routine for sore wrists", "Sore wrists"),
        ("routine for scoliosis", "Another diagnosis"),
        ("routine for week 30 pregnancy", "I am pregnant"),
    ],
)
async def test_whatever_a_wish_names_that_is_asked_of_is_ticked(
    wish: str, label: str, person: Person
) -> None:
    assert f"✓ {label}" in [each.label for each in (await person(wish)).suggestions]


@pytest.mark.parametrize(
    ("first", "then"),
    [("/routine desk", "10 minutes"), ("/routine desk", "gentle"), ("/routine desk", "i am tired today")],
)
async def test_another_time_or_pace_stays_in_the_same_place(
    first: str, then: str, person: Person, knowledge: Knowledge
) -> None:
    await person(first, "None of these", then)
    assert (await person.session()).routine.place == "desk"
    assert all(knowledge.exercises[name].position in UPRIGHT for name in await person.moves())


async def test_less_time_leaves_a_gentle_routine_gentle_and_with_the_same_things(person: Person) -> None:
    await person("/routine gentle bare", "None of these", "i only have 4 mins")
    wish = (await person.session()).routine.wish
    assert wish.gentle
    assert wish.equipment == frozenset()
    assert (await person.session()).routine.minutes == 4
    await person("i have a band")
    assert (await person.profiles.load("1")).equipment == {"band"}


@pytest.mark.parametrize("less", ["shorter", "/routine gentle 3"])
async def test_a_gentle_day_that_is_to_take_less_time_builds_no_strength(
    less: str, person: Person, knowledge: Knowledge
) -> None:
    await person("a gentle routine today", "None of these", less)
    assert (await person.session()).routine.minutes == 3
    purposes = {knowledge.exercises[name].purpose for name in await person.moves()}
    assert Purpose.STRENGTHEN not in purposes


@pytest.mark.parametrize(
    "wish",
    [
        "i can't get down on the floor, give me a routine",
        "i cannot kneel, a routine please",
        "a routine, nothing on the floor",
        "routine, but i am not able to lie down",
    ],
)
async def test_who_cannot_get_down_gets_nothing_down_there(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.tap("None of these", await person(wish))
    assert all(knowledge.exercises[name].position in UPRIGHT for name in await person.moves())


async def test_a_rowing_machine_that_is_not_there_is_no_code(person: Person, knowledge: Knowledge) -> None:
    await person("/routine rowing", "None of these")
    assert "rowing_machine" in await _things(person, knowledge)
    await person("no rowing machine")
    assert "rowing_machine" not in await _things(person, knowledge)


@pytest.mark.parametrize(
    "wish", ["routine without mat and chair", "a routine, no mat or chair, no wall either"]
)
async def test_several_things_that_are_not_there_are_all_left_out(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.tap("None of these", await person(wish))
    assert {"mat", "chair"}.isdisjoint(await _things(person, knowledge))
    await person("i dont have a band or dumbbells", "i have a band")
    assert (await person.profiles.load("1")).equipment == {"band"}
    assert {"mat", "chair", "dumbbells"}.isdisjoint(await _things(person, knowledge))


@pytest.mark.parametrize(
    ("wish", "position"),
    [
        ("i can only sit, routine please", Position.SITTING),
        ("i have to sit, a routine please", Position.SITTING),
        ("i can't sit, a routine please", Position.STANDING),
    ],
)
async def test_who_can_only_sit_or_stand_does(
    wish: str, position: Position, person: Person, knowledge: Knowledge
) -> None:
    await person.tap("None of these", await person(wish))
    assert {knowledge.exercises[name].position for name in await person.moves()} == {position}


@pytest.mark.parametrize(
    ("wish", "minutes"),
    [("/routine 3.5", 4), ("/routine 6,2", 6), ("a routine for 4.5 minutes", 5), ("/routine 0.5 min", 1)],
)
async def test_parts_of_minutes_are_rounded_and_that_is_said(
    wish: str, minutes: int, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    reply = await person(wish)
    assert reply.text.startswith(knowledge.messages.routine_rounded.format(minutes=minutes))
    assert (await person.session()).routine.wish.minutes == minutes


@pytest.mark.parametrize(
    "wish", ["/routine -5", "a routine of -5 minutes", "/routine 0", "/routine 2.5 hours"]
)
async def test_a_time_that_cannot_be_is_answered_with_those_that_can(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    before = await person.moves()
    assert (await person(wish)).text == knowledge.routine_words.refusals["no_routine_minutes"]
    assert await person.moves() == before


@pytest.mark.parametrize("wish", ["/routine 5", "/routine 5-10", "a routine - 5 minutes please"])
async def test_whole_minutes_are_not_remarked_upon(wish: str, person: Person, knowledge: Knowledge) -> None:
    await person.says_it_is_fit()
    assert (await person(wish)).text.startswith(knowledge.messages.routine_card[:10])
