"""The shape of key poses: knowledge/poses/<exercise>.yaml."""

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.content.findings import guess
from bot.content.schema.base import Strict
from bot.drawing.kinematics import GOALS, POINTS, ROOTS
from bot.drawing.poses import Thing, View

SIDED = ("upper_arm", "forearm", "hand", "thigh", "shin", "foot")

Part = Literal[
    "trunk", "pelvis", "waist", "chest", "neck", "head",
    "upper_arms", "right_upper_arm", "left_upper_arm",
    "forearms", "right_forearm", "left_forearm",
    "hands", "right_hand", "left_hand",
    "thighs", "right_thigh", "left_thigh",
    "shins", "right_shin", "left_shin",
    "feet", "right_foot", "left_foot",
]  # fmt: skip
End = Literal["hands", "right_hand", "left_hand", "feet", "right_foot", "left_foot"]
Muscle = Literal[
    "right_arm", "left_arm", "right_leg", "left_leg",
    "right_upper_arm", "left_upper_arm", "right_forearm", "left_forearm",
    "right_thigh", "left_thigh", "right_shin", "left_shin",
    "glutes", "lower_back", "upper_back", "back", "tummy", "chest", "hip_front",
    "right_trunk", "left_trunk", "neck", "blades",
]  # fmt: skip
Touched = Literal["floor", "chair", "ball", "wall", "table", "cushion", "doorway", "rower"]


def _require(name: str, known: Collection[str]) -> str:
    if name not in known:
        raise PydanticCustomError("unknown_point", "{remedy}", {"remedy": guess(name, known)})
    return name


def _one_of(known: Collection[str]) -> AfterValidator:
    return AfterValidator(lambda name: _require(name, known))


def _nowhere() -> list[float]:
    return [0.0, 0.0]


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Numbers = Annotated[
    list[float],
    BeforeValidator(_listed),
    Field(
        min_length=1, max_length=2, description="Degrees: 0 forward, 90 up, 180 back; then out to the side"
    ),
]
Point = Annotated[str, _one_of(POINTS)]
Goal = Annotated[str, _one_of(GOALS | {name.removeprefix("right_") for name in GOALS})]
Place = Annotated[list[float], Field(min_length=2, max_length=3, description="Centimetres: ahead, up, aside")]


class PoseShape(Strict):
    """One key pose. What it does not say is as in the pose before; the first begins standing upright."""

    at: Annotated[Place | None, Field(description="Where the root point is")] = None
    parts: Annotated[dict[Part, Numbers], Field(default_factory=dict, description="Where each part points")]
    reach: Annotated[
        dict[End, Place | Goal], Field(default_factory=dict, description="Where hands and feet are held")
    ]
    free: Annotated[
        list[End], Field(default_factory=list, description="Hands and feet that are held no longer")
    ]
    turn: Annotated[float | None, Field(description="The whole figure to its left, degrees")] = None
    roll: Annotated[float | None, Field(description="The whole figure onto its right side, degrees")] = None
    twist: Annotated[float | None, Field(description="The chest against the pelvis, to the left")] = None
    look: Annotated[float | None, Field(description="The head against the chest, to the left")] = None
    hips: Annotated[float | None, Field(description="The hips against the trunk, to the left")] = None
    shoulders: Annotated[
        list[float] | None, Field(min_length=2, max_length=2, description="Centimetres forward and up")
    ] = None
    glide: Annotated[float | None, Field(description="The head forward, centimetres")] = None
    belly: Annotated[float | None, Field(description="How far the belly swells, centimetres")] = None
    seconds: Annotated[float, Field(gt=0, le=6, description="The way to this pose")] = 1.5
    hold: Annotated[float, Field(ge=0, le=6, description="How long it is shown")] = 0.8


class PropShape(Strict):
    """A thing around the figure, or in its hands."""

    thing: Thing
    at: Annotated[Place, Field(default_factory=_nowhere, description="The middle of its underside")]
    size: Annotated[list[float], Field(min_length=3, max_length=3, description="Long, high, wide")] | None = (
        None
    )
    turn: Annotated[float, Field(description="Degrees to the left")] = 0.0
    by: Annotated[
        list[Point],
        Field(default_factory=list, description="Points of the body between which it is, or that hold it"),
    ]


class ArrowShape(Strict):
    """The way of a point of the body, drawn as an arrow."""

    part: Point
    start: Annotated[int, Field(ge=1, description="The number of the key pose where it begins")] = 1
    end: Annotated[int, Field(ge=1, description="And of the one where it ends")] = 2
    shift: Annotated[
        list[float],
        Field(default_factory=_nowhere, min_length=2, max_length=2, description="Right and up, centimetres"),
    ]
    longer: Annotated[float, Field(gt=0, description="How many times as long, for small movements")] = 1.0
    both_ways: bool = False


class PosesShape(Strict):
    """The movement of one exercise: poses/<id>.yaml."""

    poses: Annotated[list[PoseShape], Field(min_length=1, max_length=6)]
    view: View
    root: Annotated[str, _one_of(ROOTS), Field(description="The point that 'at' places")] = "hips"
    props: Annotated[list[PropShape], Field(default_factory=list)]
    works: Annotated[list[Muscle], Field(description="What is drawn in the accent colour")]
    touches: Annotated[dict[Point, Touched], Field(description="What rests on what, through the whole loop")]
    arrows: Annotated[list[ArrowShape], Field(default_factory=list)]
    still: Annotated[int, Field(ge=1, description="The number of the key pose that the still shows")]
    label: Annotated[Point | None, Field(description="The point of the body that bears R or L")] = None
    window: Annotated[
        list[float] | None, Field(min_length=4, max_length=4, description="Left, bottom, right, top, cm")
    ] = None

    @field_validator("still")
    @classmethod
    def _still_exists(cls, still: int, info: ValidationInfo) -> int:
        _require_number(still, len(info.data.get("poses", ())))
        return still

    @field_validator("arrows")
    @classmethod
    def _arrows_lead_on(cls, arrows: list[ArrowShape], info: ValidationInfo) -> list[ArrowShape]:
        for arrow in arrows:
            _require_number(arrow.start, len(info.data.get("poses", ())))
            _require_number(arrow.end - 1, len(info.data.get("poses", ())))
        return arrows


def _require_number(number: int, count: int) -> None:
    if count and number > count:
        remedy = f"There are {count} key poses, so write a number from 1 to {count}"
        raise PydanticCustomError("no_pose", "{remedy}", {"remedy": remedy})
