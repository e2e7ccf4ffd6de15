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
    """Centimetres between a thing and a round part about a point; minus if it is pressed in, None without one."""
    if thing == "floor":
        return point[1] - radius
    prop = next((prop for prop in props if prop.thing == thing), None)
    if prop is None:
        return None
    size, place = prop.size or SIZES[prop.thing], minus(point, prop.at)
    match prop.thing:
        case Thing.BALL:
            return length(minus(place, (0.0, size[0], 0.0))) - size[0] - radius
        case Thing.WALL:
            return abs(place[0]) - size[0] / 2 - radius
        case Thing.DOORWAY:
            return max(0.0, math.hypot(place[0], abs(place[2]) - size[2] / 2) - POST)
        case Thing.ROWER:
            return max(0.0, length(minus((place[0], place[1], 0.0), PLATE)) - FOOT)
    outside = max(abs(place[0]) - size[0] / 2, abs(place[2]) - size[2] / 2, 0.0)
    return max(place[1] - size[1] - radius, outside - radius)
