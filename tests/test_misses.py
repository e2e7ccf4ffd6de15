"""Questions without an answer: counted without a word, kept only when sent, listed for the editors."""

import asyncio
import io
import json
import logging
import multiprocessing
from datetime import date
from pathlib import Path

import pytest
from bot_api import BotApi
from command import run_bot
from databases import AT_ONCE, NO_REST
from house import NONSENSE, NUMB, QUESTION, Bot, Clock

from bot.core.misses import KeptMiss, report
from bot.core.model import Knowledge
from bot.core.talk import Kind, Reply, Turn
from bot.script_ui import answer_lines
from bot.services.assistant import Assistant
from bot.services.ports import MissStore
from bot.storage.database import FILE, Database
from bot.storage.memory import MemoryContextStore
from bot.storage.misses import DatabaseMissStore

TODAY = date(2026, 11, 24)  # the day of the clock
SEND = "Send to the editors"


class Talk:
    """Says things in one chat."""

    def __init__(self, assistant: Assistant, clock: Clock, chat: str | None = "1") -> None:
        self._assistant = assistant
        self._clock = clock
        self._chat = chat

    async def __call__(self, text: str) -> Reply:
        return await self._assistant.respond(Turn(text=text, now=self._clock(), chat=self._chat))


@pytest.fixture
def say(assistant: Assistant, clock: Clock) -> Talk:
    return Talk(assistant, clock)


async def _texts(misses: MissStore) -> list[str | None]:
    return [miss.text for miss in await misses.all()]


def _send(reply: Reply) -> str:
    """What the button says that sends a question."""
    return next(offer.utterance for offer in reply.suggestions if offer.label == SEND)


async def test_a_miss_is_counted_with_its_topics_and_the_day_and_without_a_word(
    say: Talk, misses: MissStore
) -> None:
    reply = await say(NONSENSE)
    topics = tuple(offer.topic for offer in reply.suggestions if offer.topic)
    assert await misses.all() == [KeptMiss(day=TODAY, topics=topics)]


@pytest.mark.parametrize(
    "text", [QUESTION, "?!", "🙃", "hello", "/dance", "/help", "which medicine can i take for my back"]
)
async def test_what_has_a_reply_of_its_own_is_no_miss(text: str, say: Talk, misses: MissStore) -> None:
    reply = await say(text)
    assert SEND not in [offer.label for offer in reply.suggestions]
    assert await misses.all() == []


async def test_a_tap_keeps_the_very_question_once(say: Talk, misses: MissStore, knowledge: Knowledge) -> None:
    send = _send(await say(f"/ask {NONSENSE}"))
    assert (await say(send)).text == knowledge.messages.sent
    assert (await say(send)).text == knowledge.messages.nothing_to_send
    assert await _texts(misses) == [None, NONSENSE]


async def test_the_button_carries_a_mark_and_no_words(say: Talk) -> None:
    send = _send(await say(f"{NONSENSE} üöß " * 200))
    assert len(send.encode()) <= 64
    assert "üöß" not in send


async def test_a_button_sends_no_other_question_than_its_own(
    say: Talk, misses: MissStore, knowledge: Knowledge
) -> None:
    old = _send(await say(NONSENSE))
    new = _send(await say(f"{NONSENSE} too"))
    assert (await say(old)).text == knowledge.messages.nothing_to_send
    await say(new)
    assert await _texts(misses) == [None, None, f"{NONSENSE} too"]


async def test_a_question_can_be_sent_after_others_were_answered(say: Talk, misses: MissStore) -> None:
    send = _send(await say(NONSENSE))
    await say(QUESTION)
    await say(send)
    assert await _texts(misses) == [None, NONSENSE]


@pytest.mark.parametrize("between", [NUMB, "/new", "an hour"])
async def test_a_question_is_forgotten_with_the_talk_and_before_a_red_flag(
    between: str, say: Talk, misses: MissStore, clock: Clock
) -> None:
    send = _send(await say(NONSENSE))
    if between == "an hour":
        clock.advance(hours=1)
    else:
        await say(between)
    await say(send)
    assert await _texts(misses) == [None]


async def test_a_message_that_raises_a_red_flag_is_never_counted_and_never_sent(
    say: Talk, misses: MissStore, knowledge: Knowledge
) -> None:
    for flag in knowledge.red_flags.values():
        reply = await say(f"{NONSENSE}. {flag.examples[0]}")
        assert (reply.kind, reply.missed) == (Kind.RED_FLAG, None)
        await say("/send")
    assert await misses.all() == []


async def test_another_chat_sends_nothing(
    say: Talk, assistant: Assistant, clock: Clock, misses: MissStore
) -> None:
    await Talk(assistant, clock, "2")(_send(await say(NONSENSE)))
    assert await _texts(misses) == [None]


async def test_without_a_talk_nothing_is_counted_or_offered(
    assistant: Assistant, clock: Clock, misses: MissStore
) -> None:
    reply = await Talk(assistant, clock, None)(NONSENSE)
    assert reply.kind is Kind.FALLBACK
    assert SEND not in [offer.label for offer in reply.suggestions]
    assert await misses.all() == []


