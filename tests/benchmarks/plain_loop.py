"""The loop to compare with: python-telegram-bot as it comes sends the same to everybody.

`python -m benchmarks.plain_loop 64 2000` sends 2,000 messages, up to 64 at once.
"""

import asyncio
import os
import sys

from telegram import Bot


async def _main(at_once: int, count: int) -> None:
    chats = iter(range(1_000_000, 1_000_000 + count))

    async def send() -> None:
        for chat in chats:
            await bot.send_message(chat, "A tip for today.")

    async with Bot(os.environ["BOT_TOKEN"], base_url=f"{os.environ['BOT_API_URL']}/bot") as bot:
        await asyncio.gather(*(send() for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2])))
