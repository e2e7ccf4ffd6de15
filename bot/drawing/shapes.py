"""What a picture is made of: flat shapes in few colours, in layers by how near they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.drawing.camera import Point

HALO = 1.3  # centimetres of background around a limb, which part it from what it crosses

Colour = tuple[int, int, int]

BACKGROUND: Colour = (236, 240, 241)
FLOOR: Colour = (218, 226, 228)
NEAR: Colour = (44, 70, 94)
TRUNK: Colour = (66, 96, 122)
FAR: Colour = (150, 173, 190)
WORKING: Colour = (232, 112, 42)
WORKING_FAR: Colour = (240, 176, 132)


@dataclass(frozen=True, slots=True)
class Capsule:
    """A thick line with round ends, or a circle; centimetres in the picture."""

    start: Point
    end: Point
    radii: tuple[float, float]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled area."""

    corners: tuple[Point, ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a round badge."""

    at: Point
    text: str
    colour: Colour


Shape = Capsule | Polygon | Letter


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that are painted together, and how near they are."""

    nearness: float
    shapes: tuple[Shape, ...]


def with_halo(capsules: Sequence[Capsule]) -> list[Shape]:
    """Capsules on a little background, which parts them from what they cross."""
    around = [Capsule(c.start, c.end, (c.radii[0] + HALO, c.radii[1] + HALO), BACKGROUND) for c in capsules]
    return [*around, *capsules]


def in_order(layers: Iterable[Layer]) -> list[Shape]:
    """All shapes, the farthest first."""
    return [shape for layer in sorted(layers, key=lambda each: each.nearness) for shape in layer.shapes]
