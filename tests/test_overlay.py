"""KNOWLEDGE_DIR: a folder that mirrors the knowledge replaces, adds and hides; lint judges the sum."""

from pathlib import Path

import pytest
from command import run_bot
from trees import Tree, entry

from bot.command_line import run
from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.loader import load
from bot.content.rules.references import broken_references
from bot.core.conversation import Conversation

FLAG = "en/red_flags/numb-saddle.yaml"
NEW_FLAG = """\
name: Green toes
action: same_day
advice: Please see a doctor today.
signs:
  - all: [green_toes]
sources: [NHS]
examples: [my toes are green, green toes, i have got green toes]
look_alikes: [green socks]
"""


def laid_over(small: Tree, overlay: Tree) -> LanguageContent:
    """The sound sum of two trees."""
    library, findings = load([small.root, overlay.root])
    assert [*findings, *broken_references(library["en"])] == []
    return library["en"]


def test_the_same_id_replaces(small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/how-often.yaml", entry("owl", title="How often at our place?"))
    content = laid_over(small, overlay)
    assert content.knowledge.entries["how-often"].title == "How often at our place?"
    assert len(content.knowledge.entries) == 3


def test_a_new_id_adds(small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/owl.yaml", entry("owl"))
    content = laid_over(small, overlay)
    assert content.knowledge.entries.keys() == {"how-often", "how-to-start", "hello", "owl"}
    assert Conversation(content.knowledge).answer("owl three").entry == "owl"


@pytest.mark.parametrize("hidden", ["true", "True"])
def test_what_is_hidden_is_gone_and_offered_nowhere(hidden: str, small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/how-often.yaml", f"hidden: {hidden}\n")
    entries = laid_over(small, overlay).knowledge.entries
    assert entries.keys() == {"how-to-start", "hello"}
    assert entries["how-to-start"].follow_ups == ()


def test_what_is_not_hidden_stays(small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/how-often.yaml", f"hidden: false\n{entry('owl')}")
    _, findings = load([small.root, overlay.root])
    assert [(finding.key, finding.problem) for finding in findings] == [("hidden", "The key is not known")]


def test_hiding_what_is_not_there_is_found(small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/how-oft.yaml", "hidden: true\n")
    assert small.findings(overlay) == [
        "overlay/en/entries/how-oft.yaml:1: There is no 'how-oft' to hide. Did you mean 'how-often'."
    ]


def test_tables_are_laid_over_key_by_key(small: Tree, overlay: Tree) -> None:
    overlay.write("en/disclaimers.yaml", "general: Ask at the desk.\nextra: We open at eight.\n")
    overlay.write("facts.yaml", "F3: {hidden: true}\n")
    knowledge = laid_over(small, overlay).knowledge
    assert {name: note.text for name, note in knowledge.disclaimers.items()} == {
        "general": "Ask at the desk.",
        "extra": "We open at eight.",
    }
    assert knowledge.facts.keys() == {"S1", "F1", "F2"}


def test_sentences_are_replaced_and_words_are_added(small: Tree, overlay: Tree) -> None:
    overlay.write("en/messages.yaml", "texts:\n  gone: Please ask again.\n")
    overlay.write("en/vocabulary.yaml", "openers: [moin]\nmisspellings: {trian: train}\n")
    knowledge = laid_over(small, overlay).knowledge
    assert knowledge.messages.gone == "Please ask again."
    assert knowledge.messages.welcome
    assert knowledge.vocabulary.openers == ("hello", "thanks", "moin")
    assert knowledge.vocabulary.misspellings == {"trian": "train"}


@pytest.mark.parametrize("text", ["hidden: true\n", NEW_FLAG])
def test_a_red_flag_is_neither_replaced_nor_hidden(text: str, small: Tree, overlay: Tree) -> None:
    library, findings = load([small.root, overlay.write(FLAG, text).root])
    assert [str(finding) for finding in findings] == [
        (
            f"overlay/{FLAG}:1: 'numb-saddle' is a red flag of the built-in knowledge and can't be"
            " replaced or hidden. Add a red flag under a name of its own."
        )
    ]
    assert library["en"].knowledge.red_flags["numb-saddle"].name == "Numbness between the legs"


def test_a_red_flag_with_its_words_is_added(small: Tree, overlay: Tree) -> None:
    overlay.write("en/red_flags/green-toes.yaml", NEW_FLAG)
    overlay.write("en/vocabulary.yaml", "red_flag_concepts:\n  green_toes: [green toes, toes are green]\n")
    conversation = Conversation(laid_over(small, overlay).knowledge)
    warnings = [
        conversation.warn(conversation.heed(text))
        for text in ("my toes are green", "i am numb between my legs")
    ]
    assert [warning and warning.red_flag for warning in warnings] == ["green-toes", "numb-saddle"]
    assert small.findings(overlay) == []


WEAKER = {  # what an overlay's vocabulary may not say, and the finding
    "stemmer: porter\n": (
        "1: stemmer: The overlay changes how every word is heard, those of red flags too. Take the line out."
    ),
    "misspellings:\n  numb: fine\n": (
        "2: misspellings.numb: 'numb' is a word of red flags, which would no longer be heard."
        " Take the line out."
    ),
    "misspellings: {not: maybe}\n": (
        "1: misspellings.not: 'not' is a word of red flags, which would no longer be heard."
        " Take the line out."
    ),
    "contractions:\n  can't: can\n": (
        "2: contractions.can't: The built-in vocabulary writes \"can't\" differently. Take the line out."
    ),
    "red_flag_concepts:\n  numb: dead\n": (
        "2: red_flag_concepts.numb: This should be a list. Write each item in a line of its own after '- '."
    ),
    "general_questions: [what about ...]\n": (
        "1: general_questions: Only the built-in knowledge says which questions about a sign are no report"
        " of it. Take it out."
    ),
    "own_forms: [backs]\n": (
        "1: own_forms: Only the built-in knowledge says which words signs tell from others of their stem."
        " Take it out."
    ),
    "negations: never\n": (
        "1: negations: This should be a list. Write each item in a line of its own after '- '."
    ),
}


@pytest.mark.parametrize("text", WEAKER)
def test_the_words_of_red_flags_are_not_weakened(text: str, small: Tree, overlay: Tree) -> None:
    overlay.write("en/vocabulary.yaml", text)
    _, findings = load([small.root, overlay.root])
    assert [str(finding) for finding in findings] == [f"overlay/en/vocabulary.yaml:{WEAKER[text]}"]


@pytest.mark.parametrize("text", ["negations: [i, am]\n", "reassurances: [i am numb]\n"])
def test_added_words_that_silence_a_sign_are_found(text: str, small: Tree, overlay: Tree) -> None:
    overlay.write("en/vocabulary.yaml", text)
    assert small.findings(overlay)[0] == (
        "knowledge/en/red_flags/numb-saddle.yaml:8: examples.1: Words of the overlay silence a sign in"
        " 'i am numb between my legs'. Take them out of its vocabulary.yaml."
    )


@pytest.mark.parametrize("name", ["calm", "background"])
def test_added_sentences_that_hold_a_sign_are_found(name: str, small: Tree, overlay: Tree) -> None:
    overlay.write(f"en/{name}.yaml", "sentences:\n  - lovely day\n  - i am numb between my legs again\n")
    assert small.findings(overlay) == [
        (
            f"overlay/en/{name}.yaml:3: sentences.2: 'i am numb between my legs again' holds a sign of"
            " 'numb-saddle'. Take it out of the overlay."
        )
    ]


def test_added_words_that_silence_nothing_are_fine(small: Tree, overlay: Tree) -> None:
    overlay.write("en/vocabulary.yaml", "negations: [nowhere]\nred_flag_concepts: {numb: [gone dead]}\n")
    assert small.findings(overlay) == []


@pytest.mark.parametrize(
    "text", ["bounce: {hidden: true}\n", "bounce: {never: [jump], said_by: {facts: [F1]}}\n"]
)
def test_a_caution_is_neither_replaced_nor_hidden(text: str, small: Tree, overlay: Tree) -> None:
    small.write("en/cautions.yaml", "bounce: {never: [bounce], said_by: {facts: [F1]}}\n")
    overlay.write("en/cautions.yaml", text)
    assert small.findings(overlay) == [
        (
            "overlay/en/cautions.yaml:1: bounce: 'bounce' is a caution of the built-in knowledge and can't be"
            " replaced or hidden. Add a caution under a name of its own."
        )
    ]


def test_lint_judges_the_sum_and_names_the_file_of_the_overlay(small: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/owl.yaml", entry("owl").replace("owl eight", "first steps please"))
    overlay.write("en/disclaimers.yaml", "\nextra: This cures pain.\n")
    assert small.findings(overlay) == [
        'overlay/en/disclaimers.yaml:2: extra: The bot must not say \'cures\'. Say "can help" or "may ease".',
        (
            "overlay/en/entries/owl.yaml:3: utterances.8: 'first steps please' is an utterance of"
            " 'how-to-start' too. Keep it in one of them."
        ),
    ]


def test_a_fault_in_added_words_is_found_in_the_overlay(small: Tree, overlay: Tree) -> None:
    overlay.write("en/vocabulary.yaml", "red_flag_concepts:\n  numb:\n    - dead\n    - a {leg}\n")
    overlay.write("en/messages.yaml", "texts:\n  gonne: x\n")
    assert small.findings(overlay) == [
        "overlay/en/messages.yaml:2: texts.gonne: Nothing says this sentence. Did you mean 'gone'."
    ]
    overlay.write("en/messages.yaml", "texts:\n  gone: x\n")
    assert small.findings(overlay) == [
        (
            "overlay/en/vocabulary.yaml:4: red_flag_concepts.numb.4:"
            " {leg} is no concept of the vocabulary. Mend the pattern."
        )
    ]


def test_an_empty_overlay_changes_nothing(small: Tree, overlay: Tree) -> None:
    assert load([small.root, overlay.root])[0].keys() == {"en"}
    assert small.findings(overlay) == []


BROKEN = {
    "en/entries/owl.yaml": ("title: [", "This is not valid YAML"),
    "en/entries/crow.yaml": (entry("crow", topic="how_oftn"), "There is no topic 'how_oftn'"),
    "en/messages.yaml": (
        "texts: {about: 'x {y}'}",
        "The words in braces are not those that the bot fills in",
    ),
    "facts.yaml": ("F1: true", "F1: This should have keys of its own"),
    "en/vocabulary.yaml": ("stemmer: porter", "The overlay changes how every word is heard"),
    FLAG.replace("numb-saddle", "saddle-numbness"): ("hidden: true", "can't be replaced or hidden"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_overlay_stops_the_start_with_one_message(
    name: str, overlay: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, said = BROKEN[name]
    monkeypatch.chdir(overlay.root)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(overlay.write(name, text).root))
    assert run(["ask", "hello"]) == 2
    shown = capsys.readouterr()
    first, found = shown.err.splitlines()
    assert (shown.out, first) == ("", "The knowledge has 1 fault(s):")
    assert found.startswith(f"  overlay/{name}:")
    assert said in found


@pytest.mark.parametrize("command", [("chat",), ()])
def test_every_start_stops_on_a_broken_overlay(
    command: tuple[str, ...], overlay: Tree, tmp_path: Path
) -> None:
    overlay.write("en/entries/owl.yaml", "title: [")
    ended = run_bot(*command, cwd=tmp_path, KNOWLEDGE_DIR=str(overlay.root))
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == "The knowledge has 1 fault(s):"


def test_findings_are_in_the_order_of_files_and_lines() -> None:
    findings = [Finding("b", 1, "", "x", "y"), Finding("a", 10, "", "x", "y"), Finding("a", 9, "", "x", "y")]
    assert [str(finding) for finding in sorted(findings)] == ["a:9: x. y.", "a:10: x. y.", "b:1: x. y."]
