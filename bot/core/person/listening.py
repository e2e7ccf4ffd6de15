"""What a talk remembers of what people tell of themselves, and forgets when they take it back. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.core.exercises.pages import ExercisePages
from bot.core.model import Knowledge
from bot.core.person.readiness import Answer
from bot.core.person.telling import Telling
from bot.core.player.clock import halted
from bot.core.talk import Context


class Listening:
    """Listens to messages."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages) -> None:
        self.telling = Telling(knowledge.routine_talk, knowledge.vocabulary)
        self._exercises = exercises
        self._entries = knowledge.entries
        self._topics = knowledge.topics
        self._instead = knowledge.routine_talk.instead

    def hear(self, text: str, context: Context | None, now: datetime) -> Context | None:
        """The context with what a message tells of its writer, or takes back, that stands before a routine.

        Whoever is in the middle of a routine finds it paused: it may suit them no more.
        """
        told = frozenset(answer.value for answer in self.telling.tells(text))
        context = self.forgetting(text, context)
        if not told:
            return context
        before = context or Context(at=now)
        if Answer.LEG_SYMPTOMS.value in told:
            before = replace(before, leg_at=now)
        if not told <= before.told:
            before = replace(before, routine=halted(before.routine, now))
        return before.telling(told, now)

    def forgetting(self, text: str, context: Context | None) -> Context | None:
        """A context without what a message takes back."""
        no_more = self.takes_back(text)
        if context is None or not no_more:
            return context
        return self._exercises.without(context.taking_back(no_more), no_more)

    def takes_back(self, text: str) -> frozenset[str]:
        """The names of what a message says of its writer to hold no more, or not at all."""
        return frozenset(answer.value for answer in self.telling.takes_back(text))

    def is_for_others(self, entry: str | None, text: str) -> bool:
        """Whether an entry is for those of whom a message says that its writer is none (any more)."""
        known = self._entries.get(entry or "")
        topic = self._topics.get(known.topic or "") if known else None
        return known is not None and any(
            known.id in self._instead.get(answer, ()) or (topic is not None and topic.group == answer.value)
            for answer in self.telling.says_no_more(text)
        )
