"""Does what was heard of what is sent: a wish, a pause, what can't be."""

from dataclasses import replace

from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.words import AskBack, Heard, LaterWanted, PauseWanted, Refused, Wanted
from bot.core.subscriptions.drafts import CLOSED, Awaits, Draft, draft, joined
from bot.core.subscriptions.pages import SubscriptionPages
from bot.core.subscriptions.pause_pages import AWAITING
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Reply
from bot.services.subscriptions.pausing import PLAIN, Pausing
from bot.services.subscriptions.postponing import Postponing
from bot.services.subscriptions.subscribing import Subscribing

OF_PAUSES = frozenset({"no_such_date", "past_date", "too_long"})  # sentences
TIMELY = CLOSED | {Awaits.TIME}  # after which a time may be asked for


class Obeying:
    """Has wishes fulfilled."""

    def __init__(
        self,
        pages: SubscriptionPages,
        hearing: ScheduleHearing,
        subscribing: Subscribing,
        pausing: Pausing,
        postponing: Postponing,
    ) -> None:
        self.pages = pages
        self.hearing = hearing
        self.subscribing = subscribing
        self.pausing = pausing
        self.postponing = postponing

    def obey(self, heard: Heard, standing: Standing, text: str) -> Reply | None:
        """The reply to what was heard in a text; None: for this person it means nothing."""
        before = standing.draft.wanted if standing.draft else Wanted()
        is_open = standing.draft is not None and standing.draft.awaits not in CLOSED
        match heard:
            case Wanted():
                is_less = bool(heard.left_out) and not standing.active and not is_open
                return None if is_less else self.subscribing.subscribe(standing, joined(before, heard))
            case AskBack():
                asked = replace(heard, wanted=joined(before, heard.wanted))
                return self.subscribing.ask_half(standing, asked)
            case Refused():
                if heard.sentence not in OF_PAUSES:
                    return self.pages.refused(heard.sentence, self._left_open(text, standing))
                is_sent = standing.active is not None
                return (
                    self.pages.refused(heard.sentence, AWAITING)
                    if is_sent
                    else self.pages.nothing("nothing_to_pause")
                )
            case PauseWanted():
                is_meant = standing.active is not None or heard.why == PLAIN
                return self.pausing.pause(standing, heard) if is_meant else None
            case LaterWanted():
                return self._later(heard, standing, text)

    def _later(self, heard: LaterWanted, standing: Standing, text: str) -> Reply | None:
        """The delivery of today later on; a single message is none of those that somebody can get."""
        if standing.active is not None:
            return self.postponing.later(standing, heard)
        return self.pages.refused("once", self._left_open(text, standing)) if heard.is_single else None

    def _left_open(self, text: str, standing: Standing) -> Draft:
        """What is awaited of somebody whose wish can't be: another time, with what else was said of it."""
        before = standing.draft
        if before is not None and before.awaits not in TIMELY:
            return before
        wanted = joined(before.wanted if before else Wanted(), self.hearing.told(text))
        return draft(wanted, Awaits.TIME, is_change=standing.active is not None)
