"""What a recipe must have: names that nobody else has, exercises for each slot, and words for its rules."""

import string
from collections.abc import Iterator, Mapping

from bot.content.findings import Finding
from bot.content.library import LanguageContent
from bot.content.rules.same_names import same_names
from bot.content.shelves import Item
from bot.core.exercises.exercise import Condition, Exercise, Position
from bot.core.routines.choosing import AT_HAND, UPRIGHT, USUALLY_AT_HAND, fits_place
from bot.core.routines.reasons import NOTES, REASONS, REFUSALS
from bot.core.routines.recipes import Audience, Recipe, Slot
from bot.core.routines.sharing import mark
from bot.core.understanding.text import key

ENOUGH = 2  # exercises for one place in a slot, so that not every day is the same


def unsound_recipes(content: LanguageContent) -> Iterator[Finding]:
    """Every fault of the recipes that can be seen without composing."""
    recipes = content.knowledge.recipes
    for name, recipe in recipes.items():
        item = content.item("routines", name)
        yield from _slots(item, recipe, content.knowledge.exercises)
        yield from _desk(item, recipe)
    if recipes:
        yield from _audiences(content)
    yield from _shared_words(content)
    yield from _shared_marks(content, "exercises")
    yield from _shared_marks(content, "routines")


def routine_words(content: LanguageContent) -> Iterator[Finding]:
    """Sentences and labels that are missing, that nothing says, or that are filled in wrongly."""
    item = content.shelves.get("routine_words", {}).get("routine_words")
    if item is None:
        recipes = content.shelves["routines"]
        for name in sorted(recipes)[:1]:
            problem = "There are no words to explain routines"
            yield recipes[name].place().finding(problem, "Write routine_words.yaml beside the folder")
        return
    words = content.knowledge.routine_words
    for section, written, needed in (
        ("reasons", words.reasons, frozenset(REASONS)),
        ("labels", words.labels, _labels(content)),
        ("refusals", words.refusals, REFUSALS),
        ("notes", words.notes, NOTES),
    ):
        yield from same_names(item, section, written, needed)
    for name, text in words.reasons.items():
        yield from _braces(item, name, text)


def _labels(content: LanguageContent) -> frozenset[str]:
    knowledge = content.knowledge
    muscles = {exercise.muscles for exercise in knowledge.exercises.values()}
    equipment = {name for recipe in knowledge.recipes.values() for name in recipe.equipment}
    return frozenset({*muscles, *equipment, *Position, *Condition})


def _braces(item: Item, name: str, text: str) -> Iterator[Finding]:
    """What a sentence has in braces; it may leave out what fills it, but has nothing else."""
    try:
        found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        found = {"{"}
    allowed = REASONS.get(name, ())
    if not found.issubset(allowed):
        listed = ", ".join(f"{{{field}}}" for field in allowed) or "no words in braces"
        problem = "The words in braces are not those that the bot fills in"
        yield item.place("reasons", name).finding(problem, f"Use {listed}")


def _slots(item: Item, recipe: Recipe, exercises: Mapping[str, Exercise]) -> Iterator[Finding]:
    for number, slot in enumerate(recipe.slots):
        fitting = [e for e in exercises.values() if _fits(e, recipe, slot)]
        wanted = slot.count + (ENOUGH - 1 if not slot.muscles and slot.count > 1 else 0)
        if len(fitting) < wanted:
            problem = f"Only {len(fitting)} exercises fit here, and {wanted} are needed for some variety"
            yield item.place("slots", number).finding(problem, "Lower the count, or open the recipe to more")
    used = {name for e in exercises.values() if fits_place(e, recipe.place) for name in e.equipment}
    for name in sorted(recipe.equipment - used):
        problem = f"No exercise that fits here uses {name!r}"
        yield item.place("equipment").finding(problem, "Take it out, or write an exercise with it")


def _fits(exercise: Exercise, recipe: Recipe, slot: Slot) -> bool:
    at_hand = AT_HAND.get(recipe.place, USUALLY_AT_HAND) | recipe.equipment
    return (
        exercise.purpose is slot.purpose
        and (not slot.muscles or exercise.muscles in slot.muscles)
        and (not recipe.positions or exercise.position in recipe.positions)
        and fits_place(exercise, recipe.place)
        and at_hand.issuperset(exercise.equipment)
    )


def _desk(item: Item, recipe: Recipe) -> Iterator[Finding]:
    if recipe.place == "desk" and recipe.positions - UPRIGHT:
        yield item.place("positions").finding("Nobody lies down at a desk", "Leave standing and sitting")


def _audiences(content: LanguageContent) -> Iterator[Finding]:
    """Whoever asks for no recipe by its name must find one."""
    recipes = content.knowledge.recipes
    plain = {recipe.audience for recipe in recipes.values() if not recipe.equipment}
    item = content.item("routines", min(recipes))
    for audience in Audience:
        if audience not in plain:
            problem = f"No recipe without equipment is for {audience.value!r}"
            yield item.place("audience").finding(problem, "Write one, or change this one")


def _shared_words(content: LanguageContent) -> Iterator[Finding]:
    called: dict[str, str] = {}
    for name, recipe in content.knowledge.recipes.items():
        item = content.item("routines", name)
        for number, word in enumerate(recipe.words):
            other = called.setdefault(key(word), name)
            if other != name:
                problem = f"{other!r} is called {word!r} too"
                yield item.place("words", number).finding(problem, "Take the word out in one of them")


def _shared_marks(content: LanguageContent, kind: str) -> Iterator[Finding]:
    """Ids that look alike in the codes by which routines are shared."""
    marked: dict[bytes, str] = {}
    for name in sorted(content.shelves[kind]):
        other = marked.setdefault(mark(name), name)
        if other != name:
            problem = f"In shared codes the id can't be told from {other!r}"
            yield content.item(kind, name).place().finding(problem, "Rename the file")
