"""What is held of a person: shown and erased."""

from bot.core.person.holdings import describe
from bot.core.talk import Reply
from bot.services.commands.scene import Scene


def my_data(scene: Scene) -> Reply:
    """Everything that is held, for nobody else's eyes."""
    says = scene.conversation.knowledge.messages
    if scene.is_public:
        return scene.says(says.in_private)
    if scene.held is None:
        return scene.says(says.cant_remember)
    return scene.says(describe(scene.held, scene.conversation.knowledge))


def forget(scene: Scene) -> Reply:
    """Ask once, then erase."""
    pages = scene.conversation.pages
    if scene.is_public:
        return scene.says(scene.conversation.knowledge.messages.in_private)
    if scene.argument == "yes":
        return pages.forgotten()
    return pages.kept() if scene.argument == "no" else pages.ask_forget()
