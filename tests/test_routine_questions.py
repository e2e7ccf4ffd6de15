"""The questions before the first routine keep what was ticked, and are answered in words as well."""

from collections.abc import Sequence

import pytest
from people import Person

from bot.core.model import Knowledge
from bot.core.person.readiness import TICKED, Answer, Answers
from bot.core.person.readiness_pages import TICK
from bot.core.talk import Kind, Reply


def _ticks(reply: Reply, knowledge: Knowledge) -> Answers:
    """What is ticked on a card, if it is the first one."""
    labels = {each.label for each in reply.suggestions}
    assert reply.text.endswith(knowledge.routine_talk.questions["first"])
    return frozenset(each for each in TICKED if f"{TICK}{knowledge.routine_talk.answers[each]}" in labels)


@pytest.mark.parametrize(
    "wish", ["20 minutes", "10 minutes at my desk", "hard one", "/routine band", "/routine"]
)
@pytest.mark.parametrize("answer", [Answer.PREGNANCY, Answer.HERNIATED_DISC, Answer.UNDER_16])
async def test_ticks_stay_while_a_wish_is_noted(
    answer: Answer, wish: str, person: Person, knowledge: Knowledge
) -> None:
    label = knowledge.routine_talk.answers[answer]
    reply = await person("/routine", label, wish)
    assert _ticks(reply, knowledge) == {answer}
    words, talk = knowledge.routine_words, knowledge.routine_talk
    asked = {
        Answer.PREGNANCY: talk.questions["advice"],
        Answer.HERNIATED_DISC: talk.questions["leg"],
        Answer.UNDER_16: words.refusals["refused_under_16"],
    }
    assert (await person("1")).text == asked[answer]


async def test_a_wish_during_the_questions_is_granted_after_them(person: Person) -> None:
    reply = await person("/routine", "Sore knees", "10 minutes at my desk", "Sore wrists", "Go on")
    assert "about 10" in reply.text
    assert "your desk" in reply.text
    assert "sore knees, sore wrists" in reply.text


