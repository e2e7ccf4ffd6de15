"""Sees to what is sent to somebody: hears what they wish in words, and does it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.model import Knowledge
from bot.core.person.profile import Profile
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.words import AskBack, Heard, LaterWanted, PauseWanted, Refused, Wanted
from bot.core.subscriptions.drafts import Awaits, Draft, draft, joined
from bot.core.subscriptions.pages import SubscriptionPages
from bot.core.subscriptions.settings_pages import SettingsPages
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.tips.hearing import TipHearing
from bot.services.ports import UnknownZoneError, ZoneFinder
from bot.services.subscriptions.changing import Changing
from bot.services.subscriptions.pausing import AWAITING, Pausing
from bot.services.subscriptions.subscribing import Subscribing

SHORT = 5  # words of an answer in which words of another kind do no harm
OF_PAUSES = frozenset({"no_such_date", "past_date", "too_long"})  # sentences
SENDING_ENTRIES = frozenset({"subscribe", "unsubscribe", "settings"})  # that stand for a wish


class Sending:
    """What is sent, in one language."""

    def __init__(self, knowledge: Knowledge, zones: ZoneFinder) -> None:
        self._zones = zones
        self._says = knowledge.tip_talk.says
        self.hearing = ScheduleHearing(knowledge.schedule_words, knowledge.vocabulary)
        self.pages = SubscriptionPages(knowledge)
        settings = SettingsPages(knowledge, self.pages)
        self.subscribing = Subscribing(knowledge, self.pages, settings, self.hearing, zones)
        self.pausing = Pausing(knowledge, self.pages, self.hearing)
        self.changing = Changing(knowledge, self.pages, settings, self.subscribing, self.hearing)
        self._words = TipHearing(knowledge.tip_talk, knowledge.vocabulary)

    def phrase(self, text: str) -> str:
        """Which of the whole messages of `TipTalk.phrases` a text is; empty: none."""
        return self._words.phrase(text)

    def is_plain(self, text: str, now: datetime, context: Context | None) -> bool:
        """Whether a message is a wish or an answer about what is sent, word for word, and nothing else."""
        today = now.astimezone(UTC).date()
        awaited = context.draft if context else None
        is_answer = awaited is not None and self.hearing.answer(text, today) is not None
        return bool(self.phrase(text)) or is_answer or self.hearing.wish(text, today) is not None

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
        return Standing(
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

    def may_concern(self, text: str, now: datetime, context: Context | None) -> bool:
        """Whether a message may be about what is sent, as far as can be told without what is kept."""
        has_draft = context is not None and context.draft is not None
        if has_draft or self.phrase(text):
            return True
        today = now.astimezone(UTC).date()
        return bool(self._words.place_in(text)) or self.hearing.wish(text, today) is not None

    def is_wish(self, text: str, now: datetime) -> bool:
        """Whether a message wishes that something is sent."""
        heard = self.hearing.wish(text, now.astimezone(UTC).date())
        return isinstance(heard, Wanted | AskBack | Refused)

    def refusal(self, text: str, now: datetime) -> Reply | None:
        """Why a wish can't be, for whom nothing can be kept; None if it can, or is none."""
        heard = self.hearing.wish(text, now.astimezone(UTC).date())
        return self.pages.refused(heard.sentence) if isinstance(heard, Refused) else None

    def hear(self, text: str, standing: Standing) -> Reply | None:
        """What a message wishes, done; None: it is about something else."""
        phrase, awaited = self.phrase(text), standing.draft
        if phrase in {"zone", "show", "silent", "end_and_erase"}:
            return self._say(phrase, standing)
        answered = self._answer(text, phrase, standing, awaited) if awaited else None
        if answered is not None:
            return answered
        said = self._say(phrase, standing) if phrase else self._moved(text, standing)
        if said is not None:
            return said
        heard = self.hearing.wish(text, standing.today) if phrase != "leave" else None
        return self._obey(heard, standing, text) if heard is not None else None

    def _moved(self, text: str, standing: Standing) -> Reply | None:
        """Go by the clock of a place that somebody says to live in now; None: nothing is said of that."""
        is_known = standing.active is not None or standing.zone is not None
        place = self._words.place_in(text) if is_known else ""
        found = self._zones.find(place) if place else None
        if found is None or not found.places or found.is_guess:
            return None
        awaited = draft(Wanted(), Awaits.PLACE, is_change=True)
        return self.subscribing.at_place(standing, awaited, place)

    def about(self, entry: str, text: str, standing: Standing) -> Reply:
        """What a message wishes that was heard as one of SENDING_ENTRIES."""
        if entry == "settings":
            return self.changing.settings(standing, "")
        if entry == "unsubscribe":
            heard = self.hearing.ending(text, standing.today) if standing.active else None
            return (self._obey(heard, standing, text) if heard else None) or self.pausing.end(standing)
        clearly = self.hearing.answer(text, standing.today)
        heard = clearly or self.hearing.answer(text, standing.today, loosely=True)
        if standing.active is not None and clearly is None and isinstance(heard, Wanted | None):
            return self.subscribing.propose(standing, heard or Wanted())
        obeyed = self._obey(heard, standing, text) if heard is not None else None
        return obeyed or self.subscribing.subscribe(standing, Wanted())

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
        heard = self.hearing.answer(f"later {argument}", standing.today, loosely=True)
        return self.pausing.later(standing, heard if isinstance(heard, LaterWanted) else LaterWanted())

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
        if awaited.awaits is Awaits.HALF:
            asked = AskBack(sentence="morning_or_evening", times=awaited.times, wanted=awaited.wanted)
            return self.pages.ask_half(asked, awaited.wanted, is_change=awaited.is_change)
        buttons = self.pages.pause_buttons() if awaited.awaits is Awaits.PAUSE else ()
        return self.pages.unclear(awaited, tuple(buttons))

    def _left_open(self, text: str, standing: Standing) -> Draft:
        """What is awaited of somebody whose wish can't be: another time, with what else was said of it."""
        before = standing.draft
        if before is not None and before.awaits not in {Awaits.TIME, Awaits.PACE}:
            return before
        wanted = joined(before.wanted if before else Wanted(), self.hearing.told(text))
        return draft(wanted, Awaits.TIME, is_change=standing.active is not None)

    def _obey(self, heard: Heard, standing: Standing, text: str) -> Reply | None:
        before = standing.draft.wanted if standing.draft else Wanted()
        match heard:
            case Wanted():
                is_less = bool(heard.left_out) and not standing.active and not standing.draft
                return None if is_less else self.subscribing.subscribe(standing, joined(before, heard))
            case AskBack():
                asked = replace(heard, wanted=joined(before, heard.wanted))
                return self.subscribing.ask_half(standing, asked)
            case Refused():
                is_pause = heard.sentence in OF_PAUSES and standing.active is not None
                return self.pages.refused(
                    heard.sentence, AWAITING if is_pause else self._left_open(text, standing)
                )
            case PauseWanted():
                return self.pausing.pause(standing, heard) if standing.active else None
            case LaterWanted():
                return self.pausing.later(standing, heard) if standing.active else None

    def _answer(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """The reply to an answer to what was asked last; None: it is none."""
        if phrase == "leave" or (phrase == "end" and standing.active is None):
            return self.subscribing.let_be()
        match awaited.awaits:
            case Awaits.TIME | Awaits.HALF:
                is_half = awaited.awaits is Awaits.HALF
                return (self._answered_half if is_half else self._answered_when)(text, awaited, standing)
            case Awaits.PLACE:
                return self.subscribing.at_place(standing, awaited, text)
            case Awaits.PAUSE:
                return self.pausing.heard(standing, text)
            case Awaits.QUIET:
                return self._answered_quiet(text, phrase, standing, awaited)
            case Awaits.PACE:
                return None

    def _answered_when(self, text: str, awaited: Draft, standing: Standing) -> Reply | None:
        heard = self.hearing.answer(text, standing.today)
        match heard:
            case Wanted():
                return self.subscribing.subscribe(standing, joined(awaited.wanted, heard))
            case AskBack():
                return self.subscribing.ask_half(
                    standing, replace(heard, wanted=joined(awaited.wanted, heard.wanted))
                )
            case Refused():
                return self.pages.refused(heard.sentence, awaited)
            case PauseWanted() | LaterWanted():
                return self._obey(heard, standing, text)
            case None:
                return None

    def _answered_quiet(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """Quiet hours, or what to say to times that are none."""
        done = self.changing.quiet(standing, "off" if phrase == "no_quiet" else text)
        has_time = done is None and self.hearing.answer(text, standing.today) is not None
        return self.unclear(awaited) if has_time else done

    def _answered_half(self, text: str, awaited: Draft, standing: Standing) -> Reply | None:
        """One of two times, by a part of the day or by itself."""
        first = awaited.times[0]
        named = f"{first.hour % 12 or 12}:{first.minute:02} {text}"
        said = [(named, False), (text, False)]
        if len(text.split()) <= SHORT and _has_time(self.hearing.answer(text, standing.today, loosely=True)):
            said.append((named, True))
        for words, loosely in said:
            heard = self.hearing.answer(words, standing.today, loosely=loosely)
            if isinstance(heard, Wanted) and heard.at in awaited.times:
                return self.subscribing.subscribe(standing, replace(awaited.wanted, at=heard.at))
        return self._answered_when(text, awaited, standing)

    def _say(self, phrase: str, standing: Standing) -> Reply | None:
        """What a whole message of few words does; None: for this person it does nothing."""
        always = {
            "zone": lambda: self.subscribing.ask_where(standing, standing.draft),
            "show": lambda: self.changing.settings(standing, ""),
            "end_and_erase": lambda: self.pausing.end_and_erase(standing),
        }
        if phrase in always:
            return always[phrase]()
        if phrase == "again" and standing.subscriber is not None:
            return self.resume(standing)
        if standing.active is None:
            return None
        if phrase == "resume":
            is_paused = standing.active.subscription.schedule.paused_until is not None
            return self.pausing.resume(standing, standing.active) if is_paused else None
        if phrase == "end":
            return self.pausing.end(standing)
        return self.changing.settings(standing, phrase) if phrase in {"weekly", "keep", "silent"} else None


def _has_time(heard: Heard | None) -> bool:
    return isinstance(heard, Wanted) and heard.at is not None
