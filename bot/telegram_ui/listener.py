"""Turns updates into turns, and has the replies said."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, CallbackQuery, InlineQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import filters

from bot.core.pages import Pages
from bot.core.talk import Kind, Reply, Turn
from bot.services.allowance import Allowance, Grant
from bot.services.assistant import Assistant
from bot.telegram_ui.memory import Answered, Recent, mark
from bot.telegram_ui.monitoring.failures import Failures
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.sending.messenger import ChatUnreachableError, Messenger
from bot.telegram_ui.sending.rendering import inline_results, render
from bot.telegram_ui.ticker import Ticker
from bot.telegram_ui.turns import Turns, is_command
from bot.telegram_ui.updates import (
    chat_of,
    context_key,
    is_meant,
    membership,
    quoted,
    read,
    shared_location,
    words,
)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
MAX_ANSWERED = 20_000  # questions whose answers can still be edited,
CAN_BE_EDITED = timedelta(hours=48)  # for as long as Telegram lets people edit
MAX_ALBUMS = 1_000
ALBUM_TAKES = timedelta(minutes=10)  # until the last picture of an album is there
MAX_TAPS = 10_000
DOUBLE_TAP = timedelta(seconds=1)  # after an answer to a tap, in which the same tap is no second wish

_log = logging.getLogger(__name__)


class Listener:
    """Hears updates of all kinds. Whatever comes, nothing is raised."""

    def __init__(  # noqa: PLR0913, PLR0917  # whom it hears, who answers, and who shows it
        self,
        bot: Bot,
        assistant: Assistant,
        messenger: Messenger,
        ticker: Ticker,
        clock: Callable[[], datetime],
        failures: Failures,
        metrics: Metrics,
    ) -> None:
        """`ticker` sees to the players that are shown."""
        self._bot = bot
        self._ticker = ticker
        self._assistant = assistant
        self._turns = Turns(bot, assistant.locate)
        self._messenger = messenger
        self._clock = clock
        self._failures = failures
        self._metrics = metrics
        self._allowance = Allowance()
        self._answered: Recent[tuple[int, int], Answered] = Recent(MAX_ANSWERED, CAN_BE_EDITED)
        self._albums: Recent[tuple[int, str], int] = Recent(MAX_ALBUMS, ALBUM_TAKES)
        self._taps: Recent[str, tuple[int, str | None]] = Recent(MAX_TAPS, DOUBLE_TAP)

    async def hear(self, data: dict[str, Any], at: datetime) -> None:
        """Answer an update, given as Telegram's JSON, as at the moment when it came."""
        try:
            came = membership(data)
            if came is not None:
                await self._on_membership(*came, at)
            else:
                await self._answer(read(data, self._bot), at)
        except ChatUnreachableError:
            _log.info("A reply was not wanted: the chat is closed to the bot.")
        except TelegramError as error:
            _log.warning("A reply could not be delivered (%s).", type(error).__name__)
        except Exception as error:  # noqa: BLE001  # an odd update must not end the bot
            await self._failures.admit(error, chat_of(data))

    def is_talk(self, data: dict[str, Any]) -> bool:
        """Whether an update is what people in a group say to each other."""
        message = self._message(data) if (chat_of(data) or 0) < 0 else None
        return message is not None and not is_meant(message, self._bot)

    async def is_urgent(self, data: dict[str, Any]) -> bool:
        """Whether an update raises a red flag or asks about one."""
        update = self._read(data)
        message, query = update.message or update.edited_message, update.callback_query
        if message is not None:
            return await self._assistant.is_urgent(self._turns.said(message, self._clock()))
        if query is not None and query.message is not None:
            return await self._assistant.is_urgent(self._turns.tapped(query, query.message, self._clock()))
        return False

    def _message(self, data: dict[str, Any]) -> Message | None:
        update = self._read(data)
        return update.message or update.edited_message

    def _read(self, data: dict[str, Any]) -> Update:
        """An update; of an odd one nothing is known, and hearing it says why."""
        try:
            return read(data, self._bot)
        except Exception:  # noqa: BLE001  # the library stumbles in many ways
            return Update(0)

    async def _answer(self, update: Update, at: datetime) -> None:
        if update.message:
            await self._on_message(update, update.message, at)
        elif update.edited_message:
            await self._on_edit(update.edited_message, at)
        elif update.callback_query:
            await self._on_tap(update.callback_query, at)
        elif update.inline_query:
            await self._on_inline(update.inline_query, at)
        else:
            _log.info("An update that is not for the bot, or makes no sense, is passed over.")

    async def _on_message(self, update: Update, message: Message, at: datetime) -> None:
        """Answer a text or a caption; say kindly what can't be read. An album gets one answer."""
        if not is_meant(message, self._bot) or filters.StatusUpdate.ALL.check_update(update):
            return
        if not words(message) and message.chat.type != ChatType.PRIVATE:
            return
        turn, before = self._turns.said(message, at), self._answer_to_album(message)
        if message.chat.type == ChatType.PRIVATE:
            await self._assistant.noticed(turn)
        is_first_caption = before is not None and before.mark == mark("") and words(message)
        if before and not is_first_caption and not await self._assistant.is_urgent(turn):
            return
        if not await self._may_ask(turn, message):
            return
        is_said = words(message) or shared_location(message)
        reply = await self._assistant.respond(turn) if is_said else self._pages(turn).text_only()
        await self._deliver(message, reply, before, quoted(message))

    async def _on_edit(self, message: Message, at: datetime) -> None:
        """Answer an edited question in the place of its first answer; an edited command does nothing."""
        before = self._answered.get((message.chat.id, message.message_id), self._clock())
        unchanged = before is not None and before.mark == mark(words(message))
        if not is_meant(message, self._bot) or not words(message) or unchanged:
            return
        turn = self._turns.said(message, at)
        was_command = before is not None and before.is_command
        if (is_command(turn) or was_command) and not await self._assistant.is_urgent(turn):
            return
        if await self._may_ask(turn, message):
            await self._deliver(message, await self._assistant.respond(turn), before, message.message_id)

    async def _deliver(
        self, message: Message, reply: Reply, before: Answered | None, answers: int | None
    ) -> None:
        """Say a reply, in the place of an earlier one if it can be.

        Advice on a red flag is always a new message, since an edit rings no bell; and no edit takes it away.
        """
        chat, sent = message.chat.id, before.messages if before else ()
        rendered = render(reply, self._bot.username)
        is_advice = reply.kind is Kind.RED_FLAG
        self._metrics.answered(reply.kind.value)
        if is_advice or len(sent) != 1 or not await self._messenger.edit(chat, sent[0], rendered):
            sent = await self._messenger.send(chat, rendered, answers)
        now = self._clock()
        turn = self._turns.said(message, now)
        await self._ticker.follow(turn, reply, sent[-1])
        answered = Answered(mark(words(message)), is_command(turn), () if is_advice else sent)
        self._answered.keep((chat, message.message_id), answered, now)
        if message.media_group_id:
            self._albums.keep((chat, message.media_group_id), message.message_id, now)
        if reply.forgets:
            self._forget(chat)

    def _answer_to_album(self, message: Message) -> Answered | None:
        """What was answered to an earlier picture of the same album."""
        if not message.media_group_id:
            return None
        chat, now = message.chat.id, self._clock()
        first = self._albums.get((chat, message.media_group_id), now)
        return self._answered.get((chat, first), now) if first is not None else None

    async def _on_tap(self, query: CallbackQuery, at: datetime) -> None:
        """A tapped button says its utterance; the second of a double tap says nothing."""
        said: list[Any] = []
        if query.message is not None:
            tapped = query.message.message_id, query.data
            whose = context_key(query.message.chat, query.from_user.id)
            if self._taps.get(whose, self._clock()) != tapped:
                said.append(self._say_tapped(query, query.message, at))
        await asyncio.gather(self._messenger.confirm(query.id), *said)

    async def _say_tapped(
        self, query: CallbackQuery, message: MaybeInaccessibleMessage, at: datetime
    ) -> None:
        turn = self._turns.tapped(query, message, at)
        if not turn.is_public:
            await self._assistant.noticed(turn)
        if not await self._may_ask(turn, message):
            return
        reply = await self._assistant.respond(turn)
        self._metrics.answered(reply.kind.value)
        chat, rendered = message.chat.id, render(reply, self._bot.username)
        can_edit = reply.in_place and isinstance(message, Message)
        shown = message.message_id
        if not (can_edit and await self._messenger.edit(chat, shown, rendered)):
            shown = (await self._messenger.send(chat, rendered, quoted(message)))[-1]
        await self._ticker.follow(turn, reply, shown)
        whose = context_key(message.chat, query.from_user.id)
        self._taps.keep(whose, (message.message_id, query.data), self._clock())
        if reply.forgets:
            self._forget(chat)

    def _forget(self, chat: int) -> None:
        """Forget which message answers which in a chat."""
        self._answered.drop(lambda key: key[0] == chat)
        self._albums.drop(lambda key: key[0] == chat)
        self._messenger.forget(chat)

    async def _on_membership(self, chat: int, is_back: bool, at: datetime) -> None:  # noqa: FBT001
        """End what is sent to somebody who blocked the bot; whoever lets it write again gets it again."""
        await (self._assistant.back if is_back else self._assistant.gone)(str(chat), at)

    async def _on_inline(self, query: InlineQuery, at: datetime) -> None:
        """Offer answers to somebody who types in any chat."""
        turn = Turn(text=query.query, now=at, language=query.from_user.language_code)
        await self._messenger.offer(query.id, inline_results(self._assistant.cards(turn), self._bot.username))

    async def _may_ask(self, turn: Turn, message: MaybeInaccessibleMessage) -> bool:
        """Whether a person may have a reply now; a red flag is never too much. The first refusal is said."""
        grant = self._allowance.take(turn.person or turn.chat or "", turn.now)
        if grant is Grant.GRANTED or await self._assistant.is_urgent(turn):
            return True
        if grant is Grant.FIRST_REFUSAL:
            plea = render(self._pages(turn).slow_down())
            await self._messenger.send(message.chat.id, plea, quoted(message))
        return False

    def _pages(self, turn: Turn) -> Pages:
        return self._assistant.conversation(turn.language).pages
