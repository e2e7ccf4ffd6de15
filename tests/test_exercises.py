"""The exercises: asked about by name, fitted to the person, browsed, shared."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from house import NUMB, Clock

from bot.core.conversation import Conversation
from bot.core.exercises.exercise import Condition, Dose, Position, Verdict
from bot.core.exercises.pages import ExercisePages
from bot.core.exercises.questions import ExerciseQuestions, Form
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.talk import Kind, Reply, Turn
from bot.services.assistant import Assistant
from bot.telegram_ui.sending.rendering import inline_results

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
    "can i see a picture of the cat cow": ("cat-cow", Form.HOW),
    "bird dog video": ("bird-dog", Form.HOW),
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
    "can i do cat cow on a chair": ("seated-cat-cow", Form.SUITS),
    "how do i do cta-cow": ("cat-cow", Form.HOW),
    "chin tuk": ("chin-tuck", Form.HOW),
    "dead bgu": ("dead-bug", Form.HOW),
    "how do i do the brid dgo": ("bird-dog", Form.HOW),
    "birddgo": ("bird-dog", Form.HOW),
    "upper back extension over a chair": ("upper-back-extension", Form.HOW),
    "mckenzie press up how": ("prone-press-up", Form.HOW),
    "do the cobra": ("prone-press-up", Form.SUITS),
    "childs pose hurts my knees what else": ("childs-pose", Form.INSTEAD),
    "wall angles how do i do them": ("wall-angels", Form.HOW),
    "can i do legs up when pregnant": ("legs-up-rest", Form.SUITS),
    "is rowing ok in pregnancy": ("easy-rowing", Form.SUITS),
    "how do i squeeze my shoulder blades": ("shoulder-blade-squeeze", Form.HOW),
    "what muscles does the bird dog work": ("bird-dog", Form.MUSCLES),
    "how many bird dogs should i do": ("bird-dog", Form.DOSE),
    "how long do i hold the side plank": ("side-plank-on-the-knees", Form.DOSE),
    "show me the bird dog again": ("bird-dog", Form.AGAIN),
}

OTHERS = (  # messages that entries answer
    "are planks good for the back",
    "can i do planks with a slipped disc",
    "are planks ok in pregnancy",
    "is the bird dog ok with a herniated disc",
    "bird dog after spinal surgery?",
    "what is the bird dog good for",
    "my back hurts when i do the bird dog",
    "chest strenth exercise",  # not the chest stretch
    "neck strech",
    "rowing machine",
    "is rowing good for the back",
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
            ready = Readiness(weeks=8).with_conditions([condition])
            reply = pages.show(exercise.key, ready)
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


@pytest.mark.parametrize("weeks", [None, 20])
def test_nobody_is_told_to_lie_flat_late_in_pregnancy_or_in_an_unknown_week(
    weeks: int | None, knowledge: Knowledge
) -> None:
    pages = ExercisePages(knowledge)
    ready = Readiness(weeks=weeks).with_conditions([Condition.PREGNANCY])
    flat = {Position.LYING_BACK, Position.LYING_FRONT}
    for exercise in knowledge.exercises.values():
        reply = pages.show(exercise.key, ready)
        assert (exercise.steps[0] in reply.text) is (exercise.position not in flat)
        offered = [each.entry.split(":")[1] for each in reply.suggestions if each.entry]
        assert flat.isdisjoint(knowledge.exercises[name].position for name in offered)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("what can i do instead of knee rolls when pregnant", "seated-trunk-rotation"),
        ("what can i do instead of the glute bridge when pregnant", "sit-to-stand"),
        ("what can i do instead of the prone press-up when pregnant", "standing-pelvic-tilt"),
        ("what can i do instead of knee to chest when pregnant", "seated-side-bend"),
        ("what can i do instead of calm belly breathing when im pregnant", "marching-on-the-spot"),
    ],
)
async def test_what_the_file_names_takes_an_exercises_place(text: str, shown: str, say: Talk) -> None:
    assert (await say(text)).entry == f"exercise:{shown}"


async def test_the_week_that_somebody_tells_counts(say: Talk, knowledge: Knowledge) -> None:
    first = knowledge.exercises["glute-bridge"].steps[0]
    assert first in (await say("im 8 weeks pregnant, can i do the glute bridge")).text
    await say("/new")
    await say("im 20 weeks pregnant")
    assert first not in (await say("can i do the glute bridge")).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how many bird dogs should i do", "5 times on each side"),
        ("what muscles does the bird dog work", "the long back muscles"),
        ("how do i make the upper back extension harder", "Pause for one full breath"),
    ],
)
async def test_a_question_about_one_exercise_gets_its_own_answer(text: str, words: str, say: Talk) -> None:
    assert words in (await say(text)).text


@pytest.mark.parametrize("tell", ["i am 15", "im 13 years old", "/ready go u", "/ready keep u"])
async def test_who_is_under_sixteen_gets_no_exercise_but_the_reason(
    tell: str, say: Talk, knowledge: Knowledge, clock: Clock
) -> None:
    await say(tell)
    for text in ("how do i do the bird dog", "/show exercise:cat-cow", "/start exercise_cat-cow", "/routine"):
        reply = await say(text)
        assert reply.text.startswith(knowledge.routine_words.refusals["refused_under_16"])
        assert "children" in [each.entry for each in reply.suggestions]
    clock.advance(hours=2)
    if "keep" in tell:
        assert "made for adults" in (await say("how do i do the bird dog")).text


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
    for text in (
        *("how do i do the bird dog", "/show exercise:bird-dog", "/start exercise_bird-dog", "start", "done"),
        *("swap", "a gentle one today", "/exercises", "/exercises stretch"),
    ):
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


@pytest.mark.parametrize(
    "asked",
    [
        "what mistakes do people make with the bird dog",
        "common mistakes in the bird dog",
        "bird dog mistakes",
        "most common bird dog errors",
        "bird dog what to avoid",
        "what do people get wrong with bird dogs",
        "what can go wrong with the bird dog?",
        "am i doing the bird dog wrong",
        "what should i watch out for in the bird dog",
        "where do most people go wrong with the bird dog",
    ],
)
async def test_what_goes_wrong_in_an_exercise_is_told_from_its_file(
    asked: str, say: Talk, knowledge: Knowledge
) -> None:
    reply = await say(asked)
    assert (reply.entry, reply.topic) == ("exercise:bird-dog", "common_mistakes")
    for mistake in knowledge.exercises["bird-dog"].mistakes:
        assert mistake in reply.text
    assert knowledge.exercises["bird-dog"].steps[0] not in reply.text


@pytest.mark.parametrize("asked", ["what can i do wrong there", "what do people get wrong on it"])
async def test_what_goes_wrong_is_told_of_the_exercise_that_was_just_shown(asked: str, say: Talk) -> None:
    await say("how do i do the bird dog")
    assert (await say(asked)).entry == "exercise:bird-dog"


async def test_who_has_sore_wrists_hears_why_a_move_is_not_for_them_in_place_of_its_mistakes(
    say: Talk, knowledge: Knowledge
) -> None:
    reply = await say("what mistakes do people make with the bird dog with sore wrists")
    assert knowledge.exercises["bird-dog"].mistakes[0] not in reply.text
    assert "leave this one out" in reply.text


@pytest.mark.parametrize("asked", ["what mistakes do people make", "common mistakes in back training"])
async def test_what_goes_wrong_in_general_has_its_own_answer(asked: str, say: Talk) -> None:
    assert (await say(asked)).entry == "common-mistakes"
