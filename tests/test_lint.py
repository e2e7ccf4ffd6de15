"""The editor's safety net: each fault is found where it stands, and lint says what to write instead."""

from datetime import timedelta

import pytest
from lint_faults import ENTRIES, KEYS, OFTEN, REFERENCES
from trees import ANSWER, TODAY, Tree, entry

from bot.command_line import run
from bot.content.loader import load

FAULTS = dict([*REFERENCES.items(), *ENTRIES.items()])
LONGEST = (  # texts of the bot, and how many characters Telegram or a phone has room for
    ("topics", "how_often", 60),
    ("groups", "frequency", 60),
    ("commands", "start", 256),
    ("texts", "bot_short_description", 120),
)

BY_FILE = {  # entries that are wrong as a whole: their text, and what lint says of them
    "en/entries/too-short.yaml": (
        entry("duck", answer="Two or three times a week."),
        "5: answer: The answer has 6 words. Write 40 to 110.",
    ),
    "en/entries/too-long.yaml": (
        entry("emu", answer=f"{ANSWER} {ANSWER} {ANSWER}"),
        "5: answer: The answer has 135 words. Write 40 to 110.",
    ),
    "en/entries/too-hard.yaml": (
        entry("kite", answer="Individualised progression necessitates physiological consideration. " * 9),
        "5: answer: The answer reads like school grade 40.6. Use shorter sentences and words, down to 8.",
    ),
    "en/entries/second-hand.yaml": (
        entry("owl", answer=f"{ANSWER} The NHS says so.").replace("[S1]", "[S1, F2]"),
        (
            "5: answer: NHS is named, but no fact here was read in its own words."
            " Say it without the name, or rest it on a fact that it carries."
        ),
    ),
    "en/entries/Capital.yaml": (
        entry("crow"),
        (
            "1: 'Capital' can't be an id."
            " Name the file with small letters, digits and single hyphens, 64 at most."
        ),
    ),
    f"en/entries/{'x' * 60}.yaml": (
        entry("robin"),
        (
            "1: The id does not fit into a button."
            " Shorten the file's name; with '/sources ' it may have 64 bytes."
        ),
    ),
    "en/entries/notes.txt": (
        "Ask Anna.",
        "1: The file is not read. Let its name end in .yaml, or take it away.",
    ),
    "en/entrys/wren.yaml": (
        entry("wren"),
        "1: Nothing reads this file. Give it and its folder the names that they have in knowledge/.",
    ),
}


def test_a_topic_that_a_group_of_others_hides_is_found(small: Tree) -> None:
    small.change(
        "topics.yaml", "how_often:", "frequency: {group: frequency, definition: How often.}\nhow_often:"
    )
    place = "knowledge/topics.yaml:1: frequency.group"
    found = "A group of other topics is named 'frequency' too, so that nothing opens this one."
    assert f"{place}: {found} Give the group another name." in small.findings()


@pytest.mark.parametrize("fault", KEYS)
def test_a_key_or_value_of_the_wrong_shape_is_found(fault: str, small: Tree) -> None:
    broken = KEYS[fault]
    small.change(broken.file, broken.old, broken.new)
    _, findings = load([small.root])
    assert [str(finding) for finding in findings] == [broken.expected(small.read(broken.file))]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_brings_one_finding_with_its_place_and_remedy(fault: str, small: Tree) -> None:
    broken = FAULTS[fault]
    small.change(broken.file, broken.old, broken.new)
    assert small.findings() == [broken.expected(small.read(broken.file))]


def test_each_faulty_file_is_found(small: Tree) -> None:
    for name, (text, _) in BY_FILE.items():
        small.write(name, text)
    assert small.findings() == sorted(f"knowledge/{name}:{said}" for name, (_, said) in BY_FILE.items())


def test_an_institution_may_be_named_for_what_was_read_in_its_own_words(small: Tree) -> None:
    named = entry("owl", answer=f"{ANSWER} The NHS says so.").replace("[S1]", "[F1]")
    assert small.write("en/entries/owl.yaml", named).findings() == []


def test_faults_of_all_kinds_are_said_at_once(small: Tree) -> None:
    faults = [KEYS["a missing key within a key is named"], REFERENCES["a fact's source"], ENTRIES["no facts"]]
    for fault in faults:
        small.change(fault.file, fault.old, fault.new)
    small.write("en/entries/unreadable.yaml", 'title: "never closed')
    found = small.findings()
    assert {fault.expected(small.read(fault.file)) for fault in faults} < set(found)
    assert [finding for finding in found if "unreadable.yaml:1: This is not valid YAML" in finding]
    assert len(found) == len(faults) + 1


