"""What a person would get day after day, in words and as JSON: `preview`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.content.findings import guess
from bot.core.exercises.exercise import Condition
from bot.core.exercises.pages import dose_in_words
from bot.core.model import Knowledge
from bot.core.person.eligibility import PREGNANCY_ASK, PREGNANCY_NEVER, Readiness
from bot.core.person.profile import Done, Profile
from bot.core.routines.composing import compose
from bot.core.routines.reasons import worded
from bot.core.routines.recipes import NoRoutine, Routine, Wish, knowledge_version
from bot.core.routines.sharing import share_code
from bot.core.tips.tip import Tip, TipReader, next_tip

LEVELS = ("1", "2", "3")
PLACES = ("desk", "floor", "gym")
FLAGS = (
    "clinician_said_no", "clinician_said_yes", "under_16", "leg_symptoms", "alert", "gentle", "harder",
    "flares",
)  # fmt: skip
NUMBERS = ("weeks", "minutes")
NOTHING: frozenset[str] = frozenset()
MORNING = time(7, tzinfo=UTC)


class PreviewError(Exception):
    """Something in a profile can't be understood. The text says what, and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to compose for. `flares`: something felt worse lately."""

    profile: Profile = field(default_factory=Profile)
    readiness: Readiness = field(default_factory=Readiness)
    wish: Wish = field(default_factory=Wish)
    flares: bool = False


def read_person(words: Sequence[str], knowledge: Knowledge) -> Person:
    """A person from words like level=2, equipment=band,ball or clinician_said_yes. Raises PreviewError."""
    choices = _choices(knowledge)
    told: dict[str, frozenset[str]] = {}
    for word in words:
        name, _, value = word.partition("=")
        if name not in choices:
            raise PreviewError(f"A profile has no {name!r}. {guess(name, choices)}.")
        values = frozenset(value.split(",")) if value else frozenset({"yes"})
        for each in sorted(values - choices[name]):
            raise PreviewError(f"{name} can't be {each!r}. {guess(each, choices[name])}.")
        told[name] = values
    return _person(told)


