"""The disclaimers under an answer, for what its question names and what people told of themselves. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.talk import Context, Kind, Reply
from bot.core.understanding.interpreter import Interpreter
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.remembering import GENERAL

NOTED_KINDS = frozenset({Kind.ANSWER, Kind.DEFER})


class Disclaimers:
    """Puts disclaimers under answers and deferrals."""

    def __init__(self, knowledge: Knowledge, interpreter: Interpreter) -> None:
        vocabulary = knowledge.vocabulary
        self._known = knowledge.disclaimers
        self._told = vocabulary.notes
        self._ear = interpreter.matcher.ear
        self._dialogue = interpreter.dialogue
        self._names = PhraseIndex(
            {
                disclaimer: [
                    form.split() for text in patterns for form in expand_pattern(text, vocabulary.concepts)
                ]
                for disclaimer, patterns in vocabulary.named_notes.items()
            }
        )

    def for_question(self, reply: Reply, text: str) -> Reply:
        """A reply with the disclaimers for what its question tells of its writer and for what it names."""
        if reply.kind not in NOTED_KINDS:
            return reply
        told = (self._told.get(each.removeprefix("@"), "") for each in self._dialogue.confessed(text))
        wanted = [self._known[name] for name in (*told, *self._named(text)) if name in self._known]
        return replace(reply, disclaimers=tuple(dict.fromkeys([*reply.disclaimers, *wanted])))

    def in_talk(self, reply: Reply, context: Context | None, today: date) -> Reply:
        """A reply with the disclaimers that belong under it in this talk, none of them twice in a row.

        What people told of themselves counts; `general` stands under a chat's first answer of a day.
        """
        if context is None or reply.kind not in NOTED_KINDS:
            return reply
        told = (self._told.get(condition.removeprefix("@"), "") for condition in context.conditions)
        general = [] if context.reminded == today else [GENERAL]
        wanted = [*(each.id for each in reply.disclaimers), *told, *general]
        ids = [
            name for name in dict.fromkeys(wanted) if name in self._known and name not in context.disclaimed
        ]
        return replace(reply, disclaimers=tuple(self._known[name] for name in ids))

    def _named(self, text: str) -> Iterator[str]:
        """The ids of the disclaimers that a question needs, in the order of what it names."""
        words, _ = self._ear.hear(text)
        return (name for place in range(len(words)) for name, _ in self._names.at(words, place))
