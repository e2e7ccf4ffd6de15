"""Red flags in a talk: signs that are spread over messages, and what pauses until somebody has been seen."""

import asyncio
from dataclasses import replace

import pytest
from house import NUMB, QUESTION, Clock, zones_of

from bot.core.conversation import Conversation
from bot.core.model import Action, Knowledge
from bot.core.talk import Context, Kind, Reply, Turn
from bot.services.assistant import Assistant, House
from bot.storage.memory import MemoryContextStore, memory_stores

POSTURE = "Is bad posture harmful?"  # the title of is-bad-posture-harmful


class Talk:
    """Says things in one chat, or as one person in a group."""

    def __init__(
        self, assistant: Assistant, clock: Clock, chat: str = "1", *, is_public: bool = False
    ) -> None:
        self._assistant = assistant
        self._clock = clock
        self._chat = chat
        self._is_public = is_public

    async def __call__(self, text: str) -> Reply:
        turn = Turn(text=text, now=self._clock(), chat=self._chat, is_public=self._is_public)
        return await self._assistant.respond(turn)


@pytest.fixture
def say(assistant: Assistant, clock: Clock) -> Talk:
    return Talk(assistant, clock)


@pytest.mark.parametrize(
    "messages",
    [
        ("my back is killing me", "and now i cant pee"),
        ("i am 24 weeks pregnant", "there is some bleeding"),
        ("i had breast cancer", "my back hurts since last week", "and my legs are going numb"),
    ],
)
async def test_a_sign_that_is_spread_over_messages_is_found(say: Talk, messages: tuple[str, ...]) -> None:
    *_, last = [await say(message) for message in messages]
    assert last.kind is Kind.RED_FLAG
    assert last.action in {Action.EMERGENCY, Action.SAME_DAY}


XRAYED = "i fell off a ladder in march, doc did xray, nothing broken, can i train now"
LONG_AGO = "i had numbness between my legs years ago, all gone now, can i train"


@pytest.mark.parametrize("told", [XRAYED, LONG_AGO])
@pytest.mark.parametrize("next_", ["which exercises", "2", "how often", "my back hurts a bit"])
async def test_what_is_past_is_not_raised_by_a_harmless_message_after_it(
    say: Talk, told: str, next_: str
) -> None:
    replies = [await say(text) for text in (told, next_, "thanks")]
    assert not any(reply.action for reply in replies)


@pytest.mark.parametrize(
    ("told", "next_"),
    [
        (XRAYED, "and now i cant pee"),
        (XRAYED, "yesterday i fell off a ladder again and my back really hurts"),
        (LONG_AGO, "it came back today"),
        (LONG_AGO, "i have it again"),
    ],
)
async def test_what_is_past_hides_no_sign_that_is_there_again_or_new(
    say: Talk, told: str, next_: str
) -> None:
    assert (await say(told)).action is None
    assert (await say(next_)).action is Action.EMERGENCY


@pytest.mark.parametrize(
    ("asked", "next_"),
    [
        ("what is saddle numbness", "and can i train now?"),
        ("is chest pain a red flag", "and which exercises can i do"),
    ],
)
async def test_who_asks_on_after_a_question_in_general_is_not_heard_as_ill(
    say: Talk, asked: str, next_: str
) -> None:
    await say(asked)
    assert (await say(next_)).kind is not Kind.RED_FLAG


