"""Faults of poses and pictures are found where they stand, with what to do instead."""

from pathlib import Path

import pytest
from lint_faults import Break
from test_exercise_lint import EXERCISE, FLY
from trees import Tree

from bot.content.draughtsman import draw_all
from bot.content.loader import load
from bot.content.rules.drawings import faulty_drawings

POSES = "poses/fly.yaml"
STANDING = """\
view: side
works: [right_arm]
touches: {right_foot: floor, left_foot: floor}
still: 2
poses:
  - at: [0, 89]
    reach: {feet: [0, 0]}
    parts: {upper_arms: -90, forearms: -80}
    hold: 0.2
  - parts: {upper_arms: 0, forearms: 10}
    seconds: 0.3
    hold: 0.2
"""
TOLD = ("steps:", "picture: A person lifts both arms.\nsteps:")

FAULTS = {
    "an elbow that bends backwards": Break(
        POSES,
        "{upper_arms: -90, forearms: -80}",
        "{upper_arms: -90, forearms: -130}",
        (
            "poses.1: The left elbow bends by -40 degrees, from -6 to 155 it can."
            " Turn one of the parts that meet there."
        ),
        at="  - at: [0, 89]",
    ),
    "feet that are out of reach": Break(
        POSES,
        "at: [0, 89]",
        "at: [0, 99]",
        "poses.1: The left foot falls 9 cm short of where it should be. Move it or the body nearer.",
    ),
    "a support that floats": Break(
        POSES,
        "{feet: [0, 0]}",
        "{feet: [0, 4]}",
        ("poses.1: The left foot floats 4 cm off the floor. Move it there, or take it out of 'touches'."),
        at="  - at: [0, 89]",
    ),
    "a support under the floor": Break(
        POSES,
        "at: [0, 89]\n    reach: {feet: [0, 0]}",
        "at: [0, 86]\n    reach: {feet: [0, -3]}",
        "poses.1: The left heel is 3 cm under the floor. Lift it, or the whole figure.",
        at="  - at: [0, 86]",
    ),
    "a support that slides": Break(
        POSES,
        "  - parts: {upper_arms: 0, forearms: 10}",
        "  - reach: {right_foot: [5, 0]}\n    parts: {upper_arms: 0, forearms: 10}",
        (
            "poses.2: The right foot slides by 5.0 cm though it rests on the floor."
            " Hold it with 'reach', or take it as 'root'."
        ),
        at="  - reach:",
    ),
    "something to touch that is not there": Break(
        POSES,
        "right_foot: floor, ",
        "right_foot: chair, ",
        "poses.1: There is no chair to touch. Add it to the props.",
        at="  - at: [0, 89]",
    ),
    "a point that the body does not have": Break(
        POSES,
        "still: 2",
        "label: right_nee\nstill: 2",
        "label: 'right_nee' can't be used. Did you mean 'right_knee'.",
        at="label:",
    ),
    "a still of a pose that is not there": Break(
        POSES,
        "still: 2",
        "still: 3",
        "still: '3' can't be used. There are 2 key poses, so write a number from 1 to 2.",
    ),
    "a view that nobody has": Break(
        POSES,
        "view: side",
        "view: sideways",
        "view: 'sideways' is no choice. Write 'side', 'front', 'back', 'above' or 'corner'.",
    ),
    "a picture that nobody tells in words": Break(
        FLY,
        TOLD[1],
        TOLD[0],
        "picture: Nobody says what the picture shows. Add 'picture: …', a sentence.",
        at="name:",
    ),
}
BY_SIDES = ("dose: {repetitions: 5,", "dose: {repetitions: 5, per_side: true,")


@pytest.fixture
def drawn(small: Tree) -> Tree:
    """The small knowledge with one exercise and its pictures."""
    small.write(FLY, EXERCISE.format(name="Fly", easier="")).change(FLY, *TOLD).write(POSES, STANDING)
    draw(small)
    return small


def draw(*trees: Tree) -> list[Path]:
    """Draw what is not as it would be drawn."""
    roots = [tree.root for tree in trees]
    return list(draw_all(load(roots)[0]["en"].motions, roots, is_check=False))


