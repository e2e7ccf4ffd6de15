"""Sees to what is sent to somebody: hears what they wish in words, and does it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from bot.core.conversation import Conversation
from bot.core.person.profile import Profile
from bot.core.player.progress import resting
from bot.core.schedules.schedule import What
from bot.core.schedules.words import AskBack, Heard, LaterWanted, PauseWanted, Refused, Wanted
from bot.core.subscriptions.drafts import Awaits, Draft, draft
from bot.core.subscriptions.pages import SubscriptionPages
from bot.core.subscriptions.settings_pages import SettingsPages
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.tips.words import END_THIS
from bot.services.ports import UnknownZoneError, ZoneFinder
from bot.services.subscriptions.answering import Answering
from bot.services.subscriptions.breaks import Breaks
from bot.services.subscriptions.changing import Changing
from bot.services.subscriptions.ending import Ending
from bot.services.subscriptions.listening import Listening, is_sure
from bot.services.subscriptions.obeying import Obeying
from bot.services.subscriptions.pausing import ILL, Pausing
from bot.services.subscriptions.placing import Placing
from bot.services.subscriptions.postponing import Postponing
from bot.services.subscriptions.subscribing import Subscribing, by_its_clock, by_the_clock_of

SET = ("weekly", "keep", "silent")  # phrases that stand for a button of the settings
SENDING_ENTRIES = frozenset({"subscribe", "unsubscribe", "settings"})  # that stand for a wish

_Deed = Callable[[], Reply | None]


class Sending:
    """What is sent, in one language."""

    def __init__(self, conversation: Conversation, zones: ZoneFinder) -> None:
        knowledge, self._zones = conversation.knowledge, zones
        self._says = knowledge.tip_talk.says
        self.hearing = conversation.schedule_hearing
        self.pages = SubscriptionPages(knowledge)
        settings = SettingsPages(knowledge, self.pages)
        self.subscribing = Subscribing(knowledge, self.pages, settings, self.hearing, zones)
        self.pausing = Pausing(knowledge, self.pages, self.hearing)
        self._breaks = Breaks(knowledge, self.pages)
        self.postponing = Postponing(knowledge, self.pages)
        self.ending = Ending(knowledge, self.pages)
        self.changing = Changing(knowledge, self.pages, settings, self.subscribing, self.hearing)
        self._obeying = Obeying(self.pages, self.hearing, self.subscribing, self.pausing, self.postponing)
        self._placing = Placing(knowledge.place_words, self.hearing, zones)
        self._answering = Answering(self._obeying, self.changing, zones, self._placing)
        self._listening = Listening(self.hearing, zones, self._answering, self._placing)
        self._words = conversation.tip_hearing

    def phrase(self, text: str) -> str:
        """Which of the whole messages of `TipTalk.phrases` a text is; empty: none."""
        return self._words.phrase(text)

    def is_plain(self, text: str, now: datetime, context: Context | None) -> bool:
        """Whether a message is a wish or an answer about what is sent, word for word, and nothing else."""
        awaited, today = context.draft if context else None, _day(now)
        is_answer = awaited is not None and self.hearing.answer(text, today) is not None
        return (
            self.phrase(text) not in {"", END_THIS}
            or is_answer
            or self._names_hours(text, today)
            or self._listening.whole(text, today, awaited, guesses=False) is not None
        )

    def standing(
        self, turn: Turn, profile: Profile, subscriber: Subscriber | None, context: Context | None
    ) -> Standing:
        """What is known of whoever says something."""
        kept = subscriber.subscription if subscriber else None
        place = profile.zone or (kept.zone if kept else "")
        try:
            zone = self._zones.zone(place) if place else None
        except UnknownZoneError:
            zone = None
        standing = Standing(
            chat=turn.chat or "",
            now=turn.now,
            profile=profile,
            subscriber=subscriber,
            zone=zone,
            place=place if zone else "",
            draft=context.draft if context else None,
            is_withheld=context is not None and context.alert is not None,
            language=turn.language,
        )
        return standing.up_to_date()

    def may_concern(self, text: str, now: datetime, context: Context | None) -> bool:
        """Whether a message may be about what is sent, as far as can be told without what is kept."""
        has_draft = context is not None and context.draft is not None
        if has_draft or self.phrase(text):
            return True
        if self._words.place_in(text) or self._words.hours_in(text) is not None:
            return True
        return self.hearing.may_wish(text) and (
            self.hearing.corrects(text)
            or self.hearing.less(text) is not None
            or self.hearing.short(text, _day(now)) is not None
            or self._listening.whole(text, _day(now)) is not None
        )

    def is_wish(self, text: str, now: datetime) -> bool:
        """Whether a message wishes that something is sent."""
        heard = self._listening.whole(text, _day(now))
        return isinstance(heard, Wanted | AskBack | Refused) or _is_single(heard)

    def refusal(self, text: str, now: datetime) -> Reply | None:
        """Why a wish can't be, for whom nothing can be kept; None if it can, or is none."""
        heard = self._listening.whole(text, _day(now))
        if isinstance(heard, Refused):
            return self.pages.refused(heard.sentence)
        return self.pages.refused("once") if _is_single(heard) else None

    def hear(self, text: str, standing: Standing) -> Reply | None:
        """What a message wishes, done; None: it is about something else."""
        phrase, meant = self.phrase(text), self._by_draft(standing)
        if phrase in {"zone", "show", "silent", "sound", "quiet", "end_and_erase"}:
            return self._say(phrase, standing)
        hours = self._words.hours_in(text)
        if hours is not None and not isinstance(self.hearing.wish(text, standing.today), PauseWanted):
            return self.changing.quiet(standing, hours) or self.changing.settings(standing, "quiet")
        placed = None if phrase else self._listening.placed(text, meant)
        if placed is None:
            return by_its_clock(self._hear(text, phrase, meant), meant)
        if is_sure(placed.found):
            meant = self.subscribing.moved(meant, placed.found.places[0].zone)
        elif isinstance(placed.heard, Wanted) or (isinstance(placed.heard, AskBack) and placed.heard.times):
            return self.subscribing.ask_which(meant, placed.heard, placed.found)
        return by_its_clock(self._hear(placed.rest, "", meant, is_placed=True), meant)

    def _hear(self, text: str, phrase: str, standing: Standing, *, is_placed: bool = False) -> Reply | None:
        """The same for a text with no place in its midst, or behind one."""
        answered = self._answering.answer(text, phrase, standing, standing.draft) if standing.draft else None
        if answered is not None:
            return answered
        said = self._say(phrase, standing) if phrase else self._moved(text, standing)
        if said is not None:
            return said
        heard = self.hearing.wish(text, standing.today) if phrase != "leave" else None
        if heard is not None:
            return self._obeying.obey(heard, standing, text)
        return None if phrase else self._hear_bare(text, standing, is_placed=is_placed)

    def _hear_bare(self, text: str, standing: Standing, *, is_placed: bool) -> Reply | None:
        """What is only a time and days, or a late correction: what is sent changes after a yes."""
        heard = self.hearing.bare(text, standing.today, is_placed=is_placed)
        short = self.hearing.short(text, standing.today) if standing.active else None
        if short is not None:
            return self._obeying.obey(short, standing, text)
        if standing.active is None or isinstance(heard, AskBack | Refused):
            return self._obeying.obey(heard, standing, text) if heard is not None else None
        if heard is None and self.hearing.corrects(text):
            at = standing.active.subscription.schedule.at
            heard = self.hearing.correction(text, standing.today, at)
        heard = heard or self.hearing.less(text)
        is_whole = isinstance(heard, Wanted) and (heard.at is not None or bool(heard.left_out))
        return self.subscribing.propose(standing, heard) if is_whole and isinstance(heard, Wanted) else None

    def _by_draft(self, standing: Standing) -> Standing:
        """Who says something, by the clock of the place that they named with the wish that is still open."""
        named = standing.draft.zone if standing.draft else ""
        return self.subscribing.moved(standing, named) if named else standing

    def _moved(self, text: str, standing: Standing) -> Reply | None:
        """Go by the clock of a place that somebody says to live in now; None: nothing is said of that."""
        place = self._words.place_in(text)
        found = self._zones.find(place) if place and not self._placing.is_ordinary(place) else None
        if found is None or not found.places or found.is_guess:
            return None
        awaited = draft(Wanted(), Awaits.PLACE, is_change=True)
        return self.subscribing.at_place(standing, awaited, place)

    def _names_hours(self, text: str, today: date) -> bool:
        """Whether a text says, word for word, in which hours nothing shall come."""
        hours = self._words.hours_in(text)
        is_clear = hours is not None and not self.hearing.unknown(hours)
        return is_clear and self.changing.span(hours or "", today) is not None

    def about(self, entry: str, text: str, standing: Standing) -> Reply:
        """What a message wishes that was heard as one of SENDING_ENTRIES."""
        if entry == "settings":
            return self.changing.settings(standing, "")
        if entry == "unsubscribe":
            heard = self.hearing.ending(text, standing.today) if standing.active else None
            done = self._obeying.obey(heard, standing, text) if heard else None
            return done or self.ending.drop(standing, self.hearing.dropped(text))
        clearly = self.hearing.answer(text, standing.today)
        heard = clearly or self.hearing.answer(text, standing.today, loosely=True)
        if standing.active is not None and clearly is None and isinstance(heard, Wanted | None):
            return self.subscribing.propose(standing, heard or Wanted())
        obeyed = self._obeying.obey(heard, standing, text) if heard is not None else None
        return obeyed or self.subscribing.subscribe(standing, Wanted())

    def rested(self, text: str, standing: Standing, reply: Reply, *, is_ill: bool) -> Reply:
        """The reply to a message that pauses nothing; whoever is ill or away has a break all the same."""
        heard = self._listening.whole(text, standing.today) if standing.active is None else None
        if not isinstance(heard, PauseWanted):
            heard = PauseWanted(until=None, why=ILL) if is_ill else None
        return self._breaks.counted_out(standing, heard, reply) if heard is not None else reply

    @staticmethod
    def as_entry(reply: Reply, entry: Reply) -> Reply:
        """A reply under the name of the entry that it stands for."""
        kind = reply.kind if reply.kind is Kind.CLARIFICATION else entry.kind
        return replace(reply, kind=kind, entry=entry.entry, topic=entry.topic, score=entry.score)

    def resume(self, standing: Standing) -> Reply:
        """What /resume does: goes on after a pause or an end, or begins."""
        if standing.active is None:
            return self.subscribing.subscribe(standing, Wanted())
        return self.pausing.resume(standing, standing.active)

    def later(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /later: nothing, or words for how much later."""
        said = f"later today {argument}"
        heard = self.hearing.answer(said, standing.today, loosely=True) if argument else LaterWanted()
        if standing.active is not None and isinstance(heard, Refused | PauseWanted):
            return self._obeying.obey(heard, standing, said) or self.pages.nothing()
        return self.postponing.later(standing, heard if isinstance(heard, LaterWanted) else LaterWanted())

    def zone(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /zone: the name of a zone, or what people call their place."""
        if not argument:
            return self.subscribing.ask_where(standing, standing.draft)
        before = standing.draft
        is_asked = before is not None and before.awaits is Awaits.PLACE
        awaited = before if before and is_asked else draft(Wanted(), Awaits.PLACE, is_change=True)
        try:
            self._zones.zone(argument)
        except UnknownZoneError:
            pass
        else:
            return self.subscribing.by_clock(standing, argument, before)
        there = self.subscribing.at_place(standing, awaited, argument)
        return there or self.pages.unclear(awaited, ())

    def not_for_groups(self) -> Reply:
        """Why nothing is sent where others read along."""
        return self.pages.say(self._says["not_for_groups"])

    def unclear(self, awaited: Draft) -> Reply:
        """What to say to an answer that can't be understood."""
        return by_the_clock_of(awaited.zone, self._answering.unclear(awaited))

    def _say(self, phrase: str, standing: Standing) -> Reply | None:
        """What a whole message of few words does; None: for this person it does nothing."""
        active = standing.active
        does: dict[str, _Deed] = {
            "zone": lambda: self.subscribing.ask_where(standing, standing.draft),
            "show": lambda: self.changing.settings(standing, ""),
            "quiet": lambda: self.changing.settings(standing, "quiet"),
            "end_and_erase": lambda: self.ending.end_and_erase(standing),
        }
        if resting(standing.profile, standing.today):
            does |= {name: partial(self._breaks.counted_in, standing) for name in ("resume", "recovered")}
        if standing.subscriber is not None:
            does |= {name: lambda: self.resume(standing) for name in ("again", "keep")}
        if active is not None:
            does |= {name: partial(self.changing.settings, standing, name) for name in SET}
            does["sound"] = partial(self.changing.settings, standing, "silent off")
            does |= {name: lambda: self.ending.end(standing) for name in ("end", "end_all")}
            does["end_tip"] = partial(self.ending.drop, standing, What.TIP)
            does["end_reminder"] = partial(self.ending.drop, standing, What.ROUTINE)
            back = does.get("recovered", lambda: None)
            does["recovered"] = lambda: self.pausing.recovered(standing, active) or back()
            if active.subscription.schedule.paused_until is not None:
                does["resume"] = lambda: self.pausing.resume(standing, active)
        return does.get(phrase, lambda: None)()


def _is_single(heard: Heard | None) -> bool:
    """Whether just one message is wished for, which can't be."""
    return isinstance(heard, LaterWanted) and heard.is_single


def _day(now: datetime) -> date:
    """The day of a moment, where nobody's own is known."""
    return now.astimezone(UTC).date()
