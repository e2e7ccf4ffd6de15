"""Who may get a routine at all, before one is composed. Pure; asks nothing about causes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.core.exercises.exercise import Condition, Exercise, Need, Position, Verdict
from bot.core.person.profile import Profile
from bot.core.routines.recipes import NoRoutine

FIRST_TRIMESTER = 12  # its last whole week; from there on nobody lies flat
PREGNANCY_NEVER = "serious"  # any condition with which nobody trains in pregnancy
PREGNANCY_ASK = "to_discuss"  # any with which one trains only if the clinician agrees
OTHER_DIAGNOSIS = "other_diagnosis"  # anything else that was diagnosed
OF_PREGNANCY = frozenset({Condition.PREGNANCY, PREGNANCY_NEVER, PREGNANCY_ASK})
TO_AGREE = frozenset({Condition.HERNIATED_DISC, Condition.AFTER_SURGERY, OTHER_DIAGNOSIS, PREGNANCY_ASK})
FLAT = frozenset({Position.LYING_BACK, Position.LYING_FRONT})
EASIEST = 1  # the level of the gentle moves
OTHERS = tuple(condition for condition in Condition if condition is not Condition.PREGNANCY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What a person said of themselves before the first routine.

    `conditions` are those of exercises, PREGNANCY_NEVER, PREGNANCY_ASK and OTHER_DIAGNOSIS;
    `weeks` of pregnancy are None if not known, which counts as late; `alert` says that a red flag was raised
    and not yet seen to; `used_to` are exercises that the person knows well.
    """

    conditions: frozenset[str] = frozenset()
    pregnant: bool = False
    weeks: int | None = None
    clinician_said_no: bool = False
    clinician_said_yes: bool = False
    under_16: bool = False
    leg_symptoms: bool = False
    alert: bool = False
    used_to: frozenset[str] = frozenset()

    def of(self, profile: Profile) -> "Readiness":
        """The same with what is kept in a profile."""
        conditions = self.conditions | profile.conditions
        pregnant = self.pregnant or not conditions.isdisjoint(OF_PREGNANCY)
        used_to = self.used_to | profile.liked | {done.exercise for done in profile.history}
        return replace(self, conditions=conditions, pregnant=pregnant, used_to=used_to)

    def with_conditions(self, conditions: Iterable[Condition]) -> "Readiness":
        """The same with further conditions."""
        more = self.conditions | frozenset(conditions)
        return replace(self, conditions=more, pregnant=self.pregnant or Condition.PREGNANCY in more)

    @property
    def to_suit(self) -> tuple[Condition, ...]:
        """The conditions that each exercise has to suit."""
        told = [condition for condition in OTHERS if condition in self.conditions] if self.conditions else ()
        return (Condition.PREGNANCY, *told) if self.pregnant else tuple(told)

    @property
    def may_lie_flat(self) -> bool:
        """Whether lying on the back or the front is all right."""
        return not self.pregnant or (self.weeks is not None and self.weeks <= FIRST_TRIMESTER)

    @property
    def is_gentle_only(self) -> bool:
        """Whether only gentle moves may be chosen, however much was agreed: after an operation."""
        return Condition.AFTER_SURGERY in self.conditions

    @property
    def notes(self) -> tuple[str, ...]:
        """The names of what must be said before each routine of theirs."""
        surgery = ("note_surgery",) if self.is_gentle_only else ()
        return (*(("note_pregnancy",) if self.pregnant else ()), *surgery)

    def suits(self, exercise: Exercise) -> bool:
        """Whether an exercise may be shown to this person, be it in a form that says what it needs."""
        if exercise.position in FLAT and not self.may_lie_flat:
            return False
        return exercise.is_for(self.to_suit)

    def allows(self, exercise: Exercise) -> bool:
        """Whether an exercise may be chosen for this person: it suits them, and nothing it needs is open.

        It may suit somebody and yet be too hard to be chosen.
        """
        told = self.to_suit
        if not told:
            return True
        if self.is_gentle_only and exercise.level > EASIEST:
            return False
        needs = [need for condition in told for need in exercise.suits(condition).needs]
        return self.suits(exercise) and all(self._meets(need, exercise) for need in needs)

    def _meets(self, need: Need, exercise: Exercise) -> bool:
        return {
            Need.AGREED: self.clinician_said_yes,
            Need.USED_TO_IT: exercise.id in self.used_to,
            Need.EARLY: self.may_lie_flat,
        }[need]

    def form(self, exercise: Exercise) -> str:
        """What this person must change or mind in an exercise; nothing if it is as usual."""
        said = [exercise.suits(condition) for condition in self.to_suit]
        return " ".join(each.text for each in said if each.text and each.verdict is not Verdict.AVOID)


def refusal(readiness: Readiness) -> NoRoutine | None:
    """Why somebody gets no routine; None if they may. The gravest reason comes first."""
    return next((NoRoutine(reason=reason) for reason in _reasons(readiness)), None)


def _reasons(ready: Readiness) -> Iterator[str]:
    conditions = ready.conditions
    holds = {
        "refused_alert": ready.alert,
        "refused_under_16": ready.under_16,
        "refused_advised_against": ready.clinician_said_no,
        "refused_serious": PREGNANCY_NEVER in conditions,
        "refused_leg_symptoms": ready.leg_symptoms,
        "refused_osteoporosis": Condition.OSTEOPOROSIS in conditions,
        "refused_not_asked": not conditions.isdisjoint(TO_AGREE) and not ready.clinician_said_yes,
    }
    return (reason for reason, is_so in holds.items() if is_so)
