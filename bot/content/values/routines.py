"""Makes recipes out of what was written, once its shape is known to be sound."""

from bot.content.schema.routines import RecipeShape, RoutineWordsShape
from bot.core.routines.recipes import Recipe, RoutineWords, Slot


def recipe(name: str, shape: RecipeShape) -> Recipe:
    """A recipe."""
    return Recipe(
        id=name,
        name=shape.name,
        words=tuple(shape.words),
        place=shape.place,
        equipment=frozenset(shape.equipment),
        minutes=shape.minutes,
        audience=shape.audience,
        slots=tuple(
            Slot(purpose=slot.purpose, count=slot.count, muscles=tuple(slot.muscles)) for slot in shape.slots
        ),
        positions=frozenset(shape.positions),
        facts=tuple(shape.facts),
    )


def routine_words(shape: RoutineWordsShape) -> RoutineWords:
    """The words that explain routines."""
    return RoutineWords(
        reasons=shape.reasons, labels=shape.labels, refusals=shape.refusals, notes=shape.notes
    )