def _choices(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """What may be said of each thing."""
    tools = {name for exercise in knowledge.exercises.values() for name in exercise.equipment}
    numbers = frozenset(str(number) for number in range(1, 241))
    moves = frozenset(knowledge.exercises)
    return {
        "level": frozenset(LEVELS),
        "place": frozenset(PLACES),
        "equipment": frozenset(tools),
        "conditions": frozenset({*Condition, PREGNANCY_ASK, PREGNANCY_NEVER, "other_diagnosis"}),
        "liked": moves,
        "never": moves,
        "recipe": frozenset(knowledge.recipes),
        **dict.fromkeys(NUMBERS, numbers),
        **dict.fromkeys(FLAGS, frozenset({"yes"})),
    }


def _person(told: Mapping[str, frozenset[str]]) -> Person:
    minutes = _one(told, "minutes")
    return Person(
        profile=Profile(
            level=int(_one(told, "level") or 0),
            place=_one(told, "place") or "",
            equipment=told.get("equipment", NOTHING),
            liked=told.get("liked", NOTHING),
            never=told.get("never", NOTHING),
        ),
        readiness=_readiness(told),
        wish=Wish(
            recipe=_one(told, "recipe"),
            minutes=int(minutes) if minutes else None,
            gentle="gentle" in told,
            harder="harder" in told,
        ),
        flares="flares" in told,
    )


def _readiness(told: Mapping[str, frozenset[str]]) -> Readiness:
    weeks = _one(told, "weeks")
    return Readiness(
        conditions=told.get("conditions", NOTHING),
        weeks=int(weeks) if weeks else None,
        clinician_said_no="clinician_said_no" in told,
        clinician_said_yes="clinician_said_yes" in told,
        under_16="under_16" in told,
        leg_symptoms="leg_symptoms" in told,
        alert="alert" in told,
    )


def _one(told: Mapping[str, frozenset[str]], name: str) -> str | None:
    return min(told.get(name, NOTHING), default=None)


def days(
    knowledge: Knowledge, person: Person, start: date, count: int
) -> Iterator[tuple[date, Routine | NoRoutine]]:
    """The routines of some days, if each is done as it is shown."""
    version = knowledge_version(knowledge.exercises, knowledge.recipes)
    profile = person.profile
    for number in range(count):
        day = start + timedelta(days=number)
        routine = compose(
            knowledge.exercises, knowledge.recipes, profile, person.readiness, day, person.wish, version
        )
        yield day, routine
        if isinstance(routine, Routine):
            profile = replace(profile, history=(*profile.history, *done(routine)))


def done(routine: Routine, felt: str = "") -> tuple[Done, ...]:
    """All moves of a routine, done in the morning."""
    at = datetime.combine(routine.day, MORNING)
    return tuple(Done(exercise=m.exercise, at=at, felt=felt, routine=routine.recipe) for m in routine.moves)


def in_words(knowledge: Knowledge, day: date, routine: Routine | NoRoutine) -> Iterator[str]:
    """A day as a person reads it."""
    said, exercises = knowledge.routine_words, knowledge.exercises
    if isinstance(routine, NoRoutine):
        yield f"{day:%a %d %b %Y}  {said.refusals[routine.reason]}"
        return
    yield f"{day:%a %d %b %Y}  {knowledge.recipes[routine.recipe].name}, {routine.minutes} min"
    yield from (f"  {said.notes[note]}" for note in routine.notes)
    for number, move in enumerate(routine.moves, start=1):
        dose = dose_in_words(move.dose, knowledge.messages)
        yield f"  {number}. {exercises[move.exercise].name}: {dose}"
        if move.form:
            yield f"     {move.form}"
        yield "     " + " ".join(worded(reason, said, exercises) for reason in move.reasons)


def as_json(day: date, routine: Routine | NoRoutine) -> dict[str, Any]:
    """A day for programs."""
    if isinstance(routine, NoRoutine):
        return {"day": day.isoformat(), "reason": routine.reason}
    return {
        "day": day.isoformat(),
        "recipe": routine.recipe,
        "place": routine.place,
        "seconds": routine.seconds,
        "minutes": routine.minutes,
        "notes": list(routine.notes),
        "moves": [asdict(move) | {"seconds": move.dose.total} for move in routine.moves],
        "version": routine.version,
        "code": share_code(routine),
    }


def tips(knowledge: Knowledge, person: Person, start: date, count: int) -> Iterator[tuple[date, Tip | None]]:
    """The tips of some days, if what was told is kept; None where none is sent."""
    kept = replace(person.profile, conditions=person.readiness.conditions, keeps_conditions=True)
    reader = TipReader(
        profile=kept,
        exercises=knowledge.exercises,
        flares=person.flares,
        alert=person.readiness.alert,
    )
    seen: list[str] = []
    for number in range(count):
        tip = next_tip(knowledge.tips.values(), reader, seen, seed="preview")
        yield start + timedelta(days=number), tip
        seen += [tip.id] if tip else []


def tip_in_words(knowledge: Knowledge, day: date, tip: Tip | None) -> Iterator[str]:
    """A day's tip as a person reads it, and where it leads."""
    if tip is None:
        yield f"{day:%a %d %b %Y}  no tip"
        return
    titles = {entry.id: entry.title for entry in knowledge.entries.values()}
    titles |= {exercise.key: exercise.name for exercise in knowledge.exercises.values()}
    yield f"{day:%a %d %b %Y}  {tip.text}"
    yield f"  {tip.id} ({tip.audience}), more: {titles[tip.link]}"


def tip_as_json(day: date, tip: Tip | None) -> dict[str, Any]:
    """A day's tip for programs."""
    if tip is None:
        return {"day": day.isoformat(), "tip": None}
    return {
        "day": day.isoformat(),
        "tip": tip.id,
        "audience": tip.audience,
        "text": tip.text,
        "link": tip.link,
        "facts": list(tip.facts),
    }
