"""What is wrong with a movement: joints bent too far, parts under the floor, supports that float or slide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.drawing.body import ANKLE, ELBOW, HIP, KNEE, NECK, RADII, SPINE, THICKNESS
from bot.drawing.kinematics import Figure
from bot.drawing.poses import SIDES, Motion
from bot.drawing.supports import gap
from bot.drawing.timing import Moment, moments
from bot.drawing.vectors import Vector, angle, cross, dot, length, minus, unit

SHORT = 0.6  # centimetres by which a hand or foot may miss its place
UNDER = 1.5  # centimetres by which something soft may be pressed into the floor
FLOATS, SINKS = 1.5, -3.0  # centimetres between a support and what it rests on
SLIDES = 0.35  # centimetres: just less than a pixel
IN_PLANE = 0.5  # sine from which a joint bends to the side, where its limits say nothing
HANGING = (-130.0, -20.0)  # degrees of an upper arm below which the forearm bends forward only

ROUND = {
    "hips": THICKNESS["pelvis"],
    "shoulders": THICKNESS["shoulders"],
    "head": THICKNESS["head"],
    "hip": 7.0,
    "shin": 5.0,
    "knee": RADII["shin"][0],
    "ankle": RADII["shin"][1],
    "elbow": RADII["forearm"][0],
    "wrist": RADII["hand"][0],
    "hand": RADII["hand"][1],
    "heel": RADII["foot"][0],
    "toe": RADII["foot"][1],
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: at which key pose (from 0), where in it, what is wrong, what to do."""

    pose: int
    part: str
    problem: str
    remedy: str


def faults(motion: Motion) -> list[Fault]:
    """Everything that is wrong in one loop, a part of the body once for each kind of fault."""
    found: dict[tuple[str, str], Fault] = {}
    loop = list(moments(motion))
    for moment in loop:
        for kind, fault in _at(moment, motion):
            found.setdefault((kind, fault.part), fault)
    for kind, fault in _sliding(loop, motion.touches):
        found.setdefault((kind, fault.part), fault)
    return sorted(found.values())


def _at(moment: Moment, motion: Motion) -> Iterator[tuple[str, Fault]]:
    one, number = moment.figure, moment.key
    for part, short in one.missed.items():
        if short > SHORT:
            problem = f"The {_named(part)} falls {short:.0f} cm short of where it should be"
            yield "short", Fault(number, part, problem, "Move it or the body nearer")
    for joint, bend, (least, most) in _joints(one):
        if not least - 0.5 <= bend <= most + 0.5:
            problem = (
                f"The {_named(joint)} bends by {bend:.0f} degrees, from {least:.0f} to {most:.0f} it can"
            )
            yield "joint", Fault(number, joint, problem, "Turn one of the parts that meet there")
    for part, low in _lowest(one):
        if low < -UNDER:
            problem = f"The {_named(part)} is {-low:.0f} cm under the floor"
            yield "floor", Fault(number, part, problem, "Lift it, or the whole figure")
    for part, thing in motion.touches.items():
        apart = gap(one.points[part], ROUND.get(part.split("_")[-1], 0.0), thing, motion.props)
        yield from _resting(number, part, thing, apart)


def _resting(number: int, part: str, thing: str, apart: float | None) -> Iterator[tuple[str, Fault]]:
    if apart is None:
        yield "thing", Fault(number, part, f"There is no {thing} to touch", "Add it to the props")
    elif apart > FLOATS:
        problem = f"The {_named(part)} floats {apart:.0f} cm off the {thing}"
        yield "floats", Fault(number, part, problem, "Move it there, or take it out of 'touches'")
    elif apart < SINKS:
        problem = f"The {_named(part)} sinks {-apart:.0f} cm into the {thing}"
        yield "sinks", Fault(number, part, problem, "Move it out")


def _sliding(loop: list[Moment], touches: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Supports that do not stay where they are at first."""
    for part, thing in touches.items():
        ways = [length(minus(each.figure.points[part], loop[0].figure.points[part])) for each in loop]
        way = max(ways)
        if way > SLIDES:
            problem = f"The {_named(part)} slides by {way:.1f} cm though it rests on the {thing}"
            remedy = "Hold it with 'reach', or take it as 'root'"
            yield "slides", Fault(loop[ways.index(way)].key, part, problem, remedy)


def _lowest(one: Figure) -> Iterator[tuple[str, float]]:
    for name, point in one.points.items():
        kind = name.split("_")[-1]
        if kind in ROUND and kind != "shoulders":
            yield name, point[1] - ROUND[kind]


def _joints(one: Figure) -> Iterator[tuple[str, float, tuple[float, float]]]:
    """Each joint, by how many degrees it bends, and how far it can."""
    points, right = one.points, one.body.right

    def way(start: str, end: str) -> Vector:
        return unit(minus(points[end], points[start]))

    pelvis, waist, chest = way("hips", "pelvis"), way("pelvis", "waist"), way("waist", "shoulders")
    yield "waist", _bend(waist, pelvis, right), SPINE
    yield "chest", _bend(chest, waist, right), SPINE
    yield "neck", _bend(way("skull", "head"), chest, one.trunk.right), NECK
    for side in SIDES:
        thigh, shin = way(f"{side}_hip", f"{side}_knee"), way(f"{side}_knee", f"{side}_ankle")
        yield f"{side}_hip", _bend(minus((0.0, 0.0, 0.0), pelvis), thigh, right), HIP
        yield f"{side}_knee", _bend(shin, thigh, right), KNEE
        yield f"{side}_ankle", angle(shin, way(f"{side}_heel", f"{side}_toe")), ANKLE
        upper, fore = way(f"{side}_shoulder", f"{side}_elbow"), way(f"{side}_elbow", f"{side}_wrist")
        bend = _bend(upper, fore, one.trunk.right)
        hangs = HANGING[0] < one.trunk.read(upper).ahead < HANGING[1]
        yield f"{side}_elbow", bend if hangs else abs(bend), ELBOW


def _bend(a: Vector, b: Vector, right: Vector) -> float:
    """Degrees from a to b, minus if that is against the way about the axis to the right.

    A bend that is mostly sideways counts as plus.
    """
    axis = cross(a, b)
    return angle(a, b) * (-1 if dot(axis, right) < -IN_PLANE * max(length(axis), 1e-9) else 1)


def _named(part: str) -> str:
    return part.replace("_", " ")
