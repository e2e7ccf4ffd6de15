"""Where each point of the figure is in a pose: directions over fixed lengths, and limbs that reach for a point."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.drawing.body import (
    HEAD,
    HEEL_BACK,
    HIP_OUT,
    LENGTHS,
    RADII,
    SHOULDER_DOWN,
    SHOULDER_OUT,
    SOLE_DOWN,
    THICKNESS,
)
from bot.drawing.poses import SIDES, UPRIGHT, Direction, Pose
from bot.drawing.vectors import (
    FORWARD,
    RIGHT,
    UP,
    Vector,
    between,
    cross,
    dot,
    length,
    minus,
    plus,
    turned,
    unit,
)

ORIGIN: Vector = (0.0, 0.0, 0.0)
BLADE_OUT = 8.0  # centimetres of a shoulder blade from the spine
KNEE_AHEAD = 0.6  # how much a knee prefers to bend forward, against where the thigh is said to point
WRIST_UP = RADII["hand"][0]  # of a hand that lies flat


@dataclass(frozen=True, slots=True)
class Axes:
    """Forward, up and right of a part of the body, each of length one."""

    forward: Vector = FORWARD
    up: Vector = UP
    right: Vector = RIGHT

    def turned(self, axis: Vector, degrees: float) -> "Axes":
        """The same, turned."""
        return Axes(*(turned(each, axis, degrees) for each in (self.forward, self.up, self.right)))

    def pointing(self, direction: Direction, side: int = 1) -> Vector:
        """A direction in space; side is -1 for limbs on the left."""
        ahead, out = math.radians(direction.ahead), math.radians(direction.out)
        flat = plus(plus(ORIGIN, self.forward, math.cos(ahead)), self.up, math.sin(ahead))
        return plus(plus(ORIGIN, flat, math.cos(out)), self.right, side * math.sin(out))

    def read(self, way: Vector, side: int = 1) -> Direction:
        """The direction of a vector in space, as an editor would write it."""
        out = math.degrees(math.asin(max(-1.0, min(1.0, side * dot(way, self.right)))))
        return Direction(math.degrees(math.atan2(dot(way, self.up), dot(way, self.forward))), out)


@dataclass(frozen=True, slots=True)
class Figure:
    """The points of the body by name; the axes of the whole, of the chest and of the head.

    `missed` says by how many centimetres a hand or foot fell short of where it should be.
    """

    points: Mapping[str, Vector]
    body: Axes
    trunk: Axes
    head: Axes
    belly: float
    missed: Mapping[str, float]

    def moved(self, by: Vector) -> "Figure":
        """The whole figure elsewhere."""
        points = {name: plus(point, by) for name, point in self.points.items()}
        return Figure(points, self.body, self.trunk, self.head, self.belly, self.missed)


def figure(pose: Pose, root: str) -> Figure:
    """The figure in a pose, with its root point where the pose says."""
    body = Axes().turned(UP, pose.turn)
    body = body.turned(body.forward, pose.roll)
    points, trunk, head = _trunk(pose, body)
    if root not in points:  # it is on a leg, which then stands as its directions say
        for side, sign in zip(SIDES, (1, -1), strict=True):
            _leg(points, replace(pose, reach={}), body, side, sign, {})
    shift = minus(pose.at, points[root])
    points = {name: plus(point, shift) for name, point in points.items()}
    missed: dict[str, float] = {}
    for side, sign in zip(SIDES, (1, -1), strict=True):
        _leg(points, pose, body, side, sign, missed)
    _places(points, pose, body, trunk)
    for side, sign in zip(SIDES, (1, -1), strict=True):
        _arm(points, pose, trunk, side, sign, missed)
    return Figure(points, body, trunk, head, pose.belly, missed)


def _trunk(pose: Pose, body: Axes) -> tuple[dict[str, Vector], Axes, Axes]:
    ways = {part: body.pointing(pose.directions[part]) for part in ("pelvis", "waist", "chest")}
    points = {"hips": ORIGIN}
    before = ORIGIN
    for part, name in (("pelvis", "pelvis"), ("waist", "waist"), ("chest", "shoulders")):
        before = points[name] = plus(before, ways[part], LENGTHS[part])
    across = unit(plus(body.right, ways["pelvis"], -dot(body.right, ways["pelvis"])))
    across = turned(across, ways["pelvis"], pose.hips)
    for side, sign in zip(SIDES, (1, -1), strict=True):
        points[f"{side}_hip"] = plus(ORIGIN, across, sign * HIP_OUT)
    trunk = body.turned(body.forward, pose.directions["chest"].out).turned(ways["chest"], pose.twist)
    across = unit(plus(trunk.right, ways["chest"], -dot(trunk.right, ways["chest"])))
    middle = plus(before, ways["chest"], -SHOULDER_DOWN)
    middle = plus(
        plus(middle, cross(ways["chest"], across), pose.shoulders[0]), ways["chest"], pose.shoulders[1]
    )
    for side, sign in zip(SIDES, (1, -1), strict=True):
        points[f"{side}_shoulder"] = plus(middle, across, sign * SHOULDER_OUT)
    head = trunk.turned(ways["chest"], pose.look)
    points["skull"] = plus(before, head.pointing(pose.directions["neck"]), LENGTHS["neck"])
    points["skull"] = plus(points["skull"], head.forward, pose.glide)
    crown = head.pointing(pose.directions["head"])
    points["head"] = plus(points["skull"], crown, LENGTHS["head"])
    face = cross(crown, unit(plus(head.right, crown, -dot(head.right, crown))))
    points["nose"] = plus(points["head"], face, HEAD)
    return points, trunk, head


def _leg(
    points: dict[str, Vector], pose: Pose, body: Axes, side: str, sign: int, missed: dict[str, float]
) -> None:
    hip = points[f"{side}_hip"]
    thigh, shin, foot = (
        body.pointing(pose.directions[f"{side}_{part}"], sign) for part in ("thigh", "shin", "foot")
    )
    sole = _sole(foot, body)
    goal = pose.reach.get(f"{side}_foot")
    if goal is not None and not isinstance(goal, str):
        ankle = plus(goal, sole, -SOLE_DOWN)
        thigh, shin = _bent(hip, ankle, ("thigh", "shin"), plus(thigh, body.forward, KNEE_AHEAD))
    knee = points[f"{side}_knee"] = plus(hip, thigh, LENGTHS["thigh"])
    end = points[f"{side}_ankle"] = plus(knee, shin, LENGTHS["shin"])
    if goal is not None and not isinstance(goal, str):
        missed[f"{side}_foot"] = length(minus(plus(end, sole, SOLE_DOWN), goal))
    drop = SOLE_DOWN - RADII["foot"][0]
    points[f"{side}_heel"] = plus(plus(end, sole, drop), foot, -HEEL_BACK)
    points[f"{side}_toe"] = plus(plus(end, sole, drop), foot, LENGTHS["foot"] - RADII["foot"][1])
    points[f"{side}_foot"] = plus(end, sole, SOLE_DOWN)


def _sole(foot: Vector, body: Axes) -> Vector:
    """Where the sole looks of a foot that points somewhere."""
    across = unit(plus(body.right, foot, -dot(body.right, foot)))
    return cross(foot, across)


def _places(points: dict[str, Vector], pose: Pose, body: Axes, trunk: Axes) -> None:
    """The points of the body that a hand may be laid on."""
    up = unit(minus(points["shoulders"], points["waist"]))
    front = cross(up, unit(plus(trunk.right, up, -dot(trunk.right, up))))
    low = unit(minus(points["waist"], points["pelvis"]))
    ahead = cross(low, unit(plus(body.right, low, -dot(body.right, low))))
    middle = between(points["pelvis"], points["waist"], 0.5)
    points["belly"] = plus(middle, ahead, THICKNESS["waist"] + 2 + pose.belly)
    points["breastbone"] = plus(
        between(points["waist"], points["shoulders"], 0.6), front, THICKNESS["chest"] + 1
    )
    points["nape"] = plus(points["skull"], unit(minus(points["nose"], points["head"])), -5)
    for side, sign in zip(SIDES, (1, -1), strict=True):
        points[f"{side}_lower_back"] = plus(plus(middle, ahead, -THICKNESS["waist"]), body.right, 6 * sign)
        blade = BLADE_OUT + 0.9 * pose.shoulders[0]
        points[f"{side}_blade"] = plus(
            plus(between(points["waist"], points["shoulders"], 0.68), trunk.right, blade * sign), front, -8
        )
        points[f"{side}_side"] = plus(middle, body.right, 14 * sign)
        points[f"{side}_nape"] = plus(points["nape"], trunk.right, 4 * sign)
        points[f"{side}_chest"] = plus(points[f"{side}_shoulder"], front, THICKNESS["chest"])
        hip, knee, ankle = (points[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
        along = unit(minus(knee, hip))
        over = unit(plus(minus(knee, ankle), along, -dot(minus(knee, ankle), along)), ahead)
        points[f"{side}_lap"] = plus(between(hip, knee, 0.6), over, 9)
        points[f"{side}_crease"] = plus(between(hip, points["pelvis"], 0.3), ahead, 9)
        points[f"{side}_hamstring"] = plus(between(hip, knee, 0.75), over, -9)
        points[f"{side}_shin"] = between(knee, ankle, 0.6)


def _arm(
    points: dict[str, Vector], pose: Pose, trunk: Axes, side: str, sign: int, missed: dict[str, float]
) -> None:
    shoulder = points[f"{side}_shoulder"]
    upper, fore, hand = (
        trunk.pointing(pose.directions[f"{side}_{part}"], sign) for part in ("upper_arm", "forearm", "hand")
    )
    goal = pose.reach.get(f"{side}_hand")
    if goal is not None:
        there = points[goal] if isinstance(goal, str) else plus(goal, UP, WRIST_UP)
        upper, fore = _bent(shoulder, there, ("upper_arm", "forearm"), upper)
        if isinstance(goal, str):
            hand = fore
    elbow = points[f"{side}_elbow"] = plus(shoulder, upper, LENGTHS["upper_arm"])
    wrist = points[f"{side}_wrist"] = plus(elbow, fore, LENGTHS["forearm"])
    if goal is not None:
        missed[f"{side}_hand"] = length(minus(wrist, there))
    points[f"{side}_hand"] = plus(wrist, hand, LENGTHS["hand"] - RADII["hand"][1])


def _bent(start: Vector, goal: Vector, parts: tuple[str, str], hint: Vector) -> tuple[Vector, Vector]:
    """The directions of two parts that lead from a point to another, the joint on the side of a hint.

    If the goal is out of reach, they point to it as far as they go.
    """
    first, second = LENGTHS[parts[0]], LENGTHS[parts[1]]
    way = minus(goal, start)
    axis = unit(way, hint)
    far = min(max(length(way), abs(first - second) + 1e-6), first + second - 1e-6)
    along = (first**2 - second**2 + far**2) / (2 * far)
    aside = math.sqrt(max(first**2 - along**2, 0.0))
    pole = plus(hint, axis, -dot(hint, axis))
    joint = plus(plus(start, axis, along), unit(pole, RIGHT), aside)
    end = plus(start, axis, far)
    return unit(minus(joint, start)), unit(minus(end, joint))


POINTS = frozenset(figure(UPRIGHT, "hips").points)
ON_ARMS = frozenset(f"{side}_{point}" for side in SIDES for point in ("elbow", "wrist", "hand"))
GOALS = POINTS - ON_ARMS  # what a hand can be laid on
ROOTS = frozenset(
    {
        *("hips", "pelvis", "waist", "shoulders", "head"),
        *(f"{side}_{point}" for side in SIDES for point in ("hip", "shoulder", "knee", "ankle", "foot")),
    }
)
