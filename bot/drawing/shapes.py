"""A scene as flat shapes in the order in which they are painted: the figure, and the marks on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.drawing.body import HEAD, RADII, TRUNK_SHAPE
from bot.drawing.camera import Camera, Point
from bot.drawing.kinematics import Figure
from bot.drawing.poses import SIDES, View
from bot.drawing.vectors import Vector, between, cross, dot, minus, plus, unit

HALO = 1.3  # centimetres of background around a limb, which part it from what it crosses
SAMPLES = 17  # along the trunk
FACED = 0.55  # cosine from which a face is seen from the front

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


def figure_layers(figure: Figure, works: Sequence[str], camera: Camera, view: View) -> Iterator[Layer]:
    """The limbs, the trunk and the head, each with a halo."""
    has_sides = view is View.SIDE  # elsewhere no side is the far one
    for side in SIDES:
        for limb, joints in (
            ("arm", ("shoulder", "elbow", "wrist", "hand")),
            ("leg", ("hip", "knee", "ankle")),
        ):
            is_far = has_sides and side == "left"
            colour = FAR if is_far else NEAR
            accent = WORKING_FAR if is_far else WORKING
            names = {"arm": ("upper_arm", "forearm", "hand"), "leg": ("thigh", "shin")}[limb]
            bones = [
                (name, figure.points[f"{side}_{a}"], figure.points[f"{side}_{b}"])
                for name, a, b in zip(names, joints, joints[1:], strict=False)
            ]
            if limb == "leg":
                bones.append(("foot", figure.points[f"{side}_heel"], figure.points[f"{side}_toe"]))
            capsules = [
                Capsule(
                    camera.seen(a),
                    camera.seen(b),
                    RADII[name],
                    accent if {f"{side}_{limb}", f"{side}_{name}"} & set(works) else colour,
                )
                for name, a, b in bones
            ]
            middle = sum(camera.nearness(a) + camera.nearness(b) for _, a, b in bones) / len(bones) / 2
            yield Layer(middle, tuple(_with_halo(capsules)))
    yield _trunk(figure, works, camera)
    yield _head(figure, camera)


def _with_halo(capsules: Sequence[Capsule]) -> list[Shape]:
    around = [Capsule(c.start, c.end, (c.radii[0] + HALO, c.radii[1] + HALO), BACKGROUND) for c in capsules]
    return [*around, *capsules]


@dataclass(frozen=True, slots=True)
class _Slice:
    centre: Vector
    front: Vector
    across: Vector
    radius: float
    half: float


def _slices(figure: Figure) -> list[_Slice]:
    """The trunk cut across, from the hips to the neck."""
    corners = [figure.points[name] for name in ("hips", "pelvis", "waist", "shoulders")]
    hips = unit(minus(figure.points["right_hip"], figure.points["left_hip"]))
    shoulders = unit(minus(figure.points["right_shoulder"], figure.points["left_shoulder"]))
    slices = []
    for number in range(SAMPLES):
        share = number / (SAMPLES - 1)
        centre, way = _on_curve(corners, share)
        across = unit(between(hips, shoulders, share))
        across = unit(plus(across, way, -dot(across, way)))
        front = cross(way, across)
        radius, half = _girth(share)
        swell = figure.belly * max(0.0, 1 - abs(share - 0.38) / 0.3)
        centre = plus(centre, front, swell / 2)
        slices.append(_Slice(centre, front, across, radius + swell / 2, half))
    return slices


def _girth(share: float) -> tuple[float, float]:
    for (a, radius, half), (b, radius2, half2) in zip(TRUNK_SHAPE, TRUNK_SHAPE[1:], strict=False):
        if a <= share <= b:
            part = (share - a) / (b - a)
            return radius + (radius2 - radius) * part, half + (half2 - half) * part
    raise ValueError(share)


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


def _trunk(figure: Figure, works: Sequence[str], camera: Camera) -> Layer:
    slices = _slices(figure)
    capsules = [
        Capsule(
            camera.seen(plus(each.centre, each.across, each.radius - each.half)),
            camera.seen(plus(each.centre, each.across, each.half - each.radius)),
            (each.radius, each.radius),
            TRUNK,
        )
        for each in slices
    ]
    capsules += [*_joined(slices, camera, 1), *_joined(slices, camera, -1), _neck(figure, works, camera)]
    shapes: list[Shape] = [*_with_halo(capsules), *_filling(slices, camera)]
    for name in works:
        shapes += _muscle(name, slices, camera)
    if "blades" in works and camera.nearness(slices[-1].front) < 0:
        for side in SIDES:
            top = figure.points[f"{side}_blade"]
            low = plus(top, minus(figure.points["waist"], figure.points["shoulders"]), 0.42)
            shapes.append(Capsule(camera.seen(top), camera.seen(low), (4.6, 2.6), WORKING))
    middle = sum(camera.nearness(each.centre) for each in slices) / len(slices)
    return Layer(middle, tuple(shapes))


def _joined(slices: Sequence[_Slice], camera: Camera, sign: int) -> Iterator[Capsule]:
    """The outline of one side of the trunk."""
    for a, b in zip(slices, slices[1:], strict=False):
        ends = (plus(each.centre, each.across, sign * (each.half - each.radius)) for each in (a, b))
        start, end = ends
        yield Capsule(camera.seen(start), camera.seen(end), (a.radius, b.radius), TRUNK)


def _filling(slices: Sequence[_Slice], camera: Camera) -> Iterator[Polygon]:
    rails = [
        [camera.seen(plus(each.centre, each.across, sign * (each.half - each.radius))) for each in slices]
        for sign in (1, -1)
    ]
    for number in range(len(slices) - 1):
        corners = (rails[0][number], rails[0][number + 1], rails[1][number + 1], rails[1][number])
        yield Polygon(corners, TRUNK)


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
    if name not in MUSCLES:
        return
    start, end, ahead, aside = MUSCLES[name]
    part = slices[round(start * (SAMPLES - 1)) : round(end * (SAMPLES - 1)) + 1]
    wide = 3.6
    rails = []
    for each in part:
        out = plus(
            plus(each.centre, each.front, ahead * (each.radius - wide)),
            each.across,
            aside * (each.half - wide),
        )
        spread = 0.0 if aside else max(0.0, each.half - each.radius - 2)
        rails.append([plus(out, each.across, sign * spread) for sign in (1, -1)])
    looks = plus(plus((0.0, 0.0, 0.0), part[0].front, ahead), part[0].across, aside)
    if camera.nearness(looks) < -0.5:  # noqa: PLR2004  # it is on the side that is not seen
        return
    for pair, following in zip(rails, rails[1:], strict=False):
        for a, b in (*zip(pair, following, strict=True), (pair[0], pair[1])):
            yield Capsule(camera.seen(a), camera.seen(b), (wide, wide), WORKING)


def _neck(figure: Figure, works: Sequence[str], camera: Camera) -> Capsule:
    low, skull, head = (camera.seen(figure.points[name]) for name in ("shoulders", "skull", "head"))
    middle = ((skull[0] + head[0]) / 2, (skull[1] + head[1]) / 2)
    return Capsule(low, middle, RADII["neck"], WORKING if "neck" in works else TRUNK)


def _head(figure: Figure, camera: Camera) -> Layer:
    """A ball with a nose, or with two eyes where the face is turned to the one who looks."""
    points = figure.points
    head, out = points["head"], minus(points["nose"], points["head"])
    top, nose = camera.seen(head), camera.seen(plus(head, out, 0.98))
    shapes: list[Shape] = []
    facing = camera.nearness(out) / HEAD
    if facing < FACED:
        shapes.append(Capsule(nose, nose, (2.4, 2.4), NEAR))
    shapes += _with_halo([Capsule(top, top, (HEAD, HEAD), NEAR)])
    if abs(facing) < FACED:
        shapes.append(Capsule(nose, nose, (2.4, 2.4), NEAR))
    if facing >= FACED:
        crown = minus(head, points["skull"])
        across = unit(cross(out, crown))
        for sign in (1, -1):
            eye = camera.seen(plus(plus(plus(head, out, 0.9), across, 3.6 * sign), crown, 0.15))
            shapes.append(Capsule(eye, eye, (1.3, 1.3), BACKGROUND))
    return Layer(camera.nearness(head), tuple(shapes))


def in_order(layers: Iterable[Layer]) -> list[Shape]:
    """All shapes, the farthest first."""
    return [shape for layer in sorted(layers, key=lambda each: each.nearness) for shape in layer.shapes]
