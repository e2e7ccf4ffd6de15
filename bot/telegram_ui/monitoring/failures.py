"""What happens when an update breaks the bot: the person is asked for patience, the operator is told."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.core.talk import Kind, Reply
from bot.services.assistant import Assistant
from bot.telegram_ui.monitoring.notices import Notice
from bot.telegram_ui.sending.messenger import ChatUnreachableError, Messenger
from bot.telegram_ui.sending.rendering import render
from bot.telegram_ui.sending.retrying import ANSWERING, Manner

NOTICE_EVERY = timedelta(minutes=10)  # the operator is told of failures no more often
IN_PASSING = Manner(tries=3, longest=5.0)  # nobody waits for the operator
TOO_LATE = (
    "%d delivery(s) could not be sent within MAX_DELAY_MINUTES and were left out. If it goes on, raise "
    "MESSAGES_PER_SECOND, or offer other times."
)

_log = logging.getLogger(__name__)


class Failures:
    """Admits failures. What people wrote is never repeated."""

    def __init__(
        self,
        assistant: Assistant,
        messenger: Messenger,
        clock: Callable[[], datetime],
        admin_chat: int | None,
    ) -> None:
        """`admin_chat` is the operator's, if there is one."""
        self._assistant = assistant
        self._messenger = messenger
        self._clock = clock
        self._admin_chat = admin_chat
        self._last_notice: datetime | None = None
        self._late = Notice(_log, TOO_LATE, clock)

    async def admit(self, error: Exception, chat: int | None) -> None:
        """Log what went wrong and where, say sorry in a chat, and tell the operator."""
        _log.error("Something could not be answered or delivered: %s", _place(error))
        if chat is not None:
            await self._tell(chat, self._assistant.conversation(None).pages.failed())
        now = self._clock()
        due = self._last_notice is None or now - self._last_notice >= NOTICE_EVERY
        if self._admin_chat is not None and due:
            self._last_notice = now
            notice = f"A message could not be answered or sent ({type(error).__name__}). The log says more."
            await self._tell(self._admin_chat, Reply(kind=Kind.COMMAND, text=notice), IN_PASSING)

    def too_late(self) -> None:
        """Note that a delivery was left out, as it could not be sent in time."""
        self._late.add()

    async def _tell(self, chat: int, reply: Reply, manner: Manner = ANSWERING) -> None:
        try:
            await self._messenger.send(chat, render(reply), manner=manner)
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
