"""What the services need from the outside world."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from bot.core.misses import KeptMiss
from bot.core.person.profile import Done, Profile
from bot.core.player.session import Playing
from bot.core.schedules.places import Found
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Context
from bot.core.tips.tip import SeenTip
from bot.services.shares import Plan, Roster


class StoreError(Exception):
    """What is kept can't be read or written now. Its text is one sentence for the operator."""


class UnknownZoneError(Exception):
    """There is no time zone of a name."""


class ZoneFinder(Protocol):
    """Knows time zones. The first search may take a moment, as it reads what is known from disk."""

    def find(self, text: str) -> Found:
        """The places that a text may mean: a city, country, region, zone or offset."""

    def at(self, latitude: float, longitude: float) -> str | None:
        """The name of the zone of a location, in degrees; None: it lies nowhere. Nothing of it is kept."""

    def zone(self, name: str) -> tzinfo:
        """The zone of a name that `find` or `at` gave. Raises UnknownZoneError."""


class Holder(Protocol):
    """Something that holds what belongs to a chat."""

    async def forget(self, chat: str) -> None:
        """Erase everything of a chat for good. Raises StoreError if it can't be done now."""


class ContextStore(Holder, Protocol):
    """Remembers the context of chats between turns. A store that fails remembers less, and raises nothing."""

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat, however old. None: nothing is known."""

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""

    async def playing(self) -> Sequence[tuple[str, Playing]]:
        """The chats in whose routine something ends by itself, each with where they are in it."""


class ProfileStore(Holder, Protocol):
    """Remembers what suits the person of a chat and what they did. Every method may raise StoreError."""

    async def load(self, chat: str) -> Profile:
        """The profile with what was done last; one that says nothing for whom nothing is known."""

    async def save(self, chat: str, profile: Profile) -> None:
        """Keep a profile in place of the one before, as far as it may be kept; its history stays as it is."""

    async def add(self, chat: str, done: Done) -> None:
        """Put down what was done. The same exercise at the same moment counts once, as it felt last."""


class SubscriptionStore(Holder, Protocol):
    """Remembers what chats have sent to them. Every method may raise StoreError."""

    async def load(self, chat: str) -> Subscriber | None:
        """The subscription of a chat, also one that ended. None: there is none."""

    async def save(self, subscriber: Subscriber) -> None:
        """Keep a subscription in place of the one before; of one that ended nothing is delivered any more.

        Nor is what a pause covers.
        """

    async def change(self, chat: str, change: Callable[[Subscriber], Subscriber]) -> None:
        """Keep the subscription of a chat, if there is one, as it is after a change.

        Nobody else changes it meanwhile.
        """


class TipStore(Holder, Protocol):
    """Remembers which tips came to whom. Every method may raise StoreError."""

    async def seen(self, chat: str) -> Sequence[SeenTip]:
        """The tips that came to a chat, the last one at the end."""

    async def add(self, chat: str, tip: str, day: date) -> None:
        """Note that a tip came on a local day; one that came before has come on this day only."""


class MissStore(Protocol):
    """Keeps what the bot could not answer, for the people who write its answers. Nothing tells who asked."""

    async def count(self, topics: Sequence[str], day: date) -> None:
        """Count a question by its nearest topics, the nearest first."""

    async def keep(self, text: str, topics: Sequence[str], day: date) -> bool:
        """Keep a question that somebody sends to the editors. False: it can't be kept."""

    async def all(self) -> Sequence[KeptMiss]:
        """Everything that is kept, in the order in which it came. Raises StoreError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that came in: its number, the chat it belongs to, when it came, and all of it as text."""

    number: int
    chat: str
    at: datetime
    document: str


class Inbox(Protocol):
    """Keeps what comes in until it is handled, so that a process that is killed loses none of it."""

    async def waiting(self) -> Sequence[Arrival]:
        """What is not yet handled, in the order of its numbers. Raises StoreError."""

    async def take_in(self, arrivals: Sequence[Arrival], *, confirms: bool) -> Sequence[Arrival]:
        """Keep what has come; those come out that never came before. Raises StoreError.

        `confirms` says that what came earlier will not come again.
        """

    async def handled(self, number: int) -> None:
        """Note that something needs nothing more, once this is written down. Raises nothing."""

    def let_go(self, number: int) -> None:
        """Note the same, and let it be written down later."""


class SharedInbox(Protocol):
    """An inbox into which all workers put what comes, and each takes out the shares that it sees to."""

    async def keep(
        self, arrivals: Sequence[Arrival], shares: Collection[int], most: int
    ) -> Sequence[Arrival]:
        """Keep what has come and is not yet known, then do what `take_out` does. Raises StoreError."""

    async def take_out(self, shares: Collection[int], most: int) -> Sequence[Arrival]:
        """What is not yet handled in some shares and not yet taken out by this worker, in the order of its
        numbers; not more than `most`. Raises StoreError.
        """

    async def put_back(self, shares: Collection[int]) -> None:
        """Let what is not yet handled in some shares be taken out anew. Raises StoreError."""

    async def handled(self, number: int) -> None:
        """Note that something needs nothing more, once this is written down. Raises nothing."""

    def let_go(self, number: int) -> None:
        """Note the same, and let it be written down later."""

    async def watch(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever another worker has kept something for this one, for ever."""


class Registry(Protocol):
    """Knows who is at work. The moments are those of the registry's own clock, the same for all."""

    async def sign(self, worker: str, seconds: float, decide: Callable[[Roster], Plan]) -> Plan:
        """Say that a worker lives for so many seconds more and what it has; nobody else signs meanwhile.

        Raises StoreError.
        """

    async def leave(self, worker: str) -> None:
        """Let go of everything that a worker has. Raises StoreError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """How much waits: updates not yet handled, and by how many seconds the first delivery is late.

    `is_known`: the database has just said so.
    """

    inbox: int
    overdue: float
    is_known: bool


class PictureStore(Protocol):
    """Keeps under which id a messenger knows a picture. One that fails knows nothing, and raises nothing."""

    async def known(self) -> Mapping[str, str]:
        """The ids of all pictures, by the marks of their files."""

    async def keep(self, mark: str, file: str) -> None:
        """Keep an id in place of the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What the assistant remembers with.

    `fleeting` is for what is said where others read along.
    """

    contexts: ContextStore
    fleeting: ContextStore
    profiles: ProfileStore
    subscriptions: SubscriptionStore
    tips: TipStore
    misses: MissStore
    inbox: Inbox
    pictures: PictureStore

    @property
    def holders(self) -> tuple[Holder, ...]:
        """All that hold something of a chat, those first that may fail to forget it."""
        return self.profiles, self.subscriptions, self.tips, self.contexts, self.fleeting
