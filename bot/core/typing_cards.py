"""Answers to choose from for somebody who is still typing, in any chat. Pure."""

from bot.core.entry_answers import MAX_OFFERED, USUAL_TOPICS, EntryAnswers
from bot.core.exercises.answers import ExerciseAnswers
from bot.core.exercises.pages import ExercisePages
from bot.core.model import Knowledge
from bot.core.pages import Pages
from bot.core.talk import Reply
from bot.core.understanding.interpreter import Interpreter
from bot.core.understanding.text import key

CARD_FROM = 0.05  # confidence from which an answer is among those to choose from


class TypingCards:
    """Finds them. What a text raises is known before."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that cards are made of
        self,
        knowledge: Knowledge,
        pages: Pages,
        interpreter: Interpreter,
        entries: EntryAnswers,
        exercises: ExercisePages,
        about_exercises: ExerciseAnswers,
    ) -> None:
        self._knowledge = knowledge
        self._pages = pages
        self._interpreter = interpreter
        self._entries = entries
        self._exercises = exercises
        self._about_exercises = about_exercises

    def cards(self, text: str) -> list[Reply]:
        """The exercises that a text names, then the likely answers; what is usual if it says nothing."""
        if not key(text):
            entries = self._knowledge.entries.values()
            usual = [next((e.id for e in entries if e.topic == topic), None) for topic in USUAL_TOPICS]
            return [self._pages.card(entry) for entry in usual if entry]
        known = self._knowledge.exercises
        named = [
            self._pages.quoted(self._exercises.card(name), known[name].facts)
            for name in self._about_exercises.named_in(text)[:MAX_OFFERED]
        ]
        ranking = self._interpreter.matcher.match(text)[1].ranking
        likely = [candidate.entry for candidate in ranking if candidate.score >= CARD_FROM]
        return [*named, *(self._pages.card(entry) for entry in self._entries.offerable(likely))]
