"""Measures how well questions are understood that the matcher was never shown."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.core.conversation import Conversation
from bot.core.model import Entry, EntryKind, Knowledge
from bot.core.talk import Context, Kind, Reply, Turn
from bot.core.understanding.outcome import Candidate
from bot.core.understanding.text import key
from bot.services.commands.scene import Scene
from bot.services.commands.table import BY_NAME

LONG_AGO = datetime.min.replace(tzinfo=UTC)  # the moment of what is asked here; it plays no part


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and what would be right for it: entries or topics that answer, or a kind of reply.

    `before` is what the person had said in the same talk. Of sealed questions nobody reads but figures.
    """

    text: str
    before: tuple[str, ...] = ()
    set: str
    entry: str | None = None
    topics: tuple[str, ...] = ()
    kind: Kind | None = None
    is_sealed: bool = False

    @property
    def is_in_scope(self) -> bool:
        """Whether the knowledge has an answer for it."""
        return bool(self.topics) or self.kind is not None

    @property
    def wanted(self) -> str:
        """What would be right, in short."""
        if self.kind is not None:
            return self.entry or self.kind.value
        return self.entry or " or ".join(self.topics) or "nothing"


class Verdict(StrEnum):
    """What became of a question, the best first: `none` is no answer, or questions offered in vain."""

    RIGHT = "right"
    OFFERED = "offered"
    NONE = "none"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question and its reply: its kind, and the entry or the red flag that it shows.

    `candidates` are the entries that were weighed, the likeliest first, each with the probability that it is
    meant; there are none where a red flag or a choice decided. `is_best_meant`: the first of them is right.
    """

    question: Question
    verdict: Verdict
    kind: Kind
    shown: str
    candidates: tuple[Candidate, ...] = ()
    is_best_meant: bool = False

    @property
    def line(self) -> str:
        """The question and its reply in a line."""
        return f"{self.question.set}: {self.question.text!r} -> {self.kind.value} {self.shown}".rstrip()


def questions(knowledge: Knowledge, files: Sequence[Path] = ()) -> list[Question]:
    """Every held-out question, and those in further files."""
    entries = knowledge.entries.values()
    held_out = [of_entry(entry, text, "held_out") for entry in entries for text in entry.held_out]
    return [*held_out, *(asked for path in files for asked in _read(path))]


def evaluate(
    conversation: Conversation,
    asked: Iterable[Question],
    worded: Callable[[Question], str] = lambda question: question.text,
) -> list[Answered]:
    """Ask questions, each in the words that `worded` gives it, and judge the replies."""
    return [_ask(conversation, question, worded(question)) for question in asked]


def context_of(conversation: Conversation, question: Question) -> Context | None:
    """What is remembered when a question is asked: nothing, or what was said before it."""
    context = None
    for text in question.before:
        said = conversation.pick(text, context)
        turn = Turn(text=said, now=LONG_AGO)
        context = conversation.interpreter.remember(context, turn, reply_to(conversation, said, context))
    return context


def of_entry(entry: Entry, text: str, name: str) -> Question:
    """A question, in a set of some name, that this entry answers."""
    kind = None if entry.kind is EntryKind.ANSWER else Kind(entry.kind.value)
    topics = (entry.topic,) if entry.topic else ()
    return Question(text=text, set=name, entry=entry.id, topics=topics, kind=kind)


def is_meant(entry: Entry, question: Question) -> bool:
    """Whether showing an entry would be right for a question."""
    if question.kind is not None:
        return Kind(entry.kind.value) is question.kind
    if not question.topics:
        return entry.kind is EntryKind.FALLBACK
    return entry.kind in {EntryKind.ANSWER, EntryKind.SMALL_TALK} and entry.topic in question.topics


def _ask(conversation: Conversation, question: Question, text: str) -> Answered:
    context = context_of(conversation, question)
    said = conversation.pick(text, context)
    reply = reply_to(conversation, text, context)
    answered = Answered(
        question=question,
        verdict=_judge(question, reply),
        kind=reply.kind,
        shown=reply.entry or reply.red_flag or "",
    )
    if reply.kind is Kind.RED_FLAG or said.startswith("/") or not key(said):
        return answered
    ranking = conversation.rank(said, context).ranking
    best = conversation.knowledge.entries[ranking[0].entry]
    return replace(answered, candidates=ranking, is_best_meant=is_meant(best, question))


def reply_to(conversation: Conversation, text: str, context: Context | None) -> Reply:
    """The reply to a message in a talk."""
    flag = conversation.heed(text, context)
    warning = conversation.warn(flag)
    if warning:
        return warning
    said = conversation.pick(text, context)
    name, _, argument = said.removeprefix("/").partition(" ")
    if said != text and name in BY_NAME:
        scene = Scene(conversation=conversation, context=context, argument=argument, version="", now=LONG_AGO)
        return BY_NAME[name].respond(scene)
    return conversation.advise(flag, conversation.answer(said, context))


def _read(path: Path) -> Iterator[Question]:
    """Questions of a file of JSON lines: text, and topics, kind or neither for one out of scope.

    A line with `turns` is a talk; of it those questions count that somebody goes on with.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        turns = data.get("turns")
        if turns is None:
            yield _question(data, path)
            continue
        for number, turn in enumerate(turns[1:], start=1):
            yield _question(turn, path, tuple(before["text"] for before in turns[:number]))


def _question(data: Mapping[str, Any], path: Path, before: tuple[str, ...] = ()) -> Question:
    kind = Kind(data["kind"]) if "kind" in data else None
    topics = tuple(data.get("topics", ()))
    is_sealed = path.parent.name == "sealed"
    name = f"sealed_{path.stem}" if is_sealed else path.stem
    return Question(text=data["text"], before=before, set=name, topics=topics, kind=kind, is_sealed=is_sealed)


def _judge(question: Question, reply: Reply) -> Verdict:
    if _is_right(question, reply):
        return Verdict.RIGHT
    offers = {suggestion.topic for suggestion in reply.suggestions if suggestion.entry}
    if reply.kind is Kind.CLARIFICATION and not offers.isdisjoint(question.topics):
        return Verdict.OFFERED
    return Verdict.WRONG if reply.kind in {Kind.ANSWER, Kind.RED_FLAG} else Verdict.NONE


def _is_right(question: Question, reply: Reply) -> bool:
    if question.kind is not None:
        return reply.kind is question.kind
    if not question.topics:
        return reply.kind is Kind.FALLBACK
    return reply.kind in {Kind.ANSWER, Kind.SMALL_TALK} and reply.topic in question.topics
