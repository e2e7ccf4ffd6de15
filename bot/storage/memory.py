"""Remembers, in memory: what is here is gone when the bot stops."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.core.misses import KeptMiss
from bot.core.person.profile import Done, Profile
from bot.core.player.session import Playing
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Context
from bot.core.tips.tip import SeenTip
from bot.services.ports import Arrival, Stores

MAX_CHATS = 50_000  # of which the longest silent is forgotten first; about 1 kB each


class MemoryContextStore:
    """Keeps the contexts of the chats that spoke last."""

    def __init__(self, max_chats: int = MAX_CHATS) -> None:
        self._contexts: OrderedDict[str, Context] = OrderedDict()
        self._max_chats = max_chats

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat."""
        return self._contexts.get(chat)

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""
        self._contexts[chat] = context
        self._contexts.move_to_end(chat)
        if len(self._contexts) > self._max_chats:
            self._contexts.popitem(last=False)

    async def playing(self) -> list[tuple[str, Playing]]:
        """The chats in whose routine something ends by itself."""
        found = [
            (chat, context.routine.playing) for chat, context in self._contexts.items() if context.routine
        ]
        return [(chat, playing) for chat, playing in found if playing and playing.due]

    def chats(self) -> list[str]:
        """The chats that something is kept of."""
        return list(self._contexts)

    async def forget(self, chat: str) -> None:
        """Forget a chat, and what the same person said in groups: those contexts end in their number."""
        in_groups = [key for key in self._contexts if key.endswith(f":{chat}")]
        for key in (chat, *in_groups):
            self._contexts.pop(key, None)


class MemoryProfileStore:
    """Keeps profiles."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}

    async def load(self, chat: str) -> Profile:
        """The profile with everything that was done."""
        return self._profiles.get(chat, Profile())

    async def save(self, chat: str, profile: Profile) -> None:
        """Keep a profile; its history stays as it is."""
        before = await self.load(chat)
        self._profiles[chat] = replace(profile.to_keep(), history=before.history)

    async def add(self, chat: str, done: Done) -> None:
        """Put down what was done."""
        before = await self.load(chat)
        others = [each for each in before.history if (each.exercise, each.at) != (done.exercise, done.at)]
        history = tuple(sorted([*others, done], key=lambda each: each.at))
        self._profiles[chat] = replace(before, history=history)

    async def forget(self, chat: str) -> None:
        """Forget a profile and its history."""
        self._profiles.pop(chat, None)


class MemorySubscriptionStore:
    """Keeps subscriptions."""

    def __init__(self) -> None:
        self._subscribers: dict[str, Subscriber] = {}

    async def load(self, chat: str) -> Subscriber | None:
        """The subscription of a chat."""
        return self._subscribers.get(chat)

    async def save(self, subscriber: Subscriber) -> None:
        """Keep a subscription; of one that ended nothing is due."""
        ended = subscriber.ended_at is not None
        self._subscribers[subscriber.chat] = replace(subscriber, due=None) if ended else subscriber

    async def change(self, chat: str, change: Callable[[Subscriber], Subscriber]) -> None:
        """Keep a subscription as it is after a change."""
        before = self._subscribers.get(chat)
        if before is not None:
            await self.save(change(before))

    async def forget(self, chat: str) -> None:
        """Forget a subscription."""
        self._subscribers.pop(chat, None)


class MemoryTipStore:
    """Keeps which tips came to whom."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, date]] = {}

    async def seen(self, chat: str) -> list[SeenTip]:
        """The tips that came to a chat."""
        days = self._seen.get(chat, {}).items()
        return [SeenTip(tip=tip, day=day) for tip, day in sorted(days, key=lambda each: (each[1], each[0]))]

    async def add(self, chat: str, tip: str, day: date) -> None:
        """Note that a tip came."""
        self._seen.setdefault(chat, {})[tip] = day

    async def forget(self, chat: str) -> None:
        """Forget what came to a chat."""
        self._seen.pop(chat, None)


class MemoryMissStore:
    """Keeps misses."""

    def __init__(self) -> None:
        self._misses: list[KeptMiss] = []

    async def count(self, topics: Sequence[str], day: date) -> None:
        """Count a miss by its nearest topics."""
        self._misses.append(KeptMiss(day=day, topics=tuple(topics)))

    async def keep(self, text: str, topics: Sequence[str], day: date) -> bool:
        """Keep the words that somebody sends."""
        self._misses.append(KeptMiss(day=day, topics=tuple(topics), text=text))
        return True

    async def all(self) -> list[KeptMiss]:
        """Everything that is kept, in the order in which it came."""
        return list(self._misses)


class MemoryInbox:
    """Keeps what comes in by its numbers; of what was handled only the number, while it may come again."""

    def __init__(self) -> None:
        self._arrivals: dict[int, Arrival | None] = {}

    async def waiting(self) -> list[Arrival]:
        """What is not yet handled."""
        kept = [arrival for arrival in self._arrivals.values() if arrival]
        return sorted(kept, key=lambda arrival: arrival.number)

    async def take_in(self, arrivals: Sequence[Arrival], *, confirms: bool) -> list[Arrival]:
        """Keep what has come; those come out that were not there yet."""
        if confirms:
            self._arrivals = {number: arrival for number, arrival in self._arrivals.items() if arrival}
        new = []
        for arrival in arrivals:
            if arrival.number not in self._arrivals:
                self._arrivals[arrival.number] = arrival
                new.append(arrival)
        return new

    async def handled(self, number: int) -> None:
        """Note that something needs nothing more."""
        self.let_go(number)

    def let_go(self, number: int) -> None:
        """Note the same."""
        if number in self._arrivals:
            self._arrivals[number] = None


class MemoryPictureStore:
    """Keeps under which id a picture is known."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    async def known(self) -> dict[str, str]:
        """The ids of all pictures."""
        return dict(self._files)

    async def keep(self, mark: str, file: str) -> None:
        """Keep an id."""
        self._files[mark] = file


def memory_stores() -> Stores:
    """Stores for a process whose talk nobody goes on with."""
    return Stores(
        contexts=MemoryContextStore(),
        fleeting=MemoryContextStore(),
        profiles=MemoryProfileStore(),
        subscriptions=MemorySubscriptionStore(),
        tips=MemoryTipStore(),
        misses=MemoryMissStore(),
        inbox=MemoryInbox(),
        pictures=MemoryPictureStore(),
    )
