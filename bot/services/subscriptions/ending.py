"""Ends what is sent to somebody, or one of two things of it."""

from dataclasses import replace

from bot.core.model import Action, Knowledge
from bot.core.schedules.schedule import What
from bot.core.subscriptions.pages import END_TOPIC, SubscriptionPages
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Reply, Suggestion

LEFT = {What.TIP: What.ROUTINE, What.ROUTINE: What.TIP}  # without one of two


class Ending:
    """Sends nothing more."""

    def __init__(self, knowledge: Knowledge, pages: SubscriptionPages) -> None:
        self._says = knowledge.tip_talk.says
        self._nothing = knowledge.messages.nothing_sent
        self._crisis = next((f.id for f in knowledge.red_flags.values() if f.action is Action.CRISIS), "")
        self._pages = pages

    def end_and_erase(self, standing: Standing) -> Reply:
        """The same for somebody who wants everything erased as well: that they have to say once more."""
        ended = self.end(standing)
        return replace(ended, text=f"{ended.text} {self._says['ended_and_erase']}")

    def drop(self, standing: Standing, what: What) -> Reply:
        """Send one of two things no more and go on with the other; where nothing is left it is an end."""
        active = standing.active
        left = LEFT.get(what)
        if active is None or left is None or active.subscription.what is not What.BOTH:
            return self.end(standing)
        subscriber, changed = standing.having(replace(active.subscription, what=left))
        return self._pages.dropped(standing, subscriber, changed, what)

    def end_this(self, standing: Standing) -> Reply:
        """The same for words that could also be despair: whoever meant that has a way to help."""
        ended = self.end(standing)
        button = Suggestion(label=self._says["not_well_button"], utterance=f"/flag {self._crisis}")
        text = f"{ended.text}\n\n{self._says['ended_this']}"
        return replace(ended, text=text, suggestions=(button, *ended.suggestions))

    def end(self, standing: Standing) -> Reply:
        """Send nothing more, at once."""
        active = standing.active
        if active is None:
            return replace(self._pages.say(self._nothing), topic=END_TOPIC)
        subscription = replace(active.subscription, is_declined=True)
        ended = replace(active, subscription=subscription, due=None, ended_at=standing.now)
        return self._pages.ended(standing, ended)
