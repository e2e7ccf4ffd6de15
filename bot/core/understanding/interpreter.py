"""What a message asks for: alone, as part of the talk, question by question. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.model import EntryKind, Knowledge
from bot.core.pages import SMALL_TALK_GROUP
from bot.core.talk import Context, Reply, Turn
from bot.core.understanding.dialogue import Dialogue
from bot.core.understanding.matching import Matcher
from bot.core.understanding.outcome import Hearing, Match, NoMatch, Outcome, Unsure
from bot.core.understanding.relations import Before, Relations
from bot.core.understanding.remembering import WHY, remember
from bot.core.understanding.text import key

MAX_QUESTIONS = 4  # of one message that are looked at
UNCOVERED = frozenset({EntryKind.DEFER, EntryKind.FALLBACK})  # kinds of which the bot knows no more to say

Interpretation = tuple[Outcome, Hearing]


class Interpreter:
    """Finds the entries that a message asks for, with what was said before it in mind."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.matcher = Matcher.train(
            ((entry.id, (entry.title, *entry.utterances)) for entry in knowledge.entries.values()),
            knowledge.vocabulary,
            Relations(
                groups={entry.id: entry.topic or entry.id for entry in knowledge.entries.values()},
                follow_ups={entry.id: entry.follow_ups for entry in knowledge.entries.values()},
                asked_next={entry.id: entry.asked_next for entry in knowledge.entries.values()},
            ),
            knowledge.calibration,
            knowledge.background,
        )
        self._titles = frozenset(key(entry.title) for entry in knowledge.entries.values())
        self.dialogue = Dialogue(knowledge.vocabulary, self.matcher.ear)
        self._stand_ins = dict(_stand_ins(knowledge))

    def interpret(self, text: str, context: Context | None = None) -> list[Interpretation]:
        """What a message asks for: one interpretation, or two of a message that holds two questions."""
        before = self._before(text, context)
        questions = self.dialogue.questions(text)[:MAX_QUESTIONS]
        if len(questions) > 1:
            both = self._two(questions, before)
            if both:
                return both
        whole = self._one(text, before)
        if _is_sure(whole) or not self.dialogue.is_long(text):
            return [whole]
        asked = dict.fromkeys([*questions, *self.dialogue.asked_in_story(text)])
        told = _with_conditions(before, self.dialogue.mentioned(text))
        parts = [self._one(question, told) for question in list(asked)[-MAX_QUESTIONS:]]
        return [max([whole, *filter(self._is_knowledge, parts)], key=_sureness)]

    def remember(self, context: Context | None, turn: Turn, reply: Reply) -> Context:
        """The context of a chat after a turn and its reply."""
        is_subject = reply.entry is not None and self._is_subject(reply.entry)
        return remember(context, turn, reply, self.dialogue, is_subject=is_subject)

    def _two(self, questions: Sequence[str], before: Before | None) -> list[Interpretation]:
        """The first two questions of a message that have an answer each; nothing if there are none such."""
        found: list[Interpretation] = []
        for question in questions:
            outcome, hearing = self._one(question, before)
            if not isinstance(outcome, Match) or self._kind(outcome.entry) is not EntryKind.ANSWER:
                return []
            if all(outcome.entry != other.entry for other, _ in found if isinstance(other, Match)):
                found.append((outcome, hearing))
            before = replace(before or Before(), entry=outcome.entry, said=question)
        return found[:2] if len(found) > 1 else []

    def _one(self, text: str, before: Before | None) -> Interpretation:
        """What one question asks for, with its swear words left out if that makes sense."""
        heard = self._question(text, before)
        mild = self.dialogue.without_swearing(text)
        if mild == text or (isinstance(heard[0], Match) and heard[0].exact):
            return heard
        calm = self._question(mild, before)
        asks = self._is_knowledge(calm) and not isinstance(calm[0], NoMatch)
        is_about_us = not _is_sure(heard) or self.dialogue.is_own(calm[1].tokens)
        return calm if _is_sure(calm) or (asks and is_about_us) else heard

    def _question(self, text: str, before: Before | None) -> Interpretation:
        """What a question asks for. A whole new one is not bent by what was talked about."""
        outcome, hearing = self._again(text, before) or self._alone_or_leaning(text, before)
        is_meant = isinstance(outcome, Match) and (
            outcome.exact or not self._is_knowledge((outcome, hearing))
        )
        if is_meant or not self.dialogue.is_elsewhere(hearing.tokens):
            return outcome, hearing
        return NoMatch(hearing.ranking), hearing

    def _again(self, text: str, before: Before | None) -> Interpretation | None:
        """The last answer once more, for "why?" and for what asks on about something that is not covered.

        What an entry names as asked next has its own answer.
        """
        if before is None or before.entry is None:
            return None
        asks_why = self.dialogue.choice(text) == WHY
        is_bare = self._kind(before.entry) in UNCOVERED and self.dialogue.is_bare(text)
        if not (asks_why or is_bare):
            return None
        outcome, hearing = self.matcher.match(WHY if asks_why else text, before)
        if isinstance(outcome, Match) and outcome.exact:
            return outcome, hearing
        return Match(before.entry, hearing.ranking[0].score, exact=False), hearing

    def _alone_or_leaning(self, text: str, before: Before | None) -> Interpretation:
        alone = self.matcher.match(text)
        ending = self.dialogue.ending(text)
        if ending is not None and not (isinstance(alone[0], Match) and alone[0].exact):
            return self.matcher.match(ending)
        if before is None:
            return alone
        if self.matcher.asked_next(text, before) is not None:
            return self.matcher.match(text, before)
        leans = before.entry is not None and self.dialogue.leans(text)
        if isinstance(alone[0], Match) and (self._kind(alone[0].entry) is EntryKind.SMALL_TALK or not leans):
            return self._fitted(text, alone, before)
        leaning = self.matcher.match(text, before)
        if _is_sure(alone):
            is_surer = _sureness(leaning) >= _sureness(alone)
            return leaning if is_surer else self._fitted(text, alone, before)
        is_new = self.dialogue.stands_alone(text) and _best(leaning) != _best(alone)
        return self._fitted(text, alone, before) if is_new else leaning

    def _fitted(self, text: str, alone: Interpretation, before: Before) -> Interpretation:
        """An interpretation, or that for what the person has told of themselves, if there is one."""
        if not before.conditions or key(text) in self._titles:
            return alone
        fitted = self.matcher.match(text, replace(before, entry=None))
        is_exact = isinstance(alone[0], Match) and alone[0].exact
        is_open = isinstance(fitted[0], Unsure) and not is_exact
        is_about = self.matcher.is_about(fitted[1].ranking[0].entry, before.conditions)
        return fitted if is_about and (is_open or _is_sure(fitted)) else alone

    def _before(self, text: str, context: Context | None) -> Before | None:
        """What a message may lean on; it may itself tell of its writer."""
        told = self.dialogue.confessed(text)
        if context is None:
            return _with_conditions(None, told)
        entry = self._stand_ins.get(context.entry or "", context.entry)
        before = Before(entry=entry, said=context.said, conditions=context.conditions)
        return _with_conditions(before, told)

    def _is_subject(self, entry: str) -> bool:
        """Whether a talk may go on about an entry: not about a greeting, but about the wish for a routine."""
        if entry not in self._knowledge.entries:  # an exercise
            return True
        topic = self._knowledge.topics.get(self._knowledge.entries[entry].topic or "")
        is_chat = topic is None or topic.group == SMALL_TALK_GROUP
        return self._kind(entry) is not EntryKind.SMALL_TALK or not is_chat

    def _is_knowledge(self, interpretation: Interpretation) -> bool:
        return self._kind(interpretation[1].ranking[0].entry) is not EntryKind.SMALL_TALK

    def _kind(self, entry: str) -> EntryKind:
        return self._knowledge.entries[entry].kind


def _stand_ins(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """For each exercise the entry that a question after it leans on: the first answer on its topic."""
    answers = [entry for entry in knowledge.entries.values() if entry.kind is EntryKind.ANSWER]
    first = {entry.topic: entry.id for entry in reversed(answers)}
    for exercise in knowledge.exercises.values():
        if exercise.topic in first:
            yield exercise.key, first[exercise.topic]


def _with_conditions(before: Before | None, told: Iterable[str]) -> Before | None:
    """What a message may lean on, with further conditions; nothing if there is nothing."""
    known = before or Before()
    after = replace(known, conditions=tuple(dict.fromkeys([*known.conditions, *told])))
    return after if after.entry or after.conditions else None


def _is_sure(interpretation: Interpretation) -> bool:
    return isinstance(interpretation[0], Match)


def _best(interpretation: Interpretation) -> str:
    return interpretation[1].ranking[0].entry


def _sureness(interpretation: Interpretation) -> float:
    return interpretation[1].ranking[0].score