CALM = [
    "my leg tingles",
    "sciatica down my left leg",
    "i feel dizzy",
    "this hurts",
    "stabbing pain",
    "/done38@bot",
    "childs pose hurts my knees, what else",
    "i dont like this",
    "end it",
    "kill me",
    "this is killing me",
    "my bloody back is fucked, what exercises",
    "have i slipped a disc",
    "is it sciatica or a disc?",
    "24 weeks, is back training ok?",
]
FIGURES_OF_SPEECH = [  # whole signs, as words go
    "I am afraid of getting paralysed from deadlifts, is this fear rational? My back is ok.",
    "my legs are dead after squats 😂",
    "We watched a zombie film, the paralysed guy got up and walked. Anyway which exercises today?",
]
REPORT, REPORTED = "and my back hurts and i can't pee since this morning", "bladder-or-bowel-trouble"
IN_DESPAIR = [
    "i want to end it",
    "thinking about ending it",
    "end my life",
    "i want to die",
    "i cant take it anymore",
    "better off without me",
    "the pain makes me want to kill myself",
]
IN_OTHER_LANGUAGES = [  # what nobody may miss, whatever language it is said in
    ("Ich kann nicht mehr pinkeln und habe Rückenschmerzen", "bladder-or-bowel-trouble"),
    ("me duele la espalda y no puedo orinar", "bladder-or-bowel-trouble"),
    ("je ne peux plus uriner", "bladder-or-bowel-trouble"),
    ("taub zwischen den Beinen", "saddle-numbness"),
    ("dolor en el pecho", "chest-symptoms"),
    ("ich will nicht mehr leben", "distress"),
]
TOO_MANY = [
    "i swallowed a whole pack of ibuprofen",
    "i took 20 paracetamol for my back",
    "he took all his pills",
]
HURT_BY_SOMEBODY = [
    "my husband hits me",
    "i was raped",
    "i'm scared to go home",
    "my dad beats me",
    "she is beaten by her husband",
    "he says he will kill me if i leave",
]
HURT_AND_IN_PAIN = [
    "my boyfriend pushed me down the stairs and my back hurts",
    "my husband hits me and my back hurts",
    "he strangled me last night",
]
NOBODY_HURT = [
    "this workout is beating me up",
    "my trainer hits hard",
    "my back is taking a beating",
    "violent sneeze, my back twinged",
    "i hit my back on the door",
    "my son hit me with a ball by accident while playing",
    "my wife beats me at planks",
    "is vaping bad for the spine",
    "is it safe to train at home",
]
OVER = [  # illnesses of the past: the doctor is asked before training
    "had a heart attack in march, can i exercise?",
    "i had a stroke 2 years ago can i do planks",
    "had a stent put in last year, may i train my back",
    "after my heart attack can i train",
]
NOT_OVER = [
    "i think i'm having a heart attack",
    "had a heart attack in march and now i think i'm having another one",
    "had a heart attack last christmas and now my chest hurts again",
    "mum just had a stroke",
    "i cant stand up, legs gave way",
    "bad knee for years but since this morning i can't stand up",
]
TO_ASK_ABOUT_FIRST = [  # illnesses with which somebody else says which exercises suit
    "i have ms",
    "dad has parkinson's and stoops, are back exercises allowed",
    "bp 190/110 can i train",
    "in chemo, can i exercise my back",
    "type 1 diabetes, can i train my back",
    "kidney stones and back exercises",
    "i have fibromyalgia, which exercises may i do",
]
STRONG_LEGS = ["my legs are strong now", "my legs feel strong again", "strong legs, no numbness"]
ONLY_THE_KNEE = ["cant stand up, knee bad", "i cant stand up from the floor because of my knee"]
BOTH_LEGS = [
    *("my legs tingle", "tingling in both legs", "numb in the left leg and the right leg"),
    *("i can not feel my legs", "my legs have gone numb"),
]


@pytest.mark.parametrize("text", [*CALM, *STRONG_LEGS])
def test_what_nobody_reports_raises_nothing(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text) == []


@pytest.mark.parametrize("text", FIGURES_OF_SPEECH)
def test_a_figure_of_speech_raises_nothing_and_hides_nothing(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text) == []
    assert REPORTED in [alarm.flag.id for alarm in conversation.alarms(f"{text} {REPORT}")]


@pytest.mark.parametrize("text", IN_DESPAIR)
def test_whoever_is_in_despair_is_heard(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text)[0].flag.action is Action.CRISIS


@pytest.mark.parametrize(("text", "flag"), IN_OTHER_LANGUAGES)
def test_the_gravest_signs_are_heard_in_other_languages(
    text: str, flag: str, conversation: Conversation
) -> None:
    assert conversation.alarms(text)[0].flag.id == flag


@pytest.mark.parametrize("text", TOO_MANY)
def test_too_many_tablets_are_an_emergency(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text)[0].flag.id == "overdose"


@pytest.mark.parametrize("text", HURT_BY_SOMEBODY)
def test_whom_somebody_hurts_is_told_whom_to_reach(text: str, conversation: Conversation) -> None:
    first = conversation.alarms(text)[0]
    assert (first.flag.id, first.flag.action) == ("violence", Action.CRISIS)


@pytest.mark.parametrize("text", HURT_AND_IN_PAIN)
def test_whom_somebody_injured_is_not_told_of_an_accident(text: str, conversation: Conversation) -> None:
    first = conversation.alarms(text)[0]
    assert (first.flag.id, first.flag.action) == ("violence-with-injury", Action.EMERGENCY)


@pytest.mark.parametrize("text", NOBODY_HURT)
def test_where_nobody_hurts_anybody_there_is_no_alarm(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text) == []


@pytest.mark.parametrize("text", OVER)
async def test_an_illness_of_the_past_is_for_the_doctor_before_training(say: Talk, text: str) -> None:
    reply = await say(text)
    assert (reply.kind, reply.action) == (Kind.DEFER, None)


