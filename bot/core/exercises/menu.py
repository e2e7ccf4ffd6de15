"""The exercises to choose from: shelves by purpose, place and equipment. Pure."""

from bot.core.exercises.exercise import Exercise, Purpose
from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Suggestion

PLACES = ("desk", "floor", "gym")
EQUIPMENT = ("none", "band", "ball", "dumbbells", "rowing_machine")
FURNITURE = frozenset(
    {"mat", "chair", "wall", "doorway", "table"}
)  # counts as no equipment: most rooms have it


class ExerciseMenu:
    """Shows which exercises there are."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._exercises = knowledge.exercises
        self._labels = knowledge.exercise_words.labels
        self._says = knowledge.messages

    def shelves(self, name: str = "") -> Reply:
        """The exercises for a purpose, place or equipment; or what there is to choose from."""
        found = [each for each in self._exercises.values() if name in _shelves_of(each)]
        if not found:
            names = [*(purpose.value for purpose in Purpose), *PLACES, *EQUIPMENT]
            buttons = tuple(
                Suggestion(label=self._labels.get(each, each), utterance=f"/exercises {each}")
                for each in names
                if any(each in _shelves_of(exercise) for exercise in self._exercises.values())
            )
            return _menu(self._says.exercises, buttons)
        back = Suggestion(label=self._says.back, utterance="/exercises")
        text = self._says.exercises_of.format(shelf=self._labels.get(name, name))
        return _menu(text, (*map(suggestion, found), back))


def suggestion(exercise: Exercise) -> Suggestion:
    """A button that opens an exercise."""
    return Suggestion(
        label=exercise.name, utterance=f"/show {exercise.key}", entry=exercise.key, topic=exercise.topic
    )


def _menu(text: str, suggestions: tuple[Suggestion, ...]) -> Reply:
    return Reply(kind=Kind.COMMAND, text=text, suggestions=suggestions, in_place=True)


def _shelves_of(exercise: Exercise) -> frozenset[str]:
    """Where an exercise is found: under its purpose, its places and its equipment."""
    tools = set(exercise.equipment) - FURNITURE
    return frozenset({exercise.purpose.value, *exercise.places, *(tools or {"none"})})
