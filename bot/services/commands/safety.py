"""Commands around warning signs."""

from bot.core.talk import Reply
from bot.services.commands.scene import Scene


def seen(scene: Scene) -> Reply:
    """Ask once more what was reported; only then go on."""
    alert = scene.context.alert if scene.context else None
    if alert is None or scene.argument == "yes":
        return scene.conversation.aftercare.go_on(scene.context)
    return scene.conversation.safety_pages.ask_seen(alert.flag)


def phone(scene: Scene) -> Reply:
    """What to say on the phone to those who help."""
    alert = scene.context.alert if scene.context else None
    return scene.conversation.safety_pages.phone(alert.flag if alert else None)


def flag(scene: Scene) -> Reply:
    """The advice of a red flag, or all of them."""
    named = scene.conversation.knowledge.red_flags.get(scene.argument)
    return scene.conversation.warn(named) or scene.conversation.safety_pages.all()
