"""How far a point of the body is from the thing that it rests on."""

import math
from collections.abc import Sequence

from bot.drawing.furniture import SIZES
from bot.drawing.poses import Prop, Thing
from bot.drawing.vectors import Vector, length, minus

POST = 9.0  # centimetres, the width of a door post
PLATE: Vector = (57.0, 28.0, 0.0)  # where the feet stand on a rower
FOOT = 12.0  # centimetres around that place


def gap(point: Vector, radius: float, thing: str, props: Sequence[Prop]) -> float | None:
    """Centimetres between a thing and a round part of the body; minus if pressed in, None without a thing."""
    if thing == "floor":
        return point[1] - radius
    prop = next((prop for prop in props if prop.thing == thing), None)
    return None if prop is None else _gap(minus(point, prop.at), radius, prop)


def _gap(place: Vector, radius: float, prop: Prop) -> float:
    """The same, for a place as seen from where the thing stands."""
    long, high, wide = prop.size or SIZES[prop.thing]
    match prop.thing:
        case Thing.BALL:
            return length(minus(place, (0.0, long, 0.0))) - long - radius
        case Thing.WALL:
            return abs(place[0]) - long / 2 - radius
        case Thing.DOORWAY:
            return max(0.0, math.hypot(place[0], abs(place[2]) - wide / 2) - POST)
        case Thing.ROWER:
            return max(0.0, length(minus((place[0], place[1], 0.0), PLATE)) - FOOT)
    outside = max(abs(place[0]) - long / 2, abs(place[2]) - wide / 2, 0.0)
    return max(place[1] - high - radius, outside - radius)
