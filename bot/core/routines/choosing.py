"""Which exercises may be in a routine, and which of them come first today. Pure."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.exercises.exercise import Exercise, Position, Purpose
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Profile
from bot.core.routines.recipes import Felt, Recipe, Slot, Wish

MOST_RUNNING = 3  # days on which a move may come one after another
WEEKS = 14  # days that are looked back on, and for which a move that made things worse stays away
RECENT = 4  # days after which it no longer counts when a move was done
HIGHEST_LEVEL = 3
UPRIGHT = frozenset({Position.STANDING, Position.SITTING})
FLOOR = "floor"  # what is lacking for those who can't get down there
AT_HAND = {"desk": frozenset({"chair", "wall", "doorway"})}  # what is there without asking
USUALLY_AT_HAND = frozenset({"chair", "wall", "doorway", "table", "mat"})
WEIGHTS = {
    "rested": 1.0,
    "liked": -0.8,
    "equipment": -3.0,
    "same_muscles": 1.5,
    "off_day": 2.0,
    "harder": -1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was done in the weeks before a day.

    `ago` says how many days ago each exercise was done last; `yesterday` was done then, `running` on each of
    the last days; `worse` made something worse.
    """

    ago: Mapping[str, int]
    yesterday: frozenset[str]
    running: frozenset[str]
    worse: frozenset[str]


