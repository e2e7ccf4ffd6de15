"""What must hold of every routine, stated apart from how routines are composed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from bot.content.preview.forecast import Person
from bot.core.exercises.exercise import Condition, Exercise, Need, Position, Purpose, Verdict
from bot.core.model import Knowledge
from bot.core.person.eligibility import FIRST_TRIMESTER
from bot.core.person.profile import Done
from bot.core.routines.choosing import AT_HAND, UPRIGHT, USUALLY_AT_HAND
from bot.core.routines.recipes import Move, Routine, Wish

USUAL_SECONDS = range(5 * 60, 8 * 60 + 1)
OFF_BY = 30  # seconds by which a time that was asked for may be missed
ORDER = list(Purpose)
NOBODY = "somebody who must not train got a routine"
UNSUITABLE = "a move does not suit the person"
UNCHANGED = "a move is not in the form that suits the person"
UNEQUIPPED = "a move needs what is not there"
TOO_HARD = "a move is too hard, or never wanted again"
TIME = "it does not take the time it should"
TWICE = "a move comes twice"
LOPSIDED = "left and right do not get the same"
DISORDER = "it does not go from loosening over strength to rest"
RESTLESS = "one gets up and down"
RUNNING = "a move comes on more than three days running"
FAULTS = (
    NOBODY, UNSUITABLE, UNCHANGED, UNEQUIPPED, TOO_HARD, TIME, TWICE, LOPSIDED, DISORDER, RESTLESS, RUNNING
)  # fmt: skip


def faults_of(knowledge: Knowledge, person: Person, routine: Routine) -> Iterator[str]:
    """Everything that is wrong with a routine for a person."""
    moves = [(move, knowledge.exercises[move.exercise]) for move in routine.moves]
    exercises = [exercise for _, exercise in moves]
    wished = person.wish.equipment or frozenset()
    if person.wish.recipe:
        wished |= knowledge.recipes[person.wish.recipe].equipment
    equipment = person.profile.equipment | wished
    holds = {
        NOBODY: _may_train(person),
        UNSUITABLE: all(_suits(person, exercise) for exercise in exercises),
        UNCHANGED: all(_is_in_form(person, move, exercise) for move, exercise in moves),
        UNEQUIPPED: all(_is_there(exercise, routine.place, equipment) for exercise in exercises)
        and person.profile.lacking.isdisjoint(thing for each in exercises for thing in each.equipment),
        TOO_HARD: all(_is_welcome(person, routine.wish, wished, exercise) for exercise in exercises),
        TIME: _takes_its_time(person.wish, routine.seconds),
        TWICE: len({exercise.id for exercise in exercises}) == len(exercises),
        LOPSIDED: all(move.dose.per_side == exercise.dose.per_side for move, exercise in moves),
        DISORDER: [e.purpose for e in exercises] == sorted((e.purpose for e in exercises), key=ORDER.index),
        RESTLESS: len(list(groupby(exercise.position in UPRIGHT for exercise in exercises))) <= 2,  # noqa: PLR2004
    }
    return (fault for fault, is_so in holds.items() if not is_so)


def running_too_long(history: Sequence[Done], start: date, days: int) -> frozenset[str]:
    """The exercises that were done on more than three days running."""
    on = [
        {done.exercise for done in history if done.at.date() == start + timedelta(days=n)}
        for n in range(days)
    ]
    return frozenset().union(*(a & b & c & d for a, b, c, d in zip(on, on[1:], on[2:], on[3:], strict=False)))


def _may_train(person: Person) -> bool:
    ready, told = person.readiness, person.readiness.conditions
    never = {Condition.OSTEOPOROSIS.value, "serious"}
    ask = {Condition.HERNIATED_DISC.value, Condition.AFTER_SURGERY.value, "other_diagnosis", "to_discuss"}
    stop = ready.alert or ready.under_16 or ready.leg_symptoms or ready.clinician_said_no or told & never
    return not stop and (ready.clinician_said_yes or not told & ask)


def _told(person: Person) -> list[Condition]:
    of_pregnancy = {"pregnancy", "serious", "to_discuss"}
    is_pregnant = person.readiness.pregnant or not of_pregnancy.isdisjoint(person.readiness.conditions)
    return [
        condition
        for condition in Condition
        if (is_pregnant if condition is Condition.PREGNANCY else condition in person.readiness.conditions)
    ]


def _suits(person: Person, exercise: Exercise) -> bool:
    told, weeks = _told(person), person.readiness.weeks
    if Condition.AFTER_SURGERY in told and exercise.level > 1:
        return False
    is_late = Condition.PREGNANCY in told and (weeks is None or weeks > FIRST_TRIMESTER)
    if is_late and exercise.position in {Position.LYING_BACK, Position.LYING_FRONT}:
        return False
    if any(Need.EARLY in exercise.suits(condition).needs for condition in told) and is_late:
        return False
    return all(exercise.suits(condition).verdict is not Verdict.AVOID for condition in told)


def _is_in_form(person: Person, move: Move, exercise: Exercise) -> bool:
    return all(exercise.suits(condition).text in move.form for condition in _told(person))


def _is_there(exercise: Exercise, place: str, equipment: frozenset[str]) -> bool:
    there = AT_HAND.get(place, USUALLY_AT_HAND) | equipment
    return there.issuperset(exercise.equipment) and not exercise.places.isdisjoint({place, "anywhere"})


def _is_welcome(person: Person, wish: Wish, wished: frozenset[str], exercise: Exercise) -> bool:
    usual = 1 if wish.gentle else max(1, person.profile.level)
    asked = not wish.gentle and not wished.isdisjoint(exercise.equipment)
    return exercise.level <= usual + wish.harder + asked and exercise.id not in person.profile.never


def _takes_its_time(wish: Wish, seconds: int) -> bool:
    if wish.minutes is None:
        return seconds in USUAL_SECONDS
    return abs(seconds - 60 * wish.minutes) <= OFF_BY
