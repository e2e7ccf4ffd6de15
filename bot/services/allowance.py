"""How much one person may ask for: a burst, then a steady pace."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

BURST = 20  # turns at once
PER_SECOND = 0.5  # turns that are given back
MAX_PEOPLE = 50_000  # who spoke last; the others start anew


class Grant(Enum):
    """The answer to a wish for a turn; the first refusal in a row is told apart, so that it can be said."""

    GRANTED = "granted"
    FIRST_REFUSAL = "first refusal"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class _Bucket:
    left: float
    at: datetime
    refused: bool = False


class Allowance:
    """A bucket of turns for each person, full at first."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, person: str, now: datetime) -> Grant:
        """Take one turn of a person at this moment, if one is left."""
        bucket = self._buckets.pop(person, None) or _Bucket(self._burst, now)
        gained = max(0.0, (now - bucket.at).total_seconds()) * self._per_second
        left = min(self._burst, bucket.left + gained)
        granted = left >= 1
        self._buckets[person] = _Bucket(left - 1 if granted else left, now, refused=not granted)
        if len(self._buckets) > MAX_PEOPLE:
            self._buckets.popitem(last=False)
        if granted:
            return Grant.GRANTED
        return Grant.REFUSED if bucket.refused else Grant.FIRST_REFUSAL
