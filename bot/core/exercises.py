"""The exercises: how each is done, how long it takes, and for whom it is. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.model import ContentCheck


class Purpose(StrEnum):
    """What an exercise is for."""

    MOBILISE = "mobilise"
    STRENGTHEN = "strengthen"
    STRETCH = "stretch"
    CALM = "calm"


class Position(StrEnum):
    """How one stands, sits or lies in an exercise."""

    STANDING = "standing"
    SITTING = "sitting"
    KNEELING = "kneeling"
    ALL_FOURS = "all_fours"
    LYING_BACK = "lying_back"
    LYING_SIDE = "lying_side"
    LYING_FRONT = "lying_front"


class Verdict(StrEnum):
    """Whether an exercise is for somebody: as it is, in a changed form only, or not at all."""

    OK = "ok"
    MODIFY = "modify"
    AVOID = "avoid"


class Condition(StrEnum):
    """What a person may tell of themselves that an exercise must suit."""

    PREGNANCY = "pregnancy"
    HERNIATED_DISC = "herniated_disc"
    AFTER_SURGERY = "after_surgery"
    OSTEOPOROSIS = "osteoporosis"
    KNEE = "knee"
    WRIST = "wrist"
    DIZZINESS = "dizziness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much: repetitions, or seconds that a position is held, for each set and side.

    `seconds_per_repetition` is the tempo, `rest` the seconds between two sets.
    """

    repetitions: int | None = None
    seconds: int | None = None
    sets: int = 1
    per_side: bool = False
    seconds_per_repetition: int = 0
    rest: int = 0

    @property
    def total(self) -> int:
        """The seconds that all of it takes, rests and both sides included."""
        once = self.seconds or (self.repetitions or 0) * self.seconds_per_repetition
        return self.sets * once * (2 if self.per_side else 1) + (self.sets - 1) * self.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Suitability:
    """Whether an exercise is for people with a condition.

    `text` is the changed form (modify), the reason (avoid), or nothing.
    """

    verdict: Verdict
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise.

    `muscles` is the group that it works on; `places` are "anywhere", "desk", "floor" or "gym"; `level` is 1 to 3;
    `easier` and `harder` are ids of variations; a condition that `suitability` does not name changes nothing.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    topic: str
    purpose: Purpose
    muscles: str
    position: Position
    places: frozenset[str]
    equipment: tuple[str, ...]
    level: int
    steps: tuple[str, ...]
    dose: Dose
    mistakes: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    suitability: Mapping[Condition, Suitability]
    stop: str
    facts: tuple[str, ...]
    checked: ContentCheck
