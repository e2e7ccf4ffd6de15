"""How people of a language speak of times for tips and routines, and what is heard of it. Pure values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.core.schedules.schedule import What

SENTENCES = frozenset(
    {
        "morning_or_evening", "no_such_time", "one_time_a_day", "no_such_date", "past_date", "too_long",
        "another_time", "which_days", "for_a_time",
    }
)  # fmt: skip  # those that the program says; every refusal has one of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """A part of the day: from one hour up to another, which may pass midnight.

    `words` stand beside a time, `every` mean each day at it, `once` only today's; `at` is when it is if no
    time is said.
    """

    first: int
    end: int
    words: tuple[str, ...]
    every: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleWords:
    """The words, as phrases of the small pattern language.

    `weekdays` and `groups` map names to phrases, `day_letters` weekdays to the letters that stand for them
    in a row of them, `minutes_before` what stands before an hour to the minutes that it adds, `times`
    phrases to local times, `dates` to a month and a day of it, `units` to days or minutes; `pausing` maps
    why to phrases, `refusals` the name of a sentence to what it answers; `reminding` words ask for a
    routine if nothing else is named; the others are lists. `sentences` are what the bot says.
    """

    weekdays: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[frozenset[int], tuple[str, ...]] = field(default_factory=dict)
    day_letters: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, DayPart] = field(default_factory=dict)
    minutes_before: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[time, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    months: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[timedelta, tuple[str, ...]] = field(default_factory=dict)
    pausing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)

    def phrases(self) -> Iterator[tuple[str, Sequence[str]]]:
        """All phrases, by kind and value, like "weekday 0"."""
        yield from ((f"weekday {day}", names) for day, names in self.weekdays.items())
        yield from (
            ("group " + "".join(map(str, sorted(days))), names) for days, names in self.groups.items()
        )
        for name, part in self.parts.items():
            yield f"part {name}", part.words
            yield f"every {name}", part.every
            yield f"once {name}", part.once
        yield from ((f"before {minutes}", names) for minutes, names in self.minutes_before.items())
        yield from ((f"time {at.isoformat('minutes')}", names) for at, names in self.times.items())
        yield from ((f"number {number}", names) for number, names in self.numbers.items())
        yield from ((f"month {month}", names) for month, names in self.months.items())
        yield from ((f"date {month}-{day}", names) for (month, day), names in self.dates.items())
        yield from ((f"unit {unit // timedelta(minutes=1)}", names) for unit, names in self.units.items())
        yield from ((f"pausing {why}", names) for why, names in self.pausing.items())
        yield from ((f"refusal {sentence}", names) for sentence, names in self.refusals.items())
        yield from self.lists.items()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants delivered, and when; None where nothing was said of it.

    `left_out` and `added` are weekdays to be taken out of those that hold, or to be put to them.
    """

    what: What | None = None
    at: time | None = None
    weekdays: frozenset[int] | None = None
    weekly: bool = False
    left_out: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """A sentence that asks which of some times is meant, and the wish so far."""

    sentence: str
    times: tuple[time, ...]
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The name of the sentence that says why not, and what is possible."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseWanted:
    """A pause up to a local day, on which it goes on; None: no end was said. `why` is a name of `pausing`.

    `start` is the first day of it if it doesn't begin at once.
    """

    until: date | None
    why: str
    start: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterWanted:
    """One delivery later today: after so long, at the first of some local times to come, or just later.

    `ends` is when a part of the day is over that was said instead of a time; `is_single`: just one message
    was asked for, which also somebody may wish who gets none.
    """

    by: timedelta | None = None
    times: tuple[time, ...] = ()
    ends: time | None = None
    is_single: bool = False


Heard = Wanted | AskBack | Refused | PauseWanted | LaterWanted
