"""How talks go on: what leans on the last answer, what was told before, wishes, and what is no question."""

import pytest
from house import QUESTION, Bot

from bot.core.conversation import Conversation
from bot.core.exercises.exercise import Condition
from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Turn

MATTRESS = "which mattress is best for my back"

GOING_ON = [  # what is said one after the other, and the entry that the last message gets
    ((QUESTION, "and for my mum, 70?"), "too-old-to-train"),
    (("are planks good for my back", "and for my dad who is 72"), "too-old-to-train"),
    (("how often should i train my back", "why?"), "why-regularity-matters"),
    (("how often should i train my back", "but why"), "why-regularity-matters"),
    (("how do i warm up", "how come?"), "do-i-need-to-warm-up"),
    (("are planks good for my back", "why?"), "are-planks-good"),
    (("do i have to warm up?", "why", "how long"), "how-to-warm-up"),
    (("i'm pregnant", "how often?"), "how-often-in-pregnancy"),
    (("i'm pregnant", "is that safe?"), "training-in-pregnancy"),
    (("i'm pregnant", "which exercises"), "pregnancy-exercises"),
    ((QUESTION, "no"), "no-thanks"),
    ((QUESTION, "no thanks"), "no-thanks"),
    ((MATTRESS, "and how often?"), "mattress-and-chair-buying"),
    ((MATTRESS, "why?"), "mattress-and-chair-buying"),
    ((MATTRESS, "which exercises are good for the lower back"), "lower-back-exercises"),
    (("can i take ibuprofen", "how often?"), "medicines"),
    (("6 months pregnant with my second", "which exercises"), "pregnancy-exercises"),
    (("preggo here, 20 wks", "which exercises"), "pregnancy-exercises"),
    (("we are expecting in march", "which exercises"), "pregnancy-exercises"),
]

WISHES = [
    ("goodby", "goodbye"),
    ("settings", "settings"),
    ("change my settings", "settings"),
    ("unsubscibe pls", "unsubscribe"),
    ("stop the tips", "unsubscribe"),
    ("gr8 bot", "thank-you"),
    ("tipp please", "subscribe"),
    ("change the language", "other-languages"),
    ("can you speak spanish", "other-languages"),
    ("haha", "laughing"),
    ("hlep pls", "what-can-you-do"),
]

NODS = ["yes", "yes please", "yeah"]

SWORN = [  # a question with swear words, and its entry
    ("how the hell do i start", "how-to-start"),
    ("how often should i fucking train my back", "how-often-should-i-train"),
    ("my back is bloody stiff from sitting", "stiff-from-sitting"),
    ("wtf is back training", "what-is-back-training"),
]

INSULTS = ["fuck off", "this is shit", "you fucking moron", "what a load of crap"]

EXPECTING = [
    ("i am 20 weeks can i do back training", "training-in-pregnancy"),
    ("can i train with bump", "training-in-pregnancy"),
    ("2nd trimester exercises", "pregnancy-exercises"),
    ("32 weeks pregnant how often should i train", "how-often-in-pregnancy"),
    ("24 weeks, is back training ok?", "training-in-pregnancy"),
]

ELSEWHERE = [
    *("back up my phone", "back office training", "get my money back", "train times to manchester"),
    *("backlog training", "call me back", "when is the next train to london", "what time is it"),
    *("shoulder surgery rehab", "knee surgery exercise", "hip replacement rehab", "dog training"),
]

ENDINGS = [  # the last message of a talk on an exercise, and what it is heard as
    ("ok thank you very much", "thank-you"),
    ("thanks doc lol", "thank-you"),
    ("alright thank you", "thank-you"),
    ("thx bro", "thank-you"),
    ("thank you, that is most helpful", "thank-you"),
    ("Thank you, I will ask my physio about that too.", "thank-you"),
    ("ok i try it. see you", "goodbye"),
    ("good night", "goodbye"),
]

UNENDED = [  # a message that thanks and asks on, and its entry
    ("thanks, and how often?", "how-often-should-i-train"),
    ("ok cheers. how do i warm up", "how-to-warm-up"),
    ("thanks, but my back is stiff from sitting", "stiff-from-sitting"),
]

LESS = ["train less often", "less often?", "should i train less", "fewer sessions a week"]

STORIES = {  # a story with a question at its end, and the entries that may answer it
    "i have three kids and a dog, i work in an office and drive for two hours a day so my question is"
    " how often should i train my back?": {"how-often-should-i-train"},
    "Hi! My wife is 6 months pregnant and she used to do yoga, she is worried about her back,"
    " how often should she exercise?": {"how-often-in-pregnancy"},
    "hi, I'm 45, desk job, had a disc op in March, my physio said I can start moving so my question is"
    " can I row?": {"is-rowing-good", "training-after-surgery", "single-exercise-with-a-disc"},
}


async def _talk(bot: Bot, *texts: str) -> Reply:
    """The reply to the last of some messages in one chat."""
    *_, last = [await bot.assistant.respond(Turn(text=text, now=bot.clock(), chat="1")) for text in texts]
    return last


