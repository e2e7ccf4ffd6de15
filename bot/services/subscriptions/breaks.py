"""Days on which nobody is expected to train, though nothing that is sent pauses for them."""

from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.person.profile import Break, Change, Profile
from bot.core.player.progress import resting, with_break, without_break
from bot.core.schedules.schedule import ONE_DAY
from bot.core.schedules.words import PauseWanted
from bot.core.subscriptions.pages import SubscriptionPages
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Kind, Reply, Suggestion
from bot.services.subscriptions.pausing import RESTING_FOR


class Breaks:
    """Lets the days of an illness or a holiday not count, and those after it count again."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages) -> None:
        self._says = knowledge.tip_talk.says
        self._of_training = knowledge.routine_talk.player
        self._pages = pages

    def counted_out(self, standing: Standing, wanted: PauseWanted, reply: Reply) -> Reply:
        """The reply to somebody who is ill or away, without a pause of what is sent.

        If there was any training to count, these days are a break from now on, and the reply says so.
        """
        profile, start = standing.profile, wanted.start or standing.today
        is_known = wanted.until is None and resting(profile, start)
        if wanted.why not in RESTING_FOR or not profile.history or is_known or reply.change is not None:
            return reply
        until = wanted.until - ONE_DAY if wanted.until else None
        breaks = with_break(_open_until(profile, standing.today, start), start, until)
        change = Change(profile=replace(profile, breaks=breaks))
        if profile.hides_progress:
            return replace(reply, change=change)
        said = self._of_training["progress_frozen"]
        back = Suggestion(label=self._of_training["progress_back_button"], utterance="/progress back")
        if reply.kind in {Kind.FALLBACK, Kind.CLARIFICATION}:
            return replace(self._pages.say(said, [back]), change=change)
        text, suggestions = f"{reply.text}\n\n{said}", (*reply.suggestions, back)
        return replace(reply, text=text, suggestions=suggestions, change=change)

    def counted_in(self, standing: Standing) -> Reply:
        """What follows when somebody says to be back or better whose days did not count."""
        breaks = without_break(standing.profile.breaks, standing.today)
        today = Suggestion(label=self._says["routine_button"], utterance="/routine")
        reply = self._pages.say(self._of_training["progress_unfrozen"], [today])
        return replace(reply, change=Change(profile=replace(standing.profile, breaks=breaks)))


def _open_until(profile: Profile, today: date, start: date) -> tuple[Break, ...]:
    """The breaks that have begun, each over before a day."""
    begun = tuple(each for each in profile.breaks if each.since <= today)
    return without_break(begun, start)
