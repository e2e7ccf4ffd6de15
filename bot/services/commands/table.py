"""The one table of commands. The handlers, the menu, /help and the tests all read it."""

from bot.core.routines.today import TodaysRoutine
from bot.services.commands.privacy import forget, my_data
from bot.services.commands.safety import flag, phone, seen
from bot.services.commands.scene import Command
from bot.services.commands.showing import (
    ask,
    exercises,
    more,
    other,
    send,
    show,
    sources,
    start,
    unoffered,
    why,
)
from bot.services.commands.subscriptions import begins, sends, unsubscribe
from bot.services.commands.training import felt, hurt, move, progress, routine, stop, tick, today, trains

COMMANDS: tuple[Command, ...] = (
    Command("start", start, suits_person=True),
    Command("ask", ask, suits_person=True),
    Command("topics", lambda scene: scene.conversation.pages.topics(scene.argument)),
    Command("routine", routine, suits_person=True),
    Command("progress", progress, suits_person=True),
    Command("subscribe", begins(lambda s, at, said: s.subscribing.command(at, said)), sends=True),
    Command("settings", sends("settings", lambda s, at, said: s.changing.settings(at, said)), sends=True),
    Command("pause", sends("unsubscribe", lambda s, at, said: s.pausing.command(at, said)), sends=True),
    Command("resume", begins(lambda s, at, _: s.resume(at)), sends=True),
    Command("unsubscribe", unsubscribe, sends=True),
    Command("exercises", exercises, suits_person=True),
    Command("new", lambda scene: scene.conversation.pages.new()),
    Command("sources", sources),
    Command("redflags", lambda scene: scene.conversation.safety_pages.all(), is_safety=True),
    Command("help", lambda scene: scene.conversation.pages.help()),
    Command("about", lambda scene: scene.conversation.pages.about(scene.version)),
    Command("privacy", lambda scene: scene.conversation.pages.privacy()),
    Command("mydata", my_data, shows_held=True),
    Command("forget", forget),
    Command("today", today, listed=False, suits_person=True),
    Command("show", show, listed=False, suits_person=True),
    Command("more", more, listed=False, suits_person=True),
    Command("other", other, listed=False, suits_person=True),
    Command("none", lambda scene: scene.conversation.pages.none_of_these(), listed=False),
    Command("unoffered", unoffered, listed=False),
    Command("send", send, listed=False),
    Command("why", why, listed=False),
    Command("seen", seen, listed=False),
    Command("flag", flag, listed=False, is_safety=True),
    Command("phone", phone, listed=False, is_safety=True),
    Command("ready", trains(TodaysRoutine.ready), listed=False, suits_person=True),
    Command("move", move, listed=False, suits_person=True),
    Command("tick", tick, listed=False, suits_person=True),
    Command("hurt", hurt, listed=False, is_safety=True, suits_person=True),
    Command("felt", felt, listed=False, suits_person=True),
    Command("stop", stop, listed=False, suits_person=True, sends=True),
    Command("later", sends("subscribe", lambda s, at, said: s.later(at, said)), listed=False, sends=True),
    Command("zone", sends("settings", lambda s, at, said: s.zone(at, said)), listed=False, sends=True),
)

LISTED: tuple[str, ...] = tuple(command.name for command in COMMANDS if command.listed)

BY_NAME = {command.name: command for command in COMMANDS}
