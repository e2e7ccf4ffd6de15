"""Answers about exercises, fitted to what a person told; or why there is none for them now. Pure."""

from dataclasses import replace

from bot.core.exercises.exercise import PREFIX
from bot.core.exercises.pages import ExercisePages
from bot.core.exercises.questions import ExerciseQuestions, Form
from bot.core.model import Knowledge
from bot.core.pages import Pages
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer, Answers, clinician_is_open, refusal
from bot.core.person.readiness_pages import ROUTINE_TOPIC, ReadinessPages
from bot.core.person.visits import readiness, supposed_answers
from bot.core.player.pages import at_step
from bot.core.safety.pages import SafetyPages
from bot.core.talk import Context, Kind, Reply, Suggestion
from bot.core.understanding.interpreter import Interpreter
from bot.core.understanding.text import key

# With these no exercise is shown at all; with the others it is, below the word that training must wait.
BARRED = (Answer.UNDER_16, Answer.ADVISED_AGAINST, Answer.SERIOUS, Answer.LEG_SYMPTOMS)
NO_LISTS = (*BARRED, Answer.OSTEOPOROSIS)  # with these nothing that names exercises for everybody
WAITING = (Answer.ILL, Answer.NOT_ASKED)


class ExerciseAnswers:
    """Shows exercises that were asked for, by their names or in a question."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages, interpreter: Interpreter) -> None:
        self._exercises = exercises
        self._dialogue = interpreter.dialogue
        self._pages = Pages(knowledge)
        self._paused = SafetyPages(knowledge, self._pages).paused
        self._refused = ReadinessPages(knowledge).refused
        self._refusals = knowledge.routine_words.refusals
        self._with_moves = knowledge.exercise_words.moves_in
        self._for_adults = knowledge.exercise_words.for_adults
        self._doses = knowledge.exercise_words.doses_in
        self._titles = frozenset(key(entry.title) for entry in knowledge.entries.values())
        self._questions = ExerciseQuestions(
            knowledge.exercises, knowledge.exercise_words, knowledge.vocabulary
        )
        self.named_in = self._questions.named_in

    def show(self, name: str, context: Context | None, profile: Profile) -> Reply:
        """An exercise, by its name among the entries."""
        if not self._exercises.knows(name):
            return self._pages.gone()
        answers = self._answers(context, profile)
        return self._unless_barred(self._exercises.show(name, readiness(answers)), context, answers)

    def concern(self, text: str, context: Context | None) -> bool:
        """Whether a question is one about an exercise."""
        return self._questions.find(text, self._shown_last(context), ()) is not None

    def asked(self, text: str, context: Context | None, profile: Profile) -> Reply | None:
        """The reply to a question about an exercise; None: it is something else."""
        answers = self._answers(context, profile)
        confessed = self._exercises.told(self._dialogue.confessed(text))
        ready = readiness(answers).with_conditions(confessed)
        question = self._questions.find(text, self._shown_last(context), ready.to_suit)
        if question is None or key(text) in self._titles:
            return None
        reply = replace(self._exercises.answer(question, ready), score=1.0)
        if question.form is Form.NEVER:
            return self._exercises.left_out(question.exercises[0], profile)
        if question.form is Form.AGAIN:
            reply = self._exercises.taken_back(reply, question.exercises[0], profile)
        return self._unless_barred(reply, context, answers)

    def steer(self, text: str, context: Context | None) -> str | None:
        """The utterance that leaves out the move that somebody is at, if words say so by its name."""
        session = context.routine.session if context and context.routine else None
        question = self._questions.find(text) if session and _move_of(context) else None
        if session is None or question is None or question.form is not Form.NEVER:
            return None
        return f"{at_step(session)} never" if question.exercises[0] == _move_of(context) else None

    def has_moves(self, reply: Reply) -> bool:
        """Whether an answer names exercises or doses or is for adults, or a question back leads to such."""
        if reply.kind is Kind.CLARIFICATION:
            return any(map(self._leads_to_moves, reply.suggestions))
        topics = {ROUTINE_TOPIC, *self._with_moves, *self._for_adults, *self._doses}
        return reply.kind is Kind.ANSWER and reply.topic in topics

    def unless_refused(self, reply: Reply, context: Context | None, profile: Profile) -> Reply:
        """A reply; or why somebody gets none, if it is a routine, or names or offers exercises to do."""
        if not self.has_moves(reply) or self._exercises.knows(reply.entry or ""):
            return reply
        answers = self._answers(context, profile)
        is_advice = reply.topic in self._for_adults and reply.topic not in self._doses
        if context and context.alert and not is_advice:
            return self._paused(context.alert.flag, reply.topic or ROUTINE_TOPIC)
        if reply.topic in self._for_adults | self._doses:
            is_young = Answer.UNDER_16 in answers
            return self._instead_of(reply, Answer.UNDER_16 if is_young else None, context)
        if reply.kind is Kind.ANSWER and reply.topic != ROUTINE_TOPIC:
            barred = next((answer for answer in NO_LISTS if answer in answers), None)
            waits = _waits(answers) if barred is None else None
            return self._below(waits, reply) if waits else self._instead_of(reply, barred, context)
        barred = _waits(answers) if reply.kind is Kind.CLARIFICATION else None
        return self._instead_of(reply, refusal(answers) or barred, context)

    def shelves(self, name: str, context: Context | None, profile: Profile) -> Reply:
        """The exercises to choose from; or why there are none for somebody."""
        answers, shelves = self._answers(context, profile), self._exercises.shelves(name)
        barred, waits = self._barred(shelves, context, answers), _waits(answers)
        return barred or (self._below(waits, shelves) if waits else shelves)

    def _instead_of(self, reply: Reply, barred: Answer | None, context: Context | None) -> Reply:
        """A reply; or, if something stands against it, the reason, and what is left of its offers."""
        if barred is None:
            return reply
        left = [each for each in reply.suggestions if each.entry and not self._leads_to_moves(each)]
        refused = self._refused(barred, was_told=_is_told(barred, context))
        offered = left if reply.kind is Kind.CLARIFICATION else []
        buttons = {each.utterance: each for each in (*refused.suggestions, *offered)}
        return replace(refused, suggestions=tuple(buttons.values()))

    def _below(self, waits: Answer, reply: Reply) -> Reply:
        """A reply below the word that training must wait."""
        return replace(reply, text=f"{self._refusals[f'refused_{waits.value}']}\n\n{reply.text}")

    def _leads_to_moves(self, offered: Suggestion) -> bool:
        return offered.topic in {ROUTINE_TOPIC, *self._with_moves}

    def _shown_last(self, context: Context | None) -> str | None:
        """The exercise that "it" means: the one just shown, or the move that somebody is led through."""
        entry = context.entry or "" if context else ""
        shown = entry.removeprefix(PREFIX) if self._exercises.knows(entry) else None
        move = _move_of(context)
        is_just_shown = context is not None and context.kind is Kind.ANSWER and shown is not None
        return shown if move is None or is_just_shown else move

    def _answers(self, context: Context | None, profile: Profile) -> Answers:
        """What a person answered, told or ticked that exercises must suit."""
        return supposed_answers(context, profile, self._exercises.told_in(context))

    def _unless_barred(self, reply: Reply, context: Context | None, answers: Answers) -> Reply:
        """A reply with an exercise; or the word that training pauses, or that no exercise is for somebody."""
        waits = next((answer for answer in WAITING if answer in answers), None)
        barred = self._barred(reply, context, answers)
        return barred or (self._below(waits, reply) if waits else reply)

    def _barred(self, reply: Reply, context: Context | None, answers: Answers) -> Reply | None:
        """Why there are no exercises at all in place of a reply. None: nothing stands against them."""
        if context and context.alert:
            return self._paused(context.alert.flag, reply.topic or "")
        barred = next((answer for answer in BARRED if answer in answers), None)
        return self._refused(barred, was_told=_is_told(barred, context)) if barred else None


def _waits(answers: Answers) -> Answer | None:
    """For whose sake a list of exercises stands below the word that training must wait."""
    if Answer.OSTEOPOROSIS in answers:
        return Answer.OSTEOPOROSIS
    if Answer.ILL in answers:
        return Answer.ILL
    return Answer.NOT_ASKED if Answer.NOT_ASKED in answers or clinician_is_open(answers) else None


def _move_of(context: Context | None) -> str | None:
    """The exercise that somebody is at who is led through a routine."""
    session = context.routine.session if context and context.routine else None
    return session.move.exercise if session and session.playing and not session.is_over else None


def _is_told(answer: Answer, context: Context | None) -> bool:
    """Whether somebody told of something in words, and not as an answer."""
    return context is not None and answer.value in context.told
