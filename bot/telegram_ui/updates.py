"""What an update tells about itself. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, Chat, Location, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.services.commands.table import BY_NAME


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the bot reads of a thing: fields and types, those that must be there, what the library needs."""

    fields: Mapping[str, "type | _Shape"]
    required: tuple[str, ...]
    needed: Mapping[str, object] = field(default_factory=dict)


_USER = _Shape({"id": int, "language_code": str}, ("id",), {"is_bot": False, "first_name": ""})
_PLACE = _Shape({"latitude": float, "longitude": float}, ("latitude", "longitude"))
_CHAT = _Shape({"id": int, "type": str}, ("id", "type"))
_SAID: Mapping[str, type | _Shape] = {
    "message_id": int,
    "chat": _CHAT,
    "from": _USER,
    "via_bot": _USER,
    "media_group_id": str,
    "text": str,
    "caption": str,
    "location": _PLACE,
}
_ANSWERED = _Shape(_SAID, ("message_id", "chat"), {"date": 1})
_MESSAGE = _Shape({**_SAID, "reply_to_message": _ANSWERED}, ("message_id", "chat"), {"date": 1})
_TAP = _Shape(
    {"id": str, "from": _USER, "data": str, "message": _ANSWERED}, ("id", "from"), {"chat_instance": ""}
)
_INLINE = _Shape({"id": str, "from": _USER, "query": str}, ("id", "from"), {"query": "", "offset": ""})
_UPDATE = _Shape(
    {"message": _MESSAGE, "edited_message": _MESSAGE, "callback_query": _TAP, "inline_query": _INLINE},
    (),
    {"update_id": 0},
)


def read(data: dict[str, Any], bot: Bot) -> Update:
    """An update from Telegram's JSON, without what is odd; of one that makes no sense nothing is left."""
    try:
        return Update.de_json(_sound(data, _UPDATE, is_lean=False) or {}, bot)
    except Exception:  # noqa: BLE001  # the library stumbles in many ways over what it does not expect
        return Update.de_json(_sound(data, _UPDATE, is_lean=True) or {}, bot)


def _sound(thing: object, shape: _Shape, *, is_lean: bool) -> dict[str, Any] | None:
    """A thing without fields of a wrong type, and if lean without what the bot does not read."""
    if not isinstance(thing, dict):
        return None
    rest = {} if is_lean else {name: value for name, value in thing.items() if name not in shape.fields}
    read_as = {name: _value(thing.get(name), kind, is_lean) for name, kind in shape.fields.items()}
    known = {name: value for name, value in read_as.items() if value is not None}
    return {**shape.needed, **rest, **known} if known.keys() >= set(shape.required) else None


def _value(value: object, kind: type | _Shape, is_lean: bool) -> object:  # noqa: FBT001
    if isinstance(kind, _Shape):
        return _sound(value, kind, is_lean=is_lean)
    kinds = (int, float) if kind is float else (kind,)  # whole degrees may come without a point
    return value if type(value) in kinds else None  # True is no number


def chat_of(data: dict[str, Any]) -> int | None:
    """The chat that an update comes from, as far as it tells."""
    for kind in ("message", "edited_message", "my_chat_member"):
        message = data.get(kind)
        if isinstance(message, dict):
            return _id(message.get("chat"))
    query = data.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    return _id(message.get("chat")) if isinstance(message, dict) else None


def membership(data: dict[str, Any]) -> tuple[int, bool] | None:
    """The private chat in which the bot was blocked or is let in again, and whether it is; None: neither."""
    change = data.get("my_chat_member")
    chat = change.get("chat") if isinstance(change, dict) else None
    member = change.get("new_chat_member") if isinstance(change, dict) else None
    number, status = _id(chat), member.get("status") if isinstance(member, dict) else None
    if number is None or not isinstance(chat, dict) or chat.get("type") != ChatType.PRIVATE:
        return None
    known = {ChatMemberStatus.BANNED: False, ChatMemberStatus.LEFT: False, ChatMemberStatus.MEMBER: True}
    is_back = (
        {str(each): here for each, here in known.items()}.get(status) if isinstance(status, str) else None
    )
    return None if is_back is None else (number, is_back)


def lane_of(data: dict[str, Any]) -> int:
    """The number that updates share which must stay in order: their chat's, else their person's."""
    chat = chat_of(data)
    return chat if chat is not None else person_of(data)


def person_of(data: dict[str, Any]) -> int:
    """The number of who did what an update tells of; 0 for nobody."""
    people = [_id(value.get("from")) for value in data.values() if isinstance(value, dict)]
    return next((person for person in people if person is not None), 0)


def _id(thing: object) -> int | None:
    number = thing.get("id") if isinstance(thing, dict) else None
    return number if isinstance(number, int) else None


def words(message: Message) -> str:
    """What a person wrote: a text, or the caption of a picture."""
    return message.text or message.caption or ""


def shared_location(message: Message) -> Location | None:
    """Where a person says to be; a venue is where they may want to go."""
    return None if message.venue else message.location


def quoted(message: MaybeInaccessibleMessage) -> int | None:
    """The message that an answer names: in a group it leads to whom, and into which thread, it belongs."""
    return None if message.chat.type == ChatType.PRIVATE else message.message_id


def context_key(chat: Chat, person: int) -> str:
    """Whose context it is: a private chat's, or one person's in a group."""
    return str(chat.id) if chat.type == ChatType.PRIVATE else f"{chat.id}:{person}"


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
