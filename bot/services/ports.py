"""What the services need from the outside world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.talk import Context


class ContextStore(Protocol):
    """Remembers the context of chats between turns."""

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat, however old. None: nothing is known."""

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""


class MissStore(Protocol):
    """Keeps what the bot could not answer, for the people who write its answers. Nothing tells who asked."""

    async def count(self, topics: Sequence[str], day: date) -> None:
        """Count a question by its nearest topics, the nearest first."""

    async def keep(self, text: str, topics: Sequence[str], day: date) -> bool:
        """Keep a question that somebody sends to the editors. False: it can't be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What the assistant remembers with: `fleeting` is for what is said where others read along."""

    contexts: ContextStore
    fleeting: ContextStore
    misses: MissStore
