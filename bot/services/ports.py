"""What the services need from the outside world."""

from typing import Protocol

from bot.core.model import Context


class ContextStore(Protocol):
    """Remembers the context of chats between turns."""

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat, however old. None: nothing is known."""

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""
