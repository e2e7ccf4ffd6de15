"""Which recipes are for today, the first choice first. Pure."""

from dataclasses import replace

from bot.core.exercises.exercise import Purpose
from bot.core.routines.choosing import Setting, chance
from bot.core.routines.recipes import Audience, Recipe, Recipes

ALSO_IN = {"gym": ("floor",)}  # recipes of which place can be done in another
HOME = "floor"  # where people train who said nothing of it
STRENUOUS = 3  # strengthening moves on the day before, from which today is a lighter one


def recipes_in_turn(setting: Setting, recipes: Recipes) -> list[Recipe]:
    """The recipes for today, the first choice first; just the one that was asked for, if any was."""
    if setting.wish.recipe is not None:
        recipe = recipes[setting.wish.recipe]
        usual = _place(setting) if recipe.place == "anywhere" else recipe.place
        return [replace(recipe, place=setting.wish.place or usual)]
    fitting = [r for r in recipes.values() if _is_for(setting, r)]
    rested = not _was_strenuous(setting)
    wanted = setting.wish.equipment or frozenset()
    in_turn = sorted(
        fitting,
        key=lambda r: (
            r.audience is not audience(setting),
            not wanted <= r.equipment,
            r.is_strenuous is not rested,
            chance(setting, r.id),
        ),
    )
    return [replace(recipe, place=_place_of(setting, recipe)) for recipe in in_turn]


def _place(setting: Setting) -> str:
    """Where the person trains today."""
    return setting.wish.place or setting.profile.place or HOME


def _place_of(setting: Setting, recipe: Recipe) -> str:
    """Where a recipe is done today: by its own thing, if that was asked for and no place was."""
    is_asked = not recipe.equipment.isdisjoint(setting.wish.equipment or ())
    is_there = recipe.place == "anywhere" or setting.wish.place is not None
    return recipe.place if is_asked and not is_there else _place(setting)


def _is_for(setting: Setting, recipe: Recipe) -> bool:
    place = _place_of(setting, recipe)
    audiences = {Audience.GENERAL, audience(setting)}
    return (
        recipe.audience in audiences
        and recipe.place in {place, "anywhere", *ALSO_IN.get(place, ())}
        and recipe.equipment <= setting.equipment
    )


def audience(setting: Setting) -> Audience:
    """Whom today's routine is for."""
    if setting.readiness.pregnant:
        return Audience.PREGNANCY
    return Audience.GENTLE if setting.wish.gentle else Audience.GENERAL


def _was_strenuous(setting: Setting) -> bool:
    known = setting.library
    purposes = [known[name].purpose for name in setting.past.yesterday if name in known]
    return purposes.count(Purpose.STRENGTHEN) >= STRENUOUS
