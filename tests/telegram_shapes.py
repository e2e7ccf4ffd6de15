"""People, chats and messages as Telegram knows them, and the JSON that a bot gets of them."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from bot_api_rules import Json, Refusal

DATE = 1_790_000_000  # when everything happens; the bot's clock is its own
ChatKind = Literal["private", "group", "supergroup"]

_ENTITY = re.compile(r"(?<!\S)(/\w+(?:@\w+)?)|(?<!\w)(@\w{5,32})")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; the bot has one too."""

    id: int
    first_name: str
    language: str | None = "en"
    username: str | None = None
    is_bot: bool = False

    def json(self) -> Json:
        """A User."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"username": self.username, "language_code": self.language}
        return user | {name: value for name, value in optional.items() if value is not None}


@dataclass(slots=True, eq=False)
class Chat:
    """A chat and how it stands towards the bot."""

    id: int
    kind: ChatKind
    owner: Person
    title: str = ""
    privacy: bool = True  # in a group the bot gets only what is addressed to it
    opened: bool = False  # a person must speak first
    refuses: Refusal | None = None  # what the bot hears that was blocked, kicked or left behind
    messages: list["Message"] = field(default_factory=list)
    shown: list["Message"] = field(default_factory=list)  # sent or edited by the bot since a person acted

    def json(self) -> Json:
        """A Chat."""
        name = {"first_name": self.owner.first_name} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **name}


@dataclass(slots=True, eq=False)
class Message:
    """A message as it looks now."""

    id: int
    chat: Chat
    sender: Person
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    rows: list[list[Json]] = field(default_factory=list)
    content: Json = field(
        default_factory=dict
    )  # anything but text: a photo, a caption, where it was forwarded from
    reply_to: "Message | None" = None
    edited: bool = False

    @property
    def words(self) -> str:
        """What is to be read in it: its text, or what stands under its picture."""
        return self.text or str(self.content.get("caption", ""))

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its buttons."""
        return tuple(button["text"] for row in self.rows for button in row)

    def button(self, label: str) -> Json:
        """The button with a label."""
        return next(button for row in self.rows for button in row if button["text"] == label)

    def json(self, *, with_reply: bool = True) -> Json:
        """A Message."""
        shape: Json = {
            "message_id": self.id,
            "date": DATE,
            "chat": self.chat.json(),
            "from": self.sender.json(),
            **self.content,
        }
        if self.text:
            shape["text"] = self.text
        if self.entities:
            shape["entities"] = self.entities
        if self.rows:
            shape["reply_markup"] = {"inline_keyboard": self.rows}
        if self.edited:
            shape["edit_date"] = DATE
        if self.reply_to and with_reply:
            shape["reply_to_message"] = self.reply_to.json(with_reply=False)
        return shape


def entities_of(text: str) -> list[Json]:
    """The commands and mentions that Telegram marks in what people write."""
    return [
        {
            "type": "bot_command" if found[1] else "mention",
            "offset": _units(text[: found.start()]),
            "length": _units(found[0]),
        }
        for found in _ENTITY.finditer(text)
    ]


def is_delivered(message: Message, bot: Person) -> bool:
    """Whether a bot gets a message: in a group with privacy only commands for it and replies to it."""
    if message.chat.kind == "private" or not message.chat.privacy:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    commands = re.findall(r"(?<!\S)/\w+(@\w+)?", message.text)
    return any(name in {"", f"@{bot.username}"} for name in commands)


def callback_query(query: str, person: Person, message: Message, data: str, *, inaccessible: bool) -> Json:
    """A CallbackQuery; the message may be too old to be shown to the bot."""
    shown: Json = message.json()
    if inaccessible:
        shown = {"message_id": message.id, "date": 0, "chat": message.chat.json()}
    return {
        "id": query,
        "from": person.json(),
        "chat_instance": str(message.chat.id),
        "message": shown,
        "data": data,
    }


def membership(chat: Chat, bot: Person, before: str, after: str) -> Json:
    """A ChatMemberUpdated about the bot itself."""
    member: dict[str, Any] = {"user": bot.json()}
    until = {"kicked": {"until_date": 0}}
    return {
        "chat": chat.json(),
        "from": chat.owner.json(),
        "date": DATE,
        "old_chat_member": member | {"status": before} | until.get(before, {}),
        "new_chat_member": member | {"status": after} | until.get(after, {}),
    }


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
