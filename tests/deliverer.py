"""`python -m deliverer` delivers until it is ended: what a bot does beside answering, without what it knows.

A claim lapses after seconds, so that whoever kills it need not wait for long. With TOGETHER set it keeps the
pace together with all others that do.
"""

import asyncio
import gc
import os
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import random
from secrets import token_hex
from zoneinfo import ZoneInfo

from subscribers import RULES
from telegram import Bot

from bot.config import Settings, read_settings
from bot.content.pictures import Loops
from bot.core.talk import Kind, Reply
from bot.services.assistant import Assistant, House
from bot.services.deliveries.dispatch import Deliveries, Worker
from bot.services.deliveries.ports import Delivery
from bot.storage.memory import MemoryPictureStore, memory_stores
from bot.storage.opening import opened
from bot.telegram_ui.monitoring.failures import Failures
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.sending.courier import Courier
from bot.telegram_ui.sending.messenger import Messenger
from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.sending.pictures import Pictures
from bot.telegram_ui.sending.queue import Limits
from bot.telegram_ui.transport import AiohttpRequest
from bot.telegram_ui.workers.membership import Membership

LEASE = timedelta(seconds=2)
TOGETHER = "TOGETHER" in os.environ
CLOCK = Path(os.environ["CLOCK"]) if "CLOCK" in os.environ else None


def _now() -> datetime:
    """This machine's clock, which jumps if the file named by CLOCK says by how many seconds."""
    jump = CLOCK.read_text(encoding="utf-8") if CLOCK and CLOCK.exists() else "0"
    return datetime.now(UTC) + timedelta(seconds=float(jump))


class _Part:
    """The part of the pace that a worker has; it sees to no chats."""

    def __init__(self, pace: Pace) -> None:
        self.keep_pace = pace.limit

    def idle(self, shares: Collection[int]) -> frozenset[int]:
        return frozenset(shares)

    async def gained(self, shares: Collection[int]) -> None:
        """Nothing is to be taken up."""

    def lost(self, shares: Collection[int]) -> None:
        """Nothing is in work."""


async def _compose(delivery: Delivery) -> Reply:
    return Reply(kind=Kind.COMMAND, text=f"{delivery.kind} of {delivery.day}")


async def _main(settings: Settings) -> None:
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    bot = Bot(token, base_url=f"{settings.bot_api_url}/bot", request=AiohttpRequest())
    pace = Pace(Limits(per_second=settings.messages_per_second), asyncio.get_running_loop().time)
    pictures = Pictures(Loops(()), MemoryPictureStore())
    messenger = Messenger(bot, random, pace, pictures, Metrics(), lambda: None)
    nobody = Assistant({}, memory_stores(), House(language="en", version="0"), {})
    courier = Courier(messenger, Failures(nobody, messenger, _now, None), Metrics())
    worker = Worker(
        name=token_hex(8),
        clock=_now,
        pause=asyncio.sleep,
        zone=ZoneInfo,
        rules=RULES,
        max_delay=timedelta(minutes=settings.max_delay_minutes),
        lease=LEASE,
    )
    async with opened(settings.data_dir, url, _now, RULES) as stores:
        gc.freeze()  # as the bot does
        await messenger.insist(bot.initialize)
        async with asyncio.TaskGroup() as works:
            works.create_task(Deliveries(stores.ledger, stores.contexts, courier, _compose, worker).run())
            if TOGETHER:
                membership = Membership(
                    stores.registry,
                    worker.name,
                    settings.messages_per_second,
                    clock=time.monotonic,
                    agree=lambda _: None,
                    pause=asyncio.sleep,
                )
                works.create_task(membership.run(_Part(pace)))


if __name__ == "__main__":
    asyncio.run(_main(read_settings()))
