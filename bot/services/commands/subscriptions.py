"""Commands about what is sent to somebody."""

from collections.abc import Callable

from bot.core.subscriptions.standing import Standing
from bot.core.talk import Reply
from bot.core.tips.words import END_THIS
from bot.services.commands.scene import Scene
from bot.services.subscriptions.sending import Sending


def sends(entry: str, lead: Callable[[Sending, Standing, str], Reply]) -> Callable[[Scene], Reply]:
    """A command that sees to what is sent; where nothing can be kept it shows an entry."""

    def respond(scene: Scene) -> Reply:
        pages = scene.conversation.pages
        if scene.sending is None:
            return pages.entry(entry) if pages.knows_entry(entry) else pages.gone()
        if scene.is_public:
            return scene.sending.not_for_groups()
        if scene.standing is None:
            return scene.says(scene.conversation.knowledge.messages.cant_remember)
        return lead(scene.sending, scene.standing, scene.argument)

    return respond


def _ends(sending: Sending, standing: Standing, argument: str) -> Reply:
    """What stands behind /unsubscribe: nothing, or the name of words that could mean something else."""
    return sending.ending.end_this(standing) if argument == END_THIS else sending.ending.end(standing)


unsubscribe = sends("unsubscribe", _ends)


def begins(lead: Callable[[Sending, Standing, str], Reply]) -> Callable[[Scene], Reply]:
    """The same for what begins: nothing does after a red flag, until the person has been seen."""
    begin = sends("subscribe", lead)

    def respond(scene: Scene) -> Reply:
        alert = scene.context.alert if scene.context else None
        return scene.conversation.safety_pages.paused(alert.flag, "subscribe") if alert else begin(scene)

    return respond
