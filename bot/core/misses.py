"""What could not be answered: offered to be sent to the editors, and listed for them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.core.messages import Messages
from bot.core.model import Topic
from bot.core.talk import Kind, Miss, Reply, Suggestion
from bot.core.understanding.matching import MAX_HEARD


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMiss:
    """What is kept of a miss: the day, the nearest topics, and of one that was sent its words."""

    day: date
    topics: tuple[str, ...]
    text: str | None = None


def with_miss(reply: Reply, text: str) -> Reply:
    """A reply to a question; if it is none of the known ones, with what was missed."""
    if reply.kind is not Kind.FALLBACK or reply.entry is not None:
        return reply
    topics = tuple(suggestion.topic for suggestion in reply.suggestions if suggestion.topic)
    return replace(reply, missed=Miss(text=text[:MAX_HEARD], topics=topics))


def with_sending(reply: Reply, says: Messages) -> Reply:
    """A reply to a miss with the button that sends its words to the editors, and with what that means."""
    if reply.missed is None:
        return reply
    send = Suggestion(label=says.send_button, utterance=f"/send {reply.missed.mark}")
    text = f"{reply.text}\n\n{says.may_send}"
    return replace(reply, text=text, suggestions=(*reply.suggestions, send))


def report(misses: Iterable[KeptMiss], topics: Mapping[str, Topic]) -> str:
    """How often each topic was the nearest to a miss, and the questions that were sent, the newest last."""
    kept = list(misses)
    return "\n".join([*_counts(kept, topics), "", *_sent(kept, topics)])


def _counts(misses: Iterable[KeptMiss], topics: Mapping[str, Topic]) -> Iterator[str]:
    nearest = Counter(_label(miss, topics) for miss in misses if miss.text is None)
    yield f"{nearest.total()} question(s) without an answer, by nearest topic:"
    for label, count in sorted(nearest.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:6}  {label}"


def _sent(misses: Iterable[KeptMiss], topics: Mapping[str, Topic]) -> Iterator[str]:
    sent = sorted((miss for miss in misses if miss.text is not None), key=lambda miss: miss.day)
    yield f"{len(sent)} question(s) sent to the editors:"
    for miss in sent:
        yield f"{miss.day}  {_label(miss, topics)}: {_harmless(miss.text or '')}"


def _label(miss: KeptMiss, topics: Mapping[str, Topic]) -> str:
    """The nearest topic of a miss as people read it; one that is gone since by its id."""
    nearest = miss.topics[0] if miss.topics else "-"
    return topics[nearest].label if nearest in topics else nearest


def _harmless(text: str) -> str:
    """Somebody's words in one line, without signs that would steer a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
