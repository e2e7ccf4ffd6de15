"""The same conversations through both front ends, as a person sees them."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from conversations import CONVERSATIONS, Heard, Say
from front_ends import FrontEnd, at_terminal, in_telegram
from house import Bot, clean_environment

from bot.core.model import Knowledge


@pytest_asyncio.fixture(params=["terminal", "telegram"])
async def front_end(request: pytest.FixtureRequest, bot: Bot) -> AsyncIterator[FrontEnd]:
    if request.param == "telegram":
        async with in_telegram(bot) as telegram:
            yield telegram
    else:
        async with at_terminal(bot.assistant, bot.knowledge["en"].messages, bot.clock) as terminal:
            yield terminal


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation_is_the_same_in_every_front_end(
    name: str, front_end: FrontEnd, knowledge: Knowledge
) -> None:
    for turn in CONVERSATIONS[name]:
        heard = await front_end.do(turn.act)
        assert not turn.missing(heard, knowledge), f"{turn.act} brought {heard}"


PIPED = (
    *CONVERSATIONS["every command says what it promises"],
    *CONVERSATIONS["a red flag comes before everything and leaves the way open"],
)


async def test_a_conversation_can_be_piped_into_the_process(knowledge: Knowledge) -> None:
    turns = [(turn, turn.act.text) for turn in PIPED if isinstance(turn.act, Say)]
    shown = await _piped("".join(f"{text}\n" for _, text in turns))
    for turn, text in turns:
        assert f"> {text}" in shown
        assert not replace(turn, offers=()).missing(Heard(shown, ()), knowledge), text
    assert shown.endswith(f"{knowledge.messages.chat_goodbye}\n")


async def _piped(typed: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "chat"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=clean_environment(),
    )
    shown, complaints = await process.communicate(typed.encode())
    assert (process.returncode, complaints.decode()) == (0, "")
    return shown.decode()
