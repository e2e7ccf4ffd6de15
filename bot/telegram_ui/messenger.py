"""Says things in Telegram and does not give up at a passing fault."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram_ui.backoff import Random, asked, waits
from bot.telegram_ui.rendering import NO_PREVIEW, Rendered, without_markup
from bot.telegram_ui.transport import NoSenseError

MAX_TRIES = 12  # of one call; with the growing waits this outlasts five minutes of trouble
QUERY_TRIES = 3  # of an answer to a tap or an inline query: Telegram lets these wait for seconds only
MAX_QUERY_WAIT = 5.0  # seconds; whoever is told to wait for longer lets it be
INLINE_CACHE_SECONDS = 300

_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)


class ChatUnreachableError(Exception):
    """The person blocked the bot, left, or the chat is gone."""


class Messenger:
    """Sends, edits and confirms. What may not have arrived is sent again: better twice than never."""

    def __init__(self, bot: Bot, random: Random) -> None:
        self._bot = bot
        self._random = random

    async def send(self, chat: int, rendered: Rendered, answers: int | None = None) -> tuple[int, ...]:
        """Send a reply, as an answer to a message if one is named; the ids of the sent messages.

        Raises ChatUnreachableError, or the last TelegramError when trouble lasts.
        """
        sent = []
        for number, text in enumerate(rendered.texts, start=1):
            buttons = _keyboard(rendered) if number == len(rendered.texts) else None
            sent.append(await self._send_one(chat, text, buttons, answers))
        return tuple(sent)

    async def edit(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Turn a sent message into another reply. False: it can't be edited any more, or does not fit."""
        if len(rendered.texts) > 1:
            return False
        try:
            await self.insist(
                lambda: self._bot.edit_message_text(
                    rendered.texts[0],
                    chat_id=chat,
                    message_id=message,
                    reply_markup=_keyboard(rendered),
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                )
            )
        except BadRequest as error:
            return "not modified" in str(error).lower()
        except ChatMigrated:
            return False
        return True

    async def confirm(self, query: str) -> None:
        """Stop a button's waiting sign; for one that is too old there is nothing to stop."""
        try:
            await self.insist(lambda: self._bot.answer_callback_query(query), QUERY_TRIES, MAX_QUERY_WAIT)
        except TelegramError as error:
            _log.info("A tap could not be confirmed (%s).", type(error).__name__)

    async def offer(self, query: str, results: Sequence[InlineQueryResult]) -> None:
        """Answer an inline query, for this person only: others may speak another language."""
        try:
            await self.insist(
                lambda: self._bot.answer_inline_query(
                    query, results, cache_time=INLINE_CACHE_SECONDS, is_personal=True
                ),
                QUERY_TRIES,
                MAX_QUERY_WAIT,
            )
        except TelegramError as error:
            _log.info("An inline query could not be answered (%s).", type(error).__name__)

    async def _send_one(
        self, chat: int, text: str, buttons: InlineKeyboardMarkup | None, answers: int | None
    ) -> int:
        try:
            return await self._post(chat, text, buttons, answers, ParseMode.HTML)
        except ChatMigrated as error:
            return await self._send_one(error.new_chat_id, text, buttons, None)
        except Forbidden as error:
            raise ChatUnreachableError from error
        except BadRequest as error:
            if "chat not found" in str(error).lower():
                raise ChatUnreachableError from error
            _log.warning("Telegram refused a message, so it goes without markup and buttons.")
            return await self._post(chat, without_markup(text), None, None, None)

    async def _post(
        self,
        chat: int,
        text: str,
        buttons: InlineKeyboardMarkup | None,
        answers: int | None,
        markup: ParseMode | None,
    ) -> int:
        quoting = ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
        message = await self.insist(
            lambda: self._bot.send_message(
                chat,
                text,
                parse_mode=markup,
                reply_markup=buttons,
                reply_parameters=quoting,
                link_preview_options=NO_PREVIEW,
            )
        )
        return message.message_id

    async def insist(
        self, call: Callable[[], Awaitable[_Result]], tries: int = MAX_TRIES, longest: float = math.inf
    ) -> _Result:
        """Try until it works: wait longer each time, and no less than Telegram says unless that is too long.

        Raises the last TelegramError when trouble lasts, and at once one that lasts anyway.
        """
        pauses = waits(self._random)
        for _ in range(tries - 1):
            try:
                return await call()
            except RetryAfter as error:
                pause = max(asked(error, self._random), next(pauses))
                if pause > longest:
                    raise
                await asyncio.sleep(pause)
            except BadRequest:
                raise
            except (NetworkError, NoSenseError):
                await asyncio.sleep(next(pauses))
        return await call()


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rendered.rows]
    return InlineKeyboardMarkup(rows) if rows else None
