"""Remembers, in memory: what is here is gone when the bot stops."""

from collections import OrderedDict

from bot.core.talk import Context

MAX_CHATS = 50_000  # of which the longest silent is forgotten first; about 1 kB each


class MemoryContextStore:
    """Keeps the contexts of the chats that spoke last."""

    def __init__(self, max_chats: int = MAX_CHATS) -> None:
        self._contexts: OrderedDict[str, Context] = OrderedDict()
        self._max_chats = max_chats

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat."""
        return self._contexts.get(chat)

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""
        self._contexts[chat] = context
        self._contexts.move_to_end(chat)
        if len(self._contexts) > self._max_chats:
            self._contexts.popitem(last=False)
