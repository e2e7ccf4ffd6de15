"""Fetches updates by long polling."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.telegram_ui.backoff import Random, asked, waits
from bot.telegram_ui.transport import NoSenseError

POLL_SECONDS = 30  # Telegram holds a request without news for so long,
FIRST_SECONDS = 1  # and the first one, after which it is known that nobody else polls
READ_MARGIN = 10  # seconds that its answer may take on top
BATCH = 100

MAX_NUMBER = 1 << 52  # Telegram's numbers have no more bits
MAX_CONFLICTS = 3  # polls in a row that another poller cut off;
MORE_CONFLICTS = 9  # of one that polled before, as Telegram cuts off the older one first

Polled = Callable[[str], None]

_log = logging.getLogger(__name__)


class SecondPollerError(TelegramError):
    """Another process polls with the same token. Its text says what to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates as Telegram's JSON, and whether those of earlier batches and processes will not come again."""

    updates: Sequence[dict[str, Any]]
    confirms: bool


class Poller:
    """Long polling that outlives a network that is gone, a server that fails and nonsense in answers."""

    def __init__(
        self, request: BaseRequest, url: str, allowed: Sequence[str], random: Random, polled: Polled
    ) -> None:
        """`url` is the bot's address up to the method, `allowed` the kinds of updates to ask for.

        `polled` is told of each request whether it was "ok" or "failed".
        """
        self._request = request
        self._url = f"{url}/getUpdates"
        self._allowed = json.dumps(list(allowed))
        self._random = random
        self._polled = polled
        self._offset = 0

    async def batches(self) -> AsyncIterator[Batch]:
        """Batches of updates in Telegram's order, maybe empty ones, for ever.

        Asking for the next says that those before are taken over.
        Raises InvalidToken if the token was revoked, SecondPollerError if somebody else polls with it.
        """
        pauses, conflicts, most, wait = waits(self._random), 0, MAX_CONFLICTS, FIRST_SECONDS
        while True:
            try:
                batch = await self._fetch(wait=wait)
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(asked(error, self._random))
                continue
            except TelegramError as error:
                self._polled("failed")
                conflicts = conflicts + 1 if isinstance(error, Conflict) else 0
                wait = POLL_SECONDS if conflicts else wait
                if conflicts >= most:
                    raise SecondPollerError("Another process polls with this token.") from None
                pause = next(pauses)
                _log.warning("%s Next try in %.1f s.", reason(error), pause)
                await asyncio.sleep(pause)
                continue
            self._polled("ok")
            most = most if conflicts else MORE_CONFLICTS
            pauses, conflicts, wait = waits(self._random), 0, POLL_SECONDS
            yield Batch(batch, confirms=self._offset > 0 or not batch)
            if batch:
                self._offset = (
                    batch[-1]["update_id"] + 1
                )  # after a quiet week Telegram counts anew, maybe lower

    async def confirm(self, seconds: float) -> None:
        """Tell Telegram which updates were taken over, so that it does not send them again."""
        try:
            async with asyncio.timeout(seconds):
                await self._fetch(limit=1, wait=0)
        except TimeoutError:
            _log.warning("Telegram is too slow to hear of the end. The last messages may come again.")
        except (InvalidToken, Conflict):
            _log.debug("Telegram refuses to hear of the end.")  # why, is said where the bot ends
        except TelegramError as error:
            _log.warning("%s The last messages may come again.", reason(error))

    async def _fetch(self, limit: int = BATCH, wait: int = POLL_SECONDS) -> list[dict[str, Any]]:
        """The next updates as they came; asking for them confirms those before.

        The library would turn a whole batch into objects at once, and stumble for ever over an odd one.
        Raises NoSenseError for an answer that would come again at once, since nothing in it can be confirmed.
        """
        query = urlencode(
            {
                "offset": self._offset,
                "timeout": wait,
                "limit": limit,
                "allowed_updates": self._allowed,
            }
        )
        answer: object = await self._request.post(f"{self._url}?{query}", read_timeout=wait + READ_MARGIN)
        updates = [update for update in answer if is_update(update)] if isinstance(answer, list) else []
        if answer != [] and not updates:
            raise NoSenseError("The answer has no updates in it.")
        return updates


def is_update(update: object) -> bool:
    """Whether something is an update that can be confirmed."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 <= number < MAX_NUMBER


def reason(error: TelegramError) -> str:
    """What is wrong on the way to Telegram, and what the operator can do about it."""
    if isinstance(error, Conflict):
        return "Another program seems to fetch this bot's messages."
    if isinstance(error, NetworkError):
        kind = type(error).__name__
        return f"Telegram can't be reached or is in trouble ({kind}). Check the network if it lasts."
    if isinstance(error, NoSenseError):
        return "What answers is no Bot API: check BOT_API_URL, and what stands on the way there."
    return f"Telegram can't do what it is asked ({type(error).__name__})."
