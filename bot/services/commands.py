"""The one table of commands. The handlers, the menu, /help and the tests all read it."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.conversation import ROUTINE_TOPIC
from bot.core.exercises.exercise import LINKED, PREFIX
from bot.core.person.holdings import describe
from bot.core.person.profile import Profile
from bot.core.person.visits import Visit
from bot.core.player.pages import day_of
from bot.core.routines.today import TodaysRoutine
from bot.core.subscriptions.standing import Standing
from bot.core.talk import Context, Reply
from bot.services.scene import Command, Scene
from bot.services.subscriptions.wishes import Sending

SHARED = "r_"  # before a share code in links


def _start(scene: Scene) -> Reply:
    pages = scene.conversation.pages
    if not scene.argument:
        return pages.start()
    if scene.argument.startswith(SHARED):
        return _routine(replace(scene, argument=scene.argument.removeprefix(SHARED)))
    if scene.argument.startswith(LINKED):
        name = scene.argument.replace(LINKED, PREFIX, 1)
        return scene.conversation.exercise(name, scene.context, scene.profile)
    return pages.topics(scene.argument) if pages.knows_subject(scene.argument) else _show(scene)


def _ask(scene: Scene) -> Reply:
    if not scene.argument:
        return scene.conversation.pages.ask_what()
    return scene.conversation.answer(scene.argument, scene.context, scene.profile)


def _show(scene: Scene) -> Reply:
    pages = scene.conversation.pages
    if scene.argument.startswith(PREFIX):
        return scene.conversation.exercise(scene.argument, scene.context, scene.profile)
    return pages.entry(scene.argument) if pages.knows_entry(scene.argument) else pages.gone()


def _sources(scene: Scene) -> Reply:
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


def _exercises(scene: Scene) -> Reply:
    alert = scene.context.alert if scene.context else None
    if alert:
        return scene.conversation.safety_pages.paused(alert.flag, "")
    return scene.conversation.exercises.shelves(scene.argument)


def _other(scene: Scene) -> Reply:
    context = scene.context
    others = context.others if context and context.entry == scene.argument else ()
    return scene.conversation.pages.other_questions(scene.argument, others)


def _unoffered(scene: Scene) -> Reply:
    return scene.conversation.pages.not_offered(scene.context.suggestions if scene.context else ())


def _sends(entry: str, lead: Callable[[Sending, Standing, str], Reply]) -> Callable[[Scene], Reply]:
    """A command that sees to what is sent; where nothing can be kept it shows an entry."""

    def respond(scene: Scene) -> Reply:
        pages = scene.conversation.pages
        if scene.sending is None:
            return pages.entry(entry) if pages.knows_entry(entry) else pages.gone()
        if scene.is_public:
            return scene.sending.not_for_groups()
        if scene.standing is None:
            return _says(scene, scene.conversation.knowledge.messages.cant_remember)
        return lead(scene.sending, scene.standing, scene.argument)

    return respond


_unsubscribe = _sends("unsubscribe", lambda sending, standing, _: sending.pausing.end(standing))


def _begins(lead: Callable[[Sending, Standing, str], Reply]) -> Callable[[Scene], Reply]:
    """The same for what begins: nothing does after a red flag, until the person has been seen."""
    begin = _sends("subscribe", lead)

    def respond(scene: Scene) -> Reply:
        alert = scene.context.alert if scene.context else None
        return scene.conversation.safety_pages.paused(alert.flag, "subscribe") if alert else begin(scene)

    return respond


def _visit(lead: Callable[[TodaysRoutine, Visit, str], Reply]) -> Callable[[Scene], Reply]:
    """A command that leads through routines; where others read along it shows an exercise for everybody."""

    def respond(scene: Scene) -> Reply:
        alert = scene.context.alert if scene.context else None
        routine = scene.conversation.routines
        if alert:
            return scene.conversation.safety_pages.paused(alert.flag, ROUTINE_TOPIC)
        context = scene.context or Context(at=scene.now)
        if scene.is_public:
            return routine.of_the_day(Visit(profile=Profile(), context=context, now=scene.now))
        if scene.profile is None:
            return _says(scene, scene.conversation.knowledge.messages.cant_remember)
        return lead(routine, Visit(profile=scene.profile, context=context, now=scene.now), scene.argument)

    return respond


_routine = _visit(TodaysRoutine.routine)
_move = _visit(lambda routine, visit, argument: routine.steps.move(visit, argument))
_tick = _visit(lambda routine, visit, _: routine.steps.tick(visit))
_asked_hurt = _visit(lambda routine, visit, argument: routine.steps.hurt(visit, argument))
_felt = _visit(lambda routine, visit, argument: routine.steps.felt(visit, argument))


def _today(scene: Scene) -> Reply:
    """Today's routine below what it was tapped under, which stays to be read."""
    return replace(_routine(scene), in_place=False)


def _hurt(scene: Scene) -> Reply:
    """Something hurts: what may not wait is warned of, whatever the player knows."""
    knowledge = scene.conversation.knowledge
    flag = knowledge.routine_talk.warns.get(scene.argument.rpartition(" ")[2])
    warning = scene.conversation.warn(knowledge.red_flags[flag]) if flag else None
    return warning or _asked_hurt(scene)


def _progress(scene: Scene) -> Reply:
    """How regularly somebody trains, for nobody else's eyes."""
    if scene.is_public:
        return _says(scene, scene.conversation.knowledge.messages.in_private)
    if scene.profile is None:
        return _says(scene, scene.conversation.knowledge.messages.cant_remember)
    visit = Visit(profile=scene.profile, context=scene.context or Context(at=scene.now), now=scene.now)
    return scene.conversation.routines.steps.progress(visit, scene.argument)


