"""Where turns are seen to that are about what is sent: by commands, and in words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, tzinfo

from bot.core.conversation import Conversation
from bot.core.model import Action, RedFlag
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer
from bot.core.player.progress import resting
from bot.core.schedules.place_finding import named_among
from bot.core.subscriptions.drafts import CLOSED, OFFERED, Awaits, Draft
from bot.core.subscriptions.pages import TOPIC
from bot.core.subscriptions.settings_pages import TOPIC as SETTINGS_TOPIC
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.tips.words import END_THIS
from bot.core.understanding.text import key
from bot.services.keeping import Keeping
from bot.services.ports import StoreError, UnknownZoneError, ZoneFinder
from bot.services.subscriptions.sending import SENDING_ENTRIES, Sending

TAPPED = ("/subscribe", "/settings", "/pause", "/resume", "/unsubscribe", "/zone", "/later")
LEAVING = frozenset({"leave", "no"})  # phrases by which a question about what is sent is left
LEADING_ON = ("/move ", "/hurt ")  # what words stand for that lead on through a routine
OF_DATA = {"erase": "/forget", "held": "/mydata"}
PACES = {"yes": "/settings weekly", "no": "/settings keep"}  # answers to whether weekly would be better
PLACES = {"yes": 0, "first": 0, "second": 1, "third": 2, "last": -1, "no": -1}  # of what is offered


class TipDesk:
    """Knows who stands how, and hears wishes for tips and against them."""

    def __init__(self, keeping: Keeping, zones: Mapping[str, ZoneFinder], *, delivers: bool) -> None:
        """`zones` finds places by language; `delivers`: messages can come by themselves where people talk."""
        self._keeping = keeping
        self._zones = zones
        self._delivers = delivers
        self._sendings: dict[str, Sending] = {}

    def sending(self, conversation: Conversation) -> Sending:
        """What sees to what is sent in a language; made when it is first needed."""
        language = conversation.knowledge.language
        if language not in self._sendings:
            self._sendings[language] = Sending(conversation, self._zones[language])
        return self._sendings[language]

    def zone(self, name: str) -> tzinfo:
        """The zone of a name. Raises UnknownZoneError."""
        return next(iter(self._zones.values())).zone(name)

    def locate(self, latitude: float, longitude: float) -> str:
        """The command that names the time zone of a location; it asks for one where there is none."""
        zone = next(iter(self._zones.values())).at(latitude, longitude)
        return f"/zone {zone}" if zone else "/zone"

    @staticmethod
    def picked(conversation: Conversation, text: str, context: Context | None) -> str | None:
        """The utterance of a button about what is sent, by its label or place; None: none is meant."""
        awaited = context.draft if context else None
        choice = conversation.interpreter.dialogue.choice(text)
        if awaited is not None and awaited.awaits is Awaits.PACE and choice in PACES:
            return PACES[choice]
        offered = context.suggestions if context else ()
        ours = {key(each.label): each.utterance for each in offered if each.utterance.startswith(TAPPED)}
        if not ours or not key(text) or text.startswith("/"):
            return None
        is_asked = awaited is not None and context is not None and context.kind is Kind.CLARIFICATION
        place = PLACES.get(conversation.interpreter.dialogue.choice(text) or "") if is_asked else None
        in_order = dict(enumerate(ours.values())) | {-1: offered[-1].utterance}
        is_of_place = is_asked and awaited is not None and awaited.awaits is Awaits.PLACE
        labels = [each.label for each in offered] if is_of_place else []
        named = named_among(labels, text, conversation.knowledge.place_words) or text
        return ours.get(key(named)) or (in_order.get(place) if place is not None else None)

    @staticmethod
    def awaits_number(turn: Turn, context: Context | None) -> bool:
        """Whether a number is no button's place: buttons that are tapped, and do something, bear none."""
        if turn.is_numbered or context is None:
            return False
        is_open = context.draft is not None and context.draft.awaits is not Awaits.PACE
        return is_open or any(each.utterance.startswith(TAPPED) for each in context.suggestions)

    def is_led_on(self, conversation: Conversation, turn: Turn, context: Context | None) -> bool:
        """Whether words lead on through the routine that somebody is in, and leave no question of ours."""
        state = context.routine if context else None
        if context is None or state is None or not state.is_open(turn.now) or key(turn.text).isdecimal():
            return False
        if _is_open(context.draft) and self.sending(conversation).phrase(turn.text) in LEAVING:
            return False
        return conversation.pick(turn.text, context).startswith(LEADING_ON)

    def of_data(self, conversation: Conversation, turn: Turn) -> str | None:
        """The command of somebody who wants all that is held of them shown or erased; None: they don't."""
        return OF_DATA.get(self.sending(conversation).phrase(turn.text)) if turn.chat is not None else None

    async def means(
        self, conversation: Conversation, turn: Turn, context: Context | None, flag: RedFlag
    ) -> bool:
        """Whether what is like a red flag in a message is about what is sent, and none."""
        is_plain = self.is_plain(conversation, turn, context)
        is_like_despair = not is_plain and flag.action is Action.CRISIS
        return is_plain or (is_like_despair and await self.has_enough(conversation, turn, context))

    def is_plain(self, conversation: Conversation, turn: Turn, context: Context | None) -> bool:
        """Whether a message is a wish, or the name of a place that was asked for, and nothing else.

        What is like a red flag in it ("Rio de Janeiro") is none; a sign that is written there is one.
        """
        is_wish = self.sending(conversation).is_plain(turn.text, turn.now, context)
        is_known = is_wish or self._is_place(conversation, turn.text, context)
        return is_known and not conversation.writes_sign(turn.text)

    def _is_place(self, conversation: Conversation, text: str, context: Context | None) -> bool:
        named = re.fullmatch(r"/(?:zone|subscribe [-trbw\d]+) (\S+)", text)
        awaited = context.draft if context else None
        if named is None and (awaited is None or awaited.awaits is not Awaits.PLACE or text.startswith("/")):
            return False
        found = self._zones[conversation.knowledge.language].find(named[1] if named else text)
        return bool(found.places) and not found.is_guess

    async def ends(self, conversation: Conversation, turn: Turn, context: Context | None) -> bool:
        """Whether somebody says to stop what is sent.

        While a routine runs, "stop" ends that instead, and "stop everything" both.
        """
        phrase = self.sending(conversation).phrase(turn.text)
        if phrase == END_THIS:
            return await self.has_enough(conversation, turn, context)
        if turn.is_public or phrase not in {"end", "end_all"} or (phrase == "end" and is_led(turn, context)):
            return False
        standing = await self.standing(conversation, turn, context)
        return standing is not None and standing.active is not None

    async def has_enough(self, conversation: Conversation, turn: Turn, context: Context | None) -> bool:
        """Whether "I don't want this anymore" is said of what is sent, and not in despair.

        Something must be sent, and nothing else have been talked of, at least not since it came last.
        """
        if (
            turn.is_public
            or is_led(turn, context)
            or self.sending(conversation).phrase(turn.text) != END_THIS
        ):
            return False
        if conversation.writes_sign(turn.text) or (context is not None and context.alert is not None):
            return False
        standing = await self.standing(conversation, turn, context)
        if standing is None or standing.active is None:
            return False
        return context is None or not context.heard or standing.came_since(context.at)

    async def resumes(self, conversation: Conversation, turn: Turn, context: Context | None) -> bool:
        """Whether somebody says to be back who pauses what is sent, or has a break: not in a routine."""
        if (
            turn.is_public
            or is_led(turn, context)
            or self.sending(conversation).phrase(turn.text) != "resume"
        ):
            return False
        standing = await self.standing(conversation, turn, context)
        if standing is None:
            return False
        until = standing.active.subscription.schedule.paused_until if standing.active else None
        is_paused = until is not None and until > standing.today
        return is_paused or resting(standing.profile, standing.today)

    async def standing(
        self, conversation: Conversation, turn: Turn, context: Context | None
    ) -> Standing | None:
        """What is known of a person and what is sent to them. None: it can't be got at."""
        profile = await self._keeping.profile(turn)
        if profile is None or turn.chat is None:
            return None
        try:
            subscriber = await self._keeping.subscriber(turn.chat) if not turn.is_public else None
        except StoreError:
            return None
        standing = self.sending(conversation).standing(turn, profile, subscriber, context)
        return replace(standing, delivers=self._delivers)

    def clock_of(self, turn: Turn, profile: Profile | None) -> tzinfo:
        """The clock that a person lives by; the one of the turn where it is not known."""
        try:
            name = profile.zone if profile else ""
            zone = self.zone(name) if name else None
        except UnknownZoneError:
            zone = None
        return zone or turn.now.tzinfo or UTC

    async def heard(
        self, conversation: Conversation, turn: Turn, context: Context | None, question: str
    ) -> Reply | None:
        """What a message wishes of what is sent, done; None: it is about something else."""
        sending = self.sending(conversation)
        if not sending.may_concern(question, turn.now, context):
            return None
        if turn.chat is None:
            return _named(conversation, sending.refusal(question, turn.now))
        is_wish = sending.is_wish(question, turn.now)
        if turn.is_public:
            return _named(conversation, sending.not_for_groups()) if is_wish else None
        if is_wish and context is not None and context.alert is not None:
            return conversation.safety_pages.paused(context.alert.flag, TOPIC)
        standing = await self.standing(conversation, turn, context)
        heard = sending.hear(question, standing) if standing else None
        return heard if context and _is_open(context.draft) else _named(conversation, heard)

    async def stood_for(
        self,
        conversation: Conversation,
        turn: Turn,
        context: Context | None,
        question: str,
        reply: Reply,
    ) -> Reply:
        """A reply, or what it stands for: the wish that something is sent, or not, or set otherwise."""
        sending = self.sending(conversation)
        awaited = context.draft if context and not turn.is_public and context.draft != OFFERED else None
        if not _is_open(awaited) and reply.kind is not Kind.SMALL_TALK:
            awaited = None
        if turn.chat is None or (reply.entry not in SENDING_ENTRIES and awaited is None):
            return reply
        if reply.entry not in SENDING_ENTRIES:
            is_lost = reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION} and _is_open(awaited)
            return sending.unclear(awaited) if is_lost and awaited else replace(reply, draft=awaited)
        if turn.is_public:
            return sending.as_entry(sending.not_for_groups(), reply)
        if reply.entry == "subscribe" and context is not None and context.alert is not None:
            return conversation.safety_pages.paused(context.alert.flag, TOPIC)
        standing = await self.standing(conversation, turn, context)
        if standing is None:
            return conversation.pages.text(conversation.knowledge.messages.cant_remember)
        return sending.as_entry(sending.about(reply.entry, question, standing), reply)

    async def rested(
        self,
        conversation: Conversation,
        turn: Turn,
        context: Context | None,
        question: str,
        reply: Reply,
    ) -> Reply:
        """A reply; in it a break from training for whoever is ill, or away while nothing is sent."""
        if turn.chat is None or turn.is_public:
            return reply
        sending = self.sending(conversation)
        is_ill = Answer.ILL in conversation.listening.telling.tells(question)
        if not is_ill and not sending.may_concern(question, turn.now, context):
            return reply
        standing = await self.standing(conversation, turn, context)
        return sending.rested(question, standing, reply, is_ill=is_ill) if standing else reply


def is_led(turn: Turn, context: Context | None) -> bool:
    """Whether somebody is in the middle of a routine, so that words are about that first."""
    state = context.routine if context else None
    return state is not None and state.is_open(turn.now)


def _is_open(awaited: Draft | None) -> bool:
    """Whether a question about what is sent waits for its answer."""
    return awaited is not None and awaited.awaits not in CLOSED


def _named(conversation: Conversation, reply: Reply | None) -> Reply | None:
    """A reply to a wish in words under the name of the entry that stands for such wishes."""
    entry = "settings" if reply and reply.topic == SETTINGS_TOPIC else reply.topic if reply else None
    if reply is None or entry is None or not conversation.pages.knows_entry(entry):
        return reply
    kind = reply.kind if reply.kind is Kind.CLARIFICATION else Kind.SMALL_TALK
    return replace(reply, kind=kind, entry=entry)