@pytest.mark.parametrize("text", TO_ASK_ABOUT_FIRST)
async def test_with_an_illness_somebody_else_chooses_the_exercises(say: Talk, text: str) -> None:
    assert (await say(text)).kind is Kind.DEFER


def test_a_very_high_pressure_with_a_headache_is_for_today(conversation: Conversation) -> None:
    first = conversation.alarms("my bp is 190/110 and i have a pounding headache")[0]
    assert (first.flag.id, first.flag.action) == ("very-high-blood-pressure", Action.SAME_DAY)


@pytest.mark.parametrize("text", NOT_OVER)
def test_what_is_there_now_or_again_stays_an_emergency(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text)[0].flag.action is Action.EMERGENCY


@pytest.mark.parametrize("text", ONLY_THE_KNEE)
def test_a_knee_that_keeps_somebody_down_raises_nothing(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text) == []


@pytest.mark.parametrize("text", BOTH_LEGS)
def test_both_legs_are_more_than_one(text: str, conversation: Conversation) -> None:
    assert conversation.alarms(text)[0].flag.action is Action.EMERGENCY


@pytest.mark.parametrize("text", ["childs pose hurts my knees", "/done38@bot", "how often should i train"])
async def test_a_pregnancy_told_before_makes_no_sign_of_other_words(say: Talk, text: str) -> None:
    await say("I am 24 weeks pregnant")
    assert (await say(text)).kind is not Kind.RED_FLAG


async def test_signs_that_lie_far_apart_are_no_sign(say: Talk, clock: Clock) -> None:
    assert (await say("my gums are bleeding")).kind is not Kind.RED_FLAG
    clock.advance(minutes=45)
    assert (await say("can i train when pregnant")).kind is not Kind.RED_FLAG


async def test_what_was_told_before_counts_for_a_later_sign(say: Talk) -> None:
    await say("I am 24 weeks pregnant")
    for _ in range(3):
        await say(QUESTION)
    assert (await say("some blood when i wipe")).kind is Kind.RED_FLAG


async def test_training_pauses_after_a_red_flag_until_somebody_has_been_seen(say: Talk) -> None:
    warned = await say(NUMB)
    paused = await say("/routine")
    assert [suggestion.utterance for suggestion in paused.suggestions] == ["/seen"]
    asked = await say("/seen")
    assert [suggestion.utterance for suggestion in asked.suggestions] == [
        "/seen yes",
        f"/flag {warned.red_flag}",
    ]
    assert (await say(asked.suggestions[1].utterance)).text == warned.text
    await say("/seen yes")
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


@pytest.mark.parametrize(
    "words", ["im fine now", "i'm ok thanks", "I feel better now", "the doctor has seen me"]
)
@pytest.mark.parametrize("sign", ["i want to die", NUMB])
async def test_who_writes_to_be_well_is_asked_as_by_the_button(say: Talk, sign: str, words: str) -> None:
    await say(sign)
    tapped = await say("/seen")
    assert (await say(words)).text == tapped.text
    assert (await say("no")).kind is Kind.RED_FLAG
    await say(words)
    await say("yes")
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_who_reported_nothing_is_not_asked_whether_it_is_settled(
    say: Talk, knowledge: Knowledge
) -> None:
    asked = knowledge.messages.ask_seen.split("{")[0]
    assert not (await say("im fine now")).text.startswith(asked)


async def test_an_answer_after_a_red_flag_recalls_it_first(say: Talk, knowledge: Knowledge) -> None:
    warned = await say(NUMB)
    answer = await say(POSTURE)
    sign = knowledge.red_flags[warned.red_flag or ""].name
    assert answer.text.startswith(knowledge.messages.reminder.format(sign=sign))
    assert answer.suggestions[0].utterance == "/seen"
    await say("/seen yes")
    assert (await say(POSTURE)).text == knowledge.entries["is-bad-posture-harmful"].answer


@pytest.mark.parametrize(
    "text",
    ["why does rowing hurt a disc", "is walking all right after the operation"],
)
async def test_a_question_that_names_a_diagnosis_is_answered_with_the_note_for_it(
    say: Talk, text: str
) -> None:
    reply = await say(text)
    assert "diagnosis" in [disclaimer.id for disclaimer in reply.disclaimers]


async def test_an_emergency_offers_what_to_say_on_the_phone_and_nothing_else(
    say: Talk, knowledge: Knowledge
) -> None:
    warned = await say(NUMB)
    assert [suggestion.utterance for suggestion in warned.suggestions] == ["/phone"]
    told = await say("1")
    assert told.text.startswith(knowledge.messages.phone)
    assert knowledge.red_flags["saddle-numbness"].name in told.text
    assert not told.suggestions


