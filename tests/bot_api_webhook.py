"""Brings updates to a webhook as Telegram does: those of one chat one after the other, until told 200."""

import asyncio
from typing import Any

import aiohttp
from bot_api_rules import Json
from bot_api_updates import Target
from bot_api_world import World

AGAIN = 0.05  # seconds until what was not taken is brought again
SECRET = "X-Telegram-Bot-Api-Secret-Token"


async def bring(world: World) -> None:
    """Bring what there is, for ever."""
    updates = world.updates
    under_way: dict[Any, asyncio.Task[None]] = {}

    def ended(chat: object) -> None:
        del under_way[chat]
        updates.news.set()

    async with aiohttp.ClientSession() as session:
        while True:
            updates.news.clear()
            for update in updates.unconfirmed if updates.target else ():
                chat = _queue(update)
                if chat not in under_way:
                    under_way[chat] = asyncio.create_task(_bring(session, world, update))
                    under_way[chat].add_done_callback(lambda _, chat=chat: ended(chat))  # type: ignore[misc]
            await updates.news.wait()


async def _bring(session: aiohttp.ClientSession, world: World, update: Json) -> None:
    target, doors = world.updates.target, world.updates.doors
    if target and doors:
        doors.append(doors.pop(0))
        target = Target(doors[0], target.secret)
    if target and await post(session, target, update) == 200:
        world.updates.confirm(update["update_id"])
        world.touch()
    else:
        world.updates.fail()
        world.touch()
        await asyncio.sleep(AGAIN)


async def post(session: aiohttp.ClientSession, target: Target, update: Json) -> int | None:
    """Bring an update; how it was answered, None if it was not."""
    try:
        async with session.post(target.url, json=update, headers={SECRET: target.secret}) as response:
            return int(response.status)
    except aiohttp.ClientError:
        return None


def _queue(update: Json) -> object:
    """What stays in order: a chat, else a person."""
    content: Json = next((value for value in update.values() if isinstance(value, dict)), {})
    message: Json = content if "chat" in content else content.get("message") or {}
    where: Json = message.get("chat") or content.get("from") or {}
    return where.get("id")
