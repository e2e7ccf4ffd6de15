"""Commands that show what the bot knows."""

from dataclasses import replace

from bot.core.exercises.exercise import LINKED, PREFIX
from bot.core.routines.sharing import LINKED as SHARED
from bot.core.talk import Reply
from bot.services.commands.scene import Scene
from bot.services.commands.training import routine


def start(scene: Scene) -> Reply:
    """Welcome somebody, or show what the link that they followed names."""
    pages, named = scene.conversation.pages, scene.argument
    if not named:
        return pages.start()
    if named.startswith(SHARED):
        return routine(scene)
    if pages.knows_subject(named) and not pages.knows_entry(named):
        return pages.topics(named)
    if named.startswith(LINKED):
        return scene.conversation.exercise(named.replace(LINKED, PREFIX, 1), scene.context, scene.profile)
    return show(scene)


def ask(scene: Scene) -> Reply:
    """Answer the question behind the command."""
    if not scene.argument:
        return scene.conversation.pages.ask_what()
    reply = scene.conversation.answer(scene.argument, scene.context, scene.profile)
    return _fitted(scene, reply)


def show(scene: Scene) -> Reply:
    """An entry or an exercise by its id."""
    pages = scene.conversation.pages
    if scene.argument.startswith(PREFIX):
        return scene.conversation.exercise(scene.argument, scene.context, scene.profile)
    if not pages.knows_entry(scene.argument):
        return pages.gone()
    return _fitted(scene, pages.entry(scene.argument))


def sources(scene: Scene) -> Reply:
    """The works behind an answer, or all of them."""
    pages, source_pages = scene.conversation.pages, scene.conversation.source_pages
    if scene.argument.isdecimal():
        return source_pages.all(int(scene.argument[:4]))
    name = scene.argument or (scene.context.entry if scene.context else None) or ""
    if scene.conversation.exercises.knows(name):
        exercise = scene.conversation.knowledge.exercises[name.removeprefix(PREFIX)]
        return source_pages.works(exercise.name, exercise.facts, exercise.topic)
    if pages.knows_entry(name):
        return source_pages.of_entry(name)
    return pages.gone() if scene.argument else source_pages.all(1)


def exercises(scene: Scene) -> Reply:
    """The exercises to choose from, unless none may be shown to this person now."""
    return scene.conversation.shelves(scene.argument, scene.context, scene.profile)


def other(scene: Scene) -> Reply:
    """What else was found for a question; whoever has just seen it gets the topics."""
    context, pages = scene.context, scene.conversation.pages
    others = context.others if context and context.entry == scene.argument else ()
    reply = pages.other_questions(scene.argument, others)
    is_repeated = context is not None and reply.suggestions == context.suggestions
    return pages.none_of_these() if is_repeated else _fitted(scene, reply)


def more(scene: Scene) -> Reply:
    """The next answer on the topic that was talked about."""
    return _fitted(scene, scene.conversation.more(scene.context))


def unoffered(scene: Scene) -> Reply:
    """Say that nothing was offered under such a number."""
    return scene.conversation.pages.not_offered(scene.context.suggestions if scene.context else ())


def send(scene: Scene) -> Reply:
    """Send a miss to the editors, if it is the one that the tapped button stood under."""
    missed = scene.context.missed if scene.context else None
    if missed is None or scene.argument not in {"", missed.mark}:
        return scene.says(scene.conversation.knowledge.messages.nothing_to_send)
    return replace(scene.says(scene.conversation.knowledge.messages.sent), sent=missed)


def why(scene: Scene) -> Reply:
    """How the owner's last question was understood; nobody else knows of this command."""
    if not scene.is_owner:
        return scene.conversation.pages.unknown_command("/why")
    asked = scene.context.asked if scene.context else None
    if asked is None:
        return scene.says(scene.conversation.knowledge.messages.nothing_to_explain)
    return scene.says(scene.conversation.explain(asked.text, asked.context))


def _fitted(scene: Scene, reply: Reply) -> Reply:
    """A reply; or why it is none for this person."""
    return scene.conversation.fitted(reply, scene.context, scene.profile)
