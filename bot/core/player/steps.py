"""Leads through a routine step by step, for those who may train. Pure: the moment comes with the visit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Change, Profile
from bot.core.person.visits import Visit
from bot.core.player.aftermath import Aftermath, as_done
from bot.core.player.clock import begun, halted, held, moved_on, onward, resumed, stepped_back, stopped
from bot.core.player.hearing import UNSURE, UNWELL
from bot.core.player.pages import REMAINING, StepPages, day_of, is_now
from bot.core.player.progress_pages import ProgressPages
from bot.core.player.session import Phase, Session
from bot.core.routines.maker import RoutineMaker
from bot.core.routines.pages import RoutinePages
from bot.core.routines.recipes import NoRoutine, Routine
from bot.core.routines.swapping import Direction, given
from bot.core.talk import Reply

LEVELS = (1, 3)  # the gentlest and the hardest
DIRECTIONS: Mapping[str, Direction] = {
    "swap": "other",
    "easier": "easier",
    "harder": "harder",
    "never": "other",
}

Clocked = Callable[[Session, datetime], Session]
CLOCKED: Mapping[str, Clocked] = {"go": held, "back": stepped_back}  # what only a step's own button does


class StepPlayer:
    """Shows the step that somebody is at, and goes on when they say so or its time is over."""

    def __init__(self, knowledge: Knowledge, maker: RoutineMaker, pages: RoutinePages) -> None:
        self._knowledge = knowledge
        self._maker = maker
        self._pages = pages
        self._steps = StepPages(knowledge, pages)
        self._progress = ProgressPages(knowledge)
        self.progress = self._progress.progress

    def move(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /move: a day, the number of a step, and what is done with it.

        Pausing and stopping always count; anything else only for the step that is shown.
        """
        day, number, act, *_ = [*argument.split(), "", "", ""]
        asked = self._after(visit).open_signs(is_stopped=act == "stop")
        if asked is None and act == "stop" and visit.session and day == day_of(visit.session):
            return self._stopped(visit, visit.session)
        ready = asked or self._maker.ready(visit)
        if isinstance(ready, Reply):
            return ready
        session = self._maker.fitting(visit, ready)
        if session is None or day != day_of(session):
            return self._pages.another_day()
        said = self.changed(visit, session)
        visit = visit.at(session)
        if act == "pause" and not said:
            return self._shown(visit.at(stopped(session, visit.now, Phase.PAUSED)), ready)
        is_led = session.playing is not None and session.playing.phase is not Phase.HURT
        if act == REMAINING and not said and is_led:
            return self._steps.left(session, visit.now)
        is_meant = not said and not session.is_over and act in ACTS and is_now(number, session)
        return self._acted(visit, ready, act) if is_meant else self.go_on(visit, ready, said)

    def changed(self, visit: Visit, fitting: Session | None) -> str:
        """What is said above today's session if another one is shown in its place, since that fits."""
        if fitting is visit.session:
            return ""
        return self._steps.says["left_out" if self._maker.has_hurt_left(visit) else "changed"]

    def tick(self, visit: Visit) -> Reply:
        """What is shown when a step's time may be over. Nothing changes if it is not."""
        ready, session = self._maker.ready(visit), visit.session
        if isinstance(ready, Reply):
            return ready
        if session is None or session.playing is None:
            return self._pages.another_day()
        if session.playing.due is None:
            return replace(self._pages.another_day(), routine=visit.state)
        if self._maker.fitting(visit, ready) is not session:
            session = stopped(session, visit.now, Phase.PAUSED, away=True)
            return replace(self._pages.another_day(), routine=visit.at(session).state)
        return self._moved(visit, ready, session, moved_on(session, visit.now))

    def hurt(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /hurt: a day, the number of a step, and what it is like. The clock stops."""
        day, number, kind, *_ = [*argument.split(), "", "", ""]
        session = visit.session
        if session is None or day != day_of(session):
            return self._steps.ended("hurt_without")
        refused = self._maker.refused(visit) if kind == UNWELL and not visit.state.signs else None
        if refused is not None:
            return replace(refused, routine=halted(visit.state, visit.now))
        return self._after(visit).hurt(session, number, kind, self._as_easier)

    def open_signs(self, visit: Visit) -> Reply | None:
        """The question for signs that may not wait, as long as it is not answered."""
        return self._after(visit).open_signs()

    def felt(self, visit: Visit, argument: str) -> Reply:
        """What stands behind /felt: a day, how the routine felt, and which of its moves hurt."""
        day, kind, which, *_ = [*argument.split(), "", "", ""]
        session = visit.session
        if session is None or day != day_of(session) or not session.recorded:
            return self._pages.another_day()
        return self._after(visit).felt(session, kind, which, self._progress.line(visit))

    def go_on(self, visit: Visit, ready: Readiness, said: str = "") -> Reply:
        """The step that comes next, begun if nobody is in it or it was left for long; or the end."""
        session = visit.session
        if session is not None and not session.is_over and not visit.state.is_open(visit.now):
            step = session.playing.step if session.playing else 0
            visit = visit.at(begun(session, visit.now, step))
        return self._shown(visit, ready, said)

    def _acted(self, visit: Visit, ready: Readiness, act: str) -> Reply:
        """What an act on the step that is shown brings."""
        session = visit.session
        if session is None:
            return self._pages.another_day()
        if session.playing is not None and session.playing.phase is Phase.HURT:
            return self._waiting(visit, session, act)
        if act in DIRECTIONS:
            return self._swapped(visit, ready, act)
        if session.playing is None or (act == "go" and not visit.state.is_open(visit.now)):
            return self.go_on(visit, ready)
        if act == "done":
            return self._moved(visit, ready, session, onward(session, visit.now))
        going = visit.at(resumed(CLOCKED[act](session, visit.now), visit.now))
        fitting = self._maker.fitting(going, ready) or session
        return self.go_on(going.at(fitting), ready, self.changed(going, fitting))

    def _waiting(self, visit: Visit, session: Session, act: str) -> Reply:
        """What an act brings before it is known what hurts: the question; "too hard" is an answer."""
        kind = "mild" if act == "easier" else UNSURE
        return self._after(visit).hurt(session, "", kind, self._as_easier)

    def _stopped(self, visit: Visit, session: Session) -> Reply:
        after = replace(session, playing=None, is_left=True)
        reply = self._steps.over(after) if after.is_over else self._steps.stopped(after)
        return replace(reply, routine=visit.at(after).state)

    def _moved(self, visit: Visit, ready: Readiness, before: Session, after: Session) -> Reply:
        """What is shown after a step, and what was done is put down, once."""
        if after.done == before.done or after.done <= before.recorded:
            return self._shown(visit.at(after), ready)
        done = as_done(self._knowledge, before, before.move.exercise, visit)
        counted = visit.at(replace(after, recorded=after.done))
        return self._shown(counted, ready, change=Change(done=(done,)))

    def _shown(self, visit: Visit, ready: Readiness, said: str = "", change: Change | None = None) -> Reply:
        session = visit.session
        if session is None:
            return self._pages.another_day()
        if session.is_over:
            reply = self._steps.over(session, said)
        elif session.playing is not None and session.playing.phase is Phase.HURT:
            reply = self._steps.hurt(session)
        else:
            exercise = self._maker.exercise(session)
            form = ready.form(exercise)
            reply = self._steps.step(session, exercise, form, self._maker.known(visit), said)
        return replace(reply, routine=visit.state, change=change)

    def _swapped(self, visit: Visit, ready: Readiness, act: str) -> Reply:
        """Another move in the place of the one that comes next; what was wished is remembered."""
        session = visit.session
        if session is None:
            return self._pages.another_day()
        is_too_hard = act == "harder" and ready.is_gentle_only
        profile = _after(visit.profile, session.routine, session.done, "" if is_too_hard else act)
        made = self._maker.swapped(session, profile, ready, DIRECTIONS[act])
        change = Change(profile=profile) if profile != visit.profile else None
        if isinstance(made, NoRoutine) and act == "never":
            return self._dropped(visit, ready, session, change)
        if isinstance(made, NoRoutine):
            said = self._knowledge.routine_words.refusals[made.reason]
            return self._shown(visit.at(resumed(session, visit.now)), ready, said, change)
        said = self._steps.says[f"swapped_{given(session.move, made.move, DIRECTIONS[act])}"]
        said = f"{self._unwanted(session)}\n\n{said}" if act == "never" else said
        return self._shown(visit.at(begun(made, visit.now)), ready, said, change)

    def _dropped(self, visit: Visit, ready: Readiness, session: Session, change: Change | None) -> Reply:
        """Leave out the move that comes next, and say so: it is not wanted, and nothing takes its place."""
        left = self._maker.without_next(session)
        if not left.routine.moves:
            refused = self._pages.refused("no_routine_nothing_fits", can_take_back=True)
            text = f"{self._unwanted(session)}\n\n{refused.text}"
            return replace(refused, text=text, routine=replace(visit.state, session=None), change=change)
        going = replace(left, playing=None) if left.is_over else begun(left, visit.now)
        said = f"{self._unwanted(session)}\n\n{self._knowledge.messages.routine_never_dropped}"
        return self._shown(visit.at(going), ready, said, change)

    def _unwanted(self, session: Session) -> str:
        """The word that the move that comes next stays away for good, and how that is taken back."""
        return self._knowledge.messages.never_kept.format(name=self._maker.exercise(session).name)

    def _after(self, visit: Visit) -> Aftermath:
        return Aftermath(self._knowledge, self._steps, visit)

    def _as_easier(self, visit: Visit) -> Reply:
        """An easier move, or another, in the place of one that hurt; its clock stands until it is wanted."""
        ready, session = self._maker.ready(visit), visit.session
        if isinstance(ready, Reply) or session is None:
            return ready if isinstance(ready, Reply) else self._pages.another_day()
        made = self._maker.spared(session, visit.profile, ready)
        if made is None:
            reply = self._steps.ended("hurt_no_other")
            return replace(reply, routine=visit.at(replace(session, playing=None)).state)
        hurt, other = self._maker.exercise(session), self._maker.exercise(made)
        is_easier = other.level < hurt.level or other.id in hurt.easier
        said = self._steps.says["hurt_mild" if is_easier else "hurt_other"]
        left = self._maker.suited(made, visit.profile, ready)
        waiting = stopped(begun(left, visit.now), visit.now, Phase.PAUSED)
        return self._shown(visit.at(waiting), ready, said)


ACTS = frozenset({"done", *CLOCKED, *DIRECTIONS})


def _after(profile: Profile, routine: Routine, number: int, act: str) -> Profile:
    """What is remembered of a person who wished another move: a place in `routine`, counted from 0."""
    name = routine.moves[number].exercise
    lowest, highest = LEVELS
    if act == "never":
        return replace(profile, never=profile.never | {name}, liked=profile.liked - {name})
    if act == "easier":
        return replace(profile, level=max(lowest, profile.level - 1))
    if act == "harder":
        return replace(profile, level=min(highest, max(lowest, profile.level) + 1))
    return profile
