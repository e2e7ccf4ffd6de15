"""Shows exercises: one with its steps, an easier or harder one, another one, or a shelf of them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.exercise_questions import ExerciseQuestion, Form
from bot.core.exercises import PREFIX, Condition, Dose, Exercise, Purpose, Verdict
from bot.core.messages import Messages
from bot.core.model import Disclaimer, Knowledge
from bot.core.plain import STRONG
from bot.core.talk import Kind, Reply, Suggestion

STOP_RULE = "pain"  # the disclaimer under every exercise
MAX_OTHERS = 3  # exercises that are offered in place of one
PLACES = ("desk", "floor", "gym")
EQUIPMENT = ("none", "band", "ball", "dumbbells", "rowing_machine")
FURNITURE = frozenset({"mat", "chair", "wall"})  # what most rooms have, so that it counts as no equipment


class ExercisePages:
    """Shows the exercises to somebody for whom some conditions hold."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._exercises = knowledge.exercises
        self._words = knowledge.exercise_words
        self._says = knowledge.messages

    def knows(self, key: str) -> bool:
        """Whether a name among the entries is that of an exercise."""
        return key.startswith(PREFIX) and key.removeprefix(PREFIX) in self._exercises

    def told(self, concepts: Iterable[str]) -> tuple[Condition, ...]:
        """The conditions that some decisive concepts, given as tokens, stand for."""
        names = (self._words.told.get(concept.removeprefix("@")) for concept in concepts)
        return tuple(name for name in names if name is not None)

    def answer(self, question: ExerciseQuestion, told: Sequence[Condition] = ()) -> Reply:
        """The reply to a question about an exercise, for somebody who has told of some conditions."""
        conditions = tuple(dict.fromkeys([*question.asked, *told]))
        first = self._exercises[question.exercises[0]]
        if question.form is Form.INSTEAD:
            known = self._others(first) if question.is_known else map(self._exercises.get, question.exercises)
            return self._instead([each for each in known if each], conditions)
        if question.form in {Form.EASIER, Form.HARDER} and first.is_for(conditions):
            return self._variation(first, question.form, conditions)
        return self.show(first.key, conditions)

    def show(self, key: str, conditions: Sequence[Condition] = ()) -> Reply:
        """An exercise with its steps, or the reason why it is not for somebody, and what is."""
        exercise = self._exercises[key.removeprefix(PREFIX)]
        if not exercise.is_for(conditions):
            return self._refusal(exercise, conditions)
        verdicts = list(self._verdicts(exercise, conditions))
        usual = [self._says.exercise_usual] if verdicts else []
        lines = [
            _strong(exercise.name),
            *verdicts,
            *usual,
            _numbered(exercise.steps),
            self._says.exercise_dose.format(
                dose=dose_in_words(exercise.dose, self._says), seconds=exercise.dose.total
            ),
            self._says.exercise_mistakes.format(mistakes=", ".join(exercise.mistakes)),
            self._says.exercise_stop.format(text=exercise.stop),
        ]
        return self._reply(exercise, lines, tuple(self._variations(exercise, conditions)), conditions)

    def card(self, name: str) -> Reply:
        """An exercise as it is quoted elsewhere, with nobody's conditions in mind."""
        return replace(self.show(f"{PREFIX}{name}"), title=self._exercises[name].name)

    def shelves(self, name: str = "") -> Reply:
        """The exercises for a purpose, place or equipment; or what there is to choose from."""
        found = [each for each in self._exercises.values() if name in _shelves_of(each)]
        if not found:
            names = [*(purpose.value for purpose in Purpose), *PLACES, *EQUIPMENT]
            buttons = tuple(
                Suggestion(label=self._words.labels.get(each, each), utterance=f"/exercises {each}")
                for each in names
                if any(each in _shelves_of(exercise) for exercise in self._exercises.values())
            )
            return self._menu(self._says.exercises, buttons)
        back = Suggestion(label=self._says.back, utterance="/exercises")
        text = self._says.exercises_of.format(shelf=self._words.labels.get(name, name))
        return self._menu(text, (*map(self.suggest, found), back))

    def suggest(self, exercise: Exercise) -> Suggestion:
        """A button that opens an exercise."""
        return Suggestion(
            label=exercise.name, utterance=f"/show {exercise.key}", entry=exercise.key, topic=exercise.topic
        )

    def _refusal(self, exercise: Exercise, conditions: Sequence[Condition]) -> Reply:
        """Why an exercise is not for somebody, and what is: above all what the reason names."""
        verdicts = list(self._verdicts(exercise, conditions))
        reasons = " ".join(verdicts).lower()
        named = [each for each in self._exercises.values() if each.name.lower() in reasons]
        fitting = [
            *self._fitting(named, conditions),
            *self._fitting(self._others(exercise), conditions),
        ]
        others = list({each.id: each for each in fitting}.values())[:MAX_OTHERS]
        buttons = tuple(map(self.suggest, others))
        return self._reply(exercise, [_strong(exercise.name), *verdicts], buttons, conditions)

    def _variation(self, exercise: Exercise, form: Form, conditions: Sequence[Condition]) -> Reply:
        """How to make an exercise easier or harder, and the exercises that are."""
        says = self._says
        template, none, text, names = (
            (says.exercise_easier, says.exercise_no_easier, exercise.make_easier, exercise.easier)
            if form is Form.EASIER
            else (says.exercise_harder, says.exercise_no_harder, exercise.make_harder, exercise.harder)
        )
        others = self._fitting((self._exercises[name] for name in names), conditions)
        said = [template.format(name=exercise.name, text=text)] if text else []
        said += [says.exercise_stop.format(text=exercise.stop)] if text else []
        said += [says.exercise_or] if others else []
        lines = [*self._verdicts(exercise, conditions), *(said or [none])]
        return self._reply(exercise, lines, tuple(map(self.suggest, others)), conditions)

    def _instead(self, others: Sequence[Exercise], conditions: Sequence[Condition]) -> Reply:
        """Another exercise with its steps, and further ones to choose from."""
        fitting = self._fitting(others, conditions)
        if not fitting:
            return self._menu(self._says.exercise_no_other, self.shelves().suggestions)
        best, *rest = fitting[: MAX_OTHERS + 1]
        reply = self.show(best.key, conditions)
        offered = [each for each in reply.suggestions if each.entry is None]
        text = self._says.exercise_instead
        return replace(
            reply, text=f"{text}\n\n{reply.text}", suggestions=(*map(self.suggest, rest), *offered)
        )

    def _others(self, exercise: Exercise) -> list[Exercise]:
        """What may take an exercise's place: its variations, then what trains the same."""
        linked = [self._exercises[name] for name in (*exercise.easier, *exercise.harder)]
        alike = [
            each
            for each in self._exercises.values()
            if each.purpose is exercise.purpose and each.muscles == exercise.muscles
        ]
        same = [each for each in self._exercises.values() if each.purpose is exercise.purpose]
        found = {each.id: each for each in (*linked, *alike, *same) if each.id != exercise.id}
        return list(found.values())

    def _fitting(self, exercises: Iterable[Exercise], conditions: Sequence[Condition]) -> list[Exercise]:
        """Those of some exercises that are for somebody; those in their usual form first."""
        fitting = [exercise for exercise in exercises if exercise.is_for(conditions)]
        changed = {
            each.id: any(each.suits(c).verdict is Verdict.MODIFY for c in conditions) for each in fitting
        }
        return sorted(fitting, key=lambda exercise: changed[exercise.id])

    def _variations(self, exercise: Exercise, conditions: Sequence[Condition]) -> Iterator[Suggestion]:
        for names, label in (
            (exercise.easier, self._says.exercise_easier_button),
            (exercise.harder, self._says.exercise_harder_button),
        ):
            for other in self._fitting((self._exercises[name] for name in names), conditions):
                yield replace(self.suggest(other), label=label.format(name=other.name))

    def _verdicts(self, exercise: Exercise, conditions: Sequence[Condition]) -> Iterator[str]:
        """What each condition means for an exercise; where one forbids it, only that."""
        is_for = exercise.is_for(conditions)
        for condition in conditions:
            suits, label = exercise.suits(condition), self._words.labels.get(condition, condition)
            if suits.verdict is Verdict.AVOID:
                yield self._says.exercise_not_for.format(condition=label, text=suits.text)
            elif is_for:
                text = suits.text or self._words.fine.get(condition, "")
                yield self._says.exercise_for.format(condition=label, text=text)

    def _reply(
        self,
        exercise: Exercise,
        lines: Sequence[str],
        suggestions: tuple[Suggestion, ...],
        conditions: Sequence[Condition],
    ) -> Reply:
        sources = Suggestion(label=self._says.sources_button, utterance=f"/sources {exercise.key}")
        return Reply(
            kind=Kind.ANSWER,
            text="\n\n".join(lines),
            entry=exercise.key,
            topic=self._topic(exercise, conditions),
            suggestions=(*suggestions, sources),
            disclaimers=tuple(self.notes(conditions)),
        )

    def _topic(self, exercise: Exercise, conditions: Sequence[Condition]) -> str:
        for condition in conditions:
            if condition in self._words.topics:
                suitable, unsuitable = self._words.topics[condition]
                is_unsuitable = exercise.suits(condition).verdict is Verdict.AVOID
                return unsuitable if is_unsuitable else suitable
        return exercise.topic

    def notes(self, conditions: Sequence[Condition]) -> Iterator[Disclaimer]:
        """The disclaimers that belong under an exercise for somebody with some conditions."""
        notes, known = self._knowledge.vocabulary.notes, self._knowledge.disclaimers
        wanted = [*(notes[told] for told in notes if self._words.told.get(told) in conditions), STOP_RULE]
        return (known[name] for name in dict.fromkeys(wanted) if name in known)

    def _menu(self, text: str, suggestions: tuple[Suggestion, ...]) -> Reply:
        return Reply(kind=Kind.COMMAND, text=text, suggestions=suggestions, in_place=True)


def _shelves_of(exercise: Exercise) -> frozenset[str]:
    """Where an exercise is found: under its purpose, its places and its equipment."""
    tools = set(exercise.equipment) - FURNITURE
    return frozenset({exercise.purpose.value, *exercise.places, *(tools or {"none"})})


def dose_in_words(dose: Dose, says: Messages) -> str:
    """How much of an exercise, like "5 times on each side"."""
    if dose.seconds:
        text = says.exercise_seconds.format(count=dose.seconds)
    else:
        text = says.exercise_times.format(count=dose.repetitions)
    if dose.per_side:
        text = says.exercise_each_side.format(dose=text)
    return says.exercise_rounds.format(dose=text, count=dose.sets) if dose.sets > 1 else text


def _numbered(steps: Sequence[str]) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _strong(name: str) -> str:
    return f"{STRONG}{name}{STRONG}"
