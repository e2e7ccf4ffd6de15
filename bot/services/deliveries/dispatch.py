"""Sends what is due: claims it, has it composed and sent, and notes what became of it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.core.subscriptions.subscription import Subscriber, after_delivery, by_new_rules
from bot.services.deliveries.ports import (
    ChatGoneError,
    ChatMovedError,
    Claim,
    Compose,
    Delivery,
    IsDue,
    Key,
    LapsedError,
    Ledger,
    NotNowError,
    Outcome,
    Sender,
)
from bot.services.ports import ContextStore, StoreError, UnknownZoneError

MAX_DELAY = timedelta(hours=2)  # a delivery that is later than this is not sent any more
LEASE = timedelta(seconds=30)  # for which a worker that says nothing more has what it claimed
TICK = 1.0  # seconds between two looks at what is due
SLOTS = 500  # deliveries that a worker has at once, most of them waiting for their turn
PARTS = 3  # of a lease: it is renewed after the first, and nothing is sent in the last
FEW = 200  # free slots that are worth a claim
LOOK_AGAIN_IN = 60.0  # seconds after which a delivery comes up again of which nothing can be known now
FINISH_SECONDS = 5.0  # that what is in work may still take at the end
UNKNOWN_ZONE = (UnknownZoneError, KeyError, ValueError)  # what opening a zone raises that is no more
LEFT_OUT = {Outcome.LATE, Outcome.WITHHELD, Outcome.EMPTY}
AT_ONCE = 1_000  # subscribers that are rescheduled together

Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Who delivers: a name that no other process has, its clock, its zones and the rules that they follow."""

    name: str
    clock: Callable[[], datetime]
    pause: Pause
    zone: Callable[[str], tzinfo]
    rules: str
    max_delay: timedelta = MAX_DELAY
    lease: timedelta = LEASE


