"""The player's clock: which step comes when, and what ends by itself. Pure; the moment is an argument.

A step is one side of one round of a move. One that is counted in seconds is got ready for, then held, and
both end by themselves; one that is counted in repetitions lasts until the person says so.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.exercises.exercise import Dose
from bot.core.player.session import Phase, Playing, RoutineState, Session
from bot.core.routines.recipes import seconds_of

NEW_MOVE = 20  # seconds to read of a move and to get into its position,
OTHER_SIDE = 6  # and to change sides or take up where one paused
AWAY = timedelta(minutes=1)  # after which an end that nobody saw means that nobody was there
LATE = timedelta(seconds=1)  # after which a phase is not taken from what people have seen of it
RUNNING = frozenset({Phase.READY, Phase.HOLD})


@dataclass(frozen=True, slots=True)
class Step:
    """One side of one round: the side is 1 or 2, or 0 for both at once; rounds count from 1."""

    side: int
    round: int


def steps(dose: Dose) -> tuple[Step, ...]:
    """The steps that a dose is done in: round by round, and both sides in each, alike."""
    sides = (1, 2) if dose.per_side else (0,)
    return tuple(Step(side, number) for number in range(1, dose.sets + 1) for side in sides)


def step_of(session: Session) -> Step:
    """The step that somebody is at."""
    found = steps(session.move.dose)
    at = session.playing.step if session.playing else 0
    return found[min(at, len(found) - 1)]


def left_of(session: Session) -> float:
    """About how many seconds a routine still takes from the step on that somebody is at."""
    moves = session.routine.moves[session.done :]
    if not moves:
        return 0
    found, at = steps(moves[0].dose), session.playing.step if session.playing else 0
    here = moves[0].dose.total * max(1, len(found) - at) / len(found)
    return here + seconds_of([move.dose for move in moves]) - moves[0].dose.total


def begun(session: Session, now: datetime, step: int = 0, lead: int = NEW_MOVE, left: int = 0) -> Session:
    """The session at the beginning of a step: so many seconds to get ready, and so many left of its hold."""
    is_timed = session.move.dose.seconds is not None
    before = session.playing
    playing = Playing(
        phase=Phase.READY if is_timed else Phase.OPEN,
        at=now,
        step=step,
        due=now + timedelta(seconds=lead) if is_timed else None,
        left=left,
        card=before.card if before else "",
        language=before.language if before else "",
    )
    return replace(session, playing=playing, is_left=False)


def held(session: Session, now: datetime) -> Session:
    """The session when everybody is ready: the hold begins."""
    playing = session.playing
    if playing is None or playing.phase is not Phase.READY:
        return session
    seconds = playing.left or session.move.dose.seconds or 0
    due = now + timedelta(seconds=seconds)
    return replace(session, playing=replace(playing, phase=Phase.HOLD, at=now, due=due))


def onward(session: Session, now: datetime) -> Session:
    """The session after a step: at the next one, or when there is none, over."""
    playing = session.playing
    next_step = playing.step + 1 if playing else 0
    found = steps(session.move.dose)
    if next_step < len(found):
        is_new_round = found[next_step].round > found[next_step - 1].round
        rest = session.move.dose.rest if is_new_round else 0
        return begun(session, now, next_step, max(OTHER_SIDE, rest))
    after = replace(session, done=session.done + 1)
    return replace(after, playing=None) if after.is_over else begun(after, now)


def stepped_back(session: Session, now: datetime) -> Session:
    """The session one step before, or at the beginning of the move before; the first step begins anew."""
    playing = session.playing
    if playing is not None and playing.step:
        return begun(session, now, playing.step - 1, OTHER_SIDE)
    return begun(replace(session, done=max(0, session.done - 1)), now)


def stopped(session: Session, now: datetime, phase: Phase, *, away: bool = False) -> Session:
    """The session with its clock standing; what is left of a hold is kept."""
    playing = session.playing
    if playing is None:
        return session
    left = playing.left
    if playing.phase is Phase.HOLD and playing.due is not None and not away:
        whole = session.move.dose.seconds or 1
        left = min(whole, max(1, math.ceil((playing.due - now).total_seconds())))
    standing = replace(playing, phase=phase, at=now, due=None, left=left, away=away)
    return replace(session, playing=standing)


def halted(state: RoutineState | None, now: datetime) -> RoutineState | None:
    """What a talk knows of a routine, with its clock standing for a reason outside of it."""
    if state is None or state.session is None or (state.playing and state.playing.phase is Phase.HURT):
        return state
    return replace(state, session=stopped(state.session, now, Phase.PAUSED))


def is_running(state: RoutineState | None, now: datetime) -> bool:
    """Whether a step would go on by itself behind whatever is said now."""
    playing = state.playing if state else None
    return state is not None and playing is not None and playing.phase in RUNNING and state.is_open(now)


def left_alone(state: RoutineState | None, now: datetime) -> RoutineState | None:
    """What a talk knows of a routine, with its clock standing since long if nobody has gone on with it."""
    if state is None or state.session is None or state.playing is None or state.is_open(now):
        return state
    standing = stopped(state.session, state.playing.at, Phase.PAUSED, away=True)
    return replace(state, session=standing)


def resumed(session: Session, now: datetime) -> Session:
    """The session going on where its clock stood."""
    playing = session.playing
    if playing is None:
        return begun(session, now)
    if playing.phase in RUNNING or playing.phase is Phase.OPEN:
        return session
    return begun(session, now, playing.step, OTHER_SIDE, playing.left)


def seen(session: Session, now: datetime, card: str, language: str) -> Session:
    """The session as a card shows it; if it was late to be seen, its phase begins only now."""
    playing = session.playing
    if playing is None:
        return session
    playing = replace(playing, card=card, language=language)
    if playing.due is not None and now - playing.at > LATE:
        playing = replace(playing, at=now, due=now + (playing.due - playing.at))
    return replace(session, playing=playing)


def moved_on(session: Session, now: datetime) -> Session:
    """The session at a moment: one phase further if the one before has ended by itself.

    Whoever was away finds it paused. A clock that was set back lets the phase begin anew.
    """
    playing = session.playing
    if playing is None or playing.due is None:
        return session
    if now < playing.at:
        return replace(session, playing=replace(playing, at=now, due=now + (playing.due - playing.at)))
    if now < playing.due:
        return session
    if now - playing.due > AWAY:
        return stopped(session, now, Phase.PAUSED, away=True)
    return held(session, now) if playing.phase is Phase.READY else onward(session, now)
