"""Which message goes next, and when. Moments are arguments: seconds of a clock that never goes back."""

from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from enum import IntEnum
from heapq import heappop, heappush
from math import inf
from typing import Generic, TypeVar

MARGIN = 1.01  # of a window that Telegram counts in: what the way there may add or take
MINUTE = 60.0
CATCH_UP = 0.2  # seconds by which deliveries may be late and still keep to their plan

_Ticket = TypeVar("_Ticket")


class Rank(IntEnum):
    """What goes first when both could: replies to people, always."""

    REPLY = 0
    DELIVERY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many messages Telegram lets a bot send: to all chats in a second, to one in how many seconds,
    to a group in a minute.
    """

    per_second: int = 30
    chat_gap: float = 1.0
    per_minute_in_group: int = 20


class FairQueue(Generic[_Ticket]):
    """Tickets by chat, in order within it; the chats of a rank take turns."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tickets: dict[tuple[Rank, int], deque[_Ticket]] = {}
        self._ready: dict[Rank, deque[int]] = {rank: deque() for rank in Rank}
        self._resting: dict[Rank, list[tuple[float, int]]] = {rank: [] for rank in Rank}
        self._went: deque[float] = deque(maxlen=limits.per_second)  # when the last went, all chats together
        self._went_to: OrderedDict[int, deque[float]] = OrderedDict()  # the same by chat
        self._held: dict[int, float] = {}  # chats that are closed, until when
        self._opens = 0.0  # when the hold over all chats ends
        self._delivery_at = 0.0  # when the next delivery may go, were all on time

    def put(self, chat: int, rank: Rank, ticket: _Ticket) -> None:
        """Queue up behind the others of a chat and rank."""
        tickets = self._tickets.get((rank, chat))
        if tickets is None:
            self._tickets[rank, chat] = deque([ticket])
            self._ready[rank].append(chat)
        else:
            tickets.append(ticket)

    def drop(self, chat: int, rank: Rank, ticket: _Ticket) -> None:
        """Leave the queue, unless it was called already."""
        tickets = self._tickets.get((rank, chat), deque())
        if ticket in tickets:
            tickets.remove(ticket)

    def take(self, now: float) -> _Ticket | None:
        """The next that goes, as gone at this moment; None if none may go yet."""
        for rank in Rank:
            if now < self._free_for(rank):
                return None
            self._wake(rank, now)
            ready = self._ready[rank]
            while ready:
                ticket = self._call(rank, ready.popleft(), now)
                if ticket is not None:
                    return ticket
        return None

    def postpone(self, went_at: float, now: float) -> None:
        """Count what went at a moment as gone only now."""
        for place in range(len(self._went) - 1, -1, -1):  # it went a moment ago
            if self._went[place] == went_at:
                self._went[place] = now
                return

    def next_at(self) -> float | None:
        """When `take`, which brought nothing just now, may bring something. None: nobody waits."""
        return min((at for at in map(self._next_of, Rank) if at is not None), default=None)

    def hold(self, chat: int, until: float) -> None:
        """Let nothing go to a chat until a moment."""
        self._held[chat] = max(until, self._held.get(chat, 0.0))

    def hold_all(self, until: float) -> None:
        """Let nothing go anywhere until a moment."""
        self._opens = max(until, self._opens)

    def limit(self, per_second: int) -> None:
        """Let so many go in a second, all chats together; 0: none."""
        if per_second != self._limits.per_second:
            self._limits = replace(self._limits, per_second=per_second)
            self._went = deque(self._went, maxlen=per_second)

    @property
    def opens_at(self) -> float:
        """The end of the last hold over all chats."""
        return self._opens

    def _next_of(self, rank: Rank) -> float | None:
        resting = self._resting[rank]
        if self._ready[rank]:
            return self._free_for(rank)
        return max(resting[0][0], self._free_for(rank)) if resting else None

    def _free_for(self, rank: Rank) -> float:
        """When something of a rank may go. Deliveries go evenly, so that few are under way at once."""
        if not self._limits.per_second:
            return inf
        is_full = len(self._went) == self._limits.per_second
        free_at = max(self._opens, self._went[0] + MARGIN if is_full else 0.0)
        return max(free_at, self._delivery_at) if rank is Rank.DELIVERY else free_at

    def _wake(self, rank: Rank, now: float) -> None:
        resting = self._resting[rank]
        while resting and resting[0][0] <= now:
            self._ready[rank].append(heappop(resting)[1])

    def _call(self, rank: Rank, chat: int, now: float) -> _Ticket | None:
        """The first ticket of a chat, if it has one that may go; else the chat rests or leaves."""
        tickets = self._tickets[rank, chat]
        free_at, ticket = self._free_at(chat, now), None
        if tickets and free_at <= now:
            ticket = tickets.popleft()
            self._note(rank, chat, now)
            free_at = self._free_at(chat, now)
        if tickets:
            heappush(self._resting[rank], (free_at, chat))
        else:
            del self._tickets[rank, chat]
        return ticket

    def _free_at(self, chat: int, now: float) -> float:
        held = self._held.get(chat, 0.0)
        if held and held <= now:
            del self._held[chat]
        went = self._went_to.get(chat)
        if not went:
            return held
        most = self._limits.per_minute_in_group
        crowded = went[0] + MINUTE * MARGIN if chat < 0 and len(went) == most else 0.0
        return max(held, crowded, went[-1] + self._limits.chat_gap * MARGIN)

    def _note(self, rank: Rank, chat: int, now: float) -> None:
        self._went.append(now)
        if rank is Rank.DELIVERY:
            planned = self._delivery_at if now - self._delivery_at <= CATCH_UP else now
            self._delivery_at = planned + MARGIN / self._limits.per_second
        most = self._limits.per_minute_in_group if chat < 0 else 1
        went = self._went_to.pop(chat, None) or deque(maxlen=most)
        went.append(now)
        self._went_to[chat] = went
        while now - next(iter(self._went_to.values()))[-1] > MINUTE * MARGIN:
            self._went_to.popitem(last=False)
