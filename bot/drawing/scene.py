"""Puts a movement together: each moment as flat shapes, with the floor, the arrows and the side's letter."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.drawing.camera import Camera, Point
from bot.drawing.furniture import prop_layers
from bot.drawing.kinematics import Figure, figure
from bot.drawing.poses import Arrow, Motion, Thing, View, Window
from bot.drawing.shapes import BACKGROUND, FLOOR, WORKING, Capsule, Letter, Polygon, Shape, in_order
from bot.drawing.silhouette import figure_layers
from bot.drawing.timing import moments, settled, tween

FLOOR_DEEP, FLOOR_WIDE = 55.0, 400.0  # centimetres from the middle
ARROW_STEPS = 28
ARROW_HEAD = 5.5
ARROW_LINE = 1.5
BADGE_OUT = 13.0
MARGIN = 14  # pixels


@dataclass(frozen=True, slots=True)
class Frame:
    """The shapes of one moment, the farthest first, and for how many milliseconds it is shown."""

    shapes: tuple[Shape, ...]
    milliseconds: int


def frames(motion: Motion) -> list[Frame]:
    """One loop."""
    artist = _Artist(motion)
    return [Frame(artist.shapes(moment.figure), moment.milliseconds) for moment in moments(motion)]


def still(motion: Motion) -> Frame:
    """The one key pose that shows the movement best."""
    return Frame(_Artist(motion).shapes(figure(motion.keys[motion.still].pose, motion.root)), 0)


class _Artist:
    def __init__(self, motion: Motion) -> None:
        self._motion = motion
        self._camera = Camera.of(motion.view)
        self._arrows = [shape for arrow in motion.arrows for shape in _arrow(arrow, motion, self._camera)]

    def shapes(self, one: Figure) -> tuple[Shape, ...]:
        """One moment, the farthest first."""
        motion, camera = self._motion, self._camera
        layers = list(figure_layers(one, motion.works, camera, motion.view))
        for prop in motion.props:
            layers += prop_layers(prop, one, camera)
        return (*_floor(motion, camera), *in_order(layers), *self._arrows, *_label(one, motion.label, camera))


def _floor(motion: Motion, camera: Camera) -> Iterator[Shape]:
    if motion.view is View.ABOVE:
        return
    low = -1.6 if any(prop.thing is Thing.MAT for prop in motion.props) else 0.0
    size = math.hypot(camera.near[0], camera.near[2])
    corners = []
    for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        aside, near = a * FLOOR_WIDE, b * FLOOR_DEEP / size
        x, z = (aside * camera.across[i] + near * camera.near[i] for i in (0, 2))
        corners.append(camera.seen((x, low, z)))
    yield Polygon(tuple(corners), FLOOR)


def _label(one: Figure, part: str | None, camera: Camera) -> Iterator[Shape]:
    if part is None:
        return
    at = camera.seen(one.points[part])
    middle = camera.seen(one.points["waist"])
    away = (at[0] - middle[0], at[1] - middle[1])
    size = math.hypot(*away) or 1.0
    place = (at[0] + BADGE_OUT * away[0] / size, at[1] + BADGE_OUT * away[1] / size)
    yield Letter(place, part[0].upper(), WORKING)


def _arrow(arrow: Arrow, motion: Motion, camera: Camera) -> list[Shape]:
    """The way of a point between two key poses, with a head at its end."""
    line = _path(arrow, motion, camera)
    if len(line) < 2:  # noqa: PLR2004  # nothing moves
        return []
    shapes: list[Shape] = []
    for colour, more in ((BACKGROUND, 1.0), (WORKING, 0.0)):
        thick = ARROW_LINE + more
        shapes += [Capsule(a, b, (thick, thick), colour) for a, b in pairwise(line)]
        shapes.append(_head(line, ARROW_HEAD + 1.5 * more, colour))
        if arrow.both_ways:
            shapes.append(_head(line[::-1], ARROW_HEAD + 1.5 * more, colour))
    return shapes


def _path(arrow: Arrow, motion: Motion, camera: Camera) -> list[Point]:
    seen: list[Point] = []
    for number in range(arrow.start, arrow.end):
        start, end = (motion.keys[each % len(motion.keys)].pose for each in (number, number + 1))
        start, end = settled(start, end, motion.root)
        for step in range(ARROW_STEPS + 1):
            moment = figure(tween(start, end, step / ARROW_STEPS), motion.root)
            seen.append(camera.seen(moment.points[arrow.part]))
    if arrow.end - arrow.start > 1:
        seen = _rounded(_rounded(_rounded(seen[::ARROW_STEPS])))
    x, y = seen[0]
    right, up = x + arrow.shift[0], y + arrow.shift[1]
    far = [(right + (a - x) * arrow.longer, up + (b - y) * arrow.longer) for a, b in seen]
    line = far[:1]
    for point in far[1:]:
        if math.dist(point, line[-1]) > 1.0:
            line.append(point)
    return line


def _rounded(line: Sequence[Point]) -> list[Point]:
    """A line whose corners are cut (Chaikin)."""
    cut = [line[0]]
    for (ax, ay), (bx, by) in pairwise(line):
        cut += [
            (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
            (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
        ]
    return [*cut, line[-1]]


def _head(line: Sequence[Point], size: float, colour: tuple[int, int, int]) -> Polygon:
    end, before = line[-1], line[max(0, len(line) - 4)]
    far = math.dist(end, before)
    way = ((end[0] - before[0]) / far, (end[1] - before[1]) / far)
    tip = (end[0] + way[0] * size, end[1] + way[1] * size)
    foot = (end[0] - way[0] * size * 0.5, end[1] - way[1] * size * 0.5)
    wing = (-way[1] * size, way[0] * size)
    return Polygon(
        (tip, (foot[0] + wing[0], foot[1] + wing[1]), (foot[0] - wing[0], foot[1] - wing[1])), colour
    )


def fitted(
    loop: Sequence[Frame], size: tuple[int, int], largest: float, window: Window | None
) -> list[Frame]:
    """The frames in pixels from the top left, as large as fits, all at the same scale.

    `largest` is in pixels a centimetre; a window shows just that part of the picture, up to twice as large.
    """
    if window:
        left, low, right, high = window
        largest *= 2
    else:
        corners = [corner for frame in loop for shape in frame.shapes for corner in _extent(shape)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        low, high = min(y for _, y in corners), max(y for _, y in corners)
    width, height = size
    scale = min(largest, (width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (high - low))
    x, y = width / 2 - scale * (left + right) / 2, height / 2 + scale * (low + high) / 2

    def to(point: Point) -> Point:
        return round(x + scale * point[0], 2), round(y - scale * point[1], 2)

    return [Frame(tuple(_scaled(shape, scale, to) for shape in f.shapes), f.milliseconds) for f in loop]


def _extent(shape: Shape) -> Iterator[Point]:
    """The corners of what a shape takes up; the floor goes on beyond the picture."""
    match shape:
        case Polygon(corners):
            yield from corners if shape.colour != FLOOR else ()
        case Capsule(start, end, radii):
            for (x, y), radius in ((start, radii[0]), (end, radii[1])):
                yield (x - radius, y - radius)
                yield (x + radius, y + radius)
        case Letter((x, y)):
            yield (x - 6, y - 6)
            yield (x + 6, y + 6)


def _scaled(shape: Shape, scale: float, to: Callable[[Point], Point]) -> Shape:
    match shape:
        case Polygon(corners):
            return replace(shape, corners=tuple(to(corner) for corner in corners))
        case Capsule(start, end, radii):
            wide = (round(radii[0] * scale, 2), round(radii[1] * scale, 2))
            return replace(shape, start=to(start), end=to(end), radii=wide)
        case Letter(at):
            return replace(shape, at=to(at))
