"""The exercises: how each is done, how long it takes, and for whom it is. Pure values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.content_check import ContentCheck

PREFIX = "exercise:"  # what tells an exercise from an entry where either may stand
LEFT, RIGHT = "left", "right"  # sides, as exercises name the one that comes first
LINKED = "exercise_"  # the same in links, which may not hold a colon


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


class Need(StrEnum):
    """What must be so before a changed form is for somebody."""

    AGREED = "agreed"
    USED_TO_IT = "used_to_it"
    EARLY = "early"


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
        return self.taking(self.seconds or (self.repetitions or 0) * self.seconds_per_repetition)

    def taking(self, once: int) -> int:
        """The seconds that all of it would take with so many for a set of one side."""
        return self.sets * once * (2 if self.per_side else 1) + (self.sets - 1) * self.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Suitability:
    """Whether an exercise is for people with a condition.

    `text` is the changed form (modify), the reason (avoid), or what to mind in the usual form (ok), if
    anything; `needs` is what must be so before the changed form may stand in a routine.
    """

    verdict: Verdict
    text: str = ""
    needs: frozenset[Need] = frozenset()


AS_IT_IS = Suitability(verdict=Verdict.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise.

    `muscles` is the group that it works on; `places` are "anywhere", "desk", "floor" or "gym"; `level` is 1
    to 3;
    `easier` and `harder` are ids of variations; `make_easier` and `make_harder` change the exercise itself;
    `replaces` are names of moves that have no file and that this one may take the place of; `picture` says
    what its picture shows, and `first_side` which side that is; a condition that `suitability` does not name
    changes nothing.
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
    picture: str = ""
    first_side: str = RIGHT
    make_easier: str = ""
    make_harder: str = ""
    replaces: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name among the entries."""
        return f"{PREFIX}{self.id}"

    def suits(self, condition: Condition) -> Suitability:
        """Whether it is for people with a condition."""
        return self.suitability.get(condition, AS_IT_IS)

    def is_for(self, conditions: Iterable[Condition]) -> bool:
        """Whether people with all of some conditions may do it, be it in a changed form."""
        return all(self.suits(condition).verdict is not Verdict.AVOID for condition in conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseWords:
    """How people of a language ask about exercises.

    `forms` maps a form of question to its phrases, in which … stands for a name (those `alone` are a whole
    message); `small` are words that change nothing, `judging` those that change nothing about whether it
    suits somebody, `stand_ins` words like "it"; `conditions` are the ways to tell of each; `told` maps
    decisive concepts to conditions; those `elsewhere` are asked about in entries; `topics` maps a condition
    to the topics of its suitable and its unsuitable exercises; `fine` is said where the usual form suits;
    `labels` are the words for purposes, places, equipment and conditions; `mistakes_in` is the topic of what
    goes wrong in one; `moves_in` are the topics whose answers name exercises to do, `for_adults` others with
    advice on training, and `doses_in` those that say how to begin and how much to do.
    """

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    small: frozenset[str] = frozenset()
    judging: frozenset[str] = frozenset()
    stand_ins: frozenset[str] = frozenset()
    conditions: Mapping[Condition, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, Condition] = field(default_factory=dict)
    elsewhere: frozenset[Condition] = frozenset()
    topics: Mapping[Condition, tuple[str, str]] = field(default_factory=dict)
    fine: Mapping[Condition, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    mistakes_in: str = ""
    moves_in: frozenset[str] = frozenset()
    for_adults: frozenset[str] = frozenset()
    doses_in: frozenset[str] = frozenset()
