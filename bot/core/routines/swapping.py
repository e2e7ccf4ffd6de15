"""Puts another move in the place of one, without touching the others. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.core.exercises.exercise import Dose, Exercise, Position
from bot.core.person.eligibility import Readiness, refusal
from bot.core.person.profile import Profile
from bot.core.routines.choosing import UPRIGHT, Candidate, Setting, candidates, look_back, usable
from bot.core.routines.doses import changed, like
from bot.core.routines.recipes import Audience, Move, NoRoutine, Recipe, Routine, Slot

LESS, MORE = 0.75, 1.25  # of a dose, where there is no easier or harder move

Direction = Literal["other", "easier", "harder", "no harder"]


def swap(  # noqa: PLR0913, PLR0917  # all that a routine follows from, and which move
    routine: Routine,
    number: int,
    library: Mapping[str, Exercise],
    profile: Profile,
    readiness: Readiness,
    direction: Direction,
) -> Routine | NoRoutine:
    """The routine with another move in the place of one, `number` from 1. What was done on its day stays."""
    ready = readiness.of(profile)
    is_too_hard = direction == "harder" and ready.is_gentle_only
    refused = refusal(ready) or _settled(routine, number, profile)
    refused = refused or (NoRoutine(reason="no_routine_gentle_only") if is_too_hard else None)
    if refused:
        return refused
    setting = Setting(
        library=library,
        profile=profile,
        readiness=ready,
        day=routine.day,
        wish=replace(routine.wish, gentle=False, harder=True) if direction == "harder" else routine.wish,
        version=routine.version,
        past=look_back(profile, routine.day),
    )
    move = routine.moves[number - 1]
    other = _instead(setting, routine, move, direction)
    if other is None:
        is_other = direction in {"other", "no harder"}
        reason = "no_routine_no_other" if is_other else f"no_routine_no_{direction}"
        return NoRoutine(reason=reason)
    moves = (*routine.moves[: number - 1], other, *routine.moves[number:])
    return replace(routine, moves=moves)


def _settled(routine: Routine, number: int, profile: Profile) -> NoRoutine | None:
    """Why a move can't be swapped any more."""
    if not 1 <= number <= len(routine.moves):
        return NoRoutine(reason="no_routine_no_move")
    today = {done.exercise for done in profile.history if done.at.date() == routine.day}
    return NoRoutine(reason="no_routine_done") if routine.moves[number - 1].exercise in today else None


def _instead(setting: Setting, routine: Routine, move: Move, direction: Direction) -> Move | None:
    old = setting.library.get(move.exercise)
    if old is None:
        return None
    if direction == "other":
        return replacement(setting, routine, move)
    near = _near(setting, routine, old)
    if direction == "no harder":
        lighter = [c for c in near if c.exercise.level <= old.level]
        if not lighter:
            return None
        chosen = min(lighter, key=lambda c: c.exercise.level)
        return _lighter(_move(setting, chosen, move.dose, "swapped"), setting)
    is_easier = direction == "easier"
    names = old.easier if is_easier else old.harder
    fits = [c for c in near if c.exercise.id in names and _leads(old, c.exercise, direction)]
    if fits:
        chosen = min(fits, key=lambda c: c.exercise.level) if is_easier else fits[0]
        made = _move(setting, chosen, move.dose, direction)
        return _lighter(made, setting) if is_easier else made
    dose = changed(move.dose, old.dose, LESS if direction == "easier" else MORE)
    return replace(move, dose=dose, reasons=(*move.reasons, direction)) if dose else None


def _leads(old: Exercise, new: Exercise, direction: Direction) -> bool:
    """Whether a variation that a file names is no step the other way by its level."""
    return new.level <= old.level if direction == "easier" else new.level >= old.level


def _lighter(move: Move, setting: Setting) -> Move:
    """A move with no more of it than its file says: whoever wants less gets no long one."""
    written = setting.library[move.exercise].dose
    return move if move.dose.total <= written.total else replace(move, dose=written)


def given(before: Move, after: Move, direction: Direction) -> str:
    """What was given in the place of a move, as it is told: another one, or the same with less or more."""
    if after.exercise == before.exercise:
        return "less" if direction == "easier" else "more"
    return direction


def replacement(setting: Setting, routine: Routine, move: Move, reason: str = "swapped") -> Move | None:
    """The next of the moves that may take the place of one, so that asking again brings all of them."""
    near = _near(setting, routine, setting.library[move.exercise])
    if not near:
        return None
    names = [c.exercise.id for c in near]
    following = [name for name in sorted(names) if name > move.exercise] or sorted(names)
    return _move(setting, near[names.index(following[0])], move.dose, reason)


def _near(setting: Setting, routine: Routine, old: Exercise) -> list[Candidate]:
    """What may stand in the place of a move: for the same, as high above the floor, not there already."""
    there = {move.exercise for move in routine.moves}
    recipe = _as_recipe(setting, routine, old)
    found = candidates(setting, recipe, recipe.slots[0], usable(setting, recipe))
    upright = old.position in UPRIGHT
    return [c for c in found if c.exercise.id not in there and (c.exercise.position in UPRIGHT) is upright]


def _as_recipe(setting: Setting, routine: Routine, old: Exercise) -> Recipe:
    """What the moves of a routine tell of its recipe, as far as one move is concerned."""
    known = [setting.library[m.exercise] for m in routine.moves if m.exercise in setting.library]
    positions = frozenset(exercise.position for exercise in known)
    is_standing = positions == {Position.STANDING}
    is_seated = positions == {Position.SITTING} and routine.wish.recipe is not None  # as was asked for
    return Recipe(
        id=routine.recipe,
        name="",
        words=(),
        place=routine.place,
        equipment=frozenset(name for exercise in known for name in exercise.equipment),
        minutes=routine.minutes,
        audience=Audience.GENERAL,
        slots=(Slot(purpose=old.purpose, count=1),),
        positions=positions if is_standing or is_seated else frozenset(),
    )


def _move(setting: Setting, chosen: Candidate, dose: Dose, reason: str) -> Move:
    exercise = chosen.exercise
    return Move(
        exercise=exercise.id,
        dose=like(exercise.dose, dose.total),
        form=setting.readiness.form(exercise),
        reasons=(f"for_{exercise.purpose.value}:{exercise.muscles}", reason, *chosen.reasons),
    )
