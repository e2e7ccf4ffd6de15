"""What is measured, and under which load."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in milliseconds: 50, 95 and 99 times in 100 no longer."""

    p50: float
    p95: float
    p99: float


def spread(seconds: Sequence[float]) -> Spread:
    """The spread of at least one duration."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    p50, p95, p99 = (ordered[round(last * share)] * 1000 for share in (0.5, 0.95, 0.99))
    return Spread(p50, p95, p99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """What people do: so many questions are open at any time, from many chats in turn. No chats: nobody asks.

    `latency` goes by before each answer to the bot; all times are in seconds.
    """

    latency: float = 0.0
    chats: int = 0
    open_questions: int = 0
    texts: tuple[str, ...] = ()  # what they ask, in turn
    warm_up: float = 2.0  # does not count
    seconds: float = 6.0
    doors: tuple[str, ...] = ()  # to which questions are brought in turn; none: they are polled
    deliveries: int = 0  # messages that the bot sends unasked, if that is what is measured


@dataclass(frozen=True, slots=True)
class Delivered:
    """How messages went out: a second from the first to the last, and most in any one second."""

    per_second: float
    busiest: int


@dataclass(frozen=True, slots=True)
class Service:
    """How people were served in a rush: replies a second, and how long each took from the poll on."""

    replies_per_second: float
    took: Spread


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from a bot's start to its first poll, and its memory then in MiB where the system tells it."""

    seconds: float
    memory: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """How a bot got through a rush, and its memory after it in MiB where the system tells it."""

    service: Service
    memory: float | None
