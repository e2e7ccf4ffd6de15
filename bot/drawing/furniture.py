"""The things around the figure as flat shapes: boxes, balls, bands and what is held."""

import math
from collections.abc import Iterator
from itertools import pairwise

from bot.drawing.camera import Camera
from bot.drawing.kinematics import Figure
from bot.drawing.poses import Prop, Thing
from bot.drawing.shapes import Capsule, Colour, Layer, Polygon, Shape
from bot.drawing.vectors import FORWARD, RIGHT, UP, Vector, between, minus, plus, turned

WOOD: Colour = (196, 178, 154)
WOOD_DARK: Colour = (172, 153, 129)
MAT: Colour = (176, 205, 190)
MAT_DARK: Colour = (150, 182, 166)
WALL: Colour = (206, 207, 200)
WALL_DARK: Colour = (186, 187, 180)
BALL: Colour = (150, 178, 214)
BALL_LIGHT: Colour = (184, 204, 230)
CUSHION: Colour = (214, 196, 206)
AIR: Colour = (120, 164, 200)
BAND: Colour = (176, 52, 92)
METAL: Colour = (104, 110, 118)
METAL_LIGHT: Colour = (150, 156, 162)

SEAT = 39.0  # how high one sits on a chair
BALL_RADIUS = 24.0
SIZES: dict[Thing, Vector] = {
    Thing.MAT: (190.0, 1.6, 62.0),
    Thing.CHAIR: (42.0, SEAT, 44.0),
    Thing.WALL: (6.0, 185.0, 120.0),
    Thing.TABLE: (70.0, 62.0, 50.0),
    Thing.BALL: (BALL_RADIUS, BALL_RADIUS, BALL_RADIUS),
    Thing.CUSHION: (26.0, 6.0, 34.0),
    Thing.DOORWAY: (8.0, 190.0, 96.0),
    Thing.ROWER: (190.0, 28.0, 12.0),
}
COLOURS = {
    Thing.WALL: (WALL, WALL_DARK),
    Thing.MAT: (MAT, MAT_DARK),
    Thing.CUSHION: (CUSHION, WALL_DARK),
}
# What hides what, of the things behind the figure: the higher, the nearer.
DEPTHS = {
    Thing.WALL: 0,
    Thing.DOORWAY: 0,
    Thing.MAT: 1,
    Thing.CHAIR: 2,
    Thing.TABLE: 2,
    Thing.BALL: 3,
    Thing.CUSHION: 4,
}
BREATH = 6.0  # centimetres that a belly swells with a breath
NOWHERE: Vector = (0.0, 0.0, 0.0)
EDGE_ON = 1e-6
BEHIND = -1000.0  # nearness of what never hides the figure


def prop_layers(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Layer]:
    """A thing in layers: what stands is behind the figure, what is held is where it holds it."""
    match prop.thing:
        case Thing.BAND:
            yield from _band(prop, figure, camera)
        case Thing.DUMBBELL:
            yield from _dumbbell(prop, figure, camera)
        case Thing.BREATH:
            yield _breath(figure, camera)
        case Thing.ROWER:
            yield from _rower(prop, figure, camera)
        case _:
            size = prop.size or SIZES[prop.thing]
            yield Layer(BEHIND + DEPTHS[prop.thing], tuple(_standing(prop, size, camera)))


def _standing(prop: Prop, size: Vector, camera: Camera) -> list[Shape]:
    match prop.thing:
        case Thing.BALL:
            return _ball(prop.at, size[0], camera)
        case Thing.CHAIR:
            return _chair(prop, size, camera)
        case Thing.TABLE:
            return _table(prop, size, camera)
        case Thing.DOORWAY:
            return _doorway(prop, size, camera)
    base = plus(prop.at, UP, -size[1]) if prop.thing is Thing.MAT else prop.at  # what lies on a mat lies at 0
    return _box(base, size, prop.turn, camera, COLOURS[prop.thing])


def _box(
    base: Vector, size: Vector, turn: float, camera: Camera, colours: tuple[Colour, Colour]
) -> list[Shape]:
    """The sides of a box that are seen, the top in the first colour; `base` is the middle below."""
    middle = plus(base, UP, size[1] / 2)
    halves = [
        plus(NOWHERE, turned(axis, UP, turn), length / 2)
        for axis, length in zip((FORWARD, UP, RIGHT), size, strict=True)
    ]
    shapes: list[Shape] = []
    for number, half in enumerate(halves):
        facing = camera.nearness(half)
        if abs(facing) < EDGE_ON:
            continue
        centre = plus(middle, half, math.copysign(1, facing))
        a, b = (halves[other] for other in range(3) if other != number)
        signs = ((1, 1), (1, -1), (-1, -1), (-1, 1))
        corners = (camera.seen(plus(plus(centre, a, one), b, other)) for one, other in signs)
        shapes.append(Polygon(tuple(corners), colours[number != 1]))
    return shapes


def _chair(prop: Prop, size: Vector, camera: Camera) -> list[Shape]:
    """A seat on four legs; its back rest stands where the one who sits has the back."""
    deep, high, wide = size
    ways = [turned(axis, UP, prop.turn) for axis in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))]

    def at(x: float, y: float, z: float) -> Vector:
        return plus(plus(plus(prop.at, ways[0], x), ways[1], z), UP, y)

    shapes: list[Shape] = []
    for x, z in ((1, -1), (-1, -1), (1, 1), (-1, 1)):
        foot = at(x * (deep / 2 - 3), 0, z * (wide / 2 - 3))
        leg = plus(foot, UP, high - 3)
        shapes.append(Capsule(camera.seen(foot), camera.seen(leg), (1.7, 1.7), WOOD_DARK))
    rest = _box(at(-deep / 2 + 1.5, high, 0), (4.0, 44.0, wide), prop.turn, camera, (WOOD, WOOD_DARK))
    seat = _box(at(0, high - 5, 0), (deep, 5.0, wide), prop.turn, camera, (WOOD, WOOD_DARK))
    is_behind = camera.nearness(ways[0]) > 0
    return shapes + (rest + seat if is_behind else seat + rest)