@pytest.mark.parametrize("between", ["what is a plank", "hello", "/exercises", "/help"])
async def test_ticks_stay_while_something_else_is_asked(
    between: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person("/routine", "Osteoporosis", between, "/routine")
    assert _ticks(reply, knowledge) == {Answer.OSTEOPOROSIS}


async def test_what_is_ticked_counts_for_an_exercise_and_is_told_to_whom_it_is_about(person: Person) -> None:
    await person("/routine", "/ready p")
    assert "pregnancy" in (await person("how do i do the glute bridge")).text.lower()
    assert "pregnancy" in (await person("/mydata")).text


async def test_a_tick_is_taken_away_by_its_button_alone(person: Person, knowledge: Knowledge) -> None:
    await person("/routine", "/ready k")
    assert _ticks(await person("/ready go"), knowledge) == {Answer.KNEE}
    assert _ticks(await person("/ready go zz"), knowledge) == {Answer.KNEE}
    assert _ticks(await person(f"{TICK}Sore knees"), knowledge) == set()
    assert "Your routine for today" in (await person("None of these")).text


async def test_ticks_of_whom_changes_answers_count_before_the_next_routine(
    person: Person, knowledge: Knowledge
) -> None:
    reply = await person("/routine", "None of these", "/ready", "I am under 16", "5 minutes at home")
    assert _ticks(reply, knowledge) == {Answer.UNDER_16}
    reply = await person("/new", "/routine", "None of these, keep that", "/ready", "/ready o", "/routine 5")
    assert _ticks(reply, knowledge) == {Answer.OSTEOPOROSIS}


@pytest.mark.parametrize(
    "wish", ["routine for pregnancy", "i want a pregnancy workout", "/routine pregnancy"]
)
@pytest.mark.parametrize("before", [(), ("/ready go",), ("/ready keep",)])
@pytest.mark.parametrize("after", ["make it 20 minutes", "5 minutes at home"])
async def test_a_pregnancy_that_a_wish_names_is_ticked_at_once_and_stays(
    wish: str, before: Sequence[str], after: str, person: Person, knowledge: Knowledge
) -> None:
    assert _ticks(await person(*before, wish), knowledge) == {Answer.PREGNANCY}
    assert _ticks(await person(after), knowledge) == {Answer.PREGNANCY}
    assert (await person("1")).text == knowledge.routine_talk.questions["advice"]
    assert (await person(after)).text == knowledge.routine_talk.questions["advice"]


async def test_who_is_known_to_be_pregnant_is_not_asked_again_for_naming_it(person: Person) -> None:
    reply = await person("/ready go pnq", "routine for pregnancy")
    assert "Your routine for today" in reply.text


async def test_a_pregnancy_of_somebody_else_ticks_nothing(person: Person, knowledge: Knowledge) -> None:
    reply = await person("workout for my pregnant wife", "/routine")
    assert _ticks(reply, knowledge) == set()


@pytest.mark.parametrize(
    "words",
    ["none", "no", "Nothing!", "no nothing of that", "none apply", "all good", "i'm fine", "no to all",
     "nope, healthy", "none of these", "no health problems", "i'm perfectly healthy"],
)  # fmt: skip
async def test_none_of_these_can_be_said_in_words(words: str, person: Person, knowledge: Knowledge) -> None:
    assert "Your routine for today" in (await person("/routine", words)).text
    reply = await person("/new", "/routine", "Sore knees", words)
    assert reply.text.startswith(knowledge.messages.ready_unsure_ticked)
    assert _ticks(reply, knowledge) == {Answer.KNEE}


@pytest.mark.parametrize(
    "words",
    ["yes", "ok", "maybe", "not really", "not pregnant", "no diagnosis", "my knees are fine", "any of these",
     "i don't know", "some of them", "1 and 2", "one", "start", "good", "tired", "that's all",
     "i think not", "my doctor said yes", "no longer", "👍"],
)  # fmt: skip
async def test_what_is_unclear_is_asked_again_and_never_counts_as_healthy(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person("/routine", words)
    assert reply.text.startswith(knowledge.messages.ready_unsure)
    assert _ticks(reply, knowledge) == set()


@pytest.mark.parametrize(
    ("words", "ticked"),
    [
        ("pregnant", {Answer.PREGNANCY}),
        ("i am 30 weeks pregnant", {Answer.PREGNANCY}),
        ("disc", {Answer.HERNIATED_DISC}),
        ("i have a herniated disc", {Answer.HERNIATED_DISC}),
        ("i had spine surgery", {Answer.AFTER_SURGERY}),
        ("sore knees and wrists", {Answer.KNEE, Answer.WRIST}),
        ("scoliosis", {Answer.OTHER_DIAGNOSIS}),
        ("i'm fourteen", {Answer.UNDER_16}),
        ("no disc, but sore knees", {Answer.KNEE}),
        ("none except my wrists", {Answer.WRIST}),
        ("20 minutes, i have sore knees", {Answer.KNEE}),
        ("1, 9", {Answer.KNEE}),
        ("9 10", {Answer.KNEE, Answer.WRIST}),
        ("3 and 4", {Answer.PREGNANCY, Answer.HERNIATED_DISC}),
        ("three and four", {Answer.PREGNANCY, Answer.HERNIATED_DISC}),
    ],
)
async def test_what_holds_can_be_named_and_adds_to_the_ticks(
    words: str, ticked: set[Answer], person: Person, knowledge: Knowledge
) -> None:
    assert _ticks(await person("/routine", words), knowledge) == ticked
    reply = await person("/new", "/routine", "Osteoporosis", words, words)
    assert _ticks(reply, knowledge) == {Answer.OSTEOPOROSIS, *ticked}


async def test_a_label_that_is_typed_takes_no_tick_away(person: Person, knowledge: Knowledge) -> None:
    reply = await person("routine for pregnancy", "Sore knees", "I am pregnant", "sore knees")
    assert _ticks(reply, knowledge) == {Answer.PREGNANCY, Answer.KNEE}
    assert "wrist" not in (await person("that's all", "none of that", "week 20")).text


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("i am not pregnant", {Answer.KNEE}),
        ("i'm not pregnant, but i have a slipped disc", {Answer.KNEE, Answer.HERNIATED_DISC}),
        ("not pregnant", {Answer.KNEE, Answer.PREGNANCY}),
        ("no pregnancy", {Answer.KNEE, Answer.PREGNANCY}),
    ],
)
async def test_a_tick_is_taken_away_by_a_whole_sentence_alone(
    words: str, left: set[Answer], person: Person, knowledge: Knowledge
) -> None:
    assert _ticks(await person("/routine", "/ready pk", words), knowledge) == left


