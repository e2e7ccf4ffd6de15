"""Heeds red flags without making the other chats wait."""

import asyncio

from bot.core.conversation import Conversation
from bot.core.model import RedFlag
from bot.core.talk import Context
from bot.services.typed import command_in, is_bare_command

LINKING = frozenset({"start", "show", "topics", "other", "sources"})  # commands of links and buttons
LONG_TEXT = 5_000  # characters from which a text is checked beside the other chats, not before them


async def heed(conversation: Conversation, text: str, context: Context | None) -> RedFlag | None:
    """The most urgent red flag that a message raises; neither a command's name nor what a link names does."""
    if is_bare_command(text) or _is_link(conversation, text):
        return None
    if len(text) < LONG_TEXT:
        return conversation.heed(text, context)
    return await asyncio.to_thread(conversation.heed, text, context)


def _is_link(conversation: Conversation, text: str) -> bool:
    """Whether a link or a button says a text, which names something to be shown in words of ours."""
    typed = command_in(text)
    return typed is not None and typed.name in LINKING and conversation.names(typed.argument)
