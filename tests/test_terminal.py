"""The chat in a terminal, and behind a pipe."""

import asyncio
import io
import sys
import threading

import pytest
from conversations import Say
from front_ends import at_terminal
from house import QUESTION, Bot, clean_environment
from people import Person

from bot.core.messages import Messages
from bot.core.model import Knowledge
from bot.terminal_ui import CHAT, chat


async def test_sigterm_ends_a_chat_as_ctrl_c_does_though_its_input_stays_open() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=clean_environment(),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(b"/privacy\n")
    await process.stdout.readuntil(b"> /privacy")
    await process.stdout.readuntil(b".")  # the reply has begun
    process.terminate()
    await process.stdout.read()
    assert (await process.stderr.read(), await process.wait()) == (b"", 0)


class _Silent(io.StringIO):
    """An input on which nobody types."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.typed = threading.Event()
        self.reader = threading.current_thread()

    def readline(self, _: int = -1, /) -> str:  # type: ignore[override]  # the bases in typeshed disagree
        self.reader = threading.current_thread()
        self.asked.set()
        self.typed.wait()
        return ""


async def test_the_end_of_the_program_waits_for_no_line(bot: Bot, messages: Messages) -> None:
    silent = _Silent()
    talk = asyncio.create_task(chat(bot.assistant, messages, bot.clock, silent, io.StringIO()))
    await asyncio.to_thread(silent.asked.wait)
    assert silent.reader.daemon
    silent.typed.set()
    await talk


@pytest.fixture
def messages(knowledge: Knowledge) -> Messages:
    return knowledge.messages


async def _talk(bot: Bot, messages: Messages, typed: str) -> str:
    screen = io.StringIO()
    await chat(bot.assistant, messages, bot.clock, io.StringIO(typed), screen)
    return screen.getvalue()


@pytest.mark.parametrize("typed", ["", "/quit\nhello\n", "/EXIT\nhello\n", "\n  \n/quit"])
async def test_it_says_goodbye_when_somebody_leaves(bot: Bot, messages: Messages, typed: str) -> None:
    assert await _talk(bot, messages, typed) == f"{messages.chat_welcome}\n{messages.chat_goodbye}\n"


async def test_at_a_terminal_it_greets_first(bot: Bot, messages: Messages) -> None:
    async with at_terminal(bot.assistant, messages, bot.clock) as terminal:
        assert "Strong Back" in await terminal.greeting()


async def test_suggestions_are_numbered_and_picked_by_number(
    bot: Bot, messages: Messages, knowledge: Knowledge
) -> None:
    follow_up = knowledge.entries[knowledge.entries["every-day"].follow_ups[0]]
    shown = await _talk(bot, messages, f"{QUESTION}\n1\n")
    assert f"  1  {follow_up.title}\n" in shown
    assert " ".join(follow_up.answer.split()[:6]) in " ".join(shown.split())


async def test_behind_a_pipe_questions_are_repeated_and_lines_are_short(bot: Bot, messages: Messages) -> None:
    shown = await _talk(bot, messages, f"{QUESTION}\n")
    assert f"> {QUESTION}\n" in shown
    assert all(len(line) <= 88 for line in shown.splitlines())
    assert "\x1b" not in shown


@pytest.mark.parametrize("typed", ["[bold]x[/bold]", "[/]", "[link=file:///etc/passwd]x[/link]", ":smile:"])
async def test_what_people_type_is_never_read_as_markup(bot: Bot, messages: Messages, typed: str) -> None:
    assert f"> {typed}\n" in await _talk(bot, messages, f"{typed}\n/{typed}\n")


async def test_control_signs_never_reach_the_terminal(bot: Bot, messages: Messages) -> None:
    shown = await _talk(bot, messages, "\x1b[31mred\x1b]0;title\x07 \x00 \x9b2J\n")
    assert not {"\x1b", "\x07", "\x00", "\x9b"} & set(shown)


async def test_strong_words_are_bold_and_stars_are_gone(bot: Bot, messages: Messages) -> None:
    async with at_terminal(bot.assistant, messages, bot.clock) as terminal:
        heard = await terminal.do(Say("/redflags"))
    assert "Call the emergency number now" in heard.text
    assert "**" not in heard.text


async def test_a_timed_step_counts_down_and_goes_on_by_itself(bot: Bot, messages: Messages) -> None:
    person = Person(bot, chat=CHAT)
    await person.is_given("hamstring-stretch")
    async with at_terminal(person.assistant, messages, bot.clock) as terminal:
        await terminal.do(Say("/routine start"))
        await terminal.sees("20 s >")
        bot.clock.advance(seconds=19)
        await terminal.sees("1 s >")
        bot.clock.advance(seconds=1)
        await terminal.sees("Now, for 30 seconds")
        await terminal.sees("30 s >")
        heard = await terminal.do(Say("done"))
        assert "Left side." in heard.text


async def test_what_is_said_beside_a_step_lets_the_countdown_run_on(bot: Bot, messages: Messages) -> None:
    person = Person(bot, chat=CHAT)
    await person.is_given("hamstring-stretch")
    async with at_terminal(person.assistant, messages, bot.clock) as terminal:
        await terminal.do(Say("/routine start"))
        await terminal.do(Say("thanks"))
        bot.clock.advance(seconds=20)
        await terminal.sees("Now, for 30 seconds")


async def test_whoever_left_in_the_midst_of_a_step_is_waited_for(bot: Bot, messages: Messages) -> None:
    person = Person(bot, chat=CHAT)
    await person.is_given("hamstring-stretch")
    async with at_terminal(person.assistant, messages, bot.clock) as terminal:
        await terminal.do(Say("/routine start"))
    bot.clock.advance(minutes=10)
    async with at_terminal(person.assistant, messages, bot.clock) as terminal:
        await terminal.sees("I waited for you")


async def _piped(typed: bytes) -> tuple[str, str, int | None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=clean_environment(),
    )
    async with asyncio.timeout(30):
        shown, complaints = await process.communicate(typed)
    return shown.decode(), complaints.decode(), process.returncode


async def test_without_a_token_the_process_talks_in_the_terminal_and_survives_bytes_that_are_no_text(
    knowledge: Knowledge,
) -> None:
    shown, complaints, status = await _piped(b"\xff\xfe\x00 hello\n\xc3\n" + QUESTION.encode() + b"\n")
    assert (complaints, status) == ("", 0)
    assert " ".join(knowledge.entries["every-day"].answer.split()[:6]) in " ".join(shown.split())
