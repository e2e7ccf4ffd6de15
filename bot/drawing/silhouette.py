"""The figure as flat shapes: limbs, trunk and head."""

from collections.abc import Iterator, Sequence

from bot.drawing.body import HEAD, RADII
from bot.drawing.camera import Camera
from bot.drawing.kinematics import Figure
from bot.drawing.poses import SIDES, View
from bot.drawing.shapes import (
    BACKGROUND,
    FAR,
    NEAR,
    WORKING,
    WORKING_FAR,
    Capsule,
    Colour,
    Layer,
    Shape,
    with_halo,
)
from bot.drawing.trunk import trunk_layer
from bot.drawing.vectors import cross, minus, plus, square, unit

BUTTOCK, BUTTOCK_BACK = (6.4, 5.4), 3.4  # centimetres: its radii, and how far behind the hip it is
FACED = 0.55  # cosine from which a face is seen from the front


def figure_layers(figure: Figure, works: Sequence[str], camera: Camera, view: View) -> Iterator[Layer]:
    """The limbs, the trunk and the head, each with a halo."""
    for side in SIDES:
        is_far = view is View.SIDE and side == "left"  # elsewhere no side is the far one
        colours = (FAR, WORKING_FAR) if is_far else (NEAR, WORKING)
        for limb in LIMBS:
            layer = _limb(figure, f"{side}_{limb}", works, colours, camera)
            yield layer
            if (side, limb) == ("right", "leg") and view is View.SIDE and "glutes" in works:
                yield Layer(layer.nearness, (_buttock(figure, camera),))  # just over the leg
    yield trunk_layer(figure, works, camera)
    yield _head(figure, camera)


# The bones of a limb, each with the points between which it is.
LIMBS = {
    "arm": (("upper_arm", "shoulder", "elbow"), ("forearm", "elbow", "wrist"), ("hand", "wrist", "hand")),
    "leg": (("thigh", "hip", "knee"), ("shin", "knee", "ankle"), ("foot", "heel", "toe")),
}


def _limb(
    figure: Figure, name: str, works: Sequence[str], colours: tuple[Colour, Colour], camera: Camera
) -> Layer:
    side, limb = name.split("_")
    capsules, nearness = [], 0.0
    for bone, start, end in LIMBS[limb]:
        a, b = figure.points[f"{side}_{start}"], figure.points[f"{side}_{end}"]
        is_working = not {name, f"{side}_{bone}"}.isdisjoint(works)
        capsules.append(Capsule(camera.seen(a), camera.seen(b), RADII[bone], colours[is_working]))
        nearness += (camera.nearness(a) + camera.nearness(b)) / 6
    return Layer(nearness, tuple(with_halo(capsules)))


def _buttock(figure: Figure, camera: Camera) -> Capsule:
    """The near buttock at work; the strip on the trunk is mostly behind the leg."""
    hips, hip = figure.points["hips"], figure.points["right_hip"]
    up = minus(figure.points["pelvis"], hips)
    back = cross(square(minus(hip, hips), unit(up)), unit(up))
    low, high = (plus(plus(hip, up, share), back, BUTTOCK_BACK) for share in (-0.15, 0.75))
    return Capsule(camera.seen(low), camera.seen(high), BUTTOCK, WORKING)


def _head(figure: Figure, camera: Camera) -> Layer:
    """A ball with a nose, or with two eyes where the face is turned to the one who looks."""
    points = figure.points
    head, out = points["head"], minus(points["nose"], points["head"])
    top, nose = camera.seen(head), camera.seen(plus(head, out, 0.98))
    shapes: list[Shape] = []
    facing = camera.nearness(out) / HEAD
    if facing < FACED:
        shapes.append(Capsule(nose, nose, (2.4, 2.4), NEAR))
    shapes += with_halo([Capsule(top, top, (HEAD, HEAD), NEAR)])
    if abs(facing) < FACED:
        shapes.append(Capsule(nose, nose, (2.4, 2.4), NEAR))
    if facing >= FACED:
        crown = minus(head, points["skull"])
        across = unit(cross(out, crown))
        for sign in (1, -1):
            eye = camera.seen(plus(plus(plus(head, out, 0.9), across, 3.6 * sign), crown, 0.15))
            shapes.append(Capsule(eye, eye, (1.3, 1.3), BACKGROUND))
    return Layer(camera.nearness(head), tuple(shapes))
