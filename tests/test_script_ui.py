"""`ask` from scripts: one answer, its explanation, and the machine's door of JSON lines."""

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import run_bot
from house import Clock, clean_environment

from bot.core.model import Action, EntryKind, Knowledge
from bot.script_ui import answer_lines
from bot.services.assistant import Assistant

KEYS = [
    *("id", "kind", "topic", "entry", "also", "suggestions", "red_flag", "action", "disclaimers"),
    *("text", "score", "ms"),
]
OFTEN = "How often should I train my back?"
NO_JSON = "This line is no JSON in UTF-8."
NO_OBJECT = 'This line is no JSON object like {"id": 1, "text": "…"}.'

Json = dict[str, Any]
Door = Callable[..., list[Json]]


@pytest.fixture
def door(assistant: Assistant, clock: Clock) -> Door:
    """Puts lines in (objects are written as JSON), and reads the lines that come out."""

    def through(*lines: bytes | Json) -> list[Json]:
        output = io.StringIO()
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        asyncio.run(answer_lines(assistant, raw, output, clock))
        assert output.getvalue().isascii()
        return [json.loads(line) for line in output.getvalue().splitlines()]

    return through


def test_each_line_is_answered_in_order_and_blank_lines_are_skipped(door: Door) -> None:
    answers = door(
        {"id": 1, "text": OFTEN}, b"\n", b" \t\r\n", {"id": 2, "text": "hello"}, b"", {"text": OFTEN}
    )
    assert [answer["id"] for answer in answers] == [1, 2, None]


@pytest.mark.parametrize(
    "line", [{"id": 1, "text": OFTEN}, {"id": 1, "text": "/help"}, {"id": 1, "text": ""}, {"id": 1}]
)
def test_every_answer_has_the_same_keys(line: Json, door: Door) -> None:
    assert [list(answer) for answer in door(line)] == [KEYS]


def test_an_answer_says_everything_that_applies(door: Door, knowledge: Knowledge) -> None:
    (answer,) = door({"id": "x", "text": OFTEN})
    entry = knowledge.entries[answer["entry"]]
    assert (answer["kind"], answer["topic"], answer["id"]) == ("answer", "how_often", "x")
    assert entry.answer.replace("**", "") in answer["text"]
    assert answer["suggestions"]
    assert all(offer.keys() == {"entry", "topic"} for offer in answer["suggestions"])
    assert set(answer["disclaimers"]) <= knowledge.disclaimers.keys()
    assert 0 <= answer["score"] <= 1
    assert answer["ms"] >= 0
    assert (answer["red_flag"], answer["action"]) == (None, None)


def test_a_red_flag_names_its_file_and_what_to_do(door: Door, knowledge: Knowledge) -> None:
    flags = {f.id: f for f in knowledge.red_flags.values() if f.action is Action.EMERGENCY}
    answers = door(*({"id": name, "text": flag.examples[0]} for name, flag in flags.items()))
    assert {answer["kind"] for answer in answers} == {"red_flag"}
    assert all(answer["action"] == flags[answer["red_flag"]].action.value for answer in answers)
    assert {answer["red_flag"] for answer in answers} <= flags.keys()


def test_the_kinds_of_entries_are_the_kinds_of_answers(door: Door, knowledge: Knowledge) -> None:
    shown = [EntryKind.ANSWER, EntryKind.SMALL_TALK, EntryKind.FALLBACK]
    entries = [next(e for e in knowledge.entries.values() if e.kind is kind) for kind in shown]
    answers = door(*({"id": entry.id, "text": entry.title} for entry in entries))
    assert [answer["kind"] for answer in answers] == ["answer", "small_talk", "fallback"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/help", "command"),
        ("/nothing", "command"),
        (" /TOPICS ", "command"),
        ("", "fallback"),
        ("?!", "fallback"),
    ],
)
def test_commands_are_told_from_questions(text: str, kind: str, door: Door) -> None:
    assert [answer["kind"] for answer in door({"id": 1, "text": text})] == [kind]


