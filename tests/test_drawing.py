"""The pictures of the exercises: drawn from key poses, the same each time, with limbs of one length."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence
from trees import Tree

from bot.command_line import run
from bot.content.loader import builtin_root, load
from bot.content.pictures import Kind, find_picture
from bot.content.schema.poses import PosesShape
from bot.content.values.poses import motion
from bot.drawing.body import LENGTHS, RADII
from bot.drawing.kinematics import figure
from bot.drawing.pictures import LARGEST, draw
from bot.drawing.poses import LIMBS, TRUNK, Direction, Motion, Pose
from bot.drawing.timing import moments
from bot.drawing.vectors import length, minus

PIXELS, BYTES = 640, 300_000  # the largest that a loop may be
PIXEL = 1 / LARGEST  # centimetres
PICTURES = sorted((builtin_root() / "pictures").iterdir())
# Together they show every view and every thing.
SAMPLES = (
    *("ball-bridge", "band-pull-apart", "cat-cow", "doorway-chest-stretch", "easy-rowing", "knee-rolls"),
    *("legs-up-rest", "shoulder-blade-squeeze", "supported-dumbbell-row", "wall-angels"),
)
BONES = {
    "pelvis": ("hips", "pelvis"),
    "waist": ("pelvis", "waist"),
    "chest": ("waist", "shoulders"),
    "neck": ("shoulders", "skull"),
    "head": ("skull", "head"),
    **{
        f"{side}_{part}": (f"{side}_{start}", f"{side}_{end}")
        for side in ("right", "left")
        for part, start, end in (
            ("upper_arm", "shoulder", "elbow"),
            ("forearm", "elbow", "wrist"),
            ("hand", "wrist", "hand"),
            ("thigh", "hip", "knee"),
            ("shin", "knee", "ankle"),
        )
    },
}
BIRD_DOG = "poses/bird-dog.yaml"

degrees = st.floats(-360, 360)
directions = st.fixed_dictionaries(
    {part: st.builds(Direction, degrees, degrees) for part in (*TRUNK, *LIMBS)}
)
places = st.tuples(*[st.floats(-200, 200)] * 3)


@pytest.fixture(scope="module")
def motions() -> dict[str, Motion]:
    """Every movement that ships."""
    library, _ = load([builtin_root()])
    return dict(library["en"].motions)


@given(
    directions,
    places,
    st.tuples(degrees, degrees, degrees, degrees),
    st.dictionaries(st.sampled_from(["right_hand", "left_hand", "right_foot", "left_foot"]), places),
)
@settings(deadline=None, max_examples=200)
def test_no_pose_changes_the_length_of_a_limb(
    told: dict[str, Direction],
    at: tuple[float, float, float],
    turns: tuple[float, float, float, float],
    reach: dict[str, tuple[float, float, float]],
) -> None:
    turn, roll, twist, look = turns
    pose = Pose(directions=told, at=at, turn=turn, roll=roll, twist=twist, look=look, reach=dict(reach))
    points = figure(pose, "hips").points
    for name, (start, end) in BONES.items():
        part = name.removeprefix("right_").removeprefix("left_")
        expected = LENGTHS[part] - (RADII["hand"][1] if part == "hand" else 0)
        assert length(minus(points[end], points[start])) == pytest.approx(expected, abs=1e-6), name


@given(
    st.lists(
        st.tuples(st.floats(-12, 12), st.floats(62, 84), st.floats(40, 120), st.floats(-30, 30)),
        min_size=2,
        max_size=4,
    ),
    st.floats(-10, 10),
)
@settings(deadline=None, max_examples=50)
def test_planted_feet_stay_within_a_pixel_through_the_loop(
    poses: list[tuple[float, float, float, float]], foot: float
) -> None:
    written = [
        {"at": [x, y], "parts": {"trunk": trunk}, "twist": twist, "seconds": 0.5}
        for x, y, trunk, twist in poses
    ]
    written[0]["reach"] = {"feet": [foot, 0]}
    shape = {"view": "side", "works": [], "touches": {}, "still": 1, "poses": written}
    for moment in moments(motion(PosesShape.model_validate(shape))):
        for side, aside in (("right", 8.5), ("left", -8.5)):
            assert length(minus(moment.figure.points[f"{side}_foot"], (foot, 0, aside))) < PIXEL


def test_supports_stay_within_a_pixel_in_every_loop_that_ships(motions: dict[str, Motion]) -> None:
    for name, each in motions.items():
        first, *others = [moment.figure.points for moment in moments(each)]
        for part in each.touches:
            way = max(length(minus(points[part], first[part])) for points in others)
            assert way < PIXEL, (name, part)


def test_a_move_done_on_one_side_at_a_time_is_drawn_and_told_on_one(motions: dict[str, Motion]) -> None:
    library, _ = load([builtin_root()])
    for exercise in library["en"].knowledge.exercises.values():
        if exercise.dose.per_side:
            poses = [key.pose for key in motions[exercise.id].keys]
            for turns in ({pose.hips for pose in poses}, {pose.twist for pose in poses}):
                assert min(turns) >= 0 or max(turns) <= 0, exercise.id
            assert "then the other" not in exercise.picture, exercise.id


def test_a_stretch_reaches_as_far_as_its_text_says(motions: dict[str, Motion]) -> None:
    sitting = figure(motions["hamstring-stretch"].keys[1].pose, "hips").points
    leg = length(minus(sitting["right_ankle"], sitting["right_hip"]))
    assert leg > 0.98 * (LENGTHS["thigh"] + LENGTHS["shin"])  # "one leg out, knee soft"
    kneeling = motions["childs-pose"]
    points = figure(kneeling.keys[1].pose, kneeling.root).points
    apart = points["right_hip"][1] - points["right_heel"][1]
    assert apart < RADII["thigh"][0] + RADII["foot"][0] + 3  # "your bottom back towards your heels"


def test_a_loop_ends_where_it_begins(motions: dict[str, Motion]) -> None:
    for name, each in motions.items():
        loop = [moment.figure.points for moment in moments(each)]
        step = max(length(minus(loop[-1][point], loop[0][point])) for point in loop[0])
        widest = max(length(minus(b[point], a[point])) for a, b in pairwise(loop) for point in a)
        assert step <= widest + PIXEL, name


def test_every_exercise_has_a_still_a_loop_and_words_for_them() -> None:
    library, _ = load([builtin_root()])
    for exercise in library["en"].knowledge.exercises.values():
        assert exercise.picture
        for kind in Kind:
            assert find_picture(exercise.key, [builtin_root()], kind) is not None, (exercise.id, kind)


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_opaque_and_calm_at_its_edge(path: Path) -> None:
    assert path.stat().st_size < BYTES
    with Image.open(path) as picture:
        assert max(picture.size) <= PIXELS
        assert path.suffix == ".png" or picture.info["loop"] == 0
        assert path.suffix == ".png" or getattr(picture, "n_frames", 1) > 10
        assert "A" not in picture.convert(picture.mode).getbands()
        corner = picture.convert("RGB").getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert all(226 <= value <= 246 for value in corner)


def test_a_loop_is_smooth(motions: dict[str, Motion]) -> None:
    with Image.open(builtin_root() / "pictures" / "cat-cow.gif") as loop:
        shown = [frame.info["duration"] for frame in ImageSequence.Iterator(loop)]
    assert min(shown) == 80
    assert abs(sum(shown) - sum(moment.milliseconds for moment in moments(motions["cat-cow"]))) < 80


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_committed_is_what_is_drawn(name: str, motions: dict[str, Motion]) -> None:
    drawing = draw(motions[name])
    folder = builtin_root() / "pictures"
    assert drawing.still == (folder / f"{name}.png").read_bytes()
    assert drawing.loop == (folder / f"{name}.gif").read_bytes()


def test_a_picture_of_an_overlay_wins(overlay: Tree) -> None:
    roots = [builtin_root(), overlay.root]
    assert find_picture("bird-dog", roots) == builtin_root() / "pictures" / "bird-dog.gif"
    overlay.write("pictures/bird-dog.gif", "")
    assert find_picture("exercise:bird-dog", roots) == overlay.root / "pictures" / "bird-dog.gif"
    assert find_picture("exercise:no-such-thing", roots) is None


@pytest.fixture
def run_draw(
    overlay: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str]]]:
    """Runs `draw bird-dog` with an overlay; the status, and the lines that it prints."""
    monkeypatch.setenv("KNOWLEDGE_DIR", str(overlay.root))

    def ran(*arguments: str) -> tuple[int, list[str]]:
        status = run(["draw", *arguments])
        printed = capsys.readouterr()
        return status, (printed.out + printed.err).splitlines()

    return ran


def test_an_operator_draws_poses_of_an_overlay(
    overlay: Tree, run_draw: Callable[..., tuple[int, list[str]]]
) -> None:
    own = (builtin_root() / BIRD_DOG).read_text(encoding="utf-8").replace("hold: 1.8", "hold: 1")
    overlay.write(BIRD_DOG, own)
    pictures = [overlay.root / "pictures" / f"bird-dog.{kind}" for kind in ("png", "gif")]
    told = [f"{path} is not what would be drawn." for path in pictures]
    assert run_draw("bird-dog", "--check") == (1, [*told, "1 exercise(s), 2 picture(s) to be drawn."])
    told = [f"Drew {path}." for path in pictures]
    assert run_draw("bird-dog") == (0, [*told, "1 exercise(s), 2 picture(s) drawn."])
    assert all(path.is_file() for path in pictures)


def test_an_editor_sees_stills_on_one_page(
    tmp_path: Path, run_draw: Callable[..., tuple[int, list[str]]]
) -> None:
    page = tmp_path / "new" / "sheet.png"
    assert run_draw("cat-cow", "bird-dog", "--sheet", str(page)) == (0, [f"Wrote {page}."])
    with Image.open(page) as sheet, Image.open(builtin_root() / "pictures" / "cat-cow.png") as still:
        assert sheet.size[0] > still.size[0]


def test_an_exercise_without_poses_cannot_be_drawn(run_draw: Callable[..., tuple[int, list[str]]]) -> None:
    status, lines = run_draw("bird-dig")
    assert status == 2
    assert "  poses/bird-dig.yaml:1: There is no such file. Did you mean 'bird-dog'." in lines