@pytest.mark.parametrize("words", ["0", "00", "9 and 11", "0, 9"])
async def test_there_is_no_button_of_such_a_number(words: str, person: Person, knowledge: Knowledge) -> None:
    assert (await person("/routine", "Osteoporosis", words)).text == knowledge.messages.not_offered
    assert _ticks(await person("disc"), knowledge) == {Answer.OSTEOPOROSIS, Answer.HERNIATED_DISC}
    assert (await person("/ready go d", "0")).text == knowledge.messages.not_offered


FURTHER = (
    ("/ready go d", "no", "agreed"),
    ("/ready go d", "no pain in my leg", "agreed"),
    ("/ready go d", "yes", "refused_leg_symptoms"),
    ("/ready go d", "down my left leg", "refused_leg_symptoms"),
    ("/ready go d", "i have sciatica", "refused_leg_symptoms"),
    ("/ready go p", "none of that", "week"),
    ("/ready go p", "first list", "refused_serious"),
    ("/ready go p", "i have placenta praevia", "refused_serious"),
    ("/ready go p", "my doctor said no", "refused_advised_against"),
    ("/ready go dm", "my doctor said training is fine", ""),
    ("/ready go dm", "they said yes", ""),
    ("/ready go dm", "yes she said its fine", ""),
    ("/ready go dm", "my physio says i'm good to go", ""),
    ("/ready go dm", "yes, i have permission", ""),
    ("/ready go dm", "yes", ""),
    ("/ready go dm", "not yet", "refused_not_asked"),
    ("/ready go dm", "no", "refused_not_asked"),
)


@pytest.mark.parametrize(("asked", "words", "then"), FURTHER)
async def test_further_questions_are_answered_in_words(
    asked: str, words: str, then: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person(asked, words)
    known = {**knowledge.routine_talk.questions, **knowledge.routine_words.refusals}
    assert reply.text.startswith(known.get(then, "**Your routine for today"))


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("i am in week 30", Answer.LATER),
        ("30", Answer.LATER),
        ("second trimester", Answer.LATER),
        ("i'm in the 3rd trimester", Answer.LATER),
        ("5 months", Answer.LATER),
        ("thirteen", Answer.LATER),
        ("week 8", Answer.FIRST_TRIMESTER),
        ("8 weeks", Answer.FIRST_TRIMESTER),
        ("9", Answer.FIRST_TRIMESTER),
        ("1", Answer.FIRST_TRIMESTER),
        ("2", Answer.LATER),
        ("no idea", Answer.WEEK_UNKNOWN),
    ],
)
async def test_the_week_of_a_pregnancy_is_heard(words: str, week: Answer, person: Person) -> None:
    await person("/ready go pn", words)
    context = await person.contexts.load("1")
    assert context is not None
    assert context.routine is not None
    assert context.routine.answers == frozenset({Answer.PREGNANCY, Answer.NEITHER, week})


