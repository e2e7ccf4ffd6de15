"""What is kept of people beyond a talk: got at, changed and erased, or said not to be reachable."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, tzinfo

from bot.core.person.profile import Change, Profile
from bot.core.person.readiness import read_names
from bot.core.person.visits import keeping_told
from bot.core.subscriptions.slackening import was_asked
from bot.core.subscriptions.subscription import Subscriber, left, returned
from bot.core.talk import Held, Turn
from bot.services.ports import StoreError, Stores, UnknownZoneError


class Keeping:
    """Keeps what belongs to the person of a private chat; where others read along nothing is kept."""

    def __init__(self, stores: Stores, *, delivers: bool) -> None:
        """`delivers`: messages can come by themselves where these people talk."""
        self._stores = stores
        self._delivers = delivers

    async def profile(self, turn: Turn) -> Profile | None:
        """What is remembered of a person. None: it can't be got at."""
        if turn.chat is None or turn.is_public:
            return Profile()
        try:
            return await self._stores.profiles.load(turn.chat)
        except StoreError:
            return None

    async def told(self, chat: str, names: Collection[str], untold: Collection[str] = ()) -> None:
        """Keep what somebody told of themselves, if they agreed to that; else it goes with the talk.

        `untold` is what they took back.
        """
        try:
            before = await self._stores.profiles.load(chat)
            after = keeping_told(before, read_names(names), read_names(untold))
            if after != before:
                await self._stores.profiles.save(chat, after)
        except StoreError:
            return  # it counts in the talk, and is kept when it is told again

    async def subscriber(self, chat: str) -> Subscriber | None:
        """What is sent to a chat. Raises StoreError."""
        return await self._stores.subscriptions.load(chat)

    async def change(self, chat: str, change: Change) -> bool:
        """Keep what has changed. False: it can't be kept."""
        try:
            if change.profile is not None:
                await self._stores.profiles.save(chat, change.profile)
            for done in change.done:
                await self._stores.profiles.add(chat, done)
            if change.subscriber is not None:
                await self._stores.subscriptions.save(self._deliverable(change.subscriber))
        except StoreError:
            return False
        return True

    async def held(self, turn: Turn) -> Held | None:
        """Everything that is held of a chat, even if it counts no more. None: it can't be got at."""
        if turn.chat is None or turn.is_public:
            return Held(context=None, profile=Profile())
        try:
            profile = await self._stores.profiles.load(turn.chat)
            subscriber = await self._stores.subscriptions.load(turn.chat)
            tips = await self._stores.tips.seen(turn.chat)
        except StoreError:
            return None
        context = await self._stores.contexts.load(turn.chat)
        return Held(context=context, profile=profile, subscriber=subscriber, tips=tuple(tips))

    async def forget(self, chat: str) -> bool:
        """Erase everything of a chat. False: it can't be erased now."""
        try:
            for holder in self._stores.holders:
                await holder.forget(chat)
        except StoreError:
            return False
        return True

    async def noticed(self, chat: str) -> bool:
        """Note that somebody wrote or tapped, for whom deliveries that nobody reacted to are counted.

        Whether the last of them asked how often they shall come.
        """
        before = await self._update(chat, lambda kept: replace(kept, unanswered=0))
        is_active = before is not None and before.ended_at is None
        return is_active and before is not None and was_asked(before.subscription, before.unanswered)

    async def gone(self, chat: str, now: datetime) -> None:
        """End what is sent to somebody who blocked the bot."""
        await self._update(chat, lambda kept: left(kept, now))

    async def back(self, chat: str, now: datetime, zone: Callable[[str], tzinfo]) -> None:
        """Go on with what was sent to somebody who lets the bot write again."""
        await self._update(chat, lambda kept: returned(kept, zone(kept.subscription.zone), now))

    async def _update(self, chat: str, change: Callable[[Subscriber], Subscriber]) -> Subscriber | None:
        """Change a subscription, if there is one and it can be done; what it was before."""
        try:
            before = await self._stores.subscriptions.load(chat)
            if before is not None and change(before) != before:
                await self._stores.subscriptions.change(chat, change)
        except (StoreError, UnknownZoneError):
            return None
        return before

    def _deliverable(self, subscriber: Subscriber) -> Subscriber:
        return subscriber if self._delivers else replace(subscriber, due=None)
