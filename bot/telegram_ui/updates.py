"""What an update tells about itself. Pure."""

import re
from typing import Any

from telegram import Bot, Chat, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType

from bot.services.commands import BY_NAME

_NEEDED = ("message_id", "date", "edit_date", "chat", "from", "via_bot", "media_group_id", "text", "caption")


def read(data: dict[str, Any], bot: Bot) -> Update:
    """An update from Telegram's JSON. What is odd about a message is left out as long as its words are there.

    Raises whatever the library raises when the update makes no sense at all.
    """
    try:
        return Update.de_json(data, bot)
    except Exception:  # noqa: BLE001  # the library stumbles in many ways over what it does not expect
        lean = {kind: _lean(data[kind]) for kind in ("message", "edited_message") if kind in data}
        return Update.de_json(data | lean, bot)


def _lean(message: object) -> object:
    """A message without anything but who wrote what where, and to whom."""
    if not isinstance(message, dict):
        return message
    answered = message.get("reply_to_message")
    kept = {name: message[name] for name in _NEEDED if name in message}
    return kept | {"reply_to_message": _lean(answered)} if isinstance(answered, dict) else kept


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


def quoted(message: MaybeInaccessibleMessage) -> int | None:
    """The message that an answer names: in a group it leads to whom, and into which thread, it belongs."""
    return None if message.chat.type == ChatType.PRIVATE else message.message_id


def context_key(chat: Chat) -> str | None:
    """Whose context it is: a private chat's. What a group asks is remembered nowhere."""
    return str(chat.id) if chat.type == ChatType.PRIVATE else None


def is_meant(message: Message, bot: Bot) -> bool:
    """Whether a message is for the bot: in a group only its commands, replies to it and mentions of it are.

    What somebody sent by the bot's inline mode are its own words; it does not answer itself.
    """
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    text = words(message)
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    to_bot = answered is not None and answered.id == bot.id
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    command = first.startswith("/") and first[1:].lower() in BY_NAME
    return to_bot or command or _mention(bot).search(text) is not None


def without_mention(text: str, bot: Bot) -> str:
    """What is said to the bot, without its name."""
    return _mention(bot).sub(" ", text).strip()


def _mention(bot: Bot) -> re.Pattern[str]:
    """The bot's name, also behind a command; of a longer name it is no part."""
    return re.compile(rf"@{re.escape(bot.username)}(?!\w)", re.IGNORECASE)
