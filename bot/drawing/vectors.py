"""Vectors in space, in centimetres: x to where the figure faces, y up, z to the figure's right."""

import math

Vector = tuple[float, float, float]

FORWARD: Vector = (1.0, 0.0, 0.0)
UP: Vector = (0.0, 1.0, 0.0)
RIGHT: Vector = (0.0, 0.0, 1.0)


def plus(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """The sum of a and a multiple of b."""
    return (a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2])


def minus(a: Vector, b: Vector) -> Vector:
    """The way from b to a."""
    return plus(a, b, -1.0)


def dot(a: Vector, b: Vector) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector product: forward x up is right."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    """How long."""
    return math.sqrt(dot(a, a))


def unit(a: Vector, otherwise: Vector = UP) -> Vector:
    """The same direction, of length one; `otherwise` for a vector without a direction."""
    size = length(a)
    return (a[0] / size, a[1] / size, a[2] / size) if size > 1e-9 else otherwise  # noqa: PLR2004  # rounding


def square(a: Vector, axis: Vector, otherwise: Vector = RIGHT) -> Vector:
    """The direction of what of a vector stands square to an axis of length one."""
    return unit(plus(a, axis, -dot(a, axis)), otherwise)


def between(a: Vector, b: Vector, share: float) -> Vector:
    """The point at a share of the way from a to b."""
    return plus(a, minus(b, a), share)


def turned(a: Vector, axis: Vector, degrees: float) -> Vector:
    """A vector turned about an axis of length one: from forward to up about the axis to the right."""
    angle = math.radians(degrees)
    along = dot(axis, a) * (1 - math.cos(angle))
    around = cross(axis, a)
    straight = plus((0.0, 0.0, 0.0), a, math.cos(angle))
    return plus(plus(straight, around, math.sin(angle)), axis, along)


def angle(a: Vector, b: Vector) -> float:
    """Degrees between two directions, 0 to 180."""
    return math.degrees(math.atan2(length(cross(a, b)), dot(a, b)))
