"""Questions about a sign in general raise no alarm; whoever says that somebody has it is heard."""

import pytest
from house import Clock

from bot.core.conversation import Conversation
from bot.core.model import Action
from bot.core.talk import Kind, Turn
from bot.services.assistant import Assistant

GENERAL = [
    "what is saddle numbness",
    "What does saddle anaesthesia mean?",
    "what does foot drop mean",
    "what happens if you get numb down there",
    "is chest pain a warning sign",
    "is numbness between the legs a red flag",
    "what would you do if i had chest pain",
    "what would you do if i said i had chest pain",
    "why do you ask about numbness between the legs",
    "why does your app ask about numbness between the legs?",
    "what are the signs of cauda equina",
]
REPORTS = [
    "is it serious that i am numb between my legs",
    "what is it when i cant feel down there",
    "is chest pain dangerous i have it now",
    "what happens if you cant pee since yesterday",
    "what happens if you get numb down there since yesterday",
    "what should i do about numbness in my saddle area",
    "what is this numbness between my legs",
    "what does numbness between my legs mean",
    "is my chest pain a warning sign",
    "is numbness between the legs today a red flag",
    "is numbness between the legs a red flag because i have it",
    "is sudden numbness between the legs a red flag",
    "what would you do if i had chest pain now",
    "what are the symptoms of this chest pain",
    "is chest pain a warning sign? it started an hour ago",
    "why do you ask about numbness between the legs, mine are numb",
]


@pytest.mark.parametrize("text", GENERAL)
def test_a_question_in_general_raises_nothing_and_is_answered_with_the_warning_signs(
    text: str, conversation: Conversation
) -> None:
    assert conversation.alarms(text) == []
    reply = conversation.answer(text)
    assert (reply.kind, reply.entry) == (Kind.ANSWER, "warning-signs")


async def test_whoever_did_not_mean_the_warning_signs_is_led_on(assistant: Assistant, clock: Clock) -> None:
    listed = await assistant.respond(Turn(text=GENERAL[0], now=clock(), chat="1"))
    way_out = listed.suggestions[-1]
    assert way_out.label == "Not what I asked"
    others = await assistant.respond(Turn(text=way_out.utterance, now=clock(), chat="1"))
    assert others.kind is Kind.CLARIFICATION
    assert listed.entry not in {each.entry for each in others.suggestions}


@pytest.mark.parametrize("text", REPORTS)
def test_whoever_says_that_somebody_is_affected_raises_an_alarm(
    text: str, conversation: Conversation
) -> None:
    assert conversation.alarms(text)[0].flag.action is Action.EMERGENCY


def test_a_question_about_despair_is_heard_as_need(conversation: Conversation) -> None:
    (alarm, *_) = conversation.alarms("what would you do if i had suicidal thoughts")
    assert alarm.flag.action is Action.CRISIS


@pytest.mark.parametrize(
    ("messages", "action"),
    [
        (("is numbness between the legs a red flag", "yes i have that"), Action.EMERGENCY),
        (("what is saddle numbness", "it started this morning with my legs"), Action.EMERGENCY),
        (("what is saddle numbness", "my back hurts, what can i do"), None),
        (("my back aches a bit", "is numbness between the legs a red flag"), None),
    ],
)
async def test_a_question_in_general_counts_once_somebody_goes_back_to_it(
    messages: tuple[str, ...], action: Action | None, assistant: Assistant, clock: Clock
) -> None:
    replies = [await assistant.respond(Turn(text=text, now=clock(), chat="1")) for text in messages]
    assert replies[-1].action is action


def test_no_example_of_a_red_flag_is_silenced(conversation: Conversation) -> None:
    flags = conversation.knowledge.red_flags.values()
    asked = [text for flag in flags for text in flag.examples if not conversation.alarms(text)]
    assert asked == []
