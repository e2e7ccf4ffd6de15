"""What an update tells about itself. Pure."""

import re
from typing import Any

from telegram import Bot, Message
from telegram.constants import ChatType


def chat_of(data: dict[str, Any]) -> int | None:
    """The chat that an update comes from, as far as it tells."""
    for kind in ("message", "edited_message"):
        message = data.get(kind)
        if isinstance(message, dict):
            return _id(message.get("chat"))
    query = data.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    return _id(message.get("chat")) if isinstance(message, dict) else None


def lane_of(data: dict[str, Any]) -> int:
    """The number that updates share which must stay in order: their chat's, else their person's."""
    chat = chat_of(data)
    if chat is not None:
        return chat
    people = [_id(value.get("from")) for value in data.values() if isinstance(value, dict)]
    return next((person for person in people if person is not None), 0)


def _id(thing: object) -> int | None:
    number = thing.get("id") if isinstance(thing, dict) else None
    return number if isinstance(number, int) else None


def words(message: Message) -> str:
    """What a person wrote: a text, or the caption of a picture."""
    return message.text or message.caption or ""


def quoted(message: Message) -> int | None:
    """The message that an answer names: in a group it would not be clear otherwise."""
    return None if message.chat.type == ChatType.PRIVATE else message.message_id


def context_key(chat_id: int, user_id: int, kind: str) -> str:
    """Whose context it is: a chat's, in a group a person's in it."""
    return str(chat_id) if kind == ChatType.PRIVATE else f"{chat_id}:{user_id}"


def is_meant(message: Message, bot: Bot) -> bool:
    """Whether a message is for the bot: in a group only commands, replies to it and mentions of it are."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    text = words(message)
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    to_bot = answered is not None and answered.id == bot.id
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    command = first.startswith("/") and "@" not in first
    return to_bot or command or _mention(bot).search(text) is not None


def without_mention(text: str, bot: Bot) -> str:
    """What is said to the bot, without its name."""
    return _mention(bot).sub(" ", text).strip()


def _mention(bot: Bot) -> re.Pattern[str]:
    """The bot's name, also behind a command; of a longer name it is no part."""
    return re.compile(rf"@{re.escape(bot.username)}(?!\w)", re.IGNORECASE)
