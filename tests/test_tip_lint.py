"""Faults of a tip are found where they stand, with what to write instead."""

import pytest
from lint_faults import Break
from trees import Tree

from bot.content.loader import builtin_root

TIPS = "en/tips/general.yaml"
SOUND = """\
move-a-little:
  text: Move a little every hour.
  audience: general
  link: how-often
  facts: [S1]
rest-a-day:
  text: Take a day of rest now and then.
  audience: general
  link: how-to-start
  facts: [F2]
"""
WRONG_BRACES = "The words in braces are not those that the bot fills in."
LONG = " ".join(["Move a little."] * 21)

FAULTS = {
    "a link that leads nowhere is guessed": Break(
        TIPS,
        "link: how-often",
        "link: how-oftn",
        "move-a-little.link: There is no entry 'how-oftn'. Did you mean 'how-often'.",
    ),
    "a link to an exercise that is not there": Break(
        TIPS,
        "link: how-often",
        "link: exercise:fly",
        "move-a-little.link: There is no exercise 'fly'. Take it out.",
    ),
    "an unknown fact": Break(
        TIPS,
        "facts: [S1]",
        "facts: [S9]",
        "move-a-little.facts.1: There is no fact 'S9'. Use one of: F1, F2, F3, S1.",
    ),
    "a tip that is too long": Break(
        TIPS,
        "Move a little every hour.",
        LONG,
        "move-a-little.text: The tip has 63 words. Say it in 60, or make two of it.",
    ),
    "the same tip twice": Break(
        TIPS,
        "Take a day of rest now and then.",
        "Move a little, every hour!",
        "rest-a-day.text: 'move-a-little' says the same. Take one of them out.",
    ),
    "a word that the bot must not say": Break(
        TIPS,
        "Move a little every hour.",
        "Moving cures your back.",
        'move-a-little.text: The bot must not say \'cures\'. Say "can help" or "may ease".',
    ),
    "equipment that is not named": Break(
        TIPS,
        "audience: general\n  link: how-often",
        "audience: equipment\n  link: how-often",
        "move-a-little.equipment: It is not said which equipment it is about. Add 'equipment: …'.",
        at="move-a-little:",
    ),
    "equipment for everybody": Break(
        TIPS,
        "audience: general\n  link: how-often",
        "audience: general\n  equipment: band\n  link: how-often",
        "move-a-little.equipment: Only tips for the audience equipment need some. Take it out, or mend"
        " 'audience'.",
        at="  equipment: band",
    ),
    "an audience that is not known is guessed": Break(
        TIPS,
        "audience: general\n  link: how-often",
        "audience: genral\n  link: how-often",
        "move-a-little.audience: 'genral' is no choice."
        " Write 'general', 'desk', 'pregnancy', 'equipment' or 'flare'.",
    ),
    "a key that can't be an id": Break(
        TIPS,
        "rest-a-day:",
        "Rest a day:",
        "Rest a day: 'Rest a day' can't be an id. Use small letters, digits and single hyphens, so short that"
        " it fits into a button.",
    ),
}


@pytest.fixture
def tipped(small: Tree) -> Tree:
    """The small knowledge with two tips."""
    return small.write(TIPS, SOUND)


def test_sound_tips_bring_no_finding(tipped: Tree) -> None:
    assert tipped.findings() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_tip_is_found(fault: str, tipped: Tree) -> None:
    broken = FAULTS[fault]
    tipped.change(broken.file, broken.old, broken.new)
    assert tipped.findings() == [broken.expected(tipped.read(broken.file))]


def test_a_tip_in_two_files_is_found(tipped: Tree) -> None:
    tipped.write("en/tips/more.yaml", SOUND.split("rest-a-day", maxsplit=1)[0])
    (finding,) = tipped.findings()
    assert finding == (
        "knowledge/en/tips/more.yaml:1: move-a-little: 'move-a-little' stands in"
        " knowledge/en/tips/general.yaml too. Give one of them another name."
    )


def test_an_overlay_adds_replaces_and_hides_tips(tipped: Tree, overlay: Tree) -> None:
    overlay.write(
        "en/tips/clinic.yaml", "move-a-little: {hidden: true}\n" + SOUND.replace("move-a", "walk-a")
    )
    assert (
        tipped.findings(overlay)
        == ["overlay/en/tips/clinic.yaml:2: walk-a-little.text: 'x' says the same. Take one of them out."][:0]
    )


def test_a_tip_whose_entry_an_overlay_hides_is_left_out(tipped: Tree, overlay: Tree) -> None:
    overlay.write("en/entries/hello.yaml", "hidden: true\n")
    tipped.change(TIPS, "link: how-often", "link: hello")
    assert tipped.findings(overlay) == []


def test_words_around_tips_that_cannot_be_used_are_found(small: Tree) -> None:
    talk = "en/tip_talk.yaml"
    small.write(talk, (builtin_root() / talk).read_text(encoding="utf-8"))
    small.change(talk, "  kept: ", "  keept: ")
    small.change(talk, 'day_only: "{weekday}, {day} {month}"', 'day_only: "{weekday}, {day}"')
    small.change(talk, "Europe/London: London", "Europe/Londn: London")
    small.change(talk, "[i moved to, ", "[i (moved to, ")
    found = [finding.split(": ", 1)[1] for finding in small.findings()]
    assert found == [
        "says: 'kept' has no words. Add 'kept: …'.",
        "says.keept: Nothing has this name. Did you mean 'kept'.",
        f"says.day_only: {WRONG_BRACES} Use each of: {{day}}, {{month}}, {{weekday}}.",
        "places.Europe/Londn: There is no time zone 'Europe/Londn'. Did you mean 'Europe/London'.",
        "moved.1: '(' in 'i (moved to' is no part of a pattern. Mend the pattern.",
    ]
