"""Which entries belong together, and what an utterance may lean on. Pure values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Which entries belong together.

    `groups` by entry; `follow_ups` are the entries to go on to; `asked_next` tells by entry for which others
    people ask after it, and with which short messages.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    follow_ups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked_next: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an utterance may lean on.

    `entry` was answered last, `said` had asked for it, `conditions` are the tokens of decisive concepts that
    hold for the person.
    """

    entry: str | None = None
    said: str = ""
    conditions: tuple[str, ...] = ()


def said_next(
    asked_next: Mapping[str, Mapping[str, Sequence[str]]], entries: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Each entry, a message that people say after its answer, and the entry that they ask for with it."""
    for after, targets in asked_next.items():
        for name, messages in targets.items():
            if name in entries:
                yield from ((after, message, name) for message in messages)