async def test_whoever_reported_nothing_reads_what_to_say_on_the_phone_too(
    say: Talk, knowledge: Knowledge
) -> None:
    assert (await say("/phone")).text == knowledge.messages.phone


async def test_a_person_in_need_is_offered_nothing_but_the_advice(say: Talk) -> None:
    reply = await say("i want to die")
    assert (reply.action, reply.suggestions) == (Action.CRISIS, ())


async def test_the_numbers_are_those_of_the_country_that_was_set(
    conversation: Conversation, clock: Clock
) -> None:
    contexts = MemoryContextStore()
    stores = replace(memory_stores(), contexts=contexts, fleeting=contexts)
    abroad = Assistant(
        {"en": conversation},
        stores,
        House(language="en", version="1.2.3", country="AU"),
        zones_of(conversation),
    )
    for text in (NUMB, "/phone", "/redflags"):
        reply = await abroad.respond(Turn(text=text, now=clock()))
        assert "000" in reply.text
        assert "999" not in reply.text
    (card,) = abroad.cards(Turn(text=NUMB, now=clock()))
    assert "000" in card.text


async def test_a_sign_is_found_when_its_half_alone_says_to_see_a_doctor(say: Talk) -> None:
    first = await say("i have lost weight without trying and my back hurts")
    assert first.action is Action.SEE_DOCTOR
    assert (await say("i had breast cancer and my legs are numb")).action is Action.EMERGENCY


async def test_a_new_talk_does_not_end_the_pause(say: Talk, clock: Clock) -> None:
    await say(NUMB)
    await say("/new")
    clock.advance(days=2)
    assert (await say("/subscribe")).suggestions[0].utterance == "/seen"


async def test_the_pause_ends_by_itself(say: Talk, clock: Clock) -> None:
    await say(NUMB)
    clock.advance(days=15)
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_a_sign_to_see_a_doctor_pauses_nothing(say: Talk) -> None:
    reply = await say("i have lost weight without trying and my back hurts, how often should i train")
    assert (reply.kind, reply.action) == (Kind.RED_FLAG, Action.SEE_DOCTOR)
    assert (await say("/routine")).suggestions[0].utterance != "/seen"


async def test_a_warning_sign_of_the_list_can_be_named_by_its_number(say: Talk) -> None:
    listed = await say("/redflags")
    reply = await say("2")
    assert (reply.kind, f"/flag {reply.red_flag}") == (Kind.RED_FLAG, listed.suggestions[1].utterance)


async def test_in_a_group_a_pause_is_one_persons_and_lasts_for_minutes(
    assistant: Assistant, clock: Clock
) -> None:
    anna, ben = (Talk(assistant, clock, f"-5:{person}", is_public=True) for person in (1, 2))
    await anna(NUMB)
    assert (await anna("/routine")).suggestions[0].utterance == "/seen"
    assert (await ben("/routine")).suggestions[0].utterance != "/seen"
    clock.advance(minutes=6)
    assert (await anna("/routine")).suggestions[0].utterance != "/seen"


async def test_somebody_who_told_of_an_operation_reads_the_note_for_it_but_not_twice_in_a_row(
    say: Talk,
) -> None:
    texts = ("I had back surgery in March", "What is back training?", "Which band should I buy?")
    replies = [await say(text) for text in texts]
    noted = ["diagnosis" in [disclaimer.id for disclaimer in reply.disclaimers] for reply in replies]
    assert noted == [True, False, True]


async def test_a_very_long_text_holds_nobody_else_up(assistant: Assistant, clock: Clock) -> None:
    answered: list[str] = []

    async def ask(text: str) -> None:
        await assistant.respond(Turn(text=text, now=clock()))
        answered.append(text)

    long = "blah " * 20_000
    await asyncio.gather(ask(long), ask(QUESTION))
    assert answered == [QUESTION, long]


async def test_a_sign_that_had_to_be_seen_today_becomes_an_emergency_with_what_is_said_next(
    conversation: Conversation, clock: Clock
) -> None:
    talk = conversation
    context: Context | None = None
    flags = []
    for text in ("waters went", "thanks", "last night and now im shivering, 34 weeks"):
        flag = talk.heed(text, context)
        flags.append(flag and flag.action)
        reply = talk.warn(flag) or talk.answer(text, context)
        context = talk.interpreter.remember(context, Turn(text=text, now=clock()), reply)
    assert flags == [Action.SAME_DAY, None, Action.EMERGENCY]
