"""Says things in Telegram, with a picture where one belongs to them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardMarkup, InlineQueryResult, InputFile, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.telegram_ui.backoff import Random
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.sending.charts import painted
from bot.telegram_ui.sending.editor import Editor
from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.sending.pictures import Pictures, Source
from bot.telegram_ui.sending.queue import Rank
from bot.telegram_ui.sending.rendering import NO_PREVIEW, Rendered, keyboard, without_markup
from bot.telegram_ui.sending.retrying import ANSWERING, Manner, Retrying

QUERY_TRIES = 3  # of an answer to a tap or an inline query: Telegram lets these wait for seconds only
MAX_QUERY_WAIT = 5.0  # seconds; whoever is told to wait for longer lets it be
INLINE_CACHE_SECONDS = 300

_log = logging.getLogger(__name__)


class ChatUnreachableError(Exception):
    """The person blocked the bot, left, or the chat is gone."""


class Messenger:
    """Sends, edits and confirms. What may not have arrived is sent again: better twice than never."""

    def __init__(  # noqa: PLR0913, PLR0917  # through whom, how, and what is told of it
        self,
        bot: Bot,
        random: Random,
        pace: Pace,
        pictures: Pictures,
        metrics: Metrics,
        revoked: Callable[[], None],
    ) -> None:
        """`revoked` is told that Telegram knows the bot's token no more."""
        self._bot = bot
        self._retrying = Retrying(random, pace, metrics, revoked)
        self._pictures = pictures
        self.edit = Editor(bot, self._retrying, pictures).edit
        self.insist = self._retrying.insist

    async def send(
        self, chat: int, rendered: Rendered, answers: int | None = None, manner: Manner = ANSWERING
    ) -> tuple[int, ...]:
        """Send a reply, as an answer to a message if one is named; the ids of the sent messages.

        Raises ChatUnreachableError, ChatMigrated unless it is an answer, or the last TelegramError when
        trouble lasts.
        """
        show = self._send_chart if rendered.chart else self._send_picture
        pictured = await show(chat, rendered, answers, manner)
        if pictured is not None and rendered.caption is not None:
            return (pictured,)
        sent = [] if pictured is None else [pictured]
        for number, text in enumerate(rendered.texts, start=1):
            buttons = keyboard(rendered) if number == len(rendered.texts) else None
            sent.append(await self._send_one(chat, _Part(text, buttons, answers), manner))
        return tuple(sent)

    def forget(self, chat: int) -> None:
        """Forget which messages of a chat show which pictures."""
        self._pictures.forget(chat)

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

    async def _send_picture(
        self, chat: int, rendered: Rendered, answers: int | None, manner: Manner
    ) -> int | None:
        """Send the picture of a reply, with its text below if there is room, else with what it shows.

        None: it has none, or it can't be sent; then the text alone will say why.
        """
        key, caption = rendered.picture, rendered.caption
        if key is None or not self._pictures.has(key):
            return None
        quoting = _quoting(answers)

        def call(source: Source) -> Awaitable[Message]:
            return self._retrying.say(
                chat,
                manner,
                lambda: self._bot.send_animation(
                    chat,
                    source,
                    caption=rendered.pictured if caption is None else caption,
                    parse_mode=ParseMode.HTML,
                    reply_markup=None if caption is None else keyboard(rendered),
                    reply_parameters=quoting,
                    disable_notification=manner.is_silent or None,
                ),
            )

        try:
            return await self._pictures.show(key, chat, call)
        except (BadRequest, ChatMigrated, Forbidden):
            return None

    async def _send_chart(
        self, chat: int, rendered: Rendered, answers: int | None, manner: Manner
    ) -> int | None:
        """Send a chart with the text below. None: there is no room for it, or Telegram refuses it."""
        caption = rendered.caption
        if rendered.chart is None or caption is None:
            return None
        drawn = await asyncio.to_thread(painted, rendered.chart)
        try:
            message = await self._retrying.say(
                chat,
                manner,
                lambda: self._bot.send_photo(
                    chat,
                    InputFile(drawn, "chart.png", attach=True),
                    caption=caption,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(rendered),
                    reply_parameters=_quoting(answers),
                    disable_notification=manner.is_silent or None,
                ),
            )
        except (BadRequest, ChatMigrated, Forbidden):
            return None
        return message.message_id

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
        quoting = _quoting(part.answers)
        message = await self._retrying.say(
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


@dataclass(frozen=True, slots=True)
class _Part:
    """One message of a reply."""

    text: str
    buttons: InlineKeyboardMarkup | None
    answers: int | None


def _quoting(answers: int | None) -> ReplyParameters | None:
    return ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