@pytest.mark.parametrize(
    "line_id",
    [0, -1, 1.5, 10**30, True, False, None, "", "é", "\ud800", "\x00", [], [1, [2]], {}, {"a": {"b": None}}],
)
def test_any_id_comes_back_as_it_was(line_id: object, door: Door) -> None:
    assert [answer["id"] for answer in door({"id": line_id, "text": "hello"})] == [line_id]


BAD_LINES = [  # what comes in, the id that goes out, and what is said
    (b"{", None, NO_JSON),
    (b"hello", None, NO_JSON),
    (b'{"id": 1, "text": "a"', None, NO_JSON),
    (b"{'id': 1, 'text': 'a'}", None, NO_JSON),
    (b'{"id": 1, "text": "caf\xe9"}', None, NO_JSON),
    ('{"id": 1, "text": "a"}'.encode("utf-16"), None, NO_JSON),
    (b'{"id": NaN, "text": "a"}', None, NO_JSON),
    (b'{"id": -Infinity, "text": "a"}', None, NO_JSON),
    (b'{"id": 1e999, "text": "a"}', None, NO_JSON),
    (b'{"id": ' + b"9" * 5000 + b', "text": "a"}', None, NO_JSON),
    (b'{"id": ' + b"[" * 100_000 + b', "text": "a"}', None, NO_JSON),
    (b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b', "text": "a"}', None, NO_JSON),
    (b"[1, 2]", None, NO_OBJECT),
    (b'"text"', None, NO_OBJECT),
    (b"null", None, NO_OBJECT),
    (b'{"id": 7}', 7, '"text" must be a string.'),
    (b'{"id": 7, "text": null}', 7, '"text" must be a string.'),
    (b'{"id": 7, "text": 3}', 7, '"text" must be a string.'),
    (b'{"id": [7], "text": ["a"]}', [7], '"text" must be a string.'),
    (b'{"id": 7, "text": "a", "chat": [1]}', 7, '"chat" must be a string or a number.'),
    (b'{"id": 7, "text": "a", "chat": true}', 7, '"chat" must be a string or a number.'),
    (
        b'{"id": 7, "text": "a", "at": "noon"}',
        7,
        '"at" must be an ISO moment like "2026-11-24T07:30:00+00:00".',
    ),
    (
        b'{"id": 7, "text": "a", "at": 20261124}',
        7,
        '"at" must be an ISO moment like "2026-11-24T07:30:00+00:00".',
    ),
    (
        b'{"id": 7, "text": "a", "at": "0001-01-01T00:00:00+14:00"}',
        7,
        '"at" must be an ISO moment like "2026-11-24T07:30:00+00:00".',
    ),
]


@pytest.mark.parametrize(("line", "line_id", "said"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_an_error_and_the_next_is_read(
    line: bytes, line_id: object, said: str, door: Door
) -> None:
    bad, good = door(line, {"id": 8, "text": "hello"})
    assert (bad["kind"], bad["id"], bad["text"], bad["entry"]) == ("error", line_id, said, None)
    assert (good["kind"], good["id"]) == ("small_talk", 8)


def test_an_id_may_be_nested_as_deeply_as_python_can_read(door: Door) -> None:
    lines = [
        b'{"text": "/help", "id": ' + b"[" * depth + b"]" * depth + b"}" for depth in range(850, 1000, 3)
    ]
    answers = door(*lines)
    assert len(answers) == len(lines)
    assert {answer["kind"] for answer in answers} <= {"command", "error"}
    assert all((answer["id"] is None) == (answer["kind"] == "error") for answer in answers)


def test_a_byte_order_mark_is_no_part_of_the_line(door: Door) -> None:
    assert [answer["kind"] for answer in door(b'\xef\xbb\xbf{"id": 1, "text": "hello"}')] == ["small_talk"]


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "\udfff back",
        "\x00",
        "how often\x00 should I train?",
        "<b>&amp;</b>",
        "\u202e\u200f",
        "💪" * 50,
    ],
)
def test_hostile_text_is_answered(text: str, door: Door) -> None:
    (answer,) = door({"id": 1, "text": text})
    assert answer["kind"] != "error"
    assert answer["text"]


