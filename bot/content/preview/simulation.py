"""Composes for many made-up people over weeks, and counts what must not happen: `preview --simulate`."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bot.content.preview.checks import FAULTS, RUNNING, faults_of, running_too_long
from bot.content.preview.forecast import PLACES, Person, done
from bot.core.exercises.exercise import Condition, Purpose
from bot.core.model import Knowledge
from bot.core.person.eligibility import OTHER_DIAGNOSIS, PREGNANCY_ASK, PREGNANCY_NEVER, Readiness
from bot.core.person.profile import Done, Profile
from bot.core.routines.composing import compose
from bot.core.routines.recipes import Felt, NoRoutine, Routine, Wish, knowledge_version

WEEK = 7
TOOLS = ("band", "ball", "dumbbells", "rowing_machine")
FURNITURE = ("chair", "mat", "wall")
TOLD = (*Condition, PREGNANCY_ASK, PREGNANCY_NEVER, OTHER_DIAGNOSIS)
WISHED = (None, None, None, None, 1, 3, 5, 10, 15, 20)  # minutes
# How often in a hundred: what people tell, have, wish and do.
TELLS, PREGNANT, STOPPED, AGREED, HAS, LACKS, WISHES, DOES, WORSE = 5, 15, 1, 50, 30, 5, 10, 85, 2


@dataclass(slots=True)
class Tally:
    """What was counted. Of faults there must be none."""

    people: int
    days: int
    routines: int = 0
    nothing: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    counted: dict[str, Counter[str]] = field(default_factory=dict)
    varieties: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The report."""
        yield f"{self.people} people, {self.days} days, {self.routines} routines."
        yield from (f"{self.faults[name]:8} times {name}" for name in FAULTS)
        yield from (f"{count:8} times no routine: {reason}" for reason, count in self.nothing.most_common())
        for title, counted in self.counted.items():
            total = sum(counted.values())
            parts = (f"{name} {100 * count / total:.1f} %" for name, count in counted.most_common())
            yield f"{title}: {', '.join(parts)}"
        if self.varieties:
            tenth = sorted(self.varieties)[len(self.varieties) // 10]
            median = statistics.median(self.varieties)
            yield f"different moves in a week: {median:g} in the median, {tenth} at the tenth percentile"
        if self.took:
            slow = sorted(self.took)[int(0.95 * len(self.took))]
            yield f"composing takes {statistics.median(self.took):.2f} ms, {slow:.2f} ms at p95"

    def count(self, title: str, *names: str) -> None:
        """Count some names under a title."""
        self.counted.setdefault(title, Counter()).update(names)


def simulate(knowledge: Knowledge, people: int, days: int, seed: int, start: date) -> Tally:
    """Compose for made-up people, who do most of what they get, and now and then feel worse."""
    random, tally = Random(seed), Tally(people=people, days=days)  # noqa: S311  # nobody may not guess it
    for _ in range(people):
        _live(knowledge, made_up(random, knowledge), random, start, tally)
    return tally


def made_up(random: Random, knowledge: Knowledge) -> Person:
    """Somebody with any level, place, equipment and conditions, likes, dislikes and wishes."""
    moves = sorted(knowledge.exercises)

    def happens(in_a_hundred: int) -> bool:
        return random.randrange(100) < in_a_hundred

    return Person(
        profile=Profile(
            level=random.randint(0, 3),
            place=random.choice(("", *PLACES)),
            equipment=frozenset(tool for tool in TOOLS if happens(HAS)),
            lacking=frozenset(thing for thing in FURNITURE if happens(LACKS)),
            liked=frozenset(random.sample(moves, random.randint(0, 3))),
            never=frozenset(random.sample(moves, random.choice((0, 0, 1, 3)))),
        ),
        readiness=Readiness(
            conditions=frozenset(told for told in TOLD if happens(TELLS)),
            pregnant=happens(PREGNANT),
            weeks=random.choice((None, *range(4, 41))),
            clinician_said_no=happens(STOPPED),
            clinician_said_yes=happens(AGREED),
            under_16=happens(STOPPED),
            leg_symptoms=happens(STOPPED),
            alert=happens(STOPPED),
        ),
        wish=Wish(minutes=random.choice(WISHED), gentle=happens(WISHES)),
    )


def _live(knowledge: Knowledge, person: Person, random: Random, start: date, tally: Tally) -> None:
    """One person's days."""
    history: tuple[Done, ...] = ()
    version = knowledge_version(knowledge.exercises, knowledge.recipes)
    for number in range(tally.days):
        profile = replace(person.profile, history=history)
        before = time.perf_counter()
        routine = compose(
            knowledge.exercises,
            knowledge.recipes,
            profile,
            person.readiness,
            start + timedelta(days=number),
            person.wish,
            version,
        )
        tally.took.append(1000 * (time.perf_counter() - before))
        if isinstance(routine, NoRoutine):
            tally.nothing[routine.reason] += 1
            continue
        _look_at(knowledge, person, routine, tally)
        if random.randrange(100) < DOES:
            history += done(routine, Felt.WORSE if random.randrange(100) < WORSE else "")
    tally.faults[RUNNING] += len(running_too_long(history, start, tally.days))
    tally.varieties.extend(_varieties(history, start))


def _varieties(history: Sequence[Done], start: date) -> Iterator[int]:
    """How many different moves there were in each week with training."""
    weeks = {done.at.date() - timedelta(days=(done.at.date() - start).days % WEEK) for done in history}
    for week in weeks:
        yield len({done.exercise for done in history if 0 <= (done.at.date() - week).days < WEEK})


def _look_at(knowledge: Knowledge, person: Person, routine: Routine, tally: Tally) -> None:
    exercises = [knowledge.exercises[move.exercise] for move in routine.moves]
    tally.routines += 1
    tally.faults.update(faults_of(knowledge, person, routine))
    tally.count("recipes", routine.recipe)
    tally.count("purposes", *(exercise.purpose.value for exercise in exercises))
    tally.count("muscles in strength", *(e.muscles for e in exercises if e.purpose is Purpose.STRENGTHEN))
    if person.wish.minutes is None:
        tally.count("minutes if none were asked for", str(routine.minutes))