@pytest.mark.parametrize(
    ("asked", "question", "words"),
    [
        ("/ready go d", "leg", ("sometimes", "not really", "not now", "maybe", "i don't know", "ok")),
        ("/ready go p", "advice", ("no", "yes", "i'm fine", "maybe", "not sure")),
        ("/ready go dm", "agreed", ("i think so", "dont know", "i am fine", "all good", "probably")),
        ("/ready go pn", "week", ("12 weeks to go", "due in 10 weeks", "early", "yes", "12+3")),
    ],
)
async def test_half_an_answer_is_none(
    asked: str, question: str, words: Sequence[str], person: Person, knowledge: Knowledge
) -> None:
    text = knowledge.routine_talk.questions[question]
    await person(asked)
    for said in words:
        assert (await person(said)).text == f"{knowledge.messages.ready_unsure}\n\n{text}"


@pytest.mark.parametrize("words", ["i dont have any of these", "i don't have any", "no i have none of that"])
async def test_nothing_of_the_card_is_said_in_many_ways(words: str, person: Person) -> None:
    assert (await person("/routine", words)).text.startswith("**Your routine for today")


@pytest.mark.parametrize("words", ["i dont want to tell", "i'd rather not say", "none of your business"])
async def test_who_does_not_want_to_answer_is_asked_to_choose(
    words: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person("/routine", words)).text.startswith(knowledge.messages.ready_unsure)


async def test_a_question_in_between_is_answered(person: Person, knowledge: Knowledge) -> None:
    assert (await person("/routine", "what is a plank")).entry is not None
    assert (await person("/ready go d", "what is the weather like today?")).kind is Kind.FALLBACK
    assert (await person("/ready go d", "20 minutes")).text == knowledge.routine_talk.questions["leg"]
    assert "about 20" in (await person("no", "yes")).text


async def test_the_words_of_an_answer_count_only_while_it_is_asked(person: Person) -> None:
    await person("/routine", "what is a plank")
    assert (await person("nothing")).routine is None
    assert (await person("no")).routine is None


@pytest.mark.parametrize(
    "wish",
    ["i am 15 give me a workout", "i'm 15 i want a routine", "i am fourteen make me a 5 minute routine",
     "i am 15 and want a 5 minute routine"],
)  # fmt: skip
async def test_who_is_too_young_and_says_so_is_refused_at_once(
    wish: str, person: Person, knowledge: Knowledge
) -> None:
    assert (await person(wish)).text.startswith(knowledge.routine_words.refusals["refused_under_16"])


async def test_many_words_of_a_torn_button_break_nothing(person: Person, knowledge: Knowledge) -> None:
    reply = await person("/ready " + "unsure " * 500)
    assert _ticks(reply, knowledge) == set()


@pytest.mark.parametrize("words", ["yes, in both legs", "it goes down both legs", "both", "yes, my legs"])
async def test_a_warning_sign_in_an_answer_is_heard_before_the_answer(words: str, person: Person) -> None:
    reply = await person("/ready go d", words)
    assert (reply.kind, reply.red_flag) == (Kind.RED_FLAG, "both-legs")
    assert "Training pauses" in (await person("/routine")).text


@pytest.mark.parametrize(
    "told", ["i had a spinal fusion 6 weeks ago, my surgeon said yes. give me a routine", "/ready s"]
)
async def test_after_an_operation_and_a_yes_the_routine_is_gentle_and_says_so(
    told: str, person: Person, knowledge: Knowledge
) -> None:
    reply = await person("/routine", told, "go on", "no", "yes")
    words, exercises = knowledge.routine_words, knowledge.exercises
    assert words.notes["note_surgery"] in reply.text
    assert words.notes["note_worse"] not in reply.text
    assert {exercises[move].level for move in await person.moves()} == {1}
    reply = await person("harder please")
    assert reply.text.startswith(words.refusals["no_routine_gentle_only"])
    assert (await person.profiles.load("1")).level <= 1
