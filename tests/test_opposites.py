"""Never the opposite: a word that turns a question round keeps its opposite from being answered."""

import pytest
from trees import Tree

from bot.core.conversation import Conversation
from bot.core.model import Vocabulary
from bot.core.talk import Kind
from bot.core.understanding.opposites import Opposites

OPPOSITES = [  # a question, and the entry that answers its opposite
    ("can i not train with back pain", "training-for-back-pain"),
    ("should i not train with back pain", "training-for-back-pain"),
    ("is it bad to not train with back pain", "training-for-back-pain"),
    ("is it better not to move with back pain", "training-for-back-pain"),
    ("can i train without back pain", "training-for-back-pain"),
    ("can you not train with a herniated disc", "training-with-a-herniated-disc"),
    ("can i not train when pregnant", "training-in-pregnancy"),
    ("should pregnant women not train", "training-in-pregnancy"),
    ("which exercises can i not do when pregnant", "pregnancy-exercises"),
    ("what exercises can i not do at home", "training-at-home"),
    ("can i not train every day", "every-day"),
    ("can i not do planks", "are-planks-good"),
    ("should i not bend", "is-bending-bad"),
    ("is it safe to not exercise after surgery", "training-after-surgery"),
    ("which equipment do i not need", "which-equipment"),
    ("ball exercises without the ball", "ball-exercises"),
    ("exercises without a band", "band-exercises"),
    ("exercises without dumbbells", "dumbbell-exercises"),
    ("back training without a rowing machine", "is-rowing-good"),
    ("exercises with equipment", "exercises-without-equipment"),
    ("can i train before my operation", "training-after-surgery"),
    ("can i train before surgery", "how-soon-after-surgery"),
    ("training before giving birth", "training-after-birth"),
    ("sore before training", "sore-after-training"),
    ("should i cool down before training", "cool-down"),
    ("pain before training", "pain-during-training"),
    ("should i train less often", "how-often-should-i-train"),
    ("how do i make the exercises easier", "when-to-make-it-harder"),
    ("when should i make it less difficult", "when-to-make-it-harder"),
    ("can training make my back pain better", "can-training-make-it-worse"),
    ("stiff from standing all day", "stiff-from-sitting"),
    ("is standing all day bad for my back", "sitting"),
    ("upper back exercises", "lower-back-exercises"),
    ("lower back exercises", "upper-back-exercises"),
    ("can i train in the heat", "training-with-a-cold"),
    ("how do i stop training", "how-to-start"),
    ("how do i stop training", "start-again-after-a-break"),
    ("start sending me tips", "unsubscribe"),
    ("how to stop the daily tips", "subscribe"),
    ("am i too young for back training", "too-old-to-train"),
    ("exercises for my left leg", "lower-back-exercises"),
    ("exercises for my knee", "lower-back-exercises"),
    ("my knee hurts during training", "pain-during-training"),
]

STILL_ANSWERED = [  # what only looks like an opposite, and what both poles answer
    ("can i train with back pain", "training-for-back-pain"),
    ("can i not just train at home", "training-at-home"),
    ("what can't i do in pregnancy", "avoid-in-pregnancy"),
    ("is it ok not to warm up", "do-i-need-to-warm-up"),
    ("heat or ice", "heat-or-cold"),
    ("should i use ice on my back", "heat-or-cold"),
    ("am i too old to train", "too-old-to-train"),
    ("can training make my back pain worse", "can-training-make-it-worse"),
    ("should i stretch after training", "cool-down"),
]


@pytest.mark.parametrize(("question", "opposite"), OPPOSITES)
def test_a_question_is_never_answered_as_its_opposite(
    question: str, opposite: str, conversation: Conversation
) -> None:
    assert opposite in conversation.knowledge.entries
    assert conversation.answer(question).entry != opposite


@pytest.mark.parametrize(("question", "entry"), STILL_ANSWERED)
def test_words_that_turn_nothing_round_keep_their_answer(
    question: str, entry: str, conversation: Conversation
) -> None:
    assert conversation.answer(question).entry == entry


def test_the_explanation_names_the_opposites_that_stood_against_an_answer(conversation: Conversation) -> None:
    question = "my back is stiff from standing all day"
    assert conversation.answer(question).kind is not Kind.ANSWER
    assert (
        "rule:       the opposites 'sitting or standing' stand against an answer: ask which one"
        in conversation.explain(question)
    )


WORDS = Vocabulary(
    stemmer="english",
    opposites={
        "before or after": (("before",), ("after",), ("look after",)),
        "doing or not": (("(can|should) i not",), (), ("can i not just",)),
    },
)
QUESTIONS = {
    "after": ["train after lunch"] * 9 + ["train before lunch"],
    "both": ["train after lunch", "train before lunch"],
    "neither": ["can i train"],
    "not": ["can i not train"],
}


@pytest.mark.parametrize(
    ("question", "opposed"),
    [
        ("train before lunch", {"before or after": ["after"]}),
        ("train after lunch", {"before or after": []}),
        ("train before or after lunch", {}),
        ("look after my back", {}),
        ("can i not train", {"doing or not": ["after", "both", "neither"]}),
        ("can i not just train", {}),
        ("can i train", {}),
    ],
)
def test_entries_that_hardly_speak_of_a_pole_stand_at_the_other(
    question: str, opposed: dict[str, list[str]]
) -> None:
    asked = {name: [text.split() for text in texts] for name, texts in QUESTIONS.items()}
    named = Opposites(WORDS, asked).named(question.split())
    assert {
        each.pair: [name for name, stands in zip(QUESTIONS, each.opposed, strict=True) if stands]
        for each in named
    } == opposed


def test_a_pattern_among_the_opposites_is_checked(small: Tree, overlay: Tree) -> None:
    overlay.write("en/vocabulary.yaml", "opposites:\n  up or down:\n    one: [up]\n    other: ['{down}']\n")
    assert small.findings(overlay) == [
        (
            "overlay/en/vocabulary.yaml:4: opposites.up or down.other.1:"
            " {down} is no concept of the vocabulary. Mend the pattern."
        )
    ]
