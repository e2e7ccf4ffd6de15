"""Shows exercises: one with its steps, an easier or harder one, another one, or a shelf of them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.exercises.alternatives import alternatives, fitting
from bot.core.exercises.exercise import PREFIX, Condition, Dose, Exercise, Verdict
from bot.core.exercises.menu import ExerciseMenu, suggestion
from bot.core.exercises.questions import ExerciseQuestion, Form
from bot.core.messages import Messages
from bot.core.model import Disclaimer, Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Change, Profile
from bot.core.person.readiness import Answers, read_names, with_told
from bot.core.plain import STRONG
from bot.core.talk import Context, Kind, Reply, Suggestion

STOP_RULE = "pain"  # the disclaimer under every exercise
MAX_OTHERS = 3  # exercises that are offered in place of one
EVERYBODY = Readiness()  # nothing is known of whom it is for


class ExercisePages:
    """Shows the exercises to somebody for whom some conditions hold."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._exercises = knowledge.exercises
        self._words = knowledge.exercise_words
        self._says = knowledge.messages
        self.shelves = ExerciseMenu(knowledge).shelves

    def knows(self, key: str) -> bool:
        """Whether a name among the entries is that of an exercise."""
        return key.startswith(PREFIX) and key.removeprefix(PREFIX) in self._exercises

    def told(self, concepts: Iterable[str]) -> tuple[Condition, ...]:
        """The conditions that some decisive concepts, given as tokens, stand for."""
        names = (self._words.told.get(concept.removeprefix("@")) for concept in concepts)
        return tuple(name for name in names if name is not None)

    def told_in(self, context: Context | None) -> Answers:
        """What a person told in a talk, as answers to what is asked before a routine."""
        if context is None:
            return frozenset()
        return read_names([*(each.value for each in self.told(context.conditions)), *context.told])

    def without(self, context: Context, names: frozenset[str]) -> Context:
        """A context without the decisive concepts that stand for some conditions."""
        left = [each for each in context.conditions if names.isdisjoint(self.told([each]))]
        return replace(context, conditions=tuple(left))

    def concepts(self, context: Context | None) -> frozenset[str]:
        """The decisive concepts of what a person told, ticked or answered, or that a routine is fitted to."""
        state = context.routine if context else None
        if context is None:
            return frozenset()
        answers = ((state.answers or frozenset()) | state.ticked) if state else frozenset()
        known = {answer.value for answer in with_told(read_names(answers), read_names(context.told))}
        if state and state.session and "note_pregnancy" in state.session.routine.notes:
            known.add(Condition.PREGNANCY.value)
        conditions = frozenset(condition.removeprefix("@") for condition in context.conditions)
        return conditions | {name for name, condition in self._words.told.items() if condition.value in known}

    def answer(self, question: ExerciseQuestion, ready: Readiness = EVERYBODY) -> Reply:
        """The reply to a question about an exercise, for somebody of whom some things are known."""
        ready = ready.with_conditions(question.asked)
        first = self._exercises[question.exercises[0]]
        if question.form is Form.INSTEAD:
            return self._instead(self._in_place_of(question, first, ready), ready)
        if question.form is Form.MUSCLES:
            return self._muscles(first, ready)
        if ready.suits(first):
            if question.form in {Form.EASIER, Form.HARDER}:
                return self._variation(first, question.form, ready)
            if question.form is Form.DOSE:
                return self._how_much(first, ready)
            if question.form is Form.MISTAKES:
                return self._mistakes(first, ready)
        return self.show(first.key, ready)

    def show(self, key: str, ready: Readiness = EVERYBODY) -> Reply:
        """An exercise with its steps, or the reason why it is not for somebody, and what is."""
        exercise = self._exercises[key.removeprefix(PREFIX)]
        if not ready.suits(exercise):
            return self._refusal(exercise, ready)
        verdicts = list(self._verdicts(exercise, ready))
        usual = [self._says.exercise_usual] if verdicts else []
        lines = [
            _strong(exercise.name),
            *verdicts,
            *usual,
            _numbered(exercise.steps),
            self._dose(exercise),
            *self._heeding(exercise),
        ]
        reply = self._reply(exercise, lines, tuple(self._variations(exercise, ready)), ready)
        return replace(reply, picture=exercise.key, pictured=exercise.picture)

    def taken_back(self, shown: Reply, name: str, profile: Profile) -> Reply:
        """An exercise that was never to come again and may again, if it was such a one."""
        if name not in profile.never:
            return shown
        after = replace(profile, never=profile.never - {name})
        text = self._says.never_taken_back.format(name=self._exercises[name].name)
        return replace(shown, text=f"{text}\n\n{shown.text}", change=Change(profile=after))

    def left_out(self, name: str, profile: Profile) -> Reply:
        """The word that an exercise comes no more in routines, and how that is taken back."""
        after = replace(profile, never=profile.never | {name})
        text = self._says.never_kept.format(name=self._exercises[name].name)
        return Reply(
            kind=Kind.COMMAND,
            text=text,
            suggestions=(Suggestion(label=self._says.routine_to_card, utterance="/routine"),),
            change=Change(profile=after),
        )

    def card(self, name: str) -> Reply:
        """An exercise as it is quoted elsewhere, with nobody's conditions in mind."""
        return replace(self.show(f"{PREFIX}{name}"), title=self._exercises[name].name)

    def _refusal(self, exercise: Exercise, ready: Readiness) -> Reply:
        """Why an exercise is not for somebody, and what is: above all what the reason names."""
        verdicts = list(self._verdicts(exercise, ready))
        flat = [self._says.exercise_flat] if exercise.is_for(ready.to_suit) else []
        others = alternatives(exercise, self._exercises, ready)[:MAX_OTHERS]
        buttons = tuple(map(suggestion, others))
        return self._reply(exercise, [_strong(exercise.name), *verdicts, *flat], buttons, ready)

    def _variation(self, exercise: Exercise, form: Form, ready: Readiness) -> Reply:
        """How to make an exercise easier or harder, and the exercises that are."""
        says = self._says
        template, none, text, names = (
            (says.exercise_easier, says.exercise_no_easier, exercise.make_easier, exercise.easier)
            if form is Form.EASIER
            else (says.exercise_harder, says.exercise_no_harder, exercise.make_harder, exercise.harder)
        )
        others = fitting(self._some(names), ready)
        said = [template.format(name=exercise.name, text=text)] if text else []
        said += [says.exercise_stop.format(text=exercise.stop)] if text else []
        said += [says.exercise_or] if others else []
        lines = [*self._verdicts(exercise, ready), *(said or [none])]
        return self._reply(exercise, lines, tuple(map(suggestion, others)), ready)

    def _muscles(self, exercise: Exercise, ready: Readiness) -> Reply:
        """What an exercise works on."""
        group = self._knowledge.routine_words.labels.get(exercise.muscles, exercise.muscles)
        text = self._says.exercise_muscles.format(name=exercise.name, muscles=group)
        return self._reply(exercise, [text], (suggestion(exercise),), ready)

    def _mistakes(self, exercise: Exercise, ready: Readiness) -> Reply:
        """What often goes wrong in an exercise."""
        lines = [_strong(exercise.name), *self._verdicts(exercise, ready), *self._heeding(exercise)]
        reply = self._reply(exercise, lines, (suggestion(exercise),), ready)
        return replace(reply, topic=self._words.mistakes_in or reply.topic)

    def _heeding(self, exercise: Exercise) -> Iterator[str]:
        """What often goes wrong, and when to stop."""
        yield self._says.exercise_mistakes.format(mistakes=", ".join(exercise.mistakes))
        yield self._says.exercise_stop.format(text=exercise.stop)

    def _how_much(self, exercise: Exercise, ready: Readiness) -> Reply:
        """How often or how long an exercise is done."""
        lines = [_strong(exercise.name), *self._verdicts(exercise, ready), self._dose(exercise)]
        return self._reply(exercise, lines, (suggestion(exercise),), ready)

    def _dose(self, exercise: Exercise) -> str:
        dose = dose_in_words(exercise.dose, self._says)
        return self._says.exercise_dose.format(dose=dose, seconds=exercise.dose.total)

    def _in_place_of(
        self, question: ExerciseQuestion, exercise: Exercise, ready: Readiness
    ) -> list[Exercise]:
        """What may be done in place of what a question names, the best first."""
        if question.is_known:
            return alternatives(exercise, self._exercises, ready)
        return fitting(self._some(question.exercises), ready)

    def _some(self, names: Iterable[str]) -> list[Exercise]:
        return [self._exercises[name] for name in names]

    def _instead(self, others: Sequence[Exercise], ready: Readiness) -> Reply:
        """Another exercise with its steps, and further ones to choose from."""
        if not others:
            return replace(self.shelves(), text=self._says.exercise_no_other)
        best, *rest = others[: MAX_OTHERS + 1]
        reply = self.show(best.key, ready)
        offered = [each for each in reply.suggestions if each.entry is None]
        text = self._says.exercise_instead
        return replace(reply, text=f"{text}\n\n{reply.text}", suggestions=(*map(suggestion, rest), *offered))

    def _variations(self, exercise: Exercise, ready: Readiness) -> Iterator[Suggestion]:
        for names, label in (
            (exercise.easier, self._says.exercise_easier_button),
            (exercise.harder, self._says.exercise_harder_button),
        ):
            for other in fitting(self._some(names), ready):
                yield replace(suggestion(other), label=label.format(name=other.name))

    def _verdicts(self, exercise: Exercise, ready: Readiness) -> Iterator[str]:
        """What each condition means for an exercise; where one forbids it, only that."""
        is_for = exercise.is_for(ready.to_suit)
        for condition in ready.to_suit:
            suits, label = exercise.suits(condition), self._words.labels.get(condition, condition)
            if suits.verdict is Verdict.AVOID:
                yield self._says.exercise_not_for.format(condition=label, text=suits.text)
            elif is_for:
                text = suits.text or self._words.fine.get(condition, "")
                if suits.verdict is Verdict.OK and suits.text:
                    text = f"{self._words.fine.get(condition, '')} {text}".strip()
                yield self._says.exercise_for.format(condition=label, text=text)

    def _reply(
        self,
        exercise: Exercise,
        lines: Sequence[str],
        suggestions: tuple[Suggestion, ...],
        ready: Readiness,
    ) -> Reply:
        sources = Suggestion(label=self._says.sources_button, utterance=f"/sources {exercise.key}")
        return Reply(
            kind=Kind.ANSWER,
            text="\n\n".join(lines),
            entry=exercise.key,
            topic=self._topic(exercise, ready),
            suggestions=(*suggestions, sources),
            disclaimers=tuple(self.notes(ready.to_suit)),
        )

    def _topic(self, exercise: Exercise, ready: Readiness) -> str:
        for condition in ready.to_suit:
            if condition in self._words.topics:
                suitable, unsuitable = self._words.topics[condition]
                return suitable if ready.suits(exercise) else unsuitable
        return exercise.topic

    def notes(self, conditions: Sequence[Condition]) -> Iterator[Disclaimer]:
        """The disclaimers that belong under an exercise for somebody with some conditions."""
        notes, known = self._knowledge.vocabulary.notes, self._knowledge.disclaimers
        wanted = [*(notes[told] for told in notes if self._words.told.get(told) in conditions), STOP_RULE]
        return (known[name] for name in dict.fromkeys(wanted) if name in known)


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
