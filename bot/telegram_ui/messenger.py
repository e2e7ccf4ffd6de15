"""Says things in Telegram and does not give up at a passing fault."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
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

from bot.services.delivering import LapsedError
from bot.telegram_ui.backoff import Random, asked, seconds_of, waits
from bot.telegram_ui.pace import Pace
from bot.telegram_ui.queue import Rank
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is said: what goes first, whether it rings, how often it is tried, how many seconds it
    waits at most when it is told to wait, and whether it still is to be said when its turn has come.
    """

    rank: Rank = Rank.REPLY
    is_silent: bool = False
    tries: int = MAX_TRIES
    longest: float = math.inf
    is_due: Callable[[], bool] = lambda: True


ANSWERING = Manner()


class Messenger:
    """Sends, edits and confirms. What may not have arrived is sent again: better twice than never."""

    def __init__(self, bot: Bot, random: Random, pace: Pace) -> None:
        self._bot = bot
        self._random = random
        self._pace = pace

    async def send(
        self, chat: int, rendered: Rendered, answers: int | None = None, manner: Manner = ANSWERING
    ) -> tuple[int, ...]:
        """Send a reply, as an answer to a message if one is named; the ids of the sent messages.

        Raises ChatUnreachableError, ChatMigrated unless it is an answer, or the last TelegramError when
        trouble lasts.
        """
        sent = []
        for number, text in enumerate(rendered.texts, start=1):
            buttons = _keyboard(rendered) if number == len(rendered.texts) else None
            sent.append(await self._send_one(chat, _Part(text, buttons, answers), manner))
        return tuple(sent)

    async def edit(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Turn a sent message into another reply. False: it can't be edited any more, or does not fit."""
        if len(rendered.texts) > 1:
            return False
        try:
            await self._say(
                chat,
                ANSWERING,
                lambda: self._bot.edit_message_text(
                    rendered.texts[0],
                    chat_id=chat,
                    message_id=message,
                    reply_markup=_keyboard(rendered),
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                ),
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

    async def _send_one(self, chat: int, part: "_Part", manner: Manner) -> int:
        try:
            return await self._post(chat, part, manner, ParseMode.HTML)
        except ChatMigrated as error:
            if manner.rank is not Rank.REPLY:
                raise
            return await self._send_one(error.new_chat_id, replace(part, answers=None), manner)
        except Forbidden as error:
            raise ChatUnreachableError from error
        except BadRequest as error:
            if "chat not found" in str(error).lower():
                raise ChatUnreachableError from error
            _log.warning("Telegram refused a message, so it goes without markup and buttons.")
            return await self._post(chat, _Part(without_markup(part.text), None, None), manner, None)

    async def _post(self, chat: int, part: "_Part", manner: Manner, markup: ParseMode | None) -> int:
        quoting = ReplyParameters(part.answers, allow_sending_without_reply=True) if part.answers else None
        message = await self._say(
            chat,
            manner,
            lambda: self._bot.send_message(
                chat,
                part.text,
                parse_mode=markup,
                reply_markup=part.buttons,
                reply_parameters=quoting,
                link_preview_options=NO_PREVIEW,
                disable_notification=manner.is_silent or None,
            ),
        )
        return message.message_id

    async def _say(self, chat: int, manner: Manner, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Send something to a chat, each try in its turn. Who is refused waits in the queue, not here."""

        async def in_turn() -> _Result:
            await self._pace.turn(chat, manner.rank)
            if not manner.is_due():
                raise LapsedError
            try:
                result = await call()
            except RetryAfter as error:
                self._pace.refused(chat, seconds_of(error))
                raise
            self._pace.accepted()
            return result

        return await self._insist(in_turn, manner.tries, manner.longest, _not_at_all)

    async def insist(
        self, call: Callable[[], Awaitable[_Result]], tries: int = MAX_TRIES, longest: float = math.inf
    ) -> _Result:
        """Try something that is no message until it works, and not while the bot as a whole must wait.

        Raises the last TelegramError when trouble lasts, and at once one that lasts anyway.
        """

        async def once_open() -> _Result:
            closed = self._pace.closed_for()
            if closed > longest:
                raise RetryAfter(math.ceil(closed))
            await asyncio.sleep(closed)
            return await call()

        return await self._insist(once_open, tries, longest, partial(asked, random=self._random))

    async def _insist(
        self,
        call: Callable[[], Awaitable[_Result]],
        tries: int,
        longest: float,
        pause: Callable[[RetryAfter], float],
    ) -> _Result:
        """Try until it works and wait longer each time; a refusal has a pause of its own."""
        pauses = waits(self._random)
        for _ in range(tries - 1):
            try:
                return await call()
            except RetryAfter as error:
                if seconds_of(error) > longest:
                    raise
                await asyncio.sleep(pause(error))
            except BadRequest:
                raise
            except (NetworkError, NoSenseError):
                await asyncio.sleep(next(pauses))
        return await call()


@dataclass(frozen=True, slots=True)
class _Part:
    """One message of a reply."""

    text: str
    buttons: InlineKeyboardMarkup | None
    answers: int | None


def _not_at_all(_: RetryAfter) -> float:
    return 0.0


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rendered.rows]
    return InlineKeyboardMarkup(rows) if rows else None