def test_what_leads_to_a_faulty_entry_is_no_fault_of_its_own(small: Tree) -> None:
    small.write(OFTEN, "title: [")
    assert len(small.findings()) == 1


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(days=365), []),
        (
            timedelta(days=366),
            ["The last check is more than a year old. Hold the answer against its facts again."],
        ),
    ],
)
def test_a_check_is_stale_after_a_year(age: timedelta, said: list[str], small: Tree) -> None:
    small.change(OFTEN, "2026-11-24", str(TODAY - age))
    assert small.findings() == [f"knowledge/{OFTEN}:24: checked.date: {finding}" for finding in said]


def test_words_must_fit_where_telegram_shows_them(small: Tree, overlay: Tree) -> None:
    overlay.write("en/messages.yaml", "".join(_too_long(*row) for row in LONGEST))
    assert small.findings(overlay) == [
        f"overlay/en/messages.yaml:{2 * row}: {section}.{name}:"
        f" The text is too long. Shorten it to {longest} characters."
        for row, (section, name, longest) in enumerate(LONGEST, start=1)
    ]


def _too_long(section: str, name: str, longest: int) -> str:
    return f"{section}:\n  {name}: {'x' * (longest + 1)}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Strong Back {version}", "Use each of: {answers}, {reviewed}, {version}."),
        ("{version} {answers} {reviewed} {", "Use each of: {answers}, {reviewed}, {version}."),
        ("{version} {answers} {reviewed.__class__}", "Use each of: {answers}, {reviewed}, {version}."),
    ],
)
def test_the_words_in_braces_are_those_that_the_bot_fills_in(
    text: str, said: str, small: Tree, overlay: Tree
) -> None:
    overlay.write("en/messages.yaml", f"texts:\n  about: '{text}'\n")
    problem = "The words in braces are not those that the bot fills in"
    assert small.findings(overlay) == [f"overlay/en/messages.yaml:2: texts.about: {problem}. {said}"]


def test_a_sentence_that_nothing_says_and_one_that_is_missing_are_found(small: Tree) -> None:
    small.change("en/messages.yaml", "\n  gone:", "\n  gonne:")
    line = small.read("en/messages.yaml").split("  gonne:")[0].count("\n") + 1
    assert small.findings() == [
        "knowledge/en/messages.yaml:1: texts.gone: The sentence is missing. Write it.",
        f"knowledge/en/messages.yaml:{line}: texts.gonne: Nothing says this sentence. Did you mean 'gone'.",
    ]


def test_a_topic_and_a_statement_that_nobody_answers_are_found(small: Tree) -> None:
    small.change("topics.yaml", "greeting:\n  group: small-talk", "greeting:\n  group: how")
    small.change(OFTEN, "[S1, F2]", "[F1, F2]")
    assert small.findings() == [
        "knowledge/facts.yaml:1: S1: No entry answers this statement. Rest an entry on it.",
        "knowledge/topics.yaml:9: greeting: No entry answers this topic. Write one.",
    ]


def test_a_topic_needs_words_to_be_shown_with(small: Tree) -> None:
    small.change(
        "topics.yaml", "greeting:\n", "thanks:\n  group: small-talk\n  definition: Thanks.\n\ngreeting:\n"
    )
    line = small.read("en/messages.yaml").split("\ntopics:")[0].count("\n") + 2
    assert small.findings() == [
        f"knowledge/en/messages.yaml:{line}: topics: 'thanks' has no words. Add 'thanks: …'."
    ]


def test_the_command_prints_every_finding_and_ends_with_status_1(
    overlay: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay.write("en/entries/owl.yaml", entry("owl", topic="how_oftn"))
    overlay.write("en/entries/crow.yaml", "titel: Crow")
    monkeypatch.chdir(overlay.root)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(overlay.root))
    assert run(["lint"]) == 1
    *found, count = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in found] == ["overlay/en/entries/crow.yaml"] * 5 + [
        "overlay/en/entries/owl.yaml"
    ]
    assert "overlay/en/entries/crow.yaml:1: titel: The key is not known. Did you mean 'title'." in found
    assert found[-1].endswith("There is no topic 'how_oftn'. Did you mean 'how_often'.")
    assert count == "6 finding(s)."
