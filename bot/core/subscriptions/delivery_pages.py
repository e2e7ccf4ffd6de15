"""What a delivery says: a tip, a reminder, or one with the other, and the ways on from there. Pure."""

from collections.abc import Iterator

from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Suggestion
from bot.core.tips.tip import Tip

TOPIC = "subscribe"


class DeliveryPages:
    """Says what was subscribed to."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._says = knowledge.tip_talk.says

    def delivery(self, tip: Tip | None, *, reminds: bool, asks: bool) -> Reply | None:
        """A delivery; None if it would say nothing. `asks`: it also asks whether weekly would be better."""
        says = self._says
        parts = [*([tip.text] if tip else []), *([says["reminder"]] if reminds else [])]
        if not parts:
            return None
        ways = (*(self._offered() if asks else ()), *self._ways(tip, reminds=reminds))
        text = "\n\n".join([*parts, *([says["offer"]] if asks else [])])
        return Reply(kind=Kind.COMMAND, text=text, topic=TOPIC, suggestions=ways)

    def _ways(self, tip: Tip | None, *, reminds: bool) -> Iterator[Suggestion]:
        says = self._says
        yield Suggestion(label=says["routine_button"], utterance="/today")
        if tip is not None:
            yield Suggestion(label=says["more_button"], utterance=f"/show {tip.link}")
        if reminds:
            yield Suggestion(label=says["later_button"], utterance="/later")
        yield Suggestion(label=says["stop_button"], utterance="/unsubscribe")

    def _offered(self) -> Iterator[Suggestion]:
        yield Suggestion(label=self._says["offer_weekly_button"], utterance="/settings weekly")
        yield Suggestion(label=self._says["offer_keep_button"], utterance="/settings keep")
