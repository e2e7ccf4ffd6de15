"""Keeps this worker's place among those that serve the same bot."""

import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.services.ports import Registry, StoreError
from bot.services.shares import SHARES, Plan, Roster, plan, share_of

ODD_CLOCK = timedelta(seconds=2)  # a difference that is said

ALL = frozenset(range(SHARES))
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Seconds between two signs of life; from the last one until others take over; before that, in which a
    worker itself begins nothing more; and until messages of whoever had a pace before are no longer counted.
    """

    beat: float = 3.0
    lease: float = 15.0
    margin: float = 3.0
    settles: float = 1.1


class Member(Protocol):
    """Whoever has to know what this worker has."""

    def idle(self, shares: Collection[int]) -> frozenset[int]:
        """Those of some shares in which nothing is in work."""

    async def gained(self, shares: Collection[int]) -> None:
        """Begin to see to some shares."""

    def lost(self, shares: Collection[int]) -> None:
        """End what is in work in some shares: others see to them."""

    def keep_pace(self, per_second: int) -> None:
        """Send no more than so many messages a second."""


class Alone:
    """The one worker of a bot, which sees to everybody."""

    shares = ALL
    is_alone = True

    def holds(self, _: int) -> bool:
        """Whether a chat is this worker's."""
        return True

    async def run(self, member: Member) -> None:
        """Let a member begin."""
        await member.gained(ALL)

    async def leave(self) -> None:
        """Nobody is left who could take over."""


class Membership:
    """One of many workers. Signs a registry every few seconds; who does not is replaced by the others."""

    def __init__(  # noqa: PLR0913  # a place among others, and three ways to tell the time
        self,
        registry: Registry,
        name: str,
        per_second: int,
        *,
        clock: Callable[[], float],
        agree: Callable[[datetime], None],
        pause: Callable[[float], Awaitable[None]],
        rhythm: Rhythm = Rhythm(),  # a value that nothing changes
    ) -> None:
        """`name` is one that no other process has, `per_second` what all may send together.

        `clock` counts seconds and never goes back; `agree` is told what the registry's clock says.
        """
        self._registry = registry
        self._name = name
        self._per_second = per_second
        self._clock = clock
        self._agree = agree
        self._pause = pause
        self._rhythm = rhythm
        self._until = float("-inf")  # when what it has may become another's
        self._plan = Plan(shares=frozenset(), leaving=frozenset(), pace=0)
        self._pace = 0
        self._was_alone = False  # when it signed last

    @property
    def shares(self) -> frozenset[int]:
        """The shares of which new messages are this worker's."""
        return self._plan.shares - self._plan.leaving if self._clock() < self._until else frozenset()

    @property
    def is_alone(self) -> bool:
        """Whether nobody was beside it, or it could not sign for so long that they have taken over by now."""
        taken_over = self._until + self._rhythm.margin + 2 * self._rhythm.beat
        return self._was_alone or self._clock() >= taken_over

    def holds(self, chat: int) -> bool:
        """Whether what a chat says may be handled here."""
        return self._clock() < self._until and share_of(chat) in self._plan.shares

    async def run(self, member: Member) -> None:
        """Sign for ever. While the registry fails, what was lapses, and is said to be lost."""
        member.keep_pace(0)
        while True:
            began = self._clock()
            try:
                await self._sign(member, began)
            except StoreError:
                if self._clock() >= self._until and self._plan.shares:
                    self._lose(member)
            except Exception:  # noqa: BLE001  # the last net: without signs of life the worker would be useless
                _log.exception("What this worker sees to could not be settled")
            is_settled = self._pace >= self._plan.pace
            beat = self._rhythm.beat if is_settled else self._rhythm.settles
            await self._pause(max(0.0, beat - (self._clock() - began)))

    async def leave(self) -> None:
        """Let others take over at once."""
        self._until = float("-inf")
        try:
            await self._registry.leave(self._name)
        except StoreError:
            return  # it lapses by itself

    async def _sign(self, member: Member, began: float) -> None:
        before = self._plan

        def decide(roster: Roster) -> Plan:
            self._agree(roster.at)
            decided = plan(roster, self._name, member.idle(before.leaving), self._per_second)
            self._plan = replace(before, shares=before.shares & decided.shares)
            self._pace = min(before.pace, decided.pace)  # less at once, since others count on it; more later
            member.keep_pace(self._pace)
            return decided

        now = await self._registry.sign(self._name, self._rhythm.lease, decide)
        had = before.shares if self._clock() < self._until else frozenset()
        self._until = began + self._rhythm.lease - self._rhythm.margin
        self._plan = now
        self._was_alone = now.shares == ALL and not now.leaving
        if before.shares - (had & now.shares):
            member.lost(before.shares - (had & now.shares))
        if now.shares - had:
            _log.info("This worker sees to %d of %d shares of the chats.", len(now.shares), SHARES)
            await member.gained(now.shares - had)

    def _lose(self, member: Member) -> None:
        shares = self._plan.shares
        self._plan = replace(self._plan, shares=frozenset(), leaving=frozenset())
        member.lost(shares)


class AgreedClock:
    """The clock of this machine, corrected by how far it is off the one that all workers share."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._off = timedelta()

    def __call__(self) -> datetime:
        """The moment."""
        return self._clock() - self._off

    def agree(self, at: datetime) -> None:
        """Heed that the shared clock says this now; small differences are the way there."""
        off = self._clock() - at
        is_odd = abs(off) > ODD_CLOCK
        if is_odd and abs(off - self._off) > ODD_CLOCK:
            _log.warning(
                "This machine's clock is %.0f s off the database's, which counts; set it right.",
                off.total_seconds(),
            )
        self._off = off if is_odd else timedelta()
