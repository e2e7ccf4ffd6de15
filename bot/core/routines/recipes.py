"""What a routine is made from, and what comes out: recipes, wishes, moves, routines. Pure values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core.exercises.exercise import Dose, Exercise, Position, Purpose

PAUSE = 12  # seconds from one move to the next, to read and to change position


class Audience(StrEnum):
    """Whom a recipe is for when nobody asks for it by name."""

    GENERAL = "general"
    PREGNANCY = "pregnancy"
    GENTLE = "gentle"


class Felt(StrEnum):
    """How an exercise felt, in the words that are remembered."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in a recipe: so many exercises of a purpose; of these muscle groups, or of any."""

    purpose: Purpose
    count: int
    muscles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a routine is put together.

    `words` are what people call it; `place` is a place of exercises; `equipment` is what it is about, beside
    a chair, a wall and something soft to lie on; `minutes` is how long it takes unless another time was asked
    for; `positions` are the only ones in it, if there are any.
    """

    id: str
    name: str
    words: tuple[str, ...]
    place: str
    equipment: frozenset[str]
    minutes: int
    audience: Audience
    slots: tuple[Slot, ...]
    positions: frozenset[Position] = frozenset()
    facts: tuple[str, ...] = ()

    @property
    def is_strenuous(self) -> bool:
        """Whether it is mostly about strength, and so better not done on two days running."""
        strong = sum(slot.count for slot in self.slots if slot.purpose is Purpose.STRENGTHEN)
        return 2 * strong >= sum(slot.count for slot in self.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for today; None and False: nothing was said of it. No equipment: to do without.

    `lacking` are things that are not there today, be they furniture or equipment.
    """

    recipe: str | None = None
    minutes: int | None = None
    place: str | None = None
    equipment: frozenset[str] | None = None
    gentle: bool = False
    harder: bool = False
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One exercise of a routine, with how much of it.

    `form` is how it is changed for this person; `reasons` are the rules that chose it (see routine_words).
    """

    exercise: str
    dose: Dose
    form: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A routine for a day.

    `version` is the knowledge's; `place` is where it is done; `notes` are sentences to show before it starts.
    """

    recipe: str
    day: date
    wish: Wish
    moves: tuple[Move, ...]
    version: str
    place: str = ""
    notes: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """How long it takes, pauses between the moves included."""
        return seconds_of([move.dose for move in self.moves])

    @property
    def minutes(self) -> int:
        """The same in whole minutes, half a minute counted up, one at least."""
        return max(1, (self.seconds + 30) // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRoutine:
    """Why there is no routine: the name of the sentence that says so and what to do instead."""

    reason: str


Recipes = Mapping[str, Recipe]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineWords:
    """The sentences about routines, by name.

    `reasons` are the rules that chose a move and what was changed, filled with `labels`; `refusals` say why
    there is no routine, `notes` what must be said before one.
    """

    reasons: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def knowledge_version(library: Mapping[str, Exercise], recipes: Recipes) -> str:
    """A short name for everything in exercises and recipes that decides what is chosen."""
    exercises = [
        (e.id, e.purpose, e.muscles, e.position, sorted(e.places), e.equipment, e.level, e.dose)
        for e in library.values()
    ]
    kinds = [
        (r.id, r.place, sorted(r.equipment), r.minutes, r.audience, r.slots, sorted(r.positions))
        for r in recipes.values()
    ]
    written = repr((sorted(exercises, key=lambda e: e[0]), sorted(kinds, key=lambda k: k[0])))
    return hashlib.blake2b(written.encode(), digest_size=6).hexdigest()


def seconds_of(doses: list[Dose]) -> int:
    """How long some doses take one after another, with the pauses between them."""
    return sum(dose.total for dose in doses) + PAUSE * max(0, len(doses) - 1)
