"""Whatever an update looks like, nothing is raised, leaked or blocked. `make fuzz` sends 100,000 of them."""

import asyncio
import gc
import logging
import os
from typing import Any

import pytest
from bot_api import BotApi
from bot_api_rules import Json
from house import QUESTION, Bot, first_answer
from mutations import CROWDS, TEXTS, Mutator, load_shapes, strings
from telegram import Bot as Library
from telegram import Message, TelegramObject, Update
from telegram.constants import MessageType, UpdateType
from telegram_shapes import Chat

from bot.core.model import Knowledge
from bot.storage.memory import MemoryContextStore

UPDATES = int(os.environ.get("FUZZED_UPDATES", "1500"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
BATCH = 500  # updates, after which a sound question must get its answer
MAX_KEPT = 50  # objects of the library that the bot may hold on to when it has nothing to do
MAX_TASKS = 12  # that poll, serve and wait for the end
MAX_GROWTH = 20_000  # objects of any kind, over all batches but the first
MAX_CONTEXTS = 200
LONG = 12  # letters from which on a text of a shape can be told apart from the bot's own words


@pytest.fixture(scope="module")
def shapes() -> dict[str, dict[str, Json]]:
    return load_shapes()


def test_every_kind_of_update_and_every_content_has_a_shape(shapes: dict[str, dict[str, Json]]) -> None:
    assert {kind.value for kind in UpdateType} <= shapes.keys()
    library, seen = Library("1:token"), set()
    for kind, named in shapes.items():
        for payload in named.values():
            said = getattr(Update.de_json({"update_id": 1, kind: payload}, library), kind, None)
            if isinstance(said, Message):
                seen |= {content for content in MessageType if getattr(said, content.value, None)}
    assert seen == set(MessageType)


async def test_mutated_updates_raise_nothing_leak_nothing_and_block_nothing(
    silent_api: BotApi,
    bot: Bot,
    knowledge: Knowledge,
    shapes: dict[str, dict[str, Json]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    bot.assistant = bot.assistant_over(MemoryContextStore(MAX_CONTEXTS))
    unhandled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    mutator, secrets, sizes = Mutator(shapes, SEED), _secrets(shapes, silent_api), []
    _people(silent_api)
    async with bot.serving(silent_api):
        await _read_the_table_of_cities(silent_api)
        for batch in range(-(-UPDATES // BATCH)):
            _send(silent_api, mutator)
            await _answers(silent_api, knowledge)
            await _all_is_done()
            _require_clean(caplog, secrets)
            bot.clock.advance(hours=50 if batch % 20 == 0 else 0.05)
            sizes.append(_forget(silent_api))
    assert not unhandled
    assert sizes[-1] - sizes[0] < MAX_GROWTH, sizes


def _send(api: BotApi, mutator: Mutator) -> None:
    for number in range(BATCH):
        update = mutator.update()
        if number % 25 == 0:
            update |= {"update_id": mutator.odd_number()}
        api.updates.put_odd(update, repeated=number % 15 == 0)


async def _read_the_table_of_cities(api: BotApi) -> None:
    """Have read what is read once, when somebody first names a city, so that it counts as no leak later."""
    chat = api.private()
    api.say(chat, "send me a tip at 7:30 in Lisbon")
    assert "Lisbon" in (await api.reply(chat)).text
    del api.chats[chat.id]


async def _answers(api: BotApi, knowledge: Knowledge) -> None:
    chat = api.private()
    api.say(chat, QUESTION)
    assert (await api.reply(chat)).text == first_answer(knowledge, "every-day")
    del api.chats[chat.id]


async def _all_is_done() -> None:
    """Every chat has what it was owed, and no task is left behind."""
    lanes = {task for task in asyncio.all_tasks() if "Lanes" in _work(task)}
    if lanes:
        _, standing = await asyncio.wait(lanes, timeout=10)
        assert not standing
    tasks = [_work(task) for task in asyncio.all_tasks() if "RequestHandler" not in _work(task)]
    assert len(tasks) < MAX_TASKS, tasks


def _work(task: asyncio.Task[Any]) -> str:
    return str(getattr(task.get_coro(), "__qualname__", ""))


def _require_clean(caplog: pytest.LogCaptureFixture, secrets: set[str]) -> None:
    """Nothing went wrong, and the log tells nothing of what was said."""
    wrong = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert not [secret for secret in secrets if secret in caplog.text]
    caplog.clear()


def _forget(api: BotApi) -> int:
    """Let the double forget what was; the number of all objects that are left."""
    api.calls.clear()
    for chat in api.chats.values():
        chat.messages.clear()
        chat.shown.clear()
    gc.collect()
    left = [thing for thing in gc.get_objects() if not isinstance(thing, logging.LogRecord)]  # pytest's own
    assert sum(isinstance(thing, TelegramObject) for thing in left) < MAX_KEPT
    return len(left)


def _people(api: BotApi) -> None:
    """The chats of all crowds, of which most of the updates are said to come."""
    for crowd in range(CROWDS):
        for chat in (f"71{crowd:02}01", f"71{crowd:02}02", f"-71{crowd:02}03", f"-10071{crowd:02}04"):
            kind = "private" if int(chat) > 0 else "group"
            api.chats[int(chat)] = Chat(int(chat), kind, api.person(), opened=True)  # type: ignore[arg-type]


def _secrets(shapes: dict[str, dict[str, Json]], api: BotApi) -> set[str]:
    said = {text for text in strings(shapes) if len(text) >= LONG}
    return said | {text for text in TEXTS if len(text) >= LONG} | {api.token}
