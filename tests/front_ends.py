"""A person at each front end: acts, and sees what comes back."""

import asyncio
import io
import queue
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from bot_api import BotApi
from conversations import Heard, Pick, Say
from house import Bot, Clock

from bot.core.messages import Messages
from bot.services.assistant import Assistant
from bot.terminal_ui import chat

PATIENCE = 10.0  # seconds after which a test stops waiting for the screen
_OFFER = re.compile(r"^  (\d+)  (.+)$", re.MULTILINE)


class FrontEnd(Protocol):
    """Somewhere to talk with the bot."""

    async def do(self, act: Say | Pick) -> Heard:
        """Act, and wait for what comes back."""


class Keyboard(io.StringIO):
    """What a person types into a terminal, line by line, whenever the bot asks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self.asked = asyncio.Event()

    def isatty(self) -> bool:
        return True

    def readline(self, _: int | None = -1, /) -> str:  # type: ignore[override]  # as StringIO itself
        self._loop.call_soon_threadsafe(self.asked.set)
        return self._lines.get()

    def type(self, line: str) -> None:
        """Type a line; an empty one ends the input."""
        self.asked.clear()
        self._lines.put(line)


class Screen(io.StringIO):
    """What stands before a person at a terminal."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()

    def write(self, text: str, /) -> int:
        self.changed.set()
        return super().write(text)


class Terminal:
    """A person at a terminal."""

    def __init__(self, keyboard: Keyboard, screen: Screen) -> None:
        self._keyboard = keyboard
        self._screen = screen
        self._heard = Heard("", ())

    async def greeting(self) -> str:
        """What stands on the screen before anything is typed."""
        await self._keyboard.asked.wait()
        return self._screen.getvalue()

    async def sees(self, words: str) -> None:
        """Wait until something stands on the screen."""
        async with asyncio.timeout(PATIENCE):
            while words not in " ".join(self._screen.getvalue().split()):
                self._screen.changed.clear()
                await self._screen.changed.wait()

    async def do(self, act: Say | Pick) -> Heard:
        """Type a text, or the number of what is picked."""
        await self._keyboard.asked.wait()
        before = len(self._screen.getvalue())
        text = act.text if isinstance(act, Say) else str(self._heard.offers.index(act.label) + 1)
        self._keyboard.type(f"{text}\n")
        await self._keyboard.asked.wait()
        shown = self._screen.getvalue()[before:]
        self._heard = Heard(_OFFER.sub("", shown), tuple(match[2] for match in _OFFER.finditer(shown)))
        return self._heard


class Telegram:
    """A person in a private chat."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._chat = api.private()

    async def do(self, act: Say | Pick) -> Heard:
        """Write, or tap a button."""
        if isinstance(act, Say):
            self._api.say(self._chat, act.text)
        else:
            self._api.tap(self._chat, act.label)
        reply = await self._api.reply(self._chat)
        return Heard(reply.text, reply.buttons)


@asynccontextmanager
async def at_terminal(assistant: Assistant, messages: Messages, clock: Clock) -> AsyncIterator[Terminal]:
    """The chat in a terminal, until it is left."""
    keyboard, screen = Keyboard(), Screen()
    talk = asyncio.create_task(chat(assistant, messages, clock, keyboard, screen, sleep=clock.sleep))
    try:
        yield Terminal(keyboard, screen)
    finally:
        keyboard.type("")
        await talk


@asynccontextmanager
async def in_telegram(bot: Bot) -> AsyncIterator[Telegram]:
    """The bot behind the double of Telegram."""
    async with BotApi() as api, bot.serving(api):
        yield Telegram(api)