async def test_in_a_group_only_the_asker_can_send(
    api: BotApi, misses: MissStore, knowledge: Knowledge
) -> None:
    group, other = api.group(), api.person("Ben")
    api.say(group, f"/ask {NONSENSE}")
    await api.reply(group)
    api.tap(group, SEND, by=other)
    assert (await api.reply(group)).text == knowledge.messages.nothing_to_send
    api.tap(group, SEND)
    assert (await api.reply(group)).text == knowledge.messages.sent
    assert await _texts(misses) == [None, NONSENSE]


async def test_in_telegram_the_button_leaves_the_subjects_where_they_are(
    api: BotApi, misses: MissStore, knowledge: Knowledge
) -> None:
    chat = api.private()
    api.say(chat, NONSENSE)
    missed = await api.reply(chat)
    assert missed.text == f"{knowledge.messages.unreadable}\n\n{knowledge.messages.may_send}"
    api.tap(chat, SEND)
    thanks = await api.reply(chat)
    assert (thanks.text, thanks is missed) == (knowledge.messages.sent, False)
    assert await _texts(misses) == [None, NONSENSE]


def test_a_script_sends_a_question_by_its_number(bot: Bot, knowledge: Knowledge) -> None:
    output = io.StringIO()
    lines = [json.dumps({"text": text, "chat": 7}).encode() for text in (NONSENSE, "4")]
    asyncio.run(answer_lines(bot.assistant, lines, output, bot.clock))
    missed, thanks = map(json.loads, output.getvalue().splitlines())
    assert (missed["kind"], len(missed["suggestions"])) == ("fallback", 3)
    assert thanks["text"] == knowledge.messages.sent
    assert asyncio.run(_texts(bot.misses)) == [None, NONSENSE]


async def test_a_folder_that_cant_be_written_to_stops_no_answer_and_is_complained_of_once(
    bot: Bot, clock: Clock, knowledge: Knowledge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("no folder")
    database = Database(tmp_path / "data", patience=AT_ONCE, rest=NO_REST)
    bot.misses = DatabaseMissStore(database)
    say = Talk(bot.assistant_over(MemoryContextStore()), clock)
    send = _send(await say(NONSENSE))
    assert (await say(send)).text == knowledge.messages.not_sent
    (warning,) = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert "DATA_DIR" in warning
    assert NONSENSE not in warning
    (tmp_path / "data").unlink()
    await say(NONSENSE)
    assert (await say(send)).text == knowledge.messages.sent
    await database.close()


def _keep_many(folder: Path) -> None:
    asyncio.run(_keep_many_in(Database(folder)))


async def _keep_many_in(database: Database) -> None:
    misses = DatabaseMissStore(database)
    for _ in range(100):
        assert await misses.keep("word " * 100, ["how_often"], TODAY)
    await database.close()


async def test_several_processes_share_the_file(tmp_path: Path) -> None:
    together = multiprocessing.get_context("spawn")
    processes = [together.Process(target=_keep_many, args=(tmp_path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    database = Database(tmp_path)
    kept = await DatabaseMissStore(database).all()
    await database.close()
    assert kept == [KeptMiss(day=TODAY, topics=("how_often",), text="word " * 100)] * 300


def test_the_report_counts_by_nearest_topic_and_lists_what_was_sent(knowledge: Knowledge) -> None:
    told = [
        KeptMiss(day=TODAY, topics=("risks", "how_often")),
        KeptMiss(day=TODAY, topics=("how_often",)),
        KeptMiss(day=TODAY, topics=("how_often", "risks")),
        KeptMiss(day=TODAY, topics=("gone",)),
        KeptMiss(day=TODAY, topics=()),
        KeptMiss(day=TODAY, topics=("how_often",), text="two\nlines \x1b[31m"),
    ]
    assert report(told, knowledge.topics).splitlines() == [
        "5 question(s) without an answer, by nearest topic:",
        "     2  How often",
        "     1  -",
        "     1  Risks",
        "     1  gone",
        "",
        "1 question(s) sent to the editors:",
        "2026-11-24  How often: two lines [31m",
    ]


def test_the_command_lists_what_a_talk_has_left(tmp_path: Path) -> None:
    talk = run_bot("chat", cwd=tmp_path, stdin=f"{NONSENSE}\n4\n".encode(), DATA_DIR="kept")
    assert (talk.status, talk.err) == (0, "")
    ended = run_bot("misses", cwd=tmp_path, DATA_DIR="kept")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("1 question(s) without an answer")
    assert ended.out.endswith(f": {NONSENSE}\n")
    assert run_bot("misses", cwd=tmp_path).out.startswith("0 question(s) without an answer")


def test_misses_that_cant_be_read_bring_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    ended = run_bot("misses", cwd=tmp_path, DATA_DIR=".")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"The database {FILE} can't be opened; set DATA_DIR to another folder.\n"
