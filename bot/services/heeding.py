"""Heeds red flags without making the other chats wait."""

import asyncio

from bot.core.conversation import Conversation
from bot.core.model import RedFlag
from bot.core.talk import Context
from bot.services.typed import is_bare_command

LONG_TEXT = 5_000  # characters from which a text is checked beside the other chats, not before them


async def heed(conversation: Conversation, text: str, context: Context | None) -> RedFlag | None:
    """The most urgent red flag that a message raises; the name of a command raises none."""
    if is_bare_command(text):
        return None
    if len(text) < LONG_TEXT:
        return conversation.heed(text, context)
    return await asyncio.to_thread(conversation.heed, text, context)