class Deliveries:
    """Delivers while it runs. A process that is killed leaves its claims to the next one, when they lapse."""

    def __init__(
        self, ledger: Ledger, contexts: ContextStore, sender: Sender, compose: Compose, worker: Worker
    ) -> None:
        """`contexts` tell who raised a red flag: nothing is delivered to them."""
        self._ledger = ledger
        self._contexts = contexts
        self._sender = sender
        self._compose = compose
        self._worker = worker
        self._in_work: dict[Key, asyncio.Task[None]] = {}
        self._until: dict[Key, datetime] = {}  # when what is in work lapses, if nothing is renewed
        self._spares_until: datetime | None = None  # when others had time since the database was away
        self._looked_at = datetime.min.replace(tzinfo=UTC)  # at what was due
        self._room = asyncio.Event()  # slots that are worth a claim
        self._room.set()

    async def run(self) -> None:
        """Deliver until this is cancelled, then finish what is in work."""
        renewing = asyncio.create_task(self._renew())
        try:
            await self._follow_new_rules()
            while True:
                if not await self._look():
                    await self._worker.pause(TICK)
        finally:
            renewing.cancel()
            await self._finish()

    async def _look(self) -> int:
        """One tick, after which there is another whatever happens."""
        try:
            return await self.tick()
        except Exception as error:  # noqa: BLE001  # the last net: others are due as well
            await self._sender.admit(error)
            return 0

    async def tick(self) -> int:
        """Begin to deliver what is due, once there is room for it; how much that is."""
        await self._room.wait()
        now = self._worker.clock()
        try:
            if self._looked_at - now > self._worker.lease:
                await self._ledger.catch_up(now, now + self._worker.lease)
            self._looked_at = now
            claimed = await self._ledger.claim(self._claim(now), self._next)
        except StoreError:
            self._spares_until = self._worker.clock() + self._worker.lease
            return 0
        for delivery in claimed:
            self._begin(delivery, now + self._worker.lease)
        return len(claimed)

    def _claim(self, now: datetime) -> Claim:
        """As much as there is room for.

        While the database was away no worker could renew or note anything, so that claims have lapsed of
        workers that live, and may have sent. They get the time to say so.
        """
        return Claim(
            worker=self._worker.name,
            now=now,
            until=now + self._worker.lease,
            most=SLOTS - len(self._in_work),
            spares_others=self._spares_until is not None and now < self._spares_until,
        )

    def _begin(self, delivery: Delivery, until: datetime) -> None:
        """Deliver; what is still in work here after its claim lapsed goes on with the new one."""
        key = delivery.chat, delivery.kind, delivery.day
        self._until[key] = until
        if key in self._in_work:
            return
        task = asyncio.create_task(self._deliver(delivery, key))
        self._in_work[key] = task
        task.add_done_callback(lambda _: self._end(key))
        if len(self._in_work) > SLOTS - FEW:
            self._room.clear()

    def _end(self, key: Key) -> None:
        del self._in_work[key], self._until[key]
        if len(self._in_work) <= SLOTS - FEW:
            self._room.set()

    async def settle(self) -> None:
        """Wait until nothing is in work."""
        if self._in_work:
            await asyncio.wait(self._in_work.values())

    def _next(self, subscriber: Subscriber) -> Subscriber:
        """What is due after a delivery; nothing, in a zone that is no more."""
        try:
            zone = self._worker.zone(subscriber.subscription.zone)
        except UNKNOWN_ZONE:
            return replace(subscriber, due=None)
        return after_delivery(subscriber, zone, self._worker.clock(), self._worker.max_delay)

    async def _deliver(self, delivery: Delivery, key: Key) -> None:
        """Send a delivery and note what became of it, however long the database can't be written."""
        try:
            outcome = await self._send(delivery, lambda: self._is_due(delivery, key))
        except LapsedError:
            await self._put_off(delivery, TICK)
            return
        except NotNowError as error:
            await self._put_off(delivery, error.seconds)
            return
        except ChatMovedError as error:
            new = error.chat
            await self._insist(lambda: self._ledger.move(delivery.chat, new))
            await self._deliver(replace(delivery, chat=new), key)
            return
        if outcome in LEFT_OUT:
            self._sender.left_out(outcome)
        now = self._worker.clock()
        await self._insist(lambda: self._ledger.close(delivery, outcome, now))

    async def _put_off(self, delivery: Delivery, seconds: float) -> None:
        """Have a delivery come up again, here or elsewhere, if it is to be made at all."""
        later = self._worker.clock() + timedelta(seconds=seconds)
        await self._insist(lambda: self._ledger.put_off(self._worker.name, delivery, later))

    async def _send(self, delivery: Delivery, is_due: IsDue) -> Outcome:
        if self._worker.clock() - delivery.due_at > self._worker.max_delay:
            return Outcome.LATE
        if await self._is_withheld(delivery):
            return Outcome.WITHHELD
        try:
            return await self._say(delivery, is_due)
        except ChatGoneError:
            await self._insist(lambda: self._ledger.end(delivery.chat, self._worker.clock()))
            return Outcome.FAILED
        except LapsedError:
            if await self._is_withheld(delivery):
                return Outcome.WITHHELD
            raise
        except (ChatMovedError, NotNowError):
            raise
        except Exception as error:  # noqa: BLE001  # what breaks one delivery must not end all others
            await self._sender.admit(error)
            return Outcome.FAILED

    async def _say(self, delivery: Delivery, is_due: IsDue) -> Outcome:
        reply = await self._compose(delivery)
        if reply is None:
            return Outcome.EMPTY
        silent = delivery.subscription.is_silent
        await self._sender.deliver(delivery.chat, reply, is_silent=silent, is_due=is_due)
        return Outcome.SENT

    async def _is_due(self, delivery: Delivery, key: Key) -> bool:
        """Whether a delivery is to be sent now that its turn has come; much may have been said meanwhile.

        The last part of a lease is for the way to Telegram.
        """
        try:
            is_open = await self._ledger.is_open(self._worker.name, delivery)
        except StoreError as error:
            raise NotNowError(LOOK_AGAIN_IN) from error
        is_wanted = is_open and not await self._is_withheld(delivery)
        return is_wanted and self._worker.clock() + self._worker.lease / PARTS < self._until[key]

    async def _is_withheld(self, delivery: Delivery) -> bool:
        """Whether a red flag is open in the chat."""
        context = await self._contexts.load(delivery.chat)
        return context is not None and context.alert is not None

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write until it works; meanwhile the delivery keeps its slot, so that no other is sent in vain."""
        while True:
            try:
                return await write()
            except StoreError:
                await self._worker.pause(TICK)

    async def _renew(self) -> None:
        while True:
            await self._worker.pause(self._worker.lease.total_seconds() / PARTS)
            if self._in_work:
                with suppress(StoreError):
                    await self._renew_once()

    async def _renew_once(self) -> None:
        """Keep what is claimed. What lapsed has to be claimed anew: it may be another one's."""
        now = self._worker.clock()
        until = now + self._worker.lease
        await self._ledger.renew(self._worker.name, now, until, set(self._until))
        self._until |= {key: until for key, before in self._until.items() if before > now}

    async def _follow_new_rules(self) -> None:
        """Where a zone's rules changed since the last start, what is due changes with them."""
        worker = self._worker

        def change(subscriber: Subscriber) -> Subscriber:
            try:
                zone = worker.zone(subscriber.subscription.zone)
            except UNKNOWN_ZONE:
                return subscriber
            return by_new_rules(subscriber, zone, worker.clock())

        try:
            while await self._ledger.reschedule(worker.rules, AT_ONCE, change):
                pass
        except StoreError:
            return  # the moments before hold until the next start

    async def _finish(self) -> None:
        """Let what is in work end, and leave the rest to whoever comes next."""
        if self._in_work:
            await asyncio.wait(self._in_work.values(), timeout=FINISH_SECONDS)
        left = list(self._in_work.values())
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        try:
            await self._ledger.release(self._worker.name, self._worker.clock())
        except StoreError:
            return  # what is claimed lapses by itself