def findings(*trees: Tree) -> list[str]:
    """What is said of the shape and the drawings; all of lint would learn the matcher anew for each fault."""
    roots = [tree.root for tree in trees]
    library, found = load(roots)
    return sorted(map(str, [*found, *faulty_drawings(library["en"], roots)]))


def test_a_sound_drawing_brings_no_finding(drawn: Tree) -> None:
    assert findings(drawn) == []


def test_lint_holds_drawings_too(drawn: Tree) -> None:
    (drawn.root / "pictures" / "fly.gif").unlink()
    assert drawn.findings() == [
        f"knowledge/{POSES}:1: The picture fly.gif is missing. Run 'python -m bot draw'."
    ]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_drawing_is_found(fault: str, drawn: Tree) -> None:
    broken = FAULTS[fault]
    drawn.change(broken.file, broken.old, broken.new)
    assert broken.expected(drawn.read(broken.file)) in findings(drawn)


def test_the_side_that_a_picture_marks_is_done_first(drawn: Tree) -> None:
    drawn.change(FLY, *BY_SIDES)
    assert findings(drawn) == [
        f"knowledge/{POSES}:1: The picture does not say which side it shows. Add 'label: …', like right_knee."
    ]
    drawn.change(POSES, "still: 2", "still: 2\nlabel: left_knee")
    draw(drawn)
    marked = "first_side: The picture marks the left side. Write 'first_side: left'."
    assert findings(drawn) == [f"knowledge/{FLY}:1: {marked}"]
    drawn.change(FLY, "dose:", "first_side: left\ndose:")
    assert findings(drawn) == []


def test_an_exercise_without_poses_is_text_only(drawn: Tree) -> None:
    drawn.write("en/exercises/swim.yaml", EXERCISE.format(name="Swim", easier=""))
    assert findings(drawn) == [
        (
            "knowledge/en/exercises/swim.yaml:1: picture: The exercise is text only."
            " Write poses/swim.yaml, as docs/drawings.md tells."
        )
    ]


def test_a_knowledge_without_any_poses_is_sound(small: Tree) -> None:
    assert findings(small.write(FLY, EXERCISE.format(name="Fly", easier=""))) == []


def test_poses_of_no_exercise_are_found(drawn: Tree) -> None:
    drawn.write("poses/flyy.yaml", STANDING)
    draw(drawn)
    assert findings(drawn) == [
        "knowledge/poses/flyy.yaml:1: There is no exercise 'flyy'. Did you mean 'fly'."
    ]


def test_a_picture_that_is_missing_or_of_other_poses_is_found(drawn: Tree) -> None:
    drawn.change(POSES, "hold: 0.2\n  -", "hold: 0.3\n  -")
    (drawn.root / "pictures" / "fly.png").unlink()
    assert findings(drawn) == [
        f"knowledge/{POSES}:1: The picture fly.gif shows other poses. Run 'python -m bot draw'.",
        f"knowledge/{POSES}:1: The picture fly.png is missing. Run 'python -m bot draw'.",
    ]


def test_a_picture_of_no_exercise_is_found(drawn: Tree) -> None:
    (drawn.root / "pictures" / "old.png").write_bytes(b"")
    assert findings(drawn) == ["knowledge/pictures/old.png:1: This picture is of no exercise. Take it away."]


def test_an_overlay_draws_its_own_poses_beside_them(drawn: Tree, overlay: Tree) -> None:
    before = {path: path.read_bytes() for path in (drawn.root / "pictures").iterdir()}
    overlay.write(POSES, STANDING.replace("forearms: 10", "forearms: 90"))
    assert findings(drawn, overlay) == [
        f"overlay/{POSES}:1: The picture fly.gif is missing. Run 'python -m bot draw'.",
        f"overlay/{POSES}:1: The picture fly.png is missing. Run 'python -m bot draw'.",
    ]
    assert sorted(draw(drawn, overlay)) == [
        overlay.root / "pictures" / name for name in ("fly.gif", "fly.png")
    ]
    assert findings(drawn, overlay) == []
    assert {path: path.read_bytes() for path in (drawn.root / "pictures").iterdir()} == before
