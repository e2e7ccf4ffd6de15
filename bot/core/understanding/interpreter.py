"""What a message asks for: alone, as part of the talk, question by question. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.model import Action, EntryKind, Knowledge
from bot.core.pages import SMALL_TALK_GROUP
from bot.core.person.readiness import Answer
from bot.core.player.clock import halted
from bot.core.player.session import RoutineState
from bot.core.talk import Alert, Context, Miss, Reply, Turn
from bot.core.understanding.dialogue import Dialogue
from bot.core.understanding.matching import MAX_HEARD, Matcher
from bot.core.understanding.outcome import Hearing, Match, NoMatch, Outcome
from bot.core.understanding.relations import Before, Relations
from bot.core.understanding.text import key

MAX_SEEN = 12  # entries of a chat that are remembered as shown
MAX_QUESTIONS = 4  # of one message that are looked at
MAX_HEARD_TOGETHER = 2  # messages over which, with the next one, a sign may be spread
GENERAL = "general"  # the disclaimer that is shown at the first contact and once a day
WHY = "why"  # the choice, and the message that entries name as asked next by it
UNCOVERED = frozenset({EntryKind.DEFER, EntryKind.FALLBACK})  # kinds of which the bot knows no more to say
OF_SENDING = frozenset({"subscribe", "unsubscribe"})  # topics of wishes that hold nothing else
URGENT = frozenset({Action.EMERGENCY, Action.CRISIS, Action.SAME_DAY})  # actions that come before all else

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
        before = (context or Context(at=turn.now)).telling(reply.told, turn.now)
        if reply.ends_talk:
            return Context(at=turn.now, alert=before.alert, reminded=before.reminded, leg_at=before.leg_at)
        is_shown = reply.entry is not None and self._is_subject(reply.entry)
        asks_why = self.dialogue.choice(turn.text) == WHY  # which tells nothing of the subject
        shown = reply.entry if is_shown else before.entry
        return Context(
            at=turn.now,
            said=turn.text[:MAX_HEARD] if is_shown and not asks_why else before.said,
            kind=reply.kind,
            entry=shown,
            seen=tuple(dict.fromkeys([*before.seen, *([reply.entry] if reply.entry else [])]))[-MAX_SEEN:],
            others=reply.others,
            suggestions=reply.suggestions or (before.suggestions if reply.action in URGENT else ()),
            conditions=tuple(dict.fromkeys([*before.conditions, *self.dialogue.confessed(turn.text)])),
            alert=None if reply.ends_alert else _alert(reply, turn) or before.alert,
            heard=_heard(before, reply, turn),
            missed=_missed(before, reply),
            routine=None if reply.action in URGENT else reply.routine or _routine(before, reply, turn),
            told=before.told,
            told_at=before.told_at,
            leg_at=_leg_at(before, reply, turn),
            draft=reply.draft,
            disclaimed=tuple(disclaimer.id for disclaimer in reply.disclaimers),
            reminded=turn.now.date() if _is_reminding(reply) else before.reminded,
        )

    def ticked(self, context: Context, reply: Reply) -> Context:
        """The context after a player has gone on by itself; what was talked about meanwhile stays."""
        is_shown = any(each.utterance.startswith("/move") for each in context.suggestions)
        return replace(
            context,
            routine=reply.routine,
            suggestions=reply.suggestions if is_shown else context.suggestions,
        )

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
        if before is None:
            return alone
        leans = self.dialogue.leans(text)
        if isinstance(alone[0], Match) and (self._kind(alone[0].entry) is EntryKind.SMALL_TALK or not leans):
            return self._fitted(text, alone, before)
        leaning = self.matcher.match(text, before)
        return leaning if _sureness(leaning) >= _sureness(alone) or not _is_sure(alone) else alone

    def _fitted(self, text: str, alone: Interpretation, before: Before) -> Interpretation:
        """An interpretation, or that for what the person has told of themselves, if there is one."""
        if not before.conditions or key(text) in self._titles:
            return alone
        fitted = self.matcher.match(text, replace(before, entry=None))
        best = fitted[1].ranking[0].entry
        return fitted if _is_sure(fitted) and self.matcher.is_about(best, before.conditions) else alone

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


def _alert(reply: Reply, turn: Turn) -> Alert | None:
    """What a reply puts the chat on its guard for."""
    if reply.red_flag is None or reply.action not in URGENT:
        return None
    return Alert(flag=reply.red_flag, action=reply.action, at=turn.now)


def _routine(before: Context, reply: Reply, turn: Turn) -> RoutineState | None:
    """What is known of a routine that a reply is not about; advice to see a doctor stops its clock."""
    return before.routine if reply.red_flag is None else halted(before.routine, turn.now)


def _leg_at(before: Context, reply: Reply, turn: Turn) -> datetime | None:
    """When something that goes into a leg was told last, be it as an answer."""
    answered = (reply.routine.answers if reply.routine else None) or frozenset()
    return turn.now if Answer.LEG_SYMPTOMS.value in reply.told | answered else before.leg_at


def _is_reminding(reply: Reply) -> bool:
    return any(disclaimer.id == GENERAL for disclaimer in reply.disclaimers)


def _heard(before: Context, reply: Reply, turn: Turn) -> tuple[str, ...]:
    """The last messages that were typed and raised no emergency, cut like what is matched."""
    if reply.action is Action.EMERGENCY:
        return ()
    if reply.topic in OF_SENDING and reply.score is None:
        return before.heard
    typed = () if turn.text.startswith("/") else (turn.text[:MAX_HEARD],)
    return (*before.heard, *typed)[-MAX_HEARD_TOGETHER:]


def _missed(before: Context, reply: Reply) -> Miss | None:
    """What may still be sent to the editors: nothing twice, and nothing said on the way to a red flag."""
    if reply.sent or reply.red_flag is not None:
        return None
    return reply.missed or before.missed


def _is_sure(interpretation: Interpretation) -> bool:
    return isinstance(interpretation[0], Match)


def _sureness(interpretation: Interpretation) -> float:
    return interpretation[1].ranking[0].score
