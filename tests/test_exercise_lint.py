"""Faults of an exercise are found where they stand, with what to write instead."""

import pytest
from lint_faults import Break
from trees import Tree

FLY = "en/exercises/fly.yaml"
SWIM = "en/exercises/swim.yaml"

EXERCISE = """\
name: {name}
other_names: []
topic: how_to_start
purpose: mobilise
muscles: upper_back
position: standing
places: [anywhere]
equipment: []
level: 1
steps:
  - Stand tall.
  - Move your arms slowly.
dose: {{repetitions: 5, seconds_per_repetition: 4}}
mistakes: [rushing]
easier: [{easier}]
harder: []
suitability:
  pregnancy: {{verdict: ok}}
  herniated_disc:
    verdict: modify
    text: Move less far.
  after_surgery: {{verdict: ok}}
  osteoporosis: {{verdict: ok}}
stop: Stop if it hurts.
facts: [S1]
checked: {{date: 2026-11-24, by: the authors, clinician: false}}
"""
LONG = f"Move your arms slowly up and down and {'again and ' * 6}then let them rest."

FAULTS = {
    "an easier one that does not exist is guessed": Break(
        FLY, "easier: [swim]", "easier: [swin]", "easier.1: There is no exercise 'swin'. Did you mean 'swim'."
    ),
    "an unknown fact is answered with those that are known": Break(
        FLY, "facts: [S1]", "facts: [S7]", "facts.1: There is no fact 'S7'. Use one of: F1, F2, F3, S1."
    ),
    "an unknown topic is guessed": Break(
        FLY,
        "topic: how_to_start",
        "topic: how_to_strat",
        "topic: There is no topic 'how_to_strat'. Did you mean 'how_to_start'.",
    ),
    "a step that takes longer to read than to do": Break(
        FLY,
        "Move your arms slowly.",
        LONG,
        (
            "steps.2: The step has 24 words."
            " Say it in 22 words, or make two of it: it is read while it is done."
        ),
    ),
    "steps that are too many words for a short exercise": Break(
        FLY,
        "repetitions: 5, seconds_per_repetition: 4",
        "repetitions: 1, seconds_per_repetition: 3",
        ("steps.2: The step has 4 words. Say it in 3 words, or make two of it: it is read while it is done."),
        at="Move your arms",
    ),
    "a dose without an amount": Break(
        FLY,
        "dose: {repetitions: 5, seconds_per_repetition: 4}",
        "dose: {sets: 2}",
        (
            "dose: The dose needs repetitions or seconds, and not both."
            " Write 'repetitions: …' or 'seconds: …'."
        ),
    ),
    "a dose without a tempo": Break(
        FLY,
        "dose: {repetitions: 5, seconds_per_repetition: 4}",
        "dose: {repetitions: 5}",
        ("dose: The dose does not say how long a repetition takes. Write 'seconds_per_repetition: …'."),
    ),
    "a condition of which nothing is said": Break(
        FLY,
        "  osteoporosis: {verdict: ok}\n",
        "",
        (
            "suitability: Nothing is said of osteoporosis."
            " Add 'osteoporosis: {verdict: ok}', or modify or avoid with a text."
        ),
        at="suitability",
    ),
    "a changed form that is not told": Break(
        FLY,
        "    text: Move less far.\n",
        "",
        "suitability.herniated_disc: The changed form is missing. Add 'text: …'.",
        at="  herniated_disc",
    ),
    "a usual form that needs something": Break(
        FLY,
        "  pregnancy: {verdict: ok}\n",
        "  pregnancy: {verdict: ok, needs: [agreed]}\n",
        "suitability.pregnancy: Only a changed form can need something. Take 'needs' out, or write modify.",
    ),
    "an easier one that is harder": Break(
        SWIM,
        "level: 1",
        "level: 2",
        "easier.1: 'swim' has the level 2, this one 1. Name one that is easier, or mend a level.",
    ),
    "two that are easier than each other": Break(
        SWIM,
        "easier: []",
        "easier: [fly]",
        "easier: The easier ones lead in a circle: fly → swim → fly. Take one link out.",
    ),
    "a name that two exercises have": Break(
        SWIM,
        "other_names: []",
        "other_names: [FLY]",
        "other_names.1: 'fly' is called 'FLY' too. Take the name out in one of them.",
    ),
    "a word that the bot must not say": Break(
        FLY,
        "stop: Stop if it hurts.",
        "stop: It cures your back.",
        'stop: The bot must not say \'cures\'. Say "can help" or "may ease".',
    ),
}
ELSEWHERE = {  # where the finding stands, if not in the broken file
    "an easier one that is harder": (FLY, "easier: [swim]"),
    "two that are easier than each other": (FLY, "easier: [swim]"),
}


@pytest.fixture
def exercised(small: Tree) -> Tree:
    """The small knowledge with two exercises."""
    small.write(FLY, EXERCISE.format(name="Fly", easier="swim"))
    return small.write(SWIM, EXERCISE.format(name="Swim", easier=""))


def test_sound_exercises_bring_no_finding(exercised: Tree) -> None:
    assert exercised.findings() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_an_exercise_is_found(fault: str, exercised: Tree) -> None:
    broken = FAULTS[fault]
    exercised.change(broken.file, broken.old, broken.new)
    file, at = ELSEWHERE.get(fault, (broken.file, broken.at))
    expected = broken._replace(file=file, at=at).expected(exercised.read(file))
    assert exercised.findings() == [expected]


def test_an_exercise_that_an_overlay_hides_is_no_longer_a_variation(exercised: Tree, overlay: Tree) -> None:
    overlay.write(SWIM, "hidden: true\n")
    assert exercised.findings(overlay) == []


def test_words_for_exercises_that_lead_nowhere_are_found(exercised: Tree) -> None:
    exercised.write(
        "en/exercise_words.yaml",
        'forms: {how: ["how {trainin} …"]}\nsmall: []\njudging: []\nstand_ins: []\nconditions: {}\n'
        "told: {pregnat: pregnancy}\ntopics: {pregnancy: [how_often, how_ofen]}\nfine: {}\nlabels: {}\n",
    )
    assert exercised.findings() == [
        (
            "knowledge/en/exercise_words.yaml:1: forms.how.1: {trainin} is no concept of the vocabulary."
            " Mend the pattern."
        ),
        (
            "knowledge/en/exercise_words.yaml:6: told.pregnat: There is no concept 'pregnat'."
            " Use one of: training."
        ),
        (
            "knowledge/en/exercise_words.yaml:7: topics.pregnancy.2: There is no topic 'how_ofen'."
            " Did you mean 'how_often'."
        ),
    ]
