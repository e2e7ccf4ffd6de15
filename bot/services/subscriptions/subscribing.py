"""Leads somebody to a subscription, or to another one: what, when, by which clock."""

from dataclasses import replace
from datetime import datetime, time
from typing import TypeVar

from bot.core.model import Knowledge
from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.places import Found
from bot.core.schedules.resting import resumed, resumed_on
from bot.core.schedules.schedule import What
from bot.core.schedules.words import AskBack, Heard, Refused, Wanted
from bot.core.subscriptions.drafts import (
    Awaits,
    Draft,
    applied,
    begun,
    draft,
    is_code_alone,
    joined,
    read_code,
    settled,
)
from bot.core.subscriptions.pages import SubscriptionPages
from bot.core.subscriptions.settings_pages import SettingsPages
from bot.core.subscriptions.standing import Standing
from bot.core.subscriptions.subscription import Subscription
from bot.core.talk import Reply
from bot.services.ports import UnknownZoneError, ZoneFinder


class Subscribing:
    """Makes wishes into subscriptions."""

    def __init__(
        self,
        knowledge: Knowledge,
        pages: SubscriptionPages,
        settings: SettingsPages,
        hearing: ScheduleHearing,
        zones: ZoneFinder,
    ) -> None:
        self._offered = knowledge.tip_talk.places
        self._says = knowledge.tip_talk.says
        self._pages = pages
        self._settings = settings
        self._hearing = hearing
        self._zones = zones

    def command(self, standing: Standing, argument: str) -> Reply:
        """What stands behind /subscribe: nothing, words, or what a button says, with a zone or without."""
        said, _, place = argument.partition(" ")
        wanted = read_code(said)
        if wanted is not None:
            there = self.moved(standing, place) if place else standing
            return self.subscribe(there, wanted)
        if not argument:
            return self.subscribe(standing, Wanted())
        return self._heard(standing, self._hearing.answer(argument, standing.today, loosely=True))

    def subscribe(self, standing: Standing, wanted: Wanted) -> Reply:
        """Begin or change what is sent; ask for what is not known yet."""
        wanted = settled(wanted, standing.weekdays)
        if wanted.weekdays is not None and not wanted.weekdays:
            return self._pages.say(self._says["one_day_at_least"])
        if standing.active is not None:
            return self._change(standing, standing.active.subscription, wanted)
        before = standing.subscriber.subscription if standing.subscriber else None
        if before and wanted.at is None:
            wanted = replace(wanted, at=before.schedule.at)
        if wanted.at is None:
            return self._pages.ask_when(wanted)
        if standing.zone is None:
            return self._pages.ask_where(wanted, standing.now, self._clocks(standing))
        return self.kept(standing, self._begun(standing, before, wanted, wanted.at))

    def ask_half(self, standing: Standing, asked: AskBack) -> Reply:
        """Ask which of two times is meant."""
        asked = replace(asked, wanted=settled(asked.wanted, standing.weekdays))
        return self._pages.ask_half(asked, asked.wanted, is_change=standing.active is not None)

    def ask_where(self, standing: Standing, awaited: Draft | None = None) -> Reply:
        """Ask by which clock, for a wish that awaits it, or where nothing else is to change."""
        wanted = awaited.wanted if awaited else Wanted()
        asked = self._pages.ask_where(wanted, standing.now, self._clocks(standing))
        if awaited is None or asked.draft is None:
            return asked
        open_still = replace(asked.draft, times=awaited.times, is_change=awaited.is_change)
        return replace(asked, draft=open_still)

    def at_place(self, standing: Standing, awaited: Draft, text: str) -> Reply | None:
        """The reply to a place that somebody names; None: there is none of that name."""
        found = self._zones.find(text)
        if not found.places:
            return None
        if len(found.places) > 1 or found.is_guess:
            return self._pages.ask_which(found.places, awaited, is_guess=found.is_guess)
        return self.by_clock(standing, found.places[0].zone, awaited)

    def ask_which(self, standing: Standing, heard: Wanted | AskBack, found: Found) -> Reply:
        """Ask which of some places is meant, for a wish that named it."""
        times = heard.times if isinstance(heard, AskBack) else ()
        now = heard.wanted if isinstance(heard, AskBack) else heard
        before = standing.draft.wanted if standing.draft else Wanted()
        wanted = settled(joined(before, now), standing.weekdays)
        awaited = draft(wanted, Awaits.PLACE, is_change=standing.active is not None)
        return self._pages.ask_which(found.places, replace(awaited, times=times), is_guess=found.is_guess)

    def by_clock(self, standing: Standing, place: str, awaited: Draft | None = None) -> Reply:
        """Go by the clock of a zone from now on, and on with what was wished."""
        there = self.moved(standing, place)
        if there is standing:
            return self.ask_where(standing)
        asked = awaited if awaited is not None and awaited.awaits is Awaits.PLACE else None
        if awaited is not None and awaited.at is not None:
            return self.subscribe(there, awaited.wanted)
        if asked and asked.times:
            half = AskBack(sentence="morning_or_evening", times=asked.times, wanted=asked.wanted)
            return by_its_clock(self.ask_half(there, half), there)
        if asked and (asked.wanted != Wanted() or not asked.is_change):
            return by_its_clock(self.subscribe(there, asked.wanted), there)
        if there.active is None:
            return replace(self._pages.zone_kept(there), draft=_still(awaited))
        return self.kept(there, replace(there.active.subscription, zone=place))

    def kept(self, standing: Standing, subscription: Subscription) -> Reply:
        """Keep a changed subscription, and say what holds now."""
        subscriber, changed = standing.having(subscription)
        return self._pages.done(standing, subscriber, changed)

    def let_be(self) -> Reply:
        """The word that nothing changes."""
        return self._pages.say(self._says["let_it_be"])

    def _heard(self, standing: Standing, heard: Heard | None) -> Reply:
        match heard:
            case Wanted():
                return self.subscribe(standing, heard)
            case AskBack():
                return self.ask_half(standing, heard)
            case Refused():
                return self._pages.refused(heard.sentence, draft(Wanted(), Awaits.TIME))
            case _:
                return self._pages.unclear(draft(Wanted(), Awaits.TIME), ())

    @staticmethod
    def _begun(standing: Standing, before: Subscription | None, wanted: Wanted, at: time) -> Subscription:
        """A new subscription, which goes by one that ended where nothing else is wanted."""
        weekday = standing.today.weekday()
        if before is None:
            schedule = begun(wanted, at, weekday)
            return Subscription(schedule=schedule, zone=standing.place, what=wanted.what or What.TIP)
        schedule = resumed(applied(before.schedule, wanted, weekday))
        return replace(before, schedule=schedule, zone=standing.place, what=wanted.what or before.what)

    def propose(self, standing: Standing, wanted: Wanted) -> Reply:
        """Ask whether what is sent shall change, where a wish was heard among words of another kind."""
        active, wanted = standing.active, settled(wanted, standing.weekdays)
        is_whole = wanted.at is not None or bool(wanted.weekdays) or wanted.weekly
        after = self._changed(standing, active.subscription, wanted) if active and is_whole else None
        if active is None or after is None or after == active.subscription:
            return self._settings.all(standing)
        return self._pages.propose(after, standing.place if standing.has_moved else "")

    def _change(self, standing: Standing, kept: Subscription, wanted: Wanted) -> Reply:
        """What is sent already, changed as far as something is wanted of it; a bare wish ends a pause."""
        changed = self._changed(standing, kept, wanted)
        is_bare = wanted == Wanted() and changed == kept
        return self._settings.all(standing) if is_bare else self.kept(standing, changed)

    @staticmethod
    def _changed(standing: Standing, kept: Subscription, wanted: Wanted) -> Subscription:
        after, active = kept.schedule, standing.active
        if wanted != Wanted():
            weekday = (active.due.day if active and active.due else standing.today).weekday()
            after = applied(after, wanted, weekday)
        elif after.is_paused_on(standing.today):
            after = resumed_on(after, standing.today)
        what = wanted.what or kept.what
        return replace(kept, schedule=after, what=what, zone=standing.place or kept.zone)

    def moved(self, standing: Standing, place: str) -> Standing:
        """Somebody by the clock of a zone; the same as before if there is none of that name."""
        try:
            return standing.moved(place, self._zones.zone(place))
        except UnknownZoneError:
            return standing

    def _clocks(self, standing: Standing) -> list[tuple[str, datetime]]:
        """The zones that are offered, each with the moment there."""
        return [(name, standing.now.astimezone(self._zones.zone(name))) for name in self._offered]


_Asking = TypeVar("_Asking", Reply, Reply | None)


def by_its_clock(reply: _Asking, there: Standing) -> _Asking:
    """A reply that asks on, with the clock of a place that was named for when the wish is whole."""
    if reply is None or reply.change is not None or not there.has_moved:
        return reply
    return by_the_clock_of(there.place, reply)


def by_the_clock_of(place: str, reply: Reply) -> Reply:
    """The same for the zone of a name; an empty one is none."""
    if reply.draft is None or not place:
        return reply
    zoned = [
        replace(each, utterance=f"{each.utterance} {place}") if is_code_alone(each.utterance) else each
        for each in reply.suggestions
    ]
    return replace(reply, suggestions=tuple(zoned), draft=replace(reply.draft, zone=place))


def _still(awaited: Draft | None) -> Draft | None:
    """What is awaited once a place is known."""
    return awaited if awaited and awaited.awaits is not Awaits.PLACE else None
