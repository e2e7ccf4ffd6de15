"""How the bot may speak: forbidden words and their excused uses, and markup that Telegram would refuse."""

from pathlib import Path

import pytest
from trees import Tree, plant_small

CALM = "Use calm words without fright or blame"
SOOTHING = "Never soothe about symptoms; say when to see someone"
MEDICINE = "No medicines; send people to a pharmacist or doctor"
SCOPE = "The bot gives information; say who examines or looks after people"

FORBIDDEN = {  # what the bot must not say: the word that lint names, and what it says instead
    "This cures back pain.": ("cures", 'Say "can help" or "may ease"'),
    "This CURES back pain.": ("CURES", 'Say "can help" or "may ease"'),
    "Training prevents pain.": ("prevents", 'Say "can lower the chance of" or "can help keep away"'),
    "It will help you.": ("will help", 'Say "can help", "often helps" or "may ease"'),
    "I can diagnose you.": ("diagnose", SCOPE),
    "I do not guess. I diagnose.": ("diagnose", SCOPE),
    "I treat you like a doctor does.": ("treat", SCOPE),
    "I am no doctor, but I treat backs.": ("treat", SCOPE),
    "A doctor made me, and I diagnose.": ("diagnose", SCOPE),
    "I do not only inform but also diagnose.": ("diagnose", SCOPE),
    "Strong Back detects trouble early.": ("detects", SCOPE),
    "Detects trouble early.": ("Detects", SCOPE),
    "Trouble is detected by this bot.": ("detected", SCOPE),
    "The bot is monitoring how you do.": ("monitoring", SCOPE),
    "We treated many backs.": ("treated", SCOPE),
    "I help you treat your back.": ("treat", SCOPE),
    "Here is my diagnosis.": ("diagnosis", SCOPE),
    "Strong Back is a treatment for backs.": ("treatment", SCOPE),
    "I am a therapy in your pocket.": ("therapy", SCOPE),
    "Your disc has slipped out.": ("slipped out", CALM),
    "It is not dangerous.": ("dangerous", CALM),
    "That is nothing serious.": ("nothing serious", SOOTHING),
    "Never take ibuprofen first.": ("ibuprofen", MEDICINE),
}

EXCUSED = [  # denied, or done by somebody who may
    "I cannot diagnose you.",
    "I can't diagnose you.",
    "I do not treat anybody.",
    "A doctor can diagnose what you have.",
    "Your physiotherapist treats that.",
    "I cannot diagnose, detect, monitor or treat anything.",
    "I can’t treat you.",
    "I can tell you how doctors treat it.",
    "It is treated by a physiotherapist.",
    "Your treating team comes first.",
    "They examine you and plan treatment with you.",
    "With a diagnosis, ask your own doctor.",
    "I am not a treatment and give no diagnosis.",
    "A strong back is part of many treatments.",
    "There is no cure, and no one should promise a fixed date.",
    "Nothing here prevents all pain.",
    "A secure stand is part of it.",
    "The treatment room is to the left.",
]

MARKUP = {
    "Do <b>this</b>.": "'<b>' is HTML. Write plain text; **strong words** between stars.",
    "Back &amp; neck.": "'&amp;' is HTML. Write plain text; **strong words** between stars.",
    "Back &#38; neck.": "'&#38;' is HTML. Write plain text; **strong words** between stars.",
    "**Stop now.": "A pair of ** is not closed. Put ** before and behind the words.",
    "**Stop** now**.": "A pair of ** is not closed. Put ** before and behind the words.",
}

PLAIN = ["**Stop** and **rest**.", "Back & neck.", "Less < than, and 5 * 3 * 2.", "3 > 2"]

Said = dict[str, list[str]]


@pytest.fixture(scope="module")
def said_of(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What lint says of each sentence of this file, all of them written as notes under answers."""
    tree = plant_small(tmp_path_factory.mktemp("wording") / "knowledge")
    sentences = [*FORBIDDEN, *EXCUSED, *MARKUP, *PLAIN]
    for number, sentence in enumerate(sentences):
        _write(tree, f"note-{number}", sentence)
    found: Said = {sentence: [] for sentence in sentences}
    for finding in tree.findings():
        place, _, said = finding.partition(": ")[2].partition(": ")
        found[sentences[int(place.removeprefix("note-"))]].append(said)
    return found


def _write(tree: Tree, name: str, sentence: str) -> None:
    quoted = sentence.replace("'", "''")
    tree.write("en/disclaimers.yaml", f"{tree.read('en/disclaimers.yaml')}{name}: '{quoted}'\n")


@pytest.mark.parametrize("sentence", FORBIDDEN)
def test_a_forbidden_word_is_named_with_what_to_say_instead(sentence: str, said_of: Said) -> None:
    word, instead = FORBIDDEN[sentence]
    assert said_of[sentence] == [f"The bot must not say {word!r}. {instead}."]


@pytest.mark.parametrize("sentence", EXCUSED)
def test_a_forbidden_word_is_fine_where_it_is_denied_or_done_by_others(sentence: str, said_of: Said) -> None:
    assert said_of[sentence] == []


@pytest.mark.parametrize("sentence", MARKUP)
def test_markup_that_telegram_would_refuse_or_show_is_found(sentence: str, said_of: Said) -> None:
    assert said_of[sentence] == [MARKUP[sentence]]


@pytest.mark.parametrize("sentence", PLAIN)
def test_signs_that_mean_nothing_to_telegram_are_fine(sentence: str, said_of: Said) -> None:
    assert said_of[sentence] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("en/entries/hello.yaml", "answer: Hello.", "answer: This cures all.", "answer"),
        ("en/entries/hello.yaml", "title: Hello", "title: What cures pain", "title"),
        ("en/red_flags/numb-saddle.yaml", "Don't exercise.", "That cures it.", "advice"),
        ("en/red_flags/numb-saddle.yaml", "name: Numbness", "name: What cures numbness", "name"),
        ("en/messages.yaml", "\n  gone: ", "\n  gone: This cures all. ", "texts.gone"),
    ],
)
def test_everything_that_a_person_reads_is_held_to_the_same_words(
    file: str, old: str, new: str, key: str, tmp_path: Path
) -> None:
    tree = plant_small(tmp_path / "knowledge").change(file, old, new)
    (finding,) = tree.findings()
    assert finding.startswith(f"knowledge/{file}:")
    assert f": {key}: The bot must not say 'cures'." in finding


def test_the_title_of_an_entry_is_said_by_the_person(tmp_path: Path) -> None:
    tree = plant_small(tmp_path / "knowledge")
    tree.change("en/entries/hello.yaml", "title: Hello", "title: Who treats my back after my diagnosis?")
    assert tree.findings() == []


def test_urgent_advice_is_short(tmp_path: Path) -> None:
    tree = plant_small(tmp_path / "knowledge")
    tree.change("en/red_flags/numb-saddle.yaml", "Don't exercise.", "Call now. " * 33)
    assert tree.findings() == [
        "knowledge/en/red_flags/numb-saddle.yaml:3: advice: Urgent advice is too long. Say it in 69 words."
    ]
