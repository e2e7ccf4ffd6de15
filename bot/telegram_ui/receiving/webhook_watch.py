"""Asks Telegram now and then whether it gets what it has to the webhook: nobody else can know."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from telegram import Bot, WebhookInfo

from bot.telegram_ui.monitoring.metrics import Metrics

LOOK_EVERY = 150.0  # seconds; what Telegram can't bring it tries again within two minutes
LEAD_AGAIN = 5.0  # seconds after which a worker that does not look asks whether it is to
LONGEST = 200  # signs of what Telegram says of an error
UNREACHED = (
    "Telegram can't bring messages to WEBHOOK_URL (%s); %d wait there. Check that its name, its certificate "
    "and the proxy lead to the bot."
)
TAKEN_AWAY = (
    "Telegram brings messages to no address any more: another program took the webhook away with this "
    "BOT_TOKEN. End that program, then start the bot again."
)

NEVER = datetime.min.replace(tzinfo=UTC)

Pause = Callable[[float], Awaitable[None]]

_log = logging.getLogger(__name__)


class WebhookWatch:
    """Says once that Telegram does not get through, and once that it does again. One worker of many looks."""

    def __init__(self, bot: Bot, leads: Callable[[], bool], pause: Pause, metrics: Metrics) -> None:
        """`leads` says whether this worker is the one that looks; `pause` waits for so many seconds."""
        self._bot = bot
        self._leads = leads
        self._pause = pause
        self._waiting = 0
        self._last_error: datetime | None = None  # what was before the first look counts for nothing
        self._trouble = ""
        metrics.show("webhook_reached", "Whether Telegram gets through.", lambda: not self._trouble)
        metrics.show("webhook_waiting", "Updates that wait at Telegram.", lambda: self._waiting)

    async def run(self) -> None:
        """Look for ever."""
        while True:
            if self._leads():
                await self._look()
                await self._pause(LOOK_EVERY)
            else:
                self._waiting, self._last_error, self._trouble = 0, None, ""
                await self._pause(LEAD_AGAIN)

    async def _look(self) -> None:
        try:
            info = await self._bot.get_webhook_info()
        except Exception as error:  # noqa: BLE001  # the library stumbles in many ways; the next look comes
            _log.debug("Telegram does not say how the webhook is (%s).", type(error).__name__)
            return
        last_error = info.last_error_date or NEVER
        trouble = self._trouble_in(info, is_new=last_error > (self._last_error or last_error))
        self._waiting, self._last_error = info.pending_update_count, last_error
        if trouble and not self._trouble:
            _log.warning("%s", trouble)
        elif self._trouble and not trouble:
            _log.info("Telegram brings messages again.")
        self._trouble = trouble

    @staticmethod
    def _trouble_in(info: WebhookInfo, *, is_new: bool) -> str:
        """What is wrong, in a sentence: something waits, and could not be brought since the last look."""
        if not info.url:
            return TAKEN_AWAY
        if not is_new or not info.pending_update_count:
            return ""
        said = " ".join((info.last_error_message or "no word why").split())
        return UNREACHED % (said[:LONGEST], info.pending_update_count)
