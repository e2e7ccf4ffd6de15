"""The commands that talk: the bot in Telegram, the terminal, one question, lines of JSON."""

import argparse
import asyncio
import gc
import io
import sys

from bot import terminal_ui
from bot.bootstrap import (
    Conversations,
    agreed_clock,
    make_assistant,
    make_conversations,
    make_telegram_bot,
    memory,
    monitoring,
    utc_now,
)
from bot.command_line.values import UNREADY
from bot.config import ConfigError, Settings
from bot.core.plain import plain_text
from bot.core.talk import Turn
from bot.script_ui import answer_lines, read_lines
from bot.services.ports import StoreError
from bot.storage.memory import memory_stores
from bot.telegram_ui.monitoring.metrics import Metrics


def start(options: argparse.Namespace, settings: Settings) -> int:
    """Serve in Telegram if there is a token, else talk here."""
    if settings.bot_token is None:
        return chat(options, settings)
    token = settings.bot_token.get_secret_value()
    conversations = make_conversations(settings, is_waited_for=True)
    try:
        asyncio.run(_serve(settings, conversations, token))
    except StoreError as error:
        print(error, file=sys.stderr)
        return UNREADY
    return 0


async def _serve(settings: Settings, conversations: Conversations, token: str) -> None:
    metrics = Metrics()
    async with memory(settings, keeps_talks=True, serves=True) as stores:
        clock = await agreed_clock(settings, stores, utc_now)
        async with monitoring(settings, stores, metrics, clock):
            bot = make_telegram_bot(settings, conversations, stores, metrics, clock)
            gc.freeze()  # what was learned stays; no search for garbage is to go through all of it
            await bot.run(token, settings.bot_api_url)


def chat(_: argparse.Namespace, settings: Settings) -> int:
    """Talk in the terminal."""
    asyncio.run(_talk(settings, make_conversations(settings, is_waited_for=True)))
    return 0


async def _talk(settings: Settings, conversations: Conversations) -> None:
    messages = conversations[settings.language].knowledge.messages
    async with memory(settings, keeps_talks=True) as stores:
        await terminal_ui.chat(make_assistant(settings, conversations, stores), messages, utc_now)


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or lines of JSON."""
    conversations = make_conversations(settings)
    if options.jsonl:
        asyncio.run(_answer_lines(settings, conversations))
        return 0
    question = " ".join(options.question)
    if not question.strip():
        raise ConfigError('Write the question behind "ask", like: ask "how often should I train?"')
    if options.explain:
        print(conversations[settings.language].explain(question))
        return 0
    assistant = make_assistant(settings, conversations, memory_stores())
    reply = asyncio.run(assistant.respond(Turn(text=question, now=utc_now())))
    print(plain_text(reply))
    for suggestion in reply.suggestions:
        print(f"- {suggestion.label}")
    return 0


async def _answer_lines(settings: Settings, conversations: Conversations) -> None:
    output = io.TextIOWrapper(sys.stdout.buffer, encoding="ascii", newline="\n")
    async with memory(settings, keeps_talks=False) as stores:
        assistant = make_assistant(settings, conversations, stores)
        await answer_lines(assistant, read_lines(sys.stdin.buffer), output, utc_now)
