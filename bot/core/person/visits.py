"""Who comes for a routine, when, and whether they are ready for one. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.person.eligibility import FIRST_TRIMESTER, Readiness
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answer, Answers, conditions, read_names, to_keep, with_told
from bot.core.player.session import RoutineState, Session
from bot.core.talk import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A person who comes for a routine, and when."""

    profile: Profile
    context: Context
    now: datetime

    @property
    def state(self) -> RoutineState:
        """What the talk knows of a routine."""
        return self.context.routine or RoutineState()

    @property
    def session(self) -> Session | None:
        """The routine of this day, or one that was begun just before midnight, if there is one."""
        session = self.state.session
        is_todays = session is not None and session.routine.day == self.now.date()
        return session if is_todays or self.state.is_open(self.now) else None

    def at(self, session: Session) -> "Visit":
        """The same with another session."""
        return self.knowing(replace(self.state, session=session))

    def telling(self, answer: Answer) -> "Visit":
        """The same with something that was told just now."""
        return replace(self, context=self.context.telling(frozenset({answer.value}), self.now))

    def knowing(self, state: RoutineState) -> "Visit":
        """The same with another state."""
        return replace(self, context=replace(self.context, routine=state))


def known_answers(context: Context | None, profile: Profile, told: Answers) -> Answers | None:
    """What a person answered in a talk or let be kept, and told besides.

    None: nothing was asked, or more is ticked than was answered, so that it must be asked again.
    """
    answered = _answered(context, profile)
    known = with_told(answered or frozenset(), told)
    return None if answered is None or not ticked(context) <= known else known


def supposed_answers(context: Context | None, profile: Profile, told: Answers) -> Answers:
    """The same with what is ticked besides, be it answered yet or not."""
    return with_told(_answered(context, profile) or frozenset(), told | ticked(context))


def ticked(context: Context | None) -> Answers:
    """What is ticked on a card that nobody went on from yet."""
    return read_names(context.routine.ticked) if context and context.routine else frozenset()


def _answered(context: Context | None, profile: Profile) -> Answers | None:
    state = context.routine if context else None
    if state is not None and state.answers is not None:
        return read_names(state.answers)
    return read_names(profile.conditions) if profile.keeps_conditions else None


def keeping_told(profile: Profile, told: Answers, untold: Answers = frozenset()) -> Profile:
    """A profile with what the person told, as far as such things may be kept and they agreed to it.

    `untold` is what they took back.
    """
    if not profile.keeps_conditions:
        return profile
    answers = with_told(read_names(profile.conditions) - untold, told)
    return replace(profile, conditions=to_keep(answers))


def readiness(answers: Answers) -> Readiness:
    """What routines are composed for."""
    known = {*conditions(answers), *(answers & {Answer.SERIOUS, Answer.TO_DISCUSS, Answer.OTHER_DIAGNOSIS})}
    weeks = {Answer.FIRST_TRIMESTER: FIRST_TRIMESTER, Answer.LATER: FIRST_TRIMESTER + 1}
    return Readiness(
        conditions=frozenset(known),
        pregnant=Answer.PREGNANCY in answers,
        weeks=next((week for answer, week in weeks.items() if answer in answers), None),
        clinician_said_no=Answer.ADVISED_AGAINST in answers,
        clinician_said_yes=Answer.AGREED in answers,
        under_16=Answer.UNDER_16 in answers,
        leg_symptoms=Answer.LEG_SYMPTOMS in answers,
    )
