"""What is remembered of a person beyond a talk: what suits them, and what they did. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from bot.core.subscriptions.subscription import Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An exercise that somebody did: when, how it felt in a word of the bot's, and in which routine."""

    exercise: str
    at: datetime
    felt: str = ""
    routine: str = ""

    def by(self, zone: tzinfo) -> "Done":
        """The same on the clock of a zone, so that its day is the person's own."""
        return replace(self, at=self.at.astimezone(zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Days on which nobody is expected to train: rest, illness, travel. Without an end it goes on."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What suits a person. Places, equipment, conditions and exercises go by their names in the content.

    `lacking` is what others usually have at hand and they have not, like a chair. `level` counts from 1, the
    gentlest; 0 and an empty place are not known. `minutes` is how long a routine takes at most, 0 if nothing
    was said of it. `conditions` are kept only if the person agreed to it (`keeps_conditions`). `liked` and
    `never` are exercises; `goal` are days a week, 0 if nothing was said of it; `zone` is the time zone that
    they live by, empty if not known; `history` is what was done last, the newest last.
    """

    level: int = 0
    minutes: int = 0
    place: str = ""
    equipment: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    keeps_conditions: bool = False
    liked: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    goal: int = 0
    breaks: tuple[Break, ...] = ()
    hides_progress: bool = False
    zone: str = ""
    history: tuple[Done, ...] = ()

    def to_keep(self) -> "Profile":
        """As much of it as may be stored: without conditions, unless the person agreed."""
        return self if self.keeps_conditions else replace(self, conditions=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be kept from now on.

    A profile in place of the one before, what was done and how it felt, a subscription in place of the one
    before.
    """

    profile: Profile | None = None
    done: tuple[Done, ...] = ()
    subscriber: Subscriber | None = None
