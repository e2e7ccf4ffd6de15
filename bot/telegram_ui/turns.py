"""Makes turns out of messages and taps."""

import re
from collections.abc import Callable
from datetime import datetime

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

from bot.core.talk import Turn
from bot.services.commands.table import BY_NAME
from bot.services.typed import command_in
from bot.telegram_ui.updates import context_key, shared_location, without_mention, words

NOWHERE = "/show"  # what a button says that leads nowhere any more
_QUESTION = re.compile(r"/ask\s+\S", re.IGNORECASE)


class Turns:
    """Says who said what in which chat, and in which language."""

    def __init__(self, bot: Bot, locate: Callable[[float, float], str]) -> None:
        """`locate` says what a shared location says, by its latitude and longitude."""
        self._bot = bot
        self._locate = locate

    def said(self, message: Message, at: datetime) -> Turn:
        """The turn of whoever sent a message."""
        user = message.from_user
        person = user.id if user else message.chat.id
        where = shared_location(message)
        located = self._locate(where.latitude, where.longitude) if where else ""
        return Turn(
            text=without_mention(words(message), self._bot) or located,
            now=at,
            chat=context_key(message.chat, person),
            is_public=message.chat.type != ChatType.PRIVATE,
            language=user.language_code if user else None,
            person=str(person),
        )

    @staticmethod
    def tapped(query: CallbackQuery, message: MaybeInaccessibleMessage, at: datetime) -> Turn:
        """The turn of whoever tapped a button under a message."""
        return Turn(
            text=_said_by(query.data or ""),
            now=at,
            chat=context_key(message.chat, query.from_user.id),
            is_public=message.chat.type != ChatType.PRIVATE,
            language=query.from_user.language_code,
            person=str(query.from_user.id),
        )


def is_command(turn: Turn) -> bool:
    """Whether a turn is a command; a question behind /ask is a question."""
    return turn.text.startswith("/") and not _QUESTION.match(turn.text)


def _said_by(button: str) -> str:
    """What a button says; one of an older bot, whose command is none of ours, leads nowhere."""
    typed = command_in(button)
    return button if typed is not None and typed.name in BY_NAME else NOWHERE
