"""From text to reply inside the process.

`python -m benchmarks.inside` reads texts as a JSON list and says a Spread as JSON.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict

from benchmarks.figures import Spread, spread
from bot.bootstrap import make_assistant, make_conversations, utc_now
from bot.config import read_settings
from bot.core.talk import Turn
from bot.services.assistant import Assistant
from bot.storage.memory import memory_stores

ROUNDS = 3  # of which the first warms up


async def _measure(assistant: Assistant, texts: list[str]) -> Spread:
    """Ask everything so many times, each text in a chat of its own."""
    rounds = [
        [await _seconds(assistant, chat, text) for chat, text in enumerate(texts)] for _ in range(ROUNDS)
    ]
    return spread([seconds for took in rounds[1:] for seconds in took])


async def _seconds(assistant: Assistant, chat: int, text: str) -> float:
    began = time.perf_counter()
    await assistant.respond(Turn(text=text, now=utc_now(), chat=str(chat), language="en"))
    return time.perf_counter() - began


def main() -> None:
    """Measure with the whole knowledge."""
    settings = read_settings()
    assistant = make_assistant(settings, make_conversations(settings), memory_stores())
    measured = asyncio.run(_measure(assistant, json.load(sys.stdin)))
    sys.stdout.write(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
