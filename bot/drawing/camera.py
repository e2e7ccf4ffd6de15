"""How points in space become points of the picture: from a little above, as one looks at somebody."""

import math
from dataclasses import dataclass

from bot.drawing.poses import View
from bot.drawing.vectors import Vector, dot

Point = tuple[float, float]

# From the figure's right side towards its front, and up; degrees.
ANGLES = {
    View.SIDE: (12.0, 9.0),
    View.FRONT: (84.0, 9.0),
    View.BACK: (-84.0, 9.0),
    View.CORNER: (45.0, 12.0),
    View.ABOVE: (0.0, 78.0),
}


@dataclass(frozen=True, slots=True)
class Camera:
    """A view without perspective: to the right of the picture, up in it, and towards the one who looks."""

    across: Vector
    up: Vector
    near: Vector

    @classmethod
    def of(cls, view: View) -> "Camera":
        """The camera of a view."""
        round_, above = (math.radians(angle) for angle in ANGLES[view])
        sin, cos, high, low = math.sin(round_), math.cos(round_), math.sin(above), math.cos(above)
        return cls((cos, 0.0, -sin), (-sin * high, low, -cos * high), (sin * low, high, cos * low))

    def seen(self, point: Vector) -> Point:
        """Where a point stands in the picture: centimetres to the right and up."""
        return dot(point, self.across), dot(point, self.up)

    def nearness(self, point: Vector) -> float:
        """How near a point is to the one who looks, compared to others."""
        return dot(point, self.near)