def _table(prop: Prop, size: Vector, camera: Camera) -> list[Shape]:
    long, high, wide = size
    shapes: list[Shape] = []
    for x, z in ((1, -1), (-1, -1), (1, 1), (-1, 1)):
        foot = plus(prop.at, (x * (long / 2 - 4), 0.0, z * (wide / 2 - 4)))
        shapes.append(
            Capsule(camera.seen(foot), camera.seen(plus(foot, UP, high - 3)), (2.0, 2.0), WOOD_DARK)
        )
    top = _box(plus(prop.at, UP, high - 5), (long, 5.0, wide), prop.turn, camera, (WOOD, WOOD_DARK))
    return shapes + top


def _doorway(prop: Prop, size: Vector, camera: Camera) -> list[Shape]:
    """Two posts and the beam over them, across the way that one walks."""
    thick, high, wide = size
    parts = [((0.0, 0.0, sign * wide / 2), (thick, high, 9.0)) for sign in (-1, 1)]
    parts.append(((0.0, high, 0.0), (thick, 9.0, wide + 9.0)))
    boxes = (_box(plus(prop.at, place), part, 0.0, camera, (WALL, WALL_DARK)) for place, part in parts)
    return [shape for box in boxes for shape in box]


def _ball(at: Vector, radius: float, camera: Camera) -> list[Shape]:
    middle = camera.seen(plus(at, UP, radius))
    light = (middle[0] - radius * 0.3, middle[1] + radius * 0.35)
    return [
        Capsule(middle, middle, (radius, radius), BALL),
        Capsule(light, light, (radius * 0.4, radius * 0.4), BALL_LIGHT),
    ]


def _band(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Layer]:
    """A band from one point of the body to the next."""
    points = [figure.points[name] for name in prop.by]
    for a, b in pairwise(points):
        line = Capsule(camera.seen(a), camera.seen(b), (1.3, 1.3), BAND)
        yield Layer((camera.nearness(a) + camera.nearness(b)) / 2 + 4, (line,))


def _dumbbell(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Layer]:
    for name in prop.by:
        hand = figure.points[name]
        ends = [plus(hand, (1.0, 0.0, 0.0), sign * 9.0) for sign in (-1, 1)]
        bar = Capsule(camera.seen(ends[0]), camera.seen(ends[1]), (1.6, 1.6), METAL_LIGHT)
        heads = [
            Capsule(camera.seen(between(hand, end, 0.75)), camera.seen(end), (5.0, 5.0), METAL)
            for end in ends
        ]
        yield Layer(camera.nearness(hand) + 20, (bar, *heads))


def _rower(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Layer]:
    """The rail with its wheel in front, the seat under the hips, the handle in the hands."""
    at, hips = prop.at, figure.points["hips"]
    rail = _box(plus(at, (-5.0, 17.0, 0.0)), (160.0, 5.0, 10.0), 0.0, camera, (METAL_LIGHT, METAL))
    legs = [
        shape
        for x in (-80.0, 60.0)
        for shape in _box(plus(at, (x, 0.0, 0.0)), (6.0, 18.0, 24.0), 0.0, camera, (METAL_LIGHT, METAL))
    ]
    wheel = camera.seen(plus(at, (88.0, 30.0, 0.0)))
    seat = _box((hips[0], hips[1] - 14.0, hips[2]), (24.0, 5.0, 26.0), 0.0, camera, (WOOD, WOOD_DARK))
    disc = [Capsule(wheel, wheel, (22.0, 22.0), METAL_LIGHT), Capsule(wheel, wheel, (15.0, 15.0), METAL)]
    plate = Capsule(
        camera.seen(plus(at, (52.0, 22.0, 0.0))), camera.seen(plus(at, (60.0, 44.0, 0.0))), (2.4, 2.4), METAL
    )
    yield Layer(BEHIND + 2, (*legs, *rail, *disc, plate, *seat))
    hands = [figure.points[f"{side}_hand"] for side in ("right", "left")]
    grip = between(hands[0], hands[1], 0.5)
    chain = Capsule(camera.seen(grip), camera.seen(plus(at, (72.0, 40.0, 0.0))), (0.7, 0.7), METAL)
    yield Layer(BEHIND + 3, (chain,))
    handle = Capsule(camera.seen(hands[0]), camera.seen(hands[1]), (1.8, 1.8), METAL)
    yield Layer(camera.nearness(grip) + 30, (handle,))


def _breath(figure: Figure, camera: Camera) -> Layer:
    """Air before the nose: what is not in the belly. It goes in as the belly swells, and comes out again."""
    nose, out = figure.points["nose"], minus(figure.points["nose"], figure.points["head"])
    left = max(0.0, 1 - figure.belly / BREATH)
    shapes: list[Shape] = []
    for number, drop in enumerate((-0.35, -0.6, -0.85)):
        way = plus(out, UP, 10 * drop)
        start = plus(nose, way, 0.6)
        end = plus(nose, way, 0.6 + (1.0 + 0.3 * (number == 1)) * left)
        shapes.append(Capsule(camera.seen(start), camera.seen(end), (1.5, 1.5), AIR))
    return Layer(-BEHIND, tuple(shapes) if left else ())
