"""The people on the other side of the Bot API: what they do and what they see."""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot_api_faults import Fault, Faults
from bot_api_rules import BLOCKED, DEACTIVATED, KICKED, Json, bad_request
from bot_api_updates import Updates
from telegram_shapes import Chat, Message, Person, callback_query, entities_of, is_delivered, membership

PATIENCE = 30.0  # seconds after which a test stops waiting for the bot, on a machine that is busy too


@dataclass(slots=True, eq=False)
class Query:
    """A tap or an inline question that waits for an answer."""

    id: str
    open: bool = True
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made."""

    method: str
    parameters: Json
    at: float = field(default_factory=time.monotonic)  # seconds of a clock that never goes back


class World:
    """Chats and those in them. Everything is seen at once; waiting for the bot is waiting for an event."""

    def __init__(self) -> None:
        self.bot = Person(123_456_789, "Strong Back", None, "strong_back_bot", is_bot=True)
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.pages: dict[tuple[str, str], Any] = {}  # what set… calls left, by method and language
        self.files: dict[str, bytes] = {}
        self.faults = Faults()
        self.updates = Updates()
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()

    def number(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)

    def person(self, name: str = "Ana", *, language: str | None = "en") -> Person:
        """Somebody with an account."""
        return Person(10_000 + self.number(), name, language)

    def private(self, person: Person | None = None, *, language: str | None = "en") -> Chat:
        """The chat of the bot with a person, in which nobody has spoken yet."""
        owner = person or self.person(language=language)
        return self._chat(Chat(owner.id, "private", owner))

    def group(self, *, privacy: bool = True) -> Chat:
        """A group with the bot in it."""
        return self._chat(
            Chat(-self.number(), "group", self.person(), "Runners", privacy=privacy, opened=True)
        )

    def say(
        self,
        chat: Chat,
        text: str = "",
        *,
        by: Person | None = None,
        reply_to: Message | None = None,
        content: Json | None = None,
    ) -> Message:
        """Write in a chat; `content` is anything but text."""
        message = Message(self.number(), chat, by or chat.owner, text, entities_of(text), reply_to=reply_to)
        message.content = content or {}
        self._act(chat)
        chat.messages.append(message)
        if is_delivered(message, self.bot):
            self.updates.put("message", message.json())
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change what was written."""
        message.text, message.entities, message.edited = text, entities_of(text), True
        self._act(message.chat)
        if is_delivered(message, self.bot):
            self.updates.put("edited_message", message.json())

    def tap(  # noqa: PLR0913  # who taps what, and how late
        self,
        chat: Chat,
        label: str,
        *,
        message: Message | None = None,
        by: Person | None = None,
        too_old: bool = False,
        inaccessible: bool = False,
    ) -> Query:
        """Tap the button with a label: of a message, or of the last that has one."""
        tapped = message or next(m for m in reversed(chat.messages) if label in m.buttons)
        query = Query(str(self.number()), open=not too_old)
        self.queries[query.id] = query
        self._act(chat)
        data = tapped.button(label)["callback_data"]
        person = by or chat.owner
        self.updates.put(
            "callback_query", callback_query(query.id, person, tapped, data, inaccessible=inaccessible)
        )
        return query

    def type_inline(self, person: Person, text: str) -> Query:
        """Type `@bot text` in some chat."""
        query = Query(str(self.number()))
        self.queries[query.id] = query
        payload = {"id": query.id, "from": person.json(), "query": text, "offset": ""}
        self.updates.put("inline_query", payload)
        return query

    def block(self, chat: Chat) -> None:
        """Block the bot, or in a group throw it out."""
        chat.refuses = BLOCKED if chat.kind == "private" else KICKED
        self.updates.put("my_chat_member", membership(chat, self.bot, "member", "kicked"))

    def unblock(self, chat: Chat) -> None:
        """Let the bot write again."""
        chat.refuses = None
        self.updates.put("my_chat_member", membership(chat, self.bot, "kicked", "member"))

    def deactivate(self, chat: Chat) -> None:
        """Delete the person's account."""
        chat.refuses = DEACTIVATED

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup, which is another chat."""
        number = -1_000_000_000_000 - self.number()
        new = self._chat(Chat(number, "supergroup", chat.owner, chat.title, chat.privacy, opened=True))
        reason = "group chat was upgraded to a supergroup chat"
        chat.refuses = bad_request(reason, migrate_to_chat_id=number)
        return new

    def fail(
        self, fault: Fault, method: str | None = None, *, chat: Chat | None = None, times: int | None = 1
    ) -> None:
        """Let the next calls go wrong; None stands for any method (but getUpdates), any chat, for ever."""
        self.faults.plan(fault, method, chat.id if chat else None, times)

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of a method so far."""
        return [call.parameters for call in self.calls if call.method == method]

    def messages(self, chat: Chat) -> list[Message]:
        """What the bot said in a chat, as it looks now."""
        return [message for message in chat.messages if message.sender is self.bot]

    async def replies(self, chat: Chat, count: int = 1) -> list[Message]:
        """What the bot sent or edited in a chat since a person last acted there, once it is so much."""
        await self.until(lambda: len(chat.shown) >= count, f"{count} replies in chat {chat.id}")
        return list(chat.shown)

    async def reply(self, chat: Chat) -> Message:
        """The first thing that the bot sent or edited in a chat since a person last acted there."""
        return (await self.replies(chat))[0]

    async def until(self, holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Wait for the bot to make something true."""
        try:
            async with asyncio.timeout(patience):
                while not holds():
                    await self._changed.wait()
        except TimeoutError:
            made = ", ".join(call.method for call in self.calls[-12:])
            raise AssertionError(f"Waited in vain for {what}. The last calls were: {made}.") from None

    def touch(self) -> None:
        """Wake those who wait for something to become true."""
        self._changed.set()
        self._changed = asyncio.Event()

    def _act(self, chat: Chat) -> None:
        chat.opened = True
        chat.shown.clear()

    def _chat(self, chat: Chat) -> Chat:
        return self.chats.setdefault(chat.id, chat)
