"""Fills the slots of a recipe so that one gets down on the floor, or up from it, once at most. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.exercises.exercise import Position, Purpose
from bot.core.routines.choosing import UPRIGHT, Candidate
from bot.core.routines.recipes import Slot

MISSING = 10.0  # rank of a slot that nothing fills
SAME_MUSCLES = 2.0  # for each move of the same purpose and muscles that is there already
KEPT = 16  # candidates a slot that are looked at
_DOWNWARDS = list(Position)

UP, DOWN = True, False
Zones = frozenset[bool]
BOTH: Zones = frozenset({UP, DOWN})


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with what was chosen for it, in order; `rank` is better the lower it is."""

    slot: Slot
    chosen: tuple[Candidate, ...]
    rank: float


def arranged(slots: Sequence[Slot], ranked: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The best candidates of each slot, in an order in which one does not get up and down."""
    ways = [(_filled(slots, ranked, zones), first) for zones, first in _ways(len(slots))]
    best, first = min(ways, key=lambda way: sum(filled.rank for filled in way[0]))
    return _in_order(best, first)


def _ways(count: int) -> Iterator[tuple[list[Zones], bool]]:
    """Where each slot may be done, and where one starts: upright or on the floor, with one change at most."""
    for first in (UP, DOWN):
        for change in range(count):
            before, after = [frozenset({first})] * change, [frozenset({not first})] * (count - change - 1)
            yield [*before, BOTH, *after], first


def _filled(
    slots: Sequence[Slot], ranked: Sequence[Sequence[Candidate]], zones: Sequence[Zones]
) -> list[Filled]:
    taken: set[str] = set()
    worked: Counter[tuple[Purpose, str]] = Counter()
    filled = []
    for slot, candidates, zone in zip(slots, ranked, zones, strict=True):
        near = [c for c in candidates if (c.exercise.position in UPRIGHT) in zone][:KEPT]
        chosen: list[Candidate] = []
        rank = 0.0
        for _ in range(slot.count):
            free = [c for c in near if c.exercise.id not in taken]
            if not free:
                rank += MISSING
                continue
            best = min(free, key=lambda c: c.rank + SAME_MUSCLES * worked[slot.purpose, c.exercise.muscles])
            if chosen and not worked[slot.purpose, best.exercise.muscles]:
                best = replace(best, reasons=(*best.reasons, "alternate"))
            rank += best.rank + SAME_MUSCLES * worked[slot.purpose, best.exercise.muscles]
            worked[slot.purpose, best.exercise.muscles] += 1
            taken.add(best.exercise.id)
            chosen.append(best)
        filled.append(Filled(slot, tuple(chosen), rank))
    return filled


def _in_order(filled: Sequence[Filled], first: bool) -> list[Candidate]:  # noqa: FBT001  # upright or not
    """Slot by slot, the positions within each as near to what came before as can be."""
    moves: list[Candidate] = []
    at = 0 if first is UP else len(_DOWNWARDS)
    for each in filled:
        left = list(each.chosen)
        while left:
            upright = [c for c in left if (c.exercise.position in UPRIGHT) is first]
            near = upright or left
            nearest = min(near, key=lambda c: (abs(_DOWNWARDS.index(c.exercise.position) - at), c.rank))
            at = _DOWNWARDS.index(nearest.exercise.position)
            left.remove(nearest)
            moves.append(nearest)
    return moves
