"""What people tell in words counts before a routine, and wishes are heard as they are typed."""

import pytest
from house import Bot
from people import Person

from bot.core.exercises.exercise import Condition
from bot.core.model import Knowledge
from bot.core.person.eligibility import FLAT
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer, Answers, with_told
from bot.core.person.readiness_pages import TICK
from bot.core.person.telling import Telling
from bot.core.talk import Kind


@pytest.fixture(scope="session")
def telling(knowledge: Knowledge) -> Telling:
    return Telling(knowledge.routine_talk, knowledge.vocabulary)


TOLD = {
    "my sciatica is back": {Answer.LEG_SYMPTOMS},
    "pain shoots down my left leg": {Answer.LEG_SYMPTOMS},
    "my back hurts and my leg is numb": {Answer.LEG_SYMPTOMS},
    "my sciatica is gone": set(),
    "no tingling in my leg": set(),
    "what is sciatica": set(),
    "my mum has sciatica": set(),
    "my legs are stiff": set(),
    "i am 15": {Answer.UNDER_16},
    "I'm fourteen, can I do this?": {Answer.UNDER_16},
    "i am 15 give me a workout": {Answer.UNDER_16},
    "i'm 14 i want a routine": {Answer.UNDER_16},
    "i am 15 minutes late, give me a workout": set(),
    "13yo here": {Answer.UNDER_16},
    "i am 15 weeks pregnant": {Answer.LATER},
    "i'm pregnant": {Answer.PREGNANCY},
    "pregnant, what can i do": {Answer.PREGNANCY},
    "i'm not pregnant": set(),
    "is it fine if i am pregnant": set(),
    "my wife is pregnant": set(),
    "which exercises suit pregnant women": set(),
    "i have a herniated disc": {Answer.HERNIATED_DISC},
    "slipped disc, can i do planks": {Answer.HERNIATED_DISC},
    "i have no slipped disc": set(),
    "i have placenta praevia and want to train": {Answer.SERIOUS},
    "im in 8th grade": {Answer.UNDER_16},
    "my son is in 8th grade": set(),
    "my bone density is low": {Answer.OSTEOPOROSIS},
    "t score -3": {Answer.OSTEOPOROSIS},
    "my t-score is -2.8, what can i do": {Answer.OSTEOPOROSIS},
    "brittle bones": {Answer.OSTEOPOROSIS},
    "brittle bones and back exercises": set(),
    "my mum has brittle bones": set(),
    "i have a compression fracture": {Answer.OSTEOPOROSIS, Answer.OTHER_DIAGNOSIS},
    "i broke my back last year": {Answer.OTHER_DIAGNOSIS},
    "i have ms": {Answer.OTHER_DIAGNOSIS},
    "had a stent put in last year": {Answer.OTHER_DIAGNOSIS},
    "my knees are bad": {Answer.KNEE},
    "my knees are fine": set(),
    "i had a baby 3 weeks ago": {Answer.AFTER_BIRTH},
    "i had a baby 3 years ago": set(),
    "im 8 weeks pregnant": {Answer.FIRST_TRIMESTER},
    "i have 15 minutes": set(),
    "i am 12 weeks post op": set(),
    "my son is 13 years old": set(),
    "i have a spinal fracture": {Answer.OTHER_DIAGNOSIS},
    "i broke a vertebra in spring": {Answer.OTHER_DIAGNOSIS},
    "caesarean 3 weeks ago": {Answer.AFTER_SURGERY},
    "fever with flu": {Answer.ILL},
    "i had a spinal fusion in spring": {Answer.AFTER_SURGERY},
    "since my back op i am stiff": {Answer.AFTER_SURGERY},
    "i had no fusion": set(),
    "i've got a cold": {Answer.ILL},
    "i have no fever": set(),
    "i am sick of this": set(),
    "cold weather makes my back stiff": set(),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_is_heard_and_what_is_not_so_is_not(text: str, telling: Telling) -> None:
    assert telling.tells(text) == TOLD[text]


@pytest.mark.parametrize(
    ("given", "told", "counts"),
    [
        (
            {Answer.NO_LEG_SYMPTOMS, Answer.AGREED},
            {Answer.LEG_SYMPTOMS},
            {Answer.LEG_SYMPTOMS, Answer.AGREED},
        ),
        ({Answer.FIRST_TRIMESTER}, {Answer.LATER}, {Answer.LATER, Answer.PREGNANCY}),
        ({Answer.LATER}, {Answer.FIRST_TRIMESTER}, {Answer.LATER, Answer.PREGNANCY}),
        (set(), {Answer.FIRST_TRIMESTER}, {Answer.FIRST_TRIMESTER, Answer.PREGNANCY}),
        ({Answer.AGREED}, {Answer.OTHER_DIAGNOSIS}, {Answer.OTHER_DIAGNOSIS}),
        ({Answer.KNEE}, set(), {Answer.KNEE}),
    ],
)
def test_what_is_told_counts_more_than_what_was_answered(
    given: set[Answer], told: set[Answer], counts: Answers
) -> None:
    assert with_told(frozenset(given), frozenset(told)) == counts


async def test_leg_symptoms_stop_a_routine_that_goes_on(person: Person, knowledge: Knowledge) -> None:
    await person("/ready go dmy", "start", "my sciatica is back", "none of these")
    refused = knowledge.routine_words.refusals["refused_leg_symptoms"]
    assert (await person("/routine")).text.startswith(refused)
    assert (await person("/ready go dmy")).text.startswith(refused)


@pytest.mark.parametrize(
    ("tell", "reason"),
    [
        ("im 13 years old", "refused_under_16"),
        ("i have the flu", "refused_ill"),
        ("i have sciatica", "refused_leg_symptoms"),
    ],
)
async def test_what_is_told_refuses_a_routine_at_once_and_can_be_taken_back(
    tell: str, reason: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(tell, "/routine")
    assert reply.text.startswith(knowledge.routine_words.refusals[reason])
    assert reply.text.endswith(knowledge.messages.ready_told)
    assert (await person("/new", "/routine")).text == knowledge.routine_talk.questions["first"]


@pytest.mark.parametrize("tell", ["i have a spinal fracture", "caesarean 3 weeks ago"])
async def test_none_of_these_does_not_undo_what_was_told(
    tell: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person("/routine", tell, "/ready go")).text == knowledge.routine_talk.questions["leg"]


@pytest.mark.parametrize(
    ("tell", "ticked"),
    [
        ("i'm pregnant", "pregnancy"),
        ("i'm 30 weeks pregnant", "pregnancy"),
        ("i have a herniated disc", "herniated_disc"),
        ("my knees are bad", "knee"),
    ],
)
async def test_what_was_told_is_ticked_hours_later_and_counts_for_those_who_kept_their_answers(
    tell: str, ticked: str, person: Person, knowledge: Knowledge
) -> None:
    label = f"{TICK}{knowledge.routine_talk.answers[Answer(ticked)]}"
    await person(tell)
    person.bot.clock.advance(hours=5)
    assert label in [each.label for each in (await person("/routine")).suggestions]
    await person("/new", "/ready keep", tell)
    person.bot.clock.advance(hours=5)
    reply = await person("/routine")
    assert reply.text in knowledge.routine_talk.questions.values() or ticked == "knee"


async def test_what_was_told_of_a_pregnancy_fits_an_exercise_hours_later(person: Person) -> None:
    await person("i'm 30 weeks pregnant")
    person.bot.clock.advance(hours=5)
    assert "pregnancy" in (await person("how do i do the glute bridge")).text.lower()


@pytest.mark.parametrize(
    ("wish", "question"),
    [
        ("i'm pregnant, give me a routine", "first"),
        ("i have a herniated disc, give me a routine", "first"),
        ("i had a baby 3 weeks ago, give me a routine", "first"),
        ("i'm fifteen, routine please", ""),
        ("i have placenta praevia, a routine please", ""),
    ],
)
async def test_a_wish_with_what_is_told_in_one_message_is_heard_with_it(
    wish: str, question: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(wish)
    words, talk = knowledge.routine_words, knowledge.routine_talk
    refusals = tuple(words.refusals[f"refused_{name}"] for name in ("under_16", "serious"))
    assert reply.text == talk.questions[question] if question else reply.text.startswith(refusals)


async def test_after_a_birth_a_clinician_must_have_agreed(person: Person, knowledge: Knowledge) -> None:
    reply = await person("i had a baby 3 weeks ago", "/ready go")
    assert reply.text == knowledge.routine_talk.questions["agreed"]


async def test_who_told_of_a_leg_is_asked_of_it_for_fourteen_days(
    person: Person, knowledge: Knowledge
) -> None:
    asked = knowledge.routine_talk.questions["leg"]
    await person("my sciatica is bad", "/new")
    assert (await person("/ready go")).text == asked
    assert knowledge.messages.mydata_leg[:30] in (await person("/mydata")).text
    await person.contexts.forget("1")
    await person("my sciatica is bad", "/new")
    person.bot.clock.advance(days=13)
    assert (await person("/ready go")).text == asked
    person.bot.clock.advance(days=2)
    assert (await person("/ready go")).text != asked


@pytest.mark.parametrize(
    ("tell", "reason"),
    [
        ("i am 15", "refused_under_16"),
        ("my sciatica is bad", "refused_leg_symptoms"),
        ("/ready go pv", "refused_serious"),
        ("/ready go pa", "refused_advised_against"),
        ("/ready go o", "refused_osteoporosis"),
        ("/ready go dmg", "refused_not_asked"),
    ],
)
async def test_who_may_have_no_routine_gets_no_sample_of_one(
    tell: str, reason: str, person: Person, knowledge: Knowledge
) -> None:
    await person(tell)
    for asked in ("Can you show me a short sample routine?", "beginner back routine", "/show desk-routine"):
        assert (await person(asked)).text.startswith(knowledge.routine_words.refusals[reason])


@pytest.mark.parametrize(
    ("tell", "asked", "reason"),
    [
        ("i am 15", "how do i do the plank", "refused_under_16"),
        ("i am 15", "which exercises strengthen the back", "refused_under_16"),
        ("/ready go pa", "Which back exercises suit pregnancy?", "refused_advised_against"),
        ("my sciatica is bad", "how do i do the hamstring stretch", "refused_leg_symptoms"),
        ("my sciatica is bad", "/show exercise:prone-press-up", "refused_leg_symptoms"),
        ("i have the flu", "how do i do the bird dog", "refused_ill"),
    ],
)
async def test_exercises_are_not_shown_as_if_nothing_had_been_told(
    tell: str, asked: str, reason: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(tell, asked)
    assert reply.text.startswith(knowledge.routine_words.refusals[reason])


async def test_an_open_warning_sign_stands_before_a_sample_routine(
    person: Person, knowledge: Knowledge
) -> None:
    reply = await person("im numb down there now", "Can you show me a short sample routine?")
    assert "Can you show me" not in reply.text
    assert reply.entry is None


async def test_what_is_told_in_a_group_is_not_kept(person: Person, knowledge: Knowledge) -> None:
    await person("im 13 years old", is_public=True)
    assert (await person("/routine")).text == knowledge.routine_talk.questions["first"]


@pytest.mark.parametrize("text", ["routine for half an hour", "/routine half an hour"])
async def test_half_an_hour_is_heard_as_such(text: str, person: Person, knowledge: Knowledge) -> None:
    refused = knowledge.routine_words.refusals["no_routine_minutes"]
    assert (await person("/routine", "None of these", text)).text == refused


async def test_a_mistyped_wish_is_heard(person: Person) -> None:
    assert "about 3" in (await person("soemthing for 3 minuts at wrok", "None of these")).text


async def test_what_cannot_be_kept_is_said(person: Person) -> None:
    reply = await person("/routine", "None of these", "/routine keep trampoline")
    assert "“trampoline”" in reply.text
    assert not (await person.profiles.load("1")).minutes


async def test_letters_that_nobody_knows_are_no_answers(person: Person, knowledge: Knowledge) -> None:
    assert (await person("/ready go zzz")).text == knowledge.routine_talk.questions["first"]


async def test_a_code_alone_opens_its_routine(person: Person, bot: Bot, knowledge: Knowledge) -> None:
    code = (await person("/routine", "None of these", "/routine share")).text.rsplit(maxsplit=1)[-1]
    other = Person(bot)
    assert (await other("/ready go", code)).text.startswith(knowledge.messages.routine_shared)


async def test_never_again_is_taken_back_in_words(person: Person, knowledge: Knowledge) -> None:
    await person("/routine", "None of these", "Start")
    unwanted = (await person.moves())[0]
    name = knowledge.exercises[unwanted].name
    await person("never again")
    reply = await person(f"show me the {name} again")
    assert reply.text.startswith(knowledge.messages.never_taken_back.format(name=name))
    assert not (await person.profiles.load("1")).never
    await person("/routine", "start", "never again")
    assert (await person("take back never again")).text.startswith(knowledge.messages.routine_back)
    assert not (await person.profiles.load("1")).never


async def test_the_last_of_its_kind_is_left_out_and_not_shown_again(
    person: Person, knowledge: Knowledge
) -> None:
    await person("/routine", "None of these", "Start")
    reply = await person("never again")
    said = knowledge.messages.routine_never_dropped
    for _ in range(40):
        if said in reply.text:
            break
        reply = await person("never again")
    assert said in reply.text
    assert (await person.profiles.load("1")).never.isdisjoint(await person.moves())


async def test_a_thing_that_changes_nothing_is_kept_and_said_to_change_nothing(
    person: Person, knowledge: Knowledge
) -> None:
    await person("/routine", "None of these", "I have a band")
    assert (await person("I have a band")).text.startswith(knowledge.messages.routine_kept_only)


async def test_a_card_names_what_is_needed_once(person: Person, knowledge: Knowledge) -> None:
    needed = knowledge.routine_talk.needed
    assert needed["floor"] not in (await person("/routine standing", "None of these")).text
    pregnant = await person("/ready go pnq", "/routine")
    said = [pregnant.text, *(note.text for note in pregnant.disclaimers)]
    assert sum("before you train in pregnancy" in text for text in said) == 1
    assert "pregnancy" not in [note.id for note in pregnant.disclaimers]


async def test_what_was_told_counts_for_a_day_after_it_was_told_and_no_longer(
    person: Person, knowledge: Knowledge
) -> None:
    refused = knowledge.routine_words.refusals["refused_under_16"]
    await person("im 13 years old")
    for _ in range(2):
        person.bot.clock.advance(hours=11)
        assert (await person("/routine")).text.startswith(refused)
    await person("my knees are bad")
    person.bot.clock.advance(hours=2)
    reply = await person("/routine")
    assert reply.text == knowledge.routine_talk.questions["first"]
    assert f"{TICK}{knowledge.routine_talk.answers[Answer.KNEE]}" in [o.label for o in reply.suggestions]
    context = await person.contexts.load("1")
    assert context is not None
    assert context.told == frozenset({"knee"})


async def test_what_is_told_again_counts_from_then_on(person: Person, knowledge: Knowledge) -> None:
    refused = knowledge.routine_words.refusals["refused_under_16"]
    for _ in range(3):
        await person("im 13 years old")
        person.bot.clock.advance(hours=20)
    assert (await person("/routine")).text.startswith(refused)


async def test_what_is_told_is_kept_of_whom_let_answers_be_kept(person: Person, knowledge: Knowledge) -> None:
    await person("/ready keep", "i am 20 weeks pregnant", "i have the flu")
    kept = await person.profiles.load("1")
    assert {"pregnancy", "later"} <= kept.conditions
    assert "ill" not in kept.conditions
    person.bot.clock.advance(days=3)
    assert (await person("/routine")).text == knowledge.routine_talk.questions["advice"]


async def test_what_is_told_before_all_is_let_be_kept_is_kept_too(person: Person) -> None:
    await person("/routine", "my knees are bad", "/ready keep")
    assert "knee" in (await person.profiles.load("1")).conditions


async def test_what_is_told_is_not_kept_of_others(person: Person) -> None:
    await person("/ready go", "i am 20 weeks pregnant")
    assert await person.profiles.load("1") == Profile()


async def test_a_routine_of_another_day_is_not_known_for_longer_than_a_day(person: Person) -> None:
    await person("/ready go pnf", "/routine")
    for _ in range(4):
        person.bot.clock.advance(hours=20)
        await person("hello")
    context = await person.contexts.load("1")
    assert context is not None
    assert "pregnan" not in repr(context.routine)


@pytest.mark.parametrize(
    ("told", "later"),
    [
        ("i have the flu", "i feel better now"),
        ("i have a fever", "the fever is gone"),
        ("im 14", "im actually 16"),
        ("im 14", "i am 17 actually"),
        ("i am pregnant", "i'm not pregnant"),
        ("i am pregnant", "not pregnant any more"),
    ],
)
async def test_what_holds_no_more_stands_against_nothing(
    told: str, later: str, person: Person, knowledge: Knowledge
) -> None:
    before = await person(told, "/routine")
    assert before.text != knowledge.routine_talk.questions["first"] or TICK in before.suggestions[2].label
    reply = await person(later, "/routine")
    assert reply.text == knowledge.routine_talk.questions["first"]
    assert not any(each.label.startswith(TICK) for each in reply.suggestions)


@pytest.mark.parametrize("later", ["i am 17 actually", "im 17"])
async def test_who_is_no_child_is_believed_and_told_so(
    later: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person("/ready go u", later)).text == knowledge.messages.taken_back


async def test_an_illness_that_is_over_is_none(person: Person, knowledge: Knowledge) -> None:
    reply = await person("i had the flu last week but i am fine now", "/routine")
    assert reply.text == knowledge.routine_talk.questions["first"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("i am 15", "refused_under_16"),
        ("my sciatica is bad", "refused_leg_symptoms"),
        ("/ready go o", "refused_osteoporosis"),
        ("i have a slipped disc", "refused_not_asked"),
        ("/ready go pavg", "refused_advised_against"),
        ("i have the flu", "refused_ill"),
    ],
)
async def test_no_exercises_are_offered_to_choose_from_but_the_reason_is_said(
    told: str, reason: str, person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    moves = {"routine_example", *knowledge.exercise_words.moves_in}
    asked_back = bot.conversation.pages.clarification(["which-exercises", "how-often-should-i-train"])
    await person(told)
    context = await person.contexts.load("1")
    reply = bot.conversation.fitted(asked_back, context, None)
    assert reply.text.startswith(knowledge.routine_words.refusals[reason])
    assert moves.isdisjoint(each.topic for each in reply.suggestions)
    assert "how-often-should-i-train" in [each.entry for each in reply.suggestions]


async def test_no_exercises_are_offered_or_named_while_training_pauses(
    person: Person, bot: Bot, knowledge: Knowledge
) -> None:
    await person("im numb down there now")
    paused = (await person("/routine")).text
    for asked in ("which exercises strengthen the back", "/exercises", "/exercises desk", "sample routine"):
        assert (await person(asked)).text == paused
    asked_back = bot.conversation.pages.clarification(["which-exercises", "how-often-should-i-train"])
    context = await person.contexts.load("1")
    assert bot.conversation.fitted(asked_back, context, None).text == paused


async def test_moves_for_everybody_are_none_for_brittle_bones(person: Person) -> None:
    for told, asked in (
        ("i have osteoporosis", "how do i stretch my back"),
        ("i have osteoporosis", "which exercises strengthen the back"),
        ("my t score is -3", "which exercises strengthen the back"),
        ("i have a compression fracture", "how do i stretch my back"),
    ):
        reply = await person(told, asked)
        assert reply.entry is None
        assert "training-with-osteoporosis" in [each.entry for each in reply.suggestions]


@pytest.mark.parametrize(
    ("told", "reason", "asked"),
    [
        ("i have the flu", "refused_ill", "which exercises strengthen the back"),
        ("i have the flu", "refused_ill", "/exercises"),
        ("i have osteoporosis", "refused_osteoporosis", "/exercises"),
        ("i have osteoporosis", "refused_osteoporosis", "/exercises stretch"),
        ("i have a slipped disc", "refused_not_asked", "which exercises strengthen the back"),
        ("i have a slipped disc", "refused_not_asked", "/exercises"),
        ("i have a slipped disc", "refused_not_asked", "/exercises stretch"),
    ],
)
async def test_lists_of_exercises_stand_below_the_word_to_wait(
    told: str, reason: str, asked: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(told, asked)
    refused = knowledge.routine_words.refusals[reason]
    assert reply.text.startswith(refused)
    assert reply.text.count(refused) == 1
    assert len(reply.text) > len(refused)


@pytest.mark.parametrize("asked", ["/exercises", "/exercises stretch", "more", "/other which-exercises"])
async def test_who_is_too_young_gets_no_list_of_exercises(
    asked: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person("which exercises are there for the back", "/ready go u", asked)
    assert reply.text.startswith(knowledge.routine_words.refusals["refused_under_16"])


@pytest.mark.parametrize(
    "asked", ["how often should i train my back", "how long is a session", "how do i start back training"]
)
async def test_who_is_too_young_gets_no_advice_on_training(
    asked: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person(asked)).kind is Kind.ANSWER
    reply = await person("/ready go u", asked)
    assert reply.text.startswith(knowledge.routine_words.refusals["refused_under_16"])


async def test_the_word_to_wait_is_said_once_above_an_exercise(person: Person, knowledge: Knowledge) -> None:
    reply = await person("i have the flu", "how do i do the bird dog")
    assert reply.text.count(knowledge.routine_words.refusals["refused_ill"]) == 1


@pytest.mark.parametrize(
    "said",
    [
        ("i have the flu, can i do planks",),
        ("got a cold, exercises?",),
        ("i have a fever", "can i do planks"),
        ("i have a fever", "which stretches help"),
        ("i've got a cold", "give me a routine"),
        ("i'm ill today", "exercises?"),
    ],
)
async def test_who_is_ill_hears_to_wait(said: tuple[str, ...], person: Person, knowledge: Knowledge) -> None:
    reply = await person(*said)
    waits = reply.entry == "training-with-a-cold" or reply.text.startswith(
        knowledge.routine_words.refusals["refused_ill"]
    )
    assert waits


@pytest.mark.parametrize(
    "known", [("i am 20 weeks pregnant",), ("/ready go pnf",), ("i am pregnant", "/routine")]
)
async def test_signs_of_a_pregnancy_are_heard_of_whom_is_known_to_be_pregnant(
    known: tuple[str, ...], person: Person
) -> None:
    assert (await person("i feel dizzy")).red_flag is None
    await person("/new", *known)
    person.bot.clock.advance(minutes=20)
    assert (await person("i feel dizzy")).red_flag == "pregnancy-dizzy"


async def test_signs_of_a_pregnancy_that_was_told_hours_ago_or_let_be_kept_are_heard(
    person: Person,
) -> None:
    await person("i am 20 weeks pregnant")
    person.bot.clock.advance(hours=5)
    assert (await person("i feel dizzy")).red_flag == "pregnancy-dizzy"
    other = Person(person.bot, chat="2")
    await other("/ready keep pnf")
    person.bot.clock.advance(days=2)
    assert (await other("i feel dizzy")).red_flag == "pregnancy-dizzy"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("22 weeks pregnant, no problems, routine please", Answer.PREGNANCY),
        ("im 22 weeks pregnant, no complications. give me a routine", Answer.PREGNANCY),
        ("22 weeks pregnant and healthy, a routine please", Answer.PREGNANCY),
        (
            "i had back surgery 6 weeks ago, my surgeon said yes to exercise, routine please",
            Answer.AFTER_SURGERY,
        ),
        ("i had a spinal fusion 6 weeks ago, can i get a routine", Answer.AFTER_SURGERY),
    ],
)
async def test_who_adds_that_all_is_well_is_asked_what_stands_before_a_routine(
    said: str, told: Answer, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(said)
    assert reply.text == knowledge.routine_talk.questions["first"]
    assert TICK + knowledge.routine_talk.answers[told] in {each.label for each in reply.suggestions}


async def test_the_week_of_a_pregnancy_that_was_told_is_not_asked(
    person: Person, knowledge: Knowledge
) -> None:
    reply = await person("22 weeks pregnant, no problems, routine please", "go on", "none of that")
    assert reply.text.startswith(knowledge.messages.routine_card[:10])
    exercises = [knowledge.exercises[move] for move in await person.moves()]
    assert FLAT.isdisjoint(exercise.position for exercise in exercises)


async def test_no_problems_alone_wish_for_no_routine(person: Person, knowledge: Knowledge) -> None:
    reply = await person("22 weeks pregnant, no problems")
    assert reply.text != knowledge.routine_talk.questions["first"]


async def test_sore_knees_that_are_told_of_beside_the_card_bring_it_again_fitted_to_them(
    person: Person, knowledge: Knowledge
) -> None:
    await person.says_it_is_fit()
    reply = await person("my knees are sore today")
    assert "sore knees" in reply.text
    for move in await person.moves():
        assert knowledge.exercises[move].is_for([Condition.KNEE])
    assert "Your routine" not in (await person("how often should i train my back", "my wrists hurt")).text