def _stop(scene: Scene) -> Reply:
    """End the routine that is led through, if there is one, else what is sent."""
    state = scene.context.routine if scene.context else None
    if state is None or state.session is None or not state.is_open(scene.now):
        return _unsubscribe(scene)
    return _move(replace(scene, argument=f"{day_of(state.session)} 0 stop"))


def _seen(scene: Scene) -> Reply:
    """Ask once more what was reported; only then go on."""
    alert = scene.context.alert if scene.context else None
    pages = scene.conversation.safety_pages
    return pages.go_on() if alert is None or scene.argument == "yes" else pages.ask_seen(alert.flag)


def _phone(scene: Scene) -> Reply:
    alert = scene.context.alert if scene.context else None
    return scene.conversation.safety_pages.phone(alert.flag if alert else None)


def _flag(scene: Scene) -> Reply:
    flag = scene.conversation.knowledge.red_flags.get(scene.argument)
    return scene.conversation.warn(flag) or scene.conversation.safety_pages.all()


def _send(scene: Scene) -> Reply:
    """Send a miss to the editors, if it is the one that the tapped button stood under."""
    missed = scene.context.missed if scene.context else None
    if missed is None or scene.argument not in {"", missed.mark}:
        return _says(scene, scene.conversation.knowledge.messages.nothing_to_send)
    return replace(_says(scene, scene.conversation.knowledge.messages.sent), sent=missed)


def _my_data(scene: Scene) -> Reply:
    """Everything that is held, for nobody else's eyes."""
    says = scene.conversation.knowledge.messages
    if scene.is_public:
        return _says(scene, says.in_private)
    if scene.held is None:
        return _says(scene, says.cant_remember)
    return _says(scene, describe(scene.held, scene.conversation.knowledge))


def _forget(scene: Scene) -> Reply:
    """Ask once, then erase."""
    pages = scene.conversation.pages
    if scene.is_public:
        return _says(scene, scene.conversation.knowledge.messages.in_private)
    if scene.argument == "yes":
        return pages.forgotten()
    return pages.kept() if scene.argument == "no" else pages.ask_forget()


def _why(scene: Scene) -> Reply:
    """How the owner's last question was understood; nobody else knows of this command."""
    if not scene.is_owner:
        return scene.conversation.pages.unknown_command("/why")
    asked = scene.context.asked if scene.context else None
    if asked is None:
        return _says(scene, scene.conversation.knowledge.messages.nothing_to_explain)
    return _says(scene, scene.conversation.explain(asked.text, asked.context))


def _says(scene: Scene, text: str) -> Reply:
    return scene.conversation.pages.text(text)


COMMANDS: tuple[Command, ...] = (
    Command("start", _start, suits_person=True),
    Command("ask", _ask, suits_person=True),
    Command("topics", lambda scene: scene.conversation.pages.topics(scene.argument)),
    Command("routine", _routine, suits_person=True),
    Command("progress", _progress, suits_person=True),
    Command("subscribe", _begins(lambda s, at, said: s.subscribing.command(at, said)), sends=True),
    Command("settings", _sends("settings", lambda s, at, said: s.changing.settings(at, said)), sends=True),
    Command("pause", _sends("unsubscribe", lambda s, at, said: s.pausing.command(at, said)), sends=True),
    Command("resume", _begins(lambda s, at, _: s.resume(at)), sends=True),
    Command("unsubscribe", _unsubscribe, sends=True),
    Command("exercises", _exercises),
    Command("new", lambda scene: scene.conversation.pages.new()),
    Command("sources", _sources),
    Command("redflags", lambda scene: scene.conversation.safety_pages.all(), is_safety=True),
    Command("help", lambda scene: scene.conversation.pages.help()),
    Command("about", lambda scene: scene.conversation.pages.about(scene.version)),
    Command("privacy", lambda scene: scene.conversation.pages.privacy()),
    Command("mydata", _my_data, shows_held=True),
    Command("forget", _forget),
    Command("today", _today, listed=False, suits_person=True),
    Command("show", _show, listed=False, suits_person=True),
    Command("more", lambda scene: scene.conversation.more(scene.context), listed=False),
    Command("other", _other, listed=False),
    Command("none", lambda scene: scene.conversation.pages.none_of_these(), listed=False),
    Command("unoffered", _unoffered, listed=False),
    Command("send", _send, listed=False),
    Command("why", _why, listed=False),
    Command("seen", _seen, listed=False),
    Command("flag", _flag, listed=False, is_safety=True),
    Command("phone", _phone, listed=False, is_safety=True),
    Command("ready", _visit(TodaysRoutine.ready), listed=False, suits_person=True),
    Command("move", _move, listed=False, suits_person=True),
    Command("tick", _tick, listed=False, suits_person=True),
    Command("hurt", _hurt, listed=False, is_safety=True, suits_person=True),
    Command("felt", _felt, listed=False, suits_person=True),
    Command("stop", _stop, listed=False, suits_person=True, sends=True),
    Command("later", _sends("subscribe", lambda s, at, said: s.later(at, said)), listed=False, sends=True),
    Command("zone", _sends("settings", lambda s, at, said: s.zone(at, said)), listed=False, sends=True),
)

LISTED: tuple[str, ...] = tuple(command.name for command in COMMANDS if command.listed)

BY_NAME = {command.name: command for command in COMMANDS}
