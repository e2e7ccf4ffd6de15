"""The assistant in a terminal, or behind a pipe."""

import asyncio
import io
import math
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from threading import Thread
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from bot.core.messages import Messages
from bot.core.plain import STRONG
from bot.core.talk import Kind, Reply, Turn
from bot.services.assistant import Assistant

CHAT = "terminal"  # the one chat, and the one person in it
WIDTH = 88  # columns; longer lines are hard to read
LEAVE = {"/quit", "/exit"}
PROMPT = "[bold]>[/] "

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

_CONTROL_SIGNS = dict.fromkeys((*range(32), *range(127, 160)), " ")
_STYLES = {Kind.RED_FLAG: "bold red", Kind.FALLBACK: "yellow", Kind.DEFER: "cyan"}


async def chat(  # noqa: PLR0913  # who talks, in which words, where, and what time is
    assistant: Assistant,
    messages: Messages,
    clock: Clock,
    read_from: TextIO = sys.stdin,
    write_to: TextIO = sys.stdout,
    *,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Talk until the input ends or the person leaves. `sleep` waits for so many seconds of `clock`."""
    for stream in (read_from, write_to):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # bytes that are no text end nothing
    interactive = read_from.isatty()
    console = Console(file=write_to, width=None if interactive else WIDTH, highlight=False)
    player = _Player(assistant, console, clock, sleep)
    if interactive:
        await player.show(await assistant.respond(_turn("/start", clock())))
    console.print(Text(messages.chat_welcome, style="dim"))
    async for line in _lines(console, read_from, player if interactive else None):
        if line.lower() in LEAVE:
            break
        if not interactive:
            console.print(Text(f"> {_harmless(line)}", style="bold"))
        await player.show(await assistant.respond(_turn(line, clock())))
    console.print(Text(messages.chat_goodbye, style="dim"))


class _Player:
    """Shows what is said, and counts down to what a player says next by itself."""

    def __init__(self, assistant: Assistant, console: Console, clock: Clock, sleep: Sleep) -> None:
        self._assistant = assistant
        self._console = console
        self._clock = clock
        self._sleep = sleep
        self._due: datetime | None = None

    async def show(self, reply: Reply) -> None:
        """Show a reply, and note when the player goes on, be the reply about that or not."""
        _show(self._console, reply)
        playing = dict(await self._assistant.playing()).get(CHAT)
        self._due = playing.due if playing else None

    async def wait(self, reading: asyncio.Future[str]) -> None:
        """Wait until a line is typed; meanwhile count down, and show what comes when the time is over."""
        while not reading.done():
            left = (self._due - self._clock()).total_seconds() if self._due else None
            if left is None:
                await asyncio.wait({reading})
            elif left > 0:
                self._console.print(Text(f"{math.ceil(left):>3} s > "), end="\r")
                await self._second(reading, left % 1 or 1)
            else:
                await self._go_on()

    async def _second(self, reading: asyncio.Future[str], seconds: float) -> None:
        passing = asyncio.ensure_future(self._sleep(seconds))
        either: set[asyncio.Future[Any]] = {reading, passing}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        passing.cancel()

    async def _go_on(self) -> None:
        self._due = None
        reply = await self._assistant.tick(_turn("/tick", self._clock()))
        if reply is not None:
            await self.show(reply)
            self._console.print(PROMPT, end="")


async def _lines(console: Console, read_from: TextIO, player: _Player | None) -> AsyncIterator[str]:
    """The lines as they are typed; a player goes on in between."""
    while True:
        if player:
            console.print(PROMPT, end="")
        reading = _reading(read_from)
        if player:
            await player.wait(reading)
        line = await reading
        if not line:
            return
        if line.strip():
            yield line.strip()


def _reading(read_from: TextIO) -> asyncio.Future[str]:
    """The next line, read by a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    reading: asyncio.Future[str] = loop.create_future()

    def hand_over(line: str) -> None:
        if not reading.done():
            reading.set_result(line)

    def read() -> None:
        try:
            line = read_from.readline()
        except (OSError, ValueError):
            line = ""  # an input that can't be read any more has ended
        with suppress(RuntimeError):  # the talk is over
            loop.call_soon_threadsafe(hand_over, line)

    Thread(target=read, daemon=True).start()
    return reading


def _turn(text: str, now: datetime) -> Turn:
    return Turn(text=text, now=now, chat=CHAT, person=CHAT, is_numbered=True)


def _show(console: Console, reply: Reply) -> None:
    parts: list[Text] = []
    if reply.understood:
        parts.append(Text(reply.understood, style="italic"))
    parts.append(_strong(reply.text, _STYLES.get(reply.kind, "")))
    parts.extend(Text(disclaimer.text, style="dim italic") for disclaimer in reply.disclaimers)
    for part in parts:
        console.print(Padding(part, (1, 2, 0, 2)))
    console.print()
    for number, suggestion in enumerate(reply.suggestions, start=1):
        console.print(f"  [bold]{number}[/]  {escape(suggestion.label)}")
    console.print()


def _harmless(line: str) -> str:
    """A typed line without the signs that would steer a terminal."""
    return line.translate(_CONTROL_SIGNS)


def _strong(text: str, style: str) -> Text:
    """Text whose **strong words** are bold."""
    shown = Text(style=style)
    for number, piece in enumerate(text.split(STRONG)):
        shown.append(piece, style="bold" if number % 2 else "")
    return shown
