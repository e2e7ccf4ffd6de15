"""What was read out of a message about times and days. Pure values."""

from dataclasses import dataclass, field
from datetime import timedelta

PERIODS = frozenset(f"{which}_{name}" for which in ("this", "next") for name in ("week", "month", "year"))
HOURS = 24
MINUTES = 60
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTime:
    """A time as it was said. `is_sure`: it is on a clock of 24 hours, so that it can't be 12 hours later."""

    hour: int
    minute: int = 0
    is_sure: bool = False

    @property
    def exists(self) -> bool:
        """Whether any clock shows it."""
        return (self.hour < HOURS and 0 <= self.minute < MINUTES) or (self.hour, self.minute) == (HOURS, 0)


@dataclass(slots=True)
class Reading:
    """What was read; `heard` are the kinds of the phrases, `unknown` are words of another kind."""

    times: list[SaidTime] = field(default_factory=list)
    part: str = ""
    days: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    until: set[int] = field(default_factory=set)
    first: int | None = None  # the weekday that begins a range
    last: int | None = None  # the weekday that ends it
    dates: list[tuple[int, int, int]] = field(default_factory=list)  # year (0: not said), month, day
    lasting: timedelta | None = None
    heard: set[str] = field(default_factory=set)
    refused: str = ""
    pausing: str = ""
    unknown: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)  # of the day, all that were said
    parted: int = 0  # how many times had been said when the part was: "8 pm, am in Paris" has one part
    is_odd: bool = False  # something stands where a weekday should, but is none
    asks: bool = False  # it begins like a question
    denied: int | None = None  # the number of the time that stands behind a "not"
    joins: bool = False  # it begins with a word like "and"