@pytest.mark.parametrize(("texts", "entry"), GOING_ON)
async def test_a_message_goes_on_with_the_talk(texts: tuple[str, ...], entry: str, bot: Bot) -> None:
    assert (await _talk(bot, *texts)).entry == entry


@pytest.mark.parametrize(("ending", "entry"), ENDINGS)
async def test_thanks_or_a_goodbye_ends_the_talk_whatever_it_was_about(
    ending: str, entry: str, bot: Bot
) -> None:
    assert (await _talk(bot, "are planks good for my back", "how long", ending)).entry == entry


@pytest.mark.parametrize(("ending", "entry"), ENDINGS)
def test_it_means_the_same_when_nothing_is_remembered(
    ending: str, entry: str, conversation: Conversation
) -> None:
    assert conversation.answer(ending).entry == entry


@pytest.mark.parametrize(("text", "entry"), UNENDED)
async def test_thanks_before_a_question_do_not_hide_it(text: str, entry: str, bot: Bot) -> None:
    assert (await _talk(bot, "are planks good for my back", text)).entry == entry


@pytest.mark.parametrize("nod", NODS)
async def test_a_nod_after_an_answer_asks_for_the_next_one(nod: str, bot: Bot) -> None:
    after = await _talk(bot, QUESTION, "more")
    assert (await _talk(bot, "/new", QUESTION, nod)).entry == after.entry


async def test_after_the_wish_for_a_routine_there_is_more(bot: Bot) -> None:
    assert (await _talk(bot, "give me a routine", "more")).topic == "routine_example"


async def test_an_exercise_after_an_operation_is_a_matter_of_the_operation(
    bot: Bot, knowledge: Knowledge
) -> None:
    reply = await _talk(bot, "i had a disc operation", "can i do bridges")
    assert reply.entry == "exercise:glute-bridge"
    assert knowledge.exercises["glute-bridge"].suits(Condition.AFTER_SURGERY).text in reply.text


async def test_a_number_that_was_not_offered_brings_what_was_offered_once_more(
    bot: Bot, knowledge: Knowledge
) -> None:
    offered = (await _talk(bot, QUESTION)).suggestions
    reply = await _talk(bot, "17")
    assert (reply.text, reply.suggestions) == (knowledge.messages.not_offered, offered)


@pytest.mark.parametrize(("wish", "entry"), [*WISHES, *SWORN, *EXPECTING])
def test_a_wish_or_a_question_is_heard_in_careless_words(
    wish: str, entry: str, conversation: Conversation
) -> None:
    assert conversation.answer(wish).entry == entry


@pytest.mark.parametrize("insult", INSULTS)
def test_an_insult_alone_gets_a_calm_answer(insult: str, conversation: Conversation) -> None:
    assert conversation.answer(insult).entry == "rude-words"


@pytest.mark.parametrize("text", ELSEWHERE)
def test_another_back_another_train_and_other_joints_are_not_answered(
    text: str, conversation: Conversation
) -> None:
    assert conversation.answer(text).kind is Kind.FALLBACK


def test_another_subject_in_a_question_about_the_back_keeps_its_answer(conversation: Conversation) -> None:
    told = "i sit in the back office all day and my back is stiff from sitting"
    assert conversation.answer(told).kind in {Kind.ANSWER, Kind.CLARIFICATION}


@pytest.mark.parametrize("text", LESS)
def test_less_is_answered_as_less(text: str, conversation: Conversation) -> None:
    assert conversation.answer(text).entry == "less-often"


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_searched_for_its_question(story: str, conversation: Conversation) -> None:
    assert conversation.answer(story).entry in STORIES[story]


def test_what_a_question_tells_of_its_writer_brings_its_note(conversation: Conversation) -> None:
    reply = conversation.answer("I had a back operation last year. How do I breathe during exercises?")
    assert "diagnosis" in {disclaimer.id for disclaimer in reply.disclaimers}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Guten Tag, welche Übungen helfen gegen Rückenschmerzen?", "German"),
        ("rückenschmerzen was tun", "German"),
        ("¿cuántas veces debo entrenar la espalda?", "Spanish"),
        ("quels exercices pour le dos", "French"),
        ("hoe vaak moet ik mijn rug trainen", "Dutch"),
    ],
)
def test_another_language_is_named(text: str, language: str, conversation: Conversation) -> None:
    says = conversation.knowledge.messages.other_language
    assert conversation.answer(text).text == says.format(language=language)


@pytest.mark.parametrize(
    "text", ["asdfgh", "как часто тренировать спину", "背部训练", "a", "1234567", "qwerty"]
)
def test_what_cannot_be_read_is_said_so_kindly(text: str, conversation: Conversation) -> None:
    reply = conversation.answer(text)
    assert (reply.kind, reply.text) == (Kind.FALLBACK, conversation.knowledge.messages.unreadable)
