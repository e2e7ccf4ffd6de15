"""The exercises: asked about by name, fitted to the person, browsed, shared."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from house import NUMB, Clock

from bot.core.conversation import Conversation
from bot.core.exercise_pages import ExercisePages
from bot.core.exercise_questions import ExerciseQuestions, Form
from bot.core.exercises import Condition, Dose, Verdict
from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Turn
from bot.services.assistant import Assistant
from bot.telegram_ui.rendering import inline_results

Talk = Callable[[str], Awaitable[Reply]]


@pytest.fixture(scope="session")
def questions(knowledge: Knowledge) -> ExerciseQuestions:
    return ExerciseQuestions(knowledge.exercises, knowledge.exercise_words, knowledge.vocabulary)


@pytest.fixture
def say(assistant: Assistant, clock: Clock) -> Talk:
    """Say something in one chat."""

    async def say(text: str) -> Reply:
        return await assistant.respond(Turn(text=text, now=clock.now, chat="1"))

    return say


ASKED = {  # a message, the exercise and the form of question
    "how do i do the bird dog": ("bird-dog", Form.HOW),
    "how to birddog": ("bird-dog", Form.HOW),
    "how 2 do the brid dog pls": ("bird-dog", Form.HOW),
    "cat cow how does it work": ("cat-cow", Form.HOW),
    "Could you explain the wall angels, please?": ("wall-angels", Form.HOW),
    "Glute bridges": ("glute-bridge", Form.HOW),
    "what can i do instead of planks": ("bird-dog", Form.INSTEAD),
    "alternatives to the cobra": ("prone-press-up", Form.INSTEAD),
    "is there an easier version of the glute bridge": ("glute-bridge", Form.EASIER),
    "the dead bug is too hard": ("dead-bug", Form.EASIER),
    "how do i make the side plank harder": ("side-plank-on-the-knees", Form.HARDER),
    "is the cat cow ok in pregnancy": ("cat-cow", Form.SUITS),
    "cat cow when pregnant how": ("cat-cow", Form.HOW),
    "im 20 weeks pregnant, can i do the glute bridge?": ("glute-bridge", Form.SUITS),
    "child's pose with bad knees": ("childs-pose", Form.SUITS),
    "Can I do knee rolls with osteoporosis?": ("knee-rolls", Form.SUITS),
}

OTHERS = (  # messages that entries answer
    "are planks good for the back",
    "can i do planks with a slipped disc",
    "are planks ok in pregnancy",
    "is the bird dog ok with a herniated disc",
    "bird dog after spinal surgery?",
    "what is the bird dog good for",
    "my back hurts when i do the bird dog",
    "how long do i hold the side plank",
    "how many cat cows a day",
    "how do i keep my hips level in the bird dog",
    "how do i warm up before the bird dog",
    "which is better, the bird dog or the glute bridge",
    "how do i bridge the gap",
    "can a dog do the bird dog",
    "is there an easier one",
    "",
)


@pytest.mark.parametrize("text", ASKED)
def test_a_question_about_an_exercise_is_understood(text: str, questions: ExerciseQuestions) -> None:
    question = questions.find(text)
    assert question
    assert (question.exercises[0], question.form) == ASKED[text]


@pytest.mark.parametrize("text", OTHERS)
def test_a_message_with_a_word_more_is_left_to_the_entries(text: str, questions: ExerciseQuestions) -> None:
    assert questions.find(text) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("is there an easier one?", Form.EASIER),
        ("and when pregnant?", Form.SUITS),
        ("what can i do instead", Form.INSTEAD),
        ("something harder", Form.HARDER),
    ],
)
def test_a_short_message_leans_on_the_exercise_before_it(
    text: str, form: Form, questions: ExerciseQuestions
) -> None:
    question = questions.find(text, about="bird-dog")
    assert question
    assert (question.exercises, question.form) == (("bird-dog",), form)


def test_every_exercise_is_found_by_each_of_its_names(
    questions: ExerciseQuestions, knowledge: Knowledge
) -> None:
    lost = [
        name
        for exercise in knowledge.exercises.values()
        for name in (exercise.name, *exercise.other_names)
        if getattr(questions.find(f"how do I do the {name}?"), "exercises", None) != (exercise.id,)
    ]
    assert lost == []


def test_no_exercise_is_shown_to_whom_it_is_not_for(knowledge: Knowledge) -> None:
    pages = ExercisePages(knowledge)
    for exercise in knowledge.exercises.values():
        for condition, suits in exercise.suitability.items():
            reply = pages.show(exercise.key, (condition,))
            shown = all(step in reply.text for step in exercise.steps)
            assert shown is (suits.verdict is not Verdict.AVOID), (exercise.id, condition)
            assert suits.text in reply.text
            offered = [
                knowledge.exercises[each.entry.split(":")[1]] for each in reply.suggestions if each.entry
            ]
            assert all(other.is_for((condition,)) for other in offered)


def test_a_dose_counts_sides_sets_and_rests() -> None:
    assert Dose(repetitions=5, seconds_per_repetition=8, per_side=True).total == 80
    assert Dose(seconds=30, sets=4, rest=30).total == 210


async def test_an_exercise_has_its_file_for_an_entry(say: Talk) -> None:
    reply = await say("how do i do the bird dog")
    assert (reply.kind, reply.entry, reply.topic) == (Kind.ANSWER, "exercise:bird-dog", "strengthening")
    assert [note.id for note in reply.disclaimers] == ["pain", "general"]
    works = await say("/sources")
    assert "The Big Three" in works.text


@pytest.mark.parametrize(
    ("text", "topic", "words"),
    [
        ("is the cat cow ok in pregnancy", "preg_exercises", "Do not let it sag"),
        ("is the cobra ok in pregnancy", "preg_avoid", "leave this one out"),
    ],
)
async def test_asked_for_pregnancy_an_exercise_says_what_changes(
    say: Talk, text: str, topic: str, words: str
) -> None:
    reply = await say(text)
    assert reply.topic == topic
    assert words in reply.text
    assert "pregnancy" in [note.id for note in reply.disclaimers]


async def test_what_somebody_told_before_counts(say: Talk, knowledge: Knowledge) -> None:
    await say("I am pregnant, can I train my back?")
    reply = await say("how do i do the dead bug")
    reason = knowledge.exercises["dead-bug"].suits(Condition.PREGNANCY).text
    assert reason in reply.text
    tapped = await say("/show exercise:dead-bug")
    assert reason in tapped.text


async def test_whoever_told_of_a_pregnancy_hears_whether_an_exercise_suits_it(say: Talk) -> None:
    await say("I'm 20 weeks pregnant")
    reply = await say("can i do the dead bug")
    assert reply.entry == "exercise:dead-bug"
    assert reply.topic in {"preg_exercises", "preg_avoid"}


async def test_an_exercise_leads_to_easier_ones_in_words(say: Talk) -> None:
    await say("how do i do the bird dog")
    reply = await say("is there an easier one?")
    assert reply.entry == "exercise:bird-dog"
    assert [each.entry for each in reply.suggestions if each.entry] == [
        "exercise:deep-tummy-activation",
        "exercise:hip-hinge",
    ]


async def test_a_red_flag_pauses_the_exercises(say: Talk, knowledge: Knowledge) -> None:
    await say(NUMB)
    name = knowledge.red_flags["saddle-numbness"].name
    for text in ("how do i do the bird dog", "/show exercise:bird-dog", "/start exercise_bird-dog"):
        assert name in (await say(text)).text


async def test_the_exercises_can_be_browsed_to_each_of_them(say: Talk, knowledge: Knowledge) -> None:
    menu = await say("/exercises")
    found: set[str] = set()
    for shelf in menu.suggestions:
        found.update(each.entry for each in (await say(shelf.utterance)).suggestions if each.entry)
    assert found == {exercise.key for exercise in knowledge.exercises.values()}


@pytest.mark.parametrize("text", ["/start exercise_nothing", "/show exercise:", "/sources exercise:x"])
async def test_a_link_to_an_exercise_that_is_gone_says_so(say: Talk, knowledge: Knowledge, text: str) -> None:
    assert (await say(text)).text == knowledge.messages.gone


def test_an_exercise_is_shared_with_a_link_that_opens_it(conversation: Conversation) -> None:
    (card, *_) = conversation.cards("bird dog")
    (result,) = inline_results([card], "a_bot")
    assert result.title == "Bird dog"
    assert result.reply_markup
    assert result.reply_markup.inline_keyboard[0][0].url == "https://t.me/a_bot?start=exercise_bird-dog"
    assert "Rests on: " in card.text


def test_a_bot_without_exercises_answers_all_the_same(knowledge: Knowledge) -> None:
    bare = replace(knowledge, exercises={})
    questions = ExerciseQuestions(bare.exercises, bare.exercise_words, bare.vocabulary)
    assert questions.find("how do i do the bird dog") is None
    assert ExercisePages(bare).shelves().suggestions == ()
