"""Measures how well questions are understood that the matcher was never shown."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.conversation import Conversation
from bot.core.model import Context, EntryKind, Kind, Knowledge, Reply, Turn

LONG_AGO = datetime.min.replace(tzinfo=UTC)  # the moment of what is asked here; it plays no part


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and what would be right for it: entries or topics that answer, or a kind of reply.

    `before` is what the person had said in the same talk.
    """

    text: str
    before: tuple[str, ...] = ()
    set: str
    entry: str | None = None
    topics: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(slots=True)
class Tally:
    """What became of the questions of one set."""

    asked: int = 0
    right: int = 0
    offered: int = 0
    wrong: int = 0
    silent: int = 0
    lost: list[str] = field(default_factory=list)

    def share(self, count: int) -> float:
        """A count as a share of what was asked."""
        return round(count / self.asked, 4) if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The tallies by set."""

    tallies: Mapping[str, Tally]

    @property
    def figures(self) -> dict[str, float]:
        """Every share by its name, like "held_out.right"."""
        return {
            f"{name}.{figure}": tally.share(getattr(tally, figure))
            for name, tally in self.tallies.items()
            for figure in ("right", "offered", "wrong")
        }

    @property
    def lost(self) -> list[str]:
        """The questions that were not answered right, a line each."""
        return [line for tally in self.tallies.values() for line in tally.lost]

    def table(self) -> str:
        """The figures as a person reads them."""
        rows = [f"{'set':25} {'asked':>6} {'right':>7} {'offered':>8} {'wrong':>7} {'no answer':>10}"]
        for name, tally in self.tallies.items():
            shares = [tally.share(count) for count in (tally.right, tally.offered, tally.wrong, tally.silent)]
            right, offered, wrong, silent = (f"{share:.1%}" for share in shares)
            rows.append(f"{name:25} {tally.asked:6} {right:>7} {offered:>8} {wrong:>7} {silent:>10}")
        return "\n".join(rows)

    def below(self, floors: Mapping[str, float]) -> list[str]:
        """Figures that miss their floor; for `.wrong` the floor is a ceiling."""
        figures = self.figures
        missed = []
        for name, floor in floors.items():
            figure = figures.get(name, 0.0)
            if figure > floor if name.endswith(".wrong") else figure < floor:
                missed.append(f"{name} is {figure:.1%}, but {floor:.1%} is the limit.")
        return missed


def questions(knowledge: Knowledge, files: Sequence[Path] = ()) -> list[Question]:
    """Every held-out question, and those in further files."""
    return [*_held_out(knowledge), *(asked for path in files for asked in _read(path))]


def evaluate(conversation: Conversation, asked: Iterable[Question]) -> Report:
    """Ask questions and tally the replies."""
    tallies: dict[str, Tally] = {}
    for question in asked:
        reply = reply_to(conversation, question.text, context_of(conversation, question))
        _count(tallies.setdefault(question.set, Tally()), question, reply)
    return Report(tallies)


def context_of(conversation: Conversation, question: Question) -> Context | None:
    """What is remembered when a question is asked: nothing, or what was said before it."""
    context = None
    for text in question.before:
        said = conversation.pick(text, context)
        turn = Turn(text=said, now=LONG_AGO)
        context = conversation.interpreter.remember(context, turn, reply_to(conversation, said, context))
    return context


def reply_to(conversation: Conversation, text: str, context: Context | None) -> Reply:
    """The reply to a message in a talk."""
    said = conversation.pick(text, context)
    if said == "/more":
        return conversation.more(context)
    flag = conversation.heed(text, context)
    return conversation.warn(flag) or conversation.advise(flag, conversation.answer(said, context))


def _held_out(knowledge: Knowledge) -> Iterator[Question]:
    for name, entry in knowledge.entries.items():
        kind = None if entry.kind is EntryKind.ANSWER else Kind(entry.kind.value)
        topics = (entry.topic,) if entry.topic else ()
        for text in entry.held_out:
            yield Question(text=text, set="held_out", entry=name, topics=topics, kind=kind)


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
    return Question(text=data["text"], before=before, set=_name(path), topics=topics, kind=kind)


def _name(path: Path) -> str:
    """A set's name; a sealed set, which nobody looks at while tuning, says so."""
    return f"sealed_{path.stem}" if path.parent.name == "sealed" else path.stem


def _count(tally: Tally, question: Question, reply: Reply) -> None:
    tally.asked += 1
    offers = {suggestion.topic for suggestion in reply.suggestions if suggestion.entry}
    if _is_right(question, reply):
        tally.right += 1
        return
    if reply.kind is Kind.CLARIFICATION and not offers.isdisjoint(question.topics):
        tally.offered += 1
    elif reply.kind in {Kind.ANSWER, Kind.RED_FLAG}:
        tally.wrong += 1
    else:
        tally.silent += 1
    tally.lost.append(
        f"{question.set}: {question.text!r} -> {reply.kind.value} {reply.entry or reply.red_flag or ''}"
    )


def _is_right(question: Question, reply: Reply) -> bool:
    if question.kind is not None:
        return reply.kind is question.kind
    if not question.topics:
        return reply.kind is Kind.FALLBACK
    return reply.kind in {Kind.ANSWER, Kind.SMALL_TALK} and reply.topic in question.topics
