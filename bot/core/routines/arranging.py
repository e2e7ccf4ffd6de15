"""Fills the slots of a recipe so that one gets down on the floor, or up from it, once at most. Pure."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.exercises.exercise import Position, Purpose
from bot.core.routines.choosing import UPRIGHT, Candidate
from bot.core.routines.recipes import Slot

MISSING = 10.0  # rank of a slot that nothing fills
SAME_MUSCLES = 2.0  # for each move of the same purpose and muscles that is there already
KEPT = 16  # candidates a slot that are looked at
_LOWNESS = {position: place for place, position in enumerate(Position)}

UP, DOWN = True, False
Zones = frozenset[bool]
BOTH: Zones = frozenset({UP, DOWN})
ZONES = (BOTH, frozenset({UP}), frozenset({DOWN}))


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with what was chosen for it, in order; `rank` is better the lower it is."""

    slot: Slot
    chosen: tuple[Candidate, ...]
    rank: float


def by_zones(ranked: Sequence[Candidate]) -> Mapping[Zones, Sequence[Candidate]]:
    """The best candidates for each place where a slot may be done, of those for it, the best first."""
    placed = [(c, c.exercise.position in UPRIGHT) for c in ranked]
    return {zones: [c for c, is_up in placed if is_up in zones][:KEPT] for zones in ZONES}


def arranged(slots: Sequence[Slot], found: Sequence[Mapping[Zones, Sequence[Candidate]]]) -> list[Candidate]:
    """The best candidates of each slot, in an order in which one does not get up and down."""
    ways = [(_filled(slots, found, zones), first) for zones, first in _ways(len(slots))]
    best, first = min(ways, key=lambda way: sum(filled.rank for filled in way[0]))
    return _in_order([_explained(filled, best[:place]) for place, filled in enumerate(best)], first)


def _ways(count: int) -> Iterator[tuple[list[Zones], bool]]:
    """Where each slot may be done, and where one starts: upright or on the floor, with one change at most."""
    for first in (UP, DOWN):
        for change in range(count):
            before, after = [frozenset({first})] * change, [frozenset({not first})] * (count - change - 1)
            yield [*before, BOTH, *after], first


def _filled(
    slots: Sequence[Slot], found: Sequence[Mapping[Zones, Sequence[Candidate]]], zones: Sequence[Zones]
) -> list[Filled]:
    taken: set[str] = set()
    filled = []
    worked: dict[Purpose, Counter[str]] = {slot.purpose: Counter() for slot in slots}
    for slot, candidates, zone in zip(slots, found, zones, strict=True):
        same = worked[slot.purpose]
        chosen: list[Candidate] = []
        rank = 0.0
        for _ in range(slot.count):
            best, worth = _best(candidates[zone], taken, same)
            rank += worth
            if best is None:
                continue
            same[best.exercise.muscles] += 1
            taken.add(best.exercise.id)
            chosen.append(best)
        filled.append(Filled(slot, tuple(chosen), rank))
    return filled


def _explained(filled: Filled, before: Sequence[Filled]) -> Filled:
    """A filled slot that says which of its moves were chosen for other muscles than those before."""
    worked = {
        c.exercise.muscles for each in before if each.slot.purpose is filled.slot.purpose for c in each.chosen
    }
    chosen: list[Candidate] = []
    for each in filled.chosen:
        alternates = bool(chosen) and each.exercise.muscles not in worked
        worked.add(each.exercise.muscles)
        chosen.append(replace(each, reasons=(*each.reasons, "alternate")) if alternates else each)
    return replace(filled, chosen=tuple(chosen))


def _best(
    near: Sequence[Candidate], taken: Collection[str], worked: Mapping[str, int]
) -> tuple[Candidate | None, float]:
    """The best of some candidates, which are ranked, that is not taken yet, and its rank as things are."""
    best, least = None, math.inf
    for each in near:
        if each.rank >= least:  # nor is any behind it better
            break
        rank = each.rank + SAME_MUSCLES * worked.get(each.exercise.muscles, 0)
        if rank < least and each.exercise.id not in taken:
            best, least = each, rank
    return best, MISSING if best is None else least


def _in_order(filled: Sequence[Filled], first: bool) -> list[Candidate]:  # noqa: FBT001  # upright or not
    """Slot by slot, the positions within each as near to what came before as can be."""
    moves: list[Candidate] = []
    at = 0 if first is UP else len(_LOWNESS)
    for each in filled:
        left = list(each.chosen)
        while left:
            upright = [c for c in left if (c.exercise.position in UPRIGHT) is first]
            near = upright or left
            nearest = min(near, key=lambda c: (abs(_LOWNESS[c.exercise.position] - at), c.rank))
            at = _LOWNESS[nearest.exercise.position]
            left.remove(nearest)
            moves.append(nearest)
    return moves
