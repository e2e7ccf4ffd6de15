"""The moments of a loop: what lies between two key poses, eased, and how long each moment is shown."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.drawing.kinematics import WRIST_UP, Figure, figure
from bot.drawing.poses import ARM, ENDS, LEG, Direction, Motion, Pose
from bot.drawing.vectors import Vector, between, minus, unit

FRAMES_A_SECOND = 12
HUNDREDTHS = 100  # of a second, in which GIF counts


@dataclass(frozen=True, slots=True)
class Moment:
    """The figure at one moment, for how many milliseconds it is shown, and after which key pose."""

    figure: Figure
    milliseconds: int
    key: int


def moments(motion: Motion) -> Iterator[Moment]:
    """One loop: each key pose with its hold, and the way to the next one; from the last back to the first."""
    keys = motion.keys
    frame = 10 * (HUNDREDTHS // FRAMES_A_SECOND)
    for number, key in enumerate(keys):
        following = keys[(number + 1) % len(keys)]
        yield Moment(figure(key.pose, motion.root), frame + round(key.hold * 1000), number)
        start, end = settled(key.pose, following.pose, motion.root)
        steps = max(1, round(following.seconds * FRAMES_A_SECOND)) if len(keys) > 1 else 1
        for step in range(1, steps):
            share = eased(step / steps, rests=(key.hold > 0, following.hold > 0))
            yield Moment(figure(tween(start, end, share), motion.root), frame, number)


def eased(share: float, rests: tuple[bool, bool] = (True, True)) -> float:
    """The share of the way at a share of the time: slow where the figure rests before or after it."""
    match rests:
        case (True, True):
            return (1 - math.cos(math.pi * share)) / 2
        case (True, False):
            return 1 - math.cos(math.pi * share / 2)
        case (False, True):
            return math.sin(math.pi * share / 2)
    return share


def tween(start: Pose, end: Pose, share: float) -> Pose:
    """The pose between two settled ones."""

    def mixed(a: float, b: float) -> float:
        return a + (b - a) * share

    return Pose(
        directions={
            part: Direction(
                mixed(one.ahead, end.directions[part].ahead), mixed(one.out, end.directions[part].out)
            )
            for part, one in start.directions.items()
        },
        at=between(start.at, end.at, share),
        turn=mixed(start.turn, end.turn),
        roll=mixed(start.roll, end.roll),
        twist=mixed(start.twist, end.twist),
        look=mixed(start.look, end.look),
        hips=mixed(start.hips, end.hips),
        shoulders=(mixed(start.shoulders[0], end.shoulders[0]), mixed(start.shoulders[1], end.shoulders[1])),
        glide=mixed(start.glide, end.glide),
        belly=mixed(start.belly, end.belly),
        reach={name: _between(goal, end.reach[name], share) for name, goal in start.reach.items()},
    )


def _between(start: Vector | str, end: Vector | str, share: float) -> Vector | str:
    if isinstance(start, str) or isinstance(end, str):
        return start
    return between(start, end, share)


def settled(start: Pose, end: Pose, root: str) -> tuple[Pose, Pose]:
    """Two poses whose limbs are told in the same way: both by what they reach for, or both by directions."""
    first, last = figure(start, root), figure(end, root)
    for name in ENDS:
        goals = start.reach.get(name), end.reach.get(name)
        if goals[0] is None and goals[1] is None:
            continue
        if goals[0] is None or goals[1] is None:
            start, end = _directed(start, first, name), _directed(end, last, name)
            start = _unwound(start, end, name)
        elif goals[0] != goals[1]:
            start, end = _placed(start, first, name), _placed(end, last, name)
    return start, end


def _placed(pose: Pose, solved: Figure, name: str) -> Pose:
    """The pose with a hand or foot held at the point in space where it is."""
    if not isinstance(pose.reach[name], str):
        return pose
    x, y, z = solved.points[name.replace("hand", "wrist")]
    return replace(pose, reach={**pose.reach, name: (x, y - WRIST_UP, z)})


def _directed(pose: Pose, solved: Figure, name: str) -> Pose:
    """The pose with a limb told by the directions that it has."""
    if name not in pose.reach:
        return pose
    side, end = name.split("_")
    points = ("shoulder", "elbow", "wrist", "hand") if end == "hand" else ("hip", "knee", "ankle")
    axes, sign = (solved.trunk if end == "hand" else solved.body), (1 if side == "right" else -1)
    told = dict(pose.directions)
    for part, a, b in zip(ARM if end == "hand" else LEG, points, points[1:], strict=False):
        told[f"{side}_{part}"] = axes.read(_way(solved, f"{side}_{a}", f"{side}_{b}"), sign)
    return replace(pose, directions=told, reach={n: goal for n, goal in pose.reach.items() if n != name})


def _way(solved: Figure, start: str, end: str) -> Vector:
    return unit(minus(solved.points[end], solved.points[start]))


def _unwound(start: Pose, end: Pose, name: str) -> Pose:
    """The start with angles less than half a turn from those of the end."""
    side, kind = name.split("_")
    told = dict(start.directions)
    for part in ARM if kind == "hand" else LEG:
        one, other = told[f"{side}_{part}"], end.directions[f"{side}_{part}"]
        turns = round((other.ahead - one.ahead) / 360)
        told[f"{side}_{part}"] = Direction(one.ahead + 360 * turns, one.out)
    return replace(start, directions=told)
