"""Carries deliveries to their chats, behind all replies."""

from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.core.talk import Reply
from bot.services.deliveries.ports import (
    ChatGoneError,
    ChatMovedError,
    IsDue,
    LapsedError,
    NotNowError,
    Outcome,
)
from bot.telegram_ui.backoff import seconds_of
from bot.telegram_ui.monitoring.failures import Failures
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.sending.messenger import ChatUnreachableError, Messenger
from bot.telegram_ui.sending.queue import Rank
from bot.telegram_ui.sending.rendering import render
from bot.telegram_ui.sending.retrying import Manner

TRIES = 4  # of one delivery; then others have its place for a while
LONGEST = 20.0  # seconds for which a refused delivery waits in the queue
AGAIN_IN = 60.0  # seconds after which a delivery that did not get through comes up again


class Courier:
    """Says in the words of a delivery what Telegram answered."""

    def __init__(self, messenger: Messenger, failures: Failures, metrics: Metrics) -> None:
        self._messenger = messenger
        self._failures = failures
        self._metrics = metrics

    async def deliver(self, chat: str, reply: Reply, *, is_silent: bool, is_due: IsDue) -> None:
        """Send a reply. Raises LapsedError, ChatGoneError, ChatMovedError, NotNowError, or BadRequest."""
        outcome = "failed"
        try:
            await self._deliver(chat, reply, is_silent=is_silent, is_due=is_due)
            outcome = "sent"
        except ChatGoneError:
            outcome = "gone"
            raise
        except (NotNowError, ChatMovedError, LapsedError):
            outcome = "later"
            raise
        finally:
            self._metrics.delivered(outcome)

    async def _deliver(self, chat: str, reply: Reply, *, is_silent: bool, is_due: IsDue) -> None:
        manner = Manner(rank=Rank.DELIVERY, is_silent=is_silent, tries=TRIES, longest=LONGEST, is_due=is_due)
        try:
            await self._messenger.send(int(chat), render(reply), manner=manner)
        except ChatUnreachableError as error:
            raise ChatGoneError from error
        except ChatMigrated as error:
            raise ChatMovedError(str(error.new_chat_id)) from error
        except RetryAfter as error:
            raise NotNowError(seconds_of(error)) from error
        except BadRequest:
            raise
        except TelegramError as error:
            raise NotNowError(AGAIN_IN) from error

    async def admit(self, error: Exception) -> None:
        """Tell the operator that a delivery broke something."""
        await self._failures.admit(error, None)

    def left_out(self, outcome: Outcome) -> None:
        """Count a delivery that is not to be sent at all; if it came too late, the operator reads so."""
        self._metrics.delivered(outcome.value)
        if outcome is Outcome.LATE:
            self._failures.too_late()
