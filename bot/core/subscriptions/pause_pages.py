"""What is said of pauses: how long they are, what comes before and behind them, and that they end. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.core.model import Knowledge
from bot.core.schedules.rescheduling import Changed
from bot.core.schedules.resting import first_day
from bot.core.schedules.schedule import FOR_GOOD, ONE_DAY, Pause
from bot.core.schedules.spoken_times import SpokenTimes
from bot.core.subscriptions.drafts import RESTING, Awaits, Draft
from bot.core.subscriptions.pages import END_TOPIC, SubscriptionPages
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Dated, Reply, Suggestion

AWAITING = Draft(awaits=Awaits.PAUSE, is_change=True)


class PausePages:
    """Says what holds of a pause."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages) -> None:
        self._says = knowledge.tip_talk.says
        self._times = SpokenTimes(knowledge)
        self._pages = pages

    def refused(self, sentence: str) -> Reply:
        """Why a pause can't be, for another answer to how long."""
        return self._pages.refused(sentence, AWAITING)

    def unclear(self) -> Reply:
        """What to say to an answer to how long that can't be understood."""
        return self._pages.unclear(AWAITING, tuple(self._pages.pause_buttons()))

    def open_ended(self, pause: Pause, others: Iterable[Pause], standing: Standing) -> Reply:
        """A pause without an end, which can still get one."""
        buttons = [*self._pages.pause_buttons(), self._resume()]
        name = "paused_from" if pause.start else f"paused{_reason(pause.why)}"
        start = self._times.day(first_day(pause, standing.today))
        said = " ".join([self._says[name].format(start=start), *self._times.staying(others, standing.today)])
        return replace(self._pages.say(said, buttons, AWAITING), topic=END_TOPIC)

    def ending(
        self, pause: Pause, others: Iterable[Pause], standing: Standing, changed: Changed, why: str
    ) -> Reply:
        """A pause with an end, and when the next one comes; `why` is what was said of that now."""
        stay = self._times.staying(others, standing.today)
        if pause.until == FOR_GOOD:
            said, dated = self._says["still_paused"], tuple[Dated, ...]()
        else:
            coming, dated = self._pages.coming(standing, changed.following)
            before = self._before(pause, standing.today, changed)
            said = self._spanned(pause, standing.today, why).format(next=" ".join([*before, coming]))
        reply = self._pages.say(" ".join([said, *stay]), [self._resume()], RESTING)
        return replace(reply, topic=END_TOPIC, dated=dated)

    def resumed(
        self, others: Iterable[Pause], standing: Standing, changed: Changed, *, is_end: bool
    ) -> Reply:
        """The word that it goes on; `is_end`: that ends a pause, which some others outlast."""
        coming, dated = self._pages.coming(standing, changed.following)
        said = self._says["resumed" if is_end else "not_paused"].format(next=coming)
        return replace(
            self._pages.say(" ".join([said, *self._times.staying(others, standing.today)])), dated=dated
        )

    def better(self, until: date) -> Reply:
        """The word that a pause goes on for somebody who is better, unless they say so."""
        name = "better_for_good" if until == FOR_GOOD else "better"
        said = self._says[name].format(day=self._times.day(until))
        return replace(self._pages.say(said, [self._resume()], RESTING), topic=END_TOPIC)

    def _before(self, pause: Pause, today: date, changed: Changed) -> Iterator[str]:
        """That nothing comes before a day, where the next one comes later than that."""
        is_later = changed.following is None or changed.following.day > pause.until
        if is_later and first_day(pause, today) == today:
            yield self._says["paused_before"].format(day=self._times.day(pause.until))

    def _spanned(self, pause: Pause, today: date, why: str) -> str:
        """What is said of a pause with an end, without when the next one comes."""
        start, end = first_day(pause, today), pause.until - ONE_DAY
        if start == today:
            return self._says[f"paused_until{_reason(why)}"]
        said = self._says["paused_day" if start == end else "paused_span"]
        return said.format(start=self._times.day(start), end=self._times.day(end), next="{next}")

    def _resume(self) -> Suggestion:
        return Suggestion(label=self._says["resume_button"], utterance="/resume")


def _reason(why: str) -> str:
    return f"_{why}" if why else ""
