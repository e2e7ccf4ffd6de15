"""The trunk as flat shapes: a smooth tube along the spine, with strips of muscle and the neck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.drawing.body import RADII, TRUNK_SHAPE
from bot.drawing.camera import Camera
from bot.drawing.kinematics import Figure
from bot.drawing.poses import SIDES
from bot.drawing.shapes import TRUNK, WORKING, Capsule, Layer, Polygon, Shape, with_halo
from bot.drawing.vectors import Vector, between, cross, minus, plus, square, unit

SAMPLES = 17  # along the trunk
NAVEL = 0.38  # its share of the way along the trunk
STRIP = 3.6  # centimetres, half the width of a muscle
HIDDEN = -0.5  # cosine up to which a muscle is on the side that is not seen


@dataclass(frozen=True, slots=True)
class _Slice:
    centre: Vector
    front: Vector
    across: Vector
    radius: float
    half: float

    def rail(self, sign: int) -> Vector:
        """The middle of its round end on the right (1) or left (-1)."""
        return plus(self.centre, self.across, sign * (self.half - self.radius))


def _slices(figure: Figure) -> list[_Slice]:
    """The trunk cut across, from the hips to the neck."""
    corners = [figure.points[name] for name in ("hips", "pelvis", "waist", "shoulders")]
    hips, shoulders = (
        unit(minus(figure.points[f"right_{joint}"], figure.points[f"left_{joint}"]))
        for joint in ("hip", "shoulder")
    )
    slices = []
    for number in range(SAMPLES):
        share = number / (SAMPLES - 1)
        centre, way = _on_curve(corners, share)
        across = square(between(hips, shoulders, share), way)
        front = cross(way, across)
        radius, half = _girth(share)
        swell = figure.belly * max(0.0, 1 - abs(share - NAVEL) / 0.3) / 2
        slices.append(_Slice(plus(centre, front, swell), front, across, radius + swell, half))
    return slices


def _girth(share: float) -> tuple[float, float]:
    for (a, radius, half), (b, radius2, half2) in pairwise(TRUNK_SHAPE):
        if a <= share <= b:
            part = (share - a) / (b - a)
            return radius + (radius2 - radius) * part, half + (half2 - half) * part
    return TRUNK_SHAPE[-1][1:]


def _on_curve(corners: Sequence[Vector], share: float) -> tuple[Vector, Vector]:
    """A point on a smooth curve through the corners, and the direction there. Shares are of its length."""
    spans = [0.0, 10 / 48, 26 / 48, 1.0]
    number = max(i for i in range(3) if share >= spans[i])
    t = (share - spans[number]) / (spans[number + 1] - spans[number])
    b, c = corners[number], corners[number + 1]
    a = corners[number - 1] if number else plus(b, minus(c, b), -1.0)
    d = corners[number + 2] if number < 2 else plus(c, minus(c, b), 1.0)  # noqa: PLR2004  # the last span
    m = tuple(_hermite(*each, t) for each in zip(a, b, c, d, strict=True))
    return (m[0][0], m[1][0], m[2][0]), unit((m[0][1], m[1][1], m[2][1]))


def _hermite(a: float, b: float, c: float, d: float, t: float) -> tuple[float, float]:
    """Catmull-Rom: the value and its slope."""
    k1, k2, k3 = c - a, 2 * a - 5 * b + 4 * c - d, -a + 3 * b - 3 * c + d
    return b + 0.5 * t * (k1 + t * (k2 + t * k3)), 0.5 * (k1 + t * (2 * k2 + 3 * t * k3))


def trunk_layer(figure: Figure, works: Sequence[str], camera: Camera) -> Layer:
    """The trunk with the neck, and what works of it in the accent colour."""
    slices = _slices(figure)
    capsules = [
        Capsule(camera.seen(each.rail(1)), camera.seen(each.rail(-1)), (each.radius, each.radius), TRUNK)
        for each in slices
    ]
    capsules += [*_joined(slices, camera, 1), *_joined(slices, camera, -1), _neck(figure, works, camera)]
    shapes: list[Shape] = [*with_halo(capsules), *_filling(slices, camera)]
    for name in works:
        shapes += _muscle(name, slices, camera)
    if "blades" in works and camera.nearness(slices[-1].front) < 0:
        shapes += _blades(figure, camera)
    middle = sum(camera.nearness(each.centre) for each in slices) / len(slices)
    return Layer(middle, tuple(shapes))


def _blades(figure: Figure, camera: Camera) -> Iterator[Capsule]:
    for side in SIDES:
        top = figure.points[f"{side}_blade"]
        low = plus(top, minus(figure.points["waist"], figure.points["shoulders"]), 0.42)
        yield Capsule(camera.seen(top), camera.seen(low), (4.6, 2.6), WORKING)


def _joined(slices: Sequence[_Slice], camera: Camera, sign: int) -> Iterator[Capsule]:
    """The outline of one side of the trunk."""
    for a, b in pairwise(slices):
        yield Capsule(camera.seen(a.rail(sign)), camera.seen(b.rail(sign)), (a.radius, b.radius), TRUNK)


def _filling(slices: Sequence[_Slice], camera: Camera) -> Iterator[Polygon]:
    for a, b in pairwise(slices):
        corners = (a.rail(1), b.rail(1), b.rail(-1), a.rail(-1))
        yield Polygon(tuple(camera.seen(corner) for corner in corners), TRUNK)


# The strips of muscle on the trunk: from which share to which, to the front (1) or back (-1), to a side.
MUSCLES = {
    "glutes": (0.0, 0.22, -1.0, 0.0),
    "lower_back": (0.2, 0.6, -1.0, 0.0),
    "upper_back": (0.6, 0.95, -1.0, 0.0),
    "back": (0.1, 0.95, -1.0, 0.0),
    "tummy": (0.15, 0.6, 1.0, 0.0),
    "chest": (0.7, 0.92, 1.0, 0.0),
    "hip_front": (0.0, 0.25, 1.0, 0.0),
    "right_trunk": (0.2, 0.85, 0.0, 1.0),
    "left_trunk": (0.2, 0.85, 0.0, -1.0),
}


def _muscle(name: str, slices: Sequence[_Slice], camera: Camera) -> Iterator[Capsule]:
    """A strip on the trunk, if it is on a side that can be seen."""
    if name not in MUSCLES:
        return
    start, end, ahead, aside = MUSCLES[name]
    part = slices[round(start * (SAMPLES - 1)) : round(end * (SAMPLES - 1)) + 1]
    rows = []
    for each in part:
        out = plus(each.centre, each.front, ahead * (each.radius - STRIP))
        out = plus(out, each.across, aside * (each.half - STRIP))
        spread = 0.0 if aside else max(0.0, each.half - each.radius - 2)
        rows.append([camera.seen(plus(out, each.across, sign * spread)) for sign in (1, -1)])
    looks = plus(plus((0.0, 0.0, 0.0), part[0].front, ahead), part[0].across, aside)
    if camera.nearness(looks) < HIDDEN:
        return
    for row, following in pairwise(rows):
        for a, b in (*zip(row, following, strict=True), (row[0], row[1])):
            yield Capsule(a, b, (STRIP, STRIP), WORKING)


def _neck(figure: Figure, works: Sequence[str], camera: Camera) -> Capsule:
    low, skull, head = (camera.seen(figure.points[name]) for name in ("shoulders", "skull", "head"))
    middle = ((skull[0] + head[0]) / 2, (skull[1] + head[1]) / 2)
    return Capsule(low, middle, RADII["neck"], WORKING if "neck" in works else TRUNK)
