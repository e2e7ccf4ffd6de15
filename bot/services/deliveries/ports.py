"""What deliveries need from the outside world, and the values that go to and fro."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.core.subscriptions.subscription import Subscriber, Subscription
from bot.core.talk import Reply

Change = Callable[[Subscriber], Subscriber]
Key = tuple[str, str, date]  # of a delivery: its chat, its kind and its day


class Outcome(StrEnum):
    """What became of a delivery."""

    SENT = "sent"
    LATE = "late"
    WITHHELD = "withheld"
    EMPTY = "empty"
    FAILED = "failed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a worker asks for: at most so many deliveries, to be its own until a moment.

    `spares_others`: what another worker had and let lapse is left to it for now.
    """

    worker: str
    now: datetime
    until: datetime
    most: int
    spares_others: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a chat is to get for a local day. `unanswered` counts those before it that nobody reacted to."""

    chat: str
    kind: str
    day: date
    due_at: datetime
    subscription: Subscription
    unanswered: int = 0


Compose = Callable[[Delivery], Awaitable[Reply | None]]  # what a delivery says; None: nothing
IsDue = Callable[[], Awaitable[bool]]  # whether something is still to be sent; may raise NotNowError


class ChatGoneError(Exception):
    """The person blocked the bot, left or is gone: nothing can be sent there any more."""


class ChatMovedError(Exception):
    """The group has become another chat."""

    def __init__(self, chat: str) -> None:
        """`chat` is the new one."""
        super().__init__("The group has become another chat.")
        self.chat = chat


class NotNowError(Exception):
    """Nothing can be sent to a chat for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Nothing can be sent there now.")
        self.seconds = seconds


class LapsedError(Exception):
    """When its turn came, a delivery was not to be sent any more."""


class Sender(Protocol):
    """Sends what nobody has just asked for, behind everything that somebody has."""

    async def deliver(self, chat: str, reply: Reply, *, is_silent: bool, is_due: IsDue) -> None:
        """Send a reply if `is_due` still says so when its turn has come; else LapsedError is raised.

        Raises ChatGoneError, ChatMovedError, NotNowError, and others if it can't be sent at all.
        """

    async def admit(self, error: Exception) -> None:
        """Tell the operator that a delivery broke something."""

    def left_out(self, outcome: Outcome) -> None:
        """Hear of a delivery that is not to be sent at all."""


class Ledger(Protocol):
    """Says what is due and remembers what became of it. Every method may raise StoreError.

    A worker has what it claimed until a moment; unless it renews that, others may claim it then.
    """

    async def claim(self, claim: Claim, change: Change) -> Sequence[Delivery]:
        """Deliveries that are due and nobody else has; `change` says what is due after each.

        There is one of a kind for each chat and local day, unless it was postponed.
        """

    async def renew(self, worker: str, now: datetime, until: datetime, keys: Collection[Key]) -> None:
        """Keep for longer what is claimed, and has not lapsed, of some deliveries.

        What was claimed without the worker's knowing, since it never heard of it, lapses.
        """

    async def release(self, worker: str, now: datetime) -> None:
        """Let go of what is claimed."""

    async def is_open(self, worker: str, delivery: Delivery) -> bool:
        """Whether a worker still is to make a delivery: it is that worker's, was not closed or erased, and
        its subscription has not ended.
        """

    async def put_off(self, worker: str, delivery: Delivery, until: datetime) -> None:
        """Let go of a delivery, for nobody to claim before a moment; one that another worker has stays."""

    async def catch_up(self, now: datetime, latest: datetime) -> None:
        """After the clock was set back: free at once what was to be free later than a moment."""

    async def close(self, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        """Note what became of a delivery."""

    async def end(self, chat: str, now: datetime) -> None:
        """End a subscription and what is still to be delivered of it."""

    async def move(self, old: str, new: str) -> None:
        """Follow a group that has become another chat. What is there already stays."""

    async def reschedule(self, rules: str, most: int, change: Change) -> int:
        """Change subscribers whose due moment was computed by other rules than these; how many there were."""
