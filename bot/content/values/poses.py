"""Makes movements out of what was written, once its shape is known to be sound."""

from collections.abc import Iterator, Mapping, Sequence

from bot.content.schema.poses import SIDED, ArrowShape, Part, PoseShape, PosesShape, PropShape
from bot.drawing.kinematics import GOALS
from bot.drawing.poses import LIMBS, SIDES, TRUNK, UPRIGHT, Arrow, Direction, KeyPose, Motion, Pose, Prop
from bot.drawing.vectors import Vector

PLURALS = {"feet": "foot", **{f"{part}s": part for part in SIDED if part != "foot"}}
ASIDE = {"hand": 16.5, "foot": 8.5}  # centimetres from the middle, if nothing is said


def motions(shapes: Mapping[str, PosesShape]) -> dict[str, Motion]:
    """The movement of each exercise that has one."""
    return {name: motion(shape) for name, shape in shapes.items()}


def motion(shape: PosesShape) -> Motion:
    """The movement."""
    keys, before = [], UPRIGHT
    for written in shape.poses:
        before = _pose(written, before)
        keys.append(KeyPose(pose=before, seconds=written.seconds, hold=written.hold))
    return Motion(
        view=shape.view,
        root=shape.root,
        keys=tuple(keys),
        props=tuple(map(_prop, shape.props)),
        works=tuple(shape.works),
        touches=dict(shape.touches),
        arrows=tuple(map(_arrow, shape.arrows)),
        still=shape.still - 1,
        label=shape.label,
        window=(w[0], w[1], w[2], w[3]) if (w := shape.window) else None,
        source=shape.model_dump(mode="json"),
    )


def _prop(shape: PropShape) -> Prop:
    size = _vector(shape.size, 0.0) if shape.size else None
    return Prop(thing=shape.thing, at=_vector(shape.at, 0.0), size=size, turn=shape.turn, by=tuple(shape.by))


def _arrow(shape: ArrowShape) -> Arrow:
    return Arrow(
        part=shape.part,
        start=shape.start - 1,
        end=shape.end - 1,
        shift=(shape.shift[0], shape.shift[1]),
        longer=shape.longer,
        both_ways=shape.both_ways,
    )


def _pose(written: PoseShape, before: Pose) -> Pose:
    def kept(value: float | None, old: float) -> float:
        return old if value is None else value

    reach = {name: goal for name, goal in before.reach.items() if name not in {*_each(written.free)}}
    for name, goal in written.reach.items():
        reach |= {each: _goal(each, goal) for each in _each([name])}
    shoulders = written.shoulders
    return Pose(
        directions={**before.directions, **_directions(written.parts)},
        at=before.at if written.at is None else _vector(written.at, 0.0),
        turn=kept(written.turn, before.turn),
        roll=kept(written.roll, before.roll),
        twist=kept(written.twist, before.twist),
        look=kept(written.look, before.look),
        hips=kept(written.hips, before.hips),
        shoulders=before.shoulders if shoulders is None else (shoulders[0], shoulders[1]),
        glide=kept(written.glide, before.glide),
        belly=kept(written.belly, before.belly),
        reach=reach,
    )


def _directions(parts: Mapping[Part, Sequence[float]]) -> dict[str, Direction]:
    """What is said of the whole trunk or of both sides first, so that what is said of one part wins."""
    told: dict[str, Direction] = {}
    in_order = sorted(parts.items(), key=lambda each: each[0] in {*TRUNK, *LIMBS})
    for name, numbers in in_order:
        names = TRUNK if name == "trunk" else _each([name])
        told |= dict.fromkeys(names, Direction(*numbers))
    return told


def _each(names: Sequence[str]) -> Iterator[str]:
    """Both sides of what is said of both."""
    for name in names:
        yield from (f"{side}_{PLURALS[name]}" for side in SIDES) if name in PLURALS else (name,)


def _goal(name: str, goal: Sequence[float] | str) -> Vector | str:
    side, part = name.split("_")
    if isinstance(goal, str):
        return goal if goal in GOALS else f"{side}_{goal}"
    x, y, aside = _vector(goal, ASIDE[part])
    return x, y, aside if side == "right" else -aside


def _vector(numbers: Sequence[float], otherwise: float) -> Vector:
    return numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else otherwise  # noqa: PLR2004  # all three