def test_lines_of_a_chat_share_their_context_and_others_have_none(door: Door) -> None:
    first, picked, elsewhere, alone = door(
        {"text": OFTEN, "chat": "a"}, {"text": "1", "chat": "a"}, {"text": "1", "chat": "b"}, {"text": "1"}
    )
    assert picked["entry"] == first["suggestions"][0]["entry"]
    assert elsewhere["entry"] != picked["entry"]
    assert alone["entry"] != picked["entry"]


@pytest.mark.parametrize(
    ("later", "is_remembered"),
    [
        ("2026-11-24T07:59:00+00:00", True),
        ("2026-11-24T07:59:00Z", True),
        ("2026-11-24T07:59:00", True),
        ("2026-11-24T08:59:00+01:00", True),
        ("2026-11-24T08:01:00+00:00", False),
        ("2026-11-24T07:59:00-01:00", False),
    ],
)
def test_the_moment_of_a_line_sets_the_clock(later: str, is_remembered: bool, door: Door) -> None:  # noqa: FBT001
    first, picked = door(
        {"text": OFTEN, "chat": 1, "at": "2026-11-24T07:30:00+00:00"}, {"text": "1", "chat": 1, "at": later}
    )
    assert (picked["entry"] == first["suggestions"][0]["entry"]) is is_remembered


def test_ask_answers_once(tmp_path: Path, knowledge: Knowledge) -> None:
    ended = run_bot("ask", *OFTEN.split(), cwd=tmp_path)
    assert (ended.status, ended.err) == (0, "")
    assert any(entry.answer.replace("**", "") in ended.out for entry in knowledge.entries.values())
    assert "\n- " in ended.out


def test_ask_without_a_question_says_what_to_do(tmp_path: Path) -> None:
    ended = run_bot("ask", " ", cwd=tmp_path)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == 'Write the question behind "ask", like: ask "how often should I train?"\n'


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        (OFTEN, "word for word"),
        ("i can't pee and my back hurts", "the red flag 'bladder-or-bowel-trouble' comes before"),
        ("zxcv qwert plmokn", "the best score"),
    ],
)
def test_an_explanation_shows_what_was_heard_and_which_rule_decided(
    question: str, rule: str, tmp_path: Path
) -> None:
    ended = run_bot("ask", "--explain", question, cwd=tmp_path)
    labels = {line.split(":")[0]: line for line in ended.out.splitlines() if not line.startswith(" ")}
    assert (ended.status, ended.err) == (0, "")
    assert labels.keys() >= {"said", "heard", "tokens", "candidates", "margin", "rule", "reply"}
    assert rule in ended.out
    assert " object at 0x" not in ended.out
    assert "RedFlag(" not in ended.out


def test_an_explanation_shows_the_words_after_spelling(tmp_path: Path) -> None:
    ended = run_bot("ask", "--explain", "how to trian the backk", cwd=tmp_path)
    assert "how to train the back\n" in ended.out


async def test_each_line_is_answered_before_the_next_is_written() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "ask", "--jsonl"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=clean_environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    async with asyncio.timeout(60):
        for line_id in range(3):
            process.stdin.write(json.dumps({"id": line_id, "text": "hello"}).encode() + b"\n")
            answer = json.loads(await process.stdout.readline())
            assert answer["id"] == line_id
        process.stdin.close()
        assert await process.wait() == 0


def test_the_door_speaks_ascii_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    lines = '{"id": "ü", "text": "hello"}\n\n{"id": 2, "text": "how often?"}'.encode()
    ended = run_bot("ask", "--jsonl", cwd=tmp_path, stdin=lines, PYTHONIOENCODING="utf-16", LC_ALL="C")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.isascii()
    assert [json.loads(line)["id"] for line in ended.out.splitlines()] == ["ü", 2]


def test_whoever_reads_the_answers_may_leave() -> None:
    line = json.dumps({"text": "hello"})
    pipe = f"yes '{line}' | head -500 | {sys.executable} -m bot ask --jsonl | head -1"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, env=clean_environment(), check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""
