"""What the bot says to what somebody said: safety first, then knowledge, then honesty. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.entry_answers import EntryAnswers
from bot.core.exercises.answers import ExerciseAnswers
from bot.core.exercises.exercise import LINKED, PREFIX
from bot.core.exercises.pages import ExercisePages
from bot.core.misses import with_sending
from bot.core.model import Action, Entry, Knowledge, RedFlag
from bot.core.pages import Pages
from bot.core.person.answering import AnswerHearing
from bot.core.person.listening import Listening
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer
from bot.core.person.readiness_pages import ROUTINE_TOPIC
from bot.core.player.beside import beside_step
from bot.core.player.progress_hearing import ProgressHearing
from bot.core.player.resuming import ResumeHearing
from bot.core.routines.sharing import shared_in
from bot.core.routines.today import TodaysRoutine
from bot.core.safety.advice import Advice
from bot.core.safety.aftercare import Aftercare
from bot.core.safety.check import Alarm, RedFlagCheck, by_urgency, learned_check, more_urgent
from bot.core.safety.disclaimers import Disclaimers
from bot.core.safety.pages import SafetyPages
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.source_pages import SourcePages
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.tips.hearing import TipHearing
from bot.core.typing_cards import TypingCards
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.explanation import Understanding, counted, explain
from bot.core.understanding.interpreter import Interpreter
from bot.core.understanding.outcome import Hearing, Match
from bot.core.understanding.text import key

ROUTINE_ENTRY = "give-me-a-routine"  # the entry for all who wish a routine
SPARED = frozenset({Answer.KNEE, Answer.WRIST})  # what moves of a routine can spare
LITTLE = 5  # words of a message that says no more than that something does not hold


class Conversation:
    """Answers utterances in one language."""

    def __init__(self, knowledge: Knowledge, check: RedFlagCheck | None = None) -> None:
        """`check` is that of the red flags, if it was learned before."""
        self.knowledge = knowledge
        self.pages = Pages(knowledge)
        self.source_pages = SourcePages(knowledge, self.pages)
        self.safety_pages = SafetyPages(knowledge, self.pages)
        self._advice = Advice(self.safety_pages)
        self._check = check or learned_check(knowledge)
        self.interpreter = Interpreter(knowledge)
        self.exercises = ExercisePages(knowledge)
        self.routines = TodaysRoutine(knowledge, self.exercises)
        self._about_exercises = ExerciseAnswers(knowledge, self.exercises, self.interpreter)
        self.schedule_hearing = ScheduleHearing(knowledge.schedule_words, knowledge.vocabulary)
        self.tip_hearing = TipHearing(knowledge.tip_talk, knowledge.vocabulary)
        self.listening = Listening(knowledge, self.exercises)
        dialogue = self.interpreter.dialogue
        self.answering = AnswerHearing(
            knowledge, self.listening.telling, self.routines.hearing.wishes, dialogue
        )
        self._resuming = ResumeHearing(knowledge.routine_talk, knowledge.vocabulary)
        self.progress_hearing = ProgressHearing(knowledge.routine_talk, knowledge.vocabulary)
        self.aftercare = Aftercare(knowledge.vocabulary, self.interpreter, self._check, self.safety_pages)
        self.disclaimers = Disclaimers(knowledge, self.interpreter)
        self._entries = EntryAnswers(knowledge, self.pages, self.interpreter)
        self._cards = TypingCards(
            knowledge, self.pages, self.interpreter, self._entries, self.exercises, self._about_exercises
        )

    def with_entries(self, entries: Mapping[str, Entry]) -> "Conversation":
        """The same conversation with other entries, which are learned; the red flags are not learned anew.

        It hears without the encoder, which has read the utterances of the entries as they were.
        """
        unread = replace(self.knowledge.vocabulary, encoder=Encoder.none())
        return Conversation(replace(self.knowledge, entries=entries, vocabulary=unread), self._check)

    def heed(self, text: str, context: Context | None = None) -> RedFlag | None:
        """The most urgent red flag that a message raises, alone or together with those before it.

        "I can't stand this one" is none while a move is shown. An answer that was asked for, like "I think
        not", is none unless a whole sign is in it.
        """
        if self.routines.hearing.is_steering(text, context):
            return None
        alarms = self._check.find(text, self.exercises.concepts(context))
        if self.answering.is_answer(text, context):
            return next((alarm.flag for alarm in alarms if alarm.likeness is None), None)
        is_known = bool(alarms) and alarms[0].flag.action is Action.EMERGENCY
        if not is_known and context and context.heard and not text.startswith("/"):
            spread = self._check.find_spread([*context.heard, text])
            if context.alert:  # what was raised before may turn out to be more urgent
                spread = more_urgent(spread, context.alert.action)
            alarms = by_urgency([*alarms, *spread])
        return alarms[0].flag if alarms else None

    def writes_sign(self, text: str) -> bool:
        """Whether a sign of a red flag is written in a message, and not only something that is like one."""
        return any(alarm.likeness is None for alarm in self._check.find(text))

    def warn(self, flag: RedFlag | None) -> Reply | None:
        """The advice of a red flag, if it stands before all else."""
        return self._advice.warn(flag)

    def advise(self, flag: RedFlag | None, reply: Reply) -> Reply:
        """A reply with the advice to see a doctor above it, if the flag asks for that."""
        return self._advice.advise(flag, reply)

    def answer(self, text: str, context: Context | None = None, profile: Profile | None = None) -> Reply:
        """The reply to an utterance that raises no red flag and is no command.

        `profile` is what is remembered of the person beyond the talk.
        """
        if not key(text):
            return replace(
                self.pages.fallback(self._entries.usual_topics(), 0.0), text=self.knowledge.messages.empty
            )
        asked_about = self._check.asked_about(text)
        if asked_about:
            listed = self._with_way_out(self.safety_pages.listing(asked_about), text)
            return self.disclaimers.for_question(listed, text)
        if context and context.alert and self.routines.hearing.leads_on(text):
            return self.safety_pages.paused(context.alert.flag, ROUTINE_TOPIC)
        shown = self._about_exercises.asked(text, context, profile or Profile())
        if shown and shown.entry is not None:
            return self._with_way_out(shown, text)
        reply = shown or self._entries.answer(text, context)
        is_all = len(text.split()) <= LITTLE and bool(self.listening.telling.says_no_more(text))
        is_open = reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION}
        if (is_all and is_open) or self.listening.is_for_others(reply.entry, text):
            offered = self.pages.fallback(self._entries.usual_topics()).suggestions
            return self.pages.text(self.knowledge.messages.taken_back, suggestions=offered)
        return self.disclaimers.for_question(reply, text)

    def is_about_exercise(self, text: str, context: Context | None) -> bool:
        """Whether a question is one about an exercise, whose answer has to suit the person."""
        return self._about_exercises.concern(text, context)

    def exercise(self, name: str, context: Context | None = None, profile: Profile | None = None) -> Reply:
        """An exercise, by its name among the entries; or why there is none for this person now."""
        return self._about_exercises.show(name, context, profile or Profile())

    def names(self, name: str) -> bool:
        """Whether something that can be shown has a name: an entry, an exercise, a topic or a group."""
        is_exercise = self.exercises.knows(name.replace(LINKED, PREFIX, 1))
        return is_exercise or self.pages.knows_entry(name) or self.pages.knows_subject(name)

    def shelves(self, name: str, context: Context | None = None, profile: Profile | None = None) -> Reply:
        """The exercises to choose from; or why there are none for this person now."""
        return self._about_exercises.shelves(name, context, profile or Profile())

    def remember(self, context: Context | None, turn: Turn, reply: Reply) -> Context:
        """The context of a chat after a turn and its reply, without what the turn took back."""
        after = self.interpreter.remember(context, turn, reply)
        return self.listening.forgetting(turn.text, after) or after

    def wished(self, text: str, reply: Reply) -> str | None:
        """What a message wishes of a routine, as it stands behind /routine; None: `reply` is its answer."""
        if reply.red_flag is not None:
            return None
        asked, wishes = self.listening.telling.rest(text), self.routines.hearing.wishes
        if reply.entry == ROUTINE_ENTRY or (reply.understood and self._asks_routine(asked)):
            return wishes.read(asked).argument
        if asked != text:  # what is told says itself what stands against a routine
            return wishes.wish(asked, is_more=True)
        is_meant = reply.kind is Kind.ANSWER and not reply.understood and reply.topic != ROUTINE_TOPIC
        return None if is_meant or reply.kind is Kind.DEFER else wishes.wish(text)

    def _with_way_out(self, reply: Reply, text: str) -> Reply:
        """A reply with the button for somebody who did not ask for what it shows, if that has a name."""
        if reply.entry is None:
            return reply
        near = (each.entry for each in self.interpreter.matcher.match(text)[1].ranking)
        others = self._entries.offerable(name for name in near if name != reply.entry)
        return self.pages.with_way_out(reply, others)

    def _asks_routine(self, text: str) -> bool:
        """Whether words ask for a routine where nothing is known of whom they are from."""
        outcome = self.interpreter.matcher.match(text)[0]
        return isinstance(outcome, Match) and outcome.entry == ROUTINE_ENTRY

    def fitted(self, reply: Reply, context: Context | None, profile: Profile | None) -> Reply:
        """A reply; or why there is none for a person to whom no routine or exercise may be shown."""
        return self._about_exercises.unless_refused(reply, context, profile or Profile())

    def has_moves(self, reply: Reply) -> bool:
        """Whether a reply names exercises to do, so that it must suit the person."""
        return self._about_exercises.has_moves(reply)

    def offer_sending(self, reply: Reply) -> Reply:
        """A reply; under one that knows no answer the offer to send the question to the editors."""
        return with_sending(reply, self.knowledge.messages)

    def asks_why(self, text: str) -> bool:
        """Whether somebody says no more than "why?"."""
        return self.interpreter.dialogue.choice(text) == "why"

    def localise(self, reply: Reply, country: str | None) -> Reply:
        """A reply with the emergency numbers of a country, if these are known."""
        numbers = self.knowledge.numbers
        local = numbers.countries.get(country or "")
        return replace(reply, text=reply.text.replace(numbers.usual, local)) if local else reply

    def pick(self, text: str, context: Context | None) -> str:
        """What a person says who chose a suggestion by its number or in words; anything else as it is."""
        shared = shared_in(text)
        if shared is not None:
            return f"/routine {shared}"
        settled = self.aftercare.pick(text, context)
        if settled != text:
            return settled
        hearing = self.routines.hearing
        dialogue = self.interpreter.dialogue
        steered = self.answering.pick(text, context) or hearing.steer(text, context)
        steered = steered or hearing.takes_back(text) or hearing.agrees(text, context)
        steered = steered or self._about_exercises.steer(text, context)
        steered = steered or self._resuming.pick(text, context)
        told = self.listening.telling.tells(text)
        if not told:
            steered = steered or hearing.wish_here(text, context)
        picked = steered or self._decided(text, context) or dialogue.pick(text, context)
        if picked == text:
            is_question = bool(dialogue.questions(text))
            picked = self.routines.hurting.pick(text, context, told, is_question=is_question) or text
        return picked

    def steered_late(self, text: str, context: Context | None) -> str | None:
        """The utterance that words stand for beside a routine that was shown before, if they say no more.

        Sore knees or wrists that are told of beside the card bring it again, fitted to them.
        """
        told, hearing = self.listening.telling.tells(text), self.routines.hearing
        if told:
            return "/routine" if told <= SPARED and hearing.is_card_shown(context) else None
        return hearing.late(text, context)

    def said(self, text: str, context: Context | None) -> str:
        """What a person says of themselves: what they picked, or the words by which they answered."""
        picked = self.pick(text, context)
        is_tapped = self.routines.hearing.steer(text, context) is not None
        is_picked = picked.startswith(("/hurt ", "/felt ", "/ready")) and not is_tapped
        return text if is_picked else picked

    def beside_step(self, reply: Reply, context: Context | None, now: datetime) -> Reply:
        """A reply; if it is about something else than the step that runs, the clock of that stands."""
        state = context.routine if context else None
        return beside_step(reply, state, now, self.knowledge.routine_talk.player["halted"])

    def _decided(self, text: str, context: Context | None) -> str | None:
        """What a typed yes or no says to the question whether all is to be forgotten."""
        choice = self.interpreter.dialogue.choice(text)
        offered = [each.utterance for each in context.suggestions] if context else []
        return next((each for each in offered if each == f"/forget {choice}"), None)

    def more(self, context: Context | None) -> Reply:
        """The next answer on the topic that was talked about that was not shown yet."""
        if context is not None and self.exercises.knows(context.entry or ""):
            return self.exercises.shelves()
        entry = self.knowledge.entries.get(context.entry or "") if context else None
        if context is None or entry is None:
            return self.pages.none_of_these()
        topic = [other.id for other in self.knowledge.entries.values() if other.topic == entry.topic]
        unseen = [name for name in (*topic, *entry.follow_ups) if name not in context.seen]
        return self.pages.entry(unseen[0], repeat_question=True) if unseen else self.pages.none_of_these()

    def cards(self, text: str) -> list[Reply]:
        """Answers to choose from for somebody who is still typing; with a red flag nothing but its advice."""
        warning = self.warn(self.heed(text))
        return [warning] if warning else self._cards.cards(text)

    def alarms(self, text: str) -> list[Alarm]:
        """Every red flag that a message raises, the most urgent first."""
        return self._check.find(text)

    def literal_alarms(self, text: str) -> list[Alarm]:
        """The same, with signs that are only a figure of speech."""
        return self._check.find_literally(text)

    def unheard(self) -> list[tuple[str, str]]:
        """The red flags that a first example of their own does not raise, each with that example."""
        return self._check.unheard()

    def rank(self, text: str, context: Context | None = None) -> Hearing:
        """How an utterance is heard, and the entries that it may ask for, the likeliest first."""
        return self.interpreter.interpret(text, context)[0][1]

    def explain(self, text: str, context: Context | None = None) -> str:
        """How an utterance is understood in a talk, and why, as lines to read."""
        outcome, hearing = self.interpreter.interpret(text, context)[0]
        flag = self.heed(text, context)
        return explain(
            Understanding(
                text=text,
                flag=flag,
                outcome=outcome,
                hearing=hearing,
                counted=counted(hearing, lambda words: self.rank(words, context)),
                reply=self.warn(flag) or self.advise(flag, self.answer(text, context)),
                calibration=self.knowledge.calibration,
            )
        )
