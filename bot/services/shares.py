"""Chats are parted into shares, each seen to by one worker, which keeps the order within a chat. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

SHARES = 64  # few enough to write down every few seconds, many enough for every number of workers


def share_of(chat: int) -> int:
    """The share that a chat belongs to."""
    return chat % SHARES


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who is at work at a moment: the pace of each living worker, in messages a second, and its shares."""

    at: datetime
    paces: Mapping[str, int]
    owners: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one worker has from now on: its shares, those of them that it is to let go of, and its pace."""

    shares: frozenset[int]
    leaving: frozenset[int]
    pace: int


def plan(roster: Roster, me: str, idle: frozenset[int], per_second: int) -> Plan:
    """What a worker has next, so that in the end all have the same.

    It lets go of shares in which it has nothing to do (`idle`), and takes those that nobody has. Of the
    messages that all may send in a second it takes what the others leave.
    """
    workers = sorted({*roster.paces, me})
    mine = {share for share, owner in roster.owners.items() if owner == me}
    fair = _part(SHARES, workers.index(me), len(workers))
    free = [share for share in range(SHARES) if share not in roster.owners]
    kept = mine - set(sorted(mine & idle)[: max(0, len(mine) - fair)])
    shares = kept | set(free[: max(0, fair - len(kept))])
    leaving = set(sorted(shares)[: max(0, len(shares) - fair)])
    others = sum(pace for worker, pace in roster.paces.items() if worker != me)
    pace = min(_part(per_second, workers.index(me), len(workers)), max(0, per_second - others))
    return Plan(shares=frozenset(shares), leaving=frozenset(leaving), pace=pace)


def _part(whole: int, rank: int, parts: int) -> int:
    """What one of several gets of something that is parted as evenly as it can be."""
    return whole // parts + (rank < whole % parts)
