"""Faults of a recipe are found where they stand, with what to write instead."""

import shutil
from pathlib import Path

import pytest
from lint_faults import Break
from trees import Tree

from bot.content.loader import builtin_root, load
from bot.content.rules.references import broken_references
from bot.content.rules.routines import unsound_recipes

BAND = "en/routines/band.yaml"
DESK = "en/routines/desk-break.yaml"
ROWING = "en/routines/rowing.yaml"
GENTLE = "en/routines/gentle-day.yaml"
WORDS = "en/routine_words.yaml"

FAULTS = {
    "a key that is misspelt": Break(
        BAND, "minutes: 7", "minuts: 7", "minuts: The key is not known. Did you mean 'minutes'."
    ),
    "muscles that no exercise works on": Break(
        ROWING,
        "[whole_body]",
        "[whole_bodi]",
        "slots.2.muscles.1: There is no muscle group 'whole_bodi'. Did you mean 'whole_body'.",
        at="  - {purpose: strengthen",
    ),
    "a fact that nobody wrote": Break(
        BAND, "F61", "F6111", "facts.2: There is no fact 'F6111'. Did you mean 'F6'.", at="facts:"
    ),
    "more exercises than there are": Break(
        DESK,
        "{purpose: stretch, count: 1}",
        "{purpose: calm, count: 3}",
        "slots.3: Only 1 exercises fit here, and 4 are needed for some variety. "
        "Lower the count, or open the recipe to more.",
    ),
    "a word for two recipes": Break(
        BAND,
        "words: [band,",
        "words: [ball,",
        "words.1: 'ball' is called 'ball' too. Take the word out in one of them.",
    ),
    "lying down at a desk": Break(
        DESK,
        "audience: general",
        "audience: general\npositions: [standing, sitting, lying_back]",
        "positions: Nobody lies down at a desk. Leave standing and sitting.",
        at="positions:",
    ),
    "no recipe for gentle days": Break(
        GENTLE,
        "audience: gentle",
        "audience: general",
        "audience: No recipe without equipment is for 'gentle'. Write one, or change this one.",
    ),
    "a sentence that is missing": Break(
        WORDS, "  liked: You like it.\n", "", "reasons: 'liked' has no words. Add 'liked: …'.", at="reasons:"
    ),
    "braces that nothing fills": Break(
        WORDS,
        "You like it.",
        '"You like {it}."',
        "reasons.liked: The words in braces are not those that the bot fills in. Use no words in braces.",
    ),
}
ELSEWHERE = {"no recipe for gentle days": "en/routines/ball.yaml"}


@pytest.fixture
def shipped(tmp_path: Path) -> Tree:
    """The shipped knowledge, to be broken."""
    shutil.copytree(builtin_root(), tmp_path / "knowledge")
    return Tree(tmp_path / "knowledge")


def findings(tree: Tree) -> list[str]:
    """What the rules on recipes say; the rules on entries take long and look at other things."""
    library, found = load([tree.root])
    for content in library.values():
        found = [*found, *broken_references(content), *unsound_recipes(content)]
    return [str(finding) for finding in found]


def test_the_shipped_recipes_bring_no_finding(shipped: Tree) -> None:
    assert findings(shipped) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_recipe_is_found(fault: str, shipped: Tree) -> None:
    broken = FAULTS[fault]
    shipped.change(broken.file, broken.old, broken.new)
    found = findings(shipped)
    file = ELSEWHERE.get(fault, broken.file)
    at = "audience:" if fault in ELSEWHERE else broken.at
    assert broken._replace(file=file, at=at).expected(shipped.read(file)) in found