def look_back(profile: Profile, day: date) -> Past:
    """What counts of a history; not what is older than two weeks or of the day itself."""
    on: dict[int, set[str]] = {}
    worse = set()
    for done in reversed(profile.history):
        ago = (day - done.at.date()).days
        if ago > WEEKS:
            break
        if ago > 0:
            on.setdefault(ago, set()).add(done.exercise)
            worse |= {done.exercise} if done.felt == Felt.WORSE else set()
    return Past(
        ago={name: ago for ago in sorted(on, reverse=True) for name in on[ago]},
        yesterday=frozenset(on.get(1, ())),
        running=frozenset.intersection(*(frozenset(on.get(1 + n, ())) for n in range(MOST_RUNNING))),
        worse=frozenset(worse),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything that decides which exercises a person gets on a day, beside the recipe."""

    library: Mapping[str, Exercise]
    profile: Profile
    readiness: Readiness
    day: date
    wish: Wish
    version: str
    past: Past

    @property
    def equipment(self) -> frozenset[str]:
        """What the person has besides what is usually there; nothing if they wish to do without."""
        if self.wish.equipment is None:
            return self.profile.equipment - self.lacking
        has = self.profile.equipment | self.wish.equipment if self.wish.equipment else frozenset()
        return has - self.lacking

    @property
    def lacking(self) -> frozenset[str]:
        """What is not there for them today."""
        return self.profile.lacking | self.wish.lacking

    @property
    def level(self) -> int:
        """The hardest level that exercises may have."""
        if self.wish.gentle:
            return 1
        usual = max(1, self.profile.level)
        return min(HIGHEST_LEVEL, usual + 1) if self.wish.harder else usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An exercise that may be chosen. The lower its rank, the sooner; `reasons` made it so."""

    exercise: Exercise
    rank: float
    reasons: tuple[str, ...]


def fits_place(exercise: Exercise, place: str) -> bool:
    """Whether an exercise can be done in a place; nobody lies down at a desk."""
    is_there = place in exercise.places or "anywhere" in exercise.places
    return is_there and (place != "desk" or exercise.position in UPRIGHT)


def usable(setting: Setting, recipe: Recipe) -> list[Exercise]:
    """The exercises that this person may do today in a recipe, by their ids."""
    at_hand = AT_HAND.get(recipe.place, USUALLY_AT_HAND) | setting.equipment | recipe.equipment
    at_hand -= setting.lacking
    positions = recipe.positions or frozenset(Position)
    if FLOOR in setting.lacking:
        positions &= UPRIGHT
    away, asked = setting.profile.never | tired(setting, recipe), wished_tools(setting, recipe)
    level = setting.level
    sooner = level if setting.wish.gentle else level + 1  # with a thing that was asked for
    return [
        exercise
        for name, exercise in sorted(setting.library.items())
        if exercise.level <= (level if asked.isdisjoint(exercise.equipment) else sooner)
        and name not in away
        and at_hand.issuperset(exercise.equipment)
        and exercise.position in positions
        and fits_place(exercise, recipe.place)
        and setting.readiness.allows(exercise)
    ]


def wished_tools(setting: Setting, recipe: Recipe) -> frozenset[str]:
    """The equipment that was asked for today, by its name or by that of the recipe."""
    return (setting.wish.equipment or frozenset()) | (
        recipe.equipment if setting.wish.recipe else frozenset()
    )


def tired(setting: Setting, recipe: Recipe) -> frozenset[str]:
    """Moves that stay away today: done on each of the days before, or they made something worse.

    Moves with equipment that was asked for may come every day.
    """
    asked = wished_tools(setting, recipe)
    known = setting.library
    running = {n for n in setting.past.running if n not in known or asked.isdisjoint(known[n].equipment)}
    return setting.past.worse | running


def candidates(setting: Setting, recipe: Recipe, slot: Slot, usable: Collection[Exercise]) -> list[Candidate]:
    """The exercises for a slot, the best first."""
    past, known = setting.past, setting.library
    worked = {known[name].muscles for name in past.yesterday if name in known}
    asked = recipe.equipment | (setting.wish.equipment or frozenset())
    fitting = [
        e for e in usable if e.purpose is slot.purpose and (not slot.muscles or e.muscles in slot.muscles)
    ]
    ranked = [_candidate(setting, e, asked, past.ago.get(e.id), worked) for e in fitting]
    return sorted(ranked, key=lambda each: (each.rank, each.exercise.id))


def _candidate(
    setting: Setting, exercise: Exercise, asked: frozenset[str], last: int | None, worked: Collection[str]
) -> Candidate:
    rules = list(_rules(setting, exercise, asked, last, worked))
    rank = sum([weight for weight, _ in rules]) + chance(setting, exercise.id)
    reasons = tuple([said for _, said in rules if said])
    return Candidate(exercise=exercise, rank=rank, reasons=reasons)


def _rules(
    setting: Setting, exercise: Exercise, asked: frozenset[str], last: int | None, worked: Collection[str]
) -> Iterator[tuple[float, str]]:
    """The rules for or against an exercise today: each with its weight and its sentence."""
    if not asked.isdisjoint(exercise.equipment):
        yield WEIGHTS["equipment"], f"equipment:{min(asked.intersection(exercise.equipment))}"
    if exercise.id in setting.profile.liked:
        yield WEIGHTS["liked"], "liked"
    if setting.wish.harder and exercise.level == setting.level:
        yield WEIGHTS["harder"], "harder"
    if last is None or last >= RECENT:
        yield 0, f"rested:{last}" if last else "not_done" if setting.past.ago else ""
    else:
        yield WEIGHTS["rested"] * (RECENT - last), ""
    if exercise.purpose is Purpose.STRENGTHEN:
        same = exercise.muscles in worked
        yield (WEIGHTS["same_muscles"], "") if same else (0, "other_muscles" if worked else "")
    if (setting.day.toordinal() + _turn(exercise.id)) % (MOST_RUNNING + 1) == 0:
        yield WEIGHTS["off_day"], ""


def chance(setting: Setting, name: str) -> float:
    """A number from 0 to 1 that is the same for the same day, knowledge and name, and else any."""
    drawn = _start(setting.day, setting.version).copy()
    drawn.update(name.encode())
    return int.from_bytes(drawn.digest(), "big") / 2**32


@lru_cache(maxsize=16)
def _start(day: date, version: str) -> "hashlib.blake2b":
    """What the numbers of all names on a day have in common; only copies of it are changed."""
    return hashlib.blake2b(f"{day.isoformat()} {version} ".encode(), digest_size=4)


@lru_cache(maxsize=4096)
def _turn(name: str) -> int:
    """A number that stays with an exercise, so that not all of them stay away on the same days."""
    digest = hashlib.blake2b(name.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % (MOST_RUNNING + 1)
