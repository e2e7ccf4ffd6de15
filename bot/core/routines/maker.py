"""Makes routines for a visit, once it is known that this person may have one. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.core.exercises.exercise import Condition, Exercise
from bot.core.exercises.pages import ExercisePages
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Profile
from bot.core.person.readiness import Answers, conditions, open_question, refusal
from bot.core.person.readiness_pages import GO, KEEP, ReadinessPages
from bot.core.person.visits import Visit, known_answers, readiness, supposed_answers
from bot.core.player.session import Phase, Session
from bot.core.routines.composing import compose
from bot.core.routines.recipes import Felt, NoRoutine, Routine, Wish, knowledge_version
from bot.core.routines.sharing import rebuild
from bot.core.routines.swapping import Direction, swap
from bot.core.talk import Reply

AFTER_HURT: tuple[Direction, ...] = ("easier", "no harder")  # what takes the place of a move that hurt,
UNWANTED: tuple[Direction, ...] = ("other",)  # and of one that is never to come


class RoutineMaker:
    """Composes and changes routines, and asks first what must be known."""

    def __init__(self, knowledge: Knowledge, exercises: ExercisePages) -> None:
        self._knowledge = knowledge
        self._exercises = exercises
        self._version = knowledge_version(knowledge.exercises, knowledge.recipes)
        self.asking = ReadinessPages(knowledge)

    def refused(self, visit: Visit) -> Reply | None:
        """Why somebody may have no routine. None: nothing that is known speaks against one."""
        answers, told = self._answers(visit), self.told(visit)
        refused = refusal(told if answers is None else answers)
        return None if refused is None else self.asking.refused(refused, was_told=refused in told)

    def ready(self, visit: Visit) -> Readiness | Reply:
        """That somebody may have a routine, or the question or the reason that stands before it."""
        answers, refused = self._answers(visit), self.refused(visit)
        if refused is not None:
            return refused
        if answers is None:
            return self.asking.first(self.supposed(visit))
        question = open_question(answers, asks_leg=visit.context.leg_at is not None)
        if question is not None:
            return self.asking.ask(question, answers, KEEP if visit.profile.keeps_conditions else GO)
        return readiness(answers).of(replace(visit.profile, conditions=frozenset()))

    def told(self, visit: Visit) -> Answers:
        """What a person told in the talk, as answers to what is asked before a routine."""
        return self._exercises.told_in(visit.context)

    def supposed(self, visit: Visit) -> Answers:
        """What a person answered, told or ticked, be it asked to the end or not."""
        return supposed_answers(visit.context, visit.profile, self.told(visit))

    def known(self, visit: Visit) -> tuple[Condition, ...]:
        """The conditions that are known of a person."""
        return conditions(self._answers(visit) or frozenset())

    def fitting(self, visit: Visit, ready: Readiness) -> Session | None:
        """Today's session, if what is left of it still exists and suits the person; else one that does.

        Moves that hurt, or that are not wanted, give way to others. While it is asked what a move is like
        nothing changes.
        """
        library, asked = self._knowledge.exercises, visit.state.playing
        if asked is not None and asked.phase is Phase.HURT:
            return visit.session
        session = self._without_unwanted(visit, ready) if visit.session else None
        if session is None:
            return None
        left = [move.exercise for move in session.routine.moves[session.done :]]
        if all(name in library and ready.allows(library[name]) for name in left):
            return session
        made = self.composed(visit, ready, session.routine.wish, is_change=True)
        return made if isinstance(made, Session) else None

    def has_hurt_left(self, visit: Visit) -> bool:
        """Whether a move of today's session that is still to come hurt."""
        session = visit.session
        return session is not None and bool(_left(session, _worse(visit.profile, session.routine.day)))

    def composed(
        self, visit: Visit, ready: Readiness, wish: Wish, *, is_change: bool = False
    ) -> Session | NoRoutine:
        """A session for a wish; what was done of the one before stays at its beginning.

        A wish for so many minutes is one for a routine of its own.
        """
        before = visit.session if wish.minutes is None or is_change else None
        usual = visit.profile.minutes or None
        made = compose(
            self._knowledge.exercises,
            self._knowledge.recipes,
            _today(visit.profile, visit.now.date()),
            ready,
            visit.now.date(),
            replace(wish, minutes=usual if wish.minutes is None else wish.minutes),
            self._version,
        )
        return made if isinstance(made, NoRoutine) else _continued(before, made)

    def rebuilt(
        self, visit: Visit, ready: Readiness, code: str
    ) -> tuple[Routine, tuple[str, ...]] | NoRoutine:
        """The routine of a share code, fitted to the person, and what was changed of it."""
        library, recipes, today = self._knowledge.exercises, self._knowledge.recipes, visit.now.date()
        return rebuild(code, library, recipes, ready, _today(visit.profile, today), today)

    def swapped(
        self, session: Session, profile: Profile, ready: Readiness, direction: Direction
    ) -> Session | NoRoutine:
        """The session with another move in the place of the one that comes next."""
        able = _today(profile, session.routine.day)
        if session.done >= session.recorded:  # of this routine it is not done, whatever else was done today
            history = tuple(done for done in able.history if done.exercise != session.move.exercise)
            able = replace(able, history=history)
        made = swap(session.routine, session.done + 1, self._knowledge.exercises, able, ready, direction)
        if isinstance(made, NoRoutine):
            return made
        return replace(session, routine=made, changes=session.changes + 1)

    def swapped_at(
        self, session: Session, number: int, profile: Profile, ready: Readiness
    ) -> Session | NoRoutine:
        """The session with another move in the place of one that is still to come, `number` from 1."""
        if not 1 <= number <= len(session.routine.moves):
            return NoRoutine(reason="no_routine_no_move")
        if number <= session.done:
            return NoRoutine(reason="no_routine_done")
        made = self.swapped(replace(session, done=number - 1), profile, ready, "other")
        if isinstance(made, NoRoutine):
            return made
        playing = session.playing if number > session.done + 1 else None
        return replace(made, done=session.done, playing=playing)

    def spared(
        self,
        session: Session,
        profile: Profile,
        ready: Readiness,
        directions: Sequence[Direction] = AFTER_HURT,
    ) -> Session | None:
        """The session with another move in the place of the next one, as after a hurt. None: none fits."""
        for direction in directions:
            made = self.swapped(session, profile, ready, direction)
            if isinstance(made, Session) and made.move.exercise != session.move.exercise:
                return made
        return None

    def suited(self, session: Session, profile: Profile, ready: Readiness) -> Session:
        """The session with others in the place of moves behind the next one that do not suit (any more)."""
        library, place = self._knowledge.exercises, session.done + 1
        while place < len(session.routine.moves):
            there = replace(session, done=place)
            if ready.allows(library[there.move.exercise]):
                place += 1
            else:
                after = self.spared(there, profile, ready, UNWANTED) or self.without_next(there)
                session = replace(after, done=session.done)
        return session

    def without_next(self, session: Session) -> Session:
        """The session without the move that comes next; it may have no moves then."""
        moves = session.routine.moves
        return replace(
            session,
            routine=replace(session.routine, moves=(*moves[: session.done], *moves[session.done + 1 :])),
            recorded=session.recorded - (session.recorded > session.done),
            changes=session.changes + 1,
        )

    def exercise(self, session: Session) -> Exercise:
        """The exercise that comes next in a session that fits and is not over."""
        return self._knowledge.exercises[session.move.exercise]

    def _without_unwanted(self, visit: Visit, ready: Readiness) -> Session | None:
        """Today's session without the moves to come that hurt or are not wanted. None: nothing is left."""
        session, profile = visit.session, visit.profile
        worse = _worse(profile, session.routine.day) if session else frozenset[str]()
        while session is not None and (places := _left(session, worse | profile.never)):
            there = replace(session, done=places[0])
            directions = AFTER_HURT if there.move.exercise in worse else UNWANTED
            after = self.spared(there, profile, ready, directions) or self.without_next(there)
            playing = session.playing if places[0] > session.done else None
            session = replace(after, done=session.done, playing=playing) if after.routine.moves else None
        return session

    def _answers(self, visit: Visit) -> Answers | None:
        return known_answers(visit.context, visit.profile, self.told(visit))


def _today(profile: Profile, day: date) -> Profile:
    """A profile to compose with: what hurt on the day itself does not come again on it."""
    return replace(profile, conditions=frozenset(), never=profile.never | _worse(profile, day))


def _worse(profile: Profile, day: date) -> frozenset[str]:
    """The moves that hurt on a day, or after the midnight that its routine went on over."""
    return frozenset(
        done.exercise for done in profile.history if done.felt == Felt.WORSE and done.at.date() >= day
    )


def _left(session: Session, names: Collection[str]) -> list[int]:
    """The places, counted from 0, of the moves with some names that are still to come."""
    moves = enumerate(session.routine.moves)
    return [place for place, move in moves if place >= session.done and move.exercise in names]


def _continued(before: Session | None, made: Routine) -> Session:
    """A new routine for the same day, begun with what was done of the one before."""
    if before is None or not before.done:
        return Session(routine=made)
    done = before.routine.moves[: before.done]
    names = {move.exercise for move in done}
    left = tuple(move for move in made.moves[before.done :] if move.exercise not in names)
    if not left:
        return Session(routine=made)
    return Session(routine=replace(made, moves=(*done, *left)), done=before.done, recorded=before.done)
