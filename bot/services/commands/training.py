"""Commands that lead through routines, and tell how regularly somebody trains."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.person.profile import Profile
from bot.core.person.readiness_pages import ROUTINE_TOPIC
from bot.core.person.visits import Visit
from bot.core.player.pages import day_of
from bot.core.routines.today import TodaysRoutine
from bot.core.talk import Context, Reply
from bot.services.commands.scene import Scene
from bot.services.commands.subscriptions import unsubscribe


def trains(lead: Callable[[TodaysRoutine, Visit, str], Reply]) -> Callable[[Scene], Reply]:
    """A command that leads through routines; where others read along it shows an exercise for everybody."""

    def respond(scene: Scene) -> Reply:
        alert = scene.context.alert if scene.context else None
        routines = scene.conversation.routines
        if alert:
            return scene.conversation.safety_pages.paused(alert.flag, ROUTINE_TOPIC)
        context = scene.context or Context(at=scene.now)
        if scene.is_public:
            return routines.of_the_day(Visit(profile=Profile(), context=context, now=scene.now))
        if scene.profile is None:
            return scene.says(scene.conversation.knowledge.messages.cant_remember)
        return lead(routines, Visit(profile=scene.profile, context=context, now=scene.now), scene.argument)

    return respond


routine = trains(TodaysRoutine.routine)
move = trains(lambda routine, visit, argument: routine.steps.move(visit, argument))
tick = trains(lambda routine, visit, _: routine.steps.tick(visit))
_asked_hurt = trains(lambda routine, visit, argument: routine.steps.hurt(visit, argument))
felt = trains(lambda routine, visit, argument: routine.steps.felt(visit, argument))


def today(scene: Scene) -> Reply:
    """Today's routine below what it was tapped under, which stays to be read."""
    return replace(routine(scene), in_place=False)


def hurt(scene: Scene) -> Reply:
    """Something hurts: what may not wait is warned of, whatever the player knows."""
    knowledge = scene.conversation.knowledge
    flag = knowledge.routine_talk.warns.get(scene.argument.rpartition(" ")[2])
    warning = scene.conversation.warn(knowledge.red_flags[flag]) if flag else None
    return warning or _asked_hurt(scene)


def progress(scene: Scene) -> Reply:
    """How regularly somebody trains, for nobody else's eyes."""
    if scene.is_public:
        return scene.says(scene.conversation.knowledge.messages.in_private)
    if scene.profile is None:
        return scene.says(scene.conversation.knowledge.messages.cant_remember)
    visit = Visit(profile=scene.profile, context=scene.context or Context(at=scene.now), now=scene.now)
    return scene.conversation.routines.steps.progress(visit, scene.argument)


def stop(scene: Scene) -> Reply:
    """End the routine that is led through, if there is one, else what is sent."""
    state = scene.context.routine if scene.context else None
    if state is None or state.session is None or not state.is_open(scene.now):
        return unsubscribe(scene)
    return move(replace(scene, argument=f"{day_of(state.session)} 0 stop"))
