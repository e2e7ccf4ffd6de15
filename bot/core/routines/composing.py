"""Which exercises today, in which order, how much of each, and why. Pure.

A routine follows from the profile, what was done before today, the day and the knowledge: the same of these
give the same routine, whenever it is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.core.exercises.exercise import Dose, Exercise
from bot.core.person.eligibility import Readiness, refusal
from bot.core.person.profile import Profile
from bot.core.routines.arranging import arranged, by_zones
from bot.core.routines.choosing import Candidate, Setting, candidates, look_back, usable, wished_tools
from bot.core.routines.doses import MAX_MINUTES, fitted, span
from bot.core.routines.recipe_order import audience, recipes_in_turn
from bot.core.routines.recipes import Audience, Felt, Move, NoRoutine, Recipe, Recipes, Routine, Wish

MAX_MOVES = 12
MOST_OFF = 4  # moves by which a routine may have more or less than its recipe
MAT = "mat"
OF_LATE = 7  # days for which it counts that something felt worse


def compose(  # noqa: PLR0913, PLR0917  # all that a routine follows from
    library: Mapping[str, Exercise],
    recipes: Recipes,
    profile: Profile,
    readiness: Readiness,
    day: date,
    wish: Wish,
    version: str,
) -> Routine | NoRoutine:
    """The routine of a day, or why there is none.

    Of the history only what was done before `day` counts; its moments are those of the person's own clock.
    """
    ready = readiness.of(profile)
    refused = refusal(ready) or _contradiction(library, recipes, wish)
    if refused:
        return refused
    eased = wish.gentle or ready.is_gentle_only or _was_worse(profile, day, 1)
    setting = Setting(
        library=library,
        profile=profile,
        readiness=ready,
        day=day,
        wish=replace(wish, gentle=eased, harder=wish.harder and not eased),
        version=version,
        past=look_back(profile, day),
    )
    recipe, moves = _fullest(setting, recipes)
    if recipe is None:
        return NoRoutine(reason="no_routine_nothing_fits")
    return _routine(setting, recipe, moves, wish)


def _routine(setting: Setting, recipe: Recipe, moves: tuple[Move, ...], asked: Wish) -> Routine:
    """A routine of these moves, with what is to be said of it to whoever asked."""
    used = {tool for move in moves for tool in setting.library[move.exercise].equipment}
    wished = wished_tools(setting, recipe)
    lacking = ("note_without",) if wished and wished.isdisjoint(used) else ()
    is_other = audience(setting) is Audience.GENTLE and recipe.audience is not Audience.GENTLE
    eased = ("note_gently",) if is_other and setting.wish.recipe is None else ()
    return Routine(
        recipe=recipe.id,
        day=setting.day,
        wish=setting.wish,
        moves=moves,
        version=setting.version,
        place=recipe.place,
        notes=(*_notes(setting, asked), *lacking, *eased),
    )


def _contradiction(library: Mapping[str, Exercise], recipes: Recipes, wish: Wish) -> NoRoutine | None:
    """What is asked for and cannot be."""
    known = {name for exercise in library.values() for name in exercise.equipment}
    impossible = {
        "no_routine_hard_and_gentle": wish.gentle and wish.harder,
        "no_routine_minutes": wish.minutes is not None and not 1 <= wish.minutes <= MAX_MINUTES,
        "no_routine_recipe": wish.recipe is not None and wish.recipe not in recipes,
        "no_routine_equipment": bool((wish.equipment or frozenset()) - known),
    }
    return next((NoRoutine(reason=reason) for reason, holds in impossible.items() if holds), None)


def _was_worse(profile: Profile, day: date, days: int) -> bool:
    """Whether something felt worse on each of the last days on which there was training, of late."""
    done = [each for each in profile.history if 0 < (day - each.at.date()).days <= OF_LATE]
    trained = sorted({each.at.date() for each in done})[-days:]
    worse = {each.at.date() for each in done if each.felt == Felt.WORSE}
    return len(trained) == days and worse.issuperset(trained)


def _notes(setting: Setting, wish: Wish) -> Iterator[str]:
    """What must be said before the routine starts."""
    yield from setting.readiness.notes
    if _was_worse(setting.profile, setting.day, 2):
        yield "note_worse_twice"
    elif _was_worse(setting.profile, setting.day, 1) and not wish.gentle:
        yield "note_worse"
    if MAT in setting.lacking:
        yield "note_no_mat"


def _moves(setting: Setting, recipe: Recipe) -> tuple[Move, ...]:
    """The moves of a recipe in its time; none if too little suits to fill it."""
    may = usable(setting, recipe)
    found = [by_zones(candidates(setting, recipe, slot, may)) for slot in recipe.slots]
    time, wanted = span(setting.wish, recipe.minutes), _wanted(setting, recipe)
    partly: tuple[Move, ...] = ()
    for count in _counts(setting, recipe):
        slots = [replace(s, count=c) for s, c in zip(recipe.slots, _shared(recipe, count), strict=True)]
        chosen = arranged(slots, found)
        doses = fitted([c.exercise.dose for c in chosen], time, setting.wish) if chosen else None
        if doses and _is_nearly(len(chosen), wanted):
            return _explained(setting, chosen, doses)
        if doses and not partly:
            partly = _explained(setting, chosen, doses)
    return partly


def _explained(setting: Setting, chosen: Sequence[Candidate], doses: Sequence[Dose]) -> tuple[Move, ...]:
    return tuple(
        Move(
            exercise=c.exercise.id,
            dose=dose,
            form=setting.readiness.form(c.exercise),
            reasons=_reasons(setting, chosen, number),
        )
        for number, (c, dose) in enumerate(zip(chosen, doses, strict=True))
    )


def _fullest(setting: Setting, recipes: Recipes) -> tuple[Recipe | None, tuple[Move, ...]]:
    """The first recipe that can nearly be filled, else the one of which the least is missing.

    A gentle day stays one if half its moves are there: rounds fill its time.
    """
    found: tuple[Recipe | None, tuple[Move, ...]] = (None, ())
    fewest = MAX_MOVES
    for recipe in recipes_in_turn(setting, recipes):
        moves = _moves(setting, recipe)
        wanted = _wanted(setting, recipe)
        is_gentle = recipe.audience is Audience.GENTLE and 2 * len(moves) >= wanted
        if moves and (is_gentle or _is_nearly(len(moves), wanted)):
            return recipe, moves
        if moves and wanted - len(moves) < fewest:
            found, fewest = (recipe, moves), wanted - len(moves)
    return found


def _is_nearly(count: int, wanted: int) -> bool:
    """Whether no more than a quarter of some moves is missing."""
    return 4 * (wanted - count) <= wanted


def _wanted(setting: Setting, recipe: Recipe) -> int:
    """How many moves the recipe has, or their share if another time was asked for."""
    usual = sum(slot.count for slot in recipe.slots)
    minutes = setting.wish.minutes or recipe.minutes
    return min(MAX_MOVES, max(1, round(usual * minutes / recipe.minutes)))


def _counts(setting: Setting, recipe: Recipe) -> list[int]:
    """How many moves to try, what is wanted first."""
    wanted = _wanted(setting, recipe)
    fewest = wanted - MOST_OFF
    if recipe.audience is Audience.GENTLE:
        fewest = min(fewest, (wanted + 1) // 2)
    around = range(max(1, fewest), min(MAX_MOVES, wanted + MOST_OFF) + 1)
    return sorted(around, key=lambda count: (abs(count - wanted), count))


def _shared(recipe: Recipe, count: int) -> list[int]:
    """So many moves shared out over the slots of a recipe, in its proportions."""
    usual = sum(slot.count for slot in recipe.slots)
    exact = [slot.count * count / usual for slot in recipe.slots]
    counts = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: (counts[n] - exact[n], n))
    for n in by_rest[: count - sum(counts)]:
        counts[n] += 1
    return counts


def _reasons(setting: Setting, chosen: Sequence[Candidate], number: int) -> tuple[str, ...]:
    """The rules that put a move where it is, each as routine_words has it."""
    this = chosen[number].exercise
    reasons = [f"for_{this.purpose.value}:{this.muscles}", *chosen[number].reasons]
    if number and chosen[number - 1].exercise.position is this.position:
        reasons.append(f"position:{this.position.value}")
    reasons += [f"suits:{condition.value}" for condition in setting.readiness.to_suit]
    if setting.wish.gentle:
        reasons.append("gentle")
    return tuple(reasons)
