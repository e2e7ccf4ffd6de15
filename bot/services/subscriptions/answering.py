"""Hears what somebody says to what was asked last, or to what was just set up."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time

from bot.core.schedules.places import Found
from bot.core.schedules.words import AskBack, Heard, LaterWanted, PauseWanted, Refused, Wanted
from bot.core.subscriptions.drafts import Awaits, Draft, draft, joined
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Reply
from bot.services.ports import ZoneFinder
from bot.services.subscriptions.changing import Changing
from bot.services.subscriptions.obeying import Obeying
from bot.services.subscriptions.placing import Placing
from bot.services.subscriptions.subscribing import by_its_clock

SETTLING = frozenset({Awaits.CHANGE, Awaits.PAUSED})  # what was just done may be corrected
SHORT = 5  # words of an answer in which words of another kind do no harm

ENDS = frozenset({"end", "end_all", "end_tip", "end_reminder"})  # phrases

Answered = Callable[[str, str, Standing, Draft], Reply | None]


class Answering:
    """Knows what an answer means by what it answers."""

    def __init__(self, obeying: Obeying, changing: Changing, zones: ZoneFinder, placing: Placing) -> None:
        self._pages = obeying.pages
        self._hearing = obeying.hearing
        self._subscribing = obeying.subscribing
        self._pausing = obeying.pausing
        self._obeying = obeying
        self._changing = changing
        self._zones = zones
        self._placing = placing
        self._answered: Mapping[Awaits, Answered] = {
            Awaits.TIME: self._when,
            Awaits.HALF: self._half,
            Awaits.PLACE: self._where,
            Awaits.PAUSE: lambda text, _, standing, __: self._pausing.heard(standing, text),
            Awaits.QUIET: self._quiet,
            Awaits.CHANGE: self._correction,
            Awaits.PAUSED: self._other_pause,
        }

    def answer(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """The reply to an answer to what was asked last; None: it is none."""
        is_settled = awaited.awaits in SETTLING
        is_end = phrase in ENDS and standing.active is None
        if not is_settled and (phrase in {"leave", "no"} or is_end):
            return self._subscribing.let_be()
        answered = self._answered.get(awaited.awaits)
        return answered(text, phrase, standing, awaited) if answered else None

    def unclear(self, awaited: Draft) -> Reply:
        """What to say to an answer that can't be understood."""
        if awaited.awaits is Awaits.HALF:
            return self._pages.ask_again(awaited)
        buttons = self._pages.pause_buttons() if awaited.awaits is Awaits.PAUSE else ()
        return self._pages.unclear(awaited, tuple(buttons))

    def heard(self, text: str, today: date, awaited: Draft, at: time | None = None) -> Heard | None:
        """What an answer wishes of times, whoever says it; `at` is when it comes so far."""
        if awaited.awaits in SETTLING:
            return self._hearing.correction(text, today, at)
        chosen = self._chosen(text, today, awaited) if awaited.awaits is Awaits.HALF else None
        is_of_times = awaited.awaits in {Awaits.TIME, Awaits.HALF, Awaits.PLACE}
        return chosen or (self._hearing.answer(text, today) if is_of_times else None)

    def _when(self, text: str, _: str, standing: Standing, awaited: Draft) -> Reply | None:
        heard = self._hearing.answer(text, standing.today)
        match heard:
            case Wanted():
                return self._subscribing.subscribe(standing, joined(awaited.wanted, heard))
            case AskBack():
                return self._subscribing.ask_half(
                    standing, replace(heard, wanted=joined(awaited.wanted, heard.wanted))
                )
            case Refused():
                return self._pages.refused(heard.sentence, awaited)
            case LaterWanted() if heard.times and standing.active is None:
                wanted = joined(awaited.wanted, self._hearing.told(text))
                return self._subscribing.subscribe(standing, wanted)
            case PauseWanted() | LaterWanted():
                return self._obeying.obey(heard, standing, text)
            case None:
                return self._place_first(text, standing, awaited)

    def _place_first(self, text: str, standing: Standing, awaited: Draft) -> Reply | None:
        """The time once more, for somebody who says first where they live; None: they don't."""
        is_timely = awaited.awaits in {Awaits.TIME, Awaits.HALF} and standing.zone is None
        found = self._zones.find(text) if is_timely else Found()
        if not found.places or found.is_guess or self._placing.is_ordinary(text):
            return None
        if len(found.places) > 1:
            asked = AskBack(sentence="", times=awaited.times, wanted=awaited.wanted)
            return self._subscribing.ask_which(standing, asked, found)
        there = self._subscribing.moved(standing, found.places[0].zone)
        return by_its_clock(self._pages.ask_when_there(there, awaited), there)

    def _where(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """A place; or else another time or other days, before the place is known."""
        found = self._zones.find(text)
        is_known = bool(found.places) and not found.is_guess
        other = None if is_known or text.strip().isdecimal() else self._when(text, phrase, standing, awaited)
        return other or self._subscribing.at_place(standing, awaited, text)

    def _quiet(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """Quiet hours, or what to say to times that are none."""
        done = self._changing.quiet(standing, "off" if phrase == "no_quiet" else text)
        has_time = done is None and self._hearing.answer(text, standing.today) is not None
        return self.unclear(awaited) if has_time else done

    def _half(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        chosen = self._chosen(text, standing.today, awaited)
        if chosen is not None:
            return self._subscribing.subscribe(standing, chosen)
        return self._when(text, phrase, standing, awaited)

    def _chosen(self, text: str, today: date, awaited: Draft) -> Wanted | None:
        """The wish at one of two times, which is named by a part of the day or by itself."""
        if not self._hearing.names_time(text):
            return None
        first = awaited.times[0]
        named = f"{first.hour % 12 or 12}:{first.minute:02} {text}"
        said = [(named, False), (text, False)]
        if len(text.split()) <= SHORT and _time_of(self._hearing.answer(text, today, loosely=True)):
            said += [(named, True), (text, True)]
        for words, loosely in said:
            heard = self._hearing.answer(words, today, loosely=loosely)
            at = _time_of(heard)
            if at in awaited.times:
                return replace(awaited.wanted, at=at)
        return None

    def _correction(self, text: str, phrase: str, standing: Standing, _: Draft) -> Reply | None:
        """What was just set up, otherwise."""
        if phrase in {"no", "wrong"}:
            return self._changing.ask_what_else(standing)
        if phrase:
            return None
        at = standing.active.subscription.schedule.at if standing.active else None
        heard = self._hearing.correction(text, standing.today, at)
        if heard is not None:
            return self._obeying.obey(heard, standing, text)
        if standing.active is None or not self._hearing.corrects(text):
            return None
        elsewhere = self._elsewhere(text, standing)
        if elsewhere is not None:
            return elsewhere
        loosely = self._hearing.answer(text, standing.today, loosely=True)
        return self._subscribing.propose(standing, loosely) if isinstance(loosely, Wanted) else None

    def _elsewhere(self, text: str, standing: Standing) -> Reply | None:
        """The same by the clock of another place: "no, Berlin time"; None: nothing is said of that."""
        parted = self._placing.part(text, self._only_corrects, guesses=False)
        awaited = draft(Wanted(), Awaits.PLACE, is_change=True)
        if parted is None:
            return None
        if len(parted.found.places) > 1 or parted.found.is_guess:
            return self._pages.ask_which(parted.found.places, awaited, is_guess=parted.found.is_guess)
        return self._subscribing.by_clock(standing, parted.found.places[0].zone, awaited)

    def _only_corrects(self, text: str) -> bool:
        return self._hearing.corrects(text) and not self._hearing.unknown(text)

    def _other_pause(self, text: str, phrase: str, standing: Standing, awaited: Draft) -> Reply | None:
        """Another end of a pause, or something else set up otherwise."""
        is_other = bool(phrase) or self._hearing.wish(text, standing.today) is not None
        other = None if is_other else self._pausing.heard(standing, text, corrects=True)
        corrected = other or self._correction(text, phrase, standing, awaited)
        is_end = not is_other and len(text.split()) <= SHORT and self._hearing.names_end(text)
        return corrected or (self._pausing.answered(standing, None) if is_end else None)


def _time_of(heard: Heard | None) -> time | None:
    """The one time that was heard."""
    if isinstance(heard, LaterWanted):
        return heard.times[0] if len(heard.times) == 1 else None
    return heard.at if isinstance(heard, Wanted) else None
