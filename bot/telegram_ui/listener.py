"""Turns updates into turns, and has the replies said."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, CallbackQuery, InlineQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import filters

from bot.core.model import Kind, Reply, Turn
from bot.services.allowance import Allowance, Grant
from bot.services.assistant import Assistant
from bot.telegram_ui.messenger import ChatUnreachableError, Messenger
from bot.telegram_ui.rendering import inline_results, render
from bot.telegram_ui.updates import chat_of, context_key, is_meant, quoted, without_mention, words

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query")
MAX_ANSWERED = 20_000  # questions whose answers can still be edited
MAX_ALBUMS = 1_000  # albums that were answered once
NOTICE_EVERY = timedelta(minutes=10)  # the operator is told of failures no more often

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question that was answered: its words, and the messages that answer it."""

    text: str
    messages: tuple[int, ...]


class Listener:
    """Hears updates of all kinds. Whatever comes, nothing is raised."""

    def __init__(
        self,
        bot: Bot,
        assistant: Assistant,
        messenger: Messenger,
        clock: Callable[[], datetime],
        admin_chat: int | None,
    ) -> None:
        """`admin_chat` hears of failures."""
        self._bot = bot
        self._assistant = assistant
        self._messenger = messenger
        self._clock = clock
        self._admin_chat = admin_chat
        self._allowance = Allowance()
        self._answered: OrderedDict[tuple[int, int], _Answered] = OrderedDict()
        self._albums: OrderedDict[str, None] = OrderedDict()
        self._last_notice: datetime | None = None

    async def hear(self, data: dict[str, Any]) -> None:
        """Answer an update, given as Telegram's JSON."""
        try:
            await self._answer(Update.de_json(data, self._bot))
        except ChatUnreachableError:
            _log.info("A reply was not wanted: the chat is closed to the bot.")
        except TelegramError as error:
            _log.warning("A reply could not be delivered (%s).", type(error).__name__)
        except Exception as error:  # noqa: BLE001  # an odd update must not end the bot
            await self._admit(data, error)

    async def _answer(self, update: Update) -> None:
        if update.message:
            await self._on_message(update, update.message)
        elif update.edited_message:
            await self._on_edit(update.edited_message)
        elif update.callback_query:
            await self._on_tap(update.callback_query)
        elif update.inline_query:
            await self._on_inline(update.inline_query)

    async def _on_message(self, update: Update, message: Message) -> None:
        """Answer a text or a caption; say kindly what can't be read."""
        if not is_meant(message, self._bot) or filters.StatusUpdate.ALL.check_update(update):
            return
        if words(message):
            reply = await self._respond(self._turn(message))
        else:
            reply = self._unreadable(message)
        if reply is not None:
            sent = await self._messenger.send(message.chat.id, render(reply), quoted(message))
            self._keep_answered(message, sent)

    async def _on_edit(self, message: Message) -> None:
        """Answer an edited question in the place of its first answer; an edited command does nothing.

        Advice on a red flag is always a new message: an edit rings no bell.
        """
        before = self._answered.get((message.chat.id, message.message_id))
        unchanged = before is not None and before.text == words(message)
        if not is_meant(message, self._bot) or not words(message) or unchanged:
            return
        turn = self._turn(message)
        is_command = turn.text.startswith("/") or (before is not None and before.text.startswith("/"))
        if is_command and not self._assistant.is_urgent(turn):
            return
        reply = await self._respond(turn)
        if reply is None:
            return
        if not (before and await self._replace(message.chat.id, before, reply)):
            sent = await self._messenger.send(message.chat.id, render(reply), message.message_id)
            self._keep_answered(message, sent)
            return
        self._keep_answered(message, before.messages)

    async def _replace(self, chat: int, before: _Answered, reply: Reply) -> bool:
        """Turn an answer into another one, if it is such that this can be."""
        if reply.kind is Kind.RED_FLAG or len(before.messages) != 1:
            return False
        return await self._messenger.edit(chat, before.messages[0], render(reply))

    async def _on_tap(self, query: CallbackQuery) -> None:
        """A tapped button says its utterance."""
        await asyncio.gather(self._messenger.confirm(query.id), self._say_tapped(query))

    async def _say_tapped(self, query: CallbackQuery) -> None:
        if query.message is None:
            return
        chat = query.message.chat
        turn = Turn(
            text=query.data or "/show",
            now=self._clock(),
            chat=context_key(chat.id, query.from_user.id, chat.type),
            language=query.from_user.language_code,
            person=str(query.from_user.id),
        )
        reply = await self._respond(turn)
        if reply is None:
            return
        can_edit = reply.in_place and isinstance(query.message, Message)
        if can_edit and await self._messenger.edit(chat.id, query.message.message_id, render(reply)):
            return
        await self._messenger.send(chat.id, render(reply))

    async def _on_inline(self, query: InlineQuery) -> None:
        """Offer answers to somebody who types in any chat."""
        turn = Turn(text=query.query, now=self._clock(), language=query.from_user.language_code)
        await self._messenger.offer(query.id, inline_results(self._assistant.cards(turn), self._bot.username))

    async def _respond(self, turn: Turn) -> Reply | None:
        """The reply, or none to somebody who asks too much; a red flag is never too much."""
        grant = self._allowance.take(turn.person or turn.chat or "", turn.now)
        if grant is Grant.GRANTED or self._assistant.is_urgent(turn):
            return await self._assistant.respond(turn)
        if grant is Grant.FIRST_REFUSAL:
            return self._assistant.conversation(turn.language).pages.slow_down()
        return None

    def _unreadable(self, message: Message) -> Reply | None:
        """What to say to pictures, voices and the like; an album hears it once."""
        if message.chat.type != ChatType.PRIVATE or message.media_group_id in self._albums:
            return None
        if message.media_group_id:
            self._albums[message.media_group_id] = None
            if len(self._albums) > MAX_ALBUMS:
                self._albums.popitem(last=False)
        language = message.from_user.language_code if message.from_user else None
        return self._assistant.conversation(language).pages.text_only()

    def _keep_answered(self, message: Message, sent: tuple[int, ...]) -> None:
        self._answered[message.chat.id, message.message_id] = _Answered(words(message), sent)
        if len(self._answered) > MAX_ANSWERED:
            self._answered.popitem(last=False)

    def _turn(self, message: Message) -> Turn:
        user = message.from_user
        return Turn(
            text=without_mention(words(message), self._bot),
            now=self._clock(),
            chat=context_key(message.chat.id, user.id if user else 0, message.chat.type),
            language=user.language_code if user else None,
            person=str(user.id if user else message.chat.id),
        )

    async def _admit(self, data: dict[str, Any], error: Exception) -> None:
        """Log what went wrong and where, say sorry, and tell the operator; never repeat what people wrote."""
        _log.error("An update could not be answered: %s", _place(error))
        now = self._clock()
        try:
            chat = chat_of(data)
            if chat is not None:
                pages = self._assistant.conversation(None).pages
                await self._messenger.send(chat, render(pages.failed()))
            due = self._last_notice is None or now - self._last_notice >= NOTICE_EVERY
            if self._admin_chat is not None and due:
                self._last_notice = now
                notice = f"A message could not be answered ({type(error).__name__}). The log says more."
                await self._messenger.send(self._admin_chat, render(Reply(kind=Kind.COMMAND, text=notice)))
        except (TelegramError, ChatUnreachableError) as trouble:
            _log.warning("Nobody could be told (%s).", type(trouble).__name__)


def _place(error: Exception) -> str:
    """The kind of an error and where it arose; its words may be somebody's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    where = f"{code.co_qualname} in {code.co_filename}:{trace.tb_lineno}" if code and trace else "nowhere"
    return f"{type(error).__name__} at {where}"
