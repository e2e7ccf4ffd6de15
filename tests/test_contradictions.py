"""Content that contradicts itself is a finding: cautions, and warning signs that no red flag is named for."""

import pytest
from trees import ANSWER, Tree, entry

from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.library import LanguageContent
from bot.content.rules.cautions import CautionReader, contradictions
from bot.content.rules.warnings import unnamed_warnings

NUMB = "If you are numb between your legs, call the emergency number."

UNNAMED = (
    "The answer lists warning signs ('emergency') without naming their red flags."
    " Add 'warns_of: […]' with the ids of these red flags."
)

CAUTIONS = """\
jumping:
  to: [owls, night birds]
  never: [jump, (hop|hopping) on one leg]
  said_by: {facts: [F1]}
training-with-signs:
  with_signs_of: [numb-saddle]
  never: ["{training}"]
  said_by: {facts: [F1]}
"""

CONTRADICTING = {  # a sentence, and the caution that it goes against
    "Owls can jump well.": "jumping",
    "For night birds, hop on one leg for a minute.": "jumping",
    "Owls need not worry, I would jump.": "jumping",
    "Owls do not run but jump.": "jumping",
    "Try long bed rest.": "long-bed-rest",
    "When you are numb between the legs, a workout helps.": "training-with-signs",
}

SOUND = [
    "You can jump well.",
    "Owls do not jump.",
    "Owls should leave out running and hopping on one leg.",
    "Owls, jumping is not for you.",
    "Owls, ask first whether you may jump.",
    "Long bed rest does not help.",
    "When you are numb between the legs, stop the workout.",
]


@pytest.fixture(scope="module")
def content(settings: Settings) -> LanguageContent:
    return load_library(settings)["en"]


@pytest.mark.parametrize("sentence", CONTRADICTING)
def test_what_a_caution_is_against_is_not_recommended(sentence: str, small: Tree) -> None:
    small.write("en/cautions.yaml", f"{CAUTIONS}{small.read('en/cautions.yaml')}")
    small.write("en/disclaimers.yaml", f"general: General.\nnote: {sentence}\n")
    (finding,) = small.findings()
    assert finding == (
        f"knowledge/en/disclaimers.yaml:2: note: {sentence.rstrip('.')!r} recommends what the caution"
        f" {CONTRADICTING[sentence]!r} is against. Leave it out, or say that it is not for them."
    )


def test_what_is_advised_against_or_said_to_others_is_fine(small: Tree) -> None:
    small.write("en/cautions.yaml", f"{CAUTIONS}{small.read('en/cautions.yaml')}")
    notes = "".join(f"note-{number}: {sentence}\n" for number, sentence in enumerate(SOUND))
    small.write("en/disclaimers.yaml", f"general: General.\n{notes}")
    assert small.findings() == []


def test_all_of_an_answer_is_for_the_people_whom_its_title_names(small: Tree) -> None:
    small.write("en/cautions.yaml", f"{CAUTIONS}{small.read('en/cautions.yaml')}")
    small.write("en/entries/crow.yaml", entry("crow", answer=f"{ANSWER} Then jump a little."))
    assert small.findings() == []
    small.write("en/entries/owl.yaml", entry("owls", answer=f"{ANSWER} Then jump a little."))
    (finding,) = small.findings()
    assert finding.startswith("knowledge/en/entries/owl.yaml:5: answer: 'Then jump a little' recommends")


def test_the_entries_that_a_caution_rests_on_must_say_it(small: Tree) -> None:
    small.change("en/cautions.yaml", "{facts: [F1]}", "{entries: [how-often]}")
    assert small.findings() == [
        (
            "knowledge/en/cautions.yaml:3: long-bed-rest.said_by.entries.1: The answer of 'how-often' does"
            " not advise against it. Say it there in the words of the caution, or take the entry out here."
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "[F1]",
            "[F11]",
            "3: long-bed-rest.said_by.facts.1: There is no fact 'F11'. Did you mean 'F1'.",
        ),
        (
            "[F1]",
            "[]",
            "3: long-bed-rest.said_by: Nothing says this. Name entries, facts or red flags that do.",
        ),
        (
            "[long bed rest]",
            '["{bed}"]',
            "2: long-bed-rest.never.1: {bed} is no concept of the vocabulary. Mend the pattern.",
        ),
        (
            "  never",
            "  with_signs_of: [zz]\n  never",
            "2: long-bed-rest.with_signs_of.1: There is no red flag 'zz'. Use one of: numb-saddle.",
        ),
    ],
)
def test_what_a_caution_names_is_there(old: str, new: str, finding: str, small: Tree) -> None:
    small.change("en/cautions.yaml", old, new)
    assert small.findings() == [f"knowledge/en/cautions.yaml:{finding}"]


@pytest.mark.parametrize(
    ("warns_of", "finding"),
    [
        ("[numb-saddle]", None),
        ("[]", UNNAMED),
        ("[num-saddle]", "There is no red flag 'num-saddle'. Did you mean 'numb-saddle'."),
    ],
)
def test_an_answer_that_lists_warning_signs_names_their_red_flags(
    warns_of: str, finding: str | None, small: Tree
) -> None:
    text = entry("owl", answer=f"{ANSWER} {NUMB}").replace("facts:", f"warns_of: {warns_of}\nfacts:")
    found = small.write("en/entries/owl.yaml", text).findings()
    assert [each.partition(": warns_of")[2].partition(": ")[2] for each in found] == [finding][
        : bool(finding)
    ]


def test_an_answer_speaks_of_the_red_flags_that_it_names(small: Tree) -> None:
    answer = ANSWER.replace("between two sessions", "after each session")
    text = entry("owl", answer=answer).replace("facts:", "warns_of: [numb-saddle]\nfacts:")
    assert small.write("en/entries/owl.yaml", text).findings() == [
        (
            "knowledge/en/entries/owl.yaml:7: warns_of.1: The answer does not speak of 'numb-saddle'."
            " Say what the sign is, or take the id out."
        )
    ]


def test_the_shipped_knowledge_does_not_contradict_itself(content: LanguageContent) -> None:
    found = [*contradictions(content), *unnamed_warnings(content)]
    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize(
    ("caution", "sentence"),
    [
        ("lying-flat-in-pregnancy", "When pregnant, lie flat on your back for ten minutes"),
        ("lying-flat-in-pregnancy", "The glute bridge is a fine exercise in pregnancy"),
        ("pressure-on-the-belly-in-pregnancy", "In the third trimester, do sit-ups"),
        ("rounding-and-twisting-with-osteoporosis", "With brittle bones, try forced twists"),
        ("hamstring-stretch-with-sciatica", "A hamstring stretch can ease sciatica"),
        ("training-while-ill", "With a fever, train gently"),
        ("training-with-signs-that-need-help-first", "If you are numb between your legs, do five planks"),
        ("training-with-signs-that-need-help-first", "Train on if you cannot pee and your back hurts"),
    ],
)
def test_the_shipped_cautions_hear_what_they_are_against(
    caution: str, sentence: str, content: LanguageContent
) -> None:
    reader = CautionReader(content)
    assert reader.addresses(caution, sentence)
    assert reader.recommends(caution, sentence)
