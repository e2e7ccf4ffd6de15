"""The daily tips, and which one comes next for somebody. Pure."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.exercises.exercise import PREFIX, Condition, Exercise, Verdict
from bot.core.person.eligibility import OF_PREGNANCY, PREGNANCY_NEVER, TO_AGREE
from bot.core.person.profile import Profile
from bot.core.routines.recipes import Felt

FLARE = "flare"  # what a tip may be not for, beside conditions
FLARES_FOR = timedelta(days=7)  # since something felt worse
CHOSEN_BY_OTHERS = TO_AGREE | {Condition.OSTEOPOROSIS}  # with these, a clinician chooses exercises


class TipAudience(StrEnum):
    """Whom a tip is for."""

    GENERAL = "general"
    DESK = "desk"
    PREGNANCY = "pregnancy"
    EQUIPMENT = "equipment"
    FLARE = "flare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One tip.

    `facts` are what it rests on; `link` is the entry, or `exercise:<id>`, that tells more; `equipment` is
    what it needs; `not_for` are conditions, or FLARE, with which nobody gets it.
    """

    id: str
    text: str
    audience: TipAudience
    facts: tuple[str, ...]
    link: str
    equipment: str = ""
    not_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTip:
    """A tip by its id that came to somebody, and the local day on which it came last."""

    tip: str
    day: date


Tips = Mapping[str, Tip]


def next_tip(tips: Iterable[Tip], person: "TipReader", seen: Sequence[str], seed: str) -> Tip | None:
    """The tip that comes next; None if none may come.

    `seen` are the ids of those that came, the last one at the end; ids that are gone do no harm. One that
    never came goes first, then the one that came longest ago: none comes again before all others that suit.
    `seed` is the person's: it sets the order, into which a new tip falls without moving others.
    """
    when = {tip: number for number, tip in enumerate(seen)}
    suitable = [tip for tip in tips if person.may_get(tip)]
    return min(suitable, key=lambda tip: (when.get(tip.id, -1), *_place(tip, person, seed)), default=None)


def _place(tip: Tip, person: "TipReader", seed: str) -> tuple[bool, bytes]:
    """Where a tip stands among those that came as long ago: what helps in a flare first, then by chance."""
    is_later = person.flares and tip.audience is not TipAudience.FLARE
    return is_later, hashlib.blake2b(f"{seed}:{tip.id}".encode(), digest_size=8).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class TipReader:
    """Somebody who gets tips, with the exercises that these lead to.

    Only what is kept of a person counts; `flares`: something felt worse lately; `alert`: a red flag was
    raised and not yet seen to, so that none comes.
    """

    profile: Profile
    exercises: Mapping[str, Exercise]
    flares: bool = False
    alert: bool = False

    @property
    def told(self) -> Collection[str]:
        """The conditions that are kept."""
        return self.profile.to_keep().conditions

    @property
    def is_pregnant(self) -> bool:
        """Whether they said so, and it is kept."""
        return not OF_PREGNANCY.isdisjoint(self.told)

    def may_get(self, tip: Tip) -> bool:
        """Whether a tip suits."""
        if self.alert or PREGNANCY_NEVER in self.told or not tip.not_for.isdisjoint(self._against()):
            return False
        return self._is_audience(tip) and self._may_do(tip)

    def _against(self) -> Iterator[str]:
        """What rules tips out by name."""
        yield from self.told
        if self.is_pregnant:
            yield Condition.PREGNANCY
        if self.flares:
            yield FLARE

    def _is_audience(self, tip: Tip) -> bool:
        if tip.equipment and tip.equipment not in self.profile.equipment:
            return False
        return {
            TipAudience.DESK: self.profile.place == "desk",
            TipAudience.PREGNANCY: self.is_pregnant,
            TipAudience.FLARE: self.flares,
        }.get(tip.audience, True)

    def _may_do(self, tip: Tip) -> bool:
        """Whether the exercise that a tip leads to, if it does, suits in the form that everybody does.

        A tip for the pregnant tells their own form.
        """
        exercise = self.exercises.get(tip.link.removeprefix(PREFIX)) if tip.link.startswith(PREFIX) else None
        if exercise is None:
            return True
        if not CHOSEN_BY_OTHERS.isdisjoint(self.told) or exercise.id in self.profile.never:
            return False
        told = [condition for condition in Condition if condition in {*self._against()}]
        if tip.audience is TipAudience.PREGNANCY:
            told.remove(Condition.PREGNANCY)
        suits = all(exercise.suits(condition).verdict is Verdict.OK for condition in told)
        return suits and exercise.level <= max(1, self.profile.level)


def flares(profile: Profile, day: date) -> bool:
    """Whether an exercise felt worse in the days before a day, or on it."""
    recent = (done for done in profile.history if day - done.at.date() <= FLARES_FOR)
    return any(done.felt == Felt.WORSE for done in recent)
