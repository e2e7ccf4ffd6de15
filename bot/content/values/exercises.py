"""Makes exercises out of what was written, once its shape is known to be sound."""

from collections.abc import Collection

from bot.content.schema.exercises import ExerciseShape, ExerciseWordsShape, SuitabilityShape
from bot.content.values.entries import content_check
from bot.core.exercises.exercise import Dose, Exercise, ExerciseWords, Suitability


def exercise(name: str, shape: ExerciseShape, language: str, hidden: Collection[str]) -> Exercise:
    """An exercise; what an overlay has hidden, like "en/exercises/x", is no longer among its variations."""
    return Exercise(
        id=name,
        name=shape.name,
        other_names=tuple(shape.other_names),
        replaces=tuple(shape.replaces),
        topic=shape.topic,
        purpose=shape.purpose,
        muscles=shape.muscles,
        position=shape.position,
        places=frozenset(shape.places),
        equipment=tuple(shape.equipment),
        level=shape.level,
        steps=tuple(shape.steps),
        picture=shape.picture,
        first_side=shape.first_side,
        dose=Dose(**shape.dose.model_dump()),
        mistakes=tuple(shape.mistakes),
        make_easier=shape.make_easier,
        make_harder=shape.make_harder,
        easier=tuple(e for e in shape.easier if f"{language}/exercises/{e}" not in hidden),
        harder=tuple(h for h in shape.harder if f"{language}/exercises/{h}" not in hidden),
        suitability={condition: _suitability(said) for condition, said in shape.suitability.items()},
        stop=shape.stop,
        facts=tuple(shape.facts),
        checked=content_check(shape.checked),
    )


def _suitability(shape: SuitabilityShape) -> Suitability:
    return Suitability(verdict=shape.verdict, text=shape.text, needs=frozenset(shape.needs))


def exercise_words(shape: ExerciseWordsShape) -> ExerciseWords:
    """How people ask about exercises."""
    return ExerciseWords(
        forms={name: tuple(phrases) for name, phrases in shape.forms.items()},
        small=frozenset(shape.small),
        judging=frozenset(shape.judging),
        stand_ins=frozenset(shape.stand_ins),
        conditions={condition: tuple(phrases) for condition, phrases in shape.conditions.items()},
        told=shape.told,
        elsewhere=frozenset(shape.elsewhere),
        topics=shape.topics,
        fine=shape.fine,
        labels=shape.labels,
        mistakes_in=shape.mistakes_in,
        moves_in=frozenset(shape.moves_in),
        for_adults=frozenset(shape.for_adults),
        doses_in=frozenset(shape.doses_in),
    )
