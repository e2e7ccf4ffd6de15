"""Which exercises may take the place of one for somebody, the best first. Pure."""

from collections.abc import Iterable, Mapping

from bot.core.exercises.exercise import Condition, Exercise, Purpose, Verdict
from bot.core.person.eligibility import Readiness

Library = Mapping[str, Exercise]


def alternatives(exercise: Exercise, library: Library, ready: Readiness) -> list[Exercise]:
    """What may be done in place of an exercise: what its own file names, then what else fits."""
    named = [each for each in _named(exercise, library, ready) if ready.allows(each)]
    found = [*named, *fitting(_others(exercise, library), ready)] or _gentle(exercise, library)
    return list({each.id: each for each in found}.values())


def fitting(exercises: Iterable[Exercise], ready: Readiness) -> list[Exercise]:
    """Those of some exercises that are for somebody; those in their usual form first."""
    found = [exercise for exercise in exercises if ready.allows(exercise)]
    return sorted(found, key=lambda each: any(_is_changed(each, c) for c in ready.to_suit))


def _is_changed(exercise: Exercise, condition: Condition) -> bool:
    return exercise.suits(condition).verdict is Verdict.MODIFY


def _named(exercise: Exercise, library: Library, ready: Readiness) -> list[Exercise]:
    """The exercises that a file names in what it says to somebody, in the order in which it does."""
    text = " ".join(exercise.suits(condition).text for condition in ready.to_suit).lower()
    found: dict[int, Exercise] = {}
    for other in sorted(library.values(), key=lambda each: -len(each.name)):
        place = text.find(other.name.lower())
        if place >= 0 and other.id != exercise.id:
            found[place] = other
        text = text.replace(other.name.lower(), " " * len(other.name))
    return [found[place] for place in sorted(found)]


def _others(exercise: Exercise, library: Library) -> list[Exercise]:
    """The variations of an exercise, then what trains the same, then what is for the same."""
    linked = [library[name] for name in (*exercise.easier, *exercise.harder)]
    same = [each for each in library.values() if each.purpose is exercise.purpose]
    alike = [each for each in same if each.muscles == exercise.muscles]
    found = {each.id: each for each in (*linked, *alike, *same) if each.id != exercise.id}
    return list(found.values())


def _gentle(exercise: Exercise, library: Library) -> list[Exercise]:
    """Moves for everybody, where nothing else is left: to loosen up is a break too."""
    return [
        each
        for each in library.values()
        if each.purpose is Purpose.MOBILISE
        and each.level == 1
        and not each.equipment
        and each.id != exercise.id
        and each.is_for(Condition)
    ]
