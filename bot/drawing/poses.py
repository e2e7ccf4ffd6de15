"""What an editor says of a movement, as values: key poses, what stands around, where to look from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.drawing.vectors import Vector

Window = tuple[float, float, float, float]  # left, bottom, right and top of a picture, in centimetres

SIDES = ("right", "left")
ARM = ("upper_arm", "forearm", "hand")
LEG = ("thigh", "shin", "foot")
LIMBS = tuple(f"{side}_{part}" for side in SIDES for part in (*ARM, *LEG))
TRUNK = ("pelvis", "waist", "chest", "neck", "head")
ENDS = tuple(f"{side}_{part}" for side in SIDES for part in ("hand", "foot"))


class View(StrEnum):
    """Where the picture looks from; `corner` is half from the side, half from the front."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    ABOVE = "above"
    CORNER = "corner"


class Thing(StrEnum):
    """What may stand or lie around the figure, or be held."""

    MAT = "mat"
    WALL = "wall"
    CHAIR = "chair"
    TABLE = "table"
    BALL = "ball"
    CUSHION = "cushion"
    BAND = "band"
    DUMBBELL = "dumbbell"
    DOORWAY = "doorway"
    ROWER = "rower"
    BREATH = "breath"


@dataclass(frozen=True, slots=True)
class Direction:
    """Where a part of the body points, in degrees.

    `ahead`: 0 forward, 90 up, 180 back, -90 down; `out`: out of that plane, away from the middle of the body
    (of the trunk and head: to the right).
    """

    ahead: float
    out: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How the figure stands, sits or lies at one moment.

    `at` is where the root point is; `turn` (to the left), `roll` (onto the right side) and `twist` (chest
    against pelvis, to the left) and `look` (head against chest) are degrees; `shoulders` are centimetres
    forward and up, `glide` centimetres of the head forward, `belly` centimetres that it swells; `reach` is
    where hands and feet are held: a point in space, or the name of a point of the body.
    """

    directions: Mapping[str, Direction]
    at: Vector
    turn: float = 0.0
    roll: float = 0.0
    twist: float = 0.0
    look: float = 0.0
    hips: float = 0.0
    shoulders: tuple[float, float] = (0.0, 0.0)
    glide: float = 0.0
    belly: float = 0.0
    reach: Mapping[str, Vector | str] = field(default_factory=dict)


UPRIGHT = Pose(
    directions={
        **dict.fromkeys(TRUNK, Direction(90.0)),
        **{limb: Direction(0.0 if limb.endswith("foot") else -90.0) for limb in LIMBS},
    },
    at=(0.0, 90.0, 0.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPose:
    """A pose, the seconds of the way to it, and the seconds that it is held."""

    pose: Pose
    seconds: float
    hold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing: where, how large, which way (degrees to the left), or which points of the body hold it."""

    thing: Thing
    at: Vector = (0.0, 0.0, 0.0)
    size: Vector | None = None
    turn: float = 0.0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The way of a point of the body between two key poses (numbered from 0), shifted in the picture (cm)."""

    part: str
    start: int = 0
    end: int = 1
    shift: tuple[float, float] = (0.0, 0.0)
    longer: float = 1.0
    both_ways: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """One movement: what `python -m bot draw` makes a picture of.

    `root` is the point that each pose's `at` places; `works` are the parts in the accent colour; `touches`
    maps a part to what it rests on through the whole loop; `still` is the key pose of the still picture;
    `label` is the part that bears the name of its side; `window` is the part of the picture to show.
    """

    view: View
    root: str
    keys: tuple[KeyPose, ...]
    props: tuple[Prop, ...]
    works: tuple[str, ...]
    touches: Mapping[str, str]
    arrows: tuple[Arrow, ...]
    still: int
    label: str | None
    window: Window | None
    source: Mapping[str, Any] = field(repr=False)
