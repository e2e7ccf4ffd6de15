"""Where the points of the figure are in a pose: directions over fixed lengths, and limbs that reach."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from bot.drawing.poses import ARM, LEG, SIDES, UPRIGHT, Direction, Pose
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
    square,
    turned,
    unit,
)

ORIGIN: Vector = (0.0, 0.0, 0.0)
SIGNS = {"right": 1, "left": -1}
BLADE_OUT = 8.0  # centimetres of a shoulder blade from the spine
KNEE_AHEAD = 0.6  # how much a knee prefers to bend forward, against where the thigh is said to point
HAND_INSIDE = 9.0  # of a wrist from the shoulder that its hand lies on
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
    """The points of the body by name; the axes of the whole and of the chest; how far the belly swells.

    `missed` says by how many centimetres a hand or foot fell short of where it should be.
    """

    points: Mapping[str, Vector]
    body: Axes
    trunk: Axes
    belly: float
    missed: Mapping[str, float]


def figure(pose: Pose, root: str) -> Figure:
    """The figure in a pose, with its root point where the pose says."""
    body = Axes().turned(UP, pose.turn)
    builder = _Builder(pose, body.turned(body.forward, pose.roll))
    builder.trunk()
    if root not in builder.points:  # it is on a leg, which then stands as its directions say
        builder.legs(reaching=False)
    builder.move(minus(pose.at, builder.points[root]))
    builder.legs(reaching=True)
    _add_places(builder.points, pose, builder.body, builder.chest)
    builder.arms()
    return Figure(builder.points, builder.body, builder.chest, pose.belly, builder.missed)


class _Builder:
    """Puts one figure together: the trunk first, then the legs, then the arms, which may be laid on them."""

    def __init__(self, pose: Pose, body: Axes) -> None:
        self._pose = pose
        self.body = body
        leaning = body.turned(body.forward, pose.directions["chest"].out)
        self.chest = leaning.turned(body.pointing(pose.directions["chest"]), pose.twist)
        self.points: dict[str, Vector] = {}
        self.missed: dict[str, float] = {}

    def move(self, by: Vector) -> None:
        """Everything that is there elsewhere."""
        self.points = {name: plus(point, by) for name, point in self.points.items()}

    def trunk(self) -> None:
        """From the hips, which are at the origin, to the shoulders and the head."""
        ways = {
            part: self.body.pointing(self._pose.directions[part]) for part in ("pelvis", "waist", "chest")
        }
        self.points["hips"] = before = ORIGIN
        for part, name in (("pelvis", "pelvis"), ("waist", "waist"), ("chest", "shoulders")):
            before = self.points[name] = plus(before, ways[part], LENGTHS[part])
        across = turned(square(self.body.right, ways["pelvis"]), ways["pelvis"], self._pose.hips)
        for side, sign in SIGNS.items():
            self.points[f"{side}_hip"] = plus(ORIGIN, across, sign * HIP_OUT)
        self._shoulders(before, ways["chest"])
        self._head(before, ways["chest"])

    def _shoulders(self, neck: Vector, way: Vector) -> None:
        ahead, higher = self._pose.shoulders
        across = square(self.chest.right, way)
        middle = plus(plus(neck, way, higher - SHOULDER_DOWN), cross(way, across), ahead)
        for side, sign in SIGNS.items():
            self.points[f"{side}_shoulder"] = plus(middle, across, sign * SHOULDER_OUT)

    def _head(self, neck: Vector, way: Vector) -> None:
        axes = self.chest.turned(way, self._pose.look)
        skull = plus(neck, axes.pointing(self._pose.directions["neck"]), LENGTHS["neck"])
        self.points["skull"] = skull = plus(skull, axes.forward, self._pose.glide)
        crown = axes.pointing(self._pose.directions["head"])
        self.points["head"] = head = plus(skull, crown, LENGTHS["head"])
        self.points["nose"] = plus(head, cross(crown, square(axes.right, crown)), HEAD)

    def legs(self, *, reaching: bool) -> None:
        """Both legs from the hips, as their directions say or as they must to stand where they should."""
        for side, sign in SIGNS.items():
            ways = [self._way(f"{side}_{part}", self.body, sign) for part in LEG]
            sole = cross(ways[2], square(self.body.right, ways[2]))
            goal = self._pose.reach.get(f"{side}_foot") if reaching else None
            if goal is not None and not isinstance(goal, str):
                hint = plus(ways[0], self.body.forward, KNEE_AHEAD)
                ankle = plus(goal, sole, -SOLE_DOWN)
                ways[:2] = _bent(self.points[f"{side}_hip"], ankle, ("thigh", "shin"), hint)
            self._leg(side, ways, sole)
            if goal is not None and not isinstance(goal, str):
                self.missed[f"{side}_foot"] = length(minus(self.points[f"{side}_foot"], goal))

    def _leg(self, side: str, ways: Sequence[Vector], sole: Vector) -> None:
        thigh, shin, foot = ways
        knee = self.points[f"{side}_knee"] = plus(self.points[f"{side}_hip"], thigh, LENGTHS["thigh"])
        ankle = self.points[f"{side}_ankle"] = plus(knee, shin, LENGTHS["shin"])
        above = plus(ankle, sole, SOLE_DOWN - RADII["foot"][0])
        self.points[f"{side}_heel"] = plus(above, foot, -HEEL_BACK)
        self.points[f"{side}_toe"] = plus(above, foot, LENGTHS["foot"] - RADII["foot"][1])
        self.points[f"{side}_foot"] = plus(ankle, sole, SOLE_DOWN)

    def arms(self) -> None:
        """Both arms from the shoulders, as their directions say or as they must to reach their place."""
        for side, sign in SIGNS.items():
            upper, fore, hand = (self._way(f"{side}_{part}", self.chest, sign) for part in ARM)
            shoulder, goal = self.points[f"{side}_shoulder"], self._pose.reach.get(f"{side}_hand")
            there = self.points[goal] if isinstance(goal, str) else goal and plus(goal, UP, WRIST_UP)
            if there is not None:
                upper, fore = _bent(shoulder, there, ("upper_arm", "forearm"), upper)
                hand = fore if isinstance(goal, str) else hand
            elbow = self.points[f"{side}_elbow"] = plus(shoulder, upper, LENGTHS["upper_arm"])
            wrist = self.points[f"{side}_wrist"] = plus(elbow, fore, LENGTHS["forearm"])
            self.points[f"{side}_hand"] = plus(wrist, hand, LENGTHS["hand"] - RADII["hand"][1])
            if there is not None:
                self.missed[f"{side}_hand"] = length(minus(wrist, there))

    def _way(self, part: str, axes: Axes, sign: int) -> Vector:
        return axes.pointing(self._pose.directions[part], sign)


def _add_places(points: dict[str, Vector], pose: Pose, body: Axes, chest: Axes) -> None:
    """The points of the body that a hand may be laid on."""
    up = unit(minus(points["shoulders"], points["waist"]))
    front = cross(up, square(chest.right, up))
    low = unit(minus(points["waist"], points["pelvis"]))
    ahead = cross(low, square(body.right, low))
    middle = between(points["pelvis"], points["waist"], 0.5)
    points["belly"] = plus(middle, ahead, THICKNESS["waist"] + 2 + pose.belly)
    points["breastbone"] = plus(
        between(points["waist"], points["shoulders"], 0.6), front, THICKNESS["chest"] + 1
    )
    points["nape"] = plus(points["skull"], unit(minus(points["nose"], points["head"])), -5)
    blades = plus(between(points["waist"], points["shoulders"], 0.68), front, -8)
    for side, sign in SIGNS.items():
        points[f"{side}_lower_back"] = plus(plus(middle, ahead, -THICKNESS["waist"]), body.right, 6 * sign)
        points[f"{side}_blade"] = plus(blades, chest.right, sign * (BLADE_OUT + 0.9 * pose.shoulders[0]))
        points[f"{side}_side"] = plus(middle, body.right, 14 * sign)
        inner = plus(points[f"{side}_shoulder"], chest.right, -HAND_INSIDE * sign)
        points[f"{side}_chest"] = plus(inner, front, THICKNESS["chest"])
        points[f"{side}_crease"] = plus(between(points[f"{side}_hip"], points["pelvis"], 0.3), ahead, 9)
        _add_places_on_leg(points, side, ahead)


def _add_places_on_leg(points: dict[str, Vector], side: str, ahead: Vector) -> None:
    hip, knee, ankle = (points[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    over = square(minus(knee, ankle), unit(minus(knee, hip)), ahead)
    points[f"{side}_lap"] = plus(between(hip, knee, 0.6), over, 9)
    points[f"{side}_hamstring"] = plus(between(hip, knee, 0.75), over, -9)
    points[f"{side}_shin"] = between(knee, ankle, 0.6)


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
