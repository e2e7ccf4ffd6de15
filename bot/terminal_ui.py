"""The assistant in a terminal, or behind a pipe."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import TextIO

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

_CONTROL_SIGNS = dict.fromkeys((*range(32), *range(127, 160)), " ")
_STYLES = {Kind.RED_FLAG: "bold red", Kind.FALLBACK: "yellow", Kind.DEFER: "cyan"}


async def chat(
    assistant: Assistant,
    messages: Messages,
    clock: Callable[[], datetime],
    read_from: TextIO = sys.stdin,
    write_to: TextIO = sys.stdout,
) -> None:
    """Talk until the input ends or the person leaves."""
    for stream in (read_from, write_to):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # bytes that are no text end nothing
    interactive = read_from.isatty()
    console = Console(file=write_to, width=None if interactive else WIDTH, highlight=False)
    if interactive:
        _show(console, await assistant.respond(Turn(text="/start", now=clock(), chat=CHAT, person=CHAT)))
    console.print(Text(messages.chat_welcome, style="dim"))
    async for line in _lines(console, read_from, interactive=interactive):
        if line.lower() in LEAVE:
            break
        if not interactive:
            console.print(Text(f"> {_harmless(line)}", style="bold"))
        _show(console, await assistant.respond(Turn(text=line, now=clock(), chat=CHAT, person=CHAT)))
    console.print(Text(messages.chat_goodbye, style="dim"))


async def _lines(console: Console, read_from: TextIO, *, interactive: bool) -> AsyncIterator[str]:
    while True:
        if interactive:
            console.print("[bold]>[/] ", end="")
        line = await asyncio.to_thread(read_from.readline)
        if not line:
            return
        if line.strip():
            yield line.strip()


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
