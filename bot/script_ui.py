"""The machine's door: one JSON object a line in, one JSON object a line out, in order."""

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, TextIO

from bot.core.plain import plain_text
from bot.core.talk import Reply, Turn
from bot.services.assistant import Assistant

NO_JSON = "This line is no JSON in UTF-8."

EMPTY: Mapping[str, object] = {
    "topic": None,
    "entry": None,
    "also": [],
    "suggestions": [],
    "red_flag": None,
    "action": None,
    "disclaimers": [],
    "text": "",
    "score": None,
    "ms": None,
}


class _BadLineError(Exception):
    def __init__(self, line_id: object, problem: str) -> None:
        super().__init__(problem)
        self.line_id = line_id


async def answer_lines(
    assistant: Assistant, lines: Iterable[bytes], write_to: TextIO, clock: Callable[[], datetime]
) -> None:
    """Answer each line of UTF-8 JSON with a line of ASCII JSON, and flush it. Blank lines are skipped."""
    for line in lines:
        if line.strip():
            answer = await _answer(assistant, line, clock)
            write_to.write(_encoded(answer) + "\n")
            write_to.flush()


def _encoded(answer: dict[str, object]) -> str:
    """A line of ASCII. An id that is nested so deeply that it can be read but not written is no id."""
    try:
        return json.dumps(answer, ensure_ascii=True)
    except RecursionError:
        return json.dumps({"id": None, "kind": "error", **EMPTY, "text": NO_JSON}, ensure_ascii=True)


async def _answer(assistant: Assistant, line: bytes, clock: Callable[[], datetime]) -> dict[str, object]:
    started = time.perf_counter()
    try:
        line_id, turn = _read(line, clock)
    except _BadLineError as error:
        return {"id": error.line_id, "kind": "error", **EMPTY, "text": str(error)}
    reply = await assistant.respond(turn)
    milliseconds = round((time.perf_counter() - started) * 1000, 3)
    return {"id": line_id, **describe(reply), "ms": milliseconds}


def describe(reply: Reply) -> dict[str, object]:
    """A reply as plain data."""
    return {
        "kind": reply.kind.value,
        **EMPTY,
        "topic": reply.topic,
        "entry": reply.entry,
        "also": [{"entry": other.entry, "topic": other.topic} for other in reply.also],
        "suggestions": [
            {"entry": suggestion.entry, "topic": suggestion.topic}
            for suggestion in reply.suggestions
            if suggestion.entry or suggestion.topic
        ],
        "red_flag": reply.red_flag,
        "action": reply.action.value if reply.action else None,
        "disclaimers": [disclaimer.id for disclaimer in reply.disclaimers],
        "text": plain_text(reply),
        "score": None if reply.score is None else round(reply.score, 6),
    }


def _read(line: bytes, clock: Callable[[], datetime]) -> tuple[object, Turn]:
    try:
        data = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise _BadLineError(None, NO_JSON) from None
    if not isinstance(data, dict):
        raise _BadLineError(None, 'This line is no JSON object like {"id": 1, "text": "…"}.')
    line_id = data.get("id")
    text, chat, at = data.get("text"), data.get("chat"), data.get("at")
    if not isinstance(text, str):
        raise _BadLineError(line_id, '"text" must be a string.')
    if chat is not None and (isinstance(chat, bool) or not isinstance(chat, str | int)):
        raise _BadLineError(line_id, '"chat" must be a string or a number.')
    now = clock() if at is None else _moment(line_id, at)
    return line_id, Turn(text=text, now=now, chat=None if chat is None else str(chat), is_numbered=True)


def _moment(line_id: object, at: object) -> datetime:
    """An ISO moment; one without an offset is UTC."""
    try:
        moment = datetime.fromisoformat(at if isinstance(at, str) else "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _BadLineError(line_id, '"at" must be an ISO moment like "2026-11-24T07:30:00+00:00".') from None


def _no_constant(name: str) -> None:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(name)


def _finite(number: str) -> float:
    """A number that JSON can hand back; Python would write one that is too large as Infinity."""
    value = float(number)
    if math.isinf(value):
        raise ValueError(number)
    return value


def read_lines(stream: BinaryIO) -> Iterable[bytes]:
    """The lines of a stream as they come."""
    return iter(stream.readline, b"")
